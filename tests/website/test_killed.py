"""An export killed at any moment: what readers find is whole, and the next export finishes it."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.website.conftest import PICTURE, Page, broken, build, invented
from tests.website.invented import study, term
from workbench.publication import Study

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs an operating system that forks")


def later() -> list[Study]:
    """The catalogue some time after: new studies at the front, under a new theme and council; others gone."""
    new = [study(600 + n, title=f"New {n}", terms=(term("new-theme"),), images=(PICTURE,)) for n in range(25)]
    return [*new, *invented()[8:]]


def export_killed_at(site: Path, move: int) -> bool:
    """Exports in a process of its own that is killed just before its `move`th rename; False where it had fewer."""
    if child := os.fork():
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    moves, rename = iter(range(1_000_000)), Path.replace

    def counted(path: Path, target: Path) -> Path:
        if next(moves) == move:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(path, target)

    Path.replace = counted  # type: ignore[assignment,method-assign]
    build(site, later())
    os._exit(0)


def reachable(site: Path) -> list[Page]:
    """The pages to which links lead from the first page."""
    found, waiting = dict[Path, Page](), [site / "index.html"]
    while waiting:
        path = waiting.pop().resolve()
        if path in found or not path.is_file():
            continue
        found[path] = page = Page(path)
        links = (link.partition("#")[0].partition("?")[0] for link in page.links())
        waiting += [path.parent / link for link in links if link.endswith(".html") and ":" not in link]
    return list(found.values())


def test_at_whatever_moment_it_is_killed_no_link_is_broken(tmp_path: Path, site: Path) -> None:
    whole = tmp_path / "whole"
    build(whole, later())
    expected = {path.relative_to(whole): path.read_bytes() for path in whole.rglob("*") if path.is_file()}
    for move in (1, 15, 55):
        one = tmp_path / str(move)
        shutil.copytree(site, one)
        assert export_killed_at(one, move)
        pages = reachable(one)
        assert len(pages) > 60
        assert [page.path.name for page in pages if page.faults] == []
        assert broken(one, pages) == [], move
        build(one, later())
        assert {
            path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()
        } == expected
        shutil.rmtree(one)

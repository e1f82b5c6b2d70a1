"""What Casebook is: its version, what it runs on, where the work is, and under which licences its parts stand."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtCore import qVersion

import resources
import workbench
from ui.help import ABOUT, Page
from ui.phrases import say

_NEEDED = re.compile(r"^[\w.-]+")


def page(workspace: Path) -> Page:
    """The page, as it stands now."""
    return Page(ABOUT, text(workspace), resources.guide())


def text(workspace: Path) -> str:
    """The page as Markdown."""
    lines = [
        f"# {say('about-title')}",
        "",
        say("about-what"),
        "",
        f"|  |  |\n|---|---|\n{chr(10).join(_facts(workspace))}",
        "",
        f"## {say('about-licences')}",
        "",
        *_licences(),
    ]
    return "\n".join(lines)


def _facts(workspace: Path) -> Iterator[str]:
    told = {
        "version": workbench.__version__,
        "runs-on": f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.machine()}",
        "workspace": f"`{workspace}`",
        "program": f"`{resources.ROOT.parent}`",
    }
    return (f"| {say(f'about-{name}')} | {value} |" for name, value in told.items())


def _licences() -> Iterator[str]:
    """The list that a bundle carries; elsewhere what the installed packages say of themselves."""
    yield say("about-own-licence")
    yield ""
    listed = resources.path("licences", "licences.html")
    if listed.exists():
        yield f"[{say('about-licences-open')}]({listed.as_uri()})"
        return
    yield f"| {say('about-part')} | {say('about-version')} | {say('about-licence')} |\n|---|---|---|"
    yield from sorted(set(_packages("casebook")), key=str.casefold)


def _packages(name: str, met: set[str] | None = None) -> Iterator[str]:
    """A row for every package that `name` needs, and that those need."""
    met = set[str]() if met is None else met
    for needed in _needed(name):
        if needed in met:
            continue
        met.add(needed)
        try:
            found = distribution(needed).metadata
        except PackageNotFoundError:
            continue
        yield f"| {found['Name']} | {found['Version']} | {_licence(found)} |"
        yield from _packages(needed, met)


def _needed(name: str) -> list[str]:
    try:
        wanted = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    plain = (each for each in wanted if "extra ==" not in each)
    return [found[0].casefold() for each in plain if (found := _NEEDED.match(each))]


def _licence(metadata: object) -> str:
    """The licence in a word or two: as an expression, from the classifiers, or the first line of what is said."""
    get = metadata.get  # type: ignore[attr-defined]
    classifiers = metadata.get_all("Classifier") or []  # type: ignore[attr-defined]
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    said = get("License-Expression") or ", ".join(named) or (get("License") or "").strip().partition("\n")[0]
    return said.replace("|", "/") or say("about-unsaid")

"""The documentation: whatever it leads to is there, and whatever the program has is told of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import resources
from ui import commands
from ui import help as pages
from ui.keys import keycap
from ui.views.frame import STAGES
from ui.views.help import things
from workbench import cli
from workbench.checks import rules
from workbench.config import DECLARED
from workbench.submission import Status

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "build_spec").glob("*.md")])
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)


def links(path: Path) -> Iterator[tuple[bool, str]]:
    """Each link of a page, and whether it shows a picture; code has none."""
    text = re.sub(r"`[^`]*`", "", FENCE.sub("", path.read_text("utf-8")))
    return ((bool(found[1]), found[2]) for found in LINK.finditer(text))


def places(path: Path) -> set[str]:
    return {section.place for section in pages.Page(path.stem, path.read_text("utf-8"), path.parent).sections}


def leads_nowhere(path: Path) -> list[str]:
    """The links of a page that lead to no file, or to no heading of it."""
    wrong: list[str] = []
    for _, link in links(path):
        target, _, place = link.partition("#")
        there = (path.parent / target).resolve() if target else path
        if "://" in link or link.startswith("mailto:"):
            continue
        if not there.exists() or (place and place not in places(there)):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_of_a_page_is_there(path):
    assert leads_nowhere(path) == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A\n\n[x](gone.md) [y](#b) ![z](../p.png) [a](#a)\n", "utf-8")
    assert leads_nowhere(page) == ["gone.md", "#b", "../p.png"]


INVENTED = {"shouting", "markdown", "test_markdown", "event-report", "lengths", "test_lengths"}
"""What the developers' guide has its reader write."""


def test_every_file_that_the_guide_for_developers_names_is_there():
    named = re.compile(r"(?<![\w/.-])(?:workbench|ui|tests|docs|benchmarks|resources|build_spec)/[\w/.-]*\w")
    paths = {Path(found) for found in named.findall((ROOT / "docs/developers/README.md").read_text("utf-8"))}
    assert len(paths) > 15
    assert {str(path) for path in paths if path.stem not in INVENTED and not (ROOT / path).exists()} == set()


def test_links_of_the_help_stay_in_it_or_lead_to_the_web():
    out = [
        (name, link)
        for name, page in pages.pages().items()
        if name != pages.NOTES
        for picture, link in links(page.folder / f"{name.rpartition('/')[2]}.md")
        if not picture and "://" not in link and not pages.address_of(link, page)
    ]
    assert out == []


def test_every_stage_and_every_view_that_names_its_page_has_it():
    assert [stage for stage in STAGES if pages.page(_named(stage)) is None] == []
    named = set(help_pages())
    assert len(named) > 12
    assert {each for each in named if pages.page(each) is None} == set()
    with_place = {each for each in named if "#" in each}
    assert {each for each in with_place if pages.explanation(each) is None} == set()


def help_pages() -> Iterator[str]:
    """What each class of the window says in `help_page`."""
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name | ast.Attribute) and isinstance(node.value, ast.Constant):
                name = target.id if isinstance(target, ast.Name) else target.attr
                if name == "help_page":
                    yield node.value.value


def _named(stage: str) -> str:
    """The page of a stage: of its own name, but for the desk, which begins with the queue."""
    return {"desk": "queue", "outbox": "publishing"}.get(stage, stage)


def test_every_command_is_told_of():
    told = "\n".join(page.text for page in pages.pages().values())
    missing = [name for name in every_command() if not re.search(rf"(casebook |`){name}\b", told)]
    assert missing == []


def every_command() -> Iterator[str]:
    """Each command, and each of a group's own."""
    group = cli.casebook
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if not command.hidden:
            yield name
        if isinstance(command, click.Group):
            yield from (f"{name} {each}" for each in command.commands if not command.commands[each].hidden)


def test_every_setting_is_told_of():
    assert [each.name for each in DECLARED if pages.explanation(things.setting(each.name)) is None] == []


def test_every_check_says_why_it_is_asked_and_what_to_do():
    told = {check: pages.explanation(things.check(check)) for check in rules.shipped().by_id}
    assert [check for check, found in told.items() if found is None] == []
    assert [check for check, found in told.items() if "What to do" not in found.text] == []
    codes = {cell.partition(":")[0] for cell in first_cells("checks") if re.match(r"[A-Z]{3}-\d\d", cell)}
    assert codes == set(told)


def test_every_status_and_every_outcome_is_told_of():
    assert [each for each in Status if pages.explanation(things.status(each)) is None] == []
    words = resources.toml("words", "en", "ui.toml")
    outcomes = [
        code.removeprefix("outcome-") for code in words if re.fullmatch(r"outcome-[a-z]+(-up)?", code)
    ]
    outcomes.remove("notice")  # a line of the list of problems, which has its own page
    assert {"new", "conflict", "published", "held-up"} <= set(outcomes)
    assert [each for each in outcomes if pages.explanation(things.outcome(each)) is None] == []


def test_the_keys_are_those_that_are_declared():
    rows = [cells for section in pages.pages()["keys"].sections for _, cells in pages.rows(section)]
    told = {cells[1]: cells[0].strip("`") for cells in rows}
    declared = {each.text: keycap(each.key) for each in commands.COMMANDS.values() if each.shown}
    assert told == declared


def first_cells(name: str) -> set[str]:
    """The first cell of every row of every table of a page."""
    sections = pages.pages()[name].sections
    return {pages.plain(cells[0]) for section in sections for _, cells in pages.rows(section)}


def test_every_picture_is_made_by_a_script_and_shown_somewhere():
    made = {f"{name}-{look}.png" for name in shown_by("make_screenshots") for look in ("light", "dark")}
    made |= {f"{name}-light.png" for name in shown_by("first_day")}
    assert {path.name for path in (ROOT / "docs" / "pictures").glob("*")} == made
    shown = {Path(link).name for path in DOCS for picture, link in links(path) if picture}
    assert {name for name in made if "-light" in name} <= shown


def shown_by(script: str) -> tuple[str, ...]:
    """The stops that a script of pictures declares to be shown."""
    tree = ast.parse((ROOT / "docs" / f"{script}.py").read_text("utf-8"))
    named = [node for node in tree.body if isinstance(node, ast.Assign)]
    return next(ast.literal_eval(node.value) for node in named if node.targets[0].id == "SHOWN")

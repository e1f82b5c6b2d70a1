"""`extract`, `check` and `suggest`: what Casebook makes of files, and of submissions on the desk."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import click

from workbench import words
from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import heads, json_option, print_json, print_table, progress, say
from workbench.errors import WrongUsage

_ID = re.compile(r"CB-\d{4}-\d+")
_paths = click.argument("paths", nargs=-1, required=True, metavar="FILE...")
_sources = click.argument("sources", nargs=-1, metavar="FILE...|ID...")


@click.command("extract")
@_paths
@json_option
def extract_command(paths: tuple[str, ...], as_json: bool) -> int:
    """Read Word files and show what stands in which field. Touches no desk."""
    from workbench.desk import files

    results = (_attempt(files.extract, path) for path in paths)
    return _print(results, as_json, _extracted)


@click.command("check")
@_sources
@click.option("--all", "whole_desk", is_flag=True, help="Look at every submission on the desk again.")
@json_option
def check_command(sources: tuple[str, ...], whole_desk: bool, as_json: bool) -> int:
    """Say what is wrong with Word files, or with submissions on the desk by their ids."""
    from workbench.desk import files

    if whole_desk:
        return _over_desk(sources, as_json)
    if not sources:
        raise click.UsageError(say("nothing-named"))
    results = (_of_id(files.check_submission, s) if _is_id(s) else _attempt(files.check, s) for s in sources)
    return _print(results, as_json, _checked)


def _over_desk(sources: tuple[str, ...], as_json: bool) -> int:
    from workbench.desk.editing import checking

    if sources:
        raise click.UsageError(say("all-or-named"))
    with the_desk() as desk, progress() as watched:
        changed = checking.over_desk(desk, watched)
    if as_json:
        print_json({"changed": sorted(changed.submissions)})
    else:
        click.echo(say("checked-again", n=len(changed.submissions)))
    return 0


@click.command("checks")
@json_option
def checks_command(as_json: bool) -> None:
    """Show, for each check, how many of its fixes were taken, its findings set aside, and left open."""
    from workbench.desk.office import statistics

    with the_desk() as desk:
        lines = statistics.per_check(desk)
    if as_json:
        for line in lines:
            print_json(line)
        return
    rows = (
        (
            line.check,
            line.severity,
            str(line.taken),
            str(line.dismissed),
            str(line.open),
            words.finding(line.check, line.message),
        )
        for line in lines
    )
    print_table(heads("checks-head"), rows)


@click.command("suggest")
@_sources
@click.option("--text-file", type=click.Path(), help="JSON Lines of id, title and teaser.")
@json_option
def suggest_command(sources: tuple[str, ...], text_file: str | None, as_json: bool) -> int:
    """Suggest themes and councils, each with the words that led to it."""
    from workbench.desk import files

    if not sources and not text_file:
        raise click.UsageError(say("nothing-named"))
    results = (
        _of_id(files.suggest_submission, s) if _is_id(s) else _attempt(files.suggest, s) for s in sources
    )
    records = _suggested_lines(text_file) if text_file else iter(())
    return _print((line for group in (results, records) for line in group), as_json, _suggested)


def _is_id(source: str) -> bool:
    return bool(_ID.fullmatch(source)) and not Path(source).exists()


def _attempt(verb: Callable[[Path], dict[str, Any]], path: str) -> dict[str, Any]:
    """What `verb` says of a file; a mistake of ours costs that one file, told with details on stderr."""
    from workbench.desk import files

    try:
        return verb(Path(path))
    except Exception as error:
        click.echo(say("bug-in-file", file=path, details=traceback.format_exc()), err=True)
        return files.failed(
            verb, path, "internal", say("bug-sentence", file=path, error=type(error).__name__)
        )


def _of_id(verb: Callable[[Any, str], dict[str, Any]], submission: str) -> dict[str, Any]:
    with the_desk() as desk:
        return verb(desk, submission)


def _suggested_lines(path: str) -> Iterator[dict[str, Any]]:
    """What is suggested for each line of a file; one that is no record costs that line alone."""
    from workbench.desk import files

    try:
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if text := line.strip(b"\xef\xbb\xbf \t\r\n"):
                    record = _record(text)
                    yield files.suggest_text(record) if record is not None else _no_record(path, number)
    except OSError as error:
        raise WrongUsage("text-file-unreadable", file=path, reason=str(error)) from error


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", record) if isinstance(record, dict) else None


def _no_record(path: str, line: int) -> dict[str, Any]:
    from workbench.desk import files

    message = words.say("errors", "text-file-line", file=path, line=line)
    return files.failed(files.suggest, f"{path}:{line}", "text-file-line", message)


def _print(
    results: Iterable[dict[str, Any]], as_json: bool, lines: Callable[[dict[str, Any]], Iterable[str]]
) -> int:
    refused = False
    for result in results:
        refused = refused or result["error"] is not None
        if as_json:
            print_json(result)
        elif result["error"]:
            click.echo(f"{result.get('file') or result.get('id')}: {result['error']['message']}", err=True)
        else:
            for line in lines(result):
                click.echo(line)
    return SOME_REFUSED if refused else 0


def _extracted(result: dict[str, Any]) -> Iterator[str]:
    yield say("extracted", file=result["file"], template=result["template"] or say("no-template"))
    for name, value in result["fields"].items():
        yield say("field-line", field=name, how=value["matched_by"], sure=round(value["confidence"] * 100))
        yield value["text"]
    for passage in result["unplaced"]:
        yield say("unplaced-line", text=passage["text"])
    for note in result["notes"]:
        yield say("note-line", kind=note["kind"], text=note["text"])


def _checked(result: dict[str, Any]) -> Iterator[str]:
    yield say("checked", file=result.get("file") or result.get("id"), n=len(result["findings"]))
    for finding in result["findings"]:
        message = words.finding(finding["check"], finding["message"])
        told = {"message": message, "field": finding["field"] or say("whole-document")}
        yield say("finding-line", **finding | told)


def _suggested(result: dict[str, Any]) -> Iterator[str]:
    yield say("suggested", file=result.get("file") or result.get("id"))
    for kind in ("themes", "support_types", "collections"):
        for theme in result[kind]:
            if theme["proposed"]:
                yield say("theme-line", kind=kind, slug=theme["slug"], because=", ".join(theme["because"]))
    for authority in result["authorities"]:
        yield say("authority-line", name=authority["name"], gss=authority["gss"] or "-")

"""How the command speaks: JSON Lines on stdout for programs, plain lines for people, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, cast

import click

from workbench import words
from workbench.desk.rows import Changed
from workbench.progress import Progress

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines on stdout.")

at_least_one = click.IntRange(1, 1_000_000_000)
"""How many rows may be asked for: what a database can count."""

_LINE_ENDS = {0x85: r"\u0085", 0x2028: r"\u2028", 0x2029: r"\u2029"}
"""What Unicode, though not JSON, takes for the end of a line: a reader of lines must not stumble over it."""


def say(code: str, **params: Any) -> str:
    """A sentence of the command's own group of words."""
    return words.say("cli", code, **params)


def tell(code: str, **params: Any) -> None:
    """A sentence for people, on stderr."""
    click.echo(say(code, **params), err=True)


def print_json(row: Any) -> None:
    """One line of JSON on stdout, at once."""
    click.echo(json.dumps(plain(row), ensure_ascii=False).translate(_LINE_ENDS))


def print_changed(changed: Changed, as_json: bool) -> None:
    """What a verb changed: its sentence, or all of it as JSON."""
    if as_json:
        print_json(changed)
    elif changed.said:
        click.echo(changed.said)


def tell_changed(changed: Changed) -> None:
    """What a verb changed beside what the command prints: its sentence, on stderr."""
    if changed.said:
        click.echo(changed.said, err=True)


def plain(value: Any) -> Any:
    """`value` as JSON knows it: dataclasses become objects, dates ISO text, sets sorted lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(entry) for entry in cast("frozenset[Any]", value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(entry) for entry in cast("Sequence[Any]", value)]
    return value


def heads(code: str) -> tuple[str, ...]:
    """The headings of a table, which are one sentence parted by dots."""
    return tuple(say(code).split(" · "))


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under their headings: aligned on a terminal, parted by tabs for a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(str(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console().print(table)


@contextmanager
def progress() -> Generator[Progress]:
    """A progress bar on a terminal, a plain line for each item otherwise, both on stderr."""
    if not sys.stderr.isatty():
        yield _plain_line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda done, total, what: bars.update(task, completed=done, total=total, description=what[:60])


def _plain_line(done: int, total: int, what: str) -> None:
    click.echo(f"{done}/{total} {what}", err=True)

"""`list`, `filters` and `show`: what lies on the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import click

from workbench import richtext
from workbench.cli.desks import the_desk
from workbench.cli.output import (
    at_least_one,
    heads,
    json_option,
    plain,
    print_json,
    print_table,
    say,
    tell_changed,
)
from workbench.desk.rows import QUEUE_ORDERS, QueueFilter
from workbench.submission import SEVERITIES, Status, Submission
from workbench.words import finding as retold


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--status", "statuses", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--theme", metavar="SLUG", help="Only submissions with this topic.")
@click.option("--council", metavar="GSS", help="Only submissions of this council.")
@click.option("--late", is_flag=True, help="Only what waits and is past its due date.")
@click.option("--due-in", type=click.IntRange(0, 1000), metavar="N", help="Only what is due within N days.")
@click.option(
    "--review-in", type=click.IntRange(0, 10_000), metavar="N", help="Published, to review within N days."
)
@click.option("--worst", type=click.Choice([*SEVERITIES, "none"]), help="By the worst open finding.")
@click.option("--unplaced", is_flag=True, help="Only what has passages without a place.")
@click.option("--waiting", is_flag=True, help="Only what has a newer version that waits.")
@click.option("--asked", is_flag=True, help="Only what nobody has said to be a study of its own or not.")
@click.option(
    "--missing", type=click.Choice(["topic", "council", "tags", "answer"]), help="Only what still lacks one."
)
@click.option("--order", type=click.Choice(QUEUE_ORDERS), help="By default the most urgent first.")
@click.option("--saved", metavar="NAME", help="With a filter that was kept; other options narrow it.")
@click.option("--save", metavar="NAME", help="Keep this filter under a name.")
@click.option("--limit", type=at_least_one, help="At most so many.")
@json_option
def list_command(
    words: tuple[str, ...],
    saved: str | None,
    save: str | None,
    limit: int | None,
    as_json: bool,
    **narrowed: Any,
) -> None:
    """The submissions on the desk, the most urgent first; WORDS search title, council and answers."""
    from workbench.desk import filters, queue

    with the_desk() as desk:
        kept = filters.named(desk, saved) if saved else QueueFilter()
        chosen = replace(kept, **_narrowed(" ".join(words), **narrowed))
        if save:
            tell_changed(filters.save(desk, save, chosen))
        rows = queue.rows(desk, chosen, limit)
    if as_json:
        for row in rows:
            print_json(row)
        return
    head = heads("list-head")
    print_table(
        head,
        (
            (r.id, r.status.value, r.due or "", f"{r.completeness:.0%}", r.blockers, r.council, r.title)
            for r in rows
        ),
    )


def _narrowed(
    text: str,
    statuses: Sequence[str],
    theme: str | None,
    council: str | None,
    due_in: int | None,
    review_in: int | None,
    **rest: Any,
) -> dict[str, Any]:
    """What the options say of a filter; nothing for one that was not given."""
    given = {
        "text": text,
        "statuses": frozenset(map(Status, statuses)),
        "term": ("topic", theme) if theme else None,
        "gss": council,
        **rest,
    }
    return {name: value for name, value in given.items() if value} | _soon(
        due_within=due_in, review_within=review_in
    )


def _soon(**days: int | None) -> dict[str, Any]:
    return {name: n for name, n in days.items() if n is not None}


@click.command("filters")
@click.option("--rename", nargs=2, metavar="NAME NEW", help="Give a filter another name.")
@click.option("--delete", metavar="NAME", help="Forget a filter.")
@json_option
def filters_command(rename: tuple[str, str] | None, delete: str | None, as_json: bool) -> None:
    """The filters that were kept with `list --save`."""
    from workbench.desk import filters

    with the_desk() as desk:
        if rename:
            tell_changed(filters.rename(desk, *rename))
        if delete:
            tell_changed(filters.delete(desk, delete))
        for kept in filters.saved(desk):
            if as_json:
                print_json(kept)
            else:
                asked = ", ".join(criterion.said for criterion in filters.criteria(desk, kept.wanted))
                click.echo(f"{kept.name}: {asked}")


@click.command("show")
@click.argument("submission", metavar="ID")
@json_option
def show_command(submission: str, as_json: bool) -> None:
    """A submission: its fields, what is unplaced, its findings and tags."""
    from workbench.desk import study

    with the_desk() as desk:
        shown = study.show(desk, submission)
    if as_json:
        print_json(_as_row(shown))
        return
    for line in _lines(shown):
        click.echo(line)


def _as_row(shown: Submission) -> dict[str, object]:
    row = plain(shown)
    for name, value in shown.fields.items():
        row["fields"][name] |= {"text": value.text, "html": richtext.to_html(value.content)}
        del row["fields"][name]["content"]
    for passage, entry in zip(shown.unplaced, row["unplaced"], strict=True):
        entry["text"] = passage.text
        del entry["content"]
    for finding, entry in zip(shown.findings, row["findings"], strict=True):
        entry["key"] = finding.key
    return row


def _lines(shown: Submission) -> Iterator[str]:
    yield say("shown", id=shown.id, status=shown.status.value, title=shown.title or say("no-title"))
    yield say("shown-tags", tags=", ".join(t.label for t in shown.terms) or "-")
    yield say("shown-councils", councils=", ".join(a.name for a in shown.authorities) or "-")
    for name, value in shown.fields.items():
        yield say("field-line", field=name, how=value.matched_by, sure=round(value.confidence * 100))
        yield value.text
    for passage in shown.unplaced:
        yield say("passage-line", key=passage.key, text=passage.text)
    for finding in shown.open_findings:
        yield say(
            "finding-line",
            check=finding.check,
            severity=finding.severity,
            field=finding.field or say("whole-document"),
            message=retold(finding.check, finding.message),
        )

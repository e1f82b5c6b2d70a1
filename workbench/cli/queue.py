"""`list` and `show`: what lies on the desk."""

from __future__ import annotations

from collections.abc import Iterator

import click

from workbench import richtext
from workbench.cli.desks import the_desk
from workbench.cli.output import at_least_one, json_option, plain, print_json, print_table, say
from workbench.desk.rows import QueueFilter
from workbench.submission import Status, Submission


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--status", "statuses", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--theme", metavar="SLUG", help="Only submissions with this topic.")
@click.option("--council", metavar="GSS", help="Only submissions of this council.")
@click.option("--late", is_flag=True, help="Only what is past its due date.")
@click.option("--limit", type=at_least_one, help="At most so many.")
@json_option
def list_command(
    words: tuple[str, ...],
    statuses: tuple[str, ...],
    theme: str | None,
    council: str | None,
    late: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """The submissions on the desk, the latest first; WORDS search title, council and answers."""
    from workbench.desk import queue

    chosen = QueueFilter(
        statuses=frozenset(map(Status, statuses)),
        text=" ".join(words),
        term=("topic", theme) if theme else None,
        gss=council,
        late=late,
    )
    with the_desk() as desk:
        rows = queue.rows(desk, chosen, limit)
    if as_json:
        for row in rows:
            print_json(row)
        return
    head = ("id", "status", "due", "filled", "to fix", "council", "title")
    print_table(
        head,
        (
            (r.id, r.status.value, r.due or "", f"{r.completeness:.0%}", r.blockers, r.council, r.title)
            for r in rows
        ),
    )


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
            message=finding.message,
        )

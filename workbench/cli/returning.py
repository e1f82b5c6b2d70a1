"""`return`: a study goes back to its council, with comments in its own Word file and a mail to go with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench import words
from workbench.cli import SOME_REFUSED
from workbench.cli.deciding import decide, dry_run_option, ids_argument
from workbench.cli.desks import the_desk
from workbench.cli.output import heads, json_option, print_json, print_table, say
from workbench.errors import Refused

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.council.asking import Ask
    from workbench.desk.council.returning import Draft, Returned

_day = click.DateTime(["%Y-%m-%d"])


@click.command("return")
@ids_argument
@click.option("--out", metavar="DIR", help="Write the copy with comments and the mail into this folder.")
@click.option(
    "--finding",
    "findings",
    multiple=True,
    metavar="KEY|CHECK",
    help="Ask about this finding, or this check's.",
)
@click.option(
    "--note", "notes", multiple=True, metavar="FIELD=TEXT", help="Ask this of a field, or =TEXT of all."
)
@click.option("--all-blockers", is_flag=True, help="Ask about every open blocker.")
@click.option("--reason", help="Without --out: why, for the journal.")
@click.option("--reply-by", "--by", "by", type=_day, metavar="YYYY-MM-DD", help="When the answer is due.")
@click.option("--asked", "only_list", is_flag=True, help="Only list what was asked so far.")
@dry_run_option
@json_option
def return_command(
    ids: tuple[str, ...],
    out: str | None,
    findings: tuple[str, ...],
    notes: tuple[str, ...],
    all_blockers: bool,
    reason: str | None,
    by: datetime | None,
    only_list: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Return submissions to their councils: their own Word files with comments, and a mail for each.

    Without --finding, --note or --all-blockers it is about the open blockers and warnings that only the council can
    answer: what is missing or unclear, evidence, consent. Sending the mail is up to you: Casebook sends nothing.
    Without --out the submissions are only marked as returned, with a reason.
    """
    day = by.date() if by else None
    asked = _Asked(findings, notes, all_blockers)
    with the_desk() as desk:
        if only_list:
            return _list(desk, ids, as_json)
        if out is not None:
            return _return_all(desk, ids, Path(out), asked, day, dry_run=dry_run, as_json=as_json)
        return _mark(desk, ids, asked, reason, day, dry_run=dry_run, as_json=as_json)


class _Asked:
    """What was asked for on the command line."""

    def __init__(self, findings: Sequence[str], notes: Sequence[str], all_blockers: bool) -> None:
        self._findings, self._all_blockers = findings, all_blockers
        self.notes = tuple(_note(text) for text in notes)

    def __bool__(self) -> bool:
        return bool(self._findings or self.notes or self._all_blockers)

    def findings(self, desk: Desk, submission_id: str) -> list[str] | None:
        """The keys of the findings to ask about; None for the usual ones, where nothing was said."""
        from workbench.desk.council import asking

        if not self:
            return None
        known = asking.offered(desk, submission_id)
        keys = [each.finding for each in known if self._all_blockers and each.severity == "blocker"]
        for wanted in self._findings:
            of_check = [each.finding for each in known if each.finding.partition("|")[0] == wanted]
            keys += of_check or [wanted]
        return keys


def _note(text: str) -> Ask:
    from workbench.desk.council.asking import Ask

    field, found, said = text.partition("=")
    if not found:
        raise click.UsageError(say("return-note", text=text))
    return Ask(said, field.strip())


def _mark(
    desk: Desk,
    ids: Sequence[str],
    asked: _Asked,
    reason: str | None,
    day: date | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Only marks submissions as returned."""
    from workbench.desk import actions, decisions

    if asked or reason is None:
        raise click.UsageError(say("return-how"))
    action = actions.returning(reason, day or decisions.reply_day(desk))
    return decide(desk, action, ids, as_json=as_json, dry_run=dry_run)


def _return_all(
    desk: Desk,
    ids: Sequence[str],
    folder: Path,
    asked: _Asked,
    day: date | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Returns one after the other; what is refused is told, and the others go on."""
    from workbench.desk.council import returning

    status = 0
    for submission_id in dict.fromkeys(ids):
        try:
            keys = asked.findings(desk, submission_id)
            if dry_run:
                _show(returning.prepare(desk, submission_id, keys, asked.notes, day), as_json)
            else:
                _tell(returning.make(desk, submission_id, folder, keys, asked.notes, day), as_json)
        except Refused as refusal:
            click.echo(words.explain(refusal), err=True)
            status = SOME_REFUSED
    return status


def _show(draft: Draft, as_json: bool) -> None:
    """A return as it would be."""
    if as_json:
        print_json(draft)
        return
    click.echo(say("return-to", to=", ".join(draft.letter.to), subject=draft.letter.subject))
    click.echo(f"\n{draft.letter.body}")
    _warn(draft)


def _tell(made: Returned, as_json: bool) -> None:
    """A return that was made."""
    if as_json:
        print_json(_row(made))
        return
    click.echo(made.changed.said)
    click.echo(say("return-files", copy=made.copy, mail=made.mail))
    _warn(made.draft)


def _row(made: Returned) -> dict[str, Any]:
    draft = made.draft
    return {
        "id": draft.submission,
        "number": draft.number,
        "copy": str(made.copy),
        "mail": str(made.mail),
        "to": draft.letter.to,
        "subject": draft.letter.subject,
        "reply_by": draft.reply_by,
        "items": draft.items,
        "warnings": draft.warnings,
        "said": made.changed.said,
        "entry": made.changed.entry,
    }


def _warn(draft: Draft) -> None:
    for warning in draft.warnings:
        click.echo(warning, err=True)


def _list(desk: Desk, ids: Sequence[str], as_json: bool) -> int:
    from workbench.desk.council import asking

    items = [item for submission_id in dict.fromkeys(ids) for item in asking.asked(desk, submission_id)]
    if as_json:
        for item in items:
            print_json(item)
        return 0
    print_table(
        heads("asked-head"),
        ((i.submission, i.number, i.reply_by, i.label, i.text) for i in items),
    )
    return 0

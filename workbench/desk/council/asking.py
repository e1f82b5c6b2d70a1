"""What a council is asked: chosen from the open findings and the editor's own notes, and kept with each return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from workbench import richtext, words
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.edits import Change
from workbench.errors import Refused, WrongUsage
from workbench.submission import Finding, Severity, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

Span = tuple[int, int] | None
"""Characters of a field's plain text, from and to; None for all of it."""

USUAL: frozenset[Severity] = frozenset({"blocker", "warning"})
"""The findings that are asked about unless the editor says otherwise, where only the council can answer them."""

LONGEST_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Ask:
    """A note of the editor's own to the council: about some characters of a field's plain text, about a field, or,
    where `field` is "", about the study."""

    text: str
    field: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An open finding that the council could be asked about; `usual` where it is unless the editor says otherwise."""

    finding: str
    field: str
    label: str
    severity: Severity
    text: str
    excerpt: str
    usual: bool


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One thing that a council was asked with a return.

    `finding` is the key of the finding it is about, "" for a note; `text` and `excerpt` are what the council reads
    and the words it is about. `ref` is the paragraph of the file in which those stand, "" for its beginning;
    `comment` the id of the comment in Word.
    """

    submission: str
    number: int
    position: int
    day: date
    reply_by: date
    field: str
    label: str
    finding: str
    text: str
    excerpt: str = ""
    ref: str = ""
    comment: int = -1


def offered(desk: Desk, submission_id: str) -> tuple[Offered, ...]:
    """The open findings of a submission, in the order of its template. Raises WrongUsage("unknown-submission")."""
    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
    rank = _rank(desk, submission)
    found = sorted(submission.open_findings, key=lambda each: rank(each.field, each.span))
    return tuple(_offer(desk, submission, finding) for finding in found)


def wanted(
    desk: Desk, submission: Submission, findings: Sequence[str] | None, notes: Sequence[Ask]
) -> list[tuple[AskedItem, Span]]:
    """What is asked, in the order of the template, each with the characters of its field that it is about."""
    known = {finding.key: finding for finding in submission.open_findings}
    keys = [key for key, each in known.items() if _is_usual(desk, each)] if findings is None else findings
    if missing := next((key for key in keys if key not in known), None):
        raise WrongUsage("unknown-finding", id=submission.id, finding=missing)
    chosen = [known[key] for key in dict.fromkeys(keys)]
    found = [(_of_finding(desk, submission, each), each.span) for each in chosen]
    found += [(_of_note(desk, submission, note), note.span) for note in notes]
    if not found:
        raise Refused("nothing-asked")
    rank = _rank(desk, submission)
    return sorted(found, key=lambda each: rank(each[0].field, each[1]))


def _rank(desk: Desk, submission: Submission) -> Callable[[str | None, Span], tuple[int, int]]:
    """The order of what is about a field of the study: that of the template, the study as a whole first."""
    template = desk.template_of(submission)
    order = {name: at for at, name in enumerate(template.by_id if template else (), 1)}

    def rank(field: str | None, span: Span) -> tuple[int, int]:
        return order.get(field, len(order) + 1) if field else 0, span[0] if span else -1

    return rank


def _of_finding(desk: Desk, submission: Submission, finding: Finding) -> AskedItem:
    label = changing.label_of(desk, submission, finding.field) if finding.field else ""
    text = _suggesting(finding)
    return _new(submission, finding.field or "", label, text, finding.excerpt, finding.key)


def _suggesting(finding: Finding) -> str:
    """What a finding says, with the change it offers."""
    text = finding.message
    if finding.fix is None or not (finding.fix.replacement or finding.fix.before).strip():
        return text
    if not finding.fix.replacement.strip():
        return words.say("return", "suggested-out", language=words.OUTSIDE, text=text)
    return words.say(
        "return", "suggested", language=words.OUTSIDE, text=text, fix=finding.fix.replacement.strip()
    )


def _of_note(desk: Desk, submission: Submission, note: Ask) -> AskedItem:
    text = richtext.plain(richtext.from_text(note.text))
    if not text.strip():
        raise Refused("note-empty")
    label = changing.label_of(desk, submission, note.field) if note.field else ""
    excerpt = submission.value(note.field).text[slice(*note.span)] if note.span else ""
    return _new(submission, note.field, label, text.strip(), excerpt, "")


def _new(submission: Submission, field: str, label: str, text: str, excerpt: str, finding: str) -> AskedItem:
    short = " ".join(excerpt.split())
    short = short if len(short) <= LONGEST_EXCERPT else f"{short[:LONGEST_EXCERPT]} …"
    return AskedItem(submission.id, 0, 0, date.min, date.min, field, label, finding, text, short)


def _offer(desk: Desk, submission: Submission, finding: Finding) -> Offered:
    item = _of_finding(desk, submission, finding)
    usual = _is_usual(desk, finding)
    return Offered(finding.key, item.field, item.label, finding.severity, item.text, item.excerpt, usual)


def _is_usual(desk: Desk, finding: Finding) -> bool:
    """Whether it is asked without being chosen: not what an editor mends alone, such as spelling and house style."""
    rule = desk.rules.by_id.get(finding.check)
    return rule is not None and rule.asks == "council" and finding.severity in USUAL


def asked(desk: Desk, submission_id: str) -> tuple[AskedItem, ...]:
    """Everything the council was asked about a submission, the first return first.

    Raises WrongUsage("unknown-submission").
    """
    with desk.store.reading() as connection:
        return asked_of(desk, connection, changing.load(connection, submission_id))


def asked_of(desk: Desk, connection: Connection, submission: Submission) -> tuple[AskedItem, ...]:
    """What `asked` gives, within a transaction."""
    from workbench.store import asking

    return tuple(_item(desk, submission, row) for row in asking.of(connection, submission.id))


def said(item: AskedItem) -> str:
    """The words of an item's comment."""
    return (
        words.say("return", "asked", language=words.OUTSIDE, label=item.label, text=item.text)
        if item.label
        else item.text
    )


def cover(items: Sequence[AskedItem], number: int, editor: str) -> str:
    """The words of the covering comment of one of the returns that these items are of."""
    of = [item for item in items if item.number == number]
    things = words.say("return", "things", language=words.OUTSIDE, n=len(of))
    day = words.day(of[0].reply_by, words.OUTSIDE)
    return words.say("return", "cover", language=words.OUTSIDE, editor=editor, things=things, day=day)


def kept(item: AskedItem) -> Change:
    """The change by which an item stands on the desk."""
    return Change(item.submission, "asked", f"{item.number}/{item.position:04}", None, _row(item))


def _row(item: AskedItem) -> dict[str, Any]:
    days = {"day": item.day.isoformat(), "reply_by": item.reply_by.isoformat()}
    return {name: value for name, value in asdict(item).items() if name not in ("submission", "label")} | days


def _item(desk: Desk, submission: Submission, row: Mapping[str, Any]) -> AskedItem:
    template = desk.template_of(submission)
    known = template.by_id.get(row["field"]) if template else None
    kept: dict[str, Any] = {name: value for name, value in row.items() if name != "key"}
    kept |= {name: date.fromisoformat(row[name]) for name in ("day", "reply_by")}
    return AskedItem(**kept, label=known.label if known else row["field"])

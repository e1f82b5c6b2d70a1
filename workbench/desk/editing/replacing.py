"""Finding words in many studies at once, looking at what would change, and changing it as one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import replace as with_
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, Replacement
from workbench.edits import Edit
from workbench.richtext.finding import Match, Wanted, matches, replaced
from workbench.submission import EDITABLE, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

AROUND = 40
"""Characters shown on either side of what was found."""

Place = tuple[str, str, int, str]
"""A submission, a field of it, where in its plain text, and what stands there."""


def preview(desk: Desk, ids: Iterable[str], wanted: Wanted, field: str = "") -> tuple[Replacement, ...]:
    """Every place in these submissions where `wanted` is found, or in one `field` of them, in reading order.

    Submissions that have been decided on are looked through too, and marked as such. Raises
    Refused("pattern-wrong", "pattern-costly"), WrongUsage("unknown-submission").
    """
    with desk.store.reading() as connection:
        return tuple(
            _row(desk, submission, name, match)
            for submission in _each(connection, ids)
            for name in _fields(desk, submission, field)
            for match in matches(submission.fields[name].content, wanted)
        )


def replace(
    desk: Desk,
    ids: Iterable[str],
    wanted: Wanted,
    field: str = "",
    chosen: Collection[Replacement] | None = None,
) -> Changed:
    """Replaces every place that `preview` finds, or those of them that are `chosen`, as one step.

    Left as they are, and said: submissions that have been decided on, and chosen places that read differently now.
    Raises Refused("pattern-wrong", "pattern-costly"), WrongUsage("unknown-submission").
    """
    places = None if chosen is None else frozenset(map(_place, chosen))
    with desk.store.writing() as connection:
        done = [
            _replaced(submission, wanted, _fields(desk, submission, field), places)
            for submission in _each(connection, ids)
        ]
        times = sum(each.times for each in done)
        left = sum(each.left for each in done) if places is None else len(places) - times
        pairs = [(each.before, each.after) for each in done if each.times]
        said = {"old": wanted.text, "new": wanted.replacement, "times": times}
        edit = Edit(
            "replace", changing.between(pairs), {**changing.naming(pair[0] for pair in pairs), **said}
        )
        changed = changing.commit(desk, connection, edit)
    return with_(changed, said=_said(changed, left))


@dataclass(frozen=True, slots=True)
class _Done:
    """A submission before and after; how many places changed, and how many were left since it was decided on."""

    before: Submission
    after: Submission
    times: int = 0
    left: int = 0


def _each(connection: Connection, ids: Iterable[str]) -> Iterator[Submission]:
    return (changing.load(connection, submission_id) for submission_id in dict.fromkeys(ids))


def _fields(desk: Desk, submission: Submission, field: str) -> list[str]:
    """The fields to look through, in the order of the template, those it does not know last."""
    template = desk.template_of(submission)
    order = {name: at for at, name in enumerate(template.by_id if template else ())}
    names = sorted(submission.fields, key=lambda name: order.get(name, len(order)))
    return [name for name in names if field in ("", name)]


def _replaced(
    submission: Submission, wanted: Wanted, names: Iterable[str], places: frozenset[Place] | None
) -> _Done:
    fields, times = dict(submission.fields), 0
    for name in names:
        found = [
            match
            for match in matches(fields[name].content, wanted)
            if match.new != match.found and (places is None or _at(submission, name, match) in places)
        ]
        times += len(found)
        fields[name] = with_(fields[name], content=replaced(fields[name].content, found))
    if submission.status not in EDITABLE:
        return _Done(submission, submission, left=times)
    return _Done(submission, with_(submission, fields=fields), times)


def _at(submission: Submission, field: str, match: Match) -> Place:
    return submission.id, field, match.start, match.found


def _place(row: Replacement) -> Place:
    return row.submission, row.field, row.start, row.before


def _row(desk: Desk, submission: Submission, field: str, match: Match) -> Replacement:
    template = desk.template_of(submission)
    known = template.by_id.get(field) if template else None
    left, right = _around(submission.fields[field].text, match)
    return Replacement(
        submission=submission.id,
        title=submission.title,
        field=field,
        label=known.label if known else field,
        start=match.start,
        before=match.found,
        after=match.new,
        left=left,
        right=right,
        allowed=submission.status in EDITABLE,
    )


def _around(text: str, match: Match) -> tuple[str, str]:
    """What stands before and after a match on its line."""
    left = text[max(match.start - AROUND, 0) : match.start].rpartition("\n")[2]
    right = text[match.end : match.end + AROUND].partition("\n")[0]
    return left, right


def _said(changed: Changed, left: int) -> str:
    told = changed.said or words.say("journal", "replaced-nothing")
    return f"{told} {words.say('journal', 'replace-left', n=left)}" if left else told

"""Forgetting a person: what a study's personal fields say leaves this desk for good, and the copies of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk import changing, standing
from workbench.desk.desk import Desk
from workbench.desk.doctor import troubles
from workbench.desk.rows import NOTHING, Changed, Grain
from workbench.edits import Change, Edit
from workbench.errors import WrongUsage
from workbench.template import Template

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.publication import Redaction
    from workbench.store.forgetting import Person


@dataclass(frozen=True, slots=True)
class Known:
    """A study that this desk has something of: its personal fields, and the texts that stand in every form of it."""

    study: str
    personal: frozenset[str]
    usual: tuple[str, ...]


def forget(desk: Desk, study_or_id: str, fields: Sequence[str] = ()) -> Changed:
    """Takes what these personal fields of a study say, or all of them, out of this desk and every copy of it.

    It cannot be undone. The study's Word files go too, since they hold the same; `said` tells so, and what is left to
    do. What was published is forgotten in the catalogue, not here. Raises WrongUsage: unknown-submission,
    not-personal; SurroundingsFailed: desk-busy, desk-disk-full.
    """
    from workbench.store import copies

    with copies.changing(desk.store.path):
        with desk.store.reading() as connection:
            known = about(desk, connection, study_or_id)
        if known is None:
            raise WrongUsage("unknown-submission", id=study_or_id)
        if odd := [field for field in fields if field not in known.personal]:
            raise WrongUsage("not-personal", field=odd[0], known=", ".join(sorted(known.personal)))
        return _forget(desk, known, frozenset(fields) or known.personal)


def follow(desk: Desk, redaction: Redaction) -> Changed:
    """Forgets here, once, what was emptied in the catalogue, so far as this desk has it and holds it for personal.

    Raises SurroundingsFailed: desk-busy, desk-disk-full.
    """
    from workbench.store import copies, journal

    with copies.changing(desk.store.path):
        with desk.store.reading() as connection:
            known = about(desk, connection, redaction.study)
            if known is None or journal.forgot(connection, redaction.study, redaction.change):
                return NOTHING
        fields = known.personal.intersection(redaction.fields)
        return _forget(desk, known, fields, redaction.change) if fields else NOTHING


def _forget(desk: Desk, known: Known, fields: frozenset[str], change: int = 0) -> Changed:
    """`change` is the catalogue's that led to this, 0 where none did."""
    from workbench.store import forgetting

    with desk.store.reading() as connection:
        who = forgetting.person(connection, known.study, fields, known.usual)
    rewritten, removed = forgetting.scrub_copies(desk.store.path, who)
    changed, files = _scrub(desk, who, change)
    troubles.clear(desk.workspace)
    tidy = desk.store.tidy()
    said = (
        changed.said,
        words.say("journal", "forgot-files", n=files),
        words.say("journal", "forgot-copies", rewritten=rewritten, removed=removed),
        "" if tidy else words.say("journal", "forgot-untidy"),
    )
    return replace(changed, said=" ".join(filter(None, said)))


def _scrub(desk: Desk, who: Person, change: int) -> tuple[Changed, int]:
    """Scrubs the desk itself, with a line in the journal; gives also the number of Word files that were emptied."""
    from workbench.store import forgetting, journal
    from workbench.store.opening import leave_untidy

    params = {"fields": ", ".join(sorted(who.fields)), "study": who.study, "change": change}
    with desk.store.writing() as connection:
        files = forgetting.scrub(connection, who)
        leave_untidy(connection)
        for submission in who.submissions:
            standing.refresh(desk, connection, submission, check=True)
        edit = Edit("forget-person", tuple(_marks(connection, who)), params)
        entry = journal.append(connection, edit, at=desk.clock(), who=desk.who, undoable=False)
    grains: frozenset[Grain] = frozenset({"queue", "submission", "outbox", "catalogue"})
    said = changing.sentence(edit.code, edit.params)
    return Changed(grains, frozenset(who.submissions), said, entry), files


def about(desk: Desk, connection: Connection, study_or_id: str) -> Known | None:
    """What this desk has of a study, named by itself or a submission; None where it has nothing."""
    from workbench.store import mirror, submissions

    live = mirror.get(connection, study_or_id)
    study = submissions.study_of(connection, study_or_id) or (live.publication.study if live else None)
    if study is None:
        return None
    names = submissions.templates_of(connection, study)
    there = (field.id for field in live.publication.personal) if live else ()
    return Known(study, personal(desk, names).union(there), tuple(usual(desk, names)))


def personal(desk: Desk, names: Iterable[str]) -> frozenset[str]:
    """The fields that are personal in any of these templates."""
    return frozenset(
        each.id for template in _templates(desk, names) for each in template.fields if each.personal
    )


def labels(desk: Desk, names: Iterable[str], fields: Iterable[str]) -> tuple[str, ...]:
    """What these templates call the fields; the id of one that none of them has."""
    told = {each.id: each.label for template in _templates(desk, names) for each in template.fields}
    return tuple(told.get(field, field) for field in fields)


def _templates(desk: Desk, names: Iterable[str]) -> list[Template]:
    return [each for name in names for each in desk.templates.versions(name)]


def usual(desk: Desk, names: Iterable[str]) -> Iterator[str]:
    """The texts that stand in every form of these templates."""
    for template in _templates(desk, names):
        for field in template.fields:
            yield from (field.label, field.guidance, *field.synonyms)


def _marks(connection: Connection, who: Person) -> Iterable[Change]:
    """The line in the journal touches every submission, and changes nothing that is not changed already."""
    from workbench.store import slots

    for submission in who.submissions:
        for field in sorted(who.fields):
            stands = slots.value(connection, submission, "field", field)
            yield Change(submission, "field", field, stands, stands)

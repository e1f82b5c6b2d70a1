"""Forgetting a person: what a study's personal fields say leaves this desk for good, and the copies of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk import changing, standing
from workbench.desk.desk import Desk
from workbench.desk.rows import NOTHING, Changed, Grain
from workbench.edits import Change, Edit
from workbench.errors import WrongUsage
from workbench.template import Template

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.forgetting import Person


def forget(desk: Desk, study_or_id: str, fields: Sequence[str] = (), change: int = 0) -> Changed:
    """Takes what these personal fields of a study say, or all of them, out of this desk and every copy of it.

    It cannot be undone. The study's Word files go too, since they hold the same; `said` tells so, and what is left to
    do. What was published is forgotten in the catalogue, not here; `change` is the catalogue's that led to this, and
    is followed once. Raises WrongUsage: unknown-submission, not-personal; SurroundingsFailed: desk-busy,
    desk-disk-full.
    """
    from workbench.store import copies, forgetting, journal

    with copies.changing(desk.store.path):
        with desk.store.reading() as connection:
            if change and journal.forgot(connection, study_or_id, change):
                return NOTHING
            who = _person(desk, connection, study_or_id, fields)
        rewritten, removed = forgetting.scrub_copies(desk.store.path, who)
        changed, files = _scrub(desk, who, change)
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


def _person(desk: Desk, connection: Connection, study_or_id: str, fields: Sequence[str]) -> Person:
    from workbench.store import forgetting, mirror, submissions

    live = mirror.get(connection, study_or_id)
    study = submissions.study_of(connection, study_or_id) or (live.publication.study if live else None)
    if study is None:
        raise WrongUsage("unknown-submission", id=study_or_id)
    templates = [
        desk.templates[name] for name in submissions.templates_of(connection, study) if name in desk.templates
    ]
    personal = {field.id for template in templates for field in template.fields if field.personal}
    personal |= {field.id for field in live.publication.personal} if live else set()
    if odd := [field for field in fields if field not in personal]:
        raise WrongUsage("not-personal", field=odd[0], known=", ".join(sorted(personal)))
    return forgetting.person(connection, study, frozenset(fields or personal), _usual(templates))


def _usual(templates: Iterable[Template]) -> Iterable[str]:
    """What stands in every form, and so is nobody's."""
    for template in templates:
        for field in template.fields:
            yield from (field.label, field.guidance, *field.synonyms)


def _marks(connection: Connection, who: Person) -> Iterable[Change]:
    """The line in the journal touches every submission, and changes nothing that is not changed already."""
    from workbench.store import slots

    for submission in who.submissions:
        for field in sorted(who.fields):
            stands = slots.value(connection, submission, "field", field)
            yield Change(submission, "field", field, stands, stands)

"""What a change of the vocabulary would do, and what taking one back would: every study it touches.

A change that is taken back leaves each study as if it had never been: as it was before, with all that came after it
and stands. A study that was published again since is filed by what it was published with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Exists, Row, Table, exists, or_, select, tuple_

from workbench.catalogue import tables, thesaurus
from workbench.errors import Refused
from workbench.submission import Term
from workbench.themes import changes
from workbench.themes.changes import Change, Step
from workbench.themes.history import Foreseen, Touched, VocabularyChange
from workbench.themes.soundness import Difference, difference
from workbench.themes.vocabulary import Theme, Vocabulary, theme_of

Rows = Sequence[Row[*tuple[Any, ...]]]


def foresee(connection: Connection, change: Change) -> Foreseen:
    """What a change would do now. Raises `Refused` where it cannot be."""
    before = thesaurus.read(connection)
    change = _dated(change)
    after = changes.applied(before, change)
    differences = difference(before, after)
    carrying = thesaurus.carrying(connection, changes.named(change))
    filed = thesaurus.filed(connection, carrying)
    becomes = {study: changes.refiled(change, filed[study], after, study) for study in carrying}
    touched = tuple(_touched(connection, filed, becomes))
    number = thesaurus.newest(connection)
    return Foreseen(number, change, differences, touched, carrying=len(carrying))


def _dated(change: Change) -> Change:
    """The change with the day on which it is made, where it has one and it was not said."""
    if isinstance(change, changes.Rename | changes.Merge | changes.Split) and change.on is None:
        return replace(change, on=datetime.now(UTC).date())
    return change


def _touched(
    connection: Connection, filed: Mapping[str, Sequence[Term]], becomes: Mapping[str, Sequence[Term]]
) -> Iterator[Touched]:
    """The studies whose terms become others."""
    rows = _told(connection, list(becomes))
    for study, terms in becomes.items():
        before = tuple(filed.get(study, ()))
        if before != tuple(terms):
            row = rows[study]
            hidden = row.state == "withdrawn"
            yield Touched(study, row.title, row.version, hidden, before, tuple(terms))


def _told(connection: Connection, studies: Sequence[str]) -> Mapping[str, Row[*tuple[Any, ...]]]:
    """What is said of studies beside their terms, by their UUID."""
    study, version = tables.study.c, tables.study_version.c
    joined = tables.study.join(
        tables.study_version, (version.study == study.uuid) & (version.version == study.current_version)
    )
    query = select(study.uuid, study.state, version.title, version.version, version.change).select_from(
        joined
    )
    found = connection.execute(query.where(thesaurus.among(connection, study.uuid, studies)))
    return {row.uuid: row for row in found}


def foresee_undo(connection: Connection, number: int) -> Foreseen:
    """What taking a change back would do now. Raises `Refused` where it cannot be."""
    done = history(connection, 0)
    undone = _found(done, number)
    now = thesaurus.read(connection)
    back = changes.taken_back(now, undone.differences)
    after = changes.applied(now, back)
    _require_unused(connection, back)
    moved = {row.study: row for row in refilings(connection, [number])}
    told = _told(connection, [*moved, *_published_since(connection, number, undone.differences)])
    filed = thesaurus.filed(connection, list(told))
    same = [study for study, row in moved.items() if told[study].version == row.version]
    becomes = _replayed(connection, done, number, same, moved, after)
    again = [study for study in told if study not in becomes]
    published = _published(connection, again)
    becomes |= {study: after.followed(published[study], filed.get(study, ())) for study in again}
    touched = [
        replace(each, republished=each.study in again) for each in _touched(connection, filed, becomes)
    ]
    kept = _kept(told, filed, [study for study in again if study in moved], {each.study for each in touched})
    return Foreseen(
        done[-1].number,
        back,
        difference(now, after),
        tuple(touched),
        tuple(kept),
        len(moved),
        undoes=number,
    )


def _found(done: Sequence[VocabularyChange], number: int) -> VocabularyChange:
    found = next((each for each in done if each.number == number), None)
    if found is None:
        raise Refused("vocabulary-change-unknown", number=number)
    if found.undone_by is not None:
        raise Refused("vocabulary-undone", number=number, by=found.undone_by)
    return found


def _require_unused(connection: Connection, back: changes.Reinstate) -> None:
    """Refuses to take a term out that a study was ever published with, or is filed under."""
    for kind, slug in back.gone:
        for table in (tables.study_term, tables.study_theme):
            used = select(table.c.study).where(table.c.kind == kind, table.c.slug == slug).limit(1)
            if connection.scalar(used) is not None:
                raise Refused("theme-in-use", slug=slug)


def refilings(connection: Connection, numbers: Sequence[int]) -> Rows:
    """What changes of the vocabulary moved, in order."""
    told = tables.refiling.c
    query = select(tables.refiling).where(told.number.in_(numbers)).order_by(told.number, told.study)
    return connection.execute(query).all()


def _published_since(connection: Connection, number: int, differences: Sequence[Difference]) -> list[str]:
    """Studies published since a change with a term that it touched, or filed under one."""
    study, version = tables.study.c, tables.study_version.c
    current = (version.study == study.uuid) & (version.version == study.current_version)
    keys = [theme.key for pair in differences for theme in pair if theme is not None]

    def naming(table: Table, *same: ColumnElement[bool]) -> Exists:
        named = tuple_(table.c.kind, table.c.slug).in_(keys)
        return exists().where(table.c.study == study.uuid, named, *same)

    sent = naming(tables.study_theme, tables.study_theme.c.version == version.version)
    query = select(study.uuid).select_from(tables.study.join(tables.study_version, current))
    recent = query.where(version.change > number, or_(sent, naming(tables.study_term)))
    return list(connection.scalars(recent.order_by(study.change)))


def _replayed(
    connection: Connection,
    done: Sequence[VocabularyChange],
    number: int,
    same: Sequence[str],
    moved: Mapping[str, Row[*tuple[Any, ...]]],
    after: Vocabulary,
) -> dict[str, tuple[Term, ...]]:
    """The terms of studies as they would be without a change, but with all that came after it and stands."""
    later = {
        each.number: each.change
        for each in done
        if each.number > number and each.undone_by is None and not (each.undoes or 0) > number
    }
    steps: dict[str, list[Step]] = {study: [] for study in same}
    for row in refilings(connection, list(later)):
        if row.study in steps and row.version == moved[row.study].version:
            steps[row.study].append(Step(later[row.number], _terms(row.before), _terms(row.after)))
    return {
        study: changes.replayed(_terms(moved[study].before), steps[study], after, study) for study in same
    }


def _terms(told: str) -> tuple[Term, ...]:
    return tuple(Term(kind, slug, label) for kind, slug, label in json.loads(told))


def _published(connection: Connection, studies: Sequence[str]) -> Mapping[str, tuple[Term, ...]]:
    """What the newest versions of studies were published with, by the study's UUID."""
    found: dict[str, tuple[Term, ...]] = dict.fromkeys(studies, ())
    sent, study = tables.study_theme.c, tables.study.c
    current = (study.uuid == sent.study) & (study.current_version == sent.version)
    query = select(sent.study, sent.kind, sent.slug, sent.label).select_from(
        tables.study_theme.join(tables.study, current)
    )
    ours = query.where(thesaurus.among(connection, sent.study, studies)).order_by(sent.position)
    for uuid, kind, slug, label in connection.execute(ours):
        found[uuid] += (Term(kind, slug, label),)
    return found


def _kept(
    told: Mapping[str, Row[*tuple[Any, ...]]],
    filed: Mapping[str, tuple[Term, ...]],
    again: Sequence[str],
    touched: set[str],
) -> Iterator[Touched]:
    for study in again:
        if study not in touched:
            row, terms = told[study], filed.get(study, ())
            yield Touched(
                study, row.title, row.version, row.state == "withdrawn", terms, terms, republished=True
            )


def history(connection: Connection, since: int) -> tuple[VocabularyChange, ...]:
    """The changes of the vocabulary after a number, the first one first."""
    column = tables.vocabulary_change.c
    rows = connection.execute(select(tables.vocabulary_change).order_by(column.number)).all()
    undone = _undone(rows)
    return tuple(
        VocabularyChange(
            row.number,
            row.at,
            row.actor,
            *_told_by(row),
            row.studies,
            row.reason,
            row.undoes,
            undone.get(row.number),
        )
        for row in rows
        if row.number > since
    )


def _undone(rows: Rows) -> Mapping[int, int]:
    """The changes that are taken back, each with the number of the one that did; that one may be taken back too."""
    found: dict[int, int] = {}
    for row in reversed(rows):
        if row.undoes is not None and row.number not in found:
            found[row.undoes] = row.number
    return found


def _told_by(row: Row[*tuple[Any, ...]]) -> tuple[Change, tuple[Difference, ...]]:
    """What was changed; nothing that can be named where a later program, or none of ours, wrote it."""
    try:
        return changes.from_json(row.change), _differences(row.differences)
    except changes.UNREADABLE:
        return changes.Reinstate(), ()


def _differences(told: str) -> tuple[Difference, ...]:
    return tuple((_theme(old), _theme(new)) for old, new in json.loads(told))


def _theme(told: Mapping[str, Any] | None) -> Theme | None:
    return None if told is None else theme_of(told)

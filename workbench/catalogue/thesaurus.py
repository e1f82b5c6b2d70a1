"""The vocabulary out of the catalogue's tables, and into those of SQLite; what studies are filed under."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    any_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql

from workbench.catalogue import tables
from workbench.catalogue.transactions import is_postgresql
from workbench.submission import Term
from workbench.themes.soundness import Difference, Key
from workbench.themes.vocabulary import Alias, Theme, Vocabulary


def read(connection: Connection) -> Vocabulary:
    """The vocabulary as it stands, in its order."""
    aliases = _beside(connection, tables.theme_alias)
    successors = _beside(connection, tables.theme_successor)
    order = (tables.theme.c.place, tables.theme.c.kind, tables.theme.c.slug)
    rows = connection.execute(select(tables.theme).order_by(*order)).mappings()
    return Vocabulary(tuple(_theme(row, aliases, successors) for row in rows))


def _beside(connection: Connection, table: Table) -> Mapping[Key, list[RowMapping]]:
    found: defaultdict[Key, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(table).order_by(table.c.place)).mappings():
        found[row["kind"], row["slug"]].append(row)
    return found


def _theme(
    row: RowMapping, aliases: Mapping[Key, list[RowMapping]], successors: Mapping[Key, list[RowMapping]]
) -> Theme:
    key = row["kind"], row["slug"]
    same = ("kind", "slug", "label", "status", "parent", "scope_note", "page_title", "introduction")
    told: dict[str, Any] = {name: row[name] for name in (*same, "narrow", "opens", "closes")}
    told |= {name: tuple(cues) for name, cues in json.loads(row["cues"]).items()}
    return Theme(
        **told,
        order=row["ordering"],
        aliases=tuple(Alias(each["label"], each["since"], each["until"]) for each in aliases.get(key, ())),
        successors=tuple(each["successor"] for each in successors.get(key, ())),
    )


def newest(connection: Connection) -> int:
    """The number of the vocabulary's newest change; 0 before the first."""
    return connection.scalar(select(func.max(tables.vocabulary_change.c.number))) or 0


def filed(connection: Connection, studies: Sequence[str]) -> Mapping[str, tuple[Term, ...]]:
    """Under which terms these studies are filed today, in order, by their UUID; nothing for one without any."""
    of, theme = tables.study_term.c, tables.theme.c
    joined = tables.study_term.join(tables.theme, (theme.kind == of.kind) & (theme.slug == of.slug))
    query = select(of.study, of.kind, of.slug, theme.label).select_from(joined).order_by(of.position)
    found: defaultdict[str, tuple[Term, ...]] = defaultdict(tuple)
    for study, kind, slug, label in connection.execute(query.where(among(connection, of.study, studies))):
        found[study] += (Term(kind, slug, label),)
    return found


def among(connection: Connection, column: Column[str], studies: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column holds one of these UUIDs, however many they are."""
    if is_postgresql(connection):
        return column == any_(cast(list(studies), postgresql.ARRAY(postgresql.UUID(as_uuid=False))))
    return column.in_(select(func.json_each(json.dumps(list(studies))).table_valued("value").c.value))


def carrying(connection: Connection, keys: Iterable[Key]) -> tuple[str, ...]:
    """The studies filed under any of these terms, in the order of their last change."""
    of, study = tables.study_term.c, tables.study.c
    joined = tables.study.join(tables.study_term, of.study == study.uuid)
    query = select(study.uuid).select_from(joined).where(tuple_(of.kind, of.slug).in_(list(keys)))
    return tuple(connection.scalars(query.group_by(study.uuid).order_by(study.change)))


def file(connection: Connection, published: Mapping[str, Sequence[Term]]) -> None:
    """Files studies by what they are published with, each term followed to what became of it. For SQLite."""
    vocabulary = read(connection)
    had = filed(connection, list(published))
    refile(
        connection,
        {study: vocabulary.followed(terms, had.get(study, ())) for study, terms in published.items()},
    )


def refile(connection: Connection, filings: Mapping[str, Iterable[Term]]) -> None:
    """Files studies under these terms and no others. For SQLite."""
    if filings:
        connection.execute(_UNFILE, [{"of": study} for study in filings])
    rows = [
        {"study": study, "position": place, "kind": term.kind, "slug": term.slug}
        for study, terms in filings.items()
        for place, term in enumerate(terms)
    ]
    if rows:
        connection.execute(insert(tables.study_term), rows)


_UNFILE = delete(tables.study_term).where(tables.study_term.c.study == bindparam("of"))


def learn(connection: Connection, terms: Iterable[Term]) -> None:
    """Makes themes known that came with a study and that nobody has taken into the vocabulary. For SQLite.

    Publishing changes no label.
    """
    wanted: dict[Key, str] = {}
    for term in terms:
        wanted.setdefault((term.kind, term.slug), term.label)
    columns = tables.theme.c
    query = select(columns.kind, columns.slug).where(tuple_(columns.kind, columns.slug).in_(list(wanted)))
    known = {(kind, slug) for kind, slug in connection.execute(query)}
    new = [
        {"kind": kind, "slug": slug, "label": label, "status": "unlisted"}
        for (kind, slug), label in wanted.items()
        if (kind, slug) not in known
    ]
    last = connection.scalar(select(func.max(columns.place)))
    rows = [row | {"place": place} for place, row in enumerate(new, 0 if last is None else last + 1)]
    if rows:
        connection.execute(insert(tables.theme), rows)


def put(connection: Connection, differences: Sequence[Difference]) -> None:
    """Themes as they are from now on; new ones come last, and those that are no more are taken out. For SQLite."""
    for old, new in differences:
        if new is None and old is not None:
            _forget(connection, old)
            connection.execute(delete(tables.theme).where(*_is(tables.theme, old)))
    fresh = [new for _, new in differences if new is not None]
    for theme in fresh:
        _put_theme(connection, theme)
    for theme in fresh:
        _forget(connection, theme)
        _put_names(connection, theme)


def _put_theme(connection: Connection, theme: Theme) -> None:
    values = _values(theme)
    if not connection.execute(update(tables.theme).where(*_is(tables.theme, theme)).values(values)).rowcount:
        last = connection.scalar(select(func.max(tables.theme.c.place)))
        place = 0 if last is None else last + 1
        connection.execute(
            insert(tables.theme), values | {"kind": theme.kind, "slug": theme.slug, "place": place}
        )


def _values(theme: Theme) -> dict[str, Any]:
    same = (
        "label",
        "status",
        "parent",
        "scope_note",
        "narrow",
        "page_title",
        "introduction",
        "opens",
        "closes",
    )
    cues = {name: list(getattr(theme, name)) for name in ("strong", "cues", "weak")}
    return {name: getattr(theme, name) for name in same} | {"ordering": theme.order, "cues": json.dumps(cues)}


def _is(table: Table, theme: Theme) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.kind == theme.kind, table.c.slug == theme.slug


def _forget(connection: Connection, theme: Theme) -> None:
    """Takes away a theme's other names and its successors."""
    for table in (tables.theme_alias, tables.theme_successor):
        connection.execute(delete(table).where(*_is(table, theme)))


def _put_names(connection: Connection, theme: Theme) -> None:
    of = {"kind": theme.kind, "slug": theme.slug}
    for place, alias in enumerate(theme.aliases):
        row = {"label": alias.label, "since": alias.since, "until": alias.until}
        connection.execute(insert(tables.theme_alias), of | row | {"place": place})
    for place, successor in enumerate(theme.successors):
        row = {"successor": successor, "place": place}
        connection.execute(insert(tables.theme_successor), of | row)

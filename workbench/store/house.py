"""The office's own words, and the submissions that use a word."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, column, literal_column, select, table

from workbench.store.fulltext import all_words
from workbench.store.tables import house_word, submission

_index = table("words", column("rowid"))


def words(connection: Connection) -> dict[str, str]:
    """Each word as it was added, by its form in lower case."""
    rows = connection.execute(select(house_word.c.key, house_word.c.word))
    return {row.key: row.word for row in rows}


def with_word(connection: Connection, words: Iterable[str]) -> tuple[str, ...]:
    """The submissions on the desk that use one of these words."""
    match = literal_column("words").match(" OR ".join(f"({all_words(word)})" for word in words))
    rows = select(_index.c.rowid).where(match)
    query = select(submission.c.id).where(submission.c.number.in_(rows), submission.c.present)
    return tuple(connection.scalars(query.order_by(submission.c.number)))

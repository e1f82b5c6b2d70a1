"""The marks that the words of files leave, and the submissions that share some of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, desc, func, select
from sqlalchemy.dialects.sqlite import insert

from workbench.store.tables import sketch, source_file

FEWEST = 2
"""How many marks two files share that have words in common; one may be a coincidence."""


def keep(connection: Connection, file: str, marks: Iterable[int]) -> None:
    """Keeps the marks of a file, by its SHA-256."""
    if rows := [{"mark": mark, "file": file} for mark in marks]:
        connection.execute(insert(sketch).on_conflict_do_nothing(), rows)


def nearest(connection: Connection, marks: Iterable[int], most: int) -> tuple[str, ...]:
    """The ids of the submissions whose files share marks, those that share most first; not all need be present."""
    shared = (
        select(sketch.c.file, func.count().label("n"))
        .where(sketch.c.mark.in_(list(marks)))
        .group_by(sketch.c.file)
        .having(func.count() >= FEWEST)
        .order_by(desc("n"))
        .limit(most)
        .subquery()
    )
    query = select(source_file.c.submission).join(shared, shared.c.file == source_file.c.key)
    return tuple(dict.fromkeys(connection.scalars(query.order_by(desc(shared.c.n)))))

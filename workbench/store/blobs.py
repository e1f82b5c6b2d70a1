"""Source files and pictures by the SHA-256 of their bytes. One that was forgotten is empty."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from workbench.store.tables import blob, conversion


def put(connection: Connection, data: bytes) -> str:
    """Keeps `data` once and returns its SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    connection.execute(insert(blob).values(sha256=sha256, data=data).on_conflict_do_nothing())
    return sha256


def get(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of that SHA-256; None where they never were here, or were forgotten.

    A picture that was kept no longer as it came is given as readers see it.
    """
    data = connection.execute(select(blob.c.data).where(blob.c.sha256 == sha256)).scalar_one_or_none()
    return data if data or data is None else _instead(connection, sha256)


def _instead(connection: Connection, sha256: str) -> bytes | None:
    made = select(conversion.c.word).where(conversion.c.source == sha256).scalar_subquery()
    return connection.execute(select(blob.c.data).where(blob.c.sha256 == made)).scalar_one_or_none() or None


def put_instead(connection: Connection, sha256: str, data: bytes) -> None:
    """Keeps what is to be given in the place of a picture that is emptied."""
    made = {"source": sha256, "word": put(connection, data)}
    connection.execute(insert(conversion).values(made).on_conflict_do_nothing())


def put_word(connection: Connection, data: bytes, word: bytes) -> None:
    """Keeps the Word file that was made of a source file which was none."""
    made = {"source": hashlib.sha256(data).hexdigest(), "word": put(connection, word)}
    connection.execute(insert(conversion).values(made).on_conflict_do_nothing())


def get_word(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of a source file as a Word file: those that were made of it, else its own."""
    made = select(conversion.c.word).where(conversion.c.source == sha256)
    return get(connection, connection.execute(made).scalar_one_or_none() or sha256)

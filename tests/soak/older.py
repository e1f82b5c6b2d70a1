"""Desks as earlier programs left them, with a study in each."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import Connection, create_engine

from tests.soak import children
from workbench.store import tables
from workbench.store.migrating import configuration

SUBMISSION = {
    "id": "CB-2025-0001",
    "study": "5f0d1c1e-8b0c-4c55-9a5e-000000000001",
    "template": "case-study",
    "template_version": 1,
    "received": "2025-03-02T09:30:00+00:00",
    "present": 1,
    "status": "in_review",
    "title": "An older study",
    "council": "",
}
"""All else that a submission counts is nothing yet."""

IMPORT = """INSERT INTO journal (id, at, who, code, params, changes, undoable) VALUES (1, '2025-03-02T09:30:00+00:00',
 'Editor', 'import', '{"title": "An older study"}', '[["CB-2025-0001", "submission", "present", false, true]]', 1)"""

ROWS = (
    "INSERT INTO field_value VALUES ('CB-2025-0001', 'title', '<p>An older study</p>', 'editor', 1, '', '[]')",
    IMPORT,
    "INSERT INTO journal_submission VALUES ('CB-2025-0001', 1)",
    "INSERT INTO words (rowid, title, council, answers) VALUES (1, 'An older study', '', '')",
)


def desks(folder: Path) -> list[Path]:
    """A desk of every earlier revision."""
    folder.mkdir(parents=True)
    found = [folder / f"{revision}.db" for revision in tables.KNOWN[:-1]]
    for path in found:
        children.answer(lambda path=path: _made(path))
    return found


def _made(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        command.upgrade(configuration(connection), path.stem)
        connection.exec_driver_sql(*_submission(connection))
        for statement in ROWS:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _submission(connection: Connection) -> tuple[str, tuple[object, ...]]:
    columns = connection.exec_driver_sql("SELECT name FROM pragma_table_info('submission') WHERE \"notnull\"")
    row = {name: SUBMISSION.get(name, 0) for (name,) in columns if name != "number"}
    marks = ", ".join("?" * len(row))
    return f"INSERT INTO submission ({', '.join(row)}) VALUES ({marks})", tuple(row.values())

"""What can be done with a table in a field: a new one, rows, columns, its first row as the names of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QMenu

from ui.phrases import say
from ui.text import content, shaping
from ui.views.study.editor import FieldEditor
from workbench.richtext import Table
from workbench.richtext.tables import insert_column, insert_row, new, remove_column, remove_row, toggle_head

Change = Callable[[Table], Table | None]


def table_menu(editor: FieldEditor) -> QMenu:
    """The menu for where the cursor stands: a new table outside of one, its rows and columns in one."""
    menu = QMenu(editor)
    menu.setAccessibleName(say("format-table"))
    table = cast("QTextTable | None", editor.textCursor().currentTable())
    if table is None:
        menu.addAction(say("table-insert")).triggered.connect(partial(insert_table, editor))
        return menu
    for name, change, row, column in _changes(editor, table):
        if name in ("column-left", "row-remove", "head"):
            menu.addSeparator()
        menu.addAction(say(f"table-{name}")).triggered.connect(
            partial(change_table, editor, table, change, row, column)
        )
    return menu


def insert_table(editor: FieldEditor, _checked: bool = False) -> None:
    """Puts an empty table where the cursor stands, and the cursor into its first cell."""
    cursor = editor.textCursor()
    for _ in content.insert(cursor, (new(3, 3),), editor.dress):
        pass
    before = [
        table for table in shaping.tables(editor.document()) if table.lastPosition() < cursor.position()
    ]
    if before:
        editor.setTextCursor(before[-1].cellAt(0, 0).firstCursorPosition())


def change_table(
    editor: FieldEditor, table: QTextTable, change: Change, row: int, column: int, _checked: bool = False
) -> None:
    """Changes a table and puts the cursor into the cell at `row` and `column`, or the nearest to it."""
    number = [each.firstPosition() for each in shaping.tables(editor.document())].index(table.firstPosition())
    editor.change(shaping.table_changed(editor.document(), table, change))
    left = shaping.tables(editor.document())
    if number < len(left):
        made = left[number]
        cell = made.cellAt(min(row, made.rows() - 1), min(column, made.columns() - 1))
        editor.setTextCursor(cell.firstCursorPosition())


def _changes(editor: FieldEditor, table: QTextTable) -> Iterator[tuple[str, Change, int, int]]:
    """Each change by its name, and the cell where the cursor goes."""
    cell = table.cellAt(editor.textCursor())
    row, column = cell.row(), cell.column()
    below, after = row + cell.rowSpan(), column + cell.columnSpan()
    yield "row-above", partial(insert_row, at=row), row, column
    yield "row-below", partial(insert_row, at=below), below, column
    yield "column-left", partial(insert_column, at=column), row, column
    yield "column-right", partial(insert_column, at=after), row, after
    yield "row-remove", partial(remove_row, at=row), row, column
    yield "column-remove", partial(remove_column, at=column), row, column
    yield "remove", lambda _: None, row, column
    yield "head", toggle_head, row, column

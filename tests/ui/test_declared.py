"""A setting is shown by what is declared of it alone, whatever its kind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.views.settings.settings import CONTROLS, FolderLine, SecretRow, row_of
from workbench.config import DECLARED, Declared

KINDS = {
    "yes-no": Declared("election", "policy"),
    "number": Declared("working_days", "policy", least=2, most=9),
    "choice": Declared("endings", "style", choices=("ise", "either")),
    "text": Declared("site_title", "site"),
    "folder": Declared("site_address", "site", form="folder"),
    "address": Declared("catalogue", "desk", form="address"),
    "secret": Declared("catalogue_password", "desk", form="secret"),
}


@pytest.fixture
def shown(qtbot):
    """Shows the row of a setting, and gives what it told."""
    room = QWidget()
    qtbot.addWidget(room)

    def show(declared):
        row = row_of(declared)
        row.setParent(room)
        room.show()
        told = []
        row.changed.connect(lambda name, value: told.append((name, value)))
        return row, told

    return show


def leave(line, text):
    line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_every_kind_has_a_control():
    assert {declared.kind for declared in KINDS.values()} == set(KINDS) == set(CONTROLS)
    assert {declared.kind for declared in DECLARED} <= set(CONTROLS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_row_has_a_name_and_tells_what_is_usual(shown, kind):
    row, _ = shown(KINDS[kind])
    assert row.control.accessibleName() == row.name and row.control.accessibleDescription() == row.about
    assert not row.back.isVisibleTo(row)
    assert row.usual.isVisibleTo(row) == (kind not in ("secret", "folder"))


def test_a_number_out_of_bounds_is_said_and_not_set(shown):
    row, told = shown(KINDS["number"])
    for typed in ("1", "10", ""):
        leave(row.control, typed)
        assert "2" in row.wrong.text() and "9" in row.wrong.text()
        assert told == []
    leave(row.control, "7")
    assert told == [("working_days", 7)]
    row.show_value(7)
    assert row.wrong.text() == "" and row.back.isVisibleTo(row)
    QTest.keyClick(row.back, Qt.Key.Key_Return)
    assert told[-1] == ("working_days", 5)


def test_a_folder_may_be_typed(shown):
    row, told = shown(KINDS["folder"])
    assert isinstance(row.control, FolderLine)
    leave(row.control, " /tmp/here ")
    assert told == [("site_address", "/tmp/here")]


def test_a_secret_is_not_shown_again(shown):
    row, told = shown(KINDS["secret"])
    assert isinstance(row, SecretRow) and isinstance(row.control, QLineEdit)
    assert row.control.echoMode() is QLineEdit.EchoMode.Password
    leave(row.control, "hush")
    assert told == [("catalogue_password", "hush")]
    row.show_kept("keyring")
    assert row.control.text() == "" and "keyring" in row.control.placeholderText()
    QTest.keyClick(row.back, Qt.Key.Key_Return)
    assert told[-1] == ("catalogue_password", "")
    row.show_kept("")
    assert not row.back.isVisibleTo(row)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("deadline", "working_days"),
        ("four eyes", "second_person"),
        ("5", None),
        ("Working DAYS late", "working_days"),
    ],
)
def test_a_row_is_found_by_other_words(shown, typed, found):
    rows = [shown(declared)[0] for declared in DECLARED]
    hits = [row.declared.name for row in rows if row.narrow(typed)]
    assert (found in hits) if found else hits == []
    assert len(hits) < len(rows)

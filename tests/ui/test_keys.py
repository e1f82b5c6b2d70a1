"""Keys that the editor gives: changed in the settings, followed everywhere, and never a letter typed into a field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.keys import FIXED, Keys, cap
from ui.views.keysheet import KeySheet, Line, _spread
from ui.views.settings.keysetting import KeyAsk, pressed
from workbench import fuzzy
from workbench.submission import Status


@pytest.fixture
def keys(qapp, tmp_path):
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    return Keys(memory, {"approve": "A", "queue": "Q", "withdraw": ""})


def again(keys: Keys) -> Keys:
    """The keys as the next start reads them."""
    keys._memory.sync()
    return Keys(QSettings(keys._memory.fileName(), QSettings.Format.IniFormat), keys._declared)


# How they are kept


def test_a_key_that_was_given_is_kept(keys):
    keys.give("withdraw", "Ctrl+W")
    assert again(keys).key("withdraw") == "Ctrl+W"
    assert keys.own("withdraw")


def test_a_key_gives_one_command_alone(keys):
    keys.give("withdraw", "A")
    assert keys.holder("A") == "withdraw"
    assert again(keys).key("approve") == ""


def test_a_key_taken_away_stays_away_until_it_is_reset(keys):
    keys.give("approve", "")
    assert again(keys).key("approve") == ""
    keys.reset("approve")
    assert again(keys).key("approve") == "A"
    assert not keys.own("approve")


def test_a_key_taken_back_leaves_whoever_had_it_without(keys):
    keys.give("queue", "A")
    keys.reset("approve")
    assert (keys.key("approve"), keys.key("queue")) == ("A", "")


def test_all_keys_are_as_they_were(keys):
    keys.give("queue", "A")
    keys.give("withdraw", "X")
    keys.reset_all()
    assert [keys.key(name) for name in keys.names] == ["A", "Q", ""]


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "name"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", "A"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A", "Shift+A"),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier, "?", "?"),
        (Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.NoModifier, "[", "["),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "\x10", "Ctrl+P"),
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier, "", "F7"),
        (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier, "", ""),
    ],
)
def test_a_key_is_named_as_commands_are_declared(qapp, key, modifiers, text, name):
    assert pressed(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == name


# Through the window


def setting(editor):
    """The keys in the settings."""
    editor.do("show_settings")
    editor.window.settings.show_section("keys")
    return editor.window.settings.keys


def ask(editor, name: str) -> KeyAsk:
    """Chooses a command there and asks for another key."""
    view = setting(editor)
    view.line.setText(name)
    view.list.setFocus()
    editor.press("Return")
    return editor.window.findChild(KeyAsk)


def test_a_new_key_gives_the_command_and_is_shown_everywhere(at_study):
    ask(at_study, "Approve")
    at_study.press("Ctrl+Y")
    assert cap("approve") == "Ctrl Y"
    at_study.do("show_desk")
    assert [b.key for b in at_study.window.desk.study.head.findChildren(type_of_button()) if b.key] == [
        "Ctrl Y"
    ]
    at_study.do("keys")
    assert "Approve, Key Ctrl Y" in at_study.window.findChild(KeySheet).shown()
    at_study.press("Escape")
    at_study.press("A")
    assert at_study.study.status is Status.RECEIVED
    at_study.press("Ctrl+Y")
    assert at_study.study.status is Status.APPROVED


def type_of_button() -> type:
    from ui.views.parts import KeyButton

    return KeyButton


def test_a_taken_key_is_told_in_words_and_given_over_when_it_is_pressed_again(editor):
    asked = ask(editor, "Approve")
    editor.press("Q")
    assert asked.said.text().startswith("Q gives “Put into the outbox” now.")
    assert editor.window.keys.key("queue") == "Q"
    editor.press("Return")
    assert (editor.window.keys.key("approve"), editor.window.keys.key("queue")) == ("Q", "")


def test_escape_leaves_the_key_as_it_is_and_gives_the_keyboard_back(editor):
    ask(editor, "Approve")
    editor.press("Escape")
    assert editor.window.keys.key("approve") == "A"
    assert QApplication.focusWidget() is editor.window.settings.keys.list


def test_a_key_that_every_control_needs_is_refused_in_words(editor):
    asked = ask(editor, "Approve")
    for key in sorted(FIXED - {"Esc", "Backtab", "Shift+Tab"}):
        asked.said.setText("")
        editor.press(key)
        assert "needed in every control" in asked.said.text(), key
        assert editor.window.keys.key("approve") == "A"


def test_keys_are_taken_away_and_all_given_back(editor):
    view = setting(editor)
    view.line.setText("Approve")
    view.take_away()
    assert editor.window.keys.key("approve") == ""
    view.reset()
    assert editor.window.keys.key("approve") == "A"
    editor.window.keys.give("approve", "X")
    view.reset_all()
    assert editor.window.keys.key("approve") == "A"
    assert editor.notice == "Every command has the key it came with."


def test_no_letter_or_sign_typed_into_a_line_is_a_command(at_study):
    at_study.window.desk.queue.search.setFocus()
    typed = "asqrojknefdptcu?/[]123"
    QTest.keyClicks(at_study.window.desk.queue.search, typed)
    assert at_study.window.desk.queue.search.text() == typed
    assert at_study.window.findChild(KeySheet) is None


# How what is typed fits


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("app", "Approve"),
        ("opn ctlg", "Open the catalogue"),
        ("tfk", "Take all fixes of this kind"),
        ("outbox put", "Put into the outbox"),
        ("RJCT", "Reject…"),
    ],
)
def test_letters_in_order_find_a_name(typed, name):
    assert 0 < fuzzy.fit(typed, name) <= 1


@pytest.mark.parametrize(
    ("typed", "name"), [("xyz", "Approve"), ("evorppa", "Approve"), ("approve now", "Approve")]
)
def test_other_letters_do_not(typed, name):
    assert fuzzy.fit(typed, name) == 0


def test_a_beginning_fits_better_than_a_word_and_a_word_better_than_letters():
    fits = [fuzzy.fit("the", name) for name in ("The desk", "Open the desk", "Weather", "Take here")]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == len(fits)


def test_the_sheet_of_keys_goes_when_another_stage_is_opened(editor):
    editor.do("keys")
    assert editor.window.findChild(KeySheet).isVisible()
    editor.do("show_settings")
    assert not any(sheet.isVisible() for sheet in editor.window.findChildren(KeySheet))


def test_the_columns_of_the_sheet_are_of_like_height():
    groups = [
        (name, [Line("x", "y")] * n) for name, n in zip("abcdefg", (11, 6, 13, 8, 7, 16, 23), strict=True)
    ]
    columns = _spread(3, groups)
    assert [[name for name, _ in column] for column in columns] == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert _spread(3, []) == []

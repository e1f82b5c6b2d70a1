"""By ear and by keyboard: every control has a name, and what the eye sees is told in words too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from ui import theme
from ui.views.inspector import TABS

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView, QComboBox, QTabBar)
HELPERS = {"qt_spinbox_lineedit", "qt_scrollarea_viewport", "ScrollLeftButton", "ScrollRightButton"}


def nameless(window: QWidget) -> list[str]:
    """Every control that can be seen and that a screen reader has no name for."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown = [w for w in window.findChildren(QWidget) if isinstance(w, CONTROLS) and w.isVisible()]
    named = [w for w in shown if w.objectName() not in HELPERS]
    return [f"{type(w).__name__} {w.objectName()}" for w in named if not spoken(w)]


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face is not None else widget.accessibleName()


def test_every_control_of_every_stage_has_a_name(at_study):
    for stage in at_study.window.rail.buttons:
        at_study.do(f"show_{stage}")
        assert nameless(at_study.window) == [], stage


def test_every_control_of_every_part_of_the_inspector_has_a_name(editor):
    editor.bring("sample-dorset-care-technology-unplaced.docx")
    for part in TABS:
        editor.window.desk.inspector.show_part(part)
        editor.settle()
        assert nameless(editor.window) == [], part


@pytest.mark.parametrize("name", ["palette", "add_theme", "council", "reject"])
def test_what_is_asked_has_a_name(at_study, name):
    at_study.do(name)
    assert at_study.window.chooser.isVisible()
    assert nameless(at_study.window) == []


def test_a_field_in_hand_and_its_tools_have_names(at_study):
    at_study.window.desk.study.choose_field("solution")
    at_study.do("edit_field")
    assert nameless(at_study.window) == []


def test_the_arrivals_and_the_progress_have_names(editor):
    editor.window.import_paths([editor.samples])
    editor.until(lambda: editor.window.findChild(QProgressBar).isVisible())
    assert nameless(editor.window) == []
    editor.settle()
    assert editor.window.arrivals.isVisible()
    assert nameless(editor.window) == []


def test_tab_goes_through_the_window_and_comes_back(at_study):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    at_study.window.desk.queue.list.setFocus()
    seen = []
    for _ in range(120):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if seen[-1] is at_study.window.desk.queue.list:
            break
    assert seen[-1] is at_study.window.desk.queue.list
    assert any(isinstance(widget, QTextEdit) for widget in seen)
    assert any(isinstance(widget, QTabBar) for widget in seen)


def brightness(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_ground(tokens):
    grounds = (tokens.window, tokens.panel, tokens.raised)
    pairs = [(ink, ground) for ink in (tokens.ink, tokens.ink2, tokens.accent) for ground in grounds]
    pairs += [
        (tokens.on_accent, tokens.accent),
        (tokens.accent, tokens.accent_soft),
        (tokens.ink, tokens.found),
    ]
    pairs += [
        (getattr(tokens, name), getattr(tokens, f"{name}_soft"))
        for name in ("blocker", "warning", "advice", "good")
    ]
    pairs += [
        (tokens.ink, getattr(tokens, f"{name}_soft"))
        for name in ("blocker", "warning", "advice", "good", "quiet")
    ]
    poor = [
        (ink, ground, round(contrast(ink, ground), 2)) for ink, ground in pairs if contrast(ink, ground) < 4.5
    ]
    assert poor == []

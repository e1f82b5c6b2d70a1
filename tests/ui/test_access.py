"""By ear and by keyboard: every control has a name, and what the eye sees is told in words too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from ui import theme
from ui.views.inspector.inspector import TABS

Role = QAccessible.Role
INTERACTIVE = {
    Role.Button,
    Role.PushButton,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.List,
    Role.ListItem,
    Role.Tree,
    Role.TreeItem,
    Role.Table,
    Role.Cell,
    Role.PageTab,
    Role.PageTabList,
    Role.MenuItem,
    Role.ProgressBar,
    Role.Link,
}
"""What one acts on, or what tells how far something is: each must have a name."""

READ = {Role.StaticText, Role.Document, Role.Client, Role.Dialog, Role.Pane}
"""What may have the keyboard though one only reads there."""

ROLES = {
    QAbstractButton: {Role.Button, Role.PushButton, Role.CheckBox, Role.ButtonMenu},
    QLineEdit: {Role.EditableText},
    QTextBrowser: {Role.StaticText},
    QTextEdit: {Role.EditableText},
    QAbstractItemView: {Role.List, Role.Tree, Role.Table},
    QComboBox: {Role.ComboBox},
    QTabBar: {Role.PageTabList},
    QProgressBar: {Role.ProgressBar},
}
"""As what a control of each kind is told."""


def interfaces(face: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """What a screen reader finds below `face`, itself first; what cannot be seen is left out."""
    if not face.isValid() or face.state().invisible:
        return
    yield face
    for place in range(face.childCount()):
        child = face.child(place)
        if child is not None:
            yield from interfaces(child)


def told(face: QAccessibleInterface) -> str:
    widget = face.object()
    return f"{face.role().name} {type(widget).__name__} {widget.objectName() if widget else ''}"


def amiss(window: QWidget) -> list[str]:
    """Every control a screen reader finds that has no name, or is told as something it is not."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [
        f"{told(face)}: {wrong}"
        for face in interfaces(QAccessible.queryAccessibleInterface(window))
        if not isinstance(face.object(), QScrollBar) and (wrong := wrong_with(face))
    ]


def wrong_with(face: QAccessibleInterface) -> str:
    kinds = [roles for kind, roles in ROLES.items() if isinstance(face.object(), kind)]
    if kinds and face.role() not in kinds[0]:
        return "told as something else"
    if face.state().focusable and face.role() not in INTERACTIVE | READ:
        return "takes the keyboard and is told as nothing one acts on"
    named = face.text(QAccessible.Text.Name).strip()
    return "" if named or face.role() not in INTERACTIVE else "no name"


def test_every_control_of_every_stage_has_a_name(at_study):
    for stage in at_study.window.rail.buttons:
        at_study.do(f"show_{stage}")
        assert amiss(at_study.window) == [], stage


def test_every_control_of_every_part_of_the_inspector_has_a_name(editor):
    editor.bring("sample-dorset-care-technology-unplaced.docx")
    for part in TABS:
        editor.window.desk.inspector.show_part(part)
        editor.settle()
        assert amiss(editor.window) == [], part


@pytest.mark.parametrize("name", ["palette", "add_theme", "council", "reject"])
def test_what_is_asked_has_a_name(at_study, name):
    at_study.do(name)
    assert at_study.window.chooser.isVisible()
    assert amiss(at_study.window) == []


def test_every_part_of_the_settings_has_names(at_study):
    at_study.do("show_settings")
    settings = at_study.window.settings
    settings.words.add.emit("Fjordhaven")
    settings.checks.retire.emit("STY-01")
    at_study.settle()
    for part in settings.sections:
        settings.show_section(part)
        assert amiss(at_study.window) == [], part
    settings.find.setText("nothing is called so")
    assert amiss(at_study.window) == []


def test_a_picture_in_an_answer_and_what_it_asks_have_names(at_study):
    view = at_study.window.desk.study.fields["impact"]
    brought = QMimeData()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    brought.setImageData(picture)
    view.editor.bring(brought)
    at_study.settle()
    view.editor.flush()
    at_study.settle()
    assert amiss(at_study.window) == []
    view.describe.emit("impact", at_study.study.pictures[-1].sha256)
    assert amiss(at_study.window) == []


def test_two_versions_of_an_answer_have_names(at_study):
    at_study.window.desk.study.fields["impact"].contest((), "Changed elsewhere.")
    assert amiss(at_study.window) == []


def test_a_field_in_hand_and_its_tools_have_names(at_study):
    at_study.window.desk.study.choose_field("solution")
    at_study.do("edit_field")
    assert amiss(at_study.window) == []


def test_finding_and_replacing_and_what_a_link_asks_have_names(at_study):
    at_study.do("find_and_replace")
    finder = at_study.window.desk.study.finder
    finder.sought.setText("the")
    at_study.until(lambda: finder.count.text())
    at_study.settle()
    assert amiss(at_study.window) == []
    finder.close_()
    at_study.window.desk.study.choose_field("solution")
    at_study.do("edit_field")
    at_study.press("Ctrl+L")
    assert amiss(at_study.window) == []


def test_the_arrivals_and_the_progress_have_names(editor):
    editor.window.import_paths([editor.samples])
    editor.until(lambda: editor.window.findChild(QProgressBar).isVisible())
    assert amiss(editor.window) == []
    editor.settle()
    assert editor.window.arrivals.isVisible()
    assert amiss(editor.window) == []


def test_the_sheet_of_keys_and_a_new_key_have_names(editor):
    editor.do("keys")
    assert amiss(editor.window) == []
    editor.do("show_settings")
    editor.window.settings.keys.list.setCurrentRow(0)
    editor.window.settings.keys.change()
    assert amiss(editor.window) == []


def test_the_list_of_problems_has_names(editor):
    editor.window.fail(ZeroDivisionError("by nought"))
    editor.do("problems")
    assert amiss(editor.window) == []
    editor.window.problems.view.show_examined([("broken", "The disk is full."), ("fine", "All else.")])
    assert amiss(editor.window) == []
    editor.window.problems.view.show_report("Casebook")
    assert amiss(editor.window) == []


def test_what_is_amiss_is_found(editor):
    stray = QPushButton(editor.window)
    stray.show()
    assert amiss(editor.window) == ["Button QPushButton : no name"]


def test_a_row_of_the_queue_reads_as_a_sentence(at_study):
    faces = interfaces(QAccessible.queryAccessibleInterface(at_study.window.desk.queue.list))
    rows = [face.text(QAccessible.Text.Name) for face in faces if face.role() in (Role.ListItem, Role.Cell)]
    assert len(rows) == 1
    for part in ("County Durham", "Durham County Council", "New", "complete"):
        assert part in rows[0]


def test_notices_are_announced_and_grave_ones_at_once(editor, monkeypatch):
    said = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append((event.message(), event.politeness()))
    )
    editor.window.tell("Took it into review.")
    editor.window.bar.notice.tell("The disk is full.", grave=True)
    politeness = QAccessible.AnnouncementPoliteness
    assert said == [
        ("Took it into review.", politeness.Polite),
        ("The disk is full.", politeness.Assertive),
    ]


def shown(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_whatever_has_the_keyboard_shows_it(editor):
    """Each control along the way of Tab is drawn differently while it has the keyboard."""
    editor.bring("sample-dorset-care-technology-unplaced.docx")
    window = editor.window
    unseen = []
    for stage in window.rail.buttons:
        editor.do(f"show_{stage}")
        for widget in [each for each in window.findChildren(QWidget) if takes_keyboard(each)]:
            window.rail.setFocus()
            away = shown(frame_of(widget))
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if QApplication.focusWidget() is widget and shown(frame_of(widget)) == away:
                unseen.append(f"{stage}: {type(widget).__name__} {widget.objectName()}")
    assert unseen == []


def takes_keyboard(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled() and not isinstance(widget, QScrollBar)


def frame_of(widget: QWidget) -> QWidget:
    """What shows that a control has the keyboard: itself, or what is drawn around it."""
    parent = widget.parentWidget()
    return parent if isinstance(widget, QAbstractScrollArea) and parent is not None else widget


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


GROUNDS = ("window", "panel", "raised")
TONES = ("accent", "blocker", "warning", "advice", "good")
PAIRS = (
    *((ink, ground) for ink in ("ink", "ink2", *TONES) for ground in GROUNDS),
    *((ink, f"{tone}_soft") for ink in ("ink", "ink2") for tone in (*TONES, "quiet")),
    *((tone, f"{tone}_soft") for tone in TONES),
    ("on_accent", "accent"),
    ("ink", "found"),
)
"""Every ink and every ground that it is read on."""


@pytest.mark.parametrize(
    ("look", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7), ("contrast-dark", 7)]
)
def test_words_can_be_read_on_their_ground(look, least):
    tokens = theme.LOOKS[look]
    found = {(ink, ground): contrast(getattr(tokens, ink), getattr(tokens, ground)) for ink, ground in PAIRS}
    assert {pair: round(value, 2) for pair, value in found.items() if value < least} == {}


@pytest.mark.parametrize("look", ["contrast", "contrast-dark"])
def test_in_high_contrast_lines_and_what_is_not_possible_can_be_seen_too(look):
    tokens = theme.LOOKS[look]
    assert contrast(tokens.line, tokens.panel) >= 7
    assert contrast(tokens.ink3, tokens.panel) >= 7


@pytest.mark.parametrize("look", list(theme.LOOKS))
def test_the_ring_of_the_keyboard_can_be_seen_on_every_ground(look):
    tokens = theme.LOOKS[look]
    grounds = [getattr(tokens, name) for name in (*GROUNDS, *(f"{tone}_soft" for tone in TONES))]
    assert min(contrast(tokens.accent, ground) for ground in grounds) >= 3


@pytest.mark.parametrize(
    ("colours", "wish", "look"),
    [
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, "light"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, "dark"),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, "contrast"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, "contrast-dark"),
    ],
)
def test_the_system_is_followed(colours, wish, look):
    assert theme.wished(colours, wish) == look


def test_high_contrast_is_chosen_and_kept(editor):
    editor.do("show_settings")
    editor.do("high_contrast_dark")
    assert theme.tokens() is theme.CONTRAST_DARK
    assert editor.window.settings.scheme.currentText() == "High contrast, dark"
    assert editor.window.memory.value("scheme") == "contrast-dark"
    editor.do("light")

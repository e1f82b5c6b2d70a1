"""The panes of the window: gone round by F6, and a drawer for the inspector where there is no room for it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from ui.views.keysheet import KeySheet

NARROW = (1000, 640)


def narrow(editor):
    """An editor with a study at a window with little room."""
    editor.window.resize(*NARROW)
    editor.settle()
    return editor.window.desk


def keyboard():
    return QApplication.focusWidget()


def test_f6_goes_round_the_panes_and_back(at_study):
    window = at_study.window
    window.desk.queue.list.setFocus()
    seen = []
    for _ in range(5):
        at_study.press("F6")
        seen.append(keyboard())
    assert seen[0] is window.desk.study.fields[window.desk.study.field].editor
    assert seen[1] is window.desk.inspector.tabs
    assert window.bar.isAncestorOf(seen[2])
    assert window.rail.isAncestorOf(seen[3])
    assert seen[4] is window.desk.queue.list
    at_study.press("Shift+F6")
    assert window.rail.isAncestorOf(keyboard())


def test_f6_goes_round_the_other_stages_too(at_study):
    window = at_study.window
    at_study.do("show_settings")
    window.rail.buttons["settings"].setFocus()
    at_study.press("F6")
    assert window.settings.isAncestorOf(keyboard())
    at_study.press("F6")
    assert window.bar.isAncestorOf(keyboard())


def test_without_room_the_inspector_is_a_drawer_that_a_key_draws_out_and_escape_puts_away(at_study):
    desk = narrow(at_study)
    editor = desk.study.fields["summary"].editor
    editor.setFocus()
    assert not desk.inspector.isVisible()
    at_study.press("I")
    assert desk.inspector.isVisible()
    assert keyboard() is desk.inspector.tabs
    at_study.until(lambda: desk.drawer.geometry().right() == desk.width() - 1)
    at_study.press("Escape")
    assert not desk.inspector.isVisible()
    assert keyboard() is editor


def test_the_drawer_has_a_button_and_goes_when_work_goes_on_elsewhere(at_study):
    desk = narrow(at_study)
    assert desk.study.head.panel.isVisible()
    desk.study.head.panel.click()
    assert desk.drawer.isVisible()
    desk.queue.list.setFocus()
    assert not desk.drawer.isVisible()


def test_a_part_that_is_asked_for_draws_the_drawer_out(at_study):
    desk = narrow(at_study)
    at_study.do("tag")
    assert desk.drawer.isVisible()
    assert desk.inspector.current == "themes"
    assert desk.inspector.themes.isAncestorOf(keyboard())


def test_with_room_again_the_inspector_stands_beside_the_study(at_study):
    before = at_study.window.size()
    desk = narrow(at_study)
    at_study.press("I")
    at_study.window.resize(before)
    at_study.settle()
    assert desk.panes.widget(2) is desk.inspector
    assert desk.inspector.isVisible()
    assert not desk.study.head.panel.isVisible()
    assert not desk.drawer.isVisible()


def test_nothing_is_cut_off_at_the_smallest_window_it_is_made_for(at_study):
    """960 by 540: a screen of 1,920 by 1,080 at 200 %."""
    at_study.window.resize(960, 540)
    at_study.settle()
    assert (at_study.window.width(), at_study.window.height()) == (960, 540)
    for stage in at_study.window.rail.buttons:
        at_study.do(f"show_{stage}")
        cut = [
            button.text()
            for button in at_study.window.findChildren(QPushButton)
            if button.isVisible() and button.width() < button.sizeHint().width()
        ]
        assert cut == [], stage


def test_the_sheet_of_keys_is_never_wider_than_the_window(editor):
    editor.window.resize(960, 540)
    editor.do("keys")
    sheet = editor.window.findChild(KeySheet)
    assert editor.window.rect().contains(sheet.geometry())
    scroll = sheet.findChild(QScrollArea)
    editor.until(lambda: scroll.verticalScrollBar().maximum() > 0)
    assert scroll.horizontalScrollBar().maximum() == 0


def test_where_there_is_less_room_still_the_queue_is_a_drawer_too_and_keeps_its_width(at_study):
    """720 by 450: a screen of 1,440 by 900 at 200 %."""
    window, desk = at_study.window, at_study.window.desk
    before, wide = window.size(), desk.widths
    window.resize(720, 450)
    at_study.settle()
    assert (window.width(), window.height()) == (720, 450)
    assert desk.study.width() >= 560
    assert desk.strip.opener.isVisible() and not desk.queue.isVisible()
    assert keyboard() is desk.strip.opener
    at_study.press("G")
    assert keyboard() is desk.queue.list
    at_study.press("Escape")
    assert not desk.queue.isVisible() and keyboard() is desk.strip.opener
    at_study.press("/")
    assert keyboard() is desk.queue.search
    window.resize(before)
    at_study.settle()
    assert desk.panes.widget(0) is desk.queue and desk.queue.isVisible()
    assert (desk.queue.width(), desk.inspector.width()) == wide


def test_what_is_chosen_from_is_never_higher_than_the_window(editor):
    editor.window.resize(720, 450)
    editor.do("palette")
    assert editor.window.rect().contains(editor.window.chooser.geometry())
    editor.window.chooser.close_()

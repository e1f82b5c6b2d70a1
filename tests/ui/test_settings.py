"""An editor-in-chief sets the rules of the house at the window; they hold at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ui import theme
from ui.views.settings.settings import DeclaredRow
from workbench import config
from workbench.desk.editing import spelling
from workbench.desk.office import house


@pytest.fixture
def settings(editor):
    """The settings, open over a desk with one study whose percentages are written with a sign."""
    names = [path.name for path in editor.samples.glob("*rotherham*.docx")]
    editor.bring(*names)
    editor.do("show_settings")
    return editor.window.settings


def kept(editor):
    found = []
    editor.window.bridge.ask(house.settings, found.append)
    editor.settle()
    return found[0]


def parts(settings):
    return [
        settings.list.item(at).text()
        for at in range(settings.list.count())
        if not settings.list.item(at).isHidden()
    ]


def line_of(settings, check):
    return settings.checks.lines[check]


def choose(settings, check):
    table = settings.checks.table
    items = [table.topLevelItem(at) for at in range(table.topLevelItemCount())]
    table.setCurrentItem(next(item for item in items if item.text(0).startswith(check)))


def open_checks(editor):
    return {finding.check for finding in editor.study.open_findings}


def test_another_form_of_per_cent_holds_at_once_and_is_put_back(editor, settings):
    settings.show_section("house")
    row = settings.rows["per_cent"]
    assert "STY-05" in open_checks(editor)
    assert not row.back.isVisible()
    row.control.setFocus()
    QTest.keyClick(row.control, Qt.Key.Key_Down)
    editor.settle()
    assert kept(editor).per_cent == "%"
    assert "STY-05" not in open_checks(editor)
    assert row.back.isVisible()
    QTest.keyClick(row.back, Qt.Key.Key_Return)
    editor.settle()
    assert kept(editor).per_cent == "per cent"
    assert "STY-05" in open_checks(editor)


def test_what_counts_once_the_desk_is_opened_anew_offers_that(editor, settings, qtbot):
    settings.show_section("desk")
    language = settings.rows["language"].control
    language.setFocus()
    QTest.keyClick(language, Qt.Key.Key_Down)
    editor.settle()
    assert kept(editor).language != "system"
    offered = editor.window.bar.notice.findChild(QPushButton)
    assert offered.text() == "Open this desk anew"
    editor.window.asked.disconnect()
    with qtbot.waitSignal(editor.window.asked, check_params_cb=lambda name: name == "open_anew"):
        offered.click()


def test_every_setting_has_its_row_and_words(settings):
    for declared in config.DECLARED:
        row = settings.rows[declared.name]
        assert isinstance(row, DeclaredRow)
        assert not row.name.startswith("setting-")
        assert not row.about.startswith("setting-")
        assert row.control.accessibleName() == row.name


def test_numbers_and_words_are_kept_when_the_line_is_left(editor, settings):
    for name, typed, value in (("review_years", "3", 3), ("site_title", "What works", "What works")):
        settings.show_section("house" if name == "review_years" else "site")
        line = settings.rows[name].control
        line.setFocus()
        line.selectAll()
        editor.type(typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
        editor.settle()
        assert getattr(kept(editor), name) == value


def test_a_search_leaves_only_what_is_called_so(settings):
    settings.find.setText("election")
    assert parts(settings)[0].startswith("House rules")
    assert settings.rows["election"].isVisibleTo(settings)
    assert not settings.rows["per_cent"].isVisibleTo(settings)
    settings.find.setText("nothing is called so")
    assert parts(settings) == []
    settings.find.setText("")
    every = ["This desk", "House rules", "Checks", "House words", "Website", "Keeping", "One person", "Keys"]
    assert parts(settings) == every


def test_a_search_leads_into_the_checks_by_keyboard(settings):
    settings.find.setFocus()
    QTest.keyClicks(settings.find, "sty-05")
    QTest.keyClick(settings.find, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is settings.checks.table
    assert settings.checks.chosen == "STY-05"


def test_a_noisy_check_is_seen_retired_and_asked_again(editor, settings):
    editor.do("show_desk")
    finding = next(f for f in editor.study.open_findings if f.check == "STY-05")
    editor.window.desk.checking.dismiss(finding.key, "As the council writes it")
    editor.settle()
    editor.do("show_settings")
    settings.show_section("checks")
    line = line_of(settings, "STY-05")
    assert (line.taken, line.dismissed) == (0, 1)
    assert line.share_dismissed == 1
    choose(settings, "STY-05")
    assert "100%" in settings.checks.table.currentItem().text(5)
    QTest.keyClick(settings.checks.detail.turn_button, Qt.Key.Key_Return)
    editor.settle()
    assert line_of(settings, "STY-05").retired
    assert settings.checks.chosen == "STY-05"
    assert "STY-05" not in open_checks(editor)
    assert "Retired" in settings.checks.table.currentItem().text(1)
    QTest.keyClick(settings.checks.detail.turn_button, Qt.Key.Key_Return)
    editor.settle()
    assert "STY-05" in open_checks(editor)


def test_a_check_is_made_graver_and_is_as_it_came_again(editor, settings):
    settings.show_section("checks")
    choose(settings, "STY-05")
    detail = settings.checks.detail
    assert not detail.reset.isVisible()
    detail.picker.setFocus()
    QTest.keyClick(detail.picker, Qt.Key.Key_Up)
    editor.settle()
    assert line_of(settings, "STY-05").severity == "blocker"
    assert {f.severity for f in editor.study.open_findings if f.check == "STY-05"} == {"blocker"}
    assert detail.reset.isVisible()
    QTest.keyClick(detail.reset, Qt.Key.Key_Return)
    editor.settle()
    assert not line_of(settings, "STY-05").changed


def test_the_table_sorts_by_what_editors_made_of_the_checks(settings):
    table = settings.checks.table
    settings.checks._sort(4)
    opens = [int(table.topLevelItem(at).text(4)) for at in range(table.topLevelItemCount())]
    assert opens == sorted(opens, reverse=True)
    settings.checks._sort(4)
    opens = [int(table.topLevelItem(at).text(4)) for at in range(table.topLevelItemCount())]
    assert opens == sorted(opens)


def test_a_row_of_the_table_reads_as_a_sentence(settings):
    item = settings.checks.table.topLevelItem(0)
    said = item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    for part in (
        settings.checks.lines[item.data(0, Qt.ItemDataRole.UserRole)].check,
        "taken",
        "dismissed",
        "open",
    ):
        assert part in said


def test_house_words_are_added_seen_removed_and_undone(editor, settings):
    settings.show_section("words")
    words = settings.words
    assert not words.list.isVisible()
    words.line.setFocus()
    editor.type("Fjordhaven")
    QTest.keyClick(words.line, Qt.Key.Key_Return)
    editor.settle()
    assert [words.list.item(at).text() for at in range(words.list.count())] == ["Fjordhaven"]
    words.list.setFocus()
    QTest.keyClick(words.list, Qt.Key.Key_Delete)
    editor.settle()
    assert words.list.count() == 0
    editor.do("undo")
    assert words.list.count() == 1
    found = []
    editor.window.bridge.ask(spelling.learned, found.append)
    editor.settle()
    assert found == [("Fjordhaven",)]


def test_what_is_no_word_is_refused_in_words(editor, settings):
    settings.show_section("words")
    settings.words.line.setText("two words")
    settings.words.add.emit("two words")
    editor.settle()
    assert "two words" in editor.notice


def test_a_damaged_file_of_rules_is_told_and_nothing_is_lost(editor, settings, workspace):
    settings.show_section("checks")
    damaged = "[checks.STY-05\n"
    (workspace / "checks.toml").write_text(damaged)
    choose(settings, "STY-05")
    settings.checks.detail.turn.emit()
    editor.settle()
    assert "cannot be used" in editor.notice
    assert (workspace / "checks.toml").read_text() == damaged


@pytest.mark.parametrize(
    ("pixels", "platform", "larger"),
    [
        (12, "win32", 1),
        (18, "win32", 1.5),
        (13, "darwin", 1),
        (14.67, "linux", 1),
        (18.7, "linux", 1.25),
        (60, "linux", 2),
    ],
)
def test_larger_type_of_the_system_makes_all_of_it_larger(pixels, platform, larger):
    assert theme.enlargement(pixels, platform) == larger

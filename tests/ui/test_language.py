"""The window's language: chosen before its first sentence, for its own words and for those of Qt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit

from ui import phrases
from ui.program import language
from workbench import config, words

Button = QDialogButtonBox.StandardButton


@pytest.fixture(autouse=True)
def in_english_again(qapp: QApplication) -> Iterator[None]:
    yield
    language.speak(qapp, words.FALLBACK)


def menu(line: QLineEdit) -> list[str]:
    made = line.createStandardContextMenu()
    said = [action.text().partition("\t")[0] for action in made.actions() if action.text()]
    made.deleteLater()
    return said


def test_qts_own_texts_are_said_in_the_language_of_the_window(qapp: QApplication, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    language.speak(qapp, "cy")
    box = QDialogButtonBox(Button.Ok | Button.Cancel)
    qtbot.addWidget(box)
    assert menu(line)[0] == "&Dadwneud"
    assert [button.text() for button in box.buttons()] == ["Iawn", "Canslo"]
    assert QLocale().language() == QLocale.Language.Welsh
    language.speak(qapp, "en")
    assert menu(line)[0] == "&Undo"


def test_what_we_do_not_say_qt_says_where_it_can(qapp: QApplication, qtbot, monkeypatch: pytest.MonkeyPatch):
    line = QLineEdit()
    qtbot.addWidget(line)
    monkeypatch.setattr(words, "group", lambda tongue, name: {"QLineEdit": {"&Undo": "&Weg"}})
    language.speak(qapp, "de")
    assert menu(line)[:2] == ["&Weg", "Wieder&herstellen"]


def test_lines_begin_at_the_right_where_the_language_does(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
):
    trait = words.trait
    monkeypatch.setattr(words, "trait", lambda name, *of: "rtl" if name == "direction" else trait(name, *of))
    language.speak(qapp, "cy")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_the_settings_say_which_language(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(language.VARIABLE)
    config.write(tmp_path, config.parse({"language": "cy"}))
    language.begin(qapp, tmp_path)
    assert phrases.say("stage-outbox") == "Blwch allan"
    monkeypatch.setenv(language.VARIABLE, "en")
    language.begin(qapp, tmp_path)
    assert phrases.say("stage-outbox") == "Outbox"


def test_settings_that_cannot_be_read_leave_the_language_to_the_system(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(language.VARIABLE)
    (tmp_path / config.FILE).write_text("language = 3")
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self, *how: ["cy-GB"])
    language.begin(qapp, tmp_path)
    assert words.spoken() == "cy"


def test_every_text_that_we_say_for_qt_is_one_that_qt_asks_for(qapp: QApplication):
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    known = [QTranslator(qapp) for _ in range(4)]
    for made, name in zip(known, ("de", "fr", "uk", "pl"), strict=True):
        assert made.load(f"qtbase_{name}", folder)
    texts = words.group("en", "qt")
    odd = [
        (context, text)
        for context, said in texts.items()
        for text in said
        if not any(each.translate(context, text) for each in known)
    ]
    assert odd == []

"""The window's language: chosen before the first sentence, for our words and for those that Qt says by itself."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from workbench import config, words
from workbench.errors import WorldError

VARIABLE = "CASEBOOK_LANGUAGE"


def begin(app: QApplication, workspace: Path | None = None) -> None:
    """Speaks, from now on, as the environment, the settings of the workspace or the system say."""
    asked = os.environ.get(VARIABLE) or _set_to(workspace)
    system = QLocale.system().uiLanguages()
    speak(app, words.chosen(system if asked == "system" else [asked]))


def speak(app: QApplication, language: str) -> None:
    """Speaks this language: our sentences, Qt's own texts, days in calendars, and the side that lines begin at."""
    words.speak(language)
    QLocale.setDefault(QLocale(words.trait("locale")))
    for old in app.findChildren(QTranslator, options=Qt.FindChildOption.FindDirectChildrenOnly):
        app.removeTranslator(old)
        old.deleteLater()
    if language != words.FALLBACK:
        _of_qt(app, language)
        app.installTranslator(Translator(app, language))
    rtl = words.trait("direction") == "rtl"
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)


def _set_to(workspace: Path | None) -> str:
    """What the settings say; those that cannot be read are told of once the desk is opened."""
    try:
        return config.read(workspace).language if workspace else "system"
    except WorldError:
        return "system"


def _of_qt(app: QApplication, language: str) -> None:
    """Qt's own translation of its texts where it has one; ours goes before it."""
    made = QTranslator(app)
    if made.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(made)


class Translator(QTranslator):
    """Answers what Qt asks for by itself, such as the menu of a line, from a language's `qt.toml`."""

    def __init__(self, parent: QObject, language: str) -> None:
        super().__init__(parent)
        self._texts = words.group(language, "qt")

    def isEmpty(self) -> bool:
        """Whether there is nothing to be had here."""
        return not self._texts

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The text in this language; None where it has none, so that the next is asked."""
        return self._texts.get(context, {}).get(text)

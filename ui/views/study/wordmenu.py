"""The menu of a place in a field: the right spelling, and what any text offers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu

from ui.phrases import say
from ui.text.tools import BY_NAME
from ui.views.study.editor import FieldEditor

_USUAL = (
    ("cut", QKeySequence.StandardKey.Cut),
    ("copy", QKeySequence.StandardKey.Copy),
    ("paste", QKeySequence.StandardKey.Paste),
)


class WordMenu(QMenu):
    """`learn(word)` is asked for when a word is to belong to the house."""

    learn = Signal(str)

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__(editor)
        self.setAccessibleName(say("menu-of-words"))
        self._editor = editor
        self._word = editor.speller.word_at(editor.textCursor().position()) if editor.speller else None
        if self._word is not None:
            self._looking = self.addAction(say("spelling-looking"))
            self._looking.setEnabled(False)
            self._end = self.addSeparator()
            self.addAction(say("spelling-learn", word=self.word)).triggered.connect(self._learn)
            self.addSeparator()
        self._add_usual()
        self.aboutToHide.connect(self.deleteLater)

    @property
    def word(self) -> str:
        """The misspelt word the menu is about; "" where the place has none."""
        return self._word.selectedText() if self._word is not None else ""

    def offer(self, suggestions: Sequence[str]) -> None:
        """Shows what the word may have been meant to be."""
        if not suggestions:
            self._looking.setText(say("spelling-nothing"))
            return
        self._looking.setVisible(False)
        for suggestion in suggestions:
            action = self.addAction(suggestion)
            self.removeAction(action)
            self.insertAction(self._end, action)
            action.triggered.connect(partial(self._take, suggestion))
        self.setActiveAction(self.actions()[1])

    def _take(self, suggestion: str, _checked: bool = False) -> None:
        if self._word is not None and self._editor.editing:
            cursor = QTextCursor(self._word)
            cursor.insertText(suggestion, cursor.charFormat())

    def _learn(self, _checked: bool = False) -> None:
        self.learn.emit(self.word)

    def _add_usual(self) -> None:
        editor = self._editor
        chosen = editor.textCursor().hasSelection()
        possible = {
            "cut": chosen and editor.editing,
            "copy": chosen,
            "paste": editor.editing and editor.canPaste(),
        }
        for name, key in _USUAL:
            text = f"{say(f'menu-{name}')}\t{QKeySequence(key).toString()}"
            action = self.addAction(text)
            action.setEnabled(possible[name])
            action.triggered.connect(getattr(editor, name))
        plain = self.addAction(say("format-words"))
        plain.setEnabled(possible["paste"])
        plain.triggered.connect(partial(self._use, "words"))
        if editor.editing and editor.picture():
            self.addAction(say("format-picture")).triggered.connect(partial(self._use, "picture"))

    def _use(self, name: str, _checked: bool = False) -> None:
        self._editor.use(BY_NAME[name])

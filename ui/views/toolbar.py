"""The few things a field's text can be besides plain words, offered while it is edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import shaping
from ui.phrases import say
from ui.views.controls import IconButton
from ui.views.editor import FieldEditor


class Toolbar(QWidget):
    """Strong, emphasis, lists, for the words chosen in `editor`. It never takes the keyboard from the text."""

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__()
        self._editor = editor
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for icon, then in (
            ("bold", self._strong),
            ("italic", self._emphasis),
            ("bullets", self._bullets),
            ("numbers", self._numbers),
        ):
            box.addWidget(self._button(icon, then))

    def _button(self, icon: str, then: Callable[[], None]) -> IconButton:
        made = IconButton(icon, say(f"format-{icon}"), then, "tool")
        made.setIconSize(QSize(18, 18))
        made.setFixedSize(26, 22)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _strong(self) -> None:
        shaping.toggle(self._editor.textCursor(), "strong")

    def _emphasis(self) -> None:
        shaping.toggle(self._editor.textCursor(), "em")

    def _bullets(self) -> None:
        shaping.toggle_list(self._editor.textCursor(), self._editor.dress, ordered=False)

    def _numbers(self) -> None:
        shaping.toggle_list(self._editor.textCursor(), self._editor.dress, ordered=True)

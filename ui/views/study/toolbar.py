"""What a field's text can be besides plain words, offered while it is edited."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ui.phrases import say
from ui.text.tools import BY_NAME
from ui.views.controls import IconButton
from ui.views.study.editor import FieldEditor
from ui.views.study.tablemenu import table_menu

BUTTONS = ("bold", "italic", "sup", "sub", "heading", "bullets", "numbers", "link", "table")
HEADINGS = ("paragraph", "heading", "subheading")


class Toolbar(QWidget):
    """The tools for the words chosen in `editor`. It never takes the keyboard from the text."""

    help_page = "writing#tools"

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setAccessibleName(say("format-tools"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.buttons = {name: self._button(name) for name in BUTTONS}
        for made in self.buttons.values():
            box.addWidget(made)

    def _button(self, name: str) -> IconButton:
        made = IconButton(name, BY_NAME[name].says, partial(self._press, name), "tool")
        made.setIconSize(QSize(18, 18))
        made.setFixedSize(26, 22)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _press(self, name: str) -> None:
        if name == "heading":
            self._show(self._headings(), name)
        elif name == "table":
            self._show(table_menu(self._editor), name)
        else:
            self._editor.use(BY_NAME[name])

    def _headings(self) -> QMenu:
        menu = QMenu(self)
        for name in HEADINGS:
            tool = BY_NAME[name]
            text = f"{say(f'format-{name}')}\t{tool.key.replace('+', ' ')}"
            menu.addAction(text).triggered.connect(partial(self._use, name))
        return menu

    def _use(self, name: str, _checked: bool = False) -> None:
        self._editor.use(BY_NAME[name])

    def _show(self, menu: QMenu, name: str) -> None:
        below = self.buttons[name]
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

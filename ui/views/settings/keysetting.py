"""Where the editor gives commands other keys: every command with its key, and a place to press the new one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.ear import announce
from ui.keys import FIXED, Keys, keycap
from ui.phrases import command, say
from ui.views.chooser import ROW, Choice, choice_row
from ui.views.overlay import Overlay
from ui.views.parts import button, label
from workbench import fuzzy

MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
NAME = Qt.ItemDataRole.UserRole


def pressed(event: QKeyEvent) -> str:
    """The key that was pressed, as commands are declared with it; empty for Shift and its like alone."""
    if event.key() in MODIFIERS or event.key() in (0, Qt.Key.Key_unknown):
        return ""
    sign = event.text()
    if sign.isprintable() and sign and not sign.isalnum() and not sign.isspace() and _plain(event):
        return QKeySequence(sign).toString(QKeySequence.SequenceFormat.PortableText)
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)


def _plain(event: QKeyEvent) -> bool:
    """A sign typed with Shift at most: which one of its keys Shift is on depends on the keyboard, not on the sign."""
    return not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)


class KeyLine(QLineEdit):
    """Where a key is pressed and shown. No key is a command or means anything else here. `pressed(key)`."""

    pressed = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__(keycap(key))
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def event(self, event: QEvent) -> bool:
        """Every key is taken as it is."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, _: bool) -> bool:
        """Tab is a key like others here."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tells of the key."""
        if key := pressed(event):
            self.pressed.emit(key)


class KeyAsk(Overlay):
    """Waits for the new key of one command. A key that is taken is told in words, and given over by Enter."""

    def __init__(self, window: QWidget, keys: Keys, name: str) -> None:
        super().__init__(window)
        self._keys, self._name = keys, name
        self._wanted = ""
        self.line = KeyLine(keys.key(name))
        self.line.pressed.connect(self._press)
        self.said = label(say("key-press"), "small", wrap=True)
        title = say("key-new", what=command(name))
        self.setAccessibleName(title)
        self.line.setAccessibleName(title)
        self.line.setAccessibleDescription(say("key-press"))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(label(title, "strong", wrap=True))
        box.addWidget(self.line)
        box.addWidget(self.said)
        self.appear(self.line)

    def place(self) -> None:
        """In the upper middle of the window."""
        wide = min(420, self.window_.width() - 40)
        self.setGeometry(
            (self.window_.width() - wide) // 2, self.window_.height() // 4, wide, self.heightForWidth(wide)
        )

    def hideEvent(self, event: object) -> None:
        """Once gone it is not needed."""
        self.deleteLater()

    def _press(self, key: str) -> None:
        if self._wanted and key in ("Return", "Enter", self._wanted):
            self._give(self._wanted)
        elif key in FIXED and key != "Esc":
            self._say(say("key-fixed", key=keycap(key)))
        elif key == "Esc":
            self.close_()
        elif key:
            self._want(key)

    def _want(self, key: str) -> None:
        self.line.setText(keycap(key))
        holder = self._keys.holder(key)
        if holder in ("", self._name):
            self._give(key)
            return
        self._wanted = key
        self._say(say("key-taken", key=keycap(key), held=command(holder), what=command(self._name)))

    def _give(self, key: str) -> None:
        self._keys.give(self._name, key)
        self.close_()

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        announce(self.line, sentence)
        self.place()


class KeySetting(QWidget):
    """Every command with its key. `told(sentence)` when keys were changed."""

    help_page = "keys"

    told = Signal(str)

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.line = QLineEdit()
        self.line.setPlaceholderText(say("keys-find"))
        self.line.setAccessibleName(say("keys-find"))
        self.line.textChanged.connect(self._show)
        self.list = QListWidget()
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("keys-title"))
        self.list.setFixedHeight(9 * ROW + 4)
        self.list.itemActivated.connect(self.change)
        self.list.currentRowChanged.connect(self._allow)
        self._buttons = {
            "key-change": button(say("key-change"), self.change),
            "key-away": button(say("key-away"), self.take_away),
            "key-reset": button(say("key-reset"), self.reset),
            "key-reset-all": button(say("key-reset-all"), self.reset_all, name="quiet"),
        }
        self._lay_out()
        self._show("")
        keys.changed.connect(lambda: self._show(self.line.text()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in self._buttons.values():
            row.addWidget(each)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.line)
        box.addWidget(self.list)
        box.addLayout(row)
        box.addStretch(1)
        self.setMaximumWidth(620)

    def narrow(self, typed: str) -> int:
        """Shows the commands that are called so or given by that key, and says how many there are."""
        self.line.setText(typed)
        return self.list.count()

    # What an editor does

    def change(self) -> None:
        """Asks for the new key of the chosen command."""
        if name := self._chosen():
            KeyAsk(self.window(), self._keys, name)

    def take_away(self) -> None:
        """Leaves the chosen command without a key."""
        self._with_chosen(lambda name: self._keys.give(name, ""))

    def reset(self) -> None:
        """Gives the chosen command the key it came with."""
        self._with_chosen(self._keys.reset)

    def reset_all(self) -> None:
        """Gives every command the key it came with."""
        self._keys.reset_all()
        self.told.emit(say("keys-reset"))

    def _with_chosen(self, then: Callable[[str], None]) -> None:
        if name := self._chosen():
            then(name)

    # What it shows

    def _chosen(self) -> str:
        items = self.list.selectedItems()
        return items[0].data(NAME) if items else ""

    def _show(self, typed: str) -> None:
        before = self._chosen()
        self.list.clear()
        for name in self._keys.names:
            if fuzzy.fit(typed, command(name)) > 0 or typed.casefold() == self._keys.key(name).casefold():
                self._add(name)
                if name == before:
                    self.list.setCurrentRow(self.list.count() - 1)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._allow()

    def _add(self, name: str) -> None:
        own = say("key-own") if self._keys.own(name) else ""
        choice = Choice(command(name), name, own, keycap(self._keys.key(name)))
        item = QListWidgetItem()
        item.setData(NAME, name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, choice.sentence)
        self.list.addItem(item)
        row = choice_row(choice)
        item.setSizeHint(row.minimumSize())
        self.list.setItemWidget(item, row)

    def _allow(self) -> None:
        name = self._chosen()
        self._buttons["key-change"].setEnabled(bool(name))
        self._buttons["key-away"].setEnabled(bool(self._keys.key(name)))
        self._buttons["key-reset"].setEnabled(self._keys.own(name))

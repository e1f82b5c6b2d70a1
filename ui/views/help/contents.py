"""The contents of the help: its pages with their sections, and a line that finds words in all of them."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import help as pages
from ui.phrases import say
from ui.theme import tokens
from ui.views.parts import label
from workbench.search import fold

ADDRESS = Qt.ItemDataRole.UserRole
SHOWN = 30


class Contents(QWidget):
    """`chosen(address, words)` when a page, a section, or a place that was found is to be read."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.find = QLineEdit()
        self.tree = QTreeWidget()
        self.found = QListWidget()
        self._nothing = label(say("help-nothing"), "small", wrap=True)
        self._stack = QStackedWidget()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._lay_out()
        self._fill()
        self._connect()

    def _lay_out(self) -> None:
        self.find.setPlaceholderText(say("help-find"))
        self.find.setAccessibleName(say("help-find"))
        self.find.setClearButtonEnabled(True)
        self.tree.setAccessibleName(say("help-contents"))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.found.setAccessibleName(say("help-found"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(8, 8, 8, 8)
        for each in (self.tree, self.found, self._nothing):
            self._stack.addWidget(each)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 6, 12)
        box.setSpacing(10)
        box.addWidget(self.find)
        box.addWidget(self._stack, 1)

    def _fill(self) -> None:
        parts = {name: QTreeWidgetItem([say(f"help-part-{name}")]) for name in ("guide", "administrators")}
        for part in parts.values():
            part.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(part)
            part.setExpanded(True)
        for name, page in pages.pages().items():
            far = name.startswith(pages.ADMINISTRATORS)
            above = parts["administrators" if far else "guide"]
            item = self._item(above, page.title, name)
            for section in page.sections[1:]:
                if section.level == 2:
                    self._item(item, section.title, f"{name}#{section.place}")
        self._item(parts["guide"], say("about-title"), pages.ABOUT)

    def _item(self, above: QTreeWidgetItem, title: str, address: str) -> QTreeWidgetItem:
        made = QTreeWidgetItem(above, [title])
        made.setData(0, ADDRESS, address)
        made.setToolTip(0, title)
        self._items[address] = made
        return made

    def _connect(self) -> None:
        self._later = QTimer(self, singleShot=True, interval=60)
        self._later.timeout.connect(self._look)
        self.find.textChanged.connect(self._later.start)
        self.find.returnPressed.connect(self._take_first)
        self.tree.itemClicked.connect(self._take)
        self.tree.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take_found)
        self.found.itemActivated.connect(self._take_found)

    def show_address(self, address: str) -> None:
        """Marks where the reader is, and opens the sections of that page."""
        name = address.partition("#")[0]
        item = self._items.get(address) or self._items.get(name)
        for other, each in self._items.items():
            if "#" not in other:
                each.setExpanded(other == name)
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def _look(self) -> None:
        """Lists where the words stand; without words the contents are there again."""
        typed = self.find.text()
        self.found.clear()
        if not typed.strip():
            self._stack.setCurrentWidget(self.tree)
            return
        hits = pages.find(typed, SHOWN)
        for hit in hits:
            self._add_found(hit, typed)
        self._stack.setCurrentWidget(self.found if hits else self._nothing)
        self.found.setCurrentRow(0)

    def _add_found(self, hit: pages.Hit, typed: str) -> None:
        item = QListWidgetItem(self.found)
        item.setData(ADDRESS, hit.address)
        where = f"{hit.page} › {hit.title}" if hit.title else hit.page
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{where}. {hit.excerpt}")
        ink = tokens().ink2
        words = QLabel(
            f"<b>{escape(where)}</b><br><span style='color:{ink}'>{marked(hit.excerpt, typed)}</span>"
        )
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setContentsMargins(8, 6, 8, 6)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        wide = self.found.viewport().width()
        item.setSizeHint(QSize(wide - 4, words.heightForWidth(wide - 4) + 4))
        self.found.setItemWidget(item, words)

    def _take(self, item: QTreeWidgetItem) -> None:
        if address := item.data(0, ADDRESS):
            self.chosen.emit(address, "")

    def _take_found(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(ADDRESS), self.find.text())

    def _take_first(self) -> None:
        self._look()
        if (item := self.found.currentItem()) is not None:
            self._take_found(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the line to what was found or to the contents; Escape empties the line first."""
        if event.key() == Qt.Key.Key_Down and self.find.hasFocus():
            self._stack.currentWidget().setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.find.text():
            self.find.clear()
        else:
            super().keyPressEvent(event)

    def redress(self) -> None:
        """Lists what was found in the colours that hold now."""
        self._look()


def marked(text: str, typed: str) -> str:
    """The text as HTML, the words in it that begin with one that was typed on the ground of what is found."""
    words = "|".join(re.escape(word) for word in fold(typed).split())
    ground, parts, at = tokens().found, list[str](), 0
    for found in re.finditer(rf"(?<![^\W_])(?:{words})\w*", fold(text)):
        parts.append(escape(text[at : found.start()]))
        parts.append(
            f"<span style='background-color:{ground}'>{escape(text[found.start() : found.end()])}</span>"
        )
        at = found.end()
    return "".join((*parts, escape(text[at:])))

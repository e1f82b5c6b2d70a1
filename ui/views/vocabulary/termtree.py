"""The vocabulary as a tree: kind after kind, each term below its parent, with how many studies stand under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import kind_words, number, say
from ui.theme import colour, sans
from ui.views.parts import Flow, button, label
from ui.views.queue.queue import SearchLine
from workbench.desk.themes.finding import Match, Terms
from workbench.desk.themes.glossary import TermRow

KEY = Qt.ItemDataRole.UserRole
COUNTS = 52
"""How wide the columns of the counts are, in pixels."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Keep = Callable[[TermRow], bool]

NARROWED: Mapping[str, Keep] = {
    "all": lambda row: row.is_offered,
    "unused": lambda row: row.is_offered and not (row.published or row.on_desk),
    "pending": lambda row: row.status == "pending",
    "gone": lambda row: not row.is_offered,
}
"""What the tree may be narrowed to."""


class TermsPane(QWidget):
    """The left pane. `chosen(kind, slug)`; the slug is "" for a kind. `asked(command)`."""

    chosen = Signal(str, str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._terms = Terms()
        self._shown = "all"
        self._about = label("", "small", wrap=True)
        self.search = SearchLine(say("search-themes"), "search")
        self.search.settled.connect(lambda _: self._fill())
        self.search.left.connect(lambda: self.tree.setFocus(Qt.FocusReason.OtherFocusReason))
        self.filters = {name: self._filter(name) for name in NARROWED}
        self.tree = TermTree()
        self.tree.chosen.connect(self.chosen)
        self._nothing = label(say("no-term-so"), "emptyText", wrap=True)
        self.new = button(
            say("command-new_term-short"), partial(self.asked.emit, "new_term"), command="new_term"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        chips = QWidget()
        flow = Flow(chips)
        for made in self.filters.values():
            flow.addWidget(made)
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 10)
        top.setSpacing(9)
        head = QHBoxLayout()
        head.addWidget(label(say("stage-themes"), "viewTitle"), 1)
        head.addWidget(self.new)
        for part in (self._about, self.search, chips):
            top.addWidget(part)
        top.insertLayout(0, head)
        self._nothing.setContentsMargins(16, 16, 16, 16)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._nothing, 1)
        box.addWidget(self.tree, 1)

    def _filter(self, name: str) -> QPushButton:
        made = QPushButton()
        made.setObjectName("filter")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.narrow(name))
        return made

    def show_terms(self, terms: Terms, about: str, *, anew: bool = False) -> None:
        """Shows the vocabulary, the term that was chosen chosen still; where it is the same, only if `anew`."""
        self._about.setText(about)
        if terms.rows == self._terms.rows and not anew:
            self.tree.tell()
            return
        self._terms = terms
        for name, made in self.filters.items():
            count = sum(map(NARROWED[name], terms.rows))
            text = f"{say(f'terms-{name}')} {count}"
            made.setText(text)
            made.setAccessibleName(text)
            made.setVisible(name == "all" or count > 0 or self._shown == name)
        self._fill()

    def narrow(self, name: str) -> None:
        """Shows all that is offered, or only what is not used, was proposed, or is gone."""
        self._shown = name
        self._fill()

    def choose(self, kind: str, slug: str) -> None:
        """Chooses a term, whatever the tree was narrowed to."""
        row = self._terms.by_key.get((kind, slug))
        if row is not None and not self.tree.holds(kind, slug):
            self._shown = "all" if row.is_offered else "gone"
            self.search.show_text("")
            self._fill()
        self.tree.choose(kind, slug)

    def _fill(self) -> None:
        for name, made in self.filters.items():
            made.setChecked(name == self._shown)
        keep = NARROWED[self._shown]
        typed = self.search.text().strip()
        matches = self._terms.find(typed) if typed else self._terms.tree(offered=False)
        found = [match for match in matches if keep(match.row)]
        self.tree.show_matches(found)
        self._nothing.setText(say("no-term-so") if typed else "")
        self._nothing.setVisible(not found)
        self.tree.setVisible(bool(found))
        if typed and found and not self.tree.current[1]:
            self.tree.choose(found[0].row.kind, found[0].row.slug)


class TermTree(QTreeWidget):
    """The terms. `chosen(kind, slug)`."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[tuple[str, str], QTreeWidgetItem] = {}
        self.setAccessibleName(say("stage-themes"))
        self.setColumnCount(3)
        self.setHeaderLabels([say("column-theme"), say("column-published"), say("column-desk")])
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(14)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in (1, 2):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, max(COUNTS, header.sectionSizeHint(at)))
            self.headerItem().setTextAlignment(at, _RIGHT)
        self.currentItemChanged.connect(self.tell)

    def holds(self, kind: str, slug: str) -> bool:
        """Whether the term is among those shown."""
        return (kind, slug) in self._items

    @property
    def current(self) -> tuple[str, str]:
        """Kind and slug of what is chosen; the slug is "" for a kind."""
        item = self.currentItem()
        return tuple(item.data(0, KEY)) if item is not None else ("", "")  # type: ignore[return-value]

    def choose(self, kind: str, slug: str) -> None:
        """Chooses a term, or a kind where the slug is ""."""
        item = self._items.get((kind, slug))
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def show_matches(self, found: Iterable[Match]) -> None:
        """Shows these, each below its parent where that is shown too."""
        before = self.current
        self.blockSignals(True)
        self.clear()
        self._items = {}
        inks = {True: colour("ink"), False: colour("ink2")}
        for match in found:
            self._add(match, inks)
        self.expandAll()
        self.blockSignals(False)
        self._restore(before)

    def _add(self, match: Match, inks: Mapping[bool, QColor]) -> None:
        row = match.row
        item = QTreeWidgetItem([_named(match), _count(row.published), _count(row.on_desk)])
        item.setData(0, KEY, (row.kind, row.slug))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, _sentence(row))
        item.setToolTip(0, row.scope_note or row.label)
        used = row.is_offered and (row.published or row.on_desk)
        item.setForeground(0, inks[bool(used)])
        for at in (1, 2):
            item.setForeground(at, inks[False])
            item.setTextAlignment(at, _RIGHT)
        above = self._items.get((row.kind, row.parent or "")) if match.level else None
        (above or self._kind(row.kind)).addChild(item)
        self._items[row.kind, row.slug] = item

    def _kind(self, kind: str) -> QTreeWidgetItem:
        if (kind, "") not in self._items:
            item = QTreeWidgetItem([kind_words(kind)])
            item.setData(0, KEY, (kind, ""))
            for at in range(3):
                item.setData(at, Qt.ItemDataRole.AccessibleTextRole, kind_words(kind))
            item.setFont(0, sans(13, QFont.Weight.DemiBold))
            self.addTopLevelItem(item)
            self._items[kind, ""] = item
        return self._items[kind, ""]

    def _restore(self, before: tuple[str, str]) -> None:
        item = self._items.get(before)
        if item is None:
            item = next((one for (_, slug), one in self._items.items() if slug), None)
        if item is not None:
            self.setCurrentItem(item)
        self.tell()

    def tell(self, *_: object) -> None:
        """Tells what is chosen."""
        kind, slug = self.current
        if kind:
            self.chosen.emit(kind, slug)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reads the term, which the page beside shows already."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)


def _named(match: Match) -> str:
    row = match.row
    name = f"{match.by} → {row.label}" if match.by else row.label
    return name if row.status == "active" else f"{name} ({say(f'term-{row.status}').lower()})"


def _count(n: int) -> str:
    return number(n) if n else "–"


def _sentence(row: TermRow) -> str:
    told = (row.label, say("n-published", n=row.published), say("n-on-desk", n=row.on_desk))
    unused = "" if row.published or row.on_desk else say("not-used")
    standing = "" if row.status == "active" else say(f"term-{row.status}")
    return ", ".join(filter(None, (*told, unused, standing)))

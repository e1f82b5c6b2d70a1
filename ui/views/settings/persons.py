"""One person: everything held on them, found by name, mail address or number, handed out, and forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.views.parts import button, label
from ui.views.settings.keeping import Sure
from ui.views.settings.settings import holds
from workbench.desk.keeping.persons import Dossier, Hit

COLUMNS = ("where", "excerpt")
HIT = Qt.ItemDataRole.UserRole
MOST = 500
"""Places that are listed; what is handed out and what is forgotten is all of them."""


class Persons(QWidget):
    """The line to ask in, what was found, and what to do. `find`, `export` and `forget` with the terms."""

    help_page = "keeping#one-person"

    find = Signal(tuple)
    export = Signal(tuple)
    forget = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._found: Dossier | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(say("persons-line"))
        self.line.setAccessibleName(say("persons-line"))
        self.line.returnPressed.connect(self._find)
        self.ask = button(say("persons-find"), self._find)
        self.about = label("", "small", wrap=True)
        self.list = QTreeWidget()
        self.detail = label("", "", wrap=True)
        self.hand_out = button(say("persons-export"), lambda: self.export.emit(self.terms))
        self.sure = Sure(say("persons-forget"), say("persons-forget-sure"))
        self.sure.meant.connect(lambda: self.forget.emit(self.terms))
        self._dress()
        self._lay_out()
        self._show_parts(are=False)

    def _dress(self) -> None:
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("persons-list"))
        self.list.setHeaderLabels([say(f"persons-column-{name}") for name in COLUMNS])
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setMinimumHeight(220)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.header().resizeSection(0, 360)
        self.list.currentItemChanged.connect(self._show_detail)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.line, 1)
        top.addWidget(self.ask)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.hand_out)
        acts.addWidget(self.sure, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(self.about)
        box.addWidget(self.list, 1)
        box.addWidget(self.detail)
        box.addLayout(acts)
        box.addStretch(0)

    @property
    def terms(self) -> tuple[str, ...]:
        """What is asked for: several are parted by semicolons."""
        return tuple(term.strip() for term in self.line.text().split(";") if term.strip())

    def show_found(self, found: Dossier) -> None:
        """Shows the places, those of one study together, and says how many of them can be forgotten here."""
        self._found = found
        self.list.clear()
        for title, hits in _by_study(found.hits[:MOST]).items():
            self.list.addTopLevelItem(_group(title, hits))
        self.list.expandAll()
        naming = sum(named for _, named in found.copies)
        told = [
            say("persons-found", n=len(found.hits)),
            say("persons-copies", n=len(found.copies), naming=naming),
        ]
        cut = [say("persons-more", most=MOST)] if len(found.hits) > MOST else []
        left = [say("persons-left", n=len(found.left))] if found.left else []
        self.about.setText(" ".join((*told[: 1 + bool(found.copies)], *cut, *left)))
        can = found.forgettable or naming
        self.sure.ask_about(say("persons-question", n=found.forgettable) if can else "")
        self.detail.clear()
        self._show_parts(are=bool(found.hits or naming))

    def show_nothing(self) -> None:
        """Shows that nothing was asked yet."""
        self.list.clear()
        self.about.clear()
        self._show_parts(are=False)

    def _show_parts(self, *, are: bool) -> None:
        for each in (self.list, self.detail, self.hand_out, self.sure):
            each.setVisible(are)

    def _find(self) -> None:
        if self.terms:
            self.about.setText(say("persons-looking"))
            self.find.emit(self.terms)

    def _show_detail(self) -> None:
        item = self.list.currentItem()
        hit = item.data(0, HIT) if item is not None else None
        if isinstance(hit, Hit):
            perhaps = [] if hit.sure else [say("persons-perhaps")]
            others = [say("persons-others", told=", ".join(hit.others))] if hit.others else []
            self.detail.setText("\n".join((hit.excerpt, *perhaps, hit.said, *others)))

    def narrow(self, typed: str) -> int:
        """Whether the part is called so: 1 or 0."""
        return int(holds(typed, say("section-persons"), say("section-persons-about")))


def _by_study(hits: tuple[Hit, ...]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        named = " ".join(filter(None, (hit.submission, hit.title))) or say("persons-desk")
        found.setdefault(named, []).append(hit)
    return found


def _group(title: str, hits: list[Hit]) -> QTreeWidgetItem:
    made = QTreeWidgetItem([title, say("persons-found", n=len(hits))])
    made.setToolTip(0, title)
    for hit in hits:
        line = QTreeWidgetItem([hit.where if hit.sure else f"{hit.where} ?", hit.excerpt])
        line.setData(0, HIT, hit)
        for at in range(len(COLUMNS)):
            line.setToolTip(at, line.text(at))
        made.addChild(line)
    return made

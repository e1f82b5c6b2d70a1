"""The catalogue: facets, results as readers see them, the page."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ui.models.hits import HIT, HitsModel
from ui.phrases import day, number, say
from ui.tabbing import put_in_order, stops
from ui.theme import colour, sans, serif, tokens
from ui.views.catalogue.facets import FacetsView, chips
from ui.views.catalogue.page import PageView
from ui.views.catalogue.versions import VersionsView
from ui.views.controls import IconButton, Picker
from ui.views.inspector.drawer import Drawer
from ui.views.inspector.source import Sheet
from ui.views.parts import Chip, Empty, Flow, button, clear, label
from ui.views.queue.queue import SearchLine
from workbench.publication import Study
from workbench.search import CatalogueQuery, Hit, SearchPage

SORTS = ("newest", "relevance", "title")

_NARROW = 860
"""Below so many the facets are a drawer: what was found and the page share the window."""

MOST = 16_777_215
"""As wide as Qt lets a control be: no bound."""

_ROOMY = 1150
"""From so many pixels on there is room beside the search for how much it found."""


class HitDelegate(QStyledItemDelegate):
    """Paints a study as readers find it: title, snippet with the found words marked, council and day."""

    def __init__(self) -> None:
        super().__init__()
        self._documents: dict[tuple[Hit, int, str], QTextDocument] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its words at this width."""
        width = _room(option)
        hit = index.data(HIT)
        return (
            QSize(width, round(self._document(hit, width).size().height()) + 28) if hit else QSize(width, 60)
        )

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The study."""
        hit: Hit | None = index.data(HIT)
        if hit is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(QRectF(rect).adjusted(12, 2, -12, -3), 10, 10)
        else:
            painter.fillRect(QRect(rect.left() + 28, rect.bottom(), rect.width() - 56, 1), colour("line"))
        painter.translate(QPointF(rect.left() + 28, rect.top() + 13))
        self._document(hit, _room(option)).drawContents(painter)
        painter.restore()

    def _document(self, hit: Hit, width: int) -> QTextDocument:
        key = (hit, width, tokens().panel)
        if key not in self._documents:
            if len(self._documents) > 400:
                self._documents.clear()
            made = QTextDocument()
            made.setDocumentMargin(0)
            made.setDefaultFont(serif(14))
            made.setHtml(_html(hit))
            made.setTextWidth(width)
            self._documents[key] = made
        return self._documents[key]


def _room(option: QStyleOptionViewItem) -> int:
    """How wide the words may be: the same whether the list has a scroll bar or not."""
    return min(max(option.widget.width() - 72, 100), 680)  # type: ignore[attr-defined]


def _html(hit: Hit) -> str:
    colours = tokens()
    below = " · ".join(filter(None, (hit.council, day(hit.published_at), say("version", n=hit.version))))
    if hit.withdrawn:
        below = f"{say('withdrawn')} · {below}"
    title = f"font-size:16px; font-weight:600; color:{colours.accent}; margin-bottom:4px"
    text = f"color:{colours.ink}; line-height:125%; margin-bottom:6px"
    small = f"font-family:'{sans().families()[0]}'; font-size:11px; color:{colours.ink2}"
    return (
        f'<div style="{title}">{_marked(hit.title)}</div>'
        f'<div style="{text}">{_marked(hit.snippet)}</div>'
        f'<div style="{small}">{_plain(below)}</div>'
    )


def _marked(html: str) -> str:
    found = f'<span style="background-color:{tokens().found}; color:{tokens().ink}">'
    return html.replace("<mark>", found).replace("</mark>", "</span>")


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class CatalogueView(QWidget):
    """`searched(text)`, `sorted_by(name)`, `narrowed(query)` when a chip is taken away, `chosen(study)`,
    `asked(command)`."""

    searched = Signal(str)
    sorted_by = Signal(str)
    narrowed = Signal(object)
    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, model: HitsModel) -> None:
        super().__init__()
        self.model = model
        self.facets = FacetsView()
        self.search = SearchLine(say("search-catalogue"), "search")
        self.search.settled.connect(self.searched)
        self.search.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.sort = Picker(say("sort"))
        self.sort.setMinimumWidth(90)
        for name in SORTS:
            self.sort.addItem(say(f"sort-{name}"), name)
        self.sort.currentIndexChanged.connect(lambda place: self.sorted_by.emit(SORTS[place]))
        self._found = label("", "small")
        self._labels: dict[tuple[str, str], str] = {}
        self.chips = Flow()
        self._chips = QWidget()
        self.list = _List(model)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.page = PagePane()
        self.page.asked.connect(self.asked)
        self._middle = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        pull = button(say("command-pull"), lambda: self.asked.emit("pull"), name="primary", command="pull")
        clear_all = button(say("clear-all"), lambda: self.narrowed.emit(CatalogueQuery()))
        self._middle.addWidget(self.list)
        self._middle.addWidget(Empty(say("catalogue-empty-title"), say("catalogue-empty"), pull))
        self._middle.addWidget(Empty(say("found-nothing-title"), say("found-nothing"), clear_all))
        self.facets.setMinimumWidth(190)
        row = QHBoxLayout(self._chips)
        row.setContentsMargins(28, 0, 28, 8)
        row.addLayout(self.chips)
        top = QHBoxLayout()
        top.setContentsMargins(28, 18, 28, 8)
        top.setSpacing(10)
        self.narrow = IconButton("filter", say("facets"), lambda: self.drawer.pull(stops(self.facets)[0]))
        self.narrow.hide()
        for part, share in ((self.narrow, 0), (self.search, 1), (self._found, 0), (self.sort, 0)):
            top.addWidget(part, share)
        self._found_pane = middle = QWidget()
        middle.setObjectName("page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._chips)
        column.addWidget(self._middle, 1)
        self._panes = panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        for pane in (self.facets, middle, self.page):
            panes.addWidget(pane)
        panes.setStretchFactor(1, 1)
        panes.setSizes([250, 734, 400])
        self.drawer = Drawer(self, panes, self.facets)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panes)

    def minimumSizeHint(self) -> QSize:
        """Room for what was found and the page: the facets fold before they would hold the window wide."""
        return QSize(2 * self.page.minimumWidth() - 40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what was found comes before what stands beside it."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        self._found.setVisible(roomy)
        narrow = self.width() < _NARROW
        self.drawer.fold(narrow=narrow, shown=True)
        self.narrow.setVisible(narrow)
        self.sort.setMaximumWidth(132 if narrow else MOST)
        if narrow:
            self._panes.setSizes([self.width() - self.width() // 2, self.width() // 2])
        elif not roomy:
            beside = max(min(220, self.width() // 4), 190), max(min(340, self.width() * 36 // 100), 320)
            self._panes.setSizes([beside[0], self.width() - sum(beside), beside[1]])

    def show_sort(self, name: str) -> None:
        """Shows in which order the studies stand."""
        self.sort.blockSignals(True)
        self.sort.setCurrentIndex(SORTS.index(name))
        self.sort.blockSignals(False)

    def show_page(self, page: SearchPage, query: CatalogueQuery, keep: str = "") -> None:
        """Shows what was found, from the first on, or from the study `keep` where it is among them."""
        self._labels |= {(each.facet, each.value): each.label for each in page.facets}
        self.facets.show_facets(page.facets, query)
        self.facets.about.setText(_about(page))
        self._found.setText(say("found", n=page.total, told=number(page.total)))
        self._show_chips(query)
        self.model.show_hits(page.hits, page.total)
        self._middle.setCurrentIndex(0 if page.total else 2 if page.held else 1)
        if page.hits:
            self.list.setCurrentIndex(self.model.index(self.model.place(keep) or 0))
        else:
            self.page.show_study(None)
        put_in_order(self)

    @property
    def places(self) -> dict[QWidget, QWidget]:
        """The panes that F6 goes round, each with the control that gets the keyboard."""
        facet = next(stops(self.facets))
        found = self.list if self.list.isVisible() else self.search
        return {self.facets: facet, self._found_pane: found, self.page: self.page.tabs}

    def _show_chips(self, query: CatalogueQuery) -> None:
        clear(self.chips)
        narrowed = chips(query, self._labels)
        for said, left in narrowed:
            made = Chip(f"{short(said)}  ×", "theme", says=say("chip-remove", what=said))
            made.setToolTip(said)
            made.clicked.connect(partial(self._narrow, left))
            self.chips.addWidget(made)
        if len(narrowed) > 1:
            left = CatalogueQuery(text=query.text, sort=query.sort)
            self.chips.addWidget(button(say("clear-facets"), partial(self._narrow, left), name="quiet"))
        self._chips.setVisible(bool(narrowed))

    def _narrow(self, left: CatalogueQuery, _checked: bool = False) -> None:
        self.search.setFocus()
        self.narrowed.emit(left)

    def _choose(self, current: QModelIndex) -> None:
        hit: Hit | None = current.data(HIT)
        if hit is not None:
            self.chosen.emit(hit.study)


def short(text: str) -> str:
    """A label that fits a chip."""
    return text if len(text) <= 48 else f"{text[:47].rstrip()}…"


def _about(page: SearchPage) -> str:
    """How much the desk's copy holds, and of when it is."""
    if page.pulled_at is None:
        return say("mirror-never")
    at = page.pulled_at.astimezone()
    when = f"{at:%H:%M}" if at.date() == datetime.now().astimezone().date() else day(at)
    held = say("found", n=page.held, told=number(page.held))
    said = held if page.total == page.held else say("found-of", n=number(page.total), held=held)
    return f"{said} · {say('mirror-at', at=when)}"


class PagePane(QWidget):
    """The chosen study as readers see it, and its versions. `now` asks for how it reads now, after an older one."""

    asked = Signal(str)
    versions_wanted = Signal()
    now = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        self.page = PageView()
        self.versions = VersionsView()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(say("as-readers-see-it"))
        self.tabs.addTab(say("as-readers-see-it"))
        self.tabs.addTab(say("versions"))
        self.edit = button(
            say("command-open_edit-short"), lambda: self.asked.emit("open_edit"), command="open_edit"
        )
        self.withdraw = button(
            say("command-withdraw-short"), lambda: self.asked.emit("withdraw"), name="quiet"
        )
        self.then = label("", "warn", wrap=True)
        self.back = button(say("back-to-now"), self.now.emit)
        self._older = QWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._open)

    def _lay_out(self) -> None:
        older = QHBoxLayout(self._older)
        older.setContentsMargins(4, 0, 4, 4)
        older.addWidget(self.then, 1)
        older.addWidget(self.back)
        self._older.hide()
        sheet = QWidget()
        around = QVBoxLayout(sheet)
        around.setContentsMargins(16, 14, 16, 6)
        around.addWidget(self._older)
        around.addWidget(Sheet(self.page), 1)
        self._stack.addWidget(sheet)
        self._stack.addWidget(self.versions)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.edit)
        foot.addWidget(self.withdraw)
        foot.addStretch(1)
        line = QFrame()
        line.setObjectName("rule")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.tabs)
        box.addWidget(line)
        box.addWidget(self._stack, 1)
        box.addLayout(foot)

    def show_study(self, study: Study | None) -> None:
        """Shows a study; says what would be here where there is none."""
        self.page.show_study(study, say("page-empty"))
        self._older.hide()
        self.edit.setVisible(study is not None)
        self.withdraw.setVisible(study is not None and not study.withdrawn)
        self.tabs.setTabText(1, f"{say('versions')} {study.version}" if study else say("versions"))
        self.versions.show_versions((), "" if study else say("page-empty"))
        if self.tabs.currentIndex() == 1:
            self.versions_wanted.emit()

    def show_then(self, study: Study, live: int) -> None:
        """Shows a study as it was in a version before the live one."""
        self.page.show_study(study)
        self.then.setText(say("as-it-was-then", n=study.version, live=live))
        self._older.setVisible(study.version != live)
        self.tabs.setCurrentIndex(0)

    def _open(self, part: int) -> None:
        self._stack.setCurrentIndex(part)
        if part == 1:
            self.versions_wanted.emit()


class _List(QListView):
    def __init__(self, model: HitsModel) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = HitDelegate()
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(say("found-studies"))

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

"""The catalogue: facets, results as readers see them, the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
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
from ui.phrases import day, say
from ui.theme import colour, sans, serif, tokens
from ui.views.controls import Picker
from ui.views.page import PageView
from ui.views.parts import Empty, button, clear, label
from ui.views.queue import SearchLine
from ui.views.source import Sheet
from workbench.publication import Study
from workbench.search import Facet, Hit, SearchPage

SORTS = ("newest", "relevance", "title")
_FACETS = ("topic", "support_type", "collection", "programme", "region", "council", "year")
_SHOWN = 8


class HitDelegate(QStyledItemDelegate):
    """Paints a study as readers find it: title, snippet with the found words marked, council and day."""

    def __init__(self) -> None:
        super().__init__()
        self._documents: dict[tuple[Hit, int, str], QTextDocument] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its words at this width."""
        width = option.rect.width()  # type: ignore[attr-defined]
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
        self._document(hit, rect.width()).drawContents(painter)
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
            made.setTextWidth(min(max(width - 56, 100), 680))
            self._documents[key] = made
        return self._documents[key]


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


class FacetButton(QPushButton):
    """A value of a facet with how many studies it would leave."""

    def __init__(self, facet: Facet, *, chosen: bool) -> None:
        super().__init__()
        self.facet = facet
        self.setObjectName("facet")
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFixedHeight(26)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{facet.label}, {facet.count}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The label at the left, the number at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft") if self.isChecked() else colour("window"))
            painter.drawRoundedRect(ground, 5, 5)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        painter.setFont(sans(13, weight))
        painter.setPen(colour("accent" if self.isChecked() else "ink"))
        room = self.width() - 50
        said = painter.fontMetrics().elidedText(self.facet.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(6, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, said)
        painter.setPen(colour("ink2"))
        count = QRect(self.width() - 46, 0, 40, self.height())
        painter.drawText(
            count, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{self.facet.count:,}"
        )


class FacetsView(QWidget):
    """`turned(facet, value)` when a value is pressed."""

    turned = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(say("stage-catalogue"), "pageTitle")
        self.about = label("", "small", wrap=True)
        self._all: set[str] = set()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(12, 4, 12, 16)
        self._rows.setSpacing(1)
        page = QWidget()
        page.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QVBoxLayout()
        head.setContentsMargins(18, 18, 16, 6)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(scroll, 1)

    def show_facets(self, facets: Sequence[Facet], chosen: Mapping[str, frozenset[str]]) -> None:
        """Shows the values by facet, the chosen ones marked."""
        self._facets, self._chosen = facets, chosen
        clear(self._rows)
        ordered = sorted(facets, key=lambda f: _FACETS.index(f.facet) if f.facet in _FACETS else len(_FACETS))
        for name, values in groupby(ordered, key=lambda f: f.facet):
            self._group(name, list(values), chosen.get(name, frozenset()))
        self._rows.addStretch(1)

    def _group(self, name: str, values: list[Facet], chosen: frozenset[str]) -> None:
        title = label(say(f"facet-{name.replace('_', '-')}"), "section")
        title.setContentsMargins(6, 12, 0, 4)
        self._rows.addWidget(title)
        first = values if name in self._all else [*_first(values, chosen)]
        for facet in first:
            made = FacetButton(facet, chosen=facet.value in chosen)
            made.clicked.connect(lambda _=False, facet=facet: self.turned.emit(facet.facet, facet.value))
            self._rows.addWidget(made)
        if len(first) < len(values):
            more = button(say("more", n=len(values) - len(first)), lambda: self._open(name), name="quiet")
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _open(self, name: str) -> None:
        self._all.add(name)
        self.show_facets(self._facets, self._chosen)


def _first(values: Iterable[Facet], chosen: frozenset[str]) -> Iterable[Facet]:
    for place, facet in enumerate(values):
        if place < _SHOWN or facet.value in chosen:
            yield facet


class CatalogueView(QWidget):
    """`searched(text)`, `sorted_by(name)`, `chosen(study)`, `asked(command)`."""

    searched = Signal(str)
    sorted_by = Signal(str)
    chosen = Signal(str)
    asked = Signal(str)
    versions_wanted = Signal()

    def __init__(self, model: HitsModel) -> None:
        super().__init__()
        self.model = model
        self.facets = FacetsView()
        self.search = SearchLine(say("search-catalogue"), "search")
        self.search.settled.connect(self.searched)
        self.sort = Picker(say("sort"))
        for name in SORTS:
            self.sort.addItem(say(f"sort-{name}"), name)
        self.sort.currentIndexChanged.connect(lambda place: self.sorted_by.emit(SORTS[place]))
        self._found = label("", "small")
        self.list = _List(model)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.page = PagePane()
        self.page.asked.connect(self.asked)
        self.page.versions_wanted.connect(self.versions_wanted)
        self._middle = QStackedWidget()
        pull = button(say("command-pull"), lambda: self.asked.emit("pull"), name="primary", command="pull")
        self._middle.addWidget(self.list)
        self._middle.addWidget(Empty(say("catalogue-empty-title"), say("catalogue-empty"), pull))
        self._middle.addWidget(Empty(say("found-nothing-title"), say("found-nothing")))
        self._lay_out()

    def _lay_out(self) -> None:
        self.facets.setMinimumWidth(220)
        top = QHBoxLayout()
        top.setContentsMargins(28, 18, 28, 8)
        top.setSpacing(10)
        top.addWidget(self.search, 1)
        top.addWidget(self._found)
        top.addWidget(self.sort)
        middle = QWidget()
        middle.setObjectName("page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._middle, 1)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        for pane in (self.facets, middle, self.page):
            panes.addWidget(pane)
        panes.setStretchFactor(1, 1)
        panes.setSizes([250, 734, 400])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panes)

    def show_sort(self, name: str) -> None:
        """Shows in which order the studies stand."""
        self.sort.blockSignals(True)
        self.sort.setCurrentIndex(SORTS.index(name))
        self.sort.blockSignals(False)

    def show_page(self, page: SearchPage, chosen: Mapping[str, frozenset[str]]) -> None:
        """Shows what was found, from the first on."""
        self.facets.show_facets(page.facets, chosen)
        pulled = f"{page.pulled_at.astimezone():%H:%M}" if page.pulled_at else ""
        about = say("mirror-at", at=pulled) if pulled else say("mirror-never")
        self.facets.about.setText(about)
        self._found.setText(say("found", n=page.total))
        self.model.show_hits(page.hits, page.total)
        searching = bool(self.search.text().strip() or chosen)
        self._middle.setCurrentIndex(0 if page.total else 2 if searching else 1)
        if page.hits:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.page.show_study(None)

    def _choose(self, current: QModelIndex) -> None:
        hit: Hit | None = current.data(HIT)
        if hit is not None:
            self.chosen.emit(hit.study)


class PagePane(QWidget):
    """The chosen study as readers see it, and its versions."""

    asked = Signal(str)
    versions_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(340)
        self.page = PageView()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(say("as-readers-see-it"))
        self.tabs.addTab(say("as-readers-see-it"))
        self.tabs.addTab(say("versions"))
        self._versions = QVBoxLayout()
        self._versions.setContentsMargins(16, 14, 16, 14)
        self.withdraw = button(
            say("command-withdraw-short"), lambda: self.asked.emit("withdraw"), name="quiet"
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._open)

    def _lay_out(self) -> None:
        sheet = QWidget()
        around = QVBoxLayout(sheet)
        around.setContentsMargins(16, 14, 16, 6)
        around.addWidget(Sheet(self.page))
        versions = QWidget()
        versions.setLayout(self._versions)
        self._stack.addWidget(sheet)
        self._stack.addWidget(versions)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 12)
        foot.addStretch(1)
        foot.addWidget(self.withdraw)
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
        self.withdraw.setEnabled(study is not None and not study.withdrawn)
        clear(self._versions)
        if self.tabs.currentIndex() == 1:
            self.versions_wanted.emit()

    def show_versions(self, versions: Sequence[Study]) -> None:
        """Lists the versions, the newest first."""
        clear(self._versions)
        for study in reversed(versions):
            said = say("version", n=study.version)
            self._versions.addWidget(label(said, "strong"))
            who = f"{day(study.published_at.astimezone())} · {study.published_by}"
            self._versions.addWidget(label(who, "small"))
            self._versions.addSpacing(8)
        self._versions.addStretch(1)

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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(say("found-studies"))

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

"""The queue: which submissions are on the desk, how complete each is, and the worst that was found in it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.models.queue import ROW, QueueModel, coming
from ui.phrases import age, due, say, status
from ui.theme import colour, sans
from ui.views.controls import IconButton
from ui.views.parts import (
    Chip,
    Empty,
    Flow,
    Glyph,
    Keycap,
    Tone,
    beginning,
    button,
    clear,
    ending,
    label,
    paint_pill,
    paint_ring,
    pill_width,
)
from workbench.desk.rows import Criterion, Listing, QueueFilter, QueueRow, SavedFilter
from workbench.submission import EDITABLE, Status

ROW_HEIGHT = 74

FILTERS: tuple[Status, ...] = (
    Status.IN_REVIEW,
    Status.RECEIVED,
    Status.APPROVED,
    Status.QUEUED,
    Status.PUBLISHED,
    Status.RETURNED,
    Status.PROPOSED,
    Status.REJECTED,
    Status.WITHDRAWN,
)


SHOWN_ABOVE = frozenset({"text", "statuses", "late"})
"""The parts of a filter that the line to search by and the chips show."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What the pill of a row says, and in which tone and shape."""

    text: str
    tone: Tone
    glyph: Glyph = "none"


def badge(row: QueueRow) -> Badge:
    """The one thing most worth knowing about a submission."""
    if row.status not in EDITABLE:
        tone: Tone = "good" if row.status in (Status.APPROVED, Status.PUBLISHED) else "quiet"
        return Badge(status(row.status).lower(), "accent" if row.status is Status.QUEUED else tone)
    if row.blockers:
        return Badge(say("to-fix", n=row.blockers), "blocker", "square")
    if row.warnings or row.unplaced:
        return Badge(say("to-look-at", n=row.warnings + row.unplaced), "warning", "triangle")
    if row.status is Status.RETURNED:
        return Badge(status(row.status).lower(), "warning")
    return Badge(say("ready"), "good")


def mark(row: QueueRow) -> Badge | None:
    """What is to be said of its files, if anything: a question comes first, since it holds up the rest."""
    said = coming(row)
    return Badge(say(f"row-{said[0]}"), "warning" if row.asked else "accent") if said else None


def ring(row: QueueRow) -> str:
    """The token that the ring of completeness is drawn in."""
    if row.status not in EDITABLE:
        return "good" if row.status in (Status.APPROVED, Status.QUEUED, Status.PUBLISHED) else "ink3"
    if row.blockers:
        return "blocker"
    return "warning" if row.warnings or row.unplaced else "good"


class QueueDelegate(QStyledItemDelegate):
    """Paints a row: ring, title on two lines at most, council and day, a pill; below it one for a newer version."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is as high as the next, so that the view need not ask each."""
        return QSize(200, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row."""
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        self._ground(painter, option, rect)
        row: QueueRow | None = index.data(ROW)
        if row is not None:
            self._row(painter, rect, row, option.direction)  # type: ignore[attr-defined]
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_soft"))
            edge = QRect(rect.left(), rect.top(), 3, rect.height())
            direction = option.direction  # type: ignore[attr-defined]
            painter.fillRect(QStyle.visualRect(direction, rect, edge), colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("window"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _row(self, painter: QPainter, rect: QRect, row: QueueRow, direction: Qt.LayoutDirection) -> None:
        side = partial(QStyle.visualRect, direction, rect)
        pills = [each for each in (badge(row), mark(row)) if each is not None]
        wide = [pill_width(each.text, each.glyph) for each in pills]
        words = rect.adjusted(56, 0, -16 - wide[0] - 8, 0)
        second = rect.right() - 23 - wide[-1] - words.left() if len(pills) > 1 else words.width()
        lines = _two_lines(row.title or say("untitled"), words.width(), second)
        if len(lines) < len(pills):
            lines.append("")
        top = rect.top() + (rect.height() - len(lines) * 18 - 18) // 2
        paint_ring(
            painter, QRectF(side(QRect(rect.left() + 18, top + 2, 20, 20))), row.completeness, ring(row)
        )
        for number, (each, width) in enumerate(zip(pills, wide, strict=True)):
            pill = side(QRect(rect.right() - 15 - width, top - 1 + number * 20, width, 20 - number))
            paint_pill(painter, QRectF(pill), each.text, each.tone, each.glyph)
        painter.setPen(colour("ink"))
        painter.setFont(title_font())
        for number, line in enumerate(lines):
            there = QRect(words.left(), top + number * 18, words.width(), 18)
            painter.drawText(side(there), beginning(direction), line)
        line = QRect(words.left(), top + len(lines) * 18, rect.right() - 16 - words.left(), 18)
        self._below(painter, side(line), row, direction)

    def _below(self, painter: QPainter, line: QRect, row: QueueRow, direction: Qt.LayoutDirection) -> None:
        """The council and the day it is due where a line begins, how long it has been here where it ends."""
        painter.setFont(sans(12))
        painter.setPen(colour("ink2"))
        metrics = painter.fontMetrics()
        old = age(row.received, self._today())
        begins = beginning(direction)
        painter.drawText(line, ending(direction), old)
        when = self._due(row)
        room = line.width() - metrics.horizontalAdvance(f"{when}{old}") - 24
        council = metrics.elidedText(row.council or row.id, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, begins, f"{council} · " if when else council)
        if row.due is not None and row.due < self._today():
            painter.setPen(colour("blocker"))
        start = line.left() + metrics.horizontalAdvance(f"{council} · ")
        rest = QStyle.visualRect(direction, line, line.adjusted(start - line.left(), 0, 0, 0))
        painter.drawText(rest, begins, when)

    def _due(self, row: QueueRow) -> str:
        if row.status not in EDITABLE:
            return ""
        return due(row.due, self._today(), reply=row.status is Status.RETURNED)


def title_font() -> QFont:
    """Titles in lists."""
    return sans(13, QFont.Weight.DemiBold)


def _two_lines(text: str, width: int, second: int) -> list[str]:
    """The text on two lines at most, so wide each, elided at the end of the second."""
    layout = QTextLayout(text[:300], title_font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(max(width, 20))
    layout.endLayout()
    cut = _python_index(text, first.textLength())
    head, rest = text[:cut].rstrip(), text[cut:].strip()
    if not rest:
        return [head]
    return [head, QFontMetrics(title_font()).elidedText(rest, Qt.TextElideMode.ElideRight, second)]


def _python_index(text: str, units: int) -> int:
    """The index in `text` that stands `units` UTF-16 units from its beginning."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


class QueueView(QWidget):
    """The left pane of the desk.

    `chosen(id)` when another submission is to be shown, `filtered(filter)` when others are to be listed.
    """

    help_page = "queue"

    chosen = Signal(str)
    filtered = Signal(object)
    asked = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: QueueModel, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.filter = QueueFilter()
        self.model = model
        self._counted = label("", "small")
        self._lying = ""
        self._stood: int | None = None
        self.search = SearchLine(say("search-queue"), "search")
        self.search.settled.connect(self._search)
        self.search.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.chips: dict[Status | None, QPushButton] = {}
        self.late = self._chip_button(lambda: self._set(replace(self.filter, late=not self.filter.late)))
        self.saved: dict[str, QPushButton] = {}
        self._saved: tuple[SavedFilter, ...] = ()
        self._chip_row = QHBoxLayout()
        self._narrowed = QWidget()
        self._criteria = Flow(self._narrowed)
        self.list = _List()
        self.list.setModel(model)
        self._delegate = QueueDelegate(today)
        self.list.setItemDelegate(self._delegate)
        self._holder = QStackedLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(say("desk"), "viewTitle"))
        head.addWidget(self._counted, 1)
        head.addWidget(
            IconButton("filter", say("command-filter_queue"), partial(self.asked.emit, "filter_queue"))
        )
        head.addWidget(IconButton("import", say("command-import_files"), self._ask_import))
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 0)
        top.setSpacing(9)
        top.addLayout(head)
        top.addWidget(self.search)
        self._nothing = Empty(
            say("queue-empty-title"),
            say("queue-empty"),
            button(say("import-files"), self._ask_import, name="primary", command="import_files"),
        )
        self._unmatched = Empty(
            say("queue-unmatched-title"), say("queue-unmatched"), button(say("show-all"), self.clear_filter)
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self._chip_strip())
        self._narrowed.setContentsMargins(16, 0, 16, 10)
        self._narrowed.hide()
        box.addWidget(self._narrowed)
        line = QFrame()
        line.setObjectName("rule")
        box.addWidget(line)
        box.addLayout(self._holder, 1)
        for page in (self.list, self._nothing, self._unmatched):
            self._holder.addWidget(page)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.selectionModel().selectionChanged.connect(self._count)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._want_menu)
        self.model.dataChanged.connect(self._reselect)

    def _want_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.list.mapToGlobal(at))

    def _chip_strip(self) -> QScrollArea:
        inner = QWidget()
        self._chip_row.setContentsMargins(16, 9, 16, 10)
        self._chip_row.setSpacing(6)
        inner.setLayout(self._chip_row)
        strip = QScrollArea()
        strip.setWidget(inner)
        strip.setWidgetResizable(True)
        strip.setFixedHeight(43)
        strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        strip.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for standing in (None, *FILTERS):
            self.chips[standing] = self._chip_button(partial(self.show_only, standing))
        self._chip_row.addWidget(self.chips[None])
        self._chip_row.addWidget(self.late)
        for standing in FILTERS:
            self._chip_row.addWidget(self.chips[standing])
        self._chip_row.addStretch(1)
        return strip

    def _chip_button(self, then: Callable[[], object]) -> QPushButton:
        made = QPushButton()
        made.setObjectName("filter")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: then())
        return made

    # What it shows

    def show_listing(self, listing: Listing) -> None:
        """Shows how many submissions there are of each status, what is asked for, and the filters with a name."""
        everything = sum(listing.counts.values())
        said = say("submissions", n=everything)
        self._lying = f"{said} · {say('late-count', n=listing.late)}" if listing.late else said
        self._count()
        self._show_saved(listing.saved)
        for standing, chip in self.chips.items():
            count = listing.counts.get(standing, 0) if standing else everything
            _say(chip, status(standing) if standing else say("all"), count)
            chip.setVisible(standing is None or count > 0 or standing in self.filter.statuses)
        _say(self.late, say("filter-late"), listing.late)
        self.late.setVisible(listing.late > 0 or self.filter.late)
        self._show_criteria(listing.criteria)
        page = self.list if listing.total else self._unmatched if everything else self._nothing
        self._holder.setCurrentWidget(page)

    def _count(self) -> None:
        """How many are chosen where it is several; else how many there are."""
        n = len(self.selected_places())
        self._counted.setText(say("chosen", n=n) if n > 1 else self._lying)

    def _show_saved(self, saved: tuple[SavedFilter, ...]) -> None:
        if saved != self._saved:
            for chip in self.saved.values():
                chip.setParent(None)
                chip.deleteLater()
            self._saved = saved
            self.saved = {each.name: self._chip_button(partial(self._set, each.wanted)) for each in saved}
            for place, (name, chip) in enumerate(self.saved.items(), 2):
                _say(chip, name)
                self._chip_row.insertWidget(place, chip)
        self._mark()

    def _show_criteria(self, criteria: tuple[Criterion, ...]) -> None:
        """What the filter asks beside the line and the chips above; a press takes it off."""
        clear(self._criteria)
        shown = [each for each in criteria if each.name not in SHOWN_ABOVE]
        for each in shown:
            chip = Chip(f"{each.said} ×", "theme", say("remove-criterion", said=each.said))
            chip.clicked.connect(lambda _=False, each=each: self._set(each.off(self.filter)))
            self._criteria.addWidget(chip)
        self._narrowed.setVisible(bool(shown))
        self._narrowed.updateGeometry()

    def _mark(self) -> None:
        """Fills the chips that say what is listed."""
        wanted = self.filter
        named = {name for name, each in zip(self.saved, self._saved, strict=True) if each.wanted == wanted}
        for name, chip in self.saved.items():
            chip.setChecked(name in named)
        self.late.setChecked(wanted.late and not named)
        everything = wanted == QueueFilter(text=wanted.text, order=wanted.order)
        for standing, chip in self.chips.items():
            chip.setChecked(not named and (standing in wanted.statuses if standing else everything))

    def show_only(self, standing: Status | None) -> None:
        """Lists the submissions of one status; all that hold the words looked for where it is None."""
        if standing is None:
            self._set(QueueFilter(text=self.filter.text, order=self.filter.order))
        else:
            self._set(replace(self.filter, statuses=frozenset({standing})))

    def show_term(self, kind: str, slug: str) -> None:
        """Lists the submissions that carry a theme."""
        self._set(replace(self.filter, term=(kind, slug)))

    def clear_filter(self) -> None:
        """Lists everything again, in the order it is in."""
        self._set(QueueFilter(order=self.filter.order))

    def show_filter(self, wanted: QueueFilter) -> None:
        """Lists what a filter lets through."""
        self._set(wanted)

    def _search(self, text: str) -> None:
        self._set(replace(self.filter, text=text))

    def _set(self, wanted: QueueFilter) -> None:
        self.filter = wanted
        self.search.show_text(wanted.text)
        self._mark()
        self.filtered.emit(wanted)

    def _ask_import(self) -> None:
        self.asked.emit("import_files")

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes: the list, or, where nothing is listed, the line to search by."""
        return self.list if self._holder.currentWidget() is self.list else self.search

    # Which is chosen

    def current(self) -> str:
        """The submission that is shown, "" where none is."""
        row = self.model.at(self.list.currentIndex().row())
        return row.id if row else ""

    def selected(self) -> tuple[str, ...]:
        """The chosen submissions in the order of the list, as far as their rows have been fetched."""
        rows = (self.model.at(place) for place in self.selected_places())
        return tuple(row.id for row in rows if row is not None)

    def selected_places(self) -> tuple[int, ...]:
        """The places of the chosen submissions."""
        ranges = (
            range(one.top(), one.bottom() + 1) for one in self.list.selectionModel().selection().toList()
        )
        return tuple(sorted(place for each in ranges for place in each))

    @property
    def several(self) -> bool:
        """Whether more than one submission is chosen."""
        chosen = self.list.selectionModel().selection()
        return chosen.count() > 1 or (chosen.count() == 1 and chosen.at(0).height() > 1)

    def select(self, submissions: Collection[str]) -> None:
        """Chooses submissions again that have moved, beside the current one."""
        chosen = QItemSelection()
        for place in self.model.places(submissions):
            chosen.select(self.model.index(place), self.model.index(place))
        self.list.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def choose(self, submission: str) -> None:
        """Makes a submission the current one, if it is listed."""
        place = self.model.place(submission)
        if place is not None:
            self.choose_place(place)

    def choose_place(self, place: int) -> None:
        """Makes the submission at `place` the only chosen one."""
        if 0 <= place < self.model.rowCount():
            self._stood = None
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(place), flags)

    def step(self, step: int) -> None:
        """The next submission, or the one before; where a decision moved the current one, from where it stood."""
        if self._stood is None:
            self.choose_place(max(self.list.currentIndex().row() + step, 0))
        else:
            self.choose_place(max(self._stood + min(step, 0), 0))

    def follow(self, place: int) -> None:
        """The current submission has moved to `place`."""
        stood = self.list.currentIndex().row()
        if stood == place and self.selected_places():
            return
        self.choose_place(place)
        self._stood = stood if 0 <= stood < place else None

    def _choose(self, current: QModelIndex) -> None:
        self._stood = None
        row = self.model.at(current.row())
        if row is not None:
            self.chosen.emit(row.id)

    def _reselect(self) -> None:
        """After a page has come: the view keeps to the submission, not to the place."""
        self.chosen.emit(self.current())


class _List(QListView):
    """A list whose rows are all of one height, so that their number costs nothing.

    It paints its own ground, so that what has been painted moves along when it scrolls.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(say("queue"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the rows on it."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("raised"))
        painter.end()
        super().paintEvent(event)

    def explain(self, point: QPoint | None) -> object:
        """What it means that a submission stands where it does."""
        from ui.views.help import things

        row: QueueRow | None = (self.indexAt(point) if point else self.currentIndex()).data(ROW)
        return things.status(row.status) if row is not None else None

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the study."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class SearchLine(QLineEdit):
    """A line to search by. `settled(text)` comes once the typing pauses, or at Enter; `left` when the keyboard is to
    go to what was found."""

    settled = Signal(str)
    left = Signal()

    def __init__(self, prompt: str, command: str) -> None:
        super().__init__()
        self._prompt = prompt
        self.setAccessibleName(prompt)
        self._key = Keycap(command)
        self._key.setParent(self)
        self._timer = QTimer(self, singleShot=True, interval=150)
        self._timer.timeout.connect(self._settle)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._settle)

    def resizeEvent(self, event: object) -> None:
        """Keeps the keycap at the right."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        size = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - size.width() - 10,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        room = self._key.x() - self.cursorRect().left() - 8
        self.setPlaceholderText(
            self.fontMetrics().elidedText(self._prompt, Qt.TextElideMode.ElideRight, room)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the line, and then leaves it; Down leaves it for what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Shows what is searched for, where it is not what was typed."""
        if text != self.text().strip():
            self.blockSignals(True)
            self.setText(text)
            self.blockSignals(False)
            self._timer.stop()
            self._key.setVisible(not text)

    def _changed(self, text: str) -> None:
        self._key.setVisible(not text and bool(self._key.text()))
        self._timer.start()

    def _settle(self) -> None:
        self._timer.stop()
        self.settled.emit(self.text().strip())


def _say(chip: QPushButton, name: str, count: int | None = None) -> None:
    text = name if count is None else f"{name} {count}"
    chip.setText(text.replace("&", "&&"))
    chip.setAccessibleName(text)

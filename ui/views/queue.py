"""The queue: which submissions are on the desk, how complete each is, and the worst that was found in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import (
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
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QTextLayout, QTextOption
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

from ui.models.queue import ROW, QueueModel
from ui.phrases import due, say, status
from ui.theme import colour, sans
from ui.views.controls import IconButton
from ui.views.parts import Empty, Glyph, Keycap, Tone, button, label, paint_pill, paint_ring, pill_width
from workbench.desk.rows import QueueFilter, QueueRow
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


def ring(row: QueueRow) -> str:
    """The token that the ring of completeness is drawn in."""
    if row.status not in EDITABLE:
        return "good" if row.status in (Status.APPROVED, Status.QUEUED, Status.PUBLISHED) else "ink3"
    if row.blockers:
        return "blocker"
    return "warning" if row.warnings or row.unplaced else "good"


class QueueDelegate(QStyledItemDelegate):
    """Paints a row: ring, title on two lines at most, council and day, one pill."""

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
            self._row(painter, rect, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("window"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _row(self, painter: QPainter, rect: QRect, row: QueueRow) -> None:
        shown = badge(row)
        wide = pill_width(shown.text, shown.glyph)
        words = rect.adjusted(56, 0, -16 - wide - 8, 0)
        lines = _two_lines(row.title or say("untitled"), words.width())
        top = rect.top() + (rect.height() - len(lines) * 18 - 18) // 2
        paint_ring(painter, QRectF(rect.left() + 18, top + 2, 20, 20), row.completeness, ring(row))
        pill = QRectF(rect.right() - 15 - wide, top - 1, wide, 20)
        paint_pill(painter, pill, shown.text, shown.tone, shown.glyph)
        painter.setPen(colour("ink"))
        painter.setFont(title_font())
        for number, line in enumerate(lines):
            painter.drawText(
                QRect(words.left(), top + number * 18, words.width(), 18), Qt.AlignmentFlag.AlignVCenter, line
            )
        below = QRect(words.left(), top + len(lines) * 18, rect.right() - 16 - words.left(), 18)
        painter.setPen(colour("ink2"))
        painter.setFont(sans(12))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self._below(row, below.width()))

    def _below(self, row: QueueRow, width: int) -> str:
        when = due(row.due, self._today()) if row.status in EDITABLE else ""
        metrics = QFontMetrics(sans(12))
        if not when:
            return metrics.elidedText(row.council or row.id, Qt.TextElideMode.ElideRight, width)
        room = width - metrics.horizontalAdvance(f" · {when}")
        return f"{metrics.elidedText(row.council or row.id, Qt.TextElideMode.ElideRight, room)} · {when}"


def title_font() -> QFont:
    """Titles in lists."""
    return sans(13, QFont.Weight.DemiBold)


def _two_lines(text: str, width: int) -> list[str]:
    """The text on two lines at most, elided at the end of the second."""
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
    return [head, QFontMetrics(title_font()).elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _python_index(text: str, units: int) -> int:
    """The index in `text` that stands `units` UTF-16 units from its beginning."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


class QueueView(QWidget):
    """The left pane of the desk.

    `chosen(id)` when another submission is to be shown, `filtered(filter)` when others are to be listed.
    """

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
        self.search = SearchLine(say("search-queue"), "search")
        self.search.settled.connect(self._search)
        self.chips: dict[Status | None, QPushButton] = {}
        self._chip_row = QHBoxLayout()
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
        for page in (self.list, self._nothing, self._unmatched):
            self._holder.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self._chip_strip())
        line = QFrame()
        line.setObjectName("rule")
        box.addWidget(line)
        box.addLayout(self._holder, 1)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.list.mapToGlobal(at))
        )
        self.model.dataChanged.connect(self._reselect)

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
            self._chip_row.addWidget(self._chip(standing))
        self._chip_row.addStretch(1)
        return strip

    def _chip(self, standing: Status | None) -> QPushButton:
        made = QPushButton(status(standing) if standing else say("all"))
        made.setObjectName("filter")
        made.setCheckable(True)
        made.setChecked(standing is None)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.show_only(standing))
        self.chips[standing] = made
        return made

    # What it shows

    def show_counts(self, counts: Mapping[Status, int], total: int, late: int) -> None:
        """Shows how many submissions there are of each status; `total` is how many the filter lets through."""
        everything = sum(counts.values())
        said = say("submissions", n=everything)
        self._counted.setText(f"{said} · {say('late-count', n=late)}" if late else said)
        for standing, chip in self.chips.items():
            count = counts.get(standing, 0) if standing else everything
            name = status(standing) if standing else say("all")
            chip.setText(f"{name} {count}")
            chip.setAccessibleName(chip.text())
            chip.setVisible(standing is None or count > 0 or chip.isChecked())
        page = self.list if total else self._unmatched if everything else self._nothing
        self._holder.setCurrentWidget(page)

    def show_only(self, standing: Status | None) -> None:
        """Lists the submissions of one status; all where it is None."""
        for each, chip in self.chips.items():
            chip.setChecked(each is standing)
        self._set(replace(self.filter, statuses=frozenset({standing} if standing else ())))

    def show_term(self, kind: str, slug: str) -> None:
        """Lists the submissions that carry a theme."""
        self._set(replace(self.filter, term=(kind, slug)))

    def clear_filter(self) -> None:
        """Lists everything again."""
        self.search.clear()
        self.filter = QueueFilter()
        self.show_only(None)

    def _search(self, text: str) -> None:
        self._set(replace(self.filter, text=text))

    def _set(self, wanted: QueueFilter) -> None:
        self.filter = wanted
        self.filtered.emit(wanted)

    def _ask_import(self) -> None:
        self.asked.emit("import_files")

    # Which is chosen

    def current(self) -> str:
        """The submission that is shown, "" where none is."""
        row = self.model.at(self.list.currentIndex().row())
        return row.id if row else ""

    def selected(self) -> tuple[str, ...]:
        """The chosen submissions in the order of the list."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        rows = [self.model.at(place) for place in places]
        return tuple(row.id for row in rows if row is not None)

    def choose(self, submission: str) -> None:
        """Makes a submission the current one, if it is listed."""
        place = self.model.place(submission)
        if place is not None:
            self.choose_place(place)

    def choose_place(self, place: int) -> None:
        """Makes the submission at `place` the only chosen one."""
        if 0 <= place < self.model.rowCount():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(place), flags)

    def step(self, step: int) -> None:
        """The next submission, or the one before."""
        self.choose_place(max(self.list.currentIndex().row() + step, 0))

    def _choose(self, current: QModelIndex) -> None:
        row = self.model.at(current.row())
        if row is not None:
            self.chosen.emit(row.id)

    def _reselect(self) -> None:
        """After a page has come: the view keeps to the submission, not to the place."""
        self.chosen.emit(self.current())


class _List(QListView):
    """A list whose rows are all of one height, so that their number costs nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(say("queue"))
        self.setFrameShape(QFrame.Shape.NoFrame)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the study."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class SearchLine(QLineEdit):
    """A line to search by. `settled(text)` comes once the typing pauses, or at Enter."""

    settled = Signal(str)

    def __init__(self, prompt: str, command: str) -> None:
        super().__init__()
        self.setPlaceholderText(prompt)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the line, and then leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.clearFocus()
            return
        super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._key.setVisible(not text and bool(self._key.text()))
        self._timer.start()

    def _settle(self) -> None:
        self._timer.stop()
        self.settled.emit(self.text().strip())

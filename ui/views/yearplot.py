"""How many studies were published under a theme in each year: painted quietly, and told in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.phrases import number, say
from ui.theme import colour, sans

HIGH = 132
ABOVE, BELOW = 20, 22
"""Room for the numbers over the bars and for the years under them, in pixels."""

WIDEST = 46
NARROW = 30
"""From this width of a year on, the numbers and the years are all told; below it some."""

ROW = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A theme in the overview: what it is called, and its studies by year."""

    name: str
    years: Mapping[int, int]

    @property
    def total(self) -> int:
        """All its studies."""
        return sum(self.years.values())


def span(years: Sequence[int]) -> range:
    """Every year from the first to the last."""
    return range(min(years), max(years) + 1) if years else range(0)


class YearPlot(QWidget):
    """A bar for each year."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Mapping[int, int] = {}
        self._years = range(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, name: str, counts: Mapping[int, int], years: Sequence[int]) -> None:
        """Shows the studies of a theme by year, over all years in which anything was published."""
        self._counts, self._years = counts, span(years)
        told = ", ".join(f"{year}: {counts.get(year, 0)}" for year in self._years)
        self.setAccessibleName(say("plot-of", name=name, told=told))
        self.setToolTip(told)
        self.setVisible(bool(counts))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(320, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bars on their line, the years below, the numbers above."""
        if not self._years:
            return
        painter = QPainter(self)
        step = min(self.width() / len(self._years), WIDEST)
        most = max(self._counts.values(), default=1)
        base = self.height() - BELOW
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(0, base, round(step * len(self._years)), base)
        each = max(1, round(NARROW / step + 0.49)) if step < NARROW else 1
        for place, year in enumerate(self._years):
            high = (base - ABOVE) * self._counts.get(year, 0) / most
            bar = QRectF(place * step + step * 0.18, base - high, step * 0.64, high)
            painter.fillRect(bar, colour("accent"))
            self._tell(painter, bar, year, step, told=place % each == 0)

    def _tell(self, painter: QPainter, bar: QRectF, year: int, step: float, *, told: bool) -> None:
        painter.setFont(sans(11))
        painter.setPen(colour("ink2"))
        middle = bar.center().x()
        if told:
            below = QRectF(middle - 24, self.height() - BELOW + 3, 48, 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(year))
        count = self._counts.get(year, 0)
        if count and (step >= NARROW or told):
            painter.setPen(colour("ink"))
            painter.drawText(
                QRectF(middle - 24, bar.top() - 17, 48, 15), Qt.AlignmentFlag.AlignCenter, str(count)
            )


class YearGrid(QWidget):
    """The themes of a kind below each other, each with its studies by year, all drawn to one measure."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()
        self._years = range(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line], years: Sequence[int]) -> None:
        """Shows these themes; nothing where none has a study."""
        self._lines, self._years = [line for line in lines if line.total], span(years)
        self.setVisible(bool(self._lines))
        self.setAccessibleName(
            "; ".join(say("plot-line", name=line.name, n=line.total) for line in self._lines)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The years, and a row for each theme."""
        return QSize(320, ROW * len(self._lines) + BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The years, and the rows below them."""
        if not self._years:
            return
        painter = QPainter(self)
        names = min(280, self.width() * 2 // 5)
        plot = QRectF(names + 12, 0, max(self.width() - names - 68, 40), ROW)
        most = max((max(line.years.values()) for line in self._lines), default=1)
        shown = event.rect()
        for place, line in enumerate(self._lines):
            top = BELOW + place * ROW
            if top + ROW >= shown.top() and top <= shown.bottom():
                self._row(painter, line, plot.translated(0, top), most)
        self._tell_years(painter, plot)

    def _row(self, painter: QPainter, line: Line, plot: QRectF, most: int) -> None:
        painter.setFont(sans(12))
        painter.setPen(colour("ink"))
        room = QRectF(0, plot.top(), plot.left() - 12, ROW)
        name = QFontMetrics(painter.font()).elidedText(
            line.name, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        step = min(plot.width() / len(self._years), WIDEST)
        for place, year in enumerate(self._years):
            count = line.years.get(year, 0)
            high = (ROW - 6) * count / most
            bar = QRectF(
                plot.left() + place * step + step * 0.1,
                plot.bottom() - 2 - max(high, 1),
                step * 0.8,
                max(high, 1),
            )
            painter.fillRect(bar, colour("accent" if count else "line"))
        painter.setPen(colour("ink2"))
        total = QRectF(plot.right() + 8, plot.top(), 48, ROW)
        painter.drawText(
            total, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number(line.total)
        )

    def _tell_years(self, painter: QPainter, plot: QRectF) -> None:
        painter.setFont(sans(11))
        painter.setPen(colour("ink2"))
        step = min(plot.width() / len(self._years), WIDEST)
        each = max(1, round(NARROW / step + 0.49)) if step < NARROW else 1
        for place, year in enumerate(self._years):
            if place % each == 0:
                middle = plot.left() + (place + 0.5) * step
                painter.drawText(
                    QRectF(middle - 24, plot.top(), 48, 16), Qt.AlignmentFlag.AlignCenter, str(year)
                )

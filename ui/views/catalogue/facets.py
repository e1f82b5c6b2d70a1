"""What the found studies are counted by, and the days between which they were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ui.phrases import day, number, say
from ui.theme import colour, sans
from ui.views.controls import Tick
from ui.views.days import DayLine
from ui.views.parts import button, clear, label, scrolled
from workbench.search import CatalogueQuery, Facet

ABOVE = ("topic", "support_type", "collection", "programme", "region")
BELOW = ("year", "council_type", "council")
"""The facets above and below the days, in the order shown."""

_SHOWN = 6


class FacetButton(QPushButton):
    """A value of a facet with how many studies it would leave."""

    def __init__(self, facet: Facet, *, chosen: bool) -> None:
        super().__init__()
        self.facet = facet
        self.setObjectName("facet")
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFixedHeight(25)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{facet.label}, {facet.count}")
        self.setToolTip(facet.label)

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
        count = number(self.facet.count)
        room = self.width() - painter.fontMetrics().horizontalAdvance(count) - 22
        said = painter.fontMetrics().elidedText(self.facet.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(6, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, said)
        painter.setPen(colour("ink2"))
        place = QRect(6, 0, self.width() - 12, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)


class FacetsView(QWidget):
    """`turned(facet, value)` when a value is pressed, `dated(from, to)` when other days are meant, `withdrawn(asked)`
    when withdrawn studies are to be shown or not."""

    help_page = "catalogue#narrowing-what-was-found"

    turned = Signal(str, str)
    dated = Signal(object, object)
    withdrawn = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.about = label("", "small", wrap=True)
        self.since = DayLine(say("published-from"))
        self.until = DayLine(say("published-to"), end=True)
        self.gone = Tick(say("withdrawn-too"))
        self._all: set[str] = set()
        self._facets: Sequence[Facet] = ()
        self._chosen: Mapping[str, frozenset[str]] = {}
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        for line in (self.since, self.until):
            line.picked.connect(lambda _: self.dated.emit(self.since.day, self.until.day))
        self.gone.toggled.connect(self.withdrawn)

    def _lay_out(self) -> None:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(12, 4, 12, 16)
        rows.setSpacing(1)
        for part in (self._above, self._days(), self._below):
            if isinstance(part, QVBoxLayout):
                part.setSpacing(1)
                rows.addLayout(part)
            else:
                rows.addWidget(part)
        rows.addStretch(1)
        scroll = scrolled(page)
        head = QVBoxLayout()
        head.setContentsMargins(18, 18, 16, 6)
        head.setSpacing(4)
        head.addWidget(label(say("stage-catalogue"), "pageTitle"))
        head.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(scroll, 1)

    def _days(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(6, 12, 2, 4)
        box.setSpacing(6)
        box.addWidget(label(say("facet-year"), "section"))
        for part in (self.since, self.until, self.gone):
            box.addWidget(part)
        return made

    def show_facets(self, facets: Sequence[Facet], query: CatalogueQuery) -> None:
        """Shows the values by facet, the chosen ones marked, and the days."""
        same = (facets, query.facets) == (self._facets, self._chosen)
        self._facets, self._chosen = facets, query.facets
        focused = self._focused()
        self.since.show_day(query.published_from)
        self.until.show_day(query.published_to)
        self.gone.blockSignals(True)
        self.gone.setChecked(query.withdrawn)
        self.gone.blockSignals(False)
        if not same:
            self._show()
            self._focus(focused)

    def _show(self) -> None:
        for rows, names in ((self._above, ABOVE), (self._below, BELOW)):
            clear(rows)
            known = sorted((f for f in self._facets if f.facet in names), key=lambda f: names.index(f.facet))
            for name, values in groupby(known, key=lambda f: f.facet):
                self._group(rows, name, list(values))

    def _group(self, rows: QVBoxLayout, name: str, values: list[Facet]) -> None:
        if name != "year":
            title = label(say(f"facet-{name.replace('_', '-')}"), "section")
            title.setContentsMargins(6, 12, 0, 4)
            rows.addWidget(title)
        chosen = self._chosen.get(name, frozenset())
        first = values if name in self._all else [*_first(values, chosen)]
        for facet in first:
            made = FacetButton(facet, chosen=facet.value in chosen)
            made.clicked.connect(partial(self._turn, facet))
            rows.addWidget(made)
        if len(first) < len(values):
            says = say("more-of", n=len(values) - len(first), facet=say(f"facet-{name.replace('_', '-')}"))
            said = say("more", n=len(values) - len(first))
            rows.addWidget(
                button(said, partial(self._open, name), name="quiet", says=says),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )

    def _turn(self, facet: Facet, _checked: bool = False) -> None:
        self.turned.emit(facet.facet, facet.value)

    def _open(self, name: str) -> None:
        self._all.add(name)
        self._show()
        fresh = next((each for each in self._buttons() if each.facet.facet == name), None)
        if fresh is not None:
            fresh.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> list[FacetButton]:
        return self.findChildren(FacetButton)

    def _focused(self) -> tuple[str, str] | None:
        """The value that has the keyboard: it keeps it when the values are shown anew."""
        now = QApplication.focusWidget()
        return (now.facet.facet, now.facet.value) if isinstance(now, FacetButton) else None

    def _focus(self, wanted: tuple[str, str] | None) -> None:
        if wanted is None:
            return
        same = [each for each in self._buttons() if (each.facet.facet, each.facet.value) == wanted]
        if same:
            same[-1].setFocus(Qt.FocusReason.OtherFocusReason)


def _first(values: Iterable[Facet], chosen: frozenset[str]) -> Iterable[Facet]:
    for place, facet in enumerate(values):
        if place < _SHOWN or facet.value in chosen:
            yield facet


def chips(query: CatalogueQuery, labels: Mapping[tuple[str, str], str]) -> list[tuple[str, CatalogueQuery]]:
    """What a query is narrowed by, each in words with the query that is left without it."""
    found: list[tuple[str, CatalogueQuery]] = []
    for facet, values in query.facets.items():
        for value in sorted(values):
            kept = {**query.facets, facet: values - {value}}
            left = replace(query, facets={name: each for name, each in kept.items() if each})
            found.append((labels.get((facet, value), value), left))
    days: tuple[tuple[str, str, date | None], ...] = (
        ("published_from", "chip-from", query.published_from),
        ("published_to", "chip-to", query.published_to),
    )
    for name, code, when in days:
        if when:
            found.append((say(code, day=day(when)), replace(query, **{name: None})))
    if query.withdrawn:
        found.append((say("chip-withdrawn"), replace(query, withdrawn=False)))
    return found

"""A line for a day: typed as people write it, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from ui import icons
from ui.phrases import day, past_day, say
from ui.views.parts import restyle


class DayLine(QLineEdit):
    """`picked(day)` when another day is meant, None where the line was emptied."""

    picked = Signal(object)

    def __init__(self, name: str, *, end: bool = False) -> None:
        super().__init__()
        self._end = end
        self.day: date | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self._calendar = QAction(icons.icon("calendar"), say("day-calendar", name=name), self)
        self._calendar.triggered.connect(self._open)
        self.addAction(self._calendar, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self._read)
        self.textEdited.connect(lambda _: self._mend())

    def show_day(self, when: date | None) -> None:
        """Shows a day without telling anybody."""
        self.day = when
        self.setText(day(when) if when else "")
        self._mend()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts back what stood there; the arrow down opens the calendar."""
        if event.key() == Qt.Key.Key_Escape:
            self.show_day(self.day)
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down:
            self._open()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the colours that hold now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_calendar"):
            self._calendar.setIcon(icons.icon("calendar"))

    def _mend(self) -> None:
        restyle(self, wrong=False)
        self.setToolTip("")

    def _read(self) -> None:
        text = self.text().strip()
        found = past_day(text, date.today(), end=self._end) if text else None
        if text and found is None:
            restyle(self, wrong=True)
            self.setToolTip(say("no-day", text=text))
        else:
            self._take(found)

    def _take(self, found: date | None) -> None:
        before = self.day
        self.show_day(found)
        if found != before:
            self.picked.emit(found)

    def _open(self) -> None:
        """Shows a calendar below the line."""
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        shown = self.day or date.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))

        def take(chosen: QDate) -> None:
            menu.close()
            self._take(date(chosen.year(), chosen.month(), chosen.day()))

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

"""The report of a batch: what it was, how it ended, and what became of each of its publications."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.models.lines import LinesModel, of_item
from ui.phrases import say
from ui.theme import serif
from ui.views.lines import LineList
from ui.views.parts import Empty, label, rule
from workbench.desk.rows import BatchReport


class ReportView(QStackedWidget):
    """Shows one report, or says what would stand here."""

    help_page = "publishing#what-was-sent"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.model = LinesModel()
        self.list = LineList(self.model, say("report-list"))
        self._title = label("", wrap=True)
        self._title.setFont(serif(20, QFont.Weight.DemiBold))
        self._about = label("", "small", wrap=True)
        page = QWidget()
        page.setObjectName("page")
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 14)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self._about)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self.list, 1)
        self.addWidget(Empty(say("report-empty-title"), say("report-empty")))
        self.addWidget(page)

    def show_report(self, report: BatchReport | None, headline: str = "", sum_: str = "") -> None:
        """Shows a report under its headline; `sum_` says in few words how the batch ended."""
        self.setCurrentIndex(0 if report is None else 1)
        if report is None:
            return
        batch = report.batch
        self._title.setText(headline)
        self._about.setText(" · ".join(filter(None, (sum_, batch.catalogue))))
        self.model.show_lines([(of_item(item, batch.kind), item) for item in report.items])

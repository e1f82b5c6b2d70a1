"""A report before it is saved: all of its text, so that the editor sees that nothing personal is in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import button, label


class ReportPreview(QWidget):
    """Shows a report; it may be changed before it is saved. `save_wanted(text)`."""

    save_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(say("problems-report-title"))
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        face: QFont = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.text.setFont(face)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(
            button(say("problems-save"), lambda: self.save_wanted.emit(self.whole), name="primary")
        )
        foot.addWidget(button(say("copy-details"), self.copy))
        foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(label(say("problems-report-why"), "small", wrap=True))
        box.addWidget(self.text, 1)
        box.addLayout(foot)

    @property
    def whole(self) -> str:
        """The report as it stands."""
        return self.text.toPlainText()

    def show_text(self, text: str) -> None:
        """Shows a report from its beginning."""
        self.text.setPlainText(text)

    def copy(self) -> None:
        """Puts the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.whole)

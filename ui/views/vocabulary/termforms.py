"""Filling in what is known of a term: a new one, a proposed one, or other details of one there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.phrases import day, kind_word, parsed_day, say
from ui.views.controls import Picker, Tick
from ui.views.forms import Form
from ui.views.parts import label
from workbench.desk.themes.finding import Terms
from workbench.desk.themes.vocabulary import Theme
from workbench.submission import TERM_KINDS

TWO_LINES, ONE_LINE = 54, 36
"""How high a text is to fill in, in pixels: in a window higher than `LOW`, and in a lower one."""
LOW = 700


@dataclass(frozen=True, slots=True)
class Details:
    """What may be known of a term besides its name and its place."""

    scope_note: str = ""
    aliases: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    narrow: bool = False
    page_title: str = ""
    introduction: str = ""
    order: int = 0
    opens: date | None = None
    closes: date | None = None


class NewTermForm(Form):
    """Asks for a new term. `chosen(kind, label, parent, scope note, reason)`; the parent is "" at the top."""

    help_page = "themes#when-a-theme-is-missing-or-changes"

    chosen = Signal(str, str, str, str, str)

    def __init__(self, window: QWidget, terms: Terms, *, proposed: bool, kind: str, parent: str) -> None:
        super().__init__(window, say("propose-title" if proposed else "new-term-title"))
        self._terms = terms
        self.label_ = self.line(say("term-label"))
        self.kind = _picker(self, say("term-kind"), [(kind_word(each), each) for each in TERM_KINDS], kind)
        self.parent_ = _picker(self, say("term-parent"), [], "")
        self.kind.currentIndexChanged.connect(lambda: self._fill_parents(""))
        self._fill_parents(parent)
        self.scope = _text(self, say("scope-note"))
        self.reason = self.line(say("term-reason"))
        self.finish(self.accept, does=say("propose-do" if proposed else "change-look"))
        self.appear(self.label_)

    def accept(self) -> None:
        """Takes it where it has a name."""
        name = " ".join(self.label_.text().split())
        if not name:
            self.complain(say("term-needs-label"))
            self.label_.setFocus()
            return
        told = (
            self.kind.currentData(),
            name,
            self.parent_.currentData() or "",
            self.scope.toPlainText().strip(),
        )
        reason = self.reason.text().strip()
        self.close_()
        self.chosen.emit(*told, reason)

    def _fill_parents(self, chosen: str) -> None:
        self.parent_.clear()
        self.parent_.addItem(say("at-the-top"), "")
        for match in self._terms.tree():
            if match.row.kind == self.kind.currentData():
                self.parent_.addItem("   " * match.level + match.row.label, match.row.slug)
        self.parent_.setCurrentIndex(max(self.parent_.findData(chosen), 0))


class AmendForm(Form):
    """Asks for other details of a term. `chosen(details)`."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, theme: Theme, today: date) -> None:
        super().__init__(window, say("amend-title", label=theme.label))
        self._today = today
        self.scope = _text(self, say("scope-note"), theme.scope_note)
        self.aliases = self.line(
            say("also-called"), _joined(alias.label for alias in theme.aliases), say("commas")
        )
        self.strong = _text(self, say("cues-strong"), _joined(theme.strong))
        self.cues = _text(self, say("cues-plain"), _joined(theme.cues))
        for each in (self.strong, self.cues):
            each.setPlaceholderText(say("commas"))
        self.narrow = Tick(say("term-narrow"))
        self.narrow.setChecked(theme.narrow)
        self._box.addWidget(self.narrow)
        self._page = self._own_page(theme) if theme.kind == "collection" else None
        self.finish(self.accept, does=say("change-look"))
        self.appear(self.scope)

    def place(self) -> None:
        """In the middle: with a page of its own to tell of, it is as high as a small window."""
        super().place()
        self.move(self.x(), max(12, min(self.y(), self.window_.height() - self.height() - 40)))

    def _own_page(self, theme: Theme) -> _Page:
        title = self.line(say("page-title"), theme.page_title)
        introduction = _text(self, say("page-introduction"), theme.introduction)
        row = QHBoxLayout()
        order = _beside(row, say("page-order"), str(theme.order))
        opens = _beside(row, say("page-opens"), day(theme.opens) if theme.opens else "", say("day-prompt"))
        closes = _beside(
            row, say("page-closes"), day(theme.closes) if theme.closes else "", say("day-prompt")
        )
        self._box.addLayout(row)
        return _Page(title.text, introduction.toPlainText, order.text, opens.text, closes.text)

    def accept(self) -> None:
        """Takes the details where the days are days and the order is a number."""
        try:
            details = self._details()
        except ValueError as odd:
            self.complain(say("day-or-number", text=str(odd)))
            return
        self.close_()
        self.chosen.emit(details)

    def _details(self) -> Details:
        made = Details(
            self.scope.toPlainText().strip(),
            _parted(self.aliases.text()),
            _parted(self.strong.toPlainText()),
            _parted(self.cues.toPlainText()),
            self.narrow.isChecked(),
        )
        if (page := self._page) is None:
            return made
        return Details(
            made.scope_note,
            made.aliases,
            made.strong,
            made.cues,
            made.narrow,
            page.title().strip(),
            page.introduction().strip(),
            _number(page.order()),
            _day(page.opens(), self._today),
            _day(page.closes(), self._today),
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines about a collection's own page, each as it is read."""

    title: Callable[[], str]
    introduction: Callable[[], str]
    order: Callable[[], str]
    opens: Callable[[], str]
    closes: Callable[[], str]


class _Text(QPlainTextEdit):
    """A few lines of text. Tab goes on, Ctrl+Enter accepts with the form; Enter begins a line."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)


def _text(form: Form, name: str, text: str = "") -> QPlainTextEdit:
    made = _Text(name, text)
    made.setFixedHeight(TWO_LINES if form.window_.height() > LOW else ONE_LINE)
    form._box.addWidget(label(name, "small"))
    form._box.addWidget(made)
    return made


def _beside(row: QHBoxLayout, name: str, text: str, prompt: str = "") -> QLineEdit:
    """A line to fill in under its name, beside others."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(prompt)
    column = QVBoxLayout()
    column.addWidget(label(name, "small", wrap=True))
    column.addStretch(1)
    column.addWidget(made)
    row.addLayout(column, 1)
    return made


def _picker(form: Form, name: str, choices: Sequence[tuple[str, str]], chosen: str) -> Picker:
    made = Picker(name)
    for text, value in choices:
        made.addItem(text, value)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    form._box.addWidget(label(name, "small"))
    form._box.addWidget(made)
    return made


def _joined(words: object) -> str:
    return ", ".join(words)  # type: ignore[arg-type]


def _parted(text: str) -> tuple[str, ...]:
    """The words between commas, none twice."""
    return tuple(
        dict.fromkeys(filter(None, (" ".join(part.split()) for part in text.replace("\n", ",").split(","))))
    )


def _number(text: str) -> int:
    plain = text.strip() or "0"
    if not plain.lstrip("-").isdecimal():
        raise ValueError(plain)
    return int(plain)


def _day(text: str, today: date) -> date | None:
    plain = text.strip()
    found = parsed_day(plain, today) if plain else None
    if plain and found is None:
        raise ValueError(plain)
    return found

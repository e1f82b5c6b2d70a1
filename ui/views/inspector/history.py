"""What was done to a study, newest first, each step with its words, what it changed, and its undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import long_day, say
from ui.theme import serif, tokens
from ui.views.parts import button, clear, label, rule
from workbench.desk.rows import FieldChange, JournalEntry
from workbench.merge import Run

PAGE = 100
"""So many steps are shown at first, and so many more each time."""

AROUND = 120
"""Characters shown of what stayed the same beside what changed."""

NOW = 0
"""As the number of a step: the study as it stands."""


class HistoryView(QScrollArea):
    """The steps of one study.

    `undo(entry)` takes one step back; `opened(older, newer)` asks for what differs between two steps, answered by
    `show_changes`; `revert(field, entry)` puts a field back to how it stood after a step; `older()` asks for more.
    """

    help_page = "history#what-was-done-to-a-study"

    undo = Signal(int)
    opened = Signal(int, int)
    revert = Signal(str, int)
    older = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.limit = PAGE
        self.entries: Sequence[JournalEntry] = ()
        self._submission = ""
        self._today = date.today()
        self._open: tuple[int, int] | None = None
        self._changes: Sequence[FieldChange] = ()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setSpacing(8)
        page = QWidget()
        page.setLayout(self._rows)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entries(self, submission: str, entries: Sequence[JournalEntry], today: date) -> None:
        """Shows the steps under the day they were done on."""
        if submission != self._submission:
            self._submission, self.limit, self._open = submission, PAGE, None
        self.entries, self._today = entries, today
        self._show()

    def show_changes(self, older: int, newer: int, changes: Sequence[FieldChange]) -> None:
        """Shows, word by word, what differs between two steps: below the newer one, or at the top for now."""
        self._open, self._changes = (older, newer), changes
        self._show()

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self._show()

    def _show(self) -> None:
        clear(self._rows)
        if self._open and self._open[0] != self._open[1] - 1:
            older, newer = self._open
            said = say("between-entries", n=older, to=newer or say("now"))
            self._rows.addWidget(label(said, "section", wrap=True))
            self._rows.addWidget(self._changed())
        last = ""
        for entry in self.entries:
            when = _day(entry.at.astimezone().date(), self._today)
            if when != last:
                self._rows.addWidget(label(when, "section"))
            last = when
            self._rows.addWidget(self._entry(entry))
            if self._open and self._open == (entry.id - 1, entry.id):
                self._rows.addWidget(self._changed())
            self._rows.addWidget(rule())
        if not self.entries:
            self._rows.addWidget(label(say("no-history"), "emptyText", wrap=True))
        if len(self.entries) >= self.limit:
            self._rows.addWidget(button(say("older-steps"), self._ask_older))
        self._rows.addStretch(1)

    def _entry(self, entry: JournalEntry) -> QFrame:
        made = QFrame()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(entry.said, wrap=True))
        if entry.was or entry.now:
            words.addWidget(_text(_short(entry), spoken=_spoken(entry)))
        undone = f" · {say('undone')}" if entry.undone else ""
        words.addWidget(label(f"{entry.at.astimezone():%H:%M} · {entry.who} · {entry.id}{undone}", "small"))
        box = QHBoxLayout(made)
        box.setContentsMargins(0, 2, 0, 2)
        box.addLayout(words, 1)
        box.addLayout(self._buttons(entry))
        return made

    def _buttons(self, entry: JournalEntry) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        offered: list[tuple[str, str, Callable[[], None]]] = []
        if entry.fields:
            shown = self._open == (entry.id - 1, entry.id)
            code = "hide-changes" if shown else "show-changes"
            offered.append((code, "changes-named", lambda: self._turn(entry.id)))
        if entry.undoable:
            offered.append(("undo", "undo-named", lambda: self.undo.emit(entry.id)))
        for code, named, then in offered:
            made = button(say(code), then, name="quiet", says=say(named, said=entry.said))
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        return column

    def _changed(self) -> QFrame:
        """What differs, field by field, each with the ways back."""
        made = QFrame()
        made.setObjectName("card")
        box = QVBoxLayout(made)
        box.setContentsMargins(12, 10, 12, 12)
        box.setSpacing(6)
        for change in self._changes:
            box.addWidget(label(change.label, "strong"))
            box.addWidget(_text(_html(change.runs), spoken=_told(change), font=serif(14)))
            box.addLayout(self._ways_back(change))
        if not self._changes:
            box.addWidget(label(say("no-difference"), "small", wrap=True))
        return made

    def _ways_back(self, change: FieldChange) -> QHBoxLayout:
        older, newer = self._open or (NOW, NOW)
        line = QHBoxLayout()
        ways = [("back-to-before", older)]
        if newer != NOW and any(later.id > newer and change.field in later.fields for later in self.entries):
            ways.append(("back-to-this", newer))
        for code, to in ways:
            says = say(f"{code}-named", field=change.label, n=to)
            back = button(say(code), partial(self.revert.emit, change.field, to), name="quiet", says=says)
            line.addWidget(back)
        line.addStretch(1)
        return line

    def _turn(self, entry: int) -> None:
        """Opens what a step changed, or shuts it."""
        if self._open == (entry - 1, entry):
            self._open = None
            self._show()
        else:
            self.opened.emit(entry - 1, entry)

    def _ask_older(self) -> None:
        self.limit += PAGE
        self.older.emit()


def _day(when: date, today: date) -> str:
    if when == today:
        return say("today")
    return say("yesterday") if when == today - timedelta(days=1) else long_day(when)


def _text(html: str, *, spoken: str, font: QFont | None = None) -> QLabel:
    made = QLabel(html)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAccessibleName(spoken)
    if font is not None:
        made.setFont(font)
    return made


def _short(entry: JournalEntry) -> str:
    marked = (_marked(Run("gone", entry.was)), _marked(Run("new", entry.now)))
    return " ".join(part for part, text in zip(marked, (entry.was, entry.now), strict=True) if text)


def _spoken(entry: JournalEntry) -> str:
    return say("was-now", was=entry.was or say("nothing"), now=entry.now or say("nothing"))


def _told(change: FieldChange) -> str:
    """The difference for the ear: each stretch with what became of it."""
    if not change.runs:
        return say("marks-alone")
    parts = (say(f"run-{run.kind}", text=run.text.strip()) for run in change.runs if run.kind != "same")
    return f"{change.label}: {'; '.join(parts)}"


def _html(runs: Sequence[Run]) -> str:
    if not runs:
        return f"<i>{escape(say('marks-alone'))}</i>"
    last = len(runs) - 1
    return "".join(
        _marked(run) if run.kind != "same" else _lines(_around(run.text, first=at == 0, last=at == last))
        for at, run in enumerate(runs)
    )


def _around(text: str, *, first: bool, last: bool) -> str:
    """What stayed, without its middle where that is long."""
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    return text if len(text) <= len(head) + len(tail) + 20 else f"{head} … {tail}"


def _marked(run: Run) -> str:
    """What came is underlined and what went struck through; the colour only says it again."""
    colours = tokens()
    tag, name = ("u", "good") if run.kind == "new" else ("s", "blocker")
    style = f"color:{getattr(colours, name)}; background-color:{getattr(colours, f'{name}_soft')}"
    words = run.text.lstrip()
    space = run.text[: len(run.text) - len(words)]
    return f'{_lines(space)}<{tag} style="{style}">{_lines(words)}</{tag}>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")

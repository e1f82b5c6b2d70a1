"""A study on its way back to the council: what is asked, the mail as it will be, the files once they are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import day, parsed_day, say
from ui.views.controls import Picker, Tick
from ui.views.overlay import Overlay
from ui.views.parts import Elided, SeverityMark, button, clear, label, scrolled
from workbench.desk.council.asking import Ask, Offered
from workbench.desk.council.returning import Draft, Returned
from workbench.template import Field

PAUSE = 200
"""Milliseconds of rest before the mail is worked out anew."""

SHOWN = 200
"""Findings that are listed; of the rest is said how many."""

WIDEST, MADE = 1120, 720
MARGIN = 40
LOW = 600
"""Pixels of a window's height below which the sheet goes nearly to its edges."""

FIELD = 236
NARROW = 860
"""Pixels below which the mail stands under what is asked, not beside it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the editor has chosen; `reply_by` is None where what is written is no day."""

    findings: tuple[str, ...]
    notes: tuple[Ask, ...]
    reply_by: date | None


class ReturnSheet(Overlay):
    """Stands until the study is returned or the editor leaves it.

    `looked` when something else is chosen, `returned` to do it, `marked` to set the status alone, `folder_wanted` and
    `wording_wanted` for what their buttons say.
    """

    help_page = "returning"

    looked = Signal()
    returned = Signal()
    marked = Signal()
    folder_wanted = Signal()
    wording_wanted = Signal()

    def __init__(self, window: QWidget, title: str, today: date) -> None:
        super().__init__(window)
        self._today = today
        self._ticks: list[tuple[Tick, str | Ask]] = []
        self._about: Ask | None = None
        self.setAccessibleName(say("return-title", title=title))
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.looked)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._asking(title))
        self._done = QWidget(self)
        self._pages.addWidget(self._done)

    # What is asked

    def _asking(self, title: str) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(24, 18, 24, 18)
        box.setSpacing(12)
        box.addWidget(label(say("return-title", title=title), "strong", wrap=True))
        self._columns = QHBoxLayout()
        self._columns.setSpacing(24)
        self._columns.addLayout(self._left(), 1)
        self._columns.addLayout(self._right(), 1)
        box.addLayout(self._columns, 1)
        self.wrong = label("", "warn", wrap=True)
        self.wrong.hide()
        box.addWidget(self.wrong)
        box.addLayout(self._foot())
        return page

    def _left(self) -> QVBoxLayout:
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 10, 0)
        self._rows.setSpacing(6)
        page = QWidget(self)
        page.setLayout(self._rows)
        scroll = scrolled(page)
        box = QVBoxLayout()
        box.setSpacing(8)
        self._count = label("", "section")
        box.addWidget(self._count)
        box.addWidget(scroll, 1)
        box.addLayout(self._noting())
        return box

    def _noting(self) -> QVBoxLayout:
        """The line in which a note is written, and what it is about."""
        self.field = Picker(say("return-note-field"))
        self.field.setFixedWidth(FIELD)
        self.field.currentIndexChanged.connect(self._leave_words)
        self.note = QLineEdit(self)
        self.note.setAccessibleName(say("return-note"))
        self.note.setPlaceholderText(say("return-note"))
        self._words = Elided("", "small")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field)
        line.addWidget(self.note, 1)
        line.addWidget(button(say("return-note-add"), self._add_note))
        box = QVBoxLayout()
        box.setSpacing(4)
        box.addWidget(self._words)
        box.addLayout(line)
        self._words.hide()
        return box

    def _right(self) -> QVBoxLayout:
        self._to = Elided("", "")
        self._subject = Elided("", "strong")
        self.mail = QPlainTextEdit(self)
        self.mail.setReadOnly(True)
        self.mail.setTabChangesFocus(True)
        self.mail.setAccessibleName(say("return-mail"))
        self._warnings = label("", "warn", wrap=True)
        self._warnings.hide()
        head = QHBoxLayout()
        head.addWidget(label(say("return-mail"), "section"))
        head.addStretch(1)
        head.addWidget(button(say("return-wording"), self.wording_wanted.emit, name="quiet"))
        box = QVBoxLayout()
        box.setSpacing(6)
        box.addLayout(head)
        for part in (self._to, self._subject):
            box.addWidget(part)
        box.addWidget(self.mail, 1)
        box.addWidget(self._warnings)
        return box

    def _foot(self) -> QVBoxLayout:
        self.by = QLineEdit(self)
        self.by.setAccessibleName(say("return-by"))
        self.by.setFixedWidth(180)
        self.by.textEdited.connect(lambda _: self._timer.start())
        self.folder = Elided("", "")
        self.folder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(label(say("return-by"), "small"))
        where.addWidget(self.by)
        where.addSpacing(12)
        where.addWidget(label(say("return-folder"), "small"))
        where.addWidget(self.folder, 1)
        where.addWidget(button(say("return-choose"), self.folder_wanted.emit))
        self.do = button(say("return-do"), self.returned.emit, name="primary")
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(label(say("return-nothing-sent"), "small"))
        deeds.addStretch(1)
        deeds.addWidget(button(say("return-mark"), self.marked.emit, name="quiet"))
        deeds.addWidget(button(say("cancel"), self.close_))
        deeds.addWidget(self.do)
        box = QVBoxLayout()
        box.setSpacing(10)
        box.addLayout(where)
        box.addLayout(deeds)
        return box

    def offer(
        self, offered: Sequence[Offered], fields: Iterable[Field], reply_by: date, about: Ask | None
    ) -> None:
        """Lists the findings, the usual ones ticked, and comes up; `about` is what a note would be about."""
        self.field.addItem(say("whole-document"), "")
        for each in fields:
            self.field.addItem(each.label, each.id)
        self.by.setText(day(reply_by))
        first = sorted(offered[:SHOWN], key=lambda each: not each.usual) if len(offered) > SHOWN else offered
        for name, group in groupby(first, key=lambda each: each.label):
            self._rows.addWidget(label(name or say("whole-document"), "small"))
            for each in group:
                self._add(
                    each.text, each.excerpt, each.finding, ticked=each.usual, mark=SeverityMark(each.severity)
                )
        if len(offered) > SHOWN:
            self._rows.addWidget(label(say("return-more", n=len(offered) - SHOWN), "small"))
        if not offered:
            self._rows.addWidget(label(say("return-none"), "emptyText", wrap=True))
        self._rows.addStretch(1)
        self._set_about(about)
        self.appear(self.note if about or not self._ticks else self._ticks[0][0])
        self.looked.emit()

    def _add(
        self,
        text: str,
        excerpt: str,
        what: str | Ask,
        *,
        ticked: bool,
        mark: QWidget | None,
        at: int | None = None,
    ) -> None:
        row = QFrame(self)
        row.setObjectName("card")
        tick = Tick()
        tick.setParent(row)
        tick.setChecked(ticked)
        tick.setAccessibleName(text)
        tick.toggled.connect(lambda _: self._timer.start())
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(text, wrap=True))
        if excerpt and excerpt not in text:
            said.addWidget(label(say("return-about", words=excerpt), "small", wrap=True))
        box = QHBoxLayout(row)
        box.setContentsMargins(10, 7, 10, 7)
        box.setSpacing(8)
        for each in (tick, mark):
            if each is not None:
                box.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(said, 1)
        self._rows.insertWidget(self._rows.count() if at is None else at, row)
        self._ticks.append((tick, what))

    def _set_about(self, about: Ask | None) -> None:
        """Has the next note be about these words."""
        self._about = None
        if about is not None:
            self.field.setCurrentIndex(max(self.field.findData(about.field), 0))
            self._about = about if about.span else None
        self._words.say(say("return-about", words=about.text) if about and about.span else "")
        self._words.setVisible(self._about is not None)

    def _leave_words(self) -> None:
        self._about = None
        self._words.hide()

    def _add_note(self) -> None:
        text = self.note.text().strip()
        if not text:
            self.note.setFocus()
            return
        field, name = self.field.currentData(), self.field.currentText()
        about = replace(self._about, text=text) if self._about else Ask(text, field)
        words = self._about.text if self._about else ""
        self._add(f"{name}: {text}", words, about, ticked=True, mark=None, at=0)
        self.note.clear()
        self._leave_words()
        self.looked.emit()

    def wanted(self) -> Wanted:
        """What is chosen now, a note that is written and not yet added included."""
        chosen = [what for tick, what in self._ticks if tick.isChecked()]
        notes = tuple(each for each in chosen if isinstance(each, Ask))
        keys = tuple(each for each in chosen if isinstance(each, str))
        return Wanted(keys, notes, parsed_day(self.by.text(), self._today))

    def show_draft(self, draft: Draft | str) -> None:
        """Shows the mail as it will be; or says why there is none."""
        at = self.mail.verticalScrollBar().value()
        self.do.setEnabled(not isinstance(draft, str))
        self.wrong.setVisible(isinstance(draft, str))
        if isinstance(draft, str):
            self.wrong.setText(draft)
            self._count.setText(say("return-asks-nothing"))
            self.mail.clear()
            return
        self._count.setText(say("return-asked", n=len(draft.items)))
        self._to.say(say("return-to", to=", ".join(draft.letter.to) or "–"))
        self._subject.say(draft.letter.subject)
        self.mail.setPlainText(draft.letter.body)
        self.mail.verticalScrollBar().setValue(at)
        self._warnings.setText("\n".join(draft.warnings))
        self._warnings.setVisible(bool(draft.warnings))

    # What was made

    def show_made(self, made: Returned) -> None:
        """Shows the two files, to be opened or found."""
        if (old := self._done.layout()) is not None:
            clear(old)
        box = QVBoxLayout(self._done)
        box.setContentsMargins(24, 18, 24, 18)
        box.setSpacing(10)
        box.addWidget(label(say("return-made", n=len(made.items)), "strong", wrap=True))
        box.addWidget(label(say("return-send", day=day(made.draft.reply_by)), wrap=True))
        for path in (made.mail, made.copy):
            box.addWidget(_file(path))
        if made.draft.warnings:
            box.addWidget(label("\n".join(made.draft.warnings), "warn", wrap=True))
        box.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.close_button = button(say("close"), self.close_, name="primary")
        foot.addWidget(self.close_button)
        box.addLayout(foot)
        self._pages.setCurrentWidget(self._done)
        self.appear(self.close_button)

    def place(self) -> None:
        """In the middle of the window, and most of it; the mail below what is asked where it is narrow."""
        window = self.window_
        made = self._pages.currentWidget() is self._done
        wide = min(MADE if made else WIDEST, window.width() - MARGIN)
        margin = MARGIN if window.height() >= LOW else MARGIN // 4
        high = window.height() - 2 * margin
        if made and (page := self._done.layout()) is not None:
            high = min(page.totalHeightForWidth(wide), high)
        beside = QBoxLayout.Direction.LeftToRight if wide >= NARROW else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside)
        top = (window.height() - high) // 3 if made else margin
        self.setGeometry(QRect((window.width() - wide) // 2, top, wide, high))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Back from another program, where the wording may have been changed: the mail is worked out anew."""
        if watched is self.window_ and event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self._timer.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the note that is being written; Ctrl+Enter returns."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.do.isEnabled():
                self.returned.emit()
            elif self.note.hasFocus():
                self._add_note()
            return
        super().keyPressEvent(event)

    def _leave(self, _: QWidget | None, now: QWidget | None) -> None:
        """A dialog for a folder has the keyboard meanwhile, and that is no leaving."""
        if now is None or now.window() is self.window():
            super()._leave(_, now)


def _file(path: Path) -> QFrame:
    """A file with what can be done with it."""
    row = QFrame()
    row.setObjectName("card")
    box = QHBoxLayout(row)
    box.setContentsMargins(12, 8, 8, 8)
    box.setSpacing(8)
    box.addWidget(Elided(path.name, "strong"), 1)
    for code, target in (("return-open", path), ("return-show", path.parent)):
        named = say(f"{code}-named", name=path.name)
        box.addWidget(button(say(code), lambda target=target: _open(target), name="compact", says=named))
    return row


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""Returning a study to its council from the window: between the sheet in which it is chosen, and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QFileDialog, QMainWindow, QPlainTextEdit, QTextEdit

from ui.bridge import Bridge
from ui.phrases import say
from ui.views.council.returning import ReturnSheet, Wanted
from workbench import words
from workbench.desk import Desk, decisions
from workbench.desk.council import asking, letters, returning
from workbench.desk.council.asking import Ask, Offered
from workbench.desk.council.returning import Draft, Returned
from workbench.errors import Refused, WorldError
from workbench.submission import Submission
from workbench.template import Field

MEMORY = "return-folder"


@dataclass(frozen=True, slots=True)
class Opening:
    """What the sheet begins with; `wrong` says why there is no file to return."""

    offered: tuple[Offered, ...]
    fields: tuple[Field, ...]
    reply_by: date
    today: date
    wrong: str = ""


class Returning(QObject):
    """Opens the sheet for one study, keeps the mail in step with what is chosen, and has it done.

    `asked` for the command that sets the status alone, `told` why there is nothing to write.
    """

    asked = Signal(str)
    told = Signal(str)

    def __init__(self, window: QMainWindow, bridge: Bridge, memory: QSettings) -> None:
        super().__init__(window)
        self._window, self._bridge, self._memory = window, bridge, memory
        self._id = ""
        self._title = ""
        self._about: Ask | None = None
        self.sheet: ReturnSheet | None = None

    def open(self, submission: Submission, about: Ask | None = None) -> None:
        """Opens the sheet; `about` is the text a note would be about."""
        self._id, self._about = submission.id, about
        self._title = f"“{submission.title}”" if submission.title else submission.id
        self._bridge.ask(partial(_opening, submission_id=submission.id), self._show, subject="return")

    def _show(self, opening: Opening) -> None:
        if opening.wrong:
            self.told.emit(opening.wrong)
            self.asked.emit("mark_returned")
            return
        self.sheet = sheet = ReturnSheet(self._window, self._title, opening.today)
        sheet.folder.say(self._folder())
        sheet.looked.connect(self._look)
        sheet.returned.connect(self._do)
        sheet.marked.connect(self._mark)
        sheet.folder_wanted.connect(self._choose_folder)
        sheet.wording_wanted.connect(self._change_wording)
        sheet.offer(opening.offered, opening.fields, opening.reply_by, self._about)

    def _look(self) -> None:
        if (sheet := self._open_sheet()) is not None:
            verb = partial(_draft, submission_id=self._id, wanted=sheet.wanted())
            self._bridge.ask(verb, sheet.show_draft, subject="return-draft")

    def _do(self) -> None:
        if (sheet := self._open_sheet()) is not None:
            sheet.do.setEnabled(False)
            folder = Path(sheet.folder.whole)
            verb = partial(_make, submission_id=self._id, wanted=sheet.wanted(), folder=folder)
            self._bridge.ask(verb, self._made)

    def _made(self, made: Returned | str) -> None:
        sheet = self._open_sheet()
        if isinstance(made, str):
            if sheet is not None:
                sheet.show_draft(made)
            return
        self._bridge.changed.emit(made.changed)
        if sheet is not None:
            sheet.show_made(made)

    def _mark(self) -> None:
        if (sheet := self._open_sheet()) is not None:
            sheet.close_()
        self.asked.emit("mark_returned")

    def _choose_folder(self) -> None:
        sheet = self._open_sheet()
        chosen = QFileDialog.getExistingDirectory(self._window, say("return-choose-title"), self._folder())
        if chosen and sheet is not None:
            self._memory.setValue(MEMORY, chosen)
            sheet.folder.say(chosen)

    def _change_wording(self) -> None:
        self._bridge.ask(lambda desk: letters.own(desk.workspace), _edit)

    def _folder(self) -> str:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return str(self._memory.value(MEMORY) or documents)

    def _open_sheet(self) -> ReturnSheet | None:
        sheet = self.sheet
        return sheet if sheet is not None and sheet.isVisible() else None


def selection(editor: QTextEdit | QPlainTextEdit, field: str, text: str) -> Ask | None:
    """The words chosen in a field's editor, as what a note would be about; None where none are."""
    cursor: QTextCursor = editor.textCursor()
    words_ = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
    if not words_ or words_ not in text:
        return None
    before = editor.toPlainText()[: cursor.selectionStart()].count(words_)
    start = -1
    for _ in range(before + 1):
        found = text.find(words_, start + 1)
        start = found if found >= 0 else start
    return Ask(words_, field, (start, start + len(words_)))


def _opening(desk: Desk, submission_id: str) -> Opening:
    offered = asking.offered(desk, submission_id)
    day, today = decisions.reply_day(desk), desk.today
    try:
        returning.prepare(desk, submission_id, notes=[Ask("?")])
    except Refused as refusal:
        if refusal.code in ("source-missing", "source-gone"):
            return Opening((), (), day, today, words.explain(refusal))
    except WorldError:
        pass  # The sheet says so beside the mail that cannot be shown.
    return Opening(offered, _fields(desk, submission_id), day, today)


def _fields(desk: Desk, submission_id: str) -> tuple[Field, ...]:
    from workbench.desk import study

    template = desk.template_of(study.show(desk, submission_id))
    return template.fields if template else ()


def _draft(desk: Desk, submission_id: str, wanted: Wanted) -> Draft | str:
    if wanted.reply_by is None:
        return say("return-no-day")
    try:
        return returning.prepare(desk, submission_id, wanted.findings, wanted.notes, wanted.reply_by)
    except WorldError as error:
        return words.explain(error)


def _make(desk: Desk, submission_id: str, wanted: Wanted, folder: Path) -> Returned | str:
    if wanted.reply_by is None:
        return say("return-no-day")
    try:
        return returning.make(desk, submission_id, folder, wanted.findings, wanted.notes, wanted.reply_by)
    except WorldError as error:
        return words.explain(error)


def _edit(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""Where words belong: the source beside the study, the tray below it, and what the editor moves between fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QTextCursor

from ui.bridge import Bridge
from ui.stages import pictures
from ui.text.places import Places
from ui.views.carried import Carried
from ui.views.inspector.source import SourceView
from ui.views.study.review import StudyView
from workbench.desk import Desk, study
from workbench.desk.editing import placing
from workbench.desk.rows import Changed, Source
from workbench.richtext import RichText, plain
from workbench.submission import EDITABLE, FieldValue, SourceFile, Submission
from workbench.template import Template


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer as the editor sees it: characters of the plain text of `before`; all where None."""

    field: str
    span: tuple[int, int] | None
    before: RichText

    @property
    def words(self) -> str:
        """How it begins."""
        text = plain(self.before)
        said = " ".join(text[slice(*self.span or (None,))].split()[:9])
        return f"“{said} …”"


@dataclass(frozen=True, slots=True)
class _Opened:
    """A source, None where no file came, with its pictures, decoded on the worker, since that takes its time."""

    source: Source | None
    pictures: Mapping[str, QImage]


class Placing(QObject):
    """Keeps the source pane beside the study, and has the desk move words. `asked(passage)` wants a field for it."""

    asked = Signal(str)

    def __init__(self, bridge: Bridge, middle: StudyView, view: SourceView) -> None:
        super().__init__()
        self._bridge = bridge
        self._study = middle
        self._view = view
        self._template: Template | None = None
        self._file: SourceFile | None = None
        middle.field_chosen.connect(self._light)
        view.text.touched.connect(self._follow)
        view.tray.asked.connect(self.asked)
        view.tray.placed.connect(self.place)
        view.tray.left_out.connect(self.leave_out)
        view.brought.connect(self._free)
        view.turned.connect(self._turn)
        middle.brought.connect(self._bring)

    # Showing

    def open(self, submission: Submission) -> None:
        """Shows the source of another submission: the file that its places are about."""
        self._file = submission.told_by
        self._bridge.ask_later(partial(_opened, submission, None), self._show_source, subject="source")

    def _turn(self) -> None:
        """Shows the next of several files."""
        submission = self._study.submission
        if submission is None or self._file not in submission.files:
            return
        place = (submission.files.index(self._file) + 1) % len(submission.files)
        self.look_into(submission, submission.files[place].sha256)

    def look_into(self, submission: Submission, sha256: str) -> None:
        """Shows the file of that SHA-256."""
        self._file = next((file for file in submission.files if file.sha256 == sha256), submission.told_by)
        opened = partial(_opened, submission, sha256)
        self._bridge.ask_later(opened, self._show_source, subject="source")

    def show(self, submission: Submission, template: Template) -> None:
        """Shows which passages have no field, and where the current one comes from."""
        self._template = template
        if self._file not in submission.files:
            self._file = submission.told_by
        free = submission.unplaced
        self._view.tray.show_passages(free, template.by_id, editable=submission.status in EDITABLE)
        told = self._file == submission.told_by
        self._view.text.mark_unplaced(ref for passage in free if told for ref in passage.sources)
        self._name_file(submission)
        self._light(self._study.field)

    def _name_file(self, submission: Submission) -> None:
        names = [file.name for file in submission.files]
        self._view.show_files(
            submission.files.index(self._file) if self._file in submission.files else 0, names
        )

    def _show_source(self, opened: _Opened) -> None:
        self._view.show_source(opened.source, opened.pictures)
        if self._study.submission is not None:
            self._name_file(self._study.submission)
        self._light(self._study.field)

    def _light(self, field: str) -> None:
        submission = self._study.submission
        told = submission is not None and self._file == submission.told_by
        value = submission.value(field) if submission and told else FieldValue()
        self._view.show_field(self._template.by_id.get(field) if self._template else None, value)

    def _follow(self, refs: tuple[str, ...], line: str) -> None:
        """A press on a passage of the source chooses the field it went to."""
        submission = self._study.submission
        if submission is None or self._file != submission.told_by:
            return
        fields = self._study.submission.fields
        held = [field for field, value in fields.items() if set(refs) & set(value.sources)]
        with_line = [field for field in held if line and line in fields[field].text]
        self._study.choose_field(next(iter(with_line or held), ""))

    def look(self, ref: str) -> None:
        """Lights a paragraph of the source."""
        self._view.text.light((ref,))

    # What the editor does

    def place(self, passage: str, field: str) -> None:
        """Puts an unplaced passage into a field."""
        remember = self._view.tray.remember.isChecked()
        self._do(lambda desk, shown: placing.place(desk, shown, passage, field, remember))

    def bring(self, refs: tuple[str, ...], field: str) -> None:
        """Puts what these paragraphs of the source became into a field."""
        remember = self._view.tray.remember.isChecked()
        self._do(lambda desk, shown: placing.bring(desk, shown, refs, field, remember))

    def leave_out(self, passage: str) -> None:
        """Says that an unplaced passage is not needed."""
        self._do(lambda desk, shown: placing.leave_out(desk, shown, passage))

    def unplace(self, field: str) -> None:
        """Takes a whole answer out of its field."""
        self._do(lambda desk, shown: placing.unplace(desk, shown, field))

    def move(self, part: Part, to: str) -> None:
        """Moves a part of an answer to another field."""
        self._do(
            lambda desk, shown: placing.move(desk, shown, part.field, to, span=part.span, before=part.before)
        )

    def part(self) -> Part:
        """What is chosen in the current field; where nothing is, the paragraph at the cursor."""
        editor = self._study.fields[self._study.field].editor
        cursor, places = editor.textCursor(), Places(editor.lines)
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        span = (places.character(cursor.selectionStart()), places.character(cursor.selectionEnd()))
        return Part(self._study.field, span, editor.content())

    def part_after(self) -> Part:
        """What stands in the current field from the cursor on."""
        editor = self._study.fields[self._study.field].editor
        at = Places(editor.lines).character(editor.textCursor().selectionStart())
        return Part(self._study.field, (at, len(plain(editor.content()))), editor.content())

    def whole(self) -> Part:
        """The whole answer to the current field."""
        return Part(self._study.field, None, self._study.fields[self._study.field].editor.content())

    def _bring(self, field: str, carried: Carried) -> None:
        """What was dropped on a field goes into it."""
        if carried.passage:
            self.place(carried.passage, field)
        elif carried.refs:
            self.bring(carried.refs, field)
        elif carried.field != field:
            answer = self._study.fields[carried.field].editor.content()
            self.move(Part(carried.field, None, answer), field)

    def _free(self, carried: Carried) -> None:
        """What was dropped on the source goes out of its field."""
        if carried.field:
            self.unplace(carried.field)
        else:
            self._do(lambda desk, shown: placing.bring(desk, shown, carried.refs, None))

    def _do(self, verb: Callable[[Desk, str], Changed]) -> None:
        if self._study.submission is not None:
            shown = self._study.submission.id
            self._study.flush()
            self._bridge.do(lambda desk: verb(desk, shown))


def _opened(submission: Submission, sha256: str | None, desk: Desk) -> _Opened:
    if not submission.files:
        return _Opened(None, {})
    source = study.source(desk, submission.id, sha256)
    return _Opened(source, pictures.small(source.document.assets))

"""The templates: what councils are asked, how that fares, and changing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from ui import sketching
from ui.bridge import Bridge
from ui.jobs import Jobs
from ui.phrases import day, say
from ui.sketching import Sketch
from ui.stages.drafting import Drafting, shortened
from ui.stages.faring import Faring
from ui.stages.trying import Trying
from ui.tabbing import put_in_order, stops
from ui.views.parts import Empty, Tone, button, let_go, scrolled
from ui.views.templates.deciding import Deciding
from ui.views.templates.page import TemplatePage
from ui.views.templates.shelf import Entry, Shelf
from ui.views.templates.taught import Taught, TaughtView
from ui.views.templates.writing import WritingView
from workbench import words
from workbench.desk import Desk
from workbench.desk.editing import placing
from workbench.desk.rows import Changed
from workbench.desk.templates import sketches, templates
from workbench.desk.templates.templates import TemplateRow
from workbench.errors import WorldError
from workbench.template import Template, shipped
from workbench.template.naming import slug, unused

QUOTED = 8
"""How many questions are named in a sentence."""
_ROOMY = 1180
"""From so many pixels on the list stands beside what is written or tried."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """The templates as this desk has them."""

    rows: tuple[TemplateRow, ...] = ()
    sketches: Mapping[str, Sketch] = field(default_factory=dict[str, Sketch])
    taught: tuple[Taught, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()
    """Files in the folder of templates that are none, with why."""
    folder: str = ""

    @property
    def by_id(self) -> Mapping[str, Template]:
        """The templates by id."""
        return {row.template.id: row.template for row in self.rows}


class TemplatesStage(QWidget):
    """Shows the templates; `bridge` runs what is quick, `far` the reports, `jobs` the trials.

    `asked(command)`; `told(sentence)`, `offered(sentence, action, then)` for notices; `listed(filter)` wants
    submissions in the queue, `opened(submission)` one.
    """

    help_page = "templates"

    asked = Signal(str)
    told = Signal(str)
    offered = Signal(str, str, object)
    listed = Signal(object)
    opened = Signal(str)

    def __init__(self, bridge: Bridge, far: Bridge, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge, self._far, self._jobs = bridge, far, jobs
        self._ground = _Ground()
        self._wanted: tuple[str, str] | None = None
        self.shelf = Shelf()
        self.page = TemplatePage()
        self.writing = WritingView()
        self.taught = TaughtView()
        self.drafting = Drafting(bridge, self.writing)
        self.trying = Trying(jobs, self)
        self.faring = Faring(far, self.page.health)
        self._damaged = Empty("", "")
        self.middle = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._taught_page = scrolled(self.taught)
        for each in (self.page, self.writing, self._taught_page, self._damaged, self.trying.view):
            self.middle.addWidget(each)
        self._panes = panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        self.shelf.setMinimumWidth(190)
        self.middle.setMinimumWidth(420)
        for pane in (self.shelf, self.middle):
            panes.addWidget(pane)
        panes.setStretchFactor(1, 1)
        panes.setSizes([320, 1060])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panes)

    def _connect(self) -> None:
        self.shelf.chosen.connect(self._go_to)
        for each in (self.shelf, self.page, self.writing):
            each.asked.connect(self.asked)
        self.taught.forget.connect(self._forget)
        self.drafting.kept.connect(self._look)
        self.page.opened.connect(self._open_face)
        self.trying.view.left.connect(self._end_trial)
        self.trying.view.opened.connect(self.opened)
        self.trying.told.connect(self.told)
        self.faring.listed.connect(self.listed)
        self.faring.told.connect(self.told)

    # Following

    def enter(self) -> None:
        """The stage is shown."""
        self._look()
        self.focus()

    def follow(self, changed: Changed) -> None:
        """How templates are used changes with what comes in; headings are taught on the desk."""
        if self.isVisible() and changed.grains & {"settings", "queue", "templates"}:
            self._look()

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        for each in (self.shelf, self.page):
            each.redress()

    def flush(self) -> None:
        """Keeps what is written."""
        self.drafting.flush()

    def focus(self) -> None:
        """The keyboard goes to what is written, or else to the list."""
        into = self.writing.list if self.is_writing else self.shelf.list
        into.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is written or tried has all of it."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        wide = self.middle.currentWidget() in (self.writing, self.trying.view)
        self.shelf.setVisible(not wide or self.width() >= _ROOMY)

    @property
    def places(self) -> dict[QWidget, QWidget]:
        """The panes that F6 goes round, each with the control that gets the keyboard."""
        shown = self.middle.currentWidget()
        inside = [each for each in stops(shown) if each.isVisible() and each.isEnabled()]
        middle: dict[QWidget, QWidget] = {shown: inside[0]} if inside else {}
        if shown is self.writing:
            middle = {self.writing.list: self.writing.list, self.writing.form: self.writing.form.label}
        return {**({self.shelf: self.shelf.list} if self.shelf.isVisible() else {}), **middle}

    @property
    def row(self) -> TemplateRow | None:
        """The template that is looked at; None where something else is."""
        entry = self.shelf.entry
        found = (row for row in self._ground.rows if entry and row.template.id == entry.id)
        return next(found, None) if entry and entry.kind == "template" else None

    @property
    def is_writing(self) -> bool:
        """Whether a template is written now."""
        return self.middle.currentWidget() is self.writing

    def _look(self) -> None:
        self._bridge.ask(_ground, self._show, subject="templates")

    def _show(self, ground: _Ground) -> None:
        self._ground = ground
        if self.drafting.name and (sketch := self.drafting.sketch) is not None:
            self._ground = replace(ground, sketches={**ground.sketches, self.drafting.name: sketch})
        entries = list(_entries(self._ground))
        self.shelf.show_entries(entries, self._wanted)
        if self._wanted in ((each.kind, each.id) for each in entries):
            self._wanted = None
        self.taught.show_taught(ground.taught, ground.by_id)
        if self.middle.currentWidget() not in (self.writing, self.trying.view):
            self._choose(self.shelf.entry)

    def _go_to(self, entry: Entry | None) -> None:
        """The editor chose it."""
        self._wanted = None
        self._choose(entry)

    def _choose(self, entry: Entry | None) -> None:
        if entry is None:
            return
        self.trying.stop()
        if entry.kind == "sketch":
            self._write(entry.id, self._ground.sketches[entry.id])
            return
        if self.drafting.name:
            self._stop_writing()
        if entry.kind == "template" and (row := self.row) is not None:
            self.page.show_template(row.template, _told(row), _sign(row), _commands(row))
            self._open_face(self.page.face)
            self._to(self.page)
        elif entry.kind == "taught":
            self._to(self._taught_page)
        else:
            self._show_damaged(entry)

    def _show_damaged(self, entry: Entry) -> None:
        folder = QUrl.fromLocalFile(self._ground.folder)
        opening = button(say("template-folder"), lambda: QDesktopServices.openUrl(folder))
        before, self._damaged = (
            self._damaged,
            Empty(
                say("template-damaged-title", file=entry.title),
                say("template-damaged-about", reason=entry.below.rstrip(".")),
                opening,
            ),
        )
        self.middle.removeWidget(before)
        let_go(before)
        self.middle.addWidget(self._damaged)
        self._to(self._damaged)

    def _to(self, view: QWidget) -> None:
        if self.middle.currentWidget() is not view:
            self.middle.setCurrentWidget(view)
            self._fold()
            put_in_order(self)

    # Writing

    def undo(self) -> None:
        """Takes the newest step in the form back."""
        if not self.drafting.undo():
            self.told.emit(say("writing-nothing-back"))

    def redo(self) -> None:
        """Takes the step again that was taken back last."""
        if not self.drafting.redo():
            self.told.emit(say("writing-nothing-again"))

    @property
    def template(self) -> Template | None:
        """The template that is looked at, or as it is written, with the ids that its new questions will have."""
        sketch = self.drafting.sketch if self.is_writing else None
        if sketch is not None:
            return _named(sketch)
        return self.row.template if self.row is not None else None

    def change(self) -> None:
        """Writes the next version of the template that is looked at, or goes on where that was left."""
        if (row := self.row) is not None:
            kept = self._ground.sketches.get(row.template.id)
            self._write(row.template.id, kept or Sketch(row.template, row.template))

    def copy(self, label: str) -> None:
        """Writes a template of its own under that label, beginning with the one that is looked at."""
        label = " ".join(label.split())
        if (row := self.row) is not None and label:
            made = templates.copied(row.template, self._fresh_id(label), label)
            self._write(made.id, Sketch(made, of=row.template.id))
            self.writing.write("")

    def learn(self, paths: Sequence[Path]) -> None:
        """Drafts a template from Word forms, to be corrected before it is kept."""
        self.told.emit(say("learning"))
        self._far.ask(partial(_learned, list(paths)), self._show_learned, subject="learn")

    def _show_learned(self, found: Sketch | str) -> None:
        if isinstance(found, str):
            self.told.emit(found)
            return
        made = replace(found.template, id=self._fresh_id(found.template.label))
        self._write(made.id, replace(found, template=made))
        self.told.emit(say("learned-told", n=len(made.fields), unread=len(found.unread)))

    def _write(self, name: str, sketch: Sketch) -> None:
        if self.drafting.name != name:
            self._stop_writing()
            self.drafting.begin(name, sketch)
            if sketch.touched:
                self.drafting.keep_at_once()
        self._ground = replace(self._ground, sketches={**self._ground.sketches, name: sketch})
        self._to(self.writing)
        self.shelf.show_entries(list(_entries(self._ground)), ("sketch", name))
        self.writing.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Leaves what is written for now."""
        name = self.drafting.name
        kept = self._stop_writing()
        if kept:
            self.told.emit(say("writing-left"))
        self._to_row(("template", name) if name in self._ground.by_id else None)

    def _stop_writing(self) -> bool:
        """What is written is kept, if anything was changed; whether it was."""
        sketch, name = self.drafting.sketch, self.drafting.name
        if sketch is None:
            return False
        self.drafting.end(drop=not sketch.touched)
        if not sketch.touched:
            self._forget_sketch(name)
        return sketch.touched

    def ask_drop(self) -> None:
        """Asks whether what is written is to go."""
        sketch = self.drafting.sketch
        if sketch is not None and sketch.touched:
            Deciding(self.window(), say("drop-title"), [say("drop-about")], say("drop-do"), self._drop)
        else:
            self._drop()

    def _drop(self) -> None:
        name = self.drafting.name
        self.drafting.end(drop=True)
        self._forget_sketch(name)
        self._to_row(("template", name) if name in self._ground.by_id else None)

    def _forget_sketch(self, name: str) -> None:
        left = {known: sketch for known, sketch in self._ground.sketches.items() if known != name}
        self._ground = replace(self._ground, sketches=left)

    def _to_row(self, wanted: tuple[str, str] | None) -> None:
        """Back to looking: at what is wanted, or at the first of the list."""
        self._wanted = wanted
        self.middle.setCurrentWidget(self.page)
        self._fold()
        self._show(self._ground)
        self._look()
        self.shelf.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_save(self) -> None:
        """Shows what saving means, and does it where the editor says so; what keeps it from being saved is shown."""
        sketch = self.drafting.sketch
        if sketch is None:
            return
        grave = [each for each in self.drafting.wrong if each.grave]
        if grave:
            self.writing.go_to_fault()
            self.told.emit(say("faults-grave", n=len(grave), first=grave[0].sentence))
            return
        made = _named(sketch)
        before = self._ground.by_id.get(made.id)
        lines = list(_meaning(made, before, self._row_of(made.id)))
        label = say("save-title", label=made.label)
        Deciding(self.window(), label, lines, say("save-do"), partial(self._save, made))

    def _save(self, made: Template) -> None:
        self._bridge.ask(lambda desk: templates.save(desk, made), self._saved)

    def _saved(self, saved: Template) -> None:
        name = self.drafting.name
        self.drafting.end(drop=True)
        self._forget_sketch(name)
        self.told.emit(say("template-saved", label=saved.label, version=saved.version))
        self._to_row(("template", saved.id))
        self._bridge.changed.emit(Changed(frozenset({"templates", "submission"})))

    def ask_remove(self) -> None:
        """Shows what taking a template of this office away means, and does it where the editor says so."""
        row = self.row
        if row is None or not row.own:
            return
        name, label = row.template.id, row.template.label
        lines = [say("remove-shipped" if row.replaces_shipped else "remove-own"), *_standing(row)]
        title = say("remove-title", label=label)
        Deciding(self.window(), title, lines, say("remove-do"), partial(self._remove, name, label))

    def _remove(self, name: str, label: str) -> None:
        def then(_: object) -> None:
            self.told.emit(say("template-removed", label=label))
            self._look()

        self._bridge.ask(lambda desk: templates.remove(desk, name), then)

    def _row_of(self, name: str) -> TemplateRow | None:
        return next((row for row in self._ground.rows if row.template.id == name), None)

    def _fresh_id(self, label: str) -> str:
        known = {*self._ground.by_id, *self._ground.sketches}
        return unused(slug(label, "-") or "form", known, "-")

    def _forget(self, template: str, heading: str) -> None:
        self._bridge.do(lambda desk: placing.forget(desk, template, heading))

    # Sending out

    def save_blank(self, path: Path) -> None:
        """Saves the blank Word file of the template."""
        template = self.template
        if template is None:
            return
        if path.suffix.casefold() != ".docx":
            path = path.with_name(f"{path.name}.docx")
        self._bridge.ask(partial(_write_blank, template, path), partial(self._file_saved, path))

    def _file_saved(self, path: Path, why_not: str) -> None:
        if why_not:
            self.told.emit(why_not)
        else:
            self._offer_folder(say("blank-saved", file=path.name), path)

    def _offer_folder(self, sentence: str, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self.offered.emit(sentence, say("show-in-folder"), lambda: QDesktopServices.openUrl(folder))

    # Trying

    def try_past(self) -> None:
        """Reads what came in with the template, on a job."""
        if (template := self.template) is not None:
            sketch = self.drafting.sketch if self.is_writing else None
            self.trying.past(template, sketch.of if sketch is not None else "")
            self._to(self.trying.view)

    def try_files(self, paths: Sequence[Path]) -> None:
        """Reads files with the template, on a job."""
        if (template := self.template) is not None:
            self.trying.files(template, paths)
            self._to(self.trying.view)

    def _end_trial(self) -> None:
        self.trying.stop()
        self._to(self.writing if self.drafting.name else self.page)
        self.focus()

    # How it fares

    def _open_face(self, face: str) -> None:
        if face == "health" and (row := self.row) is not None:
            self.faring.show(row.template)

    def export_health(self, path: Path) -> None:
        """Saves how the questions fare as a table."""
        if path.suffix.casefold() != ".csv":
            path = path.with_name(f"{path.name}.csv")
        self.faring.write(path, partial(self._file_saved, path))


def _ground(desk: Desk) -> _Ground:
    kept: dict[str, Sketch] = {}
    for name, told in sketches.kept(desk).items():
        with suppress(KeyError, TypeError, ValueError):
            kept[name] = sketching.read(told)
    damaged = tuple((each.path.name, each.reason) for each in desk.templates.damaged)
    return _Ground(
        templates.listed(desk), kept, tuple(placing.learned(desk)), damaged, str(desk.workspace / "templates")
    )


def _learned(paths: Sequence[Path], desk: Desk) -> Sketch | str:
    """What Word forms suggest; why they cannot be read, in words. What is in doubt is told where it is."""
    try:
        found = templates.learn(paths, [*desk.templates])
    except WorldError as error:
        return words.explain(error)
    taken = {
        each.id: " ".join(filter(None, (found.taken.get(each.id, ""), *found.doubts.get(each.id, ()))))
        for each in found.template.fields
    }
    return Sketch(found.template, None, taken, found.doubts.get("", ()))


def _entries(ground: _Ground) -> Iterator[Entry]:
    for row in ground.rows:
        template = row.template
        yield Entry("template", template.id, template.label, _asks(row), *_sign(row), _used(row))
        if template.id in ground.sketches:
            yield _sketched(template.id, ground.sketches[template.id])
    for name, sketch in ground.sketches.items():
        if name not in ground.by_id:
            yield _sketched(name, sketch)
    for name, reason in ground.damaged:
        yield Entry("damaged", name, name, reason, say("template-damaged"), "blocker")
    if ground.taught:
        yield Entry("taught", "", say("taught-headings"), str(len(ground.taught)))


def _sketched(name: str, sketch: Sketch) -> Entry:
    label = sketch.template.label or say("template-unnamed")
    below = say("n-questions", n=len(sketch.template.fields))
    return Entry("sketch", name, label, below, say("template-sketch"), "accent")


def _told(row: TemplateRow) -> str:
    return f"{_asks(row)} · {_used(row)}"


def _asks(row: TemplateRow) -> str:
    return f"{say('version', n=row.template.version)} · {say('n-questions', n=len(row.template.fields))}"


def _used(row: TemplateRow) -> str:
    if not row.submissions or row.last is None:
        return say("template-unused")
    return f"{say('n-came-in', n=row.submissions)}, {say('template-last', day=day(row.last.astimezone()))}"


def _standing(row: TemplateRow | None) -> Iterator[str]:
    if row is not None and row.submissions:
        yield say("save-used", n=row.submissions)


def _meaning(made: Template, before: Template | None, row: TemplateRow | None) -> Iterator[str]:
    """What saving a template means, sentence by sentence."""
    if before is None or row is None:
        yield say("save-new")
        return
    if not row.own:
        yield say("save-replaces")
    changes = list(_changes(made, before))
    yield from changes or [say("save-nothing")]
    if made.asked != before.asked:
        yield say("save-version", n=max((before.version, *row.earlier)) + 1)
        yield say("save-send")
    else:
        yield say("save-same", n=before.version)
    yield from _standing(row)


def _changes(made: Template, before: Template) -> Iterator[str]:
    known, now = before.by_id, made.by_id
    new = [each.label for each in made.fields if each.id not in known]
    gone = [each.label for each in before.fields if each.id not in now]
    other = [each.label for each in made.fields if each.id in known and known[each.id] != each]
    for code, labels in (("save-added", new), ("save-removed", gone), ("save-changed", other)):
        if labels:
            yield say(code, n=len(labels), labels=_quoted(labels))
    if [each.id for each in before.fields if each.id in now] != [e.id for e in made.fields if e.id in known]:
        yield say("save-order")
    if (made.label, made.description) != (before.label, before.description):
        yield say("save-form")
    if (made.combined, made.banners) != (before.combined, before.banners):
        yield say("save-headings")


def _quoted(labels: Sequence[str]) -> str:
    named = ", ".join(f"“{shortened(each)}”" for each in labels[:QUOTED])
    return f"{named} {say('and-more', n=len(labels) - QUOTED)}" if len(labels) > QUOTED else named


def _sign(row: TemplateRow) -> tuple[str, Tone]:
    if not row.own:
        return say("template-shipped" if row.template.id in shipped() else "template-gone"), "quiet"
    return say("template-replacing" if row.replaces_shipped else "template-own"), "good"


def _commands(row: TemplateRow) -> tuple[str, ...]:
    usual = ("change_template", "copy_template", "blank_template", "try_template", "try_files")
    return (*usual, "remove_template") if row.own else usual


def _named(sketch: Sketch) -> Template:
    known = [each.id for each in sketch.began.fields] if sketch.began is not None else []
    return sketching.named(sketch.template, known)


def _write_blank(template: Template, path: Path, desk: Desk) -> str:
    """Writes the form; why it could not, in words."""
    try:
        path.write_bytes(templates.blank(template))
    except OSError as error:
        return words.say("errors", "cannot-write", file=path, reason=error.strerror or error)
    return ""

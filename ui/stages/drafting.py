"""Writing a template: each step in the form, kept on the desk as it is typed, until the next version is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from ui import sketching
from ui.bridge import Bridge
from ui.phrases import say
from ui.sketching import Sketch, Strokes
from ui.views.templates.writing import WritingView, Wrong
from workbench import words
from workbench.desk.templates import sketches
from workbench.template import Fault, Template, faults

QUOTED = 60
"""How many letters of a label are quoted."""
KEPT = 600
"""Milliseconds after which what is typed is kept at the latest."""


class Drafting(QObject):
    """Holds what is written in a `WritingView`. `kept()` whenever it was kept on the desk."""

    kept = Signal()

    def __init__(self, bridge: Bridge, view: WritingView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self.name = ""
        self._sketch: Sketch | None = None
        self._strokes: Strokes | None = None
        self._unkept = False
        self._timer = QTimer(self, singleShot=True, interval=KEPT)
        self._timer.timeout.connect(self.flush)
        view.did.connect(self.do)
        view.answered.connect(self._answer)

    @property
    def sketch(self) -> Sketch | None:
        """What is written now; None where nothing is."""
        if self._sketch is None or self._strokes is None:
            return None
        return replace(self._sketch, template=self._strokes.now)

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """What keeps it from being saved."""
        return wrong_with(self._strokes.now) if self._strokes is not None else ()

    def begin(self, name: str, sketch: Sketch) -> None:
        """Goes on with a sketch, from here on kept under `name`."""
        self.flush()
        self.name, self._sketch, self._strokes = name, sketch, Strokes(sketch.template)
        self._show()
        self._view.choose("")

    def do(self, template: Template, at: str) -> None:
        """Takes a step; what is typed `at` one place at a stretch is one."""
        if self._strokes is not None and self._strokes.do(template, at):
            self._stepped()

    def undo(self) -> bool:
        """Takes the newest step back, and shows where it was; whether there was one."""
        return self._go(back=True)

    def redo(self) -> bool:
        """Takes a step again that was taken back; whether there was one."""
        return self._go(back=False)

    def flush(self) -> None:
        """Keeps what is written, if something is new."""
        self._timer.stop()
        if self._unkept and (sketch := self.sketch) is not None:
            self._unkept = False
            name, told = self.name, sketching.written(sketch)
            self._bridge.ask(lambda desk: sketches.keep(desk, name, told), lambda _: self.kept.emit())

    def end(self, *, drop: bool) -> None:
        """Nothing is written any more; with `drop` what was kept is forgotten too."""
        self.flush()
        name, self.name = self.name, ""
        self._sketch = self._strokes = None
        self._unkept = False
        if drop:
            self._bridge.ask(lambda desk: sketches.drop(desk, name), lambda _: self.kept.emit())

    def keep_at_once(self) -> None:
        """Keeps it though nothing was typed yet, as what was made of a Word form."""
        self._unkept = True
        self.flush()

    def _answer(self, text: str) -> None:
        """Of what was not understood one became a question."""
        if self._sketch is not None:
            left = tuple(each for each in self._sketch.unread if each != text)
            self._sketch = replace(self._sketch, unread=left)

    def _go(self, *, back: bool) -> bool:
        strokes = self._strokes
        if strokes is None:
            return False
        before = strokes.now
        if not (strokes.undo() if back else strokes.redo()):
            return False
        self._stepped()
        self._view.choose(_where(before, strokes.now))
        return True

    def _stepped(self) -> None:
        self._unkept = True
        if not self._timer.isActive():
            self._timer.start()
        self._show()

    def _show(self) -> None:
        sketch = self.sketch
        if sketch is not None and self._strokes is not None:
            label = sketch.template.label or say("template-unnamed")
            self._view.show_sketch(
                sketch,
                self.wrong,
                title=say("writing-new" if sketch.began is None else "writing", label=label),
                told=say("writing-told"),
                back=self._strokes.can_undo,
            )


def wrong_with(template: Template) -> tuple[Wrong, ...]:
    """What keeps a template from being kept, in the order of its questions, in words."""
    kept = sketching.named(template)
    shown = {each.id: (at, template.fields[at].id) for at, each in enumerate(kept.fields)}
    found = [_wrong(kept, each, *shown.get(each.field, (-1, ""))) for each in faults(kept)]
    order = {question: at for at, question in shown.values()}
    return tuple(sorted(found, key=lambda one: (not one.grave, order.get(one.question, -1))))


def _wrong(template: Template, fault: Fault, at: int, question: str) -> Wrong:
    part = PARTS.get(fault.code, "")
    if fault.code == "heading-claimed":
        own = template.fields[at].label == fault.params["heading"]
        part = "label" if own else "synonyms"
    told = {name: shortened(value) for name, value in fault.params.items()}
    missing = fault.code == "field-label-missing"
    sentence = (
        say("question-needs-label", n=at + 1) if missing else words.say("templates", fault.code, **told)
    )
    return Wrong(question, part, sentence, fault.grave)


def shortened(value: str | int) -> str | int:
    """A long label as it is quoted in a sentence."""
    return f"{value[:QUOTED].rstrip()}…" if isinstance(value, str) and len(value) > QUOTED + 2 else value


PARTS = {
    "no-label": "label",
    "field-label-missing": "label",
    "field-label-long": "label",
    "limit-wrong": "limits",
    "limits-crossed": "limits",
    "personal-in-the-open": "personal",
    "contact-not-personal": "personal",
    "combined-few": "combined",
    "combined-unknown": "combined",
    "combined-claimed": "combined",
}
"""About which part of its form a fault is."""


def _where(before: Template, after: Template) -> str:
    """In which question two templates differ: its id, "" where they differ elsewhere."""
    known, now = before.by_id, after.by_id
    for each in after.fields:
        if known.get(each.id) != each:
            return each.id
    gone: Sequence[str] = [each.id for each in before.fields if each.id not in now]
    if gone and after.fields:
        at = sketching.place(before, gone[0])
        return after.fields[min(at, len(after.fields) - 1)].id
    moved = [one.id for one, other in zip(before.fields, after.fields, strict=False) if one.id != other.id]
    return moved[0] if moved else ""

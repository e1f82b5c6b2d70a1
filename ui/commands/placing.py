"""Where words belong: out of the tray, from field to field, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.commands.declared import Command, declare, editable, group, on_study
from ui.phrases import say
from ui.stages.placing import Part
from ui.views.chooser import Choice
from ui.window import Window

command = group("placing")


def with_passage(window: Window) -> str:
    """A passage that has no field yet."""
    return editable(window) or ("" if window.desk.inspector.source.tray.passages else say("need-passage"))


def with_answer(window: Window) -> str:
    """A field with an answer."""
    answered = window.desk.study.submission and window.desk.study.submission.value(window.desk.study.field)
    return editable(window) or ("" if answered and answered.content else say("need-answer"))


@command("P", with_passage)
def place_in(window: Window) -> None:
    """Puts the unplaced passage that is looked at, else the first, into a field of your choice."""
    passage = window.desk.inspector.source.tray.current
    if passage is not None:
        choose_field(window, passage.key)


@command("X", with_passage)
def leave_out(window: Window) -> None:
    """Says of the unplaced passage that is looked at, else of the first, that it is not needed."""
    passage = window.desk.inspector.source.tray.current
    if passage is not None:
        window.desk.placing.leave_out(passage.key)


@command("Ctrl+M", with_answer)
def move_to(window: Window) -> None:
    """Moves what is chosen in the current field, else the paragraph at the cursor, to another field."""
    _ask_where(window, "ask-move", window.desk.placing.part)


@command("Ctrl+Shift+M", with_answer)
def split_field(window: Window) -> None:
    """Moves all from the cursor on to another field."""
    _ask_where(window, "ask-split", window.desk.placing.part_after)


@command("Ctrl+J", with_answer)
def join_field(window: Window) -> None:
    """Puts the whole answer at the end of another field."""
    _ask_where(window, "ask-join", window.desk.placing.whole)


@command("", with_answer)
def unplace(window: Window) -> None:
    """Takes the whole answer out of the current field, to be placed anew."""
    window.desk.placing.unplace(window.desk.study.field)


@command("", editable)
def bring(window: Window) -> None:
    """Puts what is chosen in the source, or was pressed there last, into a field, wherever it stands now."""
    refs = window.desk.inspector.source.text.chosen
    _ask_field(window, say("ask-field"), lambda field: window.desk.placing.bring(refs, field), "")


@command("", on_study)
def show_source(window: Window) -> None:
    """Shows where the current field came from."""
    window.desk.inspector.show_part("source")
    window.desk.inspector.source.text.setFocus()


def choose_field(window: Window, passage: str) -> None:
    """Asks into which field an unplaced passage goes."""
    then = partial(window.desk.placing.place, passage)
    _ask_field(window, say("ask-field"), then, "")


def _ask_where(window: Window, question: str, part: Callable[[], Part]) -> None:
    """Asks where a part of the current answer goes; what part that is stands before the question is asked."""
    chosen = part()
    asked = say(question, words=chosen.words)
    _ask_field(window, asked, partial(window.desk.placing.move, chosen), chosen.field)


def _ask_field(window: Window, question: str, then: Callable[[str], object], without: str) -> None:
    fields = [view.field for view in window.desk.study.fields.values() if view.field.id != without]
    choices = [Choice(field.label, field.id, field.guidance[:80]) for field in fields]
    window.chooser.ask(question, choices, then)


def _place(digit: int, window: Window) -> None:
    """Puts the unplaced passage of that number where it likely belongs."""
    window.desk.inspector.source.tray.press(digit)


for number in range(1, 10):
    declare(
        Command(f"place_{number}", partial(_place, number), str(number), with_passage, "placing", shown=False)
    )

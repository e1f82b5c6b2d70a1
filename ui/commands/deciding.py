"""The decisions about the chosen submissions: one is decided at once, several after a look at what would happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from ui.commands.declared import editable, group, may, on_finding
from ui.phrases import long_day, parsed_day, say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk import Desk, actions, decisions
from workbench.desk.actions import Action
from workbench.desk.rows import Changed, Preview
from workbench.submission import due_date

command = group("deciding")

Verb = Callable[[Desk, Sequence[str]], Changed]

PRESETS = (0, 1, 2, 3, 5, 10, 15, 20)
"""The working days from today that are offered for a day."""


@command("S", may("start"))
def start(window: Window) -> None:
    """Takes the chosen submissions into review."""
    decide(window, actions.step("start"))


@command("A", may("approve"))
def approve(window: Window) -> None:
    """Approves the chosen submissions; declined while something blocks one."""
    decide(window, actions.approving())


@command("B", may("return"))
def return_(window: Window) -> None:
    """Returns the study to the council: its own Word file with comments, and a mail. Several are only marked."""
    from ui.stages import returning

    shown = window.desk.submission
    if shown is None or window.desk.queue.several:
        mark_returned(window)
        return
    study = window.desk.study
    study.flush()
    view = study.fields.get(study.field)
    text = shown.value(study.field).text
    about = None if view is None else returning.selection(view.editor, study.field, text)
    window.returning.open(shown, about)


@command("", may("return"))
def mark_returned(window: Window) -> None:
    """Marks the chosen submissions as returned to the council, with a reason and a day to answer by."""

    def ask_when(reason: str) -> None:
        def give_back(by: date | None) -> None:
            if by is not None:
                decide(window, actions.returning(reason, by))

        window.bridge.ask(decisions.reply_day, partial(ask_day, window, "ask-reply-by", give_back))

    reasons = ("return-missing", "return-figures", "return-unclear", "return-consent")
    _ask_reason(window, "ask-return", reasons, ask_when)


@command("R", may("reject"))
def reject(window: Window) -> None:
    """Rejects the chosen submissions, with a reason."""

    def give_up(reason: str) -> None:
        decide(window, actions.rejecting(reason))

    _ask_reason(window, "ask-reject", ("reject-outside", "reject-twice", "reject-withdrawn"), give_up)


@command("O", may("reopen"))
def reopen(window: Window) -> None:
    """Brings the chosen submissions back into review."""

    def take_up(due: date) -> None:
        decide(window, actions.reopening(due))

    window.bridge.ask(decisions.next_due, take_up)


@command("W", editable)
def set_due(window: Window) -> None:
    """Says by which day the chosen submissions are to be done."""

    def put_off(day: date | None) -> None:
        decide(window, actions.due_on(day))

    ask_day(window, "ask-due", put_off, None, Choice(say("no-due"), None))


@command("Shift+D", on_finding)
def dismiss_kind(window: Window) -> None:
    """Sets aside every finding of the current one's kind, in the chosen submissions, with a reason."""
    found = window.desk.study.current_finding()
    if found is None:
        return
    check = found.check

    def set_aside(reason: str) -> None:
        decide(window, actions.dismissing(check, reason))

    reasons = ("reason-false", "reason-checked", "reason-quoted", "reason-council")
    _ask_reason(window, "ask-dismiss-kind", reasons, set_aside)


def decide(window: Window, action: Action) -> None:
    """Does it to the one that is chosen; to several, after it was shown to which."""
    in_view(window, partial(actions.preview, action=action), partial(actions.carry_out, action=action))


def in_view(window: Window, foresee: Callable[[Desk, Sequence[str]], Preview], verb: Verb) -> None:
    """Does `verb` to the one that is chosen; of several it is shown first what it would do to which."""

    def do(ids: tuple[str, ...]) -> None:
        window.bridge.do(lambda desk: verb(desk, ids))

    def show(foreseen: Preview) -> None:
        window.foreseen.show_preview(foreseen, do)

    def go_on(ids: tuple[str, ...]) -> None:
        if len(ids) == 1:
            do(ids)
        elif ids:
            window.bridge.ask(lambda desk: foresee(desk, ids), show)

    window.desk.with_chosen(go_on)


def _ask_reason(window: Window, question: str, reasons: Sequence[str], then: Callable[[str], object]) -> None:
    n = len(window.desk.queue.selected_places()) or 1
    choices = [Choice(text, text) for text in map(say, reasons)]
    window.chooser.ask(say(question, n=n), choices, then, free=True, prompt=say("ask-reason"))


def ask_day(
    window: Window,
    question: str,
    then: Callable[[date | None], object],
    usual: date | None,
    *further: Choice,
) -> None:
    """Asks for a day: in so many working days, or as it is written; the usual one first."""
    today = window.desk.today
    days = dict.fromkeys((*((usual,) if usual else ()), *(due_date(today, n) for n in PRESETS)))
    choices = [Choice(long_day(when), when, say("usual") if when == usual else "") for when in days]

    def take(chosen: date | str | None) -> None:
        when = parsed_day(chosen, today) if isinstance(chosen, str) else chosen
        if isinstance(chosen, str) and when is None:
            window.tell(say("no-day", text=chosen))
        else:
            then(when)

    window.chooser.ask(say(question), [*choices, *further], take, free=True, prompt=say("ask-day"))

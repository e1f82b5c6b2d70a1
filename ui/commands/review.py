"""What an editor does to one study: its answers and its findings."""

from __future__ import annotations

from functools import partial

from ui.commands.declared import editable, group, on_finding, on_fix, on_study, on_two_studies
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window

command = group("review")


@command("E", editable)
def edit_field(window: Window) -> None:
    """Begins editing the current field; Escape ends it."""
    window.desk.study.edit_field()


@command("Ctrl+F", on_study)
def find(window: Window) -> None:
    """Finds words in the field, the study or the chosen studies."""
    window.desk.replacing.open(replacing=False)


@command("Ctrl+H", editable)
def find_and_replace(window: Window) -> None:
    """Finds words and puts others in their place, after a look at every change."""
    window.desk.replacing.open(replacing=True)


@command("F3", on_study)
def find_next(window: Window) -> None:
    """Goes to the next place where the words were found."""
    window.desk.replacing.step(1)


@command("Shift+F3", on_study)
def find_previous(window: Window) -> None:
    """Goes to the place before."""
    window.desk.replacing.step(-1)


@command("F", on_fix)
def take_fix(window: Window) -> None:
    """Makes the change that the current finding offers."""
    window.desk.checking.take_fix(window.desk.study.finding)


@command("Shift+F", on_fix)
def take_fixes(window: Window) -> None:
    """Makes the changes of all findings of the same kind."""
    found = window.desk.study.current_finding()
    if found is not None:
        window.desk.checking.take_fixes(found.check)


@command("D", on_finding)
def dismiss(window: Window) -> None:
    """Sets the current finding aside, with a reason."""
    finding = window.desk.study.finding
    usual = (say(f"reason-{name}") for name in ("false", "checked", "quoted", "council"))
    last = window.desk.checking.reasons
    window.chooser.ask(
        say("ask-dismiss"),
        [
            Choice(each, each, say("used-lately") if each in last else "")
            for each in dict.fromkeys((*last, *usual))
        ],
        partial(window.desk.checking.dismiss, finding),
        free=True,
        prompt=say("ask-reason"),
    )


def _waiting(window: Window) -> str:
    """A study of which a newer version waits."""
    return on_study(window) or ("" if window.desk.revising.waiting else say("need-waiting"))


def _asked(window: Window) -> str:
    """A study of which is asked what it is."""
    return on_study(window) or ("" if window.desk.revising.question else say("need-asked"))


def _coming(window: Window) -> str:
    """A study with a newer version, or of which is asked what it is."""
    revising = window.desk.revising
    return on_study(window) or ("" if revising.question or revising.waiting else say("need-coming"))


@command("V", _waiting)
def lay_beside(window: Window) -> None:
    """Lays the newer version that waits beside the study, to choose from both."""
    window.desk.revising.open()


@command("", _asked)
def newer_version(window: Window) -> None:
    """Says of the study that is asked about that it is a newer version of the other one."""
    window.desk.revising.belong()


@command("", _coming)
def own_study(window: Window) -> None:
    """Says of the study that is asked about, else of the newer version that waits, that it is a study of its own."""
    window.desk.revising.own()


@command("Shift+P", on_two_studies)
def split(window: Window) -> None:
    """Makes the second study in the file a submission of its own."""
    window.desk.split()

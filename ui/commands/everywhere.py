"""What can be asked for anywhere: import, undo, the stages, the looks, and the commands themselves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ui.commands import offered
from ui.commands.declared import group
from ui.phrases import say
from ui.views.keysheet import KeySheet
from ui.window import Window
from workbench.desk import history
from workbench.desk.editing import checking

command = group("everywhere")


@command("Ctrl+I")
def import_files(window: Window) -> None:
    """Chooses Word files, archives or mails to import."""
    names, _ = QFileDialog.getOpenFileNames(window, say("command-import_files"), "", say("importable-files"))
    if names:
        window.import_paths([Path(name) for name in names])


@command("Ctrl+Shift+I")
def import_folder(window: Window) -> None:
    """Chooses a folder to import with all it holds."""
    name = QFileDialog.getExistingDirectory(window, say("command-import_folder"))
    if name:
        window.import_paths([Path(name)])


@command("")
def check_again(window: Window) -> None:
    """Lets the checks look at everything on the desk again."""
    window.desk.study.flush()
    window.jobs.start(
        say("job-check"),
        lambda desk, tell: checking.over_desk(desk, tell).submissions,
        lambda job: job.cancelled or window.tell(say("checked-again", n=len(job.items))),
        anew=True,
    )


@command("Ctrl+Z")
def undo(window: Window) -> None:
    """Takes back the newest step that still stands."""
    if window.is_drafting:
        window.templates.undo()
        return
    window.desk.study.flush()
    window.bridge.do(history.undo)


@command("Ctrl+Shift+Z")
def redo(window: Window) -> None:
    """Does again what was undone last."""
    if window.is_drafting:
        window.templates.redo()
    else:
        window.bridge.do(history.redo)


@command("Ctrl+K")
def palette(window: Window) -> None:
    """Finds a command by its name, and what the help says."""

    def give(chosen: str | offered.HelpAt) -> None:
        if isinstance(chosen, offered.HelpAt):
            chosen.open(window)
            return
        offered.remember(window, chosen)
        window.asked.emit(chosen)

    listed = offered.choices(window)
    window.chooser.ask(say("ask-command"), listed, give, find=offered.finder(listed))


@command("?")
def keys(window: Window) -> None:
    """Shows every key."""
    KeySheet(window, offered.key_groups())


@command("Ctrl+Shift+P")
def problems(window: Window) -> None:
    """Shows what went wrong, and what to do about it."""
    window.problems.open()


@command("")
def check_computer(window: Window) -> None:
    """Looks whether this computer is in order."""
    window.problems.check()


@command("Alt+1")
def show_desk(window: Window) -> None:
    """Opens the desk."""
    window.show_stage("desk")


@command("Alt+2")
def show_themes(window: Window) -> None:
    """Opens the vocabulary of themes."""
    window.show_stage("themes")


@command("Alt+3")
def show_outbox(window: Window) -> None:
    """Opens the outbox."""
    window.show_stage("outbox")


@command("Alt+4")
def show_catalogue(window: Window) -> None:
    """Opens the catalogue."""
    window.show_stage("catalogue")


@command("Alt+5")
def show_templates(window: Window) -> None:
    """Opens the templates."""
    window.show_stage("templates")


@command("Alt+6")
def show_settings(window: Window) -> None:
    """Opens the settings."""
    window.show_stage("settings")


@command("")
def light(window: Window) -> None:
    """Turns the window light."""
    window.set_scheme("light")


@command("")
def dark(window: Window) -> None:
    """Turns the window dark."""
    window.set_scheme("dark")


@command("")
def high_contrast(window: Window) -> None:
    """Turns the window light with strong lines and inks."""
    window.set_scheme("contrast")


@command("")
def high_contrast_dark(window: Window) -> None:
    """Turns the window black with bright lines and inks."""
    window.set_scheme("contrast-dark")


@command("")
def as_system(window: Window) -> None:
    """Lets the system say whether the window is light or dark, and how strong its contrast is."""
    window.set_scheme("system")

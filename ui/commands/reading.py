"""From the catalogue back to the desk."""

from __future__ import annotations

from ui.commands.declared import group
from ui.phrases import say
from ui.window import Window
from workbench.desk import taking
from workbench.desk.rows import TakenUp

command = group("publishing")


def on_published(window: Window) -> str:
    """A published study shown in the catalogue."""
    shown = window.stage == "catalogue" and window.catalogue.study is not None
    return "" if shown else say("need-published")


@command("Ctrl+E", on_published)
def open_edit(window: Window) -> None:
    """Opens the published study that is shown as a new edit on the desk; or shows the one that is open already."""
    study = window.catalogue.study
    if study is None:
        return
    uuid = study.publication.study

    def show(taken: TakenUp) -> None:
        if taken.changed.entry is not None:
            window.far.changed.emit(taken.changed)
        else:
            window.tell(say("open-already", id=taken.submission))
        window.show_submission(taken.submission)

    window.far.ask(lambda desk: taking.take_up(desk, uuid), show, subject="open-edit")

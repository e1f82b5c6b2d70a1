"""From the catalogue back to the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QImage

from ui.commands.declared import group, on_study
from ui.phrases import say
from ui.window import Window
from workbench.desk.catalogue import browsing, taking_up
from workbench.desk.rows import Card, TakenUp
from workbench.publication import Study

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

    window.far.ask(lambda desk: taking_up.take_up(desk, uuid), show, subject="open-edit")


@command("Ctrl+P", on_study)
def preview_large(window: Window) -> None:
    """Shows the study on the desk over the whole window, as readers will see it."""
    shown = window.desk.submission
    if shown is None:
        return
    window.desk.study.flush()
    then = partial(_show_large, window, window.desk.pictures)
    window.bridge.ask(lambda desk: browsing.previewed(desk, shown.id), then, subject="large")


def _show_large(window: Window, pictures: dict[str, QImage], page: tuple[Study, Card]) -> None:
    from ui.views.inspector.preview import LargePreview

    LargePreview(window, *page, pictures)

"""From the outbox to the catalogue and the website."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ui.commands.deciding import in_view
from ui.commands.declared import group, in_outbox, may, on_page
from ui.phrases import say
from ui.window import Window
from workbench.desk import exporting, publishing

command = group("publishing")


@command("Q", may("queue"))
def queue(window: Window) -> None:
    """Puts the chosen approved submissions into the outbox."""
    in_view(window, publishing.foresee, publishing.queue)


def _queued(window: Window) -> str:
    """A submission in the outbox, chosen there or on the desk."""
    return in_outbox(window) and may("unqueue")(window)


@command("U", _queued)
def unqueue(window: Window) -> None:
    """Takes submissions out of the outbox again."""
    item = window.outbox.current()
    ids = (item.row.submission,) if window.stage == "outbox" and item else window.desk.chosen()
    window.bridge.do(lambda desk: publishing.unqueue(desk, ids))


@command("Ctrl+R")
def rehearse(window: Window) -> None:
    """Asks the catalogue what publishing would do now."""
    window.show_stage("outbox")
    window.outbox.rehearse()


@command("Ctrl+Return", in_outbox)
def publish(window: Window) -> None:
    """Sends the picked publications."""
    window.outbox.publish()


@command("F5")
def pull(window: Window) -> None:
    """Brings the desk's copy of the catalogue up to date."""
    window.jobs.start(
        say("job-pull"),
        lambda desk, tell: [publishing.pull(desk, tell)],
        lambda job: window.tell(say("pulled", n=sum(job.items))),
    )
    window.look_at_catalogue()


@command("", on_page)
def withdraw(window: Window) -> None:
    """Takes a published study away from readers, with a reason."""
    shown = window.catalogue.study if window.stage == "catalogue" else None
    target = shown.publication.study if shown else window.desk.chosen()[0]
    then = lambda reason: window.far.do(lambda desk: publishing.withdraw(desk, target, reason))  # noqa: E731
    window.chooser.ask(say("ask-withdraw"), [], then, free=True, prompt=say("ask-reason"))


@command("")
def export_website(window: Window) -> None:
    """Writes the website of all published studies into a folder."""
    folder = QFileDialog.getExistingDirectory(window, say("command-export_website"))
    if folder:
        export_to(window, Path(folder))


def export_to(window: Window, folder: Path) -> None:
    """Writes the website into `folder` on a job."""
    work = lambda desk, tell: [exporting.export(desk, "website", folder, tell)]  # noqa: E731

    def tell(job: object) -> None:
        for report in getattr(job, "items", ()):
            window.tell(
                say("exported", written=report.written, unchanged=report.unchanged, folder=folder.name)
            )

    window.jobs.start(say("job-export"), work, tell)

"""From the outbox to the catalogue and the website."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ui.commands.deciding import ask_day, decide, in_view
from ui.commands.declared import group, in_outbox, may, on_conflict, on_page, on_study
from ui.jobs import Job
from ui.lessons import learn_again
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk import actions
from workbench.desk.catalogue import batches, exporting, publishing, reviewing
from workbench.desk.rows import Preview

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


@command("M", on_conflict)
def resolve(window: Window) -> None:
    """Lays one's own, what is live and what work began from beside each other, to be brought together."""
    window.outbox.resolve()


@command("")
def pick_all(window: Window) -> None:
    """Picks everything that can be sent; where everything is picked already, nothing."""
    window.show_stage("outbox")
    model = window.outbox.model
    free = [item for item in model.items if item.sendable]
    model.pick_all(len(model.picked) < len(free))


@command("")
def show_batches(window: Window) -> None:
    """Shows the batches that were published, each with its report."""
    window.show_stage("outbox")
    window.outbox.show_batches()


def _on_report(window: Window) -> str:
    """A report that is looked at."""
    shown = window.stage == "outbox" and window.outbox.view.shows_batches and window.outbox.report
    return "" if shown else say("need-report")


def _on_undoable(window: Window) -> str:
    """The report of a batch that can be taken back."""
    report = window.outbox.report if window.stage == "outbox" else None
    can_undo = report is not None and batches.can_undo(report.batch)
    return _on_report(window) or ("" if can_undo else say("need-undoable"))


@command("Ctrl+Shift+S", _on_report)
def save_report(window: Window) -> None:
    """Writes the report of a batch into a file: text, CSV or JSON, by its name."""
    if (report := window.outbox.report) is not None:
        file = f"{say('report-file', number=report.batch.number)}.txt"
        title, kinds = say("command-save_report"), say("report-kinds")
        chosen, _ = QFileDialog.getSaveFileName(window, title, file, kinds)
        if chosen:
            window.outbox.save_report(Path(chosen))


@command("", _on_report)
def copy_report(window: Window) -> None:
    """Puts the report of a batch on the clipboard."""
    window.outbox.copy_report()


@command("", _on_undoable)
def undo_batch(window: Window) -> None:
    """Takes back what a batch published, after a look at what that would do to each study."""
    report = window.outbox.report
    if report is None:
        return
    number = report.batch.number

    def show(foreseen: Preview) -> None:
        window.foreseen.show_preview(foreseen, lambda _: window.outbox.undo_batch(number))

    window.far.ask(lambda desk: batches.foresee_undo(desk, str(number)), show, subject="undo-batch")


@command("", on_study)
def set_review(window: Window) -> None:
    """Says when the chosen studies are looked at again once they are published."""

    def look_again(on: date | None) -> None:
        decide(window, actions.review_on(on))

    def ask(usual: date | None) -> None:
        further = (Choice(say("review-as-usual"), None),) if usual else ()
        ask_day(window, "ask-review", look_again, usual, *further)

    window.bridge.ask(reviewing.next_review, ask)


def _may_wait(window: Window) -> str:
    """A submission on the desk, or one that waits in the outbox."""
    return in_outbox(window) if window.stage == "outbox" else on_study(window)


@command("", _may_wait)
def set_embargo(window: Window) -> None:
    """Says before which day the chosen studies may not be published."""
    item = window.outbox.current() if window.stage == "outbox" else None

    def hold(until: date | None) -> None:
        action = actions.embargo_until(until)
        if item is None:
            decide(window, action)
        else:
            ids = (item.row.submission,)
            window.bridge.do(lambda desk: actions.carry_out(desk, ids, action))

    ask_day(window, "ask-embargo", hold, None, Choice(say("no-embargo"), None))


@command("", may("renew"))
def reviewed(window: Window) -> None:
    """Says that the chosen published studies are right as they stand: they go out with their next day."""

    def renew(on: date | None) -> None:
        if on is not None:
            in_view(window, partial(reviewing.foresee, on=on), partial(reviewing.renew, on=on))

    def go_on(usual: date | None) -> None:
        if usual is None:
            ask_day(window, "ask-review", renew, None)
        else:
            renew(usual)

    window.bridge.ask(reviewing.next_review, go_on)


@command("F5")
def pull(window: Window) -> None:
    """Brings the desk's copy of the catalogue up to date, and learns from it."""

    def pulled(job: Job) -> None:
        window.tell(say("pulled", n=sum(job.items)))
        learn_again(window.jobs)

    window.jobs.start(say("job-pull"), lambda desk, tell: [publishing.pull(desk, tell)], pulled)
    window.look_at_catalogue()


@command("", on_page)
def withdraw(window: Window) -> None:
    """Takes a published study away from readers, with a reason."""
    shown = window.catalogue.study if window.stage == "catalogue" else None
    submission = window.desk.submission
    target = shown.publication.study if shown else window.desk.chosen()[0]
    title = shown.publication.title if shown else submission.title if submission else target

    def take_away(reason: str, note: str) -> None:
        window.far.do(lambda desk: publishing.withdraw(desk, target, reason, note))

    from ui.views.outbox.withdrawing import WithdrawForm

    WithdrawForm(window, title).chosen.connect(take_away)


@command("")
def export_website(window: Window) -> None:
    """Writes the website of all published studies into a folder."""
    folder = QFileDialog.getExistingDirectory(window, say("command-export_website"))
    if folder:
        export_to(window, Path(folder))


def _open(path: Path) -> None:
    """As the system opens such files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def export_to(window: Window, folder: Path) -> None:
    """Writes the website into `folder` on a job."""
    work = lambda desk, tell: [exporting.export(desk, "website", folder, tell)]  # noqa: E731

    def tell(job: object) -> None:
        for report in getattr(job, "items", ()):
            told = say("exported", written=report.written, unchanged=report.unchanged, folder=folder.name)
            window.bar.notice.tell(told, say("look-at-website"), lambda: _open(folder / "index.html"))

    window.jobs.start(say("job-export"), work, tell)

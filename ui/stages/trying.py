"""Trying a template on what came in, or on files: a job, and what it found; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.jobs import Job, Jobs, Work
from ui.phrases import say
from ui.views.templates.trial import Placement, TrialView
from workbench.desk import Desk
from workbench.progress import Progress
from workbench.template import Template

if TYPE_CHECKING:
    from workbench.desk.templates.trying import FileTrial, Trial


class Trying(QObject):
    """Runs trials one at a time and shows them in `view`. `told(sentence)`."""

    told = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.view = TrialView()
        self._jobs = jobs
        self._job: Job | None = None
        self._title = ""
        jobs.progress.connect(self._progress)
        self.view.stopped.connect(self._cancel)

    def past(self, template: Template, of: str = "") -> None:
        """Reads the submissions of the desk with a template: those under it, or under `of`."""

        def work(desk: Desk, tell: Progress) -> Iterator[Trial]:
            from workbench.desk.templates import trying

            yield trying.dry_run(desk, template, tell, of)

        self._start(say("trial-title", label=template.label), work)

    def files(self, template: Template, paths: Sequence[Path]) -> None:
        """Reads files with a template."""
        chosen = list(paths)

        def work(_: Desk, tell: Progress) -> Iterator[Trial]:
            from workbench.desk.templates import trying

            yield trying.try_files(template, chosen, tell)

        self._start(say("trial-files-title", label=template.label), work)

    def stop(self) -> None:
        """What is under way is of no use any more."""
        if self._job is not None:
            self._cancel()
            self._job = None

    def _start(self, title: str, work: Work) -> None:
        self.stop()
        self._title = title
        self.view.show_running(title, say("trial-beginning"))
        self._job = self._jobs.start(
            say("job-trial"), work, self._ended, changes=False, anew=True, otherwise=self._failed
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.stop.set()

    def _progress(self, job: Job, done: int, total: int, what: str) -> None:
        if job is self._job and total:
            self.view.show_running(self._title, say("trial-under-way", n=total, done=done))

    def _failed(self, _: BaseException) -> bool:
        """Back to the template; the window says why."""
        self._job = None
        self.view.left.emit()
        return False

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        if job.items:
            self._show(job.items[0])
        else:
            self.told.emit(say("trial-stopped"))
            self.view.left.emit()

    def _show(self, trial: Trial) -> None:
        placements = [one for each in trial.files for one in _placements(trial.template, each)]
        of_files = not any(each.submission for each in trial.files)
        empty = "trial-nothing" if trial.tried else "trial-none"
        nothing = (say(f"{empty}-title"), say(empty))
        told = _told_of_files(trial) if of_files and trial.files else _told(trial)
        self.view.show_trial(self._title, told, placements, nothing)


def _told(trial: Trial) -> str:
    """What came of it, in numbers first."""
    parts = [
        say("trial-told", n=trial.tried, same=trial.tried - len(trial.differing), other=len(trial.differing))
    ]
    if trial.without_file:
        parts.append(say("trial-without-file", n=trial.without_file))
    if trial.refused:
        parts.append(say("trial-refused-n", n=len(trial.refused)))
    if trial.stopped:
        parts.append(say("trial-partly", of=trial.of))
    return " ".join(parts)


def _told_of_files(trial: Trial) -> str:
    placed = sum(len(each.answers) for each in trial.files)
    left = sum(each.unplaced_after for each in trial.files)
    return say("trial-files-told", n=trial.tried, placed=placed, left=left)


def _placements(template: Template, each: FileTrial) -> Iterator[Placement]:
    title = each.title or each.file
    if each.error is not None:
        yield Placement(each.submission, title, "refused", each.error.message, "", each.error.message)
    for name, answer in each.answers.items():
        yield Placement("", title, "placed", template.by_id[name].label, "", answer)
    if not each.submission and each.error is None:
        for one in each.fields:
            yield Placement("", title, "left", one.label, "", one.after)
        for field in template.fields:
            if field.id not in each.answers:
                yield Placement("", title, "empty", field.label, "", "")
    for one in each.fields if each.submission else ():
        told = say(f"trial-{one.what}-told", label=one.label, to=_label(template, one.to))
        if one.by_hand:
            told = f"{told} · {say('trial-by-hand-agrees' if one.agrees else 'trial-by-hand-differs')}"
        yield Placement(each.submission, title, one.what, told, one.before, one.after)


def _label(template: Template, name: str) -> str:
    known = template.by_id.get(name)
    return known.label if known is not None else name

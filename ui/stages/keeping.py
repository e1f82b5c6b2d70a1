"""What the window does about keeping: foresees, holds, and runs the rule; looks for a person and forgets them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from ui.bridge import Bridge
from ui.jobs import Job, Jobs
from ui.phrases import say
from ui.views.settings.keeping import Keeping
from ui.views.settings.persons import Persons
from workbench import words
from workbench.desk import Desk
from workbench.desk.keeping import persons, retention
from workbench.errors import WorldError
from workbench.progress import Progress


class KeepingWork(QObject):
    """Asks the desk for both views and does what they want, long work as jobs. `told(sentence)` for a notice."""

    told = Signal(str)

    def __init__(self, bridge: Bridge, jobs: Jobs, keeping: Keeping, people: Persons) -> None:
        super().__init__(keeping)
        self._bridge, self._jobs, self._keeping, self._people = bridge, jobs, keeping, people
        keeping.run.connect(self._run)
        keeping.hold.connect(lambda one, reason: self._hold(lambda desk: retention.hold(desk, [one], reason)))
        keeping.release.connect(lambda one: self._hold(lambda desk: retention.release(desk, [one])))
        people.find.connect(self._find)
        people.export.connect(self._export)
        people.forget.connect(self._forget)

    def ask(self) -> None:
        """Looks what is kept no longer now."""
        self._bridge.ask_later(retention.foresee, self._keeping.show_leaving, subject="keeping")

    def _hold(self, verb: Callable[[Desk], Any]) -> None:
        self._bridge.do(verb, lambda _: self.ask())

    def _run(self) -> None:
        self._jobs.start(say("job-keeping"), lambda desk, tell: retention.run(desk, None, tell), self._ran)

    def _ran(self, job: Job) -> None:
        refused = [each.said for each in job.items if each.refused]
        later = [each.catalogue for each in job.items if each.catalogue]
        done = len(job.items) - len(refused)
        self.told.emit(" ".join((say("keeping-ran", n=done), *refused[:1], *later[:1])))
        self._bridge.changed.emit(retention.changed(job.items))
        self.ask()

    # One person

    def _find(self, terms: tuple[str, ...]) -> None:
        self._start(
            "job-person", lambda desk, tell: persons.find(desk, terms, tell), self._found, changes=False
        )

    def _found(self, job: Job) -> None:
        self._people.show_found(job.items[0])

    def _export(self, terms: tuple[str, ...]) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self._people, say("persons-export"), "person.zip", "ZIP (*.zip)"
        )
        if path:
            self.export_to(terms, Path(path))

    def export_to(self, terms: tuple[str, ...], path: Path) -> None:
        """Writes what is held on them there; whoever chose a file that is there was asked whether it may go."""

        def work(desk: Desk, tell: Progress) -> Path:
            path.unlink(missing_ok=True)
            persons.export(desk, terms, path, tell)
            return path

        self._start("job-person", work, self._exported, changes=False)

    def _exported(self, job: Job) -> None:
        self.told.emit(say("persons-exported", path=job.items[0]))

    def _forget(self, terms: tuple[str, ...]) -> None:
        def work(desk: Desk, _: Progress) -> Iterable[Any]:
            yield persons.forget(desk, terms)
            yield persons.find(desk, terms)

        self._jobs.start(say("job-forget"), work, self._forgot)

    def _forgot(self, job: Job) -> None:
        changed, found = job.items
        self.told.emit(changed.said)
        self._people.show_found(found)
        self._bridge.changed.emit(changed)

    def _start(
        self,
        code: str,
        work: Callable[[Desk, Progress], Any],
        then: Callable[[Job], object],
        *,
        changes: bool,
    ) -> None:
        def once(desk: Desk, tell: Progress) -> Iterator[Any]:
            yield work(desk, tell)

        self._jobs.start(say(code), once, then, changes=changes, otherwise=self._refused)

    def _refused(self, error: BaseException) -> bool:
        """What is asked wrongly is said beside the line."""
        self._people.show_nothing()
        if isinstance(error, WorldError):
            self._people.about.setText(words.explain(error))
        return isinstance(error, WorldError)

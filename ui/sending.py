"""Publishing from the window: what is told to go goes, and where the catalogue is lost it goes on by itself.

While something is held up, or the catalogue out of reach, it is looked for again in growing pauses. A light says how
things stand; nobody is asked anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from ui import problems
from ui.bridge import Bridge
from ui.jobs import Job, Jobs, Work
from ui.lessons import learn_again
from ui.phrases import say
from workbench.desk import Desk
from workbench.desk.catalogue import administration, publishing
from workbench.desk.rows import CatalogueStatus, OutboxRow
from workbench.errors import SurroundingsFailed
from workbench.publication import Outcome

PAUSES = (5, 10, 20, 40, 80, 160, 300)
"""Seconds until the catalogue is looked for again, the last one from then on."""

PASSING = frozenset({"catalogue-unreachable", "catalogue-lost", "catalogue-busy", "catalogue-full"})
"""What passes by itself. Anything else waits until an editor has seen to it and publishes again."""


@dataclass(frozen=True, slots=True)
class Light:
    """How the way to the catalogue stands, in a word, and why where it is not open.

    `held_up` publications were told to go and have no answer yet; `pause` is for how many seconds nothing is tried, 0
    where nothing will be.
    """

    standing: str = ""
    why: str = ""
    held_up: int = 0
    pause: int = 0

    @property
    def open(self) -> bool:
        """Whether the catalogue can be reached."""
        return self.standing in ("connected", "catalogue-here")

    @property
    def word(self) -> str:
        """For the bar."""
        paused = self.standing == "stopped" or (self.standing == "offline" and self.held_up)
        return say("paused" if paused else self.standing) if self.standing else ""

    @property
    def sentence(self) -> str:
        """For the outbox: nothing while all is well."""
        if self.open or not self.standing:
            return ""
        held = say("held-up", n=self.held_up) if self.held_up else ""
        why = self.why if self.standing == "stopped" else say("out-of-reach")
        later = say("tries-again", n=self.pause) if self.pause else ""
        return " ".join(filter(None, (held, why, later)))


class Sending(QObject):
    """Sends, and resumes. `moved(light)` when the light changes, `told(sentence)` when a batch has ended."""

    moved = Signal(object)
    told = Signal(str)

    def __init__(self, far: Bridge, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._far, self._jobs = far, jobs
        self._job: Job | None = None
        self._tries = 0
        self._stopped = False
        self.light = Light()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    def publish(self, ids: Sequence[str]) -> None:
        """Sends these submissions as one batch, with whatever was held up."""
        self._start(lambda desk, tell: publishing.publish(desk, ids, tell))

    def look(self) -> None:
        """Looks whether the catalogue can be reached, without waiting for it."""
        self._far.ask(_standing, self._seen, subject="status")

    def met(self, error: BaseException) -> bool:
        """Takes note that the catalogue could not be asked for something else; whether that passes by itself."""
        if not _passes(error):
            return False
        self._show("offline", problems.sentence(error), self._pause())
        return True

    def count(self, rows: Sequence[OutboxRow]) -> None:
        """Takes note of what was told to go; goes on with it where the way is open."""
        self._turn(replace(self.light, held_up=sum(row.under_way for row in rows)))
        self._go_on()

    def close(self) -> None:
        """Looks no more."""
        self._timer.stop()

    def _go_on(self) -> None:
        free = self._job is None and not self._timer.isActive() and not self._stopped
        if free and self.light.open and self.light.held_up:
            self._start(publishing.resume)

    def _start(self, work: Work) -> None:
        self._stopped = False
        self._timer.stop()
        self._job = self._jobs.start(say("job-publish"), work, self._ended, otherwise=self._broke)

    def _ended(self, job: Job) -> None:
        """What came to nothing, since another program sends it, is looked at again later."""
        self._job = None
        self._stopped = job.cancelled
        if job.items or job.cancelled:
            self._tries = 0
            self.told.emit(summed_up(job.items))
            self.look()
            learn_again(self._jobs)
        else:
            self._pause()

    def _broke(self, error: BaseException) -> bool:
        """A break that passes is waited for; of anything else the editor is told."""
        self._job = None
        passes = _passes(error)
        self._stopped = not passes
        self._show("offline" if passes else "stopped", problems.sentence(error), self._pause())
        return passes

    def _seen(self, found: tuple[CatalogueStatus, bool]) -> None:
        status, own = found
        if not (status.reachable or own):
            self._show("offline", status.reason, self._pause())
            return
        if not self.light.held_up:
            self._tries, self._stopped = 0, False
        if not self._stopped:
            self._show("catalogue-here" if own else "connected", status.address)
        self._go_on()

    def _pause(self) -> int:
        """Looks again after a while, longer each time; gives the seconds, 0 where somebody has to see to it first."""
        if self._stopped:
            return 0
        pause = PAUSES[min(self._tries, len(PAUSES) - 1)]
        self._tries += 1
        self._timer.start(pause * 1000)
        return pause

    def _show(self, standing: str, why: str, pause: int = 0) -> None:
        self._turn(Light(standing, why, self.light.held_up, pause))

    def _turn(self, light: Light) -> None:
        if light != self.light:
            self.light = light
            self.moved.emit(light)


def summed_up(outcomes: list[Outcome]) -> str:
    """What became of a batch, in one sentence."""
    results = [outcome.result for outcome in outcomes]
    parts = [say(f"sent-{result}", n=results.count(result)) for result in dict.fromkeys(results)]
    reasons = [
        outcome.reason for outcome in outcomes if outcome.result in ("failed", "conflict") and outcome.reason
    ]
    return ", ".join(parts) + ("." if parts else "") + (f" {reasons[0]}" if reasons else "")


def _passes(error: BaseException) -> bool:
    return isinstance(error, SurroundingsFailed) and error.code in PASSING


def _standing(desk: Desk) -> tuple[CatalogueStatus, bool]:
    """How the shared database stands, and whether it is the desk's own."""
    return administration.status(desk.catalogue_url, audit=False), not desk.settings.catalogue

"""Long work beside the window: import, publish, pull, export, each on a thread and a desk of its own.

One job runs at a time; the next waits its turn. A job tells its progress, can be cancelled between items, and always
ends: with what it made, with what it had made when it was cancelled, or with what went wrong.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ui.bridge import Opener
from workbench.desk import Desk
from workbench.progress import Cancelled, Progress

Work = Callable[[Desk, Progress], Iterable[Any]]


@dataclass(eq=False)
class Job:
    """One piece of long work. `items` is what it has made so far; `cancelled` and `error` say how it ended.

    `changes` says whether it may change what the window shows. `otherwise` gets the error of a job that failed, and
    says whether it has dealt with it, so that nobody else need tell of it.
    """

    name: str
    work: Work
    then: Callable[[Job], object]
    changes: bool = True
    otherwise: Callable[[BaseException], bool] = lambda _: False
    dealt_with: bool = False
    items: list[Any] = field(default_factory=list[Any])
    cancelled: bool = False
    error: BaseException | None = None
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs(QObject):
    """Runs jobs in turn.

    `started(job)`, `progress(job, done, total, what)`, `finished(job)`: every job that started finishes, and no other
    signal of it follows.
    """

    started = Signal(object)
    progress = Signal(object, int, int, str)
    finished = Signal(object)
    _ended = Signal(object)

    def __init__(self, opener: Opener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._waiting: deque[Job] = deque()
        self._thread: threading.Thread | None = None
        self.current: Job | None = None
        self._ended.connect(self._end)

    def start(
        self,
        name: str,
        work: Work,
        then: Callable[[Job], object],
        *,
        changes: bool = True,
        anew: bool = False,
        otherwise: Callable[[BaseException], bool] = lambda _: False,
    ) -> Job:
        """Queues `work`; `then` gets the job once it has ended without an error. `name` is for the editor.

        `otherwise` gets the error of one that failed, and says whether it has dealt with it.

        With `anew`, a job of the same name that waits is dropped, and one that runs ends before its next item.
        """
        if anew:
            self._waiting = deque(job for job in self._waiting if job.name != name)
            if self.current is not None and self.current.name == name:
                self.cancel()
        job = Job(name, work, then, changes, otherwise)
        self._waiting.append(job)
        self._next()
        return job

    def cancel(self) -> None:
        """Stops the running job before its next item."""
        if self.current is not None:
            self.current.stop.set()

    def close(self) -> None:
        """Cancels everything and waits for the running item to end."""
        self._waiting.clear()
        self.cancel()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _next(self) -> None:
        if self.current is not None or not self._waiting:
            return
        self.current = self._waiting.popleft()
        self.started.emit(self.current)
        self._thread = threading.Thread(
            target=self._run, args=(self.current,), name=self.current.name, daemon=True
        )
        self._thread.start()

    def _run(self, job: Job) -> None:
        def tell(done: int, total: int, what: str) -> None:
            self.progress.emit(job, done, total, what)
            if job.stop.is_set():
                raise Cancelled

        try:
            with self._opener() as desk:
                for item in job.work(desk, tell):
                    job.items.append(item)
                    if job.stop.is_set():
                        raise Cancelled
        except Cancelled:
            job.cancelled = True
        except BaseException as error:
            job.error = error
        self._ended.emit(job)

    @Slot(object)
    def _end(self, job: Job) -> None:
        self.current = None
        job.dealt_with = job.error is not None and job.otherwise(job.error)
        self.finished.emit(job)
        if job.error is None:
            job.then(job)
        self._next()

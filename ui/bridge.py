"""Between the window and the desk: verbs go to one worker thread, results come back as signals.

The worker opens a desk of its own and is the only one to use it, so that the window never waits. A result whose
receiver is gone by the time it arrives is dropped; so is an answer to a question that was asked again meanwhile.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.desk import Desk
from workbench.desk.rows import Changed

T = TypeVar("T")
Verb = Callable[[Desk], T]
Opener = Callable[[], Desk]

ALL = Changed(frozenset({"queue", "submission", "outbox", "catalogue", "settings"}))
"""That anything may have changed, as when another program worked on the same desk."""

_POLL = 2000


@dataclass(frozen=True, slots=True)
class _Errand:
    """A verb on its way to the worker. `subject` and `number` tell whether it was asked again since."""

    verb: Verb[Any]
    then: Callable[[Any], object]
    subject: str
    number: int


@dataclass(frozen=True, slots=True)
class _Return:
    errand: _Errand
    result: Any
    error: BaseException | None = None


class Bridge(QObject):
    """Runs the desk's verbs for the window.

    `changed` tells what a verb changed, or that another program did; `failed` carries what went wrong; `idle` says
    that nothing is under way any more.
    """

    changed = Signal(object)
    failed = Signal(object)
    idle = Signal()
    _returned = Signal(object)

    def __init__(self, opener: Opener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands: SimpleQueue[_Errand | None] = SimpleQueue()
        self._asked: Counter[str] = Counter()
        self._pending = 0
        self._returned.connect(self._receive)
        self._later: deque[_Errand] = deque()
        self._drawn = QTimer(self, singleShot=True, interval=0)
        self._drawn.timeout.connect(self._send_later)
        self._worker = threading.Thread(target=self._work, args=(opener,), name="desk", daemon=True)
        self._worker.start()
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL)
        self._poll.timeout.connect(self._look_elsewhere)
        self._poll.start()

    @property
    def busy(self) -> bool:
        """Whether a verb is under way."""
        return self._pending > 0

    def ask(self, verb: Verb[T], then: Callable[[T], object], *, subject: str = "") -> None:
        """Runs `verb` and calls `then` with what it returned, in the window's thread.

        Of several questions about the same `subject` only the last is answered.
        """
        self._errands.put(self._errand(verb, then, subject))

    def ask_later(self, verb: Verb[T], then: Callable[[T], object], *, subject: str = "") -> None:
        """As `ask`, once the window has drawn what it knows: for what stands beside that."""
        self._later.append(self._errand(verb, then, subject))
        self._drawn.start()

    def do(self, verb: Verb[Changed], then: Callable[[Changed], object] | None = None) -> None:
        """Runs a verb that changes the desk, and tells everybody through `changed` what it changed."""

        def tell(changed: Changed) -> None:
            self.changed.emit(changed)
            if then is not None and _alive(then):
                then(changed)

        self.ask(verb, tell)

    def forget(self, subject: str) -> None:
        """Leaves unanswered what was asked about `subject` so far, as when its answer would be out of date."""
        self._asked[subject] += 1

    def close(self) -> None:
        """Lets the work under way finish, then closes the desk."""
        self._poll.stop()
        self._errands.put(None)
        self._worker.join(timeout=30)

    def _errand(self, verb: Verb[Any], then: Callable[[Any], object], subject: str) -> _Errand:
        self._asked[subject] += 1
        self._pending += 1
        return _Errand(verb, then, subject, self._asked[subject])

    def _send_later(self) -> None:
        while self._later:
            self._errands.put(self._later.popleft())

    def _stale(self, errand: _Errand) -> bool:
        return bool(errand.subject) and errand.number < self._asked[errand.subject]

    def _work(self, opener: Opener) -> None:
        """The desk opens with the first errand, so that one nobody needs yet costs a start nothing."""
        errand = self._errands.get()
        if errand is None:
            return
        try:
            desk = opener()
        except BaseException as error:
            self._refuse_all(error, errand)
            return
        with desk:
            while errand is not None:
                self._returned.emit(self._run(desk, errand))
                errand = self._errands.get()

    def _run(self, desk: Desk, errand: _Errand) -> _Return:
        if self._stale(errand):
            return _Return(errand, None)
        try:
            return _Return(errand, errand.verb(desk))
        except BaseException as error:
            return _Return(errand, None, error)

    def _refuse_all(self, error: BaseException, errand: _Errand | None) -> None:
        """Without a desk every verb fails, visibly, for the reason that the desk did not open."""
        while errand is not None:
            self._returned.emit(_Return(errand, None, error))
            errand = self._errands.get()

    @Slot(object)
    def _receive(self, returned: _Return) -> None:
        self._pending -= 1
        errand = returned.errand
        if returned.error is not None:
            self.failed.emit(returned.error)
        elif not self._stale(errand) and _alive(errand.then):
            errand.then(returned.result)
        if not self._pending:
            self.idle.emit()

    def _look_elsewhere(self) -> None:
        if not self._pending:
            self.ask(lambda desk: desk.changed_elsewhere(), self._tell_elsewhere, subject="elsewhere")

    def _tell_elsewhere(self, changed: bool) -> None:
        if changed:
            self.changed.emit(ALL)


def _alive(then: Callable[..., object]) -> bool:
    """Whether the object whose method `then` is still exists on Qt's side."""
    owner = getattr(then, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)

"""Work aside that needs no desk: a folder looked at, an address tried. The window never waits for it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answer:
    then: Callable[[Any], object]
    otherwise: Callable[[BaseException], object]
    subject: str
    number: int
    result: Any = None
    error: BaseException | None = None


class Aside(QObject):
    """Runs each piece of work on a thread of its own, and tells in the window's thread what came of it.

    `failed(error)` where nobody else deals with what went wrong.
    """

    failed = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: Counter[str] = Counter()
        self._pending = 0
        self._answered.connect(self._receive)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._pending > 0

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[BaseException], object] | None = None,
        *,
        subject: str = "",
    ) -> None:
        """Does `work` and calls `then` with what it gave, or `otherwise` with its error.

        Of several questions about the same `subject` only the last is answered.
        """
        self._asked[subject] += 1
        self._pending += 1
        answer = _Answer(then, otherwise or self.failed.emit, subject, self._asked[subject])
        threading.Thread(target=self._work, args=(work, answer), name="aside", daemon=True).start()

    def forget(self, subject: str) -> None:
        """Leaves unanswered what was asked about `subject` so far."""
        self._asked[subject] += 1

    def _work(self, work: Callable[[], object], answer: _Answer) -> None:
        then, otherwise, subject, number = answer.then, answer.otherwise, answer.subject, answer.number
        try:
            done = _Answer(then, otherwise, subject, number, work())
        except BaseException as error:
            done = _Answer(then, otherwise, subject, number, error=error)
        if shiboken6.isValid(self):
            self._answered.emit(done)

    @Slot(object)
    def _receive(self, answer: _Answer) -> None:
        self._pending -= 1
        if answer.subject and answer.number < self._asked[answer.subject]:
            return
        if answer.error is not None:
            answer.otherwise(answer.error)
        else:
            answer.then(answer.result)

"""A workspace as the doctor is asked about it, and the lines that come of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from workbench import config, words
from workbench.desk.desk import FILE
from workbench.errors import WorldError

Standing = Literal["fine", "look", "broken"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: its name, how it stands, and a sentence that ends with what to do."""

    check: str
    standing: Standing
    message: str


@dataclass(frozen=True)
class Case:
    """What is looked at. `catalogue` goes before the settings; `until` is a moment of the monotonic clock."""

    workspace: Path
    catalogue: str
    now: datetime
    until: float

    @property
    def desk(self) -> Path:
        """The file of the desk, there or not."""
        return self.workspace / FILE

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(self.until - time.monotonic(), 0.1)

    @cached_property
    def settings(self) -> config.Settings | WorldError:
        """The settings, or why there are none."""
        try:
            return config.read(self.workspace)
        except WorldError as error:
            return error


Examination = Callable[[Case], Iterator[Line]]


def fine(check: str, code: str, **params: Any) -> Line:
    """All is as it should be."""
    return Line(check, "fine", words.say("doctor", code, **params))


def look(check: str, code: str, **params: Any) -> Line:
    """One can work, and yet somebody should look at it."""
    return Line(check, "look", words.say("doctor", code, **params))


def broken(check: str, code: str, **params: Any) -> Line:
    """One cannot work, or not with all of it."""
    return Line(check, "broken", words.say("doctor", code, **params))


def told(check: str, error: WorldError, standing: Standing = "broken") -> Line:
    """What an error of the world says."""
    return Line(check, standing, words.explain(error))

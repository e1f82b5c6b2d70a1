"""A problem, or a notice that faded, as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """`outcome` is its kind in a word, `command` one that helps, or ""; `details` are for a report."""

    at: datetime
    outcome: str
    sentence: str
    details: str = ""
    command: str = ""
    new: bool = False

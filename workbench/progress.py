"""How long work tells of itself without knowing who watches."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called as `progress(done, total, what)` between items. It may raise `Cancelled` to stop the work there."""


class Cancelled(Exception):
    """Raised out of a progress call: stop before the next item; what was finished stays finished."""


def silent(done: int, total: int, what: str) -> None:
    """A progress that nobody watches."""

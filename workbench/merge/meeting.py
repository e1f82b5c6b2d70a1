"""Three states of one place, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

State = Literal["same", "mine", "theirs", "alike", "merged", "conflict"]
"""Nobody changed it; one side alone did; both did the same; both did and it can be joined; or it cannot."""

T = TypeVar("T")
Join = Callable[[T, T, T], T | None]


@dataclass(frozen=True, slots=True)
class Meeting(Generic[T]):
    """One place as work began from it (None where nobody knows), as it stands here, and as it stands there.

    `merged` is what comes of it without a choice; None where somebody has to choose.
    """

    base: T | None
    mine: T
    theirs: T
    merged: T | None

    @property
    def state(self) -> State:
        """Who changed it, and whether that can be joined."""
        if self.mine == self.theirs:
            return "same" if self.base == self.mine else "alike"
        if self.merged is None:
            return "conflict"
        if self.base == self.theirs:
            return "mine"
        return "theirs" if self.base == self.mine else "merged"


def meet(base: T | None, mine: T, theirs: T, join: Join[T] | None = None) -> Meeting[T]:
    """The three states with what comes of them; `join` says what two different changes make together, if anything.

    Where `base` is not known, whatever differs has to be chosen.
    """
    return Meeting(base, mine, theirs, _merged(base, mine, theirs, join))


def _merged(base: T | None, mine: T, theirs: T, join: Join[T] | None) -> T | None:
    if mine == theirs:
        return mine
    if base is None:
        return None
    if theirs == base:
        return mine
    if mine == base:
        return theirs
    return join(base, mine, theirs) if join else None


def members(base: tuple[T, ...], mine: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
    """A set with what either side put in and without what either took out, in the order of mine, then theirs."""
    kept = (each for each in mine if each in theirs or each not in base)
    come = (each for each in theirs if each not in mine and each not in base)
    return (*kept, *come)

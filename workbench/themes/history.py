"""What was done to the vocabulary, what a change would do, and terms that editors asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workbench.submission import Term
from workbench.themes.changes import Change
from workbench.themes.soundness import Difference
from workbench.themes.vocabulary import Theme

ProposalState = Literal["proposed", "accepted", "declined", "replaced"]


@dataclass(frozen=True, slots=True)
class Touched:
    """A study that a change touches: its terms before and after.

    `republished` where it was published again since the change that is taken back.
    """

    study: str
    title: str
    version: int
    withdrawn: bool
    before: tuple[Term, ...]
    after: tuple[Term, ...]
    republished: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change of the vocabulary would do, and on which number of the vocabulary that was worked out.

    `studies` are those whose terms change; `kept` those that a change being taken back touched, and that were
    published again since: they stay as they were published. `carrying` says how many studies are filed under it.
    """

    number: int
    change: Change
    differences: tuple[Difference, ...]
    studies: tuple[Touched, ...]
    kept: tuple[Touched, ...] = ()
    carrying: int = 0
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """A change that was made: its number, and how many studies it touched."""

    number: int
    studies: int


@dataclass(frozen=True, slots=True)
class VocabularyChange:
    """A change that was made, when and by whom: the terms before and after, and which one took it back."""

    number: int
    at: datetime
    who: str
    change: Change
    differences: tuple[Difference, ...]
    studies: int
    reason: str
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class TermProposal:
    """A term that an editor asked for, and what an administrator decided.

    `became` is the slug under which it is there now: its own, another's where that replaces it, "" for neither.
    """

    id: str
    theme: Theme
    reason: str
    proposed_by: str
    proposed_at: datetime
    state: ProposalState = "proposed"
    decided_by: str = ""
    decided_at: datetime | None = None
    why: str = ""
    became: str = ""

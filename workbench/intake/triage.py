"""Has this been here before? A duplicate, a revision of a study on the desk, or new.

Conservative both ways: a new study is never swallowed by an older one that merely resembles it, and a revision is
known even when its title or its identity was lost on the way. The verdict carries what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from workbench.intake.headings import clean, normalise
from workbench.intake.placing import Placed
from workbench.word.document import SUBMISSION_PROPERTY, WordDocument

SAME_TITLE = 90.0
KIN_TITLE = 60.0
SAME_TEXT = 0.6
SOME_TEXT = 0.15
FOREIGN_TEXT = 0.08
_SHORT_LIST = 12
_WORD = re.compile(r"\w+")
_COMMON = re.compile(
    r"council|borough|county|city|district|metropolitan|london|royal|unitary|authority|the|of|and"
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of a file that arrives. `claim` is the submission or study it says it belongs to."""

    sha256: str
    title: str = ""
    council: str = ""
    text: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submission that is here already, by its desk id, its study's UUID and the SHA-256 of its files."""

    submission: str
    study: str = ""
    title: str = ""
    council: str = ""
    files: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a newcomer was taken for, of which submission, how surely (0 to 1), and because of what."""

    taken_for: Literal["new", "duplicate", "revision"]
    of: str | None = None
    score: float = 1.0
    because: tuple[str, ...] = ()


def newcomer(document: WordDocument, placed: Placed, sha256: str) -> Newcomer:
    """A file as triage sees it, from what was read and placed."""
    told = {name: value.text for name, value in placed.fields.items()}
    rest = [told[name] for name in told if name not in ("title", "council", "contact")]
    text = "\n".join((*rest, *(passage.text for passage in placed.unplaced)))
    claim = document.properties.custom.get(SUBMISSION_PROPERTY, "")
    return Newcomer(sha256, told.get("title", ""), told.get("council", ""), text, claim)


def triage(arrived: Newcomer, candidates: Iterable[Candidate], text_of: Callable[[str], str]) -> Verdict:
    """What `arrived` is, seen beside the submissions that are here.

    `text_of` gives the answers of a submission as one text; it is asked for the likeliest dozen only.
    """
    known = tuple(candidates)
    for candidate in known:
        if arrived.sha256 in candidate.files:
            return Verdict("duplicate", candidate.submission, 1.0, ("sha256",))
    claimed = [one for one in known if arrived.claim and arrived.claim in (one.submission, one.study)]
    verdicts = [_claimed(arrived, one, text_of(one.submission)) for one in claimed]
    verdicts += [_compared(arrived, one, likeness, text_of) for one, likeness in _short_list(arrived, known)]
    return max(
        verdicts, key=lambda verdict: (verdict.taken_for == "revision", verdict.score), default=Verdict("new")
    )


def _claimed(arrived: Newcomer, candidate: Candidate, text: str) -> Verdict:
    """A file that names its submission is a revision of it, unless it was reused to tell another story."""
    shared = overlap(arrived.text, text)
    likeness = title_likeness(arrived.title, candidate.title)
    if arrived.title and candidate.title and likeness < KIN_TITLE and shared < FOREIGN_TEXT:
        return Verdict("new", None, 0.0, ("claim", "other-title", "other-text"))
    return Verdict("revision", candidate.submission, 1.0, ("claim",))


def _short_list(arrived: Newcomer, known: Iterable[Candidate]) -> list[tuple[Candidate, float]]:
    """The candidates whose title or council is like the newcomer's, the likeliest first."""
    near = [
        (one, likeness)
        for one in known
        if (likeness := title_likeness(arrived.title, one.title)) >= KIN_TITLE
        or (one.council and same_council(arrived.council, one.council))
    ]
    return sorted(near, key=lambda entry: -entry[1])[:_SHORT_LIST]


def _compared(arrived: Newcomer, one: Candidate, likeness: float, text_of: Callable[[str], str]) -> Verdict:
    if arrived.council and one.council and not same_council(arrived.council, one.council):
        return Verdict("new", None, 0.0, ("other-council",))
    shared = overlap(arrived.text, text_of(one.submission))
    because = (f"title {likeness:.0f}", f"text {shared:.2f}")
    telling = likeness >= SAME_TITLE and _numbers(arrived.title) == _numbers(one.title)
    same = (
        (telling and shared >= SOME_TEXT) or (likeness >= KIN_TITLE and shared >= SAME_TEXT) or shared >= 0.8
    )
    if same:
        return Verdict("revision", one.submission, min(0.99, 0.5 * shared + likeness / 200), because)
    return Verdict("new", None, 0.0, because)


def title_likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100, whatever the order of their words."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(normalise(one), normalise(other)) if one and other else 0.0


def same_council(one: str, other: str) -> bool:
    """Whether two council fields name the same council, with or without "Council" and the like."""
    return bool(one and other) and _place(one) == _place(other)


def _place(council: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(clean(council)) if not _COMMON.fullmatch(word))


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's word triples that the other text has too, 0 to 1."""
    triples, others = _triples(one), _triples(other)
    smaller = min(len(triples), len(others))
    return len(triples & others) / smaller if smaller else 0.0


@lru_cache(maxsize=2)  # the newcomer's are compared with those of every candidate
def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _numbers(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", title))

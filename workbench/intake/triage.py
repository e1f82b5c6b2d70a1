"""Has this been here before? A duplicate, a revision, an update of what is published, or new.

Conservative both ways: a new study is never swallowed by an older one that merely resembles it, and a revision is
known even when its title or its identity was lost on the way. The verdict says in words what it rests on; where that
does not make it certain, somebody has to be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbench import words
from workbench.intake.likeness import (
    Rows,
    councils_alike,
    counts_alike,
    rows,
    same_council,
    shared,
    title_likeness,
)
from workbench.intake.placing import Placed
from workbench.word.document import SUBMISSION_PROPERTY, WordDocument

SAME_TITLE = 90.0
KIN_TITLE = 60.0
FEW = 25
"""Rows of words below which a text tells little of a study."""

FOREIGN_TEXT = 0.1
"""The share of words below which, under another title, a file is likelier new, whatever it carries."""

CLOSE = 0.1
"""How much more than another study a file must have in common with its own to be certain of it."""

LITTLE = 0.03
"""The share of words below which two studies under different titles have nothing to do with each other."""

FAR = 0.5
"""How many more words it shares with its own than with another study where the other one's title tells nothing."""

_SHORT_LIST = 12

TakenFor = Literal["new", "duplicate", "revision", "update"]
_Judgement = Literal["revision", "doubt", "new"]


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
    """A study that is here already: its id on the desk, "" for one that is published and not on the desk; its UUID;
    the SHA-256 of its files. It is not `near` where a look for the words of the file did not find it."""

    submission: str
    study: str = ""
    title: str = ""
    council: str = ""
    files: tuple[str, ...] = ()
    near: bool = True

    @property
    def key(self) -> str:
        """What it is asked for by: its id on the desk, else its UUID."""
        return self.submission or self.study


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a newcomer was taken for, of which submission or study, how surely (0 to 1), and because of what.

    Where it is not `certain`, `of` names the study that it may belong to, though it was taken for new. `second` says
    that it is new though its council has other studies here.
    """

    taken_for: TakenFor
    of: str | None = None
    score: float = 1.0
    because: tuple[str, ...] = ()
    certain: bool = True
    second: bool = False


@dataclass(frozen=True, slots=True)
class _Likeness:
    """A newcomer held against one study. `text` is the share of words in a row that both have and other studies have
    not; `size` how many there are to be shared."""

    candidate: Candidate
    claimed: bool
    title: float
    titled: bool
    counts_alike: bool
    council: Literal["same", "part", "other", "unknown"]
    text: float
    size: int

    @property
    def score(self) -> float:
        """How alike they are, 0 to 1."""
        return min(0.99, 0.7 * self.text + 0.3 * self.title / 100 * self.counts_alike)


def newcomer(document: WordDocument, placed: Placed, sha256: str) -> Newcomer:
    """A file as triage sees it, from what was read and placed."""
    told = {name: value.text for name, value in placed.fields.items()}
    rest = [told[name] for name in told if name not in ("title", "council", "contact")]
    text = "\n".join((*rest, *(passage.text for passage in placed.unplaced)))
    claim = document.properties.custom.get(SUBMISSION_PROPERTY, "")
    return Newcomer(sha256, told.get("title", ""), told.get("council", ""), text, claim)


def triage(arrived: Newcomer, candidates: Iterable[Candidate], text_of: Callable[[str], str]) -> Verdict:
    """What `arrived` is, seen beside the studies that are here.

    `text_of` gives the answers of a study as one text, by its `key`; it is asked for the likeliest dozen only.
    """
    known = tuple(candidates)
    for candidate in known:
        if arrived.sha256 in candidate.files:
            return Verdict("duplicate", candidate.key, 1.0, (words.say("arrivals", "same-bytes"),))
    near = _likenesses(arrived, _short_list(arrived, known), text_of)
    verdict = _judged(near)
    siblings = sum(same_council(arrived.council, one.council) for one in known)
    if verdict.taken_for == "new" and siblings:
        told = words.say("arrivals", "second", n=siblings)
        return replace(verdict, because=(*verdict.because, told), second=True)
    return verdict


def _judged(near: Sequence[_Likeness]) -> Verdict:
    judged = [(one, _judgement(one)) for one in near]
    ours = sorted((one for one, said in judged if said == "revision"), key=_rank)
    doubtful = sorted((one for one, said in judged if said == "doubt"), key=_rank)
    if ours:
        first = ours[0]
        certain = not any(_rivals(first, other) for other in (*ours[1:], *doubtful))
        return _belongs(first, certain=certain)
    if doubtful:
        return _belongs(doubtful[0], certain=False)
    nearest = min(near, key=_rank, default=None)
    return Verdict("new", None, 0.0, _because(nearest) if nearest else ())


def _rank(one: _Likeness) -> tuple[bool, float]:
    return not one.claimed, -one.score


def _rivals(first: _Likeness, other: _Likeness) -> bool:
    """Whether the other study might as well be meant."""
    if first.claimed or other.claimed:
        return other.claimed or other.text > first.text + 0.3
    if first.text > 0.9 > other.text or first.text > other.text + FAR:
        return False
    return other.score > first.score - CLOSE


def _belongs(one: _Likeness, *, certain: bool) -> Verdict:
    taken_for: TakenFor = "revision" if one.candidate.submission else "update"
    if not certain and one.text < FOREIGN_TEXT and one.title < KIN_TITLE:
        taken_for = "new"
    score = 1.0 if one.claimed and certain else one.score
    return Verdict(taken_for, one.candidate.key, score, _because(one), certain)


# One by one


def _judgement(one: _Likeness) -> _Judgement:
    if one.size < FEW:
        return _short(one)
    if one.council == "other":
        return _elsewhere(one)
    if one.council == "part" and not one.claimed:
        return _of_several(one)
    if not one.counts_alike:
        return _counted_otherwise(one)
    return _with_its_mark(one) if one.claimed else _by_its_looks(one)


def _short(one: _Likeness) -> _Judgement:
    """Of a text of a few words the title tells most."""
    same_title = one.title >= SAME_TITLE and one.counts_alike
    if one.council == "other":
        return _elsewhere(one)
    if same_title and (one.claimed or (one.text >= 0.3 and one.council == "same")):
        return "revision"
    if one.claimed or same_title:
        return "doubt"
    return "doubt" if one.text >= 0.8 and one.size >= 8 else "new"


def _elsewhere(one: _Likeness) -> _Judgement:
    """Two councils send the same words of what they did together: those are two studies."""
    return "doubt" if one.claimed and (one.title >= KIN_TITLE or one.text >= 0.1) else "new"


def _of_several(one: _Likeness) -> _Judgement:
    """What several councils sent together, and one of them alone: the same again, or a study of its own."""
    return _doubtful(one.text >= (0.35 if one.title >= KIN_TITLE else 0.5))


def _counted_otherwise(one: _Likeness) -> _Judgement:
    """Another year or phase in the title: last year's words used again, or this year's put right."""
    if one.claimed:
        return "revision" if one.text >= 0.9 else _doubtful(one.text >= 0.05 or one.title >= KIN_TITLE)
    if one.text >= 0.9 and one.title < KIN_TITLE and one.council == "same":
        return "revision"
    return _doubtful(one.text >= (0.4 if one.title >= KIN_TITLE else 0.5))


def _with_its_mark(one: _Likeness) -> _Judgement:
    """It names the study: it belongs there, unless the file was used again for another story."""
    wanted = 0.05 if one.title >= SAME_TITLE else 0.3 if one.title >= KIN_TITLE else 0.45
    return (
        "revision"
        if one.text >= wanted
        else _doubtful(one.text >= 0.06 or one.title >= KIN_TITLE or not one.titled)
    )


def _by_its_looks(one: _Likeness) -> _Judgement:
    """It names no study: its title and its words have to tell."""
    sure, maybe = _wanted(one)
    return "revision" if one.text >= sure else _doubtful(one.text >= maybe)


def _wanted(one: _Likeness) -> tuple[float, float]:
    """How much of the text has to be the same to be sure, and to ask."""
    if one.title >= SAME_TITLE:
        return (0.25, 0.0) if one.council == "same" else (0.4, 0.08)
    if one.title >= KIN_TITLE:
        return 0.5 if one.council == "same" else 0.6, 0.3
    return 0.65, 0.35 if one.council == "same" else 0.4


def _doubtful(doubt: bool) -> _Judgement:
    return "doubt" if doubt else "new"


def _because(one: _Likeness) -> tuple[str, ...]:
    """What a verdict rests on, in sentences."""
    candidate = one.candidate
    told = {"title": f"“{candidate.title}”" if candidate.title else candidate.key, "of": candidate.key}
    said = [words.say("arrivals", "mark", **told)] if one.claimed else []
    said.append(_of_titles(one, told))
    if one.council != "unknown":
        said.append(words.say("arrivals", f"council-{one.council}", council=candidate.council))
    said.append(words.say("arrivals", "text", n=round(100 * one.text)))
    return tuple(filter(None, said))


def _of_titles(one: _Likeness, told: dict[str, str]) -> str:
    if not one.titled:
        return words.say("arrivals", "title-missing", **told)
    if not one.counts_alike and one.title >= KIN_TITLE:
        return words.say("arrivals", "title-counts", **told)
    if one.title >= 99.5:
        return words.say("arrivals", "title-same", **told)
    code = "title-near" if one.title >= KIN_TITLE else "title-other"
    return words.say("arrivals", code, n=round(one.title), **told)


# Held against each


def _short_list(arrived: Newcomer, known: Sequence[Candidate]) -> list[Candidate]:
    """The likeliest candidates: those it names, those found by words, by title, those of its council before
    others."""
    alike = {one: title_likeness(arrived.title, one.title) for one in known}

    def rank(one: Candidate) -> tuple[bool, bool, bool, float]:
        elsewhere = not same_council(arrived.council, one.council)
        return not _claims(arrived, one), not one.near, elsewhere, -alike[one]

    near = sorted(known, key=rank)
    by_title = sorted(known, key=lambda one: -alike[one])
    half = _SHORT_LIST // 2
    if not any(_claims(arrived, one) or one.near or alike[one] >= KIN_TITLE for one in known):
        return near[:1]
    return list(dict.fromkeys((*near[:half], *by_title[:half], *known)))[:_SHORT_LIST]


def _claims(arrived: Newcomer, one: Candidate) -> bool:
    return bool(arrived.claim) and arrived.claim in (one.submission, one.study)


def _likenesses(
    arrived: Newcomer, near: Sequence[Candidate], text_of: Callable[[str], str]
) -> list[_Likeness]:
    """The newcomer beside each; what several unlike studies say counts for none of them."""
    own = rows(arrived.text)
    said = [rows(text_of(one.key)) for one in near]
    usual = [
        _usual(at, near, said) if _worth(arrived, one, shared(own, said[at])) else frozenset[int]()
        for at, one in enumerate(near)
    ]
    return [_likeness(arrived, own, one, said[at], usual[at]) for at, one in enumerate(near)]


def _worth(arrived: Newcomer, one: Candidate, in_common: float) -> bool:
    """Whether to look closer: with next to no word in common and another title it is another study, whatever else."""
    return (
        in_common >= LITTLE or _claims(arrived, one) or title_likeness(arrived.title, one.title) >= KIN_TITLE
    )


def _usual(at: int, near: Sequence[Candidate], said: Sequence[Rows]) -> Rows:
    """What a study says that unlike ones say too: words of the form, or of a leaflet.

    Studies with a like title may be the same one, so that their words count, unless the titles count another year.
    """
    unlike = (n for n, one in enumerate(near) if _unlike(one.title, near[at].title))
    return frozenset[int]().union(*(said[at] & said[n] for n in unlike))


def _unlike(one: str, other: str) -> bool:
    return title_likeness(one, other) < KIN_TITLE or not counts_alike(one, other)


def _likeness(arrived: Newcomer, own: Rows, one: Candidate, said: Rows, usual: Rows) -> _Likeness:
    telling, mine = said - usual, own - usual
    title = title_likeness(arrived.title, one.title)
    return _Likeness(
        candidate=one,
        claimed=_claims(arrived, one),
        title=title,
        titled=bool(arrived.title and one.title),
        counts_alike=counts_alike(arrived.title, one.title, kin=title >= KIN_TITLE),
        council=councils_alike(arrived.council, one.council),
        text=shared(mine, telling),
        size=min(len(mine), len(telling)),
    )

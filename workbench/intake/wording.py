"""What the words of a form's label say besides its name: limits, that it must be answered, its number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_N = r"(\d[\d,]{0,6})"
_WORDS = r"\s*(?:-\s*)?words?\b"
_RANGE = re.compile(rf"(?:between\s+)?{_N}\s*(?:-|–|—|to|and)\s*{_N}{_WORDS}", re.IGNORECASE)
_MOST = re.compile(
    r"(?:(?:up to|max(?:imum)?(?: of)?|no more than|not more than|at most|fewer than|less than|under|within"
    r"|limit(?:ed)?(?: to| of)?|word (?:limit|count)(?: of| is)?|not exceed(?:ing)?|not be longer than|keep to)"
    rf"(?:\s*[:=.–-])?\s*(?:a maximum of\s+)?{_N}(?:{_WORDS})?"
    rf"|{_N}{_WORDS}\s*,?\s*(?:max(?:imum)?|limit|or (?:fewer|less)|at most))",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"(?:at least|min(?:imum)?(?: of)?|no (?:fewer|less) than|not less than)\s*:?\s*{_N}(?:{_WORDS})?"
    rf"|{_N}{_WORDS}\s*(?:min(?:imum)?|or more|at least)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^\W*{_N}{_WORDS}\W*$", re.IGNORECASE)
_ABOUT = re.compile(rf"(?:about|around|approx(?:imately)?\.?|roughly|circa)\s*{_N}{_WORDS}", re.IGNORECASE)
_CHARACTERS = re.compile(r"\d[\d,]*\s*(?:characters|letters)\b", re.IGNORECASE)
_SPEAKS_OF_WORDS = re.compile(r"\bwords?\b", re.IGNORECASE)

_REQUIRED = re.compile(
    r"\*|†|\b(?:required|mandatory|compulsory|must be (?:completed|answered|filled in)|gofynnol|gorfodol)\b",
    re.IGNORECASE,
)
_NOT_REQUIRED = re.compile(
    r"\b(?:not (?:required|mandatory)|optional|dewisol"
    r"|if (?:any|applicable|known|relevant)|where (?:applicable|relevant))\b",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"(?:\*|asterisk).{0,60}\b(?:required|mandatory|must|compulsory)\b|\b(?:required|mandatory|compulsory)\b.{0,60}(?:\*|asterisk)",
    re.IGNORECASE,
)
_ALL_REQUIRED = re.compile(
    r"\b(?:all|every|each)\b.{0,30}\b(?:fields?|questions?|sections?|boxes|parts?)\b.{0,30}\b(?:required|mandatory|compulsory"
    r"|must be (?:completed|answered|filled))",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])\s*([*†:.?]*)\s*$")
_TAIL = re.compile(
    rf"\s*(?:[,;:.\-–—]|\s)\s*(?:(?:please\s+)?(?:use|write|in)?\s*(?:{_MOST.pattern}|{_RANGE.pattern}|{_ABOUT.pattern}"
    rf"|{_LEAST.pattern}|{_N}{_WORDS})|\boptional|\brequired|\bmandatory)\s*[.):*]*\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"""^[\s\W]*?(?:
        (?:question|q)\s*\.?\s*\d+(?:\.\d+)*[a-z]?\s*[.):\-–—]*\s+
        |\d+(?:\.\d+)+[a-z]?\s+
        |\(?\d+(?:\.\d+)*[a-z]?\s*[.):]\s*
        |\(?[a-z]\s*[.)]\s+
        |\(?[ivx]+\s*[.)]\s+
        |\d{1,2}\s+(?=[A-Z])
        |[a-z]\d{1,2}(?:\.\d+)*\s*(?:[.):]\s*|\s[\-–—]\s*|\s+(?=[A-Z]))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = " \t\u00a0:;*†_.…-–—"


@dataclass(frozen=True, slots=True)
class Wording:
    """A label taken apart: its name, what stood in brackets or behind it, whether it says it must be answered."""

    name: str
    asides: tuple[str, ...] = ()
    required: bool | None = None
    """None where the label does not say."""


def taken_apart(text: str) -> Wording:
    """The label `text` without its number, limits, and marks of what must be answered."""
    said = " ".join(text.split())
    said = _NUMBER.sub("", said, count=1) if not _NUMBER.fullmatch(said) else said
    asides: list[str] = []
    required = True if said.startswith(("*", "†")) else None
    while (found := _ASIDE.search(said)) and _is_aside(inner := (found[1] or found[2] or "").strip()):
        asides.insert(0, inner)
        said = said[: found.start()] + found[3]
    if (tail := _TAIL.search(said)) and tail.start() > 1:
        asides.append(said[tail.start() :].strip(_ENDS + "()"))
        said = said[: tail.start()]
    marked = [*asides, said[-3:]] if _REQUIRED.search(said[-3:]) else asides
    if any(_NOT_REQUIRED.search(aside) for aside in asides):
        required = False
    elif any(_REQUIRED.search(mark) for mark in marked):
        required = True
    return Wording(_bare(said) or _bare(text), tuple(filter(None, asides)), required)


def _bare(said: str) -> str:
    bare = said.strip(_ENDS)
    return f"{bare[:-1].rstrip()}?" if bare.endswith("?") else bare


def _is_aside(inner: str) -> bool:
    """Whether what stands in brackets says how to answer, not what is asked: "max 250 words", not "capital"."""
    says = _SPEAKS_OF_WORDS.search(inner) or _REQUIRED.search(inner) or _NOT_REQUIRED.search(inner)
    return bool(says or _CHARACTERS.search(inner)) or len(inner.split()) > 4


def limits(texts: Iterable[str]) -> tuple[int | None, int | None]:
    """The fewest and the most words that the label and what explains it allow; None where they say nothing."""
    least: int | None = None
    most: int | None = None
    for text in texts:
        if not _SPEAKS_OF_WORDS.search(text):
            continue
        if found := _RANGE.search(text):
            low, high = sorted((_number(found[1]), _number(found[2])))
            least, most = least if least is not None else low, most if most is not None else high
            continue
        if most is None and (found := _MOST.search(text) or _ALONE.search(text)):
            most = _number(next(filter(None, found.groups())))
        if least is None and (found := _LEAST.search(text)):
            least = _number(next(filter(None, found.groups())))
    if least is not None and most is not None and least > most:
        return None, None
    return least or None, most or None


def unkept_limit(text: str) -> str:
    """The words of a limit that a template cannot hold: about so many words, so many characters; else ""."""
    found = _ABOUT.search(text) or _CHARACTERS.search(text)
    return found[0] if found else ""


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))


def is_limit(text: str) -> bool:
    """Whether a line says how long an answer may be, and is no answer itself: "Max. 200 words", "Word limit: 50"."""
    return len(text) < 300 and limits([text]) != (None, None)


def says_stars_are_required(text: str) -> bool:
    """Whether a line explains that an asterisk marks what must be answered."""
    return bool(_LEGEND.search(text))


def says_all_required(text: str) -> bool:
    """Whether a line says that every question must be answered."""
    return bool(_ALL_REQUIRED.search(text)) and not _LEGEND.search(text)

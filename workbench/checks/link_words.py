"""A link that does not say where it goes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from workbench.checks.answer import Answer, Span
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"”)\]]+[^\s<>\"”)\].,;:!?]", re.IGNORECASE)
_CLICK = re.compile(r"\b(?:click|tap)\s+(?:on\s+)?(?:here|this\s+link|the\s+link|below)\b", re.IGNORECASE)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each link of empty words, and each bare address."""
    told: set[int] = set()
    for start, end in _linked(answer):
        words = " ".join(answer.text[start:end].split()).strip(" .:>\u00bb").lower()
        if words in rule["empty"] or _says_nothing(words, rule["fillers"]):
            told.add(start)
            yield rule.at(answer, start, end, t=answer.text[start:end].strip())
    if not any(sign in answer.lower for sign in ("http", "www.", "click", "tap ")):
        return
    for found in (*_BARE.finditer(answer.text), *_CLICK.finditer(answer.text)):
        covered = any(found.start() <= start < found.end() for start in told)
        if not covered and not _is_told(answer, found):
            yield rule.at(answer, *found.span(), t=found[0])


def _says_nothing(words: str, fillers: Collection[str]) -> bool:
    """Whether a few words of no meaning are all there is."""
    apart = words.split()
    return 0 < len(apart) <= 5 and all(word in fillers for word in apart)


def _linked(answer: Answer) -> Iterator[Span]:
    at = 0
    for words, _ in answer.links:
        start = answer.text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield start, at


def _is_told(answer: Answer, found: re.Match[str]) -> bool:
    """In a list of links an address may follow its title; in a contact it stands by itself."""
    if answer.field.kind == "contact":
        return True
    if answer.field.kind != "links":
        return False
    line = answer.text.rfind("\n", 0, found.start()) + 1
    end = answer.text.find("\n", found.end())
    rest = answer.text[line : found.start()] + answer.text[found.end() : end if end >= 0 else None]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) >= 2

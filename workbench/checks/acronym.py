"""An acronym that nobody has explained yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from workbench.checks.answer import Span, prepared
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_ACRONYM = re.compile(
    r"(?<![\w&@./£-])(?<![A-Z]\d\d\s)([A-Z]{2,6}|[A-Z]{1,2}o[A-Z]{1,2})(?:s|['’]s)?(?![\w&@-]|[./]\w|\s\d{3})"
)
_CAPITALS = re.compile(r"[A-Z]o?[A-Z]")
_EXPLAINED = re.compile(
    r"\(\s*(?:the\s+|or\s+|known\s+as\s+|hereafter\s+)?[\"“‘']?([A-Z][A-Za-z&]{1,6}?)s?[\"”’']?\s*\)"
)
_SPELT = re.compile(r"\b([A-Z]{2,6}|[A-Z]{1,2}o[A-Z]{1,2})s?\s*\(\s*[A-Za-z][\w’'-]*(?:\s+[\w’'&-]+)+\s*\)")


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for the first use in the body of each acronym that is not spelt out by then."""
    title = manuscript.answers.get("title")
    known = set(manuscript.rules.sets["acronyms"]) | set(_ACRONYM.findall(title.text if title else ""))
    for answer in manuscript.answers.values():
        if answer.is_prose and _CAPITALS.search(answer.text):
            explained = _explained(answer.text)
            for acronym, span, beside in _uses(answer.text):
                if acronym.upper() not in known:
                    known.add(acronym.upper())
                    if not beside and explained.get(acronym.upper(), len(answer.text)) > span[0]:
                        yield rule.at(answer, *span, X=acronym)
            known |= explained.keys()


@lru_cache(maxsize=512)
def _explained(text: str) -> Mapping[str, int]:
    """Each acronym that a text spells out, and where."""
    found = (*_EXPLAINED.finditer(text), *_SPELT.finditer(text))
    return {one[1].upper(): one.start() for one in found}


@lru_cache(maxsize=512)
def _uses(text: str) -> tuple[tuple[str, Span, bool], ...]:
    """Each acronym of a text that is its own words', where it stands, and whether it is spelt out beside it."""
    return tuple(
        (found[1], found.span(1), _is_spelt_beside(text, found))
        for found in _ACRONYM.finditer(text)
        if set(found[1]) != {"X"}
        and not _NAMED.match(text, found.end())
        and not _is_shouted(text, found)
        and not prepared(text).in_quotation(found.start())
    )


def _is_spelt_beside(text: str, found: re.Match[str]) -> bool:
    """Whether words before or after begin with the acronym's letters: "Better Care Fund, BCF"."""
    before = _initials(text[max(0, found.start() - 80) : found.start()])
    after = _initials(text[found.end() : found.end() + 120])
    letters = found[1].replace("o", "")
    return before.endswith(letters) or letters in after


def _initials(text: str) -> str:
    words = re.findall(r"[A-Za-z]+", text)
    return "".join(word[0] for word in words if word.lower() not in _SMALL).upper()


def _is_shouted(text: str, found: re.Match[str]) -> bool:
    """Whether the word stands among words all in capitals, where it need be no acronym."""
    beside = re.findall(r"[A-Za-z]{2,}", text[max(0, found.start() - 25) : found.start()])[-1:]
    beside += re.findall(r"[A-Za-z]{2,}", text[found.end() : found.end() + 25])[:1]
    return any(word.isupper() and len(word) > 3 for word in beside)


_NAMED = re.compile(r"\s+(?:[A-Z]\w+\s+){0,3}(?:Awards?|Conference|Ltd|Limited|plc|Prize)\b")
_SMALL = frozenset({"and", "of", "the", "for", "in", "to", "a"})

"""An acronym that nobody has explained yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
        if not answer.is_prose or not _CAPITALS.search(answer.text):
            continue
        explained = {found[1].upper(): found.start() for found in _EXPLAINED.finditer(answer.text)}
        explained |= {found[1].upper(): found.start() for found in _SPELT.finditer(answer.text)}
        for found in _ACRONYM.finditer(answer.text):
            acronym = found[1]
            if (
                acronym.upper() in known
                or set(acronym) == {"X"}
                or _NAMED.match(answer.text, found.end())
                or answer.in_quotation(found.start())
                or _is_shouted(answer.text, found)
            ):
                continue
            known.add(acronym.upper())
            if explained.get(acronym.upper(), len(answer.text)) > found.start() and not _is_spelt_beside(
                answer.text, found
            ):
                yield rule.at(answer, *found.span(1), X=acronym)
        known |= explained.keys()


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

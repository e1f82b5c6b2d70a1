"""A summary that begins with the word of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_WORDS = (
    r"(?:(?:executive|project|study|case\s+study|short|brief)\s+)?summary|background|overview|introduction|context|about|"
    r"synopsis|abstract|teaser|in\s+brief|at\s+a\s+glance"
)
_OPENING = re.compile(
    rf"""\s*(?:
        (?:the\s+)?(?:{_WORDS}|challenges?|solutions?|issue|problem|impact|approach|lessons(?:\ learn(?:ed|t))?)\s*
            (?P<mark>[:\u2013\u2014]|-\s|\.\s|\n|$)\s*
      | (?:{_WORDS})\s*(?=[A-Z£0-9“"‘])
      | the\s+(?:challenge|solution|issue|problem|impact|approach)\s*(?=[A-Z£0-9“"‘])
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where a heading stands at the beginning, or all by itself; the fix takes it away."""
    found = _OPENING.match(answer.text) if answer.id == "summary" else None
    if found is None or not (found["mark"] or _goes_on_as_new(answer.text, found.end())):
        return
    rest = answer.text[found.end() :]
    yield rule.at(answer, 0, found.end(), put="" if rest else None)


def _goes_on_as_new(text: str, at: int) -> bool:
    """A heading is followed by a sentence of its own, which begins with a capital."""
    return at >= len(text) or not text[at].islower()

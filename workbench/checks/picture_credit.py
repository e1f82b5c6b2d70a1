"""A picture nobody is known to own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_CREDIT = re.compile(
    r"©|\(c\)\s|\bcopyright\b|\bcourtesy\s+of\b|\blicen[cs]ed?\b|\b(?:photo(?:graph)?|picture|image|"
    r"illustration|drawing|map|chart|credit)s?\s*(?:credit)?\s*(?::|by\b)|\bcredits?\b",
    re.IGNORECASE,
)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each picture without a credit of its own or one in the words around it."""
    for n, picture in enumerate(manuscript.submission.pictures, 1):
        field = manuscript.picture_field(picture.sha256)
        if not picture.credit and picture.alt != "" and not _is_credited(manuscript, field):
            yield rule.of(field, picture.name, n=n)


def _is_credited(manuscript: Manuscript, field: str | None) -> bool:
    """Whether the words around the picture, or all words where it stands in no field, tell whose it is."""
    if field is not None:
        return _credits(manuscript.answers[field].text)
    texts = (manuscript.public_text, *(one.text for one in manuscript.submission.unplaced))
    return any(map(_credits, texts))


@lru_cache(maxsize=512)
def _credits(text: str) -> bool:
    return _CREDIT.search(text) is not None

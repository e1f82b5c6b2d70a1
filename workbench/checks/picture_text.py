"""Words or figures that only a picture holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.richtext import Table
from workbench.submission import Finding

_WORDS = re.compile(
    r"\b(?:chart|graph|infographic|pie\s+chart|bar\s+chart|poster|leaflet|screen\s?(?:shot|grab)|brochure|diagram|slide|letter|notice|map\s+key|timeline|word\s+cloud|flyer|(?:time)?table|schedule|menu|certificate|banner|spreadsheet|dashboard|calendar|questionnaire|newspaper|flow\s*chart)\b",
    re.IGNORECASE,
)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each picture described as a chart or a page of words, where no table stands in the field."""
    for n, picture in enumerate(manuscript.submission.pictures, 1):
        field = manuscript.picture_field(picture.sha256)
        blocks = manuscript.answers[field].value.content if field else ()
        if _WORDS.search(picture.alt or "") and not any(isinstance(block, Table) for block in blocks):
            yield rule.of(field, picture.alt or "", n=n)

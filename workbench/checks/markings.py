"""Hidden text, and markings that say the file is not for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_MARKING = re.compile(
    r"\b(?:(?i:not\s+for\s+(?:publication|circulation|wider\s+circulation|public\s+release|onward\s+distribution))"
    r"|OFFICIAL[\s:\u2013-]{1,3}SENSITIVE|(?i:official[\s-]sensitive)|PROTECT(?:ED)?(?=\s*$|\s*[-:])|RESTRICTED"
    r"|(?:STRICTLY\s+)?(?:PRIVATE\s+AND\s+)?CONFIDENTIAL|COMMERCIAL\s+IN\s+CONFIDENCE|"
    r"(?i:commercial[\s-]in[\s-]confidence)"
    r"|(?:FIRST\s+|FINAL\s+)?DRAFT(?:\s+(?:v|V)?\d[\d.]*)?|(?i:exempt\s+information)|EMBARGOED)\b",
    re.MULTILINE,
)
_ALONE = re.compile(
    r"^\s*(?:first |final )?(?:draft|confidential|restricted)(?:\s+v?\d[\d.]*)?\s*$", re.I | re.MULTILINE
)


_HINTS = frozenset(
    {
        "draft",
        "confidential",
        "confidence",
        "restricted",
        "official",
        "official-sensitive",
        "sensitive",
        "embargoed",
        "protect",
    }
    | {"protected", "exempt"}
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for markings in an answer."""
    if answer.terms.isdisjoint(_HINTS) and "not for " not in answer.lower:
        return
    for pattern in (_MARKING, _ALONE):
        for found in pattern.finditer(answer.text):
            if pattern is _MARKING or not _MARKING.search(found[0]):
                yield rule.at(answer, *found.span(), m=found[0].strip())


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for hidden text, and for markings in headers, footers, watermarks and what is not placed."""
    hidden = [text for text in manuscript.notes("hidden") if text.strip()]
    if hidden:
        yield rule.of(None, " ".join(hidden[0].split()[:12]), case="hidden", n=len(hidden))
    yield from _in_margins(manuscript, rule)


def _in_margins(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    told: set[str] = set()
    for text in (*manuscript.notes(*rule["kinds"]), *(one.text for one in manuscript.submission.unplaced)):
        for found in (*_MARKING.finditer(text), *_ALONE.finditer(text)):
            marking = found[0].strip()
            if marking.lower() not in told:
                told.add(marking.lower())
                yield rule.of(None, marking, m=marking)

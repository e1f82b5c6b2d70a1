"""Hidden text, and markings that say the file is not for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_MARKING = re.compile(
    r"\b(?:(?i:not\s+for\s+(?:(?:onward|wider|public|general|external|further)\s+)*"
    r"(?:publication|circulation|release|distribution|sharing|disclosure))"
    r"|(?i:(?:for\s+)?internal\s+use\s+only|for\s+official\s+use\s+only|strictly\s+(?:private|confidential)|"
    r"private\s+(?:and|&)\s+confidential|"
    r"this\s+(?:document|file|paper|report|study|version|page)\s+is\s+(?:strictly\s+)?(?:restricted|confidential|private|a\s+draft)|"
    r"this\s+is\s+(?:an?\s+)?(?:\w+\s+)?(?:draft|confidential)(?!\s+(?:plan|budget|survey|service|space|room|line))|"
    r"draft\s+for\s+(?:comment|approval|review|discussion|consultation)|"
    r"(?:do|must|should)\s+not\s+(?:be\s+)?(?:circulated?|distributed?|forward(?:ed)?|shared?)"
    r"(?=\s+(?:this|the\s+(?:document|file|study)|outside|beyond|externally|further|without)\b|\s*[.!\n]|\s*$))"
    r"|OFFICIAL[\s:\u2013-]{1,3}SENSITIVE|(?i:official[\s-]sensitive)|PROTECT(?:ED)?(?=\s*$|\s*[-:])|RESTRICTED"
    r"|(?:STRICTLY\s+)?(?:PRIVATE\s+AND\s+)?CONFIDENTIAL|COMMERCIAL\s+IN\s+CONFIDENCE|"
    r"(?i:commercial[\s-]in[\s-]confidence)"
    r"|(?:FIRST\s+|FINAL\s+)?DRAFT(?:\s+(?:v|V)?\d[\d.]*)?|(?i:exempt\s+information)|EMBARGOED)\b"
    r"|(?i:[(\[](?:(?:first|final|second)\s+)?draft(?:\s+v?[\d.]+)?[)\]])",
    re.MULTILINE,
)
_IN_MARGIN = re.compile(
    r"\b(?:drafts?|confidential|restricted|embargo(?:ed)?|private|in\s+confidence|secret|sensitive|internal|not\s+(?:to\s+be|for)|official[\s:\u2013-]{1,3}sensitive)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^\s*(?:first |final )?(?:draft|confidential|restricted)(?:\s+v?\d[\d.]*)?\s*$", re.I | re.MULTILINE
)


_HINTS = frozenset(
    {
        "draft",
        "confidential",
        "confidence",
        "strictly",
        "private",
        "internal",
        "circulate",
        "circulated",
        "distribute",
        "distributed",
        "share",
        "shared",
        "forward",
        "forwarded",
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
    hints = [*(answer.terms & _HINTS), "not for "]
    for start, end in answer.sentences_with(hints):
        for pattern in (_MARKING, _ALONE):
            for found in pattern.finditer(answer.text, start, end):
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
    margins = [(text, (_MARKING, _ALONE, _IN_MARGIN)) for text in manuscript.notes(*rule["kinds"])]
    unplaced = [(one.text, (_MARKING, _ALONE)) for one in manuscript.submission.unplaced]
    for text, patterns in (*margins, *unplaced):
        for found in (found for pattern in patterns for found in pattern.finditer(text)):
            marking = found[0].strip()
            if not any(marking.lower() in earlier for earlier in told):
                told.add(marking.lower())
                yield rule.of(None, marking, m=marking)

"""A figure without a source, a date or a method."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_SCALE = r"(?:\s?(?:k|m|bn|million|billion|thousand)\b)?"
_FIGURE = re.compile(
    rf"£\s?\d[\d,]*(?:\.\d+)?{_SCALE}|(?<![\w.,])\d[\d,]*(?:\.\d+)?\s?(?:%|per\s+cent\b|percentage\s+points?)|"
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+\b|(?<![\w.,])[1-9]\d{2,}\b(?!\s*(?:words|pages))",
    re.IGNORECASE,
)
_BACKED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|"
    r"\b(?:survey|surveyed|respondents|replied|audit|audited|evaluat\w+|according\s+to|records?|"
    r"recorded|data|figures\s+(?:from|come)|source|"
    r"measured|measure|monitor\w*|counted|counts?|compared|comparison|baseline|sample|analys\w+|"
    r"stud(?:y|ies)|report(?:ed|s)?|returns|census|statistics|"
    r"dashboard|system\s+shows|estimate[ds]?|calculated|reckon\w*|asked|interview\w*|feedback|"
    r"questionnaire|independent|university|Ofsted|"
    r"since|year|years|months?|quarter|annual(?:ly)?|so\s+far|to\s+date|budget|invoice\w*|meters?|"
    r"register|ledger|database|trial|pilot\s+group|control\s+group|"
    r"before\s+and\s+after|first\s+week|weeks?)\b",
    re.IGNORECASE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for the first bare figure of each paragraph where nothing nearby says where it comes from."""
    if answer.id not in rule["fields"] or _GENERAL.search(answer.text):
        return
    sentences = answer.sentences
    last = -2
    for n, (start, end) in enumerate(sentences):
        found = _FIGURE.search(answer.text, start, end)
        first = _introduced(answer, max(n - 1, 0))
        beside = answer.text[sentences[first][0] : sentences[min(n + 1, len(sentences) - 1)][1]]
        if found and n > last + 1 and not answer.in_table(start) and not _BACKED.search(beside):
            last = n
            yield rule.at(answer, *found.span(), n=found[0])


def _introduced(answer: Answer, n: int) -> int:
    """The sentence that introduces a list, from any of its entries."""
    while n and answer.text[answer.sentences[n][1] - 1] not in ".:!?":
        n -= 1
    return n


_GENERAL = re.compile(
    r"\b(?:(?:the\s+|these\s+|all\s+|our\s+)?figures?\s+(?:come|comes|are|is|were|cover|below|here)|"
    r"source:|sources:)",
    re.IGNORECASE,
)

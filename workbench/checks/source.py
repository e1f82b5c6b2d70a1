"""A figure without a source, a date or a method."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer, Span
from workbench.checks.figures import figures
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_SHARE = re.compile(
    r"\b(?:an?|one|two|three|nearly|almost|over)[\s-](?:halves|half|thirds?|quarters?|fifths?|tenths?)\b(?!\s+(?:past|an\s+hour|time))|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:two|three|four|five|six|eight|ten|\d+)\b|"
    r"\b(?:doubled|halved|trebled|tripled|quadrupled)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"\s?(?:tonnes|tons|kg|kilograms|kWh|MWh)\b", re.IGNORECASE)
"""What is weighed or metered, of which little is a claim too."""
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


_ANAPHORIC = re.compile(
    r"(?:of\s+(?:these|those|them|the\s+rest)|(?:(?:it|they)\s+(?:also\s+)?(?:found|show\w*|count\w*|asked|cover\w*|record\w*)|this|these|those|both|most|others?|another|a\s+further|the\s+(?:same|rest|others?|"
    r"survey|audit|count|records?|figures?|report|evaluation|data|study|results?))\b)|[^.]*\b(?:of\s+(?:them|these|those)|the\s+same|respondents|also|said|told|replied|answered|felt|"
    r"agreed)\b",
    re.IGNORECASE,
)
"""How a sentence begins or goes on that rests on the one before it."""


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for the first bare figure of each sentence that neither says nor shows where it comes from."""
    if answer.id not in rule["fields"] or _GENERAL.search(answer.text):
        return
    last = -2
    for n, (start, end) in enumerate(answer.sentences):
        found = _figure(answer, start, end, rule["least"])
        aside = answer.in_table(start) or (found and answer.in_quotation(found[0]))
        if found and n > last + 1 and not aside and not _is_backed(answer, n):
            last = n
            yield rule.at(answer, *found, n=answer.text[slice(*found)])


def _figure(answer: Answer, start: int, end: int, least: int) -> Span | None:
    """Where the first figure of a sentence stands: a share, a sum, or a count that is not small."""
    spans = [
        (one.start, one.end)
        for one in figures(answer.text)
        if start <= one.start < end
        and (one.kind != "count" or one.value >= least or _MEASURED.match(answer.text, one.end))
    ]
    shared = _SHARE.search(answer.text, start, end)
    return min([*spans, *([shared.span()] if shared else [])], default=None)


def _is_backed(answer: Answer, n: int) -> bool:
    """Whether a sentence names a source, a date or a method, or rests on a neighbour that does."""
    text, sentences = answer.text, answer.sentences
    own = text[slice(*sentences[n])]
    after = text[slice(*sentences[n + 1])] if n + 1 < len(sentences) else ""
    if _BACKED.search(own) or (_ANAPHORIC.match(after) and _BACKED.search(after)):
        return True
    first = _introduced(answer, max(n - 1, 0))
    listed = n > 0 and not {own[-1:], text[sentences[n - 1][1] - 1]} <= set(".!?")
    rests = listed or _ANAPHORIC.match(own) is not None
    return rests and _BACKED.search(text[sentences[first][0] : sentences[n][0]]) is not None


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

"""A saving without its period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_MONEY = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|bn|million|billion|thousand))?", re.IGNORECASE)
_SAVING = re.compile(
    r"\b(?:sav(?:ed|es?|ings?)|cost\s+reductions?|cost\s+avoidance|efficienc(?:y|ies)|avoided|income\s+of|released?|cheaper|"
    r"(?:spend\w*|spent|pa(?:id|ys?|ying))\s+(?:[\w’'£,.-]+\s+){0,3}less|"
    r"freed\s+up|better\s+off|costs?\s+came\s+down|surplus|(?:cuts?|cutting|reduc\w+|lower\w*|trimm\w+)\s+(?:[\w’'-]+\s+){0,3}(?:costs?|spend\w*|bills?|budgets?)|"
    r"(?:costs?|spend\w*|bills?)\s+(?:[\w’'-]+\s+){0,3}(?:fell|fallen|dropped|reduced|cut|down|lower)|"
    r"generat(?:es?|ed)|earn(?:s|ed))\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?:a|per|each|every|one|the\s+(?:first|next|last|same|whole|past))\s+(?:full\s+)?(?:year|"
    r"month|week|quarter|day|household|person|case|visit|head|resident|home|pupil|borrower)s?\b|"
    r"annual(?:ly)?\b|per\s+annum\b|p\.?a\.?\b|"
    r"yearly\b|monthly\b|weekly\b|in\s+(?:total|all)\b|(?:over|within|during|for|"
    r"in)\s+(?:the\s+)?(?:(?:first|next|last|past)\s+)?(?:\w+\s+)?(?:year|month|week|quarter)s?\b|"
    r"(?:19|20)\d\d\b|"
    r"one[- ]off\b|recurring\b|to\s+date\b|so\s+far\b|lifetime\b|cumulative\b|total\b|"
    r"on\s+average\b|years?\b|each\b|that\s+(?:year|month)\b)",
    re.IGNORECASE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each sum saved or earned in a sentence that names no period."""
    if answer.id not in rule["fields"]:
        return
    for start, end in answer.sentences:
        sentence = answer.text[start:end]
        money = _MONEY.search(sentence)
        if money and _SAVING.search(sentence) and not _PERIOD.search(sentence) and not answer.in_table(start):
            yield rule.at(answer, start + money.start(), start + money.end(), n=money[0])

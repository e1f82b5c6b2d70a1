"""A percentage that does not follow from its counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_PERCENT = r"(?P<percent{n}>\d+(?:\.\d+)?)(?P<unit{n}>\s?(?:%|per\s+cent|percent))"
_COUNTS = r"(?P<part{n}>\d[\d,]*)\s+(?:out\s+)?of\s+(?:the\s+|all\s+|our\s+|its\s+)?(?P<whole{n}>\d[\d,]*)"
_BETWEEN = (
    r"(?:\s+[\w’'-]+){0,5}\s*(?:\(|,\s*(?:or\s+|which\s+is\s+|that\s+is\s+)?|\s+or\s+|\s*[\u2013\u2014-]\s*)"
    r"\s*(?:about\s+|around\s+|nearly\s+)?"
)
_SUM = re.compile(
    _COUNTS.format(n=1)
    + _BETWEEN
    + _PERCENT.format(n=1)
    + "|"
    + _PERCENT.format(n=2)
    + r"(?:\s+[\w’'-]+){0,4}\s*(?:\(|,\s*(?:or\s+)?)\s*"
    + _COUNTS.format(n=2)
    + r"|(?<=[Oo]f\ )(?P<whole3>\d[\d,]*)\s+[^.\n]{0,50}?,\s+(?P<part3>\d[\d,]*)"
    + r"(?:\s+[\w’'-]+){0,3}\s*(?:\(|,\s*(?:or\s+)?)\s*"
    + _PERCENT.format(n=3),
    re.IGNORECASE,
)


_CHANGE = re.compile(
    r"(?P<from>\d[\d,]*(?:\.\d+)?)(?:\s+[^\d.\n]{0,40}?)?(?:\s+in\s+\d{4})?\s+to\s+(?P<to>\d[\d,]*(?:\.\d+)?)(?![\d%]|\s*per\s+cent)[^.\n]{0,60}?"
    r"\b(?:rise|increase|growth|fall|drop|decrease|reduction|cut)\s+of\s+(?:about\s+|around\s+|nearly\s+|almost\s+|over\s+)?"
    r"(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per\s+cent|percent)",
    re.IGNORECASE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each share whose percentage is off by more than rounding; the fix puts the right one."""
    for start, end in answer.sentences_with(("%", "per cent", "percent")):
        yield from _shares(answer, start, end, rule)
        yield from _changes(answer, start, end, rule)


def _shares(answer: Answer, first: int, last: int, rule: Rule) -> Iterator[Finding]:
    for found in _SUM.finditer(answer.text, first, last):
        n = next(number for number in "123" if found["percent" + number])
        part, whole = (float(found[name + n].replace(",", "")) for name in ("part", "whole"))
        said = float(found["percent" + n])
        if not 0 < part <= whole:
            continue
        decimals = len(found["percent" + n].partition(".")[2])
        right = round(100 * part / whole, decimals)
        if abs(100 * part / whole - said) > rule["slack"] * 10**-decimals:
            shown = f"{right:.{decimals}f}"
            start, end = found.span("percent" + n)
            words = {"a": found["part" + n], "b": found["whole" + n], "p": shown, "q": found["percent" + n]}
            yield rule.at(answer, start, end, put=shown, **words)


def _changes(answer: Answer, first: int, last: int, rule: Rule) -> Iterator[Finding]:
    """A rise or fall between two counts whose percentage is another than the one given."""
    for found in _CHANGE.finditer(answer.text, first, last):
        old, new = (float(found[name].replace(",", "")) for name in ("from", "to"))
        decimals = len(found["percent"].partition(".")[2])
        right = abs(new - old) / old * 100 if old else 0.0
        if (
            old
            and not answer.near(found.start(), 4).endswith("in ")
            and abs(right - float(found["percent"])) > _ROUGH * rule["slack"] * 10**-decimals
        ):
            shown = f"{right:.{decimals}f}"
            words = {"a": found["from"], "b": found["to"], "p": shown, "q": found["percent"]}
            yield rule.at(answer, *found.span("percent"), case="change", put=shown, **words)


_ROUGH = 2

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


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each share whose percentage is off by more than rounding; the fix puts the right one."""
    if "of " not in answer.lower or not ("%" in answer.text or "per" in answer.lower):
        return
    for found in answer.at_numbers(_SUM):
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

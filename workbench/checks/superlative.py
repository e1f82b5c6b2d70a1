"""A claim to be first, best or only that nothing supports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_CLAIM = re.compile(
    r"""\baward[- ]winning\b | \b(?:world|nation|sector|market|country|industry)[- ](?:class|leading
          |beating)\b | \bground-?breaking\b
    | \b(?:the\s+)?(?:UK|country|nation|world|region|county|England|Britain|Europe|Scotland|Wales
          |London|North|South)['’]s\s+(?:\w+\s+)?(?:first|only|best|largest|biggest|leading|most\s+\w+
          |greenest|fastest)\b
    | \b(?:first|only|best|largest|biggest|leading)\s+(?:of\s+its\s+kind|(?:\w+\s+){0,3}(?:in
          |of)\s+(?:the\s+)?(?:UK|country|nation|world|region|England|Britain|Europe|Scotland|Wales))\b
    | \bthe\s+(?:first|only|best|leading)\s+(?:ever\s+)?(?:council|local\s+authority|authority|borough
          |district|county|city)\b(?!\s+(?:council\s+)?(?:meeting|election|house|hall|centre))
    | \b(?:the\s+)?most\s+(?:successful|innovative|advanced|ambitious|effective|efficient)\b
          | \b(?:the\s+)?best\s+(?:in\s+class|practice\s+in\s+the|ever|possible\s+results)\b
    | \bunrivalled\b | \bunparalleled\b | \bunprecedented\b | \bsecond\s+to\s+none\b
          | \bcutting[- ]edge\b | \bpioneering\b | \btrailblazing\b | \bhighly\s+acclaimed\b""",
    re.IGNORECASE | re.VERBOSE,
)
_EVIDENCE = re.compile(
    r"\b(?:named|ranked|rated|judged|shortlisted|according\s+to|won\s+(?:the|an?)|winner\s+of|awarded|"
    r"prize|survey|evaluation|Ofsted|inspect\w+|league\s+table|Awards?\s+20\d\d|"
    r"20\d\d\s+\w+\s+Awards?)\b"
)


_HINTS = (
    *(
        "award",
        "-class",
        " class",
        "leading",
        "-beating",
        " beating",
        "breaking",
        "first",
        "only",
        "best",
        "largest",
    ),
    *(
        "biggest",
        "most",
        "greenest",
        "fastest",
        "rivalled",
        "paralleled",
        "precedented",
        "second to",
        "edge",
        "pioneer",
    ),
    *("trailblaz", "acclaimed"),
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each claim in a sentence that offers no evidence."""
    if answer.id not in rule["fields"]:
        return
    for start, end in answer.sentences:
        if any(hint in answer.lower[start:end] for hint in _HINTS):
            yield from _claims(answer, start, end, rule)


def _claims(answer: Answer, start: int, end: int, rule: Rule) -> Iterator[Finding]:
    for found in _CLAIM.finditer(answer.text, start, end):
        rest = answer.text[start : found.start()] + answer.text[found.end() : end]
        if not _EVIDENCE.search(rest) and not answer.in_quotation(found.start()):
            yield rule.at(answer, *found.span(), claim=found[0])

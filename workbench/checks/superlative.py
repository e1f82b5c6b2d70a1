"""A claim to be first, best or only that nothing supports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_CLAIM = re.compile(
    r"""\b(?:award[- ]winning\b | (?:world|nation|sector|market|country|industry)[- ](?:class|leading
          |beating)\b | ground-?breaking\b
    | (?:the\s+)?(?:UK|country|nation|world|region|county|England|Britain|Europe|Scotland|Wales
          |London|North|South)['’]s\s+(?:\w+\s+)?(?:first|only|best|largest|biggest|leading|most\s+\w+
          |greenest|fastest)\b
    | (?:first|only|best|largest|biggest|leading)\s+(?:(?:\w+\s+){0,3}of\s+its\s+kind|(?:\w+\s+){0,5}(?:in
          |of)\s+(?:the\s+)?(?:UK|country|nation|world|region|England|Britain|Europe|Scotland|Wales))\b
    | the\s+(?:first|only|best|leading)\s+(?:ever\s+)?(?:council|local\s+authority|authority|borough
          |district|county|city)\b(?!\s+(?:council\s+)?(?:meeting|election|house|hall|centre))
    | (?:the\s+)?most\s+(?:successful|innovative|advanced|ambitious|effective|efficient)\b
          | (?:the\s+)?best\s+(?:in\s+class|practice\s+in\s+the|ever|possible\s+results)\b
    | (?:first|only|best|largest|biggest|leading|greenest|fastest|finest|(?:most|least)\s+\w+)\s+
          (?!(?:year|week|month|day|time|phase|stage|step|half|quarter|term|session)s?\b)(?:[\w’'-]+\s+){0,4}in\s+
          (?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)(?-i:[A-Z])\w+
    | no\s+other\s+(?:council|authority|borough|district|county|town|city|place|area|service)\b | unique(?:ly)?\b
    | lead(?:s|ing)?\s+the\s+(?:way|field|country|world|nation)\b | world[- ]first\b
    | first\s+time\s+(?:that\s+)?(?:any|an?\s+council|in\s+the\s+(?:UK|country))\b | state[- ]of[- ]the[- ]art\b
    | outstanding\b(?!\s+(?:debts?|balance|amount|work|repairs|payments?|cases|issues?|by\b))
    | best\s+practice\b | (?:national|world|global|regional|sector|market)\s+leaders?\b
    | a\s+(?:\w+\s+)?first\s+for\b
    | exemplars?\b
    | (?:nobody|no[- ]one|none)\s+else\s+(?:in|has|does|did)\b
    | revolutionary\b | unmatched\b | unbeatable\b | gold[- ]standard\b | second\s+largest\b
    | unrivalled\b | unparalleled\b | unprecedented\b | second\s+to\s+none\b
          | cutting[- ]edge\b | pioneering\b | trailblazing\b | highly\s+acclaimed\b)""",
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
        "most ",
        "most\n",
        "most\u00a0",
        "greenest",
        "fastest",
        "rivalled",
        "paralleled",
        "precedented",
        "second to",
        "cutting",
        "pioneer",
    ),
    *(
        "trailblaz",
        "acclaimed",
        "no other",
        "unique",
        "lead",
        "outstanding",
        "world",
        "exemplar",
        "nobody",
        "else",
        "state-of",
        "state of",
        "revolution",
    ),
    *("matched", "beatable", "gold", "finest"),
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each claim in a sentence that offers no evidence."""
    if answer.id not in rule["fields"]:
        return
    for start, end in answer.sentences_with(_HINTS):
        yield from _claims(answer, start, end, rule)


def _claims(answer: Answer, start: int, end: int, rule: Rule) -> Iterator[Finding]:
    for found in _CLAIM.finditer(answer.text, start, end):
        rest = answer.text[start : found.start()] + answer.text[found.end() : end]
        if not _EVIDENCE.search(rest) and not answer.in_quotation(found.start()):
            yield rule.at(answer, *found.span(), claim=found[0])

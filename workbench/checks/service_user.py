"""Somebody named who seems to use a service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.persons import CARE, CHANGED, Person
from workbench.checks.rules import Rule
from workbench.submission import Finding

_CALLED = re.compile(
    rf"\b{CARE}s?,?\s+(?:called\s+|named\s+|like\s+|such\s+as\s+|including\s+)?$|"
    rf"\b(?:call(?:ed)?\s+(?:her|him)|we\s+helped|case\s+study:)\s+$",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"^(?:['’]s)?,?\s*(?:who\s+)?(?:is|was)?\s*(?:an?|one\s+of(?:\s+\w+)?|the)?\s+(?:[\w’'-]+\s+){{0,4}}?{CARE}s?\b",
    re.I,
)
_AGED = re.compile(
    r"^(?:,\s*|\s*\((?:aged?\s+)?|,?\s+(?:who\s+is\s+|is\s+|was\s+)?aged?\s+)(\d{2,3})(?=[,.)\s]|$)(?!\s*(?:per|%|people|homes))"
)
_OLD = re.compile(r"(\d{2,3})-year-old\s+(?:[\w-]+\s+){0,3}$")

_PLIGHT = re.compile(
    r"^,?\s*(?:who\s+)?(?:is|was|had|has|became|lives?|lived|cares?|cared|lost|suffers?|suffered|struggled|needed|moved|"
    r"came|slept|spent|fled|fell|uses?|used|attends?|attended|receives?|received|gets?|relies|relied|waits?|waited|claims?|claimed|stays?|stayed|could|couldn[’']t|says|said)\b(?:(?!\bthat\b)[^.,;]){0,60}?\b(?:homeless\w*|evict\w*|sheltered|hostel|benefits|"
    r"debts?|food\s?bank|universal\s+credit|wheelchair|lonel\w+|isolated|dementia|addict\w+|refuge|refugee|migrant|asylum|rough|"
    r"unemployed|out\s+of\s+work|redundan\w+|domestic|abus\w+|anxi\w+|depress\w+|for\s+(?:her|his|their)\s+(?:husband|wife|"
    r"mother|father|son|daughter|partner|parents?)|afford|care\s+home|disab\w+|blind|deaf|sight|falls|hospital|(?:home|day|respite|residential|nursing|social)\s+care|carers?|meals\s+on\s+wheels|"
    r"supported\s+living|temporary\s+accommodation|housing\s+benefit|waiting\s+list|food\s+parcels?|rehab\w*|treatment|counselling|stroke|widow\w*)\b",
    re.IGNORECASE,
)

BEYOND = True
"""That names were changed, or consent recorded, may be said in another answer."""


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each adult named beside words of care, unless consent or a changed name is recorded."""
    if not answer.is_prose:
        return
    for person in manuscript.people(answer):
        if _is_service_user(person) and not CHANGED.search(manuscript.public_text):
            yield rule.at(answer, person.start, person.end, name=person.name)


def _is_service_user(person: Person) -> bool:
    age = _AGED.match(person.after) or _OLD.search(person.before)
    if age:
        return 18 <= int(age[1]) <= 115
    return bool(_CALLED.search(person.before) or _IS.match(person.after) or _PLIGHT.match(person.after))

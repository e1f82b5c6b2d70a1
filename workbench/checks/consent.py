"""A person's details without consent to publish them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.personal_mailbox import PERSONAL
from workbench.checks.rules import Rule
from workbench.submission import Finding

_CONSENT = re.compile(
    r"consent|permission|agree|happy\s+(?:to\s+be|for)|may\s+be\s+published|can\s+be\s+published|"
    r"publish(?:ed|able)?\s*[:?]?\s*yes|ok\s+to\s+publish",
    re.I,
)
_REFUSED = re.compile(
    r"(?:consent|permission|publish|published|agree)\w*[^.\n]{0,40}?(?:[:?]\s*no\b|\bnot\s+given|"
    r"\bwithheld|\brefused)|(?:no|not|without|do\s+not)\s+(?:\w+\s+){0,2}(?:consent|permission|"
    r"publish|agree)",
    re.I,
)
_TEAM = re.compile(
    r"\b(?:team|service|services|unit|department|office|desk|centre|council|borough|county|mailbox|enquiries)\b",
    re.I,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where a person can be reached and nothing says that they agreed."""
    if answer.field.kind != "contact" or not answer.text.strip():
        return
    agreed = _CONSENT.search(answer.text) and not _REFUSED.search(answer.text)
    if not agreed and (person := _person(answer.text, manuscript)):
        start = answer.text.index(person)
        yield rule.at(answer, start, start + len(person), name=person)


def _person(text: str, manuscript: Manuscript) -> str | None:
    """A name or a personal mailbox; None where only a team can be reached."""
    names = manuscript.rules.sets["given_names"]
    titled = re.search(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?", text
    )
    if titled:
        return titled[0]
    for found in re.finditer(r"\b([A-Z][a-zé]+)\s+(?:[A-Z]\.?\s+)?[A-Z][\w'’-]+", text):
        if found[1] in names and not _TEAM.search(found[0]):
            return found[0]
    labelled = re.search(r"\bName:?\s*([A-Z][\w'’-]+\s+[A-Z][\w'’-]+)", text)
    if labelled and not _TEAM.search(labelled[1]):
        return labelled[1]
    mailbox = PERSONAL.search(text)
    return mailbox[0] if mailbox and mailbox["given"].title() in names else None

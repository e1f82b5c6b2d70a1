"""A person's details without consent to publish them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.contacts import person
from workbench.checks.manuscript import Manuscript
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


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where a person can be reached and nothing says that they agreed."""
    if answer.field.kind != "contact" or not answer.text.strip():
        return
    agreed = _CONSENT.search(answer.text) and not _REFUSED.search(answer.text)
    names = manuscript.rules.sets["given_names"]
    if not agreed and (name := person(answer.text, names, manuscript.context.register)):
        start = answer.text.index(name)
        yield rule.at(answer, start, start + len(name), name=name)

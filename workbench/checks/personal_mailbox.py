"""A personal mailbox where a team could answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.email_address import EMAIL
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

PERSONAL = re.compile(
    r"\b(?P<given>[a-z]{2,})(?:[._-][a-z]\.?)?[._-](?P<family>[a-z'-]{2,})\d*@[\w.-]+\.\w{2,}", re.IGNORECASE
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where the only address is a person's own."""
    if answer.field.kind != "contact":
        return
    addresses = list(EMAIL.finditer(answer.text))
    personal = [found for found in addresses if _is_personal(found[0], manuscript)]
    if personal and len(personal) == len(addresses):
        yield rule.at(answer, *personal[0].span())


def _is_personal(address: str, manuscript: Manuscript) -> bool:
    found = PERSONAL.match(address)
    return found is not None and found["given"].title() in manuscript.rules.sets["given_names"]

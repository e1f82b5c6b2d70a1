"""A personal mailbox where a team could answer."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.contacts import is_personal
from workbench.checks.email_address import EMAIL
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where the only address is a person's own."""
    if answer.field.kind != "contact":
        return
    addresses = list(EMAIL.finditer(answer.text))
    names = manuscript.rules.sets["given_names"]
    personal = [found for found in addresses if is_personal(found[0], names)]
    if personal and len(personal) == len(addresses):
        yield rule.at(answer, *personal[0].span())

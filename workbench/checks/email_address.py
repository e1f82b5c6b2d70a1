"""An email address outside the contact field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.checks.answer import Answer, removal
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding, Fix

EMAIL = re.compile(
    r"[\w.+'-]+(?:@|\s?[\[(](?:at|@)[\])]\s?|\s@\s(?=[\w-]+\.\w))[\w-]+(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]+)+",
    re.IGNORECASE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each address, written out or behind a link."""
    if answer.field.kind == "contact":
        return
    written = any(sign in answer.lower for sign in ("@", "[at]", "(at)"))
    for found in EMAIL.finditer(answer.text) if written else ():
        start, end = removal(answer.text, *found.span())
        finding = rule.at(answer, *found.span())
        yield replace(finding, fix=Fix(answer.id, start, end, "", answer.text[start:end]))
    for words, href in answer.links:
        if href.lower().startswith("mailto:") and not EMAIL.search(words):
            yield rule.of(answer.id, words, field=answer.field.label)

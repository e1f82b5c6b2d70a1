"""A study much like one that is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each published study of the same council with much the same words."""
    if not manuscript.context.published:
        return
    councils = {authority.gss for authority in manuscript.submission.authorities if authority.gss}
    own = _shingles(manuscript.public_text)
    for study in manuscript.context.published:
        if study.study != manuscript.submission.study and study.gss & councils and own:
            other = _shingles(study.text)
            share = len(own & other) / max(min(len(own), len(other)), 1)
            if share > rule["share"]:
                yield rule.of(None, study.title, title=study.title, p=round(100 * share))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[at : at + 4]) for at in range(len(words) - 3))

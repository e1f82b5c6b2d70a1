"""A list typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.richtext import Paragraph
from workbench.submission import Finding

_BULLET = re.compile(
    r"^\s*(?:[\u2022\u00b7\u25cf\u25aa\u25e6\u2023\uf0b7\u27a2\u2713"
    r"\u2192\u2714\u25ba\u25a0\u25a1\u25c6\u2666\u2219\u27a4\u00bb]|[-*\u2013\u2014](?=\s)|"
    r"o(?=\s{2,}|\t))\s*(?=\S)"
)
_NUMBER = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-hA-H]|i{1,3}|iv|vi{0,3})[.)]|\d{1,2}\s[-\u2013])\s+(?=\S)")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each run of paragraphs or lines that begin with a typed bullet or number."""
    run = 0
    for block, text, at in answer.blocks:
        if not isinstance(block, Paragraph):
            run = 0
            continue
        for line in text.split("\n"):
            mark = _BULLET.match(line) or _NUMBER.match(line)
            run = run + 1 if mark else 0
            if mark and run == (1 if line.lstrip()[0] in "\u2022\u00b7\u25cf\u25aa\uf0b7" else 2):
                yield rule.at(answer, at, at + len(line))
            at += len(line) + 1

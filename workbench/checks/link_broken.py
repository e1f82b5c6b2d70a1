"""A link that will not open for the public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_BROKEN = re.compile(
    r"""file:/{2,3}[^\s]+ | \\\\[\w.-]+\\[^\s]* | \b[A-Z]:\\[^\s]+ | \bhtt?p?s?:/(?!/)[^\s]+ | \b(?:htp
          |htps|hhttps?|http//|https//|ttps?)(?::?//)?[^\s]*\.[^\s]+
    | https?://(?:localhost|127\.|10\.|192\.168\.|intranet|[\w-]+\.local(?![\w.-]))[^\s]*
          | https?://[^\s/]*(?:intranet|staffnet|staff-?hub|dropbox\.com|wetransfer\.com|-my\.sharepoint\.com|onedrive\.live|1drv\.ms|drive\.google
          |teams\.microsoft|\.sharepoint\.com)[^\s]*
    | https?://[^\s/]*[,;][^\s]+ | https?://(?=[\s]|$) | https?://[^\s./]+(?=[\s/]|$) | \bintranet\.[\w.-]+[^\s]*""",
    re.IGNORECASE | re.VERBOSE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each address that leads to a drive, an intranet or nowhere."""
    if any(sign in answer.lower for sign in ("\\", ":/", "http", "htp", "ttp", "intranet")):
        for found in _BROKEN.finditer(answer.text):
            yield rule.at(answer, *found.span())
    for words, href in answer.links:
        if _BROKEN.match(href) and not _BROKEN.search(words):
            yield rule.of(answer.id, words.strip() or href, field=answer.field.label)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each address that was left out on reading, since nobody may be sent there."""
    for address in dict.fromkeys(manuscript.notes("dropped-link")):
        yield rule.of(None, address)

"""Where the words that led to a suggestion stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BETWEEN = r"[\W_]+"
_ENDING = r"(?:e?s)?"
"""What a word may have beyond the one that is looked for: its plural."""


def spans(words: Iterable[str], text: str) -> tuple[tuple[int, int], ...]:
    """The places of these words in `text`, in their order, none over another; a longer one before those in it."""
    taken: list[tuple[int, int]] = []
    for phrase in sorted(dict.fromkeys(words), key=len, reverse=True):
        pattern = _pattern(phrase)
        for found in pattern.finditer(text) if pattern else ():
            if all(found.end() <= start or found.start() >= end for start, end in taken):
                taken.append(found.span())
    return tuple(sorted(taken))


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str] | None:
    """The phrase with anything but letters between its words; None where it has no word."""
    parts = [re.escape(word) for word in _WORD.findall(phrase)]
    if not parts:
        return None
    return re.compile(rf"(?<!\w){_BETWEEN.join(parts)}{_ENDING}(?!\w)", re.IGNORECASE)

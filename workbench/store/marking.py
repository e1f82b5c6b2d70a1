"""Found words between marks, and the piece of a text that shows most of them.

The full-text index could do this too, but takes it from its list of every place of every word, which for a usual word
is most of the time of a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from workbench.search import WORD, Phrase, fold

_LENGTH = 176
"""About how many characters a piece of a text has."""

_LEAD = 50
"""How many of them may stand before the first word that was found."""

_LOOKED_AT = 12
"""Among how many places of a text the best is looked for."""

Spans = Sequence[tuple[int, int]]
"""Where found words begin and end."""


class Marker:
    """Marks the words of a query in texts. What it gives is safe HTML, with found words in `<mark>`."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        told = sorted(map(_pattern, phrases), key=len, reverse=True)
        self._found = re.compile("|".join(told)) if told else None

    def whole(self, text: str) -> str:
        """All of the text."""
        return _marked(text, self._spans(text), 0, len(text))

    def piece(self, text: str) -> str | None:
        """The piece of the text in which most different words were found; None where there are none."""
        spans = self._spans(text, _LOOKED_AT)
        if not spans:
            return None
        first = max(range(len(spans)), key=lambda at: (_variety(text, spans, at), -at))
        start = _begin(text, spans[first][0])
        end = _end(text, start + _LENGTH)
        return _marked(text, self._spans(text[:end], start=start), start, end)

    def _spans(self, text: str, limit: int | None = None, start: int = 0) -> Spans:
        folded = fold(text)
        if self._found is None:
            return ()
        if len(folded) != len(text):
            folded = "".join(fold(sign) or " " for sign in text)
        spans: list[tuple[int, int]] = []
        for found in self._found.finditer(folded, start):
            if not (found.start() and folded[found.start() - 1].isalnum()):
                spans.append(found.span())
                if len(spans) == limit:
                    break
        return spans


def beginning(text: str) -> str:
    """The beginning of a text in which nothing is marked, as safe HTML."""
    return _marked(text, (), 0, _end(text, _LENGTH))


def _pattern(phrase: Phrase) -> str:
    return r"[\W_]+".join(phrase.words) + (f"(?!{WORD})" if phrase.whole else f"{WORD}*")


def _variety(text: str, spans: Spans, at: int) -> int:
    """How many different words stand in the piece that begins with this one."""
    until = spans[at][0] + _LENGTH - _LEAD
    return len({fold(text[start:end]) for start, end in spans[at:] if end <= until})


def _begin(text: str, found: int) -> int:
    """Where the piece begins: at the beginning of a sentence or else of a word, a little before what was found."""
    if found <= _LEAD:
        return 0
    before = text[found - _LEAD : found]
    sentence = max(before.rfind(". "), before.rfind("\n"))
    return found - _LEAD + (sentence if sentence >= 0 else max(before.find(" "), 0)) + 1


def _end(text: str, about: int) -> int:
    """The end of the last word before `about`."""
    if len(text) <= about:
        return len(text)
    space = text.rfind(" ", about - _LEAD, about)
    return space if space > 0 else about


def _marked(text: str, spans: Spans, start: int, end: int) -> str:
    told = "".join(_parts(text, spans, start, end))
    before, after = "…" if text[:start].strip() else "", "…" if text[end:].strip() else ""
    return f"{before}{told.strip()}{after}"


def _parts(text: str, spans: Spans, start: int, end: int) -> Iterator[str]:
    for found, until in spans:
        if until <= end:
            yield f"{escape(text[start:found])}<mark>{escape(text[found:until])}</mark>"
            start = until
    yield escape(text[start:end])

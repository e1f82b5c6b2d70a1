"""How a line offers itself as a label, and which look the template's headings have in a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.intake import lines
from workbench.intake.headings import Match
from workbench.intake.tokens import Line, Terms, Token
from workbench.word.document import Paragraph

Rank = tuple[float, ...]
"""A look, comparable: the lower, the higher up. Styled headings by level, then bold or large lines by size, …"""

OPENING: Rank = (1.0, 0.0, 0.0)
PLAIN: Rank = (2,)
RUN_IN: Rank = (3,)
RUN_IN_PLAIN: Rank = (4,)
CELL: Rank = (-1,)
"""The rank of a label in a cell of its own, which no line can end."""

_LONGEST_HEADLINE = 14
_LONGEST_SUBTITLE = 8


@dataclass(frozen=True, slots=True)
class Look:
    """A line as a label: its rank, what it means (None for what nobody knows), how far the label goes."""

    rank: Rank
    match: Match | None
    label: str
    end: int | None = None
    """Where the answer begins in the same paragraph; None where the label is all of it."""

    @property
    def styled(self) -> bool:
        """Whether it is a heading by style or outline."""
        return self.rank[0] == 0


class Looks:
    """Judges lines as labels, in a document whose body text has one usual size."""

    def __init__(self, terms: Terms, body_size: float | None) -> None:
        self._terms = terms
        self._body = body_size

    def of(self, token: Token) -> Look | None:
        """The label a line is or begins with, known or not; None for text."""
        if not isinstance(token, Line) or not isinstance(token.block, Paragraph):
            return None
        text = token.text.strip()
        if not text or (token.owner and token.block.outline is None):
            return None
        return self._whole(token.block, text, token.opens) or self._run_in(token.block, token.text)

    def _whole(self, paragraph: Paragraph, text: str, opens: bool) -> Look | None:
        match = self._terms.find(text)
        rank = self._rank(paragraph, text, match)
        if rank is None and match and (paragraph.list is None or paragraph.list.ordered):
            rank = OPENING if opens else PLAIN
        if rank is None:
            return None
        return (self._with_subtitle(paragraph, rank) if match is None else None) or Look(rank, match, text)

    def _with_subtitle(self, paragraph: Paragraph, rank: Rank) -> Look | None:
        """A heading that goes on after its label: "The challenge: verges nobody loved"."""
        text = paragraph.text
        found = lines.run_in(paragraph, text, self._terms.find)
        if found is None:
            return None
        short = len(text[found.end :].split()) < _LONGEST_SUBTITLE
        return Look(
            rank if paragraph.outline is not None or short else RUN_IN, found.match, found.label, found.end
        )

    def _run_in(self, paragraph: Paragraph, text: str) -> Look | None:
        found = lines.run_in(paragraph, text, self._terms.find, unknown=True)
        return (
            Look(RUN_IN if found.bold else RUN_IN_PLAIN, found.match, found.label, found.end)
            if found
            else None
        )

    def _rank(self, paragraph: Paragraph, text: str, match: Match | None) -> Rank | None:
        if paragraph.outline is not None:
            return (0, paragraph.outline)
        if not match and (paragraph.list or not is_headline(text)):
            return None
        capitals = lines.is_capitals(text)
        larger = (paragraph.size or 0) - (self._body or paragraph.size or 0)
        if paragraph.bold or larger >= 1 or (capitals and (match or " " in text)):
            return (1, -round(max(larger, 0)), 0 if capitals else 1)
        return None


def is_headline(text: str) -> bool:
    """Whether a line could be a heading by its length and its end."""
    short = len(text) < 120 and len(text.split()) <= _LONGEST_HEADLINE
    return short and "\n" not in text and not text.endswith((".", ",", ";", "!"))


def body_size(tokens: Iterable[Token]) -> float | None:
    """The size in points that most words have, or None where none is said."""
    weights: dict[float, int] = {}
    for token in tokens:
        if isinstance(token, Line) and isinstance(token.block, Paragraph) and token.block.size:
            weights[token.block.size] = weights.get(token.block.size, 0) + len(token.text)
    return max(weights, key=lambda size: weights[size], default=None)


def level(looks: Sequence[Look | None], brief: frozenset[str]) -> Rank | None:
    """The look of the template's headings here: the one under which most fields are found, the higher on a tie.

    Labels that run into their text weigh less, those of `brief` fields (a council, a contact) nothing, since they
    stand so in documents of any look; such labels in plain letters count only where there are two of them.
    """
    found: dict[Rank, dict[str, float]] = {}
    for look in looks:
        if look and look.match:
            votes = found.setdefault(look.rank, {})
            running = look.rank >= RUN_IN
            weight = (1.0 if look.match.exact else 0.6) if running else (1.25 if look.match.exact else 1.0)
            for name in look.match.fields:
                votes[name] = max(votes.get(name, 0), 0 if running and name in brief else weight)
    if sum(weight > 0 for weight in found.get(RUN_IN_PLAIN, {}).values()) < 2:
        found.pop(RUN_IN_PLAIN, None)
    return min(found, key=lambda rank: (-sum(found[rank].values()), rank), default=None)

"""Whether a line that looks like a label opens a section of its own, or belongs to the answer it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.intake import lines
from workbench.intake.headings import Match
from workbench.intake.looks import (
    CELL,
    PLAIN,
    RUN_IN,
    RUN_IN_PLAIN,
    Look,
    Looks,
    body_size,
    is_headline,
    level,
)
from workbench.intake.sections import Section
from workbench.intake.tokens import Label, Leave, Line, Terms, Token
from workbench.template import Field
from workbench.word.document import Paragraph

TO_THE_POINT = ("line", "council", "contact", "links")
"""Kinds of fields whose labels mean them even where they stand low."""

_SENTENCE = re.compile(
    r"(?:we|i|it|they|this|these|there|you|he|she)(?:'\w+)?\s+(?:\S+\s+){3}", re.IGNORECASE
)
"""How a bold line begins that says something rather than heads it."""

_NUMBERED_QUESTION = re.compile(
    r"(?:q(?:uestion)?\s*)?\d{1,2}\s*[.):]\s*(?:\S+\s+){2,20}\S+\?$", re.IGNORECASE
)

LOWER = 0.75
"""The most confidence of a label below the look that the template's headings have."""


class Openings:
    """Decides for each line of a document, knowing the looks of all of them."""

    def __init__(self, tokens: Sequence[Token], terms: Terms, fields: dict[str, Field]) -> None:
        judge = Looks(terms, body_size(tokens))
        self.looks = [judge.of(token) for token in tokens]
        self._tokens = tokens
        self._fields = fields
        self._order = list(fields)
        brief = frozenset(field.id for field in fields.values() if field.kind in TO_THE_POINT)
        free = [look for look, answers in zip(self.looks, _in_answers(tokens), strict=True) if not answers]
        self._level = level(free, brief)
        self._headed = frozenset(self._fields_at_level())

    def _fields_at_level(self) -> list[str]:
        """The fields that are found by control, by label cell, or by a heading of the template's look."""
        found: list[str] = []
        for token, look in zip(self._tokens, self.looks, strict=True):
            if isinstance(token, Line) and token.owner:
                found.append(token.owner.field)
            elif isinstance(token, Label) and token.match:
                found += token.match.fields
            elif look and look.match and self._level and look.rank <= self._level:
                found += look.match.fields
        return found

    @property
    def unled(self) -> bool:
        """Whether no line of the document is a label the template knows."""
        return self._level is None

    @property
    def styled(self) -> bool:
        """Whether the template's headings are headings by style or outline here."""
        return self._level is not None and self._level[0] == 0

    def opens(self, at: int, look: Look, current: Section, *, told: bool) -> bool:
        """Whether the line `at` opens a section, seen from the `current` one; `told` once a telling field began."""
        if look.match is None:
            return self._opens_unknown(at, look, current, told=told)
        part = set(look.match.fields)
        within = part < set(current.fields) or part < set(current.within)
        if current.rank == CELL:
            return within or (current.kind == "unknown" and self._is_missing(look.match, look, current))
        if look.rank == PLAIN and self._is_among_items(at):
            return False
        if look.match.fields == current.fields and not current.blocks:
            asks = look.label.endswith("?")
            if look.rank == RUN_IN_PLAIN and current.rank < RUN_IN_PLAIN and not asks:
                return False
            if look.match.exact or asks:
                return True
        if self._level is None or look.rank <= self._level:
            return not (look.end is not None and not look.match.exact and look.match.fields == current.fields)
        part = set(look.match.fields)
        return within or self._is_missing(look.match, look, current)

    def confidence(self, look: Look, match: Match, *, told: bool) -> float:
        """How sure a label can be where it stands: "Council: …" before the telling begins is as good as any."""
        if self._level is None and look.rank == RUN_IN_PLAIN and not self.is_brief(match):
            return min(match.confidence, LOWER)
        if self._level is None or look.rank <= self._level:
            return match.confidence
        early = not told and self._fields[match.fields[0]].kind in ("line", "council")
        return min(match.confidence, 0.9 if early else LOWER)

    def is_brief(self, match: Match) -> bool:
        """Whether a label is that of a field which is answered in a line or two, such as a contact."""
        return self._fields[match.fields[0]].kind in TO_THE_POINT

    def _is_missing(self, match: Match, look: Look, current: Section) -> bool:
        """Whether a label of a lower look names a field that is found nowhere else, at a fitting place."""
        name = match.fields[0]
        if len(match.fields) > 1 or name in self._headed:
            return False
        kind = self._fields[name].kind
        if current.kind in ("lead", "unknown", "stray", "title"):
            return match.exact or look.rank < PLAIN or kind in TO_THE_POINT
        if kind in ("contact", "links"):
            return match.exact or look.rank <= RUN_IN
        return match.exact and self._comes_next(name, current)

    def _comes_next(self, name: str, current: Section) -> bool:
        here = [self._order.index(one) for one in current.fields]
        return not here or self._order.index(name) > max(here)

    def _opens_unknown(self, at: int, look: Look, current: Section, *, told: bool) -> bool:
        if current.rank == CELL:
            return False
        if look.styled:
            return self._level is None or look.rank <= self._level
        if self._level is None:
            return False
        if look.rank == RUN_IN:
            return look.rank == self._level and told
        called_out = current.kind == "label" and not current.blocks
        if look.end is not None or called_out or _SENTENCE.match(look.label):
            return False
        return look.rank <= self._level and self._heads_text(at)

    def opens_plainly(self, at: int, paragraph: Paragraph, text: str, current: Section) -> bool:
        """Whether a plain line heads what follows, in a document whose known headings are plain lines too."""
        if self._level != PLAIN or current.kind not in ("label", "unknown") or not current.blocks:
            return False
        named = current.fields[0] if current.fields else ""
        if named and self._fields[named].kind in TO_THE_POINT:
            return False
        if _NUMBERED_QUESTION.match(text) and self._heads_text(at):
            return True
        few = len(text.split()) <= 6 and text[:1].isupper() and is_headline(text) and not text.endswith(":")
        return few and paragraph.list is None and not lines.is_italic(paragraph) and self._heads_prose(at)

    def _heads_prose(self, at: int) -> bool:
        following = self._next(at)
        if following is None or following[1] is not None or not isinstance(following[0], Line):
            return False
        block = following[0].block
        return isinstance(block, Paragraph) and block.list is None and len(following[0].text.split()) >= 8

    def _heads_text(self, at: int) -> bool:
        """Whether the next line is body text or a known label, not one more line of the same look."""
        following = self._next(at)
        return following is not None and (
            following[1] is None or bool(following[1].match) or following[1].end is not None
        )

    def _next(self, at: int) -> tuple[Token, Look | None] | None:
        """The next line that is not blank, with its look."""
        following = range(at + 1, len(self._tokens))
        found = next((number for number in following if not is_blank(self._tokens[number])), None)
        return None if found is None else (self._tokens[found], self.looks[found])

    def is_answered_below(self, at: int, fields: tuple[str, ...]) -> bool:
        """Whether an answer to `fields` follows the line `at`: body text, a control, or their label with text."""
        following = self._next(at)
        if following is None or not isinstance(following[0], Line):
            return False
        look = following[1]
        if look is None or following[0].owner is not None:
            return True
        return look.end is not None and look.match is not None and look.match.fields == fields

    def labels_next_control(self, at: int, look: Look) -> bool:
        """Whether a plain label stands before the control of its field, and so says nothing more."""
        if look.match is None or look.end is not None or look.styled:
            return False
        following = self._next(at)
        if following is None or not isinstance(following[0], Line) or following[0].owner is None:
            return False
        return following[0].owner.field in look.match.fields

    def _is_among_items(self, at: int) -> bool:
        """Whether a line is one of several items of a list."""
        beside = (*self._tokens[max(at - 1, 0) : at], *self._tokens[at + 1 : at + 2])
        return _is_item(self._tokens[at]) and any(map(_is_item, beside))


def _in_answers(tokens: Sequence[Token]) -> Iterator[bool]:
    """For each token, whether it stands in the answer to a label cell."""
    around: list[bool] = []
    for token in tokens:
        if isinstance(token, Leave):
            around.pop()
        elif not isinstance(token, Line):
            around.append(isinstance(token, Label) or any(around[-1:]))
        yield any(around[-1:])


def is_blank(token: Token) -> bool:
    """Whether a token is a blank line of the flow."""
    if not isinstance(token, Line) or token.owner:
        return False
    return isinstance(token.block, Paragraph) and lines.is_blank(token.block)


def _is_item(token: Token) -> bool:
    return isinstance(token, Line) and isinstance(token.block, Paragraph) and token.block.list is not None

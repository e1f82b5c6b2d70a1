"""What a document is seen as while it is placed: one stream of lines, label cells and boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.intake.controls import Owner
from workbench.intake.guidance import Prompts
from workbench.intake.headings import LONGEST, Lexicon, Match, normalise
from workbench.word.document import Block, Cell

_MOST = 2000
"""Lines of one document that are looked up in every wording; those beyond only as they are written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a whole table. `opens` says that it is the first of its cell."""

    block: Block
    owner: Owner | None = None
    opens: bool = False
    text: str = ""
    """The words of a paragraph, made once."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a cell of its own, known or not; the lines up to `Leave` answer it.

    `text` is empty where cells only dress the form: a number, the heads of its columns.
    """

    match: Match | None
    text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Enter:
    """A box begins: a text box, or a cell that frames text."""


@dataclass(frozen=True, slots=True)
class Leave:
    """A box, or the answer to a label, ends."""


Token = Line | Label | Enter | Leave


@dataclass(frozen=True)
class Terms:
    """What a template calls its fields, with the labels an editor taught."""

    lexicon: Lexicon
    prompts: Prompts
    fields: frozenset[str]
    learned: Mapping[str, str]
    banners: frozenset[str] = frozenset()
    """Headings of the form that ask nothing, normalised."""

    seen: dict[str, Match | None] = field(default_factory=dict[str, "Match | None"])
    """What the lines of this document were found to mean."""

    def find(self, text: str) -> Match | None:
        """What a label means; None where it means nothing for sure."""
        if not text or len(text) > LONGEST:
            return None
        if text not in self.seen:
            thorough = len(self.seen) < _MOST or self.learned.get(normalise(text))
            self.seen[text] = self.lexicon.find(text, self.learned) if thorough else self.lexicon.spelt(text)
        return self.seen[text]

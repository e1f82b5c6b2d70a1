"""What a document is seen as while it is placed: one stream of lines, label cells and boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.intake.controls import Owner
from workbench.intake.guidance import Prompts
from workbench.intake.headings import Lexicon, Match
from workbench.word.document import Block, Cell


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

    def find(self, text: str) -> Match | None:
        """What a label means; None where it means nothing for sure."""
        return self.lexicon.find(text, self.learned)

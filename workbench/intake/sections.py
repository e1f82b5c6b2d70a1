"""What stands under one label of a document, or under none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from workbench.intake.headings import Match
from workbench.intake.looks import CELL, Rank
from workbench.word.document import Block, paragraphs, refs

Kind = Literal["lead", "title", "label", "control", "unknown", "stray"]
"""`lead` is text before the first label, `title` a line that could be the title, `unknown` stands under a label
nobody knows, `stray` is text that no label claims."""


@dataclass(slots=True)
class Section:
    """A stretch of the document under one label, or under none."""

    kind: Kind
    match: Match | None = None
    heading: str = ""
    rank: Rank = ()
    near: str | None = None
    """The field whose answer stands before a stray."""
    blocks: list[Block] = field(default_factory=list["Block"])
    heading_refs: list[str] = field(default_factory=list["str"])
    within: tuple[str, ...] = ()
    """The fields of the combined heading it stands below."""
    disputed: bool = False
    """Whether heading and control disagree here, so that an editor should look."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it is for; none where nobody knows."""
        return self.match.fields if self.match else ()

    @property
    def in_cell(self) -> bool:
        """Whether it answers a label in a cell of its own."""
        return self.rank == CELL

    @property
    def refs(self) -> tuple[str, ...]:
        """The refs of its label, paragraphs and tables, in order, each once."""
        return tuple(dict.fromkeys((*self.heading_refs, *refs(self.blocks))))

    @property
    def words(self) -> str:
        """Its label and all it holds, on one line."""
        return f"{self.heading} {self.said}".strip()

    @property
    def said(self) -> str:
        """All it holds but its label, on one line."""
        return " ".join(word for paragraph in paragraphs(self.blocks) for word in paragraph.text.split())

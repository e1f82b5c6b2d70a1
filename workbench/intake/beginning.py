"""What stands before the first label of a document: its title, its council, a lead, and what is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbench.intake import lines
from workbench.intake.headings import Match, normalise
from workbench.intake.sections import Section
from workbench.word.document import Block, Paragraph

_LEAD = ("summary", "introduction")
_SHORTEST_PROSE = 8
_LONGEST_TITLE = 25
_CALLED = re.compile(
    r"\s*(?:[a-z]+ ){0,2}(?:case study|good practice(?: example)?)(?: \d+)?\s*(?::|\s[–—-])\s*(?=\w)",
    re.IGNORECASE,
)


@dataclass
class Beginning:
    """The sections made of it: `given` to fields, `left` with a suggestion, `repeated` titles."""

    given: list[Section] = field(default_factory=list[Section])
    left: list[tuple[Section, str | None]] = field(default_factory=list[tuple[Section, "str | None"]])
    repeated: list[Section] = field(default_factory=list[Section])


def beginning(sections: Sequence[Section], wanted: frozenset[str], title: str, *, fits: bool) -> Beginning:
    """Reads the beginning. `wanted` are the fields nothing was found for, `title` is the title if it was found;
    `fits` says that the document is a submission at all, so that prose may be its lead."""
    reader = _Reader(wanted, title)
    blocks = [block for section in sections if section.kind == "lead" for block in section.blocks]
    titles = [section for section in sections if section.kind == "title"]
    for section in sorted(titles, key=lambda one: one.rank != (0, 0)):
        reader.title_line(section)
    if fits:
        reader.council_line(blocks)
        reader.first_line(blocks)
        reader.lead(blocks)
    elif blocks:
        reader.made.left.append((Section("stray", blocks=blocks), None))
    return reader.made


class _Reader:
    def __init__(self, wanted: frozenset[str], title: str) -> None:
        self.made = Beginning()
        self._wanted = set(wanted)
        self._title = title

    def _give(self, name: str, by: str, confidence: float, blocks: Sequence[Block]) -> None:
        self._wanted.discard(name)
        self.made.given.append(Section("label", Match((name,), by, confidence), blocks=list(blocks)))

    def title_line(self, section: Section) -> None:
        """A line that looks like the title is it, or the council, or says it again."""
        section.blocks = self._unlabelled(section.blocks)
        if "council" in self._wanted and lines.is_council(section.said):
            self._give("council", "shape", 0.75, section.blocks)
        elif "title" in self._wanted:
            self._title = section.said
            self._give("title", "title", 0.95 if section.rank == (0, 0) else 0.9, section.blocks)
        elif normalise(section.said) == normalise(self._title):
            self.made.repeated.append(section)
        else:
            self.made.left.append((section, "title"))

    def council_line(self, blocks: list[Block]) -> None:
        """A line of its own that is nothing but a council's name."""
        found = next(
            (b for b in blocks[:6] if isinstance(b, Paragraph) and lines.is_council(b.text.strip())), None
        )
        if found and "council" in self._wanted:
            blocks.remove(found)
            self._give("council", "shape", 0.75, [found])

    def first_line(self, blocks: list[Block]) -> None:
        """The first line as the title, where no other was found."""
        first = next(iter(blocks), None)
        if "title" not in self._wanted or not isinstance(first, Paragraph) or first.list:
            return
        text = first.text.strip()
        if text and len(text.split()) <= _LONGEST_TITLE and not text.endswith((".", ":", ";", ",")):
            blocks.remove(first)
            self._give(
                "title",
                "shape",
                0.85 if first.bold or lines.is_capitals(text) else 0.6,
                self._unlabelled([first]),
            )

    def _unlabelled(self, blocks: list[Block]) -> list[Block]:
        """The blocks of a title without a "Case study:" before it."""
        first = blocks[0] if blocks else None
        found = _CALLED.match(first.text) if isinstance(first, Paragraph) else None
        if found is None or not isinstance(first, Paragraph):
            return blocks
        self.made.repeated.append(Section("title", blocks=[lines.part(first, 0, found.end())]))
        return [lines.part(first, found.end()), *blocks[1:]]

    def lead(self, blocks: Sequence[Block]) -> None:
        """Prose is summary or introduction, whichever has no label of its own; all else is left to the editor."""
        free = [name for name in _LEAD if name in self._wanted]
        prose = [block for block in blocks if _is_prose(block)]
        for name, part in _shared_out(free, prose):
            self._give(name, "order", 0.7 if len(part) == len(prose) else 0.6, part)
        left = [block for block in blocks if not free or block not in prose]
        for is_prose, group in groupby(left, key=_is_prose):
            self.made.left.append(
                (Section("stray", blocks=list(group)), "introduction" if is_prose else None)
            )


def _shared_out(free: Sequence[str], prose: Sequence[Block]) -> Iterator[tuple[str, Sequence[Block]]]:
    """The first paragraph to the first field and the rest to the second, all to the only one."""
    if not prose or not free:
        return
    if len(free) == 1 or len(prose) == 1:
        yield free[0], prose
    else:
        yield free[0], prose[:1]
        yield free[1], prose[1:]


def _is_prose(block: Block) -> bool:
    return isinstance(block, Paragraph) and (
        len(block.text.split()) >= _SHORTEST_PROSE or block.list is not None
    )

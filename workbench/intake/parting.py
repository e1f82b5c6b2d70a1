"""The second study of a file, as a document of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.intake.settling import SECOND_STUDY
from workbench.richtext import Image
from workbench.submission import Note
from workbench.word.document import Block, Table, WordDocument, paragraphs, refs


def second(document: WordDocument, notes: Iterable[Note]) -> WordDocument | None:
    """What stands in `document` from its second study on, or None where none of the `notes` of placing tells of one.

    To place that gives the fields of the second study, and tells of a third.
    """
    begins = next((note.ref for note in notes if note.kind == SECOND_STUDY), "")
    blocks = _since(document.blocks, begins) if begins else ()
    if not blocks:
        return None
    within, shown = frozenset(refs(blocks)), frozenset(_pictures(blocks))
    return replace(
        document,
        blocks=tuple(blocks),
        notes=tuple(note for note in document.notes if note.ref in within),
        pictures=tuple(picture for picture in document.pictures if picture.sha256 in shown),
        assets={sha256: data for sha256, data in document.assets.items() if sha256 in shown},
        tracked={},
    )


def _since(blocks: Sequence[Block], ref: str) -> Sequence[Block]:
    """The blocks from the one that has `ref` on; of a table in which it stands, the rows from its row on."""
    for at, block in enumerate(blocks):
        if ref in refs([block]):
            begun = _cut(block, ref) if isinstance(block, Table) and ref != block.ref else block
            return (begun, *blocks[at + 1 :])
    return ()


def _cut(table: Table, ref: str) -> Table:
    start = next(
        at
        for at, row in enumerate(table.rows)
        if ref in refs(block for cell in row.cells for block in cell.blocks)
    )
    return replace(table, rows=table.rows[start:], caption=table.caption if start == 0 else "")


def _pictures(blocks: Sequence[Block]) -> Iterator[str]:
    for paragraph in paragraphs(blocks):
        yield from (span.inline.asset for span in paragraph.spans if isinstance(span.inline, Image))

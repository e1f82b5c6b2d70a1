"""Controls that hold an answer although they are still marked as showing their prompt.

Programs that fill in templates often leave that mark. What differs from the prompt is an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.intake.guidance import Prompts, is_detail
from workbench.word.document import Block, Control, Paragraph, Row, Span, Table, WordDocument, paragraphs


def answered(document: WordDocument, prompts: Prompts) -> WordDocument:
    """The document with that mark taken from what is no prompt of the template or of an office program."""
    filled = frozenset(_filled(document.blocks, prompts))
    if not filled:
        return document
    return replace(document, blocks=tuple(_cleared(block, filled, prompts) for block in document.blocks))


def _filled(blocks: Iterable[Block], prompts: Prompts) -> Iterator[int]:
    """The numbers of controls that hold more than prompts and the bare labels of a contact."""
    for paragraph in paragraphs(blocks):
        for number, text in _shown(paragraph).items():
            if not is_detail(text) and not _is_prompt(text, prompts):
                yield number


def _shown(paragraph: Paragraph) -> dict[int, str]:
    """What the controls of a paragraph that are marked so show in it, by their numbers."""
    shown = {control.number: paragraph.text for control in paragraph.controls if control.prompt}
    for span in paragraph.spans:
        for control in span.controls:
            if control.prompt and control not in paragraph.controls:
                shown[control.number] = shown.get(control.number, "") + getattr(span.inline, "text", " ")
    return shown


def _is_prompt(text: str, prompts: Prompts) -> bool:
    said = text.strip()
    return not said or prompts.known(said) or (not prompts.leading(said) and prompts.asks(said))


def _cleared(block: Block, filled: frozenset[int], prompts: Prompts) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(_row(row, filled, prompts) for row in block.rows))
    answers = {number for number, text in _shown(block).items() if not _is_prompt(text, prompts)} & filled
    if not answers:
        return block
    spans = tuple(_span(span, answers) for span in block.spans)
    return block._replace(spans=spans, controls=_unmarked(block.controls, answers))


def _row(row: Row, filled: frozenset[int], prompts: Prompts) -> Row:
    cells = (
        replace(cell, blocks=tuple(_cleared(block, filled, prompts) for block in cell.blocks))
        for cell in row.cells
    )
    return replace(row, cells=tuple(cells))


def _span(span: Span, answers: set[int]) -> Span:
    return span._replace(controls=_unmarked(span.controls, answers)) if span.controls else span


def _unmarked(controls: tuple[Control, ...], answers: set[int]) -> tuple[Control, ...]:
    return tuple(replace(one, prompt=False) if one.number in answers else one for one in controls)

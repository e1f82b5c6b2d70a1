"""What a Word file says, once OOXML is behind it.

`controls` of a paragraph, a table, a row and a cell are all the content controls it stands in, outermost first, those
of its table, row and cell included; `Span.controls` are the further ones inside the paragraph.

Every paragraph has a `ref`, unique in the document and stable between readings of the same bytes, by which
fields, findings and the source pane point back at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from workbench.richtext import Inline, plain_inline
from workbench.submission import Note, Picture

ControlKind = Literal[
    "rich", "text", "dropdown", "combo", "date", "checkbox", "picture", "group", "repeating"
]


@dataclass(frozen=True, slots=True)
class Control:
    """A content control. `number` tells two controls with the same tag apart; `prompt` says that it still shows
    its placeholder, so that its text is no answer; `binding` is the XPath of the XML it is bound to; `choices` are
    the answers that a list offers."""

    number: int
    tag: str = ""
    alias: str = ""
    kind: ControlKind = "rich"
    prompt: bool = False
    binding: str = ""
    choices: tuple[str, ...] = ()


class Trace(NamedTuple):
    """What a reading that shows everything tells of a run: that it was inserted, deleted or moved, and by whom; that
    it is hidden; that a comment is about it."""

    kind: Literal["insertion", "deletion", "moved-to", "moved-from", "hidden", "comment"]
    author: str = ""


class Span(NamedTuple):
    """A run of a paragraph and the inline controls it stands in, outermost first."""

    inline: Inline
    controls: tuple[Control, ...] = ()
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPlace:
    """That a paragraph is a list item: bulleted or numbered, and at which depth from 0."""

    ordered: bool
    level: int
    label: str = ""
    """The number or bullet as Word shows it, where it could be made out."""


class Paragraph(NamedTuple):
    """A paragraph of the source. `outline` is its heading level from style, inheritance or outline, 1 to 9, and 0
    for the Title style; None for body text. `bold` says that all its words are bold; `size` is in points."""

    ref: str
    spans: tuple[Span, ...]
    controls: tuple[Control, ...] = ()
    style: str = ""
    outline: int | None = None
    list: ListPlace | None = None
    bold: bool = False
    size: float | None = None
    origin: Literal["body", "textbox", "altchunk"] = "body"

    @property
    def text(self) -> str:
        """All words of the paragraph, prompts included."""
        return plain_inline([span.inline for span in self.spans])


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    controls: tuple[Control, ...] = ()
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    header: bool = False
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the source; a cell merged downwards stands once, in the row where it begins."""

    ref: str
    rows: tuple[Row, ...]
    controls: tuple[Control, ...] = ()
    caption: str = ""
    origin: Literal["body", "textbox", "altchunk"] = "body"


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Properties:
    """The document's own properties; `custom` holds the custom ones by name."""

    title: str = ""
    author: str = ""
    company: str = ""
    manager: str = ""
    last_modified_by: str = ""
    custom: Mapping[str, str] = field(default_factory=dict[str, str])


TEMPLATE_PROPERTY = "CasebookTemplate"
TEMPLATE_VERSION_PROPERTY = "CasebookTemplateVersion"
SUBMISSION_PROPERTY = "CasebookSubmission"
RETURN_PROPERTY = "CasebookReturn"
"""Custom document properties by which a file says what it is."""


@dataclass(frozen=True, slots=True)
class WordDocument:
    """All that a Word file says. `notes` hold what is not body text (comments, deletions, hidden text, headers,
    footnotes, …); `assets` the bytes of its pictures by SHA-256."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    pictures: tuple[Picture, ...] = ()
    properties: Properties = Properties()
    assets: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    tracked: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many changes each author left tracked: inserted words are text, and nothing else tells of them."""


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those inside tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows:
            for cell in row.cells:
                yield from paragraphs(cell.blocks)


def refs(blocks: Iterable[Block]) -> Iterator[str]:
    """The refs of all paragraphs and tables, in reading order, a table before what stands in it."""
    for block in blocks:
        yield block.ref
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from refs(cell.blocks)

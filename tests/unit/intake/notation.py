"""Word documents in one line or a few: what stands at the start of a line says what the line is.

T Title            a paragraph in the Title style
# Heading          headings of level 1, 2, …
- item, 1. item    list items, nested by two spaces
| a | b |          a table, one line for each row; ` / ` parts paragraphs of a cell, ^ makes it a header row
> words            a paragraph in a text box
@tag words         a paragraph in the content control `tag`; @?tag shows its prompt; @=alias goes by alias
**bold** {tag:words} {?tag:prompt} ~ (line break)   inside a line
"""

from __future__ import annotations

import re
from itertools import count

from workbench.richtext import Break, Text
from workbench.word.document import (
    Block,
    Cell,
    Control,
    ListPlace,
    Paragraph,
    Properties,
    Row,
    Span,
    Table,
    WordDocument,
)

_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\{(?P<prompt>\??)(?P<tag>[\w-]+):(?P<said>[^}]*)\}|(?P<break> ?~ ?)"
)


class Notation:
    def __init__(self) -> None:
        self._numbers = count(1)

    def document(self, text: str, **custom: str) -> WordDocument:
        blocks: list[Block] = []
        rows: list[Row] = []
        for line in [*text.strip("\n").split("\n"), ""]:
            if line.startswith(("|", "^|")):
                rows.append(self._row(line))
                continue
            if rows:
                blocks.append(Table(f"t{next(self._numbers)}", tuple(rows)))
                rows = []
            if line.strip():
                blocks.append(self.paragraph(line))
        return WordDocument(tuple(blocks), properties=Properties(custom=custom))

    def _row(self, line: str) -> Row:
        cells = [cell.strip() for cell in line.removeprefix("^").strip().strip("|").split("|")]
        made = (Cell(tuple(self.paragraph(part) for part in cell.split(" / "))) for cell in cells)
        return Row(tuple(made), header=line.startswith("^"))

    def paragraph(self, line: str) -> Paragraph:
        ref = f"p{next(self._numbers)}"
        if found := re.match(r"(#+) (.*)", line):
            return Paragraph(
                ref, self._spans(found[2]), style=f"Heading {len(found[1])}", outline=len(found[1])
            )
        if line.startswith("T "):
            return Paragraph(ref, self._spans(line[2:]), style="Title", outline=0)
        if found := re.match(r"( *)(-|\d+\.) (.*)", line):
            return Paragraph(ref, self._spans(found[3]), list=ListPlace(found[2] != "-", len(found[1]) // 2))
        if line.startswith("> "):
            return self._body(ref, line[2:], "textbox")
        if found := re.match(r"@(\??)(=?)([\w-]+) ?(.*)", line):
            name = found[3].replace("_", " ") if found[2] else found[3]
            tag, alias = ("", name) if found[2] else (name, "")
            control = Control(sum(map(ord, name)), tag, alias, prompt=bool(found[1]))
            return Paragraph(ref, self._spans(found[4]), (control,))
        return self._body(ref, line, "body")

    def _body(self, ref: str, line: str, origin: str) -> Paragraph:
        spans = self._spans(line)
        words = [span.inline for span in spans if isinstance(span.inline, Text) and span.inline.text.strip()]
        bold = bool(words) and all("strong" in word.marks for word in words)
        return Paragraph(ref, spans, bold=bold, origin=origin)  # type: ignore[arg-type]

    def _spans(self, line: str) -> tuple[Span, ...]:
        spans: list[Span] = []
        at = 0
        for found in _INLINE.finditer(line):
            if found.start() > at:
                spans.append(Span(Text(line[at : found.start()])))
            if found["bold"]:
                spans.append(Span(Text(found["bold"], frozenset({"strong"}))))
            elif found["tag"]:
                control = Control(next(self._numbers), found["tag"], prompt=bool(found["prompt"]))
                spans.append(Span(Text(found["said"]), (control,)))
            else:
                spans.append(Span(Break()))
            at = found.end()
        if at < len(line):
            spans.append(Span(Text(line[at:])))
        return tuple(spans)


def document(text: str, **custom: str) -> WordDocument:
    """The document that `text` notes; `custom` are its custom properties."""
    return Notation().document(text, **custom)

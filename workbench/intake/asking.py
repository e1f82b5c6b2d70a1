"""A Word form as the pieces it is made of: labels, room for answers, help, choices, and what was written in.

Nothing here knows a template. How a piece is read goes by how forms look: heading styles, bold lines, labels that run
into their line, cells beside or above empty cells, content controls, brackets and italics around help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbench.intake import cells, lines, wording
from workbench.intake.guidance import Prompts, answer_mark, is_detail, is_question
from workbench.intake.looks import is_headline
from workbench.richtext import Text
from workbench.word.document import Block, Cell, Control, Paragraph, Row, Table, paragraphs

PieceKind = Literal["title", "label", "help", "room", "choice", "said", "control"]
"""The form's title; the name of a question; what explains it; where an answer may be written; one of several given
answers; words that may be an answer; a content control."""

Rank = tuple[int, ...]
CELL: Rank = (-1,)
FRAME: Rank = (-2,)
"""The look of a label alone in its row."""
BANNER = "banner"
"""How a label is known that asks nothing whatever stands below it."""
BOLD = 20
RUN_IN: Rank = (30,)
PLAIN: Rank = (40,)
RUN_IN_PLAIN: Rank = (50,)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a form. `rank` is a label's look, the lower the higher up; `tied` says that a label and what follows
    stand in one row, one cell or one line; `repeats` that the piece stands in a part that can be repeated."""

    kind: PieceKind
    text: str = ""
    ref: str = ""
    rank: Rank = PLAIN
    by: str = ""
    control: Control | None = None
    tied: bool = False
    repeats: bool = False


_BOX = "☐☑☒□■▢❑❏○◯●⬜⬛✓✔✗"
_BOXES = re.compile(rf"\s*[{_BOX}]\s*")
_LEADERS = re.compile(r"(?:_{3,}|\.{4,}|…{2,}|-{5,})")
_ENCLOSED = re.compile(r"^\W{0,2}[\[<{(].*[\]>})]\W{0,2}$", re.DOTALL)
_SQUARE = re.compile(r"\s*[\[<{]([^\[\]<>{}]{3,})[\]>}]\s*$")
_NUMBERED = re.compile(
    r"^\W*(?:q(?:uestion)?\s*\.?\s*)?(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z])\s*[.):]\s+\S", re.IGNORECASE
)
_COLON = re.compile(r"^(?P<label>[^\n:]{2,90}?)\s*(?::|\t)\s*(?P<rest>.*)$", re.DOTALL)
_HELP_STYLE = re.compile(r"guid|instruct|hint|help|prompt|placeholder|subtitle|note", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:please\s+)?(?:briefly\s+)?(?:describe|explain|outline|tell us|summari[sz]e|give|provide|list|state|say"
    r"|set out|identify|name|include|add|write|attach|tick|select|choose|enter|insert"
    r"|indicate|specify|disgrifiwch|rhowch|nodwch)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?P<label>[^\W\d_][^_.…:\n]{{1,40}}?)\s*:?\s*{_LEADERS.pattern}")
_OFFICE = re.compile(
    r"^\W*(?:for\s+)?(?:official|office|internal|council|staff|admin(?:istration)?|department(?:al)?)(?:\s+and\s+\w+)?"
    r"\s+use(?:\s+only)?\b|\bcompleted by (?:the )?(?:council|office|assessor|panel|grants? team|department)\W*$"
    r"|^\W*at ddefnydd (?:y )?swydd",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"^(?:\S+\s+){3,}?\S+[.!]\s+[\w(\[]")
_LONGEST_LABEL = 160
_NO_PROMPTS = Prompts(())


def pieces(blocks: Sequence[Block]) -> tuple[Piece, ...]:
    """The pieces of a document, in reading order."""
    return tuple(_Reader(_body_size(blocks)).blocks(blocks))


def _body_size(blocks: Sequence[Block]) -> float | None:
    sizes: dict[float, int] = {}
    for paragraph in paragraphs(blocks):
        if paragraph.size:
            sizes[paragraph.size] = sizes.get(paragraph.size, 0) + len(paragraph.text)
    return max(sizes, key=lambda size: sizes[size], default=None)


class _Reader:
    def __init__(self, body_size: float | None) -> None:
        self._body = body_size
        self._begun: set[int] = set()
        """The controls whose first paragraph was read: a heading further down in one is its answer's own."""

    def blocks(self, blocks: Sequence[Block], known: frozenset[int] = frozenset()) -> Iterator[Piece]:
        """The pieces of blocks; the controls of `known` have been told of."""
        for block in blocks:
            if isinstance(block, Table):
                yield from self._table(block, known)
            else:
                yield from self._paragraph(block, known)

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph, known: frozenset[int]) -> Iterator[Piece]:
        text = paragraph.text.strip()
        paragraph = _bold_behind_number(paragraph)
        around = [control for control in paragraph.controls if control.number not in known]
        repeats = any(control.kind == "repeating" for control in paragraph.controls)
        own = [control for control in around if control.kind not in ("group", "repeating")]
        if own:
            found = self._whole_control(own[-1], paragraph, text)
        elif any(span.controls for span in paragraph.spans):
            found = self._inline_controls(paragraph)
        else:
            found = self._line(paragraph, text)
        yield from (replace(piece, repeats=True) for piece in found) if repeats else found

    def _whole_control(self, control: Control, paragraph: Paragraph, text: str) -> Iterator[Piece]:
        begun = control.number in self._begun
        self._begun.add(control.number)
        if paragraph.outline is not None and not control.prompt and not begun:
            yield from self._line(paragraph, text)
        else:
            yield Piece("control", text, paragraph.ref, by="control", control=control)

    def _inline_controls(self, paragraph: Paragraph) -> Iterator[Piece]:
        """Words before a control name it; the words of a tick box behind it."""
        before, seen = "", 0
        box: Control | None = None
        for span in paragraph.spans:
            said = span.inline.text if isinstance(span.inline, Text) else " "
            control = next(
                (one for one in reversed(span.controls) if one.kind not in ("group", "repeating")), None
            )
            if control is None:
                before += said
                continue
            if box is not None:
                yield Piece("choice", before.strip(" \t:"), paragraph.ref, control=box)
                box, before = None, ""
            if before.strip(" \t:–-"):
                yield self._named(before, paragraph)
            before = ""
            if control.kind == "checkbox":
                box = control
            else:
                yield Piece("control", said.strip(), paragraph.ref, by="control", control=control, tied=True)
            seen = control.number
        if box is not None:
            yield Piece("choice", before.strip(" \t:"), paragraph.ref, control=box)
        elif before.strip(" \t.:;") and seen:
            yield Piece("help", before.strip(), paragraph.ref)

    def _named(self, text: str, paragraph: Paragraph) -> Piece:
        whole = text.strip()
        rank = (0, paragraph.outline) if paragraph.outline else RUN_IN if paragraph.bold else RUN_IN_PLAIN
        return Piece("label", whole, paragraph.ref, rank, "run-in", tied=True)

    def _line(self, paragraph: Paragraph, text: str) -> Iterator[Piece]:
        if not text or answer_mark(text) == len(text) or _LEADERS.fullmatch(text.replace(" ", "")):
            yield Piece("room", "", paragraph.ref)
        elif len(beside := _side_by_side(text)) > 1:
            for label in beside:
                yield Piece("label", label, paragraph.ref, RUN_IN_PLAIN, "run-in", tied=True)
                yield Piece("room", "", paragraph.ref)
        elif any(sign in text for sign in _BOX):
            yield from self._boxes(paragraph, text)
        elif paragraph.outline == 0:
            yield Piece("title", text, paragraph.ref)
        elif paragraph.outline is not None:
            yield from self._label(text, paragraph, (0, paragraph.outline), "heading")
        elif self._is_help(paragraph, text):
            yield Piece("help", text, paragraph.ref)
        else:
            yield from self._plain(paragraph, text)

    def _boxes(self, paragraph: Paragraph, text: str) -> Iterator[Piece]:
        before, *options = _BOXES.split(text)
        if not before and not any(options):
            yield Piece("room", "", paragraph.ref)
        if before.strip() and paragraph.text.strip()[:1] not in _BOX:
            if text.rstrip()[-1:] in _BOX and not any(options):
                yield Piece("choice", before.strip(" :"), paragraph.ref)
                return
            yield Piece("label", before.strip(), paragraph.ref, RUN_IN_PLAIN, "run-in", tied=True)
        yield from (
            Piece("choice", option.strip(" ,;"), paragraph.ref) for option in options if option.strip()
        )

    def _is_help(self, paragraph: Paragraph, text: str) -> bool:
        if _HELP_STYLE.search(paragraph.style) and not paragraph.bold:
            return True
        if paragraph.bold:
            return False
        enclosed = bool(_ENCLOSED.match(text)) and len(text) > 3
        return (
            enclosed
            or wording.says_stars_are_required(text)
            or lines.is_italic(paragraph)
            or _NO_PROMPTS.known(text)
            or self._is_small(paragraph)
            or (_is_about_length(text) and paragraph.list is None and not _bold_opening(paragraph))
        )

    def _plain(self, paragraph: Paragraph, text: str) -> Iterator[Piece]:
        bulleted = paragraph.list is not None and not paragraph.list.ordered
        if bulleted:
            yield Piece("help" if text.endswith("?") else "said", text, paragraph.ref)
        elif self._stands_out(paragraph, text):
            yield from self._label(text, paragraph, (BOLD, -self._larger(paragraph)), "bold")
        elif opening := _bold_opening(paragraph):
            yield from self._run_in(paragraph, text, opening)
        elif (
            "\n" in text
            and len(text.split("\n", maxsplit=1)[0]) <= _LONGEST_LABEL
            and self._names(text.split("\n", maxsplit=1)[0])
        ):
            first, rest = text.split("\n", 1)
            yield Piece("label", first.strip(), paragraph.ref, PLAIN, "line")
            yield self._rest(rest.strip(), paragraph)
        elif self._names(text) or (paragraph.list is not None and len(text.split()) <= 20):
            yield from self._label(text, paragraph, PLAIN, "question" if "?" in text else "line")
        elif (colon := self._before_colon(text)) and answer_mark(f"{colon[0]}:"):
            yield self._rest(colon[1], paragraph)
        elif colon:
            yield Piece("label", colon[0], paragraph.ref, RUN_IN_PLAIN, "run-in", tied=True)
            yield self._rest(colon[1], paragraph)
        else:
            yield Piece("said", text, paragraph.ref)

    def _stands_out(self, paragraph: Paragraph, text: str) -> bool:
        larger = self._larger(paragraph) >= 2
        capitals = lines.is_capitals(text) and " " in text
        asks = text.endswith(("?", "*", ")", ":")) or _NUMBERED.match(text) or _SQUARE.search(text)
        fits = len(text) <= 400 and (
            is_headline(text) or bool(asks) or (paragraph.bold and bool(_ASKS.match(text)))
        )
        return fits and (paragraph.bold or larger or capitals)

    def _is_small(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is set in smaller print than most words."""
        return (paragraph.size or self._body or 0) + 1.5 <= (self._body or 0)

    def _larger(self, paragraph: Paragraph) -> int:
        """By how many points a paragraph is larger than most words."""
        return max(round((paragraph.size or 0) - (self._body or paragraph.size or 0)), 0)

    def _names(self, text: str) -> bool:
        """Whether a plain line is the name of a question: one that is asked, or numbered, or that ends in a colon."""
        if "\n" in text or len(text) > 3 * _LONGEST_LABEL:
            return False
        bare = wording.taken_apart(text).name
        if bare.endswith("?") and len(bare) <= 2 * _LONGEST_LABEL:
            return is_question(bare) or len(re.findall(r"[.!?](?:\s|$)", bare)) == 1
        if _NUMBERED.match(text) and len(text.split()) <= 24 and not text.endswith("."):
            return True
        short = len(text.split()) <= 12
        return short and (text.endswith((":", "*", ":*")) or bool(_LEADERS.search(text[-6:])))

    def _before_colon(self, text: str) -> tuple[str, str] | None:
        found = _COLON.match(text)
        if found is None or len(found["label"].split()) > 8 or "." in found["label"]:
            return None
        rest = found["rest"].strip()
        known = is_detail(found["label"]) or not _LEADERS.sub("", rest).strip() or _NO_PROMPTS.known(rest)
        brief = len(found["label"].split()) <= 4 and found["label"][:1].isupper() and bool(rest)
        return (found["label"].strip(), rest) if known or brief or _ENCLOSED.match(rest) else None

    def _run_in(self, paragraph: Paragraph, text: str, opening: str) -> Iterator[Piece]:
        rest = text[len(opening) :].strip(" \t\n:–—-.")
        if answer_mark(f"{opening}:"):
            yield self._rest(rest, paragraph)
            return
        if paragraph.list is None and (_may_name(opening) or _is_room(rest)):
            yield Piece("label", opening, paragraph.ref, RUN_IN, "run-in", tied=True)
            yield self._rest(rest, paragraph)
        else:
            yield Piece("said", text, paragraph.ref)

    def _rest(self, rest: str, paragraph: Paragraph) -> Piece:
        if _is_room(rest):
            return Piece("room", "", paragraph.ref)
        if _NO_PROMPTS.known(rest) or _ENCLOSED.match(rest) or (_ASKS.match(rest) and _NO_PROMPTS.asks(rest)):
            return Piece("help", rest, paragraph.ref)
        tail = lines.part(paragraph, len(paragraph.text) - len(rest)) if rest in paragraph.text else paragraph
        return Piece("help" if lines.is_italic(tail) else "said", rest, paragraph.ref)

    def _label(self, text: str, paragraph: Paragraph, rank: Rank, by: str) -> Iterator[Piece]:
        """A label alone in its paragraph, with the help behind it in brackets, or on further lines."""
        first, _, further = text.partition("\n")
        room = bool(_LEADERS.search(first)) or _ends_in_room(paragraph)
        first = _LEADERS.sub("", first).strip()
        yield Piece("label", first, paragraph.ref, rank, by)
        if further.strip():
            yield self._rest(further.strip(), paragraph)
        if room:
            yield Piece("room", "", paragraph.ref)

    # Tables

    def _table(self, table: Table, known: frozenset[int]) -> Iterator[Piece]:
        rows = [_Row(row, number) for number, row in enumerate(table.rows)]
        own = [control for control in table.controls if control.number not in known and control.tag]
        if own and own[-1].kind != "repeating":
            yield Piece("control", "", table.ref, by="control", control=own[-1])
            return
        width = max((len(row.cells) for row in rows), default=0)
        if width <= 1:
            yield from self._column(rows, known)
        elif _is_grid(rows):
            yield Piece(
                "help",
                " · ".join(cells.text(cell) for cell in rows[0].cells),
                table.ref,
                by="grid",
                repeats=True,
            )
            yield Piece("room", "", table.ref)
        else:
            yield from self._rows(rows, known)

    def _column(self, rows: Sequence[_Row], known: frozenset[int]) -> Iterator[Piece]:
        """A table one cell wide: labels above their answers, or each with its answer in one cell, or a mere frame."""
        for row in rows:
            for cell in row.cells:
                yield from self._cell(cell, known, first=True)

    def _rows(self, rows: Sequence[_Row], known: frozenset[int]) -> Iterator[Piece]:
        heads: list[Cell] = []
        office = False
        for number, row in enumerate(rows):
            following = rows[number + 1] if number + 1 < len(rows) else None
            office = row.is_for_the_office or (office and len(row.cells) > 1)
            if office:
                yield from self._asking_nothing(row.filled)
            elif heads:
                yield from self._below(heads, row, known)
                heads = []
            elif number == 0 and row.filled and all(cells.is_column_head(cell) for cell in row.filled):
                continue
            elif following is not None and row.is_all_labels and following.is_all_room:
                heads = row.cells
            elif len(row.cells) == 1:
                yield from self._cell(row.cells[0], known, first=True)
            else:
                yield from self._across(row, known)

    def _asking_nothing(self, furniture: Sequence[Cell]) -> Iterator[Piece]:
        for cell in furniture:
            yield Piece("label", cells.text(cell), _ref(cell), FRAME, BANNER, tied=True)

    def _below(self, heads: Sequence[Cell], row: _Row, known: frozenset[int]) -> Iterator[Piece]:
        for head, cell in zip(heads, row.cells, strict=False):
            yield from self._label_cell(head, known)
            yield from self._answer_cell(cell, known)

    def _across(self, row: _Row, known: frozenset[int]) -> Iterator[Piece]:
        """Labels with their answers beside them; between the two there may be help."""
        rest = list(row.cells)
        while len(rest) > 1 and (cells.is_number(rest[0]) or cells.heads_group(rest[0], len(rest) - 1)):
            head = rest.pop(0)
            yield from () if cells.is_number(head) else self._asking_nothing([head])
        if not rest or all(map(cells.is_empty, rest)):
            return
        groups = _pairs(rest)
        for label, answers in groups:
            if cells.is_empty(label):
                yield from (piece for cell in answers for piece in self._answer_cell(cell, known))
                continue
            yield from self._label_cell(label, known)
            for cell in answers:
                yield from self._answer_cell(cell, known)

    def _label_cell(self, cell: Cell, known: frozenset[int]) -> Iterator[Piece]:
        """The first line of a cell is the label; what follows in it explains it."""
        worded = [block for block in paragraphs(cell.blocks) if block.text.strip()]
        for number, paragraph in enumerate(worded):
            first, _, further = paragraph.text.strip().partition("\n")
            if number == 0:
                opening = _bold_opening(paragraph)
                if opening and len(opening) < len(first) and len(opening) > 2:
                    first, further = opening, f"{first[len(opening) :].strip(' :–-')}\n{further}".strip()
                yield Piece("label", _LEADERS.sub("", first).strip(), paragraph.ref, CELL, "cell", tied=True)
                if further:
                    yield Piece("help", further, paragraph.ref)
            else:
                yield Piece("help", paragraph.text.strip(), paragraph.ref)

    def _answer_cell(self, cell: Cell, known: frozenset[int]) -> Iterator[Piece]:
        own = [control for control in cell.controls if control.number not in known]
        if own:
            yield Piece("control", cells.text(cell), _ref(cell), by="control", control=own[-1], tied=True)
            return
        if cells.is_empty(cell):
            yield Piece("room", "", _ref(cell), tied=True)
            return
        for piece in self.blocks(cell.blocks, known):
            if piece.kind == "label" and piece.control is None and not piece.tied:
                yield replace(piece, kind="help" if piece.text.rstrip("*: ").endswith("?") else "said")
            else:
                yield replace(piece, tied=True)

    def _cell(self, cell: Cell, known: frozenset[int], *, first: bool) -> Iterator[Piece]:
        """A cell alone in its row: a label, an answer, a label with its answer, or a frame around them."""
        own = [control for control in cell.controls if control.number not in known]
        if own or cells.is_empty(cell):
            yield from self._answer_cell(cell, known)
            return
        worded = [block for block in paragraphs(cell.blocks) if block.text.strip()]
        text = worded[0].text.strip() if worded else ""
        named = first and len(worded) == 1 and "\n" not in text and len(text) <= _LONGEST_LABEL
        if (
            named
            and len(text.split()) <= 14
            and not self._is_help(worded[0], text)
            and not any(s.controls for s in worded[0].spans)
        ):
            yield Piece("label", _LEADERS.sub("", text).strip(), worded[0].ref, FRAME, "cell")
        else:
            yield from self.blocks(cell.blocks, known)


class _Row:
    """A row of a table, with what its cells look like as labels and as room for answers."""

    def __init__(self, row: Row, number: int) -> None:
        self.cells = list(row.cells)
        self.number = number
        self.header = row.header
        self.filled = [cell for cell in self.cells if not cells.is_empty(cell)]

    @property
    def is_for_the_office(self) -> bool:
        """Whether the rows from here are filled in by those who sent the form."""
        return len(self.filled) == 1 and is_office(cells.text(self.filled[0]))

    @property
    def is_all_labels(self) -> bool:
        return len(self.cells) > 1 and all(
            not cells.is_empty(cell) and _is_brief(cell) for cell in self.cells
        )

    @property
    def is_all_room(self) -> bool:
        return bool(self.cells) and all(map(_is_open, self.cells))


def is_office(text: str) -> bool:
    """Whether a heading keeps what is below it to those who sent the form: "For office use only"."""
    return len(text.split()) <= 12 and bool(_OFFICE.search(text))


def _bold_behind_number(paragraph: Paragraph) -> Paragraph:
    """A paragraph that is bold but for its number, as bold."""
    found = re.match(r"\W*(?:\d{1,2}|[A-Za-z]\d{0,2})(?:\.\d{1,2})*[.):]?\s+(?=\S)", paragraph.text)
    if paragraph.bold or found is None:
        return paragraph
    return paragraph._replace(bold=lines.part(paragraph, found.end()).bold)


def _side_by_side(text: str) -> list[str]:
    """The labels of a line that has room behind each: "Signed ........ Date ........"."""
    found = list(_SIGNED.finditer(text))
    rest = _SIGNED.sub("", text)
    return [one["label"].strip() for one in found] if not rest.strip(" \t.") else []


def _ends_in_room(paragraph: Paragraph) -> bool:
    """Whether a label's own line waits for the answer: by a tab, or by the spaces of an empty form field."""
    return paragraph.text.rstrip(" \n").endswith(("\t", "\u2002", "\u2003"))


def _is_about_length(text: str) -> bool:
    """Whether a line says how long an answer may be, and names no question: a bare limit, or sentences with one."""
    if not wording.is_limit(text) or _NUMBERED.match(text) or "?" in text:
        return False
    return wording.is_limit(wording.taken_apart(text).name) or bool(_SENTENCES.match(text))


def _is_open(cell: Cell) -> bool:
    """Whether a cell waits for an answer: empty, or showing a prompt."""
    if cells.is_empty(cell) or any(control.prompt for control in cell.controls):
        return True
    return all(
        lines.is_prompt(p) or _NO_PROMPTS.known(p.text.strip())
        for p in paragraphs(cell.blocks)
        if p.text.strip()
    )


def _is_brief(cell: Cell) -> bool:
    text = cells.text(cell)
    return len(text.split()) <= 14 and not _is_open(cell)


def _is_grid(rows: Sequence[_Row]) -> bool:
    """Whether a table is to be filled row by row: a row of heads over several rows with nothing in them."""
    if len(rows) < 3 or not rows[0].is_all_labels or len({len(row.cells) for row in rows}) > 1:
        return False
    if all(cells.is_column_head(cell) for cell in rows[0].cells):
        return False
    return all(
        row.is_all_room or (all(map(_is_open, row.cells[1:])) and cells.is_number(row.cells[0]))
        for row in rows[1:]
    )


def _pairs(rest: Sequence[Cell]) -> list[tuple[Cell, list[Cell]]]:
    """The labels of a row with the cells that answer them: one label, or every second cell where that is empty."""
    if len(rest) >= 4 and len(rest) % 2 == 0:
        beside = [(rest[at], [rest[at + 1]]) for at in range(0, len(rest), 2)]
        if all(not cells.is_empty(label) and _is_brief(label) for label, _ in beside):
            return beside
    return [(rest[0], list(rest[1:]))]


def _bold_opening(paragraph: Paragraph) -> str:
    """The bold words a paragraph that is not all bold begins with, if they end where a label could."""
    if paragraph.bold:
        return ""
    words: list[str] = []
    for span in paragraph.spans:
        if not isinstance(span.inline, Text):
            break
        if "strong" not in span.inline.marks and span.inline.text.strip():
            break
        words.append(span.inline.text)
    opening = "".join(words).strip()
    text = paragraph.text.strip()
    if len(opening) < 3 or len(opening) > _LONGEST_LABEL or opening == text:
        return ""
    return opening if not text[len(opening) : len(opening) + 1].isalnum() else ""


def _may_name(opening: str) -> bool:
    return opening.endswith((":", "?", "*", ".")) or len(opening.split()) <= 8


def _is_room(rest: str) -> bool:
    return not _LEADERS.sub("", rest).strip(" .:_-–\t")


def _ref(cell: Cell) -> str:
    return next((paragraph.ref for paragraph in paragraphs(cell.blocks)), "")

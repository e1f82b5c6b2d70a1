"""A document as sections: what each heading, label, control or lack of one holds.

The stream of lines is walked once. Which look the template's headings have in this document (a heading style of
some level, bold or large lines, plain lines, labels that run into their text) is decided first, by where most of
the template's fields are found; a label of a lower look stays in its answer, unless its field is found nowhere
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from workbench.intake import lines
from workbench.intake.controls import Owner
from workbench.intake.headings import Match, normalise
from workbench.intake.tokens import Enter, Label, Leave, Line, Terms, Token
from workbench.submission import Note
from workbench.template import Field, Template
from workbench.word.document import Block, Paragraph, Table, paragraphs

Kind = Literal["lead", "title", "label", "control", "unknown", "stray"]
"""`lead` is text before the first label, `stray` text that no label claims."""

Rank = tuple[float, ...]
PLAIN: Rank = (2,)
RUN_IN: Rank = (3,)
RUN_IN_PLAIN: Rank = (4,)

_FORM_TITLE = re.compile(
    r"^(?:[a-z]+ ){0,3}(?:case study|good practice|notable practice)s?"
    r"(?: (?:template|form|submission|submission form|pro ?forma|\d+))*$"
)
_TO_THE_POINT = ("line", "council", "contact", "links")


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
    mixed: bool = False
    """Whether a control's words and words outside it stand together."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it is for; none where nobody knows."""
        return self.match.fields if self.match else ()

    @property
    def refs(self) -> tuple[str, ...]:
        """The refs of its paragraphs and tables, in order, each once."""
        found = (ref for block in self.blocks for ref in _refs(block))
        return tuple(dict.fromkeys((*self.heading_refs, *found)))


def _refs(block: Block) -> Iterator[str]:
    yield block.ref
    if isinstance(block, Table):
        yield from (paragraph.ref for paragraph in paragraphs([block]))


@dataclass(frozen=True, slots=True)
class Look:
    """How a line offers itself as a label: its rank (lower is higher up), what it means, how far the label goes."""

    rank: Rank
    match: Match | None
    label: str
    end: int | None = None
    """Where the answer begins in the same paragraph; None where the label is all of it."""


class Looks:
    """Judges lines as labels, in a document whose body text has one usual size."""

    def __init__(self, terms: Terms, body_size: float | None) -> None:
        self._terms = terms
        self._body = body_size

    def of(self, line: Line) -> Look | None:
        """The label a line is or begins with, known or not; None for text."""
        paragraph = line.block
        if not isinstance(paragraph, Paragraph) or line.owner:
            return None
        text = paragraph.text.strip()
        if not text:
            return None
        return self._whole(paragraph, text, line.opens) or self._run_in(paragraph)

    def _whole(self, paragraph: Paragraph, text: str, opens: bool) -> Look | None:
        match = self._terms.find(text) if len(text) < 200 else None
        rank = self._rank(paragraph, text, match)
        if rank is None and match and (paragraph.list is None or paragraph.list.ordered):
            rank = PLAIN
        if rank is None:
            return None
        if match is None and (found := self._with_subtitle(paragraph, rank)):
            return found
        return Look((1.0, 0.0, 0.0) if opens and match and rank == PLAIN else rank, match, text)

    def _with_subtitle(self, paragraph: Paragraph, rank: Rank) -> Look | None:
        found = lines.run_in(paragraph, self._terms.find)
        if found is None:
            return None
        words = len(paragraph.text[found.end :].split())
        return Look(
            rank if paragraph.outline is not None or words < 8 else RUN_IN,
            found.match,
            found.label,
            found.end,
        )

    def _run_in(self, paragraph: Paragraph) -> Look | None:
        found = lines.run_in(paragraph, self._terms.find, unknown=True)
        if found is None:
            return None
        return Look(RUN_IN if found.bold else RUN_IN_PLAIN, found.match, found.label, found.end)

    def _rank(self, paragraph: Paragraph, text: str, match: Match | None) -> Rank | None:
        if paragraph.outline is not None:
            return (0, paragraph.outline)
        if not match and (paragraph.list or not _is_headline(text)):
            return None
        capitals = lines.is_capitals(text)
        larger = (paragraph.size or 0) - (self._body or paragraph.size or 0)
        if paragraph.bold or larger >= 1 or (capitals and (match or " " in text)):
            return (1, -round(max(larger, 0)), 0 if capitals else 1)
        return None


def _is_headline(text: str) -> bool:
    return (
        len(text.split()) <= 14
        and len(text) < 120
        and not text.endswith((".", ",", ";", "!"))
        and "\n" not in text
    )


def body_size(tokens: Iterable[Token]) -> float | None:
    """The size in points that most words have, or None where none is said."""
    weights: dict[float, int] = {}
    for token in tokens:
        if isinstance(token, Line) and isinstance(token.block, Paragraph) and token.block.size:
            size = token.block.size
            weights[size] = weights.get(size, 0) + len(token.block.text)
    return max(weights, key=lambda size: weights[size], default=None)


def level(looks: Sequence[Look]) -> Rank | None:
    """The look of the template's headings here: the one under which most fields are found, the higher on a tie."""
    found: dict[Rank, dict[str, float]] = {}
    for look in looks:
        if look.match and look.rank != RUN_IN_PLAIN:
            votes = found.setdefault(look.rank, {})
            for name in look.match.fields:
                votes[name] = max(votes.get(name, 0), 1.25 if look.match.exact else 1)
    plain = {
        name: 1.0 for look in looks if look.match and look.rank == RUN_IN_PLAIN for name in look.match.fields
    }
    found[RUN_IN_PLAIN] = plain if len(plain) > 1 else {}
    scores = {rank: sum(votes.values()) for rank, votes in found.items() if votes}
    return min(scores, key=lambda rank: (-scores[rank], rank), default=None)


class Walk:
    """Reads a stream of lines into sections and notes."""

    def __init__(self, tokens: Sequence[Token], terms: Terms, template: Template | None) -> None:
        self.sections: list[Section] = []
        self.notes: list[Note] = []
        self._terms = terms
        self._fields: dict[str, Field] = dict(template.by_id) if template else {}
        self._order = list(self._fields)
        self._form_label = normalise(template.label) if template else ""
        self._tokens = tokens
        judge = Looks(terms, body_size(tokens))
        self._looks = [judge.of(token) if isinstance(token, Line) else None for token in tokens]
        self._level = level([look for look in self._looks if look])
        self._headed = self._fields_at_level()
        self._current = self._start(Section("lead"))
        self._stack: list[Section] = []
        self._begun = False
        self._told = False
        for at, token in enumerate(tokens):
            self._take(at, token)

    def _fields_at_level(self) -> frozenset[str]:
        looks = (
            look for look in self._looks if look and look.match and self._level and look.rank <= self._level
        )
        labelled = (token for token in self._tokens if isinstance(token, Label))
        owned = (token.owner.field for token in self._tokens if isinstance(token, Line) and token.owner)
        of_looks = (name for look in looks if look.match for name in look.match.fields)
        of_labels = (name for label in labelled if label.match for name in label.match.fields)
        return frozenset((*of_looks, *of_labels, *owned))

    def _take(self, at: int, token: Token) -> None:
        match token:
            case Enter():
                self._stack.append(self._current)
            case Leave():
                self._leave()
            case Label():
                self._label_cell(token)
            case Line(block, owner):
                if owner:
                    self._owned(block, owner)
                elif isinstance(block, Table):
                    self._current.blocks.append(block)
                else:
                    self._line(at, block)

    # Boxes and cells

    def _leave(self) -> None:
        saved = self._stack.pop()
        opened_in_box = (
            self._current is not saved and not self._current.blocks and self._current.kind == "label"
        )
        if opened_in_box and self._current.rank != (-1,):
            return
        self._current = self._after(saved)

    def _after(self, saved: Section) -> Section:
        """The section to go on with; text before the first label is one thing, text after labelled text another."""
        if saved.kind != "lead" or not self._told:
            return saved
        near = next((s.fields[0] for s in reversed(self.sections) if s.fields and len(s.fields) == 1), None)
        return self._start(Section("stray", near=near))

    def _label_cell(self, label: Label) -> None:
        self._stack.append(self._current)
        self._note_label_cells(label)
        if not label.text:
            if label.cells:
                return
            self._current = self._start(Section("stray", rank=(-1,)))
            return
        kind: Kind = "label" if label.match else "unknown"
        self._begin(Section(kind, label.match, label.text, (-1,), heading_refs=_cell_refs(label)))

    def _note_label_cells(self, label: Label) -> None:
        first = bool(label.match) or not label.text
        for cell in label.cells:
            for paragraph in paragraphs(cell.blocks):
                text = paragraph.text.strip()
                head, _, rest = text.partition("\n")
                if head and (first or head != label.text):
                    self._note("label" if first else "guidance", head, paragraph)
                    first = False
                if rest.strip():
                    self._note("guidance", rest.strip(), paragraph)

    # Content controls

    def _owned(self, block: Block, owner: Owner) -> None:
        if isinstance(block, Paragraph) and self._is_no_answer(block, owner):
            return
        section = self._section_of(owner)
        section.blocks.append(block)

    def _is_no_answer(self, paragraph: Paragraph, owner: Owner) -> bool:
        """A control may wrap its heading or hold guidance besides the answer."""
        text = paragraph.text.strip()
        if lines.is_blank(paragraph) or lines.is_prompt(paragraph):
            self._section_of(owner)
            return True
        match = self._terms.find(text)
        own = match is not None and match.fields == (owner.field,) and match.exact
        headed = paragraph.outline is not None or paragraph.bold or self._fields[owner.field].kind != "line"
        if own and headed and not self._section_of(owner).blocks:
            self._note("label", text, paragraph)
            return True
        if self._terms.prompts.known(text):
            self._section_of(owner)
            self._note("guidance", text, paragraph)
            return True
        return False

    def _section_of(self, owner: Owner) -> Section:
        match = Match((owner.field,), owner.by, owner.confidence)
        last = self.sections[-1]
        if self._current.fields == (owner.field,) or last.fields == (owner.field,):
            section = self._current if self._current.fields == (owner.field,) else last
            section.mixed = section.mixed or (section.kind == "label" and bool(section.blocks))
            section.match = match
            return section
        section = self._start(Section("control", match))
        self._tell(owner.field)
        self._current = self._after(self._current)
        return section

    # Lines of the flow

    def _line(self, at: int, paragraph: Paragraph) -> None:
        if lines.is_blank(paragraph) or lines.is_prompt(paragraph):
            return
        text = paragraph.text.strip()
        look = self._looks[at]
        if self._is_contents(paragraph, text):
            self._note("contents", text, paragraph)
        elif look and self._labels_next_control(at, look):
            self._note("label", text, paragraph)
        elif look and self._begins(at, look):
            self._heading(paragraph, look)
        elif self._terms.prompts.known(text) or (self._expects() and self._terms.prompts.asks(text)):
            self._note("guidance", text, paragraph)
        else:
            self._text(paragraph)

    def _is_contents(self, paragraph: Paragraph, text: str) -> bool:
        if normalise(text) in ("contents", "table of contents", "contents page"):
            return True
        return lines.is_contents(paragraph, anywhere=not self._told)

    def _expects(self) -> bool:
        return self._current.kind == "label" and not self._current.blocks

    def _text(self, paragraph: Paragraph) -> None:
        cut = self._terms.prompts.leading(paragraph.text)
        if cut:
            self._note("guidance", paragraph.text[:cut].strip(), paragraph)
            paragraph = lines.part(paragraph, cut)
        if self._overflows(paragraph):
            self._current = self._after(self.sections[0])
        self._current.blocks.append(paragraph)

    def _overflows(self, paragraph: Paragraph) -> bool:
        """Whether a title, a council's name and the like end before this paragraph, since it is prose."""
        section = self._current
        if section.kind != "label" or len(section.fields) != 1 or section.rank == (-1,):
            return False
        kind = self._fields[section.fields[0]].kind
        if kind not in ("line", "council") or not section.blocks:
            return False
        return kind == "line" or section.rank >= RUN_IN or len(paragraph.text.split()) > 12

    # Labels in the flow

    def _labels_next_control(self, at: int, look: Look) -> bool:
        """Whether a plain label stands before the control of its field, and so says nothing more."""
        if look.match is None or look.end is not None or look.rank[0] == 0:
            return False
        following = next((one for one in self._tokens[at + 1 :] if not _is_blank_line(one)), None)
        return (
            isinstance(following, Line)
            and following.owner is not None
            and following.owner.field in look.match.fields
        )

    def _begins(self, at: int, look: Look) -> bool:
        if look.match is None:
            return self._begins_unknown(at, look)
        if look.rank == PLAIN and self._is_among_items(at):
            return False
        if self._level is None or look.rank <= self._level:
            return not self._is_subject(look)
        if look.match.fields == self._current.fields and look.match.exact and not self._current.blocks:
            return True
        if len(self._current.fields) > 1 and set(look.match.fields) < set(self._current.fields):
            return True
        return self._is_missing(look)

    def _is_among_items(self, at: int) -> bool:
        """Whether a line is one of several items of a list."""
        return _is_item(self._tokens[at]) and any(
            _is_item(one) for one in (*self._tokens[at - 1 : at], *self._tokens[at + 1 : at + 2])
        )

    def _is_subject(self, look: Look) -> bool:
        """Whether a run-in label only names what its own section is about: "Savings: £20,000" under impact."""
        assert look.match is not None
        return look.end is not None and not look.match.exact and look.match.fields == self._current.fields

    def _is_missing(self, look: Look) -> bool:
        """Whether a label of a lower look opens a field that is found nowhere else, at a fitting place."""
        assert look.match is not None
        if len(look.match.fields) != 1 or look.match.fields[0] in self._headed:
            return False
        name = look.match.fields[0]
        if self._current.kind in ("lead", "unknown", "stray", "title"):
            return look.match.exact or look.rank < PLAIN or self._fields[name].kind in _TO_THE_POINT
        if self._fields[name].kind in ("contact", "links"):
            return look.match.exact or look.rank <= RUN_IN
        return look.match.exact and self._comes_next(name)

    def _comes_next(self, name: str) -> bool:
        here = [self._order.index(one) for one in self._current.fields if one in self._order]
        return not here or self._order.index(name) > max(here)

    def _begins_unknown(self, at: int, look: Look) -> bool:
        if self._level is None:
            return look.rank[0] == 0 and not self._stack
        if look.rank[0] == 0:
            return look.rank <= self._level or (self._level[0] > 0 and not self._boxed_answer())
        if look.rank == RUN_IN:
            return look.rank == self._level and self._told
        return look.rank <= self._level and look.rank[0] <= 1 and self._has_text_below(at)

    def _boxed_answer(self) -> bool:
        return bool(self._stack) and self._current.rank == (-1,)

    def _has_text_below(self, at: int) -> bool:
        """Whether the next line is body text or a known label, not one more line of the same look."""
        for token, look in zip(self._tokens[at + 1 :], self._looks[at + 1 :], strict=True):
            if isinstance(token, Line) and isinstance(token.block, Paragraph) and lines.is_blank(token.block):
                continue
            return look is None or look.match is not None or look.end is not None
        return False

    def _heading(self, paragraph: Paragraph, look: Look) -> None:
        if look.match is None:
            self._unknown(paragraph, look)
            return
        match = look.match
        if self._level is not None and look.rank > self._level:
            match = replace(match, confidence=min(match.confidence, self._sureness(match)))
        self._note("label", look.label, paragraph)
        if match.fields == self._current.fields and not self._current.blocks and self._current.rank != (-1,):
            pass
        else:
            self._begin(Section("label", match, look.label, look.rank, heading_refs=[paragraph.ref]))
        if look.end is not None:
            self._text(lines.part(paragraph, look.end))

    def _sureness(self, match: Match) -> float:
        """How sure a label of a lower look can be: "Council: …" before the first heading is as good as any."""
        kind = self._fields[match.fields[0]].kind
        return 0.9 if not self._told and kind in ("line", "council") else 0.75

    def _unknown(self, paragraph: Paragraph, look: Look) -> None:
        if self._is_form_title(look.label):
            self._note("label", look.label, paragraph)
            return
        if (
            not self._told
            and not any(section.kind == "title" for section in self.sections)
            and look.end is None
        ):
            title = self._start(Section("title", rank=look.rank))
            title.blocks.append(paragraph)
            self._current = self._after(self.sections[0])
            return
        self._begin(Section("unknown", None, look.label, look.rank, heading_refs=[paragraph.ref]))
        if look.end is not None:
            self._text(lines.part(paragraph, look.end))

    def _is_form_title(self, text: str) -> bool:
        words = normalise(text)
        return words == self._form_label or bool(_FORM_TITLE.match(words))

    # Sections

    def _begin(self, section: Section) -> None:
        self._current = self._start(section)
        for name in section.fields:
            self._tell(name)

    def _start(self, section: Section) -> Section:
        self.sections.append(section)
        return section

    def _tell(self, name: str) -> None:
        """Remembers that the telling has begun: what comes now without a label is no lead any more."""
        known = self._fields.get(name)
        if known and known.kind not in ("line", "council"):
            self._told = True

    def _note(self, kind: str, text: str, paragraph: Paragraph) -> None:
        self.notes.append(Note(kind, text, paragraph.ref))


def _is_blank_line(token: Token) -> bool:
    return (
        isinstance(token, Line)
        and not token.owner
        and isinstance(token.block, Paragraph)
        and lines.is_blank(token.block)
    )


def _is_item(token: Token) -> bool:
    return isinstance(token, Line) and isinstance(token.block, Paragraph) and token.block.list is not None


def _cell_refs(label: Label) -> list[str]:
    return [paragraph.ref for cell in label.cells for paragraph in paragraphs(cell.blocks)]

"""A document read once, from its first line to its last, into sections and notes.

Which look the template's headings have in this document (a heading style of some level, bold or large lines, plain
lines, labels that run into their text) is decided first, by where most of the template's fields are found. A label
of a lower look stays in its answer, unless its field is found nowhere else; a heading nobody knows opens a section
that belongs to no field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.intake import lines
from workbench.intake.controls import Owner
from workbench.intake.guidance import answer_mark, called, instructs, is_detail, is_question
from workbench.intake.headings import Match, normalise
from workbench.intake.looks import CELL, PLAIN, RUN_IN, Look
from workbench.intake.opening import LOWER, Openings
from workbench.intake.sections import Kind, Section
from workbench.intake.tokens import Enter, Label, Leave, Line, Terms, Token
from workbench.submission import Note
from workbench.template import Template
from workbench.template.model import clean
from workbench.word.document import Block, Paragraph, Table, paragraphs

_FORM_TITLE = re.compile(
    r"^(?:[a-z]+ ){0,3}(?:case study|good practice|notable practice)s?"
    r"(?: (?:template|form|submission|submission form|pro ?forma|\d+))*$"
)
_NO_TITLE = re.compile(
    r"^(?:section|heading|field|question)\s*:|^(?:section|part|annex|appendix|chapter|step|page|stage)\s+(?:\d+|[a-z]|[ivx]+)\b"
    r"|^about (?:you|your)\b|^how to\b|^(?:instructions|guidance|notes?)\b"
    r"|\b(?:submission|application|entry|nomination) form$|^(?:project |key |your )?(?:details|facts)$"
)
_REACHES = re.compile(r"\d|@|\bwww\b|://")
"""What is in the answer to a contact or to links, and hardly ever in the question."""

_MOST_TITLES = 8
"""Titles of one document that later headings are held against."""

_CONTENTS = frozenset(("contents", "table of contents", "contents page", "list of contents"))


class Walk:
    """The sections of a stream of lines, and the notes made on the way."""

    def __init__(self, tokens: Sequence[Token], terms: Terms, template: Template) -> None:
        self.sections: list[Section] = []
        self._titled: list[Section] = []
        self.notes: list[Note] = []
        self._terms = terms
        self._fields = dict(template.by_id)
        self._form_labels = frozenset(map(normalise, called(template)))
        self._openings = Openings(tokens, terms, self._fields)
        self._stack: list[Section] = []
        self._noted: set[str] = set()
        self._trail: Section | None = None
        self._told = False
        self._current = self._start(Section("lead"))
        for at, token in enumerate(tokens):
            self._take(at, token)

    def _take(self, at: int, token: Token) -> None:
        match token:
            case Enter():
                self._stack.append(self._current)
            case Leave():
                self._leave()
            case Label():
                self._label_cell(token)
            case Line(block, owner, _, text) if owner:
                self._owned(block, owner, text.strip())
            case Line(block, _, _, text):
                if isinstance(block, Table):
                    self._place(block)
                else:
                    self._line(at, block, text.strip())

    # Boxes and cells

    def _leave(self) -> None:
        """Back to where the box was opened; but what a box headed, and did not answer, is answered below it."""
        saved = self._stack.pop()
        headed = self._current is not saved and not self._current.blocks and self._current.kind == "label"
        if not headed or self._current.in_cell:
            self._current = self._after(saved)

    def _after(self, saved: Section) -> Section:
        """The section to go on with; text before the first label is one thing, text after labelled text another."""
        if saved.kind != "lead" or not self._told:
            return saved
        near = next((one.fields[0] for one in reversed(self.sections) if len(one.fields) == 1), None)
        return self._start(Section("stray", near=near))

    def _label_cell(self, label: Label) -> None:
        around = self._current
        self._stack.append(around)
        self._note_cells(label)
        if not label.text or self._is_dressing(label):
            self._current = around if label.cells else self._start(Section("stray", rank=CELL))
            return
        if contact := self._contact_above(label):
            if label.match is None:
                self._note("label", label.text, label.cells[0].blocks[0].ref)
            self._current = contact
            return
        kind: Kind = "label" if label.match else "unknown"
        match = label.match
        if (
            match
            and around.kind == "label"
            and not around.in_cell
            and around.blocks
            and around.fields != match.fields
        ):
            match = replace(match, confidence=min(match.confidence, LOWER))
        self._begin(Section(kind, match, label.text, CELL, heading_refs=_cell_refs(label)))

    def _is_dressing(self, label: Label) -> bool:
        """Whether a label cell names no question: the title of the form, or one of its headings."""
        if normalise(label.text) in self._terms.banners:
            return True
        return label.match is None and self._is_form_title(label.text)

    def _contact_above(self, label: Label) -> Section | None:
        """The contact that a label such as "Email" goes on with, or "Organisation" where the council is known."""
        known = [one for one in self.sections if len(one.fields) == 1]
        contact = next(
            (one for one in reversed(known) if self._fields[one.fields[0]].kind == "contact"), None
        )
        if contact is None or not is_detail(label.text):
            return None
        if label.match is None:
            return contact
        return (
            contact
            if known[-1] is contact and any(one.fields == label.match.fields for one in known)
            else None
        )

    def _note_cells(self, label: Label) -> None:
        """Notes the words of label cells: what explains the label, and the label unless a section bears it."""
        dressing = not label.text or self._is_dressing(label)
        kind = "label" if label.match or dressing else ""
        for paragraph in paragraphs([block for cell in label.cells for block in cell.blocks]):
            head, _, rest = paragraph.text.strip().partition("\n")
            if not head or paragraph.ref in self._noted:
                continue
            self._noted.add(paragraph.ref)
            if kind:
                self._note(kind, head, paragraph.ref)
            kind = "label" if dressing else "guidance"
            if rest.strip():
                self._note("guidance", rest.strip(), paragraph.ref)

    # Content controls

    def _owned(self, block: Block, owner: Owner, text: str) -> None:
        section = self._section_of(owner)
        by_run = isinstance(block, Paragraph) and owner.number in _run_controls(block)
        if isinstance(block, Paragraph) and self._is_no_answer(block, text, section):
            if by_run and not lines.is_blank(block) and not lines.is_prompt(block):
                self._current = section
            return
        section.blocks.append(self._unguided(block) if isinstance(block, Paragraph) else block)
        self._trail = section if by_run and self._is_telling(owner.field) else None

    def _is_no_answer(self, paragraph: Paragraph, text: str, section: Section) -> bool:
        """A control may wrap its heading or hold guidance besides the answer."""
        if lines.is_blank(paragraph) or lines.is_prompt(paragraph):
            return True
        headed = (
            paragraph.outline is not None or paragraph.bold or self._fields[section.fields[0]].kind != "line"
        )
        match = self._terms.find(text) if headed and not section.blocks else None
        if match and match.exact and match.fields == section.fields:
            self._note("label", text, paragraph.ref)
            return True
        if self._terms.prompts.known(text):
            self._note("guidance", text, paragraph.ref)
            return True
        return False

    def _section_of(self, owner: Owner) -> Section:
        match = Match((owner.field,), owner.by, owner.confidence)
        for section in (self._current, self.sections[-1]):
            if section.fields == match.fields:
                section.match = match
                return section
        self._current.disputed = self._current.kind == "label" and not self._current.in_cell
        section = self._start(Section("control", match))
        self._tell(owner.field)
        self._current = self._after(self._current)
        return section

    def _claims_nothing(self) -> bool:
        return self._current.kind in ("lead", "stray")

    # Lines of the flow

    def _line(self, at: int, paragraph: Paragraph, text: str) -> None:
        if lines.is_blank(paragraph) or lines.is_prompt(paragraph):
            return
        look = self._openings.looks[at]
        if normalise(text) in self._terms.banners:
            self._banner(paragraph, text)
        elif self._is_contents(paragraph, text):
            self._note("contents", text, paragraph.ref)
        elif look and self._openings.labels_next_control(at, look):
            self._note("label", text, paragraph.ref)
        elif look and self._openings.opens(at, look, self._current, told=self._told):
            self._heading(at, paragraph, look)
        elif look is None and self._openings.opens_plainly(at, paragraph, text, self._current):
            self._unknown(paragraph, Look(PLAIN, None, text))
        elif not self._told and self._claims_nothing() and self._is_form_title(text):
            self._note("label", text, paragraph.ref)
        elif self._is_guidance(at, paragraph, text):
            self._note("guidance", text, paragraph.ref)
        else:
            self._text(paragraph)

    def _banner(self, paragraph: Paragraph, text: str) -> None:
        """A heading of the form that asks nothing ends what stands above it."""
        self._note("label", text, paragraph.ref)
        if not self._current.in_cell:
            self._current = self._after(self.sections[0])

    def _is_contents(self, paragraph: Paragraph, text: str) -> bool:
        heads = len(text) < 30 and "content" in text.casefold() and normalise(text) in _CONTENTS
        return heads or lines.is_contents(paragraph, text, anywhere=not self._told)

    def _is_guidance(self, at: int, paragraph: Paragraph, text: str) -> bool:
        if self._terms.prompts.known(text):
            return True
        if self._current.kind != "label" or self._current.blocks:
            return False
        if is_question(text) and not self._openings.is_answered_below(at, self._current.fields):
            return False
        bracketed = text.startswith(("(", "[")) and text.endswith((")", "]"))
        inner = text.strip("()[] ") if bracketed else text
        if (bracketed or lines.is_italic(paragraph)) and inner.endswith("?"):
            return True
        kind = self._fields[self._current.fields[0]].kind
        if kind in ("contact", "links") and _REACHES.search(text):
            return False
        return self._terms.prompts.asks(text) or (bracketed and instructs(inner))

    def _text(self, paragraph: Paragraph) -> None:
        paragraph = self._unguided(paragraph)
        if self._overflows(paragraph):
            self._current = self._after(self.sections[0])
        self._place(paragraph)

    def _unguided(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph without the template's guidance that it begins with, which is noted."""
        begun = any(self._current.blocks)
        cut = self._terms.prompts.leading(paragraph.text) or (0 if begun else answer_mark(paragraph.text))
        if not cut:
            return paragraph
        self._note("guidance", paragraph.text[:cut].strip(), paragraph.ref)
        return lines.part(paragraph, cut)

    def _place(self, block: Block) -> None:
        """Adds to the current section; or, where an office program kept a control around its first paragraph only,
        to the section of that control, no longer so sure."""
        if self._trail and self._current is not self._trail:
            self._trail.disputed = True
        if self._trail and self._claims_nothing():
            self._trail.blocks.append(block)
        else:
            self._current.blocks.append(block)

    def _overflows(self, paragraph: Paragraph) -> bool:
        """Whether a title, a council's name and the like end before this paragraph."""
        section = self._current
        if section.kind != "label" or len(section.fields) != 1 or section.in_cell or not section.blocks:
            return False
        kind = self._fields[section.fields[0]].kind
        if kind == "council":
            return section.rank >= RUN_IN or len(paragraph.text.split()) > 12
        return kind == "line"

    # Labels in the flow

    def _heading(self, at: int, paragraph: Paragraph, look: Look) -> None:
        if look.match is None:
            self._unknown(paragraph, look)
            return
        match = replace(look.match, confidence=self._openings.confidence(look, look.match, told=self._told))
        self._note("label", look.label, paragraph.ref)
        again = (
            match.fields == self._current.fields and not self._current.blocks and not self._current.in_cell
        )
        if not again:
            section = Section("label", match, look.label, look.rank, heading_refs=[paragraph.ref])
            section.within = self._combined_around(match)
            self._begin(section)
        if look.end is not None and self._instructs(at, paragraph, look.end, match, again=again):
            self._note("guidance", paragraph.text[look.end :].strip(), paragraph.ref)
        elif look.end is not None:
            self._rest(lines.part(paragraph, look.end), match)

    def _instructs(self, at: int, paragraph: Paragraph, end: int, match: Match, *, again: bool) -> bool:
        """Whether what follows a label in its own paragraph is an instruction, the answer standing below."""
        if not self._openings.is_answered_below(at, match.fields):
            return False
        headed = paragraph.outline is not None or paragraph.bold
        said = paragraph.text[end:].strip()
        asked = is_question(said) and (again or (headed and self._openings.is_brief(match)))
        return asked or self._terms.prompts.asks(said) or (headed and instructs(said))

    def _rest(self, paragraph: Paragraph, match: Match) -> None:
        """What follows a label in its own paragraph: the answer's first words, or the same label once more."""
        text = paragraph.text.strip()
        again = self._terms.find(text) if paragraph.outline is not None else None
        if again and again.fields == match.fields:
            self._note("label", text, paragraph.ref)
        else:
            self._text(paragraph)

    def _combined_around(self, match: Match) -> tuple[str, ...]:
        """The fields of the combined heading that a label splits."""
        around = self._current.fields if len(self._current.fields) > 1 else self._current.within
        return around if set(match.fields) < set(around) else ()

    def _unknown(self, paragraph: Paragraph, look: Look) -> None:
        if (not self._told and self._is_form_title(look.label)) or normalise(look.label) in self._titles():
            self._note("label", look.label, paragraph.ref)
        elif self._trail and self._openings.unled and self._claims_nothing():
            self._place(paragraph)
        elif self._could_be_title(look):
            self._start(Section("title", rank=look.rank, blocks=[paragraph]))
            self._current = self._after(self.sections[0])
        else:
            self._current.disputed = self._current.disputed or not (look.styled and self._openings.styled)
            self._begin(Section("unknown", None, look.label, look.rank, heading_refs=[paragraph.ref]))
            if look.end is not None:
                self._text(lines.part(paragraph, look.end))

    def _is_form_title(self, text: str) -> bool:
        words = normalise(text)
        return words in self._form_labels or bool(_FORM_TITLE.match(words))

    def _titles(self) -> frozenset[str]:
        """What was taken for the title so far, to know it again on the next page."""
        return frozenset(
            normalise(" ".join(p.text for p in paragraphs(one.blocks))) for one in self._titled
        ) - {""}

    def _could_be_title(self, look: Look) -> bool:
        """Whether a heading nobody knows can be the title: nothing was told yet, and nothing better was found."""
        if self._told or look.end is not None or _NO_TITLE.search(clean(look.label)):
            return False
        better = [one for one in self._titled if one.fields == ("title",) and one.blocks]
        better += [one for one in self._titled if one.kind == "title" and one.rank <= max(look.rank, (0, 0))]
        return all(one.kind == "title" and lines.is_council(one.said) for one in better)

    # Sections

    def _begin(self, section: Section) -> None:
        self._trail = None
        self._current = self._start(section)
        for name in section.fields:
            self._tell(name)

    def _start(self, section: Section) -> Section:
        self.sections.append(section)
        titled = section.kind == "title" or section.fields == ("title",)
        if titled and len(self._titled) < _MOST_TITLES:
            self._titled.append(section)
        return section

    def _tell(self, name: str) -> None:
        """Remembers that the telling has begun: what comes now without a label is no lead any more."""
        self._told = self._told or self._is_telling(name)

    def _is_telling(self, name: str) -> bool:
        return self._fields[name].kind not in ("line", "council")

    def _note(self, kind: str, text: str, ref: str) -> None:
        self.notes.append(Note(kind, text, ref))


def _run_controls(paragraph: Paragraph) -> frozenset[int]:
    return frozenset(control.number for span in paragraph.spans for control in span.controls)


def _cell_refs(label: Label) -> list[str]:
    return [paragraph.ref for cell in label.cells for paragraph in paragraphs(cell.blocks)]

"""The text of one part of a Word file, in one pass: its body, a header, the footnotes, …

A `Story` walks the part's elements and leaves each to the function that its `Grammar` names for it. Rule of the
house: an element the grammar does not know is walked through, so that words in it are kept; only what is known
to hold no words is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from workbench.errors import Refused
from workbench.richtext import Mark, Text
from workbench.submission import Note, Picture
from workbench.word import guard
from workbench.word.controls import control
from workbench.word.document import Block, Control, Paragraph, Span, Trace, WordDocument
from workbench.word.fields import Fields
from workbench.word.line import Line, RunLook, Where, one_line
from workbench.word.numbering import Numbering
from workbench.word.package import Package
from workbench.word.plain import LOOKS
from workbench.word.styles import PLAIN, Look, Styles, outline_level, run_look
from workbench.word.xml import Element, W, child, number, value_of

Origin = Literal["body", "textbox", "altchunk"]
Revisions = Literal["accepted", "rejected", "shown"]

_P, _T, _PPR, _RPR = W + "p", W + "t", W + "pPr", W + "rPr"
_PSTYLE, _RSTYLE, _OUTLINE, _NUMPR = W + "pStyle", W + "rStyle", W + "outlineLvl", W + "numPr"
_VAL = W + "val"
_PLACING = frozenset({_NUMPR, _OUTLINE})
_ASIDES: Mapping[Revisions, Mapping[str, str]] = {
    "accepted": {W + "del": "deletion", W + "moveFrom": "moved-from"},
    "rejected": {W + "ins": "insertion", W + "moveTo": "moved-to"},
    "shown": {},
}
_REVISED: Mapping[str, Literal["insertion", "deletion", "moved-to", "moved-from"]] = {
    W + "ins": "insertion",
    W + "del": "deletion",
    W + "moveTo": "moved-to",
    W + "moveFrom": "moved-from",
}


class Place(NamedTuple):
    """What a paragraph's own properties say, its style behind them."""

    look: Look = PLAIN
    outline: int | None = None
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class Reading:
    """What the stories of one document share and add to. `open_inner` reads a Word file that stands in this one."""

    package: Package
    styles: Styles
    numbering: Numbering
    grammar: Grammar
    open_inner: Callable[[bytes], WordDocument]
    revisions: Revisions = "accepted"
    with_pictures: bool = True
    notes: list[Note] = field(default_factory=list[Note])
    pictures: dict[str, Picture] = field(default_factory=dict[str, Picture])
    loaded: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    """By part, the SHA-256 of a picture met before; None for one that could not be read."""
    assets: dict[str, bytes] = field(default_factory=dict[str, bytes])
    anchors: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """By kind (footnote, endnote, comment) and id: the ref of the paragraph that refers to it."""
    comments: set[str] = field(default_factory=set[str])
    """The comments that are about the words being read, where everything is shown."""
    paragraphs: int = 0
    tables: int = 0
    controls: int = 0
    cells: int = 0
    taken_in: set[str] = field(default_factory=set[str])
    """The parts that were taken into the text or the notes where they are named; each is, once."""
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    looks: dict[tuple[object, ...], RunLook] = field(default_factory=dict[tuple[object, ...], RunLook])

    @property
    def gone(self) -> Collection[str]:
        """The tags of the revisions whose paragraph marks this view leaves out, so that refs are the same in the
        view that shows everything as in the one that accepts it."""
        return _ASIDES["accepted" if self.shows_all else self.revisions]

    @property
    def shows_all(self) -> bool:
        """Whether this view keeps every word in the text, with its traces."""
        return self.revisions == "shown"

    def count_cell(self) -> None:
        """Raises `Refused("too-large")` at the first table cell too many."""
        self.cells += 1
        if self.cells > guard.MAX_CELLS:
            raise Refused("too-large")

    def takes_in(self, part: str) -> bool:
        """Whether a part is named for the first time, and so is read here."""
        first = part not in self.taken_in
        self.taken_in.add(part)
        return first

    def revised(self, element: Element, where: Where) -> Where:
        """In what the words of a revision stand in this view: in a note, in the text, or there with their trace."""
        if self.shows_all:
            trace = Trace(_REVISED[element.tag], element.get(W + "author", ""))
            return where._replace(traces=(*where.traces, trace))
        aside = where.aside or _ASIDES[self.revisions].get(element.tag, "")
        return where._replace(aside=aside)


@dataclass(slots=True)
class Flow:
    """A sequence of blocks while it is being read. `carried` is a line whose paragraph mark is deleted, so that
    it runs on into the next paragraph."""

    controls: tuple[Control, ...] = ()
    blocks: list[Block] = field(default_factory=list[Block])
    carried: Line | None = None


class Story:
    """Reads one part. `anchor` is the ref that everything in a side story goes by; the body has none."""

    def __init__(self, reading: Reading, part: str, anchor: str | None = None) -> None:
        self.reading = reading
        self.part = part
        self.anchor = anchor
        self.origin: Origin = "body"
        self.where = Where()
        """In what every paragraph stands that is read now."""
        self.fields = Fields()
        self.ignore_fields = False
        self.busy: Collection[Element] | None = None
        """The paragraphs that are more than plain words, where that is known."""
        self._look = PLAIN
        self._inline = reading.grammar.inline
        self._blocks = reading.grammar.blocks

    def blocks(self, parent: Iterable[Element], controls: tuple[Control, ...] = ()) -> tuple[Block, ...]:
        """The blocks of a body, a cell, a text box or a note."""
        flow = Flow(controls)
        self.fill(parent, flow)
        return tuple(flow.blocks)

    def fill(self, parent: Iterable[Element], flow: Flow) -> None:
        """Adds to `flow` the blocks of `parent`, a line that waits for its next paragraph included."""
        self.extend(parent, flow)
        self.settle(flow)

    def extend(self, parent: Iterable[Element], flow: Flow) -> None:
        """Adds to `flow` the blocks of `parent`."""
        for element in parent:
            tag = element.tag
            if tag == _P:
                self._paragraph(element, flow)
            elif (handler := self._blocks.get(tag)) is not None:
                handler(self, element, flow)
            elif tag in self._inline:
                self._loose(element, flow)
            else:
                self.extend(element, flow)

    def settle(self, flow: Flow) -> None:
        """Ends a line that waits for a next paragraph which does not come."""
        if flow.carried is not None:
            line, flow.carried = flow.carried, None
            self._close(line, self._place(None), flow)

    def inline(self, parent: Iterable[Element], line: Line, where: Where, look: RunLook) -> None:
        """Adds to `line` what `parent` says."""
        for element in parent:
            handler = self._inline.get(element.tag)
            if handler is None:
                self.inline(element, line, where, look)
            else:
                handler(self, element, line, where, look)

    def write(self, text: str, line: Line, where: Where, look: RunLook) -> None:
        """Adds words to `line`: as text, or as the note that open fields make of them."""
        if self.fields.any_open:
            where = self.in_fields(where)
        if self.reading.shows_all:
            where, look = self._traced(where, look)
        line.write(text, look, where)

    def _traced(self, where: Where, look: RunLook) -> tuple[Where, RunLook]:
        """Words that are hidden or commented on, with a trace that says so."""
        told = [Trace("hidden")] if look.hidden else []
        told += [Trace("comment")] if self.reading.comments else []
        return where._replace(traces=(*where.traces, *told)) if told else where, look._replace(hidden=False)

    def in_fields(self, where: Where) -> Where:
        """Where words stand, given the fields that are open."""
        fields = self.fields
        if where.aside:
            return where
        aside = "field-code" if fields.in_code else "contents" if fields.in_contents else ""
        return where._replace(href=where.href or fields.href, aside=aside)

    def run_look(self, properties: Element | None) -> RunLook:
        """The look of a run; worked out once for each combination that occurs."""
        key: tuple[object, ...] = (self._look,)
        if properties is not None:
            key = (self._look, *[(tag, each.get(_VAL)) for each in properties if (tag := each.tag) in LOOKS])
        found = self.reading.looks.get(key)
        if found is None:
            found = self.reading.looks[key] = self._read_run_look(properties)
        return found

    def control(self, element: Element) -> Control:
        """The control that an `sdt` is, numbered in the order they are met."""
        self.reading.controls += 1
        return control(element, self.reading.controls)

    def drop_link(self, address: str, line: Line) -> None:
        """Notes an address to which nobody may be sent."""
        self.reading.notes.append(Note("dropped-link", address[:2000], line.ref))

    def inside(self, origin: Origin, where: Where) -> Story:
        """A story of the same part for what stands apart from its text: a text box."""
        story = Story(self.reading, self.part, self.anchor)
        story.origin, story.ignore_fields, story.busy = origin, self.ignore_fields, self.busy
        story.where = Where(aside=where.aside, traces=where.traces)
        return story

    @contextmanager
    def standing(self, where: Where) -> Generator[None]:
        """Within it, every paragraph stands in `where`."""
        before, self.where = self.where, where
        yield
        self.where = before

    @property
    def near(self) -> str:
        """The ref of the paragraph read last, for what stands beside paragraphs."""
        return self.anchor or f"p{self.reading.paragraphs}"

    def next_ref(self) -> str:
        """The ref of the paragraph that begins here."""
        number = self.reading.paragraphs = self.reading.paragraphs + 1
        if number > guard.MAX_PARAGRAPHS:
            raise Refused("too-large")
        return f"p{number}" if self.anchor is None else self.anchor

    def _paragraph(self, element: Element, flow: Flow) -> None:
        first = element[0] if len(element) else None
        properties = first if first is not None and first.tag == _PPR else None
        place = self._place(properties)
        if self.busy is not None and element not in self.busy and self._is_open_ground(place, flow):
            self._plain_paragraph(element, place, flow)
            return
        line = self._line(flow)
        self._look = place.look
        self.inline(element, line, self.where, self.run_look(None))
        if self._runs_on(properties):
            flow.carried = line
        else:
            self._close(line, place, flow)

    def _is_open_ground(self, place: Place, flow: Flow) -> bool:
        """Whether nothing around a plain paragraph makes its words anything but text."""
        return not (
            self.where.aside
            or self.where.traces
            or self.reading.comments
            or flow.carried
            or place.look.hidden
            or self.fields.any_open
        )

    def _runs_on(self, properties: Element | None) -> bool:
        """Whether a paragraph's mark is among the revisions that this reading leaves out."""
        mark = child(properties, _RPR)
        return mark is not None and any(each.tag in self.reading.gone for each in mark)

    def _plain_paragraph(self, element: Element, place: Place, flow: Flow) -> None:
        """A paragraph of words alone, in the look of its style."""
        text, look = one_line("".join([each.text or "" for each in element.iter(_T)])), place.look
        worded = bool(text) and not text.isspace()
        spans = (Span(Text(text)),) if text else ()
        bold, size = worded and look.bold is True, look.size if worded else None
        flow.blocks.append(self._block(self.next_ref(), spans, place, flow, bold, size))

    def _loose(self, element: Element, flow: Flow) -> None:
        """Words that stand where only paragraphs may."""
        line = self._line(flow)
        self._look = self.reading.styles.default
        self.inline((element,), line, self.where, self.run_look(None))
        self._close(line, self._place(None), flow)

    def _line(self, flow: Flow) -> Line:
        line, flow.carried = flow.carried or Line(), None
        line.ref, line.controls = self.next_ref(), flow.controls
        return line

    def _close(self, line: Line, place: Place, flow: Flow) -> None:
        spans = line.close()
        if spans or not self.where.aside:
            flow.blocks.append(self._block(line.ref, spans, place, flow, line.bold, line.size))
        self.reading.notes.extend(line.notes())
        flow.blocks.extend(line.boxes)

    def _block(
        self, ref: str, spans: tuple[Span, ...], place: Place, flow: Flow, bold: bool, size: float | None
    ) -> Paragraph:
        listed = None if place.numbering is None else self.reading.numbering.place(*place.numbering)
        return Paragraph(
            ref, spans, flow.controls, place.look.name, place.outline, listed, bold, size, self.origin
        )

    def _place(self, properties: Element | None) -> Place:
        """What a paragraph's properties say; worked out once for each style that stands alone in them."""
        style, further = "", False
        for each in () if properties is None else properties:
            tag = each.tag
            if tag == _PSTYLE:
                style = value_of(each)
            elif tag in _PLACING:
                further = True
        place = self.reading.places.get(style)
        if place is None:
            look = self.reading.styles.look(style) if style else self.reading.styles.default
            place = self.reading.places[style] = Place(look, look.outline, look.numbering)
        return self._own_place(place, properties) if further and properties is not None else place

    def _own_place(self, place: Place, properties: Element) -> Place:
        """`place` with what the paragraph says for itself."""
        own = {each.tag: each for each in properties}
        outline, numbering = place.outline, place.numbering
        if (listed := own.get(_NUMPR)) is not None:
            numbering = _numbering(listed, place.look)
        if (level := own.get(_OUTLINE)) is not None and outline != 0:
            outline = outline_level(level)
        return Place(place.look, outline, numbering)

    def _read_run_look(self, properties: Element | None) -> RunLook:
        base, own = self._look, Look()
        if properties is not None:
            style = child(properties, _RSTYLE)
            own = own if style is None else self.reading.styles.look(value_of(style))
            own = run_look(properties, own)
        bold = base.bold if own.bold is None else own.bold
        hidden = base.hidden if own.hidden is None else own.hidden
        return RunLook(_marks(own), bool(bold), own.size or base.size, bool(hidden))


BlockHandler = Callable[[Story, Element, Flow], None]
InlineHandler = Callable[[Story, Element, Line, Where, RunLook], None]


@dataclass(frozen=True, slots=True)
class Grammar:
    """By tag, the function that reads an element where blocks stand, and where words stand."""

    blocks: Mapping[str, BlockHandler]
    inline: Mapping[str, InlineHandler]
    special: Collection[str]
    """The tags that make a paragraph more than plain words."""


def _marks(look: Look) -> frozenset[Mark]:
    marks: list[Mark] = []
    if look.bold:
        marks.append("strong")
    if look.italic:
        marks.append("em")
    if look.raised is not None:
        marks.append(look.raised)
    return frozenset(marks)


def _numbering(properties: Element, look: Look) -> tuple[str, int] | None:
    """The list a paragraph names for itself, its style's filling in what it leaves out."""
    inherited = look.numbering or ("", 0)
    list_id = value_of(child(properties, W + "numId"), inherited[0])
    level = child(properties, W + "ilvl")
    return (list_id, inherited[1] if level is None else number(level.get(_VAL), 0)) if list_id else None

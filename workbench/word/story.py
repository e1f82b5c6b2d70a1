"""The text of one part of a Word file, in one pass: its body, a header, the footnotes, …

Rule of the house: an element that is not known here is walked through, so that words in it are kept; only what
is known to hold no words is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from workbench.richtext import Break, Mark
from workbench.submission import Note, Picture
from workbench.word.controls import control, is_contents
from workbench.word.document import Block, Control, ListPlace, Paragraph
from workbench.word.fields import Fields, link_of, usable
from workbench.word.line import Line, RunLook, Where
from workbench.word.math import formula
from workbench.word.numbering import Numbering
from workbench.word.package import Package
from workbench.word.styles import Look, Styles, outline_level, run_look
from workbench.word.symbols import symbol
from workbench.word.xml import DGM, MC, A, C, Element, M, R, V, W, flag, number, value_of

Origin = Literal["body", "textbox", "altchunk"]
Revisions = Literal["accepted", "rejected"]

_LINE_ENDS = re.compile(r"[\r\n\t]")

_P, _R, _T = W + "p", W + "r", W + "t"
_PPR, _RPR, _MARK = W + "pPr", W + "rPr", W + "rPr"
_PSTYLE, _RSTYLE, _OUTLINE, _NUMPR = W + "pStyle", W + "rStyle", W + "outlineLvl", W + "numPr"
_SDT_CONTENT, _FIELD_MARK = W + "sdtContent", W + "fldChar"
_VAL, _RID = W + "val", R + "id"
_LOOKS = frozenset(W + name for name in ("b", "i", "vanish", "vertAlign", "sz", "rStyle"))
_WORDLESS = frozenset(
    W + name
    for name in (
        "pPr rPr sectPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr bookmarkStart bookmarkEnd proofErr permStart permEnd "
        "commentRangeEnd lastRenderedPageBreak noProof instrText delInstrText fldData smartTagPr customXmlPr rubyPr "
        "annotationRef footnoteRef endnoteRef separator continuationSeparator"
    ).split()
)
_WORDED = (_T, W + "delText", M + "t", A + "t")
_SHOWN = (A + "blip", C + "chart", DGM + "relIds", V + "imagedata")
_CHARACTERS: Mapping[str, str] = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_ANCHORS: Mapping[str, str] = {
    W + "commentRangeStart": "comment",
    W + "commentReference": "comment",
    W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote",
}
_DELETED = frozenset({W + "del", W + "moveFrom"})
_INSERTED = frozenset({W + "ins", W + "moveTo"})
_ACCEPTED: Mapping[str, str] = {W + "del": "deletion", W + "moveFrom": "moved-from"}
_REJECTED: Mapping[str, str] = {W + "ins": "insertion", W + "moveTo": "moved-to"}
_REVISED = frozenset({"deletion", "moved-from", "insertion", "moved-to"})
_NO_LOOK = RunLook()


@dataclass(slots=True)
class Reading:
    """What the stories of one document share and add to."""

    package: Package
    styles: Styles
    numbering: Numbering
    revisions: Revisions = "accepted"
    with_pictures: bool = True
    depth: int = 0
    notes: list[Note] = field(default_factory=list[Note])
    pictures: dict[str, Picture] = field(default_factory=dict[str, Picture])
    assets: dict[str, bytes] = field(default_factory=dict[str, bytes])
    anchors: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """By kind (footnote, endnote, comment) and id: the ref of the paragraph that refers to it."""
    paragraphs: int = 0
    tables: int = 0
    controls: int = 0
    looks: dict[tuple[object, ...], RunLook] = field(default_factory=dict[tuple[object, ...], RunLook])


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
        self.aside = ""
        self.fields = Fields()
        self.ignore_fields = False

    # Blocks

    def blocks(self, parent: Element, controls: tuple[Control, ...] = ()) -> tuple[Block, ...]:
        """The blocks of a body, a cell, a text box or a note."""
        flow = Flow(controls)
        self._fill(parent, flow)
        self._settle(flow)
        return tuple(flow.blocks)

    def _fill(self, parent: Iterable[Element], flow: Flow) -> None:
        for child in parent:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, flow)
            elif (handler := _BLOCKS.get(tag)) is not None:
                handler(self, child, flow)
            elif tag in _INLINE or tag == _R:
                self._loose(child, flow)
            elif tag not in _WORDLESS:
                self._fill(child, flow)

    def _settle(self, flow: Flow) -> None:
        """Ends a line that waited for a next paragraph which never came."""
        if flow.carried is not None:
            line, flow.carried = flow.carried, None
            self._close(line, self.reading.styles.default, None, flow)

    def _paragraph(self, element: Element, flow: Flow) -> None:
        properties = element.find(_PPR)
        look = self._paragraph_look(properties)
        line = self._line(flow)
        self._look = look
        self._inline(element, line, Where((), None, self.aside))
        mark = None if properties is None else properties.find(_MARK)
        if mark is not None and self._vanishes(mark):
            flow.carried = line
            return
        self._close(line, look, properties, flow)

    def _line(self, flow: Flow) -> Line:
        ref = self.anchor
        if ref is None:
            self.reading.paragraphs += 1
            ref = f"p{self.reading.paragraphs}"
        line, flow.carried = flow.carried or Line(ref), None
        line.ref, line.controls = ref, flow.controls
        return line

    def _vanishes(self, mark: Element) -> bool:
        """Whether a paragraph's own mark is among the revisions that this reading leaves out."""
        gone = _DELETED if self.reading.revisions == "accepted" else _INSERTED
        return any(child.tag in gone for child in mark)

    def _close(self, line: Line, look: Look, properties: Element | None, flow: Flow) -> None:
        spans = line.close()
        if not (self.aside and not spans):
            flow.blocks.append(
                Paragraph(
                    line.ref,
                    spans,
                    flow.controls,
                    look.name,
                    look.outline,
                    self._list_place(look) if look.numbering else None,
                    line.bold,
                    line.size,
                    self.origin,
                )
            )
        self.reading.notes.extend(line.notes())
        flow.blocks.extend(line.boxes)

    def _list_place(self, look: Look) -> ListPlace | None:
        return None if look.numbering is None else self.reading.numbering.place(*look.numbering)

    def _paragraph_look(self, properties: Element | None) -> Look:
        styles = self.reading.styles
        if properties is None:
            return styles.default
        look = styles.default
        for child in properties:
            tag = child.tag
            if tag == _PSTYLE:
                look = styles.look(value_of(child))
            elif tag == _OUTLINE and look.outline != 0:
                look = replace(look, outline=outline_level(child))
            elif tag == _NUMPR:
                look = replace(look, numbering=_numbering(child, look))
        return look

    def _loose(self, element: Element, flow: Flow) -> None:
        """Words that stand where only paragraphs may."""
        line = self._line(flow)
        self._look = self.reading.styles.default
        self._inline((element,), line, Where((), None, self.aside))
        self._close(line, self._look, None, flow)

    def _block_control(self, element: Element, flow: Flow) -> None:
        content = element.find(_SDT_CONTENT)
        if content is None:
            return
        self._settle(flow)
        with _Aside(self, "contents" if is_contents(element) else self.aside):
            inner = Flow((*flow.controls, self.control(element)), flow.blocks)
            self._fill(content, inner)
            self._settle(inner)

    def control(self, element: Element) -> Control:
        """The control that an `sdt` is, numbered in the order they are met."""
        self.reading.controls += 1
        return control(element, self.reading.controls)

    def _block_table(self, element: Element, flow: Flow) -> None:
        from workbench.word.tables import table

        self._settle(flow)
        found = table(self, element, flow.controls)
        if found is not None:
            flow.blocks.append(found)

    def _block_revision(self, element: Element, flow: Flow) -> None:
        """A revision around whole paragraphs."""
        kind = self._revision_aside(element.tag)
        if not kind:
            self._fill(element, flow)
            return
        with _Aside(self, kind):
            self._fill(element, flow)

    def _revision_aside(self, tag: str) -> str:
        """The note that a revision's words become, "" where they are text."""
        kinds = _ACCEPTED if self.reading.revisions == "accepted" else _REJECTED
        return kinds.get(tag, "")

    def _block_alternate(self, element: Element, flow: Flow) -> None:
        self._fill(alternate(element), flow)

    def _block_chunk(self, element: Element, flow: Flow) -> None:
        from workbench.word.chunks import chunk

        self._settle(flow)
        flow.blocks.extend(chunk(self, element, flow.controls))

    # Inline content

    def _inline(self, parent: Iterable[Element], line: Line, where: Where) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, line, where)
            elif (handler := _INLINE.get(tag)) is not None:
                handler(self, child, line, where)
            elif tag not in _WORDLESS:
                self._inline(child, line, where)

    def _run(self, element: Element, line: Line, where: Where) -> None:
        look, outer = _NO_LOOK, where
        where = self._in_fields(outer)
        for child in element:
            tag = child.tag
            if tag == _T:
                if look is _NO_LOOK:
                    look = self._run_look(None)
                line.write(_one_line(child.text), look, where)
            elif tag == _RPR:
                look = self._run_look(child)
            elif tag == _FIELD_MARK:
                self._field_mark(child, line, where, look)
                where = self._in_fields(outer)
            elif (handler := _IN_RUN.get(tag)) is not None:
                handler(self, child, line, where, look)
            elif tag not in _WORDLESS:
                self._inline((child,), line, where)

    def _in_fields(self, where: Where) -> Where:
        """Where words stand, given the fields that are open."""
        fields = self.fields
        if not fields.any_open or where.aside:
            return where
        aside = "field-code" if fields.in_code else "contents" if fields.in_contents else ""
        return where._replace(href=where.href or fields.href, aside=aside)

    def _run_look(self, properties: Element | None) -> RunLook:
        """The look of a run; asked once for each combination that occurs."""
        key: tuple[object, ...] = (self._look,)
        if properties is not None:
            key = (self._look, *[(child.tag, child.get(_VAL)) for child in properties if child.tag in _LOOKS])
        found = self.reading.looks.get(key)
        if found is None:
            found = self.reading.looks[key] = self._read_run_look(properties)
        return found

    def _read_run_look(self, properties: Element | None) -> RunLook:
        base, own = self._look, Look()
        if properties is not None:
            style = properties.find(_RSTYLE)
            own = own if style is None else self.reading.styles.look(value_of(style))
            own = run_look(properties, own)
        marks: set[Mark] = set()
        marks |= {"strong"} if own.bold else set()
        marks |= {"em"} if own.italic else set()
        marks |= {own.raised} if own.raised in ("sup", "sub") else set()  # pyright: ignore[reportAssignmentType]
        bold = base.bold if own.bold is None else own.bold
        hidden = base.hidden if own.hidden is None else own.hidden
        return RunLook(frozenset(marks), bool(bold), own.size or base.size, bool(hidden))

    def _text(self, element: Element, line: Line, where: Where) -> None:
        line.write(_one_line(element.text), self._run_look(None), where)

    def _deleted_text(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        if not where.aside and self.reading.revisions == "accepted":
            where = where._replace(aside="deletion")
        line.write(_one_line(element.text), look, where)

    def _character(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        line.write(_CHARACTERS[element.tag], look, where)

    def _break(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        if element.get(W + "type") in ("page", "column"):
            line.pause(where)
        else:
            line.put(Break(), where)

    def _symbol(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        line.write(symbol(element.get(W + "font", ""), element.get(W + "char", "")), look, where)

    def _formula(self, element: Element, line: Line, where: Where) -> None:
        line.write(_one_line(formula(element)), self._run_look(None), where)

    def _hyperlink(self, element: Element, line: Line, where: Where) -> None:
        relation = self.reading.package.relationships(self.part).get(element.get(_RID, ""))
        href = where.href
        if relation is not None and (relation.external or ":" in relation.target):
            href = usable(relation.target) or href
            if href is None:
                self._drop_link(relation.target, line)
        self._inline(element, line, where._replace(href=href))

    def _drop_link(self, address: str, line: Line) -> None:
        self.reading.notes.append(Note("dropped-link", address[:2000], line.ref))

    def _revision(self, element: Element, line: Line, where: Where) -> None:
        kind = self._revision_aside(element.tag)
        self._inline(element, line, where._replace(aside=kind) if kind and not where.aside else where)

    def _inline_control(self, element: Element, line: Line, where: Where) -> None:
        content = element.find(_SDT_CONTENT)
        if content is None:
            return
        where = where._replace(controls=(*where.controls, self.control(element)))
        self._inline(content, line, where._replace(aside="contents") if is_contents(element) else where)

    def _simple_field(self, element: Element, line: Line, where: Where) -> None:
        code = element.get(W + "instr", "")
        address = link_of(code)
        if address and usable(address) is None:
            self._drop_link(address, line)
        if code.split()[:1] == ["TOC"]:
            where = where._replace(aside="contents")
        self._inline(element, line, where._replace(href=usable(address) or where.href))

    def _field_mark(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        if self.ignore_fields or where.aside in _REVISED:
            return
        kind, fields = element.get(W + "fldCharType"), self.fields
        if kind == "begin":
            self._form_field(element, line, where, look)
            fields.begin()
        elif kind == "separate":
            fields.separate()
            if fields.dropped:
                self._drop_link(fields.dropped, line)
        elif kind == "end":
            fields.end()

    def _form_field(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        """What a legacy check box or drop-down shows, which stands in its settings and not in the text."""
        box, menu = element.find(f"{W}ffData/{W}checkBox"), element.find(f"{W}ffData/{W}ddList")
        if box is not None:
            state = box.find(W + "checked")
            ticked = flag(box.find(W + "default") if state is None else state)
            line.write("☒" if ticked else "☐", look, where)
        elif menu is not None:
            entries = [value_of(entry) for entry in menu if entry.tag == W + "listEntry"]
            chosen = number(value_of(menu.find(W + "result"), "0"), 0)
            line.write(entries[chosen] if 0 <= chosen < len(entries) else "", look, where)

    def _field_code(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        self.fields.code(element.text or "")

    def _reference(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        self._anchor(element, line, where)

    def _anchor(self, element: Element, line: Line, where: Where) -> None:
        """A place that a comment, a footnote or an endnote hangs on."""
        key = (_ANCHORS[element.tag], element.get(W + "id", ""))
        self.reading.anchors.setdefault(key, line.ref)

    def _inline_alternate(self, element: Element, line: Line, where: Where) -> None:
        self._inline(alternate(element), line, where)

    def _inline_paragraph(self, element: Element, line: Line, where: Where) -> None:
        """A paragraph inside a paragraph, which no program should write."""
        line.put(Break(), where)
        self._inline(element, line, where)

    def _ruby(self, element: Element, line: Line, where: Where) -> None:
        """Words with a reading beside them: the words, then the reading in brackets."""
        for part, before, after in ((W + "rubyBase", "", ""), (W + "rt", " (", ") ")):
            content = element.find(part)
            if content is not None:
                line.write(before, _NO_LOOK, where)
                self._inline(content, line, where)
                line.write(after, _NO_LOOK, where)

    def _graphics(self, element: Element, line: Line, where: Where) -> None:
        from workbench.word.graphics import draw

        draw(self, element, line, self._in_fields(where))

    def _run_graphics(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        self._graphics(element, line, where)

    def _run_alternate(self, element: Element, line: Line, where: Where, look: RunLook) -> None:
        """Alternate content inside a run: a drawing or its fallback, as a rule."""
        for child in alternate(element):
            handler = _IN_RUN.get(child.tag)
            if handler is None:
                self._inline((child,), line, where)
            else:
                handler(self, child, line, where, look)

    def inside(self, origin: Origin, aside: str) -> Story:
        """A story of the same part for what stands apart from its text: a text box."""
        story = Story(self.reading, self.part, self.anchor)
        story.origin, story.aside, story.ignore_fields = origin, aside, self.ignore_fields
        return story


class _Aside:
    """Within it, all words of a story become notes of a kind."""

    def __init__(self, story: Story, kind: str) -> None:
        self._story, self._kind, self._before = story, kind, story.aside

    def __enter__(self) -> None:
        self._story.aside = self._kind

    def __exit__(self, *_: object) -> None:
        self._story.aside = self._before


def alternate(element: Element) -> Iterable[Element]:
    """The one branch of alternate content that is read: the first with words, else the first that shows anything."""
    branches = [child for child in element if child.tag in (MC + "Choice", MC + "Fallback")]
    for tags in (_WORDED, _SHOWN):
        for branch in branches:
            if any(found.text or tags is _SHOWN for found in branch.iter(*tags)):
                return branch
    return branches[0] if branches else ()


def fields_balance(root: Element) -> bool:
    """Whether every complex field that begins also ends, so that what is code can be told from what is text."""
    depth = 0
    for mark in root.iter(_FIELD_MARK):
        kind = mark.get(W + "fldCharType")
        depth += 1 if kind == "begin" else -1 if kind == "end" and depth else 0
    return depth == 0


def _numbering(properties: Element, look: Look) -> tuple[str, int] | None:
    """The list a paragraph names for itself, its style's filling in what it leaves out."""
    inherited = look.numbering or ("", 0)
    list_id = value_of(properties.find(W + "numId"), inherited[0])
    level = properties.find(W + "ilvl")
    return (list_id, inherited[1] if level is None else number(level.get(W + "val"), 0)) if list_id else None


def _one_line(text: str | None) -> str:
    """Line ends inside a text element are spaces to Word."""
    if not text:
        return ""
    return _LINE_ENDS.sub(" ", text) if "\n" in text or "\t" in text or "\r" in text else text


_BlockHandler = Callable[[Story, Element, Flow], None]
_InlineHandler = Callable[[Story, Element, Line, Where], None]
_RunHandler = Callable[[Story, Element, Line, Where, RunLook], None]

_BLOCKS: Mapping[str, _BlockHandler] = {
    W + "sdt": Story._block_control,
    W + "tbl": Story._block_table,
    W + "ins": Story._block_revision,
    W + "del": Story._block_revision,
    W + "moveTo": Story._block_revision,
    W + "moveFrom": Story._block_revision,
    W + "altChunk": Story._block_chunk,
    MC + "AlternateContent": Story._block_alternate,
}
_INLINE: Mapping[str, _InlineHandler] = {
    _T: Story._text,
    _P: Story._inline_paragraph,
    W + "hyperlink": Story._hyperlink,
    W + "sdt": Story._inline_control,
    W + "ins": Story._revision,
    W + "del": Story._revision,
    W + "moveTo": Story._revision,
    W + "moveFrom": Story._revision,
    W + "fldSimple": Story._simple_field,
    W + "commentRangeStart": Story._anchor,
    W + "ruby": Story._ruby,
    W + "drawing": Story._graphics,
    W + "pict": Story._graphics,
    W + "object": Story._graphics,
    M + "oMath": Story._formula,
    MC + "AlternateContent": Story._inline_alternate,
}
_IN_RUN: Mapping[str, _RunHandler] = {
    W + "delText": Story._deleted_text,
    W + "tab": Story._character,
    W + "ptab": Story._character,
    W + "noBreakHyphen": Story._character,
    W + "softHyphen": Story._character,
    W + "br": Story._break,
    W + "cr": Story._break,
    W + "sym": Story._symbol,
    W + "instrText": Story._field_code,
    W + "footnoteReference": Story._reference,
    W + "endnoteReference": Story._reference,
    W + "commentReference": Story._reference,
    W + "drawing": Story._run_graphics,
    W + "pict": Story._run_graphics,
    W + "object": Story._run_graphics,
    MC + "AlternateContent": Story._run_alternate,
}

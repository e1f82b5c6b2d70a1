"""What stands in a paragraph: runs and what they hold, links, fields, revisions, controls, formulas, references.

Each function reads one kind of element into a line: `where` says in what it stands, `look` how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.richtext import Break
from workbench.word import graphics
from workbench.word.alternate import chosen, unchosen
from workbench.word.controls import is_contents
from workbench.word.document import Trace
from workbench.word.fields import is_contents_code, link_of, usable
from workbench.word.line import Line, RunLook, Where, one_line
from workbench.word.math import formula
from workbench.word.story import Story
from workbench.word.symbols import symbol
from workbench.word.xml import Element, R, W, child, flag, number, value_of

_T, _RPR = W + "t", W + "rPr"
_CHARACTERS: Mapping[str, str] = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_ANCHORED: Mapping[str, str] = {
    W + "commentRangeStart": "comment",
    W + "commentReference": "comment",
    W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote",
}
_REVISED = frozenset({"deletion", "moved-from", "insertion", "moved-to"})
_GONE = frozenset({"deletion", "moved-from"})


def run(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A run: its own look, then what it holds."""
    for each in element:
        tag = each.tag
        if tag == _T:
            story.write(one_line(each.text), line, where, look)
        elif tag == _RPR:
            look = story.run_look(each)
        else:
            story.inline((each,), line, where, look)


def text(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Words."""
    story.write(one_line(element.text), line, where, look)


def deleted_text(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Words that are deleted, whether or not they stand in a deletion."""
    if story.reading.revisions == "accepted" and not where.aside:
        where = where._replace(aside="deletion")
    if story.reading.shows_all and not _is_gone(where):
        where = where._replace(traces=(*where.traces, Trace("deletion")))
    story.write(one_line(element.text), line, where, look)


def character(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A tab or a special hyphen."""
    story.write(_CHARACTERS[element.tag], line, where, look)


def line_break(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """The end of a line; the end of a page or a column only parts words."""
    where = story.in_fields(where)
    if element.get(W + "type") in ("page", "column"):
        line.pause(where)
    else:
        line.put(Break(), where)


def sign(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A character of a symbol font."""
    story.write(symbol(element.get(W + "font", ""), element.get(W + "char", "")), line, where, look)


def formula_text(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A formula, as text."""
    story.write(one_line(formula(element)), line, where, look)


def ruby(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Words with a reading beside them: the words, then the reading in brackets."""
    for part, before, after in ((W + "rubyBase", "", ""), (W + "rt", " (", ") ")):
        content = child(element, part)
        if content is not None:
            story.write(before, line, where, look)
            story.inline(content, line, where, look)
            story.write(after, line, where, look)


def hyperlink(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A link by relationship. One that leads where nobody may be sent is words, and a note."""
    relation = story.reading.package.relationships(story.part).get(element.get(R + "id", ""))
    href = where.href
    if relation is not None and (relation.external or ":" in relation.target):
        href = usable(relation.target)
        if href is None:
            story.drop_link(relation.target, line)
    story.inline(element, line, where._replace(href=href), look)


def revision(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """An insertion, a deletion or a move."""
    story.inline(element, line, story.reading.revised(element, where), look)


def inline_control(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A content control inside a paragraph."""
    content = child(element, W + "sdtContent")
    if content is not None:
        where = where._replace(controls=(*where.controls, story.control(element)))
        where = where._replace(aside="contents") if is_contents(element) else where
        story.inline(content, line, where, look)


def simple_field(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A field in one element: its result."""
    code = element.get(W + "instr", "")
    address = link_of(code)
    if address and usable(address) is None:
        story.drop_link(address, line)
    if is_contents_code(code):
        where = where._replace(aside="contents")
    story.inline(element, line, where._replace(href=usable(address) or where.href), look)


def field_mark(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """The begin, the middle or the end of a complex field."""
    if story.ignore_fields or _is_gone(where):
        return
    kind, fields = element.get(W + "fldCharType"), story.fields
    if kind == "begin":
        _form_field(story, element, line, where, look)
        fields.begin()
    elif kind == "separate":
        dropped = fields.separate()
        if dropped:
            story.drop_link(dropped, line)
    elif kind == "end":
        fields.end()


def _form_field(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """What a legacy check box or drop-down shows, which stands in its settings and not in the text."""
    data = child(element, W + "ffData")
    box, menu = child(data, W + "checkBox"), child(data, W + "ddList")
    if box is not None:
        ticked = child(box, W + "checked")
        story.write(
            "☒" if flag(child(box, W + "default") if ticked is None else ticked) else "☐", line, where, look
        )
    elif menu is not None:
        entries = [value_of(entry) for entry in menu.iterchildren(W + "listEntry")]
        chosen_entry = number(value_of(child(menu, W + "result"), "0"), 0)
        story.write(entries[chosen_entry] if 0 <= chosen_entry < len(entries) else "", line, where, look)


def field_code(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Part of a complex field's code."""
    story.fields.code(element.text or "")


def reference(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A place that a comment, a footnote or an endnote hangs on."""
    story.reading.anchors.setdefault((_ANCHORED[element.tag], element.get(W + "id", "")), line.ref)
    if story.reading.shows_all and element.tag == W + "commentRangeStart":
        story.reading.comments.add(element.get(W + "id", ""))


def end_of_comment(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """The end of the words that a comment is about."""
    story.reading.comments.discard(element.get(W + "id", ""))


def _is_gone(where: Where) -> bool:
    """Whether words there are no text of this view, or are no longer text of the document."""
    return where.aside in _REVISED or any(trace.kind in _GONE for trace in where.traces)


def inline_alternate(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Alternate content inside a paragraph."""
    graphics.note_charts(story, unchosen(element), line.ref)
    story.inline(chosen(element), line, where, look)


def inline_paragraph(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """A paragraph inside a paragraph, which no program should write."""
    line.put(Break(), where)
    story.inline(element, line, where, look)


def no_words(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """What holds no words."""

"""The text of a part for the second count: all of it, by expat or as a web page, with no help from the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers.expat import ExpatError, ParserCreate

from workbench.errors import Refused
from workbench.word.symbols import symbol

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_A = "http://schemas.openxmlformats.org/drawingml/2006/main "
_CX = "http://schemas.microsoft.com/office/drawing/2014/chartex "
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart "

_V = "urn:schemas-microsoft-com:vml "
_HTML = ("", "http://www.w3.org/1999/xhtml ", "http://www.w3.org/TR/REC-html40 ")
_PAGE_BLOCKS = "div p br li ul ol table tr td th h1 h2 h3 h4 h5 h6"

_FORMULA = (
    "f rad sSup sSub sSubSup sPre d nary func limLow limUpp m mr eqArr bar acc box borderBox groupChr phant "
    "num den e sup sub deg fName lim"
)
_TEXT = frozenset({_W + "t", _M + "t"})
_PIECE = frozenset({_V + "textbox", _A + "t", _C + "v", _CX + "v", _CX + "pt"})
_PARTING = frozenset(
    [_W + name for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "tc", "tbl", "comment")]
    + [_W + name for name in ("footnote", "endnote")]
    + [_M + name for name in _FORMULA.split()]
    + [space + name for space in _HTML for name in _PAGE_BLOCKS.split()]
)
_APART = frozenset(_W + name for name in ("drawing", "pict", "object", "txbxContent", "rt"))
_GONE = frozenset(_W + name for name in ("del", "moveFrom", "delText"))
_FALSE = frozenset({"0", "false", "off", "none"})


_DECLARATION = re.compile(rb"\s*<\?xml[^>]*\?>")
_NAMED = re.compile(rb"""xmlns(:w(?:14|15)?)?\s*=\s*["']([^"']*)["']""")
_NAME = _W.strip().encode()
_SPACES = frozenset(
    {
        (b":w", _NAME),
        (b":w14", b"http://schemas.microsoft.com/office/word/2010/wordml"),
        (b":w15", b"http://schemas.microsoft.com/office/word/2012/wordml"),
    }
)
_SILENT_DRAWING = re.compile(rb"<w:drawing>(?:\s*<(?!/w:drawing>)[^>]*>)*\s*</w:drawing>")
_FOREIGN = re.compile(rb"<(?!w:|/w:|w1[45]:|/w1[45]:)")
_DIFFICULT = re.compile(rb"<w:(?:del|moveFrom|delText|vanish|sym|drawing|pict|object|txbxContent|rt)[ />]")
"""Looked for beside `_FOREIGN`, not with it: what begins with letters of its own is found far faster."""
_TOKEN = re.compile(
    rb"<w:t(?: [^>]*)?>([^<]+)</w:t>|"
    rb"</?w:(?:p|tab|ptab|br|cr|noBreakHyphen|softHyphen|tc|tbl|comment|footnote|endnote)[ />]"
)
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


class _Page(HTMLParser):
    """The text of a web page, scripts and styles left out, words parted at every tag that is no run."""

    _RUNS = frozenset(
        ["a", "b", "i", "em", "strong", "span", "u", "sub", "sup", "font", "small", "big", "code", "img"]
    )
    _SILENT = frozenset(
        ["script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math"]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        self.pieces.append("" if tag in self._RUNS else " ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self._SILENT and self._silent > 0
        self.pieces.append("" if tag in self._RUNS else " ")

    def handle_data(self, data: str) -> None:
        self.pieces.append("" if self._silent else data)


def characters(data: bytes) -> str:
    """The text of a part that is none of XML, in whichever of Word's usual encodings."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def html_text(page: str) -> str:
    """The text of a web page."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return "".join(parser.pieces)


def xml_text(data: bytes, part: str) -> str:
    """The text of a part that is XML. Raises `Refused("damaged")`, if only for what is not told at a glance."""
    plain = _plain_text(data)
    return XmlText(part).read(data) if plain is None else plain


def _plain_text(data: bytes) -> str | None:
    """What `XmlText` would say of a part in which nothing is deleted, hidden, drawn or calculated; else None.

    Most parts are of this kind, and are told and read by a glance at their tags, many times faster.
    """
    body = _SILENT_DRAWING.sub(b"", _DECLARATION.sub(b"", data, 1))
    if not _SPACES.issuperset(_NAMED.findall(body)) or body.count(_NAME) != 1:
        return None
    if b"&#" in body or _FOREIGN.search(body) or _DIFFICULT.search(body):
        return None
    pieces = _TOKEN.findall(body)
    if len(pieces) - pieces.count(b"") != body.count(b"<w:t>") + body.count(b"<w:t "):
        return None
    text = b"".join([piece or b" " for piece in pieces]).decode("utf-8", "replace")
    for escaped, character in _ESCAPED if "&" in text else ():
        text = text.replace(escaped, character)
    return text


@dataclass(slots=True)
class _Stream:
    """Words of the text as they follow one another, and of what is deleted, moved away or hidden."""

    kept: list[str] = field(default_factory=list[str])
    gone: list[str] = field(default_factory=list[str])
    gone_as: str = ""
    mark_gone: bool = False
    runs_on: bool = False
    """Whether the paragraph that ended last has lost its mark, so that the next one goes on in it."""

    def keep(self, text: str) -> None:
        self.kept.append(text)
        self.gone.append(" ")

    def lose(self, text: str, how: str) -> None:
        self.gone.append(text if how == self.gone_as else " " + text)
        self.gone_as = how

    def part(self) -> None:
        self.kept.append(" ")
        self.gone.append(" ")

    def text(self) -> str:
        return f"{''.join(self.kept)} {''.join(self.gone)} "


class XmlText:
    """Collects the text of one part. Words are parted where paragraphs, breaks and tabs part them; what is deleted
    or hidden, and what stands in a drawing, is kept from the words around it."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._stream = _Stream()
        self._outer: list[tuple[_Stream, int]] = []
        self._finished: list[str] = []
        self._taking = 0
        self._gone: list[str] = []
        self._hidden = False
        self._in_properties = 0
        self._branches: list[bool] = []
        self._skipped = 0

    def read(self, data: bytes) -> str:
        """The text. Raises `Refused("damaged")`."""
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(data, True)
        except ExpatError as error:
            raise Refused("damaged", part=self._part, reason=str(error)) from error
        return "".join((*self._finished, self._stream.text()))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
        elif name in _TEXT:
            self._taking += 1
        elif (handler := _STARTS.get(name)) is not None:
            handler(self, name, attributes)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in _TEXT:
            self._taking -= 1
        elif (handler := _ENDS.get(name)) is not None:
            handler(self, name)

    def _characters(self, text: str) -> None:
        if not self._taking or self._skipped:
            return
        if self._branches:
            self._branches[-1] = self._branches[-1] or not text.isspace()
        if self._gone or self._hidden:
            self._stream.lose(text, self._gone[-1] if self._gone else "hidden")
        else:
            self._stream.keep(text)

    def begin_piece(self, name: str, attributes: dict[str, str]) -> None:
        self._stream.part()
        self._taking += 1

    def end_piece(self, name: str) -> None:
        self._taking -= 1
        self._stream.part()

    def separate(self, name: str, attributes: dict[str, str]) -> None:
        self._stream.part()
        self._stream.runs_on = False

    def separate_after(self, name: str) -> None:
        self.separate(name, {})

    def begin_paragraph(self, name: str, attributes: dict[str, str]) -> None:
        if not self._stream.runs_on:
            self._stream.part()
        self._stream.runs_on = self._stream.mark_gone = False

    def end_paragraph(self, name: str) -> None:
        self._stream.runs_on = self._stream.mark_gone
        if not self._stream.runs_on:
            self._stream.part()

    def fence(self, name: str, attributes: dict[str, str]) -> None:
        """The edge of a content control, over which no paragraph runs on."""
        if self._stream.runs_on:
            self.separate(name, attributes)

    def fence_after(self, name: str) -> None:
        self.fence(name, {})

    def begin_apart(self, name: str, attributes: dict[str, str]) -> None:
        self._outer.append((self._stream, self._taking))
        self._stream, self._taking = _Stream(), 0

    def end_apart(self, name: str) -> None:
        self._finished.append(self._stream.text())
        self._stream, self._taking = self._outer.pop()

    def begin_properties(self, name: str, attributes: dict[str, str]) -> None:
        self._in_properties += 1

    def end_properties(self, name: str) -> None:
        self._in_properties -= 1

    def begin_gone(self, name: str, attributes: dict[str, str]) -> None:
        """Deleted words; or, among a paragraph's properties, its deleted mark."""
        self._stream.mark_gone = self._stream.mark_gone or self._in_properties > 0
        self._gone.append("moved" if name == _W + "moveFrom" else "deleted")
        self._taking += name == _W + "delText"

    def end_gone(self, name: str) -> None:
        self._gone.pop()
        self._taking -= name == _W + "delText"

    def hide(self, name: str, attributes: dict[str, str]) -> None:
        self._hidden = not self._in_properties and attributes.get(_W + "val", "true") not in _FALSE

    def begin_run(self, name: str, attributes: dict[str, str]) -> None:
        self._hidden = False

    def end_run(self, name: str) -> None:
        self._hidden = False

    def sign(self, name: str, attributes: dict[str, str]) -> None:
        text = symbol(attributes.get(_W + "font", ""), attributes.get(_W + "char", ""))
        self._taking += 1
        self._characters(text)
        self._taking -= 1

    def begin_alternate(self, name: str, attributes: dict[str, str]) -> None:
        self._branches.append(False)

    def end_alternate(self, name: str) -> None:
        told = self._branches.pop()
        if self._branches:
            self._branches[-1] = self._branches[-1] or told

    def begin_branch(self, name: str, attributes: dict[str, str]) -> None:
        """A branch is left out once one before it has said something."""
        if self._branches and self._branches[-1]:
            self._skipped = 1


_STARTS: Mapping[str, Callable[[XmlText, str, dict[str, str]], None]] = {
    **dict.fromkeys(_PIECE, XmlText.begin_piece),
    **dict.fromkeys(_PARTING, XmlText.separate),
    **dict.fromkeys(_APART, XmlText.begin_apart),
    **dict.fromkeys(_GONE, XmlText.begin_gone),
    _W + "p": XmlText.begin_paragraph,
    _W + "pPr": XmlText.begin_properties,
    _W + "r": XmlText.begin_run,
    _W + "sdt": XmlText.fence,
    _W + "vanish": XmlText.hide,
    _W + "sym": XmlText.sign,
    _MC + "AlternateContent": XmlText.begin_alternate,
    _MC + "Choice": XmlText.begin_branch,
    _MC + "Fallback": XmlText.begin_branch,
}
_ENDS: Mapping[str, Callable[[XmlText, str], None]] = {
    **dict.fromkeys(_PIECE, XmlText.end_piece),
    **dict.fromkeys(_PARTING, XmlText.separate_after),
    **dict.fromkeys(_APART, XmlText.end_apart),
    **dict.fromkeys(_GONE, XmlText.end_gone),
    _W + "p": XmlText.end_paragraph,
    _W + "pPr": XmlText.end_properties,
    _W + "r": XmlText.end_run,
    _W + "sdt": XmlText.fence_after,
    _MC + "AlternateContent": XmlText.end_alternate,
}

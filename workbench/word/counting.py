"""The second count: every word in the XML of a Word file, found without the reader.

It shares with the reader the guarded package and nothing else. It parses with expat, not lxml, knows a dozen
element names, and follows relationships to every part that can hold text. A caller compares what it counts with
the words of the blocks and notes that the reader made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers.expat import ExpatError, ParserCreate

from workbench.errors import Refused
from workbench.word.package import Package
from workbench.word.symbols import symbol
from workbench.word.xml import plain_utf8

_WORD = re.compile(r"\w+")
_TEXT_PARTS = frozenset(
    {
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "chart",
        "diagramData",
        "aFChunk",
        "officeDocument",
    }
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_A = "http://schemas.openxmlformats.org/drawingml/2006/main "
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart "

_FORMULA = (
    "f rad sSup sSub sSubSup sPre d nary func limLow limUpp m mr eqArr bar acc box borderBox groupChr phant "
    "num den e sup sub deg fName lim"
)
_TEXT = frozenset({_W + "t", _M + "t"})
_PIECE = frozenset({_A + "t", _C + "v"})
_PARTING = frozenset(
    [_W + name for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "tc", "tbl", "comment")]
    + [_W + name for name in ("footnote", "endnote")]
    + [_M + name for name in _FORMULA.split()]
)
_APART = frozenset(_W + name for name in ("drawing", "pict", "object", "txbxContent", "rt"))
_GONE = frozenset(_W + name for name in ("del", "moveFrom", "delText"))
_FALSE = frozenset({"0", "false", "off", "none"})


def words(text: str) -> list[str]:
    """The words of `text`: runs of letters, digits and underscores, so that punctuation never matters."""
    return _WORD.findall(text)


def raw_words(data: bytes) -> Counter[str]:
    """How often each word occurs in the parts of a Word file that hold text. Raises `Refused`."""
    package = Package(data)
    told: set[tuple[str, ...]] = set()
    found: Counter[str] = Counter()
    for kind, part in _parts(package):
        counted = words(_text(package, part))
        if (kind, *counted) not in told:
            found.update(counted)
        if kind in ("header", "footer"):
            told.add((kind, *counted))
    return found


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    """The main part, and every text part that it or one of those refers to; each once, with its kind."""
    waiting, seen = [("officeDocument", package.main)], {package.main}
    while waiting:
        kind, part = waiting.pop()
        yield kind, part
        for relation in package.relationships(part).values():
            inside = not relation.external and relation.target in package
            if inside and relation.kind in _TEXT_PARTS and relation.target not in seen:
                seen.add(relation.target)
                waiting.append((relation.kind, relation.target))


def _text(package: Package, part: str) -> str:
    data = package.part(part)
    kind, ending = package.content_type(part).lower(), part.lower().rpartition(".")[2]
    if (
        kind.endswith("+xml")
        and "xhtml" not in kind
        and "wordprocessingml.document" not in kind
        or part == package.main
    ):
        return _XmlText(part).read(plain_utf8(data, part))
    if "html" in kind or ending in ("html", "htm", "xhtml"):
        return _html_text(data)
    if data.startswith(b"PK"):
        return " ".join(raw_words(data).elements())
    return data.decode("utf-8-sig", "replace") if kind.startswith("text/plain") or ending == "txt" else ""


class _HtmlText(HTMLParser):
    """The text of a web page, scripts and styles left out, words parted at every tag that is no run."""

    _RUNS = frozenset("a b i em strong span u sub sup font small big code img".split())
    _SILENT = frozenset("script style head title template noscript iframe object svg math".split())

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


def _html_text(data: bytes) -> str:
    parser = _HtmlText()
    parser.feed(data.decode("utf-8-sig", "replace"))
    parser.close()
    return "".join(parser.pieces)


@dataclass(slots=True)
class _Stream:
    """Words of the text as they follow one another, and of what is deleted, moved away or hidden."""

    kept: list[str] = field(default_factory=list[str])
    gone: list[str] = field(default_factory=list[str])
    gone_as: str = ""
    runs_on: bool = False

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


class _XmlText:
    """Collects the text of one part. Words are parted where paragraphs, breaks and tabs part them; what is deleted
    or hidden, and what stands in a drawing, is kept from the words around it."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._stream = _Stream()
        self._outer: list[_Stream] = []
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

    def _begin_piece(self, name: str, attributes: dict[str, str]) -> None:
        self._stream.part()
        self._taking += 1

    def _end_piece(self, name: str) -> None:
        self._taking -= 1
        self._stream.part()

    def _separate(self, name: str, attributes: dict[str, str]) -> None:
        self._stream.part()
        self._stream.runs_on = False

    def _separate_after(self, name: str) -> None:
        self._separate(name, {})

    def _begin_paragraph(self, name: str, attributes: dict[str, str]) -> None:
        if not self._stream.runs_on:
            self._stream.part()
        self._stream.runs_on = False

    def _end_paragraph(self, name: str) -> None:
        if not self._stream.runs_on:
            self._stream.part()

    def _begin_apart(self, name: str, attributes: dict[str, str]) -> None:
        self._outer.append(self._stream)
        self._stream = _Stream()

    def _end_apart(self, name: str) -> None:
        self._finished.append(self._stream.text())
        self._stream = self._outer.pop()

    def _begin_properties(self, name: str, attributes: dict[str, str]) -> None:
        self._in_properties += 1

    def _end_properties(self, name: str) -> None:
        self._in_properties -= 1

    def _begin_gone(self, name: str, attributes: dict[str, str]) -> None:
        """Deleted words; or, among a paragraph's properties, its deleted mark."""
        self._stream.runs_on = self._stream.runs_on or self._in_properties > 0
        self._gone.append("moved" if name == _W + "moveFrom" else "deleted")
        self._taking += name == _W + "delText"

    def _end_gone(self, name: str) -> None:
        self._gone.pop()
        self._taking -= name == _W + "delText"

    def _hide(self, name: str, attributes: dict[str, str]) -> None:
        self._hidden = not self._in_properties and attributes.get(_W + "val", "true") not in _FALSE

    def _begin_run(self, name: str, attributes: dict[str, str]) -> None:
        self._hidden = False

    def _end_run(self, name: str) -> None:
        self._hidden = False

    def _sign(self, name: str, attributes: dict[str, str]) -> None:
        text = symbol(attributes.get(_W + "font", ""), attributes.get(_W + "char", ""))
        self._taking += 1
        self._characters(text)
        self._taking -= 1

    def _begin_alternate(self, name: str, attributes: dict[str, str]) -> None:
        self._branches.append(False)

    def _end_alternate(self, name: str) -> None:
        told = self._branches.pop()
        if self._branches:
            self._branches[-1] = self._branches[-1] or told

    def _begin_branch(self, name: str, attributes: dict[str, str]) -> None:
        """A branch is left out once one before it has said something."""
        if self._branches and self._branches[-1]:
            self._skipped = 1


_STARTS: Mapping[str, Callable[[_XmlText, str, dict[str, str]], None]] = {
    **dict.fromkeys(_PIECE, _XmlText._begin_piece),
    **dict.fromkeys(_PARTING, _XmlText._separate),
    **dict.fromkeys(_APART, _XmlText._begin_apart),
    **dict.fromkeys(_GONE, _XmlText._begin_gone),
    _W + "p": _XmlText._begin_paragraph,
    _W + "pPr": _XmlText._begin_properties,
    _W + "r": _XmlText._begin_run,
    _W + "vanish": _XmlText._hide,
    _W + "sym": _XmlText._sign,
    _MC + "AlternateContent": _XmlText._begin_alternate,
    _MC + "Choice": _XmlText._begin_branch,
    _MC + "Fallback": _XmlText._begin_branch,
}
_ENDS: Mapping[str, Callable[[_XmlText, str], None]] = {
    **dict.fromkeys(_PIECE, _XmlText._end_piece),
    **dict.fromkeys(_PARTING, _XmlText._separate_after),
    **dict.fromkeys(_APART, _XmlText._end_apart),
    **dict.fromkeys(_GONE, _XmlText._end_gone),
    _W + "p": _XmlText._end_paragraph,
    _W + "pPr": _XmlText._end_properties,
    _W + "r": _XmlText._end_run,
    _MC + "AlternateContent": _XmlText._end_alternate,
}

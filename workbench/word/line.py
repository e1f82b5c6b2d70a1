"""A paragraph while it is being read: its words, what stood beside them, and how they looked."""

from __future__ import annotations

import re
from typing import NamedTuple

from workbench.richtext import Break, Inline, Mark, Text
from workbench.submission import Note
from workbench.word.document import Block, Control, Span, Trace

_LINE_ENDS = re.compile(r"[\r\n\t]")


def one_line(words: str | None) -> str:
    """What a text element says: line ends inside it are spaces to Word."""
    if not words:
        return ""
    return _LINE_ENDS.sub(" ", words) if "\n" in words or "\t" in words or "\r" in words else words


class Where(NamedTuple):
    """In what a run stands: its controls, its link, the kind of note its words become ("" for text), its traces."""

    controls: tuple[Control, ...] = ()
    href: str | None = None
    aside: str = ""
    traces: tuple[Trace, ...] = ()


class RunLook(NamedTuple):
    """How a run looks: the marks given to it alone, and, styles included, whether it is bold, how large in
    points, whether hidden."""

    marks: frozenset[Mark] = frozenset()
    bold: bool = False
    size: float | None = None
    hidden: bool = False


class Line:
    """Collects the runs of one paragraph. Runs that share marks, link and controls become one."""

    __slots__ = (
        "_asides",
        "_bold",
        "_key",
        "_pieces",
        "_spans",
        "_talked",
        "boxes",
        "controls",
        "ref",
        "size",
        "written",
    )

    def __init__(self, ref: str = "") -> None:
        self.ref = ref
        self.controls: tuple[Control, ...] = ()
        self.boxes: list[Block] = []
        self.size: float | None = None
        self.written = 0
        """How many characters of text it has so far."""
        self._spans: list[Span] = []
        self._pieces: list[str] = []
        self._key: tuple[frozenset[Mark], str | None, tuple[Control, ...], tuple[Trace, ...]] | None = None
        self._asides: list[tuple[str, list[str]]] = []
        self._talked = True
        self._bold: bool | None = None

    def write(self, text: str, look: RunLook, where: Where) -> None:
        """Adds words: to the text, or to the note that `where` says they become."""
        if not text:
            return
        aside = where.aside or ("hidden" if look.hidden else "")
        if aside:
            self._write_aside(text, aside)
            return
        key = (look.marks, where.href, where.controls, where.traces)
        if key != self._key:
            self._close_run()
            self._key = key
        self._pieces.append(text)
        self.written += len(text)
        self._talked = True
        if not text.isspace():
            self._bold = look.bold and self._bold is not False
            self.size = look.size if self.size is None else self.size

    def put(self, inline: Inline, where: Where) -> None:
        """Adds a break or a picture."""
        if where.aside:
            self._write_aside("\n", where.aside)
            return
        self._close_run()
        self.written += isinstance(inline, Break)
        self._spans.append(Span(inline, where.controls, where.traces))
        self._talked = True

    def pause(self, where: Where) -> None:
        """Parts the words before from the words after, where a page ends in a paragraph."""
        if where.aside:
            self._write_aside("\n", where.aside)
            return
        self._talked = True
        if self._pieces or (self._spans and not isinstance(self._spans[-1].inline, Break)):
            self.write(" ", RunLook(), where)

    def close(self) -> tuple[Span, ...]:
        """The spans, once the paragraph has ended."""
        self._close_run()
        return tuple(self._spans)

    def notes(self) -> list[Note]:
        """What became notes instead of text, in order."""
        whole = ((kind, "".join(pieces).strip()) for kind, pieces in self._asides)
        return [Note(kind, text, self.ref) for kind, text in whole if text]

    @property
    def bold(self) -> bool:
        """Whether it has words, all of them bold."""
        return self._bold is True

    def _write_aside(self, text: str, kind: str) -> None:
        """Words of one kind that follow one another, with no text between, are one note."""
        if self._talked or not self._asides or self._asides[-1][0] != kind:
            self._asides.append((kind, []))
        self._asides[-1][1].append(text)
        self._talked = False

    def _close_run(self) -> None:
        if self._key is not None and self._pieces:
            marks, href, controls, traces = self._key
            self._spans.append(Span(Text("".join(self._pieces), marks, href), controls, traces))
        self._pieces = []
        self._key = None

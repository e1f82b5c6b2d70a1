"""The second count: every word in the XML of a Word file, found without the reader.

It shares with the reader the guarded package and nothing else. It parses with expat, not lxml, or not at all where
tags tell enough, knows a dozen element names, and follows relationships to every part that can hold text. A caller
compares what it counts with the words of the blocks and notes that the reader made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import nullcontext

from workbench.word.package import Package
from workbench.word.rawtext import characters, html_text, xml_text

MAX_DEPTH = 3
"""How many Word files may stand inside one another."""

_WORD = re.compile(r"\w+")
_TEXT_PARTS = frozenset(
    {
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "chart",
        "chartEx",
        "diagramData",
        "chartUserShapes",
        "aFChunk",
        "subDocument",
        "officeDocument",
    }
)


def words(text: str) -> list[str]:
    """The words of `text`: runs of letters, digits and underscores, so that punctuation never matters."""
    return _WORD.findall(text)


def raw_words(data: bytes) -> Counter[str]:
    """How often each word occurs in the parts of a Word file that hold text. Raises `Refused`."""
    counts: dict[str, int] = {}
    for piece, times in Counter(" ".join(raw_texts(Package(data)).values()).split()).items():
        for word in (piece,) if piece.isalnum() else words(piece):
            counts[word] = counts.get(word, 0) + times
    return Counter(counts)


def raw_texts(package: Package, depth: int = MAX_DEPTH) -> Mapping[str, str]:
    """All text of a Word file, that of files inside it too, by the part it stands in; blanks part words.

    A header or footer that repeats another is told once, a damaged part not at all. Raises `Refused`.
    """
    texts: dict[str, str] = {}
    told: set[tuple[str, ...]] = set()
    for kind, part in _parts(package):
        text = ""
        with nullcontext() if part == package.main else package.sparing(part):
            text = _text(package, part, depth)
        margin = (kind, *words(text)) if kind in ("header", "footer") else ()
        if margin not in told:
            texts[part] = text
        if margin:
            told.add(margin)
    return texts


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


def _text(package: Package, part: str, depth: int) -> str:
    data = package.part(part)
    kind, ending = package.content_type(part).lower(), part.lower().rpartition(".")[2]
    if data.startswith(b"PK"):
        return " ".join(raw_texts(Package(data), depth - 1).values()) if depth > 1 else ""
    if "html" in kind or ending in ("html", "htm", "xhtml"):
        return html_text(characters(data))
    if kind.startswith("text/plain") or ending == "txt":
        return characters(data)
    return xml_text(package.markup(part), part) if "xml" in kind or part == package.main else ""

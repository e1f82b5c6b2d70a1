"""Styles of a Word file: how a paragraph or a run looks, by its style and all that the style is based on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from workbench.word.xml import Element, W, child, flag, number, parse, remembered, value_of

MAX_CHAIN = 64
"""How many styles may be based on one another."""

_HEADING = re.compile(r"heading ?([1-9])")
_BODY_LEVEL = 9
_ON = frozenset({"1", "true", "on"})


class Look(NamedTuple):
    """How text looks. `outline` as in `document.Paragraph`; `size` in points; `numbering` is the number and level
    of the list a style belongs to; None where nothing is said."""

    name: str = ""
    outline: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    raised: Literal["sup", "sub"] | None = None
    size: float | None = None
    numbering: tuple[str, int] | None = None


PLAIN = Look()


_STYLE, _STYLE_END = b"<w:style ", b"</w:style>"
_STYLE_ID = re.compile(rb'[^<>]*?\bw:styleId="([^"&<>]*)"[^<>]*>')


def without_latent(data: bytes) -> bytes:
    """A styles part without the list of what styles Word could have, which is most of it and says nothing."""
    begin = data.find(b"<w:latentStyles")
    end = data.find(b"</w:latentStyles>", begin)
    return data[:begin] + data[end + len(b"</w:latentStyles>") :] if 0 < begin < end else data


class Sheet:
    """A styles part. As Word writes it, its styles are told apart by their tags, and each is parsed when it is first
    asked for, which few of them are; written in any other way it is parsed whole."""

    def __init__(self, data: bytes, part: str) -> None:
        self._part = part
        self._head, *written = without_latent(data).split(_STYLE)
        self._written = {} if b"<!" in data else _by_id(written)
        self._whole = len(self._written) < len(written) or b"</w:style" in self._head
        self.root = parse(data if self._whole else self._head + b"</w:styles>", part)
        self._elements = {each.get(W + "styleId", ""): each for each in self.root.iter(W + "style")}

    def get(self, style: str) -> Element | None:
        """A style by its id; None where there is none."""
        written = self._written.get(style.encode())
        if written is not None and style not in self._elements and not self._whole:
            root = parse(b"".join((self._head, _STYLE, written, b"</w:styles>")), self._part)
            self._elements[style] = root[len(root) - 1]
        return self._elements.get(style)

    @property
    def paragraphs(self) -> str:
        """The id of the style that a paragraph has which names none; "" where that is not said."""
        marked = [
            name.decode() for name, each in self._written.items() if b":default=" in each.partition(b">")[0]
        ]
        for name in self._elements if self._whole else marked:
            style = self.get(name)
            if style is not None and style.get(W + "type") == "paragraph" and style.get(W + "default") in _ON:
                return name
        return ""


def _by_id(written: Sequence[bytes]) -> dict[bytes, bytes]:
    """Styles by their ids, up to the first that is not written as Word writes it."""
    found: dict[bytes, bytes] = {}
    for each in written:
        name, style = _STYLE_ID.match(each), each.rstrip().removesuffix(b"</w:styles>").rstrip()
        if name is None or name[1] in found or style.find(b"</w:style") != len(style) - len(_STYLE_END):
            break
        found[name[1]] = style
    return found


class Styles:
    """The styles of a file. One it does not know looks plain."""

    def __init__(self, sheet: Sheet | None) -> None:
        self._sheet = sheet
        self._looks: dict[str, Look] = {}
        self.default = self._default()

    def look(self, style: str) -> Look:
        """The look of a style by its id."""
        known = self._looks.get(style)
        return self._read(style) if known is None else known

    def _default(self) -> Look:
        """The look of a paragraph that names no style."""
        sheet = self._sheet
        run = None if sheet is None else sheet.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        base = self._looks[""] = PLAIN if run is None else run_look(run, PLAIN)
        named = "" if sheet is None else sheet.paragraphs
        return self.look(named) if named else base

    def _element(self, style: str) -> Element | None:
        return None if self._sheet is None else self._sheet.get(style)

    def _read(self, style: str) -> Look:
        """Follows what the style is based on, to a look known already, a loop or an end; lays style upon style."""
        chain: dict[str, Element] = {}
        name, element = style, self._element(style)
        while (
            element is not None and name not in self._looks and name not in chain and len(chain) < MAX_CHAIN
        ):
            chain[name] = element
            name = value_of(child(element, W + "basedOn"))
            element = self._element(name)
        if not chain:
            return self._looks.get("", PLAIN)._replace(name=style, outline=_outline_by_name(style))
        character = chain[style].get(W + "type") == "character"
        base = PLAIN if character else self._looks.get("", PLAIN)
        look = self._looks.get(name, base) if name else base
        for name, element in reversed(chain.items()):
            look = self._looks[name] = _laid_upon(look, element)
        return look


@remembered
def styles_of(data: bytes, part: str) -> Styles:
    """The styles that a part of these bytes holds."""
    return Styles(Sheet(data, part))


def _laid_upon(look: Look, style: Element) -> Look:
    name = value_of(child(style, W + "name"))
    run, paragraph = child(style, W + "rPr"), child(style, W + "pPr")
    named = _outline_by_name(name)
    look = look._replace(name=name, outline=look.outline if named is None else named)
    if paragraph is not None:
        look = _paragraph_look(paragraph, look)
    return look if run is None else run_look(run, look)


def _paragraph_look(properties: Element, look: Look) -> Look:
    level = child(properties, W + "outlineLvl")
    if level is not None and look.outline != 0:
        look = look._replace(outline=outline_level(level))
    numbering = child(properties, W + "numPr")
    if numbering is not None:
        list_id = value_of(child(numbering, W + "numId"), look.numbering[0] if look.numbering else "")
        depth = number(value_of(child(numbering, W + "ilvl"), "0"), 0)
        look = look._replace(numbering=(list_id, depth) if list_id else None)
    return look


def outline_level(element: Element) -> int | None:
    """The heading level, 1 to 9, of an outline level; None for body text."""
    level = number(element.get(W + "val"), _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else None


def run_look(properties: Element, look: Look) -> Look:
    """`look` with what run properties say laid upon it."""
    found: dict[str, str | bool | float | None] = {}
    for element in properties:
        name = _RUN.get(element.tag)
        if name == "size":
            half_points = number(element.get(W + "val"), 0)
            found[name] = half_points / 2 if half_points > 0 else look.size
        elif name == "raised":
            found[name] = {"superscript": "sup", "subscript": "sub"}.get(value_of(element))
        elif name is not None:
            found[name] = flag(element)
    return look._replace(**found) if found else look  # pyright: ignore[reportArgumentType]


_RUN: Mapping[str, str] = {
    W + "b": "bold",
    W + "i": "italic",
    W + "vanish": "hidden",
    W + "vertAlign": "raised",
    W + "sz": "size",
}


def _outline_by_name(name: str) -> int | None:
    """The heading level a built-in style has by its name, in whatever language Word runs; 0 for the title."""
    folded = name.lower()
    if folded == "title":
        return 0
    found = _HEADING.fullmatch(folded)
    return int(found[1]) if found else None

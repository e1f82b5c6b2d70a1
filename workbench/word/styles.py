"""Styles of a Word file: how a paragraph or a run looks, by its style and all that the style is based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from workbench.word.xml import Element, W, child, flag, number, value_of

MAX_CHAIN = 64
"""How many styles may be based on one another."""

_HEADING = re.compile(r"heading ?([1-9])")
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True, eq=False)
class Look:
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


def without_latent(data: bytes) -> bytes:
    """A styles part without the list of what styles Word could have, which is most of it and says nothing."""
    begin, end = data.find(b"<w:latentStyles"), data.find(b"</w:latentStyles>")
    return data[:begin] + data[end + len(b"</w:latentStyles>") :] if 0 < begin < end else data


class Styles:
    """The styles part. A style it does not know looks plain."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iter(W + "style")
        self._elements: Mapping[str, Element] = {style.get(W + "styleId", ""): style for style in found}
        self._looks: dict[str, Look] = {}
        self._root = root
        self.default = self._default()

    def look(self, style: str) -> Look:
        """The look of a style by its id."""
        if style not in self._looks:
            self._looks[style] = self._read(style)
        return self._looks[style]

    def _default(self) -> Look:
        """The look of a paragraph that names no style."""
        base = PLAIN
        if self._root is not None:
            run = self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            base = PLAIN if run is None else run_look(run, PLAIN)
        self._looks[""] = base
        for name, style in self._elements.items():
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                return self.look(name)
        return base

    def _read(self, style: str) -> Look:
        """Follows what the style is based on, to a look known already, a loop or an end; lays style upon style."""
        chain: dict[str, Element] = {}
        name, element = style, self._elements.get(style)
        while (
            element is not None and name not in self._looks and name not in chain and len(chain) < MAX_CHAIN
        ):
            chain[name] = element
            name = value_of(child(element, W + "basedOn"))
            element = self._elements.get(name)
        if not chain:
            return replace(self._looks.get("", PLAIN), name=style, outline=_outline_by_name(style))
        character = self._elements[style].get(W + "type") == "character"
        base = PLAIN if character else self._looks.get("", PLAIN)
        look = self._looks.get(name, base) if name else base
        for name, element in reversed(chain.items()):
            look = self._looks[name] = _laid_upon(look, element)
        return look


def _laid_upon(look: Look, style: Element) -> Look:
    name = value_of(child(style, W + "name"))
    run, paragraph = child(style, W + "rPr"), child(style, W + "pPr")
    named = _outline_by_name(name)
    look = replace(look, name=name, outline=look.outline if named is None else named)
    if paragraph is not None:
        look = _paragraph_look(paragraph, look)
    return look if run is None else run_look(run, look)


def _paragraph_look(properties: Element, look: Look) -> Look:
    level = child(properties, W + "outlineLvl")
    if level is not None and look.outline != 0:
        look = replace(look, outline=outline_level(level))
    numbering = child(properties, W + "numPr")
    if numbering is not None:
        list_id = value_of(child(numbering, W + "numId"), look.numbering[0] if look.numbering else "")
        depth = number(value_of(child(numbering, W + "ilvl"), "0"), 0)
        look = replace(look, numbering=(list_id, depth) if list_id else None)
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
    return replace(look, **found) if found else look  # pyright: ignore[reportArgumentType]


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

"""Lists of a Word file: of which kind, how deep, and which number or bullet stands before each paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from workbench.word.document import ListPlace
from workbench.word.symbols import in_font
from workbench.word.xml import Element, W, child, number, parse, remembered, value_of

MAX_LEVEL = 8
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_SMALL_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked: its number format, its pattern such as `%1.%2`, where it starts."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1


class Definitions:
    """The lists that a numbering part defines, and how each of their levels is marked."""

    def __init__(self, root: Element | None) -> None:
        lists = () if root is None else root.iterchildren(W + "num")
        self._lists = {element.get(W + "numId", ""): element for element in lists}
        abstract = () if root is None else root.iterchildren(W + "abstractNum")
        self._abstract = {element.get(W + "abstractNumId", ""): element for element in abstract}
        self._levels: dict[tuple[str, int], Level] = {}

    @cached_property
    def _linked(self) -> Mapping[str, str]:
        """By list style, the definition that it stands for."""
        return {value_of(child(element, W + "styleLink")): name for name, element in self._abstract.items()}

    def abstract_of(self, list_id: str) -> str:
        """The id of the definition that a list goes by; "" where there is none."""
        found = self._lists.get(list_id)
        name = value_of(child(found, W + "abstractNumId"))
        abstract = self._abstract.get(name)
        linked = value_of(child(abstract, W + "numStyleLink"))
        return self._linked.get(linked, name) if linked else name

    def override(self, list_id: str, level: int) -> int | None:
        """Where a list says for itself that a level starts."""
        for element in _first_nine(self._lists.get(list_id), W + "lvlOverride"):
            start = child(element, W + "startOverride")
            if number(element.get(W + "ilvl"), -1) == level and start is not None:
                return number(value_of(start), 1)
        return None

    def level(self, list_id: str, level: int) -> Level:
        """How a level of a list is marked; read once, where there is such a list."""
        key = (list_id, level)
        found = self._levels.get(key)
        if found is None:
            found = self._read_level(list_id, level)
            if list_id in self._lists:
                self._levels[key] = found
        return found

    def _read_level(self, list_id: str, level: int) -> Level:
        overrides = _first_nine(self._lists.get(list_id), W + "lvlOverride")
        sources = (*overrides, self._abstract.get(self.abstract_of(list_id)))
        levels = (each for source in sources for each in _first_nine(source, W + "lvl"))
        element = next((each for each in levels if number(each.get(W + "ilvl"), -1) == level), None)
        if element is None:
            return Level(pattern=f"%{level + 1}.")
        override = self.override(list_id, level)
        start = number(value_of(child(element, W + "start")), 1) if override is None else override
        form = value_of(child(element, W + "numFmt"), "decimal")
        return Level(form, value_of(child(element, W + "lvlText")), start)


@remembered
def definitions_of(data: bytes, part: str) -> Definitions:
    """The lists that a numbering part of these bytes defines. Raises `Refused("damaged")`."""
    return Definitions(parse(data, part))


class Numbering:
    """The counters that run through a document as its paragraphs are met in order. `open_part` gives the lists that
    they count; it is asked for at the first list."""

    def __init__(self, open_part: Callable[[], Definitions]) -> None:
        self._open_part = open_part
        self._counters: dict[str, list[int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    @cached_property
    def _definitions(self) -> Definitions:
        return self._open_part()

    def place(self, list_id: str, level: int) -> ListPlace | None:
        """Where the next paragraph of a list stands; None for a list that marks nothing."""
        if list_id in ("", "0"):
            return None
        level = min(max(level, 0), MAX_LEVEL)
        how = self._definitions.level(list_id, level)
        if how.form == "bullet":
            return ListPlace(False, level, in_font("Symbol", how.pattern) or "•")
        label = self._label(list_id, level, how)
        return None if how.form == "none" and not label else ListPlace(True, level, label)

    def _label(self, list_id: str, level: int, how: Level) -> str:
        counts = self._count(list_id, level, how)
        forms = [self._definitions.level(list_id, depth).form for depth in range(level + 1)]
        return _PLACEHOLDER.sub(lambda found: _counted(counts, forms, int(found[1]) - 1), how.pattern)

    def _count(self, list_id: str, level: int, how: Level) -> list[int]:
        """Lists that share a definition count on together, unless one says where it starts anew."""
        counts = self._counters.setdefault(self._definitions.abstract_of(list_id), [])
        if self._definitions.override(list_id, level) is not None and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            del counts[level:]
        del counts[level + 1 :]
        while len(counts) < level:
            counts.append(self._definitions.level(list_id, len(counts)).start)
        if len(counts) == level:
            counts.append(how.start)
        else:
            counts[level] += 1
        return counts


def _first_nine(element: Element | None, tag: str) -> Iterable[Element]:
    """Children with `tag`, as many as a list has levels."""
    return () if element is None else islice(element.iterchildren(tag), MAX_LEVEL + 1)


def _counted(counts: list[int], forms: list[str], level: int) -> str:
    return numeral(counts[level], forms[level]) if level < len(counts) else ""


def numeral(count: int, form: str) -> str:
    """`count` as Word's number format writes it: `3`, `c`, `iii`, `03`, `3rd`; decimal for formats unknown here."""
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 780:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    if form == "decimalZero":
        return f"{count:02}"
    if form == "ordinal":
        return f"{count}{_ordinal_ending(count)}"
    return "" if form in ("none", "bullet") else str(count)


def _roman(count: int) -> str:
    out = ""
    for value, letters in (*_ROMAN, *_SMALL_ROMAN):
        out += letters * (count // value)
        count %= value
    return out


def _ordinal_ending(count: int) -> str:
    if 10 <= count % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")

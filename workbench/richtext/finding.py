"""Finding words in a rich text and putting others in their place, whatever marks they carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, cast

from workbench.errors import Refused
from workbench.richtext.editing import Splice, splice
from workbench.richtext.model import RichText
from workbench.richtext.plain import line_starts, plain_inline

LONGEST_LINE = 2_000
"""A pattern is tried on at most so many characters at once: what it costs may grow with a power of them."""

_MARK = "\u0300-\u036f"
_parser: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_CHOICES = ("BRANCH", "GROUPREF")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and what comes in its place.

    `text` is found as written, except that a letter with its accent counts as one however it is encoded and a space
    finds a no-break space too. With `case` capitals count; with `word` it must stand alone; with `pattern` it is a
    regular expression, and \\1 in `replacement` stands for what its first group found.
    """

    text: str
    replacement: str = ""
    case: bool = False
    word: bool = False
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A place where it was found: characters `start` to `end` of the plain text, and what would come there."""

    start: int
    end: int
    found: str
    new: str


def matches(blocks: RichText, wanted: Wanted) -> tuple[Match, ...]:
    """Every place where `wanted` is found, in order; none reaches from one line or cell into the next.

    Raises Refused: pattern-wrong where a pattern cannot be read, pattern-costly where it could take for ever.
    """
    if not wanted.text:
        return ()
    compiled = _compiled(wanted)
    return tuple(
        match
        for start, content in line_starts(blocks)
        for at, piece in _pieces(plain_inline(content), start, wanted)
        for match in _in_piece(compiled, wanted, at, piece)
    )


def replaced(blocks: RichText, chosen: Iterable[Match]) -> RichText:
    """`blocks` with each of these matches replaced; new words take the marks and link of the first they replace."""
    return splice(blocks, tuple(Splice(match.start, match.end, match.new) for match in chosen))


def _pieces(line: str, at: int, wanted: Wanted) -> Iterator[tuple[int, str]]:
    for piece in line.split("\n"):
        step = LONGEST_LINE if wanted.pattern else max(len(piece), 1)
        for cut in range(0, max(len(piece), 1), step):
            yield at + cut, piece[cut : cut + step]
        at += len(piece) + 1


def _in_piece(compiled: re.Pattern[str], wanted: Wanted, at: int, piece: str) -> Iterator[Match]:
    for found in compiled.finditer(piece):
        if found.group():
            new = _expanded(found, wanted.replacement) if wanted.pattern else wanted.replacement
            yield Match(at + found.start(), at + found.end(), found.group(), new)


def _expanded(found: re.Match[str], replacement: str) -> str:
    try:
        return found.expand(replacement)
    except (re.error, IndexError) as error:
        raise Refused("pattern-wrong", pattern=replacement, reason=str(error)) from error


@lru_cache(maxsize=16)
def _compiled(wanted: Wanted) -> re.Pattern[str]:
    source = wanted.text if wanted.pattern else _spelt(wanted.text)
    try:
        if wanted.pattern:
            _refuse_costly(source)
        whole = rf"(?<!\w)(?:{source})(?!\w)" if wanted.word else source
        return re.compile(whole, 0 if wanted.case else re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise Refused("pattern-wrong", pattern=wanted.text, reason=str(error)) from error


def _spelt(text: str) -> str:
    """A pattern for `text`, its accents in one character or two, and never half of an accented letter."""
    return "".join(map(_letter, unicodedata.normalize("NFC", text))) + f"(?![{_MARK}])"


def _letter(letter: str) -> str:
    if letter in " \u00a0":
        return "[ \u00a0]"
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"


# A pattern that repeats what repeats, such as (a+)+, can take longer than anyone lives


def _refuse_costly(source: str) -> None:
    if _nests(_parser.parse(source), repeated=False):
        raise Refused("pattern-costly", pattern=source)


def _nests(parsed: Any, *, repeated: bool) -> bool:
    """Whether an open repetition or a choice stands inside another open repetition."""
    for code, argument in cast("Iterable[tuple[Any, Any]]", parsed):
        opens = code.name in _REPEATS and argument[1] is _parser.MAXREPEAT
        if repeated and (opens or code.name in _CHOICES):
            return True
        if any(_nests(inner, repeated=repeated or opens) for inner in _inner(argument)):
            return True
    return False


def _inner(argument: Any) -> Iterator[Any]:
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for part in cast("Iterable[Any]", argument):
            yield from _inner(part)

"""The spellings under which a person stands in texts: of a name, a mail address, a telephone number.

A name is found with initials for its forenames, surname first, with and without accents, however its parts are
joined; a number however it is grouped, with its country or without. What is found less surely, such as a surname
alone, is told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from workbench.errors import WrongUsage
from workbench.richtext.editing import Splice, splice
from workbench.richtext.html import from_html, to_html
from workbench.richtext.model import RichText
from workbench.richtext.plain import line_starts, plain_inline

BLANK = "[…]"
"""What stands where a word was."""

SHORTEST = 2
"""Letters or digits of what can be looked for."""

MAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
PHONE = r"(?<![\w£$€.,/])(?:\+\d{1,3}|0)[\d ().\u00a0-]{7,16}\d(?!\w)"
"""What reads as a mail address or a telephone number, whosever it is."""

_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_JOINT = r"[\s._,\-\u2010-\u2015\u00a0]{0,3}"
_APART = r"[\s._,\u00a0]{1,3}"
_MIDDLE = rf"(?:{_APART}[^\W\d_]+\.?){{0,2}}?{_APART}"
_GROUPED = r"[\s().\-\u2010-\u2015\u00a0/]{0,3}"
_HYPHEN = r"[\s_.\-\u2010-\u2015\u00a0]{0,2}"
_APOSTROPHE = r"['’‘`\u02bc]?"
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "sir",
        "dame",
        "lord",
        "lady",
        "cllr",
        "councillor",
        "rev",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is named: from which character up to which, in what words, and whether it is surely they."""

    start: int
    end: int
    words: str
    sure: bool


@dataclass(frozen=True)
class Sought:
    """A person as somebody asks for them: names, mail addresses, telephone numbers, each as it may be written.

    Raises WrongUsage("person-too-short") where one is too short to be looked for, or none is given.
    """

    terms: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.terms or any(len(_bare(term)) < SHORTEST for term in self.terms):
            raise WrongUsage("person-too-short", told=", ".join(self.terms))

    def places(self, text: str) -> Iterator[Place]:
        """Every place where they are named, in order."""
        sure = [_place(found, sure=True) for found in self._sure.finditer(text)]
        told = self._perhaps.finditer(text) if self._perhaps is not None else ()
        perhaps = [
            _place(found, sure=False)
            for found in told
            if not any(place.start < found.end() and found.start() < place.end for place in sure)
        ]
        yield from sorted((*sure, *perhaps), key=lambda place: place.start)

    def blank(self, text: str) -> str:
        """The text without the places that are surely they."""
        return self._sure.sub(BLANK, text)

    def blank_rich(self, blocks: RichText) -> RichText:
        """Rich text without them, whatever marks their name carries, nor in what a link leads to."""
        splices = [
            Splice(at + found.start(), at + found.end(), BLANK)
            for at, content in line_starts(blocks)
            for found in self._sure.finditer(plain_inline(content))
        ]
        return splice(blocks, splices) if splices else blocks

    def blank_html(self, html: str) -> str:
        """The same of rich text as HTML, which is given back as it was where they are not in it."""
        blocks = from_html(html)
        bare = self.blank_rich(blocks)
        text = html if bare is blocks else to_html(bare)
        return _ATTRIBUTE.sub(lambda found: f'"{self.blank(found[1])}"', text) if self.names(text) else text

    def names(self, text: str) -> bool:
        """Whether the text surely names them."""
        return self._sure.search(text) is not None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of their names, and the addresses and numbers, each by itself."""
        return tuple(
            word
            for term in self.terms
            for word in (_parts(term) if _is_name(term) else (term,))
            if len(_bare(word)) > SHORTEST
        )

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        return re.compile("|".join(each for term in self.terms for each in _spellings(term)), re.IGNORECASE)

    @cached_property
    def _perhaps(self) -> re.Pattern[str] | None:
        surnames = [_surname(term) for term in self.terms if _is_name(term)]
        told = [_START + _word(surname) + _END for surname in surnames if len(surname) > SHORTEST]
        return re.compile("|".join(told), re.IGNORECASE) if told else None


def _place(found: re.Match[str], *, sure: bool) -> Place:
    return Place(found.start(), found.end(), found[0], sure)


_ATTRIBUTE = re.compile(r'"([^"]*)"')


def _spellings(term: str) -> Iterator[str]:
    """Patterns for one term, the longest first, so that as much as possible is taken."""
    if "@" in term:
        yield rf"(?<![\w.+-]){re.escape(unicodedata.normalize('NFC', term.strip()))}(?![\w-])"
    elif _is_phone(term):
        yield _phone(term)
    else:
        yield from _name(term)


def _is_phone(term: str) -> bool:
    return bool(re.fullmatch(r"[\d\s()+./\u00a0\-\u2010-\u2015]{5,}", term.strip()))


def _is_name(term: str) -> bool:
    return "@" not in term and not _is_phone(term) and len(_parts(term)) > 1


def _phone(term: str) -> str:
    """A number by its digits; one of this country with 0, +44, 0044, +44 (0) before it."""
    digits = re.sub(r"\D", "", term.replace("(0)", ""))
    national = re.sub(r"^(?:0044|44(?=\d{9,10}$)|0)", "", digits)
    body = _GROUPED.join(national)
    if national == digits:
        return rf"(?<!\d){body}(?!\d)"
    return rf"(?<!\d)(?:(?:\+|00){_GROUPED}4{_GROUPED}4{_GROUPED}(?:\(?0\)?{_GROUPED})?|\(?0{_GROUPED})?{body}(?!\d)"


def _parts(term: str) -> list[str]:
    """The parts of a name, the surname last and without titles."""
    surname, comma, forenames = term.partition(",")
    told = f"{forenames} {surname}" if comma else term
    parts = re.findall(r"[^\s,.;]+", unicodedata.normalize("NFC", told))
    return [part for part in parts if part.casefold() not in _TITLES] or parts


def _surname(term: str) -> str:
    return _parts(term)[-1]


def _name(term: str) -> Iterator[str]:
    *forenames, surname = _parts(term)
    last = _word(surname)
    if not forenames:
        yield _START + last + _END
        return
    whole = [_word(name) for name in forenames]
    first = whole[0]
    initials = [_letters(name[0]) + r"\.?" for name in forenames]
    short = rf"{initials[0]}(?:{_JOINT}[^\W\d_]\.?){{0,2}}"
    for told in dict.fromkeys((_JOINT.join(whole), first)):
        yield _START + told + _JOINT + last + _END
        yield _START + last + _JOINT + told + _END
    yield _START + first + _MIDDLE + last + _END
    for told in dict.fromkeys((_JOINT.join(initials), short)):
        yield _START + told + _APART + last + _END
        yield _START + last + _APART + told + _END


def _word(word: str) -> str:
    """A pattern for a word with its accents or without, its hyphens and apostrophes in any form or none."""
    return "".join(map(_letter, unicodedata.normalize("NFC", word)))


def _letter(letter: str) -> str:
    if unicodedata.category(letter) == "Pd":
        return _HYPHEN
    if letter in "'’‘`\u02bc":
        return _APOSTROPHE
    return _letters(letter) if letter.isalpha() else re.escape(letter)


def _letters(letter: str) -> str:
    """A letter, every letter that it is the base of, and any accents that stand apart behind it."""
    base = _base(letter)
    return rf"(?:[{re.escape(letter + base + _DRESSED.get(base, ''))}][\u0300-\u036f]*)"


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].casefold()


def _dressed() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        if letter.isalpha() and (base := _base(letter)) != letter:
            found[base] = found.get(base, "") + letter
    return found


_DRESSED = _dressed()


def _bare(term: str) -> str:
    return "".join(letter for letter in term if letter.isalnum())


def others(text: str, sought: Sought) -> Iterator[str]:
    """Mail addresses and telephone numbers in a text that are not theirs: somebody else's, as far as can be told."""
    for found in _CONTACT.finditer(text):
        if not sought.names(found[0]):
            yield found[0]


_CONTACT = re.compile(f"{MAIL}|{PHONE}")


def contacts(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms, each once and without blanks around it."""
    return tuple(dict.fromkeys(term.strip() for term in terms if term.strip()))

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
from workbench.richtext.plain import line_starts, plain, plain_inline

BLANK = "[…]"
"""What stands where a word was."""

SHORTEST = 2
"""Letters or digits of what can be looked for."""

MAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
PHONE = r"(?<![\w£$€.,/])(?:\+\d{1,3}|0)[\d ().\u00a0-]{7,16}\d(?!\w)"
"""What reads as a mail address or a telephone number, whosever it is."""

_CAPITALS = "".join(filter(str.isupper, map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00)))))
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_JOINT = r"[\s._,\-\u2010-\u2015\u00a0]{0,3}"
_APART = r"[\s._,\u00a0]{1,3}"
_MIDDLE = rf"(?:{_APART}(?:(?-i:[{_CAPITALS}])[^\W\d_]*|[^\W\d_])\.?){{0,2}}?{_APART}"
_NEXT = r"(?:[\s_,\-\u2010-\u2015\u00a0]{0,3}|\.)"
_BEHIND = r"(?:[\s_,\u00a0]{1,3}|\.)"
"""Between two parts of a name, and before initials: the full stop of a sentence joins nothing."""

_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""What programs put between letters, to break a line there or not to."""
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

    def may_stand_in(self, text: str) -> bool:
        """Whether the text could name them, told quickly: where not, it does not."""
        folded = _folded(text)
        return any(key in folded for key in self._keys) or (
            self._numbers is not None and self._numbers.search(text) is not None
        )

    def places(self, text: str) -> Iterator[Place]:
        """Every place where they are named, in order."""
        if not self.may_stand_in(text):
            return
        sure = [_place(found, sure=True) for found in self._surely(text).finditer(text)]
        told = self._perhaps.finditer(text) if self._perhaps is not None else ()
        perhaps = [
            _place(found, sure=False)
            for found in told
            if not any(place.start < found.end() and found.start() < place.end for place in sure)
        ]
        yield from sorted((*sure, *perhaps), key=lambda place: place.start)

    def blank(self, text: str) -> str:
        """The text without the places that are surely they."""
        return self._surely(text).sub(BLANK, text) if self.may_stand_in(text) else text

    def blank_rich(self, blocks: RichText) -> RichText:
        """Rich text without them, whatever marks their name carries, nor in what a link leads to."""
        surely = self._surely(plain(blocks))
        splices = [
            Splice(at + found.start(), at + found.end(), BLANK)
            for at, content in line_starts(blocks)
            for found in surely.finditer(plain_inline(content))
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
        return self.may_stand_in(text) and self._surely(text).search(text) is not None

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
    def _keys(self) -> frozenset[str]:
        """Folded letters, some of which stand wherever a name or an address does."""
        addresses = [term.partition("@")[0] for term in self.terms if "@" in term]
        names = [_parts(term)[-1] for term in self.terms if "@" not in term and not _is_phone(term)]
        halves = [half for name in names for half in re.split(r"[\-\u2010-\u2015]", name)]
        return frozenset(map(_key, (*addresses, *halves)))

    @cached_property
    def _numbers(self) -> re.Pattern[str] | None:
        told = [_GROUPED.join(_national(term)) for term in self.terms if _is_phone(term)]
        return re.compile("|".join(told)) if told else None

    def _surely(self, text: str) -> re.Pattern[str]:
        """What is surely they in this text; one without any capital does not tell a name from a word."""
        return self._small if text.islower() else self._sure

    @cached_property
    def _small(self) -> re.Pattern[str]:
        told = tuple(term if _is_name(term) else term.lower() for term in self.terms)
        return self._sure if told == self.terms else Sought(told)._sure

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        return re.compile("|".join(each for term in self.terms for each in _spellings(term)), re.IGNORECASE)

    @cached_property
    def _perhaps(self) -> re.Pattern[str] | None:
        names = [term for term in self.terms if "@" not in term and not _is_phone(term)]
        surnames = [_parts(term)[-1] for term in names]
        told = [_START + _word(surname) + _END for surname in surnames if len(surname) > SHORTEST]
        told += [each for term in names for each in _halves(term)]
        return re.compile("|".join(told), re.IGNORECASE) if told else None


def _place(found: re.Match[str], *, sure: bool) -> Place:
    return Place(found.start(), found.end(), found[0], sure)


_ATTRIBUTE = re.compile(r'"([^"]*)"')


def _spellings(term: str) -> Iterator[str]:
    """Patterns for one term, the longest first, so that as much as possible is taken."""
    if "@" in term:
        yield rf"(?<![\w.+-]){_mail(term.strip())}(?![\w-]|\.\w)"
    elif _is_phone(term):
        yield _phone(term)
    else:
        yield from _name(term)


def _mail(term: str) -> str:
    """An address, also as a link or a form writes it."""
    told = (re.escape(letter) for letter in unicodedata.normalize("NFC", term))
    return rf"[{_UNSEEN}]*".join(r"\s?(?:@|%40)\s?" if letter == "@" else letter for letter in told)


def _is_phone(term: str) -> bool:
    return bool(re.fullmatch(r"[\d\s()+./\u00a0\-\u2010-\u2015]{5,}", term.strip()))


def _is_name(term: str) -> bool:
    return "@" not in term and not _is_phone(term) and len(_parts(term)) > 1


def _phone(term: str) -> str:
    """A number by its digits; one of this country with 0, +44, 0044, +44 (0) before it."""
    national = _national(term)
    body = _GROUPED.join(national)
    if national == _digits(term):
        return rf"(?<!\d){body}(?!\d)"
    return rf"(?<!\d)(?:(?:\+|00)?{_GROUPED}4{_GROUPED}4{_GROUPED}(?:\(?0\)?{_GROUPED})?|\(?0{_GROUPED})?{body}(?!\d)"


def _digits(term: str) -> str:
    return re.sub(r"\D", "", term.replace("(0)", ""))


def _national(term: str) -> str:
    return re.sub(r"^(?:0044|44(?=\d{9,10}$)|0)", "", _digits(term))


def _parts(term: str) -> list[str]:
    """The parts of a name, the surname last and without titles."""
    surname, comma, forenames = term.partition(",")
    told = f"{forenames} {surname}" if comma else term
    parts = re.findall(r"[^\s,.;]+", unicodedata.normalize("NFC", told))
    return [part for part in parts if part.casefold() not in _TITLES] or parts


def _name(term: str) -> Iterator[str]:
    forenames, surname = _sides(term)
    if not forenames:
        yield from _single(surname)
        return
    *particles, family = surname.split()
    last = "".join(map(_particle, particles)) + _word(family)
    whole = [_word(name) for name in forenames]
    first = whole[0]
    initials = [_letters(name[0]) + r"\.?" for name in forenames]
    initials[0] = rf"(?=(?-i:[{_CAPITALS}])|\w[._]){initials[0]}"
    short = rf"{initials[0]}(?:{_JOINT}[^\W\d_]\.?){{0,2}}"
    for told in dict.fromkeys((_JOINT.join(whole), first)):
        yield _START + told + _NEXT + last + _END
        yield _START + last + _NEXT + told + _END
    yield _START + first + _MIDDLE + last + _END
    for told in dict.fromkeys((_JOINT.join(initials), short)):
        yield _START + told + _APART + last + _END
        yield _START + last + _BEHIND + told + _END


def _single(name: str) -> Iterator[str]:
    """A name by itself. Many are words too: where it is asked for with a capital it has one, or is in an address."""
    if not name[0].isupper():
        yield _START + _word(name) + _END
        return
    yield _START + rf"(?=(?-i:[{_CAPITALS}]))" + _word(name) + _END
    yield r"(?<=[\w.\-/][._@\-/])" + _word(name) + _END
    yield _START + _word(name) + r"(?=[._@\-/]\w)"


def _sides(term: str) -> tuple[list[str], str]:
    """Forenames and surname; what is written small before a surname, such as “van der” or “ap”, belongs to it."""
    *forenames, surname = _parts(term)
    at = len(forenames)
    while at > 1 and forenames[at - 1].islower() and not surname.islower():
        at -= 1
    return forenames[:at], " ".join((*forenames[at:], surname))


def _halves(term: str) -> Iterator[str]:
    """Somebody with two surnames, by one of them."""
    forenames, surname = _sides(term)
    both = re.split(r"[\-\u2010-\u2015]", surname)
    for half in both if forenames and len(both) > 1 else ():
        yield _START + _word(forenames[0]) + _NEXT + _word(half) + _END


def _particle(word: str) -> str:
    return rf"(?:{_word(word)}{_JOINT})?"


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
    told = rf"[{re.escape(letter + base + _DRESSED.get(base, ''))}]"
    if pair := _PAIRS.get(letter.lower()):
        told = rf"(?:{told}|{pair})"
    return rf"(?:{told}[\u0300-\u036f{_UNSEEN}]*)"


_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ſ": "s"}
_PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
"""Letters that are written with a plain one or with two where a keyboard has them not."""


def _base(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return _PLAIN.get(bare, bare)


def _folded(text: str) -> str:
    """The text in small letters without accents; what is pure ASCII or Latin 1, as most bytes are, in no time."""
    if text.isascii():
        return text.lower()
    try:
        return text.encode("latin-1").translate(_LATIN, b"\xad").decode("latin-1")
    except UnicodeEncodeError:
        bare = _DROPPED.sub("", unicodedata.normalize("NFD", text)).lower()
        for letter, other in _PLAIN.items():
            bare = bare.replace(letter, other)
        return bare


def _key(word: str) -> str:
    """The longest run of letters in a word, folded, that every spelling of it has."""
    told = "".join(" " if each.lower() in _PAIRS else each for each in unicodedata.normalize("NFC", word))
    return max(map(_folded, re.findall(r"[^\W_]+", told)), key=len, default="")


def _dressed() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        if letter.isalpha() and (base := _base(letter)) != letter:
            found[base] = found.get(base, "") + letter
    return found


_DRESSED = _dressed()
_DROPPED = re.compile(rf"[\u0300-\u036f{_UNSEEN}]")
_LATIN = bytes(ord(_base(chr(code))) if chr(code).isalpha() else code for code in range(256))


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

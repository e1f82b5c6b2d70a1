"""Which words of a text are asked for, and which are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from workbench.spelling.lexicon import LONGEST, bare, is_word, plainly
from workbench.spelling.nearness import is_near

Span = tuple[int, int]

_LETTER = r"(?:[^\W\d_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)"
_WORD = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)*")
_LONGEST_RUN = 200
_ODD_RUN = re.compile(rf"(?<!\S)(?:\S{{{_LONGEST_RUN + 1},}}|\S*?[\d_#~@.:\\]\S*)")
"""What stands between two spaces and is more than a word, perhaps."""
_ADDRESS = re.compile(r"://|www\.|@|\\")
_APART = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}\b(?:/\S*)?|[#~]\w+|\w*[\d_]\w*", re.IGNORECASE)
"""File names, tags, and words with digits in them."""
_SENTENCE = re.compile(r"[^.!?\n:;\t]+")
_PLAIN = re.compile(r"[^\W\d_]+")
_fine: set[str] = set()
"""What stood between two blanks so far and holds no word with which anything is wrong."""
_FOREIGN = 0.5
_FEW = 4
_MANY = 1 << 17
_LONG_ACRONYM = 6
_LONG_NAME = 8


def misspelt(text: str, known: Set[str] = frozenset()) -> Iterator[Span]:
    """Where the words stand that neither the dictionary nor `known` has.

    Names, acronyms, addresses and words with digits are left alone, and so is a sentence whose words are mostly
    unknown: it is in another language.
    """
    doubtful = frozenset(word for word in _doubtful(text) if bare(plainly(word).lower()) not in known)
    if not doubtful:
        return
    blank = _ODD_RUN.sub(_asked, text)
    names = _names(blank)
    for sentence in _SENTENCE.finditer(blank):
        if doubtful.isdisjoint(_PLAIN.findall(sentence[0])):
            continue
        words = list(_WORD.finditer(blank, *sentence.span()))
        unknown = [word for word in words if _is_unknown(word[0]) and not is_word(word[0], known)]
        if len(unknown) < max(_FEW, _FOREIGN * len(words)) or len(words) < _FEW:
            yield from (word.span() for word in unknown if not _may_be_a_name(word, sentence, names))


def _doubtful(text: str) -> frozenset[str]:
    """The words that are asked for and that the dictionary lacks: few, mostly, and none in most sentences."""
    if len(_fine) > _MANY:
        _fine.clear()
    doubtful: set[str] = set()
    for run in frozenset(text.split()) - _fine:
        unknown = [word for word in _PLAIN.findall(run) if _is_unknown(word)]
        doubtful.update(unknown)
        if not unknown and len(run) <= LONGEST:
            _fine.add(run)
    return frozenset(doubtful)


def _asked(run: re.Match[str]) -> str:
    """A run with blanks in place of addresses, file names and words with digits."""
    if len(run[0]) > _LONGEST_RUN or _ADDRESS.search(run[0]):
        return _blank(run)
    return _APART.sub(_blank, run[0])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


@lru_cache(maxsize=1 << 16)
def _is_unknown(word: str) -> bool:
    """Whether a word is asked for, and the dictionary does not have it."""
    return _is_asked(word) and not is_word(word)


def _is_asked(word: str) -> bool:
    """Whether it can be a word of English: no acronym, no name with a capital inside, no other script."""
    if not 1 < len(word) <= LONGEST or not any(letter.isascii() for letter in word):
        return False
    inner = bare(plainly(word))
    if inner.isupper():
        return len(inner) > _LONG_ACRONYM
    return inner[1:].islower() or len(inner) == 1


def _names(text: str) -> frozenset[str]:
    """The words that stand with a capital inside a sentence."""
    return frozenset(found[1] for found in _INSIDE.finditer(text))


_INSIDE = re.compile(rf"[\w,’'][ -]((?=[A-ZÀ-ÖØ-ÞŴŶ]){_LETTER}+)")


def _may_be_a_name(word: re.Match[str], sentence: re.Match[str], names: frozenset[str]) -> bool:
    """Whether a word with a capital is no common word with a slip in it."""
    written = bare(plainly(word[0]))
    if not written[0].isupper() or written.isupper():
        return False
    opens = not sentence.string[sentence.start() : word.start()].strip(" “\"'‘(-–—")
    if opens and written not in names and not _is_followed_by_a_name(word):
        return False
    return len(written) < _LONG_NAME or not is_near(written.lower())


def _is_followed_by_a_name(word: re.Match[str]) -> bool:
    return re.match(r"(?:['’]s)? [A-Z][a-z]", word.string[word.end() : word.end() + 5]) is not None

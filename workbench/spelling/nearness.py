"""What a misspelt word may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache

from workbench.spelling.lexicon import as_known, common_words, hunspell, in_dictionary

MOST = 7
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouy")
_LIGHT = 1
"""The weight of a slip that people make twice in a word: letters swapped, doubled, or one vowel for another."""
_INSERTED, _DROPPED, _OTHER = 2, 3, 4
_START = 3


@lru_cache(maxsize=1 << 12)
def nearest(word: str, known: Set[str] = frozenset()) -> str | None:
    """The likeliest word, as a fix would put it; None where nothing is near. Takes a few milliseconds."""
    return next(one_slip_away(word, known), None) or next(iter(_two_slips_away(word)), None)


def suggestions(word: str, known: Set[str] = frozenset()) -> tuple[str, ...]:
    """Up to seven words that may be meant, best first, with the capitals of `word`. Takes up to half a second."""
    near = [*one_slip_away(word, known), *_two_slips_away(word)]
    return tuple(dict.fromkeys([*near, *_farther(word)]))[:MOST]


@lru_cache(maxsize=1 << 12)
def is_near(word: str) -> bool:
    """Whether one slip of the fingers turns a word of the dictionary into `word`."""
    return any(one_slip_away(word))


def one_slip_away(word: str, known: Set[str] = frozenset()) -> Iterator[str]:
    """The words that one slip of the fingers turns into `word`, the likeliest slip first."""
    for slip in _lightest(as_known(word) or ""):
        written = _as_written(slip, word)
        if slip in known or all(map(_stands, written.split(" "))):
            yield written


@lru_cache(maxsize=1 << 12)
def _two_slips_away(word: str) -> tuple[str, ...]:
    """The words that two light slips turn into `word`."""
    plain = as_known(word) or ""
    light = [slip for weight, slip in _slips(plain) if weight <= _LIGHT]
    twice = {again for slip in light for weight, again in _slips(slip) if weight <= _LIGHT}
    return tuple(_as_written(slip, word) for slip in sorted(twice - {plain}) if _stands(slip))


@lru_cache(maxsize=1 << 12)
def _farther(word: str) -> tuple[str, ...]:
    """What the dictionary itself suggests."""
    if as_known(word) is None:
        return ()
    return tuple(_as_written(one, word) for one in hunspell().suggest(word))


@lru_cache(maxsize=32)
def _lightest(word: str) -> list[str]:
    """The strings one slip away, each once, the lightest first; remembered while one word is looked at."""
    best: dict[str, int] = {}
    for weight, slip in _slips(word):
        best[slip] = min(weight, best.get(slip, weight))
    return sorted(best, key=lambda slip: (best[slip], slip not in common_words(), slip))


def _stands(word: str) -> bool:
    return word == "a" or (len(word) > 1 and in_dictionary(word))


def _as_written(suggestion: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return suggestion.upper()
    return suggestion[:1].upper() + suggestion[1:] if word[:1].isupper() else suggestion


def _slips(word: str) -> Iterator[tuple[int, str]]:
    """Every string one slip away, with the weight of the slip; one at the first letter is heavy."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        start = 0 if at else _START
        if len(tail) > 1 and tail[0] != tail[1]:
            yield 0, head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield start + _loss(head, tail), head + tail[1:]
        for letter in _LETTERS:
            doubled = letter in (head[-1:], tail[:1])
            yield start + (0 if doubled else _INSERTED), head + letter + tail
            if tail and letter != tail[0]:
                vowels = letter in _VOWELS and tail[0] in _VOWELS
                yield start + (1 if vowels else _OTHER), head + letter + tail[1:]
        if head and tail:
            yield 1 if head == "a" else _OTHER, f"{head} {tail}"


def _loss(head: str, tail: str) -> int:
    """How likely it is that a letter too many was typed: one of two alike, a vowel, another."""
    return 0 if head[-1:] == tail[0] else 1 if tail[0] in _VOWELS else _DROPPED

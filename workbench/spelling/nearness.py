"""What a misspelt word may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache

from workbench.spelling.lexicon import as_known, hunspell, in_dictionary, plainly

MOST = 7
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouy")


def nearest(word: str, known: Set[str] = frozenset()) -> str | None:
    """The likeliest word, as a fix would put it; None where nothing is near."""
    return next(iter(one_slip_away(word, known) or _farther(word)), None)


def suggestions(word: str, known: Set[str] = frozenset()) -> tuple[str, ...]:
    """Up to seven words that may be meant, best first, with the capitals of `word`."""
    return tuple(dict.fromkeys([*one_slip_away(word, known), *_farther(word)]))[:MOST]


def one_slip_away(word: str, known: Set[str] = frozenset()) -> list[str]:
    """The words that one slip of the fingers turns into `word`, the likeliest slip first."""
    lower = as_known(word)
    if lower is None:
        return []
    best: dict[str, int] = {}
    for weight, slip in _slips(lower):
        best[slip] = min(weight, best.get(slip, weight))
    words = (slip for slip in best if slip != lower and (slip in known or all(map(_stands, slip.split(" ")))))
    return [_as_written(slip, word) for slip in sorted(words, key=lambda slip: (best[slip], slip))]


@lru_cache(maxsize=1 << 12)
def _farther(word: str) -> tuple[str, ...]:
    """What the dictionary itself suggests."""
    if as_known(word) is None:
        return ()
    return tuple(_as_written(one, word) for one in hunspell().suggest(plainly(word)))


def _stands(word: str) -> bool:
    return word == "a" or (len(word) > 1 and in_dictionary(word))


def _as_written(suggestion: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return suggestion.upper()
    return suggestion[:1].upper() + suggestion[1:] if word[:1].isupper() else suggestion


def _slips(word: str) -> Iterator[tuple[int, str]]:
    """Every string one slip away with the weight of the slip: letters swapped or doubled are the lightest."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        first = 3 if at == 0 else 0
        if len(tail) > 1:
            yield 0, head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield first + (0 if head[-1:] == tail[0] else 1), head + tail[1:]
        for letter in _LETTERS:
            yield first + (0 if letter in (head[-1:], tail[:1]) else 1), head + letter + tail
            if tail:
                both = letter in _VOWELS and tail[0] in _VOWELS
                yield first + (1 if both else 2), head + letter + tail[1:]
        yield first + 2, f"{head} {tail}"

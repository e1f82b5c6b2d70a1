"""The dictionary, and the words of the house beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Protocol

import resources

LONGEST = 40
"""No word has more letters; what does is left alone."""

_SOFT = {ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u2060"}


class Dictionary(Protocol):
    """What is asked of Hunspell."""

    def spell(self, word: str) -> bool:
        """Whether it has this word."""
        ...

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words like it, best first. Takes up to half a second."""
        ...


def is_word(word: str, known: Set[str] = frozenset()) -> bool:
    """Whether a word is spelt as the dictionary, the house or `known` spell it, with or without a possessive."""
    plain = plainly(word)
    lower = plain.lower()
    return bare(lower) in known or lower in known or _asked(plain)


def as_known(word: str) -> str | None:
    """The form in which a word is known to a house; None for what is not one word."""
    plain = bare(plainly(word.strip()).lower())
    return plain if plain.replace("'", "").isalpha() and len(plain) <= LONGEST else None


def plainly(word: str) -> str:
    """A word with straight apostrophes, composed letters and without marks that cannot be seen."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_SOFT)).replace("’", "'")


def bare(word: str) -> str:
    """A word without a possessive ending."""
    return word.removesuffix("'s").removesuffix("'")


def in_dictionary(word: str) -> bool:
    """Whether the dictionary or the house's own list has a word, as written."""
    return bare(word.lower()) in house_words() or hunspell().spell(word)


_asked = lru_cache(maxsize=1 << 16)(in_dictionary)


@cache
def house_words() -> frozenset[str]:
    """The words of local government that the dictionary lacks, in lower case."""
    return _list("house.txt")


@cache
def common_words() -> frozenset[str]:
    """The commonest words of English, in lower case."""
    return _list("common.txt")


def _list(name: str) -> frozenset[str]:
    lines = resources.path("spelling", name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def hunspell() -> Dictionary:
    """The dictionary, loaded once in a process: a fifth of a second and a dozen megabytes."""
    library: Any = import_module("hunspell")
    return library.Hunspell("en_GB", hunspell_data_dir=str(resources.path("spelling")))

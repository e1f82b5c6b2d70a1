"""How well what was typed fits a name: letters in order, better at the beginnings of words and side by side."""

from __future__ import annotations


def fit(typed: str, name: str) -> float:
    """How well `typed` fits `name`: 0 for not at all, 1 for a name that begins with it; case counts for nothing.

    Every word typed is looked for by itself, and the worst of them counts.
    """
    words = typed.casefold().split()
    found = name.casefold()
    if not words or found.startswith(" ".join(words)):
        return 1.0
    return min(_word(word, found) for word in words)


def _word(word: str, name: str) -> float:
    at = name.find(word)
    if at >= 0:
        return 0.9 if at == 0 or not name[at - 1].isalnum() else 0.7
    return 0.6 * _scattered(word, name)


def _scattered(word: str, name: str) -> float:
    """The share of letters, all found in order, that begin a word or follow the letter before."""
    good, at = 0, -1
    for letter in word:
        following = name.startswith(letter, at + 1)
        begins = next((i for i in range(at + 1, len(name)) if name[i] == letter and _begins(name, i)), -1)
        there = at + 1 if following else begins if begins >= 0 else name.find(letter, at + 1)
        if there < 0:
            return 0.0
        good += following or begins >= 0
        at = there
    return good / len(word)


def _begins(name: str, at: int) -> bool:
    return name[at].isalnum() and (at == 0 or not name[at - 1].isalnum())

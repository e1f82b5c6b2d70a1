"""Spelling at the desk: what is misspelt, what it may have been meant to be, and the words this office adds.

The dictionary is loaded by the first of these verbs to be called, or ahead by `make_ready`; the later ones take less
than a millisecond for a paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage

if TYPE_CHECKING:
    from sqlalchemy import Connection


def make_ready(desk: Desk) -> None:
    """Loads the dictionary, so that the first saving of what is typed need not wait for it."""
    misspelt(desk, "ready")


def misspelt(desk: Desk, text: str) -> tuple[tuple[int, int], ...]:
    """Where the misspelt words of a plain text stand, first to last."""
    from workbench import spelling

    return tuple(spelling.misspelt(text, _known(desk)))


def suggestions(desk: Desk, word: str) -> tuple[str, ...]:
    """What a misspelt word may have been meant to be, best first, at most seven."""
    from workbench import spelling

    return spelling.suggestions(word, _known(desk))


def learn(desk: Desk, word: str) -> Changed:
    """Adds a word to the office's own; the findings about it go. A word that is there already changes nothing.

    Raises Refused("not-a-word") for anything but one word.
    """
    from workbench import spelling

    key = spelling.as_known(word)
    if key is None:
        raise Refused("not-a-word", word=" ".join(word.split())[:80])
    with desk.store.writing() as connection:
        return _put(desk, connection, "learn-word", key, {"word": word.strip()})


def unlearn(desk: Desk, word: str) -> Changed:
    """Takes a word out of the office's own. Raises WrongUsage("unknown-word") for one that is not there."""
    from workbench import spelling
    from workbench.store import slots

    key = spelling.as_known(word) or word
    with desk.store.writing() as connection:
        if slots.value(connection, "", "word", key) is None:
            raise WrongUsage("unknown-word", word=word)
        return _put(desk, connection, "unlearn-word", key, None)


def learned(desk: Desk) -> tuple[str, ...]:
    """The office's own words as they were added, in the order of the alphabet."""
    from workbench.store import house

    with desk.store.reading() as connection:
        return tuple(sorted(house.words(connection).values(), key=str.casefold))


def _put(desk: Desk, connection: Connection, code: str, key: str, after: dict[str, str] | None) -> Changed:
    from workbench.store import slots

    before = slots.value(connection, "", "word", key)
    changes = (Change("", "word", key, before, after),) if (before is None) != (after is None) else ()
    return changing.commit(desk, connection, Edit(code, changes, {"word": (after or before or {})["word"]}))


def _known(desk: Desk) -> frozenset[str]:
    from workbench import checks, councils
    from workbench.store import house

    with desk.store.reading() as connection:
        own = frozenset(house.words(connection))
    return checks.known_words(own, councils.register(), desk.rules)

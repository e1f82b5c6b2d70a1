"""A text as words, and the places in it where the name of a council stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.councils import naming
from workbench.councils.naming import Word
from workbench.councils.roll import Roll

_WITHIN = " -,.'’\t\u00a0\u2011"
"""What may stand between the words of a name."""

LINKS = frozenset(
    {"and", "of", "on", "upon", "under", "the", "le", "in", "with", "cum", "na", "nan", "ar", "y"}
)
"""Small words within a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: the words `start` to `end`, of which `place` are the place's own."""

    codes: tuple[str, ...]
    start: int
    end: int
    place: tuple[int, int]
    said: frozenset[str]
    whole: bool
    right: bool


@dataclass(frozen=True)
class Reading:
    """A text with its words, ready to be searched."""

    roll: Roll
    text: str
    words: Sequence[Word]
    folds: Sequence[str]
    field: bool

    def written(self, start: int, end: int) -> str:
        """The words `start` to `end` as they stand in the text."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def joined(self, at: int) -> bool:
        """Whether word `at` and the one before it stand side by side, with nothing but blanks between."""
        if not 0 < at < len(self.words):
            return False
        return not self.text[self.words[at - 1].end : self.words[at].start].strip(" \u00a0-")

    def opens(self, at: int) -> bool:
        """Whether word `at` begins a sentence or a line."""
        before = self.text[: self.words[at].start].rstrip(" \t“\"'(")
        return not before or before[-1] in ".!?:;|\n\u2013\u2014"


def read(roll: Roll, text: str, *, field: bool) -> Reading:
    """A text as words; in a `field` of councils abbreviations are written out."""
    words = naming.words(text)
    folds = [word.fold for word in words]
    if field:
        full = roll.known["abbreviations"]
        folds = [full.get(fold, fold) for fold in folds]
    return Reading(roll, text, words, folds, field)


def is_titled(reading: Reading) -> bool:
    """Whether the text is written In Capitals Like This, where a capital says nothing."""
    long = [word for word in reading.words[:40] if len(word.text) > 3]
    return len(long) > 2 and sum(word.capital for word in long) > 0.7 * len(long)


def mention_at(reading: Reading, at: int) -> Mention | None:
    """The longest name of a council that begins with word `at`."""
    names = reading.roll.names
    for size in names.sizes.get(reading.folds[at], ()):
        parts = tuple(reading.folds[at : at + size])
        if len(parts) < size or not _one_line(reading, at, at + size):
            continue
        if parts in names.whole and (reading.field or reading.words[at].capital or len(parts) > 2):
            if _goes_further(reading, parts, at + size):
                continue
            place = _place_within(parts)
            return Mention(
                names.whole[parts], at, at + size, (at + place[0], at + place[1]), frozenset(), True, True
            )
        if parts in names.places and (mention := _place_at(reading, parts, at)):
            return mention
    return None


def _goes_further(reading: Reading, parts: tuple[str, ...], end: int) -> bool:
    """Whether "Derby City" is better read by its place: "Council" follows, or it says "Derby city"."""
    names = reading.roll.names
    if parts in names.places:
        return True
    if naming.core(parts) not in names.places:
        return False
    lower = not (reading.field or parts[-1] in naming.BODIES or reading.words[end - 1].capital)
    return lower or naming.suffix_after(reading.folds, end)[0] > 0


def _place_within(parts: tuple[str, ...]) -> tuple[int, int]:
    place = naming.core(parts)
    start = next(at for at in range(len(parts)) if parts[at : at + len(place)] == place)
    return start, start + len(place)


def _place_at(reading: Reading, parts: tuple[str, ...], at: int) -> Mention | None:
    names, end = reading.roll.names, at + len(parts)
    before, said_before = naming.prefix_before(reading.folds, at)
    after, said_after, right = naming.suffix_after(reading.folds, end)
    if after and not _belongs(reading, end, after, said_after):
        after, said_after, right = 0, frozenset[str](), True
    said = said_before | said_after
    if not reading.field and not (_capitals(reading, at, end) or "council" in said):
        return None
    start, stop = at - before, end + after
    written = tuple(reading.folds[start:stop])
    if exact := names.whole.get(written):
        return Mention(exact, start, stop, (at, end), said, True, right)
    return Mention(names.places[parts], start, stop, (at, end), said, False, right)


def _belongs(reading: Reading, start: int, size: int, said: frozenset[str]) -> bool:
    """Designators belong to the place before them when they stand beside it and are written as a name."""
    if not all(reading.joined(at) for at in range(start, start + size)):
        return False
    if reading.field or said & naming.BODIES:
        return True
    return reading.words[start].capital


def _capitals(reading: Reading, start: int, end: int) -> bool:
    return all(word.capital or word.fold in LINKS for word in reading.words[start:end])


def _one_line(reading: Reading, start: int, end: int) -> bool:
    gaps = (reading.text[reading.words[at - 1].end : reading.words[at].start] for at in range(start + 1, end))
    return all("\n" not in gap and len("".join(gap.split())) <= 2 and not gap.strip(_WITHIN) for gap in gaps)

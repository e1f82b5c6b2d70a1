"""Bodies that are no council of the register: other kinds, misspelt names, names nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.councils import naming, scores
from workbench.councils.mentions import LINKS, Mention, Reading, is_titled
from workbench.councils.roll import Council, CouncilMatch, Roll, fits


def is_other_body(reading: Reading, mention: Mention) -> bool:
    """Whether a place goes on as the name of a body of another kind."""
    if mention.said & naming.KINDS:
        return False
    after = list(reading.folds[mention.end : mention.end + 2]) if reading.joined(mention.end) else []
    if not after or not (reading.field or after[0] in ("and", "&") or reading.words[mention.end].capital):
        return False
    if _begins_a_body(reading, mention.end):
        return True
    told = naming.BODIES.intersection(reading.folds[mention.start : mention.end])
    return not told and not mention.said and _shares_a_body(reading, mention.end)


_FURTHER = 8
"""So many words on at most stands what sort of body several places have between them."""


def _shares_a_body(reading: Reading, end: int) -> bool:
    """Whether a place goes on as in "Dorset and Wiltshire Fire and Rescue", "Leeds Teaching Hospitals"."""
    if not reading.field and is_titled(reading):
        return False
    for at in range(end, min(end + _FURTHER, len(reading.words))):
        if not reading.joined(at) or reading.folds[at] in naming.BODIES:
            return False
        if _begins_a_body(reading, at):
            return reading.folds[at - 1] not in ("and", "the") or at > end + 2
        if not (reading.words[at].capital or reading.folds[at] in LINKS - {"the", "in", "of", "on"}):
            return False
    return False


def _begins_a_body(reading: Reading, at: int) -> bool:
    """Whether the words at `at` say what sort of body it is, and that it is no council."""
    other = reading.roll.known["other"]
    firsts = (*other["fire"], *other["police"], *other["parish"], *other["park"], *other["health"])
    return reading.folds[at] in firsts or " ".join(reading.folds[at : at + 2]) in firsts


def other_body(reading: Reading, mention: Mention) -> Iterator[CouncilMatch]:
    """That body, with all of its name."""
    end = mention.end
    while end < len(reading.words) and reading.joined(end) and _goes_on(reading, end):
        if (
            reading.folds[end - 1] == "and"
            and reading.folds[end] in reading.roll.names.sizes
            and not _shares_a_body(reading, end - 1)
        ):
            break
        end += 1
    while reading.folds[end - 1] in LINKS:
        end -= 1
    written = reading.written(mention.start, end)
    span = (reading.words[mention.start].start, reading.words[end - 1].end)
    yield CouncilMatch(None, written, 0.8, (written, "another kind of body"), span, "other")


def _goes_on(reading: Reading, at: int) -> bool:
    return reading.words[at].capital or reading.folds[at] in LINKS or reading.field


_OPENING = re.compile(r"^(?:(?:The|At|In|For|From|And|With|Our|When|As|While|By|How|Why) )*")
_UNREGISTERED = re.compile(
    r"\b((?:[A-Z][\w’'-]+ (?:(?:and|&|of|upon|on|under|in|the) )?){1,4})"
    r"((?:City|Borough|District|County|Metropolitan|Town|Parish)(?: (?:City|Borough|District|County))? Council)\b"
)


def unregistered(reading: Reading) -> Iterator[CouncilMatch]:
    """Names written as a council's that the register does not know: misspelt, a parish, or unknown."""
    if "Council" not in reading.text:
        return
    for found in _UNREGISTERED.finditer(reading.text):
        place = _OPENING.sub("", found[1])
        start = found.end(1) - len(place)
        parts = naming.folded(place)
        known = any(parts[at:] in reading.roll.names.places for at in range(len(parts)))
        if place.strip() and not known:
            yield from outside(reading.roll, place + found[2], (start, found.end()))


_BODIES = re.compile(
    r"\b((?:[A-Z][\w’'-]+ (?:(?:and|&|of|on|the) )?){1,4}?)"
    r"(?:Fire (?:(?:and|&) Rescue|Authority|Brigade)(?: (?:Service|Authority))?|Police|Constabulary|"
    r"Integrated Care (?:Board|System|Partnership)|(?:NHS )?Foundation Trust|NHS Trust|National Park Authority)\b"
)


def of_no_place(reading: Reading) -> Iterator[CouncilMatch]:
    """Fire authorities, forces and trusts by names that hold no place of the register."""
    for found in _BODIES.finditer(reading.text):
        start = found.start() + len(_OPENING.match(found[1])[0])  # type: ignore[index]
        place = naming.folded(reading.text[start : found.end(1)])
        if place and not any(place[at : at + 1] in reading.roll.names.places for at in range(len(place))):
            written = reading.text[start : found.end()]
            yield CouncilMatch(
                None, written, 0.8, (written, "another kind of body"), (start, found.end()), "other"
            )


def outside(roll: Roll, written: str, span: tuple[int, int]) -> Iterator[CouncilMatch]:
    """What a name outside the register is: another kind of body, a misspelt council, or unknown."""
    folded = f" {' '.join(word.fold for word in naming.words(written))} "
    other = roll.known["other"]
    if any(f" {word} " in folded for kind in other.values() for word in kind):
        yield CouncilMatch(None, written, 0.8, (written, "another kind of body"), span, "other")
    elif codes := roll.names.shortened.get(written, ()):
        yield from _by_their_initials(roll, written, codes, span)
    elif near := misspelt(roll, written):
        for council in near:
            score = scores.MISSPELT if len(near) == 1 else scores.SEVERAL
            yield CouncilMatch(council, council.name, score, (written, f"read as {council.name}"), span)
    else:
        yield CouncilMatch(None, written, scores.UNKNOWN, (written, "not in the register"), span, "unknown")


def _by_their_initials(
    roll: Roll, written: str, codes: Sequence[str], span: tuple[int, int]
) -> Iterator[CouncilMatch]:
    """Councils whose names begin so, which is a question even where there is one: KCC may be another's own."""
    for rank, code in enumerate(codes):
        council = roll.councils[code]
        score = round(scores.SEVERAL - 0.01 * rank, 3)
        yield CouncilMatch(council, council.name, score, (written, f"the initials of {council.name}"), span)


def misspelt(roll: Roll, written: str) -> tuple[Council, ...]:
    """The councils whose place is written almost so; several where they are equally near, none where none is."""
    from rapidfuzz import fuzz, process

    parts = naming.folded(written)
    place = " ".join(naming.core(parts))
    if len(place) < 4:
        return ()
    places = roll.names.written
    near = process.extract(place, places.keys(), scorer=fuzz.ratio, score_cutoff=82, limit=4)
    said = frozenset(parts) & (naming.KINDS | {"council"})
    best = [name for name, score, _ in near if score > near[0][1] - 4]
    councils = dict.fromkeys(roll.councils[code] for name in best for code in places[name])
    fitting = [council for council in councils if council.current and fits(roll, council, said)]
    return tuple(fitting)

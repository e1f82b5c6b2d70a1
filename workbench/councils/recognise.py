"""Finding councils in what people write: in running text, and in a field that holds nothing but names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.councils import naming
from workbench.councils.naming import Word
from workbench.councils.roll import Council, CouncilMatch, Roll

_NAMED = 0.97
_INITIALLED = 0.9
_DESIGNATED = 0.93
_ALONE = 0.86
_COMBINED_ALONE = 0.75
_CAREFUL = 0.7
_ABOLISHED_ALONE = 0.84
_MISSPELT = 0.78
_SUCCESSOR = 0.6
_PART_OF_A_NAME = 0.55
_SEVERAL = 0.5
_DOUBTFUL = 0.45
_UNKNOWN = 0.4
_REGION = 0.3

_WITHIN = " -,.'’\t\u00a0\u2011"
"""What may stand between the words of a name."""

_LINKS = frozenset(
    {"and", "of", "on", "upon", "under", "the", "le", "in", "with", "cum", "na", "nan", "ar", "y"}
)
_INITIALS = re.compile(r"(?<![\w&])[A-Z][A-Za-z&]{1,7}(?![\w&])")


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place where a name stands: the words `start` to `end`, of which `place` are the place's own."""

    codes: tuple[str, ...]
    start: int
    end: int
    place: tuple[int, int]
    said: frozenset[str]
    whole: bool
    right: bool


@dataclass(frozen=True)
class _Reading:
    """A text with its words, ready to be searched."""

    roll: Roll
    text: str
    words: Sequence[Word]
    folds: Sequence[str]
    field: bool

    def written(self, start: int, end: int) -> str:
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


def in_text(roll: Roll, text: str) -> tuple[CouncilMatch, ...]:
    """The councils a running text names, best first."""
    reading = _reading(roll, text, field=False)
    found = [*_by_initials(roll, text), *_by_name(reading)]
    return _ranked(_in_company(text, found))


def in_field(roll: Roll, text: str) -> tuple[CouncilMatch, ...]:
    """The bodies named in a council field, in the order written."""
    reading = _reading(roll, text, field=True)
    found = [*_by_code(roll, text), *_by_initials(roll, text), *_by_name(reading)]
    left = _leftovers(roll, text, [match.span for match in found])
    found = [*_without_their_county(found), *left]
    return tuple(sorted(_distinct(found), key=lambda match: (match.span[0], -match.score)))


_COMPANY = re.compile(r"(?:,|,? and|,? &)\s+")


def _in_company(text: str, found: Iterable[CouncilMatch]) -> Iterator[CouncilMatch]:
    """Each match; a word such as Bury is surely the place where it goes on a list: "Rochdale and Bury"."""
    sure_until = -1
    for match in sorted(found, key=lambda match: match.span):
        joined = sure_until >= 0 and _COMPANY.fullmatch(text[sure_until : match.span[0]])
        if joined and _is_a_careful_place(match):
            match = replace(match, score=_ALONE)
        if match.council and match.score >= _ALONE - 0.05:
            sure_until = match.span[1]
        yield match


def _is_a_careful_place(match: CouncilMatch) -> bool:
    return len(match.because) == 1 and _CAREFUL - 0.05 <= match.score <= _CAREFUL + 0.03


def _reading(roll: Roll, text: str, *, field: bool) -> _Reading:
    words = naming.words(text)
    folds = [word.fold for word in words]
    if field:
        full = roll.known["abbreviations"]
        folds = [full.get(fold, fold) for fold in folds]
    return _Reading(roll, text, words, folds, field)


# Names in words


def _by_name(reading: _Reading) -> Iterator[CouncilMatch]:
    at = 0
    while at < len(reading.words):
        mention = _mention_at(reading, at)
        if mention is None:
            at += 1
            continue
        read = tuple(_judge(reading, mention))
        yield from read
        at = _after(reading, mention.end, read)
    if not reading.field:
        yield from _unregistered(reading)
        yield from _bodies(reading)


def _after(reading: _Reading, at: int, read: Iterable[CouncilMatch]) -> int:
    """The word after what was read, of which another kind of body may take more than the place."""
    end = max((match.span[1] for match in read), default=0)
    while at < len(reading.words) and reading.words[at].start < end:
        at += 1
    return at


def _mention_at(reading: _Reading, at: int) -> _Mention | None:
    names = reading.roll.names
    for size in names.sizes.get(reading.folds[at], ()):
        parts = tuple(reading.folds[at : at + size])
        if len(parts) < size or not _one_line(reading, at, at + size):
            continue
        if parts in names.whole and (reading.field or reading.words[at].capital or len(parts) > 2):
            if _goes_further(reading, parts, at + size):
                continue
            place = _place_within(parts)
            return _Mention(
                names.whole[parts], at, at + size, (at + place[0], at + place[1]), frozenset(), True, True
            )
        if parts in names.places and (mention := _place_at(reading, parts, at)):
            return mention
    return None


def _goes_further(reading: _Reading, parts: tuple[str, ...], end: int) -> bool:
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


def _place_at(reading: _Reading, parts: tuple[str, ...], at: int) -> _Mention | None:
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
        return _Mention(exact, start, stop, (at, end), said, True, right)
    return _Mention(names.places[parts], start, stop, (at, end), said, False, right)


def _belongs(reading: _Reading, start: int, size: int, said: frozenset[str]) -> bool:
    """Designators belong to the place before them when they stand beside it and are written as a name."""
    if not all(reading.joined(at) for at in range(start, start + size)):
        return False
    if reading.field or said & naming.BODIES:
        return True
    return reading.words[start].capital


def _capitals(reading: _Reading, start: int, end: int) -> bool:
    return all(word.capital or word.fold in _LINKS for word in reading.words[start:end])


def _one_line(reading: _Reading, start: int, end: int) -> bool:
    gaps = (reading.text[reading.words[at - 1].end : reading.words[at].start] for at in range(start + 1, end))
    return all("\n" not in gap and len("".join(gap.split())) <= 2 and not gap.strip(_WITHIN) for gap in gaps)


# Judging a mention


def _judge(reading: _Reading, mention: _Mention) -> Iterator[CouncilMatch]:
    """The councils a mention can mean, each with its score."""
    if _names_no_council(reading, mention):
        return
    if _is_other_body(reading, mention):
        yield from _other_body(reading, mention)
        return
    councils = [reading.roll.councils[code] for code in mention.codes]
    if mention.said and not mention.whole:
        yield from _designated(reading, mention, councils)
    elif mention.whole:
        yield from _scored(reading, mention, councils, _whole_score(reading, mention))
    elif (score := _alone(reading, mention, councils)) > 0:
        current = [council for council in councils if council.current] or councils
        yield from _scored(reading, mention, current, score)


def _names_no_council(reading: _Reading, mention: _Mention) -> bool:
    """Whether a place is a person's name here, a club's, a university's, or part of a saying."""
    if mention.said & naming.BODIES or set(reading.folds[mention.start : mention.end]) & naming.BODIES:
        return False
    beside, folds = reading.roll.known["beside"], reading.folds
    after = folds[mention.end] if reading.joined(mention.end) else ""
    if after in beside["never"] or (folds[mention.end - 1] == "city" and after in beside["clubs"]):
        return True
    before = folds[max(0, mention.start - 2) : mention.start]
    if len(before) == 2 and before[1] == "of" and before[0] in beside["of"]:
        return True
    if reading.field:
        return False
    if before and before[-1] in beside["called"]:
        return True
    saying = " ".join((*folds[mention.start : mention.end], after))
    return saying in reading.roll.known["idioms"]["phrases"] or _is_a_person(reading, mention.start)


def _is_a_person(reading: _Reading, start: int) -> bool:
    """Whether "Mrs", or "Councillor" and a first name, stand before the word."""
    people = reading.roll.known["beside"]["people"]
    at, back = start, 0
    while at and back < 2:
        gap = reading.text[reading.words[at - 1].end : reading.words[at].start]
        if gap.strip(" .\u00a0") or not reading.words[at - 1].capital:
            return False
        if reading.folds[at - 1] in people:
            return True
        at, back = at - 1, back + 1
    return False


def _whole_score(reading: _Reading, mention: _Mention) -> float:
    if not mention.right:
        return _DESIGNATED
    told = (
        naming.BODIES & frozenset(reading.folds[mention.start : mention.end])
        or mention.start < mention.place[0]
    )
    return _NAMED if told else _ALONE


def _designated(reading: _Reading, mention: _Mention, councils: Sequence[Council]) -> Iterator[CouncilMatch]:
    fitting = [council for council in councils if fits(reading.roll, council, mention.said)]
    current = [council for council in fitting if council.current] or fitting
    if current:
        told = mention.said & naming.BODIES or mention.start < mention.place[0]
        yield from _scored(reading, mention, current, _DESIGNATED if told or reading.field else _ALONE)
        return
    written = reading.written(mention.start, mention.end)
    near = [*councils, *_namesakes(reading.roll, councils, mention.said)]
    for council in dict.fromkeys(near):
        yield _match(reading, mention, council, _SEVERAL, f"no council is called {written}")


def _scored(
    reading: _Reading, mention: _Mention, councils: Sequence[Council], score: float
) -> Iterator[CouncilMatch]:
    """Each council at its score; several share the doubt, and an abolished one brings its successors."""
    for rank, council in enumerate(councils):
        share = score if len(councils) == 1 else min(score, _PART_OF_A_NAME) - 0.02 * rank
        if council.current:
            yield _match(reading, mention, council, share)
            continue
        followers = reading.roll.successors(council)
        names = " and ".join(one.name for one in followers)
        note = f"abolished {council.end}" + (f", followed by {names}" if names else "")
        yield _match(reading, mention, council, share, note)
        for follower in followers:
            yield _match(reading, mention, follower, min(share, _SUCCESSOR), f"follows {council.name}")


def _match(reading: _Reading, mention: _Mention, council: Council, score: float, *notes: str) -> CouncilMatch:
    written = reading.written(mention.start, mention.end)
    spelling: tuple[str, ...] = () if mention.right else (f"read as {council.name}",)
    span = (reading.words[mention.start].start, reading.words[mention.end - 1].end)
    return CouncilMatch(council, council.name, round(score, 3), (written, *notes, *spelling), span)


def fits(roll: Roll, council: Council, said: frozenset[str]) -> bool:
    """Whether a council may be called so: a county is no city, a borough no county."""
    kinds = said & naming.KINDS
    if "london" in said:
        return council.type == "london-borough"
    if "royal" in said:
        return council.name.startswith("Royal")
    if kinds & {"combined", "mayoral"}:
        return council.type == "combined-authority"
    if "county" in kinds and "borough" not in kinds:
        return council.type in {"county", "unitary-wales"} or "County" in council.name
    if "city" in kinds and not kinds & {"borough", "district"}:
        return council.code in roll.cities
    if kinds & {"borough", "district", "metropolitan"}:
        return council.type not in {"county", "combined-authority"}
    if "council" in said:
        return council.type != "combined-authority"
    return True


def _namesakes(roll: Roll, councils: Sequence[Council], said: frozenset[str]) -> Iterator[Council]:
    """Councils of the same stem that the designators would fit: Worcester for "Worcestershire City"."""
    for council in councils:
        stem = council.place.lower().removesuffix("shire")
        for place in ((stem,), (stem + "shire",)):
            for code in roll.names.places.get(place, ()):
                other = roll.councils[code]
                if other is not council and other.current and fits(roll, other, said):
                    yield other


# A place alone


def _alone(reading: _Reading, mention: _Mention, councils: Sequence[Council]) -> float:
    """How sure a place without "council" names its council; 0 where it does not."""
    current = [council for council in councils if council.current] or councils
    if len(current) > 1:
        return _SEVERAL + 0.05
    council = current[0]
    written = reading.written(*mention.place)
    if _is_wider(reading, mention.start):
        return _PART_OF_A_NAME
    if reading.field:
        known = council.current and council.type != "combined-authority"
        return _DESIGNATED if known else _ABOLISHED_ALONE
    if written in reading.roll.known["regions"]["names"]:
        return _REGION
    base = _COMBINED_ALONE if council.type == "combined-authority" else _ALONE
    base = base if council.current else min(base, _ABOLISHED_ALONE)
    return min(base, _by_neighbours(reading, mention, written))


def _is_wider(reading: _Reading, start: int) -> bool:
    """Whether it says "Greater Exeter": a region, a partnership, or another place."""
    before = reading.folds[start - 1] if reading.joined(start) else ""
    return before in reading.roll.known["beside"]["wider"] and reading.words[start - 1].capital


def _by_neighbours(reading: _Reading, mention: _Mention, written: str) -> float:
    start, end = mention.start, mention.end
    beside = reading.roll.known["beside"]
    following = reading.folds[end] if reading.joined(end) else ""
    capital = bool(following) and reading.words[end].capital
    if capital and following in beside["after"]:
        return 0.0
    careful = written.removesuffix("'s").removesuffix("’s") in reading.roll.known["careful"]["words"]
    if careful and not _sure_place(reading, mention, following):
        doubtful = reading.opens(start) and following not in reading.roll.known["careful"]["after"]
        return _DOUBTFUL if doubtful else 0.0
    if _inside_a_name(reading, start, capital, following):
        return _PART_OF_A_NAME
    if following == "to" and reading.joined(end + 1) and reading.words[end + 1].capital:
        return _CAREFUL
    role = -0.05 if start and reading.folds[start - 1] in beside["afar"] else 0.0
    role += 0.03 if reading.opens(start) or reading.words[end - 1].possessive else 0.0
    return (_CAREFUL if careful else _ALONE) + role


def _sure_place(reading: _Reading, mention: _Mention, following: str) -> bool:
    """Whether a place that is also a word ("Reading", "Bury") is meant as a place here."""
    if following in reading.roll.known["careful"]["after"]:
        return False
    if reading.words[mention.end - 1].possessive:
        return True
    after = reading.text[reading.words[mention.end - 1].end :].lstrip()
    if reading.opens(mention.start) and after[:1] in {":", "|", "\u2013", "\u2014"}:
        return True
    before = reading.folds[mention.start - 1] if reading.joined(mention.start) else ""
    if before in {
        "in",
        "at",
        "across",
        "around",
        "of",
        "for",
        "from",
        "to",
        "by",
        "near",
        "a",
        "and",
        "central",
    }:
        return True
    return reading.opens(mention.start) and _has_verb_after(following) and not before


def _has_verb_after(following: str) -> bool:
    return (
        following.endswith("s")
        and not following.endswith("ss")
        and following not in {"is", "was", "has", "as"}
    )


def _inside_a_name(reading: _Reading, start: int, capital: bool, following: str) -> bool:
    if capital and following in {"west", "east", "north", "south", "central"}:
        return True
    if not reading.joined(start):
        return False
    before = reading.words[start - 1]
    return (
        before.capital
        and before.fold not in reading.roll.known["beside"]["small"]
        and not reading.opens(start - 1)
        and not _titled(reading)
    )


def _titled(reading: _Reading) -> bool:
    """Whether the text is written In Capitals Like This, where a capital says nothing."""
    long = [word for word in reading.words[:40] if len(word.text) > 3]
    return len(long) > 2 and sum(word.capital for word in long) > 0.7 * len(long)


# Bodies that are no council of the register


def _is_other_body(reading: _Reading, mention: _Mention) -> bool:
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


def _shares_a_body(reading: _Reading, end: int) -> bool:
    """Whether a place goes on as in "Dorset and Wiltshire Fire and Rescue", "Leeds Teaching Hospitals"."""
    if not reading.field and _titled(reading):
        return False
    for at in range(end, min(end + _FURTHER, len(reading.words))):
        if not reading.joined(at) or reading.folds[at] in naming.BODIES:
            return False
        if _begins_a_body(reading, at):
            return reading.folds[at - 1] not in ("and", "the") or at > end + 2
        if not (reading.words[at].capital or reading.folds[at] in _LINKS - {"the", "in", "of", "on"}):
            return False
    return False


def _begins_a_body(reading: _Reading, at: int) -> bool:
    """Whether the words at `at` say what sort of body it is, and that it is no council."""
    other = reading.roll.known["other"]
    firsts = (*other["fire"], *other["police"], *other["parish"], *other["park"], *other["health"])
    return reading.folds[at] in firsts or " ".join(reading.folds[at : at + 2]) in firsts


def _other_body(reading: _Reading, mention: _Mention) -> Iterator[CouncilMatch]:
    end = mention.end
    while end < len(reading.words) and reading.joined(end) and _goes_on(reading, end):
        if (
            reading.folds[end - 1] == "and"
            and reading.folds[end] in reading.roll.names.sizes
            and not _shares_a_body(reading, end - 1)
        ):
            break
        end += 1
    while reading.folds[end - 1] in _LINKS:
        end -= 1
    written = reading.written(mention.start, end)
    span = (reading.words[mention.start].start, reading.words[end - 1].end)
    yield CouncilMatch(None, written, 0.8, (written, "another kind of body"), span, "other")


def _goes_on(reading: _Reading, at: int) -> bool:
    return reading.words[at].capital or reading.folds[at] in _LINKS or reading.field


_OPENING = re.compile(r"^(?:(?:The|At|In|For|From|And|With|Our|When|As|While|By|How|Why) )*")
_UNREGISTERED = re.compile(
    r"\b((?:[A-Z][\w’'-]+ (?:(?:and|&|of|upon|on|under|in|the) )?){1,4})"
    r"((?:City|Borough|District|County|Metropolitan|Town|Parish)(?: (?:City|Borough|District|County))? Council)\b"
)


def _unregistered(reading: _Reading) -> Iterator[CouncilMatch]:
    """Names written as a council's that the register does not know: misspelt, a parish, or unknown."""
    if "Council" not in reading.text:
        return
    for found in _UNREGISTERED.finditer(reading.text):
        place = _OPENING.sub("", found[1])
        start = found.end(1) - len(place)
        parts = naming.folded(place)
        known = any(parts[at:] in reading.roll.names.places for at in range(len(parts)))
        if place.strip() and not known:
            yield from _outside(reading.roll, place + found[2], (start, found.end()))


_BODIES = re.compile(
    r"\b((?:[A-Z][\w’'-]+ (?:(?:and|&|of|on|the) )?){1,4}?)"
    r"(?:Fire (?:(?:and|&) Rescue|Authority|Brigade)(?: (?:Service|Authority))?|Police|Constabulary|"
    r"Integrated Care (?:Board|System|Partnership)|(?:NHS )?Foundation Trust|NHS Trust|National Park Authority)\b"
)


def _bodies(reading: _Reading) -> Iterator[CouncilMatch]:
    """Fire authorities, forces and trusts by names that hold no place of the register."""
    for found in _BODIES.finditer(reading.text):
        start = found.start() + len(_OPENING.match(found[1])[0])  # type: ignore[index]
        place = naming.folded(reading.text[start : found.end(1)])
        if place and not any(place[at : at + 1] in reading.roll.names.places for at in range(len(place))):
            written = reading.text[start : found.end()]
            yield CouncilMatch(
                None, written, 0.8, (written, "another kind of body"), (start, found.end()), "other"
            )


def _outside(roll: Roll, written: str, span: tuple[int, int]) -> Iterator[CouncilMatch]:
    """What a name outside the register is: another kind of body, a misspelt council, or unknown."""
    folded = f" {' '.join(word.fold for word in naming.words(written))} "
    other = roll.known["other"]
    if any(f" {word} " in folded for kind in other.values() for word in kind):
        yield CouncilMatch(None, written, 0.8, (written, "another kind of body"), span, "other")
    elif codes := roll.names.shortened.get(written, ()):
        yield from _by_their_initials(roll, written, codes, span)
    elif near := misspelt(roll, written):
        for council in near:
            score = _MISSPELT if len(near) == 1 else _SEVERAL
            yield CouncilMatch(council, council.name, score, (written, f"read as {council.name}"), span)
    else:
        yield CouncilMatch(None, written, _UNKNOWN, (written, "not in the register"), span, "unknown")


def _by_their_initials(
    roll: Roll, written: str, codes: Sequence[str], span: tuple[int, int]
) -> Iterator[CouncilMatch]:
    """Councils whose names begin so, which is a question even where there is one: KCC may be another's own."""
    for rank, code in enumerate(codes):
        council = roll.councils[code]
        score = round(_SEVERAL - 0.01 * rank, 3)
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


# Fields


def _by_code(roll: Roll, text: str) -> Iterator[CouncilMatch]:
    for found in re.finditer(r"\b[EWSN]\d{8}\b", text):
        if council := roll.by_gss.get(found[0]):
            yield CouncilMatch(council, council.name, 1.0, (found[0],), found.span())


def _by_initials(roll: Roll, text: str) -> Iterator[CouncilMatch]:
    """Councils by their initials; those that several go by are asked about."""
    for found in _INITIALS.finditer(text):
        codes = roll.names.initials.get(found[0], ())
        for rank, code in enumerate(codes):
            council = roll.councils[code]
            score = _INITIALLED if len(codes) == 1 else round(_SEVERAL - 0.01 * rank, 3)
            yield CouncilMatch(council, council.name, score, (found[0],), found.span())


def _without_their_county(found: Sequence[CouncilMatch]) -> list[CouncilMatch]:
    """ "Lancaster City Council, Lancashire": the county says where, not who."""
    above = {
        code
        for match in found
        if match.council and match.score > 0.9 and len(match.because[0].split()) > 1
        for code in (match.council.county, match.council.combined_authority)
    }
    kept = [m for m in found if not (m.council and m.council.code in above and _is_bare(m))]
    if any(match.score >= _DESIGNATED for match in kept):
        kept = [m for m in kept if not (m.council and _is_a_region(m))]
    return kept


_REGIONS = frozenset(
    {"east midlands", "west midlands", "north east", "north west", "yorkshire", "east of england"}
)


def _is_a_region(match: CouncilMatch) -> bool:
    """Whether it is written as a region of England is, which some combined authorities share a name with."""
    return match.because[0].lower().removeprefix("the ") in _REGIONS


def _is_bare(match: CouncilMatch) -> bool:
    return match.council is not None and naming.fold(match.because[0]) == naming.fold(match.council.place)


_APART = re.compile(r"[\0;\n/,|()\t•]|\s[-–—]\s|:\s")
_FILLER = re.compile(
    r"\b(?:lead|leads?|led|by|councils?|partners?|authority|authorities|the|of|in|and|with|for|on|behalf|borough|"
    r"county|district|city|now|formerly|former|previously|since|uk|england|wales|scotland|n/?a|tbc|tbd|name|joint|jointly|unitary|both|all)\b",
    re.IGNORECASE,
)


def _leftovers(roll: Roll, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[CouncilMatch]:
    """What else stands in a council field: other bodies, misspelt councils, unknown names."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    at = 0
    for piece in _APART.split(text):
        start = text.index(piece, at) if piece else at
        at = start + len(piece)
        name = re.sub(r"^(?:and|with|&|\W)+\s*", "", piece).strip(" .")
        told = (
            word.text for word in naming.words(_FILLER.sub("", name)) if not naming.is_designator(word.fold)
        )
        if sum(map(len, told)) >= 3:
            begin = text.index(name, start)
            yield from _outside(roll, name, (begin, begin + len(name)))


# Ranking


def _distinct(found: Iterable[CouncilMatch]) -> list[CouncilMatch]:
    """One match for each body: its best, a little surer where it is named again."""
    best: dict[str, CouncilMatch] = {}
    for match in found:
        name = match.council.code if match.council else match.name.lower()
        known = best.get(name)
        if known is None:
            best[name] = match
            continue
        better = match if match.score > known.score else known
        best[name] = replace(better, score=min(round(better.score + 0.01, 3), 0.99))
    return list(best.values())


def _ranked(found: Iterable[CouncilMatch]) -> tuple[CouncilMatch, ...]:
    return tuple(sorted(_distinct(found), key=lambda match: (-match.score, match.span[0])))

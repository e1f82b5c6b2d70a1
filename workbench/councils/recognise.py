"""Finding councils in what people write: in running text, and in a field that holds nothing but names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.councils import bodies, judging, naming, scores
from workbench.councils.mentions import Reading, mention_at, read
from workbench.councils.roll import CouncilMatch, Roll

_INITIALS = re.compile(r"(?<![\w&])[A-Z][A-Za-z&]{1,7}(?![\w&])")


def in_text(roll: Roll, text: str) -> tuple[CouncilMatch, ...]:
    """The councils a running text names, best first."""
    reading = read(roll, text, field=False)
    found = [*_by_initials(roll, text), *_by_name(reading)]
    return _ranked(_in_company(text, found))


def in_field(roll: Roll, text: str) -> tuple[CouncilMatch, ...]:
    """The bodies named in a council field, in the order written."""
    reading = read(roll, text, field=True)
    found = [*_by_code(roll, text), *_by_initials(roll, text), *_by_name(reading)]
    left = _leftovers(roll, text, [match.span for match in found])
    found = [*_without_their_county(roll, found), *left]
    return tuple(sorted(_distinct(found), key=lambda match: (match.span[0], -match.score)))


_COMPANY = re.compile(r"(?:,|,? and|,? &)\s+")


def _in_company(text: str, found: Iterable[CouncilMatch]) -> Iterator[CouncilMatch]:
    """Each match; a word such as Bury is surely the place where it goes on a list: "Rochdale and Bury"."""
    sure_until = -1
    for match in sorted(found, key=lambda match: match.span):
        joined = sure_until >= 0 and _COMPANY.fullmatch(text[sure_until : match.span[0]])
        if joined and _is_a_careful_place(match):
            match = replace(match, score=scores.ALONE)
        if match.council and match.score >= scores.ALONE - 0.05:
            sure_until = match.span[1]
        yield match


def _is_a_careful_place(match: CouncilMatch) -> bool:
    return len(match.because) == 1 and scores.CAREFUL - 0.05 <= match.score <= scores.CAREFUL + 0.03


def _by_name(reading: Reading) -> Iterator[CouncilMatch]:
    at = 0
    while at < len(reading.words):
        mention = mention_at(reading, at)
        if mention is None:
            at += 1
            continue
        read = tuple(judging.judge(reading, mention))
        yield from read
        at = _after(reading, mention.end, read)
    if not reading.field:
        yield from bodies.unregistered(reading)
        yield from bodies.of_no_place(reading)


def _after(reading: Reading, at: int, read: Iterable[CouncilMatch]) -> int:
    """The word after what was read, of which another kind of body may take more than the place."""
    end = max((match.span[1] for match in read), default=0)
    while at < len(reading.words) and reading.words[at].start < end:
        at += 1
    return at


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
            score = scores.INITIALLED if len(codes) == 1 else round(scores.SEVERAL - 0.01 * rank, 3)
            yield CouncilMatch(council, council.name, score, (found[0],), found.span())


def _without_their_county(roll: Roll, found: Sequence[CouncilMatch]) -> list[CouncilMatch]:
    """ "Lancaster City Council, Lancashire": the county says where, not who."""
    above = {
        code
        for match in found
        if match.council and match.score > 0.9 and len(match.because[0].split()) > 1
        for code in (match.council.county, match.council.combined_authority)
    }
    kept = [m for m in found if not (m.council and m.council.code in above and _is_bare(m))]
    if any(match.score >= scores.DESIGNATED for match in kept):
        kept = [m for m in kept if not (m.council and _is_a_region(roll, m))]
    return kept


def _is_a_region(roll: Roll, match: CouncilMatch) -> bool:
    """Whether it is written as a region of England is, which some combined authorities share a name with."""
    return match.because[0].lower().removeprefix("the ") in roll.known["regions"]["around"]


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
            yield from bodies.outside(roll, name, (begin, begin + len(name)))


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

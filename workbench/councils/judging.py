"""Which councils a mention can mean, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.councils import bodies, naming, scores
from workbench.councils.mentions import Mention, Reading, is_titled
from workbench.councils.roll import Council, CouncilMatch, fits, namesakes


def judge(reading: Reading, mention: Mention) -> Iterator[CouncilMatch]:
    """The councils a mention can mean, each with its score."""
    if _names_no_council(reading, mention):
        return
    if bodies.is_other_body(reading, mention):
        yield from bodies.other_body(reading, mention)
        return
    councils = [reading.roll.councils[code] for code in mention.codes]
    if mention.said and not mention.whole:
        yield from _designated(reading, mention, councils)
    elif mention.whole:
        yield from _scored(reading, mention, councils, _whole_score(reading, mention))
    elif (score := _alone(reading, mention, councils)) > 0:
        current = [council for council in councils if council.current] or councils
        yield from _scored(reading, mention, current, score)


def _names_no_council(reading: Reading, mention: Mention) -> bool:
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


def _is_a_person(reading: Reading, start: int) -> bool:
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


def _whole_score(reading: Reading, mention: Mention) -> float:
    if not mention.right:
        return scores.DESIGNATED
    told = (
        naming.BODIES & frozenset(reading.folds[mention.start : mention.end])
        or mention.start < mention.place[0]
    )
    return scores.NAMED if told else scores.ALONE


def _designated(reading: Reading, mention: Mention, councils: Sequence[Council]) -> Iterator[CouncilMatch]:
    fitting = [council for council in councils if fits(reading.roll, council, mention.said)]
    current = [council for council in fitting if council.current] or fitting
    if current:
        told = mention.said & naming.BODIES or mention.start < mention.place[0]
        yield from _scored(
            reading, mention, current, scores.DESIGNATED if told or reading.field else scores.ALONE
        )
        return
    written = reading.written(mention.start, mention.end)
    near = [*councils, *namesakes(reading.roll, councils, mention.said)]
    for council in dict.fromkeys(near):
        yield _match(reading, mention, council, scores.SEVERAL, f"no council is called {written}")


def _scored(
    reading: Reading, mention: Mention, councils: Sequence[Council], score: float
) -> Iterator[CouncilMatch]:
    """Each council at its score; several share the doubt, and an abolished one brings its successors."""
    for rank, council in enumerate(councils):
        share = score if len(councils) == 1 else min(score, scores.PART_OF_A_NAME) - 0.02 * rank
        if council.current:
            yield _match(reading, mention, council, share)
            continue
        followers = reading.roll.successors(council)
        names = " and ".join(one.name for one in followers)
        note = f"abolished {council.end}" + (f", followed by {names}" if names else "")
        yield _match(reading, mention, council, share, note)
        for follower in followers:
            yield _match(reading, mention, follower, min(share, scores.SUCCESSOR), f"follows {council.name}")


def _match(reading: Reading, mention: Mention, council: Council, score: float, *notes: str) -> CouncilMatch:
    written = reading.written(mention.start, mention.end)
    spelling: tuple[str, ...] = () if mention.right else (f"read as {council.name}",)
    span = (reading.words[mention.start].start, reading.words[mention.end - 1].end)
    return CouncilMatch(council, council.name, round(score, 3), (written, *notes, *spelling), span)


# A place alone


def _alone(reading: Reading, mention: Mention, councils: Sequence[Council]) -> float:
    """How sure a place without "council" names its council; 0 where it does not."""
    current = [council for council in councils if council.current] or councils
    if len(current) > 1:
        return scores.SEVERAL + 0.05
    council = current[0]
    written = reading.written(*mention.place)
    if _is_wider(reading, mention.start):
        return scores.PART_OF_A_NAME
    if reading.field:
        known = council.current and council.type != "combined-authority"
        return scores.DESIGNATED if known else scores.ABOLISHED_ALONE
    if written in reading.roll.known["regions"]["names"]:
        return scores.REGION
    base = scores.COMBINED_ALONE if council.type == "combined-authority" else scores.ALONE
    base = base if council.current else min(base, scores.ABOLISHED_ALONE)
    return min(base, _by_neighbours(reading, mention, written))


def _is_wider(reading: Reading, start: int) -> bool:
    """Whether it says "Greater Exeter": a region, a partnership, or another place."""
    before = reading.folds[start - 1] if reading.joined(start) else ""
    return before in reading.roll.known["beside"]["wider"] and reading.words[start - 1].capital


def _by_neighbours(reading: Reading, mention: Mention, written: str) -> float:
    start, end = mention.start, mention.end
    beside = reading.roll.known["beside"]
    following = reading.folds[end] if reading.joined(end) else ""
    capital = bool(following) and reading.words[end].capital
    if capital and following in beside["after"]:
        return 0.0
    careful = written.removesuffix("'s").removesuffix("’s") in reading.roll.known["careful"]["words"]
    if careful and not _sure_place(reading, mention, following):
        doubtful = reading.opens(start) and following not in reading.roll.known["careful"]["after"]
        return scores.DOUBTFUL if doubtful else 0.0
    if _inside_a_name(reading, start, capital, following):
        return scores.PART_OF_A_NAME
    if following == "to" and reading.joined(end + 1) and reading.words[end + 1].capital:
        return scores.CAREFUL
    role = -0.05 if start and reading.folds[start - 1] in beside["afar"] else 0.0
    role += 0.03 if reading.opens(start) or reading.words[end - 1].possessive else 0.0
    return (scores.CAREFUL if careful else scores.ALONE) + role


def _sure_place(reading: Reading, mention: Mention, following: str) -> bool:
    """Whether a place that is also a word ("Reading", "Bury") is meant as a place here."""
    if following in reading.roll.known["careful"]["after"]:
        return False
    if reading.words[mention.end - 1].possessive:
        return True
    after = reading.text[reading.words[mention.end - 1].end :].lstrip()
    if reading.opens(mention.start) and after[:1] in {":", "|", "\u2013", "\u2014"}:
        return True
    before = reading.folds[mention.start - 1] if reading.joined(mention.start) else ""
    if before in reading.roll.known["careful"]["before"]:
        return True
    return reading.opens(mention.start) and _has_verb_after(following) and not before


def _has_verb_after(following: str) -> bool:
    return (
        following.endswith("s")
        and not following.endswith("ss")
        and following not in {"is", "was", "has", "as"}
    )


def _inside_a_name(reading: Reading, start: int, capital: bool, following: str) -> bool:
    if capital and following in reading.roll.known["beside"]["compass"]:
        return True
    if not reading.joined(start):
        return False
    before = reading.words[start - 1]
    return (
        before.capital
        and before.fold not in reading.roll.known["beside"]["small"]
        and not reading.opens(start - 1)
        and not is_titled(reading)
    )

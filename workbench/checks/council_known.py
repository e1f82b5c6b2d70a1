"""A council that the register does not know, that is no more, or that could be several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.councils import Council, CouncilMatch
from workbench.submission import PROMISE, Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for names in the council field and the title that mean no one council of today."""
    council = manuscript.answers.get("council")
    if council is not None and council.text.strip():
        matches = manuscript.context.register.in_field(council.text)
        if manuscript.submission.authorities:
            matches = [match for match in matches if match.because[-1].startswith(_MISSPELT)]
        yield from _doubts(council, matches, rule, manuscript)
    title = manuscript.answers.get("title")
    if title is not None and "ouncil" in title.text:
        named = [match for match in manuscript.context.register.recognise(title.text) if _says_council(match)]
        yield from _doubts(title, named, rule, manuscript)


def _says_council(match: CouncilMatch) -> bool:
    return match.kind == "unknown" or "ouncil" in match.because[0]


def _doubts(
    answer: Answer, matches: Sequence[CouncilMatch], rule: Rule, manuscript: Manuscript
) -> Iterator[Finding]:
    by_span: dict[tuple[int, int], list[CouncilMatch]] = {}
    for match in matches:
        by_span.setdefault(match.span, []).append(match)
    settled = {match.council for match in matches if match.council and match.score >= PROMISE}
    for span, readings in by_span.items():
        yield from _doubt(answer, span, readings, rule, manuscript, settled)


_MISSPELT = "read as"


def _doubt(
    answer: Answer,
    span: tuple[int, int],
    readings: Sequence[CouncilMatch],
    rule: Rule,
    manuscript: Manuscript,
    settled: AbstractSet[Council | None],
) -> Iterator[Finding]:
    """What is doubtful about one name, if anything."""
    best, written = readings[0], answer.text[span[0] : span[1]]
    followers = manuscript.context.register.successors(best.council) if best.council else ()
    if best.kind == "unknown":
        yield rule.at(answer, *span, x=written, n=0)
    elif best.council is None:
        return
    elif not best.council.current and best.score >= PROMISE:
        if settled.isdisjoint(followers):
            names = " and ".join(one.name for one in followers) or "nobody"
            put = f"{written} (now {names})" if len(followers) == 1 else None
            yield rule.at(
                answer, *span, case="abolished", put=put, x=written, date=best.council.end, names=names
            )
    elif len(readings) > 1 and best.score < PROMISE:
        names = ", ".join(match.name for match in readings)
        none_fits = any("no council is called" in reason for reason in best.because)
        yield rule.at(
            answer, *span, case="none" if none_fits else "several", x=written, n=len(readings), names=names
        )
    elif best.because[-1].startswith(_MISSPELT):
        yield rule.at(answer, *span, case="misspelt", put=best.name, x=written, names=best.name)
    elif any("no council is called" in reason for reason in best.because):
        yield rule.at(answer, *span, case="none", x=written, n=0, names=best.name)

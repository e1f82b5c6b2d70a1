"""Running the checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import NamedTuple

from workbench.checks.answer import Answer
from workbench.checks.manuscript import CheckContext, Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding, Submission

InStudy = Callable[[Manuscript, Rule], Iterator[Finding]]
InField = Callable[[Answer, Manuscript, Rule], Iterator[Finding]]


def run(submission: Submission, context: CheckContext) -> tuple[Finding, ...]:
    """What the checks say of a submission, in the order of the template."""
    manuscript = Manuscript(submission, context)
    return _ordered(_found(manuscript, None), manuscript)


def again(submission: Submission, context: CheckContext, fields: Collection[str]) -> tuple[Finding, ...]:
    """The findings after an edit of `fields`: what was found before in the other fields stays as it was.

    A check that says by `BEYOND` that it reads more of the study than the answer it is asked about, is asked of all.
    The checks that look beyond the study are not asked; what they said stays too.
    """
    manuscript = Manuscript(submission, context)
    found = tuple(_found(manuscript, fields))
    told = frozenset(found)
    kept = (finding for finding in submission.findings if _stays(finding, manuscript, fields))
    return _ordered([*found, *(one for one in kept if replace(one, occurrence=0) not in told)], manuscript)


def once_more(submission: Submission, context: CheckContext, check: str) -> tuple[Finding, ...]:
    """The findings after one check alone has looked again, because what it goes by has changed."""
    manuscript = Manuscript(submission, context)
    kept = (finding for finding in submission.findings if finding.check != check)
    rules = manuscript.rules.by_id
    found = _ask(rules[check], manuscript, _filled(manuscript)) if check in rules else ()
    return _ordered([*kept, *found], manuscript)


def _ask(rule: Rule, manuscript: Manuscript, answers: Iterable[Answer]) -> Iterator[Finding]:
    parts = _parts(rule.file)
    if parts.in_study:
        yield from parts.in_study(manuscript, rule)
    if parts.in_field:
        for answer in answers:
            yield from parts.in_field(answer, manuscript, rule)


def _found(manuscript: Manuscript, fields: Collection[str] | None) -> Iterator[Finding]:
    filled = _filled(manuscript)
    touched = filled if fields is None else [answer for answer in filled if answer.id in fields]
    for rule in manuscript.rules.by_id.values():
        if fields is None or not rule.whole:
            yield from _ask(rule, manuscript, filled if _parts(rule.file).beyond else touched)


def _filled(manuscript: Manuscript) -> list[Answer]:
    return [answer for answer in manuscript.answers.values() if answer.text]


def _stays(finding: Finding, manuscript: Manuscript, fields: Collection[str]) -> bool:
    """Whether an edit of `fields` leaves a finding as it is: it is of another field, or of what is not asked now."""
    rule = manuscript.rules.by_id.get(finding.check)
    if rule is None:
        return False
    parts = _parts(rule.file)
    alone = parts.in_field is not None and not parts.beyond
    return rule.whole or (alone and finding.field is not None and finding.field not in fields)


class _Parts(NamedTuple):
    """What the file of a check has to ask: of the whole study, of one answer, or both."""

    in_study: InStudy | None
    in_field: InField | None
    beyond: bool
    """Whether what it says of one answer may rest on another."""


@cache
def _parts(name: str) -> _Parts:
    module = import_module(f"workbench.checks.{name}")
    return _Parts(
        getattr(module, "in_study", None), getattr(module, "in_field", None), getattr(module, "BEYOND", False)
    )


def _ordered(found: Iterable[Finding], manuscript: Manuscript) -> tuple[Finding, ...]:
    """In the order of the template, those about the document first; equal ones numbered."""
    places = {name: n for n, name in enumerate(manuscript.answers)}
    ordered = sorted(
        found, key=lambda one: (places.get(one.field or "", -1), one.span or (-1, -1), one.check, one.excerpt)
    )
    seen: dict[tuple[str, str | None, str], int] = {}
    numbered: list[Finding] = []
    for finding in ordered:
        same = (finding.check, finding.field, finding.excerpt)
        number = seen.get(same, 0)
        numbered.append(finding if finding.occurrence == number else replace(finding, occurrence=number))
        seen[same] = number + 1
    return tuple(numbered)

"""How the questions of a template fare: which of them fails most, in what way, under which version and with whom.

Every submission under the template is looked at as it was sent in (its answers before an editor touched them), with
what the checks find in it now, what editors had to place by hand, and what its council was asked about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from math import sqrt
from typing import TYPE_CHECKING, Literal

from workbench.desk.templates.templates import of_id
from workbench.submission import PROMISE
from workbench.template import Field, Template

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk
    from workbench.store.fares import Sent

Way = Literal["empty", "not-applicable", "short", "long", "blocker", "warning", "placing", "asked"]
WAYS: tuple[Way, ...] = ("empty", "not-applicable", "short", "long", "blocker", "warning", "placing", "asked")
"""In which ways an answer fails, in the order in which one that fails in several is counted: a required one is empty,
or says that it does not apply; it is outside its limits; the checks find something; it had to be placed by hand or is
placed with doubt; its council was asked about it."""

FEW = 10
"""Below so many submissions a share says little."""
_Z = 1.96
_TAG = re.compile(r"<[^>]*>")
_NOT_APPLICABLE = re.compile(
    r"\W*(?:n\s*/?\s*a|none|nil|not\s+applicable|to\s+follow|t\s*b\s*c|ddim|amherthnasol)\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the submissions: those under one version, or from one council. `key` names it, `ids` fail."""

    name: str
    key: str
    asked: int
    failing: int
    ways: Mapping[Way, int]
    ids: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """How many of those asked fail, 0 to 1."""
        return self.failing / self.asked if self.asked else 0.0

    @property
    def few(self) -> bool:
        """Whether they are too few for the share to say much."""
        return self.asked < FEW


@dataclass(frozen=True)
class QuestionHealth:
    """How one question fares, of `asked` submissions whose version of the template has it.

    `answered`, `empty`, `not_applicable`, `short` and `long` are about what was sent in: the first three sum up to
    `asked`. `blockers`, `warnings` and `advice` count submissions with such a finding open now, `dismissed` those
    with one set aside. `doubtful` were placed with doubt, `moved` are those where editors brought a passage here,
    `mended` those whose answer was changed since; `asked_council` and `answered_council` what councils were asked.
    `failing` counts each submission once, under the first of its ways; `ways` sums up to it.
    """

    id: str
    label: str
    required: bool
    asked: int = 0
    answered: int = 0
    empty: int = 0
    not_applicable: int = 0
    short: int = 0
    long: int = 0
    blockers: int = 0
    warnings: int = 0
    advice: int = 0
    dismissed: int = 0
    doubtful: int = 0
    moved: int = 0
    mended: int = 0
    asked_council: int = 0
    answered_council: int = 0
    failing: int = 0
    ways: Mapping[Way, int] = field(default_factory=dict[Way, int])
    ids: tuple[str, ...] = ()
    by_version: tuple[Group, ...] = ()
    by_council: tuple[Group, ...] = ()
    checks: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many submissions have an open finding of each check here, the most frequent first."""

    @property
    def share(self) -> float:
        """How many of those asked fail, 0 to 1."""
        return self.failing / self.asked if self.asked else 0.0

    @property
    def few(self) -> bool:
        """Whether they are too few for the share to say much."""
        return self.asked < FEW

    @property
    def why(self) -> tuple[tuple[Way, int], ...]:
        """In which ways it fails, the most frequent first."""
        return tuple(sorted(self.ways.items(), key=lambda pair: (-pair[1], WAYS.index(pair[0]))))


@dataclass(frozen=True)
class Health:
    """How a template fares, its questions with the one that fails most first.

    Of `of` submissions under the template `submissions` were looked at; `versions` and `councils` are those there
    are, with their numbers. `unplaced` counts passages that belong to no question.
    """

    template: Template
    questions: tuple[QuestionHealth, ...]
    submissions: int
    of: int
    versions: Mapping[int, int]
    councils: Mapping[str, int]
    unplaced: int = 0

    @property
    def few(self) -> bool:
        """Whether there are too few submissions for shares to say much."""
        return self.submissions < FEW


@dataclass
class _Case:
    """One question in one submission: what was sent in, and what became of it."""

    question: Field
    sent: str = ""
    now: str = ""
    confidence: float = 1.0
    moved: bool = False
    open: Counter[str] = field(default_factory=Counter[str])
    checks: set[str] = field(default_factory=set[str])
    dismissed: bool = False
    asked: int = 0
    answered: int = 0

    @cached_property
    def words(self) -> str:
        """What was sent in; to be asked once all is known."""
        return unescape(_TAG.sub(" ", self.sent)).strip()

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """All the ways in which the answer fails, the one it is counted under first."""
        return tuple(self._ways())

    def _ways(self) -> Iterator[Way]:
        words = self.words
        count = len(words.split())
        placed_later = self.moved and not words
        if not words and not placed_later and self.question.required:
            yield "empty"
        if words and _NOT_APPLICABLE.fullmatch(words) and self.question.required:
            yield "not-applicable"
        if words and self.question.min_words and count < self.question.min_words:
            yield "short"
        if words and self.question.max_words and count > self.question.max_words:
            yield "long"
        if self.open["blocker"]:
            yield "blocker"
        if self.open["warning"]:
            yield "warning"
        if self.moved or (self.now and self.confidence < PROMISE):
            yield "placing"
        if self.asked:
            yield "asked"


def health(desk: Desk, name: str, version: int = 0, council: str = "") -> Health:
    """How the template of that id fares, under one version and with one council where they are named.

    Councils are those that the queue names. Raises WrongUsage("unknown-template").
    """
    from workbench.store import fares

    known = desk.templates
    template = next(iter(known.versions(name)), None) or of_id(known, name)
    with desk.store.reading() as connection:
        sent = fares.sent(connection, name)
        chosen = [one for one in sent if version in (0, one.version) and council in ("", one.council)]
        wanted = {one.id: known.version(name, one.version) or template for one in chosen}
        cases = _cases(connection, name, wanted)
        unplaced = sum(row["submission"] in wanted for row in fares.rows(connection, "passage", name))
    questions = _questions(template, chosen, cases)
    return Health(
        template,
        questions,
        len(chosen),
        len(sent),
        dict(sorted(Counter(one.version for one in sent).items())),
        dict(Counter(one.council for one in sent if one.council).most_common()),
        unplaced,
    )


Cases = dict[tuple[str, str], _Case]
"""By submission and field."""


def _cases(connection: Connection, name: str, wanted: Mapping[str, Template]) -> Cases:
    from workbench.store import fares

    cases: Cases = {
        (submission, each.id): _Case(each)
        for submission, template in wanted.items()
        for each in template.fields
    }
    for row in fares.rows(connection, "field_value", name, "html", "confidence"):
        if case := cases.get((row["submission"], row["key"])):
            case.sent = case.now = row["html"]
            case.confidence = row["confidence"]
    touched: set[tuple[str, str]] = set()
    for step in fares.steps(connection, name):
        where = (step.submission, step.field)
        if case := cases.get(where):
            case.moved = case.moved or step.placed
            case.sent = case.sent if where in touched else step.before
            touched.add(where)
    _add_findings(connection, name, cases)
    _add_asked(connection, name, cases)
    return cases


def _add_findings(connection: Connection, name: str, cases: Cases) -> None:
    from workbench.store import fares

    set_aside = {(row["submission"], row["key"]) for row in fares.rows(connection, "dismissal", name)}
    for row in fares.rows(connection, "finding", name, "field", "severity", "check"):
        case = cases.get((row["submission"], row["field"] or ""))
        if case is None:
            continue
        if (row["submission"], row["key"]) in set_aside:
            case.dismissed = True
        else:
            case.open[row["severity"]] += 1
            case.checks.add(row["check"])


def _add_asked(connection: Connection, name: str, cases: Cases) -> None:
    """What councils were asked about a field; what was changed there since then was answered."""
    from workbench.store import fares

    for row in fares.rows(connection, "asked", name, "field"):
        if case := cases.get((row["submission"], row["field"])):
            case.asked += 1
            case.answered += case.now != case.sent


def _questions(template: Template, chosen: Sequence[Sent], cases: Cases) -> tuple[QuestionHealth, ...]:
    """The worst first: by the share that fails at least, so that one failure of one is not worse than 90 of 100."""
    by_field: dict[str, list[tuple[Sent, _Case]]] = {each.id: [] for each in template.fields}
    order = {one.id: one for one in chosen}
    for (submission, name), case in cases.items():
        by_field.setdefault(name, []).append((order[submission], case))
    made = [_question(name, template, own) for name, own in by_field.items()]
    return tuple(sorted(made, key=lambda one: (-at_least(one.failing, one.asked), -one.failing)))


def at_least(failing: int, asked: int) -> float:
    """The share that fails at least, 0 to 1, with 95 % certainty, where so many of so many were seen to (Wilson)."""
    if not failing:
        return 0.0
    share, wide = failing / asked, _Z * _Z / asked
    middle = share + wide / 2
    spread = _Z * sqrt(share * (1 - share) / asked + wide / (4 * asked))
    return (middle - spread) / (1 + wide)


def _question(name: str, template: Template, own: Sequence[tuple[Sent, _Case]]) -> QuestionHealth:
    asked_by = template.by_id.get(name) or own[-1][1].question
    found = [case for _, case in own]
    blank = [case for case in found if not case.words]
    nothing = [case for case in found if _NOT_APPLICABLE.fullmatch(case.words)]
    every = [case.ways for case in found]
    whole = _group(asked_by.label, "", own)
    return QuestionHealth(
        name,
        asked_by.label,
        asked_by.required,
        asked=len(found),
        answered=len(found) - len(blank) - len(nothing),
        empty=len(blank),
        not_applicable=len(nothing),
        short=sum("short" in ways for ways in every),
        long=sum("long" in ways for ways in every),
        blockers=sum(case.open["blocker"] > 0 for case in found),
        warnings=sum(case.open["warning"] > 0 for case in found),
        advice=sum(case.open["advice"] > 0 for case in found),
        dismissed=sum(case.dismissed for case in found),
        doubtful=sum(bool(case.now) and case.confidence < PROMISE for case in found),
        moved=sum(case.moved for case in found),
        mended=sum(case.now != case.sent for case in found),
        asked_council=sum(case.asked > 0 for case in found),
        answered_council=sum(case.answered > 0 for case in found),
        failing=whole.failing,
        ways=whole.ways,
        ids=whole.ids,
        by_version=_groups(own, lambda sent: str(sent.version)),
        by_council=_groups(own, lambda sent: sent.council),
        checks=dict(Counter(check for case in found for check in sorted(case.checks)).most_common()),
    )


def _groups(own: Iterable[tuple[Sent, _Case]], key: Callable[[Sent], str]) -> tuple[Group, ...]:
    """A group for each key, the one that fails most first; submissions without one are in none."""
    parts: dict[str, list[tuple[Sent, _Case]]] = {}
    for sent, case in own:
        if name := key(sent):
            parts.setdefault(name, []).append((sent, case))
    groups = [_group(name, name, part) for name, part in parts.items()]
    return tuple(sorted(groups, key=lambda one: (-one.failing, -one.share, one.name)))


def _group(name: str, key: str, own: Collection[tuple[Sent, _Case]]) -> Group:
    first = [(sent.id, next(iter(case.ways), None)) for sent, case in own]
    failing = [(submission, way) for submission, way in first if way is not None]
    told: dict[Way, int] = {way: n for way in WAYS if (n := sum(one == way for _, one in failing))}
    return Group(name, key, len(own), len(failing), told, tuple(submission for submission, _ in failing))

"""Two editors, one mailbox: who has taken up which file, told at import and at rehearsal in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from workbench import words
from workbench.desk import standing
from workbench.desk.rows import RehearsalRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue
    from workbench.desk.desk import Desk
    from workbench.intake import Newcomer, Verdict
    from workbench.publication import Claim
    from workbench.submission import Submission


@dataclass(frozen=True, slots=True)
class Identity:
    """Which study a new submission is, from which published version it goes on, and who else has it in hand."""

    study: str
    base_version: int = 0
    said: str = ""


def judge(connection: Connection, newcomer: Newcomer, draft: Submission, marks: Sequence[int]) -> Verdict:
    """What an arriving file is, held against the desk, what is published, and what others have taken up.

    Asks nobody: what was last heard counts.
    """
    from workbench import intake
    from workbench.store import kin

    gss = [council.gss for council in draft.authorities if council.gss]
    sought = kin.Sought(newcomer.claim, newcomer.title, standing.council(draft), gss, marks, newcomer.text)
    near = kin.of(connection, sought)
    candidates = [intake.Candidate(one.id, one.study, one.title, one.council, near=one.near) for one in near]
    arrived = replace(newcomer, council=sought.council)
    verdict = intake.triage(arrived, candidates, lambda key: kin.text(connection, key))
    unheard = newcomer.claim and not any(newcomer.claim in (one.id, one.study) for one in near)
    if unheard and verdict.taken_for == "new" and _is_uuid(newcomer.claim):
        told = (words.say("arrivals", "mark-unknown"), *verdict.because)
        return replace(verdict, of=newcomer.claim, because=told, certain=False)
    return verdict


def _is_uuid(text: str) -> bool:
    with suppress(ValueError):
        return str(UUID(text)) == text.casefold()
    return False


def identify(connection: Connection, newcomer: Newcomer, verdict: Verdict) -> Identity:
    """The study that an arriving file becomes: a new one, the published one that it is an update of, or, where a
    colleague has taken up the same file, what it became there."""
    from workbench.store import claims

    taken = claims.of_others(connection, [newcomer.sha256], newcomer.claim or newcomer.sha256)
    same = [one.study for one in taken if one.source == newcomer.sha256]
    if verdict.taken_for == "update" and verdict.certain:
        same.insert(0, verdict.of or "")
    return belonging(connection, same[0], newcomer.sha256) if same else Identity(str(uuid4()))


def belonging(connection: Connection, study: str, source: str) -> Identity:
    """A study that is not new: from which version work on it begins, and who else has it in hand."""
    from workbench.store import claims, mirror

    live = mirror.get(connection, study)
    held = [one for one in claims.of_others(connection, [source], study) if one.study == study]
    return Identity(study, live.version if live else 0, _said(held))


def _said(taken: Iterable[Claim]) -> str:
    """Who has it, in words; "" for nobody."""
    told = next(iter(taken), None)
    if told is None or told.at is None:
        return ""
    return words.say("journal", "taken-up", who=told.who, day=words.day(told.at.date()), title=told.title)


def beside(connection: Connection, row: RehearsalRow) -> RehearsalRow:
    """The row with who else has taken up the same file or the same study, where somebody has."""
    from workbench.store import claims, submissions

    found = submissions.load(connection, row.submission)
    if found is None:
        return row
    said = _said(claims.of_others(connection, [file.sha256 for file in found.files], found.study))
    return replace(row, reason=" ".join(filter(None, (row.reason, said))))


def exchange(desk: Desk, shared: Catalogue) -> None:
    """Tells the catalogue what this desk has taken up, and hears what others have."""
    from workbench import outbox

    outbox.exchange(desk.store, shared, desk.who)

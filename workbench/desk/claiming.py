"""Two editors, one mailbox: who has taken up which file, told at import and at rehearsal in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench import words
from workbench.desk.rows import RehearsalRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue
    from workbench.desk.desk import Desk
    from workbench.intake.triage import Newcomer
    from workbench.publication import Claim


@dataclass(frozen=True, slots=True)
class Identity:
    """Which study a new submission is, from which published version it goes on, and who else has it in hand."""

    study: str
    base_version: int = 0
    said: str = ""


def identify(connection: Connection, newcomer: Newcomer) -> Identity:
    """The study that an arriving file belongs to, though it is not on this desk: a published one, or a colleague's.

    A file that carries a study's UUID is that study, unless it was reused to tell another story; a file that a
    colleague has taken up is the study that it became there. Asks nobody: what was last heard counts.
    """
    from workbench.store import claims, mirror

    taken = claims.of_others(connection, [newcomer.sha256], newcomer.claim or newcomer.sha256)
    known = [one.study for one in taken if one.source == newcomer.sha256 or _is_same(newcomer, one.title)]
    live = mirror.get(connection, newcomer.claim) if newcomer.claim else None
    if live is not None and _is_same(newcomer, live.publication.title):
        known.insert(0, live.publication.study)
    if not known:
        return Identity(str(uuid4()))
    live = mirror.get(connection, known[0])
    held = [one for one in taken if one.study == known[0]]
    return Identity(known[0], live.version if live else 0, _said(held))


def _is_same(newcomer: Newcomer, title: str) -> bool:
    from workbench.intake.triage import KIN_TITLE, title_likeness

    return not (newcomer.title and title) or title_likeness(newcomer.title, title) >= KIN_TITLE


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

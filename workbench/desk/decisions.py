"""What is to become of submissions: the steps of their life that an editor decides, and the day they are due.

Each is done to all submissions or to none, as one step of the journal; `actions.preview` tells beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbench.desk import actions
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.submission import due_date


def start(desk: Desk, ids: Sequence[str]) -> Changed:
    """Takes received submissions into review. Raises Refused("wrong-status")."""
    return actions.carry_out(desk, ids, actions.step("start"))


def approve(desk: Desk, ids: Sequence[str]) -> Changed:
    """Approves submissions.

    Raises Refused("blockers-open") naming what is in the way, Refused("wrong-status"),
    WrongUsage("unknown-submission").
    """
    return actions.carry_out(desk, ids, actions.approving())


def return_(desk: Desk, ids: Sequence[str], reason: str, reply_by: date | None = None) -> Changed:
    """Marks submissions as returned to the council, to be answered by a day; without one, by `reply_day`.

    Raises Refused("reason-needed", "wrong-status").
    """
    return actions.carry_out(desk, ids, actions.returning(reason, reply_by or reply_day(desk)))


def reject(desk: Desk, ids: Sequence[str], reason: str) -> Changed:
    """Rejects submissions. Raises Refused("reason-needed", "wrong-status")."""
    return actions.carry_out(desk, ids, actions.rejecting(reason))


def reopen(desk: Desk, ids: Sequence[str]) -> Changed:
    """Brings decided or published submissions back into review. Raises Refused("wrong-status").

    What was with the council or with readers is due anew, from today.
    """
    return actions.carry_out(desk, ids, actions.reopening(next_due(desk)))


def set_due(desk: Desk, ids: Sequence[str], day: date | None) -> Changed:
    """Says by which day submissions are to be done; None for no day. Raises Refused("reopen-first")."""
    return actions.carry_out(desk, ids, actions.due_on(day))


def dismiss_kind(desk: Desk, ids: Sequence[str], check: str, reason: str) -> Changed:
    """Sets aside every open finding of one check. Raises Refused("reopen-first", "reason-needed")."""
    return actions.carry_out(desk, ids, actions.dismissing(check, reason))


def next_due(desk: Desk) -> date:
    """The day by which work that begins today is due."""
    return due_date(desk.today, desk.settings.working_days)


def reply_day(desk: Desk) -> date:
    """The day by which a council is asked to answer what is returned to it today."""
    return due_date(desk.today, desk.settings.reply_days)

"""Themes of several submissions at once: which they carry, and what is proposed for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.desk import actions, changing
from workbench.desk.actions import Action
from workbench.desk.rows import Changed, Preview
from workbench.desk.themes import tagging
from workbench.submission import Authority, Submission, Term

if TYPE_CHECKING:
    from workbench.desk.desk import Desk


def carried(desk: Desk, ids: Sequence[str]) -> tuple[tuple[Term, int], ...]:
    """The themes that these submissions carry, and how many of them carry each, the commonest first."""
    with desk.store.reading() as connection:
        several = [changing.load(connection, submission_id) for submission_id in dict.fromkeys(ids)]
    return tuple(Counter(term for submission in several for term in submission.terms).most_common())


def foresee(desk: Desk, ids: Sequence[str], add: Sequence[Term] = (), remove: Sequence[Term] = ()) -> Preview:
    """Which of these submissions would be tagged, and which stay as they are.

    Raises what `tagging.tagging` does, Refused("too-many").
    """
    return actions.preview(desk, ids, tagging.tagging(desk, add, remove))


def foresee_council(desk: Desk, ids: Sequence[str], council: Authority) -> Preview:
    """Which of these submissions would get that council beside those they have. Raises Refused("too-many")."""
    return actions.preview(desk, ids, actions.naming_council(council))


def name_council(desk: Desk, ids: Sequence[str], council: Authority) -> Changed:
    """Names a council, or another body, of each submission beside those it has, as one step.

    Raises Refused("too-many", "reopen-first").
    """
    return actions.carry_out(desk, ids, actions.naming_council(council))


def foresee_proposed(desk: Desk, ids: Sequence[str]) -> Preview:
    """Which of these submissions would get what is proposed for them. Raises Refused("too-many")."""
    return actions.preview(desk, ids, _taking(desk))


def take_proposed(desk: Desk, ids: Sequence[str]) -> Changed:
    """Gives each submission the themes that are proposed for it, all as one step.

    Raises Refused("too-many", "reopen-first").
    """
    return actions.carry_out(desk, ids, _taking(desk))


def _taking(desk: Desk) -> Action:
    def taken(submission: Submission) -> Submission:
        changing.require_editable(submission)
        held = {(term.kind, term.slug) for term in submission.terms}
        proposed = tagging.suggest(desk, submission.id).proposed
        more = tuple(term for term in proposed if (term.kind, term.slug) not in held)
        return replace(submission, terms=(*submission.terms, *more))

    return Action("tag-proposed", taken)

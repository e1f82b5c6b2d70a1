"""Published studies whose day has come: found, and looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk import actions, changing
from workbench.desk.actions import Action
from workbench.desk.catalogue import publishing
from workbench.desk.catalogue.minting import usual_review
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, Preview, ReviewRow
from workbench.submission import Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.publication import Study

REACH = 30
"""Days ahead that are usually looked at."""


def due(desk: Desk, within: int = REACH) -> tuple[ReviewRow, ...]:
    """The published studies, of all desks, to be looked at again within so many days, the longest due first."""
    from workbench.store import mirror

    with desk.store.reading() as connection:
        found = mirror.due_for_review(connection, desk.today + timedelta(days=within))
        return tuple(_row(connection, study) for study in found)


def _row(connection: Connection, study: Study) -> ReviewRow:
    from workbench.store import submissions

    publication = study.publication
    own = submissions.of_study(connection, publication.study)
    return ReviewRow(
        study=publication.study,
        submission=own[-1] if own else "",
        title=publication.title,
        council=publication.councils,
        version=study.version,
        review_by=publication.review_by or study.published_at.date(),
        published_by=study.published_by,
    )


def next_review(desk: Desk) -> date | None:
    """The day on which a study found right today is looked at again; None where the editor has to say it."""
    return usual_review(desk)


def foresee(desk: Desk, ids: Sequence[str], on: date) -> Preview:
    """What `renew` would do to each of these submissions."""
    return actions.preview(desk, ids, renewing(on))


def renew(desk: Desk, ids: Sequence[str], on: date) -> Changed:
    """Says that published studies are right as they stand, and puts them into the outbox with their next day.

    All of them or none. Raises Refused("wrong-status"), WrongUsage("unknown-submission").
    """
    return publishing.into_outbox(desk, ids, renewing(on))


def renewing(on: date) -> Action:
    """A published study goes out again as it stands, to be looked at on another day."""

    def renewed(submission: Submission) -> Submission:
        return replace(changing.step(submission, "renew"), review_on=on)

    return Action("renew", renewed, {"day": words.day(on)})

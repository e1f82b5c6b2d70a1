"""What was typed into a field that others changed meanwhile: kept until a choice, however the program ends."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.desk import study
from workbench.desk.desk import Desk
from workbench.desk.editing import review
from workbench.desk.rows import NOTHING, Changed
from workbench.errors import Refused
from workbench.richtext import RichText, from_html, to_html


def keep(desk: Desk, submission_id: str, field: str, content: RichText) -> None:
    """Keeps what was typed. It is no step of the history, since the answer of the field stays as it is."""
    from workbench.store import drafts

    with desk.store.writing() as connection:
        drafts.put(connection, submission_id, field, to_html(content))


def waiting(desk: Desk, submission_id: str) -> Mapping[str, RichText]:
    """What was typed into the fields of a submission and waits for a choice."""
    from workbench.store import drafts

    with desk.store.reading() as connection:
        return {field: from_html(html) for field, html in drafts.of(connection, submission_id).items()}


def drop(desk: Desk, submission_id: str, field: str) -> None:
    """Forgets what was typed: it stands in the field now."""
    from workbench.store import drafts

    with desk.store.writing() as connection:
        drafts.drop(connection, submission_id, field)


def give_up(desk: Desk, submission_id: str, field: str, typed: RichText) -> Changed:
    """Lets what the desk holds stand. What was typed goes through the history, so that undo brings it.

    Where the submission may not be edited any more, it goes without a trace.
    """
    changed = NOTHING
    try:
        theirs = study.show(desk, submission_id).value(field).content
        review.edit(desk, submission_id, field, typed)
        changed = review.edit(desk, submission_id, field, theirs)
    except Refused:
        pass
    drop(desk, submission_id, field)
    return changed

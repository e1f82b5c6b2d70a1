"""Taking a published study up again: as a submission on the desk that begins from what readers see now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workbench import richtext
from workbench.desk import changing, decisions
from workbench.desk.catalogue import browsing, sides
from workbench.desk.desk import Desk
from workbench.desk.rows import NOTHING, TakenUp
from workbench.edits import Change, Edit
from workbench.errors import Refused
from workbench.publication import PublishedField, Study
from workbench.richtext import RichText
from workbench.submission import EDITABLE, FieldValue, Passage, Status, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.template import Template

OPEN = EDITABLE | {Status.APPROVED, Status.QUEUED, Status.PROPOSED}
"""The states of work on a study that is under way."""

OVER = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
"""The states of work on a study that came to its end."""


def take_up(desk: Desk, study: str) -> TakenUp:
    """Opens a published study, by its UUID, as a new edit, as one step that can be undone.

    Work on it that is under way on this desk is shown instead, and work that was published from this desk is reopened
    where nobody has published since. Needs the catalogue only for pictures that are not on this desk yet.
    Raises WrongUsage("unknown-study"), Refused("template-unknown"), `SurroundingsFailed` where a picture cannot be
    had.
    """
    live = browsing.study(desk, study)
    if known := _own(desk, live, OPEN):
        return TakenUp(known.id, NOTHING)
    for image in live.publication.images:
        browsing.asset(desk, image.sha256)
    with desk.store.writing() as connection:
        if known := _own(desk, live, OPEN):
            return TakenUp(known.id, NOTHING)
        if (over := _own(desk, live, OVER)) and over.base_version == live.version:
            return TakenUp(over.id, decisions.reopen(desk, [over.id]))
        return _made(desk, connection, live)


def _own(desk: Desk, live: Study, among: Iterable[Status]) -> Submission | None:
    """The newest work on a study that stands in one of these states on this desk."""
    from workbench.store import submissions

    with desk.store.reading() as connection:
        ids = submissions.of_study(connection, live.publication.study)
        found = [changing.load(connection, each) for each in ids]
    return next((each for each in reversed(found) if each.status in among), None)


def _made(desk: Desk, connection: Connection, live: Study) -> TakenUp:
    from workbench.store import submissions

    new = submission(desk, live, submissions.mint_id(connection, desk.today.year))
    submissions.add(connection, new)
    present = Change(new.id, "submission", "present", False, True)
    said = {"title": changing.named(new), "version": live.version}
    return TakenUp(new.id, changing.commit(desk, connection, Edit("take-up", (present,), said), made=new))


def submission(desk: Desk, live: Study, submission_id: str) -> Submission:
    """The submission in which a published study is worked on again.

    Answers that the template has no field for any more wait among the unplaced. Raises Refused("template-unknown").
    """
    publication = live.publication
    template = desk.templates.version(publication.template, publication.template_version)
    if template is None:
        raise Refused("template-unknown", title=f"“{publication.title}”", template=publication.template)
    answers = (*publication.fields, *publication.personal)
    review = publication.review_by
    return Submission(
        id=submission_id,
        study=publication.study,
        template=template.id,
        template_version=template.version,
        status=Status.IN_REVIEW,
        fields=dict(_fields(live, template, answers)),
        unplaced=tuple(_unplaced(template, answers)),
        pictures=tuple(map(sides.as_arrived, publication.images)),
        authorities=publication.authorities,
        terms=live.terms,
        received=desk.clock(),
        due=decisions.next_due(desk),
        base_version=live.version,
        review_on=review if review and review > desk.today else None,
    )


def _fields(
    live: Study, template: Template, answers: Iterable[PublishedField]
) -> Iterator[tuple[str, FieldValue]]:
    publication = live.publication
    apart = {"title": publication.title, "council": publication.councils, "summary": publication.summary}
    contents: dict[str, RichText] = {name: sides.line(text) for name, text in apart.items() if text}
    contents |= {field.id: richtext.from_html(field.html) for field in answers if field.id in template.by_id}
    for name, content in contents.items():
        yield name, FieldValue(content, "published", 1.0)


def _unplaced(template: Template, answers: Iterable[PublishedField]) -> Iterator[Passage]:
    unknown = (field for field in answers if field.id not in template.by_id)
    for at, field in enumerate(unknown):
        yield Passage(f"published-{field.id}", richtext.from_html(field.html), field.label, position=at)

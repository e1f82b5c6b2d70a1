"""Two editors, one study: what they both did is brought together, and nobody's words are replaced unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.catalogue.given import lay
from workbench.desk import Desk, decisions, history, open_desk, study
from workbench.desk.catalogue import batches, conflicts, publishing
from workbench.desk.keeping import forgetting
from workbench.desk.rows import Conflict, ConflictPlace
from workbench.edits import between
from workbench.errors import Refused, WrongUsage
from workbench.richtext import Image as Picture_
from workbench.richtext import from_html, from_text, images, plain, to_html
from workbench.store import bases, blobs, mirror, slots, submissions
from workbench.submission import FieldValue, Picture, Status, Submission, Term

STARTED = {
    "title": "Leeds: a repair café in every ward",
    "summary": "Residents mend what they own.",
    "impact": "<p>58 tonnes of goods were repaired between April and March.</p>",
    "lessons": "<p>Ask people what is broken.</p><p>Begin small.</p>",
    "contact": "<p>An invented person</p>",
}

Change = Callable[[Submission], Submission]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Mine and a colleague's, with one catalogue; the catalogue is made by the first to publish."""
    shared = f"sqlite:///{tmp_path / 'shared.db'}"
    from workbench import catalogue

    catalogue.init(shared)
    with (
        open_desk(tmp_path / "mine", who="Ada", catalogue=shared) as mine,
        open_desk(tmp_path / "colleague", who="Bob", catalogue=shared) as colleague,
    ):
        yield mine, colleague


def saying(**answers: str) -> Change:
    def change(submission: Submission) -> Submission:
        told = {name: FieldValue(from_html(html), "editor", 1.0) for name, html in answers.items()}
        return replace(submission, fields={**submission.fields, **told})

    return change


def unchanged(submission: Submission) -> Submission:
    return submission


def publish(desk: Desk, submission: str, change: Change = unchanged) -> str:
    """What becomes of a submission that is changed and sent, without an editor's checks."""
    edit(desk, submission, change, Status.APPROVED)
    publishing.queue(desk, [submission])
    (outcome,) = publishing.publish(desk, [submission])
    return outcome.result


def edit(desk: Desk, submission: str, change: Change, status: Status | None = None) -> None:
    with desk.store.writing() as connection:
        before = submissions.load(connection, submission)
        assert before is not None
        after = change(replace(before, status=status or before.status))
        slots.write(connection, between(before, after))


def begun(desks: tuple[Desk, Desk], change: Change = unchanged) -> tuple[str, str]:
    """The study as published from my desk, and at hand on both: a colleague has my submission at the same version."""
    mine, colleague = desks
    one = lay(mine, 1)
    edit(mine, one, change)
    assert publish(mine, one, saying(**STARTED)) == "published"
    same = study.show(mine, one)
    other = lay(colleague, 1)
    edit(colleague, other, lambda own: replace(same, id=own.id))
    publishing.pull(colleague)
    return one, other


def place(found: Conflict, name: str) -> ConflictPlace:
    return next(each for each in found.places if each.name == name)


def answer(desk: Desk, submission: str, field: str) -> str:
    return study.show(desk, submission).value(field).text


@pytest.fixture
def met(desks: tuple[Desk, Desk]) -> tuple[Desk, Desk, str]:
    """Both have changed the impact in different places, each something else besides; mine came back."""
    mine, colleague = desks
    one, other = begun(desks)
    theirs = saying(
        impact=STARTED["impact"].replace("58", "58.4"),
        lessons=STARTED["lessons"].replace("Begin small.", "Begin with one hall."),
        title="Leeds: a repair café for all",
    )
    assert publish(colleague, other, theirs) == "published"
    ours = saying(
        impact=STARTED["impact"].replace("March.", "March, saving £210,000 in all."),
        title="Leeds mends",
        summary="Residents mend and lend.",
    )
    assert publish(mine, one, ours) == "conflict"
    return mine, colleague, one


def test_three_sides_place_by_place(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    found = conflicts.show(mine, one)
    states = {each.name: each.state for each in found.places}
    assert states == {"title": "conflict", "summary": "mine", "impact": "merged", "lessons": "theirs"}
    assert (found.base_version, found.live_version, found.published_by) == (1, 2, "Bob")
    impact, title = place(found, "impact"), place(found, "title")
    assert impact.base == "58 tonnes of goods were repaired between April and March."
    assert (
        impact.merged == "58.4 tonnes of goods were repaired between April and March, saving £210,000 in all."
    )
    assert (title.mine, title.theirs, title.merged) == ("Leeds mends", "Leeds: a repair café for all", None)
    assert title.written is not None
    assert {"mends", "all"} <= set(plain(title.written.draft).split())
    assert found.open == (title,)


def test_one_step_brings_them_together_and_the_next_sending_publishes_both(
    met: tuple[Desk, Desk, str],
) -> None:
    mine, colleague, one = met
    found = conflicts.show(mine, one)
    changed = conflicts.resolve(mine, one, found.seen, {"title": "ours"})
    assert changed.said == "Brought “Leeds mends” together with version 2; it waits in the outbox again."
    submission = study.show(mine, one)
    assert (submission.status, submission.base_version) == (Status.QUEUED, 2)
    assert [outcome.result for outcome in publishing.publish(mine)] == ["published"]
    publishing.pull(colleague)
    with colleague.store.reading() as connection:
        live = mirror.get(connection, submission.study)
    assert live is not None and live.version == 3
    told = {field.id: plain(from_html(field.html)) for field in live.publication.fields}
    assert "58.4 tonnes" in told["impact"] and "£210,000" in told["impact"]
    assert "Begin with one hall." in told["lessons"]
    assert (live.publication.title, live.publication.summary) == ("Leeds mends", "Residents mend and lend.")


def test_it_is_undone_and_done_again_as_one_step(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    before = study.show(mine, one)
    seen = conflicts.show(mine, one).seen
    conflicts.resolve(mine, one, seen, {"title": "theirs"})
    merged = study.show(mine, one)
    assert merged.title == "Leeds: a repair café for all"
    history.undo(mine)
    assert known(study.show(mine, one)) == known(before)
    assert [row.state for row in publishing.outbox(mine)] == ["conflict"]
    history.redo(mine)
    assert study.show(mine, one) == merged


def known(submission: Submission) -> Submission:
    """All of it that does not follow from the rest."""
    return replace(submission, findings=())


def test_what_is_left_alone_stays_as_it_was(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    before, entries = study.show(mine, one), history.entries(mine)
    found = conflicts.show(mine, one)
    with pytest.raises(Refused, match="still-to-choose"):
        conflicts.resolve(mine, one, found.seen, {"summary": "ours"})
    with pytest.raises(Refused, match="cannot-merge"):
        conflicts.resolve(mine, one, found.seen, {"title": "merged"})
    with pytest.raises(WrongUsage, match="unknown-place"):
        conflicts.resolve(mine, one, found.seen, {"title": "ours", "no-such": "ours"})
    with pytest.raises(WrongUsage, match="no-own-words"):
        conflicts.resolve(mine, one, found.seen, {"title": "ours", "themes": from_text("Waste")})
    assert (study.show(mine, one), history.entries(mine)) == (before, entries)


def test_it_is_not_sent_again_before_somebody_has_chosen(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    with pytest.raises(Refused, match="conflict-open"):
        publishing.queue(mine, [one])


def test_what_gets_a_blocker_is_looked_at_before_it_is_sent(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    seen = conflicts.show(mine, one).seen
    changed = conflicts.resolve(mine, one, seen, {"title": from_text("")})
    assert changed.said.endswith("a blocker is open, so it is in review.")
    assert study.show(mine, one).status == Status.IN_REVIEW
    assert waiting(mine) == []
    history.undo(mine)
    assert study.show(mine, one).status == Status.APPROVED


def test_own_words_and_the_live_ones(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    seen = conflicts.show(mine, one).seen
    chosen = {"title": from_text("Leeds mends for all"), "summary": "theirs", "impact": "ours"}
    conflicts.resolve(mine, one, seen, chosen)  # type: ignore[arg-type]
    assert answer(mine, one, "title") == "Leeds mends for all"
    assert answer(mine, one, "summary") == "Residents mend what they own."
    assert "58 tonnes" in answer(mine, one, "impact") and "£210,000" in answer(mine, one, "impact")


def test_what_the_desk_did_after_it_came_back_stays(met: tuple[Desk, Desk, str]) -> None:
    mine, _, one = met
    decisions.reopen(mine, [one])
    edit(mine, one, saying(summary="Residents mend, lend and share."))
    found = conflicts.show(mine, one)
    assert place(found, "summary").mine == "Residents mend, lend and share."
    conflicts.resolve(mine, one, found.seen, {"title": "ours"})
    submission = study.show(mine, one)
    assert (submission.status, submission.base_version) == (Status.IN_REVIEW, 2)
    assert submission.value("summary").text == "Residents mend, lend and share."
    assert "one hall" in submission.value("lessons").text


def test_what_is_live_has_moved_once_more(met: tuple[Desk, Desk, str]) -> None:
    mine, colleague, one = met
    found = conflicts.show(mine, one)
    (theirs,) = (row.submission for row in publishing.outbox(colleague))
    assert publish(colleague, theirs, saying(title="Leeds once more")) == "published"
    before = study.show(mine, one)
    with pytest.raises(Refused, match="live-moved"):
        conflicts.resolve(mine, one, found.seen, {"title": "ours"})
    assert study.show(mine, one) == before
    again = conflicts.show(mine, one)
    assert (again.live_version, place(again, "title").theirs) == (3, "Leeds once more")


def test_what_waits_and_would_be_a_conflict_is_brought_together_in_the_outbox(
    desks: tuple[Desk, Desk],
) -> None:
    mine, colleague = desks
    one, other = begun(desks)
    edit(mine, one, saying(summary="Mine."), Status.APPROVED)
    publishing.queue(mine, [one])
    assert publish(colleague, other, saying(lessons="<p>Theirs.</p>")) == "published"
    assert [row.outcome for row in publishing.rehearse(mine).rows] == ["conflict"]
    found = conflicts.show(mine, one)
    assert found.open == ()
    (queued,) = waiting(mine)
    conflicts.resolve(mine, one, found.seen, {})
    assert waiting(mine) != [queued]
    assert [row.outcome for row in publishing.rehearse(mine).rows] == ["update"]
    history.undo(mine)
    assert waiting(mine) == [queued]
    history.redo(mine)
    assert [outcome.result for outcome in publishing.publish(mine)] == ["published"]
    with pytest.raises(Refused):
        history.undo(mine)


def waiting(desk: Desk) -> list[str]:
    return [row.publication for row in publishing.outbox(desk) if row.state == "waiting"]


def test_nothing_to_choose_where_nothing_moved(desks: tuple[Desk, Desk]) -> None:
    mine, _ = desks
    one, _ = begun(desks)
    with pytest.raises(Refused, match="no-conflict"):
        conflicts.show(mine, one)
    edit(mine, one, saying(summary="Mine."), Status.APPROVED)
    with pytest.raises(Refused, match="no-conflict"):
        conflicts.show(mine, one)


def test_withdrawn_meanwhile_is_brought_back_only_by_choice(desks: tuple[Desk, Desk]) -> None:
    mine, colleague = desks
    one, _ = begun(desks)
    edit(mine, one, saying(summary="Mine."), Status.APPROVED)
    publishing.queue(mine, [one])
    publishing.withdraw(
        colleague, study.show(mine, one).study, "asked by the council", "Being looked at again."
    )
    assert [outcome.result for outcome in publishing.publish(mine)] == ["conflict"]
    with pytest.raises(Refused, match="conflict-open"):
        publishing.queue(mine, [one])
    found = conflicts.show(mine, one)
    assert (found.withdrawn, found.note, found.open) == (True, "Being looked at again.", ())
    conflicts.resolve(mine, one, found.seen, {})
    assert [outcome.result for outcome in publishing.publish(mine)] == ["published"]


def test_who_was_redacted_is_not_brought_back_unasked(desks: tuple[Desk, Desk]) -> None:
    mine, colleague = desks
    one, other = begun(desks)
    edit(mine, one, saying(contact="<p>Another invented person</p>"))
    assert publish(colleague, other, saying(title="Leeds once more")) == "published"
    assert publish(mine, one) == "conflict"
    redact(mine, one)
    found = conflicts.show(mine, one)
    contact = place(found, "contact")
    assert (contact.forgotten, contact.merged, contact.theirs) == (True, None, "")
    with pytest.raises(Refused, match="still-to-choose"):
        conflicts.resolve(mine, one, found.seen, {})
    conflicts.resolve(mine, one, found.seen, {"contact": "theirs"})
    assert answer(mine, one, "contact") == ""


def test_who_was_forgotten_is_not_known_of_what_work_began_from(desks: tuple[Desk, Desk]) -> None:
    mine, _ = desks
    one, _ = begun(desks)
    forgetting.forget(mine, one)
    with mine.store.reading() as connection:
        base = bases.get(connection, study_of(mine, one), 1)
    assert base is not None and not base.whole


def redact(desk: Desk, submission: str) -> None:
    """As the mirror tells of a study whose personal fields the catalogue has emptied."""
    with desk.store.writing() as connection:
        live = mirror.get(connection, study_of(desk, submission))
        assert live is not None
        told = replace(live.publication, personal=(), salt="", personal_digest="0" * 64)
        mirror.take(connection, [replace(live, publication=told)])


def study_of(desk: Desk, submission: str) -> str:
    return study.show(desk, submission).study


def test_both_began_the_study_and_nothing_of_either_is_lost(desks: tuple[Desk, Desk]) -> None:
    mine, colleague = desks
    assert publish(colleague, lay(colleague, 1), saying(lessons="<p>Theirs.</p>")) == "published"
    one = lay(mine, 1)
    assert publish(mine, one, saying(title="Mine", impact="<p>Ours.</p>")) == "conflict"
    found = conflicts.show(mine, one)
    assert (found.base_version, [each.name for each in found.open]) == (0, ["title"])
    conflicts.resolve(mine, one, found.seen, {"title": "theirs"})
    assert (answer(mine, one, "impact"), answer(mine, one, "lessons")) == ("Ours.", "Theirs.")


def test_themes_and_days_of_both(desks: tuple[Desk, Desk]) -> None:
    mine, colleague = desks
    one, other = begun(desks)
    housing, health = Term("topic", "housing", "Housing"), Term("topic", "health", "Health")
    theirs: Change = lambda own: replace(own, terms=(housing,), review_on=date(2028, 1, 1))  # noqa: E731
    ours: Change = lambda own: replace(own, terms=(*own.terms, health), review_on=date(2028, 2, 2))  # noqa: E731
    assert publish(colleague, other, theirs) == "published"
    assert publish(mine, one, ours) == "conflict"
    found = conflicts.show(mine, one)
    assert {each.name: each.merged for each in found.places} == {
        "themes": "Health, Housing",
        "review_by": None,
    }
    conflicts.resolve(mine, one, found.seen, {"review_by": "theirs"})
    submission = study.show(mine, one)
    assert (set(submission.terms), submission.review_on) == ({housing, health}, date(2028, 1, 1))


def png(colour: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (30, 20), colour).save(written, "PNG", comment=b"taken at home")
    return written.getvalue()


def pictured(desk: Desk, colour: str, alt: str | None, field: str) -> Change:
    """Puts a picture into a field."""
    with desk.store.writing() as connection:
        sha256 = blobs.put(connection, png(colour))

    def change(submission: Submission) -> Submission:
        own = Picture(f"{colour}.png", alt, sha256, "image/png", 30, 20, 1, "Leeds City Council")
        shown = (
            to_html(submission.value(field).content) + f'<p><img src="asset:{sha256}" alt="{alt or ""}"></p>'
        )
        kept = tuple(each for each in submission.pictures if each.sha256 != sha256)
        return saying(**{field: shown})(replace(submission, pictures=(*kept, own)))

    return change


def test_pictures_and_what_is_said_of_them(desks: tuple[Desk, Desk]) -> None:
    """A description is merged apart from the words around it; a picture of the live version comes with its words."""
    mine, colleague = desks
    one, other = begun(desks, pictured(mine, "red", "A table", "solution"))
    pictured(colleague, "red", "", "solution")
    red = study.show(mine, one).pictures[0].sha256

    def described(submission: Submission) -> Submission:
        told = tuple(replace(each, alt="A table of tools") for each in submission.pictures)
        html = to_html(submission.value("solution").content).replace("A table", "A table of tools")
        return saying(solution=html)(replace(submission, pictures=told))

    theirs = pictured(colleague, "blue", "A hall", "lessons")
    assert publish(colleague, other, lambda own: theirs(described(own))) == "published"
    assert publish(mine, one, saying(summary="Mine.")) == "conflict"
    found = conflicts.show(mine, one)
    states = {each.label: each.state for each in found.places}
    assert states == {"Summary": "mine", "Lessons learned": "theirs", "Picture 1": "theirs"}
    conflicts.resolve(mine, one, found.seen, {})
    submission = study.show(mine, one)
    alts = {picture.sha256: picture.alt for picture in submission.pictures}
    assert alts.pop(red) == "A table of tools" and set(alts.values()) == {"A hall"}
    (shown,) = images(submission.value("solution").content)
    assert shown == Picture_(red, "A table of tools")
    (come,) = images(submission.value("lessons").content)
    assert study.asset(mine, come.asset) and come.alt == "A hall"
    assert [outcome.result for outcome in publishing.publish(mine)] == ["published"]


def test_what_work_began_from_is_at_hand_when_others_published_it(desks: tuple[Desk, Desk]) -> None:
    """The colleague never sent version 2 and has gone on to 3; what its work began from is still told."""
    mine, colleague = desks
    one, other = begun(desks)
    assert publish(mine, one, saying(summary="Second.")) == "published"
    publishing.pull(colleague)
    edit(colleague, other, lambda own: replace(own, base_version=2, status=Status.APPROVED))
    edit(colleague, other, saying(summary="Second."))
    assert publish(mine, one, saying(impact="<p>Third.</p>")) == "published"
    publishing.pull(colleague)
    with colleague.store.reading() as connection:
        base = bases.get(connection, study_of(colleague, other), 2)
    assert base is not None and not base.whole
    assert base.publication.summary == "Second." and base.publication.personal == ()
    edit(colleague, other, saying(lessons="<p>Theirs.</p>"))
    found = conflicts.show(colleague, other)
    assert found.known and {each.name: each.state for each in found.places} == {
        "impact": "theirs",
        "lessons": "mine",
    }


def test_without_what_work_began_from_the_catalogue_is_asked_and_offline_all_is_chosen(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    mine, colleague = desks
    one, _ = begun(desks)
    assert publish(mine, one, saying(summary="Second.")) == "published"
    publishing.pull(colleague)
    fresh = lay(colleague, 2)
    same = study.show(mine, one)
    edit(colleague, fresh, lambda own: replace(same, id=own.id, status=Status.APPROVED, base_version=1))
    with colleague.store.writing() as connection:
        connection.exec_driver_sql("UPDATE submission SET study = ? WHERE id = ?", (same.study, fresh))
        connection.exec_driver_sql("DELETE FROM base_study")
    edit(colleague, fresh, saying(summary="Mine."))
    (tmp_path / "shared.db").rename(tmp_path / "away.db")
    offline = conflicts.show(colleague, fresh)
    assert not offline.known and [each.name for each in offline.open] == ["summary"]
    (tmp_path / "away.db").rename(tmp_path / "shared.db")
    online = conflicts.show(colleague, fresh)
    assert online.known and place(online, "summary").base == STARTED["summary"]


def test_a_version_that_the_catalogue_does_not_have(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    """As after the catalogue was set back: what the desk has is a first version there."""
    from workbench import catalogue

    mine, _ = desks
    one, _ = begun(desks)
    (tmp_path / "shared.db").unlink()
    catalogue.init(f"sqlite:///{tmp_path / 'shared.db'}")
    assert publish(mine, one, saying(summary="Mine.")) == "conflict"
    found = conflicts.show(mine, one)
    assert (found.live_version, found.open) == (0, ())
    conflicts.resolve(mine, one, found.seen, {})
    assert answer(mine, one, "summary") == "Mine."
    assert [outcome.result for outcome in publishing.publish(mine)] == ["published"]


def test_what_was_taken_back_is_not_what_work_goes_on_from(desks: tuple[Desk, Desk]) -> None:
    mine, colleague = desks
    one, other = begun(desks)
    assert publish(mine, one, saying(summary="Words that were too early.")) == "published"
    assert [outcome.result for outcome in batches.undo(mine, "2")] == ["published"]
    with mine.store.reading() as connection:
        base = bases.get(connection, study_of(mine, one), 3)
    assert base and base.publication.summary == STARTED["summary"]

    publishing.pull(colleague)
    edit(colleague, other, lambda own: replace(own, base_version=3))
    assert publish(colleague, other, saying(lessons="<p>Begin with one hall.</p>")) == "published"
    assert publish(mine, one) == "conflict"
    found = conflicts.show(mine, one)
    assert place(found, "summary").state == "mine", (
        "the early words are wanted now, and are not replaced unseen"
    )
    assert place(found, "lessons").state == "theirs"

"""A published study taken up again: what it begins from, what is shown instead, and its undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.desk import Desk, decisions, history, open_desk, queue, study
from workbench.desk.catalogue import browsing, publishing, taking_up
from workbench.desk.editing import review
from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.publication import PublishedField, PublishedImage, Study
from workbench.richtext import from_text
from workbench.search import CatalogueQuery
from workbench.store import blobs, mirror
from workbench.submission import Status, Term

Lay = Callable[..., str]
WASTE = Term("topic", "waste-and-recycling", "Waste and recycling")


@pytest.fixture
def colleague(tmp_path: Path, desk: Desk, lay: Lay) -> Iterator[Desk]:
    """Another desk on the catalogue in which `desk` has published one study."""
    published(desk, lay)
    with open_desk(tmp_path / "other", who="Bob", catalogue=desk.catalogue_url, clock=desk.clock) as other:
        publishing.pull(other)
        yield other


def published(desk: Desk, lay: Lay) -> str:
    unplaced = lay(terms=(WASTE,), pictures=(), unplaced=(), notes=())
    for finding in study.show(desk, unplaced).open_findings:
        review.dismiss(desk, unplaced, finding.key, "Looked at")
    decisions.approve(desk, [unplaced])
    publishing.queue(desk, [unplaced])
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
    return unplaced


def live(desk: Desk) -> Study:
    return browsing.study(desk, browsing.search(desk, CatalogueQuery()).hits[0].study)


def test_a_new_edit_begins_from_what_readers_see(colleague: Desk) -> None:
    found = live(colleague)
    taken = taking_up.take_up(colleague, found.publication.study)
    made = study.show(colleague, taken.submission)
    assert (made.status, made.base_version, made.study) == (Status.IN_REVIEW, 1, found.publication.study)
    assert made.files == ()
    seen = browsing.preview(colleague, taken.submission).publication
    for name in ("title", "summary", "fields", "personal", "authorities", "terms", "images", "review_by"):
        assert getattr(seen, name) == getattr(found.publication, name), name


def test_taken_up_twice_is_one_edit(colleague: Desk) -> None:
    uuid = live(colleague).publication.study
    first = taking_up.take_up(colleague, uuid)
    second = taking_up.take_up(colleague, uuid)
    assert second.submission == first.submission
    assert not second.changed.said
    assert len(queue.rows(colleague)) == 1


def test_it_is_undone_in_one_step(colleague: Desk) -> None:
    taking_up.take_up(colleague, live(colleague).publication.study)
    history.undo(colleague)
    assert queue.rows(colleague) == ()


def test_ones_own_published_work_is_reopened_with_its_file(desk: Desk, lay: Lay) -> None:
    own = published(desk, lay)
    taken = taking_up.take_up(desk, live(desk).publication.study)
    assert taken.submission == own
    assert study.show(desk, own).status == Status.IN_REVIEW
    assert study.show(desk, own).files


def test_work_that_a_colleague_went_on_from_begins_anew(desk: Desk, colleague: Desk) -> None:
    taken = taking_up.take_up(colleague, live(colleague).publication.study).submission
    review.edit(colleague, taken, "summary", from_text("Residents mend what they own, since 2026."))
    for finding in study.show(colleague, taken).open_findings:
        review.dismiss(colleague, taken, finding.key, "Looked at")
    decisions.approve(colleague, [taken])
    publishing.queue(colleague, [taken])
    assert [outcome.version for outcome in publishing.publish(colleague)] == [2]
    publishing.pull(desk)
    fresh = taking_up.take_up(desk, live(desk).publication.study)
    assert len(queue.rows(desk)) == 2
    assert study.show(desk, fresh.submission).base_version == 2
    assert "since 2026" in study.show(desk, fresh.submission).value("summary").text


def held(desk: Desk, found: Study) -> str:
    with desk.store.writing() as connection:
        mirror.take(connection, [found])
    return found.publication.study


def test_an_answer_the_template_no_longer_asks_for_waits_among_the_unplaced(colleague: Desk) -> None:
    found = live(colleague)
    more = (*found.publication.fields, PublishedField("weather", "The weather", "<p>Fine.</p>"))
    uuid = held(colleague, replace(found, publication=replace(found.publication, fields=more)))
    made = study.show(colleague, taking_up.take_up(colleague, uuid).submission)
    assert [(one.heading, one.text) for one in made.unplaced] == [("The weather", "The weather\nFine.")]


def test_a_template_that_is_not_at_hand_is_said_so(colleague: Desk) -> None:
    found = live(colleague)
    uuid = held(colleague, replace(found, publication=replace(found.publication, template="of-old")))
    with pytest.raises(Refused, match="template-unknown"):
        taking_up.take_up(colleague, uuid)
    assert queue.rows(colleague) == ()


def test_without_a_network_only_a_missing_picture_stands_in_the_way(colleague: Desk) -> None:
    found = live(colleague)
    image = PublishedImage("cd" * 32, "A chart", "", "image/png", 10, 10)
    uuid = held(colleague, replace(found, publication=replace(found.publication, images=(image,))))
    colleague.catalogue_url = "postgresql://nobody@127.0.0.1:9/none"
    with pytest.raises(SurroundingsFailed, match="catalogue-unreachable"):
        taking_up.take_up(colleague, uuid)
    with colleague.store.writing() as connection:
        kept = blobs.put(connection, b"picture")
    at_hand = replace(found.publication, images=(replace(image, sha256=kept),))
    assert taking_up.take_up(colleague, held(colleague, replace(found, publication=at_hand))).changed.said


def test_an_unknown_study_is_said_so(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="unknown-study"):
        taking_up.take_up(desk, "nothing")

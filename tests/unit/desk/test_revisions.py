"""A newer version laid beside the study: what comes together by itself, what is chosen, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.coming import files, stories
from tests.unit.desk.conftest import Clock
from tests.unit.desk.test_arrivals import STORY, other_story, word_file
from workbench.desk import Desk, decisions, history, open_desk, queue, study
from workbench.desk.arriving import arrivals, settling
from workbench.desk.catalogue import publishing
from workbench.desk.council import revisions
from workbench.desk.editing import review
from workbench.desk.rows import Arrival, Laid
from workbench.errors import Refused
from workbench.richtext import from_text
from workbench.submission import Status

ID = "CB-2026-0001"
LONG: Mapping[str, str] = {
    **STORY,
    "The challenge": " ".join(
        (
            "Most households own a drill that is used for minutes a year.",
            "Money and cupboards are short in every ward of the city, and shorter in its terraces.",
            "A survey of four hundred residents found that two in three had bought a tool for a single job.",
            "Waste officers counted eleven tonnes of small tools at the tips in one year alone.",
        )
    ),
}


def came(desk: Desk, folder: Path, name: str, story: Mapping[str, str] = LONG, **more: str) -> Arrival:
    path = folder / name
    path.write_bytes(word_file(story, **more))
    (arrival,) = arrivals.import_paths(desk, [path])
    return arrival


def states(laid: Laid) -> dict[str, str]:
    return {place.name: place.state for place in laid.places}


@pytest.fixture
def first(desk: Desk, tmp_path: Path) -> Desk:
    assert came(desk, tmp_path, "first.docx").taken_for == "new"
    return desk


def test_what_one_side_changed_comes_together_by_itself(first: Desk, tmp_path: Path) -> None:
    review.edit(first, ID, "summary", from_text("Residents borrow a drill."))
    arrival = came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "In two years 3,100 residents borrowed 9,000 things."},
    )
    assert (arrival.taken_for, arrival.of, arrival.certain) == ("revision", ID, True)
    laid = revisions.show(first, ID)
    assert states(laid) == {"summary": "mine", "impact": "theirs"}
    assert (laid.file, laid.base_file, laid.open) == ("second.docx", "first.docx", ())
    revisions.resolve(first, ID, laid.seen, {})
    after = study.show(first, ID)
    assert after.value("summary").text == "Residents borrow a drill."
    assert after.value("impact").text.startswith("In two years")
    assert after.waiting == () and study.source(first, ID).name == "second.docx"
    with pytest.raises(Refused, match="no-revision"):
        revisions.show(first, ID)


def test_what_both_changed_is_chosen(first: Desk, tmp_path: Path) -> None:
    review.edit(
        first, ID, "impact", from_text("Over a thousand residents borrowed nearly four thousand things.")
    )
    came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "By March 2,000 residents had borrowed 6,400 things."},
    )
    laid = revisions.show(first, ID)
    assert [place.name for place in laid.open] == ["impact"]
    with pytest.raises(Refused, match="still-to-choose"):
        revisions.resolve(first, ID, laid.seen, {})
    before = study.show(first, ID)
    wanted = {
        "ours": "Over a thousand residents borrowed nearly four thousand things.",
        "theirs": "By March 2,000 residents had borrowed 6,400 things.",
    }
    for take, text in wanted.items():
        revisions.resolve(first, ID, revisions.show(first, ID).seen, {"impact": take})
        assert study.show(first, ID).value("impact").text == text
        history.undo(first)
        assert study.show(first, ID) == before
    revisions.resolve(first, ID, revisions.show(first, ID).seen, {"impact": "joined"})
    assert all(text in study.show(first, ID).value("impact").text for text in wanted.values())
    history.undo(first)
    own = from_text("Counted again: 2,000 residents.")
    revisions.resolve(first, ID, revisions.show(first, ID).seen, {"impact": own})
    assert study.show(first, ID).value("impact").content == own


def test_both_changed_in_different_places_is_joined(first: Desk, tmp_path: Path) -> None:
    mine = LONG["The challenge"].replace("Most households", "Nearly all households")
    review.edit(first, ID, "challenge", from_text(mine))
    theirs = LONG["The challenge"].replace("eleven tonnes", "fourteen tonnes")
    came(first, tmp_path, "second.docx", **{"The challenge": theirs})
    laid = revisions.show(first, ID)
    assert states(laid) == {"challenge": "merged"}
    revisions.resolve(first, ID, laid.seen, {})
    assert study.show(first, ID).value("challenge").text == mine.replace("eleven tonnes", "fourteen tonnes")


def test_an_answer_that_is_gone_is_asked_about(first: Desk, tmp_path: Path) -> None:
    story = {heading: text for heading, text in LONG.items() if heading != "The impact"}
    came(first, tmp_path, "second.docx", story)
    laid = revisions.show(first, ID)
    assert [place.name for place in laid.open] == ["impact"]
    revisions.resolve(first, ID, laid.seen, {"impact": "theirs"})
    assert not study.show(first, ID).value("impact").content


def test_what_was_changed_meanwhile_is_looked_at_again(first: Desk, tmp_path: Path) -> None:
    came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "By March 2,000 residents had borrowed 6,400 things."},
    )
    laid = revisions.show(first, ID)
    review.edit(first, ID, "impact", from_text("Typed meanwhile."))
    with pytest.raises(Refused, match="revision-moved"):
        revisions.resolve(first, ID, laid.seen, {})


def test_two_peoples_revisions_each_bring_their_own(first: Desk, tmp_path: Path) -> None:
    one = came(
        first, tmp_path, "ann.docx", **{"The impact": "By March 2,000 residents had borrowed 6,400 things."}
    )
    other = came(
        first,
        tmp_path,
        "ben.docx",
        Summary="A drill is borrowed where a book is, and bought by nobody.",
    )
    assert (one.taken_for, other.taken_for) == ("revision", "revision")
    laid = revisions.show(first, ID)
    assert [name for _, name in laid.others] == ["ben.docx"]
    revisions.resolve(first, ID, laid.seen, {})
    second = revisions.show(first, ID)
    assert (second.file, second.base_file) == ("ben.docx", "first.docx")
    assert states(second) == {"impact": "mine", "summary": "theirs"}, (
        "what Ann wrote is not taken back by Ben's file"
    )
    revisions.resolve(first, ID, second.seen, {})
    after = study.show(first, ID)
    assert after.value("impact").text.startswith("By March") and after.value("summary").text.startswith(
        "A drill"
    )


def test_a_second_revision_goes_on_from_the_first(first: Desk, tmp_path: Path) -> None:
    newer = {**LONG, "The impact": "By March 2,000 residents had borrowed 6,400 things."}
    came(first, tmp_path, "second.docx", newer)
    came(first, tmp_path, "third.docx", {**newer, "Summary": "A drill is borrowed where a book is."})
    revisions.resolve(first, ID, revisions.show(first, ID).seen, {})
    review.edit(first, ID, "impact", from_text("By March, 2,000 residents."))
    laid = revisions.show(first, ID)
    assert (laid.file, laid.base_file) == ("third.docx", "second.docx")
    assert states(laid) == {"impact": "mine", "summary": "theirs"}


def test_after_publication_it_becomes_an_update(first: Desk, tmp_path: Path) -> None:
    with_blockers = study.show(first, ID)
    for finding in with_blockers.open_findings:
        if finding.severity == "blocker":
            review.dismiss(first, ID, finding.key, "Asked by telephone.")
    decisions.approve(first, [ID])
    publishing.queue(first, [ID])
    assert [outcome.result for outcome in publishing.publish(first)] == ["published"]
    arrival = came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "By March 2,000 residents had borrowed 6,400 things."},
    )
    assert (arrival.taken_for, arrival.of) == ("revision", ID)
    assert study.show(first, ID).status == Status.PUBLISHED, "it waits, and nothing is reopened by itself"
    revisions.resolve(first, ID, revisions.show(first, ID).seen, {})
    after = study.show(first, ID)
    assert (after.status, after.base_version) == (Status.IN_REVIEW, 1)
    history.undo(first)
    assert study.show(first, ID).status == Status.PUBLISHED


@pytest.mark.parametrize("decided", ["reject", "return", "approve", "queue"])
def test_what_was_decided_is_in_review_again(decided: str, first: Desk, tmp_path: Path) -> None:
    for finding in study.show(first, ID).open_findings:
        if finding.severity == "blocker":
            review.dismiss(first, ID, finding.key, "Known.")
    if decided == "reject":
        decisions.reject(first, [ID], "Not for us.")
    elif decided == "return":
        decisions.return_(first, [ID], "More, please.")
    else:
        decisions.approve(first, [ID])
        if decided == "queue":
            publishing.queue(first, [ID])
    came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "By March 2,000 residents had borrowed 6,400 things."},
    )
    revisions.resolve(first, ID, revisions.show(first, ID).seen, {})
    assert study.show(first, ID).status == Status.IN_REVIEW
    assert publishing.outbox(first) == ()
    history.undo(first)
    assert len(publishing.outbox(first)) == (decided == "queue")


# What a file is, said by the editor


def test_a_revision_wrongly_attached_becomes_a_study_and_back(first: Desk, tmp_path: Path) -> None:
    came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "By March 2,000 residents had borrowed 6,400 things."},
    )
    (file,) = study.show(first, ID).waiting
    changed = settling.as_new(first, ID, file.sha256)
    (own,) = changed.submissions - {ID}
    assert study.show(first, own).value("impact").text.startswith("By March")
    assert [one.name for one in study.show(first, ID).files] == ["first.docx"]
    assert study.show(first, own).study != study.show(first, ID).study
    review.edit(first, own, "summary", from_text("Worked on while it stood alone."))
    settling.as_revision(first, own, ID)
    assert [row.id for row in queue.rows(first)] == [ID]
    laid = revisions.show(first, ID)
    assert states(laid) == {"summary": "theirs", "impact": "theirs"}, "what was done to it comes along"
    settling.as_new(first, ID, file.sha256)
    assert study.show(first, own).value("summary").text == "Worked on while it stood alone."
    for _ in range(4):
        history.undo(first)
    assert [one.name for one in study.show(first, ID).waiting] == ["second.docx"]
    assert [row.id for row in queue.rows(first)] == [ID]


def test_what_is_merged_is_not_parted(first: Desk, tmp_path: Path) -> None:
    came(
        first,
        tmp_path,
        "second.docx",
        **{"The impact": "By March 2,000 residents had borrowed 6,400 things."},
    )
    laid = revisions.show(first, ID)
    revisions.resolve(first, ID, laid.seen, {})
    with pytest.raises(Refused, match="merged-already"):
        settling.as_new(first, ID, laid.sha256)


DOUBTFUL = {**LONG, "Title": "Leeds: a library of things, year 2"}


def test_in_doubt_the_editor_is_asked_until_it_is_answered(first: Desk, tmp_path: Path) -> None:
    arrival = came(first, tmp_path, "year two.docx", DOUBTFUL)
    own = str(arrival.submission)
    assert (arrival.taken_for, arrival.of, arrival.certain) == ("revision", ID, False)
    assert any("counts another year" in said for said in arrival.because)
    (question,) = settling.questions(first)
    assert (question.submission, question.of, question.of_title) == (own, ID, STORY["Title"])
    for finding in study.show(first, own).open_findings:
        if finding.severity == "blocker":
            review.dismiss(first, own, finding.key, "Known.")
    with pytest.raises(Refused, match="arrival-open"):
        decisions.approve(first, [own])
    step = settling.as_new(first, own)
    assert settling.questions(first) == ()
    decisions.approve(first, [own])
    with pytest.raises(Refused, match="overtaken"):
        history.undo(first, step.entry)
    history.undo(first)
    history.undo(first)
    assert len(settling.questions(first)) == 1
    settling.as_revision(first, own, ID)
    assert settling.questions(first) == () and revisions.waiting(first) == (ID,)


WAYS = {
    "flattened": lambda told: files.flattened(told),
    "in a blank form": lambda told: files.formed(told),
    "tracked": lambda told: files.tracked(SENT, told),
}
SENT = stories.story(stories.Officers(), 5, "Leeds City Council")


@pytest.mark.parametrize("way", WAYS)
def test_only_what_was_written_anew_is_a_change(way: str, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sent.docx").write_bytes(files.headed(SENT))
    list(arrivals.import_paths(desk, [tmp_path / "sent.docx"]))
    anew = replace(
        SENT, answers={**SENT.answers, "impact": (*SENT.answers["impact"][:-1], "A later count found 2,311.")}
    )
    (tmp_path / "again.docx").write_bytes(WAYS[way](anew))
    (arrival,) = arrivals.import_paths(desk, [tmp_path / "again.docx"])
    assert (arrival.taken_for, arrival.certain) == ("revision", True)
    laid = revisions.show(desk, ID)
    assert states(laid) == {"impact": "theirs"}
    revisions.resolve(desk, ID, laid.seen, {})
    text = study.show(desk, ID).value("impact").text
    assert text.endswith("A later count found 2,311.") and SENT.answers["impact"][-1] not in text


def test_an_update_of_what_is_published_elsewhere_is_taken_for_one_and_back(
    tmp_path: Path, clock: Clock
) -> None:
    with open_desk(tmp_path / "hers", who="Bea", clock=clock) as other:
        came(other, tmp_path, "first.docx")
        for finding in study.show(other, ID).open_findings:
            if finding.severity == "blocker":
                review.dismiss(other, ID, finding.key, "Known.")
        decisions.approve(other, [ID])
        publishing.queue(other, [ID])
        assert [outcome.result for outcome in publishing.publish(other)] == ["published"]
        uuid, shared = study.show(other, ID).study, other.catalogue_url
    with open_desk(tmp_path / "mine", who="Ada", clock=clock, catalogue=shared) as desk:
        publishing.pull(desk)
        newer = {"The impact": "By March 2,000 residents had borrowed 6,400 things."}
        arrival = came(desk, tmp_path, "second.docx", **newer)
        assert (arrival.taken_for, arrival.of, arrival.certain) == ("update", uuid, True)
        assert (study.show(desk, ID).study, study.show(desk, ID).base_version) == (uuid, 1)
        settling.as_new(desk, ID)
        assert (study.show(desk, ID).study != uuid, study.show(desk, ID).base_version) == (True, 0)
        settling.as_update(desk, ID, uuid)
        assert (study.show(desk, ID).study, study.show(desk, ID).base_version) == (uuid, 1)
        history.undo(desk)
        history.undo(desk)
        assert study.show(desk, ID).study == uuid
        step = settling.as_new(desk, ID)
        for finding in study.show(desk, ID).open_findings:
            if finding.severity == "blocker":
                review.dismiss(desk, ID, finding.key, "Known.")
        decisions.approve(desk, [ID])
        publishing.queue(desk, [ID])
        with pytest.raises(Refused, match="overtaken"):
            history.undo(desk, step.entry)


def test_what_was_sent_stays_the_study_that_it_is(first: Desk, tmp_path: Path) -> None:
    for finding in study.show(first, ID).open_findings:
        if finding.severity == "blocker":
            review.dismiss(first, ID, finding.key, "Known.")
    other = str(came(first, tmp_path, "other.docx", other_story("Leeds")).submission)
    decisions.approve(first, [ID])
    publishing.queue(first, [ID])
    publishing.unqueue(first, [ID])
    decisions.reopen(first, [ID])
    settling.as_revision(first, ID, other)
    history.undo(first)
    decisions.approve(first, [ID])
    publishing.queue(first, [ID])
    assert [outcome.result for outcome in publishing.publish(first)] == ["published"]
    decisions.reopen(first, [ID])
    with pytest.raises(Refused, match="known-to-others"):
        settling.as_revision(first, ID, other)

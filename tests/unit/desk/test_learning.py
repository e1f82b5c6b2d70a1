"""What editors refuse is not proposed again, and what was published and tagged teaches the suggestions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from workbench import richtext
from workbench.desk import Desk, history
from workbench.desk.themes import learning, proposing, tagging
from workbench.errors import Refused
from workbench.progress import Cancelled
from workbench.publication import Publication, PublishedField, Study
from workbench.store import mirror
from workbench.submission import FieldValue, Status, Submission, Term

from .conftest import Lay

WASTE = Term("topic", "waste-and-recycling", "Waste and recycling")
TRANSPORT = Term("topic", "transport", "Transport")
OTHERS = [Term("topic", slug, slug) for slug in ("workforce", "communities", "equalities", "devolution")]
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def answered(**texts: str) -> dict[str, FieldValue]:
    return {
        field: FieldValue(richtext.from_text(text), "heading", 0.9, field, ("p1",))
        for field, text in texts.items()
    }


def offered(desk: Desk, owner: str) -> list[str]:
    return [each.term.slug for each in tagging.suggest(desk, owner).themes if each.proposed]


def test_a_refused_theme_is_not_proposed_again_until_it_is_undone(desk: Desk, lay: Lay) -> None:
    owner = lay(
        fields=answered(title="Food waste caddies", council="Leeds", summary="Kerbside food waste rounds.")
    )
    assert offered(desk, owner)[0] == WASTE.slug
    changed = learning.refuse(desk, owner, [WASTE])
    assert WASTE.slug not in offered(desk, owner)
    assert WASTE.slug in [each.term.slug for each in tagging.suggest(desk, owner).themes]
    assert learning.refused(desk, owner) == (WASTE,)
    assert WASTE.label in changed.said
    history.undo(desk)
    assert offered(desk, owner)[0] == WASTE.slug
    history.redo(desk)
    learning.allow(desk, owner, [WASTE])
    assert learning.refused(desk, owner) == ()


def test_refusing_twice_is_one_step_and_several_at_once_another(desk: Desk, lay: Lay) -> None:
    one, other = lay(1), lay(2)
    learning.refuse(desk, one, [WASTE])
    assert not learning.refuse(desk, one, [WASTE]).said
    both = learning.refuse(desk, [one, other], [WASTE, TRANSPORT])
    assert "2" in both.said
    assert len(history.entries(desk)) == 4
    history.undo(desk)
    assert (learning.refused(desk, one), learning.refused(desk, other)) == ((WASTE,), ())


def test_what_was_decided_on_must_be_reopened_first(desk: Desk, lay: Lay) -> None:
    owner = lay(status=Status.APPROVED)
    with pytest.raises(Refused, match="reopen-first"):
        learning.refuse(desk, owner, [WASTE])


def published(number: int, title: str, summary: str, *terms: Term) -> Study:
    uuid = f"00000000-0000-4000-9000-{number:012}"
    publication = Publication(
        uuid=uuid,
        study=uuid,
        base_version=0,
        slug=f"study-{number}",
        title=title,
        summary=summary,
        template="case-study",
        template_version=1,
        fields=(PublishedField("solution", "Solution", "<p>It went well.</p>"),),
        terms=terms,
    )
    return Study(publication, 1, NOW, "Ada", number, NOW)


def take(desk: Desk, *studies: Study) -> None:
    with desk.store.writing() as connection:
        mirror.take(connection, studies)


def test_the_published_catalogue_teaches_a_word_that_is_no_cue(desk: Desk, lay: Lay) -> None:
    owner = lay(fields=answered(title="The zeppelin", council="Leeds", summary="A zeppelin came."))
    assert offered(desk, owner) == []
    zeppelins = [published(n, f"Zeppelin {n}", "A zeppelin over the hill.", TRANSPORT) for n in range(1, 41)]
    others = [published(n, f"Pond {n}", "A pond and a lunch.", OTHERS[n % 4]) for n in range(41, 161)]
    take(desk, *zeppelins, *others)
    taught = learning.relearn(desk)
    assert (taught.studies, taught.anew) == (160, True)
    (first, *_) = tagging.suggest(desk, owner).themes
    assert first.term == TRANSPORT
    assert "zeppelin" in {word.lower() for word in first.because}
    assert not learning.relearn(desk).anew
    assert learning.relearn(desk, anyway=True).anew


def test_learning_that_is_stopped_midway_leaves_what_was_learned_before(desk: Desk) -> None:
    take(desk, *(published(n, f"Pond {n}", "A pond and a lunch.", OTHERS[n % 4]) for n in range(1, 121)))
    asked: list[int] = []

    def stop(done: int, total: int, what: str) -> None:
        asked.append(total)
        if len(asked) == 3:
            raise Cancelled

    before = desk.learned
    with pytest.raises(Cancelled):
        learning.relearn(desk, stop)
    assert asked == [120] * 3
    assert desk.learned == before
    assert learning.relearn(desk).anew


def test_studies_count_under_the_terms_they_are_filed_under_today(desk: Desk, lay: Lay) -> None:
    owner = lay(fields=answered(title="The zeppelin", council="Leeds", summary="A zeppelin came."))
    filed = [
        replace(published(n, f"Zeppelin {n}", "A zeppelin over the hill.", WASTE), filed=(TRANSPORT,))
        for n in range(1, 41)
    ]
    others = [published(n, f"Pond {n}", "A pond and a lunch.", OTHERS[n % 4]) for n in range(41, 161)]
    take(desk, *filed, *others)
    learning.relearn(desk)
    assert tagging.suggest(desk, owner).themes[0].term == TRANSPORT


def test_a_cue_that_is_refused_again_and_again_counts_for_less(desk: Desk, lay: Lay) -> None:
    texts = answered(title="Our pier", council="Leeds", summary="Engines of the ferry were mended.")
    owners = [lay(n, fields=texts) for n in range(1, 8)]
    before = tagging.suggest(desk, owners[0]).themes
    assert before[0].term == TRANSPORT or before[1].term == TRANSPORT
    score = next(each.score for each in before if each.term == TRANSPORT)
    for owner in owners[1:]:
        learning.refuse(desk, owner, [TRANSPORT])
    learning.relearn(desk)
    after = next(each.score for each in tagging.suggest(desk, owners[0]).themes if each.term == TRANSPORT)
    assert after < 0.8 * score


def test_words_of_a_suggestion_are_found_in_their_fields(desk: Desk, lay: Lay) -> None:
    owner = lay(
        fields=answered(
            title="Cleaner Leeds",
            council="Leeds City Council",
            summary="Litter pickers met.",
            challenge="Rubbish lay in lanes.",
            impact="Fly-tipping fell by half.",
        )
    )
    found = tagging.suggest(desk, owner).themes[0]
    submission = shown(desk, owner)
    words = {(each.field, submission.value(each.field).text[each.start : each.end]) for each in found.reasons}
    assert {("summary", "Litter pickers"), ("impact", "Fly-tipping")} <= words
    assert {word for _, word in words} >= set(found.because)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": "Cleaner Leeds", "council": "with Leeds City Council"}, ("council", "Leeds City Council")),
        ({"title": "Cleaner Leeds", "summary": "Litter pickers met."}, ("title", "Leeds")),
        ({"title": "Cleaner", "summary": "All met.", "impact": "Less in Leeds."}, ("impact", "Leeds")),
    ],
)
def test_the_name_of_a_council_is_found_in_its_field(
    desk: Desk, lay: Lay, fields: dict[str, str], where: tuple[str, str]
) -> None:
    submission = shown(desk, lay(fields=answered(**fields)))
    (council,) = proposing.for_submission(submission).authorities
    (place,) = council.reasons
    assert (place.field, submission.value(place.field).text[place.start : place.end]) == where


def shown(desk: Desk, owner: str) -> Submission:
    from workbench.desk import study

    return study.show(desk, owner)


def test_what_is_no_submission_is_proposed_by_what_came_with_the_program() -> None:
    found = proposing.for_text("Fly-tipping", "Rubbish in the lanes")
    assert found.themes[0].term.slug == WASTE.slug
    assert {each.field for each in found.themes[0].reasons} <= {"title", "text"}

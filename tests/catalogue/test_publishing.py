"""What a batch promises: each item its own outcome, nothing lost, nothing doubled."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.catalogue.given import PNG, PNG_SHA, assets, pictured, publication, results, send
from workbench.catalogue import Catalogue, open_catalogue, publishing, tables
from workbench.errors import Refused
from workbench.progress import Cancelled
from workbench.publication import PublishedField
from workbench.submission import Authority, Term
from workbench.themes.changes import Rename


def test_a_study_comes_back_as_it_was_sent(shared: Catalogue) -> None:
    sent = pictured()
    (outcome,) = send(shared, sent)
    assert (outcome.result, outcome.version, outcome.publication) == ("published", 1, sent.uuid)
    study = shared.live([sent.study])[sent.study]
    assert study.publication == sent
    assert study.publication.digest == sent.digest
    assert (study.version, study.change, study.withdrawn) == (1, 1, False)
    assert study.published_at == study.first_published_at
    assert shared.asset(PNG_SHA) == PNG


def test_the_empty_batch_leaves_no_trace(shared: Catalogue, engine: Engine) -> None:
    assert send(shared) == []
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM batch")) == 0


def test_a_b_a_again_are_three_versions(shared: Catalogue) -> None:
    a, b = publication(number=1), publication(number=2)
    again = replace(a, uuid=publication(number=3).uuid, base_version=2)
    assert results(shared, a) + results(shared, b) + results(shared, again) == ["published"] * 3
    versions = shared.versions(a.study)
    assert [study.version for study in versions] == [1, 2, 3]
    assert versions[0].publication.digest == versions[2].publication.digest != versions[1].publication.digest
    assert len({study.first_published_at for study in versions}) == 1


def test_the_same_words_are_unchanged(shared: Catalogue) -> None:
    first = publication()
    same = replace(first, uuid=publication(number=9).uuid, base_version=1)
    assert results(shared, first, same) == ["published", "unchanged"]
    assert shared.last_change() == 1


def test_sending_again_returns_what_became_of_it(shared: Catalogue) -> None:
    first, second = publication(number=1), publication(number=2)
    late = replace(publication(number=3), base_version=1)
    outcomes = send(shared, first, second, late)
    assert [outcome.result for outcome in outcomes] == ["published", "published", "conflict"]
    assert send(shared, late, first, second) == [outcomes[2], outcomes[0], outcomes[1]]
    assert len(shared.versions(first.study)) == 2
    assert shared.last_change() == 2


def test_the_same_publication_twice_in_one_batch_arrives_once(shared: Catalogue) -> None:
    assert results(shared, publication(), publication()) == ["published", "published"]
    assert len(shared.versions(publication().study)) == 1


def test_work_begun_from_an_older_version_is_a_conflict_that_says_who_and_when(shared: Catalogue) -> None:
    send(shared, publication(number=1), publication(number=2))
    mine = replace(publication(number=3), base_version=1)
    (outcome,) = send(shared, mine)
    assert (outcome.result, outcome.code, outcome.version) == ("conflict", "overtaken-version", 2)
    assert "2" in outcome.reason and shared.versions(mine.study)[1].published_by in outcome.reason


def test_a_first_publication_of_a_study_that_exists_is_a_conflict(shared: Catalogue) -> None:
    send(shared, publication())
    assert results(shared, replace(publication(number=2), base_version=0)) == ["conflict"]


def test_a_version_of_a_study_this_catalogue_never_had_is_a_conflict(shared: Catalogue) -> None:
    (outcome,) = send(shared, publication(number=4))
    assert (outcome.result, outcome.code) == ("conflict", "base-unknown")


@pytest.mark.parametrize("count", [3, publishing.CHUNK + 7])
def test_a_bad_item_takes_no_neighbour_along(shared: Catalogue, count: int) -> None:
    good = [publication(f"study {number}") for number in range(count)]
    twin = publication("twin", slug=good[0].slug)
    outcomes = send(shared, *good[:2], twin, *good[2:])
    assert [outcome.result for outcome in outcomes] == ["published"] * 2 + ["failed"] + ["published"] * (
        count - 2
    )
    assert outcomes[2].code == "slug-taken" and good[0].slug in outcomes[2].reason
    assert [study.publication.study for study in shared.studies()] == [each.study for each in good]
    assert shared.last_change() == count


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (publication("bad", summary="a\0b"), "text-unsendable"),
        (publication("bad", title="lone \ud800 half"), "text-unsendable"),
        (publication("bad", terms=(Term("topic", "x\0", "X"),)), "text-unsendable"),
        (publication("bad", slug="s" * 400), "label-too-long"),
        (publication("bad", summary="w" * 4_000_001), "study-too-large"),
        (publication("bad", uuid="not a uuid"), "publication-damaged"),
        (publication("bad", study="{" + publication("bad").study + "}"), "publication-damaged"),
    ],
    ids=["nul", "surrogate", "nul in a theme", "slug", "size", "uuid", "study"],
)
def test_what_no_database_can_hold_fails_alone(shared: Catalogue, bad: object, code: str) -> None:
    outcomes = send(shared, publication("one"), bad, publication("two"))
    assert [(outcome.result, outcome.code) for outcome in outcomes] == [
        ("published", ""),
        ("failed", code),
        ("published", ""),
    ]
    assert outcomes[1].reason and outcomes[1].reason != code


def test_fifty_megabytes_are_refused_in_words_before_anything_is_sent(shared: Catalogue) -> None:
    huge = pictured(fields=(PublishedField("challenge", "The challenge", "<p>words</p>" * 5_000_000),))

    def never(sha256: str) -> bytes:
        raise AssertionError("a picture of it was sent")

    (outcome,) = shared.publish([huge], never, "editor")
    assert (outcome.result, outcome.code) == ("failed", "study-too-large")
    assert "shorten it" in outcome.reason and len(outcome.reason) < 200
    assert shared.last_change() == 0


def test_a_failed_publication_may_be_sent_again(shared: Catalogue) -> None:
    study = pictured()

    def nothing(sha256: str) -> bytes:
        raise Refused("asset-missing", sha256=sha256)

    (outcome,) = shared.publish([study], nothing, "editor")
    assert (outcome.result, outcome.code) == ("failed", "asset-missing")
    assert results(shared, study) == ["published"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"other bytes", "asset-damaged"), (b"x" * (tables.MAX_ASSET + 1), "asset-too-large")],
)
def test_a_picture_must_be_what_it_says(shared: Catalogue, content: bytes, code: str) -> None:
    outcomes = list(shared.publish([pictured(), publication("other")], lambda _: content, "editor"))
    assert [(outcome.result, outcome.code) for outcome in outcomes] == [("failed", code), ("published", "")]


def test_a_picture_is_sent_and_kept_once(shared: Catalogue, engine: Engine) -> None:
    asked: list[str] = []

    def counted(sha256: str) -> bytes:
        asked.append(sha256)
        return assets(sha256)

    images = pictured().images
    pair = [publication("one", images=images), publication("two", images=images)]
    list(shared.publish(pair, counted, "editor"))
    list(shared.publish([publication("three", images=images)], counted, "editor"))
    assert asked == [PNG_SHA]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM asset")) == 1


def test_a_picture_nobody_sent_is_refused(shared: Catalogue) -> None:
    with pytest.raises(Refused, match="asset-missing"):
        shared.asset(hashlib.sha256(b"unknown").hexdigest())


@pytest.mark.parametrize(
    "text_",
    [
        "'); DROP TABLE study; --",
        "\\N",
        "\\.",
        "tab\there\nand there\\n",
        "Caerdydd: ŵ ŷ 🙂 \u202e",
        "{0} %s :name ${x}",
        "\x01\x7f",
    ],
)
def test_any_other_text_comes_back_letter_by_letter(shared: Catalogue, text_: str) -> None:
    many = [
        publication(
            f"study {n}",
            title=text_,
            summary=text_,
            authorities=(Authority(None, text_),),
            terms=(Term("topic", text_, text_),),
        )
        for n in range(120)
    ]
    assert set(results(shared, *many)) == {"published"}
    assert [study.publication for study in shared.studies()] == many


def test_cancelling_leaves_what_was_finished_finished(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "CHUNK", 2)
    batch = [publication(f"study {n}") for n in range(6)]
    done: list[str] = []

    def stop(finished: int, total: int, what: str) -> None:
        if finished == 4:
            raise Cancelled

    with open_catalogue(url) as shared:
        with pytest.raises(Cancelled):
            done += [outcome.result for outcome in shared.publish(batch, assets, "editor", stop)]
        assert len(list(shared.studies())) == 4
        assert results(shared, *batch) == ["published"] * 6
        assert len(list(shared.studies())) == 6


def test_progress_counts_from_nothing_to_all(shared: Catalogue) -> None:
    told: list[tuple[int, int]] = []
    list(
        shared.publish(
            [publication()], assets, "editor", lambda done, total, what: told.append((done, total))
        )
    )
    assert told == [(0, 1), (1, 1)]


def test_history_cannot_be_rewritten(shared: Catalogue, engine: Engine) -> None:
    send(shared, pictured())
    shared.redact(publication().study, ["contact"], "asked for", "editor")
    shared.change_vocabulary(Rename("topic", "waste", "Refuse"), "clearer", "editor")
    for table in tables.IMMUTABLE:
        for statement in (
            f"DELETE FROM {table.name}",
            f"UPDATE {table.name} SET {table.columns.keys()[-1]} = NULL",
        ):
            with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
                connection.execute(text(statement))


def test_the_audit_tells_every_change_in_order(shared: Catalogue, engine: Engine) -> None:
    send(shared, publication(number=1), publication(number=2))
    shared.withdraw(publication().study, 2, "asked for by the council", "Out of date", "editor")
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT change, action, version, reason FROM audit ORDER BY change")
        ).all()
    assert [tuple(row) for row in rows] == [
        (1, "publish", 1, ""),
        (2, "publish", 2, ""),
        (3, "withdraw", 2, "asked for by the council"),
    ]


def test_publishing_changes_no_label_and_takes_no_term_into_the_vocabulary(
    shared: Catalogue, engine: Engine
) -> None:
    send(shared, publication("one", terms=(Term("topic", "waste", "Waste"),)))
    send(shared, publication("two", terms=(Term("topic", "waste", "Waste and reuse"),)))
    with engine.connect() as connection:
        query = "SELECT label, studies, status FROM themes WHERE slug = 'waste'"
        assert connection.execute(text(query)).all() == [("Waste", 2, "unlisted")]
    one, two = shared.studies()
    assert [study.publication.terms[0].label for study in (one, two)] == ["Waste", "Waste and reuse"]
    assert [study.terms[0].label for study in (one, two)] == ["Waste", "Waste"]

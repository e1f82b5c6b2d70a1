"""The vocabulary in the catalogue: changed, followed, taken back; on SQLite and PostgreSQL alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.catalogue.given import publication, send
from workbench import catalogue
from workbench.catalogue import Catalogue, open_catalogue
from workbench.errors import Refused
from workbench.publication import Study
from workbench.submission import Term
from workbench.themes import Theme
from workbench.themes import vocabulary as shipped
from workbench.themes.changes import Add, Amend, Change, Merge, Move, Rename, Restore, Retire, Split

A, B, C, D = (f"term-{letter}" for letter in "abcd")


def theme(slug: str, **told: Any) -> Theme:
    return Theme("topic", slug, told.pop("label", slug.title()), **told)


def terms(slugs: str) -> tuple[Term, ...]:
    return tuple(theme(f"term-{letter}").term for letter in slugs)


@pytest.fixture
def listed(shared: Catalogue) -> Catalogue:
    """A catalogue whose vocabulary has four terms of our own."""
    for slug in (A, B, C, D):
        shared.change_vocabulary(Add(theme(slug)), "for the test", "ada")
    return shared


def published(shared: Catalogue, **slugs: str) -> None:
    """Studies by their name, each with the terms of these letters."""
    made = [publication(name, terms=terms(letters)) for name, letters in slugs.items()]
    assert {outcome.result for outcome in send(shared, *made)} == {"published"}


def study(shared: Catalogue, name: str) -> Study:
    return shared.live([publication(name).study])[publication(name).study]


def filed(shared: Catalogue, *names: str) -> list[str]:
    """Under which terms studies are filed, by their letters."""
    return ["".join(term.slug[-1] for term in study(shared, name).terms) for name in names]


def change(shared: Catalogue, done: Change) -> int:
    return shared.change_vocabulary(done, "why", "ada").number


def refused(deed: Any, *given: Any) -> str:
    with pytest.raises(Refused) as refusal:
        deed(*given)
    return refusal.value.code


def everything(shared: Catalogue) -> list[Any]:
    """What readers see of the vocabulary and of every study, but for the numbers of the changes."""
    return [
        shared.vocabulary().themes,
        sorted(
            (each.publication.study, each.terms, each.version, each.withdrawn) for each in shared.studies()
        ),
    ]


def test_a_new_catalogue_has_the_vocabulary_of_the_program(shared: Catalogue) -> None:
    assert shared.vocabulary().themes == shipped().themes
    assert (shared.last_change(), shared.vocabulary_changes()) == (0, ())


def test_a_merge_files_every_study_under_the_successor_and_leaves_what_was_published(
    listed: Catalogue,
) -> None:
    published(listed, one="a", two="xab".replace("x", "c"), three="ba", four="c")
    before = {name: study(listed, name) for name in ("one", "two", "three", "four")}
    seen = listed.last_change()
    foreseen = listed.foresee_change(Merge("topic", A, B))
    assert [len(each.before) for each in foreseen.studies] == [1, 3, 2]
    assert (foreseen.carrying, listed.last_change()) == (3, seen)
    done = listed.change_vocabulary(Merge("topic", A, B), "the same thing", "ada", foreseen.number)
    assert (done.studies, filed(listed, "one", "two", "three", "four")) == (3, ["b", "cb", "b", "c"])
    for name, old in before.items():
        new = study(listed, name)
        assert new.publication == old.publication and new.version == old.version and new.is_whole
        assert (new.change > seen) == (name != "four")
    changed = list(listed.changes(seen))
    assert [each.publication.slug for each in changed] == ["one", "two", "three"]
    assert listed.last_change() == done.number > changed[-1].change
    assert [each.filed for each in listed.versions(publication("one").study)] == [terms("b")]
    assert send(listed, replace(publication("one", 2), terms=terms("a")))[0].result == "published"
    assert filed(listed, "one") == ["b"]
    (first, second) = listed.versions(publication("one").study)
    assert (first.filed, second.publication.terms, second.terms) == (None, terms("a"), terms("b"))


def test_what_is_live_already_stays_unchanged_after_a_merge(listed: Catalogue) -> None:
    published(listed, one="a")
    change(listed, Merge("topic", A, B))
    assert (
        send(listed, publication("one", uuid=publication("two").uuid, base_version=1, terms=terms("a")))[
            0
        ].result
        == "unchanged"
    )


CHANGES = [
    Merge("topic", A, B),
    Rename("topic", A, "Another name"),
    Split("topic", A, (B, C), {publication("two").study: (C,), publication("three").study: (B, C)}),
    Retire("topic", A),
    Move("topic", A, B),
    Amend(theme(A, scope_note="What it is for", cues=("cue",))),
    Add(theme("new", parent=A, order=3, introduction="Odd “signs”: ŵ 𝔘 温")),
]


@pytest.mark.parametrize("done", CHANGES, ids=lambda done: type(done).__name__)
def test_whatever_was_done_is_taken_back_whole(listed: Catalogue, done: Change) -> None:
    published(listed, one="a", two="da", three="bac", four="c")
    before = everything(listed)
    number = change(listed, done)
    assert everything(listed) != before
    foreseen = listed.foresee_undo(number)
    undone = listed.undo_change(number, "a mistake", "ada", foreseen.number)
    assert everything(listed) == before
    assert undone.studies == len(foreseen.studies) == listed.vocabulary_changes(number - 1)[0].studies
    assert refused(listed.undo_change, number, "again", "ada") == "vocabulary-undone"
    listed.undo_change(undone.number, "it was right", "ada")
    assert everything(listed) != before
    (*_, first, second, third) = listed.vocabulary_changes()
    assert (first.undone_by, second.undone_by, third.undoes) == (None, third.number, second.number)
    assert (first.number, first.reason, type(first.change)) == (number, "why", type(done))
    listed.undo_change(number, "it was not", "ada")
    assert everything(listed) == before


def test_a_split_goes_where_each_study_was_told(listed: Catalogue) -> None:
    published(listed, one="a", two="da", three="dac")
    change(listed, CHANGES[2])
    assert filed(listed, "one", "two", "three") == ["b", "dc", "dbc"]
    send(listed, replace(publication("two", 2), terms=terms("a")), publication("late", terms=terms("a")))
    assert filed(listed, "two", "late") == ["c", "b"]


def test_retired_terms_stay_on_studies_and_are_followed_no_further(listed: Catalogue) -> None:
    published(listed, one="a")
    number = listed.last_change()
    done = listed.change_vocabulary(Retire("topic", A), "", "ada")
    assert (done.studies, filed(listed, "one"), list(listed.changes(number))) == (0, ["a"], [])
    published(listed, two="a")
    assert filed(listed, "two") == ["a"]
    change(listed, Restore("topic", A))


def test_a_rename_is_seen_on_every_study_and_on_none_as_it_was_published(listed: Catalogue) -> None:
    published(listed, one="ab", two="c")
    change(listed, Rename("topic", A, "New name"))
    assert [term.label for term in study(listed, "one").terms] == ["New name", "Term-B"]
    assert study(listed, "one").publication.terms == terms("ab")
    assert study(listed, "two").filed is None
    old = listed.vocabulary().by_term["topic", A].aliases[0]
    assert (old.label, old.until is not None) == ("Term-A", True)


def test_merges_in_a_row_are_taken_back_from_the_last(listed: Catalogue) -> None:
    published(listed, one="a", two="ab", three="bc")
    before = everything(listed)
    first, second = change(listed, Merge("topic", A, B)), change(listed, Merge("topic", B, C))
    assert filed(listed, "one", "two", "three") == ["c", "c", "c"]
    assert refused(listed.foresee_undo, first) == "vocabulary-overtaken"
    assert refused(listed.undo_change, first, "", "ada") == "vocabulary-overtaken"
    listed.undo_change(second, "", "ada")
    listed.undo_change(first, "", "ada")
    assert everything(listed) == before


def test_of_two_merges_into_one_the_first_is_taken_back_as_if_it_had_never_been(listed: Catalogue) -> None:
    published(listed, one="ac", two="da", three="cb", four="a")
    first, _ = change(listed, Merge("topic", A, B)), change(listed, Merge("topic", C, B))
    assert filed(listed, "one", "two", "three", "four") == ["b", "db", "b", "b"]
    listed.undo_change(first, "", "ada")
    assert filed(listed, "one", "two", "three", "four") == ["ab", "da", "b", "a"]


def test_a_study_published_again_keeps_what_it_was_published_with(listed: Catalogue) -> None:
    published(listed, one="a", two="a", three="a")
    number = change(listed, Merge("topic", A, B))
    send(
        listed,
        replace(publication("one", 2), terms=terms("b")),
        replace(publication("two", 2), terms=terms("ad")),
    )
    published(listed, late="a")
    foreseen = listed.foresee_undo(number)
    assert [(each.title, each.republished) for each in foreseen.kept] == [("The one study", True)]
    assert {each.title: each.republished for each in foreseen.studies} == {
        "The two study": True,
        "The three study": False,
        "The late study": True,
    }
    listed.undo_change(number, "", "ada")
    assert filed(listed, "one", "two", "three", "late") == ["b", "ad", "a", "a"]


def test_a_withdrawn_study_is_moved_too_and_comes_back_with_today_s_terms(listed: Catalogue) -> None:
    published(listed, one="a")
    listed.withdraw(publication("one").study, 1, "asked for", "gone", "ada")
    assert [each.withdrawn for each in listed.foresee_change(Merge("topic", A, B)).studies] == [True]
    change(listed, Merge("topic", A, B))
    assert study(listed, "one").withdrawn and filed(listed, "one") == ["b"]
    send(listed, replace(publication("one", 2), terms=terms("a"), revives=True))
    assert not study(listed, "one").withdrawn and filed(listed, "one") == ["b"]


def test_a_batch_that_is_taken_back_brings_today_s_terms(listed: Catalogue) -> None:
    published(listed, one="a")
    send(listed, replace(publication("one", 2), terms=terms("c")))
    change(listed, Merge("topic", A, B))
    (batch,) = listed.sendings([publication("one", 2).uuid])
    assert [each.result for each in listed.undo_batch(batch, "ada")] == ["published"]
    assert study(listed, "one").publication.terms == terms("a") and filed(listed, "one") == ["b"]


def test_a_term_that_was_published_with_is_not_taken_out(listed: Catalogue) -> None:
    number = change(listed, Add(theme("new")))
    send(listed, publication("one", terms=(theme("new").term,)))
    send(listed, publication("one", 2, terms=()))
    assert refused(listed.undo_change, number, "", "ada") == "theme-in-use"


def test_two_administrators_at_once(listed: Catalogue) -> None:
    published(listed, one="a")
    one, two = listed.foresee_change(Merge("topic", A, B)), listed.foresee_change(Rename("topic", A, "New"))
    listed.change_vocabulary(one.change, "", "ada", one.number)
    before = everything(listed)
    assert refused(listed.change_vocabulary, two.change, "", "bob", two.number) == "vocabulary-moved"
    assert refused(listed.change_vocabulary, two.change, "", "bob") == "theme-gone"
    assert refused(listed.undo_change, 99999, "", "bob") == "vocabulary-change-unknown"
    assert everything(listed) == before


def test_administrators_at_the_very_same_moment_change_it_one_after_another(
    listed: Catalogue, url: str
) -> None:
    """All saw the same vocabulary; one of them is first, and the others are told."""
    published(listed, one="a", two="ab")
    seen = listed.foresee_change(Merge("topic", A, B)).number
    start = Barrier(3)

    def administer(number: int) -> str:
        with open_catalogue(url) as mine:
            start.wait()
            try:
                mine.change_vocabulary(Rename("topic", A, f"Name {number}"), "", f"admin {number}", seen)
            except Refused as refusal:
                return refusal.code
        return "changed"

    with ThreadPoolExecutor(3) as admins:
        answers = sorted(admins.map(administer, range(3)))
    assert answers == ["changed", "vocabulary-moved", "vocabulary-moved"]
    label = listed.vocabulary().by_term["topic", A].label
    assert {term.label for name in ("one", "two") for term in study(listed, name).terms} == {label, "Term-B"}


def test_a_term_that_only_came_with_a_study_can_be_taken_in_or_merged(listed: Catalogue) -> None:
    send(listed, publication("one", terms=(Term("topic", "x", "Brought"), Term("topic", "y", "Along"))))
    assert [each.status for each in listed.vocabulary().themes[-2:]] == ["unlisted", "unlisted"]
    change(listed, Add(Theme("topic", "x", "Taken in")))
    change(listed, Merge("topic", "y", "x"))
    assert study(listed, "one").terms == (Term("topic", "x", "Taken in"),)


def test_a_kind_that_nobody_knows_does_no_harm(listed: Catalogue) -> None:
    send(listed, publication("one", terms=(Term("colour", "red", "Red"),)))  # type: ignore[arg-type]
    assert study(listed, "one").terms[0].kind == "colour"
    change(listed, Merge("topic", A, B))
    code = refused(listed.change_vocabulary, Rename("colour", "red", "Blue"), "", "ada")  # type: ignore[arg-type]
    assert code == "theme-kind-unknown"


@pytest.mark.parametrize("reason", ["x" * 2001, "nought \0", "half \ud800"])
def test_a_reason_that_cannot_be_kept_is_refused(listed: Catalogue, reason: str) -> None:
    before = everything(listed)
    assert refused(listed.change_vocabulary, Merge("topic", A, B), reason, "ada") == "vocabulary-reason"
    assert everything(listed) == before


def test_terms_are_asked_for_and_decided_on(listed: Catalogue) -> None:
    asked = [theme(f"asked-{n}", label=f"Asked {n}", scope_note="Why not") for n in range(4)]
    ids = [listed.propose_term(each, "it is missing", "eve") for each in asked]
    assert listed.propose_term(asked[0], "sent again", "eve", ids[0]) == ids[0]
    assert {each.theme.slug for each in listed.term_proposals()} == {each.slug for each in asked}
    accepted = listed.accept_term(ids[0], "ada", "good")
    rewritten = listed.accept_term(ids[1], "ada", theme=replace(asked[1], label="Better"))
    replaced = listed.decline_term(ids[2], "ada", "there is one", instead=A)
    declined = listed.decline_term(ids[3], "ada", "too narrow")
    assert [(each.state, each.became) for each in (accepted, rewritten, replaced, declined)] == [
        ("accepted", "asked-0"),
        ("accepted", "asked-1"),
        ("replaced", A),
        ("declined", ""),
    ]
    assert listed.term_proposals() == () and len(listed.term_proposals(settled=True)) == 4
    labels = {each.label for each in listed.vocabulary().themes}
    assert {"Asked 0", "Better"} <= labels and "Asked 3" not in labels
    assert refused(listed.accept_term, ids[0], "ada") == "term-proposal-unknown"
    assert refused(listed.decline_term, ids[3], "ada", "") == "term-proposal-unknown"
    assert refused(listed.propose_term, theme(A), "", "eve") == "theme-slug-taken"
    late = listed.propose_term(theme("late", label="Late"), "", "eve")
    change(listed, Add(theme("late", label="Late")))
    assert refused(listed.accept_term, late, "ada") == "theme-slug-taken"
    assert [each.id for each in listed.term_proposals()] == [late]


FORGED = (
    '{"kind": "topic", "slug": "x", "label": "X", "unknown": 1}',
    '{"kind": "topic", "slug": "x"}',
    '{"kind": "topic", "slug": "../x", "label": "X"}',
    '{"kind": "evil", "slug": "x", "label": "X"}',
    r'{"kind": "topic", "slug": "x", "label": "\u001b[31mred"}',
    '{"kind": "topic", "slug": "x", "label": 5}',
    '{"kind": "topic", "slug": "x", "label": "X", "cues": [1], "parent": {}}',
    '{"kind": "topic", "slug": "x", "label": "X", "opens": "never"}',
    '{"kind": "topic", "slug": "x", "label": "X", "parent": "<b>"}',
    '{"kind": "topic", "slug": "x", "label": ' + 2_000 * "[" + 2_000 * "]" + "}",
)
"""Of terms, what an editor past all programs could ask for."""


def test_what_no_program_of_ours_asks_for_is_not_heard(listed: Catalogue, engine: Engine) -> None:
    asked = listed.propose_term(theme("asked", label="Asked"), "", "eve")
    row = (
        "INSERT INTO term_proposal (id, kind, slug, told, reason, actor, signed, at) "
        "VALUES (:id, 'topic', 'x', :told, '', '', '', :at)"
    )
    by_the_server = "SELECT casebook_propose_term(CAST(:id AS uuid), :told, '', '')"
    with engine.begin() as connection:
        call = text(by_the_server if connection.dialect.name == "postgresql" else row)
        for told in FORGED:
            connection.execute(call, {"id": str(uuid4()), "told": told, "at": "2026-03-02 00:00:00.000000"})
    assert [each.id for each in listed.term_proposals(settled=True)] == [asked]


@pytest.mark.parametrize(
    ("told", "pairs"), [("no JSON", "[]"), ('{"change": "invert"}', "[]"), ('{"change": "retire"}', "[5]")]
)
def test_a_change_that_a_later_program_wrote_keeps_nobody_from_following(
    listed: Catalogue, engine: Engine, told: str, pairs: str
) -> None:
    number = change(listed, Rename("topic", A, "Known"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            call = "SELECT casebook_change_vocabulary(:number, :told, :pairs, '[]', NULL, '', '')"
        else:
            connection.execute(text("UPDATE catalogue SET change = change + 1"))
            columns = "at, actor, signed, studies, reason, undoes, digest"
            call = (
                f"INSERT INTO vocabulary_change (number, change, differences, {columns}) "
                f"SELECT number + 1, :told, :pairs, {columns} FROM vocabulary_change WHERE number = :number"
            )
        connection.execute(text(call), {"number": number, "told": told, "pairs": pairs})
    *_, known, unknown = listed.vocabulary_changes()
    assert (known.number, unknown.differences) == (number, ())
    assert refused(listed.undo_change, 0, "", "ada") == "vocabulary-change-unknown"
    assert listed.undo_change(number, "", "ada").studies == 0


def test_the_audit_tells_each_change_and_notices_when_it_is_rewritten(
    listed: Catalogue, engine: Engine, url: str
) -> None:
    published(listed, one="a")
    number = change(listed, Merge("topic", A, B))
    assert catalogue.status(url).audit == "whole"
    with engine.begin() as connection:
        row = connection.execute(text(f"SELECT action, reason FROM audit WHERE change = {number}")).one()
        assert tuple(row) == ("vocabulary", "why")
        unguard(connection, "refiling")
        connection.execute(text("UPDATE refiling SET before = '[]'"))
    standing = catalogue.status(url)
    assert standing.audit == "broken" and str(number) in standing.reason


def unguard(connection: Any, table: str) -> None:
    """What only somebody who goes around the program can do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP TRIGGER keep_{table} ON {table}"))
    else:
        connection.execute(text(f"DROP TRIGGER keep_{table}_UPDATE"))


@pytest.mark.parametrize("table", ["vocabulary_change", "refiling"])
def test_what_was_done_to_the_vocabulary_cannot_be_rewritten(
    listed: Catalogue, engine: Engine, table: str
) -> None:
    published(listed, one="a")
    change(listed, Merge("topic", A, B))
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET number = 0"):
        with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
            connection.execute(text(statement))


def test_other_programs_read_today_s_themes(listed: Catalogue, engine: Engine) -> None:
    published(listed, one="a", two="b")
    change(listed, Merge("topic", A, B))
    with engine.connect() as connection:

        def told(query: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(text(query))]

        assert told("SELECT DISTINCT kind, slug, label FROM study_themes") == [("topic", B, "Term-B")]
        assert told(
            f"SELECT slug, studies, status FROM themes WHERE slug IN ('{A}', '{B}') ORDER BY slug"
        ) == [
            (A, 0, "merged"),
            (B, 2, "active"),
        ]
        assert told("SELECT slug, successor FROM theme_successors") == [(A, B)]
        assert told(f"SELECT label FROM theme_aliases WHERE slug = '{B}'") == [("Term-A",)]
        assert told("SELECT studies FROM vocabulary_changes ORDER BY number DESC LIMIT 1") == [(1,)]
        covid = "SELECT page_title FROM collections WHERE slug = 'covid-19'"
        assert told(covid) == [("COVID-19: good council practice",)]


def test_what_was_chosen_in_a_later_split_stays_where_an_earlier_change_is_taken_back(
    listed: Catalogue,
) -> None:
    published(listed, one="ac", two="ac")
    merged = change(listed, Merge("topic", A, B))
    change(listed, Split("topic", C, (D, B), {publication("one").study: (B,)}))
    listed.undo_change(merged, "they are two", "ada")
    assert filed(listed, "one", "two") == ["ab", "ad"]

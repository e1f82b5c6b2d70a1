"""What a change of the vocabulary makes of terms and of what studies are filed under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Refused
from workbench.submission import Term
from workbench.themes import Theme, Vocabulary, changes, soundness, vocabulary
from workbench.themes.changes import (
    Add,
    Amend,
    Change,
    Merge,
    Move,
    Reinstate,
    Rename,
    Restore,
    Retire,
    Split,
    Step,
    applied,
    inverse,
    refiled,
    replayed,
    taken_back,
)
from workbench.themes.soundness import difference
from workbench.themes.vocabulary import GONE, Alias, folded

DAY = date(2026, 3, 1)
SLUGS = ("a", "b", "c", "d", "e")


def theme(slug: str, parent: str | None = None, **told: Any) -> Theme:
    return Theme("topic", slug, told.pop("label", slug.upper()), parent, **told)


def words(*themes: Theme) -> Vocabulary:
    return Vocabulary(themes)


WORDS = words(*(theme(slug, cues=(f"cue of {slug}",)) for slug in SLUGS))


def term(slug: str, label: str = "") -> Term:
    return Term("topic", slug, label or slug.upper())


def terms(slugs: str) -> tuple[Term, ...]:
    return tuple(map(term, slugs))


def slugs(of: Sequence[Term]) -> str:
    return "".join(each.slug for each in of)


SLUG = st.sampled_from((*SLUGS, "new", "unknown"))
LABEL = st.sampled_from(("A", "a ", "Other", "Wieder", "Äther", "x" * 300, "", "odd\u202e", "two\nlines"))
THEME = st.builds(
    Theme,
    st.just("topic"),
    SLUG,
    LABEL,
    st.none() | SLUG,
    scope_note=LABEL,
    aliases=st.lists(st.builds(Alias, LABEL), max_size=2).map(tuple),
)
CHANGE: st.SearchStrategy[Change] = st.one_of(
    st.builds(Add, THEME),
    st.builds(Rename, st.just("topic"), SLUG, LABEL, st.just(DAY)),
    st.builds(Amend, THEME),
    st.builds(Move, st.just("topic"), SLUG, st.none() | SLUG),
    st.builds(Merge, st.just("topic"), SLUG, SLUG, st.just(DAY)),
    st.builds(Split, st.just("topic"), SLUG, st.lists(SLUG, max_size=3).map(tuple)),
    st.builds(Retire, st.just("topic"), SLUG),
    st.builds(Restore, st.just("topic"), SLUG),
)
PLAN = st.lists(CHANGE, max_size=8)


def lived(plan: Sequence[Change], start: Vocabulary = WORDS) -> list[tuple[Change, Vocabulary, Vocabulary]]:
    """The changes of a plan that can be, each with the vocabulary before and after."""
    done: list[tuple[Change, Vocabulary, Vocabulary]] = []
    now = start
    for change in plan:
        try:
            after = applied(now, change)
        except Refused:
            continue
        done.append((change, now, after))
        now = after
    return done


@settings(max_examples=25)
@given(PLAN)
def test_a_change_and_its_inverse_leave_the_vocabulary_as_it_was(plan: list[Change]) -> None:
    for change, before, after in lived(plan):
        assert applied(after, inverse(before, change)).themes == before.themes


@settings(max_examples=25)
@given(PLAN)
def test_changes_taken_back_from_the_last_to_the_first_leave_nothing(plan: list[Change]) -> None:
    done = lived(plan)
    now = done[-1][2] if done else WORDS
    for _, before, after in reversed(done):
        now = applied(now, taken_back(now, difference(before, after)))
    assert now.themes == WORDS.themes


@settings(max_examples=25)
@given(PLAN, st.data())
def test_what_is_taken_back_out_of_order_leaves_a_sound_vocabulary_or_is_declined(
    plan: list[Change], data: st.DataObject
) -> None:
    done = lived(plan)
    if not done:
        return
    change, before, after = data.draw(st.sampled_from(done))
    now = done[-1][2]
    try:
        back = applied(now, taken_back(now, difference(before, after)))
    except Refused:
        return
    assert_sound(back)
    if isinstance(change, Merge | Split):
        assert back.by_term["topic", change.slug].status == before.by_term["topic", change.slug].status


@settings(max_examples=25)
@given(PLAN)
def test_a_vocabulary_stays_sound(plan: list[Change]) -> None:
    for _, _, after in lived(plan):
        assert_sound(after)


def assert_sound(known: Vocabulary) -> None:
    """Everything resolves to something that is not gone, and nothing stands below itself."""
    for each in known.themes:
        heirs = known.resolve(each.kind, each.slug)
        assert heirs and all(heir.status not in GONE for heir in heirs)
        assert each.slug not in known.above(each.kind, each.slug) or each.status in GONE
        assert each.label and len(each.label) <= soundness.MAX_LABEL
    labels = [folded(each.label) for each in known.themes if each.is_offered]
    assert len(labels) == len(set(labels))


TERMS = st.lists(st.sampled_from(SLUGS), unique=True).map(lambda each: tuple(map(term, each)))


@settings(max_examples=25)
@given(PLAN, TERMS)
def test_refiling_loses_no_term_and_doubles_none(plan: list[Change], filed: tuple[Term, ...]) -> None:
    for change, _, after in lived(plan):
        before, filed = filed, refiled(change, filed, after)
        keys = [(each.kind, each.slug) for each in filed]
        assert len(keys) == len(set(keys))
        for each in before:
            heirs = after.resolve(each.kind, each.slug)
            assert {heir.key for heir in heirs} & set(keys)
        assert all(each == after.by_term[each.kind, each.slug].term for each in filed)


@settings(max_examples=25)
@given(PLAN, TERMS, st.data())
def test_a_study_replayed_without_a_change_is_as_if_it_had_never_been(
    plan: list[Change], filed: tuple[Term, ...], data: st.DataObject
) -> None:
    done = lived(plan)
    if not done:
        return
    left_out = data.draw(st.integers(0, len(done) - 1))
    steps: list[Step] = []
    for change, _, after in done:
        before, filed = filed, refiled(change, filed, after)
        steps.append(Step(change, before, filed))
    now = done[-1][2]
    again = replayed(steps[left_out].before, steps[left_out + 1 :], now)
    expected = steps[left_out].before
    for step in steps[left_out + 1 :]:
        expected = refiled(step.change, expected, now)
    assert slugs(again) == slugs(expected)


@settings(max_examples=25)
@given(PLAN)
def test_a_change_is_read_as_it_was_written(plan: list[Change]) -> None:
    for change in plan:
        assert changes.from_json(changes.to_json(change)) == change
    for change, before, _ in lived(plan):
        back = inverse(before, change)
        assert changes.from_json(changes.to_json(back)) == back


def test_every_shipped_term_is_written_and_read() -> None:
    for each in vocabulary().themes:
        assert changes.from_json(changes.to_json(Add(each))) == Add(each)


@pytest.mark.parametrize(
    ("had", "becomes"),
    [("a", "b"), ("axb", "xb"), ("xay", "xby"), ("b", "b"), ("x", "x"), ("", ""), ("ba", "b")],
)
def test_a_merged_term_is_followed_and_a_term_that_was_there_keeps_its_place(had: str, becomes: str) -> None:
    merge = Merge("topic", "a", "b")
    assert slugs(refiled(merge, terms(had), applied(WORDS, merge))) == becomes


def test_what_is_merged_takes_its_names_cues_and_narrower_terms_along() -> None:
    known = words(
        theme("a", aliases=(Alias("Old a"),), cues=("ay", "be")), theme("b", cues=("be",)), theme("c", "a")
    )
    after = applied(known, Merge("topic", "a", "b", DAY))
    merged, into, child = after.themes
    assert (merged.status, merged.successors) == ("merged", ("b",))
    assert into.aliases == (Alias("A", None, DAY), Alias("Old a"))
    assert into.cues == ("be", "ay")
    assert child.parent == "b"


def test_a_term_merged_into_one_below_it_leaves_that_in_its_place() -> None:
    known = words(theme("a"), theme("b", "a"), theme("c", "b"), theme("d", "c"))
    after = applied(known, Merge("topic", "b", "d"))
    assert {each.slug: each.parent for each in after.themes if each.is_offered} == {
        "a": None,
        "c": "d",
        "d": "a",
    }


def test_merges_in_a_row_lead_to_the_last() -> None:
    now = WORDS
    for slug, into in ("ab", "bc", "cd"):
        now = applied(now, Merge("topic", slug, into))
    assert [each.slug for each in now.resolve("topic", "a")] == ["d"]
    assert slugs(now.followed(terms("ae"))) == "de"


def test_a_renamed_term_remembers_from_when_until_when_it_was_called_what() -> None:
    first = applied(WORDS, Rename("topic", "a", "Second", date(2025, 1, 1)))
    second = applied(first, Rename("topic", "a", "Third", DAY))
    assert second.by_term["topic", "a"].aliases == (
        Alias("A", None, date(2025, 1, 1)),
        Alias("Second", date(2025, 1, 1), DAY),
    )
    assert refiled(Rename("topic", "a", "Third", DAY), terms("ab"), second) == (term("a", "Third"), term("b"))


def test_a_split_sends_each_study_where_it_was_told_and_others_to_the_first() -> None:
    split = Split("topic", "a", ("b", "c"), {"one": ("c",), "two": ("b", "c")})
    after = applied(WORDS, split)
    gone = [slugs(refiled(split, terms("ad"), after, study)) for study in ("one", "two", "three")]
    assert gone == ["cd", "bcd", "bd"]
    assert slugs(after.followed(terms("a"), filed=terms("c"))) == "c"
    assert slugs(after.followed(terms("a"))) == "b"


def test_retiring_touches_no_study() -> None:
    retire = Retire("topic", "a")
    after = applied(WORDS, retire)
    assert refiled(retire, terms("ab"), after) == terms("ab") == after.followed(terms("ab"))
    assert "a" not in {each.slug for each in after.by_kind["topic"]}
    assert applied(after, Restore("topic", "a")).themes == WORDS.themes


CHILD = words(theme("a"), theme("b", "a"), theme("c"), theme("d", status="retired"), theme("e"))
MERGED = applied(WORDS, Merge("topic", "a", "b"))


@pytest.mark.parametrize(
    ("known", "change", "code"),
    [
        (WORDS, Add(theme("a", label="Another")), "theme-slug-taken"),
        (MERGED, Add(theme("a", label="Another")), "theme-slug-taken"),
        (WORDS, Add(theme("new", label=" a")), "theme-label-taken"),
        (WORDS, Add(theme("new", label="Á")), "theme-label-taken"),
        (WORDS, Add(theme("New Slug")), "theme-slug-odd"),
        (WORDS, Add(theme("n" * 101)), "theme-slug-odd"),
        (WORDS, Add(theme("new", label="   ")), "theme-label-odd"),
        (WORDS, Add(theme("new", label="a\u202eb")), "theme-label-odd"),
        (WORDS, Add(theme("new", label="half \ud800")), "theme-label-odd"),
        (WORDS, Add(theme("new", cues=("line\nbreak",))), "theme-label-odd"),
        (WORDS, Add(theme("new", label="N" * 201)), "theme-label-long"),
        (WORDS, Add(theme("new", cues=("cue",) * 1001)), "theme-label-long"),
        (WORDS, Add(theme("new", scope_note="N" * 10_001)), "theme-note-odd"),
        (WORDS, Add(theme("new", introduction="nought \0")), "theme-note-odd"),
        (WORDS, Add(theme("new", opens=DAY, closes=date(2020, 1, 1))), "theme-details-odd"),
        (WORDS, Add(theme("new", order=10**7)), "theme-details-odd"),
        (WORDS, Add(theme("new", parent="new")), "theme-parent-cycle"),
        (WORDS, Add(theme("new", parent="nobody")), "theme-parent-unknown"),
        (CHILD, Add(theme("new", parent="d")), "theme-parent-unknown"),
        (WORDS, Add(replace(theme("new"), kind="colour")), "theme-kind-unknown"),  # type: ignore[arg-type]
        (WORDS, Rename("colour", "a", "New"), "theme-kind-unknown"),  # type: ignore[arg-type]
        (WORDS, Rename("topic", "nobody", "New"), "theme-unknown"),
        (WORDS, Rename("topic", "a", "b"), "theme-label-taken"),
        (CHILD, Rename("topic", "a", "D"), "theme-label-taken"),
        (WORDS, Rename("topic", "a", "A "), "theme-unchanged"),
        (MERGED, Rename("topic", "a", "New"), "theme-gone"),
        (WORDS, Amend(WORDS.themes[0]), "theme-unchanged"),
        (CHILD, Move("topic", "a", "b"), "theme-parent-cycle"),
        (CHILD, Move("topic", "a", "a"), "theme-parent-cycle"),
        (CHILD, Retire("topic", "a"), "theme-has-children"),
        (CHILD, Split("topic", "a", ("c", "e")), "theme-has-children"),
        (CHILD, Retire("topic", "d"), "theme-unchanged"),
        (CHILD, Merge("topic", "a", "d"), "theme-not-offered"),
        (MERGED, Merge("topic", "c", "a"), "theme-not-offered"),
        (WORDS, Merge("topic", "a", "a"), "theme-into-itself"),
        (WORDS, Merge("topic", "a", "nobody"), "theme-unknown"),
        (WORDS, Split("topic", "a", ("b",)), "theme-split-few"),
        (WORDS, Split("topic", "a", ("b", "b")), "theme-split-few"),
        (WORDS, Split("topic", "a", ("b", "c"), {"x": ("d",)}), "theme-choice-unknown"),
        (WORDS, Split("topic", "a", ("b", "c"), {"x": ()}), "theme-choice-unknown"),
        (WORDS, Restore("topic", "a"), "theme-unchanged"),
        (MERGED, Restore("topic", "a"), "theme-gone"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(known: Vocabulary, change: Change, code: str) -> None:
    with pytest.raises(Refused) as refused:
        applied(known, change)
    assert refused.value.code == code


def test_the_first_of_two_merges_in_a_row_cannot_be_taken_back_alone() -> None:
    first = Merge("topic", "a", "b")
    between = applied(WORDS, first)
    now = applied(between, Merge("topic", "b", "c"))
    with pytest.raises(Refused) as refused:
        taken_back(now, difference(WORDS, between))
    assert refused.value.code == "vocabulary-overtaken"


def test_of_two_merges_into_the_same_term_the_first_can_be_taken_back() -> None:
    first, second = Merge("topic", "a", "b", DAY), Merge("topic", "c", "b", DAY)
    between = applied(WORDS, first)
    now = applied(between, second)
    back = applied(now, taken_back(now, difference(WORDS, between)))
    assert back.themes == applied(WORDS, second).themes


def test_what_was_renamed_again_is_taken_back_from_the_last() -> None:
    between = applied(WORDS, Rename("topic", "a", "Second"))
    now = applied(between, Rename("topic", "a", "Third"))
    with pytest.raises(Refused):
        taken_back(now, difference(WORDS, between))


def test_a_label_taken_meanwhile_keeps_a_merge_from_being_taken_back() -> None:
    between = applied(WORDS, Merge("topic", "a", "b"))
    now = applied(between, Add(theme("new", label="A")))
    with pytest.raises(Refused) as refused:
        applied(now, taken_back(now, difference(WORDS, between)))
    assert refused.value.code == "theme-label-taken"


def test_an_added_term_that_others_stand_below_is_not_taken_out() -> None:
    between = applied(WORDS, Add(theme("new")))
    now = applied(between, Move("topic", "a", "new"))
    with pytest.raises(Refused) as refused:
        applied(now, taken_back(now, difference(WORDS, between)))
    assert refused.value.code == "theme-referred-to"


def test_a_replay_sees_the_taking_back_of_an_earlier_change() -> None:
    step = Step(Reinstate(), terms("bd"), terms("cb"))
    assert slugs(replayed(terms("da"), [step], WORDS)) == "ac"


def test_a_slug_is_made_of_a_label() -> None:
    assert changes.slug_of("Café & the “Circular” economy", "topic", WORDS) == "cafe-the-circular-economy"
    assert changes.slug_of("A", "topic", WORDS) == "a-2"
    assert changes.slug_of("A", "collection", WORDS) == "a"
    assert changes.slug_of("温度", "topic", WORDS) == "term"
    for label in ("x" * 300, "…", "-", "ß"):
        assert soundness.SLUG.fullmatch(changes.slug_of(label, "topic", WORDS))


def test_two_terms_that_were_called_the_same_before_can_be_put_right() -> None:
    """As a catalogue may hold them that was filled before there were rules."""
    twins = words(theme("a", label="Same", cues=("cue",)), theme("b", label="Same"), theme("c"))
    for change in (Merge("topic", "a", "b"), Retire("topic", "a")):
        after = applied(twins, change)
        assert applied(after, inverse(twins, change)).themes == twins.themes
    assert applied(twins, Rename("topic", "a", "Other")).by_term["topic", "a"].label == "Other"
    with pytest.raises(Refused):
        applied(twins, Rename("topic", "c", "same"))


@pytest.mark.parametrize("label", ["x" * 300, "two\nlines", ""])
def test_a_term_that_came_with_words_none_would_be_given_is_merged_and_its_name_left(label: str) -> None:
    known = words(
        theme("a", label=label, status="unlisted"), theme("b"), theme("Odd slug", status="unlisted")
    )
    merged = applied(known, Merge("topic", "a", "b"))
    assert merged.by_term["topic", "b"].aliases == ()
    assert applied(merged, inverse(known, Merge("topic", "a", "b"))).themes == known.themes
    assert applied(known, Merge("topic", "Odd slug", "b")).resolve("topic", "Odd slug")[0].slug == "b"
    with pytest.raises(Refused):
        applied(known, Restore("topic", "a"))
    assert applied(known, Rename("topic", "a", "Told well")).by_term["topic", "a"].aliases == ()


def test_a_replay_keeps_what_was_chosen_for_the_study_in_a_later_split() -> None:
    split = Split("topic", "c", ("d", "b"), {"study": ("b",)})
    step = Step(split, terms("ac"), terms("ab"))
    assert slugs(replayed(terms("ac"), [step], WORDS, "study")) == "ab"
    assert slugs(replayed(terms("ac"), [step], WORDS)) == "ad"

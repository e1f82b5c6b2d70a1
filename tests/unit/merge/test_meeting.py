"""Three states of one place, and who has to choose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.merge import meet, members

places = st.sampled_from(["", "a", "b", "c"])
sets = st.lists(st.sampled_from("abcde"), unique=True).map(tuple)


@given(places, places, places)
def test_what_was_changed_is_told(base: str, mine: str, theirs: str) -> None:
    """Each state says what the three have in common, and what comes of it is never a guess."""
    state, merged = meet(base, mine, theirs).state, meet(base, mine, theirs).merged
    assert (state == "same") == (base == mine == theirs)
    assert (state == "mine") == (base == theirs != mine)
    assert (state == "theirs") == (base == mine != theirs)
    assert (state == "alike") == (mine == theirs != base)
    assert (state == "conflict") == (len({base, mine, theirs}) == 3) == (merged is None)
    assert merged in (mine, theirs, None)


@given(st.none() | places, places, places)
def test_the_sides_change_places(base: str | None, mine: str, theirs: str) -> None:
    swapped = {"mine": "theirs", "theirs": "mine"}
    one, other = meet(base, mine, theirs), meet(base, theirs, mine)
    assert one.merged == other.merged
    assert other.state == swapped.get(one.state, one.state)


def test_without_a_beginning_whatever_differs_is_chosen() -> None:
    assert meet(None, "a", "b").state == "conflict"
    assert (meet(None, "a", "a").state, meet(None, "a", "a").merged) == ("alike", "a")


def test_two_changes_that_can_be_joined_are() -> None:
    found = meet(("a", "b"), ("a", "b", "c"), ("b",), members)
    assert (found.state, found.merged) == ("merged", ("b", "c"))


@given(sets, sets, sets)
def test_a_set_keeps_what_came_and_loses_what_went(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    made = members(base, mine, theirs)
    came = (set(mine) | set(theirs)) - set(base)
    stayed = set(base) & set(mine) & set(theirs)
    assert set(made) == came | stayed and len(made) == len(set(made))
    assert set(made) == set(members(base, theirs, mine))

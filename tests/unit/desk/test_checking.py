"""The checks at the desk: what an edit asks again, what the desk as a whole is asked, and what became of findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import checks
from workbench.checks import engine, house_forms, spelling, superlative
from workbench.desk import Desk, actions, decisions, history, study
from workbench.desk.editing import checking, review
from workbench.desk.office import statistics
from workbench.progress import Cancelled
from workbench.richtext import from_text
from workbench.submission import Authority, Status

Counted = Callable[[], Counter[str]]


def found(desk: Desk, one: str, check: str) -> list[str]:
    return [finding.excerpt for finding in study.show(desk, one).findings if finding.check == check]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Which fields some checks of single answers were asked about, and how often."""
    engine._parts.cache_clear()
    told = Counter[str]()
    for module in (house_forms, spelling, superlative):
        whole = module.in_field

        def counting(answer: Any, manuscript: Any, rule: Any, whole: Any = whole) -> Any:
            told[answer.id] += 1
            return whole(answer, manuscript, rule)

        monkeypatch.setattr(module, "in_field", counting)
    yield told
    engine._parts.cache_clear()


def test_an_edit_asks_only_about_the_field_it_touched(desk: Desk, lay: Any, asked: Counter[str]) -> None:
    one = lay()
    asked.clear()
    review.edit(desk, one, "impact", from_text("About 40% came."))
    assert asked == {"impact": 3}
    assert found(desk, one, "STY-05") == ["40%"]


def test_the_house_writes_as_its_settings_say(desk: Desk, lay: Any) -> None:
    one = lay()
    text = "About 40 per cent came on 1 April 2024. They organize it."
    review.edit(desk, one, "solution", from_text(text))
    assert found(desk, one, "STY-05") == []
    assert found(desk, one, "STY-04") == ["organize"]
    desk.settings = replace(desk.settings, per_cent="%", date_form="1st April 2024", endings="either")
    del desk.rules
    assert checking.over_desk(desk).submissions == {one}
    assert found(desk, one, "STY-05") == ["40 per cent", "1 April 2024"]
    assert found(desk, one, "STY-04") == []
    review.take_fixes(desk, one, "STY-05")
    assert (
        study.show(desk, one).value("solution").text == "About 40% came on 1st April 2024. They organize it."
    )


def test_the_whole_desk_is_looked_at_and_can_be_stopped(desk: Desk, lay: Any) -> None:
    ids = [lay(number) for number in range(1, 14)]
    desk.settings = replace(desk.settings, review_years=0)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        checking.over_desk(desk, stop)
    assert told == [(0, 13), (10, 13)]
    assert [bool(found(desk, one, "LIF-02")) for one in ids] == [True] * 10 + [False] * 3
    assert checking.over_desk(desk).submissions == set(ids[10:])
    assert checking.over_desk(desk).submissions == frozenset()


def test_a_day_of_its_own_answers_the_question_for_a_review(desk: Desk, lay: Any) -> None:
    desk.settings = replace(desk.settings, review_years=0)
    one = lay()
    assert found(desk, one, "LIF-02") == [""]
    changed = actions.carry_out(desk, [one], actions.review_on(date(2027, 3, 1)))
    assert changed.said == "Said that “Repair café number 1” is to be looked at again on 1 March 2027."
    assert found(desk, one, "LIF-02") == []
    history.undo(desk)
    assert study.show(desk, one).review_on is None
    assert found(desk, one, "LIF-02") == [""]


def test_an_embargo_blocks_until_its_day(desk: Desk, lay: Any) -> None:
    one = lay()
    actions.carry_out(desk, [one], actions.embargo_until(date(2026, 3, 9)))
    assert study.show(desk, one).embargo == date(2026, 3, 9)
    assert "There is an embargo until 9 March 2026." in study.show(desk, one).blockers
    actions.carry_out(desk, [one], actions.embargo_until(date(2026, 3, 1)))
    assert found(desk, one, "LIF-03") == []
    actions.carry_out(desk, [one], actions.embargo_until(None))
    assert study.show(desk, one).embargo is None


def test_an_election_and_a_second_person_are_matters_of_the_settings(desk: Desk, lay: Any) -> None:
    one = lay(authorities=(Authority("E08000035", "Leeds City Council"),), status=Status.IN_REVIEW)
    review.edit(desk, one, "solution", from_text("Councillor Rae Whitlock came."))
    assert found(desk, one, "LIF-07") == []
    desk.settings = replace(desk.settings, election=True, second_person=True)
    checking.over_desk(desk)
    assert found(desk, one, "LIF-07") == ["Councillor Rae Whitlock"]
    assert found(desk, one, "LIF-01") == []
    for finding in study.show(desk, one).open_findings:
        review.dismiss(desk, one, finding.key, "Seen.")
    decisions.approve(desk, [one])
    checking.over_desk(desk)
    assert found(desk, one, "LIF-01") == ["Ada"]
    desk.who = "Bea"
    checking.over_desk(desk)
    assert found(desk, one, "LIF-01") == []


def test_what_became_of_the_findings_is_counted(desk: Desk, lay: Any) -> None:
    one, other = lay(1), lay(2)
    for submission in (one, other):
        review.edit(desk, submission, "impact", from_text("About 40% and 50% came."))
    review.take_fixes(desk, one, "STY-05")
    finding = next(one for one in study.show(desk, other).findings if one.check == "STY-05")
    review.dismiss(desk, other, finding.key, "As the council writes it.")
    lines = {line.check: line for line in statistics.per_check(desk)}
    assert set(lines) == set(checks.shipped().by_id)
    style = lines["STY-05"]
    assert (style.taken, style.dismissed, style.open) == (2, 1, 1)
    assert style.severity == "warning"
    history.undo(desk)
    history.undo(desk)
    style = next(line for line in statistics.per_check(desk) if line.check == "STY-05")
    assert (style.taken, style.dismissed, style.open) == (0, 0, 4)


WORDS = st.lists(
    st.sampled_from(["About 40% came. ", "It was good. ", "Some 7% left. ", "On it went. "]), max_size=5
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=WORDS, after=WORDS)
def test_a_dismissal_stays_while_its_words_stay(
    desk: Desk, lay: Any, before: list[str], after: list[str]
) -> None:
    one = lay()
    review.edit(desk, one, "impact", from_text("".join([*before, "Then 99% agreed. "])))
    key = next(f.key for f in study.show(desk, one).findings if f.check == "STY-05" and f.excerpt == "99%")
    review.dismiss(desk, one, key, "A quotation.")

    def is_open() -> bool:
        return any(f.excerpt == "99%" and f.check == "STY-05" for f in study.show(desk, one).open_findings)

    review.edit(desk, one, "solution", from_text("".join(after)))
    review.edit(desk, one, "impact", from_text("".join([*after, "Then 99% agreed. ", *before])))
    assert not is_open()
    review.edit(desk, one, "impact", from_text("".join([*after, "Then 98% agreed. "])))
    assert "98%" in {f.excerpt for f in study.show(desk, one).open_findings if f.check == "STY-05"}

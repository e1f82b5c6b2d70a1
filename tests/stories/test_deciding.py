"""A queue worked through by command: filtered by a kept name, decided several at once, and gone back on."""

from __future__ import annotations

from typing import Any

import pytest

import resources

SAMPLES = resources.path("samples")


@pytest.fixture
def queued(casebook: Any) -> list[dict[str, Any]]:
    """The queue of a morning, the most urgent first."""
    casebook("import", SAMPLES)
    return casebook("list", "--json").rows


def ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer.rows]


def test_what_may_be_done_is_one_step_and_the_rest_is_told_of(casebook: Any, queued: Any) -> None:
    ready = [row["id"] for row in queued if not row["blockers"]][:3]
    blocked = next(row["id"] for row in queued if row["blockers"])
    foreseen = casebook("approve", *ready, blocked, "--dry-run")
    assert foreseen.status == 1, "as it would end"
    assert foreseen.out.startswith("3 submissions will be approved.")
    assert "cannot be approved while something blocks it" in foreseen.err
    told = casebook("approve", *ready, blocked, "--dry-run", "--json").row
    assert [one["outcome"] for one in told["prospects"]] == ["done"] * 3 + ["refused"]
    assert not casebook("list", "--status", "approved", "--json").rows, "nothing was done"

    done = casebook("approve", *ready, blocked, "--json")
    assert done.status == 1
    assert done.row["submissions"] == sorted(ready)
    assert casebook("undo").out.startswith("Undid: Approved 3 submissions")
    assert not casebook("list", "--status", "approved", "--json").rows, "one step"


def test_back_to_the_council_and_another_day(casebook: Any, queued: Any) -> None:
    one, two = (row["id"] for row in queued[:2])
    said = casebook("return", one, "--reason", "The saving is given twice.", "--by", "2099-12-01").out
    assert "to be answered by 1 December 2099: The saving is given twice." in said
    shown = casebook("show", one, "--json").row
    assert (shown["status"], shown["due"]) == ("returned", "2099-12-01")
    assert casebook("return", two, "--reason", " ").status == 1
    casebook("due", two, "--on", "2020-01-02")
    assert ids(casebook("list", "--late", "--json")) == [two]
    assert casebook("due", two, "--on", "2020-01-02", "--never").status == 2
    casebook("due", two, "--in", "0")
    assert not casebook("list", "--late", "--json").rows
    assert ids(casebook("list", "--due-in", "0", "--json")) == [two]
    casebook("due", two, "--never")
    assert casebook("show", two, "--json").row["due"] is None


def test_filters_are_kept_by_name(casebook: Any, queued: Any) -> None:
    poor = ids(casebook("list", "--worst", "blocker", "--order", "worst", "--save", "To mend", "--json"))
    assert poor
    assert ids(casebook("list", "--saved", "To mend", "--json")) == poor
    council = next(row for row in queued if row["id"] == poor[0])["council"].split()[0]
    assert poor[0] in ids(casebook("list", council, "--saved", "To mend", "--json"))
    assert casebook("filters").out == "To mend: With a blocker, Worst findings first\n"
    casebook("filters", "--rename", "To mend", "Poor")
    assert [row["name"] for row in casebook("filters", "--json").rows] == ["Poor"]
    casebook("filters", "--delete", "Poor")
    assert not casebook("filters", "--json").rows
    assert casebook("list", "--saved", "Poor").status == 2


def test_versions_are_compared_and_gone_back_to(casebook: Any, queued: Any) -> None:
    one = queued[0]["id"]
    brought = casebook("history", one, "--json").rows[-1]["id"]
    casebook("edit", one, "lessons", "--text", "Ask 61 people.")
    first = casebook("history", one, "--json").rows[0]["id"]
    casebook("edit", one, "lessons", "--text", "Ask 58 people.")
    assert "[- 61-]{+ 58+}" in casebook("history", one, "--diff", first, "now").out
    kinds = {run["kind"] for run in casebook("history", one, "--diff", brought, first, "--json").row["runs"]}
    assert kinds <= {"same", "gone", "new"}
    assert "61 → 58" in casebook("history", one).out
    assert casebook("revert", one, "lessons", "--entry", first).status == 0
    assert casebook("show", one, "--json").row["fields"]["lessons"]["text"] == "Ask 61 people."
    casebook("undo")
    assert casebook("show", one, "--json").row["fields"]["lessons"]["text"] == "Ask 58 people."


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("history", "CB-1999-0001"), 2),
        (("history", "--diff", "1", "2"), 2),
        (("history", "{one}", "--diff", "now", "1"), 2),
        (("history", "{one}", "--diff", "1", "soon"), 2),
        (("history", "{one}", "--diff", "9999999999", "now"), 2),
        (("revert", "{one}", "lessons", "--entry", "999999"), 2),
        (("revert", "{one}", "no-such-field", "--entry", "999"), 2),
        (("filters", "--rename", "a", "b"), 2),
        (("approve", "{one}", "CB-1999-0001"), 2),
    ],
)
def test_what_cannot_be_asked_costs_one_sentence(
    casebook: Any, arguments: tuple[str, ...], status: int
) -> None:
    one = casebook("import", next(SAMPLES.glob("*.docx")), "--json").row["submission"]
    answer = casebook(*(each.format(one=one) for each in arguments))
    assert (answer.status, answer.out) == (status, "")
    assert "Traceback" not in answer.err

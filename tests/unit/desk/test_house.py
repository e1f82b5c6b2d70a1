"""The rules of the house, changed at the desk: they hold at once, and can be taken back."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import config
from workbench.checks import at_hand, rewriting
from workbench.desk import open_desk
from workbench.desk.office import house, statistics
from workbench.errors import WrongUsage

BY_HAND = """# What we agreed in March

[checks.STY-01]   # sentences
severity = "blocker"
most = 30         # words

[lists]
acronyms = ["VCSE"]
"""


@pytest.fixture
def desk(tmp_path):
    with open_desk(tmp_path / "desk", who="A. Editor") as opened:
        yield opened


def line_of(desk, check):
    return next(line for line in statistics.per_check(desk) if line.check == check)


def test_a_setting_holds_at_once_and_is_kept(desk):
    changed = house.change(desk, "per_cent", "%")
    assert changed.grains == {"settings"}
    assert desk.rules.style["per_cent"] == "%"
    assert config.read(desk.workspace).per_cent == "%"
    house.restore(desk, "per_cent")
    assert desk.rules.style["per_cent"] == config.read(desk.workspace).per_cent == "per cent"


def test_a_setting_that_is_so_already_changes_nothing(desk):
    assert not house.change(desk, "review_years", 2).grains


@pytest.mark.parametrize(
    ("name", "value"),
    [("per_cent", "percent"), ("review_years", -1), ("review_years", "two"), ("election", 1)],
)
def test_what_a_setting_cannot_be_is_refused_in_words(desk, name, value):
    with pytest.raises(WrongUsage, match="setting-wrong"):
        house.change(desk, name, value)
    assert getattr(config.read(desk.workspace), name) == getattr(config.Settings(), name)


def test_a_setting_nobody_declared_is_refused(desk):
    with pytest.raises(WrongUsage, match="unknown-setting"):
        house.restore(desk, "colour")


def test_every_setting_is_declared_once():
    in_the_file = [each.name for each in config.DECLARED if each.kind != "secret"]
    assert sorted(in_the_file) == sorted(config.Settings.__dataclass_fields__)
    assert {each.name for each in config.DECLARED if each.kind == "secret"} == {"catalogue_password"}


def test_a_check_is_retired_and_asked_again(desk):
    house.retire(desk, "STY-01")
    assert "STY-01" not in desk.rules.by_id
    assert line_of(desk, "STY-01").retired
    house.bring_back(desk, "STY-01")
    assert "STY-01" in desk.rules.by_id
    assert not line_of(desk, "STY-01").changed
    assert (desk.workspace / "checks.toml").read_text().strip() == ""


def test_another_severity_and_back(desk):
    before = line_of(desk, "STY-01").severity
    house.set_severity(desk, "STY-01", "blocker")
    assert (line_of(desk, "STY-01").severity, line_of(desk, "STY-01").changed) == ("blocker", True)
    house.set_severity(desk, "STY-01", before)
    assert not line_of(desk, "STY-01").changed


def test_a_check_as_it_came_leaves_the_others_as_somebody_wrote_them(desk):
    path = desk.workspace / "checks.toml"
    path.write_text(BY_HAND)
    house.retire(desk, "STY-06")
    house.as_shipped(desk, "STY-01")
    left = tomllib.loads(path.read_text())
    assert left == {"checks": {"STY-06": {"retired": True}}, "lists": {"acronyms": ["VCSE"]}}
    assert path.read_text().startswith("# What we agreed in March")


def test_a_line_changes_and_all_else_stays_as_it_was_written():
    made = rewriting.rewritten(BY_HAND, "STY-01", {"severity": "advice"})
    assert made == BY_HAND.replace('severity = "blocker"', 'severity = "advice"')


def test_a_check_nobody_knows_is_refused(desk):
    with pytest.raises(WrongUsage, match="unknown-check"):
        house.retire(desk, "XXX-99")


UNUSUAL = (
    'checks.STY-01.severity = "blocker"\n',
    "[checks]\nSTY-01 = { most = 30 }\n",
    '[checks.STY-01]\nmessage = """two\n[checks.STY-06]\nlines"""\n',
    '["checks"."STY-01"]\nretired = true\n',
    "[checks.STY-01]\nmost = 30\n[lists]\nacronyms = [\n  'A',\n]\n",
    "",
)


@pytest.mark.parametrize("text", UNUSUAL)
def test_however_a_file_is_written_it_says_what_was_wanted(text):
    before = tomllib.loads(text)
    made = tomllib.loads(rewriting.rewritten(text, "STY-01", {"retired": True, "severity": None}))
    expected = {**before.get("checks", {}).get("STY-01", {}), "retired": True}
    expected.pop("severity", None)
    assert made["checks"]["STY-01"] == expected
    assert made.get("lists") == before.get("lists")


@given(st.lists(st.tuples(st.sampled_from(["STY-01", "STY-06"]), st.sampled_from([True, None])), max_size=6))
def test_whatever_is_turned_on_and_off_the_last_word_counts(steps):
    text = BY_HAND
    for check, value in steps:
        text = rewriting.rewritten(text, check, {"retired": value})
    read = tomllib.loads(text)
    for check, value in dict(steps).items():
        assert read["checks"].get(check, {}).get("retired") == value
    assert read["checks"]["STY-01"]["most"] == 30
    assert "# What we agreed in March" in text


def test_a_file_changed_at_the_desk_is_one_the_checks_can_use(desk):
    house.set_severity(desk, "SPE-01", "blocker")
    assert at_hand(desk.workspace / "checks.toml", {}).by_id["SPE-01"].severity == "blocker"

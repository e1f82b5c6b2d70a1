# ruff: noqa: E501
"""The laws of findings and of running the checks again after an edit."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import checks, councils, richtext, template
from workbench.submission import FieldValue, Finding, Status, Submission

_SPEC = importlib.util.spec_from_file_location("checks_conftest", Path(__file__).with_name("conftest.py"))
assert _SPEC and _SPEC.loader
base = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(base)

PIECES = (
    "Crews drew maps. ", "TBC ", "About 40% of lanes & roads moved. ", "It began on 1st April 2022. ", "12-15 days ",
    "Summary: ", "jo@x.example ", "943 476 5919 ", "QQ 12 34 56 C ", "“curly” and \"straight\" ", "The center. ", "[insert date] ",
    "45 of 60 (80 per cent). ", "\n", "• one\n• two\n", "OX16 9ZZ ", "£62,000 saved. ", "Ring 01632 960 123. ", "é́ \u200b\u202e ",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(field=st.sampled_from(("title", "council", "summary", "impact", "contact", "links")), text=texts)
def test_a_finding_points_at_its_words_and_a_fix_at_what_it_replaces(field: str, text: str) -> None:
    submission = base.study(**{field: ""})
    values = {**submission.fields, field: FieldValue(richtext.from_text(text))}
    submission = replace(submission, fields=values)
    for finding in checks.run(submission, base.context()):
        words = submission.value(finding.field).text if finding.field else ""
        if finding.span:
            assert (
                finding.excerpt.rstrip("…") == words[slice(*finding.span)][: len(finding.excerpt.rstrip("…"))]
            )
        if finding.fix:
            assert words[finding.fix.start : finding.fix.end] == finding.fix.before != finding.fix.replacement


@settings(max_examples=40, deadline=None)
@given(field=st.sampled_from(("summary", "impact", "solution")), text=texts)
def test_checking_one_field_again_is_checking_all(field: str, text: str) -> None:
    before = base.study()
    known = replace(before, findings=checks.run(before, base.context()))
    edited = replace(known, fields={**known.fields, field: FieldValue(richtext.from_text(text))})
    assert checks.again(edited, base.context(), {field}) == checks.run(edited, base.context())


def test_keys_are_unique() -> None:
    found = checks.run(base.study(impact="TBC and TBC. TBC"), base.context())
    keys = [finding.key for finding in found]
    assert len(keys) == len(set(keys)) > 2


SAFE = [
    ("summary", "Summary: Crews in Cherwell drew their own map of hard streets and changed their rounds for good then.", "STR-06"),
    ("solution", "About 40% of lanes moved.", "STY-05"),
    ("solution", "It began on 1st April 2022.", "STY-05"),
    ("solution", "Crews mapped parks & lanes.", "STY-04"),
    ("solution", "The center of town.", "STY-04"),
    ("solution", "Crews called it “the map”. Managers called it \"the plan\".", "STY-04"),
    ("impact", "In the survey 45 of 60 crew members (80 per cent) liked it in 2022.", "EVD-05"),
    ("council", "Stevenage Brough Council", "STR-09"),
    ("title", "A map that crews drew", "STR-08"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "name"), SAFE)
def test_a_fix_mends_what_it_is_for(field: str, text: str, name: str) -> None:
    submission = base.study(**{field: text})
    finding = _find(checks.run(submission, base.context()), name)
    fix = finding.fix
    assert fix
    content = richtext.replace_text(submission.value(field).content, fix.start, fix.end, fix.replacement)
    mended = replace(submission, fields={**submission.fields, field: FieldValue(content)})
    assert not [one for one in checks.run(mended, base.context()) if one.check == name and one.field == field]


def _find(findings: tuple[Finding, ...], name: str) -> Finding:
    return next(finding for finding in findings if finding.check == name)


def test_every_rule_has_a_file_and_every_sentence_its_parameters() -> None:
    for rule in checks.shipped().by_id.values():
        assert re.fullmatch(r"[A-Z]{3}-\d{2}", rule.id)
        assert rule.severity in ("blocker", "warning", "advice")
        assert importlib.util.find_spec(f"workbench.checks.{rule.file}")


def test_messages_are_filled() -> None:
    texts = {
        "impact": "TBC. 40% of £62,000 saved. Ring 01632 960 123. The JSNA & a center.",
        "council": "Newcastle",
    }
    for finding in checks.run(base.study(**texts), base.context()):
        assert "{" not in finding.message


def test_an_editor_may_silence_a_rule_and_choose_the_other_sign() -> None:
    import resources

    data = dict(resources.toml("checks.toml"))
    data["checks"] = {**data["checks"], "PLH-01": {**data["checks"]["PLH-01"], "retired": True}}
    data["style"] = {**data["style"], "per_cent": "%"}
    rules = checks.rules.parse(data)
    found = checks.run(
        base.study(impact="TBC. It fell by 40 per cent in 2022, and by 4% in 2023."),
        base.context(rules=rules),
    )
    own = [one.excerpt for one in found if one.check in ("PLH-01", "STY-05") and one.field == "impact"]
    assert own == ["40 per cent"]


def test_other_templates_run_too() -> None:
    for known in template.shipped().values():
        submission = Submission("", "", known.id, known.version, Status.RECEIVED, {})
        context = replace(base.context(), template=known, register=councils.register())
        required = {field.id for field in known.fields if field.required}
        assert {one.field for one in checks.run(submission, context) if one.check == "STR-01"} == required


def test_a_published_twin_and_an_ended_council_and_an_election() -> None:
    from workbench.submission import Authority

    cumbria = Authority("E10000006", "Cumbria County Council")
    submission = replace(base.study(lessons="Cllr Jane Marsh agreed."), authorities=(cumbria,))
    text = "\n".join(submission.value(name).text for name in submission.fields if name != "contact")
    twin = checks.Published("u1", "The same", frozenset({"E10000006"}), text, date(2024, 1, 1))
    context = replace(base.context(), published=(twin,), election=True)
    assert {"LIF-04", "LIF-05", "LIF-07"} <= {one.check for one in checks.run(submission, context)}
    alone = checks.run(replace(submission, authorities=()), base.context())
    assert not {"LIF-04", "LIF-05", "LIF-07"} & {one.check for one in alone}

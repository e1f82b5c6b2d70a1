"""Errors in wordings that came up late, and what stands beside them that is none."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from workbench import checks
from workbench.richtext import from_html
from workbench.submission import FieldValue, Finding, Note, Picture

from . import conftest as base

Check = Callable[..., tuple[Finding, ...]]

FOUND = [
    ("STR-01", "challenge", "n/a"),
    ("STR-01", "challenge", "Please see attached."),
    ("PLH-01", "solution", "The lease ends in 20XX."),
    ("PLH-01", "solution", "It reached XX tenants in 2022."),
    ("PLH-01", "solution", "Please add a photo of the lorry here."),
    ("PRI-07", "impact", "Nine-year-old Mason drew the lorry."),
    ("PRI-08", "impact", "A driver with a conviction for theft drew the map."),
    ("EVD-01", "impact", "Lorries burn 9 tonnes less."),
    ("EVD-04", "impact", "Records show that villages spent £9,000 less on sacks."),
    ("PLH-01", "solution", "The lorry costs [£ amount]. It came in May."),
    ("PLH-01", "lessons", "TODO: ask the crews."),
    ("PLH-01", "impact", "Quote from a crew member to follow."),
    (
        "PLH-02",
        "challenge",
        "Who was affected, how you knew, and why something had to change. Bins were missed.",
    ),
    ("PRI-02", "lessons", '<p>Ask <a href="tel:+441632960113">the crew</a>.</p>'),
    ("PRI-03", "impact", "The card said 943\u00a0476\u00a05919."),
    ("PRI-04", "impact", "Mr Hill (case no. ASC-44871) was first."),
    ("PRI-05", "impact", "The keys were with a retired man at 3 Chapel Fold."),
    ("PRI-07", "impact", "Lowenna (aged 12) drew the lorry."),
    ("PRI-06", "impact", "Jory Penhale, who is blind, puts out his bin again."),
    ("PRI-08", "impact", "A driver who is deaf drew the map."),
    ("PRI-09", "impact", "<table><tbody><tr><td>Deaths</td><td>2</td></tr></tbody></table>"),
    ("ACC-06", "lessons", "<p>Two things:<br>- ask the crews<br>- draw the map</p>"),
    (
        "EVD-05",
        "impact",
        "The records show that trips rose from 400 in 2021 to 500 in 2022, a rise of 20 per cent.",
    ),
    (
        "EVD-03",
        "summary",
        "Crews drew their own map of hard streets in Cherwell, and eighty per cent of them liked it in the year after.",
    ),
    ("STY-05", "solution", "The depot is open 8am-6pm."),
    ("LIF-03", "introduction", "Under embargo until 14/03/2030."),
]
CLEAN = [
    ("PLH-01", "solution", "Article XX of the tender says so."),
    ("PRI-07", "impact", "A ten-year-old mason’s yard stands there. Mason drew a map."),
    ("EVD-01", "impact", "A crew moved 9 bins."),
    ("EVD-05", "impact", "The records show that trips rose from 400 in 2021 to 500 in 2022, a rise of 25 per cent."),
    ("EVD-03", "summary", "In 18 months crews in Cherwell drew their own map of hard streets, and missed bins fell by 41 per cent."),
    ("EVD-03", "summary", "Crews in Cherwell drew their own map of hard streets, and 9 of 10 liked it; nine out of ten said so twice over."),
    ("PRI-02", "lessons", "Residents can ring the council on 0300 123 0987."),
    ("STY-05", "solution", "The tender had the reference 2023/S 000-012345."),
    ("PLH-01", "solution", "The report [1] says so. “The crews [of the council] drew it,” a driver said."),
    ("STY-03", "solution", "A lorry with the number plate WA20 ABC came first."),
    ("PRI-05", "solution", "The depot is at Thorpe Lane Depot, Banbury OX16 4UT."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "text"), FOUND)
def test_an_error_is_found_in_its_field(check: Check, name: str, field: str, text: str) -> None:
    assert (name, field) in [(one.check, one.field) for one in check(**{field: text})]


@pytest.mark.parametrize(("name", "field", "text"), CLEAN)
def test_what_only_looks_like_it_is_left_alone(check: Check, name: str, field: str, text: str) -> None:
    assert (name, field) not in [(one.check, one.field) for one in check(**{field: text})]


@pytest.mark.parametrize("alt", ["Petroc Yelland", "A plumber mends a tap", "Someone at a desk"])
def test_people_in_a_picture_are_seen_by_name_and_by_trade(check: Check, alt: str) -> None:
    found = check(pictures=(Picture("a.png", alt, sha256="00"),))
    assert "IMG-04" in [one.check for one in found]


def test_guidance_and_placeholders_left_out_on_reading_are_told_and_prompts_of_empty_controls_are_not() -> (
    None
):
    guidance = (
        "Explain what was done, step by step, who took part, and what it took in time, people and money."
    )
    notes = (
        Note("guidance", guidance),
        Note("guidance", "[Insert text]"),
        Note("prompt", "Click or tap here to enter text."),
    )
    found = checks.run(base.study(notes=notes), base.context())
    told = [(one.check, one.field) for one in found if one.check.startswith("PLH")]
    assert told == [("PLH-01", None), ("PLH-02", "solution")]


def test_a_heading_that_missed_a_level_is_told_once_while_it_stands_and_after_an_edit_elsewhere() -> None:
    skipped = base.study(
        notes=(Note("heading-skip", "In winter"),), solution="<h3>In winter</h3><p>The crews stop.</p>"
    )
    known = replace(skipped, findings=checks.run(skipped, base.context()))
    assert [one.check for one in known.findings].count("ACC-01") == 1
    edited = replace(known, fields={**known.fields, "impact": FieldValue(from_html("Nothing was measured."))})
    assert checks.again(edited, base.context(), {"impact"}) == checks.run(edited, base.context())

# ruff: noqa: E501
"""A clean study to plant errors in, and one line to check it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from workbench import checks, councils, template
from workbench.richtext import from_html
from workbench.submission import FieldValue, Finding, Note, Picture, Status, Submission

CLEAN = {
    "title": "Wrenbury: fewer missed bins with a map that crews drew",
    "council": "Cherwell District Council",
    "summary": "Crews in Cherwell drew their own map of hard streets and changed their rounds. Missed bins fell by "
    "41 per cent in a year, and the council spends £62,000 less on going back a second time.",
    "introduction": "Cherwell District Council collects bins from villages, market towns and new estates. "
    "About a quarter of the homes stand on lanes where a large lorry cannot turn.",
    "challenge": "In 2021 the council missed 9,300 bins, according to the contact centre's records. Crews knew which "
    "lanes were blocked by parked cars on which days, but the rounds came from a computer that did not. "
    "Residents rang, a second lorry went out, and the same lane was missed again two weeks later.",
    "solution": "Six crews drew what they knew on paper maps in January 2022. An officer put their notes into the "
    "route planning system, street by street. The council then moved 38 lanes to another day and gave "
    "each crew the right to change the order of its round without asking.",
    "impact": "The contact centre's records show that missed bins fell by 41 per cent, from 9,300 in 2021 to 5,487 in "
    "2022. The council spent £62,000 less in 2022/23 on second visits. In a survey of November 2022, "
    "answered by 52 of 60 crew members, most said that the day was calmer.",
    "sustaining": "Crews review the map every January. The officer's time is part of the service's own budget.",
    "lessons": "Ask the people who drive the lanes before buying another system. Agree at the start who may change a round.",
    "contact": "Waste Services, Cherwell District Council. waste@cherwell.example, 01632 960 100. "
    "The team agrees that these details are published.",
    "links": "How the map was drawn",
}
"""An invented study without anything to find; what it says of a real council is made up."""

Check = Callable[..., tuple[Finding, ...]]


def study(notes: tuple[Note, ...] = (), pictures: tuple[Picture, ...] = (), **fields: str) -> Submission:
    """The clean study with some fields put in place of its own, each as HTML or plain text."""
    texts = {**CLEAN, "title": "Cherwell: fewer missed bins with a map that crews drew", **fields}
    values = {name: FieldValue(from_html(text)) for name, text in texts.items()}
    return Submission("", "", "case-study", 1, Status.RECEIVED, values, notes=notes, pictures=pictures)


def context(**changes: object) -> checks.CheckContext:
    """The shipped template, register and rules, on the first of June 2024."""
    known = checks.CheckContext(template.shipped()["case-study"], councils.register(), date(2024, 6, 1))
    return replace(known, **changes)  # type: ignore[arg-type]


@pytest.fixture
def check() -> Check:
    """Runs the checks over the clean study with changes."""

    def run(**changes: object) -> tuple[Finding, ...]:
        return checks.run(study(**changes), context())  # type: ignore[arg-type]

    return run

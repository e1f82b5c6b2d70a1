"""What looks like an error and is none: no blocker and no warning."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.submission import Finding, Note, Picture

Check = Callable[..., tuple[Finding, ...]]

TRAPS = [
    ("title", "Telford & Wrekin: a map that crews drew"),
    ("title", "H&F: a map that crews drew"),
    ("title", "FGM in Cherwell: what PARS and SEND teams learned"),
    ("title", "Reading: a map that crews drew"),
    ("council", "Telford & Wrekin Council"),
    ("council", "H&F"),
    ("council", "LB Southwark"),
    ("council", "Kent Fire and Rescue Authority"),
    ("council", "Adur and Worthing Councils"),
    ("council", "Cyngor Gwynedd"),
    ("council", "Cumbria County Council (now Cumberland Council)"),
    ("summary", "The challenge was to reach lanes that no lorry could turn in. Crews in Cherwell drew their own map of them and changed their rounds."),
    ("summary", "Background noise kept crews in Cherwell awake. They drew their own map of hard streets, and they changed their rounds within a week."),
    ("summary", "Summary justice is not what crews in Cherwell wanted. They drew their own map of hard streets, and changed their rounds."),
    ("solution", "Crews from Telford & Wrekin and Hammersmith & Fulham came to see the map. So did H&F's drivers."),
    ("solution", "Phase 2 (20 homes) and phase 3 (4 homes) follow in 2025."),
    ("solution", "Each gate is filed under its UPRN, 10023456789, or UPRN 01234567890 for the older ones."),
    ("solution", "Residents ring the council's switchboard on 01632 960 000, as they did before."),
    ("solution", "Residents may ring 0300 123 4567 at any hour."),
    ("solution", "The maps hang in Banbury Library, OX16 9AB, and at the town hall, OX15 4AA."),
    ("solution", "Cllr Jane Marsh opened the depot. Councillor Peter Hill thanked the crews."),
    ("solution", "Sarah Marsh, waste manager at the council, drew the first line."),
    ("solution", "Director of housing John Reed and chief executive Ann Bell agreed."),
    ("solution", "The scheme is part of a £1bn programme, of which £2.5m came to the district."),
    ("solution", "A driver said: \"It saved 40 per cent of my day, I'd say 40% easily.\""),
    ("solution", "The lorry came from Pearl Harbor Motors and Center Parcs."),
    ("solution", "Marks & Spencer and Ernst & Young lent staff. The Q&A took an hour, and R&D was not needed."),
    ("solution", "The crews (most of them new) met twice (add two for each village) and agreed."),
    ("solution", "In May the crews stopped. Will they begin again? They may, on 1 April 2025 or in spring 2026."),
    ("solution", "The council's year 2023-24 and the years 2022/23 were alike. Post COVID-19, crews met again."),
    ("solution", "One in four people lives alone. Two residents joined the crew, and three volunteers followed."),
    ("solution", "Three young people joined the panel, and four families lent their drives."),
    ("solution", "Charlotte Street, Margaret Road and St James Park were mapped first. Alfred House came next."),
    ("solution", "The Better Care Fund (BCF) paid. The BCF pays again in 2025. NHS and UK figures agree."),
    ("solution", "The council repaired 12 lanes at 14 High Street, where a shop stood."),
    ("solution", "The first phase began in 2021, the second a year later, and the crews drove on at first light."),
    ("solution", "It is the council's only depot. Crews like it best in winter."),
    ("solution", "Crews logged 9,434,765 bins, 1234567890 scans and order number 943 476 5919."),
    ("solution", "The 24/7 line, the A41 and the B4100 were all busy, and 50 people came at 10.30am."),
    ("solution", "Officers drafted a draft plan, which the official in charge restricted to two pages. It is public."),
    ("solution", "Anna and Tom, whose names have been changed, live in a lane. Anna, 82, is a resident."),
    ("solution", "People with dementia, disabled residents and carers were asked. Residents who are Muslim came too."),
    ("solution", "<p>Crews did three things:</p><ul><li>drew maps</li><li>moved lanes</li></ul>"),
    ("solution", "<h3>Maps</h3><p>Six crews drew <strong>paper</strong> maps.</p><h4>Lanes</h4><p>Lanes moved.</p>"),
    ("solution", "<table><thead><tr><th scope=\"col\">Crew</th><th scope=\"col\">Lanes</th></tr></thead><tbody><tr><td>1</td><td>12%</td></tr></tbody></table>"),
    ("solution", "<p>The method is in <a href=\"https://maps.example/\">How the map was drawn</a>.</p>"),
    ("impact", "A survey in 2022 asked 60 crew members. Of them 45 of 60 (75 per cent) liked it, and 52 of 60 (87 per cent) replied."),
    ("impact", "The council saved £62,000 in 2022/23, and saves £4,000 a year on fuel, according to the ledger."),
    ("impact", "The scheme was named Best Service Team at the 2023 APSE Awards. Missed bins fell by 41 per cent in 2022."),
    ("sustaining", "N/A"),
    ("lessons", "Please do ask the crews first. Give your staff time, and tell us how it went."),
    ("lessons", "Type in the address first, then choose a day. Here and there a lane is blocked."),
    ("contact", "Waste Services, waste@cherwell.example, 01632 960 100, www.cherwell.example"),
    ("contact", "Susan Marsh, susan.marsh@cherwell.example. Consent to publish: yes"),
    ("contact", "Waste Services, Bodicote House, Bodicote, OX15 4AA. We agree to publication."),
    ("links", "<p>The map of lanes: https://maps.example/lanes</p>"),
]  # fmt: skip


def loud(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str]]:
    return [(one.check, one.field, one.excerpt) for one in findings if one.severity != "advice"]


def test_the_clean_study_is_clean(check: Check) -> None:
    assert loud(check()) == []


@pytest.mark.parametrize(("field", "text"), TRAPS)
def test_a_trap(check: Check, field: str, text: str) -> None:
    others = {"summary"} if field in ("solution", "impact", "summary") else set[str]()
    found = [one for one in loud(check(**{field: text})) if one[1] not in others or one[0] != "EVD-03"]
    assert found == []


def test_a_described_and_credited_picture_and_a_decorative_one(check: Check) -> None:
    described = Picture(
        "lane.jpg", "A narrow lane with a parked car", "a" * 64, credit="Cherwell District Council"
    )
    decorative = Picture("line.png", "", "b" * 64)
    assert loud(check(pictures=(described, decorative))) == []


def test_notes_that_are_no_leftovers(check: Check) -> None:
    notes = (Note("label", "Title"), Note("guidance", "Start with the council"), Note("header", "OFFICIAL"))
    assert loud(check(notes=(*notes, Note("properties", "author: python-docx")))) == []


def test_a_figure_of_the_summary_that_the_body_writes_in_words(check: Check) -> None:
    summary = "Crews in Cherwell moved 38 lanes after 14 villages drew their own maps. Missed bins fell by 25 per cent in a year."
    solution = (
        "Fourteen villages drew maps in 2022. Thirty-eight lanes moved, and bins missed fell by a quarter. "
        * 2
    )
    assert not [one for one in check(summary=summary, solution=solution) if one.check == "EVD-03"]

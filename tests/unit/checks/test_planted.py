"""Each check finds the error planted for it, in the place where it stands."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.submission import Finding, Note, Picture

Check = Callable[..., tuple[Finding, ...]]

LONG = "word " * 80
PLANTED = [
    ("STR-01", "challenge", "", ""),
    ("STR-05", "summary", "Cherwell drew a map.", "Cherwell drew a map."),
    ("STR-05", "summary", LONG, "word word word word word word word word"),
    ("STR-06", "summary", "Summary: Crews in Cherwell drew their own map of hard streets and changed their rounds for good last year.", "Summary: "),
    ("STR-06", "summary", "<p>Background</p><p>Crews in Cherwell drew their own map of hard streets and changed their rounds for good.</p>", "Background\n"),
    ("STR-06", "summary", "OverviewCrews in Cherwell drew their own map of hard streets and changed their rounds for good last year.", "Overview"),
    ("STR-06", "summary", "The challenge Crews in Cherwell drew their own map of hard streets and changed their rounds for good.", "The challenge "),
    ("STR-07", "summary", "Crews in Cherwell drew a map of hard streets. Missed bins fell within a year. Crews in Cherwell drew a map of hard streets.", " Crews in Cherwell drew a map of hard streets."),
    ("STR-08", "title", "Fewer missed bins with a map that crews drew", "Fewer missed bins with a map that crews drew"),
    ("STR-08", "title", "Cherwell: " + "a map that crews drew " * 5, None),
    ("STR-09", "council", "Worcestershire City Council", "Worcestershire City Council"),
    ("STR-09", "council", "Stevenage Brough Council", "Stevenage Brough Council"),
    ("STR-09", "council", "Cumbria County Council", "Cumbria County Council"),
    ("STR-09", "council", "Newcastle", "Newcastle"),
    ("STR-09", "council", "Wellbury District Council", "Wellbury District Council"),
    ("STR-09", "title", "Worcestershire City Council: a map of bins", "Worcestershire City Council"),
    ("PLH-01", "impact", "Missed bins fell by [insert figure] in 2022.", "[insert figure]"),
    ("PLH-01", "impact", "Missed bins fell by XX% in 2022.", "XX%"),
    ("PLH-01", "lessons", "TBC", "TBC"),
    ("PLH-01", "lessons", "Lorem ipsum dolor sit amet.", None),
    ("PLH-01", "lessons", "Click or tap here to enter text.", None),
    ("PLH-01", "solution", "The work began on <DATE> with two crews.".replace("<", "&lt;").replace(">", "&gt;"), "<DATE>"),
    ("PLH-01", "solution", "The work cost £XXX in all.", "£XXX"),
    ("PLH-02", "challenge", "Describe the problem or the chance you saw: who was affected, how you knew, and why something had to change. Bins were missed.", None),
    ("PLH-02", "lessons", "Please describe what you would do differently. Ask the crews.", None),
    ("PLH-05", "introduction", "OFFICIAL-SENSITIVE Cherwell collects bins.", "OFFICIAL-SENSITIVE"),
    ("PLH-05", "title", "DRAFT Cherwell: a map of bins", "DRAFT"),
    ("PLH-05", "lessons", "This section is not for publication.", "not for publication"),
    ("PRI-01", "solution", "Write to jo.bloggs@cherwell.example for the map.", "jo.bloggs@cherwell.example"),
    ("PRI-01", "links", "The map (maps [at] cherwell.example)", None),
    ("PRI-02", "solution", "Ring Jo on 01632 960 123 for the map.", "01632 960 123"),
    ("PRI-02", "lessons", "Ring +44 (0)7700 900123 for the map.", None),
    ("PRI-02", "lessons", "Ring 07700900123.", "07700900123"),
    ("PRI-03", "impact", "Her NHS number, 943 476 5919, was on the letter.", "943 476 5919"),
    ("PRI-03", "impact", "The record 9434765919 was found.", "9434765919"),
    ("PRI-04", "solution", "The form showed QQ 12 34 56 C beside the claim.", "QQ 12 34 56 C"),
    ("PRI-04", "solution", "Mrs Hill, case reference AB/12345, rang twice.", None),
    ("PRI-05", "solution", "She lives at 14 Larch Close, OX26 9ZZ.", None),
    ("PRI-05", "solution", "The lorry stopped for her at OX16 9ZZ each week.", "OX16 9ZZ"),
    ("PRI-06", "impact", "Margaret Hill, a resident of the sheltered flats, said that it was calmer.", "Margaret Hill"),
    ("PRI-06", "impact", "Doris, 82, can put out her bin again.", "Doris"),
    ("PRI-06", "impact", "One tenant, Peter Marsh, rang to say thank you.", "Peter Marsh"),
    ("PRI-07", "impact", "Alfie, 9, drew the lorry.", "Alfie"),
    ("PRI-07", "impact", "Seven-year-olds helped. Layla, who attends Hill Primary School, drew a lorry.", "Layla"),
    ("PRI-07", "impact", "The 8-year-old Oscar Reed drew the lorry.", "Oscar Reed"),
    ("PRI-08", "impact", "One driver is a single man who was diagnosed with bipolar disorder. He likes the map.", None),
    ("PRI-08", "solution", "One resident is HIV positive and asked for a second bin.", None),
    ("PRI-09", "impact", "Only 3 residents in the village had been diagnosed with the condition.", None),
    ("PRI-09", "impact", "Two children were taken into care in that lane.", None),
    ("PRI-10", "contact", "Susan Marsh, waste manager, susan.marsh@cherwell.example, 01632 960 100", "Susan Marsh"),
    ("ACC-01", "solution", "<h4>Maps</h4><p>Six crews drew maps.</p>", "Maps"),
    ("ACC-01", "solution", "<p><strong>What we did first</strong></p><p>Six crews drew maps.</p>", "What we did first"),
    ("ACC-02", "solution", "<table><tbody><tr><td>Crew</td><td>Lanes</td></tr><tr><td>1</td><td>12</td></tr></tbody></table>", None),
    ("ACC-03", "links", '<p><a href="https://maps.example/">Click here</a></p>', "Click here"),
    ("ACC-03", "solution", '<p>To see the map, <a href="https://maps.example/">read more</a></p>', "read more"),
    ("ACC-03", "solution", "The map is at https://maps.example/bins now.", "https://maps.example/bins"),
    ("ACC-04", "links", "The map: S:\\waste\\maps\\final.docx", None),
    ("ACC-04", "links", "The map: https://intranet.cherwell.example/maps", None),
    ("ACC-06", "solution", "<p>• drew maps</p><p>• moved lanes</p>", None),
    ("ACC-06", "solution", "<p>They did this:</p><p>- drew maps</p><p>- moved lanes</p>", None),
    ("EVD-01", "impact", "Complaints fell by 43 per cent.", "43 per cent"),
    ("EVD-01", "impact", "The map keeps £1.2 million in the town.", "£1.2 million"),
    ("EVD-02", "impact", "This award-winning map is the first in the country.", "award-winning"),
    ("EVD-02", "summary", "Cherwell has built the UK's most advanced map of bins, and crews in every village like it very much indeed.", None),
    ("EVD-03", "summary", "Crews in Cherwell drew their own map of hard streets. Missed bins fell by 57 per cent in a year, and crews are calmer.", "57 per cent"),
    ("EVD-04", "impact", "The map has saved £62,000.", "£62,000"),
    ("EVD-05", "impact", "In the survey 45 of 60 crew members (80 per cent) liked it in 2022.", "80"),
    ("STY-03", "solution", "The JSNA told the crews nothing.", "JSNA"),
    ("STY-04", "solution", "The center of town was mapped first.", "center"),
    ("STY-04", "solution", "Crews mapped parks & lanes.", "&"),
    ("STY-04", "solution", "This was ABSOLUTELY ESSENTIAL for the crews.", "ABSOLUTELY ESSENTIAL"),
    ("STY-04", "solution", "Crews called it “the map”. Managers called it \"the plan\".", None),
    ("STY-05", "solution", "About 40% of lanes moved.", "40%"),
    ("STY-05", "solution", "It began on 1st April 2022.", "1st April 2022"),
    ("STY-05", "solution", "It began on April 1, 2022.", "April 1, 2022"),
    ("STY-05", "solution", "It began on 01/04/2022.", "01/04/2022"),
    ("STY-05", "solution", "It took 10-15 days.", "10-15"),
    ("STY-05", "solution", "On the 2nd day the crews stopped.", "2nd"),
    ("STR-04", "solution", "Crews drew maps.", "Crews drew maps."),
    ("STY-01", "solution", "The crews " + "and the officers " * 12 + "drew maps.", None),
    ("STY-06", "solution", "We leverage maps.", "leverage"),
    ("PRI-11", "contact", "susan.marsh@cherwell.example, consent given", "susan.marsh@cherwell.example"),
    ("ACC-05", "links", '<p><a href="https://a.example/">The map</a></p><p><a href="https://b.example/">The map</a></p>', "The map"),
    ("LIF-03", "introduction", "Embargoed until 3 July 2024. Cherwell collects bins.", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "text", "excerpt"), PLANTED)
def test_planted_in_a_field(check: Check, name: str, field: str, text: str, excerpt: str | None) -> None:
    found = [
        finding for finding in check(**{field: text}) if finding.check == name and finding.field == field
    ]
    assert found
    if excerpt is not None:
        assert excerpt in [finding.excerpt for finding in found]


NOTED = [
    ("PLH-03", Note("deletion", "two weeks", "p3")),
    ("PLH-03", Note("revisions", "4 tracked changes", author="Jo")),
    ("PLH-04", Note("comment", "Is this right?", "p4", "Jo")),
    ("PLH-05", Note("hidden", "ask legal first")),
    ("PLH-05", Note("header", "OFFICIAL - SENSITIVE")),
    ("PLH-05", Note("footer", "Draft")),
    ("PLH-06", Note("properties", "author: Jo Bloggs")),
]


@pytest.mark.parametrize(("name", "note"), NOTED)
def test_planted_in_a_note(check: Check, name: str, note: Note) -> None:
    assert name in {finding.check for finding in check(notes=(note,)) if finding.field is None}


PICTURED = [
    ("IMG-01", Picture("map.png", None, "a" * 64, credit="Cherwell")),
    ("IMG-02", Picture("map.png", "IMG_2041.jpg", "a" * 64, credit="Cherwell")),
    ("IMG-02", Picture("map.png", "Image of a map", "a" * 64, credit="Cherwell")),
    ("IMG-02", Picture("map.png", "A map " * 40, "a" * 64, credit="Cherwell")),
    ("IMG-03", Picture("map.png", "A lane with a lorry", "a" * 64)),
    ("IMG-04", Picture("map.png", "Two pupils beside a lorry", "a" * 64, credit="Cherwell")),
    ("IMG-05", Picture("map.png", "Bar chart of missed bins", "a" * 64, credit="Cherwell")),
]


@pytest.mark.parametrize(("name", "picture"), PICTURED)
def test_planted_in_a_picture(check: Check, name: str, picture: Picture) -> None:
    assert name in {finding.check for finding in check(pictures=(picture,))}

"""Councils are found where they are named, asked about where they are doubtful, and never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.councils import Council, CouncilMatch, register

REGISTER = register()
CURRENT = [council for council in REGISTER.councils.values() if council.current]


def named(matches: tuple[CouncilMatch, ...], least: float = 0.8) -> list[str]:
    return [match.council.code for match in matches if match.council and match.score >= least]


def test_the_register_knows_region_type_and_nation() -> None:
    leeds = REGISTER.by_gss["E08000035"]
    assert (leeds.name, leeds.nation, leeds.region) == (
        "Leeds City Council",
        "England",
        "Yorkshire and The Humber",
    )
    assert leeds.type_name == "Metropolitan district"


@pytest.mark.parametrize("council", CURRENT, ids=lambda council: council.code)
def test_every_council_by_its_own_name(council: object) -> None:
    for text in (council.name, council.name.lower(), council.name.upper()):  # type: ignore[attr-defined]
        best = REGISTER.in_field(text)
        assert [match.council for match in best] == [council] or best[0].council is council
    assert REGISTER.recognise(f"How {council.name} mends roads")[0].council is council  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("LB Southwark", ["SWK"]),
        ("H&F", ["HMF"]),
        ("Hammersmith & Fulham Council", ["HMF"]),
        ("Telford & Wrekin", ["TFW"]),
        ("Royal Borough of Kensington & Chelsea", ["KEC"]),
        ("Rotherham MBC", ["ROT"]),
        ("Kent CC", ["KEN"]),
        ("Cyngor Caerdydd", ["CRF"]),
        ("Cyngor Sir Gâr", ["CMN"]),
        ("Ynys Môn", ["AGY"]),
        ("Stevenage Brough Council", ["STV"]),
        ("Leeds City Counil", ["LDS"]),
        ("St. Helen's", ["SHN"]),
        ("King's Lynn & West Norfolk", ["KIN"]),
        ("Stoke on Trent City Council", ["STE"]),
        ("Adur and Worthing Councils", ["ADU", "WOT"]),
        ("Babergh and Mid Suffolk District Councils", ["BAB", "MSU"]),
        ("Leeds City Council; Bradford Council", ["LDS", "BRD"]),
        ("Lancaster City Council, Lancashire", ["LAC"]),
        ("Cambridgeshire and Peterborough Combined Authority", ["CPCA"]),
        ("E08000035", ["LDS"]),
        ("N/A", []),
    ],
)
def test_a_field(text: str, codes: list[str]) -> None:
    assert named(REGISTER.in_field(text)) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bristol's model for tackling FGM", ["BST"]),
        ("A Reading library doubles as a training ground", []),
        ("Reading is fun for children on Kent Road", []),
        ("Bury FC moved to Derby Road", []),
        ("We went to York Street and Oxford Street", []),
        ("University of Leeds", []),
        ("Kentish Town and Brentford", []),
        ("Essex Police and Kent Fire and Rescue Authority", []),
        ("Manchester United and Leeds", ["LDS"]),
        ("Leicester city centre", ["LCE"]),
        ("cheltenham borough council said", ["CHT"]),
        ("The county council and the borough council met", []),
        ("Derbyshire and Derby", ["DBY", "DER"]),
        ("Cambridge, not Cambridgeshire County Council", ["CAM", "CAB"]),
    ],
)
def test_a_text(text: str, codes: list[str]) -> None:
    assert sorted(named(REGISTER.recognise(text))) == sorted(codes)


@pytest.mark.parametrize(
    "text",
    [
        "Newcastle",
        "Cheshire",
        "Worcestershire City Council",
        "London Borough of Bury",
        "Sussex",
        "Richmond helps",
    ],
)
def test_doubt_is_asked_about(text: str) -> None:
    assert named(REGISTER.recognise(text)) == []


def test_several_readings_of_one_name_share_its_span_and_have_close_scores() -> None:
    one, other = REGISTER.in_field("Newcastle")
    assert {one.council.code, other.council.code} == {"NET", "NEC"}  # type: ignore[union-attr]
    assert one.span == other.span == (0, 9)
    assert abs(one.score - other.score) < 0.1


def test_an_abolished_council_brings_its_successors_and_says_so() -> None:
    cumbria, *followers = REGISTER.in_field("Cumbria County Council")
    assert cumbria.council and not cumbria.council.current
    assert "abolished 2023-04-01" in cumbria.because[1]
    assert {match.council.code for match in followers if match.council} == {"CBD", "WAF"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kent Fire and Rescue Authority", "other"),
        ("Kirkby Parish Council", "other"),
        ("Newport Town Council", "other"),
        ("London Councils", "other"),
        ("Wellbury District Council", "unknown"),
    ],
)
def test_bodies_outside_the_register(text: str, kind: str) -> None:
    (match,) = REGISTER.in_field(text)
    assert (match.council, match.kind, match.name) == (None, kind, text)


def test_a_misspelt_place_is_a_question_with_an_answer() -> None:
    (match,) = REGISTER.in_field("Stevnage Borough Council")
    assert match.council
    assert (match.council.code, match.because[-1]) == ("STV", "read as Stevenage Borough Council")
    assert match.score < 0.8


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["Leeds", "City", "of", "Council", "&", "'s", ",", "Kent", "Fire"])).map(
        " ".join
    )
)
def test_spans_are_of_the_text_and_scores_between_0_and_1(text: str) -> None:
    for match in (*REGISTER.recognise(text), *REGISTER.in_field(text)):
        assert 0 <= match.span[0] < match.span[1] <= len(text)
        assert 0 < match.score <= 1
        assert match.because


# Disguises, sayings, and what is no council

COUNCILS = st.sampled_from(CURRENT)
DISGUISES = st.sampled_from(
    [
        "{name}",
        "the {name}",
        "{name}.",
        "On behalf of {name}",
        "{name} (lead)",
        "{name}\u00a0",
        "{name}, {region}",
        "{upper}",
        "{lower}",
        "{ampersand}",
        "{wide}",
        "{counicl}",
        "{name} {gss}",
    ]
)


@settings(max_examples=250, deadline=None)
@given(COUNCILS, DISGUISES)
def test_a_council_is_known_in_any_disguise_and_no_other_is_promised(council: Council, disguise: str) -> None:
    name = council.name
    text = disguise.format(
        name=name,
        upper=name.upper(),
        lower=name.lower(),
        ampersand=name.replace(" and ", " & "),
        wide=name.replace(" ", "  "),
        counicl=name.replace("Council", "Counicl"),
        region=council.region or council.nation,
        gss=council.gss or "",
    )
    assert named(REGISTER.in_field(text)) == [council.code]


@settings(max_examples=100, deadline=None)
@given(COUNCILS, COUNCILS, st.sampled_from([" and ", "; ", ", ", " & ", " / ", "\n"]))
def test_two_councils_in_one_field_are_two(one: Council, other: Council, between: str) -> None:
    found = named(REGISTER.in_field(f"{one.name}{between}{other.name}"))
    above = {one.county, one.combined_authority, other.county, other.combined_authority}
    assert {one.code, other.code} - above <= set(found) <= {one.code, other.code}


ORDINARY = """
reading bath bury rugby barking deal wells ware sandwich hart down eden craven highland angus mole melton hull
stoke the a people council city county borough district our helped in of for to learned waste homes care
"""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(ORDINARY.split()), max_size=14), st.booleans())
def test_ordinary_words_promise_no_council(words: list[str], capital: bool) -> None:
    sentence = " ".join(words)
    text = (
        sentence.capitalize()
        if capital and words and words[0] not in ("hull", "melton", "stoke")
        else sentence
    )
    assert [m for m in REGISTER.recognise(text) if m.score >= 0.8 and not _says_council(m)] == []


def _says_council(match: CouncilMatch) -> bool:
    return any(
        word in match.because[0].lower() for word in ("council", "city", "borough", "district", "county")
    )


LISTS = Path(__file__).parents[3] / "benchmarks" / "names"


@pytest.mark.parametrize("name", ["first", "second", "third-ordinary", "third-odd", "fourth-ordinary"])
def test_nothing_written_in_the_lists_is_silently_taken_for_another(name: str) -> None:
    """Names of councils as people write them; what they name stands beside them."""
    wrong: list[str] = []
    for line in (LISTS / f"{name}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        kind, text, names = line.split("\t")
        found = REGISTER.in_field(text) if kind == "field" else REGISTER.recognise(text)
        promised = {code for code in named(found) if REGISTER.councils[code].current}
        wanted = {each for each in names.split(",") if each[0] not in "o-?~"}
        wrong += [text] if promised - wanted else []
    assert wrong in ([], ["Wyre fences and barbed wire"])


def test_every_abbreviation_that_is_known_is_found_where_it_stands() -> None:
    for initials, codes in REGISTER.names.initials.items():
        for found in (REGISTER.in_field(initials), REGISTER.recognise(f"a plan by {initials} for its parks")):
            assert {match.council.code for match in found if match.council} == set(codes), initials


def test_letters_that_begin_a_councils_name_are_a_question() -> None:
    (match,) = REGISTER.in_field("KCC")
    assert match.council
    assert (match.council.code, match.score < 0.8) == ("KEN", True)


@pytest.mark.parametrize(
    "text", ["Avon Fire and Rescue Service fits alarms", "Thames Valley Police with Slough Borough Council"]
)
def test_a_body_whose_name_holds_no_council_is_seen_in_a_text(text: str) -> None:
    assert "other" in {match.kind for match in REGISTER.recognise(text)}


def test_a_place_that_is_also_a_word_is_sure_in_a_list_of_councils() -> None:
    assert sorted(named(REGISTER.recognise("Oldham, Rochdale and Bury share a bus"))) == ["BUR", "OLD", "RCH"]
    assert named(REGISTER.recognise("They bury it in Oldham and Reading lists grow")) == ["OLD"]


def test_initials_that_several_go_by_are_asked_about() -> None:
    found = REGISTER.in_field("LBH")
    assert len(found) > 2
    assert named(found) == []


@pytest.mark.parametrize(
    "text",
    ["Dorset & Wiltshire Fire and Rescue Service", "Suffolk and North East Essex Integrated Care Board"],
)
def test_a_body_that_several_places_share_is_one_body(text: str) -> None:
    (match,) = REGISTER.in_field(text)
    assert (match.kind, match.name) == ("other", text)

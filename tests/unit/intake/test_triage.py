"""Duplicate, revision or new: no revision taken for new, no new study swallowed."""

from __future__ import annotations

import pytest

from benchmarks.layouts import Study, study
from workbench.intake import Candidate, Newcomer, Verdict, triage

SEEDS = range(12)


def told(one: Study) -> str:
    return "\n".join(one.words(name) for name in one.answers if name not in ("title", "council", "contact"))


STUDIES = {f"CB-{seed}": study(seed) for seed in SEEDS}
TEXTS = {name: told(one) for name, one in STUDIES.items()}
CANDIDATES = [
    Candidate(name, f"uuid-{name}", one.words("title"), one.words("council"), (f"sha-{name}",))
    for name, one in STUDIES.items()
]


def judge(arrived: Newcomer) -> Verdict:
    return triage(arrived, CANDIDATES, TEXTS.__getitem__)


def arriving(
    name: str,
    *,
    title: str | None = None,
    council: str | None = None,
    text: str | None = None,
    claim: str = "",
) -> Newcomer:
    one = STUDIES[name]
    return Newcomer(
        "sha-new",
        one.words("title") if title is None else title,
        one.words("council") if council is None else council,
        TEXTS[name] if text is None else text,
        claim,
    )


@pytest.mark.parametrize("name", STUDIES)
def test_the_same_bytes_are_a_duplicate(name: str) -> None:
    found = judge(Newcomer(f"sha-{name}", "Another title"))
    assert (found.taken_for, found.of) == ("duplicate", name)


@pytest.mark.parametrize("name", STUDIES)
def test_an_edited_file_is_a_revision_of_its_own_study(name: str) -> None:
    words = TEXTS[name].split()
    edited = " ".join(
        [*words[: len(words) // 3], "A new paragraph was asked for.", *words[len(words) // 3 + 20 :]]
    )
    for arrived in (
        arriving(name, text=edited),
        arriving(name, text=edited, council=""),
        arriving(name, text=edited, title=STUDIES[name].words("title").replace(":", " -") + " today"),
        arriving(name, text=edited, title=""),
    ):
        found = judge(arrived)
        assert (found.taken_for, found.of) == ("revision", name), found


@pytest.mark.parametrize("name", STUDIES)
def test_a_file_that_names_its_submission_is_its_revision(name: str) -> None:
    rewritten = "Nothing of the old text is left in this one, which was written again from the start."
    for claim in (name, f"uuid-{name}"):
        found = judge(arriving(name, text=rewritten, claim=claim))
        assert (found.taken_for, found.of, found.certain) == ("revision", name, True)
        assert found.because[0].startswith("It carries the mark of")


def test_a_form_used_again_for_another_story_is_new() -> None:
    found = judge(
        Newcomer(
            "sha",
            "Carrow: a ferry for cyclists",
            "Carrow Council",
            "Boats and bells and bicycles, each day.",
            "CB-1",
        )
    )
    assert found.taken_for == "new"


@pytest.mark.parametrize("seed", range(100, 112))
def test_another_study_is_new(seed: int) -> None:
    other = study(seed)
    text = (
        f"{told(other)} Only this one speaks of ferries, bells, lamps, ropes and a harbour master named Ash."
        * 2
    )
    fresh = Newcomer("sha", f"A ferry across the {seed} mile water", "Elsewhere Council", text)
    assert judge(fresh).taken_for == "new"


def test_a_new_story_of_the_same_council_is_new() -> None:
    one = STUDIES["CB-1"]
    text = "Boats run each hour. Bells ring at noon. Cyclists pay nothing and walkers a pound, as the survey asked."
    assert judge(Newcomer("sha", "A ferry for cyclists", one.words("council"), text)).taken_for == "new"


def test_the_same_story_of_two_councils_is_not_one() -> None:
    assert judge(arriving("CB-2", council="Zennor Parish Council")).taken_for == "new"


def test_the_next_quarter_is_not_a_revision_of_the_last() -> None:
    known = Candidate("CB-9", "u", "Carrow food programme, year 3, quarter 2", "Carrow Council")
    next_one = Newcomer(
        "sha",
        "Carrow food programme, year 3, quarter 3",
        "Carrow Council",
        "In autumn we cooked soup for all.",
    )
    found = triage(
        next_one, [known], lambda _: "In summer the children picked berries and made jam for the fair."
    )
    assert found.taken_for == "new"


@pytest.mark.parametrize("name", list(STUDIES)[:4])
def test_one_council_of_several_that_sent_the_same_is_asked_about(name: str) -> None:
    joint = Candidate("CB-9", "u", STUDIES[name].words("title"), "Zennor, Carrow and St Ives Councils")
    found = triage(arriving(name, council="Carrow Council"), [joint], lambda _: TEXTS[name])
    assert (found.of, found.certain) == ("CB-9", False)


@pytest.mark.parametrize("title", ["A story of 2019", "Turning round the second part"])
@pytest.mark.parametrize("name", list(STUDIES)[:4])
def test_a_number_in_a_wholly_new_title_makes_no_other_study(name: str, title: str) -> None:
    found = judge(arriving(name, title=title))
    assert (found.taken_for, found.of, found.certain) == ("revision", name, True)


def test_a_title_taken_from_another_study_does_not_outweigh_the_words() -> None:
    told, other = STUDIES["CB-1"], STUDIES["CB-2"]
    council = told.words("council")
    known = [
        Candidate("CB-1", title=told.words("title"), council=council),
        Candidate("CB-2", title=other.words("title"), council=council),
    ]
    words = TEXTS["CB-1"].split()
    most = " ".join([*words[: len(words) * 4 // 5], *TEXTS["CB-3"].split()[: len(words) // 5]])
    arrived = Newcomer("sha-new", other.words("title"), council, most)
    found = triage(arrived, known, TEXTS.__getitem__)
    assert (found.of, found.certain) == ("CB-1", True)


def test_only_likely_candidates_are_read() -> None:
    asked: list[str] = []
    many = [
        Candidate(f"N-{n}", title=f"{n} unlike words {n}", council=f"Place{n} Council") for n in range(500)
    ]
    triage(arriving("CB-1"), [*many, *CANDIDATES], lambda name: asked.append(name) or TEXTS.get(name, ""))
    assert len(asked) <= 12
    assert "CB-1" in asked

"""One document in a few lines for each rule of placing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.intake.notation import document
from workbench.intake import Placed, place, second
from workbench.richtext import Heading, ListBlock, Table
from workbench.template import shipped
from workbench.word.document import Row, refs

TEMPLATES = shipped()


def placed(text: str, learned: dict[tuple[str, str], str] | None = None, **custom: str) -> Placed:
    found = place(document(text, **custom), TEMPLATES, learned)
    assert found.account.share == 1, found.account.missing
    return found


def texts(found: Placed) -> dict[str, str]:
    return {name: value.text for name, value in found.fields.items()}


def notes(found: Placed, kind: str) -> list[str]:
    return [note.text for note in found.notes if note.kind == kind]


def left(found: Placed) -> list[str]:
    return [passage.text for passage in found.unplaced]


STUDY = """T Ambleford: mowing less
Ambleford Borough Council
# The challenge
Verges were mown to the ground.
# The solution
We mowed less.
# The impact
Bees came."""


def test_headings_title_and_council() -> None:
    found = placed(STUDY)
    assert texts(found) == {
        "title": "Ambleford: mowing less",
        "council": "Ambleford Borough Council",
        "challenge": "Verges were mown to the ground.",
        "solution": "We mowed less.",
        "impact": "Bees came.",
    }
    assert found.fields["challenge"].matched_by == "label"
    assert found.fields["challenge"].heading == "The challenge"
    assert found.fields["challenge"].confidence >= 0.8
    assert notes(found, "label") == ["The challenge", "The solution", "The impact"]
    assert not found.unplaced


@pytest.mark.parametrize(
    "text",
    [
        "**The challenge**\nCold.\n**The solution**\nHeat.\n**The impact**\nWarm.",
        "THE CHALLENGE\nCold.\nTHE SOLUTION\nHeat.\nTHE IMPACT\nWarm.",
        "The challenge\nCold.\nThe solution\nHeat.\nThe impact\nWarm.",
        "**The challenge:** Cold.\n**The solution:** Heat.\n**The impact:** Warm.",
        "**The challenge** Cold.\n**The solution** Heat.\n**The impact** Warm.",
        "The challenge: Cold.\nThe solution - Heat.\nImpact: Warm.",
        "**The challenge**~Cold.\n**The solution**~Heat.\n**The impact**~Warm.",
        "The challenge:~Cold.~The solution:~Heat.~The impact:~Warm.",
        "1. **The challenge**\nCold.\n2. **The solution**\nHeat.\n3. **The impact**\nWarm.",
        "# 1. What was the problem?\nCold.\n# 2. What did you do?\nHeat.\n# 3. What difference did it make?\nWarm.",
        "| The challenge | Cold. |\n| The solution | Heat. |\n| The impact | Warm. |",
        "| 1 | The challenge | Cold. |\n| 2 | The solution | Heat. |\n| 3 | The impact | Warm. |",
        "| Challenge | Solution | Impact |\n| Cold. | Heat. | Warm. |",
        "| Challenge |\n| Cold. |\n| Solution |\n| Heat. |\n| Impact |\n| Warm. |",
        "| **Challenge** / Cold. |\n| **Solution** / Heat. |\n| **Impact** / Warm. |",
        "| Challenge | Cold. | Solution | Heat. |\n| Impact | Warm. | Contact | |",
        "| Challenge | What was it? | Cold. |\n| Solution | What did you do? | Heat. |\n| Impact | Why? | Warm. |",
        "| Challenge / Please describe it in 300 words. | Cold. |\n| Solution | Heat. |\n| Impact | Warm. |",
        "| **Challenge** / Cold. / **Solution** / Heat. | **Impact** / Warm. |",
        "| Challenge |\nCold.\n| Solution |\nHeat.\n| Impact |\nWarm.",
        "> **The challenge**\n> Cold.\n> **The solution**\n> Heat.\n> **The impact**\n> Warm.",
        "@challenge Cold.\n@solution Heat.\n@impact Warm.",
        "@=The_challenge Cold.\n@=What_we_did Heat.\n@=Impact Warm.",
        "# Impact\n@challenge Cold.\n# Challenge\n@solution Heat.\n# Solution\n@impact Warm.",
        "Challenge: {challenge:Cold.}\n**Solution** {solution:Heat.}\nImpact\n{impact:Warm.}",
        "| Challenge | {challenge:Cold.} |\n| Solution | {solution:Heat.} |\n| Impact | {impact:Warm.} |",
    ],
)
def test_every_layout_says_the_same(text: str) -> None:
    found = {name: said for name, said in texts(placed(text)).items() if said}
    assert found == {"challenge": "Cold.", "solution": "Heat.", "impact": "Warm."}


def test_a_control_beats_the_heading_above_it() -> None:
    found = placed("# The solution\nText below the heading.\n@impact Bees came.")
    assert texts(found) == {"solution": "Text below the heading.", "impact": "Bees came."}
    assert found.fields["impact"].matched_by == "control-tag"
    assert found.fields["impact"].confidence == 1
    assert found.fields["solution"].confidence < 0.8


def test_words_outside_every_control_are_left_with_a_suggestion() -> None:
    found = placed("@challenge Cold.\nNobody's words.\n@solution Heat.")
    assert texts(found) == {"challenge": "Cold.", "solution": "Heat."}
    assert left(found) == ["Nobody's words."]
    assert found.unplaced[0].suggested == "challenge"


def test_an_unfilled_prompt_is_an_empty_field() -> None:
    found = placed("# Challenge\n@?challenge Click here and type.\n# Solution\n@solution Heat.")
    assert texts(found) == {"challenge": "", "solution": "Heat."}
    assert notes(found, "prompt") == ["Click here and type."]


def test_guidance_left_in_place_is_no_answer() -> None:
    guidance = TEMPLATES["case-study"].by_id["challenge"].guidance
    found = placed(
        f"# Challenge\n{guidance}\nCold.\n# Solution\n[Insert your text here]\n# Impact\n(Max 300 words)\nWarm."
    )
    assert texts(found) == {"challenge": "Cold.", "solution": "", "impact": "Warm."}
    assert notes(found, "guidance") == [guidance, "[Insert your text here]", "(Max 300 words)"]


def test_guidance_with_an_answer_behind_it_is_cut_off() -> None:
    guidance = TEMPLATES["case-study"].by_id["challenge"].guidance
    found = placed(f"# Challenge\n{guidance} It was cold.\n# Solution\nHeat.")
    assert texts(found)["challenge"] == "It was cold."


@pytest.mark.parametrize(
    "answer", ["Please contact us by noon.", "Click here for the stats.", "What would you do?", "N/A"]
)
def test_an_answer_that_sounds_like_guidance_is_an_answer(answer: str) -> None:
    assert texts(placed(f"# Challenge\nCold.\n# Solution\n{answer}"))["solution"] == answer


def test_a_heading_nobody_knows_is_left_with_its_text() -> None:
    found = placed(STUDY + "\n# Procurement route\nWe bought a mower.\nAnd a rake.\n# Contact\nJo")
    assert left(found) == ["Procurement route\nWe bought a mower.\nAnd a rake."]
    assert found.unplaced[0].heading == "Procurement route"
    assert texts(found)["impact"] == "Bees came."


def test_a_lower_heading_stays_in_its_answer() -> None:
    found = placed(STUDY + "\n## Costs\nIt cost £9,000.\n### Detail\nMore.\n# Lessons learned\nBegin.")
    assert texts(found)["impact"] == "Bees came.\nCosts\nIt cost £9,000.\nDetail\nMore."
    headings = [block for block in found.fields["impact"].content if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [3, 4]
    assert not found.unplaced


def test_a_combined_heading_is_flagged_and_unsure() -> None:
    found = placed("# Challenge and solution\nCold, then heat.\n# Impact\nWarm.")
    assert texts(found) == {"challenge": "Cold, then heat.", "impact": "Warm."}
    assert found.fields["challenge"].confidence < 0.8
    assert notes(found, "combined") == ["Challenge and solution"]


def test_a_combined_heading_with_its_parts_below_it_is_split() -> None:
    found = placed("# Challenge and solution\n## Challenge\nCold.\n## Solution\nHeat.\n# Impact\nWarm.")
    assert texts(found) == {"challenge": "Cold.", "solution": "Heat.", "impact": "Warm."}


def test_two_parts_of_one_field_are_joined_and_flagged() -> None:
    found = placed(STUDY + "\n# The solution\nLater we mowed again.")
    assert texts(found)["solution"] == "We mowed less.\nLater we mowed again."
    assert notes(found, "joined") == ["The solution"]


SECOND = (
    STUDY
    + """
# Carrow: mowing more
Carrow District Council
# Challenge
Nobody mowed.
# Solution
We bought a mower.
# Impact
Lawns came."""
)


def test_the_second_study_is_a_document_that_is_placed_like_any_other() -> None:
    both = document(SECOND)
    first = place(both, TEMPLATES)
    other = second(both, first.notes)
    assert other is not None
    found = place(other, TEMPLATES)
    assert texts(found) == {
        "title": "Carrow: mowing more",
        "council": "Carrow District Council",
        "challenge": "Nobody mowed.",
        "solution": "We bought a mower.",
        "impact": "Lawns came.",
    }
    assert {ref for passage in first.unplaced for ref in passage.sources} <= set(refs(other.blocks))
    assert not set(refs(other.blocks)) & {ref for value in first.fields.values() for ref in value.sources}
    assert second(other, found.notes) is None


def test_a_second_study_may_begin_in_the_middle_of_a_table() -> None:
    rows = [
        ("Title", "{0}: mowing"),
        ("Challenge", "{0} verges."),
        ("Solution", "{0} did."),
        ("Impact", "{0} bees."),
    ]
    both = document("\n".join(f"| {label} | {said.format(name)} |" for name in ("Ambleford", "Carrow")
                              for label, said in rows))  # fmt: skip
    first = place(both, TEMPLATES)
    other = second(both, first.notes)
    assert other is not None
    for found, name in ((first, "Ambleford"), (place(other, TEMPLATES), "Carrow")):
        assert {label: found.fields[label.lower()].text for label, _ in rows} == {
            label: said.format(name) for label, said in rows
        }


def test_a_third_study_is_told_of_when_the_second_is_placed() -> None:
    three = document(SECOND + "\n" + STUDY.replace("T ", "# ").replace("Ambleford", "Fennick"))
    other = second(three, place(three, TEMPLATES).notes)
    assert other is not None
    third = second(other, place(other, TEMPLATES).notes)
    assert third is not None
    assert place(third, TEMPLATES).fields["title"].text == "Fennick: mowing less"


def test_a_study_alone_has_no_second() -> None:
    alone = document(STUDY)
    assert second(alone, place(alone, TEMPLATES).notes) is None


def test_a_row_without_cells_in_a_form_is_passed_over() -> None:
    form = document("| Title | Ambleford: mowing |\n| Challenge | Verges. |\n| Impact | Bees. |")
    (table,) = form.blocks
    bare = replace(table, rows=(Row(()), *table.rows, Row(())))
    assert texts(place(replace(form, blocks=(bare,)), TEMPLATES)) == texts(place(form, TEMPLATES))


def test_a_second_study_is_left_and_noted() -> None:
    other = STUDY.replace("Ambleford: mowing less", "Carrow: mowing more").replace("Verges", "Lawns")
    found = placed(f"{STUDY}\n{other}")
    assert texts(found)["challenge"] == "Verges were mown to the ground."
    assert any("Lawns were mown" in text for text in left(found))
    assert notes(found, "second-study") == ["Carrow: mowing more"]


def test_a_lead_paragraph_is_summary_or_introduction_and_unsure() -> None:
    lead = "Residents like what grows there now that nobody mows it every week."
    found = placed(STUDY.replace("# The challenge", f"{lead}\n# The challenge"))
    assert found.fields["summary"].text == lead
    assert found.fields["summary"].confidence < 0.8
    both = placed(STUDY.replace("# The challenge", f"{lead}\n# Summary\nShort.\n# The challenge"))
    assert texts(both)["introduction"] == lead


def test_a_table_of_data_stays_in_its_answer() -> None:
    found = placed(
        STUDY
        + "\n^| Outcome | Before | After |\n| Costs | £9 | £5 |\n| Challenges | many | few |\n# Contact\nJo"
    )
    table = found.fields["impact"].content[-1]
    assert isinstance(table, Table)
    assert table.head[0].cells[0].scope == "col"
    assert texts(found)["challenge"] == "Verges were mown to the ground."


def test_lists_are_nested_by_level() -> None:
    found = placed("# Solution\n- one\n  - two\n  - three\n- four\n1. five\n# Impact\nWarm.")
    first, second = found.fields["solution"].content
    assert isinstance(first, ListBlock)
    assert isinstance(second, ListBlock)
    assert [len(first.items), len(first.items[0].lists[0].items), second.ordered] == [2, 2, True]


def test_answers_that_begin_with_heading_words_stay_whole() -> None:
    traps = (
        "Results: better than hoped.\n- Impact\n- Costs\nContact people early.\nSummary of all this: begin."
    )
    found = placed(STUDY + f"\n# Lessons learned\n{traps}\n# Contact\nJo")
    assert texts(found)["lessons"] == traps.replace("- ", "")
    assert texts(found)["impact"] == "Bees came."


def test_a_contact_label_below_the_last_answer_is_found() -> None:
    found = placed(STUDY + "\n**Contact:** Jo, 01632 960 000")
    assert texts(found)["contact"] == "Jo, 01632 960 000"
    assert texts(found)["impact"] == "Bees came."


def test_the_parts_of_a_contact_in_a_form_are_one_contact() -> None:
    found = placed(
        "| Challenge | Cold. |\n| Impact | Warm. |\n| Contact | Jo |\n| Email | jo@a.example |\n| Phone | 01632 |"
    )
    assert texts(found)["contact"] == "Jo\njo@a.example\n01632"


def test_headings_inside_the_answer_of_a_form_stay_there() -> None:
    cold = "Cold. / **Costs** / Nine pounds. / **Contact** / Jo / **Governance** / A board."
    found = placed(
        f"| Challenge | {cold} |\n| Solution | Heat. |\n| Impact | Warm. / **Lessons learned** / Begin. |"
    )
    assert texts(found) == {
        "challenge": "Cold.\nCosts\nNine pounds.\nContact\nJo\nGovernance\nA board.",
        "solution": "Heat.",
        "impact": "Warm.\nLessons learned\nBegin.",
    }


def test_a_row_nobody_knows_is_left_with_its_label() -> None:
    found = placed("| Title | Mowing |\n| Date of work | March 2024 |\n| Challenge | Cold. |")
    assert left(found) == ["Date of work\nMarch 2024"]


def test_a_box_in_an_answer_interrupts_it_only() -> None:
    found = placed("# Challenge\nCold.\n> **Contact**\n> Jo\nAnd damp.\n# Solution\nHeat.")
    assert texts(found) == {"challenge": "Cold.\nAnd damp.", "contact": "Jo", "solution": "Heat."}


def test_a_cover_with_contents_is_no_text() -> None:
    cover = "Case study\nT Mowing less\nMarch 2024\n**Contents**\nThe challenge\t2\nThe impact\t3\n"
    found = placed(cover + "# Mowing less\n# The challenge\nCold.\n# The impact\nWarm.")
    assert texts(found) == {"title": "Mowing less", "challenge": "Cold.", "impact": "Warm."}
    assert notes(found, "contents") == ["Contents", "The challenge\t2", "The impact\t3"]
    assert left(found) == ["March 2024"]


def test_a_heading_before_the_telling_is_no_title_when_there_is_one() -> None:
    found = placed(
        "Title: Mowing\nCouncil: Carrow\n# Who we are\nA small team.\n# Challenge\nCold.\n# Impact\nWarm."
    )
    assert texts(found) == {"title": "Mowing", "council": "Carrow", "challenge": "Cold.", "impact": "Warm."}
    assert left(found) == ["Who we are\nA small team."]


def test_a_plain_line_can_head_what_nobody_knows() -> None:
    text = "A mowing study\nThe challenge\nVerges were short.\nThe solution\nWe let them grow for a year.\n"
    found = placed(
        text + "Governance\nA board of seven met every month and wrote it down.\nThe impact\nBees came."
    )
    assert left(found) == ["Governance\nA board of seven met every month and wrote it down."]
    assert texts(found)["solution"] == "We let them grow for a year."


def test_what_an_editor_taught_is_used_for_that_template_only() -> None:
    text = STUDY + "\n# Roadmap\nMore verges."
    taught = {("case-study", "roadmap"): "sustaining", ("programme-update", "governance"): "progress"}
    found = placed(text, taught)
    assert texts(found)["sustaining"] == "More verges."
    assert found.fields["sustaining"].matched_by == "learned"
    assert left(placed(text, {("programme-update", "roadmap"): "progress"})) == ["Roadmap\nMore verges."]


def test_a_text_that_fits_no_template_is_left_whole() -> None:
    found = placed("T Minutes\nPresent were all members of the board.\n# Apologies\nNone.")
    assert found.template is None
    assert texts(found) == {"title": "Minutes"}
    assert left(found) == ["Present were all members of the board.", "Apologies\nNone."]


def test_the_template_is_the_one_the_file_names() -> None:
    found = placed("# Progress\nMuch.\n# Challenges\nFew.", CasebookTemplate="programme-update")
    assert found.template == "programme-update"
    assert texts(found) == {"progress": "Much.", "challenges": "Few."}


def test_the_template_is_the_one_whose_controls_the_file_holds() -> None:
    assert placed("@homes Ninety.\n@jobs Ten.").template == "property-project"


def test_the_template_is_the_one_whose_headings_fit() -> None:
    assert (
        placed("# Progress\na\n# Challenges\nb\n# Learnings\nc\n# Next steps\nd").template
        == "programme-update"
    )
    assert placed("# Challenge\na\n# Approach\nb\n# Benefits\nc\n# Next steps\nd").template == "case-study"


def test_every_field_knows_where_it_came_from() -> None:
    source = document(STUDY)
    found = place(source, TEMPLATES)
    refs = {block.ref for block in source.blocks}
    assert set(found.fields["challenge"].sources) <= refs
    assert len(found.fields["challenge"].sources) == 2


def test_keys_of_passages_are_their_own_and_stable() -> None:
    text = "# Challenge\nCold.\n# Gamma\none\n# Delta\ntwo\n# Gamma\nthree"
    keys = [passage.key for passage in placed(text).unplaced]
    assert len(set(keys)) == 3
    assert keys == [passage.key for passage in placed(text).unplaced]


@pytest.mark.parametrize(
    ("filled", "answer"),
    [
        ("@?challenge Verges were mown.", "Verges were mown."),
        ("{?challenge:Verges were mown.}", "Verges were mown."),
        ("| The challenge | {?challenge:Verges were mown.} |", "Verges were mown."),
        (f"@?challenge {TEMPLATES['case-study'].by_id['challenge'].guidance} Verges!", "Verges!"),
        ("@?challenge Click or tap here to enter text.", ""),
        ("@?challenge Choose an item.", ""),
        ("@?challenge [Describe the problem]", ""),
        (f"@?challenge {TEMPLATES['case-study'].by_id['challenge'].guidance}", ""),
    ],
)
def test_an_answer_still_marked_as_a_prompt_is_an_answer(filled: str, answer: str) -> None:
    assert texts(placed(f"# Title\n@title Ambleford\n{filled}"))["challenge"] == answer


@pytest.mark.parametrize("mark", ["@contact ", "@?contact ", ""])
def test_a_contact_of_bare_labels_is_empty(mark: str) -> None:
    found = placed(f"{STUDY}\n# Contact\n{mark}Name\n{mark}Role:\n{mark}Email\n{mark}Telephone")
    assert texts(found)["contact"] == ""
    found = placed(f"{STUDY}\n# Contact\n{mark}Name\n{mark}Ada Marsh\n{mark}Email")
    assert texts(found)["contact"] == "Name\nAda Marsh"


def test_guidance_that_is_called_so_is_no_answer() -> None:
    guidance = TEMPLATES["case-study"].by_id["challenge"].guidance
    found = placed(STUDY.replace("# The challenge", f"# The challenge\nGuidance: {guidance}"))
    assert texts(found)["challenge"] == "Verges were mown to the ground."
    assert notes(found, "guidance") == [f"Guidance: {guidance}"]


def test_of_very_many_headings_those_of_the_template_are_still_found() -> None:
    many = "\n".join(f"# Aside number {number} about impact\nWords." for number in range(2500))
    found = placed(f"{STUDY}\n{many}\n# Contact\nAda Marsh")
    assert texts(found)["challenge"] == "Verges were mown to the ground."
    assert texts(found)["contact"] == "Ada Marsh"
    assert len(left(found)) >= 2499


@pytest.mark.parametrize("head", ["# {}", "**{}**"])
@pytest.mark.parametrize(
    "instruction",
    ["please give as much detail as you can", "Say what was wrong", "in up to 90 words", "e.g. cold"],
)
def test_an_instruction_in_a_heading_is_guidance(head: str, instruction: str) -> None:
    labels = {"The challenge": "It was cold.", "The solution": "We heated.", "The impact": "It was warm."}
    found = placed(
        "\n".join(f"{head.format(f'{label}: {instruction}')}\n{labels[label]}" for label in labels)
    )
    assert list(texts(found).values()) == list(labels.values())
    assert notes(found, "guidance") == [instruction] * 3


@pytest.mark.parametrize(
    "prompt",
    [
        "What did you do? What did it take?",
        "(Tell us how.)",
        "Please describe it.",
        "What did you do? Please be brief.",
    ],
)
def test_questions_and_instructions_below_a_label_are_guidance(prompt: str) -> None:
    found = placed(f"# Challenge\nCold.\n# Solution\n{prompt}\nWe heated.\n# Impact\nWarm.")
    assert texts(found)["solution"] == "We heated."
    assert " ".join([*notes(found, "label")[2:-1], *notes(found, "guidance")]) == prompt


@pytest.mark.parametrize(
    "answer",
    [
        "Why did nobody come? We asked.",
        "Tell members early what will not work.",
        "Explain what you are doing.",
    ],
)
def test_a_question_or_an_advice_can_begin_an_answer(answer: str) -> None:
    found = placed(f"# Challenge\nCold.\n# Solution\n{answer}\nAnd more.\n# Impact\nWarm.")
    assert texts(found)["solution"] == f"{answer}\nAnd more."


def test_who_can_be_reached_is_no_guidance_however_politely_it_is_said() -> None:
    found = placed(f"{STUDY}\n# Contact\nPlease give Jo a ring on 01632 960 123")
    assert texts(found)["contact"] == "Please give Jo a ring on 01632 960 123"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "Name\nRole\nEmail\nTelephone\nJo Marsh, Lead\njo@carrow.example",
            "Jo Marsh, Lead\njo@carrow.example",
        ),
        ("Name ~ Role ~ Email\nJo Marsh", "Jo Marsh"),
        ("Jo Marsh\nEmail:\nTelephone:", "Jo Marsh"),
        ("Name: Jo Marsh\nEmail: jo@carrow.example\nTelephone:", "Name: Jo Marsh\nEmail: jo@carrow.example"),
        ("Email\njo@carrow.example", "Email\njo@carrow.example"),
        ("Name\nRole", ""),
    ],
)
def test_the_labels_of_a_contact_that_nobody_answered_are_no_answer(said: str, answer: str) -> None:
    assert texts(placed(f"{STUDY}\n# Contact\n{said}"))["contact"] == answer


@pytest.mark.parametrize(
    "subtitle", ["say no to damp", "give everyone a key", "include everyone", "why buses stood"]
)
def test_a_subtitle_is_no_instruction(subtitle: str) -> None:
    found = placed(STUDY.replace("# The solution", f"# The solution: {subtitle}"))
    assert texts(found)["solution"] == f"{subtitle}\nWe mowed less."


def test_the_same_label_before_the_first_sentence_belongs_to_the_answer() -> None:
    found = placed(STUDY.replace("Bees came.", "Impact: bees came."))
    assert texts(found)["impact"] == "Impact: bees came."


def test_an_answer_is_no_promise_where_a_line_that_could_head_it_or_not_cuts_it_short() -> None:
    told = "We were told of it by residents of every single street."
    plain = f"Title: Mowing\nThe challenge\nCold.\n{{}}\n{told}\nThe solution\nHeat.\nThe impact\nWarm."
    for heading in ("What residents told us", "Q4. Who was left out of all this?"):
        found = placed(plain.format(heading))
        assert found.fields["challenge"].text == "Cold."
        assert found.fields["challenge"].confidence < 0.8
        assert len(found.unplaced) == 1
    assert placed(STUDY + "\n# Governance\nA board.").fields["impact"].confidence >= 0.8


def test_a_case_study_called_so_in_its_title() -> None:
    found = placed(STUDY.replace("T Ambleford: mowing less", "**Case study 3: Mowing less**"))
    assert texts(found)["title"] == "Mowing less"
    assert "Case study 3:" in notes(found, "label")


def test_a_column_of_labels_and_answers_by_turns() -> None:
    answer = "Verges. / **What residents said** / Too much."
    rungs = ("**Title**", "Mowing", "**The challenge**", answer, "**Impact**", "Bees.")
    found = placed("\n".join(f"| {rung} |" for rung in rungs))
    assert texts(found)["challenge"] == "Verges.\nWhat residents said\nToo much."
    assert not found.unplaced


def test_a_heading_that_says_it_is_a_section_is_no_title() -> None:
    found = placed(
        "## Section: Title\nAmbleford\n## Section: The challenge\nCold.\n## Section: Weather\nRain."
    )
    assert texts(found) == {"title": "Ambleford", "challenge": "Cold."}

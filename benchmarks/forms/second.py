"""Fifteen forms of other habits than the first set's, written before anything was mended after it."""

from __future__ import annotations

from benchmarks.forms.answers import prose
from benchmarks.forms.page import (
    Asked,
    Form,
    Page,
    block,
    bold,
    cell,
    choice,
    control,
    formcheck,
    formtext,
    grey,
    italic,
    para,
    paras,
    run,
    table,
    textbox,
    tick,
)


def event_plan_four_across(page: Page, ask: Asked) -> None:
    page.add(para(run("Event Management Plan", "bL")))
    page.add(
        table(
            (
                (
                    cell(bold("Event name:")),
                    ask("Event name", "Lantern Walk"),
                    cell(bold("Venue:")),
                    ask("Venue", "Castle Green"),
                ),
                (
                    cell(bold("Expected attendance:")),
                    ask("Expected attendance", "1,200"),
                    cell(bold("Date(s):")),
                    ask("Date(s)", "6 December 2025", either=("Dates",)),
                ),
            ),
            4,
        )
    )
    for label in ("Crowd management", "Medical cover", "Traffic and parking"):
        page.add(para(bold(label)), para(run("State who is responsible and what they will do.", "i")))
        page.answer(ask(label, prose(label, 3), guidance="State who is responsible and what they will do."))


def panels_of_one_table(page: Page, ask: Asked) -> None:
    page.title("Library Innovation Award nomination")
    rows: list[tuple[str, ...]] = []
    for head, questions in (
        ("About the nominee", (("Nominee", "The Mobile Library Crew"), ("Branch", "Thornaby"))),
        ("About the work", (("What they did", prose("b1x", 3)), ("Why it matters", prose("b2x", 3)))),
        ("About you", (("Your name", "Sal Pryce"), ("Your phone number", "01632 960777"))),
    ):
        rows.append((cell(run(head, "bc"), span=2, shade="8EAADB"),))
        rows += [
            (label, ask(label, answer, personal=label.startswith("Your"))) for label, answer in questions
        ]
    page.add(table(rows))


def question_marks_plain(page: Page, ask: Asked) -> None:
    page.title("Twinning visit report")
    page.add("Return to the international office within a month of the visit.")
    for label, answer in (
        ("Which town did you visit?", "Bad Kreuznach"),
        ("Who travelled?", prose("c1x", 1)),
        ("What did you learn?", prose("c2x", 3, 2)),
        ("What will follow from it?", prose("c3x", 2)),
    ):
        page.add(label)
        page.answer(ask(label, answer), 3)


def hints_in_brackets(page: Page, ask: Asked) -> None:
    page.title("Play Area Renewal Bid")
    for number, label, most in (
        ("Q1", "Site", None),
        ("Q2", "Present condition", 120),
        ("Q3", "Proposal", 250),
        ("Q4", "Consultation", 120),
    ):
        limit = f" [maximum {most} words]" if most else ""
        page.add(para(bold(f"{number}. {label}"), run(limit)))
        page.answer(ask(label, prose("d" + label, 2 if most else 1), most=most))


def tabbed_labels(page: Page, ask: Asked) -> None:
    page.title("Volunteer Expenses Fund")
    for label, answer, who in (
        ("Group", "Friends of Ashcombe Wood", False),
        ("Chair", "Nerys Vaughan", True),
        ("Amount asked for", "£240", False),
        ("Bank account held at", "Credit union", False),
    ):
        page.add(para(bold(f"{label}:\t"), ask(label, answer, personal=who)))
    page.heading("How will the money be used?", 2)
    page.answer(ask("How will the money be used?", prose("e1x", 2)))


def welsh_above_english(page: Page, ask: Asked) -> None:
    page.title("Astudiaeth Achos | Case Study")
    for welsh, english, answer in (
        ("Cefndir", "Background", prose("f1x", 3)),
        ("Beth wnaethom ni", "What we did", prose("f2x", 3)),
        ("Canlyniadau", "Results", prose("f3x", 3)),
        ("Gwersi", "Lessons", prose("f4x", 2)),
    ):
        page.heading(f"{welsh} | {english}", 2)
        page.answer(ask(f"{welsh} | {english}", answer, either=(welsh, english)))


def long_questions_in_table(page: Page, ask: Asked) -> None:
    page.title("Domestic Abuse Services: commissioning return")
    rows = [tuple(cell(bold(head), shade="CCCCCC") for head in ("No.", "Question", "Response"))]
    for number, label in enumerate(
        (
            "Please describe the services commissioned by your authority in the last financial year",
            "Please explain how survivors have shaped those services",
            "Please set out the main gaps in provision and how you intend to fill them",
            "Please give the total spend, with a breakdown by source",
        ),
        1,
    ):
        rows.append((str(number), label, ask(label, prose(label, 3))))
    page.add(table(rows, 3))


def must_answer_words(page: Page, ask: Asked) -> None:
    page.title("Rough Sleeping Initiative good practice form")
    for label, must, most in (
        ("Project name", True, None),
        ("Short description", True, 50),
        ("Full description", True, 600),
        ("Partner agencies", False, None),
        ("Further reading", False, None),
    ):
        page.heading(f"{label} ({'required' if must else 'optional'})", 2)
        if most:
            page.add(para(grey(f"Word limit: {most}")))
        page.answer(ask(label, prose("h" + label, 1 if not most else 3), required=must, most=most))


def legacy_in_table(page: Page, ask: Asked) -> None:
    page.title("Taxi Licensing: Hardship Fund")
    page.add(
        table(
            (
                (cell(bold("Section 1 - Your details"), span=2, shade="C6E0B4"),),
                ("Surname", formtext(ask("Surname", "Habib", personal=True))),
                ("Badge number", formtext(ask("Badge number", "HC 2291"), "Text2")),
                (
                    "Do you own your vehicle?",
                    formcheck(bool(ask("Do you own your vehicle?", "Yes", loose=True)))
                    + run(" Yes ")
                    + formcheck(False)
                    + run(" No"),
                ),
                (cell(bold("Section 2 - Your circumstances"), span=2, shade="C6E0B4"),),
                (
                    "Explain the loss of income",
                    formtext(ask("Explain the loss of income", prose("i2x", 3)), "Text3"),
                ),
                (
                    "What support have you already had?",
                    formtext(ask("What support have you already had?", prose("i3x", 2)), "Text4"),
                ),
            )
        )
    )


def headings_with_prompts_as_bullets(page: Page, ask: Asked) -> None:
    page.title("One Public Estate project story")
    for label, prompts in (
        ("Setting the scene", ("Where is it?", "Who owned the land?", "Why did it need to change?")),
        ("Working together", ("Who came to the table?", "What was hard?")),
        ("What it has brought", ("Homes", "Jobs", "Receipts and savings")),
    ):
        page.heading(label)
        page.add(
            para(italic("You may wish to cover:")),
            *[para(italic(prompt), style="ListBullet") for prompt in prompts],
        )
        page.answer(ask(label, prose(label, 4, 2)))


def blocks_in_cells(page: Page, ask: Asked) -> None:
    page.title("Transformation Case File")
    page.add(
        table(
            (
                cell(para(bold(label)), shade="FBE4D5", width=2600),
                cell(block(ask(label, answer), "Type here", label)),
            )
            for label, answer in (
                ("Service", "Adult social care"),
                ("Problem", prose("k1x", 2)),
                ("Solution", prose("k2x", 2, 2)),
                ("Outcome for residents", prose("k3x", 2)),
                ("Saving", "£310,000 in two years"),
            )
        )
    )
    page.add(para(bold("Completed by")))
    page.add(
        table(
            (
                (name, control(ask(name, answer, personal=True, block="Completed by"), title=name))
                for name, answer in (
                    ("Name", "Toyin Marsh"),
                    ("Role", "Head of Change"),
                    ("Email", "t.marsh@council.example"),
                )
            )
        )
    )


def letters_in_brackets(page: Page, ask: Asked) -> None:
    page.title("Cultural Compact expression of interest")
    page.heading("PART ONE")
    for letter, label in zip(
        "abc", ("Lead body", "Places covered", "Ambition for the next five years"), strict=True
    ):
        page.add(para(bold(f"({letter}) {label}")))
        page.answer(ask(label, prose("l" + label, 2)))
    page.heading("PART TWO")
    for letter, label in zip("ab", ("Money already found", "Risks"), strict=True):
        page.add(para(bold(f"({letter}) {label}")))
        page.answer(ask(label, prose("l" + label, 2)))


def boxed_answers(page: Page, ask: Asked) -> None:
    page.title("Resident Panel feedback: pilot schemes")
    for label, most in (
        ("Pilot you took part in", None),
        ("What went well", 100),
        ("What could be better", 100),
    ):
        page.add(para(bold(label), run(f" (max {most} words)" if most else "")))
        answer = ask(label, prose("m" + label, 2), most=most)
        page.add(table(((cell(paras(answer) if answer else para() * 3),),), 1), para())
    page.add(para(textbox(para(bold("Need help? ")) + para("Ring the panel office on 01632 960000."))))


def two_forms_of_check(page: Page, ask: Asked) -> None:
    page.title("Fleet Decarbonisation Tracker")
    page.add(para(bold("Depot: "), control(ask("Depot", "Longford Road"), title="Depot")))
    page.add(
        para(
            bold("Phase: "), choice(ask("Phase", "Pilot", loose=True), ("Plan", "Pilot", "Rollout"), "Phase")
        )
    )
    held = ask("Is the grid connection agreed?", "Yes", loose=True)
    page.add(para(bold("Is the grid connection agreed? "), tick(bool(held)), " Yes ", tick(False), " No"))
    page.add(
        para(bold("Comments")),
        para(italic("Up to 80 words.")),
        block(ask("Comments", prose("n1x", 3), most=80, guidance="Up to 80 words.")),
    )


def declaration_heavy(page: Page, ask: Asked) -> None:
    page.title("Ward Member Fund: end of project report")
    page.add(
        table(
            (
                (cell(bold("To be completed by the council"), span=4, shade="A6A6A6"),),
                ("Grant ref", "", "Ward", ""),
            )
        ),
        para(),
    )
    for label, answer in (
        ("What was the grant for?", prose("o1x", 2)),
        ("Who benefited and how?", prose("o2x", 3)),
        ("How was the money spent?", prose("o3x", 2)),
    ):
        page.add(table(((cell(bold(label), shade="EDEDED"),), (cell(ask(label, answer)),)), 1), para())
    page.heading("Declaration", 2)
    page.add("I declare that the grant was spent as agreed and that receipts are held.")
    page.add(
        para(
            "Signature: ",
            ask("Signature", "K. Lowther", doubtful=True, personal=True) or "....................",
            "   Date: ",
            ask("Date", "2 May 2025", doubtful=True) or "............",
        )
    )
    page.heading("Privacy notice", 2)
    page.add("We use what you tell us to administer the fund and keep it for six years.")


_DRAWN = (
    event_plan_four_across,
    panels_of_one_table,
    question_marks_plain,
    hints_in_brackets,
    tabbed_labels,
    welsh_above_english,
    long_questions_in_table,
    must_answer_words,
    legacy_in_table,
    headings_with_prompts_as_bullets,
    blocks_in_cells,
    letters_in_brackets,
    boxed_answers,
    two_forms_of_check,
    declaration_heavy,
)

FORMS = tuple(Form(draw.__name__.replace("_", " "), draw) for draw in _DRAWN)

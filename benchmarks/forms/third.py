"""Twelve forms of habits that neither set before had, written after what those brought was mended."""

from __future__ import annotations

from benchmarks.forms.answers import prose
from benchmarks.forms.page import (
    Asked,
    Form,
    Page,
    block,
    bold,
    cell,
    control,
    formtext,
    grey,
    italic,
    para,
    paras,
    run,
    table,
    tick,
)


def guidance_column(page: Page, ask: Asked) -> None:
    page.title("Tourism Growth Fund: expression of interest")
    rows = [tuple(cell(bold(head), shade="D0CECE") for head in ("Question", "Guidance", "Response"))]
    for label, guidance in (
        ("Name of attraction", "As known to visitors"),
        ("Visitor numbers", "The last full year, and how they were counted"),
        ("Proposed investment", "What you would build or buy. No more than 250 words"),
        ("Match funding", "Who else is paying, and whether it is certain"),
    ):
        most = 250 if "250" in guidance else None
        rows.append(
            (
                bold(label),
                run(guidance, "i"),
                ask(label, prose("3a" + label, 2), guidance=guidance, most=most),
            )
        )
    page.add(table(rows, 3))


def answer_in_same_cell(page: Page, ask: Asked) -> None:
    page.title("Neighbourhood Watch Award")
    rows = []
    for label in ("What does your scheme do?", "How many homes does it cover?", "What are you proudest of?"):
        answer = ask(label, prose("3b" + label, 2))
        rows.append((cell(para(bold(label)) + (paras(answer) if answer else para() * 3)),))
    page.add(table(rows, 1))


def answer_word_below(page: Page, ask: Asked) -> None:
    page.title("Call for evidence: rural transport")
    page.add("Closing date: 5pm on 30 May 2025", "Return to: transport.review@council.example")
    for number, label in enumerate(
        (
            "What are the main barriers to travel in your area?",
            "What has been tried?",
            "What should we recommend?",
        ),
        1,
    ):
        page.add(para(bold(f"Question {number}: {label}")))
        page.add(para(bold("Answer: "), ask(label, prose("3c" + label, 3))))


def decimal_numbers(page: Page, ask: Asked) -> None:
    page.title("Leisure Centre Energy Return")
    sections = (
        ("1. The site", (("Centre", "Marsh Lane Pool"), ("Operator", "A leisure trust"))),
        ("2. The year", (("Energy used (kWh)", "1,204,000"), ("Main reasons for change", prose("3d", 3)))),
    )
    for at, (head, questions) in enumerate(sections, 1):
        page.heading(head)
        for number, (label, answer) in enumerate(questions, 1):
            page.add(para(f"{at}.{number}\t", bold(label)))
            page.answer(ask(label, answer), 2)


def details_on_lines(page: Page, ask: Asked) -> None:
    page.title("Speaker proposal: annual conference")
    for label, answer, who in (
        ("Speaker’s name", "Ama Forsyth", True),
        ("Session title", "Counting what counts", False),
        ("Session outline (150 words maximum)", prose("3e", 3), False),
        ("Equipment needed", "None", False),
    ):
        most = 150 if "150" in label else None
        name = label.split(" (")[0]
        page.add(para(run(f"{label}:")))
        page.answer(ask(name, answer, personal=who, most=most), 2)


def word_count_lines(page: Page, ask: Asked) -> None:
    page.title("Team of the Year: nomination")
    for label, most in (("Tell us about the team", 200), ("Tell us what they achieved", 300)):
        page.heading(label, 2)
        page.add(para(italic(f"Maximum {most} words")))
        answer = ask(label, prose("3f" + label, 3), most=most)
        page.answer(answer, 3)
        page.add(para(run("Word count: " + (str(len(answer.split())) if answer else "______"), "s")))


def masthead_table(page: Page, ask: Asked) -> None:
    page.add(
        table(
            (
                (
                    cell(run("Eastmarch Council", "bL"), shade="1F4E79"),
                    cell(run("Public Realm Scheme Record", "b")),
                ),
            )
        ),
        para(),
    )
    page.add(
        table(
            (cell(bold(label), shade="DDEBF7"), ask(label, answer))
            for label, answer in (
                ("Scheme", "Bull Ring Steps"),
                ("Ward(s)", "Castle and Quay"),
                ("Reason for scheme", prose("3g1", 2)),
                ("What was built", prose("3g2", 3)),
                ("Comments from the public", prose("3g3", 2)),
            )
        )
    )


def statements_to_tick(page: Page, ask: Asked) -> None:
    page.title("Learning event feedback")
    page.add(para(bold("Event attended: "), ask("Event attended", "Data for Good, Leeds")))
    held = ask("How useful was the event?", "Very useful", loose=True)
    page.add(para(bold("How useful was the event?")))
    for option in ("Very useful", "Fairly useful", "Not useful"):
        page.add(para(tick(bool(held) and option == held), f" {option}"))
    for label in ("What will you do differently?", "Any other comments"):
        page.add(para(bold(label)))
        page.answer(ask(label, prose("3h" + label, 2)), 3)


def plain_labels_with_controls(page: Page, ask: Asked) -> None:
    page.title("Apprenticeship story")
    for label, answer in (
        ("Employer", "Harbour Housing"),
        ("What the apprentice does", prose("3i1", 3)),
        ("What has surprised everybody", prose("3i2", 2, 2)),
    ):
        page.add(para(label), block(ask(label, answer), title=""))
    page.add(
        para(
            "I agree that this story may be published ",
            tick(bool(ask("I agree that this story may be published", "☒", loose=True, doubtful=True))),
        )
    )


def sections_of_three_levels(page: Page, ask: Asked) -> None:
    page.title("Recovery Plan annual review")
    for head, questions in (
        (
            "Part 1: People",
            (("Health", "Waiting times and prevention."), ("Schools", "Attendance above all.")),
        ),
        ("Part 2: Place", (("High streets", "Empty units, footfall."), ("Transport", "Buses first."))),
    ):
        page.heading(head, 1)
        page.add("Say what has been done since the last review and what remains.")
        for label, guidance in questions:
            page.heading(label, 2)
            page.add(para(grey(f"[{guidance}]")))
            page.answer(ask(label, prose("3j" + label, 3), guidance=guidance))


def welsh_side_by_side(page: Page, ask: Asked) -> None:
    page.title("Gwobrau Cymunedol / Community Awards")
    page.add(
        table(
            (
                (
                    cell(para(bold(welsh)) + para(italic(english))),
                    formtext(ask(welsh, answer, either=(english,))),
                )
                for welsh, english, answer in (
                    ("Enw'r grŵp", "Name of group", "Côr Bro Nant"),
                    ("Pa wobr?", "Which award?", "Grŵp y Flwyddyn"),
                    ("Pam maen nhw'n haeddu ennill?", "Why do they deserve to win?", prose("3k", 3)),
                )
            )
        )
    )


def returned_to_and_notes(page: Page, ask: Asked) -> None:
    page.title("Flood Resilience Grant: final report")
    page.add(para(bold("Important")), "Reports that arrive late may delay payment.")
    page.add(
        table(
            (label, control(ask(label, answer), title=label))
            for label, answer in (
                ("Grant reference", "FRG/114"),
                ("Property or area protected", "Weir Street"),
                ("Work done", prose("3l1", 3)),
                ("Final cost", "£41,230"),
            )
        )
    )
    page.heading("Checklist", 2)
    ask("Checklist", "☐", doubtful=True)
    for item in ("Invoices enclosed", "Photographs enclosed"):
        page.add(para(tick(False), f" {item}"))
    page.heading("Notes for applicants", 2)
    page.add("1. Keep all invoices for six years.", "2. We may visit the site.")
    page.heading("Official use only", 2)
    page.add(table((("Checked by", ""), ("Payment approved", ""))))


_DRAWN = (
    guidance_column,
    answer_in_same_cell,
    answer_word_below,
    decimal_numbers,
    details_on_lines,
    word_count_lines,
    masthead_table,
    statements_to_tick,
    plain_labels_with_controls,
    sections_of_three_levels,
    welsh_side_by_side,
    returned_to_and_notes,
)

FORMS = tuple(Form(draw.__name__.replace("_", " "), draw) for draw in _DRAWN)

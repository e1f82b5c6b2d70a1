"""Twenty-six forms, each unlike the others: the first set."""

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
    formdrop,
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

WHO = {"personal": True, "block": "Contact details"}


def award_three_columns(page: Page, ask: Asked) -> None:
    page.title("Public Service Excellence Awards 2025: Entry Form")
    page.add(
        "Please complete every section. Entries received after 5pm on Friday 14 March will not be judged."
    )
    rows = [tuple(cell(bold(name), shade="D9D9D9") for name in ("Question", "Your answer", "Word limit"))]
    for label, most in (
        ("Name of entry", 20),
        ("Summary of the project", 150),
        ("What makes it innovative?", 300),
        ("Evidence of impact", 300),
        ("Value for money", 200),
    ):
        rows.append(
            (
                bold(label),
                ask(label, prose(label + "a1", 1 if most == 20 else 3), most=most),
                f"Max {most} words",
            )
        )
    page.add(table(rows, 3))
    page.add("Thank you for entering.")


def case_study_headings(page: Page, ask: Asked) -> None:
    page.title("Sharing good practice: case study template")
    page.add(italic("Please delete the guidance in italics before returning this template."))
    for label, guidance, most in (
        ("At a glance", "Sum up your case study in no more than 60 words.", 60),
        (
            "What was the issue?",
            "Tell us about the situation before you started, and who was affected. (200-300 words)",
            300,
        ),
        ("What did you do?", "Describe the approach, who led it and the timescale. (up to 400 words)", 400),
        ("What difference has it made?", "Use figures wherever you have them.", None),
        ("What would you do differently?", "Be honest: others learn most from what went wrong.", None),
    ):
        least = 200 if "200" in guidance else None
        page.heading(label)
        page.add(italic(guidance))
        page.answer(ask(label, prose(label + "b", 3, 2), guidance=guidance, most=most, least=least))


def grant_lettered_sections(page: Page, ask: Asked) -> None:
    page.title("Community Chest Fund 2025/26 Application Form")
    sections = {
        "Section A: About your organisation": (
            ("A1", "Name of organisation", "Holt Lane Residents' Association"),
            ("A2", "What type of organisation are you?", "Unincorporated community group"),
            ("A3", "Charity or company number (if any)", "1187654"),
        ),
        "Section B: About your project": (
            ("B1", "Project title", "Sheds for All"),
            ("B2", "Where will your project take place?", "Holt Lane and the lower playing field"),
            ("B3", "Tell us about your project", prose("b3", 4)),
            ("B4", "How do you know there is a need for it?", prose("b4", 3)),
        ),
        "Section C: Costs": (
            ("C1", "Total cost of the project", "£7,850"),
            ("C2", "Amount requested from us", "£4,900"),
        ),
    }
    for head, questions in sections.items():
        page.heading(head)
        page.add(
            table(
                (
                    (
                        cell(number, width=600),
                        cell(bold(label)),
                        ask(label, answer, either=(label.removesuffix(" (if any)"),)),
                    )
                    for number, label, answer in questions
                ),
                3,
            )
        )
    page.heading("Section D: Declaration")
    page.add("I confirm that the information given in this form is true and complete.")
    page.add(
        table(
            (
                ("Signed", ask("Signed", "R. Okafor", doubtful=True, personal=True)),
                ("Print name", ask("Print name", "Ruth Okafor", doubtful=True, personal=True)),
                ("Date", ask("Date", "3 March 2025", doubtful=True)),
            )
        )
    )


def closure_report_shaded(page: Page, ask: Asked) -> None:
    page.title("Project Closure Report")
    dark = "1F3864"

    def band(text: str) -> tuple[str]:
        return (cell(run(text, "b"), span=4, shade=dark),)

    def wide(label: str, answer: str) -> tuple[str, ...]:
        return (cell(bold(label), shade="DEEAF6"), cell(ask(label, answer), span=3))

    def pairs(*both: tuple[str, str]) -> tuple[str, ...]:
        return tuple(
            one for label, answer in both for one in (cell(bold(label), shade="DEEAF6"), ask(label, answer))
        )

    page.add(
        table(
            (
                band("1. PROJECT DETAILS"),
                wide("Project name", "Depot Consolidation"),
                pairs(("Project manager", "Lena Whitby"), ("Sponsor", "Director of Place")),
                pairs(("Start date", "04/01/2023"), ("End date", "28/06/2024")),
                band("2. REVIEW"),
                wide("Objectives achieved", prose("c2", 3)),
                wide("Benefits realised", prose("c3", 3)),
                wide("Lessons learned", prose("c4", 3, 2)),
                wide("Outstanding actions", prose("c5", 2)),
            ),
            4,
        )
    )


def numbered_grey(page: Page, ask: Asked) -> None:
    page.title("Nomination form: Community Heroes")
    for number, (label, guidance) in enumerate(
        (
            ("Who are you nominating?", "Give the name of the person or group."),
            (
                "Which category is your nomination for?",
                "Young Hero, Good Neighbour, Green Champion or Team of the Year.",
            ),
            (
                "Why do they deserve to win?",
                "Tell us what they have done, over how long, and for whom. Maximum 250 words.",
            ),
            ("How has the community benefited?", "Examples help the judges. Maximum 150 words."),
        ),
        1,
    ):
        most = int(guidance.split()[-2]) if "Maximum" in guidance else None
        page.add(para(bold(f"{number}. {label}")), para(grey(guidance)))
        page.answer(ask(label, prose(label, 1 if number < 3 else 4), guidance=guidance, most=most))


def controls_with_hints(page: Page, ask: Asked) -> None:
    page.title("Good Practice Exchange submission")
    page.heading("Your submission", 2)
    for label, hint, answer in (
        ("Title of initiative", "Enter a short title", "Warm Rooms, Open Doors"),
        ("Lead authority", "Enter the name of the council", "Calderdale Metropolitan Borough Council"),
        ("Background", "Explain what led to the work", prose("f3", 3)),
        ("Approach", "Describe what you did", prose("f4", 3)),
        ("Outcomes", "Describe what changed", prose("f5", 3)),
    ):
        page.add(para(bold(label)), para(control(ask(label, answer, guidance=hint), hint, label)))


def controls_without_hints(page: Page, ask: Asked) -> None:
    page.title("Service Improvement Return")
    page.add(
        table(
            (
                (label, control(ask(label, answer), "", title))
                for label, title, answer in (
                    ("Service area", "svc", "Waste and recycling"),
                    ("Improvement made", "imp", prose("g1", 2)),
                    ("Saving in the year (£)", "sav", "112,000"),
                    ("Risks that remain", "rsk", prose("g2", 2)),
                )
            )
        )
    )
    page.add(
        para(
            "Name of officer completing this return: ",
            control(ask("Name of officer completing this return", "Idris Marlow", personal=True), "", "off"),
        )
    )


def legacy_fields(page: Page, ask: Asked) -> None:
    page.title("Small Grants Scheme - Application")
    page.add(para(bold("Name of group: "), formtext(ask("Name of group", "Denton Men's Shed"))))
    page.add(para(bold("Ward: "), formdrop(ask("Ward", "Castle", loose=True), ("Abbey", "Castle", "Mill"))))
    held = ask("Have you applied before?", "Yes", loose=True)
    page.add(
        para(bold("Have you applied before? "), formcheck(bool(held)), " Yes   ", formcheck(False), " No")
    )
    page.add(
        para(bold("Purpose of the grant: "), formtext(ask("Purpose of the grant", prose("h1", 2)), "Text7"))
    )
    page.add(para(bold("Amount sought: "), formtext(ask("Amount sought", "£500"), "Text8")))


def run_in_labels(page: Page, ask: Asked) -> None:
    page.title("Innovation Zone pitch")
    for label, answer in (
        ("Council", "Cheshire West and Chester Council"),
        ("Working title", "Library of Things"),
        ("The idea in a sentence", prose("i1", 1)),
        ("Why now", prose("i2", 2)),
        ("What you will show", prose("i3", 2)),
    ):
        page.add(para(bold(f"{label}: "), ask(label, answer)))
    page.add(para(bold("Contact email: "), ask("Contact email", "pitch@cheshirewest.example", personal=True)))


def capitals(page: Page, ask: Asked) -> None:
    page.add(para(run("HERITAGE BUILDINGS AT RISK: PROGRESS RETURN", "bL")))
    for label, answer in (
        ("NAME OF BUILDING", "The Corn Exchange"),
        ("CONDITION BEFORE WORK BEGAN", prose("j1", 2)),
        ("WORK CARRIED OUT", prose("j2", 3, 2)),
        ("SOURCES OF FUNDING", prose("j3", 1)),
        ("FUTURE USE", prose("j4", 2)),
    ):
        page.add(para(bold(label)))
        page.answer(ask(label, answer))


def contact_first(page: Page, ask: Asked) -> None:
    page.title("Local Climate Action Stories")
    page.heading("Contact details", 2)
    page.add(
        table(
            (
                (label, ask(label, answer, **WHO))
                for label, answer in (
                    ("Name", "Jo Penhale"),
                    ("Job title", "Climate Officer"),
                    ("Organisation", "Cornwall Council"),
                    ("Email address", "jo.penhale@cornwall.example"),
                    ("Telephone", "01632 960471"),
                )
            )
        )
    )
    page.heading("Your story", 2)
    for label, guidance in (
        ("What did you set out to do?", "Keep it short: 100 words at most."),
        ("How did residents take part?", ""),
        ("What happened to emissions?", "State the source of any figures."),
    ):
        page.heading(label, 3)
        if guidance:
            page.add(para(run(guidance, "gs")))
        page.answer(ask(label, prose(label, 3), guidance=guidance, most=100 if "100" in guidance else None))


def soft_returns(page: Page, ask: Asked) -> None:
    page.title("Peer Challenge: position statement")
    for label, guidance in (
        ("Leadership of place", "How do you lead, and with whom?"),
        ("Financial planning", "Include the medium-term gap."),
        ("Capacity to improve", "What have you learned from others?"),
    ):
        page.add(para(bold(label), run("\n"), italic(guidance)))
        page.answer(ask(label, prose(label, 4, 2), guidance=guidance))


def boxes(page: Page, ask: Asked) -> None:
    page.title("Parish Environment Competition entry")
    for number, label in enumerate(
        ("Name of parish", "Describe your best green space", "How do you look after wildlife?")
    ):
        page.add(para(bold(label)))
        answer = ask(label, "Great Ashby" if not number else prose(label, 3))
        page.add(para(textbox(paras(answer) if answer else para(), drawn=number == 1)))


def two_columns(page: Page, ask: Asked) -> None:
    page.columns = 2
    page.add(para(run("Digital Inclusion Snapshot", "bL")))
    for label, answer in (
        ("Project", "Phones for Families"),
        ("Reach", prose("n1", 1)),
        ("Method", prose("n2", 3)),
        ("Cost", "£18,400 a year"),
        ("Result", prose("n3", 3)),
    ):
        page.heading(label, 2)
        page.answer(ask(label, answer), 1)


def bilingual(page: Page, ask: Asked) -> None:
    page.title("Ffurflen Gais am Grant / Grant Application Form")
    rows = []
    for welsh, english, answer in (
        ("Enw'r sefydliad", "Name of organisation", "Clwb Bowlio Aberwen"),
        ("Teitl y prosiect", "Project title", "Lawnt i Bawb"),
        ("Disgrifiad o'r prosiect", "Description of project", prose("o1", 3)),
        ("Cyfanswm y gost", "Total cost", "£2,300"),
        ("Sut fydd y gymuned yn elwa?", "How will the community benefit?", prose("o2", 3)),
    ):
        both = f"{welsh} / {english}"
        rows.append((bold(both), ask(both, answer, either=(welsh, english))))
    page.add(table(rows))


def office_use(page: Page, ask: Asked) -> None:
    page.title("Street Party Application")
    rows = [
        (cell(bold("FOR OFFICE USE ONLY"), span=2, shade="BFBFBF"),),
        ("Reference number", ""),
        ("Date received", ""),
        ("Officer", ""),
    ]
    page.add(table(rows), para())
    page.add(
        table(
            (bold(label), ask(label, answer, **facts))
            for label, answer, facts in (
                (
                    "Applicant's name *",
                    "Moira Teller",
                    {"personal": True, "required": True, "either": ("Applicant's name",)},
                ),
                (
                    "Street to be closed *",
                    "Orchard Row",
                    {"required": True, "either": ("Street to be closed",)},
                ),
                ("Date of event *", "14 June 2025", {"required": True, "either": ("Date of event",)}),
                ("How have neighbours been told?", prose("p1", 2), {}),
                ("Mobile number", "07700 900321", {"personal": True}),
            )
        )
    )
    page.add("Fields marked * are mandatory.")


def guidance_in_cells(page: Page, ask: Asked) -> None:
    page.title("Shared Prosperity Fund: monitoring report")
    rows = []
    for label, guidance, most in (
        ("Progress this quarter", "What has been delivered against the plan? Max. 200 words", 200),
        ("Spend to date", "Give the figure and explain any variance of more than 10%.", None),
        ("Key risks", "List no more than three, with the action being taken.", None),
        ("Good news stories", "Anything we could use in publicity. Max. 100 words", 100),
    ):
        rows.append(
            (
                cell(para(bold(label)) + para(run(guidance, "is")), shade="E2EFD9", width=3500),
                ask(label, prose(label + "q", 3), guidance=guidance, most=most),
            )
        )
    page.add(table(rows))


def answer_below_in_table(page: Page, ask: Asked) -> None:
    page.title("Housing Innovation Prize")
    rows = []
    for label, most in (
        ("1. Describe the homes and who lives in them (150 words)", 150),
        ("2. What is new about the design? (250 words)", 250),
        ("3. How were tenants involved? (150 words)", 150),
    ):
        plain = label.split(" ", 1)[1].rsplit(" (", 1)[0]
        rows += [(cell(bold(label), shade="F2F2F2"),), (ask(plain, prose(label, 3, 2), most=most),)]
    page.add(table(rows, 1))


def auto_numbered(page: Page, ask: Asked) -> None:
    page.title("Scrutiny review: evidence from partners")
    for label, answer in (
        ("Which organisation do you speak for?", "Fenland Carers Forum"),
        ("What works well at present?", prose("s2", 3)),
        ("What should change first?", prose("s3", 3)),
        ("Is there anything else the panel should know?", prose("s4", 2)),
    ):
        page.add(para(label, style="ListNumber"))
        page.answer(ask(label, answer), 3)


def underscores(page: Page, ask: Asked) -> None:
    page.title("Allotment Improvement Fund")
    for label, answer, who in (
        ("Name of site", "Mill Bank", False),
        ("Number of plots", "64", False),
        ("Site secretary", "Gwen Asher", True),
        ("Tel no", "01632 960118", True),
    ):
        page.add(para(f"{label}: ", ask(label, answer, personal=who) or "______________________________"))
    page.add(para("What would you spend the money on?"))
    page.answer(ask("What would you spend the money on?", prose("t1", 3)) or "\n".join(["_" * 60] * 3))


def block_controls_headings(page: Page, ask: Asked) -> None:
    page.title("Learning Network case example")
    for label, hint, answer in (
        ("Headline", "One line, as for a newspaper.", "Bus fares cut, riders back"),
        ("The story", "In 300 to 500 words, tell it as you would to a colleague.", prose("u2", 4, 3)),
        ("Top three tips", "For somebody starting tomorrow.", prose("u3", 1, 3)),
        ("Links to more", "Addresses of pages or reports.", "https://www.example.org/buses"),
    ):
        page.heading(label, 2)
        most, least = (500, 300) if "300" in hint else (None, None)
        page.add(block(ask(label, answer, guidance=hint, most=most, least=least), hint, label))


def yes_no_table(page: Page, ask: Asked) -> None:
    page.title("Safeguarding self-assessment")
    for label, answer in (("Name of provider", "Tollgate Day Centre"), ("Date of assessment", "12 May 2025")):
        page.add(para(bold(f"{label}\t"), ask(label, answer)))
    for label in ("Is there a named lead?", "Are staff trained every year?"):
        held = ask(label, "Yes", loose=True)
        page.add(para(label, "  ", tick(bool(held)), " Yes  ", tick(False), " No"))
    page.heading("Action plan")
    page.answer(ask("Action plan", prose("v1", 3)))


def dropdown_controls(page: Page, ask: Asked) -> None:
    page.title("Energy Efficiency Project Record")
    page.add(
        table(
            (
                (
                    "Type of building",
                    choice(
                        ask("Type of building", "School", loose=True),
                        ("Office", "School", "Leisure centre"),
                        "Type",
                    ),
                ),
                (
                    "Measure installed",
                    control(ask("Measure installed", "Air source heat pump"), title="Measure"),
                ),
                (
                    "Date completed",
                    control(
                        ask("Date completed", "1 October 2024"),
                        "Click or tap to enter a date.",
                        "Done",
                        "<w:date/>",
                    ),
                ),
                (
                    "Why this measure was chosen",
                    control(ask("Why this measure was chosen", prose("w1", 2)), title="Why"),
                ),
                ("What the users say", control(ask("What the users say", prose("w2", 2)), title="Users")),
            )
        )
    )


def merged_down(page: Page, ask: Asked) -> None:
    page.title("Partnership Agreement Summary")

    def group(head: str, *rows: tuple[str, str]) -> list[tuple[str, ...]]:
        return [
            (
                cell(bold(head) if not at else "", down="continue" if at else "restart", shade="FFF2CC"),
                label,
                ask(label, answer),
            )
            for at, (label, answer) in enumerate(rows)
        ]

    page.add(
        table(
            group(
                "The partners",
                ("Lead partner", "Kent County Council"),
                ("Other partners", "Two district councils and a college"),
            )
            + group(
                "The work",
                ("Aim of the partnership", prose("x1", 2)),
                ("How decisions are made", prose("x2", 2)),
            )
            + group("The money", ("Annual budget", "£64,000"), ("How costs are shared", prose("x3", 1))),
            3,
        )
    )


def instructions_first(page: Page, ask: Asked) -> None:
    page.head = "Council Achievement Awards | Category 4: Health and wellbeing"
    page.title("Entry form")
    page.heading("How to enter")
    page.add(
        "Read the criteria before you start. Answer all questions in the spaces provided.",
        "Entries must be typed, in Arial 11 point, and no longer than four pages.",
        "Email the finished form to the awards team by noon on 30 April.",
    )
    page.heading("Your entry")
    for label, guidance in (
        ("Synopsis", "This will be published in the awards brochure. No more than 75 words."),
        ("Context and aims", "Score out of 10. No more than 300 words."),
        ("Delivery", "Score out of 20. No more than 500 words."),
        ("Results", "Score out of 20. No more than 500 words."),
    ):
        page.heading(label, 2)
        page.add(para(run(guidance, "i")))
        page.answer(ask(label, prose(label, 5, 2), guidance=guidance, most=int(guidance.split()[-2])))
    page.heading("Terms and conditions")
    page.add("The judges' decision is final.", "By entering you agree to take part in publicity.")


def two_tables_and_budget(page: Page, ask: Asked) -> None:
    page.title("Arts Development Grant")
    page.heading("1. About you", 2)
    page.add(
        table(
            (
                (label, ask(label, answer, personal=who))
                for label, answer, who in (
                    ("Full name", "Dafydd Rowe", True),
                    ("Address and postcode", "9 Quay Street, EX1 1AA", True),
                    ("Email", "d.rowe@example.org", True),
                )
            )
        )
    )
    page.heading("2. About the work", 2)
    page.add(para(bold("Describe your proposal "), italic("(no more than 400 words)")))
    page.answer(ask("Describe your proposal", prose("z1", 5, 2), most=400))
    page.add(para(bold("Who is the audience? "), italic("(no more than 100 words)")))
    page.answer(ask("Who is the audience?", prose("z2", 3), most=100))
    page.heading("3. Budget", 2)
    costs = ask("Budget", "Hall hire", loose=True)
    page.add(
        table(
            [tuple(cell(bold(head), shade="EEEEEE") for head in ("Item", "Cost (£)", "Funded by"))]
            + (
                [(costs, "300", "This grant"), ("Materials", "150", "Own funds")]
                if costs
                else [("", "", "")] * 4
            ),
            3,
        )
    )


_DRAWN = (
    award_three_columns,
    case_study_headings,
    grant_lettered_sections,
    closure_report_shaded,
    numbered_grey,
    controls_with_hints,
    controls_without_hints,
    legacy_fields,
    run_in_labels,
    capitals,
    contact_first,
    soft_returns,
    boxes,
    two_columns,
    bilingual,
    office_use,
    guidance_in_cells,
    answer_below_in_table,
    auto_numbered,
    underscores,
    block_controls_headings,
    yes_no_table,
    dropdown_controls,
    merged_down,
    instructions_first,
    two_tables_and_budget,
)

FORMS = tuple(Form(draw.__name__.replace("_", " "), draw) for draw in _DRAWN)

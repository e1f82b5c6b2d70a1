"""Word forms in many layouts, made of random questions, blank and filled in, each with the truth beside it.

A `Form` is made of a seed: its questions with their help, limits and marks, drawn from lists of invented ones. A
layout writes it into a Word file, empty or with answers; the habits of office programs (runs cut apart, blanks that
do not break, more empty lines, help left standing) come from the seed too. All of it is invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("Project title", "The name people here know it by."),
    ("Name of council", "Write it in full."),
    ("Summary", "Tell a busy reader what was done, for whom, and what came of it."),
    ("What difference did it make?", "Describe what changed and how you know."),
    ("What was the problem you wanted to solve?", "Say who was affected and why something had to change."),
    ("What did you do?", "Explain the steps you took, and who took part."),
    ("What would you do differently?", "Please be frank: others learn most from this."),
    ("Who did you work with?", "List the partners and what each of them brought."),
    ("How much did it cost?", "Give the one-off costs and what it costs each year."),
    ("Carbon saved", "State the tonnes saved and how they were measured."),
    ("Equality and inclusion", "Describe how you reached the people who are reached least."),
    ("How were residents involved?", "Tell us how they were asked, and what changed because of it."),
    ("Risks", "Name the two greatest risks and what was done about them."),
    ("Evidence", "Give figures, and say where they come from."),
    ("Timescales", "When it began, when it ended, and what held it up."),
    ("Next steps", "What happens in the coming year."),
    ("Staffing", "Who runs it, and how many hours it takes."),
    ("Procurement route", "How suppliers were found."),
    ("Use of data", "Which data were used, and who may see them."),
    ("Member involvement", "What councillors did, and when they were told."),
    ("Area served", "The wards or the whole area."),
    ("Legal powers used", "Name the act or the order."),
    ("Training provided", "Who was trained, by whom, and for how long."),
    ("How is it paid for now?", "Explain where the money comes from after the first year."),
    ("What surprised you?", "One thing nobody had expected."),
    ("Which groups benefit most?", "Say how you can tell."),
    ("Digital tools", "Programs and devices that people use."),
    ("Volunteers", "How many, and what they do."),
    ("Measures of success", "What you said you would count before you began."),
    ("Advice for other places", "What you would tell them on their first day."),
    ("Buildings used", "Where it happens, and who owns the rooms."),
    ("Complaints", "How many there were before and after."),
    ("Governance", "Who decides, and how often they meet."),
    ("Communications", "How people heard of it."),
    ("Why was this needed now?", "What had happened just before."),
    ("Savings made", "Give the sum and the year."),
)
_ONE_LINE = ("Project title", "Name of council", "Teitl y prosiect", "Enw'r cyngor")
_FACTS: tuple[str, ...] = (
    "Name of council", "Start date", "End date", "Budget", "Ward", "Region", "Reference number", "Population",
    "Lead department", "Type of project",
)  # fmt: skip
_WELSH: tuple[tuple[str, str], ...] = (
    ("Teitl y prosiect", "Rhowch yr enw llawn."),
    ("Enw'r cyngor", "Ysgrifennwch ef yn llawn."),
    ("Beth oedd y broblem?", "Disgrifiwch pwy oedd wedi'i effeithio."),
    ("Beth wnaethoch chi?", "Eglurwch y camau a gymerwyd."),
    ("Pa wahaniaeth a wnaeth?", "Rhowch ffigurau os oes rhai."),
    ("Costau", "Nodwch y gost bob blwyddyn."),
    ("Partneriaid", "Rhestrwch y sefydliadau."),
    ("Gwersi a ddysgwyd", "Beth fyddech chi'n ei wneud yn wahanol."),
    ("Y camau nesaf", "Beth fydd yn digwydd nesaf."),
)
_TITLES = (
    "Good ideas form",
    "Climate action return",
    "Call for examples 2025",
    "Library network: tell us your story",
)
_INTROS = (
    "Please complete every part and send the form to the address on the last page.",
    "We will use what you write on our website. Nothing is published before you have seen it.",
)
_SECTIONS = ("About your council", "The project", "What came of it", "Looking ahead")
_SENTENCES = (
    "The scheme began in two wards and was in all of them by the second spring.",
    "Waiting fell from 31 days to nine between April 2022 and March 2024.",
    "A team of four kept a list of every call and went through it each Friday.",
    "Residents told us that the letters were the worst of it.",
    "It cost £62,000 in the first year and less than half of that in the second.",
    "Nobody had expected that the night shift would be the busiest.",
    "The contract was let in May after three offers had come in.",
    "We rang people back, which sounds simple and took a year.",
    "Two neighbouring councils have asked for the forms and the code.",
    "Finance sat in the room from the first day, and that made it quick.",
    "By the winter a third of the households had taken part.",
    "The old system was switched off on a Sunday, and no one noticed.",
)
_ITEMS = ("one visit a week", "a book for every child", "lights on the path", "a key for each group")
_SHORT = (
    "Ambleford Borough Council",
    "May 2023",
    "£48,000",
    "Eastmarch and Fennick",
    "14,200",
    "Housing",
    "Two years",
)
_PLACES = ("Ambleford", "Brinscombe", "Carrow", "Denholt", "Eastmarch", "Fennick", "Garside", "Harrowmere")
_LIMITS = (
    "(max 250 words)",
    "(no more than 300 words)",
    "(200–300 words)",
    "(up to 150 words)",
    "- maximum 400 words",
)
_TRUE_LIMITS: Mapping[str, tuple[int | None, int]] = {
    "(max 250 words)": (None, 250),
    "(no more than 300 words)": (None, 300),
    "(200–300 words)": (200, 300),
    "(up to 150 words)": (None, 150),
    "- maximum 400 words": (None, 400),
}


@dataclass(frozen=True)
class Question:
    """A question as the form puts it; `limit` and `mark` are written behind the label."""

    label: str
    help: str = ""
    limit: str = ""
    mark: str = ""
    short: bool = False
    choices: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        return " ".join(filter(None, (f"{self.label}{self.mark}", self.limit)))

    @property
    def limits(self) -> tuple[int | None, int | None]:
        return _TRUE_LIMITS.get(self.limit, (None, None))


@dataclass(frozen=True)
class Form:
    """A form: its questions, its title and opening words, and the habits of who made and who filled it."""

    seed: int
    title: str
    intro: tuple[str, ...]
    questions: tuple[Question, ...]
    cut_runs: bool = False
    odd_blanks: bool = False
    more_lines: bool = False
    help_left: bool = True
    styled: bool = True


Answers = Mapping[int, tuple[str, ...]]
"""By the question's place, its answer's paragraphs; one that begins with "• " is an item of a list."""


def form(seed: int, *, welsh: bool = False, facts: bool = False, marks: bool = True) -> Form:
    """The form of a seed."""
    chance = random.Random(seed)
    pool = list(_WELSH) if welsh else list(_QUESTIONS)
    chosen = chance.sample(pool, k=min(len(pool), chance.randint(5, 11)))
    starred = marks and chance.random() < 0.4
    limited = marks and chance.random() < 0.5
    helped = chance.random() < 0.7
    asked = [
        Question(
            label,
            help_ if helped and chance.random() < 0.85 else "",
            chance.choice(_LIMITS) if limited and not welsh and chance.random() < 0.5 else "",
            " *" if starred and chance.random() < 0.6 else "",
            short=label in _ONE_LINE,
        )
        for label, help_ in chosen
    ]
    if facts:
        known = {question.label for question in asked}
        short = [name for name in chance.sample(_FACTS, k=4) if name not in known]
        asked = [*(Question(name, short=True) for name in short), *asked]
    return Form(
        seed,
        chance.choice(_TITLES),
        tuple(chance.sample(_INTROS, k=chance.randint(0, 2))),
        tuple(asked),
        cut_runs=chance.random() < 0.3,
        odd_blanks=chance.random() < 0.3,
        more_lines=chance.random() < 0.4,
        help_left=chance.random() < 0.5,
        styled=chance.random() < 0.7,
    )


def answers(form: Form, seed: int) -> Answers:
    """What one council writes into a form; now and then it leaves a question out."""
    chance = random.Random(f"{form.seed}-{seed}")
    written: dict[int, tuple[str, ...]] = {}
    for at, question in enumerate(form.questions):
        if chance.random() < 0.08:
            continue
        written[at] = (chance.choice(_SHORT),) if question.short else _answer(chance, question)
    return written


def _answer(chance: random.Random, question: Question) -> tuple[str, ...]:
    if question.choices:
        return (chance.choice(question.choices),)
    said = [_own(chance, sentence) for sentence in chance.sample(_SENTENCES, k=chance.randint(2, 5))]
    parts = [" ".join(said[:2]), *said[2:]]
    if chance.random() < 0.3:
        parts += [f"• {item} in {chance.choice(_PLACES)}" for item in chance.sample(_ITEMS, k=2)]
    return tuple(parts)


def _own(chance: random.Random, sentence: str) -> str:
    """A sentence as one council would write it, and no other."""
    return f"{sentence[:-1]}, as {chance.randint(3, 997)} people in {chance.choice(_PLACES)} can tell."


class Writer:
    """Writes a form with the habits of its makers. `of` are the answers; None leaves the form blank."""

    def __init__(self, form: Form, of: Answers | None) -> None:
        self.form = form
        self.of = of
        self.document: Any = Document()
        self.chance = random.Random(form.seed * 31 + 7)

    def __iter__(self) -> Any:
        return iter(enumerate(self.form.questions))

    def opening(self, style: str = "Title") -> None:
        """The title and the opening words."""
        if style:
            self.document.add_paragraph(self.form.title, style=style)
        else:
            self.line(self.form.title, bold=True, size=20)
        for line in self.form.intro:
            self.line(line)

    def line(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float | None = None,
        into: Any = None,
    ) -> Any:
        """A paragraph, its run cut apart where the program does that."""
        place = (into or self.document).add_paragraph()
        self.runs(place, text, bold=bold, italic=italic, size=size)
        return place

    def runs(
        self, place: Any, text: str, *, bold: bool = False, italic: bool = False, size: float | None = None
    ) -> None:
        said = text.replace(" ", "\u00a0", 1) if self.form.odd_blanks and text.count(" ") > 2 else text
        pieces = [said[:4], said[4:]] if self.form.cut_runs and len(said) > 6 else [said]
        for piece in pieces:
            run = place.add_run(piece)
            run.bold, run.italic = bold or None, italic or None
            if size:
                run.font.size = Pt(size)

    def heading(self, text: str, level: int) -> None:
        self.document.add_paragraph(text, style=f"Heading {level}")

    def answer(self, at: int, into: Any = None, *, first: Any = None, room: int = 1) -> None:
        """The answer's paragraphs, or empty ones; `first` is a paragraph that is there already."""
        said = () if self.of is None else self.of.get(at, ())
        if not said:
            for _ in range(room - (first is not None) + (self.form.more_lines and into is None)):
                (into or self.document).add_paragraph()
            return
        for part in said:
            place = first if first is not None else (into or self.document).add_paragraph()
            first = None
            if part.startswith("• "):
                place.style = self.document.styles["List Bullet"]
            self.runs(place, part.removeprefix("• "))

    def help(
        self, question: Question, *, into: Any = None, italic: bool = True, wrapped: bool = False
    ) -> None:
        """What explains a question, if the council left it standing."""
        if question.help and (self.of is None or self.form.help_left):
            text = f"[{question.help}]" if wrapped else question.help
            self.line(text, italic=italic and not wrapped, into=into)

    def table(self, columns: int) -> Any:
        made = self.document.add_table(rows=0, cols=columns)
        if self.form.styled:
            made.style = "Table Grid"
        return made

    def cell(self, cell: Any, text: str, *, bold: bool = False) -> None:
        self.runs(cell.paragraphs[0], text, bold=bold)

    def filled(self, cell: Any, at: int) -> None:
        self.answer(at, cell, first=cell.paragraphs[0])

    def control(
        self, at: int, *, tag: str = "", alias: str = "", prompt: str = "Click or tap here to enter text.",
        inline: Any = None, kind: str = "<w:richText/>",
    ) -> None:  # fmt: skip
        """A content control with the answer, or showing its prompt."""
        said = () if self.of is None else self.of.get(at, ())
        paragraphs = [part.removeprefix("• ") for part in said] or [prompt]
        named = (f'<w:tag w:val="{tag}"/>' if tag else "") + (
            f'<w:alias w:val="{_safe(alias)}"/>' if alias else ""
        )
        shown = "" if said else "<w:showingPlcHdr/>"
        start = f"<w:sdt {W}><w:sdtPr>{named}<w:id w:val='{1000 + at}'/>{shown}{kind}</w:sdtPr><w:sdtContent>"
        look = "" if said else '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        runs = [f'<w:r>{look}<w:t xml:space="preserve">{_safe(text)}</w:t></w:r>' for text in paragraphs]
        if inline is not None:
            joined = "<w:r><w:br/></w:r>".join(runs)
            inline._p.append(parse_xml(f"{start}{joined}</w:sdtContent></w:sdt>"))
        else:
            body = "".join(f"<w:p>{run}</w:p>" for run in runs)
            place = self.document.element.body
            place.insert(len(place) - 1, parse_xml(f"{start}{body}</w:sdtContent></w:sdt>"))

    def bytes(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@dataclass(frozen=True)
class Layout:
    """A way of writing a form; `options` are those of `form`."""

    name: str
    write: Callable[[Writer], None]
    options: Mapping[str, bool] = field(default_factory=dict[str, bool])

    def made(self, form: Form, of: Answers | None = None) -> bytes:
        writer = Writer(form, of)
        self.write(writer)
        return writer.bytes()

    def form(self, seed: int) -> Form:
        made = form(seed * 97 + sum(map(ord, self.name)), **self.options)
        return _with_choices(made) if self.name == "controls_with_choices" else made


def _with_choices(made: Form) -> Form:
    offered = (Question("Type of project", short=False, choices=("New", "Extended", "Ended")),)
    return replace(made, questions=(*offered, *made.questions))


LAYOUTS: list[Layout] = []


def layout(**options: bool) -> Callable[[Callable[[Writer], None]], Callable[[Writer], None]]:
    def keep(write: Callable[[Writer], None]) -> Callable[[Writer], None]:
        LAYOUTS.append(Layout(write.__name__, write, options))
        return write

    return keep


def _tag(label: str) -> str:
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in label.lower()).split()
    return "_".join(words)[:40]


@layout()
def controls_by_tag(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(question.head, 2)
        prompt = question.help or "Click or tap here to enter text."
        writer.control(at, tag=_tag(question.label), alias=question.label, prompt=prompt)


@layout()
def controls_by_alias(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.line(question.head, bold=True)
        writer.help(question)
        writer.control(at, alias=question.label)


@layout()
def controls_with_tags_that_say_nothing(writer: Writer) -> None:
    writer.opening("")
    for at, question in writer:
        writer.line(question.head, bold=True)
        writer.control(at, tag=f"Text{at + 1}")


@layout()
def controls_without_names(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(question.head, 1)
        writer.help(question)
        writer.control(at)


@layout(facts=True)
def controls_in_the_line(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        if question.short:
            place = writer.line(f"{question.head}: ", bold=True)
            writer.control(at, alias=question.label, inline=place, kind="<w:text/>")
        else:
            writer.heading(question.head, 2)
            writer.help(question)
            writer.answer(at)


@layout()
def controls_with_choices(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(question.head, 2)
        if question.choices:
            items = "".join(
                f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in question.choices
            )
            kind = f'<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/>{items}</w:dropDownList>'
            writer.control(at, tag=_tag(question.label), prompt="Choose an item.", kind=kind)
        else:
            writer.control(at, tag=_tag(question.label))


@layout()
def controls_in_cells(writer: Writer) -> None:
    writer.opening()
    table = writer.table(2)
    for at, question in writer:
        row = table.add_row().cells
        writer.cell(row[0], question.head, bold=True)
        writer.control(at, alias=question.label, inline=row[1].paragraphs[0])


@layout()
def headings(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(question.head, 2)
        writer.answer(at)


@layout()
def headings_with_help(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(question.head, 1)
        writer.help(question)
        writer.answer(at)


@layout()
def headings_below_sections(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        if at % 3 == 0:
            writer.heading(f"Section {chr(65 + at // 3)}: {_SECTIONS[at // 3]}", 1)
        writer.heading(question.head, 2)
        writer.help(question)
        writer.answer(at)


@layout()
def bold_lines(writer: Writer) -> None:
    writer.opening("")
    for at, question in writer:
        writer.line(question.head, bold=True)
        writer.help(question, wrapped=True)
        writer.answer(at, room=2)


@layout()
def bold_with_colons(writer: Writer) -> None:
    writer.opening("")
    for at, question in writer:
        colon = "" if question.head.endswith(("?", ")", "*")) else ":"
        writer.line(question.head + colon, bold=True)
        writer.help(question)
        writer.answer(at)


@layout()
def numbered_and_bold(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.line(f"{at + 1}. {question.head}", bold=True)
        writer.help(question)
        writer.answer(at, room=3)


@layout()
def numbered_plain(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.line(f"{at + 1}. {question.head}")
        writer.help(question)
        writer.answer(at, room=2)


@layout()
def questions_by_q(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(f"Q{at + 1}: {question.head}", 2)
        writer.help(question, wrapped=True)
        writer.answer(at)


@layout()
def large_lines(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.line(question.head, bold=True, size=15)
        writer.help(question)
        writer.answer(at)


@layout(marks=False)
def run_in_bold(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        place = writer.document.add_paragraph()
        sign = "" if question.label.endswith("?") else ":"
        writer.runs(place, f"{question.label}{sign}", bold=True)
        place.add_run(" ")
        writer.answer(at, first=place)


@layout()
def label_table(writer: Writer) -> None:
    writer.opening()
    table = writer.table(2)
    for at, question in writer:
        row = table.add_row().cells
        writer.cell(row[0], question.head, bold=True)
        writer.filled(row[1], at)


@layout()
def label_table_plain(writer: Writer) -> None:
    writer.opening()
    table = writer.table(2)
    for at, question in writer:
        row = table.add_row().cells
        writer.cell(row[0], question.head)
        writer.filled(row[1], at)


@layout()
def label_table_with_help(writer: Writer) -> None:
    writer.opening()
    table = writer.table(2)
    for at, question in writer:
        row = table.add_row().cells
        writer.cell(row[0], question.head, bold=True)
        if question.help:
            writer.line(question.help, italic=True, into=row[0])
        writer.filled(row[1], at)


@layout()
def label_table_numbered(writer: Writer) -> None:
    writer.opening()
    table = writer.table(3)
    head = table.add_row().cells
    for cell, text in zip(head, ("No.", "Question", "Your answer"), strict=True):
        writer.cell(cell, text, bold=True)
    for at, question in writer:
        row = table.add_row().cells
        writer.cell(row[0], str(at + 1))
        writer.cell(row[1], question.head)
        writer.filled(row[2], at)


@layout()
def one_column(writer: Writer) -> None:
    writer.opening()
    table = writer.table(1)
    for at, question in writer:
        writer.cell(table.add_row().cells[0], question.head, bold=True)
        writer.filled(table.add_row().cells[0], at)


@layout()
def boxes(writer: Writer) -> None:
    """A table of one cell for each question, its label in it."""
    writer.opening()
    for at, question in writer:
        cell = writer.table(1).add_row().cells[0]
        writer.cell(cell, question.head, bold=True)
        writer.help(question, into=cell)
        writer.answer(at, cell)
        writer.document.add_paragraph()


@layout()
def boxes_below_headings(writer: Writer) -> None:
    writer.opening()
    for at, question in writer:
        writer.heading(question.head, 2)
        writer.help(question)
        writer.filled(writer.table(1).add_row().cells[0], at)


@layout()
def tables_with_banners(writer: Writer) -> None:
    writer.opening()
    table = writer.table(2)
    for at, question in writer:
        if at % 4 == 0:
            cells = table.add_row().cells
            writer.cell(cells[0].merge(cells[1]), f"Part {at // 4 + 1}: {_SECTIONS[at // 4]}", bold=True)
        row = table.add_row().cells
        writer.cell(row[0], question.head, bold=True)
        writer.filled(row[1], at)


@layout(facts=True)
def facts_and_headings(writer: Writer) -> None:
    """A table of facts, two to a row, and headings below it."""
    writer.opening()
    facts = [(at, question) for at, question in writer if question.short]
    table = writer.table(4)
    for first in range(0, len(facts) - 1, 2):
        row = table.add_row().cells
        for place, (at, question) in zip((0, 2), facts[first : first + 2], strict=True):
            writer.cell(row[place], question.head, bold=True)
            writer.filled(row[place + 1], at)
    if len(facts) % 2:
        at, question = facts[-1]
        row = table.add_row().cells
        writer.cell(row[0], question.head, bold=True)
        writer.filled(row[1].merge(row[3]), at)
    for at, question in writer:
        if not question.short:
            writer.heading(question.head, 2)
            writer.help(question)
            writer.answer(at)


@layout(facts=True)
def lines_with_leaders(writer: Writer) -> None:
    """Facts as "Name: ____", and numbered questions below them."""
    writer.opening("")
    for at, question in writer:
        said = () if writer.of is None else writer.of.get(at, ())
        if question.short:
            writer.line(f"{question.head}: {said[0] if said else '_' * 24}")
        else:
            writer.line(f"{at + 1}. {question.head}", bold=True)
            writer.help(question)
            writer.answer(at, room=2)


@layout(welsh=True)
def welsh_headings(writer: Writer) -> None:
    headings_with_help(writer)


@layout(welsh=True)
def welsh_table(writer: Writer) -> None:
    label_table(writer)

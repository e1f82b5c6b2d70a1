"""Filled-in Word files in the many layouts that councils send, each with the truth beside it.

A `Study` is made of a seed: what it answers to each field, as paragraphs, lists, tables and lower headings, with
heading words planted in its sentences. A layout writes it into a Word file in one way and says what a reader who
knows the template would find in each field. All of it is invented.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from workbench.template import Template, shipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

# What a study says


@dataclass(frozen=True)
class Part:
    """A piece of an answer: `p` a paragraph, `li` a list item, `h` a lower heading, `t` a table of rows."""

    kind: str
    said: Any

    @property
    def words(self) -> str:
        return " ".join(cell for row in self.said for cell in row) if self.kind == "t" else self.said


@dataclass
class Study:
    """The answers of one study, by field id."""

    answers: dict[str, list[Part]]

    def words(self, name: str) -> str:
        return " ".join(part.words for part in self.answers.get(name, ()))


_PLACES = ("Ambleford", "Brinscombe", "Carrow", "Denholt", "Eastmarch", "Fennick", "Garside", "Harrowmere")
_KINDS = ("Borough Council", "City Council", "District Council", "County Council", "Council")
_DEEDS = (
    "repairs that tenants can book themselves",
    "a warm room in every ward",
    "lending tools instead of buying them",
    "fewer letters, clearer bills",
    "planting streets with the people who live there",
    "one front door for families",
    "night buses for shift workers",
    "a school meal that is eaten",
)
_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "summary": (
        "Residents now get an answer on the day they ask, and fewer of them have to ask twice.",
        "A small team changed how the service works and gave people back a week of waiting.",
        "In two years the scheme reached 3,400 households and paid for itself in the second.",
    ),
    "introduction": (
        "The area has 148,000 people, two market towns and a long coast.",
        "Like many places it has lost a fifth of its staff since 2012.",
        "An overview of the service had been published the year before.",
        "Most of the housing was built between the wars and is cold.",
    ),
    "challenge": (
        "The challenge was not new: every winter the same streets rang the same number.",
        "One household in five waited longer than thirty days.",
        "Nobody could say what the solution might be, or who would pay for it.",
        "Calls came in faster than they could be answered, and costs went up by £41,000.",
        "Staff felt that the summary they were given each Monday hid the problem.",
        "The impact on families was plain to anyone who visited.",
    ),
    "solution": (
        "We began with ten visits and a flip chart.",
        "Two officers from housing sat with two from finance for six weeks.",
        "The new approach put one person in charge of each case from beginning to end.",
        "A supplier was found through the usual framework, and the contract was let in May.",
        "Lessons from the first pilot were used at once in the second.",
        "We rang people back, which sounds simple and took a year.",
    ),
    "impact": (
        "Waiting fell from 31 days to nine between April 2022 and March 2024.",
        "Complaints halved, according to the council's own register.",
        "The scheme cost £62,000 and saved £118,000 in its first full year.",
        "Nine in ten residents who answered the survey would recommend it.",
        "The challenge of winter remains, but it no longer comes as a surprise.",
        "Contact with the call centre dropped by a third.",
    ),
    "sustaining": (
        "The post is now in the base budget.",
        "Two neighbouring councils have asked for the code and the forms.",
        "Next year the same team will take on garden waste.",
        "The impact will be measured again in 2026.",
    ),
    "lessons": (
        "Begin with one street and walk down it.",
        "Do not wait for the perfect system.",
        "Tell members early what will not work.",
        "The challenge for others will be time rather than money.",
        "Finance should be in the room from the first day.",
    ),
}
_SUBHEADS = {
    "challenge": ("Cold homes", "What residents told us", "A service at its limit"),
    "solution": ("The first pilot", "Working with tenants", "Training", "Phase two"),
    "impact": ("For residents", "For the council", "What it cost"),
    "lessons": ("For officers", "For members"),
}


def study(seed: int, *, rich: bool = True) -> Study:
    """A study made of `seed`; without `rich` its answers are plain paragraphs."""
    chance = random.Random(seed)
    place, kind = chance.choice(_PLACES), chance.choice(_KINDS)
    answers = {name: _answer(chance, name, rich) for name in _SENTENCES}
    answers["title"] = [Part("p", f"{place}: {chance.choice(_DEEDS)}")]
    answers["council"] = [Part("p", f"{place} {kind}")]
    answers["summary"] = [Part("p", chance.choice(_SENTENCES["summary"]))]
    answers["contact"] = _contact(chance, place)
    answers["links"] = [
        Part("p", f"{place} annual report"),
        Part("p", f"https://www.{place.lower()}.example/report"),
    ]
    order = ("title", "council", *_SENTENCES, "contact", "links")
    return Study({name: answers[name] for name in order})


def _answer(chance: random.Random, name: str, rich: bool) -> list[Part]:
    sentences = chance.sample(_SENTENCES[name], k=chance.randint(3, len(_SENTENCES[name])))
    parts = [Part("p", " ".join(sentences[:2]))] + [Part("p", sentence) for sentence in sentences[2:]]
    if not rich or name in ("summary", "introduction", "sustaining"):
        return parts
    if chance.random() < 0.5:
        parts += [Part("li", item) for item in chance.sample(_ITEMS, k=3)]
    if chance.random() < 0.4 and name in _SUBHEADS:
        parts += [Part("h", chance.choice(_SUBHEADS[name])), Part("p", chance.choice(sentences))]
    if chance.random() < 0.4 and name == "impact":
        parts.append(
            Part(
                "t", [["Outcome", "Before", "After"], ["Waiting, days", "31", "9"], ["Costs", "£90k", "£62k"]]
            )
        )
    return parts


_ITEMS = (
    "a named officer for each case",
    "Savings of £12,000 on postage",
    "visits within a week",
    "Training for forty staff",
    "letters in plain English",
    "Delivery by bicycle",
)


def _contact(chance: random.Random, place: str) -> list[Part]:
    team = chance.choice(("Housing Team", "Customer Services", "Street Scene"))
    return [
        Part("p", f"{team}, {place}"),
        Part("p", f"{team.split()[0].lower()}@{place.lower()}.example"),
        Part("p", "01632 960 123"),
    ]


# The truth


@dataclass
class Case:
    """A Word file, and what stands where in it: words by field, words that must be left unplaced, notes expected."""

    layout: str
    data: bytes
    fields: dict[str, tuple[str, ...]]
    unplaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    template: str = "case-study"


def same_words(one: str, other: str) -> bool:
    """Whether two texts hold the same words in the same order."""
    return re.findall(r"\w+", one) == re.findall(r"\w+", other)


# Writing


class Writer:
    """A Word file in the making."""

    def __init__(self, template: Template, seed: int) -> None:
        self.document = Document()
        self.template = template
        self.chance = random.Random(seed * 31 + 7)
        self._controls = 100

    def label(self, name: str) -> str:
        return self.template.by_id[name].label

    def synonym(self, name: str) -> str:
        found = self.chance.choice(self.template.by_id[name].synonyms)
        return found[0].upper() + found[1:]

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)

    def text(
        self, text: str, *, bold: bool = False, size: float | None = None, underline: bool = False
    ) -> Any:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold or None
        run.underline = underline or None
        if size:
            run.font.size = Pt(size)
        return paragraph

    def parts(self, parts: Sequence[Part], lower: int = 2, into: Any = None) -> list[Any]:
        """Writes the parts of an answer, its subheads at level `lower`, 0 for bold lines; returns the elements."""
        place = into or self.document
        return [self._part(place, part, lower) for part in parts]

    def _part(self, place: Any, part: Part, lower: int) -> Any:
        if part.kind == "t":
            return self._data_table(place, part.said)
        if part.kind == "li":
            return place.add_paragraph(part.said, style="List Bullet")._element
        if part.kind == "h" and lower:
            return place.add_paragraph(part.said, style=f"Heading {lower}")._element
        paragraph = place.add_paragraph()
        run = paragraph.add_run(part.said)
        run.italic = True if part.kind == "h" else None
        return paragraph._element

    def _data_table(self, place: Any, rows: Sequence[Sequence[str]]) -> Any:
        table = self.table(rows, place)
        return table._element

    def table(self, rows: Sequence[Sequence[str]], place: Any = None) -> Any:
        """A table; `\\n` parts the paragraphs of a cell."""
        columns = max(map(len, rows))
        holder = place or self.document
        table = holder.add_table(0, columns)
        if "Table Grid" in [style.name for style in self.document.styles]:
            table.style = "Table Grid"
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                self.fill(cell, text)
        return table

    def fill(self, cell: Any, text: str) -> None:
        first, *more = text.split("\n")
        cell.paragraphs[0].add_run(first)
        for line in more:
            cell.add_paragraph(line)

    def control(
        self, elements: Sequence[Any], *, tag: str = "", alias: str = "", prompt: bool = False
    ) -> None:
        """Wraps `elements`, which stand together, in a content control."""
        self._controls += 1
        alias = alias or (self.template.by_id[tag].label if tag in self.template.by_id else "")
        named = (f'<w:alias w:val="{alias}"/>' if alias else "") + (f'<w:tag w:val="{tag}"/>' if tag else "")
        shown = "<w:showingPlcHdr/>" if prompt else ""
        control = parse_xml(
            f'<w:sdt {W}><w:sdtPr>{named}<w:id w:val="{self._controls}"/>{shown}<w:richText/></w:sdtPr>'
            f"<w:sdtContent/></w:sdt>"
        )
        elements[0].addprevious(control)
        for element in elements:
            control[1].append(element)

    def textbox(self, parts: Sequence[Part], anchor: Any = None) -> None:
        """A floating VML text box, anchored in a paragraph of its own."""
        made = [deepcopy(element) for element in self.parts(parts)]
        for element in list(self.document.element.body)[-1 - len(parts) : -1]:
            self.document.element.body.remove(element)
        paragraph = (anchor or self.document.add_paragraph())._element
        box = parse_xml(
            f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:200pt;height:80pt">'
            f"<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r>"
        )
        content = box.find(f".//{qn('w:txbxContent')}")
        for element in made:
            content.append(element)
        paragraph.append(box)

    def bytes(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


Layout = Callable[[Writer, Study], Case | None]
LAYOUTS: dict[str, Callable[[int], Case]] = {}


@dataclass
class Told:
    """What a layout says of the truth beside the study's own answers."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    template: str = "case-study"


def layout(
    write: Callable[[Writer, Study], Told | None] | None = None,
    *,
    rich: bool = True,
    template: str = "case-study",
) -> Any:
    """Registers a way of writing a study down."""
    if write is None:
        return lambda inner: layout(inner, rich=rich, template=template)

    def make(seed: int) -> Case:
        told_study = study(seed, rich=rich)
        writer = Writer(shipped()[template], seed)
        told = write(writer, told_study) or Told()
        fields = {name: (told_study.words(name),) for name in told_study.answers if name not in told.without}
        return Case(
            write.__name__,
            writer.bytes(),
            {**fields, **told.fields},
            told.unplaced,
            told.notes,
            told.template,
        )

    LAYOUTS[write.__name__] = make
    return write


def _fields(told: Study, *skip: str) -> list[str]:
    return [name for name in told.answers if name not in skip]


def _title_first(writer: Writer, told: Study, *, council: str = "Council: ") -> list[str]:
    """The title in its style and the council below it; the names of the fields that remain."""
    writer.document.add_heading(told.words("title"), 0)
    writer.text(council + told.words("council"))
    return _fields(told, "title", "council")


# Layouts: content controls


@layout
def blank_filled(writer: Writer, told: Study) -> Told:
    """The blank form that Casebook writes, each control filled."""
    from workbench import word

    writer.document = Document(BytesIO(word.blank(writer.template)))
    for name in told.answers:
        _fill_control(writer, name, told.answers[name])
    return Told()


@layout
def blank_half_filled(writer: Writer, told: Study) -> Told:
    """The blank form with some prompts left as they were."""
    from workbench import word

    writer.document = Document(BytesIO(word.blank(writer.template)))
    left = ("introduction", "sustaining", "links")
    for name in _fields(told, *left):
        _fill_control(writer, name, told.answers[name])
    return Told(fields=dict.fromkeys(left, ("",)))


def _fill_control(writer: Writer, name: str, parts: Sequence[Part]) -> None:
    body = writer.document.element.body
    control = next(
        one for one in body.iter(qn("w:sdt")) if one.find(f".//{qn('w:tag')}").get(qn("w:val")) == name
    )
    content = control.find(qn("w:sdtContent"))
    for old in list(content):
        content.remove(old)
    for shown in control.iter(qn("w:showingPlcHdr")):
        shown.getparent().remove(shown)
        break
    plain = [part if part.kind in "pt" else Part("p", part.said) for part in parts]
    for element in writer.parts(plain):
        content.append(element)


@layout
def typed_below_controls(writer: Writer, told: Study) -> Told:
    """The blank form where the council deleted the controls and typed under the headings."""
    from workbench import word

    writer.document = Document(BytesIO(word.blank(writer.template)))
    body = writer.document.element.body
    for name in told.answers:
        control = next(
            one for one in body.iter(qn("w:sdt")) if one.find(f".//{qn('w:tag')}").get(qn("w:val")) == name
        )
        for element in writer.parts([Part("p", part.words) for part in told.answers[name]]):
            control.addprevious(element)
        body.remove(control)
    return Told()


@layout
def controls_by_tag(writer: Writer, told: Study) -> None:
    for name in told.answers:
        writer.heading(writer.label(name))
        writer.control(writer.parts(told.answers[name]), tag=name)


@layout
def controls_by_alias(writer: Writer, told: Study) -> None:
    for name in told.answers:
        writer.control(
            writer.parts(told.answers[name]), alias=writer.label(name), tag=f"id-{len(name)}{name[:2]}9"
        )


@layout
def controls_against_headings(writer: Writer, told: Study) -> None:
    """Somebody moved the headings about; the controls know better."""
    names = list(told.answers)
    for name, wrong in zip(names, names[3:] + names[:3], strict=True):
        writer.heading(writer.label(wrong))
        writer.control(writer.parts(told.answers[name], lower=3), tag=name)


@layout
def controls_inline(writer: Writer, told: Study) -> None:
    """A label and an inline control on one line."""
    for name in told.answers:
        paragraph = writer.text(f"{writer.label(name)}: ", bold=writer.chance.random() < 0.5)
        paragraph.add_run(told.words(name))
        writer.control([paragraph.runs[-1]._element], tag=name)


@layout
def controls_in_cells(writer: Writer, told: Study) -> None:
    """A form table with labels on the left and controls on the right."""
    table = writer.document.add_table(0, 2)
    for name in told.answers:
        cells = table.add_row().cells
        cells[0].text = writer.label(name)
        for part in told.answers[name]:
            if part.kind == "t":
                continue
            cells[1].add_paragraph(part.said)
        content = list(cells[1]._element.iterchildren(qn("w:p")))
        writer.control(content, tag=name)
    _strip_tables(told)


def _strip_tables(told: Study) -> None:
    for name, parts in told.answers.items():
        told.answers[name] = [part for part in parts if part.kind != "t"]


@layout
def control_with_its_heading_inside(writer: Writer, told: Study) -> None:
    for name in told.answers:
        heading = writer.document.add_heading(writer.label(name), 1)._element
        writer.control([heading, *writer.parts(told.answers[name], lower=3)], tag=name)


# Layouts: headings


def _headed(writer: Writer, told: Study, say: Callable[[str], str], level: int = 1, lower: int = 2) -> None:
    for name in _title_first(writer, told):
        writer.heading(say(name), level)
        writer.parts(told.answers[name], lower)


@layout
def headings(writer: Writer, told: Study) -> None:
    _headed(writer, told, writer.label)


@layout
def headings_level_two(writer: Writer, told: Study) -> None:
    writer.document.add_heading(told.words("title"), 1)
    writer.text(told.words("council"))
    for name in _fields(told, "title", "council"):
        writer.heading(writer.label(name), 2)
        writer.parts(told.answers[name], 3)


@layout
def headings_for_all(writer: Writer, told: Study) -> None:
    for name in told.answers:
        writer.heading(writer.label(name), 2)
        writer.parts(told.answers[name], 3)


@layout
def synonyms(writer: Writer, told: Study) -> None:
    _headed(writer, told, writer.synonym)


@layout
def numbered(writer: Writer, told: Study) -> None:
    style = writer.chance.choice(
        ("{}. {}", "{}) {}", "Q{}) {}", "Question {}: {}", "{} {}", "Section {} – {}")
    )
    names = list(told.answers)
    for number, name in enumerate(names, 1):
        writer.heading(style.format(number, writer.label(name)), 2)
        writer.parts(told.answers[name], 3)


@layout
def capitals(writer: Writer, told: Study) -> None:
    writer.text(told.words("title"), bold=True, size=18)
    for name in _fields(told, "title"):
        writer.text(writer.label(name).upper())
        writer.parts(told.answers[name], 0)


@layout
def colons(writer: Writer, told: Study) -> None:
    _headed(writer, told, lambda name: f"{writer.label(name).removeprefix('The ').capitalize()}:")


@layout
def limits_in_headings(writer: Writer, told: Study) -> None:
    _headed(
        writer, told, lambda name: f"{writer.label(name)} (max {writer.chance.choice((75, 300, 600))} words)"
    )


@layout
def bold_as_headings(writer: Writer, told: Study) -> None:
    writer.text(told.words("title"), bold=True, size=16)
    writer.text(f"Council: {told.words('council')}")
    for name in _fields(told, "title", "council"):
        writer.text(writer.label(name), bold=True)
        writer.parts(told.answers[name], 0)


@layout
def bold_synonyms(writer: Writer, told: Study) -> None:
    writer.text(told.words("title"), bold=True)
    writer.text(told.words("council"))
    for name in _fields(told, "title", "council"):
        writer.text(writer.synonym(name) + writer.chance.choice(("", ":")), bold=True)
        writer.parts(told.answers[name], 0)


@layout
def large_as_headings(writer: Writer, told: Study) -> None:
    """What a browser's word processor exports: everything Normal, headings only larger."""
    writer.text(told.words("title"), size=26)
    for name in _fields(told, "title"):
        writer.text(writer.label(name), size=16)
        for part in told.answers[name]:
            writer.text(part.words, size=11)


@layout(rich=False)
def all_normal(writer: Writer, told: Study) -> None:
    writer.text(told.words("title"))
    for name in _fields(told, "title"):
        writer.text(writer.label(name))
        writer.parts(told.answers[name], 0)


@layout(rich=False)
def all_normal_synonyms(writer: Writer, told: Study) -> None:
    writer.text(told.words("title"))
    for name in _fields(told, "title"):
        writer.text("")
        writer.text(writer.synonym(name))
        writer.parts(told.answers[name], 0)


@layout
def underlined(writer: Writer, told: Study) -> None:
    writer.document.add_heading(told.words("title"), 0)
    for name in _fields(told, "title"):
        writer.text(writer.label(name), underline=True)
        writer.parts(told.answers[name], 0)


@layout
def misspelt(writer: Writer, told: Study) -> None:
    slips = {
        "challenge": "The challange",
        "solution": "The soluton",
        "lessons": "Lesons learned",
        "sustaining": "How is the new aproach being sustained?",
        "introduction": "Introdution",
        "contact": "Contact detials",
    }
    _headed(writer, told, lambda name: slips.get(name, writer.label(name)))


@layout
def subtitled(writer: Writer, told: Study) -> Told:
    """Headings that go on: the rest of the heading stays in the answer or goes with the label."""
    rest = {"challenge": "cold and alone", "solution": "ten visits", "impact": "warmer homes"}
    _headed(writer, told, lambda name: writer.label(name) + (f": {rest[name]}" if name in rest else ""))
    return Told({name: (told.words(name), f"{rest[name]} {told.words(name)}") for name in rest})


@layout
def lower_headings(writer: Writer, told: Study) -> Told:
    """Subheads made of other fields' synonyms stay in their answer."""
    extra = {
        "solution": ("Costs", "The pilot cost £9,000."),
        "lessons": ("Challenges", "Recruiting was slow."),
    }
    for name in _title_first(writer, told):
        writer.heading(writer.label(name), 1)
        writer.parts(told.answers[name], 2)
        if name in extra:
            writer.heading(extra[name][0], 2)
            writer.text(extra[name][1])
    return Told({name: (f"{told.words(name)} {' '.join(more)}",) for name, more in extra.items()})


# Layouts: run-in labels


@layout(rich=False)
def run_in_bold(writer: Writer, told: Study) -> None:
    writer.text(told.words("title"), bold=True, size=15)
    for name in _fields(told, "title"):
        first, *more = told.answers[name]
        paragraph = writer.text(f"{writer.label(name)}: ".replace("?:", "?"), bold=True)
        paragraph.add_run(first.words)
        writer.parts(more, 0)


@layout(rich=False)
def run_in_bold_colon_outside(writer: Writer, told: Study) -> None:
    writer.document.add_heading(told.words("title"), 0)
    for name in _fields(told, "title"):
        first, *more = told.answers[name]
        paragraph = writer.text(writer.synonym(name), bold=True)
        paragraph.add_run(f" – {first.words}")
        writer.parts(more, 0)


@layout(rich=False)
def run_in_plain(writer: Writer, told: Study) -> None:
    for name in told.answers:
        first, *more = told.answers[name]
        writer.text(f"{writer.label(name)}: {first.words}")
        writer.parts(more, 0)


@layout(rich=False)
def soft_returns(writer: Writer, told: Study) -> None:
    """A mail pasted into Word: one paragraph, lines parted by soft returns."""
    paragraph = writer.document.add_paragraph()
    for name in told.answers:
        for line in (writer.label(name) + ":", *(part.words for part in told.answers[name])):
            paragraph.add_run(line)
            paragraph.add_run().add_break(WD_BREAK.LINE)


# Layouts: tables


def _cell_text(parts: Sequence[Part]) -> str:
    return "\n".join(part.words for part in parts)


@layout(rich=False)
def label_table(writer: Writer, told: Study) -> None:
    writer.table([[writer.label(name), _cell_text(told.answers[name])] for name in told.answers])


@layout(rich=False)
def label_table_synonyms(writer: Writer, told: Study) -> None:
    rows = [[f"{writer.synonym(name)}:", _cell_text(told.answers[name])] for name in told.answers]
    writer.table([["Question", "Your answer"], *rows])


@layout(rich=False)
def label_table_numbered(writer: Writer, told: Study) -> None:
    names = enumerate(told.answers, 1)
    writer.table(
        [[str(number), writer.label(name), _cell_text(told.answers[name])] for number, name in names]
    )


@layout(rich=False)
def label_table_with_guidance(writer: Writer, told: Study) -> None:
    rows = [
        [writer.label(name), writer.template.by_id[name].guidance, _cell_text(told.answers[name])]
        for name in told.answers
    ]
    writer.table([["Section", "Guidance", "Your response"], *rows])


@layout(rich=False)
def label_cell_with_guidance(writer: Writer, told: Study) -> None:
    writer.table(
        [
            [
                f"{writer.label(name)}\nPlease describe this in no more than 300 words.",
                _cell_text(told.answers[name]),
            ]
            for name in told.answers
        ]
    )


@layout(rich=False)
def one_column_table(writer: Writer, told: Study) -> None:
    writer.table(
        [[text] for name in told.answers for text in (writer.label(name), _cell_text(told.answers[name]))]
    )


@layout(rich=False)
def label_in_the_same_cell(writer: Writer, told: Study) -> None:
    table = writer.document.add_table(0, 1)
    for name in told.answers:
        cell = table.add_row().cells[0]
        cell.paragraphs[0].add_run(writer.label(name)).bold = True
        for part in told.answers[name]:
            cell.add_paragraph(part.words)


@layout(rich=False)
def a_table_for_each(writer: Writer, told: Study) -> None:
    for name in told.answers:
        writer.table([[writer.label(name), _cell_text(told.answers[name])]])
        writer.text("")


@layout(rich=False)
def a_tall_table_for_each(writer: Writer, told: Study) -> None:
    for name in told.answers:
        writer.table([[writer.label(name)], [_cell_text(told.answers[name])]])
        writer.text("")


@layout(rich=False)
def labels_above(writer: Writer, told: Study) -> None:
    names = list(told.answers)
    for some in (names[:2], names[2:5], names[5:]):
        writer.table(
            [[writer.label(name) for name in some], [_cell_text(told.answers[name]) for name in some]]
        )
        writer.text("")


@layout
def boxes_below_headings(writer: Writer, told: Study) -> None:
    """A heading, and the answer in a table of one cell."""
    for name in told.answers:
        writer.heading(writer.label(name))
        cell = writer.document.add_table(1, 1).cell(0, 0)
        for part in told.answers[name]:
            cell.add_paragraph(part.words)


@layout
def banners(writer: Writer, told: Study) -> None:
    """Each heading in a shaded table of one cell, its text below it."""
    for name in told.answers:
        writer.table([[writer.label(name)]])
        writer.parts(told.answers[name], 0)


@layout
def metadata_table(writer: Writer, told: Study) -> Told:
    """A small table of facts first, then headings."""
    writer.table(
        [
            ["Title", told.words("title"), "Council", told.words("council")],
            ["Date of work:", "March 2024", "Region:", "North West"],
        ]
    )
    for name in _fields(told, "title", "council"):
        writer.heading(writer.label(name))
        writer.parts(told.answers[name])
    return Told(unplaced=("March 2024", "North West"))


@layout(rich=False)
def brochure(writer: Writer, told: Study) -> None:
    """Two columns made with a table, whole sections in each."""
    writer.document.add_heading(told.words("title"), 0)
    left, right = writer.document.add_table(1, 2).rows[0].cells
    names = _fields(told, "title")
    for cell, some in ((left, names[:5]), (right, names[5:])):
        for name in some:
            cell.add_paragraph().add_run(writer.label(name)).bold = True
            for part in told.answers[name]:
                cell.add_paragraph(part.words)


# Layouts: guidance, covers, boxes, revisions


@layout
def guidance_left(writer: Writer, told: Study) -> None:
    for name in told.answers:
        writer.heading(writer.label(name))
        writer.text(writer.template.by_id[name].guidance).runs[0].italic = True
        writer.parts(told.answers[name])


@layout
def guidance_alone(writer: Writer, told: Study) -> Told:
    """Guidance left where nobody answered; brackets and office programs' prompts."""
    empty = {"introduction": "[Insert background here]", "sustaining": "Click or tap here to enter text."}
    for name in _title_first(writer, told):
        writer.heading(writer.label(name))
        if name in empty:
            writer.text(empty[name])
        elif name == "lessons":
            writer.text(writer.template.by_id[name].guidance)
        else:
            writer.parts(told.answers[name])
    return Told(dict.fromkeys((*empty, "lessons"), ("",)))


@layout
def cover_page(writer: Writer, told: Study) -> Told:
    writer.text("Case study")
    writer.document.add_heading(told.words("title"), 0)
    writer.text(told.words("council"), size=14)
    writer.text("March 2024")
    writer.text("Contents", bold=True)
    for page, name in enumerate(_fields(told, "title", "council"), 2):
        writer.text(f"{writer.label(name)}\t{page}")
    writer.document.add_page_break()
    for name in _fields(told, "title", "council"):
        writer.heading(writer.label(name))
        writer.parts(told.answers[name])
    return Told(unplaced=("March 2024",))


@layout
def lead_paragraph(writer: Writer, told: Study) -> Told:
    """A teaser under the title without a heading."""
    names = _title_first(writer, told)
    writer.parts(told.answers["summary"])
    for name in names:
        if name != "summary":
            writer.heading(writer.label(name))
            writer.parts(told.answers[name])
    return Told()


@layout
def at_a_glance(writer: Writer, told: Study) -> Told:
    names = _title_first(writer, told)
    for name in names:
        if name != "introduction":
            writer.heading("At a glance" if name == "summary" else writer.label(name))
            writer.parts(told.answers[name])
    return Told(without=("introduction",))


@layout
def text_box_contact(writer: Writer, told: Study) -> Told:
    """The contact in a floating box anchored in the middle of another answer."""
    names = _fields(told, "title", "council", "contact")
    _title_first(writer, told)
    for name in names:
        writer.heading(writer.label(name))
        writer.parts(told.answers[name][:1])
        if name == "solution":
            writer.textbox([Part("h", writer.label("contact")), *told.answers["contact"]])
        writer.parts(told.answers[name][1:])
    return Told()


@layout
def tracked(writer: Writer, told: Study) -> None:
    """Answers typed with revisions on."""
    for name in _title_first(writer, told):
        writer.heading(writer.label(name))
        for element in writer.parts(told.answers[name]):
            if element.tag == qn("w:p"):
                _insert(element)


def _insert(element: Any) -> None:
    for run in list(element.iterchildren(qn("w:r"))):
        inserted = parse_xml(f'<w:ins {W} w:id="1" w:author="Officer" w:date="2024-01-01T00:00:00Z"/>')
        run.addprevious(inserted)
        inserted.append(run)


# Layouts: fields that are merged, moved, doubled, missing, foreign


@layout
def merged(writer: Writer, told: Study) -> Told:
    names = _title_first(writer, told)
    both = f"{told.words('challenge')} {told.words('solution')}"
    for name in names:
        if name == "challenge":
            writer.heading("Challenge and solution")
        elif name != "solution":
            writer.heading(writer.label(name))
        writer.parts(told.answers[name])
    return Told({"challenge": (both, ""), "solution": ("", both)}, notes=("combined",))


@layout
def swapped(writer: Writer, told: Study) -> None:
    names = _title_first(writer, told)
    writer.chance.shuffle(names)
    for name in names:
        writer.heading(writer.label(name))
        writer.parts(told.answers[name])


@layout
def doubled(writer: Writer, told: Study) -> Told:
    more = "A second part came from another team."
    for name in _title_first(writer, told):
        writer.heading(writer.label(name))
        writer.parts(told.answers[name])
        if name == "lessons":
            writer.heading(writer.label("solution"))
            writer.text(more)
    return Told({"solution": (f"{told.words('solution')} {more}",)}, notes=("joined",))


_PROMPTS = {
    "summary": "Please summarise your project in no more than 60 words.",
    "introduction": "Please provide some background",
    "challenge": "What challenge did you face?",
    "solution": "What did you do?",
    "impact": "What impact has it had?",
    "sustaining": "How will it be sustained?",
    "lessons": "What did you learn?",
    "contact": "Who can we contact?",
    "links": "Are there any links?",
}
_ASIDES = {
    "introduction": "(Tell us about your area.)",
    "solution": "Describe what you did. What resources did you need?",
    "impact": "What difference did you make? Please include evidence and any savings.",
    "contact": "Please provide name, job title, email and telephone number.",
    "links": "Please list any relevant links.",
}
_WELSH = {
    "summary": "Crynodeb",
    "introduction": "Cyflwyniad",
    "challenge": "Yr her",
    "solution": "Yr ateb",
    "impact": "Yr effaith",
    "sustaining": "Y camau nesaf",
    "lessons": "Gwersi a ddysgwyd",
    "contact": "Manylion cyswllt",
    "links": "Dolenni",
}


@layout(rich=False)
def numbered_questions(writer: Writer, told: Study) -> None:
    """The council's own questions, in plain letters."""
    for number, name in enumerate(_title_first(writer, told), 1):
        writer.text(f"{number}. {_PROMPTS[name]}")
        writer.parts(told.answers[name])


@layout
def questions_behind_labels(writer: Writer, told: Study) -> None:
    """Bold labels that go on with a question or an instruction and a limit."""
    for number, name in enumerate(_title_first(writer, told), 1):
        label, asked = writer.label(name), _PROMPTS[name].rstrip(".")
        goes_on = f": {asked[0].lower()}{asked[1:]} (max 300 words)" if not label.endswith("?") else ""
        writer.text(f"{number}. {label}{goes_on}", bold=True)
        writer.parts(told.answers[name], 0)


@layout(rich=False)
def questions_in_a_table(writer: Writer, told: Study) -> None:
    rows = [["No.", "Question", "Your response"]]
    rows += [
        ["1", "Title of case study", told.words("title")],
        ["2", "Name of council", told.words("council")],
    ]
    for number, name in enumerate(_fields(told, "title", "council"), 3):
        rows.append([str(number), _PROMPTS[name], _cell_text(told.answers[name])])
    writer.table(rows)


@layout
def prompts_of_another_office(writer: Writer, told: Study) -> None:
    """Headings with grey prompts below that this template does not know."""
    for name in told.answers:
        writer.heading(writer.label(name), 1)
        if name in _ASIDES:
            writer.text(_ASIDES[name])
        writer.parts(told.answers[name])


@layout
def ladder(writer: Writer, told: Study) -> None:
    """One column: a label, below it the answer, with lines in it as bold as the label."""
    table = writer.document.add_table(0, 1)
    for name in told.answers:
        table.add_row().cells[0].paragraphs[0].add_run(writer.label(name)).bold = True
        cell = table.add_row().cells[0]
        for part in told.answers[name]:
            run = cell.add_paragraph().add_run(part.words)
            run.bold = True if part.kind == "h" else None


@layout
def label_again_in_the_first_sentence(writer: Writer, told: Study) -> Told:
    """A heading, below it an answer that begins with the same word and a colon."""
    names = _title_first(writer, told)
    for name in names:
        writer.heading(writer.label(name))
        if name == "impact":
            writer.text("Impact: fewer letters.")
        writer.parts(told.answers[name])
    return Told({"impact": (f"Impact: fewer letters. {told.words('impact')}",)})


@layout
def subtitles(writer: Writer, told: Study) -> Told:
    """Headings that go on after their label with what could be an instruction and is a subtitle."""
    said = {"challenge": "say no to damp", "solution": "give everyone a key", "impact": "include everyone"}
    for name in _title_first(writer, told):
        writer.heading(f"{writer.label(name)}: {said[name]}" if name in said else writer.label(name))
        writer.parts(told.answers[name])
    return Told({name: (f"{words} {told.words(name)}",) for name, words in said.items()})


@layout
def welsh(writer: Writer, told: Study) -> None:
    for name in _title_first(writer, told):
        writer.heading(_WELSH[name])
        writer.parts(told.answers[name])


@layout
def two_languages(writer: Writer, told: Study) -> None:
    for name in _title_first(writer, told):
        both = [_WELSH[name].replace("Y camau nesaf", "Cynaliadwyedd"), writer.label(name)]
        writer.heading(" / ".join(both if writer.chance.random() < 0.5 else both[::-1]))
        writer.parts(told.answers[name])


@layout
def called_a_case_study(writer: Writer, told: Study) -> None:
    writer.text(f"Case study: {told.words('title')}", bold=True, size=16)
    writer.text(f"Council: {told.words('council')}")
    for name in _fields(told, "title", "council"):
        writer.text(writer.label(name).rstrip("?") + ":", bold=True)
        writer.parts(told.answers[name], 0)


@layout
def missing(writer: Writer, told: Study) -> Told:
    names = _title_first(writer, told)
    gone = tuple(writer.chance.sample(names, k=3))
    for name in names:
        if name not in gone:
            writer.heading(writer.label(name))
            writer.parts(told.answers[name])
    return Told(without=gone)


@layout
def unknown_heading(writer: Writer, told: Study) -> Told:
    foreign = writer.chance.choice(
        ("Procurement route", "Governance", "Equality duty", "Data protection", "Timeline")
    )
    said = "A board of seven met every month and wrote it down."
    level = writer.chance.choice((1, 2))
    writer.document.add_heading(told.words("title"), 0)
    for name in _fields(told, "title"):
        writer.heading(writer.label(name), level)
        writer.parts(told.answers[name], level + 1)
        if name == "solution":
            writer.heading(foreign, level)
            writer.text(said)
    return Told(unplaced=(said,))


@layout
def unknown_bold_heading(writer: Writer, told: Study) -> Told:
    said = "A board of seven met every month and wrote it down."
    writer.text(told.words("title"), bold=True, size=18)
    for name in _fields(told, "title"):
        writer.text(writer.label(name), bold=True)
        writer.parts(told.answers[name], 0)
        if name == "impact":
            writer.text("Governance", bold=True)
            writer.text(said)
    return Told(unplaced=(said,))


@layout
def second_study(writer: Writer, told: Study) -> Told:
    other = study(writer.chance.randint(1000, 2000), rich=False)
    _headed(writer, told, writer.label)
    writer.document.add_heading(other.words("title"), 0)
    for name in ("challenge", "solution", "impact"):
        writer.heading(writer.label(name))
        writer.parts(other.answers[name])
    return Told(unplaced=(other.words("challenge"), other.words("impact")), notes=("second-study",))


@layout
def two_councils(writer: Writer, told: Study) -> None:
    told.answers["council"] = [Part("p", "Ambleford Borough Council"), Part("p", "Denholt District Council")]
    for name in told.answers:
        writer.heading(writer.label(name))
        writer.parts(told.answers[name])


@layout
def not_applicable(writer: Writer, told: Study) -> None:
    for name, said in (("introduction", "N/A"), ("links", "None"), ("sustaining", "n/a - pilot has ended")):
        told.answers[name] = [Part("p", said)]
    _headed(writer, told, writer.label)


@layout
def headings_and_traps(writer: Writer, told: Study) -> None:
    """Answers that begin with, or are nothing but, heading words."""
    told.answers["solution"] += [Part("p", "Results: better than anyone had hoped."), Part("li", "Impact")]
    told.answers["impact"] += [
        Part("li", "Lessons learned"),
        Part("p", "Challenge accepted, as they say here."),
    ]
    told.answers["lessons"] += [Part("p", "Contact people early."), Part("p", "Summary of all this: begin.")]
    _headed(writer, told, writer.label)


@layout
def unlabelled_tail(writer: Writer, told: Study) -> Told:
    """Controls only, and words outside every control."""
    for name in told.answers:
        writer.control(writer.parts(told.answers[name]), tag=name)
    writer.text("Please ring before noon, as the office closes early.")
    return Told(unplaced=("Please ring before noon",))


# Layouts: the other templates


@layout(template="programme-update")
def programme_update(writer: Writer, told: Study) -> Told:
    moved = {
        "progress": "solution",
        "challenges": "challenge",
        "learnings": "lessons",
        "next_steps": "sustaining",
    }
    writer.document.add_heading(told.words("title"), 0)
    writer.text(f"Council: {told.words('council')}")
    for name, source in moved.items():
        writer.heading(writer.label(name))
        writer.parts(told.answers[source])
    fields = {name: (told.words(source),) for name, source in moved.items()}
    return Told(fields, tuple(_fields(told, "title", "council")), template="programme-update")


@layout(template="property-project", rich=False)
def property_project(writer: Writer, told: Study) -> Told:
    moved = {
        "location": "introduction",
        "partners": "contact",
        "challenge": "challenge",
        "solution": "solution",
        "homes": "summary",
        "jobs": "sustaining",
        "lessons": "lessons",
    }
    writer.table(
        [
            ["Title", told.words("title")],
            ["Council", told.words("council")],
            *([writer.label(name), _cell_text(told.answers[source])] for name, source in moved.items()),
        ]
    )
    fields = {name: (told.words(source),) for name, source in moved.items()}
    gone = tuple(name for name in _fields(told, "title", "council") if name not in moved)
    return Told(fields, gone, template="property-project")


def cases(seeds: Sequence[int]) -> list[Case]:
    """Every layout with every seed."""
    return [make(seed) for seed in seeds for make in LAYOUTS.values()]

"""The ways in which councils lay a case study out, each a function that writes a study's parts onto a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from page import Page, text_box
from study import Line, Part, Piece


def headings(page: Page) -> None:
    """The title in the Title style, the council as a labelled line, a heading for every other answer."""
    for part in page.study.parts:
        _headed(page, part, part.heading)


def numbered(page: Page) -> None:
    """As `headings`, the numbers typed in front."""
    number = 0
    for part in page.study.parts:
        number += part.field != "title"
        _headed(page, part, f"{number}. {part.heading}")


def _headed(page: Page, part: Part, heading: str) -> None:
    document = page.document
    if part.field == "title":
        document.add_paragraph(part.reads, style="Title" if page.level == 1 else "Heading 1")
        return
    if part.field == "council" and heading == part.heading and len(part.blocks) == 1:
        _label(page, part, document.add_paragraph())
        return
    document.add_heading(heading, page.level)
    _extras(page, part)
    page.write(document, part.blocks)


def _extras(page: Page, part: Part) -> None:
    """A text box or a hidden line where the sample asks for one, in front of the background."""
    settings = page.study.settings
    if part.field == "introduction" and "textbox" in settings:
        page.document.add_paragraph()._p.append(text_box(settings["textbox"]))
    if part.field == "introduction" and "hidden" in settings:
        page.document.add_paragraph().add_run(settings["hidden"]).font.hidden = True


def _label(page: Page, part: Part, paragraph: Paragraph) -> None:
    """A bold label, a colon, and the first line of the answer behind it."""
    paragraph.add_run(f"{part.heading}:").bold = True
    first, *others = part.blocks
    assert isinstance(first, Line)
    page.pieces(paragraph, (Piece("text", " "), *first.pieces))
    page.write(page.document, others)


def run_in(page: Page) -> None:
    """No headings: each answer begins with its bold label in the same line."""
    for part in page.study.parts:
        _label(page, part, page.document.add_paragraph())


def bold(page: Page) -> None:
    """Everything in the Normal style; headings are bold lines, the title a larger one."""
    for part in page.study.parts:
        heading = page.document.add_paragraph().add_run(part.heading or part.reads)
        heading.bold = True
        if part.field == "title":
            heading.font.size = Pt(17)
        else:
            page.write(page.document, part.blocks)


def table_rows(page: Page) -> None:
    """One table: labels on the left, answers on the right."""
    table = page.table(page.document, 0, 2)
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Cm(3.8), Cm(12.4)
    for part in page.study.parts:
        label, answer = table.add_row().cells
        label.width, answer.width = Cm(3.8), Cm(12.4)
        label.paragraphs[0].add_run(part.heading).bold = True
        _shade(label)
        _fill(page, answer, part)


def table_stacked(page: Page) -> None:
    """One table of one column: a shaded row with the label, and the answer in the row below."""
    table = page.table(page.document, 0, 1)
    for part in page.study.parts:
        label = table.add_row().cells[0]
        label.paragraphs[0].add_run(part.heading).bold = True
        _shade(label)
        _fill(page, table.add_row().cells[0], part)


def _shade(cell: _Cell) -> None:
    shading = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E3ECF3"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(shading))


def _fill(page: Page, cell: _Cell, part: Part) -> None:
    """The answer into an empty cell, whose first paragraph stays only where it is the last one."""
    page.write(cell, part.blocks)
    if len(cell.paragraphs) > 1:
        cell._tc.remove(cell.paragraphs[0]._p)


def filled(page: Page) -> None:
    """The blank template: each answer typed over the prompt of its content control."""
    body = page.document.element.body
    for part in page.study.parts:
        (control,) = body.xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{part.field}']")
        before = len(body)
        page.write(page.document, part.blocks)
        _type(control, body[before - 1 : -1])


def _type(control: BaseOxmlElement, typed: Iterable[BaseOxmlElement]) -> None:
    settings, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    settings.remove(settings.find(qn("w:showingPlcHdr")))
    content[:] = typed


LAYOUTS: dict[str, Callable[[Page], None]] = {
    "headings": headings,
    "numbered": numbered,
    "run-in": run_in,
    "bold": bold,
    "table-rows": table_rows,
    "table-stacked": table_stacked,
    "filled": filled,
}

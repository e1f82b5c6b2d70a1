"""Writing the blocks of a study into a Word document, wherever they go: the body, a cell, a content control."""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
import drawings
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from study import Block, Drawing, Grid, Line, Piece, Study

Place = Document | _Cell
WRITTEN = "2024-05-14T09:30:00Z"
CELL_MARGINS = (
    f"<w:tblCellMar {nsdecls('w')}><w:top w:w='50' w:type='dxa'/><w:left w:w='108' w:type='dxa'/>"
    "<w:bottom w:w='50' w:type='dxa'/><w:right w:w='108' w:type='dxa'/></w:tblCellMar>"
)
STYLES = {"bullet": "List Bullet", "number": "List Number", "caption": "Caption", "": None}
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass
class Page:
    """A Word document under way. `level` is that of its answers' headings; `located` puts a place in its photos."""

    document: Document
    study: Study
    level: int = 1
    located: tuple[float, float] | None = None

    def write(self, place: Place, blocks: Iterable[Block]) -> None:
        """The blocks, one after the other, at the end of the place."""
        number, before = None, None
        for block in blocks:
            if isinstance(block, Grid):
                self._grid(place, block)
            elif isinstance(block, Drawing):
                self._drawing(place, block)
            else:
                number = self._line(place, block, number, below_grid=isinstance(before, Grid))
            before = block

    def _line(self, place: Place, line: Line, number: int | None, *, below_grid: bool) -> int | None:
        """Writes a line; returns the list it belongs to, if it is a numbered item."""
        style = f"Heading {self.level + 1}" if line.style == "subheading" else STYLES[line.style]
        paragraph = place.add_paragraph(style=style)
        self.pieces(paragraph, line.pieces)
        if isinstance(place, _Cell):
            paragraph.paragraph_format.space_after = Pt(5)
        if below_grid:
            paragraph.paragraph_format.space_before = Pt(10)
        return _numbered(self.document, paragraph, number) if line.style == "number" else None

    def pieces(self, paragraph: Paragraph, pieces: Iterable[Piece]) -> None:
        """The words of a line at the end of a paragraph, with what hangs on them."""
        for piece in pieces:
            getattr(self, f"_{piece.kind}")(paragraph, piece)

    def _text(self, paragraph: Paragraph, piece: Piece) -> Run:
        return paragraph.add_run(piece.text)

    def _bold(self, paragraph: Paragraph, piece: Piece) -> None:
        paragraph.add_run(piece.text).bold = True

    def _commented(self, paragraph: Paragraph, piece: Piece) -> None:
        author = self.study.settings["comments_by"]
        self.document.add_comment(paragraph.add_run(piece.text), piece.extra, author=author, initials="CE")

    def _inserted(self, paragraph: Paragraph, piece: Piece) -> None:
        self._tracked("w:ins", paragraph, piece)

    def _deleted(self, paragraph: Paragraph, piece: Piece) -> None:
        self._tracked("w:del", paragraph, piece)

    def _tracked(self, tag: str, paragraph: Paragraph, piece: Piece) -> None:
        run = paragraph.add_run(piece.text)._r
        if tag == "w:del":
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        change = OxmlElement(tag)
        change.set(qn("w:id"), str(900 + len(paragraph.part.element.xpath("//w:ins|//w:del"))))
        change.set(qn("w:author"), self.study.settings["tracked_by"])
        change.set(qn("w:date"), WRITTEN)
        run.addprevious(change)
        change.append(run)

    def _link(self, paragraph: Paragraph, piece: Piece) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(piece.extra, kind, is_external=True))
        run = paragraph.add_run(piece.text)
        run.font.underline = True
        paragraph._p.append(link)
        link.append(run._r)

    def _footnote(self, paragraph: Paragraph, piece: Piece) -> None:
        number = 1 + len(paragraph.part.element.xpath("//w:footnoteReference"))
        run = paragraph.add_run()
        run.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        run._r.append(mark)

    def _grid(self, place: Place, grid: Grid) -> None:
        wide = len(grid.rows[0])
        table = self.table(place, len(grid.rows), wide)
        for row, cells in zip(table.rows, grid.rows, strict=True):
            for cell, line in zip(row.cells, cells, strict=True):
                self.pieces(cell.paragraphs[0], line.pieces)
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def table(self, place: Place, rows: int, wide: int) -> Table:
        """A ruled table with a little air in its cells."""
        table = place.add_table(rows, wide)
        table.style = self.document.styles["Table Grid"]
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(CELL_MARGINS))
        return table

    def _drawing(self, place: Place, drawing: Drawing) -> None:
        settings = self.study.drawing(drawing.name)
        data = drawings.draw(settings, self.located)
        inside = isinstance(place, _Cell)
        paragraph = place.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        inline = paragraph.add_run().add_picture(io.BytesIO(data), width=Cm(10 if inside else 13.5))._inline
        properties = inline.docPr
        if drawing.alt:
            properties.set("descr", drawing.alt)
        if drawing.decorative:
            properties.append(parse_xml(DECORATIVE))
        name = f"{drawing.name}.{'jpg' if self.located else 'png'}"
        inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", name)


def _numbered(document: Document, paragraph: Paragraph, number: int | None) -> int:
    """Puts the paragraph into the list of the one before it, or into a new list that begins at 1."""
    number = _new_list(document) if number is None else number
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
    return number


def _new_list(document: Document) -> int:
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(style).abstractNumId.val
    entry = numbering.add_num(abstract)
    entry.add_lvlOverride(ilvl=0).add_startOverride(1)
    return entry.numId


def text_box(words: str) -> Any:
    """A run with a text box in it, said twice as Word does: for itself, and for programs that know no better."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    spaces = " ".join(
        f'xmlns:{prefix}="{address}"'
        for prefix, address in {
            "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
            "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
            "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            "v": "urn:schemas-microsoft-com:vml",
        }.items()
    )
    return parse_xml(
        f"<w:r {nsdecls('w')} {spaces}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        "<wp:inline distT='0' distB='0' distL='0' distR='0'><wp:extent cx='4860000' cy='432000'/>"
        "<wp:docPr id='77' name='Text Box 77'/><a:graphic><a:graphicData "
        "uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp><wps:cNvSpPr txBox='1'/>"
        "<wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='4860000' cy='432000'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val='DCECF5'/></a:solidFill>"
        f"</wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style='width:382pt;height:34pt'>"
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def dress(document: Document, font: str, size: float, colour: str) -> None:
    """The document on A4 in one font, its headings in one colour."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    names = ["Normal", "Title", "Caption", *(f"Heading {level}" for level in range(1, 4))]
    for name in names:
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), font)
        if name not in ("Normal", "Caption"):
            style.font.color.rgb = RGBColor.from_string(colour)
    document.styles["Normal"].font.size = Pt(size)


def equip(document: Document) -> None:
    """Gives a blank form what Word adds as soon as somebody types lists, tables and captions into it."""
    office = docx.Document()
    known = {style.name for style in document.styles}
    for style in office.styles:
        if style.name in ("List Bullet", "List Number", "Table Grid", "Caption") and style.name not in known:
            document.styles.element.append(deepcopy(style.element))
    numbering = office.part.numbering_part
    document.part.relate_to(numbering, RELATIONSHIP_TYPE.NUMBERING)

"""A study as a Word document to read and to approve: written from its rich text, and from nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import resources
from workbench.richtext import (
    Block,
    Break,
    Cell,
    Heading,
    Image,
    Inline,
    ListBlock,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
)
from workbench.word.xml import writable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIXEL = 9525
"""A pixel of a screen in the unit of drawings."""
_WIDEST, _HIGHEST = 5_730_000, 7_200_000
_TEXT_WIDTH = 9026
"""The width of the text in twentieths of a point."""
_DEEPEST = 8
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpeg"}


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture as PNG or JPEG, with what is said of it; sizes in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int
    alt: str | None = None
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written: a title, lines about the study, its answers under their labels.

    `mark` is said at the top and on every page, `made` is the moment the file tells of itself. `pictures` go by the
    asset that the rich text names; one that is not among them is told by its description alone.
    """

    title: str
    about: Sequence[str]
    summary: str
    parts: Sequence[tuple[str, RichText]]
    mark: str
    made: datetime
    draft: bool = True
    pictures: Mapping[str, PaperPicture] = field(default_factory=dict[str, PaperPicture])


def written(paper: Paper) -> bytes:
    """The .docx. The same paper gives the same bytes."""
    writer = _Writer(paper)
    document = writer.document()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, data in (
            ("[Content_Types].xml", _content_types()),
            ("_rels/.rels", _package_relations()),
            ("docProps/core.xml", _core(paper)),
            ("word/document.xml", document),
            ("word/_rels/document.xml.rels", writer.relations()),
            ("word/styles.xml", _styles()),
            ("word/numbering.xml", writer.numbering()),
            ("word/header1.xml", _margin("hdr", _paragraph("Header", _run(paper.mark)))),
            ("word/footer1.xml", _margin("ftr", _paragraph("Footer", _page_number()))),
            *writer.media(),
        ):
            package.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    """Writes the body, and notes what stands beside it: links, pictures, numbered lists."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._links: dict[str, str] = {}
        self._pictures: dict[str, str] = {}
        self._drawn = 0
        self._numbered = 1

    def document(self) -> str:
        paper = self._paper
        body = [
            _paragraph("Mark" if paper.draft else "Issued", _run(paper.mark)),
            _paragraph("Title", _run(paper.title), text=paper.title),
            *(_paragraph("About", _run(line)) for line in paper.about if line),
            *([_paragraph("Subtitle", _run(paper.summary), text=paper.summary)] if paper.summary else ()),
        ]
        for label, content in paper.parts:
            body.append(_paragraph("Heading2", _run(label), text=label))
            body += self._blocks(content)
        body += self._credits()
        page = (
            '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
            '<w:footerReference w:type="default" r:id="footer"/>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
            ' w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
        )
        return f"{_HEAD}<w:document {_SPACES}><w:body>{''.join(body)}{page}</w:body></w:document>"

    def _credits(self) -> Iterator[str]:
        told = dict.fromkeys(self._paper.pictures[asset].credit for asset in self._pictures)
        if any(told):
            yield _paragraph("About", _run("; ".join(filter(None, told))))

    # Blocks

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph(content):
                    yield self._words(content)
                case Heading(level, content):
                    yield self._words(content, f"Heading{level}")
                case ListBlock():
                    yield from self._list(block, 0)
                case Table():
                    yield from self._table(block)

    def _words(self, content: Sequence[Inline], style: str = "", more: str = "") -> str:
        text = "".join(part.text for part in content if isinstance(part, Text))
        return _paragraph(style, "".join(map(self._inline, content)), more, text=text)

    def _list(self, block: ListBlock, depth: int) -> Iterator[str]:
        number = 1
        if block.ordered:
            self._numbered += 1
            number = self._numbered
        level = min(depth, _DEEPEST)
        marked = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            yield self._words(item.content, "ListParagraph", marked)
            for inner in item.lists:
                yield from self._list(inner, depth + 1)

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption:
            yield self._words(table.caption, "Caption")
        lines = _laid((*table.head, *table.body))
        columns = max((sum(slot.span for slot in line) for line in lines), default=0)
        if columns > _MOST_COLUMNS:
            for line in lines:
                for slot in line:
                    yield from self._blocks(slot.cell.content if slot.cell else ())
            return
        wide = _TEXT_WIDTH // max(columns, 1)
        grid = f'<w:gridCol w:w="{wide}"/>' * columns
        rows = "".join(
            self._row(line, columns, wide, head=at < len(table.head)) for at, line in enumerate(lines)
        )
        form = '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        yield f"<w:tbl>{form}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        yield _paragraph("AfterTable", "")

    def _row(self, line: Sequence[_Slot], columns: int, wide: int, *, head: bool) -> str:
        missing = columns - sum(slot.span for slot in line)
        cells = "".join(self._cell(slot, wide, head) for slot in (*line, *[_Slot(Cell(), 1)] * missing))
        repeated = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"

    def _cell(self, slot: _Slot, wide: int, head: bool) -> str:
        span = f'<w:gridSpan w:val="{slot.span}"/>' if slot.span > 1 else ""
        merged = '<w:vMerge w:val="restart"/>' if slot.cell and slot.cell.rowspan > 1 else ""
        merged = merged if slot.cell else "<w:vMerge/>"
        is_label = head or (slot.cell is not None and slot.cell.scope is not None)
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEA"/>' if is_label else ""
        inner = "".join(self._blocks(slot.cell.content)) if slot.cell else ""
        # A cell must end with a paragraph.
        inner = inner if inner.endswith("</w:p>") else f"{inner}<w:p/>"
        form = f'<w:tcPr><w:tcW w:w="{wide * slot.span}" w:type="dxa"/>{span}{merged}{shade}</w:tcPr>'
        return f"<w:tc>{form}{inner}</w:tc>"

    # Words

    def _inline(self, part: Inline) -> str:
        match part:
            case Break():
                return "<w:r><w:br/></w:r>"
            case Image():
                return self._image(part)
            case Text(text, marks, href):
                run = _run(text, "".join(_MARKS[mark] for mark in _MARKS if mark in marks), link=bool(href))
                if not href:
                    return run
                name = self._links.setdefault(href, f"link{len(self._links) + 1}")
                return f'<w:hyperlink r:id="{name}">{run}</w:hyperlink>'

    def _image(self, image: Image) -> str:
        picture = self._paper.pictures.get(image.asset)
        alt = image.alt if image.alt is not None else picture.alt if picture else None
        if picture is None:
            return _run(f"[{alt}]") if alt else ""
        name = self._pictures.setdefault(image.asset, f"picture{len(self._pictures) + 1}")
        self._drawn += 1
        return _drawing(picture, name, self._drawn, alt)

    # What stands beside the body

    def relations(self) -> str:
        """What the body's names stand for."""
        own = (
            ("styles", "styles", "styles.xml", ""),
            ("numbering", "numbering", "numbering.xml", ""),
            ("header", "header", "header1.xml", ""),
            ("footer", "footer", "footer1.xml", ""),
        )
        links = ((name, "hyperlink", href, ' TargetMode="External"') for href, name in self._links.items())
        pictures = (
            (name, "image", f"media/{self._file(asset)}", "") for asset, name in self._pictures.items()
        )
        rows = "".join(
            f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{_clean(to)}"{more}/>'
            for name, kind, to, more in (*own, *links, *pictures)
        )
        return _relationships(rows)

    def media(self) -> Iterator[tuple[str, bytes]]:
        """The pictures, each once."""
        for asset in self._pictures:
            yield f"word/media/{self._file(asset)}", self._paper.pictures[asset].data

    def _file(self, asset: str) -> str:
        return f"{self._pictures[asset]}.{_SUFFIXES[self._paper.pictures[asset].media_type]}"

    def numbering(self) -> str:
        """Bullets as the first list; every numbered list begins anew."""
        bullets = "".join(_level(level, "bullet", "•◦▪"[level % 3]) for level in range(_DEEPEST + 1))
        numbers = "".join(
            _level(level, ("decimal", "lowerLetter", "lowerRoman")[level % 3], f"%{level + 1}.")
            for level in range(_DEEPEST + 1)
        )
        anew = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in range(_DEEPEST + 1)
        )
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{anew}</w:num>'
            for number in range(2, self._numbered + 1)
        )
        several = '<w:multiLevelType w:val="hybridMultilevel"/>'
        return (
            f'{_HEAD}<w:numbering xmlns:w="{_W}">'
            f'<w:abstractNum w:abstractNumId="0">{several}{bullets}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="1">{several}{numbers}</w:abstractNum>'
            f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>'
        )


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a row of a table: a cell, or None for what a cell above covers, and how many columns wide."""

    cell: Cell | None
    span: int


def _laid(rows: Sequence[Row]) -> list[list[_Slot]]:
    """The rows with what cells above cover of them."""
    laid: list[list[_Slot]] = []
    covered: dict[int, tuple[int, int]] = {}
    for row in rows:
        line: list[_Slot] = []
        below: dict[int, tuple[int, int]] = {}
        cells, at = list(row.cells), 0
        while cells or any(column >= at for column in covered):
            if at in covered:
                span, left = covered[at]
                line.append(_Slot(None, span))
            else:
                cell = cells.pop(0) if cells else Cell()
                span, left = cell.colspan, cell.rowspan
                line.append(_Slot(cell, span))
            if left > 1:
                below[at] = (span, left - 1)
            at += span
        covered = below
        laid.append(line)
    return laid


_MOST_COLUMNS = 63
"""More columns than that no Word program shows; such a table is written cell below cell."""

_MARKS = {
    "strong": "<w:b/><w:bCs/>",
    "em": "<w:i/><w:iCs/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}


def _paragraph(style: str, inner: str, more: str = "", *, text: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    turned = "<w:bidi/>" if _runs_leftwards(text) else ""
    form = f"<w:pPr>{named}{more}{turned}</w:pPr>" if named or more or turned else ""
    return f"<w:p>{form}{inner}</w:p>"


def _run(text: str, marks: str = "", *, link: bool = False) -> str:
    style = '<w:rStyle w:val="Hyperlink"/>' if link else ""
    turned = "<w:rtl/>" if _runs_leftwards(text) else ""
    form = f"<w:rPr>{style}{marks}{turned}</w:rPr>" if style or marks or turned else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{_clean(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{form}{pieces}</w:r>"


def _runs_leftwards(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _drawing(picture: PaperPicture, name: str, number: int, alt: str | None) -> str:
    wide, high = picture.width * _PIXEL, picture.height * _PIXEL
    scale = min(1.0, _WIDEST / max(wide, 1), _HIGHEST / max(high, 1))
    size = f'cx="{max(round(wide * scale), 1)}" cy="{max(round(high * scale), 1)}"'
    said = _clean(alt or "")
    decorative = _DECORATIVE if alt == "" else ""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{said}">{decorative}</wp:docPr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _level(level: int, kind: str, text: str) -> str:
    indent = f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/>{indent}</w:lvl>'
    )


def _page_number() -> str:
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def _margin(kind: str, inner: str) -> str:
    return f"{_HEAD}<w:{kind} {_SPACES}>{inner}</w:{kind}>"


def _styles() -> str:
    """The styles of the blank form, and those that a paper needs beside them."""
    known = resources.path("word", "styles.xml").read_text("utf-8")
    further = resources.path("word", "paper.xml").read_text("utf-8")
    return known.replace("</w:styles>", f"{further}</w:styles>")


def _core(paper: Paper) -> str:
    moment = f"{paper.made:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_clean(paper.title)}</dc:title><dc:subject>{_clean(paper.mark)}</dc:subject>"
        "<dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "word/document.xml": f"{word}.document.main+xml",
        "word/styles.xml": f"{word}.styles+xml",
        "word/numbering.xml": f"{word}.numbering+xml",
        "word/header1.xml": f"{word}.header+xml",
        "word/footer1.xml": f"{word}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    kinds |= {suffix: kind for kind, suffix in _SUFFIXES.items()}
    named = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    usual = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in kinds.items())
    return f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{usual}{named}</Types>'


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relationships(
        f'<Relationship Id="document" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{core}" Target="docProps/core.xml"/>'
    )


def _relationships(rows: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}'
        "</Relationships>"
    )


def _clean(text: str) -> str:
    return escape(writable(text))

"""Word files as Word itself writes them, made by program: for timing only, and invented from end to end.

`document(seed)` is about what a council sends: 1,700 words under headings, in content controls, with lists, a table,
revision ids on every run; document.xml and styles.xml of some 40 KB each; every third with a picture of 150 KB.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

import resources

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" mc:Ignorable="w14 w15"'
)
FIELDS = (
    "title", "council", "summary", "introduction", "challenge", "solution", "impact", "sustaining", "lessons",
    "contact", "links",
)  # fmt: skip
_COMMON = """
the of and to in a for with was their council residents service team library park energy housing young people local
project worked together partners over two years reduce costs improve access support families learn what helps most
town because old way slow expensive hard reach so staff tried small tests then shared results each month
"""
COMMON = _COMMON.split()
WORDS = resources.path("spelling", "en_GB.dic").read_text("utf-8")
RARE = re.findall(r"^[a-z]{6,10}(?=/)", WORDS, re.MULTILINE)[::60]
SLIP = 1 / 300
"""How often a word is misspelt: some five times in a document."""
COUNCILS = [
    row["name"] for row in csv.DictReader(resources.path("councils.csv").open()) if row["current"] == "yes"
]
TYPES = {
    "styles": "styles+xml", "settings": "settings+xml", "numbering": "numbering+xml", "fontTable": "fontTable+xml",
    "webSettings": "webSettings+xml", "footnotes": "footnotes+xml", "endnotes": "endnotes+xml",
}  # fmt: skip


def document(seed: int, *, picture: bool | None = None) -> bytes:
    """A Word file of about 1,700 words; with a picture in every third, or as `picture` says."""
    chance = random.Random(seed)
    pictured = seed % 3 == 0 if picture is None else picture
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _rels([("rId1", "officeDocument", "word/document.xml")], core=True),
        "word/document.xml": _body(chance, pictured),
        "word/_rels/document.xml.rels": _rels(
            [(f"rId{n}", name, f"{name}.xml") for n, name in enumerate((*TYPES, "theme"), 1)]
            + [("rId20", "image", "media/image1.jpeg")] * pictured
        ),
        **{f"word/{name}.xml": content for name, content in _furniture(chance).items()},
        "docProps/core.xml": _core(),
    }
    if pictured:
        parts["word/media/image1.jpeg"] = b"\xff\xd8\xff\xe0" + chance.randbytes(150_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _body(chance: random.Random, pictured: bool) -> bytes:
    blocks = [_paragraph(chance, 4, "Title")]
    for name in FIELDS:
        blocks.append(_paragraph(chance, 2, "Heading2"))
        answer = "".join(_answer(chance, name, pictured and name == "solution"))
        properties = (
            f'<w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:id w:val="{chance.randrange(10**9)}"/>'
        )
        blocks.append(f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{answer}</w:sdtContent></w:sdt>")
    section = '<w:sectPr w:rsidR="00AB12CD"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return f"{HEAD}<w:document {SPACES}><w:body>{''.join(blocks)}{section}</w:body></w:document>".encode()


def _answer(chance: random.Random, name: str, pictured: bool) -> Iterator[str]:
    if name == "council":
        yield f"<w:p><w:r><w:t>{escape(chance.choice(COUNCILS))}</w:t></w:r></w:p>"
        return
    if name in ("title", "contact", "links"):
        yield _paragraph(chance, 8)
        return
    for _ in range(4):
        yield _paragraph(chance, 55)
    if name in ("solution", "lessons"):
        yield from (_paragraph(chance, 15, "ListParagraph", listed=True) for _ in range(4))
    if name == "impact":
        cell = "<w:tc><w:tcPr><w:tcW w:w='3005' w:type='dxa'/></w:tcPr>{}</w:tc>"
        row = '<w:tr w:rsidR="00AB12CD">{}</w:tr>'
        rows = (row.format("".join(cell.format(_paragraph(chance, 4)) for _ in range(3))) for _ in range(4))
        yield f"<w:tbl><w:tblPr><w:tblStyle w:val='TableGrid'/></w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"
    if pictured:
        drawing = (
            '<wp:inline><wp:extent cx="5731510" cy="3223895"/><wp:docPr id="1" name="Picture 1" descr="A hall"/>'
            '<a:graphic><a:graphicData uri="x"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Picture 1"/>'
            '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId20"/></pic:blipFill></pic:pic></a:graphicData>'
            "</a:graphic></wp:inline>"
        )
        yield f"<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"


def _paragraph(chance: random.Random, words: int, style: str = "", *, listed: bool = False) -> str:
    revision = f"00{chance.randrange(16**6):06X}"
    ids = f'w14:paraId="{chance.randrange(16**8):08X}" w14:textId="77777777" w:rsidR="{revision}"'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f'<w:pPr>{named}{numbered}<w:rPr><w:lang w:val="en-GB"/></w:rPr></w:pPr>'
    runs: list[str] = []
    while words > 0:
        taken = min(words, chance.randint(6, 24))
        words -= taken
        text = sentence(chance, taken)
        bold = "<w:b/><w:bCs/>" if chance.random() < 0.08 else ""
        looks = f'<w:rPr>{bold}<w:lang w:val="en-GB"/></w:rPr>' if bold or chance.random() < 0.6 else ""
        runs.append(
            f'<w:r w:rsidRPr="00{chance.randrange(16**6):06X}">{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'
        )
    return f"<w:p {ids}>{properties}{''.join(runs)}</w:p>"


def sentence(chance: random.Random, words: int) -> str:
    """Common words, and one in four of those that tell one text from another; now and then a slip."""
    text = " ".join(_word(chance) for _ in range(words))
    return f"{text.capitalize()}. "


def _word(chance: random.Random) -> str:
    word = chance.choice(RARE if chance.random() < 0.25 else COMMON)
    return word[:-2] + word[:-3:-1] if chance.random() < SLIP else word


def _furniture(chance: random.Random) -> dict[str, bytes]:
    note = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    )
    levels = "".join(map(level.format, range(9)))
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    rsids = "".join(f'<w:rsid w:val="00{chance.randrange(16**6):06X}"/>' for _ in range(60))
    bodies = {
        "styles": _styles(chance), "settings": f"<w:rsids>{rsids}</w:rsids>",
        "numbering": f'{lists}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        "fontTable": "", "webSettings": "", "footnotes": note, "endnotes": note.replace("footnote", "endnote"),
    }  # fmt: skip
    roots = {"fontTable": "fonts"}
    parts = {
        name: f"{HEAD}<w:{roots.get(name, name)} {SPACES}>{body}</w:{roots.get(name, name)}>".encode()
        for name, body in bodies.items()
    }
    return parts | {"theme": f"{HEAD}<a:theme {SPACES}>{'<a:x/>' * 900}</a:theme>".encode()}


def _styles(chance: random.Random) -> str:
    exception = (
        '<w:lsdException w:name="Grid Table {} Accent {}" w:uiPriority="{}" w:semiHidden="1" w:qFormat="1"/>'
    )
    latent = "".join(exception.format(n % 7, n % 6, n % 99) for n in range(276))
    fonts = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    named = [("Normal", "Normal", 'w:default="1"'), ("Title", "Title", ""), ("ListParagraph", "List Paragraph", ""),
             ("TableGrid", "Table Grid", "")]  # fmt: skip
    named += [(f"Heading{n}", f"heading {n}", "") for n in range(1, 10)] + [
        (f"Own{n}", f"Own {n}", "") for n in range(25)
    ]
    style = (
        '<w:style w:type="paragraph" {} w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="Normal"/>'
        '<w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:rsid w:val="00{:06X}"/><w:pPr><w:keepNext/>'
        '<w:spacing w:before="240" w:after="0"/></w:pPr><w:rPr>' + fonts
        + '<w:color w:val="2F5496"/><w:sz w:val="26"/>'
        '<w:szCs w:val="26"/></w:rPr></w:style>'
    )  # fmt: skip
    styles = "".join(style.format(more, key, name, chance.randrange(16**6)) for key, name, more in named)
    known = (
        f"<w:latentStyles w:defLockedState='0' w:defUIPriority='99' w:count='376'>{latent}</w:latentStyles>"
    )
    return f"{defaults}{known}{styles}"


def _content_types() -> bytes:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    known = {"document": "document.main+xml", **TYPES}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}{kind}"/>' for name, kind in known.items()
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    )
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _rels(entries: list[tuple[str, str, str]], *, core: bool = False) -> bytes:
    said = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in entries
    )
    kind = f"{PACKAGE}/relationships/metadata/core-properties"
    said += f'<Relationship Id="rId2" Type="{kind}" Target="docProps/core.xml"/>' if core else ""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'.encode()


def _core() -> bytes:
    spaces = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"{HEAD}<cp:coreProperties {spaces}><dc:title>Invented</dc:title></cp:coreProperties>".encode()

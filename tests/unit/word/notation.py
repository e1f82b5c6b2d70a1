"""Word files in one line: `docx(p("Hello ", ins("new"), " world"))`.

Functions named after elements return XML; a plain string among their arguments is a run of text (in a body, a
paragraph). Nothing here uses the code under test.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Xml(str):
    """Text that is markup already."""

    __slots__ = ()


def el(tag: str, *children: str, **attributes: object) -> Xml:
    """An element; `w_val="x"` is `w:val="x"`, and `val="x"` is short for it. Strings are escaped, markup is not."""
    named = {
        name.replace("_", ":") if "_" in name else f"w:{name}": value for name, value in attributes.items()
    }
    said = "".join(f" {name.removeprefix('plain:')}={quoteattr(str(value))}" for name, value in named.items())
    inner = "".join(each if isinstance(each, Xml) else escape(each) for each in children)
    return Xml(f"<{tag}{said}>{inner}</{tag}>" if inner else f"<{tag}{said}/>")


def t(text: str) -> Xml:
    return Xml(f'<w:t xml:space="preserve">{escape(text)}</w:t>')


def r(*children: str, **looks: object) -> Xml:
    """A run; `r("x", b=1, sz=28)`. A string is its text."""
    properties = [el(f"w:{name}", val=value) for name, value in looks.items()]
    inner = [each if isinstance(each, Xml) else t(each) for each in children]
    return el("w:r", *([el("w:rPr", *properties)] if properties else []), *inner)


def runs(children: tuple[str, ...]) -> list[Xml]:
    return [each if isinstance(each, Xml) else r(each) for each in children]


def p(
    *children: str, style: str = "", numbering: tuple[int, int] | None = None, mark: str = "", **more: object
) -> Xml:
    """A paragraph; `mark="del"` deletes its end; `outline=2` sets its outline level."""
    properties: list[Xml] = [el("w:pStyle", val=style)] if style else []
    if numbering:
        properties.append(el("w:numPr", el("w:ilvl", val=numbering[1]), el("w:numId", val=numbering[0])))
    if "outline" in more:
        properties.append(el("w:outlineLvl", val=more["outline"]))
    if mark:
        properties.append(el("w:rPr", el(f"w:{mark}", id=1, author="A")))
    return el("w:p", *([el("w:pPr", *properties)] if properties else []), *runs(children))


def ins(*children: str) -> Xml:
    return el("w:ins", *runs(children), id=1, author="A")


def deleted(text: str) -> Xml:
    return el("w:del", el("w:r", el("w:delText", text)), id=1, author="A")


def link(target_id: str, *children: str) -> Xml:
    return el("w:hyperlink", *runs(children), r_id=target_id)


def field(code: str, *result: str) -> Xml:
    """A complex field as Word writes it: begin, code, separate, result, end."""
    mark = {kind: r(el("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")}
    return Xml(
        "".join((mark["begin"], r(el("w:instrText", code)), mark["separate"], *runs(result), mark["end"]))
    )


def sdt(
    tag: str, *content: str, alias: str = "", prompt: bool = False, kind: str = "", xpath: str = ""
) -> Xml:
    """A content control; content is markup."""
    properties = [el("w:alias", val=alias)] * bool(alias) + [el("w:tag", val=tag)] * bool(tag)
    properties += [el("w:showingPlcHdr")] * prompt + [el("w:dataBinding", xpath=xpath)] * bool(xpath)
    properties += [el(kind)] * bool(kind)
    return el("w:sdt", el("w:sdtPr", *properties), el("w:sdtContent", *content))


def table(*rows: Xml) -> Xml:
    return el("w:tbl", el("w:tblPr"), *rows)


def tr(*cells: str, header: bool = False, before: int = 0) -> Xml:
    properties = [el("w:tblHeader")] * header + [el("w:gridBefore", val=before)] * bool(before)
    return el(
        "w:tr", el("w:trPr", *properties), *(each if isinstance(each, Xml) else tc(each) for each in cells)
    )


def tc(*content: str, span: int = 0, merge: str = "") -> Xml:
    """A cell; `merge` is "restart" or "continue"."""
    properties = [el("w:gridSpan", val=span)] * bool(span) + [el("w:vMerge", val=merge)] * bool(merge)
    blocks = [each if isinstance(each, Xml) else p(each) for each in content]
    return el("w:tc", el("w:tcPr", *properties), *blocks)


def textbox(*content: Xml) -> Xml:
    """A DrawingML text box with the VML copy that Word writes beside it."""
    box = el("w:txbxContent", *content)
    modern = el("w:drawing", el("wp:inline", el("a:graphic", el("wps:wsp", el("wps:txbx", box)))))
    legacy = el("w:pict", el("v:shape", el("v:textbox", box)))
    return r(
        el("mc:AlternateContent", el("mc:Choice", modern, plain_Requires="wps"), el("mc:Fallback", legacy))
    )


def picture(embed: str, *, descr: str | None = None, decorative: bool = False) -> Xml:
    extra = [el("adec:decorative", plain_val="1")] * decorative
    named = {"plain_id": "1", "plain_name": "Picture 1"} | ({} if descr is None else {"plain_descr": descr})
    return r(
        el(
            "w:drawing",
            el(
                "wp:inline",
                el("wp:docPr", *extra, **named),
                el("a:graphic", el("pic:pic", el("pic:blipFill", el("a:blip", r_embed=embed)))),
            ),
        )
    )


def part(root: str, *content: str) -> str:
    """A part of its own, such as `part("w:footnotes", …)`."""
    return HEAD + el(root, *content).replace(f"<{root}", f"<{root} {NAMESPACES}", 1)


def rel(name: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        f"<Relationship Id={quoteattr(name)} Type={quoteattr(KIND + kind)} Target={quoteattr(target)}{mode}/>"
    )


def rels(*entries: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{"".join(entries)}</Relationships>'


def content_types(main: str = MAIN, overrides: Mapping[str, str] | None = None) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    known = {"/word/document.xml": main, **(overrides or {})}
    entries = "".join(
        f"<Override PartName={quoteattr(k)} ContentType={quoteattr(v)}/>" for k, v in known.items()
    )
    return (
        f'{HEAD}<Types xmlns="{space}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def parts_of(
    *body: str,
    links: tuple[str, ...] = (),
    main: str = MAIN,
    more: Mapping[str, str | bytes] | None = None,
    root_rels: str = "",
) -> dict[str, str | bytes]:
    """The parts of a Word file by name. `links` are relationships of the document, `more` further parts."""
    blocks = [each if isinstance(each, Xml) else p(each) for each in body]
    return {
        "[Content_Types].xml": content_types(main),
        "_rels/.rels": rels(rel("rId1", "officeDocument", "word/document.xml"), root_rels),
        "word/document.xml": part("w:document", el("w:body", *blocks, Xml("<w:sectPr/>"))),
        "word/_rels/document.xml.rels": rels(*links),
        **(more or {}),
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(
    *body: str,
    links: tuple[str, ...] = (),
    main: str = MAIN,
    more: Mapping[str, str | bytes] | None = None,
    root_rels: str = "",
) -> bytes:
    """A Word file with the given body."""
    return zipped(parts_of(*body, links=links, main=main, more=more, root_rels=root_rels))


def styles(*entries: Xml) -> dict[str, str]:
    """A styles part to give as `more`; `links=(STYLES,)` refers to it."""
    return {"word/styles.xml": part("w:styles", *entries)}


def style(
    key: str, name: str, *, based: str = "", default: bool = False, kind: str = "paragraph", **looks: object
) -> Xml:
    paragraph = [el("w:pPr", el("w:outlineLvl", val=looks.pop("outline")))] if "outline" in looks else []
    run = [el("w:rPr", *(el(f"w:{look}", val=value) for look, value in looks.items()))] if looks else []
    on = [el("w:basedOn", val=based)] * bool(based)
    return el(
        "w:style", el("w:name", val=name), *on, *paragraph, *run, type=kind, styleId=key, default=int(default)
    )


STYLES = rel("rIdS", "styles", "styles.xml")
NUMBERING = rel("rIdN", "numbering", "numbering.xml")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def compound(*names: str) -> bytes:
    """A compound file whose directory holds `names`, as Word 97 and password protection make them."""
    head = bytearray(512)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HH", head, 28, 0xFFFE, 9)
    struct.pack_into("<L", head, 48, 1)
    struct.pack_into("<109L", head, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128L", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in names
    )
    return bytes(head) + table + entries.ljust(512, b"\0")

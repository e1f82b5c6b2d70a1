"""Damage to Word files: in the zip's bytes, in its parts, in their XML. The same seed does the same damage."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable

from lxml import etree

from tests.unit.word.notation import (
    NUMBERING,
    PNG,
    STYLES,
    deleted,
    docx,
    el,
    field,
    ins,
    link,
    p,
    part,
    picture,
    r,
    rel,
    sdt,
    style,
    styles,
    table,
    tc,
    textbox,
    tr,
    zipped,
)  # fmt: skip

_TAG = re.compile(r"<[^<>]+>")
_VALUE = re.compile(r'="([^"]*)"')
_VALUES = (
    "",
    "-1",
    "0",
    "99999999999999999999",
    "1e308",
    "nan",
    "\ufffd",
    "x" * 3000,
    "rId1",
    "../..",
    "&#0;",
    "&x;",
    "%s",
)
_BITS = ("<w:p>", "</w:p>", "<w:t>", "]]>", "<![CDATA[", "&", "<!--", "<w:sdt>", "</w:body>", "\x00", "<w:tc/>",
         "<w:tbl/>",
         '<w:fldChar w:fldCharType="begin"/>', "<mc:AlternateContent>", "<?x?>", "<!DOCTYPE x>")  # fmt: skip


def sound() -> bytes:
    """A file with something of everything, to be damaged."""
    more = {
        **styles(
            style("Normal", "Normal", default=True, sz=22), style("H", "heading 2", based="Normal", b=1)
        ),
        "word/numbering.xml": part(
            "w:numbering",
            el(
                "w:abstractNum",
                el("w:lvl", el("w:numFmt", val="decimal"), el("w:lvlText", val="%1."), ilvl=0),
                abstractNumId=0,
            ),
            el("w:num", el("w:abstractNumId", val=0), numId=1),
        ),
        "word/comments.xml": part("w:comments", el("w:comment", p("why?"), id=0, author="Jo")),
        "word/footnotes.xml": part("w:footnotes", el("w:footnote", p("see there"), id=1)),
        "word/header1.xml": part("w:hdr", p("Draft")),
        "word/media/image1.png": PNG,
        "word/a.html": "<p>a page</p>",
        "docProps/custom.xml": "<Properties/>",
    }
    links = (
        STYLES, NUMBERING, rel("c", "comments", "comments.xml"), rel("f", "footnotes", "footnotes.xml"),
        rel("h", "header", "header1.xml"), rel("i", "image", "media/image1.png"), rel("a", "aFChunk", "a.html"),
        rel("l", "hyperlink", "https://example.org", external=True),
    )  # fmt: skip
    body = (
        p("Heading", style="H"),
        sdt("title", p("A ", r("bold", b=1), " title"), alias="Title"),
        p(
            "now ",
            ins("new"),
            deleted("old"),
            link("l", "a link"),
            field(" PAGE ", "1"),
            r(el("w:footnoteReference", id=1)),
        ),
        p("item", numbering=(1, 0)),
        p(textbox(p("boxed")), picture("i", descr="x"), r(el("w:commentReference", id=0))),
        table(tr("a", tc("b", span=2), header=True), tr(tc("c", merge="restart"), "d"), sdt("row", tr("e"))),
        el("w:altChunk", r_id="a"),
    )
    return docx(*body, links=links, more=more)


def damaged(seed: int, data: bytes) -> bytes:
    """`data` with one to four kinds of damage done to it."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_DAMAGE)(chance, data)
    return data


def _flip(chance: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _flip_directory(chance: random.Random, data: bytes) -> bytes:
    """Damage where it hurts: in the zip's own directory."""
    start = max(data.find(b"PK\x01\x02"), 0)
    return data[:start] + _flip(chance, data[start:])


def _cut(chance: random.Random, data: bytes) -> bytes:
    begin = chance.randrange(len(data) + 1)
    return data[:begin] + data[begin + chance.choice([1, 10, 1000, len(data)]) :]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    begin = chance.randrange(len(data) + 1)
    return data[:begin] + data[max(begin - 200, 0) :]


def _in_a_part(chance: random.Random, data: bytes) -> bytes:
    """Damage to the text of one part, packed anew so that sizes and sums agree."""
    parts = _parts(data)
    if not parts:
        return data
    name = chance.choice([*parts, *["word/document.xml"] * 5 * ("word/document.xml" in parts)])
    text = parts[name].decode("utf-8", "replace")
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_TEXT_DAMAGE)(chance, text)
    return zipped({**parts, name: text.encode("utf-8", "replace")})


def _rearrange(chance: random.Random, data: bytes) -> bytes:
    """Elements of a part moved, doubled, renamed or taken out; what comes out is XML still."""
    parts = _parts(data)
    names = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    if not names:
        return data
    name = chance.choice([*names, *["word/document.xml"] * 4 * ("word/document.xml" in parts)])
    try:
        root = etree.fromstring(parts[name])
    except etree.XMLSyntaxError:
        return data
    for _ in range(chance.randint(1, 12)):
        _rearrange_once(chance, [each for each in root.iter() if isinstance(each.tag, str)])
    return zipped({**parts, name: etree.tostring(root)})


def _rearrange_once(chance: random.Random, elements: list[etree._Element]) -> None:
    one, other = chance.choice(elements), chance.choice(elements)
    above = {id(each) for each in other.iterancestors()}
    if one is other or id(one) in above or one.getparent() is None:
        return
    match chance.randrange(4):
        case 0:
            other.insert(chance.randint(0, len(other)), one)
        case 1:
            other.append(copy.deepcopy(one))
        case 2:
            one.tag = other.tag
        case _:
            one.getparent().remove(one)


def _swap_parts(chance: random.Random, data: bytes) -> bytes:
    parts = _parts(data)
    if len(parts) < 2:
        return data
    one, other = chance.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    if chance.random() < 0.5:
        del parts[one]
    return zipped(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return {}


def _drop_tag(chance: random.Random, text: str) -> str:
    return _at_tag(chance, text, lambda tag: "")


def _double_tag(chance: random.Random, text: str) -> str:
    return _at_tag(chance, text, lambda tag: tag * chance.choice([2, 300]))


def _rename_tag(chance: random.Random, text: str) -> str:
    return _at_tag(chance, text, lambda tag: tag.replace("w:", chance.choice(["m:", "mc:", "", "x:"]), 1))


def _put_bit(chance: random.Random, text: str) -> str:
    return _at_tag(chance, text, lambda tag: chance.choice(_BITS) + tag)


def _change_value(chance: random.Random, text: str) -> str:
    found = list(_VALUE.finditer(text))
    if not found:
        return text
    hit = chance.choice(found)
    return text[: hit.start(1)] + chance.choice(_VALUES) + text[hit.end(1) :]


def _move_element(chance: random.Random, text: str) -> str:
    """Puts a stretch of markup elsewhere, so that elements stand where they may not."""
    tags = list(_TAG.finditer(text))
    if len(tags) < 3:
        return text
    first, last, to = (chance.choice(tags).start() for _ in range(3))
    stretch = text[min(first, last) : max(first, last)]
    return text[:to] + stretch + text[to:]


def _at_tag(chance: random.Random, text: str, change: Callable[[str], str]) -> str:
    tags = list(_TAG.finditer(text))
    if not tags:
        return text
    hit = chance.choice(tags)
    return text[: hit.start()] + change(hit[0]) + text[hit.end() :]


_TEXT_DAMAGE = (_drop_tag, _double_tag, _rename_tag, _put_bit, _change_value, _change_value, _move_element)
_DAMAGE = (_flip, _flip_directory, _cut, _repeat, _in_a_part, _in_a_part, _rearrange, _rearrange, _rearrange,
           _rearrange, _rearrange, _rearrange, _swap_parts)  # fmt: skip

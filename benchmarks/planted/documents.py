"""Word files with errors planted in them, and without."""

from __future__ import annotations

import io
import struct
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workbench import richtext, template
from workbench.richtext import Break, Heading, Inline, ListBlock, Table, Text

HERE = Path(__file__).parent
LABELS = {field.id: field.label for field in template.shipped()["case-study"].fields}


@dataclass(frozen=True)
class Planted:
    """A document to make: its answers as text or HTML, what is planted, and which check should find it where."""

    fields: Mapping[str, str]
    check: str = ""
    place: str | None = None
    what: str = ""
    note: Mapping[str, str] = field(default_factory=dict[str, str])
    picture: Mapping[str, str] | None = None


def clean(name: str = "clean.toml") -> Iterator[Planted]:
    """The clean studies, and the first one once more for each trap."""
    data = _read(name)
    for study in data["studies"]:
        yield Planted(study)
    base: dict[str, str] = data["studies"][0]
    for place, texts in data["traps"].items():
        for text in texts:
            whole = place in ("title", "council", "summary", "contact", "sustaining")
            yield Planted(
                {**base, place: _with(base[place], text, "whole" if whole else "")}, place=place, what=text
            )


def errors(name: str = "errors.toml") -> Iterator[Planted]:
    """The study of the set, else the first clean one, once for each error, with that error in it."""
    checks = _read(name)
    base: dict[str, str] = checks.pop("studies", _read("clean.toml")["studies"])[0]
    for check, kinds in checks.items():
        for how in ("whole", "append"):
            for place, texts in kinds.get(how, {}).items():
                for text in texts:
                    yield Planted({**base, place: _with(base[place], text, how)}, check, place, text)
        for note in kinds.get("notes", ()):
            yield Planted(base, check, None, str(note), note=note)
        for picture in kinds.get("pictures", ()):
            yield Planted(base, check, None, str(picture), picture=picture)


def _with(base: str, text: str, how: str) -> str:
    if how == "whole":
        return text
    return f"<p>{base}</p>{text}" if text.startswith("<") else f"{base} {text}"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


# The Word file


def word_file(planted: Planted) -> bytes:
    """The document as a Word file, with the labels of the template as its headings."""
    document = docx.Document()
    for name, label in LABELS.items():
        document.add_heading(label, 1)
        _answer(document, planted.fields.get(name, ""))
        if name == "solution" and planted.picture is not None:
            _add_picture(document, planted.picture)
    _add_note(document, planted.note)
    _add_section(document, planted.note.get("section", ""))
    _add_headings(document, planted.note.get("headings", ""))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_section(document: Any, told: str) -> None:
    """A heading, and words below it, that the template does not ask for."""
    heading, _, words = told.partition("|")
    if heading:
        document.add_heading(heading, 1)
        document.add_paragraph(words)


def _add_headings(document: Any, told: str) -> None:
    """Headings of the levels named, each with a line below it, in the last answer."""
    for heading in filter(None, told.split("|")):
        level, _, words = heading.partition(":")
        document.add_heading(words, int(level))
        document.add_paragraph("The committee agreed this in the spring.")


def _answer(document: Any, text: str) -> None:
    for block in richtext.from_html(text) if text.startswith("<") else richtext.from_text(text):
        match block:
            case Heading():
                document.add_heading(richtext.plain((block,)), block.level - 1)
            case Table():
                _add_table(document, block)
            case ListBlock():
                for item in block.items:
                    _add_runs(document.add_paragraph("", "List Bullet"), item.content)
            case _:
                _add_runs(document.add_paragraph(), block.content)


def _add_runs(paragraph: Any, parts: Iterable[Inline]) -> None:
    for part in parts:
        if isinstance(part, Text):
            run = paragraph.add_run(part.text)
            run.bold = "strong" in part.marks or None
            if part.href:
                _add_link(paragraph, run, part.href)
        elif isinstance(part, Break):
            paragraph.add_run().add_break()


def _add_link(paragraph: Any, run: Any, address: str) -> None:
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _element("w:hyperlink", {"r:id": target})
    paragraph._p.append(link)
    link.append(run._r)


def _add_table(document: Any, block: Table) -> None:
    rows = [*block.head, *block.body]
    table = document.add_table(len(rows), max(sum(cell.colspan for cell in row.cells) for row in rows))
    for at, row in enumerate(rows):
        for across, cell in enumerate(row.cells):
            if cell.colspan > 1:
                table.cell(at, across).merge(table.cell(at, across + cell.colspan - 1))
            table.cell(at, across).text = richtext.plain(cell.content)
    if block.head:
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _add_picture(document: Any, picture: Mapping[str, str]) -> None:
    document.add_picture(io.BytesIO(_png()))
    properties = document.inline_shapes[-1]._inline.docPr
    properties.set("name", picture.get("name", "shop.png"))
    if "alt" in picture:
        properties.set("descr", picture["alt"])


def _png() -> bytes:
    """A grey square of 200 by 200 pixels."""
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * 200 for _ in range(200)))
    header = struct.pack(">IIBBBBB", 200, 200, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _add_note(document: Any, note: Mapping[str, str]) -> None:
    answers = [one for one in document.paragraphs if one.style.name == "Normal" and len(one.text) > 100]
    paragraph = answers[len(answers) // 2] if answers else None
    for kind, words in note.items():
        match kind:
            case "header":
                document.sections[0].header.paragraphs[0].text = words
            case "footer":
                document.sections[0].footer.paragraphs[0].text = words
            case "authority" | "section" | "headings":
                pass
            case "author":
                document.core_properties.author = words
            case "company" | "manager":
                _add_property(document, kind.title(), words)
            case "hidden":
                paragraph.add_run(words).font.hidden = True
            case "link":
                _add_link(paragraph, paragraph.add_run("the list of tools"), words)
            case "comment":
                document.add_comment(paragraph.runs, words, author="A reader")
            case _:
                _add_revision(paragraph, kind, words)


def _add_property(document: Any, name: str, words: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    xml = f'<Properties xmlns="{kind}"><{name}>{words}</{name}></Properties>'.encode()
    related = kind.replace("officeDocument/2006/", "officeDocument/2006/relationships/")
    for relation in list(document.part.package.rels.values()):
        if relation.reltype == related:
            relation.target_part._blob = xml
            return
    raise LookupError(related)


def _add_revision(paragraph: Any, kind: str, words: str) -> None:
    marks = {"w:id": "1", "w:author": "A reader", "w:date": "2024-03-01T09:00:00Z"}
    change = _element("w:ins" if kind == "insertion" else "w:del", marks)
    run = paragraph.add_run(words)._r
    paragraph._p.append(change)
    change.append(run)
    if kind == "deletion":
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")


def _element(tag: str, attributes: Mapping[str, str] | None = None) -> Any:
    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name), value)
    return element

"""What happens to a sample after it is written: Word's own habits, footnotes, the mark, LibreOffice."""

from __future__ import annotations

import io
import random
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from study import Line, Study

MARK = "CasebookSample"
SAYS = "Invented for Casebook. No council sent this."
WHEN = datetime(2024, 5, 14, 9, 30)
CUSTOM = "docProps/custom.xml"
CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def properties(document: Document, study: Study) -> None:
    """The document's properties, which say that it is invented; no page of it does."""
    core = document.core_properties
    core.author = core.last_modified_by = study.settings.get("author", "")
    core.title, core.subject = "", ""
    core.keywords, core.comments = "invented sample", SAYS
    core.created = core.modified = WHEN


def margins(document: Document, study: Study) -> None:
    """The header and the footer, where the sample has them."""
    section = document.sections[0]
    if "header" in study.settings:
        section.header.paragraphs[0].text = study.settings["header"]
    if "footer" in study.settings:
        section.footer.paragraphs[0].text = study.settings["footer"]


def footnotes(document: Document, study: Study) -> None:
    """The part that holds the footnotes, where the text has any."""
    words = [
        piece.text
        for part in study.parts
        for block in part.blocks
        if isinstance(block, Line)
        for piece in block.pieces
        if piece.kind == "footnote"
    ]
    if not words:
        return
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(words, 1)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        f"</w:footnote>{notes}</w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, FOOTNOTES_RELATION)


def wordify(document: Document, seed: str) -> None:
    """Breaks runs where Word would: at corrections and between saves, with revision ids and proofing marks."""
    chance = random.Random(seed)
    for run in document.element.body.xpath(".//w:p/w:r[w:t and not(w:drawing)]"):
        run.set(qn("w:rsidR"), f"00{chance.randrange(0x100000, 0xFFFFFF):06X}")
        (text, *_) = run.findall(qn("w:t"))
        words = re.findall(r"\S+\s*|\s+", text.text)
        if len(words) > 6 and len(run.findall(qn("w:t"))) == 1:
            _split(run, words, chance)


def _split(run: etree._Element, words: list[str], chance: random.Random) -> None:
    at = chance.randrange(2, len(words) - 1)
    texts = ["".join(words[:at]), words[at], "".join(words[at + 1 :])]
    runs = [run, deepcopy(run), deepcopy(run)]
    for each, text in zip(runs, texts, strict=True):
        each.find(qn("w:t")).text = text
        each.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for element in reversed((_proof("spellStart"), runs[1], _proof("spellEnd"), runs[2])):
        run.addnext(element)


def _proof(kind: str) -> etree._Element:
    mark = OxmlElement("w:proofErr")
    mark.set(qn("w:type"), kind)
    return mark


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def marked(data: bytes) -> bytes:
    """The same package with the custom property that tells an invented sample, and with fixed dates inside."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if CUSTOM not in parts:
        parts[CUSTOM] = f'<Properties xmlns="{CUSTOM_SPACE}" xmlns:vt="{TYPES_SPACE}"/>'.encode()
        _register(parts)
    parts[CUSTOM] = _with_mark(parts[CUSTOM])
    return zipped(parts)


def _register(parts: dict[str, bytes]) -> None:
    """Tells the package of its new part."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    etree.SubElement(
        types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{CUSTOM}", ContentType=CUSTOM_TYPE
    )
    parts["[Content_Types].xml"] = _xml(types)
    relations = etree.fromstring(parts["_rels/.rels"])
    name = f"{{{relations.nsmap[None]}}}Relationship"
    etree.SubElement(relations, name, Id="rIdSample", Type=CUSTOM_RELATION, Target=CUSTOM)
    parts["_rels/.rels"] = _xml(relations)


def _with_mark(custom: bytes) -> bytes:
    root = etree.fromstring(custom)
    pid = 2 + len(root)
    entry = etree.SubElement(
        root,
        f"{{{CUSTOM_SPACE}}}property",
        fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}",
        pid=str(pid),
        name=MARK,
    )
    etree.SubElement(entry, f"{{{TYPES_SPACE}}}lpwstr").text = SAYS
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 5, 14, 9, 30, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def resaved(data: bytes, via: Iterable[str]) -> bytes:
    """The document as LibreOffice saves it, step by step through the given formats, the last of them docx."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "in", "sample.docx")
        path.parent.mkdir()
        path.write_bytes(data)
        for number, kind in enumerate(via):
            path = _converted(path, kind, Path(folder, str(number)))
        return path.read_bytes()


def _converted(path: Path, kind: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{path.parent.parent}/profile"
    office = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(office, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{kind}"

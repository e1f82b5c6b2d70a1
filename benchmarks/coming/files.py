"""Stories as Word files, in the ways that they come back."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from workbench import word
from workbench.template import Template, shipped
from workbench.word.document import SUBMISSION_PROPERTY

from .stories import FIELDS, Story

FORM: Template = shipped()["case-study"]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_CUSTOM_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_VALUE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def headed(told: Story, mark: str = "") -> bytes:
    """Under headings, with its paragraphs of two sentences."""
    document = Document()
    for name, lines in _answers(told).items():
        document.add_heading(FORM.by_id[name].label, 1)
        for line in lines:
            document.add_paragraph(line)
    return marked(_bytes(document), mark)


def formed(told: Story, mark: str = "") -> bytes:
    """In the blank form that the office gives out."""
    document: Any = Document(BytesIO(word.blank(FORM)))
    controls = {
        one.find(f".//{qn('w:tag')}").get(qn("w:val")): one for one in document.element.body.iter(qn("w:sdt"))
    }
    for name, lines in _answers(told).items():
        content = controls[name].find(qn("w:sdtContent"))
        for old in list(content):
            content.remove(old)
        for shown in list(controls[name].iter(qn("w:showingPlcHdr"))):
            shown.getparent().remove(shown)
        for line in lines:
            content.append(document.add_paragraph(line)._element)
    return marked(_bytes(document), mark)


def flattened(told: Story) -> bytes:
    """As it comes out of a word processor on the web: no properties, no comments, bold lines for headings."""
    document = Document()
    for name, lines in _answers(told).items():
        document.add_paragraph().add_run(FORM.by_id[name].label).bold = True
        for line in lines:
            document.add_paragraph(f"\u00a0{line}" if line.startswith("By") else line)
    return _bytes(document)


def tracked(before: Story, after: Story, mark: str = "") -> bytes:
    """With the changes from one to the other tracked: what went is there as deleted, what came as inserted."""
    document = Document()
    old = _answers(before)
    for name, lines in _answers(after).items():
        document.add_heading(FORM.by_id[name].label, 1)
        for at, line in enumerate(lines):
            was = old[name][at] if at < len(old[name]) else ""
            paragraph = document.add_paragraph("" if was != line else line)
            if was != line:
                paragraph._element.append(_deletion(was))
                paragraph._element.append(_insertion(line))
    return marked(_bytes(document), mark)


def through_libreoffice(files: Mapping[str, bytes], *, twice: bool) -> dict[str, bytes]:
    """The files as LibreOffice writes them: as Word files at once, or, `twice`, by way of OpenDocument."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, data in files.items():
            (folder / f"{stem}.docx").write_bytes(data)
        if twice:
            _convert(folder, [folder / f"{stem}.docx" for stem in files], "odt", folder)
        sources = [folder / f"{stem}.{'odt' if twice else 'docx'}" for stem in files]
        _convert(folder, sources, "docx:MS Word 2007 XML", folder / "again")
        return {stem: (folder / "again" / f"{stem}.docx").read_bytes() for stem in files}


def _convert(profile: Path, files: Sequence[Path], to: str, into: Path) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{profile}/profile", "--headless", "--convert-to", to]
    subprocess.run([*command, "--outdir", into, *files], check=True, capture_output=True, timeout=300)


def marked(data: bytes, mark: str) -> bytes:
    """The file with the mark of a submission in its custom properties, as a return copy has it."""
    if not mark:
        return data
    properties = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUE}">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{SUBMISSION_PROPERTY}">'
        f"<vt:lpwstr>{mark}</vt:lpwstr></property></Properties>"
    )
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            if entry.filename != "docProps/custom.xml":
                after.writestr(entry, _named(entry.filename, before.read(entry)))
        after.writestr("docProps/custom.xml", properties)
    return out.getvalue()


def _named(part: str, data: bytes) -> bytes:
    if part == "_rels/.rels" and b"custom-properties" not in data:
        told = (
            f'<Relationship Id="rIdMark" Type="{_CUSTOM_REL}" Target="docProps/custom.xml"/></Relationships>'
        )
        return data.replace(b"</Relationships>", told.encode())
    if part == "[Content_Types].xml" and b"/docProps/custom.xml" not in data:
        told = f'<Override PartName="/docProps/custom.xml" ContentType="{_CUSTOM_TYPE}"/></Types>'
        return data.replace(b"</Types>", told.encode())
    return data


def _answers(told: Story) -> dict[str, list[str]]:
    answers = {name: _paragraphs(told.answers[name]) for name in FIELDS}
    return {"title": [told.title], "council": [told.council], **answers}


def _paragraphs(sentences: Sequence[str]) -> list[str]:
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def _bytes(document: Any) -> bytes:
    document.core_properties.revision = random.randrange(1, 10**6)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _deletion(text: str) -> Any:
    made = parse_xml(
        f'<w:del {_W} w:id="1" w:author="Officer" w:date="2024-01-01T00:00:00Z"><w:r><w:delText/></w:r></w:del>'
    )
    made[0][0].text = text
    return made


def _insertion(text: str) -> Any:
    made = parse_xml(f'<w:ins {_W} w:id="2" w:author="Officer" w:date="2024-01-01T00:00:00Z"/>')
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    run.append(words)
    made.append(run)
    return made

"""The blank Word form of a template: under each field's label a content control that carries the field's id."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import crc32

import resources
from workbench import words
from workbench.template import Field, Template, shipped
from workbench.word import glossary
from workbench.word.document import TEMPLATE_PROPERTY, TEMPLATE_VERSION_PROPERTY
from workbench.word.xml import writable

_KEPT = frozenset({"styles", "settings", "fontTable", "theme", "webSettings"})
_PLAIN_KINDS = frozenset({"line", "council"})
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def blank(template: Template, language: str = words.OUTSIDE) -> bytes:
    """The .docx to send out for `template`: its label as the title, then every field with its guidance as prompt.

    In another language as far as that has words for it; what comes back is known by its controls in any.
    """
    from docx import Document

    template = in_language(template, language)
    document: Any = Document()
    body = document.element.body
    _slim(document)
    document.add_paragraph(writable(template.label), style="Title")
    document.add_paragraph(words.say("form", "instruction", language=language), style="Subtitle")
    for field in template.fields:
        document.add_paragraph(writable(field.label), style="Heading 2")
        body.insert(len(body) - 1, _control(field, language))
    glossary.add(document, {field.id: _prompt_lines(field, language) for field in template.fields})
    _describe(document, template, language)
    out = BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _timeless(package: bytes) -> bytes:
    """The same package without the moment of its making, so that the same template gives the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as dated, ZipFile(out, "w", ZIP_DEFLATED) as plain:
        for part in dated.infolist():
            plain.writestr(ZipInfo(part.filename), dated.read(part), ZIP_DEFLATED)
    return out.getvalue()


def in_language(template: Template, language: str) -> Template:
    """The template with its labels and guidance in a language, as far as that has words for them.

    A question that the office words in its own way is left as it is worded.
    """
    original, told = shipped().get(template.id), words.group(language, "questions")
    if original is None or not told:
        return template

    def said(part: str, ours: str, shipped_: str) -> str:
        return told.get(f"{template.id}.{part}", ours) if ours == shipped_ else ours

    fields = tuple(
        replace(
            field,
            label=said(f"{field.id}.label", field.label, twin.label),
            guidance=said(f"{field.id}.guidance", field.guidance, twin.guidance),
        )
        if (twin := original.by_id.get(field.id))
        else field
        for field in template.fields
    )
    return replace(template, label=said("label", template.label, original.label), fields=fields)


def prompt(field: Field, language: str = words.OUTSIDE) -> str:
    """What stands in a field's control until somebody types: its guidance, and the lines a contact needs."""
    guidance = field.guidance or words.say("form", "prompt", language=language)
    contact = words.say("form", "contact", language=language)
    return f"{guidance}\n{contact}" if field.kind == "contact" else guidance


def _slim(document: Any) -> None:
    """Leaves of python-docx's own template only what a form needs, with our styles instead of its 790 KB."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.styles import StylesPart

    part = document.part
    for relation in list(part.rels.values()):
        if relation.reltype.rpartition("/")[2] not in _KEPT:
            del part.rels[relation.rId]
    for relation in list(part.package.rels.values()):
        if relation.reltype.endswith("/thumbnail"):
            del part.package.rels[relation.rId]
    styles = next(each for each in part.rels.values() if each.reltype.endswith("/styles"))
    data = resources.path("word", "styles.xml").read_bytes()
    styles._target = StylesPart.load(PackURI("/word/styles.xml"), CONTENT_TYPE.WML_STYLES, data, part.package)


def _control(field: Field, language: str) -> Any:
    from docx.oxml import parse_xml

    kind = "<w:text/>" if field.kind in _PLAIN_KINDS else "<w:richText/>"
    return parse_xml(
        f"<w:sdt {_NAMESPACE}><w:sdtPr>"
        f"<w:alias w:val={_quoted(field.label)}/><w:tag w:val={_quoted(field.id)}/>"
        f'<w:id w:val="{crc32(field.id.encode()) & 0x7FFFFFFF}"/><w:lock w:val="sdtLocked"/>'
        f'<w:placeholder><w:docPart w:val="{glossary.block_name(field.id)}"/></w:placeholder>'
        f"<w:showingPlcHdr/>{kind}</w:sdtPr>"
        f"<w:sdtContent>{_prompt_lines(field, language)}</w:sdtContent></w:sdt>"
    )


def _prompt_lines(field: Field, language: str) -> str:
    return "".join(map(_prompt_line, prompt(field, language).splitlines()))


def _prompt_line(line: str) -> str:
    run = f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{escape(writable(line))}</w:t></w:r>'
    return f"<w:p>{run}</w:p>"


def _describe(document: Any, template: Template, language: str) -> None:
    """Title and language, and the properties by which the form is known when it comes back."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    core = document.core_properties
    core.title, core.author, core.comments = writable(template.label), "", ""
    core.language = words.trait("locale", language).replace("_", "-")
    said = {TEMPLATE_PROPERTY: template.id, TEMPLATE_VERSION_PROPERTY: str(template.version)}
    data = _custom_properties(said)
    package = document.part.package
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, data, package), _CUSTOM_KIND)


def _custom_properties(said: dict[str, str]) -> bytes:
    entries = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(said.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{entries}</Properties>"
    ).encode()


def _quoted(text: str) -> str:
    """An attribute value; Word takes at most 64 characters for a control's title and tag."""
    return quoteattr(writable(text)[:64])

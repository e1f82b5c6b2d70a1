"""The prompts of a blank form as building blocks: Word shows them again in a control that is emptied again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from workbench.word.xml import W

_PART, _STYLES = "/word/glossary/document.xml", "/word/glossary/styles.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def block_name(field: str) -> str:
    """The name of the building block that prompts for a field: letters and digits, as Word names its own."""
    return _key(field).hex.upper()


def add(document: Any, prompts: Mapping[str, str]) -> None:
    """Gives a python-docx document a building block for each field: its prompt, as WordprocessingML paragraphs."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    main, package = document.part, document.part.package
    blocks = "".join(_block(field, paragraphs) for field, paragraphs in prompts.items())
    data = f'<w:glossaryDocument xmlns:w="{W[1:-1]}"><w:docParts>{blocks}</w:docParts></w:glossaryDocument>'
    glossary = Part(PackURI(_PART), _TYPE, data.encode(), package)
    styles = main.part_related_by(f"{_OFFICE}/styles")
    own = Part(PackURI(_STYLES), styles.content_type, styles.blob, package)
    glossary.relate_to(own, f"{_OFFICE}/styles")
    main.relate_to(glossary, f"{_OFFICE}/glossaryDocument")


def _block(field: str, paragraphs: str) -> str:
    return (
        f'<w:docPart><w:docPartPr><w:name w:val="{block_name(field)}"/>'
        '<w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category>'
        '<w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors>'
        f'<w:guid w:val="{{{str(_key(field)).upper()}}}"/></w:docPartPr>'
        f"<w:docPartBody>{paragraphs}</w:docPartBody></w:docPart>"
    )


def _key(field: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"casebook:prompt:{field}")

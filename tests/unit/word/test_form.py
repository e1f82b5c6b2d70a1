"""The blank form: small, made for Word, and read back as what it is."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from workbench import template
from workbench.template import Field, Template
from workbench.word import blank, read
from workbench.word.document import TEMPLATE_PROPERTY, TEMPLATE_VERSION_PROPERTY, Paragraph
from workbench.word.form import prompt
from workbench.word.xml import W

ALL = template.shipped()


@pytest.mark.parametrize("name", ALL)
def test_every_field_has_its_label_and_its_empty_control(name: str) -> None:
    document = read(blank(ALL[name]), "blank.docx")
    fields = ALL[name].fields
    headings = [block for block in document.blocks if isinstance(block, Paragraph) and block.outline == 2]
    assert [heading.text for heading in headings] == [field.label for field in fields]
    controls = dict.fromkeys(block.controls[0] for block in document.blocks if block.controls)
    assert [(control.tag, control.alias, control.prompt) for control in controls] == [
        (field.id, field.label, True) for field in fields
    ]
    kinds = {control.tag: control.kind for control in controls}
    assert all((kinds[field.id] == "text") == (field.kind in ("line", "council")) for field in fields)


def test_a_control_that_is_emptied_again_finds_its_prompt() -> None:
    archive = zipfile.ZipFile(io.BytesIO(blank(ALL["case-study"])))
    main, glossary = (
        etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "glossary/document")
    )
    named = [each.get(W + "val") for each in main.iterfind(f".//{W}placeholder/{W}docPart")]
    prompts = {
        block.find(f"{W}docPartPr/{W}name").get(W + "val"): "\n".join(block.itertext(W + "t"))
        for block in glossary.iter(W + "docPart")
    }
    assert [prompts[name] for name in named] == [prompt(field) for field in ALL["case-study"].fields]
    styles = etree.fromstring(archive.read("word/glossary/styles.xml"))
    known = {each.get(W + "styleId") for each in styles.iter(W + "style")}
    assert {each.get(W + "val") for each in glossary.iter(W + "rStyle")} <= known


def test_it_says_which_template_it_is() -> None:
    shown = ALL["case-study"]
    properties = read(blank(shown), "blank.docx").properties
    assert properties.title == shown.label
    assert properties.custom == {TEMPLATE_PROPERTY: shown.id, TEMPLATE_VERSION_PROPERTY: str(shown.version)}


def test_it_is_small_and_holds_nothing_it_does_not_need() -> None:
    data = blank(ALL["case-study"])
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len(data) < 20_000
    assert not any("thumbnail" in name or "customXml" in name or "Effects" in name for name in names)


def test_it_opens_in_python_docx_in_english() -> None:
    import docx

    opened = docx.Document(io.BytesIO(blank(ALL["case-study"])))
    assert opened.core_properties.language == "en-GB"
    assert "en-GB" in opened.styles.element.xml
    assert {each.style.name for each in opened.paragraphs if each.style is not None} >= {
        "Title",
        "Subtitle",
        "Heading 2",
    }


def test_words_that_are_markup_or_too_long_do_no_harm() -> None:
    odd = Field("a", 'Costs & <savings> "net"' + "x" * 80, "First line\nsecond & <last>\x00", kind="contact")
    document = read(blank(Template("t", 3, "A & B", "", (odd,), {})), "x")
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert odd.label in texts and "second & <last>" in texts
    (control,) = {block.controls[0] for block in document.blocks if block.controls}
    assert control.alias == odd.label[:64]

"""The second count's two ways of reading a part: what tags tell at a glance, and what expat says of all of them."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.word.notation import Xml, docx, el, p, r, sdt, table, tc, tr
from workbench.word import rawtext
from workbench.word.package import Package

DRAWING = Xml('<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A hall"/></wp:inline></w:drawing></w:r>')
ARROW = Xml('<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="a > b"/></wp:inline></w:drawing></w:r>')
SHAPE = Xml(f"<w:r><w:drawing><w:txbxContent>{p('box')}</w:txbxContent></w:drawing></w:r>")
TICKED = Xml(
    f'<w:sdt><w:sdtPr><w15:color w:val="0"/><w14:checkbox/></w:sdtPr><w:sdtContent>{p("yes")}</w:sdtContent></w:sdt>'
)
PLAIN = [
    p("one ", "two"), p(r("bro", b=1), r("ken")), p("R&D < \"x\" 'y' >"), p("a", r(Xml("<w:tab/>")), "b"), p(),
    p("a", r(Xml('<w:t xml:space="preserve"> </w:t>')), "b"), p("in", DRAWING, "line"), p("é中 naïve"),
    p(r(Xml("<w:t/>")), "x"),
    sdt("title", p("kept")), TICKED, table(tr(tc(p("x")), tc(p("y")))), p(el("w:ins", r("new"), id=1)),
]  # fmt: skip
DIFFICULT = [
    p(el("w:del", r(Xml("<w:delText>gone</w:delText>")), id=1), "stays"), p("one", mark="del"), p(SHAPE), p(ARROW),
    p(r("hidden", vanish=""), "seen"), p(r(Xml("<w:t></w:t>")), "x"),
    p(r(Xml("<w:t>caf&#233;</w:t>"))), p(r(Xml("<w:t><![CDATA[a <w:t>b</w:t>]]></w:t>"))), p(Xml("<!-- c -->"), "x"),
    p(r(Xml('<w:sym w:font="Symbol" w:char="F061"/>'))), p(Xml("<m:oMath><m:r><m:t>E</m:t></m:r></m:oMath>")),
]  # fmt: skip


def both(*body: Xml) -> tuple[Counter[str] | None, Counter[str]]:
    package = Package(docx(*body))
    data = package.markup(package.main)
    plain = rawtext._plain_text(data)
    return None if plain is None else counted(plain), counted(rawtext.XmlText(package.main).read(data))


def counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("block", PLAIN)
def test_what_is_plain_is_told_at_a_glance(block: Xml) -> None:
    glance, whole = both(block)
    assert glance == whole


@pytest.mark.parametrize("block", DIFFICULT)
def test_what_is_not_is_left_to_expat(block: Xml) -> None:
    assert both(block)[0] is None


@settings(max_examples=150)
@given(st.lists(st.sampled_from([*PLAIN, *PLAIN, *DIFFICULT]), max_size=6))
def test_both_ways_never_differ(blocks: list[Xml]) -> None:
    glance, whole = both(*blocks)
    assert glance in (None, whole)


@pytest.mark.parametrize(
    "root",
    [
        '<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>a</x:t></x:r></x:p></x:body></x:document>',
        '<document xmlns="{W}"><body><p><r><t>a</t></r></p></body></document>',
        '<w:document xmlns:w="{W}"><w:p xmlns:w="urn:other"><w:r><w:t>a</w:t></w:r></w:p></w:document>',
        '<w:document xmlns:w="{W}"><w:p xmlns:w = "urn:other"><w:r><w:t>a</w:t></w:r></w:p></w:document>',
        '<w:document xmlns:w14="{W}" xmlns:w="http://schemas.microsoft.com/office/word/2010/wordml"><w:t>a</w:t></w:document>',
        '<w:document xmlns:w="{W}" xmlns:w14="http://schemas.openxmlformats.org/officeDocument/2006/math"/>',
        '<w:document xmlns:w="urn:other" xmlns:v="{W}"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:document>',
    ],
)
def test_other_names_for_the_same_are_left_to_expat(root: str) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    assert rawtext._plain_text(root.replace("{W}", space).encode()) is None

"""The reader: every kind of text that a Word file can hold, each in its place."""

from __future__ import annotations

import hashlib

import pytest

from tests.unit.word.notation import (
    NUMBERING,
    PNG,
    STYLES,
    Xml,
    deleted,
    docx,
    el,
    field,
    ins,
    link,
    p,
    part,
    parts_of,
    picture,
    r,
    rel,
    rels,
    sdt,
    style,
    styles,
    t,
    table,
    tc,
    textbox,
    tr,
    zipped,
)  # fmt: skip
from workbench.errors import Refused
from workbench.richtext import Break, Image, Text
from workbench.word import raw_words, read, read_twice
from workbench.word.document import Paragraph, Table, WordDocument, paragraphs


def mr(text: str) -> Xml:
    """A run of a formula."""
    return el("m:r", el("m:t", text))


def texts(document: WordDocument) -> list[str]:
    return [each.text for each in paragraphs(document.blocks)]


def notes(document: WordDocument) -> list[tuple[str, str]]:
    return [(note.kind, note.text) for note in document.notes]


def opened(*body: str, **more: object) -> WordDocument:
    return read(docx(*body, **more), "test.docx")  # type: ignore[arg-type]


def only(document: WordDocument) -> Paragraph:
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    return block


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Hello", " ", "world"), "Hello world"),
        (p("now ", ins("here"), " and ", deleted("gone"), "there"), "now here and there"),
        (p(el("w:moveTo", r("moved")), el("w:moveFrom", r("moved"))), "moved"),
        (p(r("a", el("w:tab"), t("b"))), "a\tb"),
        (p(r("a", el("w:br"), t("b"), el("w:cr"), t("c"))), "a\nb\nc"),
        (p(r("a", el("w:br", type="page"), t("b"))), "a b"),
        (p(r("co", el("w:noBreakHyphen"), t("op"))), "co\u2011op"),
        (p(r("co", el("w:softHyphen"), t("operate"))), "co\u00adoperate"),
        (p(el("w:smartTag", r("smart"))), "smart"),
        (p(el("w:customXml", el("w:customXmlPr"), r("custom"))), "custom"),
        (p(el("w:dir", r("right ")), el("w:bdo", r("left"))), "right left"),
        (p(el("w:fldSimple", r("42"), instr=" PAGE ")), "42"),
        (p("page ", field(" PAGE ", "7"), " of ten"), "page 7 of ten"),
        (p(field(" IF x ", field(" REF y ", "inner"))), "inner"),
        (p(el("m:oMath", mr("E=m"), el("m:sSup", el("m:e", mr("c")), el("m:sup", mr("2"))))), "E=m c^(2)"),
        (p(el("m:oMath", el("m:f", el("m:num", mr("a")), el("m:den", mr("b"))))), "(a)/(b)"),
        (p(r(el("w:sym", font="Wingdings", char="F0FC"))), "✔"),
        (p(r(el("w:sym", font="Symbol", char="F061"))), "α"),
        (p(r(el("w:sym", font="Nobody's", char="F0FF"))), "�"),
        (p(el("w:unheardOf", r("kept"))), "kept"),
        (p(r(el("w:ruby", el("w:rt", r("reading")), el("w:rubyBase", r("base"))))), "base (reading) "),
        (p(r("line\nends\tfold")), "line ends fold"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(body: str, expected: str) -> None:
    assert only(opened(body)).text == expected


def test_a_deletion_is_a_note_and_knows_its_paragraph() -> None:
    document = opened(p("first"), p("kept ", deleted("gone")))
    (note,) = document.notes
    assert (note.kind, note.text, note.ref) == ("deletion", "gone", "p2")
    assert document.tracked == {"A": 1}


def test_neighbouring_deletions_are_one_note() -> None:
    assert notes(opened(p(deleted("half "), deleted("gone"), "kept", deleted("end")))) == [
        ("deletion", "half gone"),
        ("deletion", "end"),
    ]


def test_rejected_view_reads_what_was_there_before() -> None:
    data = docx(p("now ", ins("here"), deleted("there")))
    document = read(data, "x.docx", revisions="rejected")
    assert texts(document) == ["now there"]
    assert notes(document) == [("insertion", "here")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert texts(opened(p("one ", mark="del"), p("two"), p("three"))) == ["one two", "three"]
    assert texts(read(docx(p("one ", mark="ins"), p("two")), "x", revisions="rejected")) == ["one two"]


def test_a_deleted_mark_before_a_table_or_at_the_end_joins_nothing() -> None:
    assert texts(opened(p("one", mark="del"), table(tr("cell")), p("end", mark="del"))) == [
        "one",
        "cell",
        "end",
    ]


def test_hidden_text_is_a_note_directly_and_by_style() -> None:
    hidden = styles(style("Gone", "Gone", kind="character", vanish=1))
    body = p("seen ", r("secret", vanish=1), r("also", rStyle="Gone"), r("shown", vanish=0))
    document = opened(body, links=(STYLES,), more=hidden)
    assert texts(document) == ["seen shown"]
    assert notes(document) == [("hidden", "secretalso")]


# Controls


def test_block_control_gives_its_paragraphs_tag_alias_and_kind() -> None:
    document = opened(sdt("impact", p("Saved"), p("more"), alias="The impact", kind="w:richText"))
    for block in document.blocks:
        (control,) = block.controls
        assert (control.tag, control.alias, control.kind, control.prompt) == (
            "impact",
            "The impact",
            "rich",
            False,
        )
    assert len({block.controls for block in document.blocks}) == 1


def test_inline_control_marks_its_run_alone() -> None:
    spans = only(opened(p("Council: ", sdt("council", r("Leeds"), kind="w:text")))).spans
    assert [[control.tag for control in span.controls] for span in spans] == [[], ["council"]]
    assert spans[1].controls[0].kind == "text"


def test_row_and_cell_controls() -> None:
    document = opened(table(sdt("row", tr("a", sdt("cell", tc("b"))))))
    (block,) = document.blocks
    assert isinstance(block, Table)
    (row,) = block.rows
    assert [control.tag for control in row.controls] == ["row"]
    assert [[control.tag for control in cell.controls] for cell in row.cells] == [["row"], ["row", "cell"]]


def test_nested_and_repeating_controls_keep_their_order_and_number() -> None:
    item = sdt("item", p("x"), kind="w15:repeatingSectionItem")
    document = opened(sdt("all", item, item, kind="w15:repeatingSection"))
    chains = [[(control.tag, control.kind) for control in block.controls] for block in document.blocks]
    assert chains == [[("all", "repeating"), ("item", "repeating")]] * 2
    assert document.blocks[0].controls[1].number != document.blocks[1].controls[1].number


def test_a_prompt_is_told_from_an_answer_and_a_binding_is_kept() -> None:
    document = opened(sdt("title", p("Click here"), prompt=True, xpath="/a/b"))
    (control,) = document.blocks[0].controls
    assert control.prompt and control.binding == "/a/b"


@pytest.mark.parametrize(
    ("element", "kind"),
    [("w:dropDownList", "dropdown"), ("w:comboBox", "combo"), ("w:date", "date"), ("w14:checkbox", "checkbox"),
     ("w:picture", "picture"), ("w:group", "group")],
)  # fmt: skip
def test_kinds_of_controls(element: str, kind: str) -> None:
    assert opened(sdt("x", p("y"), kind=element)).blocks[0].controls[0].kind == kind


def test_a_table_of_contents_is_a_note() -> None:
    gallery = el("w:sdtPr", el("w:docPartObj", el("w:docPartGallery", val="Table of Contents")))
    control = el("w:sdt", gallery, el("w:sdtContent", p("Contents"), p("The challenge 2")))
    document = opened(control, p("The challenge"), p(field(' TOC \\o "1-3" ', "Also this")))
    assert texts(document)[0] == "The challenge"
    assert notes(document) == [
        ("contents", "Contents"),
        ("contents", "The challenge 2"),
        ("contents", "Also this"),
    ]


# Links and fields


@pytest.mark.parametrize(
    ("target", "href"),
    [("https://example.org/a", "https://example.org/a"), ("mailto:a@example.org", "mailto:a@example.org"),
     ("www.example.org", "http://www.example.org")],
)  # fmt: skip
def test_links_by_relationship(target: str, href: str) -> None:
    document = opened(
        p("see ", link("rId9", "here")), links=(rel("rId9", "hyperlink", target, external=True),)
    )
    assert [getattr(span.inline, "href", None) for span in only(document).spans] == [None, href]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "JAVASCRIPT:x", "vbscript:x"]
)
def test_dangerous_addresses_never_become_links(target: str) -> None:
    by_relationship = opened(
        p(link("rId9", "here")), links=(rel("rId9", "hyperlink", target, external=True),)
    )
    by_field = opened(p(field(f' HYPERLINK "{target}" ', "here")))
    for document in (by_relationship, by_field):
        assert only(document).spans[0].inline == Text("here")
        assert notes(document) == [("dropped-link", target)]


def test_links_by_field_and_nested_formatting() -> None:
    body = p(field(' HYPERLINK "https://example.org" \\o "tip" ', r("the "), r("page", b=1)), " after")
    spans = [span.inline for span in only(opened(body)).spans]
    assert [getattr(inline, "href", None) for inline in spans] == [
        "https://example.org",
        "https://example.org",
        None,
    ]


def test_a_link_to_a_bookmark_is_words_alone() -> None:
    assert only(opened(p(field(' HYPERLINK \\l "place" ', "there")))).spans[0].inline == Text("there")


def test_a_field_may_span_paragraphs() -> None:
    begin, middle, end = (r(el("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    code = r(el("w:instrText", ' HYPERLINK "https://example.org" '))
    document = opened(p(begin, code, middle, "one"), p("two", end), p("three"))
    assert [getattr(each.spans[-1].inline, "href", None) for each in paragraphs(document.blocks)] == [
        "https://example.org",
        "https://example.org",
        None,
    ]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    assert texts(opened(p(r(el("w:fldChar", fldCharType="begin")), "kept"), p("and this"))) == [
        "kept",
        "and this",
    ]


def test_words_in_a_field_code_are_a_note() -> None:
    begin, middle, end = (r(el("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    document = opened(p(begin, r("code words"), middle, "result", end))
    assert (texts(document), notes(document)) == (["result"], [("field-code", "code words")])


def test_legacy_form_fields_show_what_they_show_in_word() -> None:
    box = el("w:ffData", el("w:checkBox", el("w:checked")))
    menu = el(
        "w:ffData",
        el("w:ddList", el("w:result", val=1), el("w:listEntry", val="No"), el("w:listEntry", val="Yes")),
    )
    marks = [
        r(el("w:fldChar", data, fldCharType="begin")) + r(el("w:fldChar", fldCharType="end"))
        for data in (box, menu)
    ]
    assert texts(opened(p(Xml(marks[0])), p(Xml(marks[1])))) == ["☒", "Yes"]


# Looks


def test_headings_by_name_inheritance_and_outline() -> None:
    sheet = styles(
        style("Normal", "Normal", default=True, sz=22),
        style("berschrift1", "heading 1", based="Normal", b=1, sz=32),
        style("Mine", "My heading", based="berschrift1"),
        style("Levelled", "Levelled", outline=2),
        style("T", "Title"),
    )
    body = [p("a", style="berschrift1"), p("b", style="Mine"), p("c", style="Levelled"), p("d", style="T"),
            p("e", outline=3), p("f", outline=9), p("g", style="Heading2")]  # fmt: skip
    document = opened(*body, links=(STYLES,), more=sheet)
    assert [block.outline for block in document.blocks] == [1, 1, 3, 0, 4, None, 2]  # type: ignore[union-attr]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.style, first.bold, first.size) == ("heading 1", True, 16.0)
    assert first.spans[0].inline == Text("a")


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    sheet = styles(style("A", "A", based="B", b=1), style("B", "B", based="A"))
    assert only(opened(p("x", style="A"), links=(STYLES,), more=sheet)).bold


def test_marks_bold_and_size() -> None:
    block = only(opened(p(r("a", b=1, sz=28), r(" b", b=1, i=1), r("2", vertAlign="superscript", b=1))))
    assert block.bold and block.size == 14.0
    assert [span.inline.marks for span in block.spans if isinstance(span.inline, Text)] == [
        {"strong"}, {"strong", "em"}, {"strong", "sup"},
    ]  # fmt: skip
    assert not only(opened(p(r("a", b=1), "b"))).bold


def test_runs_that_look_alike_are_one() -> None:
    assert len(only(opened(p(*["word "] * 20))).spans) == 1


# Lists


def numbering(*levels: Xml, more: str = "") -> dict[str, str]:
    abstract = el("w:abstractNum", *levels, abstractNumId=0)
    num = el("w:num", el("w:abstractNumId", val=0), numId=1)
    return {"word/numbering.xml": part("w:numbering", abstract, num, Xml(more))}


def level(number: int, form: str, pattern: str, start: int = 1) -> Xml:
    said = (el("w:start", val=start), el("w:numFmt", val=form), el("w:lvlText", val=pattern))
    return el("w:lvl", *said, ilvl=number)


def labels(*body: str, parts: dict[str, str]) -> list[tuple[bool, int, str] | None]:
    document = opened(*body, links=(NUMBERING,), more=parts)
    places = [each.list for each in paragraphs(document.blocks)]
    return [None if place is None else (place.ordered, place.level, place.label) for place in places]


def test_lists_know_kind_level_and_label() -> None:
    parts = numbering(
        level(0, "decimal", "%1."), level(1, "lowerLetter", "%1.%2)"), level(2, "bullet", "\uf0b7")
    )
    body = [p("x", numbering=(1, at)) for at in (0, 1, 1, 2, 0, 1)]
    assert labels(*body, p("y"), parts=parts) == [
        (True, 0, "1."), (True, 1, "1.a)"), (True, 1, "1.b)"), (False, 2, "•"), (True, 0, "2."),
        (True, 1, "2.a)"), None,
    ]  # fmt: skip


def test_a_list_that_starts_anew_counts_anew() -> None:
    override = el("w:lvlOverride", el("w:startOverride", val=5), ilvl=0)
    more = el("w:num", el("w:abstractNumId", val=0), override, numId=2)
    parts = numbering(level(0, "upperRoman", "%1"), more=more)
    body = [p("x", numbering=(number, 0)) for number in (1, 1, 2, 2)]
    assert [place and place[2] for place in labels(*body, parts=parts)] == ["I", "II", "V", "VI"]


def test_a_list_no_part_describes_is_still_a_list() -> None:
    block = only(opened(p("x", numbering=(7, 1))))
    assert block.list is not None and block.list.level == 1
    assert only(opened(p("x", numbering=(0, 0)))).list is None


# Tables


def shape(block: object) -> list[list[tuple[str, int, int]]]:
    assert isinstance(block, Table)
    return [
        [
            (" ".join(each.text for each in paragraphs(cell.blocks)), cell.colspan, cell.rowspan)
            for cell in row.cells
        ]
        for row in block.rows
    ]


def test_merged_cells_stand_once() -> None:
    rows = (
        tr(tc("tall", merge="restart"), tc("wide", span=2)),
        tr(tc(Xml("<w:p/>"), merge="continue"), "b", "c"),
        tr(tc(p("covered"), merge="continue"), "d", "e"),
    )
    document = opened(table(*rows))
    assert shape(document.blocks[0]) == [
        [("tall", 1, 3), ("wide", 2, 1)], [("b", 1, 1), ("c", 1, 1)], [("d", 1, 1), ("e", 1, 1)],
    ]  # fmt: skip
    assert notes(document) == [("covered-cell", "covered")]


def test_ragged_and_nested_tables_and_header_rows() -> None:
    document = opened(
        table(tr("h", header=True), tr("a", tc("b", table(tr("deep")), Xml("<w:p/>"))), tr("late", before=1))
    )
    (block,) = document.blocks
    assert isinstance(block, Table)
    assert [row.header for row in block.rows] == [True, False, False]
    assert [len(row.cells) for row in block.rows] == [1, 2, 2]
    assert texts(document) == ["h", "a", "b", "deep", "", "late"]


def test_deleted_rows_are_notes() -> None:
    gone = el("w:tr", el("w:trPr", el("w:del", id=1)), tc("gone"))
    document = opened(table(tr("kept"), gone))
    assert (texts(document), notes(document)) == (["kept"], [("deletion", "gone")])


# Beside the text


def test_text_boxes_follow_their_paragraph_once() -> None:
    document = opened(p("before", textbox(p("in the box"), table(tr("cell"))), " after"), p("next"))
    assert texts(document) == ["before after", "in the box", "cell", "next"]
    assert [block.origin for block in document.blocks] == ["body", "textbox", "textbox", "body"]


def test_a_fallback_is_read_where_the_choice_says_nothing() -> None:
    fallback = el("mc:Fallback", el("w:t", "old"))
    assert texts(opened(p(r(el("mc:AlternateContent", el("mc:Choice"), fallback))))) == ["old"]


def test_comments_footnotes_and_endnotes_know_where_they_hang() -> None:
    more = {
        "word/comments.xml": part("w:comments", el("w:comment", p("Source?"), id=0, author="Jo")),
        "word/footnotes.xml": part(
            "w:footnotes",
            el("w:footnote", Xml("<w:p><w:r><w:separator/></w:r></w:p>"), id=-1, type="separator"),
            el("w:footnote", p("See ", r(el("w:footnoteReference", id=1)), "itself"), id=1),
        ),
        "word/endnotes.xml": part("w:endnotes", el("w:endnote", p("The end"), id=1)),
    }
    links = tuple(rel(f"rId{kind}", kind, f"{kind}.xml") for kind in ("comments", "footnotes", "endnotes"))
    refs = [
        r(el("w:footnoteReference", id=1)),
        r(el("w:endnoteReference", id=1)),
        r(el("w:commentReference", id=0)),
    ]
    document = opened(p("first"), p("text", *refs), links=links, more=more)
    found = [(note.kind, note.text, note.ref, note.author) for note in document.notes]
    assert found == [
        ("footnote", "See itself", "p2", ""), ("endnote", "The end", "p2", ""), ("comment", "Source?", "p2", "Jo"),
    ]  # fmt: skip


def test_headers_and_footers_each_wording_once() -> None:
    more = {f"word/header{n}.xml": part("w:hdr", p("Draft")) for n in (1, 2)} | {
        "word/footer1.xml": part("w:ftr", p("Page"))
    }
    links = (
        rel("a", "header", "header1.xml"),
        rel("b", "header", "header2.xml"),
        rel("c", "footer", "footer1.xml"),
    )
    assert notes(opened(p("x"), links=links, more=more)) == [("header", "Draft"), ("footer", "Page")]


def test_pictures_with_words_for_those_who_cannot_see_them() -> None:
    sha256 = hashlib.sha256(PNG).hexdigest()
    body = p("a", picture("rId5", descr="A library"), picture("rId5", decorative=True), picture("rId5"))
    document = opened(
        body, links=(rel("rId5", "image", "media/image1.png"),), more={"word/media/image1.png": PNG}
    )
    assert [span.inline for span in only(document).spans[1:]] == [
        Image(sha256, alt) for alt in ("A library", "", None)
    ]
    (found,) = document.pictures
    assert (found.name, found.media_type, found.width, found.height, found.alt) == (
        "image1.png",
        "image/png",
        1,
        1,
        "A library",
    )
    assert document.assets == {sha256: PNG}


def test_pictures_may_be_left_alone() -> None:
    data = docx(
        p("a", picture("rId5")), links=(rel("rId5", "image", "media/x.png"),), more={"word/media/x.png": PNG}
    )
    document = read(data, "x.docx", pictures=False)
    assert (document.pictures, texts(document)) == ((), ["a"])


def test_other_formats_standing_in_the_text() -> None:
    more = {
        "word/a.html": "<h2>Head</h2><ul><li>one</li></ul><table><tr><td>cell</td></tr></table>",
        "word/b.txt": "plain",
        "word/c.docx": docx(p("inner", deleted("old"))),
        "word/d.rtf": r"{\rtf1 x}",
    }
    links = tuple(
        rel(name, "aFChunk", f"{name}.{ending}")
        for name, ending in zip("abcd", ("html", "txt", "docx", "rtf"), strict=True)
    )
    chunks = [el("w:altChunk", r_id=name) for name in "abcd"]
    document = opened(p("before"), *chunks, links=links, more=more)
    assert texts(document) == ["before", "Head", "one", "cell", "plain", "inner"]
    assert {block.origin for block in document.blocks[1:]} == {"altchunk"}
    assert notes(document) == [("deletion", "old"), ("unread-part", "word/d.rtf")]
    refs = [each.ref for each in paragraphs(document.blocks)]
    assert len(set(refs)) == len(refs)


def test_charts_and_diagrams_are_notes() -> None:
    chart = part("c:chartSpace", el("a:t", "Savings"), el("c:v", "2024"))
    graphic = r(el("w:drawing", el("wp:inline", el("a:graphic", el("c:chart", r_id="rId7")))))
    document = opened(
        p("x", graphic),
        links=(rel("rId7", "chart", "charts/chart1.xml"),),
        more={"word/charts/chart1.xml": chart},
    )
    assert notes(document) == [("chart", "Savings\n2024")]


@pytest.mark.parametrize(
    ("fallback", "shown"),
    [(r(el("w:drawing", el("a:blip", r_embed="rId8"))), 1), (r("No chart here"), 0), ("", 0)],
)
def test_a_newer_chart_is_a_note_beside_the_picture_that_stands_for_it(fallback: str, shown: int) -> None:
    series = el("cx:series", el("cx:txData", el("cx:f", "Sheet1!A1"), el("cx:v", "Saved")))
    chart = part(
        "cx:chartSpace", el("cx:lvl", el("cx:pt", "North"), el("cx:pt", "41")), series, el("a:t", "By ward")
    )
    drawn = r(el("w:drawing", el("a:graphic", el("cx:chart", r_id="rId7"))))
    data = docx(
        p("x", el("mc:AlternateContent", el("mc:Choice", drawn), el("mc:Fallback", Xml(fallback)))),
        links=(rel("rId7", "chartEx", "charts/chartEx1.xml"), rel("rId8", "image", "media/a.png")),
        more={"word/charts/chartEx1.xml": chart, "word/media/a.png": PNG},
    )
    document = read(data, "x")
    assert notes(document) == [("chart", "North\n41\nSaved\nBy ward")]
    assert len(document.pictures) == shown
    assert {"North", "41", "Saved", "By", "ward"} <= raw_words(data).keys()
    assert "Sheet1" not in raw_words(data)


def diagram(*inner: str) -> str:
    """A drawing of anything but a picture, described in words."""
    described = el("wp:docPr", plain_id=1, plain_name="Picture 1", plain_descr="Boxes in a row")
    return r(el("w:drawing", el("wp:inline", described, el("a:graphic", *inner))))


def test_a_smart_art_is_its_words_and_its_description() -> None:
    data = part("dgm:dataModel", el("dgm:pt", el("dgm:t", el("a:p", el("a:r", el("a:t", "Ask first"))))))
    document = opened(
        p("x", diagram(el("dgm:relIds", r_dm="rId7"))),
        links=(rel("rId7", "diagramData", "diagrams/data1.xml"),),
        more={"word/diagrams/data1.xml": data},
    )
    assert notes(document) == [("diagram", "Ask first"), ("alt-text", "Boxes in a row")]


def test_a_description_goes_with_the_picture_it_describes_and_is_noted_elsewhere() -> None:
    shape = el(
        "v:shape", el("o:OLEObject", plain_ProgID="Excel.Sheet.12", r_id="rId8"), plain_alt="Costs by year"
    )
    box = diagram(el("wps:wsp", el("wps:txbx", el("w:txbxContent", p("boxed")))))
    document = opened(p(r(el("w:object", shape))), p(picture("rId7", descr="A bus")), p(box),
                      links=(rel("rId7", "image", "media/a.png"), rel("rId8", "package", "embeddings/s.xlsx")),
                      more={"word/media/a.png": PNG, "word/embeddings/s.xlsx": b"PK"})  # fmt: skip
    assert notes(document) == [
        ("embedded-object", "Excel.Sheet.12 word/embeddings/s.xlsx"),
        ("alt-text", "Costs by year"),
        ("alt-text", "Boxes in a row"),
    ]
    assert [each.alt for each in document.pictures] == ["A bus"]


def test_an_embedded_object_is_named_even_where_it_says_nothing_of_itself() -> None:
    assert notes(opened(p("x", r(el("w:object", el("o:OLEObject")))))) == [("embedded-object", "?")]


def test_shapes_drawn_on_a_chart_are_among_its_words() -> None:
    shapes = part("c:userShapes", el("a:t", "Budget cut here"))
    document = opened(
        p("x", diagram(el("c:chart", r_id="rId7"))),
        links=(rel("rId7", "chart", "charts/chart1.xml"),),
        more={
            "word/charts/chart1.xml": part("c:chartSpace", el("a:t", "Savings")),
            "word/charts/_rels/chart1.xml.rels": rels(rel("a", "chartUserShapes", "../drawings/d.xml")),
            "word/drawings/d.xml": shapes,
        },
    )
    assert ("chart", "Savings\nBudget cut here") in notes(document)


def test_a_newer_chart_around_whole_paragraphs_is_a_note() -> None:
    chart = part("cx:chartSpace", el("cx:pt", "North"))
    choice = el("mc:Choice", p(r(el("w:drawing", el("cx:chart", r_id="rId7")))))
    document = opened(
        p("x"),
        el("mc:AlternateContent", choice, el("mc:Fallback", p("No chart here"))),
        links=(rel("rId7", "chartEx", "charts/chartEx1.xml"),),
        more={"word/charts/chartEx1.xml": chart},
    )
    assert (texts(document), notes(document)) == (["x", "No chart here"], [("chart", "North")])


def test_a_part_that_is_named_again_and_again_is_read_once() -> None:
    chart, chunk = r(el("w:drawing", el("c:chart", r_id="c"))), el("w:altChunk", r_id="a")
    layers = {f"word/s{at}.xml": part("c:userShapes", el("a:t", f"layer {at}")) for at in range(40)}
    for at in range(39):
        twice = rels(*(rel(name, "chartUserShapes", f"s{at + 1}.xml") for name in "xy"))
        layers[f"word/_rels/s{at}.xml.rels"] = twice
    more = {"word/c.xml": part("c:chartSpace", el("a:t", "Savings")), "word/a.html": "<p>page</p>", **layers,
            "word/_rels/c.xml.rels": rels(rel("u", "chartUserShapes", "s0.xml"))}  # fmt: skip
    links = (rel("c", "chart", "c.xml"), rel("a", "aFChunk", "a.html"))
    data = docx(*([p(chart)] * 50), *([chunk] * 50), links=links, more=more)
    document = read(data, "x")
    assert [text for text in texts(document) if text] == ["page"]
    assert notes(document) == [("chart", "\n".join(("Savings", *(f"layer {at}" for at in range(40)))))]
    assert raw_words(data)["layer"] == 40


def test_a_page_in_a_mails_form_of_countless_parts_is_left_and_named() -> None:
    nest = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
    links = (rel("a", "aFChunk", "a.mht"),)
    assert notes(
        opened(p("x"), el("w:altChunk", r_id="a"), links=links, more={"word/a.mht": nest * 500})
    ) == [("unread-part", "word/a.mht")]


def test_a_web_page_in_an_old_text_box_is_read_as_a_text_box() -> None:
    page = Xml("<div xmlns='http://www.w3.org/TR/REC-html40'><p>We <b>ask</b>ed</p><p>them</p></div>")
    document = opened(p("x", r(el("w:pict", el("v:shape", el("v:textbox", page))))))
    assert [(each.text, each.origin) for each in paragraphs(document.blocks)] == [
        ("x", "body"), ("We asked", "textbox"), ("them", "textbox"),
    ]  # fmt: skip


def test_a_table_described_for_those_who_cannot_see_it() -> None:
    told = el("w:tblPr", el("w:tblCaption", val="Costs"), el("w:tblDescription", val="Costs by year"))
    document = opened(el("w:tbl", told, tr("a")))
    assert [block.caption for block in document.blocks if isinstance(block, Table)] == ["Costs"]
    assert notes(document) == [("alt-text", "Costs by year")]


def test_words_astray_in_a_drawing_are_read_as_a_text_box() -> None:
    document = opened(p("x", r(el("w:drawing", el("wp:inline", p("astray"), r("loose"))))))
    assert texts(document) == ["x", "astray", "loose"]


def test_a_part_is_found_however_its_name_is_escaped() -> None:
    links = (rel("h", "header", "header%201.xml"), rel("f", "footer", "footer 1.xml"))
    more = {"word/header 1.xml": part("w:hdr", p("Draft")), "word/footer%201.xml": part("w:ftr", p("Page"))}
    assert notes(opened(p("x"), links=links, more=more)) == [("header", "Draft"), ("footer", "Page")]


@pytest.mark.parametrize(
    ("body", "links", "said"),
    [
        (el("w:altChunk", r_id="a"), (), "altChunk a"),
        (el("w:altChunk", r_id="a"), (rel("a", "aFChunk", "gone.html"),), "altChunk word/gone.html"),
        (el("w:subDoc", r_id="a"), (rel("a", "subDocument", "b.docx", external=True),), "subDoc b.docx"),
        (p(r(el("w:drawing", el("c:chart", r_id="a")))), (rel("a", "chart", "gone.xml"),), "chart: word/gone.xml"),
        (p(r(el("w:drawing", el("c:chart", r_id="a")))), (rel("a", "chart", "bad.xml"),), "word/bad.xml"),
        (el("w:altChunk", r_id="a"), (rel("a", "aFChunk", "bad.docx"),), "word/bad.docx"),
        (p("x"), (rel("a", "header", "bad.xml"),), "word/bad.xml"),
        (p("x"), (rel("a", "footnotes", "bad.xml"),), "word/bad.xml"),
        (p("x"), (rel("a", "styles", "bad.xml"),), "word/bad.xml"),
    ],
)  # fmt: skip
def test_a_part_that_cannot_be_read_is_named(body: str, links: tuple[str, ...], said: str) -> None:
    more = {"word/bad.xml": "<a><w:t>half", "word/bad.docx": b"PK\x03\x04 no more"}
    data = docx(p("before"), body, links=links, more=more)
    document, texts = read_twice(data, "x")
    assert ("unread-part", said) in notes(document)
    assert "before" in texts["word/document.xml"]


def test_a_document_in_the_place_of_a_sub_document_is_read() -> None:
    more = {"word/part.docx": docx(p("inner"))}
    document = opened(
        p("x"), el("w:subDoc", r_id="a"), links=(rel("a", "subDocument", "part.docx"),), more=more
    )
    assert texts(document) == ["x", "inner"]


def test_what_points_outside_is_noted_and_never_followed() -> None:
    links = (rel("a", "attachedTemplate", "http://evil.example/t.dotm", external=True),
             rel("b", "image", "file:///etc/passwd", external=True))  # fmt: skip
    blip = el("w:drawing", el("a:blip", r_link="b"))
    document = opened(p("x", r(blip)), links=links)
    assert notes(document) == [
        ("external-link", "attachedTemplate: http://evil.example/t.dotm"),
        ("external-link", "image: file:///etc/passwd"),
    ]


def test_macros_are_said_and_left() -> None:
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert notes(opened(p("x"), main=main, more={"word/vbaProject.bin": b"\xd0\xcf"})) == [
        ("macros", "word/vbaProject.bin")
    ]


def test_strict_files_read_alike() -> None:
    data = docx(p("Strict ", ins("too"), style="Heading1"), table(tr("cell")))
    parts = parts_of(p("Strict ", ins("too"), style="Heading1"), table(tr("cell")))
    strict = {
        name: str(content)
        .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in parts.items()
    }  # fmt: skip
    assert read(zipped(strict), "s").blocks == read(data, "t").blocks


def test_utf_16_parts_are_read() -> None:
    parts = parts_of(p("Grüße"))
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")
    assert texts(read(zipped(parts), "x")) == ["Grüße"]


@pytest.mark.parametrize("encoding", ["windows-1252", "ISO-8859-1", "latin1", "UTF-16"])
def test_parts_in_other_encodings_are_read_and_counted(encoding: str) -> None:
    parts = parts_of(p("naïve café"))
    body = str(parts["word/document.xml"]).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    data = zipped({**parts, "word/document.xml": body.encode(encoding)})
    assert texts(read(data, "x")) == ["naïve café"]
    assert raw_words(data).keys() == {"naïve", "café"}


@pytest.mark.parametrize("encoding", ["rId1", "nan", "idna", "zip", "utf-7", "shift_jis"])
def test_a_part_in_an_unknown_encoding_is_damaged(encoding: str) -> None:
    parts = parts_of(p("x"), links=(rel("f", "footnotes", "footnotes.xml"),))
    other = str(part("w:footnotes", el("w:footnote", p("y"), id=1))).replace("UTF-8", encoding)
    document, counted = read_twice(zipped({**parts, "word/footnotes.xml": other}), "x")
    assert notes(document) == [("unread-part", "word/footnotes.xml")]
    assert counted["word/footnotes.xml"] == ""
    body = str(parts["word/document.xml"]).replace("UTF-8", encoding)
    with pytest.raises(Refused, match="damaged"):
        read_twice(zipped({**parts, "word/document.xml": body}), "x")


def test_every_paragraph_and_table_has_a_ref_of_its_own_that_stays() -> None:
    data = docx(p("a", textbox(p("b"))), table(tr("c", tc(table(tr("d")), p("e")))), sdt("x", p("f")))
    document = read(data, "x")
    refs = [each.ref for each in paragraphs(document.blocks)]
    assert len(set(refs)) == len(refs) == 6
    assert read(data, "y") == document


def test_words_where_no_words_may_stand_are_kept() -> None:
    document = opened(
        r("loose"), table(Xml("<w:tr><w:tc>" + r("in a cell") + "</w:tc></w:tr>")), p("x", p("nested"))
    )
    assert texts(document) == ["loose", "in a cell", "x\nnested"]
    assert any(isinstance(span.inline, Break) for each in paragraphs(document.blocks) for span in each.spans)


def test_document_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Study</dc:title><dc:creator>Jo</dc:creator>'
        "<cp:lastModifiedBy>Al</cp:lastModifiedBy></cp:coreProperties>"
    )
    relation = rel("rId2", "metadata/core-properties", "docProps/core.xml")
    properties = opened(p("x"), root_rels=relation, more={"docProps/core.xml": core}).properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("Study", "Jo", "Al")

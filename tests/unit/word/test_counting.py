"""The account: every word that the second count finds stands in the reader's blocks or notes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.word.notation import (
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
    r,
    rel,
    sdt,
    t,
    table,
    tc,
    textbox,
    tr,
    zipped,
)  # fmt: skip
from workbench.word import raw_words, read, words
from workbench.word.document import Table, WordDocument, paragraphs


def said(document: WordDocument) -> Counter[str]:
    """The words of a document's blocks and notes; addresses that became no links are no words of the text."""
    texts = [each.text for each in paragraphs(document.blocks)]
    texts += [note.text for note in document.notes if note.kind != "dropped-link"]
    texts += [block.caption for block in document.blocks if isinstance(block, Table)]
    return Counter(word for text in texts for word in words(text))


def missing(data: bytes) -> Counter[str]:
    return raw_words(data) - said(read(data, "x"))


word = st.sampled_from(["alpha", "beta", "gamma", "delta", "café", "naïve", "2024", "don't", "£3m"])
text = st.lists(word, min_size=1, max_size=4).map(" ".join)
glued = st.sampled_from(["mid", "word", " ", "x ", " y"])
run = st.one_of(
    st.builds(r, text, b=st.sampled_from([0, 1])),
    st.builds(r, glued),
    st.builds(r, text, vanish=st.sampled_from([0, 1])),
    st.sampled_from([r(el("w:tab")), r("a", el("w:br"), t("b")), r(el("w:noBreakHyphen")), r(el("w:br", type="page")),
                     r(el("w:sym", font="Symbol", char="F061")), r(el("w:footnoteReference", id=1))]),
)  # fmt: skip
inline = st.recursive(
    run,
    lambda inner: st.one_of(
        st.builds(ins, inner),
        st.builds(deleted, text),
        st.builds(link, st.just("rIdL"), inner),
        st.builds(lambda each: el("w:moveFrom", each), st.builds(r, text)),
        st.builds(lambda each: sdt("tag", each), inner),
        st.builds(lambda each: el("w:smartTag", each), inner),
        st.builds(lambda each: el("w:fldSimple", each, instr="PAGE"), inner),
        st.builds(lambda each: field(" HYPERLINK x ", each), inner),
    ),
    max_leaves=5,
)
paragraph = st.builds(
    lambda content, mark: p(*content, mark=mark),
    st.lists(inline, max_size=5),
    st.sampled_from(["", "", "", "del", "ins"]),
)
block = st.recursive(
    paragraph,
    lambda inner: st.one_of(
        st.builds(lambda each: sdt("tag", *each), st.lists(inner, min_size=1, max_size=3)),
        st.builds(
            lambda cells: table(tr(*(tc(cell, p()) for cell in cells))),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(lambda each: p("before ", textbox(each), " after"), inner),
    ),
    max_leaves=6,
)
body = st.lists(block, max_size=4)


@example([p(el("w:moveFrom", r("alpha")), r(el("w:br", type="page")), el("w:moveFrom", r("alpha")))])
@settings(max_examples=80, deadline=None)
@given(body)
def test_no_word_is_lost_whatever_stands_in_what(blocks: list[Xml]) -> None:
    links = (rel("rIdL", "hyperlink", "https://example.org", external=True),)
    assert not missing(docx(*blocks, links=links))


@settings(max_examples=30, deadline=None)
@given(body)
def test_nothing_is_said_twice_or_invented(blocks: list[Xml]) -> None:
    data = docx(*blocks)
    extra = said(read(data, "x")) - raw_words(data)
    assert not extra


@settings(max_examples=30, deadline=None)
@given(body)
def test_both_views_hold_the_same_words(blocks: list[Xml]) -> None:
    data = docx(*[block for block in blocks if "w:rPr><w:del" not in block and "w:rPr><w:ins" not in block])
    letters = [
        sorted("".join(said(read(data, "x", revisions=view)).elements())) for view in ("accepted", "rejected")
    ]
    assert letters[0] == letters[1]


@settings(max_examples=30, deadline=None)
@given(body)
def test_reading_is_stable_and_refs_are_unique(blocks: list[Xml]) -> None:
    data = docx(*blocks)
    document = read(data, "x")
    refs = [each.ref for each in paragraphs(document.blocks)]
    assert len(refs) == len(set(refs))
    assert read(data, "y") == document


@pytest.mark.parametrize(
    "content",
    [
        p("half", deleted("gone"), "word"),
        p("half", r("hidden", vanish=1), "word"),
        p("one", mark="del") + p("two"),
        p(el("m:oMath", el("m:f", el("m:num", el("m:r", el("m:t", "ab"))), el("m:den", el("m:r", el("m:t", "c")))))),
        p(r(el("w:ruby", el("w:rt", r("kana")), el("w:rubyBase", r("kanji"))))),
        p("wo", textbox(p("boxed words")), "rd"),
        p(r("co", el("w:softHyphen"), t("op"))),
        p(r("x", el("w:sym", font="Symbol", char="F061"))),
        p(el("w:del", r("deleted as plain text"))),
        p(r(el("mc:AlternateContent", el("mc:Choice"), el("mc:Fallback", r("only here"))))),
        p(r(el("mc:AlternateContent", el("mc:Choice", r("here")), el("mc:Fallback", r("not here"))))),
        table(tr(tc("a", merge="restart")), tr(tc("covered", merge="continue"))),
    ],
)  # fmt: skip
def test_words_that_are_cut_in_two_by_something(content: str) -> None:
    assert not missing(docx(Xml(content)))


def test_every_part_that_holds_text_is_counted() -> None:
    more = {
        "word/header1.xml": part("w:hdr", p("header words")),
        "word/header2.xml": part("w:hdr", p("header words")),
        "word/footnotes.xml": part("w:footnotes", el("w:footnote", p("footnote words"), id=1)),
        "word/comments.xml": part("w:comments", el("w:comment", p("comment words"), id=1)),
        "word/a.html": "<p>page <b>wor</b>ds</p><script>not these</script>",
        "word/b.docx": docx(p("inner words")),
    }
    kinds = ("header", "header", "footnotes", "comments", "aFChunk", "aFChunk")
    targets = (name.removeprefix("word/") for name in more)
    links = tuple(
        rel(str(at), kind, target) for at, (kind, target) in enumerate(zip(kinds, targets, strict=True), 1)
    )
    chunks = [el("w:altChunk", r_id="5"), el("w:altChunk", r_id="6")]
    data = docx(p("body words"), *chunks, links=links, more=more)
    counted = raw_words(data)
    assert (
        counted["words"] == 6 and {"header", "footnote", "comment", "page", "inner", "body"} <= counted.keys()
    )
    assert "not" not in counted
    assert not missing(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_other_formats_are_counted_in_the_encoding_they_are_in(encoding: str, name: str) -> None:
    more = {f"word/{name}": "<p>naïve café words</p>".encode(encoding)}
    data = docx(el("w:altChunk", r_id="a"), links=(rel("a", "aFChunk", name),), more=more)
    assert {"naïve", "café", "words"} <= raw_words(data).keys()
    assert not missing(data)


def test_a_web_page_in_an_old_text_box_is_counted() -> None:
    page = Xml("<div xmlns='http://www.w3.org/TR/REC-html40'><p>We <b>ask</b>ed</p><p>them</p></div>")
    boxed = el("v:textbox", el("w:txbxContent", p("in ", r(el("w:instrText", "PAGE")), "Word")))
    for inner, counted in ((el("v:textbox", page), "We asked them"), (boxed, "in Word")):
        data = docx(p(r(el("w:pict", el("v:shape", inner)))))
        assert raw_words(data) == Counter(words(counted))
        assert not missing(data)


def test_the_count_sees_what_a_reader_would_drop() -> None:
    """The count must not lean on the reader: it finds words where the reader is told of none."""
    parts = parts_of(p("kept"), el("w:tbl", el("w:tblGrid", p("in a place without words"))))
    assert missing(zipped(parts)) == Counter(words("in a place without words"))


def test_words() -> None:
    assert words("Don’t pay £3.5m — co-op_2!") == ["Don", "t", "pay", "3", "5m", "co", "op_2"]

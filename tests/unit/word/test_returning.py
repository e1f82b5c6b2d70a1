"""The return copy: comments on the very words, and nothing else changed, whatever the words stand in."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import returned
from tests.unit.word import notation as n
from workbench import word
from workbench.errors import Refused
from workbench.word.converting import find
from workbench.word.document import RETURN_PROPERTY, SUBMISSION_PROPERTY, paragraphs
from workbench.word.returning import MOST, Comment, Place, Signature, make, properties

BY = Signature("Ada Editor", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
SAMPLES = Path(__file__).parents[3] / "resources" / "samples"
X = n.Xml
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def sdt(properties_: str, *content: str) -> n.Xml:
    return X(
        f"<w:sdt><w:sdtPr>{properties_}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"
    )


def ref_of(data: bytes, words: str) -> tuple[str, int]:
    """The paragraph that holds these words, and where in it."""
    for each in paragraphs(word.read(data, "x").blocks):
        if words in each.text:
            return each.ref, each.text.index(words)
    raise AssertionError(words)


def about(data: bytes, words: str, said: str = "Why?") -> Comment:
    ref, at = ref_of(data, words)
    return Comment(said, (Place(ref, at, at + len(words)),))


def copied(data: bytes, *comments: Comment) -> bytes:
    """The copy, once nothing is wrong with it and our reader reads what it read before."""
    made = make(data, comments, BY, properties("the-study", 2)).data
    assert returned.faults(data, made, len(comments)) == []
    assert [each.text for each in paragraphs(word.read(made, "x").blocks)] == [
        each.text for each in paragraphs(word.read(data, "x").blocks)
    ]
    return made


def anchors(data: bytes) -> dict[str, str]:
    """What each comment says, blanks left out, with the words that it is about."""
    return {said: words for _, said, words in returned.anchored(data)}


def anchored(body: Sequence[str], words: str, **more: object) -> str:
    data = n.docx(*body, **more)  # type: ignore[arg-type]
    return anchors(copied(data, about(data, words)))["Why?"]


# On the very words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (["The saving was 70 per cent in a year."], "70 per cent"),
        ([n.p(n.r("The saving ", b=1), n.r("was 70 "), n.r("per cent", i=1), " in a year.")], "70 per cent"),
        ([n.p(n.ins("It was 70 per cent."))], "70 per cent"),
        ([n.p("Kept ", n.deleted("gone words "), "70 per cent.")], "Kept 70 per"),
        ([n.table(n.tr(n.tc("a"), n.tc("It was 70 per cent.")))], "70 per cent"),
        ([n.p("In ", sdt("<w:id w:val='1'/>", n.r("a rich control")), " here")], "rich"),
        (
            [n.p("Head"), sdt("<w:id w:val='1'/>", n.p("In a block of two"), n.p("words of it")), n.p("x")],
            "block",
        ),
        ([n.p("Head"), sdt("<w:id w:val='1'/>", n.p("One"), n.p("words of it")), n.p("x")], "words"),
        ([n.table(sdt("<w:id w:val='1'/>", n.tr(n.tc("In a row"), n.tc("b"))))], "row"),
        ([n.table(n.tr(sdt("<w:id w:val='1'/>", n.tc("In a cell")), n.tc("b")))], "cell"),
        ([n.p("R&D < 3 and 4 > 2, “so”, \u00e9\U0001f600 end")], "< 3 and 4 > 2, “so”, \u00e9\U0001f600"),
        ([n.p("مرحبا بالعالم في المدينة")], "بالعالم"),
        ([n.p(n.r("before", X("<w:tab/>"), "after the tab", X("<w:br/>"), "and more"))], "after the tab"),
    ],
)
def test_a_comment_is_about_the_very_words(body: list[str], words: str) -> None:
    assert anchored(body, words) == "".join(words.split())


def test_in_a_hyperlink_and_in_its_complex_form() -> None:
    links = (n.rel("rId5", "hyperlink", "https://example.org", external=True),)
    assert anchored([n.p("See ", n.link("rId5", "the whole report"), ".")], "whole", links=links) == "whole"
    assert (
        anchored([n.p("See ", n.field('HYPERLINK "https://example.org"', "the whole report"))], "whole")
        == "whole"
    )


def test_runs_keep_their_looks_where_they_are_parted() -> None:
    data = n.docx(n.p(n.r("one two three", b=1, sz=28)))
    main = returned.parts(copied(data, about(data, "two")))["word/document.xml"].decode()
    assert main.count('<w:rPr><w:b w:val="1"/><w:sz w:val="28"/></w:rPr>') == 3


# Around what Word keeps for itself


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (sdt("<w:text/>", n.r("a plain control")), "plain"),
        (sdt("<w:showingPlcHdr/>", n.r("Click here to type")), "here"),
        (sdt("<w:dataBinding w:xpath='/a'/>", n.r("bound to data")), "bound"),
        (n.field("DATE", "2 March 2026"), "March"),
    ],
)
def test_a_comment_goes_around_what_word_writes_anew(inner: n.Xml, words: str) -> None:
    data = n.docx(n.p("Before ", inner, " after"))
    whole = "".join(
        paragraphs(word.read(data, "x").blocks).__next__().text[len("Before ") : -len(" after")].split()
    )
    assert anchors(copied(data, about(data, words)))["Why?"] == whole


def test_a_comment_on_a_text_box_goes_around_the_run_that_holds_it() -> None:
    data = n.docx(n.p("Held ", n.textbox(n.p("Call the team on Monday"))), n.p("next"))
    made = copied(data, about(data, "team"))
    assert anchors(made)["Why?"].startswith("Callthe")


def test_the_first_paragraph_of_a_control_has_the_reference_outside() -> None:
    data = n.docx(n.p("Council"), sdt("<w:text/>", n.p("Ambleford Council here")), n.p("Summary"))
    main = returned.parts(copied(data, about(data, "Council here")))["word/document.xml"].decode()
    assert main.index("commentReference") > main.index("</w:sdt>")


def test_the_last_control_has_it_in_the_paragraph_before() -> None:
    data = n.docx(n.p("Links"), sdt("<w:text/>", n.p("only this")))
    main = returned.parts(copied(data, about(data, "this")))["word/document.xml"].decode()
    assert main.index("commentReference") < main.index("<w:sdt>")


# Where no place is


def test_without_a_place_it_is_about_the_first_word() -> None:
    data = n.docx(n.p(), n.p("A title of words"), n.p("text"))
    assert anchors(copied(data, Comment("Hello")))["Hello"] == "A"


@pytest.mark.parametrize("body", [[], [n.p()], [X("<w:p/>")], [n.table(n.tr(n.tc(n.p())))]])
def test_an_empty_document_still_takes_its_comments(body: list[str]) -> None:
    data = n.docx(*body)
    made = make(data, [Comment("One"), Comment("Two"), Comment("Three", (Place("p9"),))], BY, {}).data
    assert sorted(anchors(made)) == ["One", "Three", "Two"]
    assert [each.text for each in word.read(made, "x").notes if each.kind == "comment"] == [
        "One",
        "Two",
        "Three",
    ]


def test_blanks_that_word_drops_are_not_brought_back() -> None:
    data = n.docx(n.p(n.r(X("<w:t>  loose ends  </w:t>"))))
    assert anchors(copied(data, about(data, "ends")))["Why?"] == "looseends"


# The package


def comments_part(*ids: int) -> str:
    return n.part(
        "w:comments", *(n.el("w:comment", n.p("Ours"), id=each, author="The council") for each in ids)
    )


def test_comments_of_theirs_stay_and_ids_are_new() -> None:
    links = (n.rel("rId3", "comments", "comments.xml"),)
    body = n.p(X('<w:commentRangeStart w:id="7"/>'), "words", X('<w:commentRangeEnd w:id="7"/>'), " more")
    parts = n.parts_of(body, links=links, more={"word/comments.xml": comments_part(0, 7)})
    parts["[Content_Types].xml"] = n.content_types(overrides={"/word/comments.xml": COMMENTS_TYPE})
    data = n.zipped(parts)
    made = make(data, [about(data, "more")], BY, {})
    assert made.numbers == (8,)
    assert returned.faults(data, made.data, 1) == []


def test_a_strict_file_stays_strict() -> None:
    parts = n.parts_of("Strict words here")
    strict = {
        name: content.replace(
            n.NAMESPACES and "http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT
        )
        if isinstance(content, str)
        else content
        for name, content in parts.items()
    }
    data = n.zipped(strict)
    made = returned.parts(copied(data, about(data, "words")))
    assert STRICT.encode() in made["word/comments.xml"]
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in made["word/_rels/document.xml.rels"]
    )


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def test_a_document_without_prefixes_and_one_in_utf_16() -> None:
    plain = (
        '<?xml version="1.0" encoding="{}"?><document xmlns="http://schemas.openxmlformats.org/wordprocessingml/'
        '2006/main"><body><p><r><t>Some plain words</t></r></p></body></document>'
    )
    for encoding in ("UTF-8", "UTF-16"):
        parts = n.parts_of()
        parts["word/document.xml"] = plain.format(encoding).encode(encoding)
        data = n.zipped(parts)
        made = make(data, [about(data, "plain")], BY, {}).data
        assert [each.text for each in paragraphs(word.read(made, "x").blocks)] == ["Some plain words"]
        assert [each.text for each in word.read(made, "x").notes if each.kind == "comment"] == ["Why?"]


def test_it_says_of_which_study_it_is_and_keeps_what_was_said() -> None:
    data = (SAMPLES / "sample-plymouth-heat-network.docx").read_bytes()
    before = word.read(data, "x").properties.custom
    first = make(data, [Comment("x")], BY, properties("a-study", 1)).data
    again = make(first, [Comment("y")], BY, properties("a-study", 2)).data
    said = {SUBMISSION_PROPERTY: "a-study", RETURN_PROPERTY: "2"}
    assert word.read(again, "x").properties.custom == {**before, **said}
    assert returned.faults(first, again, 1) == []


def test_the_same_copy_is_made_twice_to_the_byte() -> None:
    data = (SAMPLES / "sample-plymouth-heat-network.docx").read_bytes()
    once, twice = (make(data, [Comment("x")], BY, properties("a", 1)).data for _ in range(2))
    assert once == twice


def test_entries_keep_their_own_packing_and_dates() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, (name, content) in enumerate({**n.parts_of("words"), "word/x.bin": b"\0" * 99}.items()):
            info = zipfile.ZipInfo(name, (2001 + number, 5, 6, 7, 8, 10))
            info.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    copied(out.getvalue(), about(out.getvalue(), "words"))


def test_protection_and_a_signature_are_told() -> None:
    settings_ = n.part("w:settings", n.el("w:documentProtection", edit="forms", enforcement="1"))
    links = (n.rel("rId4", "settings", "settings.xml"),)
    more = {"word/settings.xml": settings_, "_xmlsignatures/sig1.xml": "<x/>"}
    made = make(n.docx("words", links=links, more=more), [Comment("x")], BY, {})
    assert (made.protection, made.signed) == ("forms", True)


def test_more_comments_than_a_copy_takes_are_refused() -> None:
    with pytest.raises(Refused, match="too-many-comments"):
        make(n.docx("words"), [Comment("x")] * (MOST + 1), BY, {})


def test_words_that_are_no_xml_and_names_with_quotes() -> None:
    by = Signature('Ada "Ace" <O\'Neil> \U0001f600', datetime(2026, 1, 1, tzinfo=UTC), "A&O")
    data = n.docx("words")
    made = make(data, [Comment("a\x00b\ud800 ]]> & <c>\nsecond line")], by, {}).data
    note = next(each for each in word.read(made, "x").notes if each.kind == "comment")
    assert (note.text, note.author) == ("ab ]]> & <c>\nsecond line", by.author)


# Any places, in any document

_texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=0, max_size=12)
_run = st.builds(lambda text, bold: n.r(text, **({"b": 1} if bold else {})), _texts, st.booleans())
_inline = st.one_of(
    _run,
    st.builds(n.ins, _texts),
    st.builds(n.deleted, _texts),
    st.builds(lambda text: n.link("rId5", text), _texts),
    st.builds(lambda text: n.field("DATE", text), _texts),
    st.builds(lambda kind, text: sdt(kind, n.r(text)), st.sampled_from(["", "<w:text/>"]), _texts),
    st.builds(lambda text: n.textbox(n.p(text)), _texts),
    st.just(n.r(X("<w:tab/>"), "x", X("<w:br/>"))),
)
_paragraph = st.builds(lambda parts: n.p(*parts), st.lists(_inline, max_size=5))
_block = st.one_of(
    _paragraph,
    st.builds(
        lambda kind, parts: sdt(kind, *parts),
        st.sampled_from(["", "<w:text/>"]),
        st.lists(_paragraph, min_size=1, max_size=2),
    ),
    st.builds(lambda one, other: n.table(n.tr(n.tc(one), n.tc(other))), _paragraph, _paragraph),
)
_place = st.builds(
    lambda number, start, length: (number, start, length),
    st.integers(0, 12),
    st.integers(0, 40),
    st.one_of(st.none(), st.integers(0, 30)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_block, max_size=5), st.lists(st.lists(_place, max_size=3), min_size=1, max_size=8))
def test_any_places_in_any_document(
    body: list[n.Xml], wanted: list[list[tuple[int, int, int | None]]]
) -> None:
    links = (n.rel("rId5", "hyperlink", "https://example.org", external=True),)
    data = n.docx(*body, n.p("the end"), links=links)
    comments = [
        Comment(
            f"Number {at}",
            tuple(
                Place(f"p{number}", start, None if length is None else start + length)
                for number, start, length in sorted(places, key=lambda each: each[:2])
            ),
        )
        for at, places in enumerate(wanted)
    ]
    copied(data, *comments)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(sorted(SAMPLES.glob("*.docx"))), st.randoms(use_true_random=False))
def test_any_words_of_a_sample(path: Path, chance: object) -> None:
    data = path.read_bytes()
    said = [each for each in paragraphs(word.read(data, "x").blocks) if each.text.strip()]
    comments: list[Comment] = []
    for number in range(12):
        each = chance.choice(said)  # type: ignore[attr-defined]
        start = chance.randrange(len(each.text))  # type: ignore[attr-defined]
        end = chance.randint(start, len(each.text))  # type: ignore[attr-defined]
        comments.append(Comment(f"{number}", (Place(each.ref, start, end),)))
    copied(data, *comments)


# Opened by another program


@pytest.mark.skipif(find() is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_every_comment_and_every_word(tmp_path: Path) -> None:
    controls = n.docx(
        n.p("Council"),
        sdt("<w:text/>", n.p("Ambleford Council here")),
        n.p("Impact"),
        sdt("", n.p("70 per cent")),
    )
    sources = {
        "controls": controls,
        "sample": (SAMPLES / "sample-derby-homelessness-returned.docx").read_bytes(),
    }
    for name, data in sources.items():
        said = [each for each in paragraphs(word.read(data, "x").blocks) if each.text.strip()]
        asked = [Comment(f"{at}", (Place(each.ref, 1, 9),)) for at, each in enumerate(said)]
        (tmp_path / f"{name}.docx").write_bytes(copied(data, *asked))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(find()), profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
    files = sorted(map(str, tmp_path.glob("*.docx")))
    subprocess.run([*command, str(tmp_path / "out"), *files], check=True, capture_output=True, timeout=300)
    for name in sources:
        copy, back = (
            (tmp_path / f"{name}.docx").read_bytes(),
            (tmp_path / "out" / f"{name}.docx").read_bytes(),
        )
        assert sorted(anchors(back)) == sorted(anchors(copy))
        there, here = (
            [
                "".join(each.text.split())
                for each in paragraphs(word.read(data, "x").blocks)
                if each.text.strip()
            ]
            for data in (back, copy)
        )
        assert there == here

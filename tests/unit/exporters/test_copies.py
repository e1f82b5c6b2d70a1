"""Copies to approve: everything a reader would see is in the Word file, it can be read back, and a draft says so."""

from __future__ import annotations

import errno
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image as Pillow

from tests.website.invented import COUNCILS, fields, study, term
from workbench import richtext, word
from workbench.errors import Refused, SurroundingsFailed
from workbench.exporters import copies
from workbench.exporters.copies import Copy
from workbench.exporters.folder import Written
from workbench.publication import PublishedField, PublishedImage, Study
from workbench.richtext import Cell, Image, Item, ListBlock, Paragraph, Row, Table, Text
from workbench.word.paper import Paper, PaperPicture, written

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ASSET = "ab" * 32


def drawn() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


PICTURE = PaperPicture(drawn(), "image/png", 40, 30, "A bench", "Photograph: A. Sample")


def paper(content: richtext.RichText, **more: object) -> Paper:
    usual = Paper("Title", (), "", (("Label", content),), "Draft", NOW)
    return replace(usual, **more)  # type: ignore[arg-type]


def body(data: bytes) -> etree._Element:
    with ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def texts(data: bytes, tag: str = "t") -> str:
    return "".join(body(data).itertext("{*}" + tag))


def no_picture(_: str) -> None:
    return None


def test_a_copy_holds_all_that_readers_see(tmp_path: Path) -> None:
    terms = (term("libraries"), term("sustainability", "support_type"))
    one = study(1, authorities=COUNCILS[:1], terms=terms)
    assert copies.write([Copy(one, "leeds")], no_picture, tmp_path, NOW) == Written(1, 0, 0)
    data = (tmp_path / "leeds.docx").read_bytes()
    told = texts(data)
    for expected in (
        one.publication.title,
        one.publication.summary,
        "Leeds City Council",
        "Topics: Libraries",
    ):
        assert expected in told
    for field in (*one.publication.fields, *one.publication.personal):
        if field.id not in ("title", "summary", "council"):
            assert "".join(richtext.plain(richtext.from_html(field.html)).split()) in "".join(told.split())
    assert "Draft" not in told
    assert "Version 1, published on" in told
    assert word.raw_words(data)


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    copies.write([Copy(study(1), "one", draft=True)], no_picture, tmp_path, NOW)
    with ZipFile(tmp_path / "one.docx") as package:
        for part in ("word/document.xml", "word/header1.xml", "docProps/core.xml"):
            assert b"Draft of 22 November 2026, not published" in package.read(part), part


def test_a_withdrawn_study_says_so(tmp_path: Path) -> None:
    copies.write([Copy(study(1, withdrawn=True, note="At their wish."), "one")], no_picture, tmp_path, NOW)
    assert "Withdrawn. At their wish." in texts((tmp_path / "one.docx").read_bytes())


def test_lists_tables_links_and_pictures_are_real_ones() -> None:
    table = Table(
        head=(
            Row((Cell((Paragraph((Text("Year"),)),), "col"), Cell((Paragraph((Text("Tonnes"),)),), "col"))),
        ),
        body=(
            Row((Cell((Paragraph((Text("2024"),)),), "row", rowspan=2), Cell((Paragraph((Text("5"),)),)))),
            Row((Cell((Paragraph((Text("6"),)),)),)),
        ),
        caption=(Text("Waste"),),
    )
    nested = ListBlock(True, (Item((Text("one"),), (ListBlock(False, (Item((Text("inner"),)),)),)),))
    link = Paragraph((Text("the report", href="https://example.org/?a=1&b=2"), Image(ASSET, "A bench")))
    data = written(paper((nested, nested, table, link), pictures={ASSET: PICTURE}))
    root = body(data)
    names = {etree.QName(each).localname for each in root.iter(etree.Element)}
    assert {"tbl", "hyperlink", "drawing", "numPr", "tblHeader", "vMerge"} <= names
    numbers = [each.get(each.keys()[0]) for each in root.iter("{*}numId")]
    assert numbers == ["2", "1", "3", "1"], "each numbered list begins anew"
    assert [each.get("descr") for each in root.iter("{*}docPr")] == ["A bench"]
    with ZipFile(io.BytesIO(data)) as package:
        assert b"https://example.org/?a=1&amp;b=2" in package.read("word/_rels/document.xml.rels")
        assert package.read("word/media/picture1.png") == PICTURE.data
    assert "Photograph: A. Sample" in texts(data)


def test_a_picture_that_cannot_be_had_is_told_by_its_description() -> None:
    assert "[A bench]" in texts(written(paper((Paragraph((Image(ASSET, "A bench"),)),))))


def test_words_from_right_to_left_run_so() -> None:
    root = body(written(paper((Paragraph((Text("مكتبة"),)), Paragraph((Text("Library"),))))))
    assert len(list(root.iter("{*}bidi"))) == 1
    assert len(list(root.iter("{*}rtl"))) == 1


def test_a_table_too_wide_for_word_loses_no_word() -> None:
    row = Row(tuple(Cell((Paragraph((Text(f"c{n}"),)),)) for n in range(70)))
    told = texts(written(paper((Table((row,)),))))
    assert all(f"c{n}" in told for n in range(70))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
INLINE = st.builds(Text, WORDS, st.frozensets(st.sampled_from(richtext.MARKS), max_size=2))
PARAGRAPH = st.builds(Paragraph, st.tuples(INLINE))
LISTS = st.builds(
    ListBlock, st.booleans(), st.lists(st.builds(Item, st.tuples(INLINE)), min_size=1, max_size=3).map(tuple)
)
CELLS = st.builds(Cell, st.tuples(PARAGRAPH), colspan=st.integers(1, 3), rowspan=st.integers(1, 3))
ROWS = st.lists(
    st.builds(Row, st.lists(CELLS, min_size=1, max_size=3).map(tuple)), min_size=1, max_size=3
).map(tuple)
BLOCKS = st.lists(PARAGRAPH | LISTS | st.builds(Table, ROWS), max_size=4)


@settings(max_examples=40, deadline=None)
@given(BLOCKS)
def test_whatever_an_answer_holds_is_read_back(blocks: list[richtext.Block]) -> None:
    content = richtext.canonical(blocks)
    data = written(paper(content))
    document = word.read(data, "copy.docx")
    counted = word.raw_words(data)
    for wanted in word.words(richtext.plain(content)):
        assert counted[wanted] >= 1, wanted
    assert document.blocks


def test_the_same_study_gives_the_same_bytes(tmp_path: Path) -> None:
    one = [Copy(study(1), "one")]
    copies.write(one, no_picture, tmp_path, NOW)
    assert copies.write(one, no_picture, tmp_path, NOW) == Written(0, 1, 0)


def test_markup_and_odd_signs_are_words(tmp_path: Path) -> None:
    odd = "<w:p>&amp; </w:t>\x00\x0b\ud800 😀 " + "x" * 300
    made = study(1, title=odd, fields=fields(impact="<p>&lt;script&gt;</p>"))
    copies.write([Copy(made, "odd")], no_picture, tmp_path, NOW)
    told = texts((tmp_path / "odd.docx").read_bytes())
    assert "<w:p>&amp; </w:t>" in told
    assert "<script>" in told


def test_bare_studies_are_written_too(tmp_path: Path) -> None:
    publication = replace(
        study(1).publication, title="", summary="", fields=(), personal=(), terms=(), authorities=()
    )
    bare = replace(study(1), publication=publication)
    copies.write([Copy(bare, "bare", draft=True)], no_picture, tmp_path, NOW)
    assert "Untitled case study" in texts((tmp_path / "bare.docx").read_bytes())


def test_a_file_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "one.docx").write_bytes(b"mine")
    (tmp_path / "note.txt").write_bytes(b"mine too")
    with pytest.raises(Refused, match="not-our-folder"):
        copies.write([Copy(study(1), "one")], no_picture, tmp_path, NOW)
    assert (tmp_path / "one.docx").read_bytes() == b"mine"
    copies.write([Copy(study(1), "two")], no_picture, tmp_path, NOW)
    copies.write([Copy(study(1), "three")], no_picture, tmp_path, NOW)
    assert {path.name for path in tmp_path.glob("*.*")} >= {"one.docx", "two.docx", "three.docx", "note.txt"}


def test_a_full_disk_is_said_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SurroundingsFailed, match="folder-unwritable"):
        copies.write([Copy(study(1), "one")], no_picture, tmp_path / "new", NOW)
    assert not (tmp_path / "new").exists()


def test_without_libreoffice_a_pdf_is_declined_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.word.converting.find", lambda: None)
    with pytest.raises(SurroundingsFailed, match="no-libreoffice"):
        copies.write([Copy(study(1), "one")], no_picture, tmp_path / "new", NOW, "pdf")
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_is_made_by_libreoffice(tmp_path: Path) -> None:
    image = PublishedImage(ASSET, "A bench", "", "image/png", 40, 30)
    field = PublishedField(
        "impact", "The impact", f'<p>Words</p><p><img src="asset:{ASSET}" alt="A bench"></p>'
    )
    one: Study = study(1, fields=(field,), images=(image,))
    copies.write([Copy(one, "one", draft=True)], lambda _: PICTURE, tmp_path, NOW, "pdf")
    data = (tmp_path / "one.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in data, "tagged, so that it can be read aloud"

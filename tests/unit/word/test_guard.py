"""The guard: what is refused, under which code, and that a refusal is cheap and says what to do."""

from __future__ import annotations

import os
import resource
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.unit.word.notation import (
    Xml,
    compound,
    content_types,
    docx,
    el,
    p,
    part,
    parts_of,
    rel,
    rels,
    sdt,
    table,
    tc,
    tr,
    zipped,
)
from workbench import words
from workbench.errors import Refused
from workbench.word import raw_words, read, read_file

CODES = ("password-protected", "legacy-doc", "not-word", "damaged", "too-large", "unsafe-package", "empty", "locked",
         "not-a-file", "unreadable")  # fmt: skip


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        read(data, "study.docx")
    assert caught.value.params["file"] == "study.docx"
    sentence = words.explain(caught.value)
    assert "study.docx" in sentence and "{" not in sentence and len(sentence) > 40
    return caught.value


def changed(**parts: str | bytes) -> bytes:
    """A sound file with parts replaced; `__` in a name is `/`."""
    sound = parts_of(p("x"))
    return zipped(sound | {name.replace("__", "/") + ".xml": content for name, content in parts.items()})


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code: str) -> None:
    assert words.has("errors", code)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK", "damaged"),
        (b"PK\x05\x06" + bytes(18), "damaged"),
        (b"just some words", "not-word"),
        (b"{\\rtf1 hello}", "not-word"),
        (b"%PDF-1.7", "not-word"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "not-word"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "not-word"),
        (compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "password-protected"),
        (compound("Root Entry", "WordDocument", "1Table"), "legacy-doc"),
        (compound("Root Entry", "Workbook"), "not-word"),
        (compound("Root Entry", "PowerPoint Document"), "not-word"),
        (compound("Root Entry", "__properties_version1.0"), "not-word"),
        (compound("Root Entry")[:600], "not-word"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "not-word"),
        (docx(p("x"))[:-40], "damaged"),
        (docx(p("x"))[:200], "damaged"),
        (zipped({"a.txt": "x"}), "not-word"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "not-word"),
        (zipped({"[Content_Types].xml": content_types()}), "damaged"),
        (changed(word__document="<w:document"), "damaged"),
        (changed(word__document="<other/>"), "damaged"),
        (changed(word__document=""), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_sound_word_file(data: bytes, code: str) -> None:
    assert refusal(data).code == code


@pytest.mark.parametrize(
    ("kind", "named"),
    [("spreadsheetml.sheet.main+xml", "Excel"), ("presentationml.presentation.main+xml", "PowerPoint")],
)
def test_other_office_files_are_named(kind: str, named: str) -> None:
    main = f"application/vnd.openxmlformats-officedocument.{kind}"
    parts = {
        "[Content_Types].xml": content_types(main).replace("/word/document.xml", "/xl/main.xml"),
        "_rels/.rels": rels(rel("a", "officeDocument", "xl/main.xml")),
        "xl/main.xml": "<x/>",
    }
    assert named in refusal(zipped(parts)).params["kind"]


@pytest.mark.parametrize("form", ["document", "template"])
@pytest.mark.parametrize(
    "family",
    ["openxmlformats-officedocument.wordprocessingml.{}.main+xml", "ms-word.{}.macroEnabled.main+xml"],
)
def test_documents_and_templates_with_and_without_macros_are_word(form: str, family: str) -> None:
    main = "application/vnd." + (
        family.format(form)
        if "macro" not in family
        else f"ms-word.{form}.macroEnabled.main+xml".replace(
            "template.macroEnabled.main", "template.macroEnabledTemplate.main"
        )
    )
    assert read(docx(p("x"), main=main), "x").blocks


def test_the_document_may_stand_anywhere() -> None:
    parts = parts_of(p("elsewhere"))
    body = parts.pop("word/document.xml")
    parts |= {"odd/place.xml": body, "_rels/.rels": rels(rel("a", "officeDocument", "/odd/place.xml")),
              "[Content_Types].xml": content_types().replace("/word/document.xml", "/odd/place.xml")}  # fmt: skip
    assert len(read(zipped(parts), "x").blocks) == 1


@pytest.mark.parametrize(
    "name", ["../x.xml", "word/../../x", "/etc/passwd", "word\\x.xml", "C:/x.xml", "Word/Document.xml"]
)
def test_names_that_no_word_program_writes(name: str) -> None:
    assert refusal(zipped(parts_of(p("x")) | {name: "x"})).code == "unsafe-package"


def test_one_name_twice() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        out = BytesIO(docx(p("x")))
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/document.xml", part("w:document", el("w:body", p("other"))))
    assert refusal(out.getvalue()).code == "unsafe-package"


def test_a_part_that_swells_is_refused_before_it_is_opened() -> None:
    bomb = part("w:document", el("w:body", p(" " * (10 << 20))))
    assert refusal(changed(word__document=bomb)).code == "unsafe-package"


def test_too_many_parts() -> None:
    parts = parts_of(p("x")) | {f"x{number}": "" for number in range(4200)}
    assert refusal(zipped(parts)).code == "unsafe-package"


def test_sizes_that_lie() -> None:
    data = bytearray(docx(p("x" * 4000)))
    at = data.find(b"PK\x01\x02", data.rfind(b"word/document.xml") - 60)
    struct.pack_into("<L", data, at + 24, 100)
    assert refusal(bytes(data)).code == "damaged"


def test_parts_that_lie_on_one_another() -> None:
    data = bytearray(docx(p("x")))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert refusal(bytes(data)).code in ("unsafe-package", "damaged")


def test_encrypted_parts_are_a_password() -> None:
    data = bytearray(docx(p("x")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)).code == "password-protected"


DTD = '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("name", ["word__document", "word__styles", "[Content_Types]"])
def test_document_types_and_entities_are_refused_in_any_part(name: str) -> None:
    sheet = part("w:styles").replace('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', DTD)
    parts = parts_of(p("x"), links=(rel("s", "styles", "styles.xml"),))
    parts |= {"word/styles.xml": part("w:styles"), name.replace("__", "/") + ".xml": sheet}
    assert refusal(zipped(parts)).code == "unsafe-package"
    with pytest.raises(Refused):
        raw_words(zipped(parts_of(p("x")) | {"word/document.xml": sheet}))


def test_a_document_type_hidden_in_utf_16_is_refused() -> None:
    assert refusal(changed(word__document=(DTD + "<x/>").encode("utf-16"))).code == "unsafe-package"


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


@pytest.mark.parametrize(
    "inner",
    [
        nested(400),
        "<w:sdt><w:sdtContent>" * 500 + "</w:sdtContent></w:sdt>" * 500,
        "<w:ins>" * 900 + "</w:ins>" * 900,
    ],
)
def test_nesting_beyond_measure(inner: str) -> None:
    assert refusal(docx(Xml(inner))).code == "unsafe-package"


def test_nesting_that_a_person_could_make_is_read() -> None:
    assert read(docx(Xml(nested(60))), "x").blocks


def test_more_markup_than_any_case_study_has() -> None:
    assert refusal(docx(Xml("<w:p/>" * 1_000_001 + "".join(f"<!--{n}-->" for n in range(60000))))).code in (
        "too-large",
        "unsafe-package",
    )


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<w:pict><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:pict>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
        ("<w:p>", "</w:p>"),
    ],
)
def test_much_nesting_many_times_over_comes_to_an_end(begin: str, end: str) -> None:
    """Each of these made some step of reading take time by the square of the markup."""
    inner = "".join(f"{begin * 50}<w:r><w:t>{number}</w:t></w:r>{end * 50}" for number in range(250))
    assert read(docx(Xml(f"<w:p>{inner}</w:p>")), "x").blocks


def test_absurd_table_spans() -> None:
    assert refusal(docx(table(tr(tc("x", span=10**9))))).code == "unsafe-package"
    assert refusal(docx(table(tr("x", before=10**7)))).code == "unsafe-package"
    assert read(docx(table(tr(tc("x", span=63)))), "x").blocks


def test_numbers_that_are_none_are_taken_as_nothing() -> None:
    body = p(el("w:r", el("w:rPr", el("w:sz", val="big")), el("w:t", "x")), outline="high")
    assert read(
        docx(body, table(Xml('<w:tr><w:tc><w:tcPr><w:gridSpan w:val="many"/></w:tcPr></w:tc></w:tr>'))), "x"
    ).blocks


def test_documents_within_documents_without_end() -> None:
    chunk = el("w:altChunk", r_id="c")
    data = docx(p("core"))
    for _ in range(5):
        data = docx(chunk, links=(rel("c", "aFChunk", "inner.docx"),), more={"word/inner.docx": data})
    assert refusal(data).code == "unsafe-package"


def test_a_hostile_file_is_refused_in_little_memory() -> None:
    hostile = [
        changed(word__document=part("w:document", el("w:body", Xml("<w:p/>" * 1_500_000)))),
        changed(word__document=part("w:document", el("w:body", p("x" * (30 << 20))))),
        docx(Xml(nested(30_000))),
        docx(*[sdt(f"t{n}", p("x")) for n in range(2000)])[:-1],
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for data in hostile:
        refusal(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


# Files on the disk


def refused_file(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_file(path)
    assert "{" not in words.explain(caught.value)
    return caught.value.code


def test_an_ordinary_file_and_a_link_to_one_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    (tmp_path / "b.docx").symlink_to(tmp_path / "a.docx")
    assert read_file(tmp_path / "a.docx") == read_file(tmp_path / "b.docx") == b"x"


def test_what_is_not_an_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "device.docx").symlink_to("/dev/zero")
    (tmp_path / "loop.docx").symlink_to(tmp_path / "loop.docx")
    assert refused_file(tmp_path) == "not-a-file"
    assert refused_file(tmp_path / "pipe.docx") == "not-a-file"
    assert refused_file(tmp_path / "device.docx") == "not-a-file"
    assert refused_file(tmp_path / "loop.docx") == "unreadable"
    assert refused_file(tmp_path / "missing.docx") == "unreadable"


def test_owner_files_and_giants(tmp_path: Path) -> None:
    (tmp_path / "~$study.docx").write_bytes(b"Jo")
    with (tmp_path / "giant.docx").open("wb") as file:
        file.truncate(65 << 20)
    assert refused_file(tmp_path / "~$study.docx") == "locked"
    assert refused_file(tmp_path / "giant.docx") == "too-large"


def large(data: bytes, entries: int, size: int, record: bytes = b"PK\x06\x06") -> bytes:
    """A package whose end is preceded by the record for large ones, which readers believe before its own end."""
    at = data.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", data, at + 16)[0]
    told = struct.pack("<4sQHHLLQQQQ", record, 44, 45, 45, 0, 0, entries, entries, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    return data[:at] + told + locator + data[at:]


def test_a_directory_is_bounded_by_the_record_that_counts() -> None:
    data = docx(p("x"))
    entries, size = struct.unpack_from("<HL", data, data.rindex(b"PK\x05\x06") + 10)
    assert [paragraph.text for paragraph in read(large(data, entries, size), "x").blocks] == ["x"]  # type: ignore[union-attr]
    assert refusal(large(data, 900_000, 50 << 20)).code == "unsafe-package"
    assert refusal(large(data, entries, size, b"PK\x06\x05")).code == "damaged"
    end = b"PK\x05\x06" + bytes(18)
    assert refusal(b"PK" + b"PK\x06\x07" + bytes(16) + end).code == "damaged"

"""What the world does wrong gets one sentence, the right exit status, and costs nothing else."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import resources
from tests.unit.word.notation import compound
from workbench.word import converting

SAMPLE = sorted(resources.path("samples").glob("*.docx"))[0]


def rezipped(change: dict[str, bytes | None]) -> bytes:
    """The sample with parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        parts = {name: source.read(name) for name in source.namelist()} | change
        for name, data in parts.items():
            if data is not None:
                target.writestr(name, data)
    return out.getvalue()


REFUSED = {
    "an empty file": (b"", "empty"),
    "no Word file": (b"Dear colleague, here is our study.", "not-word"),
    "a broken-off file": (SAMPLE.read_bytes()[:3000], "damaged"),
    "a document without its text": (rezipped({"word/document.xml": None}), "damaged"),
    "broken XML": (rezipped({"word/document.xml": b"<w:document"}), "damaged"),
    "a file under a password": (compound("Root Entry", "EncryptedPackage"), "password-protected"),
    "a file of Word 97": (
        compound("Root Entry", "WordDocument"),
        "unconvertible" if converting.find() else "legacy-doc",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_and_its_neighbour_arrives(casebook: Any, tmp_path: Path, kind: str) -> None:
    data, code = REFUSED[kind]
    bad = tmp_path / "bad.docx"
    bad.write_bytes(data)
    answer = casebook("import", bad, SAMPLE, "--json")
    assert answer.status == 1
    assert [row["taken_for"] for row in answer.rows] == ["refused", "new"]
    assert answer.rows[0]["error"]["code"] == code
    assert len(answer.rows[0]["error"]["message"]) > 40, "what happened, and what to do next"
    assert len(casebook("list", "--json").rows) == 1


def test_a_macro_document_is_read_without_its_macros(casebook: Any, tmp_path: Path) -> None:
    types = (
        zipfile.ZipFile(SAMPLE)
        .read("[Content_Types].xml")
        .replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    )
    path = tmp_path / "study.docm"
    path.write_bytes(rezipped({"[Content_Types].xml": types, "word/vbaProject.bin": b"\x00" * 64}))
    row = casebook("extract", path, "--json").row
    assert row["error"] is None
    assert "macros" in {note["kind"] for note in row["notes"]}
    assert row["fields"] == casebook("extract", SAMPLE, "--json").row["fields"]


def test_a_folder_without_word_files_says_so(casebook: Any, tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "beach.jpg").write_bytes(b"\xff\xd8")
    answer = casebook("import", tmp_path / "holiday", "--json")
    assert answer.status == 1
    assert answer.row["taken_for"] == "refused"


def test_a_file_that_is_not_there(casebook: Any, tmp_path: Path) -> None:
    answer = casebook("extract", tmp_path / "gone.docx", SAMPLE, "--json")
    assert answer.status == 1
    assert answer.rows[0]["error"]
    assert answer.rows[1]["error"] is None


def test_a_pipe_is_never_waited_for(casebook: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    assert casebook("extract", tmp_path / "pipe.docx", "--json").row["error"]


def test_an_unknown_template_is_wrong_usage(casebook: Any, tmp_path: Path) -> None:
    answer = casebook("template", "blank", "no-such", tmp_path / "out.docx")
    assert answer.status == 2
    assert "case-study" in answer.err, "it names those there are"
    assert not (tmp_path / "out.docx").exists()


def test_wrong_words_are_wrong_usage(casebook: Any) -> None:
    assert casebook("extract").status == 2
    assert casebook("fly").status == 2
    assert casebook("show", "CB-1999-0001").status == 2


def test_a_database_that_cannot_be_reached(casebook: Any) -> None:
    url = "postgresql://editor:secret@127.0.0.1:9/casebook"
    casebook("import", SAMPLE)
    answer = casebook("--catalogue", url, "catalogue", "status")
    assert answer.status == 3
    assert "127.0.0.1" in answer.err
    assert "secret" not in answer.err + answer.out


def test_an_older_catalogue_is_not_said_to_be_empty(casebook: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'older.sqlite'}"
    assert casebook("--catalogue", url, "catalogue", "init").status == 0
    with closing(sqlite3.connect(tmp_path / "older.sqlite")) as older, older:
        older.execute("UPDATE catalogue_schema SET version_num = '0000'")
    answer = casebook("--catalogue", url, "catalogue", "status")
    assert "form 0000" in answer.out and "published" not in answer.out
    assert "casebook catalogue upgrade" in answer.err


def test_publishing_without_a_database_keeps_everything_in_the_outbox(casebook: Any) -> None:
    casebook("import", resources.path("samples"))
    ready = next(row["id"] for row in casebook("list", "--json").rows if not row["blockers"])
    casebook("approve", ready)
    answer = casebook("--catalogue", "postgresql://editor@127.0.0.1:9/casebook", "publish", ready)
    assert answer.status == 3
    assert [row["state"] for row in casebook("outbox", "--json").rows] == ["waiting"]
    assert casebook("publish", "--json").row["result"] == "published", "it goes out when a catalogue is there"


def test_a_desk_that_is_newer_than_the_program(casebook: Any, tmp_path: Path) -> None:
    casebook("import", SAMPLE)
    with sqlite3.connect(tmp_path / "desk" / "desk.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    answer = casebook("list")
    assert answer.status == 3
    assert "newer" in answer.err


def test_a_full_disk_loses_nothing_that_was_there(casebook: Any, tmp_path: Path) -> None:
    submission = casebook("import", SAMPLE, "--json").row["submission"]
    before = casebook("show", submission, "--json").out
    if os.name == "posix":
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = (tmp_path / "desk" / "desk.db").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            answer = casebook("import", *sorted(resources.path("samples").glob("*.docx"))[1:], "--json")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert answer.status == 3
        assert answer.err.strip().endswith(".")
    assert casebook("show", submission, "--json").out == before


@pytest.mark.parametrize("line", [b"no JSON", b'["a list"]', b"\xff", b'{"id": "cut', b"[" * 100_000])
def test_a_line_that_is_no_record_costs_that_line_alone(casebook: Any, tmp_path: Path, line: bytes) -> None:
    lines = tmp_path / "texts.jsonl"
    lines.write_bytes(b'\xef\xbb\xbf{"id": "a"}\n' + line + b'\n\n{"id": "b", "title": "Bins"}\r\n')
    answer = casebook("suggest", "--text-file", lines, "--json")
    assert answer.status == 1
    first, bad, last = map(json.loads, answer.out.splitlines())
    assert (first["id"], last["id"], bad["file"]) == ("a", "b", f"{lines}:2")
    assert "Line 2" in bad["error"]["message"]
    assert bad["themes"] == []


def test_a_file_of_texts_that_is_not_there_is_said_in_words(casebook: Any, tmp_path: Path) -> None:
    answer = casebook("suggest", "--text-file", tmp_path / "none.jsonl", "--json")
    assert answer.status == 2
    assert "check that it exists" in answer.err


def test_a_blank_form_that_cannot_be_written_is_said_in_words(casebook: Any, tmp_path: Path) -> None:
    answer = casebook("template", "blank", "case-study", tmp_path / "nowhere" / "form.docx")
    assert answer.status == 3
    assert "check that its folder exists" in answer.err

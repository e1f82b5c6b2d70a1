"""Back to the council and in again: its own file with comments, edited in LibreOffice, laid beside what was edited
here, merged in one step, approved; nobody's work is lost on the way."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
LETTERS = SAMPLES / "sample-kirklees-council-tax-letters.docx"
ID = "CB-2026-0001"
SUMMARY = (
    "A shorter reminder letter, tested on thousands of households in Kirklees, brought council tax in sooner, cost "
    "nothing to print, and cut the number of calls about arrears."
)

office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def patched(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """The Word file with its XML parts changed, as an editor of text would."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename.endswith(".xml"):
                content = change(entry.filename, content.decode()).encode()
            after.writestr(entry, content)
    return out.getvalue()


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice saves it, by way of its own format."""
    folder.mkdir()
    (folder / "copy.docx").write_bytes(data)
    for source, to in (("copy.docx", "odt"), ("copy.odt", "docx:MS Word 2007 XML")):
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            to,
        ]
        subprocess.run(
            [*command, "--outdir", folder, folder / source], check=True, capture_output=True, timeout=120
        )
    return (folder / "copy.docx").read_bytes()


@pytest.fixture
def returned(casebook: Any, tmp_path: Path) -> tuple[Any, bytes]:
    """A study that was edited here and then returned; the copy that the council gets."""
    assert casebook("import", LETTERS, "--json").row["taken_for"] == "new"
    assert casebook("edit", ID, "summary", "--text", SUMMARY).status == 0
    answer = casebook("return", ID, "--out", tmp_path / "out", "--json")
    assert answer.status == 0, answer.err
    (copy,) = (tmp_path / "out").glob("*.docx")
    return casebook, copy.read_bytes()


@office
def test_the_loop(returned: tuple[Any, bytes], tmp_path: Path) -> None:
    casebook, copy = returned
    impact = casebook("show", ID, "--json").row["fields"]["impact"]["text"]
    assert "12 per cent" in impact

    def answered(name: str, xml: str) -> str:
        return (
            xml.replace("12 per cent", "13 per cent (council register, March 2024)")
            if name.endswith("document.xml")
            else xml
        )

    edited = tmp_path / "Kirklees final FINAL.docx"
    edited.write_bytes(through_libreoffice(patched(copy, answered), tmp_path / "office"))
    arrival = casebook("import", edited, "--json").row
    assert (arrival["taken_for"], arrival["of"], arrival["certain"]) == ("revision", ID, True)
    assert arrival["because"][0].startswith("It carries the mark of")

    laid = casebook("merge", ID, "--json").row
    states = {field["field"]: field["state"] for field in laid["fields"]}
    assert states == {"summary": "mine", "impact": "theirs"}, (
        "what LibreOffice made of the marks is no change"
    )
    how = {item["field"]: item["how"] for item in laid["asked"]}
    assert how["impact"] in ("gone", "changed")
    shown = casebook("merge", ID)
    assert shown.status == 0 and "council register" in shown.out

    merged = casebook("merge", ID, "--take", "joined")
    assert merged.status == 0, merged.err
    after = casebook("show", ID, "--json").row
    assert after["status"] == "in_review"
    assert after["fields"]["summary"]["text"].startswith("A shorter reminder")
    assert "13 per cent" in after["fields"]["impact"]["text"]
    assert casebook("approve", ID).status == 0
    history = [row["said"] for row in casebook("history", ID, "--json").rows]
    assert any("Kirklees final FINAL.docx" in said for said in history)


def reply(number: str, text: str) -> Callable[[str, str], str]:
    """Puts a reply of the council to the comment with these words into the file."""

    def change(name: str, xml: str) -> str:
        if not name.endswith("comments.xml"):
            return xml
        own = re.search(r"<(\w+):comment [^>]*:id=\"(\d+)\"", xml)
        assert own
        w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        said = (
            f'<w:comment {space} {w14} w:id="99" w:author="An officer"><w:p w14:paraId="0000AA02"><w:r>'
            f"<w:t>{text}</w:t></w:r></w:p></w:comment>"
        )
        return re.sub(r"</(\w+:)?comments>\s*$", lambda end: said + end[0], xml)

    return change


def test_what_the_council_wrote_in_comments_is_shown(returned: tuple[Any, bytes], tmp_path: Path) -> None:
    casebook, copy = returned
    edited = tmp_path / "with a comment.docx"
    edited.write_bytes(patched(copy, reply("", "From our own count of reminders.")))
    assert casebook("import", edited, "--json").row["taken_for"] == "revision"
    laid = casebook("merge", ID, "--json").row
    assert [each["text"] for each in laid["comments"]] == ["From our own count of reminders."]
    assert "From our own count" in casebook("merge", ID).out


def test_two_steps_back_and_all_is_as_it_was(returned: tuple[Any, bytes], tmp_path: Path) -> None:
    casebook, copy = returned
    before = casebook("show", ID, "--json").row
    edited = tmp_path / "back.docx"
    edited.write_bytes(patched(copy, lambda name, xml: xml.replace("12 per cent", "14 per cent")))
    casebook("import", edited)
    casebook("merge", ID, "--take", "theirs")
    assert casebook("undo").status == 0
    assert casebook("undo").status == 0
    assert casebook("show", ID, "--json").row == before


def test_what_a_file_is_is_said_by_command(returned: tuple[Any, bytes], tmp_path: Path) -> None:
    casebook, copy = returned
    edited = tmp_path / "back.docx"
    edited.write_bytes(patched(copy, lambda name, xml: xml.replace("12 per cent", "14 per cent")))
    casebook("import", edited)
    assert "a newer version waits" in casebook("arrival").out
    assert [row["id"] for row in casebook("list", "--waiting", "--json").rows] == [ID]
    assert casebook("list", "--asked", "--json").rows == []
    parted = casebook("arrival", ID, "--new", "--file", "back.docx", "--json")
    assert parted.status == 0, parted.err
    own = next(one for one in parted.row["submissions"] if one != ID)
    assert casebook("list", "--waiting", "--json").rows == []
    assert casebook("arrival", own, "--revision-of", ID).status == 0
    assert casebook("merge", ID).status == 0
    assert casebook("arrival", own, "--new", "--revision-of", ID).status == 2

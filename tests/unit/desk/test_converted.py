"""What was no Word file on the desk: read through the Word file made of it, and kept as it came."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.unit.desk.test_arrivals import STORY, word_file
from workbench.desk import Desk, files, study
from workbench.desk.arriving import arrivals
from workbench.word import converting
from workbench.word.document import refs

RTF = rb"{\rtf1 the words as they were sent}"


@pytest.fixture
def rich(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rich text file, and a program in LibreOffice's place that makes a Word file of it."""
    (tmp_path / "made.docx").write_bytes(word_file())
    program = tmp_path / "soffice"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, shutil, sys\n"
        "made = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nmade.mkdir()\n"
        f"shutil.copy({str(tmp_path / 'made.docx')!r}, made / 'document.docx')\n"
    )
    program.chmod(0o700)
    monkeypatch.setattr(converting, "find", lambda: str(program))
    path = tmp_path / "inbox" / "study.rtf"
    path.parent.mkdir()
    path.write_bytes(RTF)
    return path


def test_it_is_imported_from_a_folder_and_kept_as_it_came(desk: Desk, rich: Path) -> None:
    assert [a.taken_for for a in arrivals.import_paths(desk, [rich.parent])] == ["new"]
    shown = study.show(desk, "CB-2026-0001")
    assert shown.value("impact").text == STORY["The impact"]
    (told,) = [note.text for note in shown.notes if note.kind == "converted"]
    assert ".rtf" in told and "LibreOffice" in told
    assert [file.name for file in shown.files] == ["study.rtf"]
    assert study.asset(desk, shown.files[0].sha256) == RTF


def test_its_source_is_shown_when_libreoffice_is_gone(
    desk: Desk, rich: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(arrivals.import_paths(desk, [rich]))
    monkeypatch.setattr(converting, "find", lambda: None)
    source = study.source(desk, "CB-2026-0001")
    assert source.name == "study.rtf"
    assert set(study.show(desk, "CB-2026-0001").value("impact").sources) <= set(refs(source.document.blocks))
    assert [a.taken_for for a in arrivals.import_paths(desk, [rich])] == ["duplicate"]


def test_the_command_takes_it_alone(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "converted" in [note["kind"] for note in files.extract(rich)["notes"]]
    assert files.check(rich)["error"] is None
    assert files.suggest(rich)["authorities"][0]["gss"] == "E08000035"
    monkeypatch.setattr(converting, "find", lambda: None)
    assert files.extract(rich)["error"]["code"] == "not-word"

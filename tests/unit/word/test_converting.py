"""What LibreOffice makes a Word file of: what is tried at all, within which bounds, and what it says in the end.

Most of it is tried with a script in LibreOffice's place; what only LibreOffice can show is left out without it.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.unit.word.notation import compound, docx, p
from workbench import word, words
from workbench.errors import Refused
from workbench.word import converting

RTF = rb"{\rtf1\ansi Title\par A library of things: \b drills\b0  and tents.\par}"
TEXT = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in (("office", "office"), ("text", "text"), ("draw", "drawing"))
)

with_libreoffice = pytest.mark.skipif(converting.find() is None, reason="LibreOffice is not installed")


def odt(body: str, manifest: str = "") -> bytes:
    """An OpenDocument text; `manifest` goes into the entry of its content."""
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    files = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}">{inner}</m:file-entry>'
        for path, kind, inner in (("/", TEXT, ""), ("content.xml", "text/xml", manifest))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return open_document(
        {
            "content.xml": f"<office:document-content {SPACES}>{inner}</office:document-content>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{space}">{files}</m:manifest>',
        }
    )


def open_document(parts: Mapping[str, str], kind: str = TEXT) -> bytes:
    """A package that says first of all, and unpacked, what it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


Stand = Callable[[str], None]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    """`stand_in(code)` puts a program in LibreOffice's place; the code knows `source` and `made`, two paths."""

    def put(code: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(
            f"#!{sys.executable}\nimport os, pathlib, socket, subprocess, sys, time\n"
            "made = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]) / 'document.docx'\n"
            "source = pathlib.Path(sys.argv[-1])\nmade.parent.mkdir()\n" + code
        )
        program.chmod(0o700)
        monkeypatch.setattr(converting, "find", lambda: str(program))

    return put


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        word.convert(data, "study.rtf")
    sentence = words.explain(caught.value)
    assert "study.rtf" in sentence and "{" not in sentence
    return caught.value


def never(*_: object) -> None:
    pytest.fail("LibreOffice was started")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RTF, converting.RTF),
        (b"\xef\xbb\xbf\r\n" + RTF, converting.RTF),
        (odt(""), converting.ODT),
        (compound("Root Entry", "WordDocument"), converting.DOC),
    ],
)
def test_the_bytes_tell_what_it_is(data: bytes, kind: converting.Kind, stand_in: Stand) -> None:
    stand_in("made.write_bytes(source.suffix.encode() + source.read_bytes())")
    converted = word.convert(data, "study.docx")
    assert converted is not None
    assert converted.data == kind.suffix.encode() + data
    assert (converted.note.kind, kind.name in converted.note.text) == ("converted", True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        docx(p("x")),
        b"%PDF-1.7",
        b"plain words",
        compound("Root Entry", "Workbook"),
        compound("Root Entry", "EncryptionInfo", "EncryptedPackage"),
        open_document({"content.xml": "<x/>"}, "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_anything_else_is_left_to_the_guard(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "_run", never)
    assert word.convert(data, "study.doc") is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (odt("", "<m:encryption-data/>"), "password-protected"),
        (open_document({"content.xml": "x"}), "damaged"),
        (open_document({"META-INF/manifest.xml": "x", "../content.xml": "x"}), "unsafe-package"),
        (
            open_document({"META-INF/manifest.xml": "x", "content.xml": "x" * (9 << 20)}),
            "unsafe-package",
        ),
        (odt("")[:-30], "damaged"),
        (RTF + bytes(64 << 20), "too-large"),
    ],
    ids=["encrypted", "no manifest", "outside", "bomb", "cut", "large"],
)
def test_what_is_refused_before_it_is_tried(data: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "find", lambda: "soffice")
    monkeypatch.setattr(converting, "_run", never)
    assert refusal(data).code == code


def test_without_libreoffice_the_guard_says_what_to_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "find", lambda: None)
    for data, code in (
        (compound("Root Entry", "WordDocument"), "legacy-doc"),
        (RTF, "not-word"),
        (odt(""), "not-word"),
    ):
        assert word.convert(data, "study.doc") is None
        with pytest.raises(Refused, match=code):
            word.read(data, "study.doc")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("sys.exit(77)", "nothing"),
        ("sys.exit(0)", "nothing"),
        ("made.symlink_to('/dev/zero')", "too large"),
        ("os.truncate(os.open(made, os.O_CREAT | os.O_WRONLY), 65 << 20)", "too large"),
    ],
)
def test_what_libreoffice_cannot_read_is_refused_by_name(code: str, reason: str, stand_in: Stand) -> None:
    stand_in(code)
    refused = refusal(RTF)
    assert refused.code == "unconvertible"
    assert reason in refused.params["reason"]


def test_what_hangs_is_ended_with_all_it_started(
    stand_in: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "TIME_LIMIT", 3)
    told = tmp_path / "child"
    stand_in(
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid))\n"
        "time.sleep(600)"
    )
    assert "3 seconds" in refusal(RTF).params["reason"]
    for _ in range(100):
        if not _lives(int(told.read_text())):
            return
        time.sleep(0.1)
    pytest.fail("what it started goes on")


def _lives(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be counted out does not."""
    try:
        os.kill(pid, signal.SIG_DFL)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_is_kept_from_memory_from_the_network_and_from_the_house(stand_in: Stand, tmp_path: Path) -> None:
    told = tmp_path / "told"
    stand_in(
        "def tried(what):\n"
        "    try: what()\n"
        "    except (MemoryError, OSError): return 'no'\n"
        "    return 'yes'\n"
        "memory = tried(lambda: bytearray(4 << 30))\n"
        "network = ','.join(sorted(line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line))\n"
        "house = os.environ['HOME'] == os.getcwd() == str(source.parent)\n"
        f"pathlib.Path({str(told)!r}).write_text(f'{{memory}} {{network}} {{house}}')"
    )
    refusal(RTF)
    memory, network, house = told.read_text().split()
    assert (memory, house) == ("no", "True")
    assert network == "lo" or "unshare" not in converting._confined()


def test_nothing_is_left_behind(stand_in: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stand_in("made.write_bytes(b'x')")
    word.convert(RTF, "study.rtf")
    assert [path.name for path in tmp_path.iterdir()] == ["soffice"]


# With LibreOffice itself


def said(data: bytes) -> list[str]:
    converted = word.convert(data, "study")
    assert converted is not None
    document = word.read(converted.data, "study")
    return [block.text for block in document.blocks if hasattr(block, "text")]


@with_libreoffice
def test_a_rich_text_file_says_the_same_and_fetches_nothing() -> None:
    picture = rb'{\field{\*\fldinst INCLUDETEXT "/etc/passwd"}{\fldrslt kept}}'
    words_of_it = said(RTF[:-1] + picture + rb"\par}")
    assert words_of_it[:2] == ["Title", "A library of things: drills and tents."]
    assert "kept" in words_of_it[2] and "root:" not in "".join(words_of_it)


@with_libreoffice
def test_an_opendocument_text_says_the_same() -> None:
    assert said(odt("<text:h text:outline-level='1'>Impact</text:h><text:p>1,240 residents.</text:p>")) == [
        "Impact",
        "1,240 residents.",
    ]


@with_libreoffice
def test_a_broken_file_is_refused() -> None:
    assert refusal(odt("<text:p>cut")).code == "unconvertible"

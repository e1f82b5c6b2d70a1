"""What other office programs wrote, made a Word file by LibreOffice where that is installed.

LibreOffice is a large program that reads a stranger's file, so it gets little: a folder of its own that is thrown
away, its profile in it with macros, links and updates switched off, no network (where the system can withhold it),
bounds on time, memory and what it may write. What it makes goes through the guard as any Word file does.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from workbench.errors import Refused
from workbench.submission import Note
from workbench.word import guard

TIME_LIMIT = 60
"""Seconds for one file, on a busy machine. A sound one takes two to five."""

_WORK = 20
"""Seconds of computing, after which a file that keeps LibreOffice busy for ever is given up."""

_MEMORY = 3 << 20
"""Kilobytes of address space, of which LibreOffice takes half before it reads anything."""

_LARGEST_OUTPUT = 2 * (guard.MAX_FILE >> 9)
"""Blocks of 512 bytes that it may write to one file."""

_OPENDOCUMENT = b"application/vnd.oasis.opendocument.text"
_ENCRYPTED = 0x0100
_NOWHERE = "127.0.0.1:9"

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)

_SETTINGS: Sequence[tuple[str, str, str]] = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
    ("Java/VirtualMachine", "Enable", "false"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that can be made a Word file: how people call it, its suffix, LibreOffice's filter for it."""

    name: str
    suffix: str
    filter: str


DOCX = Kind("a Word document (.docx)", ".docx", "MS Word 2007 XML")
DOC = Kind("a document of Word 97 to 2003 (.doc)", ".doc", "MS Word 97")
ODT = Kind("an OpenDocument text (.odt)", ".odt", "writer8")
RTF = Kind("a rich text file (.rtf)", ".rtf", "Rich Text Format")


@dataclass(frozen=True, slots=True)
class Converted:
    """The Word file that was made of another, and what to tell of it."""

    data: bytes
    note: Note


def convert(data: bytes, name: str) -> Converted | None:
    """The Word file made of a .doc, .odt or .rtf; None for any other file, and where LibreOffice is not installed.

    What it is is told by its bytes, whatever `name` ends with. Raises Refused: `password-protected`, `too-large`,
    `unsafe-package`, `damaged`, and `unconvertible` for a file that LibreOffice cannot read within its bounds.
    """
    kind = _kind(data)
    program = kind and find()
    if not kind or not program:
        return None
    try:
        _check(data, kind)
        made = _run(program, data, kind)
    except Refused as refusal:
        raise Refused(refusal.code, **{"kind": kind.name, **refusal.params, "file": name}) from refusal
    return Converted(made, Note("converted", f"{kind.name}, made a Word document by LibreOffice"))


_WORD = "docx:MS Word 2007 XML"
_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def pdf(data: bytes) -> bytes | None:
    """A Word document of our own as a tagged PDF; None where LibreOffice is not installed.

    Raises Refused("unconvertible").
    """
    program = find()
    return _run(program, data, DOCX, _PDF) if program else None


def find() -> str | None:
    """The command that starts LibreOffice; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


# What the file is, and whether it is worth trying


def _kind(data: bytes) -> Kind | None:
    if data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    if data.startswith(b"PK"):
        return ODT if data[30:38] == b"mimetype" and data.startswith(_OPENDOCUMENT, 38) else None
    try:
        guard.check_signature(data)
    except Refused as refusal:
        return DOC if refusal.code == "legacy-doc" else None
    return None


def _check(data: bytes, kind: Kind) -> None:
    """Refuses what no conversion could make readable, or what swells beyond measure."""
    if len(data) > guard.MAX_FILE:
        raise Refused("too-large")
    if kind is ODT:
        _check_opendocument(data)
    if kind is DOC and _is_encrypted(data):
        raise Refused("password-protected")


def _check_opendocument(data: bytes) -> None:
    guard.check_directory_end(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            guard.check_entries(archive.infolist(), len(data))
            manifest = archive.read("META-INF/manifest.xml")
    except (BadZipFile, KeyError, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise Refused("damaged", reason=str(error)) from error
    if b"encryption-data" in manifest:
        raise Refused("password-protected")


def _is_encrypted(data: bytes) -> bool:
    """Whether the first bytes of a .doc say that a password protects the rest."""
    from olefile import OleFileIO

    with suppress(Exception):  # a broken compound file is met with errors of many kinds
        file: Any = OleFileIO(data)
        head: bytes = file.openstream("WordDocument").read(12)
        return bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
    return False


# Running LibreOffice


def _run(program: str, data: bytes, kind: Kind, target: str = _WORD) -> bytes:
    with tempfile.TemporaryDirectory(prefix="casebook-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        source = folder / f"document{kind.suffix}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        _wait(_command(program, folder, source, kind, target), folder)
        try:
            return guard.read_file(folder / "made" / f"document.{target.partition(':')[0]}")
        except Refused as refusal:
            reason = "it made nothing of it" if refusal.code == "unreadable" else "what it made is too large"
            raise Refused("unconvertible", reason=reason) from refusal


def _write_profile(profile: Path) -> None:
    items = [
        f'<item oor:path="/org.openoffice.Office.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    ]
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{''.join(items)}</oor:items>",
        "utf-8",
    )


def _command(program: str, folder: Path, source: Path, kind: Kind, target: str) -> list[str]:
    return [
        *_confined(),
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        f"--infilter={kind.filter}",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "made"),
        str(source),
    ]


@cache
def _confined() -> tuple[str, ...]:
    """What to put before a command so that it is bounded, and cut off from the network, as far as the system can."""
    if sys.platform == "win32":
        return ()
    limits = (
        f"ulimit -{what} 2>/dev/null;" for what in (f"v {_MEMORY}", f"t {_WORK}", f"f {_LARGEST_OUTPUT}")
    )
    shell = ("/bin/sh", "-c", f'{" ".join(limits)} exec "$0" "$@"')
    alone = ("unshare", "--map-root-user", "--net")
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run([*alone, "true"], check=True, capture_output=True, timeout=5)
        return (*shell, *alone)
    return shell


def _wait(command: Sequence[str], folder: Path) -> None:
    running = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_surroundings(folder),
        start_new_session=True,
    )
    try:
        running.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise Refused("unconvertible", reason=f"it took longer than {TIME_LIMIT} seconds") from error
    finally:
        _kill(running)


def _surroundings(folder: Path) -> Mapping[str, str]:
    """The environment, with a home of its own and the way to the network closed for whatever asks for it."""
    proxies = {f"{scheme}_proxy": f"http://{_NOWHERE}" for scheme in ("http", "https", "ftp", "all")}
    own = {"HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    return {**os.environ, **proxies, **own, "SAL_USE_VCLPLUGIN": "svp"}


def _kill(running: subprocess.Popen[bytes]) -> None:
    """Ends the program with everything it started."""
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "win32":
            tree = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
            subprocess.run(tree, capture_output=True, timeout=10)
        else:
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()

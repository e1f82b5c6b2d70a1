"""This computer: Python and its packages, Qt with its libraries and fonts, LibreOffice, the dictionary, the clock."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import workbench
from workbench.desk.doctor.case import Case, Line, broken, fine, look

PYTHON = (3, 11)

NEEDED: Mapping[str, tuple[str, str]] = {
    "PySide6-Essentials": ("6.10", ""),
    "SQLAlchemy": ("2.1", "2.2"),
    "alembic": ("1.18", ""),
    "psycopg": ("3.2", ""),
    "lxml": ("6", ""),
    "python-docx": ("1.2", ""),
    "rapidfuzz": ("3.10", ""),
    "click": ("8.2", ""),
    "rich": ("14", ""),
    "jinja2": ("3.1", ""),
    "nh3": ("0.3", ""),
    "pillow": ("12", ""),
    "keyring": ("25", ""),
    "platformdirs": ("4.3", ""),
    "olefile": ("0.47", ""),
    "chunspell": ("2.0.5", ""),
}
"""What the program stands on: from which version on, and below which, "" where there is no end."""

EXCLUDED = {("PySide6-Essentials", "6.12.0")}
"""What has a fault that the program cannot work around."""

_LACKING = (
    re.compile(r"([\w+.-]+): cannot open shared object file"),
    re.compile(r"From 6\.5\.0, ([\w-]+) or \S+ is needed"),
    re.compile(r"DLL load failed[^\n]*?(\w+\.dll)"),
)
"""How a library that is not there is complained of. Qt names the second one also where there is only no screen."""

_UNSEEN = ("could not connect to display", "Failed to create wl_display")
"""What Qt says where it finds no screen."""


def versions(case: Case) -> Iterator[Line]:
    """Casebook, Python, and the packages."""
    told = {"version": workbench.__version__, "python": ".".join(map(str, sys.version_info[:3]))}
    old = sys.version_info[:2] < PYTHON
    yield broken("python", "python-old", **told) if old else fine("python", "python-fine", **told)
    wrong = [line for name in NEEDED if (line := _package(name))]
    yield from wrong or (fine("packages", "packages-fine", n=len(NEEDED)),)


def _package(name: str) -> Line | None:
    """What is wrong with a package; nothing where a bundle does not say which version it carries."""
    from importlib import metadata

    least, end = NEEDED[name]
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        frozen = getattr(sys, "frozen", False)
        return None if frozen else broken("packages", "package-missing", name=name)
    if (name, found) in EXCLUDED:
        return broken("packages", "package-excluded", name=name, found=found)
    if numbered(found) < numbered(least) or (end and numbered(found) >= numbered(end)):
        return look("packages", "package-untried", name=name, found=found, least=least)
    return None


def numbered(version: str) -> tuple[int, ...]:
    """The numbers of a version, as far as it has any."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()


def window(case: Case) -> Iterator[Line]:
    """Whether a window can be opened, tried by a program of its own, since Qt ends the one in which it fails."""
    found = _asked(case, os.environ.get("QT_QPA_PLATFORM", ""))
    if found.get("unseen"):
        unseen = _asked(case, "offscreen")
        if "qt" in unseen:
            yield look("window", "window-no-screen", qt=unseen["qt"])
            yield from _fonts(unseen)
            return
    if "qt" not in found:
        yield _no_window(found)
        return
    yield fine("window", "window-fine", qt=found["qt"], platform=found["platform"])
    yield from _fonts(found)


def _no_window(found: Mapping[str, Any]) -> Line:
    if found.get("late"):
        return look("window", "window-late")
    if found.get("library"):
        return broken("window", "window-library", library=found["library"])
    return broken("window", "window-broken", reason=found.get("reason") or "?")


def _fonts(found: Mapping[str, Any]) -> Iterator[Line]:
    fonts = cast("Mapping[str, str]", found.get("fonts") or {})
    missing = [kind for kind, face in fonts.items() if not face]
    if not found.get("families"):
        yield broken("fonts", "fonts-none")
    elif missing:
        yield look("fonts", "fonts-missing")
    else:
        yield fine("fonts", "fonts-fine", faces=", ".join(fonts.values()))


def _asked(case: Case, platform: str) -> dict[str, Any]:
    """What `--window-check` says; `library` is one that is missing, `reason` the last that was said."""
    told = dict(os.environ) | ({"QT_QPA_PLATFORM": platform} if platform else {})
    root = str(Path(workbench.__file__).parent.parent)
    told["PYTHONPATH"] = os.pathsep.join(filter(None, (root, told.get("PYTHONPATH", ""))))
    try:
        ended = subprocess.run(
            command(), env=told, capture_output=True, timeout=case.left, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return {"late": True}
    except OSError as error:
        return {"reason": error.strerror}
    return read(ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace"))


def command() -> list[str]:
    """How this program is started to try the window."""
    frozen = [sys.executable, "--window-check"]
    return frozen if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui", "--window-check"]


def read(said: str, complained: str) -> dict[str, Any]:
    """What a try of the window came to, from what it printed and what it complained of."""
    with_json = [line for line in said.splitlines() if line.startswith("{")]
    found: dict[str, Any] = json.loads(with_json[-1]) if with_json else {}
    if "qt" in found:
        return found
    text = f"{found.get('error', '')}\n{complained}"
    lacking = next((missing[1] for sign in _LACKING if (missing := sign.search(text))), "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    unseen = any(sign in text for sign in _UNSEEN)
    return {"unseen": unseen, "library": "" if unseen else lacking, "reason": lines[0][:300] if lines else ""}


def helpers(case: Case) -> Iterator[Line]:
    """LibreOffice, for old Word files and PDF; the dictionary, for spelling."""
    from workbench.word import converting

    yield (
        fine("libreoffice", "libreoffice-fine")
        if converting.find()
        else look("libreoffice", "libreoffice-none")
    )
    yield fine("dictionary", "dictionary-fine") if _spells() else broken("dictionary", "dictionary-broken")


def _spells() -> bool:
    from workbench.spelling import lexicon

    try:
        return bool(lexicon.hunspell().spell("council"))
    except Exception:
        # Each part of it fails in a way of its own: its package, its library, its word list.
        return False


def clock(case: Case) -> Iterator[Line]:
    """What the clock says, and where it is."""
    import resources
    from workbench import words

    local = case.now.astimezone()
    said = {"day": words.day(local.date()), "time": f"{local:%H:%M}", "zone": local.tzname() or "?"}
    built = resources.path("checks.toml").stat().st_mtime
    if local.year < 2025 or local.timestamp() < built - 86_400:
        yield broken("clock", "clock-wrong", **said)
    else:
        yield fine("clock", "clock-fine", **said)
    if not said["zone"].strip() or local.utcoffset() is None:
        yield look("clock", "clock-no-zone")

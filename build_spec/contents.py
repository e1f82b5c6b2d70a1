"""What the frozen program carries, and which parts of its libraries stay behind. Asked by `casebook.spec`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
ROOMS_WITH_MIGRATIONS = ("store", "catalogue")

Entry = TypeVar("Entry", bound=Sequence[str])

_PLATFORM_BOUND = r"PySide6/(Qt/)?plugins"
LEFT_BEHIND = re.compile(
    # Qt: what no view asks for. The file dialog is Qt's own or the desktop's portal, never GTK's.
    r"Qt6?(Qml|Quick|Pdf|VirtualKeyboard|Sql|Test|Designer|Help|Multimedia|3D|WebEngine|ShaderTools|OpenGLWidgets)"
    rf"|{_PLATFORM_BOUND}/(sqldrivers|qmltooling|designer|virtualkeyboard|multimedia|networkinformation|tls)/"
    rf"|{_PLATFORM_BOUND}/(generic|egldeviceintegrations)/"
    rf"|{_PLATFORM_BOUND}/platforms/(lib)?q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\b"
    rf"|{_PLATFORM_BOUND}/platformthemes/libqgtk3"
    rf"|{_PLATFORM_BOUND}/imageformats/(lib)?q(pdf|tga|wbmp|icns)\b"
    rf"|{_PLATFORM_BOUND}/wayland-graphics-integration-client/lib(drm-egl|vulkan|shm-emulation|dmabuf)-server"
    rf"|{_PLATFORM_BOUND}/wayland-shell-integration/lib(fullscreen|ivi|wl)-shell"
    r"|libQt6EglF[Ss]"
    r"|opengl32sw\.dll|d3dcompiler_"
    r"|PySide6/(Qt/)?(qml|resources|libexec|metatypes)/"
    # Qt's own sentences: those of the languages that the window speaks.
    r"|PySide6/(Qt/)?translations/(?!qtbase_(cy|en)\.)"
    # What GTK brought along.
    r"|^lib(gtk|gdk|atk|atspi|epoxy|cairo|pango|gdk_pixbuf|thai|datrie|fribidi|graphite2|harfbuzz|pixman)[-_.0-9a-z]*\.so"
    # Pictures that no Word file holds, and what Pillow would write on them with.
    r"|(^|/)PIL/_(avif|imagingft|imagingcms)\b|(^|/)lib(avif|freetype|harfbuzz|brotli(common|dec)|lcms2|png16)-"
    # Faster by nothing that could be measured on texts of our lengths.
    r"|rapidfuzz/.*_avx2"
    # python-docx's own blank is used, the parts it was zipped from are not.
    r"|docx/templates/default-docx-template/"
    r"|lxml/(objectify|includes|isoschematron|html/_difflib|html/diff)"
)
"""Matched against the place inside the bundle, written with forward slashes."""

UNUSED_MODULES = (
    "tkinter", "unittest", "doctest", "pydoc_data", "lib2to3", "pytest", "numpy", "IPython", "setuptools", "pip",
    "docutils", "PIL._avif", "PIL._imagingft", "PIL._imagingcms", "PIL.ImageQt", "PIL.ImageTk", "lxml.objectify",
    "lxml.isoschematron", "readline", "rlcompleter", "psycopg.crdb", "keyring.testing", "alembic.testing",
    "sqlalchemy.testing", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql",
    "pygments", "markdown_it", "mdurl",
)  # fmt: skip

HOOKS_LEFT_OUT = ("pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pkgutil")
"""What PyInstaller would run at every start for the sake of modules that we use otherwise or not at all."""

HOOKS_LEFT_OUT_ON_LINUX = ("pyi_rth_pyside6",)
"""It reads Qt even for a command; the wheel of PySide6 finds its Qt by itself."""


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """The collected files without those that stay behind."""
    return [entry for entry in entries if not LEFT_BEHIND.search(entry[0].replace("\\", "/"))]


def data() -> list[tuple[str, str]]:
    """Every file of ours that is no module of ours: where it stands, and the folder it goes to."""
    return [*resources(), *migrations(), *guide(), *papers()]


def resources() -> list[tuple[str, str]]:
    """What travels with the program from `resources`."""
    files = (path for path in (ROOT / "resources").rglob("*") if path.is_file())
    return [_placed(path) for path in sorted(files) if path.suffix not in {".py", ".pyc"}]


def migrations() -> list[tuple[str, str]]:
    """Alembic finds migrations as files, so they travel as files."""
    folders = (ROOT / "workbench" / room / "migrations" for room in ROOMS_WITH_MIGRATIONS)
    files = (path for folder in folders for path in folder.rglob("*"))
    return [_placed(path) for path in sorted(files) if path.suffix in {".py", ".sql", ".mako"}]


def guide() -> list[tuple[str, str]]:
    """The help with its pictures and the release notes, placed as the wheel places them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    return [
        entry for source, target in told["force-include"].items() for entry in _files(ROOT / source, target)
    ]


def _files(source: Path, target: str) -> list[tuple[str, str]]:
    if source.is_file():
        return [(str(source), str(Path(target).parent))]
    inside = (path for path in sorted(source.rglob("*")) if path.is_file())
    return [(str(path), (Path(target) / path.relative_to(source).parent).as_posix()) for path in inside]


def papers() -> list[tuple[str, str]]:
    """The licence."""
    return [(str(ROOT / "LICENSE"), "resources")]


def version() -> str:
    """The version of the program."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "workbench" / "__init__.py").read_text("utf-8"))
    if found is None:
        raise ValueError("workbench/__init__.py names no version")
    return found[1]


def _placed(path: Path) -> tuple[str, str]:
    return str(path), path.relative_to(ROOT).parent.as_posix()

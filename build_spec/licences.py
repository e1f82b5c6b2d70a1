"""The licences of everything inside the bundle, gathered from what was really collected; `casebook.spec` asks.

Each collected file is traced to where it came from: this project, Python, a package, or the operating system. What
a package says of itself is taken from its metadata, what Debian says from the package's copyright file, and the few
things that say nothing from `licence_texts/known.toml`. A file that cannot be traced, and a licence or its text that
is not known, end the build.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).resolve().parent / "licence_texts"
FOLDER = "resources/licences"
"""Where the list stands in the bundle; `licences.html` links to the texts beside it."""


class Unknown(Exception):
    """Something in the bundle has no known licence."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One thing that the bundle holds, its licence, and the files in which the licence is written."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def written(analysis: Any, folder: Path) -> list[tuple[str, str, str]]:
    """Writes the list and the texts for what PyInstaller collected, and returns them as data for the bundle."""
    tables = (analysis.binaries, analysis.datas, analysis.pure, analysis.scripts)
    sources = {Path(source) for table in tables for _, source, kind in table if source and source != "-"}
    files = write(parts(sources), folder)
    return [(f"{FOLDER}/{file.name}", str(file), "DATA") for file in files]


def parts(sources: Iterable[Path]) -> list[Part]:
    """What these files belong to; Python and PyInstaller's own starter are always in."""
    found = {python(), package(_owners_by_name()["pyinstaller"]), *ours()}
    for source in sources:
        found.update(parts_of(source))
    return sorted(found, key=lambda part: (part.name.lower(), part.version))


def parts_of(source: Path) -> Iterable[Part]:
    """What one collected file belongs to."""
    real = source.resolve()
    owner = _owners().get(source) or _owners().get(real)
    if owner is not None:
        return [package(owner), *_libraries(source, owner), *inside(owner)]
    if any(real.is_relative_to(place) for place in (ROOT, *_python_places())):
        return []
    return [of_the_system(real)]


def ours() -> list[Part]:
    """This program, what it holds that is not code, and what is compiled into Qt."""
    told: list[tuple[str, str, Sequence[str]]] = [("Casebook", "MIT", ("LICENSE",))]
    told += [(f"{name}, inside Qt", licence, ()) for name, licence in _known()["compiled_into_qt"].items()]
    told += [(each["name"], each["licence"], each["texts"]) for each in _known()["ours"]]
    return [Part(name, "", licence, tuple(map(_text, texts))) for name, licence, texts in told]


def python() -> Part:
    """Python itself."""
    places = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    debian = Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright")
    text = next((place for place in (*places, debian) if place.exists()), None)
    if text is None:
        raise Unknown("Python's own licence is not beside it")
    return Part("Python", sys.version.split()[0], "PSF-2.0", (text,))


@cache
def package(owner: Distribution) -> Part:
    """A package as its metadata tells it."""
    name = owner.metadata["Name"]
    known = _known()["packages"].get(name, {})
    licence = known.get("licence") or _declared(owner.metadata)
    beside = [Path(str(file.locate())) for file in owner.files or () if _is_licence(str(file))]
    texts = tuple(map(_text, known["texts"])) if known else tuple(sorted(beside))
    if not licence or not texts:
        raise Unknown(f"{name}: licence {licence or 'unknown'}, {len(texts)} texts")
    return Part(name, owner.version, licence, texts)


@cache
def inside(owner: Distribution) -> tuple[Part, ...]:
    """What a package says was compiled into it: the Rust crates in its bill of materials."""
    files = [file for file in owner.files or () if str(file).endswith(".cyclonedx.json")]
    told = [json.loads(Path(str(file.locate())).read_text("utf-8")) for file in files]
    return tuple(_crate(crate, owner) for each in told for crate in each.get("components", ()))


def _crate(crate: Mapping[str, Any], owner: Distribution) -> Part:
    told = crate.get("licenses") or ()
    licence = " AND ".join(each.get("expression") or each["license"].get("id", "") for each in told)
    if not licence:
        raise Unknown(f"{crate['name']}, inside {owner.metadata['Name']}")
    return Part(f"{crate['name']}, inside {owner.metadata['Name']}", crate.get("version", ""), licence, ())


def of_the_system(library: Path) -> Part:
    """A library of the operating system, as Debian tells it."""
    name = _debian_package(library)
    text = Path("/usr/share/doc") / name / "copyright"
    if not text.exists():
        raise Unknown(f"{library}: no copyright file of {name}")
    version = _asked("dpkg-query", "--show", "--showformat=${Version}", name)
    return Part(name, version, licences_in(text.read_text("utf-8", "replace")), (text,))


def licences_in(text: str) -> str:
    """The short names that a Debian copyright file gives, each once; where it gives none, that it is told there."""
    names = re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)
    return ", ".join(dict.fromkeys(name.strip() for name in names)) or "as told in the text"


def write(found: Sequence[Part], folder: Path) -> list[Path]:
    """Writes `licences.html` and the texts it links to; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    rows = [_row(part, [_copied(part, text, folder) for text in part.texts]) for part in found]
    page = folder / "licences.html"
    page.write_text(_PAGE.format(rows="\n".join(rows)), "utf-8")
    return sorted(folder.iterdir())


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Licences</title></head><body>
<h1>Licences of what Casebook is made of</h1>
<p>Casebook is open source under the MIT licence. It holds the works below. Qt and the other libraries under the
LGPL stand in the program's folder as files of their own, so that they can be replaced by other builds of them.</p>
<table cellpadding="4">
<tr align="left"><th>What</th><th>Version</th><th>Licence</th><th>Text</th></tr>
{rows}
</table></body></html>
"""


def _row(part: Part, texts: Sequence[Path]) -> str:
    links = ", ".join(f'<a href="{html.escape(text.name)}">{html.escape(text.stem)}</a>' for text in texts)
    cells = (*(html.escape(each) for each in (part.name, part.version, part.licence)), links)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _copied(part: Part, text: Path, folder: Path) -> Path:
    """The text under a name that says whose it is, always `.txt` so that everything opens it."""
    owner = "" if text.is_relative_to(TEXTS) else f"{part.name}-"
    kind = text.stem if text.suffix in {".txt", ".md", ".rst"} else text.name
    target = folder / (re.sub(r"[^A-Za-z0-9.]+", "-", f"{owner}{kind}").strip("-.") + ".txt")
    target.write_bytes(text.read_bytes())
    return target


def _libraries(source: Path, owner: Distribution) -> list[Part]:
    """The work of others that a wheel brought along, if the file is such."""
    place = source.as_posix().partition("site-packages/")[2]
    brought = _QT if owner.metadata["Name"] == "PySide6_Essentials" else _OTHERS
    return [_library(source, place)] if brought.search(place) else []


_QT = re.compile(r"^PySide6/(Qt/|plugins/|translations/|.*Qt6|icu)")
_OTHERS = re.compile(r"\.libs/|/libhunspell")


def _library(source: Path, place: str) -> Part:
    for known in _known()["libraries"]:
        begins = any(source.name.startswith(each) or f"/{each}/" in f"/{place}" for each in known["begins"])
        if begins and place.startswith(known["within"]):
            return Part(known["name"], "", known["licence"], tuple(map(_text, known["texts"])))
    raise Unknown(f"{place}: no entry in known.toml")


def _declared(metadata: Any) -> str:
    """The licence as the package declares it: an expression, else the classifiers, else a short sentence."""
    if expression := metadata.get("License-Expression"):
        return expression
    classified = [
        each.split(" :: ")[-1] for each in metadata.get_all("Classifier", []) if "License ::" in each
    ]
    said = (metadata.get("License") or "").splitlines()
    return said[0] if said and len(said[0]) < 80 else ", ".join(classified)


def _is_licence(file: str) -> bool:
    return (
        ".dist-info/" in file and re.search(r"licen[cs]e|copying|notice", Path(file).name, re.I) is not None
    )


@cache
def _owners() -> Mapping[Path, Distribution]:
    """Each file of each installed package, and the package."""
    return {
        Path(str(file.locate())).absolute(): owner for owner in distributions() for file in owner.files or ()
    }


@cache
def _owners_by_name() -> Mapping[str, Distribution]:
    return {owner.metadata["Name"].lower(): owner for owner in distributions()}


@cache
def _python_places() -> tuple[Path, ...]:
    """Where Python's own files stand; all of its folder, unless it shares that with the system."""
    prefix = Path(sys.base_prefix).resolve()
    shared = Path(sysconfig.get_config_var("LIBDIR") or prefix) / str(sysconfig.get_config_var("INSTSONAME"))
    own = (Path(sysconfig.get_path("stdlib")).resolve(), shared.resolve())
    return own if prefix in (Path("/usr"), Path("/usr/local")) else (*own, prefix)


@cache
def _known() -> Mapping[str, Any]:
    return tomllib.loads((TEXTS / "known.toml").read_text("utf-8"))


def _text(name: str) -> Path:
    return next(place / name for place in (TEXTS, ROOT) if (place / name).exists())


@cache
def _debian_package(library: Path) -> str:
    # Where /lib is a link to /usr/lib, dpkg may know the file by either name.
    for place in (library, Path(str(library).removeprefix("/usr"))):
        told = _asked("dpkg-query", "--search", str(place))
        if told:
            return told.split(":")[0]
    raise Unknown(f"{library}: belongs to no package")


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

"""Packs the frozen folder for Linux: a .deb, and a .tar.gz for systems without dpkg.

    python build_spec/linux/make_packages.py BUNDLE ICONS OUT

BUNDLE is the folder that PyInstaller made, ICONS what `make_icon.py` drew. Needs dpkg-deb; what the libraries ask of
the operating system is found with ldd and dpkg, and becomes the package's dependencies.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tarfile
from email.utils import formatdate
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import contents  # noqa: E402
from slimming import size  # noqa: E402

MAINTAINER = "The Casebook authors <casebook@localhost>"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SCRIPT = """#!/bin/sh
set -e
for tell in "update-desktop-database -q /usr/share/applications" "gtk-update-icon-cache -qtf /usr/share/icons/hicolor"
do
  command -v "${tell%% *}" >/dev/null 2>&1 && $tell || true
done
"""
CONTROL = """Package: casebook
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-inter, fonts-noto-core, xdg-desktop-portal
Suggests: gnome-keyring
Section: editors
Priority: optional
Description: editorial workbench for case studies
 Councils fill in a Word template about something they did well. Casebook reads
 the files, lays each answer beside its source, checks it, proposes themes and
 publishes what is approved to a shared catalogue. It works with no network.
"""


def main(bundle: Path, icons: Path, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    root = out / "root"
    furnish(root, bundle, icons)
    architecture = told("dpkg", "--print-architecture")
    name = f"casebook_{contents.version()}_{architecture}"
    control(root, bundle, architecture)
    deb = out / f"{name}.deb"
    told("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(root), str(deb))
    tar = packed(bundle, out / f"{name}.tar.gz")
    for file in (deb, tar):
        print(f"{file}: {file.stat().st_size / 1e6:.0f} MB")


def furnish(root: Path, bundle: Path, icons: Path) -> None:
    """Lays everything where the system looks for it."""
    share = root / "usr" / "share"
    shutil.copytree(bundle, root / "usr" / "lib" / "casebook", symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "casebook").symlink_to("../lib/casebook/casebook")
    for entry in ("casebook.desktop", "zz-casebook-word-file.desktop"):
        lay(HERE / entry, share / "applications" / entry)
    for pixels in SIZES:
        place = share / "icons" / "hicolor" / f"{pixels}x{pixels}" / "apps"
        lay(icons / f"casebook-{pixels}.png", place / "casebook.png")
    lay(icons / "casebook.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "casebook.svg")
    metainfo = share / "metainfo" / "local.casebook.casebook.metainfo.xml"
    lay(HERE / "casebook.metainfo.xml", metainfo)
    metainfo.write_text(filled(metainfo.read_text("utf-8")), "utf-8")
    papers(share)


def papers(share: Path) -> None:
    """Copyright, release notes and the page for `man`."""
    documents = share / "doc" / "casebook"
    documents.mkdir(parents=True)
    licence = (contents.ROOT / "LICENSE").read_text("utf-8")
    others = (
        "What Casebook is made of, and its licences: /usr/lib/casebook/lib/resources/licences/licences.html"
    )
    (documents / "copyright").write_text(f"{licence}\n{others}\n", "utf-8")
    squeezed(documents / "changelog.gz", (contents.ROOT / "CHANGELOG.md").read_text("utf-8"))
    squeezed(share / "man" / "man1" / "casebook.1.gz", filled((HERE / "casebook.1").read_text("utf-8")))


def control(root: Path, bundle: Path, architecture: str) -> None:
    """What dpkg asks of a package, and the script that tells the desktop of it."""
    folder = root / "DEBIAN"
    folder.mkdir()
    kilobytes = size(root) // 1024
    said = CONTROL.format(
        version=contents.version(),
        architecture=architecture,
        maintainer=MAINTAINER,
        kilobytes=kilobytes,
        depends=", ".join(needed(bundle)),
    )
    (folder / "control").write_text(said, "utf-8")
    for name in ("postinst", "postrm"):
        (folder / name).write_text(SCRIPT, "utf-8")
        (folder / name).chmod(0o755)


def needed(bundle: Path) -> list[str]:
    """The Debian packages of the libraries that the bundle asks of the system."""
    files = [path for path in bundle.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    search = {"LD_LIBRARY_PATH": f"{bundle / 'lib'}:{bundle / 'lib' / 'PySide6' / 'Qt' / 'lib'}"}
    found = told("ldd", *map(str, files), environment=search)
    asked = {Path(path) for path in re.findall(r"=> (/\S+) \(", found)}
    outside = {path for path in asked if not path.is_relative_to(bundle.resolve())}
    return sorted({dependency(path) for path in outside})


def dependency(library: Path) -> str:
    """The package of a library; of the C library the version here, since symbols of that one may be used."""
    names = (str(library), str(library.resolve()), str(library).removeprefix("/usr"), f"/usr{library}")
    owners = (told("dpkg-query", "--search", name, strict=False) for name in names)
    package = next(owner.split(":")[0] for owner in owners if owner)
    if package != "libc6":
        return package.removesuffix("t64") + (f" | {package}" if package.endswith("t64") else "")
    version = told("dpkg-query", "--show", "--showformat=${Version}", package)
    return f"libc6 (>= {version.split('-')[0]})"


def packed(bundle: Path, archive: Path) -> Path:
    """The folder as one archive; everything in it belongs to root."""
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        tar.add(bundle, "casebook", filter=of_root)
    return archive


def of_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """The entry without the name of who built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def filled(text: str) -> str:
    """A text with the version and the day of this build in place of their marks."""
    day = os.environ.get("SOURCE_DATE_EPOCH")
    date = told("date", "--utc", "+%F", *(["--date", f"@{day}"] if day else ["--date", formatdate()]))
    return text.replace("@VERSION@", contents.version()).replace("@DATE@", date)


def lay(source: Path, target: Path) -> None:
    """Copies one file, readable by everyone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def squeezed(target: Path, text: str) -> None:
    """Writes a text as dpkg likes it: best compression, no time in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def told(*command: str, environment: dict[str, str] | None = None, strict: bool = True) -> str:
    """What a program printed. It must succeed unless not `strict`."""
    variables = {**os.environ, **(environment or {})}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    if strict and run.returncode:
        raise SystemExit(f"{command[0]} failed: {run.stderr}")
    return run.stdout.strip()


if __name__ == "__main__":
    main(*(Path(each).resolve() for each in sys.argv[1:]))

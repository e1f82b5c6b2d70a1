"""What the bundle is made from: all the program needs is in it, and the system is told the right things of it."""

from __future__ import annotations

import ast
import plistlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from build_spec import contents, licences
from workbench import __version__

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "build_spec"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def entry(name: str) -> dict[str, str]:
    lines = (SPEC / "linux" / name).read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_every_resource_and_every_migration_is_carried():
    carried = {Path(source).relative_to(ROOT).as_posix() for source, _ in contents.data()}
    tracked = subprocess.run(
        ["git", "ls-files", "resources", "workbench"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    wanted = [name for name in tracked if name.startswith("resources/") and not name.endswith(".py")]
    wanted += [name for name in tracked if "/migrations/" in name and (ROOT / name).exists()]
    wanted = [name for name in wanted if (ROOT / name).exists()]
    assert len(wanted) > 100
    assert set(wanted) - carried == set()


def test_what_is_carried_stands_where_the_program_looks():
    places = {Path(source).relative_to(ROOT).as_posix(): target for source, target in contents.data()}
    assert places["resources/words/en/errors.toml"] == "resources/words/en"
    assert places["docs/editors/README.md"] == "resources/help"
    assert places["CHANGELOG.md"] == "resources"
    assert contents.kept([(f"{target}/{Path(source).name}", "") for source, target in places.items()]) == [
        (f"{target}/{Path(source).name}", "") for source, target in places.items()
    ]


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/translations/qtbase_en.qm",
        "pillow.libs/libjpeg-6dc8d115.so.62.4.0",
        "pillow.libs/libxcb-9065bb12.so.1.1.0",
        "docx/templates/default.docx",
    ],
)
def test_what_the_program_needs_is_not_left_behind(file):
    assert contents.kept([(file, "")])


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6\\Qt6Qml.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "libgtk-3.so.0",
        "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "PIL/_imagingft.cpython-311-x86_64-linux-gnu.so",
        "pillow.libs/libharfbuzz-fb49c9fc.so.0",
        "libharfbuzz.so.0",
    ],
)
def test_what_no_view_asks_for_is_left_behind(file):
    assert contents.kept([(file, "")]) == []


def test_every_module_left_out_is_one_that_we_never_import():
    files = [*(ROOT / "workbench").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in files)
    asked = {
        name
        for pair in re.findall(r"^ *(?:from ([\w.]+) )?import ([\w.]+)", text, re.MULTILINE)
        for name in pair
    }
    assert {"PySide6.QtWidgets", "rapidfuzz"} <= asked
    assert asked & set(contents.UNUSED_MODULES) == set()


def test_the_version_is_the_programs():
    assert contents.version() == __version__
    assert "@VERSION@" in (SPEC / "linux" / "casebook.metainfo.xml").read_text("utf-8")
    assert "@VERSION@" in (SPEC / "linux" / "casebook.1").read_text("utf-8")
    assert "AppVersion={#Version}" in (SPEC / "windows" / "casebook.iss").read_text("utf-8")


def test_the_menu_opens_files_and_word_files_keep_their_program():
    menu, offered = entry("casebook.desktop"), entry("zz-casebook-word-file.desktop")
    assert menu["Exec"] == offered["Exec"] == "casebook %F"
    assert "MimeType" not in menu
    assert offered["MimeType"] == f"{WORD};"
    assert offered["NoDisplay"] == "true"
    assert menu["StartupWMClass"] == menu["Icon"] == "casebook"


def test_software_centres_are_told_of_the_menu_entry_and_of_word_files():
    told = ElementTree.parse(SPEC / "linux" / "casebook.metainfo.xml").getroot()
    assert told.findtext("launchable") == "casebook.desktop"
    assert told.findtext("provides/mediatype") == WORD
    assert [release.get("version") for release in told.iter("release")] == ["@VERSION@"]


def test_windows_is_told_four_numbers():
    from build_spec.windows.make_version import filled

    text = (SPEC / "windows" / "version.txt").read_text("utf-8")
    made = filled(text, "1.2.3")
    ast.parse(made)
    assert "filevers=(1, 2, 3, 0)" in made
    assert "@" not in made


def test_macos_offers_casebook_for_word_files_and_no_more():
    told = plistlib.loads((SPEC / "macos" / "Info.plist").read_bytes())
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == "@VERSION@"
    kind = told["CFBundleDocumentTypes"][0]
    assert kind["LSItemContentTypes"] == ["org.openxmlformats.wordprocessingml.document"]
    assert kind["LSHandlerRank"] == "Alternate"
    plistlib.loads((SPEC / "macos" / "entitlements.plist").read_bytes())


@pytest.mark.parametrize("script", ["linux/system.sh", "linux/try_packages.sh", "macos/build.sh"])
def test_scripts_can_be_read(script):
    subprocess.run(["bash", "-n", str(SPEC / script)], check=True)


def test_no_file_names_where_packages_are_downloaded():
    files = [ROOT / "Makefile", *(ROOT / "requirements").iterdir()]
    kinds = {".sh", ".ps1", ".iss", ".spec", ".toml", ".py"}
    files += [path for path in SPEC.rglob("*") if "samples" not in path.parts and path.suffix in kinds]
    for file in files:
        assert re.findall(r"(?:https?|ftp)://", file.read_text("utf-8")) == [], file


def test_the_lock_of_the_bundle_has_what_the_program_runs_on_in_the_same_versions():
    def pinned(name: str) -> set[str]:
        return set(
            re.findall(r"^[\w.-]+==[^ ;\\]+", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
        )

    assert pinned("run.lock") - pinned("bundle.lock") == set()
    assert any(each.startswith("pyinstaller==") for each in pinned("bundle.lock"))


# Licences


def test_packages_are_named_with_licence_and_text():
    import click
    import lxml

    parts = {part.name: part for part in licences.parts_of(Path(click.__file__))}
    assert parts["click"].licence == "BSD-3-Clause"
    assert "Redistribution" in parts["click"].texts[0].read_text("utf-8")
    assert [part.name for part in licences.parts_of(Path(lxml.__file__))] == ["lxml"]


def test_what_stands_in_a_wheel_of_others_is_named_too():
    import PySide6

    folder = Path(PySide6.__file__).parent / "Qt" / "lib"
    icu = next(folder.glob("libicudata*"), None)
    if icu is None:
        pytest.skip("this Qt is built without ICU")
    assert {part.name for part in licences.parts_of(icu)} == {"PySide6_Essentials", "ICU"}


def test_a_file_of_unknown_origin_ends_the_build(tmp_path):
    stray = tmp_path / "libstray.so.1"
    stray.write_bytes(b"")
    with pytest.raises(licences.Unknown, match=r"libstray\.so\.1"):
        list(licences.parts_of(stray))


def test_a_library_that_nobody_named_ends_the_build():
    with pytest.raises(licences.Unknown, match="libnew"):
        licences._library(Path("libnew-1.so"), "psycopg_binary.libs/libnew-1.so")


def test_our_own_files_are_no_part_of_others():
    assert list(licences.parts_of(ROOT / "workbench" / "__init__.py")) == []
    assert "The British dictionary" in {part.name for part in licences.ours()}


def test_debian_says_each_licence_once():
    text = "License: MIT\n words\n\nFiles: a\nLicense: MIT\n\nLicense: GPL-2+\n"
    assert licences.licences_in(text) == "MIT, GPL-2+"
    assert licences.licences_in("Free for all.") == "as told in the text"


def test_the_list_links_to_every_text(tmp_path):
    files = licences.write([*licences.ours(), licences.python()], tmp_path)
    page = (tmp_path / "licences.html").read_text("utf-8")
    links = set(re.findall(r'href="([^"]+)"', page))
    assert links == {file.name for file in files} - {"licences.html"}
    assert "Python" in page


# The wheel


def test_a_wheel_holds_what_the_program_needs(tmp_path):
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as wheel:
        names = set(wheel.namelist())
    carried = {f"{target}/{Path(source).name}" for source, target in contents.data()} - {"resources/LICENSE"}
    assert carried - names == set()
    assert {"ui/__main__.py", "workbench/cli/__init__.py"} <= names
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["casebook"]

"""`extract` beside what others make of the same Word files, taking turns in one run.

The floor is what nobody can avoid: open the zip, inflate word/document.xml, parse it with lxml. `extract` guards,
reads, places, counts every word a second time and hashes the pictures; it is measured as the command runs it, over
files on the disk, many in one process. The others only turn the file into text, HTML or Markdown.

    python benchmarks/extract.py [DOCUMENTS]        (the others come with: make bench)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from lxml import etree
from measure import interleaved, peak, report, spin
from wordlike import document

from workbench.desk import files

OURS = "casebook extract"
FLOOR = "floor: open, inflate, parse"
NAMES = {
    "naive": "python-docx, paragraphs alone",
    "styled": "python-docx, paragraphs, tables, style names",
    "mammoth": "mammoth, to HTML",
    "docx2python": "docx2python",
    "pandoc": "pandoc, a command for each file",
}


def floor(path: Path) -> object:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def naive(path: Path) -> object:
    import docx

    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def styled(path: Path) -> object:
    import docx

    document = docx.Document(str(path))
    text = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style]
    return text, [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def mammoth(path: Path) -> object:
    import mammoth

    with path.open("rb") as file:
        return mammoth.convert_to_html(file).value


def docx2python(path: Path) -> object:
    from docx2python import docx2python

    with docx2python(path) as read:
        return read.text


def pandoc(path: Path) -> object:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--from=docx", "--to=html", str(path)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def over(paths: Sequence[Path], work: Callable[[Path], object]) -> Callable[[], object]:
    """`work` on each file."""

    def all_of_them() -> None:
        for path in paths:
            work(path)

    return all_of_them


def contenders(paths: Sequence[Path]) -> dict[str, Callable[[], object]]:
    """Everyone who is installed."""
    others = {"naive": naive, "styled": styled}
    if find_spec("mammoth"):
        others["mammoth"] = mammoth
    if find_spec("docx2python"):
        others["docx2python"] = docx2python
    if find_spec("pypandoc"):
        others["pandoc"] = pandoc
    named = {NAMES[name]: over(paths, work) for name, work in others.items()}
    return {FLOOR: over(paths, floor), OURS: over(paths, files.extract), **named, "spin": spin}


def main(count: int = 30, rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{seed}.docx") for seed in range(count)]
        for seed, path in enumerate(paths):
            path.write_bytes(document(seed))
        refused = [line["error"] for line in map(files.extract, paths) if line["error"]]
        assert not refused, refused
        held = peak()
        medians = interleaved(contenders(paths), rounds)
        control = medians.pop("spin")
        report(f"for one of {count} Word files, a third with a picture of 150 KB", medians, FLOOR, count)
        for name, seconds in medians.items():
            if name in NAMES.values():
                print(f"  extract is {seconds / medians[OURS]:6.1f} times as fast as {name}")
        print(f"  a fixed amount of arithmetic took {control * 1000:.0f} ms beside it")
        print(f"  extract in one process held at most {held:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

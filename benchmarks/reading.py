"""Reading Word files: Casebook beside the floor and beside python-docx, taking turns in one run.

The floor is what nobody can avoid: open the zip, inflate word/document.xml, parse it with lxml. python-docx is
read as most programs read it: the text of every paragraph of the body, controls and all else passed over.

    python benchmarks/reading.py [DOCUMENTS]
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

from lxml import etree
from measure import interleaved, report
from wordlike import document

from workbench.word import raw_words, read, read_twice


def floor(data: bytes) -> object:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def python_docx(data: bytes) -> object:
    import docx

    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


def of_one_form(documents: Sequence[bytes]) -> list[bytes]:
    """The same documents, all with the styles of the first, as files have that were made of one form."""
    with zipfile.ZipFile(BytesIO(documents[0])) as archive:
        styles = archive.read("word/styles.xml")
    return [_with_styles(data, styles) for data in documents]


def _with_styles(data: bytes, styles: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, styles if name == "word/styles.xml" else old.read(name))
    return out.getvalue()


def over(documents: Sequence[bytes], work: Callable[[bytes], object]) -> Callable[[], object]:
    """`work` on each document."""

    def all_of_them() -> None:
        for data in documents:
            work(data)

    return all_of_them


def main(count: int = 40) -> None:
    plain = [document(seed, picture=False) for seed in range(count)]
    mixed = [document(seed) for seed in range(count)]
    name, body, sheet = (
        "Word-like documents",
        *(
            zipfile.ZipFile(BytesIO(plain[0])).getinfo(f"word/{part}.xml").file_size
            for part in ("document", "styles")
        ),
    )
    print(f"{count} {name}: document.xml {body // 1000} KB, styles.xml {sheet // 1000} KB")
    contenders = {
        "floor: open, inflate, parse": over(plain, floor),
        "Casebook, pictures not touched": over(plain, lambda data: read(data, "x", pictures=False)),
        "Casebook, a third with pictures, hashed": over(mixed, lambda data: read(data, "x")),
        "Casebook, files of one form": over(of_one_form(plain), lambda data: read(data, "x", pictures=False)),
        "the second count of words alone": over(plain, raw_words),
        "Casebook, both readings, pictures hashed": over(mixed, lambda data: read_twice(data, "x")),
        "python-docx, paragraphs alone": over(plain, python_docx),
    }
    report(f"for {count} documents", interleaved(contenders), "floor: open, inflate, parse")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

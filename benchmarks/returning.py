"""Return copies of many documents: how long one takes, whether it is whole, and what LibreOffice keeps of it.

Each document gets a covering comment and comments on places all over it: words, whole paragraphs, a character, places
that overlap. The floor beside our time is what nobody can avoid: inflate the document, parse it, pack it again. With
LibreOffice installed it opens every copy and writes it anew; then every comment has to be there, about the same
words, and every word of the document. What LibreOffice loses of the words is held against what it loses of the same
document without comments.

    python benchmarks/returning.py [DOCUMENTS] [FOLDER WITH MORE .docx FILES]
"""

from __future__ import annotations

import io
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import returned
from layouts import cases
from lxml import etree
from measure import spin
from wordlike import document

from workbench.errors import Refused
from workbench.word import read
from workbench.word.converting import find
from workbench.word.document import Paragraph, paragraphs
from workbench.word.returning import Comment, Copy, Place, Signature, make, properties

BY = Signature("Ada Editor", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
SAMPLES = Path(__file__).parent.parent / "resources" / "samples"
EACH = 15


def documents(wanted: int, folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Samples, every layout, files as Word writes them, and those of a folder."""
    for path in [*sorted(SAMPLES.glob("*.docx")), *(sorted(folder.rglob("*.docx")) if folder else ())]:
        yield path.stem, path.read_bytes()
    yield from ((case.layout, case.data) for case in cases([7]))
    yield from ((f"wordlike-{seed}", document(seed)) for seed in range(max(wanted, 20)))


def comments(name: str, data: bytes) -> list[Comment]:
    """Comments on places of a document, the same for the same name."""
    chance = random.Random(name)
    said = [each for each in paragraphs(read(data, name).blocks) if each.text.strip()]
    cover = Comment("Thank you for this study.\nPlease answer what is asked below.")
    asked = (f"Question {number}: “quoted”, <b>, & and 😀" for number in range(EACH if said else 0))
    return [cover, *(Comment(text, _places(chance, said)) for text in asked)]


def _places(chance: random.Random, said: Sequence[Paragraph]) -> tuple[Place, ...]:
    at = chance.randrange(len(said))
    text = said[at].text
    if chance.random() < 0.2:
        return tuple(Place(each.ref) for each in said[at : at + 3])
    start = chance.randrange(len(text))
    return (Place(said[at].ref, start, chance.randint(start, len(text))),)


def floor(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    held["word/document.xml"] = etree.tostring(etree.fromstring(held["word/document.xml"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def timed(work: object, *arguments: object) -> tuple[object, float]:
    begun = time.perf_counter()
    made = work(*arguments)  # type: ignore[operator]
    return made, time.perf_counter() - begun


def copies(found: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes, Copy, int]]:
    """A return copy of each document, its faults told and its time taken."""
    ours: list[float] = []
    alone: list[float] = []
    floors: list[float] = []
    broken = 0
    for name, data in found:
        asked = comments(name, data)
        begun = time.process_time()
        try:
            copy, seconds = timed(
                make, data, asked, BY, properties("00000000-0000-4000-8000-000000000000", 1)
            )
        except Refused as refusal:
            print(f"  {name}: refused, {refusal.code}")
            continue
        assert isinstance(copy, Copy)
        ours.append(seconds)
        alone.append(time.process_time() - begun)
        floors.append(timed(floor, data)[1])
        faults = [*returned.faults(data, copy.data, len(asked)), *_misread(name, data, copy.data)]
        broken += bool(faults)
        for fault in faults[:3]:
            print(f"  {name}: {fault}")
        yield name, data, copy, len(asked)
    told = {"return copy": ours, "its computing alone": alone, "floor: inflate, parse, pack": floors}
    for title, times in told.items():
        worst = max(times) * 1000
        print(
            f"  {title:<32} {statistics.median(times) * 1000:8.2f} ms in the median, {worst:8.2f} ms at most"
        )
    print(f"  {len(ours)} documents, {broken} with faults")


def _misread(name: str, before: bytes, after: bytes) -> Iterator[str]:
    """Whether our own reader finds other words."""
    old, new = read(before, name), read(after, name)
    if [each.text for each in paragraphs(old.blocks)] != [each.text for each in paragraphs(new.blocks)]:
        yield "the reader reads other paragraphs"
    said = Counter(word for note in new.notes if note.kind == "comment" for word in note.text.split())
    if not said:
        yield "the reader finds no comment"


def rewritten(folder: Path, made: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """What LibreOffice makes of these files when it opens and saves them."""
    source, out = folder / "in", folder / "out"
    for each in (source, out):
        each.mkdir(parents=True, exist_ok=True)
    for name, data in made:
        (source / f"{name}.docx").write_bytes(data)
    command = [str(find()), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, *map(str, sorted(source.glob("*.docx")))], check=True, capture_output=True)
    return {path.stem: path.read_bytes() for path in out.glob("*.docx")}


def lost(before: bytes, copy: bytes, back: bytes, plain: bytes) -> Iterator[str]:
    """What LibreOffice did not keep of a copy: comments, words; and how many comments are about other words now."""
    ours, theirs = returned.anchored(copy), returned.anchored(back)
    if missing := _said(ours) - _said(theirs):
        yield f"{missing.total()} comments"
    there = _body_words(back)
    if there != _body_words(plain) and there != _body_words(before):
        gone, new = _body_words(plain) - there, there - _body_words(plain)
        yield f"words: {dict(gone)}, and made {dict(new)}"


def moved(copy: bytes, back: bytes) -> int:
    """How many comments LibreOffice put on other words."""
    return (returned.anchored(copy) - returned.anchored(back)).total()


def _said(found: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    told: Counter[tuple[str, str]] = Counter()
    for (author, text, _), times in found.items():
        told[author, text] += times
    return told


def _body_words(data: bytes) -> Counter[str]:
    return Counter(
        "".join(each.text.split()) for each in paragraphs(read(data, "x").blocks) if each.text.strip()
    )


def main(wanted: int = 100, folder: str = "") -> None:
    found = list(documents(wanted, Path(folder) if folder else None))[: max(wanted, 1)]
    _, control = timed(spin)
    print(f"return copies, each with {EACH + 1} comments (control {control * 1000:.0f} ms)")
    made = list(copies(found))
    if find() is None:
        print("  LibreOffice is not installed: nothing was opened with it")
        return
    with tempfile.TemporaryDirectory() as work:
        back = rewritten(Path(work) / "copies", [(name, copy.data) for name, _, copy, _ in made])
        plain = rewritten(Path(work) / "plain", [(name, data) for name, data, _, _ in made])
    whole = elsewhere = total = 0
    for name, data, copy, asked in made:
        gone = ["the document"] if name not in back else list(lost(data, copy.data, back[name], plain[name]))
        whole += not gone
        total += asked
        elsewhere += moved(copy.data, back.get(name, copy.data))
        for each in gone:
            print(f"  {name}: LibreOffice lost {each}"[:300])
    print(f"  {whole} of {len(made)} opened by LibreOffice with every comment and every word")
    print(f"  {total - elsewhere} of {total} comments still about the very same words")


if __name__ == "__main__":
    main(*(int(each) if each.isdigit() else each for each in sys.argv[1:]))  # type: ignore[arg-type]

"""How long the website of 2,600 studies takes, whole and after a change, and how fast it is in a reader's browser.

Beside it stands the floor: writing as many files of the same sizes, nothing else. A keystroke is measured in Chromium
from the key to the results standing in the page; 10,000 studies in one topic are exported too.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from measure import interleaved, report, spin

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.website.invented import library, picture, term  # noqa: E402
from workbench.exporters import website  # noqa: E402
from workbench.publication import PublishedImage, Study  # noqa: E402

SIZE = 2600
LARGE = 10_000
WITH_PICTURE = 3
"""Every third study has a picture, 900 pixels wide, of its own."""

TYPED = ("library of things", "repair cafe leeds", "warm space in every ward", "zeppelin", "e")

KEYSTROKE = """async text => {
  const box = document.getElementById("q");
  const status = document.getElementById("status");
  const taken = [];
  const { port1, port2 } = new MessageChannel();
  const settled = () => new Promise((done) => { port1.onmessage = done; port2.postMessage(0); });
  for (let end = 1; end <= text.length; end += 1) {
    const begun = performance.now();
    box.value = text.slice(0, end);
    status.textContent = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
    if (!status.textContent) throw new Error("the results do not stand in the page");
    document.body.getBoundingClientRect();
    taken.push(performance.now() - begun);
  }
  return taken;
}"""
"""Each key of a text, until what was found is laid out; the index is there already, so that nothing is waited for."""


def catalogue() -> tuple[list[Study], dict[str, bytes]]:
    """The studies, and their pictures by SHA-256."""
    studies = list(library(SIZE))
    assets: dict[str, bytes] = {}
    for at in range(0, SIZE, WITH_PICTURE):
        image, data = picture(colour=f"#{at * 6001 % 0xFFFFFF:06x}")
        assets[image.sha256] = data
        studies[at] = illustrated(studies[at], image)
    return studies, assets


def illustrated(study: Study, image: PublishedImage) -> Study:
    return replace(study, publication=replace(study.publication, images=(image,)))


def retitled(studies: list[Study], title: str) -> list[Study]:
    """The same with one study, in the middle, under another title."""
    one = studies[SIZE // 2]
    changed = replace(one, publication=replace(one.publication, title=title), version=one.version + 1)
    return [*studies[: SIZE // 2], changed, *studies[SIZE // 2 + 1 :]]


def and_one_more(studies: list[Study], name: str) -> list[Study]:
    """The same with a new study, which moves every other one down its lists."""
    first = studies[0]
    new = replace(first.publication, study=name, slug=name, title=name)
    return [
        *studies,
        replace(first, publication=new, first_published_at=first.first_published_at.replace(year=2027)),
    ]


def exporting(
    root: Path, studies: list[Study], assets: dict[str, bytes], sizes: list[int]
) -> dict[str, float]:
    """The median seconds of each kind of export."""
    turn = iter(range(1, 1000))

    def whole() -> None:
        shutil.rmtree(root / "whole", ignore_errors=True)
        website.write(studies, assets.__getitem__, root / "whole")

    def one_changed() -> None:
        told = retitled(studies, f"Changed {next(turn)} times")
        assert website.write(told, assets.__getitem__, root / "site").written

    def one_more() -> None:
        told = and_one_more(studies, f"new-{next(turn)}")
        assert website.write(told, assets.__getitem__, root / "site").written

    def floor() -> None:
        shutil.rmtree(root / "floor", ignore_errors=True)
        (root / "floor").mkdir()
        for number, size in enumerate(sizes):
            (root / "floor" / str(number)).write_bytes(bytes(size))

    works = {"spin control": spin, "floor: write as many bytes to as many files": floor, "whole": whole}
    return interleaved({**works, "one study changed": one_changed, "one study more": one_more}, rounds=3)


def keystrokes(site: Path) -> Iterator[tuple[str, float, float]]:
    """For each text typed, the median and the worst milliseconds of a key."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("  no Chromium on this machine: keystrokes are not measured")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab: Any = browser.new_page()
        tab.goto(f"{site.as_uri()}/index.html")
        tab.focus("#q")
        tab.wait_for_function("document.querySelector('#council').options.length > 1")
        tab.evaluate(KEYSTROKE, "warm up")
        for text in TYPED:
            taken: list[float] = tab.evaluate(KEYSTROKE, text)
            yield text, statistics.median(taken), max(taken)
        browser.close()


def main() -> None:
    studies, assets = catalogue()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        first = website.write(studies, assets.__getitem__, root / "site")
        sizes = [path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()]
        medians = exporting(root, studies, assets, sizes)
        made = f"{first.written:,} files, {sum(sizes) / 1e6:.0f} MB"
        title = f"website of {SIZE:,} studies, {len(assets)} pictures: {made}"
        report(title, medians, "floor: write as many bytes to as many files")
        changed, more = medians["one study changed"], medians["one study more"]
        print(
            f"  reach: whole <= 15 s ({medians['whole']:.1f} s), one change <= 1 s ({changed:.2f} s, {more:.2f} s)"
        )
        home = sum((root / "site" / path).stat().st_size for path in ("index.html", "assets/site.css"))
        print(f"  first page, HTML and CSS: {home / 1000:.1f} KB; reach: 60 KB")
        print(f"  index for searching: {(root / 'site/assets/studies.js').stat().st_size / 1000:.0f} KB")
        for text, median, worst in keystrokes(root / "site"):
            print(f"  a key of {text!r:<28} {median:6.1f} ms, at worst {worst:6.1f} ms; reach: 100 ms")
        large = [
            replace(one, publication=replace(one.publication, terms=(term("libraries"),)))
            for one in library(LARGE)
        ]
        begun = time.perf_counter()
        website.write(large, {}.__getitem__, root / "large")
        seconds, pages = time.perf_counter() - begun, len(list((root / "large/topics").iterdir()))
        print(f"  {LARGE:,} studies in one topic, whole: {seconds:.1f} s; its list has {pages:,} pages")


if __name__ == "__main__":
    main()

"""The listing in a real browser, opened from the disk: search, filters, and the address that holds them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

Browse = Callable[[str], tuple[str, str]]

QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=8000"),
)


@pytest.fixture
def browse(site: Path, chromium: str, tmp_path: Path) -> Browse:
    """`browse("index.html?q=…")` is the page as the browser has it in the end, and what its console said."""

    def run(address: str) -> tuple[str, str]:
        command = [chromium, *QUIET, "--enable-logging=stderr", f"--user-data-dir={tmp_path}", "--dump-dom"]
        done = subprocess.run(
            [*command, f"{site.as_uri()}/{address}"], capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)

    return run


def status(html: str) -> str:
    return unescape(re.search(r'id="status"[^>]*>([^<]*)', html)[1])  # type: ignore[index]


def titles(html: str) -> list[str]:
    shown = html[html.index('id="list"') :]
    return [
        unescape(re.sub("<[^>]+>", "", title)).strip()
        for title in re.findall(r"<h3>(.*?)</h3>", shown, re.DOTALL)
    ]


def test_without_a_question_the_page_stays_as_written(browse: Browse, site: Path) -> None:
    html, console = browse("index.html")
    assert status(html) == "56 case studies"
    assert titles(html) == titles((site / "index.html").read_text())
    assert console == ""


def test_a_search_finds_marks_and_counts(browse: Browse) -> None:
    html, console = browse("index.html?q=librar+THINGS+drill")
    assert titles(html) == ["Leeds: a library of things"]
    assert status(html) == "1 case study"
    assert "<mark>library</mark>" in html
    assert re.search(r'value="waste-and-recycling".*?<output>1</output>', html, re.DOTALL)
    assert console == ""


def test_accents_and_case_make_no_difference(browse: Browse) -> None:
    plain, accented = (browse(f"index.html?q=repair+{word}")[0] for word in ("cafe", "CAF%C3%89"))
    assert titles(plain) == titles(accented) != []


def test_filters_narrow_and_are_ticked(browse: Browse) -> None:
    html, _ = browse(
        "index.html?collection=covid-19&council=e08000035&from=2026-11-22&to=2026-11-22&sort=title"
    )
    assert titles(html) == ["Leeds: a library of things"]
    html, _ = browse("index.html?collection=covid-19&sort=title")
    assert status(html) == "3 case studies"
    assert titles(html) == sorted(titles(html))


def test_later_pages_and_nothing_found(browse: Browse) -> None:
    html, _ = browse("index.html?sort=oldest&page=3")
    assert status(html) == "56 case studies, page 3 of 3"
    assert titles(html)[-1] == "Leeds: a library of things"
    html, _ = browse("index.html?q=zeppelin")
    assert status(html) == "0 case studies"
    assert "Nothing fits all of this" in html


def test_words_that_look_like_markup_stay_words_in_results(browse: Browse) -> None:
    html, console = browse("index.html?q=onerror")
    assert titles(html)[0].startswith("</script><script>alert(1)")
    assert "<img src=" not in html[html.index('id="list"') :]
    assert console == ""


def test_an_address_that_makes_no_sense_is_survived(browse: Browse) -> None:
    html, console = browse(
        "index.html?topic=no-such&council=none&from=yesterday&page=-4&sort=backwards&q=%3Cb%3E"
    )
    assert status(html) == "0 case studies"
    assert console == ""


def test_without_javascript_the_listing_works_and_says_what_does_not(browse: Browse, site: Path) -> None:
    html = (site / "index.html").read_text()
    assert "Searching here needs JavaScript" in html
    style = (site / "assets/noscript.css").read_text()
    assert re.search(r"\.search.*display: none", style)
    assert '<noscript><link rel="stylesheet"' in html


@pytest.mark.parametrize("path", ["studies", "topics.html", "submit.html", "browse/2.html"])
def test_other_pages_trouble_no_console(browse: Browse, site: Path, path: str) -> None:
    if path == "studies":
        path = str(next((site / "studies").glob("*.html")).relative_to(site))
    _, console = browse(path)
    assert console == ""

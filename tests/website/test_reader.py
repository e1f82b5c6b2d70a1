"""What a reader does with the listing, done by a page that holds the site in a frame: typing, ticking, going back."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.website.test_browser import QUIET

DRIVER = """<!DOCTYPE html><meta charset="utf-8"><iframe id="frame" width="%d" height="900"></iframe>
<pre id="told"></pre><script>
const frame = document.getElementById("frame");
const pause = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));
const page = () => frame.contentDocument;
const at = (selector) => page().querySelector(selector);
const open = (path) => new Promise((resolve) => { frame.onload = resolve; frame.src = path; });
const until = async (ready) => { for (let n = 0; n < 60 && !ready(); n += 1) await pause(); };
const status = () => at("#status").textContent;
const all = (selector) => [...page().querySelectorAll(selector)];
const titles = () => all("#list h3").map((title) => title.textContent.trim());
const query = () => frame.contentWindow.location.search;
const type = (text) => { const box = at("#q"); box.value = text;
  box.dispatchEvent(new frame.contentWindow.Event("input", { bubbles: true })); };
const choose = async (selector, value) => { at(selector).value = value;
  at(selector).dispatchEvent(new frame.contentWindow.Event("change", { bubbles: true })); await pause(); };
const back = async () => { frame.contentWindow.history.back(); await pause(200); };
const told = {};
(async () => { try { %s } catch (error) { told.error = String(error); }
document.getElementById("told").textContent = JSON.stringify(told); document.title = "done"; })();
</script>"""

Act = Callable[..., dict[str, Any]]


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is served on this machine, with the site in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site.parent, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def act(served: tuple[Path, str], chromium: str, tmp_path: Path) -> Act:
    """`act("steps")` runs steps in JavaScript beside the site and returns what they put into `told`."""
    folder, address = served

    def run(steps: str, width: int = 1000) -> dict[str, Any]:
        (folder / "driver.html").write_text(DRIVER % (width, steps))
        command = [chromium, *QUIET, f"--user-data-dir={tmp_path}", "--dump-dom", f"{address}/driver.html"]
        html = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
        told = json.loads(unescape(re.search(r'<pre id="told">(.*?)</pre>', html, re.DOTALL)[1]))  # type: ignore[index]
        assert "error" not in told, told
        return told

    return run


def test_typing_filters_and_the_back_button(act: Act) -> None:
    told = act("""
        await open("site/index.html");
        told.before = [status(), titles().length];
        for (const text of ["l", "li", "librar", "library of things drill"]) type(text);
        await until(() => status() === "1 case study");
        told.typed = [status(), titles(), query(), at("#sort").value];
        at("[value=communities]").click(); await pause();
        told.ticked = [status(), query()];
        await back();
        told.back = [status(), at("[value=communities]").checked];
        await back();
        told.home = [status(), titles().length, query(), at("#q").value, at("#sort").value];
        frame.contentWindow.history.forward(); await pause(200);
        told.forward = [status(), at("#q").value];
        at("#clear").click(); await pause();
        told.cleared = [status(), query(), page().activeElement.id];
    """)
    assert told["before"] == ["56 case studies", 20]
    found = ["1 case study", ["Leeds: a library of things"], "?q=library+of+things+drill", "relevance"]
    assert told["typed"] == found
    assert told["ticked"] == ["0 case studies", "?q=library+of+things+drill&topic=communities"]
    assert told["back"] == ["1 case study", False]
    assert told["home"] == ["56 case studies", 20, "", "", "newest"]
    assert told["forward"] == ["1 case study", "library of things drill"]
    assert told["cleared"] == ["56 case studies", "", "q"]


def test_turning_pages_sorting_and_choosing_a_council(act: Act) -> None:
    told = act("""
        await open("site/index.html");
        at("#q").focus();
        await until(() => at("#council").options.length > 1);
        await choose("#sort", "title");
        const first = titles();
        all("#list nav a").find((link) => link.textContent === "Next").click(); await pause();
        told.turned = [status(), query(), page().activeElement.closest("#list") !== null];
        told.sorted = first.at(-1).localeCompare(titles()[0]) <= 0;
        await back();
        told.back = titles()[0] === first[0];
        await choose("#council", "e08000035");
        told.council = [query(), all("#list .about").every((p) => p.textContent.includes("Leeds"))];
    """)
    assert told["turned"] == ["56 case studies, page 2 of 3", "?sort=title&page=2", True]
    assert told["sorted"]
    assert told["back"]
    assert told["council"] == ["?council=e08000035&sort=title", True]


PAGES = (
    "index.html",
    "index.html?q=e",
    "browse/2.html",
    "topics.html",
    "councils.html",
    "submit.html",
    "contact.html",
)


def test_nothing_sticks_out_at_320_pixels(act: Act, site: Path) -> None:
    studies = sorted(f"studies/{path.name}" for path in (site / "studies").glob("*.html"))
    wanted = json.dumps([*PAGES, *studies])
    told = act(
        f"""
        told.wide = [];
        for (const path of {wanted}) {{
          await open("site/" + path);
          const wide = page().documentElement.scrollWidth;
          if (wide > 320) told.wide.push([path, wide]);
        }}
        told.toggle = null;
        await open("site/index.html");
        const shown = () => at("#filters").getClientRects().length > 0;
        const before = shown(); at("#toggle").click();
        told.toggle = [before, shown(), at("#toggle").getAttribute("aria-expanded")];
        """,
        width=320,
    )
    assert told["wide"] == []
    assert told["toggle"] == [False, True, "true"]

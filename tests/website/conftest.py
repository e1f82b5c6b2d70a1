"""A small site of invented studies, and ways to read it as a browser and a link checker would."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.website.invented import COUNCILS, MARK, TOPICS, fields, library, picture, study, term
from workbench.exporters import website
from workbench.exporters.website import Download, Extras, Heading, Site
from workbench.publication import PublishedField, Study
from workbench.submission import Authority

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Page as Tab

SITE = Site(
    address="https://studies.example/all/", contact="studies@example.org", publisher="An invented body"
)
EXTRAS = Extras(
    downloads=(
        Download("case-study.docx", "Case study template", b"PK invented", "For a council's own study."),
    ),
    headings=(
        Heading(
            "collection",
            "covid-19",
            "COVID-19",
            title="COVID-19: what councils did",
            introduction="What councils did in the pandemic years.",
            order=1,
        ),
        *(Heading("topic", slug, label) for slug, label in TOPICS.items()),
        Heading(
            "topic", "reuse", "Reuse and repair", parent="waste-and-recycling", note="Keeping things in use."
        ),
        Heading("topic", "no-study-yet", "No study yet", parent="reuse"),
        Heading("topic", "refuse", "Refuse", ended=True, successors=("rubbish",)),
        Heading("topic", "rubbish", "Rubbish", ended=True, successors=("waste-and-recycling",)),
        Heading("topic", "leisure", "Leisure", ended=True, successors=("libraries", "communities")),
        Heading("support_type", "bygone", "A bygone offer", ended=True),
    ),
    former={study(400).publication.study: ("leeds-a-library", "study-401")},
)
VOID = {"meta", "link", "br", "img", "input", "hr"}
PICTURE, PICTURE_BYTES = picture()


class Markup(HTMLParser):
    """HTML read strictly: `faults` are tags that do not match, ids given twice and the like."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self._open]
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        self.ids = set(ids)
        self.faults += [f"id twice: {name}" for name in self.ids if ids.count(name) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if len(dict(attrs)) < len(attrs):
            self.faults.append(f"attribute twice: {tag}")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"does not match: {tag} at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in {"script", "title"}:
            self.words.append(data)


class Page:
    """A page of the site. The same bytes are read once, in however many folders they stand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.html = path.read_text("utf-8")
        read = _read(self.html)
        self.tags, self.faults, self.words, self.ids = read.tags, read.faults, read.words, read.ids

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def links(self) -> Iterator[str]:
        """Every address the page leads to or loads."""
        for _, attributes in self.tags:
            yield from (
                attributes[name] for name in ("href", "src", "action", "data-index") if name in attributes
            )
            yield from (part.split()[0] for part in attributes.get("srcset", "").split(",") if part)


_read = cache(Markup)


def hostile() -> Iterator[Study]:
    """What must not break a page, a list, the index or a feed."""
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x00"
    yield study(501, title=attack, summary=attack, fields=fields(challenge=f"<p>{attack}</p>", links=attack))
    yield study(
        502, title="=cmd|' /C calc'!A1 & \"quoted\" 'single'", terms=(term("../../etc", label=attack),)
    )
    yield study(503, title="A very long title " * 17, authorities=(), terms=())
    yield study(504, title="", summary="", fields=(), personal=(), authorities=(), terms=())
    endless = "Donaudampfschifffahrt" * 15
    yield study(
        505,
        title=endless,
        summary="x" * 400,
        authorities=(*COUNCILS[:1], Authority(None, endless)),
        terms=(term("waste-and-recycling"), term("communities"), term("endless", label=endless)),
        fields=(*fields(), *(PublishedField(name, name, "<p>Twice</p>") for name in ("main", "challenge"))),
    )


def invented() -> list[Study]:
    """Fifty ordinary studies, the awkward ones, a withdrawn one, and one with pictures and everything else."""
    full = study(
        400,
        images=(PICTURE,),
        fields=fields(solution=f'<p>Shelves:</p><p><img src="asset:{PICTURE.sha256}"></p><p>Done.</p>'),
        terms=(
            term("reuse", label="Repairs"),
            term("sustainability", "support_type"),
            term("covid-19", "collection"),
            term("trial", "programme"),
        ),
        authorities=COUNCILS[:2],
        published_at=datetime(2026, 11, 22, tzinfo=UTC),
        title="Leeds: a library of things",
        summary=f"Three branches lend drills and tents. {MARK}",
    )
    gone = study(401, title="A study that is gone", withdrawn=True, note="At the council's <b>wish</b>.")
    return [full, *library(50), *hostile(), gone]


def build(directory: Path, studies: list[Study]) -> website.Written:
    return website.write(studies, {PICTURE.sha256: PICTURE_BYTES}.__getitem__, directory, SITE, EXTRAS)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("export") / "site"
    build(directory, invented())
    return directory


@pytest.fixture
def page(site: Path) -> Callable[[str], Page]:
    return lambda path: Page(site / path)


def broken(site: Path, pages: Sequence[Page]) -> list[str]:
    """The links, pictures and fragments on `pages` that lead nowhere."""
    there = {str(path.resolve()) for path in site.rglob("*") if path.is_file()}
    found: list[str] = []
    for page in pages:
        for link in dict.fromkeys(page.links()):
            inside = link.removeprefix(SITE.address).removeprefix(urlsplit(SITE.address).path)
            if re.match(r"https?:|mailto:", inside):
                continue
            target, _, part = inside.partition("#")
            base, itself = (site, "index.html") if inside != link else (page.path.parent, page.path.name)
            file = os.path.normpath(base.resolve() / (target.partition("?")[0] or itself))
            if file not in there or (part and part not in Page(Path(file)).ids):
                found.append(f"{page.path.relative_to(site)}: {link}")
    return found


class Silent(SimpleHTTPRequestHandler):
    """A server that does not write on the tests' screen."""

    def log_message(self, *words: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The site's address on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium; one for all tests of a process."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    quiet.append("--process-per-site")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=quiet)
        yield browser
        browser.close()


@dataclass
class Reader:
    """A window on the site. `troubles` is what its console complained of."""

    tab: Tab
    address: str
    troubles: list[str]

    def go(self, path: str) -> None:
        self.tab.goto(f"{self.address}/{path}")

    def fail(self, address: str, reason: str | None) -> None:
        """A request that came to nothing, unless the reader had gone on."""
        self.troubles += [] if "ABORTED" in (reason or "") else [address]

    @property
    def status(self) -> str:
        return self.tab.inner_text("#status")

    @property
    def titles(self) -> list[str]:
        return [title.strip() for title in self.tab.locator("#list h3").all_inner_texts()]

    @property
    def query(self) -> str:
        return self.tab.url.partition("index.html")[2]

    def see(self, status: str) -> None:
        """Waits until the listing says so."""
        self.tab.wait_for_function(
            "words => document.querySelector('#status').textContent === words", arg=status
        )


Visit = Callable[..., Reader]


MEDIA = ("color_scheme", "forced_colors", "reduced_motion")


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Callable[..., BrowserContext]:
    """A browser context for each set of options; the site keeps nothing in one that another visit could meet."""
    return cache(browser.new_context)


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], served: str) -> Iterator[Visit]:
    """`visit("index.html", width=320, …)` opens the site; further options are media features, or a context's."""
    tabs: list[Tab] = []

    def opened(path: str = "", width: int = 1000, height: int = 800, **options: Any) -> Reader:
        media = {name: options.pop(name) for name in MEDIA if name in options}
        tab = contexts(**options).new_page()
        tabs.append(tab)
        tab.emulate_media(**media)
        tab.set_viewport_size({"width": width, "height": height})
        tab.set_default_timeout(10_000)
        reader = Reader(tab, served, [])
        tab.on("console", lambda told: reader.troubles.append(told.text))
        tab.on("pageerror", lambda error: reader.troubles.append(str(error)))
        tab.on("requestfailed", lambda asked: reader.fail(asked.url, asked.failure))
        if path:
            reader.go(path)
        return reader

    yield opened
    for tab in tabs:
        tab.close()


KINDS = (
    "index.html",
    "index.html?q=library&topic=communities&from=2026-01-01",
    "browse/2.html",
    "topics.html",
    "topics/waste-and-recycling.html",
    "topics/no-study-yet.html",
    "topics/leisure.html",
    "support-types.html",
    "councils.html",
    "councils/e08000035.html",
    "regions/london.html",
    "years.html",
    "collections.html",
    "collections/covid-19.html",
    "studies/study-400.html",
    "studies/study-401.html",
    "studies/study-501.html",
    "studies/study-504.html",
    "submit.html",
    "contact.html",
)
"""A page of each kind, the awkward ones too."""

ONE_OF_EACH = tuple(
    path
    for path in KINDS
    if path.partition("/")[0] not in ("regions", "councils", "years.html", "support-types.html")
    and path != "studies/study-501.html"
)
"""Without those that are made by the same template, of the same parts, as another."""

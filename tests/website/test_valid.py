"""Valid for others' eyes: HTML by the Nu Html Checker, feeds and sitemaps by their own rules."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import urlparse
from xml.etree import ElementTree

import pytest

from tests.website.conftest import KINDS, SITE, Page, broken
from tests.website.invented import library
from workbench.exporters import website
from workbench.exporters.website import Site, machines
from workbench.exporters.website.entries import entry
from workbench.exporters.website.site import Extras

CHECKER = Path(__file__).parent / "validator/node_modules/vnu-jar/build/dist/vnu.jar"
ATOM = "{http://www.w3.org/2005/Atom}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_html_is_valid(site: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("needs Java (Debian: apt-get install default-jre-headless)")
    if not CHECKER.is_file():
        pytest.skip("needs the Nu Html Checker (npm ci --prefix tests/website/validator)")
    further = ("studies/study-503.html", "studies/leeds-a-library.html", "programmes.html", "404.html")
    files = dict.fromkeys(str(site / path.partition("?")[0]) for path in (*KINDS, *further))
    command = [
        java,
        "-Xss4m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        *files,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    told = [f"{Path(one['url']).name}: {one['message']}" for one in json.loads(done.stderr)["messages"]]
    # It takes a file's folder for another party, and linked data for a script that runs.
    assert [words for words in told if "Content Security Policy" not in words] == []


def test_no_link_fragment_or_picture_is_missing(site: Path) -> None:
    pages = [Page(path) for path in sorted(site.rglob("*.html"))]
    assert len(pages) > 100
    assert broken(site, pages) == []


def moments(words: list[str | None]) -> list[datetime]:
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one or "") for one in words), words
    return [datetime.fromisoformat(str(one)) for one in words]


@pytest.mark.parametrize("address", ["", "https://studies.example/all"])
def test_the_atom_feed_keeps_to_its_rules(tmp_path: Path, address: str) -> None:
    """What RFC 4287 asks of a feed and its entries."""
    website.write(library(3), {}.__getitem__, tmp_path, Site(address=address))
    feed = ElementTree.parse(tmp_path / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed" and len(entries) == 3
    ids = [one.findtext(f"{ATOM}id") or "" for one in (feed, *entries)]
    assert len(set(ids)) == 4 and all(urlparse(one).scheme in ("https", "urn") for one in ids)
    assert all(one.findtext(f"{ATOM}title") for one in (feed, *entries))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    moments([one.findtext(f"{ATOM}updated") for one in (feed, *entries)])
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(address) for link in links)
    assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1
    assert all(one.find(f"{ATOM}link") is not None for one in entries)


@pytest.mark.parametrize("address", ["", "https://studies.example/all"])
def test_the_json_feed_keeps_to_its_rules(tmp_path: Path, address: str) -> None:
    """What jsonfeed.org's version 1.1 asks: no address that is not whole, each item an id and a content."""
    website.write(library(3), {}.__getitem__, tmp_path, Site(address=address))
    feed = json.loads((tmp_path / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    addresses = [
        feed.get("home_page_url"),
        feed.get("feed_url"),
        *(item.get("url") for item in feed["items"]),
    ]
    assert all(one.startswith(address) if address else one is None for one in addresses)
    assert len({item["id"] for item in feed["items"]}) == 3
    assert all(isinstance(item["content_text"], str) for item in feed["items"])
    moments([item[name] for item in feed["items"] for name in ("date_published", "date_modified")])


def test_more_addresses_than_a_sitemap_may_hold_are_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "SITEMAP_LENGTH", 4)
    entries = [entry(one, f"s-{at}", (), Extras()) for at, one in enumerate(library(5))]
    files = dict(machines.sitemaps(["index.html", "topics.html", "submit.html"], entries, SITE))
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert [one.text for one in index.iter(f"{MAPS}loc")] == [
        SITE.absolute(f"sitemap-{n}.xml") for n in (1, 2)
    ]
    named = [
        one.text for name in list(files)[:2] for one in ElementTree.fromstring(files[name]).iter(f"{MAPS}loc")
    ]
    assert len(named) == 8 and all(str(one).startswith(SITE.address) for one in named)


def test_robots_are_told_where_the_sitemap_is(site: Path) -> None:
    assert (
        site / "robots.txt"
    ).read_text() == "User-agent: *\nAllow: /\nSitemap: https://studies.example/all/sitemap.xml\n"

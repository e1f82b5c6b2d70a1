"""Every page of the site: well formed, safe, and leading nowhere that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.website.conftest import PICTURE, SITE, Page

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Page]:
    return [Page(path) for path in sorted(site.rglob("*.html"))]


def address(number: int) -> str:
    return f"studies/study-{number}.html"


def test_every_kind_of_page_is_there(site: Path) -> None:
    kinds = "index.html browse/2.html topics.html topics/libraries.html support-types.html councils.html"
    more = "collections/covid-19.html programmes/trial.html councils/e08000035.html submit.html contact.html feed.xml"
    for path in (kinds + " " + more).split():
        assert (site / path).is_file(), path


def test_every_page_is_well_formed(pages: list[Page]) -> None:
    assert len(pages) > 80
    assert {page.path.name: page.faults for page in pages if page.faults} == {}


def test_every_page_has_what_assistive_programs_need(pages: list[Page]) -> None:
    for page in pages:
        assert page.all("html") == [{"lang": "en-GB"}], page.path
        assert len(page.all("h1")) == 1, page.path
        assert len(page.all("main")) == 1, page.path
        assert page.all("a")[0] == {"class": "skip", "href": "#main"}, page.path
        assert all("alt" in image for image in page.all("img")), page.path
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), page.path


def test_nothing_is_asked_of_another_party(pages: list[Page]) -> None:
    for page in pages:
        loaded = [a.get("src", "") for tag, a in page.tags if tag in {"img", "script", "iframe", "source"}]
        loaded += [a["href"] for a in page.all("link") if a["rel"] != "canonical"]
        theirs = [link for link in loaded if ":" in link or link.startswith("//")]
        assert not [link for link in theirs if not link.startswith(SITE.address)], page.path


def test_nothing_runs_that_is_not_ours(pages: list[Page]) -> None:
    for page in pages:
        assert all(a.get("src") or a.get("type") == "application/ld+json" for a in page.all("script")), (
            page.path
        )
        assert not page.all("style"), page.path
        assert not [a for _, a in page.tags for name in a if name == "style" or name.startswith("on")], (
            page.path
        )
        policy = next(a for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")[
            "content"
        ]
        assert policy.startswith("default-src 'none'"), page.path
        assert "unsafe" not in policy, page.path
        assert ("script-src 'self'" in policy) == (page.path.name == "index.html"), page.path


def test_the_home_page_offers_what_a_visitor_came_for(page: Open) -> None:
    home = page("index.html")
    for words in ("56 case studies", "Get in touch", "Submit a case study", "Download the Word template"):
        assert words in home.text
    assert "COVID-19: what councils did What councils did in the pandemic years. 3 case studies" in home.text
    assert home.html.count('class="card"') == 16  # two whole pages further back
    assert "A study that is gone" not in home.html


def test_a_study_stands_whole_on_its_page(page: Open) -> None:
    full = page(address(400))
    for words in (
        "Leeds: a library of things",
        "Three branches",
        "The challenge",
        "41",
        "A. Sample",
        "Invented photographer",
    ):
        assert words in full.text
    _icon, image = full.all("img")
    assert image["alt"] == "Shelves of mended kettles"
    assert "400w" in image["srcset"]
    assert (image["width"], image["height"]) == ("900", "600")
    data, crumbs = json.loads(re.search(r'ld\+json">(.*?)</script>', full.html, re.DOTALL)[1])  # type: ignore[index]
    assert [item["name"] for item in crumbs["itemListElement"]][:2] == ["Browse", "Topics"]
    assert data["headline"] == "Leeds: a library of things"
    assert data["author"][0]["name"] == "Leeds City Council"
    og = {a["property"]: a["content"] for a in full.all("meta") if "property" in a}
    assert og["og:url"] == SITE.absolute(address(400))
    assert og["og:image"] == f"https://studies.example/all/pictures/{PICTURE.sha256[:32]}.jpg"


def test_a_withdrawn_study_keeps_its_address_and_says_so(page: Open) -> None:
    gone = page(address(401))
    assert "This case study has been withdrawn" in gone.text
    assert "At the council's <b>wish</b>." in gone.text
    assert "Kettles" not in gone.html
    assert {"name": "robots", "content": "noindex"} in gone.all("meta")


def test_words_that_look_like_markup_are_words(page: Open) -> None:
    attacked = page(address(501))
    assert "</script><script>alert(1)</script><img src=x onerror=alert(2)>" in attacked.text
    assert [image["alt"] for image in attacked.all("img")] == [""]  # the site's own mark
    data = re.search(r'ld\+json">(.*?)</script>', attacked.html, re.DOTALL)[1]  # type: ignore[index]
    assert json.loads(data)[0]["headline"].startswith("</script>")


def test_a_study_without_anything_still_has_a_page(page: Open) -> None:
    assert "Untitled case study" in page(address(504)).text
    assert "A very long title" in page(address(503)).text


def test_the_lists_of_a_theme_hold_its_studies_and_no_other(page: Open) -> None:
    covid = page("collections/covid-19.html")
    assert "3 case studies" in covid.text
    assert "Leeds: a library of things" in covid.text
    topics = page("topics.html")
    assert "Libraries" in topics.text


def test_the_sitemap_names_every_page_that_wants_to_be_found(site: Path, pages: list[Page]) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    named = {element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    first = [page for page in pages if "--" not in page.path.name and page.path.parent.name != "browse"]
    wanted = {SITE.absolute(str(page.path.relative_to(site))) for page in first if "noindex" not in page.html}
    assert named == wanted


def test_the_feeds_hold_the_newest_first(site: Path) -> None:
    atom = ElementTree.parse(site / "feed.xml").getroot()
    space = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{space}title") for entry in atom.iter(f"{space}entry")]
    feed = json.loads((site / "feed.json").read_bytes())
    assert titles == [item["title"] for item in feed["items"]]
    assert titles[0] == "Leeds: a library of things"
    assert len(titles) == 50
    assert feed["items"][0]["url"] == SITE.absolute(address(400))
    assert "A study that is gone" not in titles


def test_the_first_page_is_light(site: Path) -> None:
    html_and_css = (site / "index.html").stat().st_size + (site / "assets/site.css").stat().st_size
    assert html_and_css <= 60_000


def test_every_ink_can_be_read_on_its_ground(site: Path) -> None:
    css = (site / "assets/site.css").read_text()
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6});", block))
        for block in css.split("@media (prefers-color-scheme")[:2]
    )
    pairs = {
        "ink": "ground panel sunk found",
        "ink-2": "ground panel sunk",
        "accent": "ground panel sunk found",
    }
    pairs |= {"accent-strong": "ground panel soft", "on-accent": "accent accent-strong"}
    for scheme in (light, {**light, **dark}):
        for ink, grounds in pairs.items():
            for ground in grounds.split():
                assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground, scheme[ground])
        assert contrast(scheme["edge"], scheme["panel"]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 measures it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

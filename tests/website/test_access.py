"""The site for everybody: assistive programs, keyboards, any window, large type, dark, high contrast, paper."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.website.conftest import ONE_OF_EACH, Visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None and found.origin is not None
    return Path(found.origin).with_name("axe.min.js").read_text("utf-8")


def violations(tab: Any, rules: list[str]) -> list[str]:
    found = tab.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", rules)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.mark.parametrize("part", [0, 1])
def test_axe_finds_nothing_on_any_kind_of_page(visit: Visit, axe: str, part: int) -> None:
    reader = visit(bypass_csp=True, reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for path in ONE_OF_EACH[part::2]:
        reader.tab.emulate_media(color_scheme="light")
        reader.go(path)
        reader.tab.add_script_tag(content=axe)
        found[path] = violations(reader.tab, RULES)
        reader.tab.emulate_media(color_scheme="dark")
        found[f"{path} in the dark"] = violations(reader.tab, ["color-contrast"])
    assert {path: told for path, told in found.items() if told} == {}


def test_axe_finds_nothing_in_a_small_window_with_the_filters_open(visit: Visit, axe: str) -> None:
    reader = visit("index.html?q=e", width=320, bypass_csp=True)
    reader.tab.click("#toggle")
    reader.tab.click("details.more >> nth=0")
    reader.tab.add_script_tag(content=axe)
    assert violations(reader.tab, RULES) == []


def sticking_out(tab: Any) -> bool:
    return tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("part", [0, 1])
def test_nothing_sticks_out(visit: Visit, part: int) -> None:
    """A window of 320 pixels, as WCAG asks; type twice as large; a very wide window."""
    reader = visit()
    awkward = [f"studies/study-{number}.html" for number in (502, 503, 505)]
    wide: list[str] = []
    for path in (*ONE_OF_EACH, "councils/e08000035.html", *awkward)[part::2]:
        reader.go(path)
        for width, type_size in ((320, 16), (640, 32), (1440, 32), (2560, 16)):
            reader.tab.set_viewport_size({"width": width, "height": 200})
            reader.tab.evaluate("size => document.documentElement.style.fontSize = size", f"{type_size}px")
            wide += [f"{path} at {width}, {type_size}"] if sticking_out(reader.tab) else []
    assert wide == []


def test_in_a_small_window_the_filters_fold(visit: Visit) -> None:
    reader = visit("index.html", width=320)
    assert not reader.tab.is_visible("#filters")
    reader.tab.click("#toggle")
    assert reader.tab.is_visible("#filters")
    assert reader.tab.get_attribute("#toggle", "aria-expanded") == "true"
    reader.tab.check("[value=covid-19]")
    reader.tab.click("text=Show 3 case studies")
    assert not reader.tab.is_visible("#filters")
    assert reader.tab.inner_text("#toggle") == "Filters (1 in use)"
    assert reader.tab.evaluate("document.querySelector('#status').getBoundingClientRect().top") < 400


def focused(tab: Any) -> str:
    return tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_by_keyboard_alone(visit: Visit) -> None:
    reader = visit("index.html")
    press = reader.tab.keyboard.press
    press("Tab")
    assert focused(reader.tab) == "Skip to the content"
    box = reader.tab.locator(".skip").bounding_box()
    assert box is not None and box["y"] >= 0
    press("Enter")
    reader.tab.wait_for_function("location.hash === '#main'")
    for _ in range(12):
        press("Tab")
        ring = reader.tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", focused(reader.tab)
        if focused(reader.tab) == "q":
            break
    reader.tab.keyboard.type("tents")
    reader.see("1 case study")
    while focused(reader.tab) != "sort":
        press("Tab")
    press("Tab")
    assert focused(reader.tab) == "Leeds: a library of things"
    press("Enter")
    reader.tab.wait_for_url("**/studies/study-400.html")


def test_a_filter_taken_away_by_keyboard_leaves_the_focus_in_the_page(visit: Visit) -> None:
    reader = visit("index.html?topic=communities&collection=covid-19")
    reader.tab.wait_for_selector("#asked button")
    for _ in range(2):
        reader.tab.focus("#asked button")
        reader.tab.keyboard.press("Enter")
    reader.see("56 case studies")
    assert focused(reader.tab) == "q"


def test_the_dark_is_dark(visit: Visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    for scheme, colour in (("light", "rgb(251, 250, 247)"), ("dark", "rgb(22, 23, 21)")):
        assert visit("index.html", color_scheme=scheme).tab.evaluate(ground) == colour


def test_with_forced_colours_everything_is_still_there(visit: Visit) -> None:
    reader = visit("index.html", forced_colors="active")
    assert (
        reader.tab.evaluate("getComputedStyle(document.querySelector('.button')).borderTopStyle") == "solid"
    )
    assert reader.tab.evaluate("getComputedStyle(document.querySelector('.pill')).outlineStyle") == "solid"


def test_who_asks_for_less_motion_gets_none(visit: Visit) -> None:
    reader = visit("index.html", reduced_motion="reduce")
    assert (
        reader.tab.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") == "0s"
    )


def test_on_paper_only_the_study_stands(visit: Visit) -> None:
    reader = visit("studies/study-400.html", color_scheme="dark")
    reader.tab.emulate_media(media="print", color_scheme="dark")
    for shown in ("h1", ".body", ".name"):
        assert reader.tab.is_visible(shown), shown
    for hidden in ("nav[aria-label=Main]", ".contents", ".crumbs", ".skip"):
        assert not reader.tab.is_visible(hidden), hidden
    ink, ground = (
        reader.tab.evaluate(f"getComputedStyle(document.body).{one}") for one in ("color", "backgroundColor")
    )
    assert (ink, ground) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    assert reader.tab.pdf(format="A4").startswith(b"%PDF")

"""What a reader does with the listing, in a real browser: typing, ticking, choosing, turning pages, going back."""

from __future__ import annotations

from pathlib import Path

from tests.website.conftest import KINDS, Visit


def test_without_a_question_the_page_stays_as_written(visit: Visit) -> None:
    reader = visit("index.html")
    assert reader.status == "56 case studies"
    assert len(reader.titles) == 16
    assert reader.titles[0] == "Leeds: a library of things"


def test_typing_filters_and_the_back_button(visit: Visit) -> None:
    reader = visit("index.html")
    reader.tab.locator("#q").press_sequentially("library of things drill")
    reader.see("1 case study")
    assert reader.titles == ["Leeds: a library of things"]
    assert reader.query == "?q=library+of+things+drill"
    assert reader.tab.locator("#sort").input_value() == "relevance"
    assert reader.tab.locator("#list mark").all_inner_texts()[0] == "library"
    reader.tab.check("[value=communities]")
    reader.see("0 case studies")
    assert "Nothing fits all of this" in reader.tab.inner_text("#list")
    reader.tab.go_back()
    reader.see("1 case study")
    assert not reader.tab.is_checked("[value=communities]")
    reader.tab.go_back()
    reader.see("56 case studies")
    assert (reader.query, reader.tab.input_value("#q"), len(reader.titles)) == ("", "", 16)
    reader.tab.go_forward()
    reader.see("1 case study")
    assert reader.tab.input_value("#q") == "library of things drill"
    reader.tab.click("#clear")
    reader.see("56 case studies")
    assert reader.query == ""
    assert reader.troubles == []


def test_back_from_a_study_finds_the_search_as_it_was(visit: Visit) -> None:
    reader = visit("index.html")
    reader.tab.fill("#q", "tents")
    reader.see("1 case study")
    reader.tab.click("#list h3 a")
    reader.tab.wait_for_url("**/studies/study-400.html")
    reader.tab.go_back()
    reader.see("1 case study")
    assert reader.tab.input_value("#q") == "tents"


def test_whole_studies_are_searched_by_who_asks_for_it(visit: Visit) -> None:
    reader = visit("index.html")
    asked: list[str] = []
    reader.tab.on("request", lambda request: asked.append(request.url))
    reader.tab.fill("#q", "kettles tents shelves")
    reader.see("0 case studies")
    assert "Search whole studies" in reader.tab.inner_text("#list")
    assert not [url for url in asked if "/text/" in url]
    reader.tab.check("[name=whole]")
    reader.see("1 case study")
    assert reader.query == "?q=kettles+tents+shelves&whole=1"
    reader.tab.go_back()
    reader.see("0 case studies")
    assert not reader.tab.is_checked("[name=whole]")
    assert reader.troubles == []


def test_where_nothing_fits_a_button_leads_on(visit: Visit) -> None:
    reader = visit("index.html?q=kettles+tents+shelves")
    reader.see("0 case studies")
    reader.tab.click("#list >> text=Search whole studies")
    reader.see("1 case study")
    reader.tab.fill("#q", "zeppelin")
    reader.see("0 case studies")
    reader.tab.click("#list >> text=Clear search and filters")
    reader.see("56 case studies")
    assert (reader.query, reader.tab.input_value("#q")) == ("", "")


def test_who_types_faster_than_the_address_may_change_still_sees_what_was_typed(visit: Visit) -> None:
    reader = visit("index.html")
    reader.tab.evaluate(
        "() => { history.replaceState = () => { throw new DOMException('too often', 'SecurityError'); }; }"
    )
    reader.tab.locator("#q").press_sequentially("tents")
    reader.see("1 case study")
    reader.tab.locator("#q").press_sequentially(" zeppelin")
    reader.see("0 case studies")
    assert reader.troubles == []


def test_accents_case_and_order_make_no_difference(visit: Visit) -> None:
    reader = visit("index.html?q=repair+cafe&sort=title")
    reader.tab.wait_for_selector("#list mark")
    expected = sorted(reader.titles)
    for typed in ("repair cafe", "REPAIR CAFÉ", "café repair"):
        reader.tab.fill("#q", "")
        reader.see("56 case studies")
        reader.tab.fill("#q", typed)
        reader.tab.wait_for_selector("#list mark")
        assert sorted(reader.titles) == expected != [], typed


def test_each_filter_narrows_and_can_be_taken_away(visit: Visit) -> None:
    reader = visit("index.html")
    reader.tab.focus("#q")
    reader.tab.wait_for_function("document.querySelector('#council').options.length > 1")
    reader.tab.check("[name=topic][value=waste-and-recycling]")
    reader.see("8 case studies")  # one of them through the narrower theme below it
    reader.tab.check("[name=support_type][value=sustainability]")
    reader.tab.check("[name=collection][value=covid-19]")
    reader.tab.select_option("#council", "e08000035")
    reader.tab.select_option("#region", "london")
    reader.tab.fill("#from", "2026-11-22")
    reader.tab.dispatch_event("#from", "change")
    reader.tab.fill("#to", "2026-11-22")
    reader.tab.dispatch_event("#to", "change")
    reader.see("1 case study")
    assert reader.titles == ["Leeds: a library of things"]
    asked = "topic=waste-and-recycling&support_type=sustainability&collection=covid-19"
    assert reader.query == f"?{asked}&council=e08000035&region=london&from=2026-11-22&to=2026-11-22"
    in_use = reader.tab.locator("#asked button")
    assert in_use.count() == 7
    assert "Published from 22 November 2026" in " ".join(in_use.all_inner_texts())
    while in_use.count():
        in_use.first.click()
    reader.see("56 case studies")
    assert not reader.tab.is_checked("[name=topic][value=waste-and-recycling]")


def test_counts_say_what_a_tick_would_find(visit: Visit) -> None:
    reader = visit("index.html?q=library")
    reader.tab.wait_for_selector("#list mark")
    row = reader.tab.locator("li", has=reader.tab.locator("[name=topic][value=communities]"))
    promised = row.locator("output").inner_text()
    row.locator("input").check()
    reader.see(f"{promised} case studies")


def test_turning_pages_and_sorting(visit: Visit) -> None:
    reader = visit("index.html")
    reader.tab.select_option("#sort", "title")
    reader.tab.wait_for_function("location.search === '?sort=title'")
    first = reader.titles
    reader.tab.click("#list nav >> text=Next")
    reader.see("56 case studies, page 2 of 3")
    assert reader.query == "?sort=title&page=2"
    assert reader.tab.evaluate("document.activeElement.closest('#list') !== null")
    assert first[-1].casefold() <= reader.titles[0].casefold()
    reader.tab.go_back()
    reader.see("56 case studies")
    assert reader.titles == first
    reader.go("index.html?sort=oldest&page=3")
    reader.see("56 case studies, page 3 of 3")
    assert reader.titles[-1] == "Leeds: a library of things"


def test_words_that_look_like_markup_stay_words_in_results(visit: Visit) -> None:
    reader = visit("index.html?q=onerror")
    reader.see("2 case studies")  # by the title of one, by a theme of the other
    assert reader.titles[0].startswith("</script><script>alert(1)")
    assert reader.tab.locator("#list img").count() == 0
    assert reader.troubles == []


def test_an_address_that_makes_no_sense_is_survived(visit: Visit) -> None:
    reader = visit(
        "index.html?topic=no-such&council=none&from=yesterday&page=-4&sort=backwards&q=%3Cb%3E&region=x"
    )
    reader.see("0 case studies")
    assert [trouble for trouble in reader.troubles if "yesterday" not in trouble] == []


def test_without_javascript_the_listing_works_and_says_what_does_not(visit: Visit) -> None:
    reader = visit("index.html", java_script_enabled=False)
    assert not reader.tab.is_visible("#q")
    assert not reader.tab.is_visible("#sort")
    assert "Searching here needs JavaScript" in reader.tab.inner_text("main")
    assert len(reader.titles) == 16
    reader.tab.click("text=Next")
    assert reader.tab.url.endswith("browse/2.html")
    reader.tab.click("nav[aria-label=Main] >> text=Topics")
    reader.tab.click("main >> text=Waste and recycling")
    reader.tab.click("main >> text=Leeds: a library of things")
    assert reader.tab.inner_text("h1") == "Leeds: a library of things"


def test_the_site_works_opened_from_a_disk(visit: Visit, site: Path) -> None:
    reader = visit()
    reader.tab.goto(f"{site.as_uri()}/index.html?q=tents")
    reader.see("1 case study")
    assert reader.troubles == []


def test_what_moved_leads_on(visit: Visit) -> None:
    reader = visit("studies/leeds-a-library.html")
    reader.tab.wait_for_url("**/studies/study-400.html")
    reader.go("topics/refuse.html")
    reader.tab.wait_for_url("**/topics/waste-and-recycling.html")


def test_no_page_asks_anybody_else_or_troubles_the_console(visit: Visit) -> None:
    reader = visit()
    asked: list[str] = []
    reader.tab.on("request", lambda request: asked.append(request.url))
    for path in KINDS:
        reader.go(path)
    assert {url for url in asked if not url.startswith(reader.address)} == set()
    assert reader.troubles == []

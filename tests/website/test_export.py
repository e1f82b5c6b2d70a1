"""Exporting again: the same bytes for the same studies, no more work than is due, and addresses that stay."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.website.conftest import PICTURE, PICTURE_BYTES, build, invented
from tests.website.invented import fields, library, study, term
from workbench.errors import Refused, WorldError
from workbench.exporters import website
from workbench.exporters.website import Extras, Site
from workbench.progress import Cancelled
from workbench.publication import Study


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


def times(root: Path) -> dict[str, int]:
    return {
        str(path.relative_to(root)): path.stat().st_mtime_ns for path in root.rglob("*.*") if path.is_file()
    }


def write(root: Path, *studies: Study, site: Site | None = None) -> website.Written:
    return website.write(studies, {PICTURE.sha256: PICTURE_BYTES}.__getitem__, root, site)


def changed(one: Study, **content: object) -> Study:
    return replace(one, publication=replace(one.publication, **content), version=one.version + 1)  # type: ignore[arg-type]


def test_the_same_studies_in_any_order_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    shuffled = invented()
    random.Random(7).shuffle(shuffled)
    build(tmp_path / "again", shuffled)
    assert tree(tmp_path / "again") == tree(site)


def test_a_second_export_writes_nothing(tmp_path: Path) -> None:
    first = build(tmp_path, invented())
    before = times(tmp_path)
    second = build(tmp_path, invented())
    assert (second.written, second.unchanged, second.removed) == (0, first.written, 0)
    assert times(tmp_path) == before


def test_one_change_touches_only_what_shows_it(tmp_path: Path) -> None:
    studies = list(library(120))
    write(tmp_path, *studies)
    before = times(tmp_path)
    studies[60] = changed(studies[60], title="Another title")
    write(tmp_path, *studies)
    touched = {path for path, time in times(tmp_path).items() if before.get(path) != time}
    touched -= {".casebook/site.json"}
    assert touched >= {"assets/studies.js", "browse/3.html"}
    assert "submit.html" not in touched
    assert sum(path.startswith("studies/") for path in touched) == 1
    assert len(touched) < 15
    afresh = tmp_path / "afresh"
    write(afresh, *studies)
    kept = {path: data for path, data in tree(tmp_path).items() if not path.startswith("afresh")}
    assert kept == tree(afresh)


def addresses(root: Path) -> set[str]:
    return {path for path in tree(root) if path.startswith(("studies/", "councils/", "topics/"))}


def test_addresses_outlive_a_rename_and_a_withdrawal(tmp_path: Path) -> None:
    one = study(1)
    write(tmp_path, one, study(2))
    before = addresses(tmp_path)
    renamed = replace(one.publication.authorities[0], name="Leeds Combined Council")
    labels = (term("waste-and-recycling", label="Waste and reuse"), term("communities"))
    write(tmp_path, changed(one, title="Another", authorities=(renamed,), terms=labels), study(2))
    assert addresses(tmp_path) == before
    write(tmp_path, replace(one, withdrawn=True), study(2))
    assert addresses(tmp_path) == before
    write(tmp_path, replace(one, withdrawn=True), replace(study(2), withdrawn=True))
    assert addresses(tmp_path) == before
    assert "No case study is filed here now" in (tmp_path / "topics/communities.html").read_text()


def test_an_earlier_slug_leads_to_the_study(tmp_path: Path) -> None:
    one = changed(study(1), slug="another")
    extras = Extras(former={one.publication.study: ("study-1", "study-2")})
    website.write([one, study(2)], {}.__getitem__, tmp_path, extras=extras)
    moved = (tmp_path / "studies/study-1.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../studies/another.html">' in moved
    assert "Kettles" in (tmp_path / "studies/study-2.html").read_text()


def test_two_studies_of_one_slug_both_have_a_page(tmp_path: Path) -> None:
    write(tmp_path, study(1, slug="same"), study(2, slug="same", title="The other"))
    assert len(list(tmp_path.glob("studies/same*.html"))) == 2


@pytest.mark.parametrize("slug", ["../../etc/passwd", "", "CON", "nul", "Ünïcode", "a" * 300, "index.html"])
def test_a_slug_that_is_no_name_for_a_file_is_replaced(tmp_path: Path, slug: str) -> None:
    write(tmp_path, study(1, slug=slug))
    (page,) = tmp_path.glob("studies/*.html")
    assert page.name.startswith("x-")


def test_themes_that_ended_lead_to_what_took_their_place(site: Path) -> None:
    refuse, leisure, bygone = (
        (site / path).read_text()
        for path in ("topics/refuse.html", "topics/leisure.html", "support-types/bygone.html")
    )
    assert "url=../topics/waste-and-recycling.html" in refuse
    assert "libraries.html" in leisure and "communities.html" in leisure and "refresh" not in leisure
    assert "../support-types.html" in bygone and "refresh" not in bygone


def test_a_broader_theme_holds_the_studies_of_a_narrower_one(site: Path) -> None:
    waste, repairs = ((site / f"topics/{slug}.html").read_text() for slug in ("waste-and-recycling", "reuse"))
    assert "Leeds: a library of things" in waste and "Leeds: a library of things" in repairs
    assert "Within this topic" in waste and "Reuse and repair" in waste
    assert "<h1>Reuse and repair</h1>" in repairs  # today's label, not the one it was published with


def test_what_no_study_carries_any_more_is_removed(tmp_path: Path) -> None:
    write(tmp_path, study(1, terms=(term("libraries"),)), study(2))
    result = write(tmp_path, study(1, terms=()), study(2))
    assert result.removed == 1
    assert not (tmp_path / "topics/libraries.html").exists()


def test_a_theme_renamed_is_called_as_the_latest_study_calls_it(tmp_path: Path) -> None:
    old, new = (term("libraries", label=label) for label in ("Library service", "Libraries"))
    write(tmp_path, study(1, terms=(new,)), study(9, terms=(old,)))
    assert "<h1>Libraries</h1>" in (tmp_path / "topics/libraries.html").read_text()


def test_a_new_study_changes_only_the_first_page_of_its_lists(tmp_path: Path) -> None:
    studies = list(library(120))
    write(tmp_path, *studies)
    before = times(tmp_path)
    write(tmp_path, *studies, study(0, terms=studies[0].publication.terms))
    touched = {path for path, time in times(tmp_path).items() if before.get(path) != time}
    assert {"index.html", "studies/study-0.html"} <= touched
    assert not [path for path in touched if "browse/" in path or "--" in path]


@pytest.mark.parametrize("size", [0, 1, 9, 10, 29, 30, 31, 49, 50, 70])
def test_the_pages_of_a_list_hold_each_study_once_the_newest_first(tmp_path: Path, size: int) -> None:
    studies = list(library(size))
    write(tmp_path, *studies)
    later = sorted((tmp_path / "browse").glob("*.html"), key=lambda path: -int(path.stem))
    pages = [path.read_text() for path in (tmp_path / "index.html", *later)]
    shown = [re.findall(r'<h3><a href="(?:\.\./)?studies/([^"]+)\.html">', page) for page in pages]
    assert [name for names in shown for name in names] == [one.publication.slug for one in studies]
    assert all(len(names) == 20 for names in shown[1:]) and len(shown[0]) < 30


def test_the_words_of_whole_studies_stand_in_parts_of_which_one_change_makes_one_anew(tmp_path: Path) -> None:
    studies = list(library(150))
    write(tmp_path, *studies, study(900, fields=fields(challenge="<p>The caf\u00e9's &amp; zither</p>")))
    parts = {path.name: path.read_text() for path in (tmp_path / "assets/text").iterdir()}
    assert len(parts) == 2
    words = next(text for text in parts.values() if "zither" in text)
    assert '"study-900":"' in words and "cafes" in words and "amp" not in words.split()
    before = times(tmp_path)
    write(tmp_path, *studies, study(900, fields=fields(challenge="<p>A bassoon</p>")))
    after = {path: time for path, time in times(tmp_path).items() if "/text/" in path}
    assert sum(before[path] != time for path, time in after.items()) == 1
    assert "bassoon" in "".join(path.read_text() for path in (tmp_path / "assets/text").iterdir())


def test_a_cancelled_export_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, *library(10))
    before = tree(tmp_path)

    def stop(done: int, total: int, what: str) -> None:
        if done == 7:
            raise Cancelled

    with pytest.raises(Cancelled):
        website.write(list(library(10, seed=2)), {}.__getitem__, tmp_path, progress=stop)
    assert tree(tmp_path) == before


def test_a_kind_of_theme_that_is_not_known_costs_nobody_the_website(tmp_path: Path) -> None:
    """It may come from a newer program, or from somebody who sent it by hand."""
    write(tmp_path, study(terms=(term("odd", kind="unheard-of"), term("waste-and-recycling"))))
    assert "waste-and-recycling" in (tmp_path / "index.html").read_text()
    assert not list(tmp_path.rglob("*odd*"))


def test_what_is_told_on_the_way_is_one_line(tmp_path: Path) -> None:
    told: list[str] = []
    website.write(
        [study(title="One\nline \u202eonly")],
        {}.__getitem__,
        tmp_path,
        progress=lambda *at: told.append(at[2]),
    )
    assert told == ["One line only"]


def test_progress_counts_the_studies(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    website.write(
        list(library(3)), {}.__getitem__, tmp_path, progress=lambda done, total, _: told.append((done, total))
    )
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(Refused, match="not-our-folder"):
        write(tmp_path, study())
    assert tree(tmp_path) == {"index.html": b"mine"}


def test_an_empty_catalogue_is_a_site_too(tmp_path: Path) -> None:
    write(tmp_path)
    home = (tmp_path / "index.html").read_text()
    assert "No case study is published here at the moment" in home and "Case studies written by" in home
    assert not (tmp_path / "sitemap.xml").exists()


def test_a_notice_stands_on_every_page(tmp_path: Path) -> None:
    write(tmp_path, study(), site=Site(notice="Invented <samples>"))
    for path in tmp_path.rglob("*.html"):
        assert "Invented &lt;samples&gt;" in path.read_text(), path


def test_many_studies_in_one_topic_are_turned_page_by_page(tmp_path: Path) -> None:
    write(tmp_path, *library(45), site=Site(page_size=2))
    found = sorted(tmp_path.glob("topics/communities*.html"))
    assert len(found) > 3
    links = [path.read_text().count('aria-current="page"') for path in found]
    assert set(links) == {1}


@pytest.mark.parametrize("trouble", ["missing", "unreadable", "no picture", "unknown kind"])
def test_a_picture_that_cannot_be_shown_is_left_out_and_told(tmp_path: Path, trouble: str) -> None:
    image = replace(PICTURE, media_type="image/svg+xml") if trouble == "unknown kind" else PICTURE

    def asset(sha256: str) -> bytes:
        if trouble == "missing":
            raise KeyError(sha256)
        if trouble == "unreadable":
            raise WorldError("catalogue-unreachable")
        return b"\xff\xd8\xff not really" if trouble == "no picture" else PICTURE_BYTES

    result = website.write([study(images=(image,))], asset, tmp_path)
    assert result.left_out == (PICTURE.sha256,)
    assert not (tmp_path / "pictures").exists()
    assert "pictures/" not in "".join(path.read_text() for path in tmp_path.rglob("*.html"))


def test_a_picture_that_two_studies_show_stands_once(tmp_path: Path) -> None:
    write(tmp_path, study(1, images=(PICTURE,)), study(2, images=(PICTURE,)))
    assert len(list(tmp_path.glob("pictures/*"))) == 2


def test_a_picture_nobody_described_says_so(tmp_path: Path) -> None:
    write(tmp_path, study(1, images=(replace(PICTURE, alt=None),)))
    assert 'alt="Picture without a description"' in (tmp_path / "index.html").read_text()


def test_moments_without_a_zone_are_utc(tmp_path: Path) -> None:
    naive = datetime(2026, 3, 1, 23, 59)
    write(tmp_path, study(1, published_at=naive))
    assert "1 March 2026" in (tmp_path / "index.html").read_text()

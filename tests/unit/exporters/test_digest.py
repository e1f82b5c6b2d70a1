"""A year in figures: what is counted, and that page and table say the same."""

from __future__ import annotations

import csv as standard
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from tests.website.invented import COUNCILS, study, term
from workbench.errors import Refused
from workbench.exporters import digest
from workbench.exporters.folder import Written
from workbench.publication import Study


def at(one: Study, first: tuple[int, int], last: tuple[int, int] | None = None, **more: object) -> Study:
    moments = {
        "first_published_at": datetime(*first, 5, tzinfo=UTC),
        "published_at": datetime(*(last or first), 5, tzinfo=UTC),
    }
    return replace(one, **moments, **more)  # type: ignore[arg-type]


LIBRARIES, HEALTH = term("libraries"), term("public-health")
YEAR = (
    at(study(1, terms=(LIBRARIES, HEALTH), authorities=COUNCILS[:2]), (2026, 1)),
    at(study(2, terms=(LIBRARIES,), authorities=COUNCILS[:1]), (2026, 11)),
    at(study(3, terms=(HEALTH,)), (2025, 3), (2026, 2), version=2),
    at(study(4, terms=(HEALTH,)), (2026, 4), withdrawn=True),
    at(study(5, terms=(HEALTH,)), (2027, 1)),
)


def counted(found: digest.Digest, name: str) -> dict[str, int]:
    return dict(next(tally for tally in found.tallies if tally.name == name).counts)


def test_a_year_is_counted() -> None:
    found = digest.digest(YEAR, 2026)
    assert (found.published, found.before, found.updated, found.withdrawn, found.held) == (2, 1, 1, 1, 3)
    assert found.councils == 2
    assert counted(found, "topic") == {"Libraries": 2, "Public health": 1}
    assert {name: n for name, n in counted(found, "month").items() if n} == {"January": 1, "November": 1}
    assert counted(found, "region") == {"Yorkshire and The Humber": 2, "London": 1}
    assert counted(found, "council_type") == {"Metropolitan district": 2, "London borough": 1}


def test_what_a_study_is_filed_under_today_counts() -> None:
    moved = replace(YEAR[1], filed=(HEALTH,))
    assert counted(digest.digest([moved], 2026), "topic") == {"Public health": 1}


def test_page_and_table_say_the_same(tmp_path: Path) -> None:
    assert digest.write(YEAR, 2026, tmp_path) == Written(2, 0, 0)
    table = (tmp_path / "digest-2026.csv").read_bytes().decode("utf-8-sig")
    rows = list(standard.DictReader(io.StringIO(table, newline="")))
    figures = {(row["by"], row["name"]): row["studies"] for row in rows}
    assert figures["all", "published"] == "2"
    page = html.fromstring((tmp_path / "digest-2026.html").read_bytes())
    (topics,) = page.xpath("//section[h2[@id='topic']]")
    for name, count in (("Libraries", "2"), ("Public health", "1")):
        assert figures["topic", name] == count
        assert topics.xpath(f".//tr[th='{name}']/td/text()") == [count]
    (drawing,) = topics.xpath(".//*[local-name()='svg']")
    assert drawing.get("role") == "img"
    assert "Libraries 2" in "".join(drawing.xpath("./*[local-name()='desc']/text()"))


def test_names_that_look_like_markup_or_formulas_are_words(tmp_path: Path) -> None:
    odd = at(study(1, terms=(term("odd", label="=1+1<script>alert(1)</script>"),)), (2026, 1))
    digest.write([odd], 2026, tmp_path)
    assert b"<script>" not in (tmp_path / "digest-2026.html").read_bytes()
    assert b"'=1+1<script>" in (tmp_path / "digest-2026.csv").read_bytes()


def test_a_year_without_studies_says_so(tmp_path: Path) -> None:
    digest.write((), 1999, tmp_path)
    assert "No study was published in 1999." in (tmp_path / "digest-1999.html").read_text()


def test_the_same_figures_change_nothing_and_nothing_of_others_is_written_over(tmp_path: Path) -> None:
    digest.write(YEAR, 2026, tmp_path)
    assert digest.write(YEAR, 2026, tmp_path) == Written(0, 2, 0)
    (tmp_path / "digest-2025.csv").write_text("mine")
    with pytest.raises(Refused, match="not-our-folder"):
        digest.write(YEAR, 2025, tmp_path)

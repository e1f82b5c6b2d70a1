"""The catalogue by command: found by facets, versions compared, taken up again, handed out."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue.given import lay
from tests.conftest import Casebook
from workbench.desk import decisions, open_desk, study
from workbench.desk.catalogue import publishing
from workbench.desk.editing import review
from workbench.richtext import from_text


def test_a_study_is_found_compared_taken_up_and_handed_out(casebook: Casebook, tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", who="Ada") as desk:
        one = lay(desk, 1)
        publishing.queue(desk, [one])
        assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
        decisions.reopen(desk, [one])
        review.edit(desk, one, "summary", from_text("Residents mend what they own, and lend it."))
        for finding in study.show(desk, one).open_findings:
            review.dismiss(desk, one, finding.key, "Looked at")
        decisions.approve(desk, [one])
        publishing.queue(desk, [one])
        assert [outcome.version for outcome in publishing.publish(desk)] == [2]
        uuid = study.show(desk, one).study

    facets = casebook("search", "--facets", "--json").rows
    council = next(row for row in facets if row["facet"] == "council")
    assert casebook("search", "--council", council["label"].upper(), "--json").row["study"] == uuid
    assert casebook("search", "--council", "E00000000", "--json").rows == []
    assert casebook("search", "--from", "2001-01-01", "--to", "2002-01-01", "--json").rows == []

    assert [row["version"] for row in casebook("versions", uuid, "--json").rows] == [1, 2]
    difference = casebook("versions", uuid, "--diff", "1", "2", "--json").row
    assert difference["field"] == "summary"
    assert "and lend it" in difference["newer"]
    assert "and lend it" not in difference["older"]
    assert "and lend it" not in casebook("versions", uuid, "--show", "1").out
    assert "salt" not in str(casebook("versions", uuid, "--show", "1", "--json").row).replace(
        "'salt': ''", ""
    )
    assert casebook("versions", uuid, "--show", "7").status == 2

    taken = casebook("open", uuid, "--json").row
    assert taken["submission"] == one
    assert one in casebook("open", uuid).out
    assert casebook("undo").status == 0
    assert casebook("open", "nothing").status == 2

    copies = tmp_path / "copies"
    assert casebook("export", "word", copies, one, uuid).status == 0
    assert len(list(copies.glob("*.docx"))) == 2
    assert casebook("export", "word", copies, one, uuid, "--json").row["unchanged"] >= 1
    assert casebook("export", "word", copies).status == 2, "which studies?"
    assert casebook("export", "digest", copies).status == 2, "which year?"
    assert casebook("export", "csv", copies, one).status == 2, "a table holds them all"
    year = str(casebook("search", "--json").row["published_at"])[:4]
    assert casebook("export", "digest", copies, "--year", year).status == 0
    assert (copies / f"digest-{year}.html").is_file()
    (copies / "case-studies.csv").write_text("mine")
    assert casebook("export", "csv", copies).status == 1
    assert (copies / "case-studies.csv").read_text() == "mine"

    assert casebook("withdraw", uuid, "--reason", "Asked for").status == 0
    assert casebook("search", "--json").rows == []
    assert casebook("search", "--withdrawn", "--json").row["withdrawn"]

"""The table: one row per study, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv as standard
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.website.invented import COUNCILS, fields, study, term
from workbench.errors import Refused
from workbench.exporters import csv, safe
from workbench.exporters.folder import Written
from workbench.publication import PublishedField

FORMULAS = (
    '=HYPERLINK("http://x.example")',
    "+1+2",
    "-1+2",
    "@SUM(1,2)",
    "=cmd|' /C calc'!A0",
    "＝1+2",
    "－2+3",
)
OFFICE = shutil.which("soffice")
CALC = OFFICE is not None and Path(OFFICE).resolve().with_name("libscfiltlo.so").exists()

BEFORE = ("", " ", "\t", "\r", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2060")
"""What a spreadsheet might pass over on its way to a formula."""


def rows(folder: Path) -> list[dict[str, str]]:
    text = (folder / csv.NAME).read_bytes().decode("utf-8-sig")
    return list(standard.DictReader(io.StringIO(text, newline="")))


def test_a_row_per_study_in_the_order_given(tmp_path: Path) -> None:
    terms = (term("libraries"), term("communities"), term("sustainability", "support_type"))
    assert csv.write([study(2), study(1, authorities=COUNCILS[:2], terms=terms)], tmp_path) == Written(
        1, 0, 0
    )
    second, first = rows(tmp_path)
    assert second["study"].endswith("2")
    assert first["title"] == "Leeds: a repair café in every ward"
    assert first["councils"] == "Leeds City Council; London Borough of Hammersmith & Fulham"
    assert first["gss"] == "E08000035; E09000013"
    assert first["topics"] == "Libraries; Communities"
    assert first["support_types"] == "Sustainability"
    assert first["solution"] == "We opened 33 cafés with volunteers.\ntools\ntea"
    assert first["published"] == "2026-11-20"


def test_excel_is_told_the_encoding_and_gets_its_line_ends(tmp_path: Path) -> None:
    csv.write([study()], tmp_path)
    data = (tmp_path / csv.NAME).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfstudy,version,")
    assert data.endswith(b"\r\n")


@given(
    st.text(max_size=40)
    | st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
    | st.builds(str.__add__, st.sampled_from(BEFORE), st.sampled_from(FORMULAS))
)
def test_no_cell_is_a_formula(words: str) -> None:
    cell = csv.harmless(words)
    assert not cell.lstrip("".join(BEFORE)).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r"))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_whatever_was_written_is_read_back(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    standard.writer(out, lineterminator="\r\n").writerow([csv.harmless(one) for one in texts])
    data = out.getvalue().encode("utf-8-sig")
    (read,) = standard.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    for text, cell in zip(texts, read, strict=True):
        assert safe.text(text) in (cell, cell[1:])


@pytest.mark.parametrize("words", ["plain", "5 = 5", "a-b", "£4 + VAT", ""])
def test_harmless_words_stay(words: str) -> None:
    assert csv.harmless(words) == words


def test_a_formula_in_a_title_is_words(tmp_path: Path) -> None:
    csv.write(
        [study(title='=HYPERLINK("http://x.example","prize")', fields=fields(impact="<p>-5% in a year</p>"))],
        tmp_path,
    )
    (row,) = rows(tmp_path)
    assert row["title"].startswith("'=HYPERLINK")
    assert row["impact"] == "'-5% in a year"


def test_a_cell_no_spreadsheet_could_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    csv.write([study(fields=fields(impact=f"<p>{'word ' * 9000}</p>"))], tmp_path)
    (row,) = rows(tmp_path)
    assert len(row["impact"]) < 32_767
    assert "the JSON export has all of it" in row["impact"]


def test_answers_of_other_templates_share_a_column(tmp_path: Path) -> None:
    other = (
        PublishedField("milestones", "Milestones", "<p>Two</p>"),
        PublishedField("risks", "Risks", "<p>One</p>"),
    )
    csv.write([study(fields=other)], tmp_path)
    (row,) = rows(tmp_path)
    assert row["other"] == "Milestones: Two\n\nRisks: One"
    assert row["challenge"] == ""


def test_a_withdrawn_study_keeps_its_name_but_not_its_text(tmp_path: Path) -> None:
    csv.write([study(withdrawn=True, note="At the council's wish.")], tmp_path)
    (row,) = rows(tmp_path)
    assert (row["state"], row["note"]) == ("withdrawn", "At the council's wish.")
    assert not row["summary"] + row["solution"] + row["other"]


def test_details_of_people_stay_out(tmp_path: Path) -> None:
    csv.write([study()], tmp_path)
    assert b"sample@example.org" not in (tmp_path / csv.NAME).read_bytes()


def test_the_same_studies_change_nothing(tmp_path: Path) -> None:
    csv.write([study()], tmp_path)
    assert csv.write([study()], tmp_path) == Written(0, 1, 0)


def test_a_table_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / csv.NAME).write_text("mine")
    with pytest.raises(Refused, match="not-our-folder"):
        csv.write([study()], tmp_path)
    assert (tmp_path / csv.NAME).read_text() == "mine"


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_the_same_words_and_no_formula(tmp_path: Path) -> None:
    """Through LibreOffice into a workbook: no cell of it is a formula, though it is told to look for some."""
    texts = [f"{before}{formula}" for before in BEFORE for formula in FORMULAS]
    texts += [
        "é 😀 مكتبة",
        'He said "no", twice',
        "a;b,c",
        "two\nlines",
        "<script>alert(1)</script>",
        "x" * 300,
    ]
    texts = [text for text in texts if "\r" not in text]
    csv.write(
        [study(number, title=text, fields=fields(impact="")) for number, text in enumerate(texts, 1)],
        tmp_path,
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    look_for_formulas = "--infilter=CSV:44,34,76,1,,1033,false,true,false,false,false,-1,true"
    command = [
        "soffice",
        profile,
        "--headless",
        look_for_formulas,
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
    ]
    unguarded = tmp_path / "unguarded.csv"
    unguarded.write_text("a,b\r\n=1+2,3\r\n")
    files = (str(tmp_path / csv.NAME), str(unguarded))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=90)
    assert "formula=" in (tmp_path / "unguarded.fods").read_text(), "it does look for formulas"
    root = etree.parse(tmp_path / "case-studies.fods").getroot()
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    assert not [cell for cell in root.iter(f"{table}table-cell") if cell.get(f"{table}formula")]
    told = [
        "\n".join("".join(p.itertext()) for p in row[csv.COLUMNS.index("title")])
        for row in _rows(root, table)
    ]
    expected = [csv.harmless(safe.line(text)) for text in texts]
    assert [line.split() for line in told[1:]] == [line.split() for line in expected]


def _rows(root: etree._Element, table: str) -> list[list[etree._Element]]:
    """The cells of each row; LibreOffice writes cells that are alike once, and how often."""
    every = [
        [
            cell
            for cell in row.iter(f"{table}table-cell")
            for _ in range(min(int(cell.get(f"{table}number-columns-repeated", "1")), len(csv.COLUMNS)))
        ]
        for row in root.iter(f"{table}table-row")
    ]
    return [row for row in every if len(row) >= len(csv.COLUMNS)]

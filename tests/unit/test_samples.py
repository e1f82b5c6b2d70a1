"""The shipped samples are what they claim: readable, marked as invented, and placed as their authors meant."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workbench import template, word
from workbench.desk import files
from workbench.errors import Refused
from workbench.intake import Placed, place

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "samples"
SAMPLES = sorted(FOLDER.glob("*.docx"))
TRUTHS = {
    truth["file"]: truth
    for truth in (
        tomllib.loads(path.read_text("utf-8"))
        for path in sorted((ROOT / "build_spec/samples/truth").glob("*.toml"))
    )
}
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem.removeprefix("sample-"))
each_truth = pytest.mark.parametrize("truth", TRUTHS.values(), ids=[name[7:-5] for name in TRUTHS])


@cache
def placed(file: str) -> Placed:
    return place(word.read((FOLDER / file).read_bytes(), file), template.shipped())


def tokens(text: str) -> list[str]:
    return re.findall(r"[\w£]+", text)


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode("utf-8")


def test_there_are_enough_of_them_and_every_one_is_known() -> None:
    names = {path.name for path in SAMPLES}
    assert len(names) >= 24
    assert set(TRUTHS) <= names
    assert names - set(TRUTHS) == {"sample-food-waste-final-copy-2.docx"}


def test_the_readme_tells_of_every_sample() -> None:
    told = set(re.findall(r"^\| ([\w-]+) \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE))
    assert told - {"file"} == {path.stem.removeprefix("sample-") for path in SAMPLES}


@each_sample
def test_every_sample_says_that_it_is_invented(path: Path) -> None:
    document = word.read(path.read_bytes(), path.name)
    assert document.properties.custom["CasebookSample"].startswith("Invented")
    assert "invented sample" in part(path, "docProps/core.xml")
    assert path.name.startswith("sample-")


@each_sample
def test_contact_details_reach_nobody(path: Path) -> None:
    words = part(path, "word/document.xml")
    addresses = re.findall(r"[\w.]+@[\w.]+\w", words) + re.findall(
        r"https?://[\w.]+", part(path, "word/document.xml")
    )
    assert all(re.search(r"\.example$|schemas\.|w3\.org|purl\.org", address) for address in addresses)
    phones = re.findall(r"\b0\d{2,4} ?\d{3,4} ?\d{3,4}\b", re.sub(r"<[^>]+>", "", words))
    assert all(re.match(r"01632 960 ?\d{3}|020 7946 0\d{3}|07700 900 ?\d{3}", phone) for phone in phones)


@each_sample
def test_the_reader_loses_no_word(path: Path) -> None:
    data = path.read_bytes()
    document = word.read(data, path.name)
    said = Counter(word.words(" ".join(_all_text(document))))
    raw = word.raw_words(data)
    assert not {each: count for each, count in raw.items() if said[each] < count}


def _all_text(document: word.WordDocument) -> list[str]:
    from workbench.word.document import paragraphs

    body = [paragraph.text for paragraph in paragraphs(document.blocks)]
    return (
        body + [note.text for note in document.notes] + [picture.alt or "" for picture in document.pictures]
    )


def test_one_is_another_under_a_new_name() -> None:
    copy, original = (
        FOLDER / f"sample-{name}.docx" for name in ("food-waste-final-copy-2", "calderdale-food-waste")
    )
    assert copy.read_bytes() == original.read_bytes()
    different = {path.read_bytes() for path in SAMPLES}
    assert len(different) == len(SAMPLES) - 1


def test_more_than_one_program_saved_them() -> None:
    by_office = {path.name for path in SAMPLES if "LibreOffice" in part(path, "docProps/app.xml")}
    assert by_office == {name for name, truth in TRUTHS.items() if truth["libreoffice"]}
    assert len(by_office) >= 6


def test_there_is_one_for_each_template() -> None:
    assert {truth["template"] for truth in TRUTHS.values()} == set(template.shipped())


@each_truth
def test_it_is_known_for_what_it_is(truth: Mapping[str, Any]) -> None:
    assert placed(truth["file"]).template == truth["template"]


@each_truth
def test_every_answer_stands_in_its_field(truth: Mapping[str, Any]) -> None:
    fields = placed(truth["file"]).fields
    answered = {name for name, value in fields.items() if value.text.strip()}
    assert answered == {name for name, answer in truth["fields"].items() if answer["words"]}
    for name in answered:
        _same(fields[name].text, truth["fields"][name])


def _same(text: str, answer: Mapping[str, Any]) -> None:
    begins, ends = tokens(answer["begins"]), tokens(answer["ends"])
    found = tokens(text)
    assert found[: len(begins)] == begins
    assert found[len(found) - len(ends) :] == ends
    assert len(text.split()) == answer["words"]


@each_truth
def test_what_has_no_place_waits_in_the_tray(truth: Mapping[str, Any]) -> None:
    waiting = placed(truth["file"]).unplaced
    assert len(waiting) == len(truth.get("unplaced", ()))
    for passage, expected in zip(waiting, truth.get("unplaced", ()), strict=True):
        assert " ".join(tokens(expected["begins"])) in " ".join(tokens(passage.text))


@each_truth
def test_its_pictures_come_along(truth: Mapping[str, Any]) -> None:
    assert len(placed(truth["file"]).pictures) == truth["pictures"]


@each_truth
def test_only_the_good_ones_could_be_approved(truth: Mapping[str, Any]) -> None:
    findings = files.check(FOLDER / truth["file"])["findings"]
    blockers = {finding["check"] for finding in findings if finding["severity"] == "blocker"}
    assert bool(blockers) is not truth["good"], blockers


def test_most_are_good() -> None:
    assert sum(truth["good"] for truth in TRUTHS.values()) >= 12


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_sample_is_refused_in_words(kept: float) -> None:
    data = SAMPLES[0].read_bytes()
    with pytest.raises(Refused) as caught:
        word.read(data[: int(len(data) * kept)], "half.docx")
    assert caught.value.code in {"damaged", "not-word"}

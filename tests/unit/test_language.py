"""Languages: how they count, write days and numbers; and that each says what English says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
import ui
import workbench
from build_spec.words import translate
from workbench import config, intake, word, words
from workbench.template import shipped
from workbench.word import form
from workbench.words import plurals, speaking

OTHERS = [language for language in words.languages() if language != words.FALLBACK]
ENGLISH = translate.english()


@pytest.fixture(autouse=True)
def in_english_again() -> Iterator[None]:
    yield
    words.speak(words.FALLBACK)


def told(language: str) -> list[translate.Message]:
    """Every sentence that is translated."""
    found = translate.messages(language, ENGLISH, translate.translated(language))
    return [each for each in found if each.said]


def test_plurals_are_counted_as_cldr_says():
    assert [plurals.form("en", n) for n in (0, 1, 2, 21)] == ["other", "one", "other", "other"]
    assert [plurals.form("cy", n) for n in range(8)] == [
        *("zero", "one", "two", "few", "other", "other", "many", "other")
    ]


def test_rules_of_other_languages_are_understood(monkeypatch: pytest.MonkeyPatch):
    polish = "one: n = 1 · few: n % 10 = 2..4 and n % 100 != 12..14 · many: n != 1 and n % 10 = 0..1,5..9"
    monkeypatch.setattr(plurals, "trait", lambda name, language: polish)
    found = {n: plurals.form("pl-test", n) for n in (1, 2, 5, 11, 12, 21, 22, 25)}
    assert found == {
        1: "one",
        2: "few",
        5: "many",
        11: "many",
        12: "other",
        21: "many",
        22: "few",
        25: "many",
    }


def test_a_rule_that_is_none_is_not_passed_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plurals, "trait", lambda name, language: "one: n is 1")
    with pytest.raises(ValueError, match="n is 1"):
        plurals.form("odd-test", 1)


def test_a_number_mutates_the_noun_after_it():
    words.speak("cy")
    said = [words.say("ui", "submissions", n=n) for n in (1, 2, 3, 6, 1234)]
    assert said == ["1 cyflwyniad", "2 gyflwyniad", "3 chyflwyniad", "6 chyflwyniad", "1,234 cyflwyniad"]


def test_what_a_language_lacks_is_said_in_english_with_the_plural_of_english(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(speaking, "_spoken", "none-such")
    assert words.say("ui", "submissions", n=2) == "2 submissions"
    assert words.day(date(2026, 10, 3)) == "3 October 2026"


def test_the_language_is_found_when_the_first_sentence_is_said():
    asked: list[str] = []
    words.speak(lambda: asked.append("asked") or "cy")
    assert asked == []
    assert [words.say("ui", "undo"), words.say("ui", "redo-none")] == ["Dadwneud", "redo-none"]
    assert asked == ["asked"]


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["cy_GB.UTF-8"], "cy"),
        (["fr-FR", "cy-GB"], "cy"),
        (["C"], "en"),
        ([], "en"),
        (["CY"], "cy"),
        (["en_US", "cy"], "en"),
    ],
)
def test_the_first_language_there_is_is_chosen(wanted: list[str], language: str):
    assert words.chosen(wanted) == language


def test_the_surroundings_say_which_languages_are_wanted():
    assert words.of_environment({"LANG": "cy_GB.UTF-8", "LANGUAGE": "fr:en"}) == ("fr", "en", "cy_GB.UTF-8")
    assert words.of_environment({"LC_ALL": "C", "LANG": "cy_GB", "LANGUAGE": "cy"}) == ("C",)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(words.languages()))
def test_a_day_is_read_as_it_is_written(when: date, language: str):
    written = words.Written(when.year, when.month, when.day)
    assert words.read(words.day(when, language)) == written
    assert words.read(words.long_day(when, language)) == written
    assert words.read(words.short_day(when, language)) == words.Written(None, when.month, when.day)


@pytest.mark.parametrize(
    "text", ["3ydd o Hydref 2026", "Saturday, 3rd of Oct 2026", "03/10/2026", "2026-10-03"]
)
def test_days_are_read_in_every_language_whichever_is_spoken(text: str):
    assert words.read(text) == words.Written(2026, 10, 3)


@pytest.mark.parametrize(
    "text", ["", "13", "3 bananas", "Blursday 3 October", "3xx October", "3 of of May", "31"]
)
def test_what_is_no_day_is_not_read(text: str):
    assert words.read(text) is None


def test_numbers_sizes_lists_and_names():
    assert words.number(1234567) == "1,234,567"
    assert [words.size(each) for each in (0, 999, 1500, 999_999, 25_000_000)] == [
        *("0 B", "999 B", "1.5 kB", "1.0 MB", "25.0 MB")
    ]
    assert [words.listed(each) for each in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert sorted(["Llandudno", "Lymm", "Chepstow", "Cymru"], key=lambda name: words.sorting(name, "cy")) == [
        *("Cymru", "Chepstow", "Lymm", "Llandudno")
    ]
    assert sorted(["Zeta", "Ångström", "apple"], key=words.sorting) == ["Ångström", "apple", "Zeta"]


def test_findings_kept_in_english_are_said_again():
    checks = resources.toml("checks.toml")["checks"]
    words.speak("cy")
    told_of = words.group("cy", "checks")
    assert len(told_of) > 70
    for check, entry in checks.items():
        cases = {check: entry["message"]} | {f"{check}.{c}": m for c, m in entry.get("messages", {}).items()}
        for original in (message for code, message in cases.items() if code in told_of):
            names = sorted(set(re.findall(r"\{(\w+)\}", original)))
            message = words.fill(original, {name: f"<{name}>" for name in names})
            again = words.finding(check, message)
            assert again != message, check
            assert all(f"<{name}>" in again for name in names if check != "STR-09"), again
    assert words.finding("STR-01", "The office's own words.") == "The office's own words."
    assert words.finding("XXX-99", "Anything") == "Anything"


def test_what_leaves_the_house_stays_english():
    words.speak("cy")
    assert words.say("return", "things", language=words.OUTSIDE, n=2) == "2 things"
    assert words.day(date(2026, 10, 3), words.OUTSIDE) == "3 October 2026"


def test_every_language_can_be_set():
    (declared,) = (each for each in config.DECLARED if each.name == "language")
    assert declared.choices == ("system", *words.languages())


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_keeps_every_parameter(language: str):
    kept, refused = translate.sorted_out(language, told(language), ENGLISH)
    assert refused == []
    assert len(kept["ui"]) > 1000


@pytest.mark.parametrize("language", OTHERS)
def test_plural_forms_are_those_of_the_language(language: str):
    forms = set(plurals.forms(language))
    odd = [
        (group, code)
        for group, sentences in translate.translated(language).items()
        for code, said in sentences.items()
        if isinstance(said, dict) and not {"other"} <= set(said) <= forms
    ]
    assert odd == []


@pytest.mark.parametrize("language", OTHERS)
def test_keys_of_menus_are_there_and_differ(language: str):
    keyed = [each for each in told(language) if each.group == translate.QT and "&" in each.english]
    assert [each.code for each in keyed if each.said.count("&") != 1] == []
    for menu in ("QLineEdit", "QWidgetTextControl"):
        keys = [
            key.lower()
            for each in keyed
            if each.code.startswith(menu)
            for key in re.findall("&(.)", each.said)
        ]
        assert len(keys) == len(set(keys)) > 3


ALIKE = {"QFileDialog|Alias", "direction", "note-word-art", "note-label [one]", "question-label"}
"""What is called the same in English and Welsh."""

NO_WORDS = re.compile(r"\{\w+\}|[Cc]asebook|https?://\S+|`[^`]*`|JSON|CSV|\bid\b")


def test_only_names_and_signs_are_the_same_in_welsh():
    same = {each.comment: NO_WORDS.sub("", each.said) for each in told("cy") if each.said == each.english}
    assert {code for code, said in same.items() if re.search("[A-Za-z]{3}", said)} == ALIKE


def test_no_day_is_written_by_the_machines_locale():
    """`%B` and its like are told by whatever locale the process has."""
    local = re.compile(r":[^{}]*%-?[aAbBcpxX]\b[^{}]*\}|(?:strftime|strptime)\([^)]*%-?[aAbBcpxX]\b")
    paths = (path for room in (workbench, ui) for path in Path(str(room.__file__)).parent.rglob("*.py"))
    found = [path.name for path in paths if local.search(path.read_text("utf-8"))]
    assert found == []
    assert local.search('f"{when:%d %B}"')


def test_a_welsh_form_is_read_back_empty():
    """Its prompts and labels are told from answers, whichever language they are in."""
    template = shipped()["case-study"]
    placed = intake.place(word.read(word.blank(template, "cy"), "ffurflen.docx"), shipped())
    assert placed.template == "case-study"
    assert placed.unplaced == ()
    assert [name for name, value in placed.fields.items() if value.text.strip()] == []


def test_welsh_headings_are_read_where_a_program_lost_the_forms_controls():
    template = form.in_language(shipped()["case-study"], "cy")
    plain = docx.Document()
    for field in template.fields:
        plain.add_paragraph(field.label)
        plain.add_paragraph(field.guidance)
        plain.add_paragraph(f"What the council says to {field.id}, in some words of its own.")
    data = BytesIO()
    plain.save(data)
    placed = intake.place(word.read(data.getvalue(), "ffurflen.docx"), shipped())
    found = {name: value.text for name, value in placed.fields.items()}
    assert found == {
        each.id: f"What the council says to {each.id}, in some words of its own." for each in template.fields
    }


def test_a_question_that_the_office_words_otherwise_is_left_as_it_is():
    template = shipped()["case-study"]
    own = replace(template, fields=(replace(template.fields[0], label="Headline"), *template.fields[1:]))
    assert [field.label for field in form.in_language(own, "cy").fields][:2] == ["Headline", "Cyngor"]

"""Back to the council: where the comments stand, what the mail says, which files there are, one step of history."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

import resources
from benchmarks import returned
from workbench import richtext, word
from workbench.desk import Desk, decisions, history, study
from workbench.desk.arriving import arrivals
from workbench.desk.council import asking, letters, returning
from workbench.desk.council.anchoring import Ground
from workbench.desk.council.asking import Ask
from workbench.desk.council.letters import Letter
from workbench.desk.editing import review
from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.store import forgetting
from workbench.submission import FieldValue, Status
from workbench.word.document import RETURN_PROPERTY, SUBMISSION_PROPERTY, paragraphs

SAMPLES = resources.path("samples")
POOR = "sample-wigan-befriending-poor.docx"
THIN = "sample-ipswich-high-street-thin.docx"
SOON = date(2026, 3, 20)


def bring(desk: Desk, *names: str) -> list[str]:
    found = arrivals.import_paths(desk, [SAMPLES / name for name in names])
    return [str(arrival.submission) for arrival in found]


@pytest.fixture
def poor(desk: Desk) -> str:
    return bring(desk, POOR)[0]


def comments(path: Path) -> dict[str, str]:
    """What each comment of a file says, blanks left out, with the words that it is about."""
    return {said: words for _, said, words in returned.anchored(path.read_bytes())}


def mail(path: Path) -> EmailMessage:
    found = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


# Where the comments stand


def test_every_finding_with_a_span_stands_on_its_words(desk: Desk, poor: str, tmp_path: Path) -> None:
    shown = study.show(desk, poor)
    found = [each for each in shown.open_findings if each.span and each.field]
    made = returning.make(desk, poor, tmp_path, [each.key for each in found])
    about = comments(made.copy)
    by_key = {item.finding: item for item in made.items}
    for each in found:
        item, span = by_key[each.key], each.span or (0, 0)
        words = shown.value(each.field or "").text[slice(*span)]
        assert about["".join(f"{item.label}: {item.text}".split())] == "".join(words.split()), each


def test_a_field_that_is_missing_is_asked_for_at_its_heading(desk: Desk, tmp_path: Path) -> None:
    (thin,) = bring(desk, THIN)
    empty = [each for each in study.show(desk, thin).open_findings if each.check == "STR-01"]
    made = returning.make(desk, thin, tmp_path, [each.key for each in empty])
    said = {
        paragraph.ref: paragraph.text
        for paragraph in paragraphs(word.read(made.copy.read_bytes(), "x").blocks)
    }
    at_heading = [item for item in made.items if item.ref]
    assert at_heading
    assert all(len(said[item.ref]) < 40 for item in at_heading)
    told = [each for each in made.draft.warnings if "beginning of the document" in each]
    assert len(told) == (len(at_heading) < len(made.items))


def test_words_an_editor_has_changed_are_found_by_those_that_stay(
    desk: Desk, poor: str, tmp_path: Path
) -> None:
    value = study.show(desk, poor).value("impact")
    review.edit(
        desk,
        poor,
        "impact",
        richtext.from_text("New words first. " + value.text.replace("felt better", "were glad")),
    )
    text = study.show(desk, poor).value("impact").text
    at = text.index("85%")
    made = returning.make(desk, poor, tmp_path, [], [Ask("Of how many?", "impact", (at, at + 3))])
    assert comments(made.copy)["Theimpact:Ofhowmany?"] == "85%"


def test_a_note_about_a_field_and_one_about_the_study(desk: Desk, poor: str, tmp_path: Path) -> None:
    made = returning.make(desk, poor, tmp_path, [], [Ask("Please shorten.", "summary"), Ask("Thank you!")])
    assert [item.text for item in made.items] == ["Thank you!", "Please shorten."]
    about = comments(made.copy)
    assert about["Summary:Pleaseshorten."].startswith("Greatproject")
    assert about["Thankyou!"] == "Befriending"


def test_where_words_stand_is_told_for_any_answer() -> None:
    document = word.read((SAMPLES / POOR).read_bytes(), POOR)
    ground = Ground(document, None)
    assert (
        ground.places(
            "impact", FieldValue(richtext.from_text("an entirely different story of the lonely zebra")), None
        )
        == ()
    )
    assert ground.places("impact", FieldValue(), None) == ()
    somewhere = ground.places(
        "impact", FieldValue(richtext.from_text("GP's tell us its getting worse")), (0, 2)
    )
    assert [ground.said[each.ref][each.start : each.end] for each in somewhere] == ["GP"]


# One step


def test_it_is_one_step_that_can_be_taken_back_and_done_again(desk: Desk, poor: str, tmp_path: Path) -> None:
    made = returning.make(desk, poor, tmp_path / "new" / "folder", reply_by=SOON)
    shown = study.show(desk, poor)
    assert (shown.status, shown.due) == (Status.RETURNED, SOON)
    assert made.changed.said.startswith("Returned “Befriending")
    assert "20 March 2026" in made.changed.said
    assert asking.asked(desk, poor) == made.items
    history.undo(desk)
    assert (study.show(desk, poor).status, asking.asked(desk, poor)) == (Status.RECEIVED, ())
    assert made.copy.exists()
    assert made.mail.exists()
    history.redo(desk)
    assert asking.asked(desk, poor) == made.items


def test_the_copy_says_which_study_and_which_return(desk: Desk, poor: str, tmp_path: Path) -> None:
    first = returning.make(desk, poor, tmp_path, [], [Ask("One")])
    second = returning.make(desk, poor, tmp_path, [], [Ask("Two")])
    history.undo(desk)
    third = returning.make(desk, poor, tmp_path, [], [Ask("Three")])
    custom = [word.read(each.copy.read_bytes(), "x").properties.custom for each in (first, second, third)]
    assert [each[RETURN_PROPERTY] for each in custom] == ["1", "2", "3"], "a number is never given twice"
    assert {each[SUBMISSION_PROPERTY] for each in custom} == {study.show(desk, poor).study}
    assert [item.text for item in asking.asked(desk, poor)] == ["One", "Three"]
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == 6


def test_nothing_is_overwritten(desk: Desk, poor: str, tmp_path: Path) -> None:
    names = returning.names(POOR, 1)
    for name in names:
        (tmp_path / name).write_text("mine")
    made = returning.make(desk, poor, tmp_path)
    assert [(tmp_path / name).read_text() for name in names] == ["mine", "mine"]
    assert made.copy.name == f"{Path(names[0]).stem} (2).docx"


def test_the_copy_and_the_mail_are_named_alike(desk: Desk, poor: str, tmp_path: Path) -> None:
    copy, _ = returning.names(POOR, 1)
    (tmp_path / copy).write_text("left by a return that broke off")
    made = returning.make(desk, poor, tmp_path)
    assert made.copy.stem == made.mail.stem == f"{Path(copy).stem} (2)"


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), SurroundingsFailed),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_full_disk_leaves_nothing_behind(
    desk: Desk,
    poor: str,
    tmp_path: Path,
    monkeypatch: Any,
    failure: BaseException,
    told: type[BaseException],
) -> None:
    opened = Path.open

    def full(path: Path, *how: Any, **more: Any) -> Any:
        if path.suffix == ".eml":
            raise failure
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(told):
        returning.make(desk, poor, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert study.show(desk, poor).status is Status.RECEIVED


def test_a_step_that_fails_leaves_no_files(desk: Desk, poor: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(returning.changing, "commit", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        returning.make(desk, poor, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_desk_that_cannot_keep_the_step_leaves_no_files(
    desk: Desk, poor: str, tmp_path: Path, monkeypatch: Any
) -> None:
    writing = desk.store.writing

    @contextmanager
    def full() -> Iterator[object]:
        with writing() as connection:
            yield connection
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(desk.store, "writing", full)
    with pytest.raises(OSError, match="No space"):
        returning.make(desk, poor, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert study.show(desk, poor).status is Status.RECEIVED


# What is refused


@pytest.mark.parametrize(
    ("findings", "notes", "day", "code"),
    [
        ([], [], None, "nothing-asked"),
        ([], [Ask("  ")], None, "note-empty"),
        ([], [Ask("x")], date(2026, 3, 1), "reply-by-past"),
        (["no|such|finding|0"], [], None, "unknown-finding"),
        ([], [Ask("x", "nowhere")], None, "unknown-field"),
    ],
)
def test_what_cannot_be_asked_is_said(
    desk: Desk, poor: str, findings: Sequence[str], notes: Sequence[Ask], day: date | None, code: str
) -> None:
    with pytest.raises((Refused, WrongUsage), match=code):
        returning.prepare(desk, poor, findings, notes, day)


def test_a_study_that_was_decided_or_has_no_file_is_not_returned(desk: Desk, poor: str, lay: Any) -> None:
    decisions.reject(desk, [poor], "Outside the scheme.")
    with pytest.raises(Refused, match="wrong-status"):
        returning.prepare(desk, poor)
    with pytest.raises(Refused, match="source-missing"):
        returning.prepare(desk, lay(), [], [Ask("x")])


def test_preparing_changes_nothing(desk: Desk, poor: str) -> None:
    before = history.entries(desk)
    draft = returning.prepare(desk, poor)
    assert {item.finding.partition("|")[0] for item in draft.items} >= {"STR-01"}
    assert all(item.comment >= 0 for item in draft.items)
    assert history.entries(desk) == before


def test_the_usual_ones_are_those_that_only_the_council_can_answer(desk: Desk, poor: str) -> None:
    offered = asking.offered(desk, poor)
    told = {each.finding.partition("|")[0]: each.usual for each in offered if each.severity != "advice"}
    assert told["STR-01"], "what is missing"
    assert told["EVD-01"], "what has no evidence"
    assert not any(
        told[check]
        for check in told
        if check.startswith(("STY-04", "STY-05", "SPE", "STR-05", "STR-08", "ACC-06"))
    )
    assert not any(each.usual for each in offered if each.severity == "advice")
    usual = [each.finding for each in offered if each.usual]
    assert [item.finding for item in returning.prepare(desk, poor).items] == usual


# The mail


def test_the_mail_asks_in_the_order_of_the_template_with_the_copy_attached(
    desk: Desk, poor: str, tmp_path: Path
) -> None:
    notes = [Ask("Last?", "contact"), Ask("First?", "title"), Ask("In between?", "impact")]
    made = returning.make(desk, poor, tmp_path, [], notes, SOON)
    message = mail(made.mail)
    assert message["To"] == "jo.sample@wigan.example"
    assert message["X-Unsent"] == "1"
    assert "“Befriending & Telephone Calls Project - DRAFT v3 FINAL”: 3 things" in message["Subject"]
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert (
        text.index("1. Title: First?")
        < text.index("2. The impact: In between?")
        < text.index("3. Contact: Last?")
    )
    assert "20 March 2026" in text
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == made.copy.name
    assert attached.get_content() == made.copy.read_bytes()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jo Sample, jo@x.example, 01632 960999", ("jo@x.example",)),
        ("a@x.example; B <b@y.example>, a@x.example", ("a@x.example", "b@y.example")),
        ("a@x.example, A@X.example", ("a@x.example",)),
        ("mailto:o'neil@x.example.", ("o'neil@x.example",)),
        ("no address @ all, x@y", ()),
        ("a@x.example\r\nBcc: evil@z.example", ("a@x.example", "evil@z.example")),
        (".dot@x.example", ("dot@x.example",)),
        ("a..b@x.example", ()),
    ],
)
def test_addresses_are_told_from_other_words(text: str, found: tuple[str, ...]) -> None:
    assert letters.addresses(text)[: len(found) or None] == found


@pytest.mark.parametrize(
    "title", ["😀 “Ünïcode” 北京 " * 3 + "end", "word " * 40 + "end", "x" * 200, "é" * 150, "=?utf-8?q?x?="]
)
def test_a_subject_is_read_as_it_was_written(title: str) -> None:
    letter = letters.compose(letters.shipped(), {"title": title, "things": "one thing"}, ["a@x.example"])
    data = letters.file_of(letter, "x.docx", b"PK")
    assert message_from_bytes(data, policy=policy.default)["Subject"] == letter.subject
    assert max(map(len, data.split(b"\r\n"))) < 998
    assert data.isascii()


def test_what_no_mail_and_no_document_can_hold_is_left_out(desk: Desk, poor: str, tmp_path: Path) -> None:
    made = returning.make(desk, poor, tmp_path, [], [Ask("A caf\udce9\x07 \x00note")])
    assert [item.text for item in made.items] == ["A caf note"]
    assert "A caf note" in made.mail.read_text("ascii")
    assert "Acafnote" in comments(made.copy)
    assert (
        letters.compose("Subject: x\n\n{asked}{reply_by}", {"asked": "a\ud800\x85b", "reply_by": ""}, ()).body
        == "a \nb\n"
    )


def test_nothing_can_be_slipped_into_the_headers() -> None:
    title = 'Mind\r\nBcc: evil@x.example\u2028the "gap" 😀 \x00'
    letter = letters.compose(letters.shipped(), {"title": title, "things": "one thing"}, ["a@x.example"])
    message = message_from_bytes(
        letters.file_of(letter, 'odd "name"\r\nX: y.docx', b"PK"), policy=policy.default
    )
    assert message["Bcc"] is None
    assert message["X"] is None
    assert message["Subject"].startswith('Your case study “Mind Bcc: evil@x.example the "gap" 😀 ”')


def test_without_an_address_it_goes_to_nobody_and_that_is_said(desk: Desk, tmp_path: Path) -> None:
    (thin,) = bring(desk, THIN)
    made = returning.make(desk, thin, tmp_path)
    assert mail(made.mail)["To"] is None
    assert any("names no mail address" in warning for warning in made.draft.warnings)


def test_several_addresses_are_all_written_to(desk: Desk, poor: str) -> None:
    review.edit(desk, poor, "contact", richtext.from_text("a@x.example or b@y.example"))
    draft = returning.prepare(desk, poor)
    assert draft.letter.to == ("a@x.example", "b@y.example")
    assert any("2 mail addresses" in warning for warning in draft.warnings)


def test_an_office_may_word_it_otherwise(desk: Desk, poor: str) -> None:
    path = letters.own(desk.workspace)
    assert path.read_text("utf-8") == letters.shipped()
    path.write_text("Subject: {title} {nr}\n\n{asked} {reply_by}", "utf-8")
    with pytest.raises(Refused, match="letter-wording") as refused:
        returning.prepare(desk, poor)
    assert "{nr}" in refused.value.params["reason"]
    path.write_text("Subject: Hello from {editor}\n\nPlease: {asked}\nBy {reply_by} {{not a name}}", "utf-8")
    letter = returning.prepare(desk, poor, [], [Ask("{title} costs?")], SOON).letter
    assert letter == Letter(
        ("jo.sample@wigan.example",),
        "Hello from Ada",
        "Please: 1. {title} costs?\nBy 20 March 2026 {{not a name}}\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "no subject {asked} {reply_by}",
        "Subject: x\n\n{asked}",
        "Subject:   \n\n{asked} {reply_by}",
        "Subject: x\n{asked}{reply_by}" + "x" * 30_000,
    ],
)
def test_a_broken_wording_is_told_in_words(desk: Desk, poor: str, text: str) -> None:
    letters.own(desk.workspace).write_text(text, "utf-8")
    with pytest.raises(Refused, match="letter-wording"):
        returning.prepare(desk, poor)


def test_a_wording_that_is_no_text_is_told(desk: Desk, poor: str) -> None:
    letters.own(desk.workspace).write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(SurroundingsFailed, match="letter-unreadable"):
        returning.prepare(desk, poor)


@pytest.mark.parametrize(
    ("file", "copy"),
    [
        ("study.docx", "study - return 1.docx"),
        ("study.DOCM", "study - return 1.docm"),
        ("alt.odt", "alt - return 1.docx"),
        ('a/b\\c: "d"?.docx', "c_ _d__ - return 1.docx"),
        ("study", "study - return 1.docx"),
        (".docx", "docx - return 1.docx"),
        ("x" * 300 + ".docx", "x" * 120 + " - return 1.docx"),
        ("字" * 300 + ".docx", "字" * 40 + " - return 1.docx"),
    ],
)
def test_the_copy_is_named_after_the_file_as_every_system_allows(file: str, copy: str) -> None:
    assert returning.names(file, 1)[0] == copy


# Forgetting


def test_what_was_asked_about_a_person_is_forgotten_with_them(desk: Desk, poor: str, tmp_path: Path) -> None:
    text = study.show(desk, poor).value("contact").text
    at = text.index("Jo Sample")
    returning.make(desk, poor, tmp_path, [], [Ask("Is Jo Sample still there?", "contact", (at, at + 9))])
    with desk.store.writing() as connection:
        who = forgetting.person(connection, study.show(desk, poor).study, frozenset({"contact"}), ())
        forgetting.scrub(connection, replace(who, words=who.words | {"sample"}))
    (item,) = asking.asked(desk, poor)
    assert "Sample" not in item.text + item.excerpt

"""What comes in: each kind of parcel, each verdict, and never half a submission."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest

from workbench import richtext
from workbench.desk import Desk, history, open_desk, queue, study
from workbench.desk.arriving import arrivals
from workbench.desk.editing import placing, review
from workbench.desk.rows import Arrival
from workbench.errors import Bug, Refused, SurroundingsFailed
from workbench.progress import Cancelled
from workbench.word.document import paragraphs

STORY: Mapping[str, str] = {
    "Title": "Leeds: a library of things",
    "Council": "Leeds City Council",
    "Summary": "Residents borrow a drill where they borrow a book, and spend less on tools they use once.",
    "The challenge": "Most households own a drill that is used for minutes a year. Money and cupboards are short.",
    "The solution": "Three branches lend tools, tents and sewing machines, chosen by the people who borrow them.",
    "The impact": "In the first year 1,240 residents borrowed 3,800 things.",
}


def word_file(story: Mapping[str, str] = STORY, **more: str) -> bytes:
    """A Word file with a heading for each answer."""
    document = docx.Document()
    for heading, text in {**story, **more}.items():
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def other_story(place: str) -> Mapping[str, str]:
    """A study with no sentence of the first, and another for each place."""
    return {
        "Title": f"Cargo bikes carry the shopping in {place}",
        "Council": f"{place} City Council",
        "Summary": f"Traders in {place} share six electric cargo bikes and deliver without a van.",
        "The challenge": f"Vans stood in bus lanes of {place} at noon; traders could not afford a fleet.",
        "The solution": f"A depot behind {place} station keeps the bikes charged, booked by telephone.",
        "The impact": f"By spring {place} counted 90 deliveries a day and fewer vans at the kerb.",
    }


def taken(desk: Desk, *paths: Path) -> list[Arrival]:
    return list(arrivals.import_paths(desk, paths))


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    path = tmp_path / "study.docx"
    path.write_bytes(word_file())
    return path


def test_a_file_becomes_a_submission(desk: Desk, study_file: Path) -> None:
    (arrival,) = taken(desk, study_file)
    assert (arrival.taken_for, arrival.submission, arrival.file) == ("new", "CB-2026-0001", str(study_file))
    shown = study.show(desk, "CB-2026-0001")
    assert shown.title == arrival.title == STORY["Title"]
    assert shown.value("impact").text == STORY["The impact"]
    assert [council.gss for council in shown.authorities] == ["E08000035"]
    assert [file.name for file in shown.files] == ["study.docx"]
    assert str(shown.due) == "2026-03-09"
    assert len(shown.study) == 36
    assert study.asset(desk, shown.files[0].sha256) == study_file.read_bytes()
    assert history.entries(desk)[0].said == f"Imported “{STORY['Title']}” from study.docx."


def test_the_same_bytes_again_are_a_duplicate(desk: Desk, study_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy of study.docx"
    copy.write_bytes(study_file.read_bytes())
    taken(desk, study_file)
    assert [(a.taken_for, a.of) for a in taken(desk, copy)] == [("duplicate", "CB-2026-0001")]
    assert len(history.entries(desk)) == 1


def test_a_newer_version_is_kept_beside_the_first(desk: Desk, study_file: Path, tmp_path: Path) -> None:
    taken(desk, study_file)
    review.edit(desk, "CB-2026-0001", "impact", richtext.from_text("My own words."))
    newer = tmp_path / "study v2.docx"
    newer.write_bytes(word_file(**{"Lessons learned": "Ask borrowers what to buy next."}))
    (arrival,) = taken(desk, newer)
    assert (arrival.taken_for, arrival.of, arrival.submission) == ("revision", "CB-2026-0001", None)
    shown = study.show(desk, "CB-2026-0001")
    assert [file.name for file in shown.files] == ["study.docx", "study v2.docx"]
    assert shown.value("impact").text == "My own words.", "an editor's work is never overwritten"
    newest = study.source(desk, "CB-2026-0001", shown.files[1].sha256)
    assert newest.name == "study v2.docx"
    assert any("Ask borrowers" in paragraph.text for paragraph in paragraphs(newest.document.blocks))
    history.undo(desk)
    assert len(study.show(desk, "CB-2026-0001").files) == 1


def test_another_study_of_the_same_council_is_new(desk: Desk, study_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    other.write_bytes(word_file({**other_story("Leeds")}))
    assert [a.taken_for for a in taken(desk, study_file, other)] == ["new", "new"]


def test_an_undone_import_may_come_again(desk: Desk, study_file: Path) -> None:
    taken(desk, study_file)
    history.undo(desk)
    assert queue.count(desk) == 0
    assert [(a.taken_for, a.submission) for a in taken(desk, study_file)] == [("new", "CB-2026-0002")]


def test_a_folder_is_searched_in_order(desk: Desk, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for number, name in enumerate(
        ["b/two.docx", "a.docx", "b/one.DOCX", ".hidden.docx", "b/~$two.docx", "note.txt"]
    ):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(
            word_file(other_story(("York", "Derby", "Exeter", "Ely", "Bath", "Wells")[number]))
        )
    assert [Path(a.file).name for a in taken(desk, inbox)] == ["a.docx", "one.DOCX", "two.docx"]
    assert queue.count(desk) == 3


def test_what_holds_no_word_file_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "mail.eml").write_bytes(mail([]))
    (tmp_path / "photos.zip").write_bytes(archive({"beach.jpg": b"x"}))
    for name in ("empty", "mail.eml", "photos.zip"):
        (arrival,) = taken(desk, tmp_path / name)
        assert arrival.taken_for == "refused"
        assert arrival.error
        assert arrival.error.code == "no-word-files"
        assert name in arrival.error.message


def archive(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def mail(attached: Iterable[tuple[str, bytes]]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Our case study"
    message.set_content("Dear editors, see attached.")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_an_archive_is_imported_and_nothing_is_unpacked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "studies.zip"
    members = {
        "../../evil.docx": word_file(),
        "sub/york.docx": word_file(other_story("York")),
        "__MACOSX/._york.docx": b"x",
        "readme.txt": b"x",
    }
    path.write_bytes(archive(members))
    before = set(tmp_path.parent.rglob("*.docx"))
    found = taken(desk, path)
    assert [a.taken_for for a in found] == ["new", "new"]
    assert found[1].file == f"{path}/sub/york.docx"
    assert study.show(desk, "CB-2026-0002").files[0].name == "york.docx"
    assert set(tmp_path.parent.rglob("*.docx")) == before


def test_the_attachments_of_a_mail_are_imported(desk: Desk, tmp_path: Path) -> None:
    inner = EmailMessage()
    inner.set_content("Forwarded.")
    inner.add_attachment(
        word_file(other_story("York")), maintype="application", subtype="x", filename="york.docx"
    )
    outer = EmailMessage()
    outer.set_content("See below.")
    outer.add_attachment(word_file(), maintype="application", subtype="x", filename="étude – final.docx")
    outer.add_attachment(inner)
    path = tmp_path / "mail.eml"
    path.write_bytes(outer.as_bytes())
    assert [Path(a.file).name for a in taken(desk, path)] == ["étude – final.docx", "york.docx"]
    assert queue.count(desk) == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cut.zip", archive({"a.docx": b"abc" * 999})[:60], "archive-damaged"),
        ("words.zip", b"no archive at all", "archive-damaged"),
        ("gone.zip", None, "archive-damaged"),
        ("gone.eml", None, "mail-damaged"),
        ("gone.docx", None, "unreadable"),
        ("words.docx", b"no Word file at all", "not-word"),
        ("nothing.docx", b"", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_costs_only_itself(
    desk: Desk, study_file: Path, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    found = taken(desk, tmp_path / name, study_file)
    assert [a.taken_for for a in found] == ["refused", "new"]
    assert found[0].error
    assert found[0].error.code == code
    assert found[0].error.message.endswith(".")


def test_a_member_that_lies_about_its_size_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(archive({"bomb.docx": bytes(70 * 1024 * 1024)}))
    (arrival,) = taken(desk, path)
    assert arrival.error
    assert arrival.error.code == "too-large"


def test_a_pipe_is_not_waited_for(desk: Desk, tmp_path: Path) -> None:
    for name in ("pipe.zip", "pipe.eml", "pipe.docx"):
        os.mkfifo(tmp_path / name)
        (arrival,) = taken(desk, tmp_path / name)
        assert arrival.taken_for == "refused"


def test_progress_tells_of_each_file_and_cancels_between_them(desk: Desk, tmp_path: Path) -> None:
    for place in ("York", "Derby", "Exeter"):
        (tmp_path / f"{place}.docx").write_bytes(word_file(other_story(place)))
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(arrivals.import_paths(desk, [tmp_path], progress))
    assert told == [(0, 3, "Derby.docx"), (1, 3, "Exeter.docx"), (2, 3, "York.docx")]
    assert queue.count(desk) == 2


def test_a_disk_that_fails_ends_the_import_and_keeps_what_was_done(
    desk: Desk, study_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "york.docx"
    other.write_bytes(word_file(other_story("York")))
    arriving = arrivals.import_paths(desk, [study_file, other])
    next(arriving)
    with desk.store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(SurroundingsFailed, match="desk-disk-full"):
        next(arriving)
    with open_desk(desk.workspace) as again:
        assert [row.id for row in queue.rows(again)] == ["CB-2026-0001"]
        assert len(history.entries(again)) == 1


def test_a_mistake_of_ours_costs_one_file_and_is_told_at_the_end(
    desk: Desk, study_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "york.docx"
    other.write_bytes(word_file(other_story("York")))
    whole = arrivals.making.make

    def make(data: bytes, name: str, *rest: Any) -> Any:
        if name == "study.docx":
            raise KeyError(name)
        return whole(data, name, *rest)

    monkeypatch.setattr("workbench.desk.arriving.arrivals.making.make", make)
    arriving = arrivals.import_paths(desk, [study_file, other])
    told = [next(arriving), next(arriving)]
    assert [a.taken_for for a in told] == ["refused", "new"]
    assert told[0].error
    assert told[0].error.code == "internal"
    with pytest.raises(Bug, match="1 of 2") as caught:
        next(arriving)
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_learned_heading_is_placed_next_time(desk: Desk, tmp_path: Path) -> None:
    odd = {"Wobbly numbers at year end": "Repairs rose to 3,800 and costs fell."}
    first, second = tmp_path / "leeds.docx", tmp_path / "york.docx"
    first.write_bytes(word_file({**STORY, **odd}))
    second.write_bytes(word_file({**other_story("York"), **odd}))
    taken(desk, first)
    (passage,) = study.show(desk, "CB-2026-0001").unplaced
    assert passage.heading == "Wobbly numbers at year end"
    placing.place(desk, "CB-2026-0001", passage.key, "sustaining")
    taken(desk, second)
    shown = study.show(desk, "CB-2026-0002")
    assert shown.unplaced == ()
    assert "Repairs rose to 3,800" in shown.value("sustaining").text


def test_a_council_that_could_be_several_is_left_to_the_editor(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "study.docx"
    path.write_bytes(word_file({**STORY, "Council": "Newcastle"}))
    taken(desk, path)
    assert study.show(desk, "CB-2026-0001").authorities == ()


def test_the_source_is_shown_as_it_was_sent(desk: Desk, study_file: Path, lay: object) -> None:
    taken(desk, study_file)
    shown = study.show(desk, "CB-2026-0001")
    source = study.source(desk, "CB-2026-0001")
    assert source.name == "study.docx"
    linked = {paragraph.ref: paragraph for paragraph in paragraphs(source.document.blocks)}
    heading, answer = (linked[ref] for ref in shown.value("impact").sources)
    assert (heading.text, heading.outline, answer.text) == ("The impact", 1, STORY["The impact"])
    with pytest.raises(Refused, match="source-missing"):
        study.source(desk, "CB-2026-0001", "00" * 32)

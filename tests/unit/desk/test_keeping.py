"""What is kept no longer goes everywhere, by the rule alone; who is forgotten stands nowhere, byte for byte."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.stories.test_forgetting import traces
from tests.unit.desk.conftest import Clock, answer, lay_on
from tests.unit.word.notation import docx, el, p, r, t
from workbench import richtext
from workbench.desk import Desk, changing, decisions, filters, history, open_desk, study
from workbench.desk.editing import drafts, review, spelling
from workbench.desk.keeping import backups, persons, retention
from workbench.desk.keeping.retention import Policy, due, months_on
from workbench.desk.office import house
from workbench.desk.rows import QueueFilter
from workbench.desk.templates import sketches, templates
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.richtext.naming import Sought
from workbench.store import blobs, claims
from workbench.store.keeping import Settled
from workbench.submission import Note, Passage, Picture, SourceFile, Status
from workbench.template import Field, Template
from workbench.word.texts import texts

NAME, MAIL, PHONE = "Rhiannonwy Quillfeather", "r.quillfeather@example.org", "0113 496 0777"
TERMS = (NAME, MAIL, PHONE)
TRACES = ("Quillfeather", "Rhiannonwy", "4960777", "496 0777")
DAY = datetime(2026, 3, 2, tzinfo=UTC)


def word_file(*names: str) -> bytes:
    """A Word file that says the names in a run cut in two, as an author of a change, and in its properties."""
    told = [p(r(t(name[:5])), r(t(name[5:]))) for name in names]
    return docx(p("A study"), *told, p(el("w:ins", r(t("new")), author=names[0], id=1)))


def lay_file(desk: Desk, number: int, *names: str, **changes: Any) -> str:
    """A submission with a Word file that says these names."""
    with desk.store.writing() as connection:
        sha256 = blobs.put(connection, word_file(*names or ("Nobody at all",)) + bytes([number]))
    files = (SourceFile(f"study-{number}.docx", sha256, DAY),)
    return lay_on(desk, number, **{"files": files, "pictures": (), **changes})


# The rule


def settled(since: datetime, status: Status = Status.PUBLISHED, **removed: datetime) -> Settled:
    return Settled("s", ("CB-1",), ("case-study",), "Title", "Leeds", status, since, "", removed)  # type: ignore[arg-type]


@given(
    since=st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    files=st.integers(0, 60),
    contacts=st.integers(0, 60),
    today=st.dates(date(2015, 1, 1), date(2040, 1, 1)),
    status=st.sampled_from([Status.PUBLISHED, Status.WITHDRAWN, Status.REJECTED]),
)
def test_what_is_due_is_due_from_its_day_on_and_nothing_without_a_rule(
    since: datetime, files: int, contacts: int, today: date, status: Status
) -> None:
    rule = Policy(files, contacts)
    found = {each.kind: each for each in due([settled(since, status)], rule, today)}
    if status is Status.REJECTED:
        assert found == {}
        return
    for kind, months in (("files", files), ("contacts", contacts)):
        begun = since.astimezone().date()
        assert (kind in found) == (months > 0 and months_on(begun, months) <= today)
    done = settled(
        since, status, files=datetime(2041, 1, 1, tzinfo=UTC), contacts=datetime(2041, 1, 1, tzinfo=UTC)
    )
    assert list(due([done], rule, today)) == []


def test_the_same_day_months_later_is_the_last_of_a_shorter_month() -> None:
    assert months_on(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_on(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert months_on(date(2024, 5, 15), 24) == date(2026, 5, 15)


def rows_of(desk: Desk, submission: str) -> dict[str, list[Any]]:
    """Every row of a submission, as it stands in the file."""
    with closing(sqlite3.connect(desk.store.path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held: dict[str, list[Any]] = {}
        for name in names:
            columns = [each[1] for each in database.execute(f"PRAGMA table_info({name})")]
            key = "submission" if "submission" in columns else "id" if name == "submission" else ""
            if key:
                query = f'SELECT * FROM "{name}" WHERE "{key}" = ? ORDER BY 1, 2'
                held[name] = database.execute(query, (submission,)).fetchall()
        return held


@pytest.fixture
def policy(desk: Desk) -> Callable[..., None]:
    def put(**months: int) -> None:
        for name, value in months.items():
            house.change(desk, f"keep_{name}_months", value)

    return put


def test_a_run_takes_what_was_foreseen_and_nothing_else(
    desk: Desk, clock: Clock, policy: Callable[..., None]
) -> None:
    mail = Note("mail", f"from: {NAME} <{MAIL}>", author=f"{NAME} <{MAIL}>")
    old, held, open_one = (
        lay_file(desk, number, NAME, notes=(mail, Note("comment", "As told", author=NAME)))
        for number in (1, 2, 3)
    )
    shared = lay_on(desk, 4, files=study.show(desk, old).files, pictures=(), notes=())
    decisions.reject(desk, [old, held], "Not ours")
    retention.hold(desk, [held], "A dispute")
    backups.back_up(desk)
    policy(rejected_files=6)
    assert retention.foresee(desk) == ()
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    gone, kept = retention.foresee(desk)
    assert (gone.submission, gone.kinds, gone.held, kept.held) == (old, ("files",), "", "A dispute")
    assert any("study-1.docx" in each for each in gone.goes)
    before = {each: rows_of(desk, each) for each in (held, open_one, shared)}
    (done,) = retention.run(desk)
    assert (done.submission, done.refused) == (old, False)
    assert {each: rows_of(desk, each) for each in before} == before
    assert retention.foresee(desk) == (kept,)
    assert study.source(desk, shared), "another submission still needs that file"
    assert not any(
        "Quillfeather" in note.author for note in study.show(desk, old).notes if note.kind == "mail"
    )
    assert backups.verify(desk.workspace).flaws == ()
    decisions.reject(desk, [shared], "Neither")
    clock.now = datetime(2027, 12, 1, tzinfo=UTC)
    assert [each.submission for each in retention.run(desk)] == [shared]
    with pytest.raises(Refused, match="source-gone"):
        study.source(desk, old)
    assert NAME not in "".join(entry.said for entry in history.entries(desk, old))


def test_contact_details_go_with_the_files_and_from_what_is_said_beside(
    desk: Desk, clock: Clock, policy: Callable[..., None]
) -> None:
    notes = (
        Note("comment", f"Ring {PHONE} or {MAIL}", author=NAME),
        Note("comment", "Fine", author="Zephyrine"),
    )
    one = lay_file(desk, 1, NAME, notes=notes)
    step = review.edit(desk, one, "contact", richtext.from_text(f"{NAME}, {MAIL}")).entry
    plant_log(desk, one, NAME)
    backups.back_up(desk)
    decisions.reject(desk, [one], "Not ours")
    policy(rejected_contacts=1)
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    (foreseen,) = retention.foresee(desk)
    assert foreseen.kinds == ("contacts",) and len(foreseen.goes) == 3
    assert not next(iter(retention.run(desk))).refused
    assert traces(desk.workspace, (*TRACES, "Zephyrine")) == set()
    assert backups.verify(desk.workspace).flaws == ()
    decisions.reopen(desk, [one])
    with pytest.raises(Refused, match="overtaken") as refused:
        history.undo(desk, step)
    assert "contact details" in str(refused.value.params["later"])


def test_the_same_file_again_is_still_known_after_a_run(
    desk: Desk, clock: Clock, policy: Callable[..., None], tmp_path: Path
) -> None:
    from workbench.desk.arriving import arrivals

    (tmp_path / "study.docx").write_bytes(word_file(NAME))
    (first,) = arrivals.import_paths(desk, [tmp_path / "study.docx"])
    assert first.submission
    decisions.reject(desk, [first.submission], "Not ours")
    policy(rejected_files=1)
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    assert len(list(retention.run(desk))) == 1
    (again,) = arrivals.import_paths(desk, [tmp_path / "study.docx"])
    assert (again.taken_for, again.of) == ("duplicate", first.submission)


def test_a_hold_needs_a_reason_and_can_be_undone(desk: Desk) -> None:
    one = lay_on(desk)
    with pytest.raises(Refused, match="reason-needed"):
        retention.hold(desk, [one], "  ")
    step = retention.hold(desk, [one], "A dispute").entry
    assert retention.held(desk, one) == "A dispute"
    history.undo(desk, step)
    assert retention.held(desk, one) == ""


def test_a_study_that_is_worked_on_during_a_run_stands_whole_on_the_desk_and_in_a_copy(
    desk: Desk, clock: Clock, policy: Callable[..., None]
) -> None:
    one, two = (lay_file(desk, number, NAME, fields={"contact": answer(PHONE)}) for number in (1, 2))
    decisions.reject(desk, [one, two], "Not ours")
    backups.back_up(desk)
    policy(rejected_contacts=1)
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)

    def progress(done: int, total: int, what: str) -> None:
        if done == 1:
            decisions.reopen(desk, [two])

    assert [each.refused for each in retention.run(desk, progress=progress)] == [False, True]
    assert study.source(desk, two) and study.show(desk, two).fields["contact"].text == PHONE
    newest = backups.copies(desk.workspace)[0].path
    with closing(sqlite3.connect(newest)) as copy:
        assert copy.execute(
            "SELECT submission FROM field_value WHERE html LIKE ?", (f"%{PHONE}%",)
        ).fetchall() == [(two,)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process to kill")
@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_run_that_is_killed_is_done_again_with_the_same_end(tmp_path: Path, steps: int) -> None:
    clock = Clock()
    with open_desk(tmp_path / "desk", who="Ada", clock=clock) as desk:
        ids = [
            lay_file(desk, number, NAME, fields={"contact": answer(f"{NAME} {PHONE}")})
            for number in (1, 2, 3)
        ]
        decisions.reject(desk, ids, "Not ours")
        backups.back_up(desk)
        house.change(desk, "keep_rejected_contacts_months", 1)
        house.change(desk, "keep_rejected_files_months", 1)
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    child = os.fork()
    if not child:
        _run_and_die(tmp_path / "desk", clock, steps)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with open_desk(tmp_path / "desk", who="Ada", clock=clock) as desk:
        done = list(retention.run(desk))
        assert len(done) == len(ids) - (steps - 1) and not any(each.refused for each in done)
        assert retention.foresee(desk) == ()
        assert len([entry for entry in history.entries(desk) if entry.said.startswith("Removed")]) == len(ids)
    assert traces(tmp_path / "desk", TRACES) == set()
    assert backups.verify(tmp_path / "desk").flaws == ()


def _run_and_die(workspace: Path, clock: Clock, steps: int) -> None:
    """Is killed when so many studies are about to be taken."""

    def progress(done: int, total: int, what: str) -> None:
        if done == steps - 1 and what != "The copies of the desk":
            os.kill(os.getpid(), signal.SIGKILL)

    with open_desk(workspace, who="Ada", clock=clock) as desk:
        list(retention.run(desk, progress=progress))
    os._exit(0)


# One person


def plant_note(desk: Desk, one: str, text: str) -> None:
    _commit(
        desk,
        Change(
            one,
            "note",
            "7",
            None,
            {"position": 7, "kind": "comment", "text": text, "ref": "", "author": text},
        ),
    )


def plant_picture(desk: Desk, one: str, text: str) -> None:
    review.set_alt(desk, one, "ab" * 32, text, text)


def plant_dismissal(desk: Desk, one: str, text: str) -> None:
    finding = next(each for each in study.show(desk, one).open_findings)
    review.dismiss(desk, one, finding.key, f"{text} agreed")


def plant_asked(desk: Desk, one: str, text: str) -> None:
    row = {"number": 1, "position": 0, "day": "2026-03-02", "reply_by": "2026-03-16", "field": "summary"}
    words = {"finding": f"note|{text}", "text": f"Ask {text}", "excerpt": text, "ref": "", "comment": 1}
    _commit(desk, Change(one, "asked", "1/0000", None, row | words))


def plant_learned(desk: Desk, one: str, text: str) -> None:
    value = {"template": "case-study", "heading": text.lower(), "field": "summary"}
    _commit(desk, Change("", "learned", f"case-study|{text}", None, value))


def plant_answer(desk: Desk, one: str, text: str) -> None:
    """Once in an answer that was changed back since, once in one that stands, across marks and in a link."""
    review.edit(desk, one, "solution", richtext.from_text(f"By {text}."))
    history.undo(desk)
    first, _, rest = text.partition(" ")
    html = f'<p>By <strong>{first}</strong> {rest}, <a href="mailto:{MAIL}">mail</a></p>'
    review.edit(desk, one, "impact", richtext.from_html(html if rest else f"<p>{text}</p>"))


def plant_claim(desk: Desk, one: str, text: str) -> None:
    with desk.store.writing() as connection:
        claims.add(connection, "ab" * 32, "s", "Leeds", f"Study of {text}")


def plant_lesson(desk: Desk, one: str, text: str) -> None:
    from workbench.store.tables import lesson

    with desk.store.writing() as connection:
        told = json.dumps({word.lower(): 1 for word in text.split()})
        connection.execute(lesson.insert().values(key="learned", value=told))


def plant_log(desk: Desk, one: str, text: str) -> None:
    (desk.workspace / "logs").mkdir(exist_ok=True)
    (desk.workspace / "logs" / "casebook.log").write_text(f"opened {text}\nclosed\n", "utf-8")


def _commit(desk: Desk, *changes: Change) -> None:
    with desk.store.writing() as connection:
        changing.commit(desk, connection, Edit("edit", changes, {"title": "x", "field": "y"}))


PLANTS: dict[str, Callable[[Desk, str, str], Any]] = {
    "contact": lambda desk, one, text: review.edit(
        desk, one, "contact", richtext.from_text(f"{text}, Officer")
    ),
    "title": lambda desk, one, text: review.edit(desk, one, "title", richtext.from_text(f"Mended by {text}")),
    "draft": lambda desk, one, text: drafts.keep(desk, one, "summary", richtext.from_text(f"As {text} says")),
    "filter": lambda desk, one, text: filters.save(desk, f"of {text}", QueueFilter(text=text)),
    "word": lambda desk, one, text: spelling.learn(desk, "Quillfeather"),
    "hold": lambda desk, one, text: retention.hold(desk, [one], f"{text} has complained"),
    "note": plant_note,
    "picture": plant_picture,
    "dismissal": plant_dismissal,
    "asked": plant_asked,
    "learned": plant_learned,
    "answer": plant_answer,
    "claim": plant_claim,
    "lesson": plant_lesson,
    "log": plant_log,
    "reject": lambda desk, one, text: decisions.reject(desk, [one], f"{text} took it back"),
}
ORDER = list(PLANTS)
SPELLINGS = (
    NAME,
    "Quillfeather, Rhiannonwy",
    "R. Quillfeather",
    "RHIANNONWY QUILLFEATHER",
    MAIL,
    "+44 113 4960777",
)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    chosen=st.sets(st.sampled_from(ORDER), min_size=3),
    text=st.sampled_from(SPELLINGS),
)
def test_who_is_forgotten_stands_nowhere(
    tmp_path_factory: pytest.TempPathFactory, chosen: set[str], text: str
) -> None:
    workspace = tmp_path_factory.mktemp("person") / "desk"
    with open_desk(workspace, who="Ada", clock=Clock()) as desk:
        with desk.store.writing() as connection:
            assert blobs.put(connection, b"a picture")
        pictures = (Picture("x.png", None, "ab" * 32, "image/png", 10, 10, 99),)
        one = lay_file(desk, 1, text, pictures=pictures, unplaced=(Passage("p-1", richtext.from_text(text)),))
        other = lay_file(desk, 2, pictures=())
        for name in sorted(chosen, key=ORDER.index):
            PLANTS[name](desk, one, text)
        backups.back_up(desk)
        before = rows_of(desk, other)
        flaws = backups.verify(workspace).flaws
        terms = (*TERMS, "Quillfeather") if "word" in chosen else TERMS
        found = persons.find(desk, terms)
        assert found.forgettable and found.copies[0][1]
        persons.forget(desk, terms)
        assert traces(workspace, ("Quillfeather", "4960777")) == set()
        assert rows_of(desk, other) == before
        assert persons.find(desk, terms).hits == ()
    assert (
        {flaw.code for flaw in backups.verify(workspace).flaws}
        == {flaw.code for flaw in flaws}
        <= {"flaw-source"}
    )


def test_who_a_published_study_tells_of_is_told_apart_and_stays(desk: Desk) -> None:
    from workbench.desk.catalogue import administration, publishing

    one = lay_file(desk, 1, NAME, notes=(Note("comment", "Fine", author=NAME),))
    review.edit(desk, one, "impact", richtext.from_text(f"{NAME} mends bicycles."))
    review.edit(desk, one, "contact", richtext.from_text(f"{NAME}, {MAIL}"))
    for finding in study.show(desk, one).open_findings:
        if finding.severity == "blocker":
            review.dismiss(desk, one, finding.key, "As agreed")
    decisions.approve(desk, [one])
    administration.init(desk.catalogue_url)
    publishing.queue(desk, [one])
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
    found = {hit.place: hit for hit in persons.find(desk, TERMS).hits}
    assert found["field-public"].remedy == found["catalogue-public"].remedy == "publish"
    assert found["personal"].contact and not found["field-public"].contact
    assert found["catalogue-personal"].remedy == "redact"
    said = persons.forget(desk, TERMS).said
    assert "publish it again" in said
    left = persons.find(desk, TERMS).hits
    assert {hit.remedy for hit in left} == {"publish"}
    assert "mends bicycles" in study.show(desk, one).fields["impact"].text
    assert traces(desk.workspace, (MAIL,)) == set(), "redacted in the catalogue as well"
    assert backups.verify(desk.workspace).flaws == ()


def test_every_planted_place_is_found_and_told(desk: Desk) -> None:
    pictures = (Picture("x.png", None, "ab" * 32, "image/png", 10, 10, 99),)
    one = lay_file(desk, 1, NAME, pictures=pictures, unplaced=(Passage("p-1", richtext.from_text(NAME)),))
    for plant in PLANTS.values():
        plant(desk, one, NAME)
    found = persons.find(desk, [NAME, "Quillfeather"])
    wanted = {"personal", "field", "draft", "filter", "word", "hold", "journal", "note", "author", "picture"}
    wanted |= {"dismissal", "asked", "learned", "claim", "log", "passage", "inside"}
    assert wanted <= {hit.place for hit in found.hits}
    assert all(hit.said and hit.where and hit.excerpt for hit in found.hits)
    assert next(hit for hit in found.hits if hit.place == "personal").contact


def test_a_surname_alone_is_only_perhaps_they(desk: Desk) -> None:
    lay_on(
        desk,
        fields={
            "summary": answer("The Quillfeather estate and R. Quillfeather"),
            "title": answer("Quillfeather"),
        },
    )
    found = {hit.found: hit.sure for hit in persons.find(desk, [NAME]).hits}
    assert found == {"R. Quillfeather": True, "Quillfeather": False}


def test_what_is_handed_out_marks_what_is_somebody_elses(desk: Desk, tmp_path: Path) -> None:
    contact = answer(f"{NAME}, {MAIL}; or Sam on 020 7946 0000 and sam@example.com")
    lay_on(desk, fields={"contact": contact, "title": answer("<script>alert(1)</script> ask al@example.com")})
    found = persons.export(desk, TERMS, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as package:
        page, told = package.read("person.html").decode(), json.loads(package.read("person.json"))
    assert "<mark>020 7946 0000</mark>" in page and "<mark>sam@example.com</mark>" in page
    assert f"<mark>{MAIL}</mark>" not in page and "<script" not in page
    assert page.count("al@example.com") == page.count("<mark>al@example.com</mark>") > 0
    assert len(told["hits"]) == len(found.hits) > 0
    with pytest.raises(WrongUsage, match="person-file-there"):
        persons.export(desk, TERMS, tmp_path / "out.zip")


def test_a_name_is_read_in_every_corner_of_a_word_file() -> None:
    told = {
        "word/header1.xml": "<w:p><w:r><w:t>Rose</w:t></w:r><w:r><w:tab/><w:t>Ba</w:t></w:r><w:t>th</w:t></w:p>",
        "word/comments.xml": "<w:comment w:author='Rose Bath'/>",
        "word/footnotes.xml": "<w:p>Rose</w:p><w:p>Bath</w:p><w:p><w:t>Rose B&#97;th</w:t></w:p>".encode(
            "utf-16"
        ),
        "docProps/app.xml": "<Manager>Bath, Rose</Manager>",
        "word/media/a.jpg": b"\xff\xd8\xffExif\0Rose Bath\0\xff",
        "word/media/b.bin": "Rose Bath".encode("utf-16-le"),
    }
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as written:
        for name, content in told.items():
            written.writestr(name, content)
    sought = Sought(("Rose Bath",))
    found = [part for part, text in texts(package.getvalue(), sought.may_stand_in) if sought.names(text)]
    assert found == list(told)


@pytest.mark.parametrize("terms", [(), ("",), ("a",), ("Ann Lee", "-")])
def test_too_little_to_look_for_is_refused(desk: Desk, terms: tuple[str, ...]) -> None:
    with pytest.raises(WrongUsage, match="person-too-short"):
        persons.find(desk, terms)


def test_who_is_named_in_a_template_is_found_in_its_versions_and_while_it_is_written(desk: Desk) -> None:
    ask = Template("ours", 1, "Ours", "", (Field("title", "Title", f"Ask {NAME}"),), {})
    templates.save(desk, ask)
    templates.save(desk, replace(ask, fields=(replace(ask.fields[0], guidance="Ask the owner"),)))
    sketches.keep(desk, "ours", {"template": f"Ring {NAME}, or Siân"})
    found = {hit.excerpt for hit in persons.find(desk, [NAME, "Siân"]).hits}
    assert any(f"Ask {NAME}" in excerpt for excerpt in found)
    assert any(f"Ring {NAME}, or Siân" in excerpt for excerpt in found)


LETTERS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwyâôŵŷéí"), min_size=3, max_size=8)


@settings(max_examples=25, deadline=None)
@given(first=LETTERS, last=LETTERS, around=st.sampled_from(["{}", "by {},", "({})", "\n{}\n", "{}'s"]))
def test_a_name_is_found_however_it_is_spelt(first: str, last: str, around: str) -> None:
    assume(first != last)
    sought = Sought((f"{first} {last}",))
    bare = str.maketrans("âôŵŷéí", "aowyei")
    spellings = [f"{first} {last}", f"{last.upper()}, {first}", f"{first[0]}. {last}", f"{first}_{last}"]
    for spelt in [*spellings, *(each.translate(bare) for each in spellings)]:
        assert [place.sure for place in sought.places(around.format(spelt))] == [True]
        assert not sought.names(sought.blank(around.format(spelt)))


@settings(max_examples=25, deadline=None)
@given(
    digits=st.text("123456789", min_size=9, max_size=9),
    form=st.sampled_from(["0{}", "+44{}", "+44 (0){}", "0044 {}"]),
)
def test_a_number_is_found_however_it_is_grouped(digits: str, form: str) -> None:
    told = form.format(" ".join((digits[:3], digits[3:6], digits[6:])))
    for asked in (f"0{digits}", f"+44{digits}", f"(0{digits[:3]}) {digits[3:]}"):
        assert Sought((asked,)).blank(f"Ring {told} now") == "Ring […] now"
        assert not Sought((asked,)).names(f"9{digits}9")


@settings(max_examples=40, deadline=None)
@given(
    term=st.sampled_from(
        ("Jürgen Groß", "Øystein Lloyd-Jones", "Rose Bath", "Siân ap Rhys", MAIL, PHONE, "Reading")
    ),
    text=st.text(
        st.sampled_from(
            "Rose Bath Jürgen Groß ap Rhys Siân Lloyd-Jones GROSS Oystein\u0302\u00ad\u200b0113 4960777@"
        )
    ),
    spelt=st.sampled_from(
        (
            "Groß, J.",
            "J. Gross",
            "Oystein Jones",
            "ap Rhys, Sia\u0302n",
            "Ba\u00adth, Rose",
            "Reading",
            MAIL,
            PHONE,
        )
    ),
)
def test_what_is_told_quickly_passes_nobody_over(term: str, text: str, spelt: str) -> None:
    sought = Sought((term,))
    for told in (text, spelt, f"{text} {spelt}", f"{spelt}\u2603"):
        found = sought._sure.search(told) or (sought._perhaps and sought._perhaps.search(told))  # pyright: ignore[reportPrivateUsage]
        assert sought.may_stand_in(told) or not found


@pytest.mark.parametrize(
    ("asked", "text", "sure"),
    [
        ("Rose Bath", "Trams in Bath. Rose beds too.", [False]),
        ("Rose Bath", "From Rose in Bath", [False]),
        ("Rose Bath", "Rose A. Bath, Bath R", [True, True]),
        ("Reading", "Mind reading at Reading, or r.reading@example.org", [False, True, True]),
        ("Ann Lee", "in a lee, by A. Lee, a.lee@example.org", [False, True, True]),
        ("Siân ap Rhys", "S. ap Rhys; ap Rhys, Sian; Mr ap Rhys", [True, True, False]),
        ("Gwen Lloyd-Jones", "G. Lloyd Jones, once Gwen Jones", [True, False]),
        ("Øystein Müller", "Oystein Mueller", [True]),
        ("Rose Bath", "Ro\u00adse\u200b Bath", [True]),
        ("R.Quill@example.org", "r.quill%40EXAMPLE.org", [True]),
        ("r.quill@example.org", "r.quill@example.org.uk", []),
        ("+44 7700 900123", "447700900123", [True]),
    ],
)
def test_a_name_that_is_also_a_word_is_told_from_the_word(asked: str, text: str, sure: list[bool]) -> None:
    assert [place.sure for place in Sought((asked,)).places(text)] == sure

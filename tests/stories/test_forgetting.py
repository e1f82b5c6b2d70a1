"""A person asks to be forgotten: their words are nowhere in the workspace any more, searched byte for byte."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.conftest import Casebook
from tests.unit.word.notation import docx, p
from workbench.desk import open_desk
from workbench.desk.editing import review
from workbench.desk.study import show

NAME = "Rhiannonwy Quillfeather"
MAIL = "r.quillfeather@example.org"
PHONE = "0113 4960777"
CONTACT = f"{NAME}, Repair Officer, {MAIL}, {PHONE}"
WORDS = ("Rhiannonwy", "Quillfeather", "4960777", "Zephyrine")
CHALLENGE = "Too much that could be mended went into the bins of the town every week of the year."


def letter(document: bytes) -> bytes:
    """A mail of the person's own, with the study attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{NAME} <{MAIL}>", "cases@example.org", "Our study"
    mail.set_content("As promised.")
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(document, maintype="application", subtype=kind, filename="Quillfeather study.docx")
    return mail.as_bytes()


def study(contact: str = CONTACT) -> bytes:
    heading = "Heading1"
    return docx(
        p("Mended by neighbours", style="Title"),
        p("The challenge", style=heading),
        p(CHALLENGE),
        p("Contact", style=heading),
        p(contact),
        p("Who to ask when I am away", style=heading),
        p(f"Ask {NAME} first, and Repair Officer otherwise."),
    )


def inflated(content: bytes) -> Iterator[bytes]:
    """What stands compressed in a file, as in a Word file: every member of every zip in it."""
    at = content.find(b"PK\x03\x04")
    while at >= 0:
        start = at + 30 + sum(int.from_bytes(content[at + n : at + n + 2], "little") for n in (26, 28))
        try:
            yield zlib.decompressobj(-15).decompress(content[start:])
        except zlib.error:
            yield b""
        at = content.find(b"PK\x03\x04", at + 4)


def blobs(path: Path) -> Iterator[bytes]:
    """The blobs of a database: in the file they may lie in pieces."""
    with closing(sqlite3.connect(path)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{name}"'):
                yield from (value for value in row if isinstance(value, bytes))


def traces(folder: Path, words: tuple[str, ...] = WORDS) -> set[tuple[str, str]]:
    """Where one of the words still stands in a file below the folder: as text, in JSON, or compressed."""
    found: set[tuple[str, str]] = set()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        held = [content, *(blobs(file) if file.suffix == ".db" else ())]
        haystacks = [each.lower() for whole in held for each in (whole, *inflated(whole))]
        for word in words:
            forms = {
                word.lower().encode(),
                word.lower().encode("utf-16-le"),
                json.dumps(word.lower())[1:-1].encode(),
            }
            if any(form in haystack for form in forms for haystack in haystacks):
                found.add((file.relative_to(folder).as_posix(), word))
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def arrived(casebook: Casebook, tmp_path: Path) -> str:
    """The study on the desk with much done to its contact; its id."""
    (tmp_path / "mail.eml").write_bytes(letter(study()))
    (row,) = casebook("import", tmp_path / "mail.eml", "--json").rows
    name = row["submission"]
    for text in (f"{CONTACT}; after Easter Zephyrine", CONTACT):
        assert casebook("edit", name, "contact", "--text", text).status == 0
    casebook("undo")
    casebook("desk", "backup")
    return name


def test_the_search_finds_what_there_is(casebook: Casebook, arrived: str, workspace: Path) -> None:
    found = traces(workspace)
    assert {word for _, word in found} == set(WORDS)
    assert {Path(name).parts[0] for name, _ in found} == {"desk.db", "backups"}
    assert any(NAME.encode() in each for blob in blobs(workspace / "desk.db") for each in inflated(blob))


def test_a_person_is_forgotten_and_the_study_is_not(
    casebook: Casebook, arrived: str, workspace: Path
) -> None:
    answer = casebook("desk", "forget", arrived, "--field", "contact")
    assert answer.status == 0, answer.err
    assert "Word file" in answer.out
    assert traces(workspace) == set()
    shown = casebook("show", arrived, "--json").row
    assert shown["fields"]["challenge"]["text"] == CHALLENGE
    assert shown["fields"].get("contact", {}).get("text", "") == ""
    verdict = casebook("desk", "verify", "--json").row
    assert verdict["flaws"] == []
    assert [row["id"] for row in casebook("list", "mended", "--json").rows] == [arrived]
    assert casebook("list", "quillfeather", "--json").rows == []


def ready(casebook: Casebook, workspace: Path, name: str) -> None:
    """Fills in what is required, and sets aside what blocks with a reason that names the person too."""
    for field in ("summary", "introduction", "solution", "impact"):
        casebook("edit", name, field, "--text", f"{CHALLENGE} That is the {field}. " * 2)
    casebook("edit", name, "council", "--text", "Leeds City Council")
    with open_desk(workspace) as desk:
        for finding in show(desk, name).open_findings:
            if finding.severity == "blocker":
                review.dismiss(desk, name, finding.key, f"{NAME} agreed on the telephone")


def test_what_was_published_from_here_is_forgotten_on_this_desk(
    casebook: Casebook, arrived: str, workspace: Path, tmp_path: Path
) -> None:
    ready(casebook, workspace, arrived)
    shared = ("--catalogue", f"sqlite:///{tmp_path / 'shared.db'}")
    casebook(*shared, "catalogue", "init")
    assert casebook("approve", arrived).status == 0
    (sent,) = casebook(*shared, "publish", "--all-approved", "--json").rows
    assert sent["result"] == "published"
    before = casebook(*shared, "search", "mended", "--json").rows
    assert casebook("desk", "forget", arrived).status == 0
    assert traces(workspace) == set()
    assert casebook("desk", "verify", "--json").row["flaws"] == []
    assert casebook(*shared, "search", "mended", "--json").rows == before


def test_the_copies_are_still_good(casebook: Casebook, arrived: str, workspace: Path) -> None:
    casebook("desk", "forget", arrived)
    (copy,) = casebook("desk", "backup", "--list", "--json").rows
    assert casebook("desk", "verify", copy["path"], "--json").row["flaws"] == []
    assert casebook("desk", "restore").status == 0
    assert casebook("show", arrived, "--json").row["fields"]["challenge"]["text"] == CHALLENGE
    assert traces(workspace) == set()


def test_a_copy_that_cannot_be_read_is_removed(casebook: Casebook, arrived: str, workspace: Path) -> None:
    (copy,) = (workspace / "backups").glob("*.db")
    copy.write_bytes(copy.read_bytes()[:20000])
    answer = casebook("desk", "forget", arrived)
    assert "removed: 1" in answer.out
    assert not copy.exists()
    assert traces(workspace) == set()


def test_a_copy_of_a_damaged_desk_is_removed_with_its_log(
    casebook: Casebook, arrived: str, workspace: Path
) -> None:
    (copy,) = (workspace / "backups").glob("*.db")
    log = copy.with_name(f"{copy.name}-wal")
    log.write_text(CONTACT)
    left = copy.with_name(f"{copy.name}.draft-journal")
    left.write_text(CONTACT)
    assert "removed: 1" in casebook("desk", "forget", arrived).out
    assert casebook("desk", "backup").status == 0
    assert not log.exists() and not left.exists()
    assert traces(workspace) == set()


def test_while_another_program_reads_the_rest_waits_for_the_next_opening(
    casebook: Casebook, arrived: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.store.opening.BUSY_SECONDS", 0.2)
    with open_desk(workspace) as window, window.store.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM blob").all()
        answer = casebook("desk", "forget", arrived)
    assert "closed and opened again" in answer.out
    casebook("list")
    assert traces(workspace) == set()


def test_the_desk_may_stand_open_in_the_window(casebook: Casebook, arrived: str, workspace: Path) -> None:
    with open_desk(workspace):
        assert "closed and opened" not in casebook("desk", "forget", arrived).out
        assert traces(workspace) == set()


def test_the_same_file_again_is_still_known(casebook: Casebook, arrived: str, tmp_path: Path) -> None:
    casebook("desk", "forget", arrived)
    again = casebook("import", tmp_path / "mail.eml", "--json").row
    assert (again["taken_for"], again["of"]) == ("duplicate", arrived)


def test_others_keep_their_words(casebook: Casebook, arrived: str, tmp_path: Path) -> None:
    (tmp_path / "other.docx").write_bytes(study("Someone Else, someone@example.com"))
    casebook("edit", arrived, "title", "--text", "Another name altogether")
    rows = casebook("import", tmp_path / "other.docx", "--json").rows
    assert rows[0]["taken_for"] in ("new", "revision")
    if rows[0]["taken_for"] == "new":
        casebook("desk", "forget", arrived)
        shown = casebook("show", rows[0]["submission"], "--json").row
        assert "Someone Else" in shown["fields"]["contact"]["text"]


def test_what_is_not_personal_is_not_forgotten(casebook: Casebook, arrived: str) -> None:
    answer = casebook("desk", "forget", arrived, "--field", "challenge")
    assert answer.status == 2
    assert "contact" in answer.err
    assert casebook("desk", "forget", "CB-1999-0001").status == 2


def test_a_redaction_in_the_catalogue_is_followed_once_by_whoever_pulls(
    casebook: Casebook, arrived: str, workspace: Path, tmp_path: Path
) -> None:
    ready(casebook, workspace, arrived)
    shared = ("--catalogue", f"sqlite:///{tmp_path / 'shared.db'}")
    casebook(*shared, "catalogue", "init")
    casebook("approve", arrived)
    casebook(*shared, "publish", "--all-approved")
    other = ("--workspace", tmp_path / "other", *shared)
    assert casebook(*other, "pull").status == 0
    assert casebook(*other, "desk", "backup").status == 0
    assert traces(tmp_path / "other")
    (study,) = casebook(*shared, "search", "mended", "--json").rows
    redacted = casebook(
        *shared, "catalogue", "redact", study["study"], "--field", "contact", "--reason", "Asked for"
    )
    assert redacted.status == 0, redacted.err
    for place in ((), ("--workspace", tmp_path / "other")):
        assert casebook(*place, *shared, "pull").status == 0
    assert traces(workspace) == set()
    assert traces(tmp_path / "other") == set()
    casebook("reopen", arrived)
    casebook("edit", arrived, "contact", "--text", "The office, office@example.org")
    casebook(*shared, "pull")
    assert "The office" in casebook("show", arrived, "--json").row["fields"]["contact"]["text"]


@pytest.fixture
def shared(casebook: Casebook, arrived: str, workspace: Path, tmp_path: Path) -> tuple[str, str]:
    """The study published in a shared catalogue: what names that catalogue to the command."""
    ready(casebook, workspace, arrived)
    address = ("--catalogue", f"sqlite:///{tmp_path / 'shared.db'}")
    casebook(*address, "catalogue", "init")
    assert casebook("approve", arrived).status == 0
    assert casebook(*address, "publish", "--all-approved").status == 0
    return address


def redact(casebook: Casebook, shared: tuple[str, str], *fields: str) -> None:
    (study,) = casebook(*shared, "search", "mended", "--json").rows
    named = [part for field in fields for part in ("--field", field)]
    answer = casebook(*shared, "catalogue", "redact", study["study"], *named, "--reason", "Asked for")
    assert answer.status == 0, answer.err


def test_who_publishes_before_pulling_follows_a_redaction_too(
    casebook: Casebook, shared: tuple[str, str], tmp_path: Path
) -> None:
    other = ("--workspace", tmp_path / "other", *shared)
    assert casebook(*other, "pull").status == 0
    assert casebook(*other, "desk", "backup").status == 0
    redact(casebook, shared, "contact")
    assert casebook(*other, "publish").status == 0
    assert casebook(*other, "pull").status == 0
    assert traces(tmp_path / "other") == set()


def test_what_waited_in_an_outbox_does_not_bring_a_person_back(
    casebook: Casebook, arrived: str, shared: tuple[str, str], workspace: Path, tmp_path: Path
) -> None:
    casebook("reopen", arrived)
    casebook("edit", arrived, "summary", "--text", f"{CHALLENGE} Told once more.")
    assert casebook("approve", arrived).status == 0
    away = ("--catalogue", "postgresql://127.0.0.1:1/nowhere")
    assert casebook(*away, "publish", "--all-approved").status == 3
    redact(casebook, shared, "contact")
    assert casebook(*shared, "publish", "--json").row["result"] == "published"
    assert traces(workspace) == set()
    assert {name for name, _ in traces(tmp_path)} == {"mail.eml"}


def test_a_redaction_of_several_fields_is_followed_where_one_is_unknown(
    casebook: Casebook, shared: tuple[str, str], workspace: Path
) -> None:
    redact(casebook, shared, "contact", "telephone")
    assert casebook(*shared, "pull").status == 0
    assert traces(workspace) == set()


def test_a_newer_file_whose_import_was_undone_is_forgotten_too(
    casebook: Casebook, arrived: str, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "newer.docx").write_bytes(study(f"{CONTACT}, newly moved"))
    assert casebook("import", tmp_path / "newer.docx", "--json").row["taken_for"] == "revision"
    assert casebook("undo").status == 0
    assert casebook("desk", "forget", arrived).status == 0
    assert traces(workspace) == set()


def test_what_only_a_copy_knows_of_a_person_is_forgotten_there(
    casebook: Casebook, arrived: str, workspace: Path
) -> None:
    casebook("edit", arrived, "contact", "--text", "Persephonia Wintergarden, who came after")
    with open_desk(workspace) as desk:
        finding = show(desk, arrived).open_findings[0]
        review.dismiss(desk, arrived, finding.key, "Persephonia agreed on the telephone")
    assert casebook("desk", "restore").status == 0
    assert {word for _, word in traces(workspace, ("Persephonia",))} == {"Persephonia"}
    assert casebook("desk", "forget", arrived).status == 0
    assert traces(workspace, ("Persephonia", *WORDS)) == set()

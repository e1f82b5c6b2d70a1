"""What is personal or secret never reaches the log; what is needed to find a mistake does."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import log
from workbench.errors import Refused, SurroundingsFailed
from workbench.log import scrubbing

PLANTED = "Zyxwvut"
"""A word that stands nowhere else: whatever is planted holds it."""

PASSWORD = st.text(string.ascii_letters + string.digits + "!$%^*+-_.~@/:'", min_size=1, max_size=12).map(
    lambda text: f"{text}{PLANTED}{text}"
)
WORDS = st.text("abcdefgh ', \"\n\\()[]{}“”‘’é", max_size=30).map(lambda text: f"{text} {PLANTED} {text}")
DIGITS = st.text("0123456789", min_size=6, max_size=6)
GAP = st.sampled_from(["", " ", "-", ".", "  ", " "])
AROUND = st.sampled_from(["", "start ", "x=", "failed: ", "(", "in workbench/desk/desk.py:12 "])


@pytest.mark.parametrize(
    "form",
    [
        "postgresql://ada:{0}@db.example.org/casebook",
        "postgresql+psycopg://ada:{0}@db.example.org:5432/casebook?sslmode=verify-full",
        "host=db.example.org password={0} dbname=casebook",
        "PGPASSWORD={0}",
        "CASEBOOK_CATALOGUE=postgresql://ada:{0}@db/casebook",
        "connect(password={0})",
        "failed for ada pw={0}",
        "Authorization: Bearer {0}",
        "api_key: {0}",
        "sslpassword={0} host=db",
    ],
)
@settings(max_examples=12)
@given(password=PASSWORD, before=AROUND)
def test_no_password_survives(form: str, password: str, before: str):
    assert PLANTED not in log.scrub(before + form.format(password))


@pytest.mark.parametrize(
    "form", ["{0!r}", '"{1}"', "“{1}”", "KeyError: {0!r}", "title={0!r} n=3", "b{0!r}", "«{1}»"]
)
@settings(max_examples=12)
@given(words=WORDS)
def test_nothing_that_is_quoted_survives(form: str, words: str):
    plain = re.sub(r"[\"“”«»\\]", "", words)
    assert PLANTED not in log.scrub(form.format(words, plain))


@pytest.mark.parametrize(
    "form",
    [
        "[SQL: INSERT INTO note VALUES (?)]\n[parameters: ({0!r}, 3)]",
        "[parameters: [({0}, 1), ({0}, 2)]]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)",
        "duplicate key\nDETAIL:  Failing row contains (1, {0}).\nCONTEXT:  COPY staged, line 1: {0}",
        "syntax error\nLINE 1: SELECT {0}\n               ^",
        "Could not decode to UTF-8 column 'html' with text 'The residents' {0}, and {0}'); do this",
    ],
)
@settings(max_examples=12)
@given(words=WORDS)
def test_what_a_database_was_asked_with_is_left_out(form: str, words: str):
    assert PLANTED not in log.scrub(form.format(words))


@settings(max_examples=30)
@given(before=AROUND, local=st.text("abcäö.+_-", min_size=1, max_size=8), gap=GAP, digits=DIGITS)
def test_no_address_and_no_number_of_a_person_survives(before: str, local: str, gap: str, digits: str):
    a, b, c = digits[:2], digits[2:4], digits[4:]
    numbers = (
        f"{before}0121{gap}4{a}{gap}{b}{c}",
        f"{before}+44 (0)7{a}{b}{gap}{c}0123",
        f"{before}AB{gap[:1].replace('.', '')}{a} {b} {c}C",
        f"{before}943{gap}{a}6{gap}5919",
    )
    scrubbed = [log.scrub(text) for text in numbers]
    assert all("‹number›" in text for text in scrubbed), scrubbed
    assert f"{local}@" not in log.scrub(f"{before}{local}{PLANTED}@example.org")
    assert PLANTED not in log.scrub(f"{before}{local}{PLANTED}@example.org")


@pytest.mark.parametrize(
    "form",
    [
        "{0}.docx could not be read",
        "/home/ada/{0}.docx could not be read",
        "/home/{0}/casebook/desk.db",
        r"C:\Users\{0}\Documents\form.docx",
        r"C:\Users\{0}",
        r"\\server\share\{0}\form.docx",
        "~/{0}/form.pdf: damaged",
        "file:///home/{0}/x",
        "sqlite:////home/{0}/catalogue.db",
        'File "/home/{0}/notes.py", line 3, in f',
        "[Errno 2] No such file or directory: '/home/{0}/form.docx'",
        "user={0} host=db",
    ],
)
@settings(max_examples=8)
@given(
    name=st.sampled_from([PLANTED, f"Mrs {PLANTED}", f"{PLANTED}-Smith", f"form of {PLANTED}"]), before=AROUND
)
def test_no_name_of_a_person_survives_in_the_name_of_a_file(form: str, name: str, before: str):
    given = name.rpartition(" ")[2] if form.endswith(("host=db", "/x", "{0}", "in f")) else name
    assert PLANTED not in log.scrub(before + form.format(given))


def test_a_file_is_still_told_from_another_by_its_ending_and_letters():
    one, same, other = (log.scrub(f"{name} failed") for name in ("/a/Ann.docx", "/b/Ann.docx", "/a/Bob.docx"))
    assert re.fullmatch(r"‹file [a-p]{6}\.docx› failed", one)
    assert one == same != other


@pytest.mark.parametrize(
    "kept",
    [
        "start version=0.1.0 system=Linux release=6.1.0-18-amd64 python=3.11.7 qt=6.10.1",
        "workbench/desk/arriving/making.py:83 in read",
        "sqlalchemy/engine/base.py:1967 in _exec_single_context",
        "failed code=catalogue-unreachable sqlstate=57P01 n=12 seconds=0.51",
        "study 123e4567-e89b-12d3-a456-426614174000 version 3",
        "2026-11-22T13:40:27.123Z batch=4 published=9 conflict=1",
        'Could not load the Qt platform plugin "xcb" in "" even though it was found.',
        "psycopg.OperationalError: connection refused",
        "the council can't be told from another",
    ],
)
def test_what_is_needed_to_find_a_mistake_survives(kept: str):
    assert log.scrub(kept) == kept


def test_a_frame_of_our_own_code_keeps_its_place():
    frame = (
        'File "/home/ada/.venv/lib/python3.11/site-packages/workbench/desk/desk.py", line 12, in open_desk'
    )
    assert log.scrub(frame) == "workbench/desk/desk.py:12 in open_desk"


@settings(max_examples=40)
@given(
    st.lists(
        st.one_of(
            WORDS,
            PASSWORD,
            st.sampled_from(["password=", "/home/a b/c.docx", "a@b.c", "'", "‹", "DETAIL: x\n"]),
        ),
        max_size=6,
    )
)
def test_scrubbing_twice_is_scrubbing_once(parts: list[str]):
    once = scrubbing.scrub(" ".join(parts), ("ada",))
    assert scrubbing.scrub(once, ("ada",)) == once


def test_a_login_is_taken_out_wherever_it_stands():
    assert scrubbing.scrub("ada wrote, ADA read; adamant", ("ada",)) == "‹user› wrote, ‹user› read; adamant"


def test_a_long_text_without_end_is_scrubbed_at_once():
    for text in (
        "/" * 16_000,
        "a" * 16_000,
        "1 " * 8_000,
        "'" * 16_000,
        "@" * 16_000,
        "\\a" * 8_000,
        "a=" * 8_000,
    ):
        begun = datetime.now(UTC)
        scrubbing.scrub(text)
        assert (datetime.now(UTC) - begun).total_seconds() < 20, text[:10]


# Errors


def raised(error: BaseException) -> str:
    """The error as it is told once it has passed through code that knows nothing of what it says."""
    try:
        raise error
    except BaseException as caught:
        return log.told(caught)


@settings(max_examples=10)
@given(words=WORDS)
@pytest.mark.parametrize("kind", [ValueError, KeyError, TypeError, RuntimeError, AssertionError])
def test_an_error_is_told_without_what_it_was_about(kind: type[Exception], words: str):
    said = raised(kind(words))
    assert PLANTED not in said
    assert said.startswith(kind.__name__)
    assert re.search(r"tests/unit/log/test_scrubbing\.py:\d+ in raised", said)


@settings(max_examples=12)
@given(words=WORDS)
def test_a_byte_that_is_no_text_is_told_without_the_bytes_around_it(words: str):
    said = raised(
        UnicodeDecodeError(
            "utf-8", words.encode() + b"\xff", len(words), len(words) + 1, "invalid start byte"
        )
    )
    assert PLANTED not in said
    assert "invalid start byte" in said
    assert "encoding=utf-8" in said


def test_an_error_of_the_world_keeps_its_code_and_its_numbers():
    said = raised(Refused("fix-void", excerpt=f"{PLANTED} said", file=f"{PLANTED}.docx", n=3))
    assert re.search(r"Refused: fix-void\(excerpt=‹12 characters›, file=‹file [a-p]{6}\.docx›, n=3\)", said)
    full = SurroundingsFailed("desk-disk-full", path="/home/ada/desk.db", reason="No space left on device")
    assert "reason=No space left on device" in raised(full)
    assert "ada" not in raised(full)


def test_a_file_that_is_not_there_is_told_by_its_ending():
    said = raised(FileNotFoundError(2, "No such file or directory", f"/home/ada/{PLANTED}.docx"))
    assert "errno=2 No such file or directory ‹file " in said
    assert PLANTED not in said


def test_what_led_to_an_error_is_told_first():
    try:
        try:
            int(PLANTED * 2)
        except ValueError as cause:
            raise KeyError(PLANTED.lower()) from cause
    except KeyError as error:
        first, _, second = log.told(error).partition("\nled to\n")
    assert first.startswith("ValueError: invalid literal for int() with base 10")
    assert second.startswith("KeyError")


def test_a_database_says_which_rule_was_broken_and_not_by_whom():
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE person (name TEXT UNIQUE)")
    connection.execute("INSERT INTO person VALUES (?)", (PLANTED,))
    try:
        connection.execute("INSERT INTO person VALUES (?)", (PLANTED,))
    except sqlite3.IntegrityError as error:
        said = log.told(error)
    assert "sqlite_errorname=SQLITE_CONSTRAINT_UNIQUE" in said
    assert "UNIQUE constraint failed" in said
    assert PLANTED not in said


def test_a_name_in_a_number_of_words_is_left_out_of_what_other_programs_say():
    from workbench.log import tracing

    assert tracing.filtered("ERROR: relation Smith does not exist at 0121 496 0123") == (
        "ERROR: relation … does not exist at ‹number›"
    )

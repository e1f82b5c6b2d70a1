"""What lies in archives and mails, and in one another: found by name, bounded, and never outside."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.desk.outlook_files import Attached, Mail, msg
from workbench import words
from workbench.desk import Desk, study
from workbench.desk.arriving import arrivals, mails, outlook
from workbench.desk.arriving.gathering import gather
from workbench.desk.arriving.parcels import Letter, Parcel
from workbench.errors import Refused

FILE = b"PK the bytes of a Word file"
SENT = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


def eml(
    attached: Mapping[str, bytes | EmailMessage],
    sender: str = "Ada Lovelace <ada@council.example>",
    subject: str = "",
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, subject or "Our case study"
    message["Date"] = "Mon, 02 Mar 2026 09:14:00 +0000"
    message.set_content("See attached.")
    for name, content in attached.items():
        if isinstance(content, EmailMessage):
            message.add_attachment(content)
        else:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def packed(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def opened(path: Path, content: bytes) -> list[tuple[str, bytes | str, Letter | None]]:
    """What is gathered from a file of these bytes: names inside it, bytes or the code of the refusal, letters."""
    path.write_bytes(content)
    return [
        (parcel.name.removeprefix(f"{path}").lstrip("/"), got(parcel), parcel.letter)
        for parcel in gather([path])
    ]


def got(parcel: Parcel) -> bytes | str:
    try:
        return parcel.read()
    except Refused as refused:
        assert len(words.explain(refused)) > 40
        return refused.code


def test_a_folder_that_may_not_be_opened_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inbox" / "private").mkdir(parents=True)
    (tmp_path / "inbox" / "study.docx").write_bytes(FILE)
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("private"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    study, private = gather([tmp_path / "inbox"])
    assert study.read() == FILE
    with pytest.raises(Refused, match="unreadable"):
        private.read()
    assert private.name.endswith("private")


def test_a_mail_tells_who_sent_it_and_when(tmp_path: Path) -> None:
    found = opened(tmp_path / "a.eml", eml({"study.docx": FILE, "logo.png": b"x"}).as_bytes())
    letter = Letter("Ada Lovelace <ada@council.example>", "2026-03-02T09:14:00+00:00", "Our case study")
    assert found == [("study.docx", FILE, letter)]


def test_a_forwarded_mail_tells_of_its_own_sender(tmp_path: Path) -> None:
    inner = eml({"york.docx": FILE}, "york@council.example")
    found = opened(tmp_path / "a.eml", eml({"leeds.docx": FILE, "": inner}).as_bytes())
    assert [(name, letter and letter.sender) for name, _, letter in found] == [
        ("leeds.docx", "Ada Lovelace <ada@council.example>"),
        ("york.docx", "york@council.example"),
    ]


def test_an_archive_in_a_mail_and_a_mail_in_an_archive(tmp_path: Path) -> None:
    letter = Letter("Ada Lovelace <ada@council.example>", "2026-03-02T09:14:00+00:00", "Our case study")
    zipped = packed({"b/two.docx": b"2", "one.odt": b"1"})
    assert opened(tmp_path / "a.eml", eml({"both.zip": zipped}).as_bytes()) == [
        ("both.zip/b/two.docx", b"2", letter),
        ("both.zip/one.odt", b"1", letter),
    ]
    mail = eml({"study.docx": FILE}).as_bytes()
    assert opened(tmp_path / "a.zip", packed({"m.eml": mail, "x.rtf": b"r"})) == [
        ("m.eml/study.docx", FILE, letter),
        ("x.rtf", b"r", None),
    ]


def test_what_lies_deeper_is_refused_by_its_name(tmp_path: Path) -> None:
    third = packed({"deep.zip": packed({"deeper.zip": packed({"a.docx": FILE})}), "b.docx": FILE})
    assert opened(tmp_path / "a.zip", third) == [
        ("b.docx", FILE, None),
        ("deep.zip/deeper.zip", "archive-nested", None),
    ]


def test_an_inner_archive_that_holds_nothing_or_is_broken_says_so(tmp_path: Path) -> None:
    members = {"a.zip": packed({"x.txt": b""}), "b.zip": b"no archive", "c.eml": b"", "d.msg": b"no mail"}
    assert [(name, said) for name, said, _ in opened(tmp_path / "all.zip", packed(members))] == [
        ("a.zip", "no-word-files"),
        ("b.zip", "archive-damaged"),
        ("c.eml", "no-word-files"),
        ("d.msg", "mail-damaged"),
    ]


def test_names_steer_no_terminal_and_other_systems_names_are_read(tmp_path: Path) -> None:
    found = opened(tmp_path / "a.zip", packed({"a\x1b[2J\u202excod.docx": FILE}))
    assert found[0][0] == "a\ufffd[2J\ufffdxcod.docx"
    data = packed({"X" * 10 + ".docx": FILE}).replace(b"X" * 10, "étude - n".encode())
    assert opened(tmp_path / "b.zip", data)[0][:2] == ("étude - n.docx", FILE)


def test_an_encrypted_member_is_refused_by_its_name(tmp_path: Path) -> None:
    data = bytearray(packed({"a.docx": FILE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert opened(tmp_path / "a.zip", bytes(data)) == [("a.docx", "archive-protected", None)]


def test_more_members_than_a_person_would_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.desk.arriving.gathering.MOST_PARCELS", 3)
    inner = packed({f"{n}.docx": FILE for n in range(3)})
    found = opened(tmp_path / "a.zip", packed({"a.zip": inner, "b.zip": inner}))
    assert [said for _, said, _ in found] == [FILE, FILE, FILE, "archive-too-large"]


def test_inner_archives_are_bounded_before_they_are_opened(tmp_path: Path) -> None:
    bombs = {f"{n}.zip": bytes(60 << 20) for n in range(5)}
    tracemalloc.start()
    found = opened(tmp_path / "a.zip", packed(bombs))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [said for _, said, _ in found] == ["archive-too-large"]
    assert peak < 50 << 20


def test_a_directory_beyond_measure_is_not_read(tmp_path: Path) -> None:
    """The closing record lies in its usual place, and the one for large archives claims a huge directory."""
    start, size = 100, 9 << 20
    large = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start + size, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, start, 0)
    data = bytes(start + size) + large + locator + end
    assert opened(tmp_path / "a.zip", data)[0][1] == "archive-too-large"


def test_a_mail_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.desk.arriving.mails.LARGEST_MAIL", 1000)
    data = eml({"a.docx": bytes(2000)}).as_bytes()
    assert [said for _, said, _ in opened(tmp_path / "a.eml", data)] == ["mail-too-large"]
    assert [said for _, said, _ in opened(tmp_path / "a.msg", data)] == ["mail-too-large"]


# Outlook


def test_a_mail_of_outlooks(tmp_path: Path) -> None:
    inner = Mail((Attached("york.docx", FILE),), {0x0C1A: "York", 0x0C1F: "york@council.example"}, SENT)
    mail = Mail(
        (
            Attached("Étude – final.docx", FILE * 400, "TUDE~1.DOC"),
            Attached("picture.png", b"x"),
            Attached("", b"short", "SHORT.DOC"),
            Attached("Forwarded", inner),
            Attached("linked.docx", None),
        ),
        {
            0x0C1A: "Ada Lovelace",
            0x0C1F: "/O=COUNCIL/CN=ADA",
            0x5D01: "ada@council.example",
            0x0037: "Our study",
        },
        SENT,
    )
    ada = Letter("Ada Lovelace <ada@council.example>", "2026-03-02T09:14:00+00:00", "Our study")
    york = Letter("York <york@council.example>", "2026-03-02T09:14:00+00:00", "")
    assert opened(tmp_path / "a.msg", msg(mail)) == [
        ("Étude – final.docx", FILE * 400, ada),
        ("SHORT.DOC", b"short", ada),
        ("york.docx", FILE, york),
        ("linked.docx", "attachment-missing", ada),
    ]


def test_headers_say_more_than_outlooks_notes_and_old_outlooks_are_read(tmp_path: Path) -> None:
    headers = "From: Ada <ada@council.example>\r\nDate: Mon, 2 Mar 2026 10:14:00 +0100\r\n\r\n"
    found = opened(
        tmp_path / "a.msg", msg(Mail((Attached("a.docx", FILE),), {0x007D: headers, 0x0C1A: "X"}, SENT))
    )
    assert found[0][2] == Letter("Ada <ada@council.example>", "2026-03-02T10:14:00+01:00", "")
    found = opened(
        tmp_path / "b.msg", msg(Mail((Attached("a.docx", FILE),), {0x0C1A: "Zoë"}, None, narrow=True))
    )
    assert found[0][2] == Letter("Zoë", "", "")


@pytest.mark.parametrize(
    ("encoding", "codepage", "name"),
    [
        ("utf-8", (0x3FDE, 65001), "Siân Ŵyn"),
        ("utf-8", (0x3FFD, 20127), "Siân Ŵyn"),
        ("utf-8", (0x1234, 1), "Siân Ŵyn"),
        ("cp1250", (0x3FFD, 1250), "Łukasz"),
        ("cp932", (0x3FFD, 932), "山田"),
        ("latin-1", (0x3FFD, 28591), "Zoë"),
        ("cp1252", (0x3FFD, 99999), "Zoë"),
    ],
)
def test_old_outlooks_in_other_code_pages(
    tmp_path: Path, encoding: str, codepage: tuple[int, int], name: str
) -> None:
    mail = Mail(
        (Attached("a.docx", FILE),), {0x0C1A: name}, SENT, narrow=True, encoding=encoding, codepage=codepage
    )
    assert opened(tmp_path / "a.msg", msg(mail))[0][2] == Letter(name, SENT.isoformat(), "")


@pytest.mark.parametrize("head", [24, 32])
def test_a_forwarded_mail_tells_its_day_whichever_program_wrote_it(tmp_path: Path, head: int) -> None:
    inner = Mail((Attached("a.docx", FILE),), {0x0C1A: "Ada"}, SENT, head=head)
    found = opened(tmp_path / "a.msg", msg(Mail((Attached("FW", inner),))))
    assert found[0][2] == Letter("Ada", SENT.isoformat(), "")


def test_a_day_that_never_was_costs_the_mail_nothing_else(tmp_path: Path) -> None:
    whole = msg(Mail((Attached("a.docx", FILE),), {0x0C1A: "Ada"}, SENT))
    ticks = struct.pack("<Q", int((SENT - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7)
    assert ticks in whole
    found = opened(tmp_path / "a.msg", whole.replace(ticks, bytes([255] * 8)))
    assert found[0][1:] == (FILE, Letter("Ada", "", ""))


def test_mails_of_outlooks_in_one_another_without_end(tmp_path: Path) -> None:
    mail = Mail((Attached("a.docx", FILE),))
    for _ in range(12):
        mail = Mail((Attached("x", mail),))
    assert [said for _, said, _ in opened(tmp_path / "a.msg", msg(mail))] == ["mail-damaged"]


SOUND = (
    (
        outlook.attachments,
        msg(Mail((Attached("a.docx", FILE * 300), Attached("b.docx", FILE)), {0x0037: "x"}, SENT)),
    ),
    (mails.attachments, eml({"a.docx": FILE}, subject="ü").as_bytes()),
)


@pytest.mark.parametrize(("attachments", "sound"), SOUND, ids=["msg", "eml"])
def test_a_damaged_mail_is_read_or_refused(attachments: object, sound: bytes) -> None:
    @given(st.lists(st.tuples(st.integers(0, len(sound) - 1), st.binary(min_size=1, max_size=8)), max_size=6))
    def damaged(wounds: list[tuple[int, bytes]]) -> None:
        data = bytearray(sound)
        for at, wound in wounds:
            data[at : at + len(wound)] = wound
        try:
            for parcel in attachments(io.BytesIO(data)):  # type: ignore[operator]
                got(parcel)
        except Refused as refused:
            assert refused.code == "mail-damaged"

    damaged()


# On the desk


def test_the_letter_is_kept_with_the_submission_and_with_a_revision(desk: Desk, tmp_path: Path) -> None:
    from tests.unit.desk.test_arrivals import STORY, word_file

    (tmp_path / "first.eml").write_bytes(eml({"study.docx": word_file()}).as_bytes())
    newer = word_file(STORY, Lessons="Ask borrowers what to buy next.")
    later = Mail((Attached("study v2.docx", newer),), {0x0C1A: "Grace Hopper"}, SENT)
    (tmp_path / "second.msg").write_bytes(msg(later))
    taken = list(arrivals.import_paths(desk, [tmp_path / "first.eml", tmp_path / "second.msg"]))
    assert [arrival.taken_for for arrival in taken] == ["new", "revision"]
    told = [note for note in study.show(desk, "CB-2026-0001").notes if note.kind == "mail"]
    assert [note.author for note in told] == ["Ada Lovelace <ada@council.example>", "Grace Hopper"]
    assert told[0].text == (
        "from: Ada Lovelace <ada@council.example>\nsent: 2026-03-02T09:14:00+00:00\nsubject: Our case study"
    )

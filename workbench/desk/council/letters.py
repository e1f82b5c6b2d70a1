"""The mail that goes with a return copy: its wording, which an office may change, and the file that holds it.

The wording is a text whose first line begins with "Subject:", with names in braces where something is filled in. An
office's own stands in `<workspace>/letters/return.txt`. Casebook sends nothing: a mail program opens the file as a
draft.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import resources
from workbench import words
from workbench.errors import Refused, SurroundingsFailed

OWN = ("letters", "return.txt")
"""Where in a workspace the office's own wording stands."""

FILLED = ("title", "council", "asked", "things", "file", "reply_by", "editor", "number")
NEEDED = ("asked", "reply_by")
LONGEST = 20_000
MOST_ADDRESSES = 20

_SUBJECT = re.compile(r"subject:[ \t]*(\S.*)", re.IGNORECASE)
_NAME = re.compile(r"\{(\w*)\}")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {
    ".docx": _WORD,
    ".docm": "vnd.ms-word.document.macroEnabled.12",
    ".dotx": "vnd.openxmlformats-officedocument.wordprocessingml.template",
    ".dotm": "vnd.ms-word.template.macroEnabled.12",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it will be: to which addresses, its subject, its text."""

    to: tuple[str, ...]
    subject: str
    body: str


def wording(workspace: Path) -> str:
    """The wording that holds in a workspace: the office's own, else the shipped one.

    Raises SurroundingsFailed("letter-unreadable").
    """
    path = workspace.joinpath(*OWN)
    try:
        return path.read_text("utf-8")[: LONGEST + 1]
    except FileNotFoundError:
        return shipped()
    except (OSError, UnicodeDecodeError) as error:
        raise SurroundingsFailed("letter-unreadable", path=str(path), reason=str(error)) from error


def shipped() -> str:
    """The wording that travels with the program."""
    return resources.path("letters", "return.txt").read_text("utf-8")


def own(workspace: Path) -> Path:
    """The file of the office's own wording, made as the shipped one where there is none yet.

    Raises SurroundingsFailed("settings-unwritable").
    """
    path = workspace.joinpath(*OWN)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(shipped(), "utf-8")
    except OSError as error:
        raise SurroundingsFailed("settings-unwritable", path=str(path), reason=str(error)) from error
    return path


def compose(text: str, said: Mapping[str, str], to: Sequence[str]) -> Letter:
    """A wording, filled in. Raises Refused("letter-wording") for one that lacks its subject or what has to be said,
    asks for what is not known, or is longer than a mail should be."""
    _check(text)
    found = _SUBJECT.match(text.lstrip("\ufeff\r\n "))
    if found is None:
        raise Refused("letter-wording", reason=words.say("errors", "letter-without-subject"))
    body = text.lstrip("\ufeff\r\n ")[found.end() :].strip()
    return Letter(tuple(to), one_line(words.fill(found[1], said)), _lines(words.fill(body, said)))


def _check(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused("letter-wording", reason=words.say("errors", "letter-too-long"))
    names = set(_NAME.findall(text))
    if unknown := sorted(names - set(FILLED)):
        known = ", ".join(f"{{{name}}}" for name in FILLED)
        named = ", ".join(f"{{{name}}}" for name in unknown)
        raise Refused(
            "letter-wording", reason=words.say("errors", "letter-unknown", names=named, known=known)
        )
    if missing := [f"{{{name}}}" for name in NEEDED if name not in names]:
        raise Refused("letter-wording", reason=words.say("errors", "letter-lacks", names=", ".join(missing)))


def addresses(text: str) -> tuple[str, ...]:
    """The mail addresses that a text names, each once, in order."""
    found: dict[str, str] = {}
    for each in _ADDRESS.findall(text):
        address = each.strip("'.`")
        found.setdefault(address.casefold(), address)
    return tuple(filter(_is_address, found.values()))[:MOST_ADDRESSES]


def _is_address(text: str) -> bool:
    try:
        return Address(addr_spec=text).addr_spec == text
    except (ValueError, IndexError):
        return False


def one_line(text: str) -> str:
    """Text as a header may hold it."""
    return " ".join(_CONTROL.sub(" ", text).split())[:300]


def _lines(text: str) -> str:
    """Text as a body may hold it."""
    return "".join(f"{_CONTROL.sub(' ', line)}\n" for line in text.splitlines())


def file_of(letter: Letter, name: str, data: bytes) -> bytes:
    """The mail as a file, with the document `data` attached under its name; a mail program opens it as a draft."""
    message = EmailMessage(policy=SMTP)
    if letter.to:
        message["To"] = tuple(Address(addr_spec=address) for address in letter.to)
    message["X-Unsent"] = "1"
    message.set_content(letter.body, cte="quoted-printable")
    kind = _KINDS.get(Path(name).suffix.lower(), _WORD)
    message.add_attachment(data, maintype="application", subtype=kind, filename=one_line(name))
    return _subject(letter.subject) + message.as_bytes()


def _subject(text: str) -> bytes:
    """The header as it stands in the file. `EmailMessage` drops blanks where it parts one that is not ASCII."""
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    folded = Header(text, charset, header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {folded}\r\n".encode("ascii")

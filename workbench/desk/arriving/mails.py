"""What is attached to a saved mail, and to the mails forwarded in it: .eml as most programs save it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from functools import partial
from typing import IO, Any

from workbench.desk.arriving.parcels import HOLDERS, WORD, Letter, Parcel, ending, last, printable
from workbench.errors import Refused

LARGEST_MAIL = 40 << 20
"""Bytes. A mail takes four times its size while it is read, and few servers pass on a larger one."""

LONGEST_HEADER = 500


def attachments(file: IO[bytes]) -> tuple[Parcel, ...]:
    """The Word files, archives and mails attached to a mail, in order, each with the letter it came with.

    Raises Refused: `mail-damaged`, `mail-too-large`.
    """
    import email
    import email.policy

    data = whole(file)
    try:
        return tuple(_attached(email.message_from_bytes(data, policy=email.policy.default), Letter()))
    except Exception as error:  # the email package meets broken headers with errors of many kinds
        raise Refused("mail-damaged", reason=str(error)) from error


def whole(file: IO[bytes]) -> bytes:
    """The bytes of a mail. Raises Refused("mail-too-large")."""
    data = file.read(LARGEST_MAIL + 1)
    if len(data) > LARGEST_MAIL:
        raise Refused("mail-too-large")
    return data


def letter(message: Message) -> Letter:
    """What the headers of a mail say of it."""
    sender, subject = (_header(message, name) for name in ("from", "subject"))
    return Letter(sender, _moment(_header(message, "date")), subject)


def is_holding(name: str) -> bool:
    """Whether an attachment of that name is looked at."""
    return ending(name) in WORD | HOLDERS


def _attached(message: Message, around: Letter) -> Iterator[Parcel]:
    """A forwarded mail is part of the mail around it, and what is attached there came with that letter."""
    own = letter(message) if message.get("from") or message.get("date") else around
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822":
            for forwarded in _parts(part):
                yield from _attached(forwarded, own)
        elif part.is_multipart():
            yield from _attached(part, own)
        elif is_holding(name := printable(last(part.get_filename() or ""))):
            yield Parcel(name, partial(_content, part), own)


def _parts(message: Message) -> list[Message]:
    parts: Any = message.get_payload() if message.is_multipart() else [message]
    return [part for part in parts if isinstance(part, Message)]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _header(message: Message, name: str) -> str:
    """A header on one line; "" for one that cannot be read."""
    with suppress(Exception):  # the email package meets broken headers with errors of many kinds
        return printable(" ".join(str(message.get(name) or "").split()))[:LONGEST_HEADER]
    return ""


def _moment(said: str) -> str:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return said

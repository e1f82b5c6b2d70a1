"""How a newer version answers what the council was asked: by other words, nothing left to find, or a reply. Pure.

A comment of the return copy may come back with a reply, alone, under another number, or not at all, as the program
it went through has it: it is known by its words, never by its author alone, for a council may write its answer into
the comment itself. What else the council wrote in comments is given beside its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from workbench.desk.council.resent import Three, squeezed
from workbench.desk.rows import Answered, CouncilWords
from workbench.submission import Note, Submission
from workbench.template import Template
from workbench.word.conversation import Remark

How = Literal["", "gone", "changed", "replied"]

REPLY = "reply"
"""The kind of a note that holds what a council wrote to a comment of the return copy."""


class Asked(Protocol):
    """One thing that the council was asked in a return: of which field and which words, and as which comment."""

    @property
    def number(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def finding(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def excerpt(self) -> str: ...


@dataclass(frozen=True)
class Talk:
    """What was asked, and the comments of a newer version: those of the return copy, what the council wrote to each
    thing asked, by its place in `asked`, and what else they wrote since."""

    asked: tuple[Asked, ...] = ()
    ours: tuple[Remark, ...] = ()
    replies: Mapping[int, tuple[Remark, ...]] | None = None
    rest: tuple[Remark, ...] = ()

    def to(self, at: int) -> tuple[Remark, ...]:
        """What the council wrote to one thing asked."""
        return (self.replies or {}).get(at, ())


ANYBODY = "\0"
"""Stands for whatever name there is in words of ours."""


def talk(
    asked: Sequence[Asked], remarks: Sequence[Remark], base: Submission | None, also: Sequence[str] = ()
) -> Talk:
    """The comments of a newer version, told apart by what was asked and by what stood in `base` already.

    `also` are further words of ours: those of the covering comments and of earlier returns.
    """
    about = {one.number: at for one in remarks if (at := _which(one, asked)) is not None}
    before = {(squeezed(note.text), note.author) for note in base.notes} if base else set[tuple[str, str]]()
    first = _beginnings(remarks)

    def is_ours(one: Remark) -> bool:
        return one.number in about or any(_reads(one, text) for text in also)

    own = [one for one in remarks if not is_ours(one)]
    for one in own:
        if (at := _written_into(one, asked)) is not None:
            about[one.number] = at
    come = [one for one in own if (squeezed(one.text), one.author) not in before]
    replies: dict[int, tuple[Remark, ...]] = {}
    for one in come:
        if (at := about.get(first[one.number])) is not None:
            replies[at] = (*replies.get(at, ()), one)
    rest = tuple(one for one in come if first[one.number] not in about)
    ours = tuple(one for one in remarks if one not in own)
    return Talk(tuple(asked), ours, replies, rest)


def heard(theirs: Submission, told: Talk) -> Submission:
    """The newer version without the comments of the return copy, and with replies told from other comments."""
    ours = {squeezed(one.text) for one in told.ours}
    replies = {squeezed(one.text) for found in (told.replies or {}).values() for one in found}

    def kept(note: Note) -> bool:
        return note.kind != "comment" or squeezed(note.text) not in ours

    def renamed(note: Note) -> Note:
        is_reply = note.kind == "comment" and squeezed(note.text) in replies
        return replace(note, kind=REPLY) if is_reply else note

    return replace(theirs, notes=tuple(renamed(note) for note in theirs.notes if kept(note)))


def answers(
    told: Talk, three: Three, foreseen: Submission, template: Template | None
) -> tuple[tuple[Answered, ...], tuple[CouncilWords, ...]]:
    """Each thing asked with how it is answered, and what else the council wrote in comments.

    `foreseen` is the study as it would be, checked.
    """

    def written(found: Iterable[Remark]) -> tuple[CouncilWords, ...]:
        return tuple(_written(one, three.theirs, template) for one in found)

    asked = enumerate(told.asked)
    return tuple(_answered(item, three, foreseen, written(told.to(at))) for at, item in asked), written(
        told.rest
    )


def _which(remark: Remark, asked: Sequence[Asked]) -> int | None:
    """Which of the things asked a comment of the return copy is; before its words it may name the field."""
    said = squeezed(remark.text)
    texts = (squeezed(item.text) for item in asked)
    return next((at for at, text in enumerate(texts) if said == text or said.endswith(f": {text}")), None)


def _written_into(remark: Remark, asked: Sequence[Asked]) -> int | None:
    """Which of the things asked is answered in its own comment, behind our words."""
    said = squeezed(remark.text)
    texts = (squeezed(f"{item.label}: {item.text}" if item.label else item.text) for item in asked)
    return next((at for at, text in enumerate(texts) if said != text and said.startswith(text)), None)


def _reads(remark: Remark, text: str) -> bool:
    """Whether these are the words of a comment, whoever they name."""
    said, (head, named, tail) = squeezed(remark.text), squeezed(text).partition(ANYBODY)
    return said.startswith(head) and said.endswith(tail) if named else said == head


def _beginnings(remarks: Sequence[Remark]) -> Mapping[str, str]:
    """For each comment the first one of its conversation, both by their numbers."""
    by_number = {one.number: one for one in remarks}

    def first(one: Remark) -> str:
        seen: set[str] = set()
        while one.answers in by_number and one.answers not in seen:
            seen.add(one.answers)
            one = by_number[one.answers]
        return one.number

    return {one.number: first(one) for one in remarks}


def _answered(item: Asked, three: Three, foreseen: Submission, replies: tuple[CouncilWords, ...]) -> Answered:
    how: How = "replied" if replies else _how(item, three, foreseen)
    return Answered(item.text, item.field, item.label, item.number, how, replies)


def _how(item: Asked, three: Three, foreseen: Submission) -> How:
    if item.finding and item.finding not in {found.key for found in foreseen.findings}:
        return "gone"
    if not item.field or three.base is None:
        return ""
    before, now = (squeezed(side.value(item.field).text) for side in (three.base, three.theirs))
    about = squeezed(item.excerpt)
    if about and about in before:
        return "" if about in now else "changed"
    return "changed" if before != now else ""


def _written(remark: Remark, theirs: Submission, template: Template | None) -> CouncilWords:
    """What the council wrote, in the field where it stands."""
    said = squeezed(remark.text)
    ref = next((note.ref for note in theirs.notes if squeezed(note.text) == said), "")
    field = next((name for name, value in theirs.fields.items() if ref and ref in value.sources), "")
    label = template.by_id[field].label if template and field in template.by_id else field
    return CouncilWords(remark.author, remark.text, field, label)

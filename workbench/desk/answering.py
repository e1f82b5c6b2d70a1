"""How a newer version answers what the council was asked: by other words, nothing left to find, or a reply. Pure.

A comment of the return copy may come back with a reply, alone, under another number, or not at all, as the program
it went through has it: it is known by its words. What else the council wrote in comments is given beside its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

from workbench.desk.resent import Three
from workbench.desk.rows import Answered, CouncilWords
from workbench.submission import Submission
from workbench.template import Template
from workbench.word.conversation import Remark

How = Literal["", "gone", "changed", "replied"]


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


def answers(
    asked: Sequence[Asked],
    three: Three,
    foreseen: Submission,
    remarks: Sequence[Remark],
    template: Template | None,
) -> tuple[tuple[Answered, ...], tuple[CouncilWords, ...]]:
    """Each thing asked with how it is answered, and what else the council wrote in comments.

    `foreseen` is the study as it would be, checked.
    """
    ours = {one.number: at for one in remarks if (at := _which(one, asked)) is not None}
    theirs = [one for one in remarks if _is_theirs(one, ours, remarks, three)]
    written = {one.number: _written(one, three.theirs, template) for one in theirs}
    parents = _parents(theirs, remarks)
    replies: dict[int, list[CouncilWords]] = {}
    for one in theirs:
        at = ours.get(parents[one.number])
        if at is not None:
            replies.setdefault(at, []).append(written[one.number])
    found = tuple(
        _answered(item, three, foreseen, tuple(replies.get(at, ()))) for at, item in enumerate(asked)
    )
    rest = tuple(written[one.number] for one in theirs if parents[one.number] not in ours)
    return found, rest


def _is_theirs(one: Remark, ours: Mapping[str, int], remarks: Sequence[Remark], three: Three) -> bool:
    """Whether the council wrote a comment since: it was not there before, and is not of who commented on the copy."""
    before = {(note.text, note.author) for note in three.base.notes} if three.base else set[tuple[str, str]]()
    editors = {each.author for each in remarks if each.number in ours}
    covering = one.author in editors and not one.answers
    return one.number not in ours and not covering and (one.text, one.author) not in before


def _which(remark: Remark, asked: Sequence[Asked]) -> int | None:
    """Which of the things asked a comment of the return copy is."""
    said = _squeezed(remark.text)
    return next((at for at, item in enumerate(asked) if _squeezed(item.text) in said), None)


def _parents(theirs: Iterable[Remark], remarks: Sequence[Remark]) -> Mapping[str, str]:
    """For each comment the first one of its conversation."""
    by_number = {one.number: one for one in remarks}

    def first(one: Remark) -> str:
        seen: set[str] = set()
        while one.answers in by_number and one.answers not in seen:
            seen.add(one.answers)
            one = by_number[one.answers]
        return one.number

    return {one.number: first(one) for one in theirs}


def _answered(item: Asked, three: Three, foreseen: Submission, replies: tuple[CouncilWords, ...]) -> Answered:
    how: How = "replied" if replies else _how(item, three, foreseen)
    return Answered(item.text, item.field, item.label, item.number, how, replies)


def _how(item: Asked, three: Three, foreseen: Submission) -> How:
    if item.finding and item.finding not in {found.key for found in foreseen.findings}:
        return "gone"
    if not item.field or three.base is None:
        return ""
    before, now = (_squeezed(side.value(item.field).text) for side in (three.base, three.theirs))
    about = _squeezed(item.excerpt)
    if about and about in before:
        return "" if about in now else "changed"
    return "changed" if before != now else ""


def _written(remark: Remark, theirs: Submission, template: Template | None) -> CouncilWords:
    """What the council wrote, in the field where it stands."""
    ref = next((note.ref for note in theirs.notes if note.kind == "comment" and note.text == remark.text), "")
    field = next((name for name, value in theirs.fields.items() if ref and ref in value.sources), "")
    return CouncilWords(remark.author, remark.text, field, _label(field, template))


def _label(field: str, template: Template | None) -> str:
    return template.by_id[field].label if template and field in template.by_id else field


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()

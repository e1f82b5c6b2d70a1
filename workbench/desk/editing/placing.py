"""Where words belong: out of the tray, from field to field, and back; and what the desk learns from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench import richtext
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.editing import tracing
from workbench.desk.editing.tracing import Lines
from workbench.desk.rows import Changed
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.richtext import RichText
from workbench.richtext.parting import cut
from workbench.submission import FieldValue, Note, Passage, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.word.document import WordDocument

Range = tuple[int, int]
"""From where to where."""


def place(desk: Desk, submission_id: str, passage_key: str, field: str, remember: bool = True) -> Changed:
    """Moves an unplaced passage to the end of a field; with `remember`, its heading means that field from now on.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-field", "unknown-passage").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = changing.label_of(desk, submission, field)
        passage = _passage(submission, passage_key)
        learned = _learn(connection, submission.template, passage.heading, field) if remember else ()
        after = _placed(submission, passage, field)
        return changing.commit_pair(desk, connection, "place", (submission, after), *learned, field=label)


def leave_out(desk: Desk, submission_id: str, passage_key: str) -> Changed:
    """Says that an unplaced passage is not needed: it becomes a note and stands in no field.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-passage").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        passage = _passage(submission, passage_key)
        note = Note("left-out", passage.text, next(iter(passage.sources), ""))
        after = replace(
            submission, unplaced=_without(submission, passage.key), notes=(*submission.notes, note)
        )
        said = " ".join(passage.text.split()[:8])
        return changing.commit_pair(desk, connection, "leave-out", (submission, after), words=said)


def unplace(desk: Desk, submission_id: str, field: str) -> Changed:
    """Moves a field's whole answer to the unplaced passages.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-field").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = changing.label_of(desk, submission, field)
        value = submission.value(field)
        emptied = _with(submission, field, FieldValue())
        after = _freed(emptied, field, value) if value.content else submission
        return changing.commit_pair(desk, connection, "unplace", (submission, after), field=label)


def move(
    desk: Desk,
    submission_id: str,
    field: str,
    to: str,
    *,
    span: Range | None = None,
    blocks: Range | None = None,
    before: RichText | None = None,
) -> Changed:
    """Moves the answer to a field, or a part of it, to the end of another.

    `span` counts characters of the answer's plain text, `blocks` its paragraphs, lists and tables from 1, both ends
    included. `before` is the answer the editor saw. Where the part came from in the source goes along.
    Raises Refused: reopen-first, changed-meanwhile, nothing-to-move; WrongUsage: unknown-submission, unknown-field,
    same-field.
    """
    if field == to:
        raise WrongUsage("same-field", field=field)
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        labels = {
            "field": changing.label_of(desk, submission, field),
            "to": changing.label_of(desk, submission, to),
        }
        value = submission.value(field)
        if before is not None and richtext.canonical(before) != value.content:
            raise Refused("changed-meanwhile", title=changing.named(submission), field=labels["field"])
        taken, rest = _parts(value.content, span, blocks)
        if not taken:
            raise Refused("nothing-to-move", title=changing.named(submission), field=labels["field"])
        part, left = _parted(value, taken, rest, _said(connection, submission))
        after = _joined(_with(submission, field, left), to, part)
        code = "move" if rest else "join"
        return changing.commit_pair(desk, connection, code, (submission, after), **labels)


def bring(
    desk: Desk, submission_id: str, refs: Collection[str], to: str | None, remember: bool = True
) -> Changed:
    """Moves what these paragraphs of the source became, wherever it stands, to the end of a field.

    What became nothing, such as guidance or a label, is taken from the source itself. Where `to` is None, what
    stands in fields becomes unplaced. A heading brings all that stands below it, and with `remember` means the field
    from now on. Raises Refused: reopen-first; words-changed where the words no longer stand as they were sent;
    WrongUsage: unknown-submission, unknown-field.
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = changing.label_of(desk, submission, to) if to else ""
        wanted, said = frozenset(refs), _said(connection, submission)
        after, headings = _brought_passages(submission, wanted, to, said) if to else (submission, ())
        after = _brought_answers(after, wanted, to, said)
        if to and not any(wanted & set(each.sources) for each in _all(submission)):
            after = _joined(submission, to, _from_source(connection, submission, wanted))
        if after == submission and any(wanted & set(each.sources) for each in submission.fields.values()):
            raise Refused("words-changed", title=changing.named(submission))
        taught = [
            _learn(connection, submission.template, heading, to) for heading in headings if to and remember
        ]
        learned = (change for changes in taught for change in changes)
        code = "place" if to else "free"
        return changing.commit_pair(desk, connection, code, (submission, after), *learned, field=label)


def learned(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    """The headings that editors have placed by hand: template, heading, field."""
    from workbench.store import learning

    with desk.store.reading() as connection:
        return tuple(
            (template, heading, field) for (template, heading), field in learning.all_of(connection).items()
        )


def forget(desk: Desk, template: str, heading: str) -> Changed:
    """Forgets what a heading was taught to mean in a template. Raises WrongUsage("unknown-heading")."""
    from workbench.intake.headings import normalise
    from workbench.store import slots

    key = _learned_key(template, normalise(heading) or heading)
    with desk.store.writing() as connection:
        old = slots.value(connection, "", "learned", key)
        if old is None:
            raise WrongUsage("unknown-heading", template=template, heading=heading)
        change = Change("", "learned", key, old, None)
        return changing.commit(desk, connection, Edit("forget", (change,), old))


# Passages of the tray


def _passage(submission: Submission, key: str) -> Passage:
    for passage in submission.unplaced:
        if passage.key == key:
            return passage
    raise WrongUsage("unknown-passage", id=submission.id, passage=key)


def _placed(submission: Submission, passage: Passage, field: str) -> Submission:
    """The passage at the end of the field; its heading was a label, so it is noted and not part of the answer."""
    value = FieldValue(passage.content, "editor", 1.0, passage.heading, passage.sources)
    noted = (Note("label", passage.heading, "".join(passage.sources[:1])),) if passage.heading else ()
    after = _joined(submission, field, value)
    return replace(after, unplaced=_without(after, passage.key), notes=after.notes + noted)


def _freed(submission: Submission, field: str, value: FieldValue) -> Submission:
    """An answer, or a part of it, as a passage that has no field."""
    taken = {passage.key for passage in submission.unplaced}
    key = next(key for number in range(len(taken) + 1) if (key := f"from-{field}-{number}") not in taken)
    last = max((passage.position for passage in submission.unplaced), default=-1)
    passage = Passage(key, value.content, value.heading, None, 0.0, value.sources, last + 1)
    return replace(submission, unplaced=(*submission.unplaced, passage))


def _without(submission: Submission, key: str) -> tuple[Passage, ...]:
    return tuple(passage for passage in submission.unplaced if passage.key != key)


# Answers and their parts


def _with(submission: Submission, field: str, value: FieldValue) -> Submission:
    """The submission with another answer to a field; with none where the answer is empty."""
    rest = {name: other for name, other in submission.fields.items() if name != field or value.content}
    return replace(submission, fields=rest | ({field: value} if value.content else {}))


def _joined(submission: Submission, field: str, part: FieldValue) -> Submission:
    """`part` at the end of the answer to a field."""
    old = submission.value(field)
    sources = tuple(dict.fromkeys(old.sources + part.sources))
    content = richtext.canonical(old.content + part.content)
    return _with(submission, field, FieldValue(content, "editor", 1.0, old.heading or part.heading, sources))


def _parts(content: RichText, span: Range | None, blocks: Range | None) -> tuple[RichText, RichText]:
    if blocks is not None:
        first, last = max(blocks[0], 1) - 1, blocks[1]
        return content[first:last], content[:first] + content[last:]
    return cut(content, *span) if span is not None else (content, ())


def _parted(value: FieldValue, taken: RichText, rest: RichText, said: Lines) -> tuple[FieldValue, FieldValue]:
    """The part of an answer that goes and the part that stays, each with where it came from."""
    gone, kept = tracing.parted(value.sources, taken, rest, said) if rest else (value.sources, ())
    part = FieldValue(taken, "editor", 1.0, "" if rest else value.heading, gone)
    return part, replace(value, content=rest, sources=kept, matched_by="editor", confidence=1.0)


# What paragraphs of the source became


def _all(submission: Submission) -> tuple[FieldValue | Passage, ...]:
    return (*submission.unplaced, *submission.fields.values())


def _brought_passages(
    submission: Submission, refs: frozenset[str], to: str, said: Lines
) -> tuple[Submission, tuple[str, ...]]:
    """What of the tray came from `refs`, in the field `to`; and the headings of the passages that went whole."""
    after, headings = submission, list[str]()
    for passage in submission.unplaced:
        if not refs & set(passage.sources):
            continue
        taken, rest = _asked(passage, refs, said)
        if not rest:
            after = _placed(after, passage, to)
            headings.append(passage.heading)
        elif taken:
            gone, kept = tracing.parted(passage.sources, taken, rest, said)
            after = _joined(after, to, FieldValue(taken, "editor", 1.0, "", gone))
            left = replace(passage, content=rest, sources=kept)
            unplaced = tuple(left if each.key == passage.key else each for each in after.unplaced)
            after = replace(after, unplaced=unplaced)
    return after, tuple(headings)


def _brought_answers(submission: Submission, refs: frozenset[str], to: str | None, said: Lines) -> Submission:
    """What of the answers to other fields came from `refs`, in the field `to`, or in the tray."""
    after = submission
    for field, value in submission.fields.items():
        taken, rest = _asked(value, refs, said) if field != to and refs & set(value.sources) else ((), ())
        if taken:
            part, left = _parted(value, taken, rest, said)
            after = _with(after, field, left)
            after = _joined(after, to, part) if to else _freed(after, field, part)
    return after


def _asked(holder: FieldValue | Passage, refs: frozenset[str], said: Lines) -> tuple[RichText, RichText]:
    """What of a passage or an answer is meant by `refs`, and the rest; all of it where its heading is meant."""
    heading = " ".join(holder.heading.split())
    if heading and any(said.get(ref) == heading for ref in refs):
        return holder.content, ()
    return tracing.taken_from(holder.content, refs, said)


def _document(connection: Connection, submission: Submission) -> WordDocument | None:
    """The first file as placing read it; None where it is gone."""
    from workbench import word
    from workbench.store import blobs

    file = next(iter(submission.files), None)
    data = blobs.get_word(connection, file.sha256) if file else None
    return word.read(data, file.name) if file and data else None


def _said(connection: Connection, submission: Submission) -> Lines:
    document = _document(connection, submission)
    return tracing.lines(document.blocks) if document else {}


def _from_source(connection: Connection, submission: Submission, refs: frozenset[str]) -> FieldValue:
    """The paragraphs of the source themselves, a table whole."""
    from workbench.intake import convert
    from workbench.word.document import refs as refs_of

    document = _document(connection, submission)
    blocks = [block for block in (document.blocks if document else ()) if refs & set(refs_of([block]))]
    return FieldValue(convert.rich(blocks), "editor", 1.0, "", tuple(sorted(refs)))


# What the desk learns


def _learn(connection: Connection, template: str, heading: str, field: str) -> tuple[Change, ...]:
    from workbench.intake.headings import normalise
    from workbench.store import slots

    if not (plain := normalise(heading)):
        return ()
    key = _learned_key(template, plain)
    old = slots.value(connection, "", "learned", key)
    new = {"template": template, "heading": plain, "field": field}
    return () if old == new else (Change("", "learned", key, old, new),)


def _learned_key(template: str, heading: str) -> str:
    return f"{template}/{heading}"

"""Back to the council: its own Word file with what is asked as comments, and a mail to go with it.

What is asked is chosen from the open findings and the editor's own notes. `prepare` shows how copy and mail will be;
`make` writes both into a folder and keeps the list of what was asked, as one step of the journal with the new status
and the day the answer is due. Taking that step back leaves the files: they may have been sent. The number of a return
is never given twice, since copies carry it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from workbench import edits, words
from workbench.desk import changing, decisions, study
from workbench.desk.arriving.parcels import printable
from workbench.desk.council import asking, letters
from workbench.desk.council.anchoring import Ground
from workbench.desk.council.asking import Ask, AskedItem, Offered, Span, asked, asked_of, offered
from workbench.desk.council.letters import Letter
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Edit
from workbench.errors import Refused, SurroundingsFailed
from workbench.submission import SourceFile, Status, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.word.returning import Comment, Copy

__all__ = [
    "Ask",
    "AskedItem",
    "Draft",
    "Offered",
    "Returned",
    "asked",
    "asked_of",
    "make",
    "names",
    "offered",
    "prepare",
]

ENDINGS = frozenset({".docx", ".docm", ".dotx", ".dotm"})
LONGEST_STEM = 120
"""In bytes, since that is what file systems count."""
_FORBIDDEN = dict.fromkeys(map(ord, '<>:"/\\|?*'), "_")


@dataclass(frozen=True, slots=True)
class Draft:
    """A return as it will be. `warnings` are sentences about what the editor should know before."""

    submission: str
    title: str
    number: int
    reply_by: date
    items: tuple[AskedItem, ...]
    letter: Letter
    copy_name: str
    mail_name: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A return that was made: the two files, what was asked, and what changed on the desk."""

    copy: Path
    mail: Path
    draft: Draft
    changed: Changed

    @property
    def items(self) -> tuple[AskedItem, ...]:
        """What was asked, in the order of the template."""
        return self.draft.items


def prepare(
    desk: Desk,
    submission_id: str,
    findings: Sequence[str] | None = None,
    notes: Sequence[Ask] = (),
    reply_by: date | None = None,
) -> Draft:
    """A return as it would be made now; nothing is written. Without `findings` it is about the usual ones.

    Raises Refused: nothing-asked, note-empty, reply-by-past, wrong-status, source-missing, letter-wording,
    too-many-comments; WrongUsage("unknown-submission", "unknown-finding", "unknown-field");
    SurroundingsFailed("letter-unreadable").
    """
    with desk.store.reading() as connection:
        return _prepared(desk, connection, submission_id, findings, notes, reply_by)[0]


def make(
    desk: Desk,
    submission_id: str,
    directory: Path,
    findings: Sequence[str] | None = None,
    notes: Sequence[Ask] = (),
    reply_by: date | None = None,
) -> Returned:
    """Writes the copy and the mail into `directory`, which is made at need, and marks the submission as returned.

    A file that is there already is left as it is. Raises what `prepare` raises, and
    SurroundingsFailed("return-unwritable"): then nothing is left of it, on the disk or on the desk.
    """
    paths: tuple[Path, ...] = ()
    try:
        with desk.store.writing() as connection:
            draft, copy = _prepared(desk, connection, submission_id, findings, notes, reply_by)
            before = changing.load(connection, submission_id)
            paths = _write(directory.expanduser(), draft, copy.data)
            changed = _commit(desk, connection, before, replace(draft, copy_name=paths[0].name))
    except BaseException:
        _remove(paths)
        raise
    return Returned(paths[0], paths[1], draft, changed)


def _prepared(
    desk: Desk,
    connection: Connection,
    submission_id: str,
    findings: Sequence[str] | None,
    notes: Sequence[Ask],
    reply_by: date | None,
) -> tuple[Draft, Copy]:
    from workbench.store import asking as kept

    submission = changing.load(connection, submission_id)
    _returned(submission)
    day = reply_by or decisions.reply_day(desk)
    if day < desk.today:
        raise Refused("reply-by-past", day=words.day(day))
    number = kept.last_number(connection, submission.id) + 1
    wanted = asking.wanted(desk, submission, findings, notes)
    items = [
        replace(item, number=number, position=at, day=desk.today, reply_by=day)
        for at, (item, _) in enumerate(wanted, 1)
    ]
    file, data = _source(connection, submission)
    made = _Copying(desk, submission, file, data)
    copy, items = made.copy(items, [span for _, span in wanted])
    return _draft(desk, submission, file, items, copy, made.homeless), copy


def _returned(submission: Submission) -> Submission:
    """The submission once it is returned; one that is already may be asked more. Raises Refused("wrong-status")."""
    return submission if submission.status is Status.RETURNED else changing.step(submission, "return")


# The copy


def _source(connection: Connection, submission: Submission) -> tuple[SourceFile, bytes]:
    """The Word file that the council sent last. Raises Refused("source-missing")."""
    from workbench.store import blobs

    file = max(submission.files, key=lambda each: each.received, default=None)
    data = file and blobs.get_word(connection, file.sha256)
    if file is None:
        raise Refused("source-missing", id=submission.id)
    if not data:
        raise study.gone(connection, submission.id, file.name)
    return file, data


class _Copying:
    """Makes the copy of one file. `homeless` counts the comments about a field that has no place in it."""

    def __init__(self, desk: Desk, submission: Submission, file: SourceFile, data: bytes) -> None:
        from workbench import word

        self._desk, self._submission, self._data = desk, submission, data
        document = word.read(data, file.name, pictures=False)
        self._ground = Ground(document, desk.template_of(submission))
        self.homeless = 0

    def copy(self, items: Sequence[AskedItem], spans: Sequence[Span]) -> tuple[Copy, list[AskedItem]]:
        """The copy, and the items with where their comments stand."""
        from workbench.word import returning

        comments = [self._comment(item, span) for item, span in zip(items, spans, strict=True)]
        settings = self._desk.settings
        by = returning.Signature(self._desk.who, self._desk.clock(), settings.initials)
        said = returning.properties(self._submission.study, items[0].number)
        copy = returning.make(self._data, [self._cover(items), *comments], by, said)
        placed = zip(items, comments, copy.numbers[1:], strict=True)
        return copy, [
            replace(item, ref=comment.places[0].ref if comment.places else "", comment=number)
            for item, comment, number in placed
        ]

    def _cover(self, items: Sequence[AskedItem]) -> Comment:
        from workbench.word.returning import Comment

        return Comment(asking.cover(items, items[0].number, self._desk.who))

    def _comment(self, item: AskedItem, span: Span) -> Comment:
        from workbench.word.returning import Comment

        value = self._submission.value(item.field)
        places = self._ground.places(item.field, value, span) if item.field else ()
        self.homeless += bool(item.field) and not places
        return Comment(asking.said(item), places)


# The mail


def _draft(
    desk: Desk,
    submission: Submission,
    file: SourceFile,
    items: Sequence[AskedItem],
    copy: Copy,
    homeless: int,
) -> Draft:
    number, reply_by = items[0].number, items[0].reply_by
    copy_name, mail_name = names(file.name, number)
    to = letters.addresses(submission.value("contact").text)
    letter = letters.compose(
        letters.wording(desk.workspace),
        {
            "title": submission.title or file.name,
            "council": ", ".join(each.name for each in submission.authorities),
            "asked": _list(items),
            "things": words.say("return", "things", language=words.OUTSIDE, n=len(items)),
            "file": copy_name,
            "reply_by": words.day(reply_by, words.OUTSIDE),
            "editor": desk.who,
            "number": str(number),
        },
        to or _sender(submission),
    )
    warnings = (*_about_addresses(to, letter.to), *_about_copy(file, copy, homeless))
    title = changing.named(submission)
    return Draft(submission.id, title, number, reply_by, tuple(items), letter, copy_name, mail_name, warnings)


def _list(items: Sequence[AskedItem]) -> str:
    told: list[str] = []
    for at, item in enumerate(items, 1):
        text = asking.said(item)
        if item.excerpt and item.excerpt not in text:
            text = words.say("return", "quoted", language=words.OUTSIDE, text=text, excerpt=item.excerpt)
        told.append(words.say("return", "line", language=words.OUTSIDE, n=at, text=text))
    return "\n".join(told)


def _sender(submission: Submission) -> tuple[str, ...]:
    """Whoever sent the mail that the study came with."""
    found = (letters.addresses(note.author) for note in reversed(submission.notes) if note.kind == "mail")
    return next((addresses[:1] for addresses in found if addresses), ())


def _about_addresses(named: Sequence[str], to: Sequence[str]) -> list[str]:
    if not to:
        return [words.say("return", "no-address")]
    if not named:
        return [words.say("return", "sender-address", address=to[0])]
    return [words.say("return", "several-addresses", n=len(to))] if len(to) > 1 else []


PROTECTED: Mapping[str, str] = {
    "forms": "protected-forms",
    "readOnly": "protected-readOnly",
    "comments": "protected-comments",
    "trackedChanges": "protected-trackedChanges",
}


def _about_copy(file: SourceFile, copy: Copy, homeless: int) -> list[str]:
    told: list[str] = []
    if PurePosixPath(file.name).suffix.lower() not in ENDINGS:
        told.append(words.say("return", "converted", file=file.name))
    if copy.protection in PROTECTED:
        told.append(words.say("return", PROTECTED[copy.protection]))
    if copy.signed:
        told.append(words.say("return", "signed"))
    if homeless:
        told.append(words.say("return", "no-place", n=homeless))
    return told


# The files


def names(file: str, number: int) -> tuple[str, str]:
    """The names of the copy and of the mail, as every system allows them."""
    last = PureWindowsPath(printable(file)).name or "study"
    ending = PurePosixPath(last).suffix.lower()
    whole = (last[: -len(ending)] if ending else last).translate(_FORBIDDEN)
    stem = whole.encode(errors="ignore")[:LONGEST_STEM].decode(errors="ignore").strip(" .") or "study"
    kept = ending if ending in ENDINGS else ".docx"
    return (
        words.say("return", "copy-name", language=words.OUTSIDE, stem=stem, number=number, ending=kept),
        words.say("return", "mail-name", language=words.OUTSIDE, stem=stem, number=number),
    )


def _write(directory: Path, draft: Draft, copy: bytes) -> tuple[Path, Path]:
    """Writes both files or neither, under names that belong together and that none has."""
    mail = letters.file_of(draft.letter, draft.copy_name, copy)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            one, other = (_numbered(directory / name, number) for name in (draft.copy_name, draft.mail_name))
            if not (one.exists() or other.exists()):
                _write_both({one: copy, other: mail})
                return one, other
        raise FileExistsError(17, "too many files of that name", str(directory))
    except OSError as error:
        raise SurroundingsFailed(
            "return-unwritable", path=str(directory), reason=error.strerror or str(error)
        ) from error


def _numbered(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_stem(f"{path.stem} ({number})")


def _write_both(files: Mapping[Path, bytes]) -> None:
    made: list[Path] = []
    try:
        for path, data in files.items():
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
    except BaseException:
        _remove(made)
        raise


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


# The desk


def _commit(desk: Desk, connection: Connection, before: Submission, draft: Draft) -> Changed:
    after = replace(_returned(before), due=draft.reply_by)
    said = {
        "title": changing.named(before),
        "n": len(draft.items),
        "day": words.day(draft.reply_by),
        "file": draft.copy_name,
        "number": draft.number,
    }
    changes = (*edits.between(before, after), *map(asking.kept, draft.items))
    return changing.commit(desk, connection, Edit("send-back", changes, said))

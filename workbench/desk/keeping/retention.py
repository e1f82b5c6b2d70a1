"""What is kept no longer: the house's own rule on Word files and contact details, previewed, then carried out.

Nothing goes by itself: `foresee` says exactly what would go and what can then be done no more, `run` does it when an
editor says so. A study counts from the day on which it was published, rejected or withdrawn; one of which any part is
worked on, or held, is left alone.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from workbench import words
from workbench.config import Settings
from workbench.desk import changing, standing
from workbench.desk.desk import Desk
from workbench.desk.keeping import backups, forgetting, persons
from workbench.desk.rows import NOTHING, Changed, Grain
from workbench.edits import Change, Edit
from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.progress import Progress, silent
from workbench.submission import Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.forgetting import Person
    from workbench.store.keeping import Holding, Kind, Settled


_KINDS: tuple[Kind, ...] = ("files", "contacts")


@dataclass(frozen=True, slots=True)
class Policy:
    """How many months files and contact details are kept, of what was rejected and of all else; 0 for ever."""

    files: int = 0
    contacts: int = 0
    rejected_files: int = 0
    rejected_contacts: int = 0

    def months(self, kind: Kind, status: Status) -> int:
        """For how long something of a study that stands so is kept."""
        if status is Status.REJECTED:
            return self.rejected_files if kind == "files" else self.rejected_contacts
        return self.files if kind == "files" else self.contacts

    @property
    def holds_for_ever(self) -> bool:
        """Whether nothing is ever due."""
        return not (self.files or self.contacts or self.rejected_files or self.rejected_contacts)


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a study that is kept no longer: since which day, after so many months."""

    row: Settled
    kind: Kind
    day: date
    months: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the next run takes of a study, in words: what goes, what can be done no more, what stands outside.

    `submission` is its newest; `kinds` are files, contacts or both; `held` is why it is kept after all, if it is.
    """

    submission: str
    submissions: tuple[str, ...]
    study: str
    title: str
    council: str
    status: Status
    since: date
    due: date
    kinds: tuple[Kind, ...]
    goes: tuple[str, ...]
    lost: tuple[str, ...]
    outside: tuple[str, ...]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of one study in a run, in words; `refused` where nothing was taken, `said` then says why."""

    submission: str
    title: str
    kinds: tuple[Kind, ...]
    said: str
    refused: bool = False
    catalogue: str = ""
    """What is left to be done in the catalogue, "" where nothing is."""


def policy(settings: Settings) -> Policy:
    """What the house has set."""
    return Policy(
        settings.keep_files_months,
        settings.keep_contacts_months,
        settings.keep_rejected_files_months,
        settings.keep_rejected_contacts_months,
    )


def due(rows: Iterable[Settled], rule: Policy, today: date) -> Iterator[Due]:
    """What of these studies is kept no longer by that rule, held or not; each kind once for each time it was done."""
    for row in rows:
        begun = row.since.astimezone().date()
        for kind in _KINDS:
            months = rule.months(kind, row.status)
            gone = row.removed.get(kind)
            if months and (gone is None or gone < row.since) and (day := months_on(begun, months)) <= today:
                yield Due(row, kind, day, months)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def foresee(desk: Desk, ids: Collection[str] | None = None) -> tuple[Leaving, ...]:
    """What `run` would take now, study by study, the longest due first, with those that are held at the end."""
    with desk.store.reading() as connection:
        found = [_leaving(desk, connection, each) for each in _due_now(desk, connection, ids)]
    shown = [each for each in found if each.goes]
    return tuple(sorted(shown, key=lambda each: (bool(each.held), each.due, each.submission)))


def waiting(desk: Desk) -> int:
    """How many studies have something that is kept no longer, for a notice."""
    return sum(not each.held for each in foresee(desk))


def _due_now(desk: Desk, connection: Connection, ids: Collection[str] | None) -> list[list[Due]]:
    """What is due of each study that has anything due."""
    from workbench.store import keeping

    rule = policy(desk.settings)
    if rule.holds_for_ever:
        return []
    by_study: dict[str, list[Due]] = {}
    for each in due(keeping.settled(connection, ids), rule, desk.today):
        by_study.setdefault(each.row.study, []).append(each)
    return list(by_study.values())


def _leaving(desk: Desk, connection: Connection, dues: Sequence[Due]) -> Leaving:
    row = dues[0].row
    kinds: tuple[Kind, ...] = tuple(each.kind for each in dues)
    there = _holding(desk, connection, row)
    return Leaving(
        submission=row.submissions[-1],
        submissions=row.submissions,
        study=row.study,
        title=row.title,
        council=row.council,
        status=row.status,
        since=row.since.astimezone().date(),
        due=min(each.day for each in dues),
        kinds=kinds,
        goes=tuple(_goes(desk, row, kinds, there)),
        lost=tuple(_lost(row, kinds, there)),
        outside=there.sent,
        held=row.held,
    )


def _holding(desk: Desk, connection: Connection, row: Settled) -> Holding:
    from workbench.store import keeping

    return keeping.holding(connection, row.submissions, forgetting.personal(desk, row.templates))


def _goes(desk: Desk, row: Settled, kinds: Collection[Kind], there: Holding) -> Iterator[str]:
    """What goes, a sentence for each; contact details never go without the files that hold them too."""
    if there.files:
        yield words.say("keeping", "goes-files", n=len(there.files), names=", ".join(there.files))
    if there.pictures and "files" in kinds:
        yield words.say("keeping", "goes-pictures", n=len(there.pictures))
    if there.letters:
        yield words.say("keeping", "goes-letters", n=there.letters)
    if "contacts" in kinds and there.fields:
        labels = forgetting.labels(desk, row.templates, there.fields)
        yield words.say("keeping", "goes-contacts", n=len(labels), labels=", ".join(labels))
    if "contacts" in kinds and there.authors:
        yield words.say("keeping", "goes-authors", n=len(there.authors))


def _lost(row: Settled, kinds: Collection[Kind], there: Holding) -> Iterator[str]:
    if there.files:
        yield words.say("keeping", "lost-files")
    if there.pictures and "files" in kinds and row.status is not Status.PUBLISHED:
        yield words.say("keeping", "lost-pictures")
    if "contacts" in kinds and there.fields:
        yield words.say("keeping", "lost-contacts")


def hold(desk: Desk, ids: Sequence[str], reason: str) -> Changed:
    """Keeps everything of these submissions, whatever the rule says, until they are released.

    Raises Refused("reason-needed"), WrongUsage("unknown-submission").
    """
    if not reason.strip():
        raise Refused("reason-needed")
    return _hold(desk, ids, "hold", {"reason": reason.strip()})


def release(desk: Desk, ids: Sequence[str]) -> Changed:
    """Lets the rule hold for these submissions again. Raises WrongUsage("unknown-submission")."""
    return _hold(desk, ids, "release", None)


def _hold(desk: Desk, ids: Sequence[str], code: str, value: dict[str, str] | None) -> Changed:
    from workbench.store import slots
    from workbench.store.keeping import HOLD

    with desk.store.writing() as connection:
        named = [changing.load(connection, submission) for submission in dict.fromkeys(ids)]
        stand = [slots.value(connection, each.id, "hold", HOLD) for each in named]
        changes = tuple(
            Change(each.id, "hold", HOLD, before, value)
            for each, before in zip(named, stand, strict=True)
            if before != value
        )
        params = {**changing.naming(named), "reason": (value or {}).get("reason", "")}
        return changing.commit(desk, connection, Edit(code, changes, params))


def held(desk: Desk, submission: str) -> str:
    """Why everything of a submission is kept, "" where it is not."""
    from workbench.store import slots
    from workbench.store.keeping import HOLD

    with desk.store.reading() as connection:
        kept = slots.value(connection, submission, "hold", HOLD)
    return str(kept["reason"]) if kept else ""


# The run


def run(desk: Desk, ids: Collection[str] | None = None, progress: Progress = silent) -> Iterator[Removed]:
    """Takes away what is kept no longer, of these submissions or all, and out of every copy of the desk; for good.

    Yields what became of each study once it is safe. `progress` may raise `Cancelled` between studies. A run that is
    cut off is done again from the start: what has gone is due no more. The copies go first, so that nothing stays in
    one of what the desk no longer knows; where the desk keeps a study after all, since somebody changed it meanwhile
    or the run was cancelled, a new copy holds it whole. Raises SurroundingsFailed: desk-busy, desk-disk-full.
    """
    refused, left = False, True
    try:
        for each in _run(desk, ids, progress):
            refused = refused or each.refused
            yield each
        left = refused
    finally:
        if left:
            with suppress(SurroundingsFailed):
                backups.back_up(desk)


def _run(desk: Desk, ids: Collection[str] | None, progress: Progress) -> Iterator[Removed]:
    from workbench.store import copies

    with copies.changing(desk.store.path):
        with desk.store.reading() as connection:
            found = [each for each in _due_now(desk, connection, ids) if not each[0].row.held]
            people = [_person(desk, connection, each, found) for each in found]
        if not found:
            return
        progress(0, len(found), words.say("keeping", "copies"))
        _clean_copies(desk, found, people)
        try:
            yield from _take(desk, found, people, progress)
        finally:
            desk.store.tidy()
            for who in people:
                if who.words:
                    persons.clean_logs(desk, who.blank)


def _clean_copies(desk: Desk, found: Sequence[Sequence[Due]], people: Sequence[Person]) -> None:
    from workbench.store import forgetting as scrubbing
    from workbench.store import keeping

    def clean(connection: Connection) -> None:
        for dues, who in zip(found, people, strict=True):
            scrubbing.scrub_copied(connection, (who,))
            scrubbing.empty(connection, _originals(connection, dues) - who.spared)

    def _originals(connection: Connection, dues: Sequence[Due]) -> set[str]:
        is_due = any(each.kind == "files" for each in dues)
        return set(keeping.pictures(connection, dues[0].row.submissions)) if is_due else set()

    scrubbing.rewrite_copies(desk.store.path, clean)


def _take(
    desk: Desk, found: Sequence[Sequence[Due]], people: Sequence[Person], progress: Progress
) -> Iterator[Removed]:
    for at, (dues, who) in enumerate(zip(found, people, strict=True)):
        progress(at, len(found), dues[0].row.title)
        yield _taken(desk, dues, who)


def _taken(desk: Desk, dues: Sequence[Due], who: Person) -> Removed:
    """Looks once more whether the study still stands as it did: nobody's later work or hold is passed over."""
    row = dues[0].row
    kinds: tuple[Kind, ...] = tuple(each.kind for each in dues)
    told = (row.submissions[-1], row.title, kinds)
    try:
        later = _redacted(desk, row, who) if "contacts" in kinds else ""
        with desk.store.writing() as connection:
            if not _still(desk, connection, dues):
                return Removed(*told, words.say("keeping", "changed-since"), refused=True)
            said = _remove(desk, connection, dues, who)
    except Refused as error:
        return Removed(*told, words.explain(error), refused=True)
    return Removed(*told, said, catalogue=later)


def _still(desk: Desk, connection: Connection, dues: Sequence[Due]) -> bool:
    now = _due_now(desk, connection, dues[0].row.submissions)
    return any(each[0].row == dues[0].row and not each[0].row.held for each in now)


def _person(
    desk: Desk, connection: Connection, dues: Sequence[Due], found: Sequence[Sequence[Due]]
) -> Person:
    """Whom a study's removal is about; files that a study needs which is not in this run are spared."""
    from workbench.store import forgetting as scrubbing
    from workbench.store import keeping

    row = dues[0].row
    spared = keeping.spared(connection, [name for each in found for name in each[0].row.submissions])
    if all(each.kind == "files" for each in dues):
        return keeping.files_alone(row.study, row.submissions, spared)
    known = forgetting.about(desk, connection, row.study)
    if known is None:
        raise WrongUsage("unknown-submission", id=row.study)
    who = scrubbing.person(connection, row.study, known.personal, known.usual, strangers=True)
    return replace(who, spared=spared)


def _remove(desk: Desk, connection: Connection, dues: Sequence[Due], who: Person) -> str:
    """Removes it in one transaction with its line in the journal, which holds nothing of what went."""
    from workbench.store import journal, keeping, slots
    from workbench.store.opening import leave_untidy

    row, at = dues[0].row, desk.clock()
    originals = keeping.pictures(connection, row.submissions) if _is_due("files", dues) else ()
    if row.status is Status.PUBLISHED:
        _keep_as_shown(connection, set(originals) - who.spared)
    keeping.remove(connection, who, originals)
    leave_untidy(connection)
    changes = tuple(_marks(connection, dues, at.isoformat()))
    slots.write(connection, changes)
    params = {
        "title": f"“{row.title}”" if row.title else row.submissions[-1],
        "months": dues[0].months,
        "contacts": dues[-1].months,
        "day": words.day(row.since.astimezone().date()),
    }
    edit = Edit(_code(dues), changes, params)
    for submission in row.submissions if who.fields else ():
        standing.refresh(desk, connection, submission, check=True)
    journal.append(connection, edit, at=at, who=desk.who, undoable=False)
    return changing.sentence(edit.code, edit.params)


def _code(dues: Sequence[Due]) -> str:
    if len(dues) > 1:
        return "kept-neither"
    return "kept-no-files" if dues[0].kind == "files" else "kept-no-contacts"


def _is_due(kind: Kind, dues: Sequence[Due]) -> bool:
    return any(each.kind == kind for each in dues)


def _marks(connection: Connection, dues: Sequence[Due], at: str) -> Iterator[Change]:
    """What is written beside each submission: when what went, and why."""
    from workbench.store import slots

    row = dues[0].row
    months = {each.kind: each.months for each in dues}
    for submission in row.submissions:
        for kind, after in months.items():
            before = slots.value(connection, submission, "removal", kind)
            since = row.since.astimezone().date().isoformat()
            yield Change(submission, "removal", kind, before, {"at": at, "since": since, "months": after})


def _keep_as_shown(connection: Connection, originals: Iterable[str]) -> None:
    """A published study goes on showing its pictures: as readers see them, without what a camera wrote into them."""
    from workbench.desk.editing.pictures import Unshowable, prepare
    from workbench.store import blobs

    for sha256 in originals:
        data = blobs.get(connection, sha256)
        with suppress(Unshowable):
            if data and (ready := prepare(data)).sha256 != sha256:
                blobs.put_instead(connection, sha256, ready.data)


def _redacted(desk: Desk, row: Settled, who: Person) -> str:
    """Empties the contact details in the catalogue where this login may; else what to ask of an administrator."""
    from workbench.desk.catalogue import administration
    from workbench.store import mirror

    with desk.store.reading() as connection:
        live = mirror.get(connection, row.study)
    if row.status is Status.REJECTED and live is None:
        return ""
    reason = words.say("keeping", "redact-reason")
    try:
        administration.redact(desk.catalogue_url, row.study, sorted(who.fields), reason)
    except (SurroundingsFailed, Refused) as error:
        if error.code == "study-unknown":
            return ""
        fields = " ".join(f"--field {field}" for field in sorted(who.fields))
        return words.say("keeping", "redact-asked", study=row.study, fields=fields)
    return ""


TOUCHED: frozenset[Grain] = frozenset({"queue", "submission", "outbox", "catalogue", "settings"})


def changed(removed: Sequence[Removed]) -> Changed:
    """What a run changed, for whoever shows it."""
    ids = frozenset(each.submission for each in removed if not each.refused)
    return Changed(TOUCHED, ids) if ids else NOTHING

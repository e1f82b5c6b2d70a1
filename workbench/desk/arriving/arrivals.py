"""What comes in: each file is read, placed, checked and kept, whole or not at all, before the next is looked at."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench import words
from workbench.desk import changing, standing
from workbench.desk.arriving import claiming, making
from workbench.desk.arriving.claiming import Identity
from workbench.desk.arriving.gathering import gather
from workbench.desk.arriving.parcels import Letter, Parcel
from workbench.desk.desk import Desk
from workbench.desk.rows import Arrival, Problem
from workbench.edits import Change, Edit
from workbench.errors import Bug, Refused, WorldError
from workbench.progress import Progress, silent
from workbench.submission import Note, Revision, SourceFile, Submission, due_date

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.intake import Verdict

_log = logging.getLogger("casebook.arrivals")


def import_paths(desk: Desk, paths: Sequence[Path], progress: Progress = silent) -> Iterator[Arrival]:
    """Imports Word files, folders with all they hold, .zip archives and saved mails, telling of each file in turn.

    A file is on the desk for good when its arrival is given out. What is refused becomes an arrival with the reason,
    and the rest goes on; SurroundingsFailed ends it. A mistake of ours costs one file too, and is raised, as a Bug,
    when the rest is done.
    """
    mistakes: list[Exception] = []
    total = sum(1 for _ in gather(paths))
    for number, parcel in enumerate(gather(paths)):
        progress(number, total, parcel.short_name)
        arrival = _arrive(desk, parcel, mistakes)
        _note(arrival)
        yield arrival
    progress(total, total, "")
    for mistake in mistakes:
        raise Bug(f"{len(mistakes)} of {total} files could not be imported") from mistake


def _note(arrival: Arrival) -> None:
    """Keeps in the log what a file was taken for, by codes alone."""
    code = arrival.error.code if arrival.error else "none"
    level = logging.WARNING if arrival.error else logging.INFO
    _log.log(
        level, "arrived %s id=%s code=%s", arrival.taken_for, arrival.submission or arrival.of or "none", code
    )


def _arrive(desk: Desk, parcel: Parcel, mistakes: list[Exception]) -> Arrival:
    try:
        data = parcel.read()
        with desk.store.reading() as connection:
            known = _duplicate(connection, parcel, data)
        return known or _take_in(desk, parcel, data)
    except Refused as error:
        return Arrival(parcel.name, "refused", error=Problem(error.code, words.explain(error)))
    except WorldError:
        raise
    except Exception as error:  # told below, with its details, by whoever asked for the import
        mistakes.append(error)
        sentence = words.say("errors", "internal", file=parcel.short_name, reason=type(error).__name__)
        return Arrival(parcel.name, "refused", error=Problem("internal", sentence))


def _duplicate(connection: Connection, parcel: Parcel, data: bytes) -> Arrival | None:
    from workbench.store import submissions

    of = submissions.with_file(connection, hashlib.sha256(data).hexdigest())
    if of is None:
        return None
    known = submissions.line(connection, of)
    return Arrival(parcel.name, "duplicate", of=of, title=known["title"], template=known["template"])


def _take_in(desk: Desk, parcel: Parcel, data: bytes) -> Arrival:
    """Reads the file outside the transaction, since that is what takes its time; then looks again for a twin."""
    from workbench import intake
    from workbench.store import blobs, learning, likeness

    with desk.store.reading() as connection:
        learned = learning.all_of(connection)
    made = making.make(data, parcel.short_name, desk.templates, learned)
    with desk.store.writing() as connection:
        if known := _duplicate(connection, parcel, data):
            return known
        for content in (data, *made.document.assets.values()):
            blobs.put(connection, content)
        if made.converted:
            blobs.put_word(connection, data, made.converted.data)
        file = SourceFile(parcel.short_name, hashlib.sha256(data).hexdigest(), desk.clock())
        draft = making.draft(made)
        newcomer = intake.newcomer(made.document, made.placed, file.sha256)
        verdict = claiming.judge(connection, newcomer, draft, known := intake.sketch(newcomer.text))
        likeness.keep(connection, file.sha256, known)
        if verdict.taken_for == "revision" and verdict.certain:
            return _keep_beside(desk, connection, parcel, verdict, file)
        return _add(
            desk, connection, parcel, draft, file, verdict, claiming.identify(connection, newcomer, verdict)
        )


def _keep_beside(
    desk: Desk, connection: Connection, parcel: Parcel, verdict: Verdict, file: SourceFile
) -> Arrival:
    """Keeps a newer version with the submission it revises. The editor's work on that is left as it is."""
    of = verdict.of or ""
    before = changing.load(connection, of)
    waits = Revision(file.sha256, "waiting", of, because=verdict.because)
    after = replace(
        before,
        files=(*before.files, file),
        notes=(*before.notes, *_letter(parcel)),
        revisions=(*before.revisions, waits),
    )
    changes = changing.between([(before, after)])
    said = {"title": changing.named(before), "file": file.name}
    changing.commit(desk, connection, Edit("revision", changes, said))
    return Arrival(
        parcel.name,
        "revision",
        of=of,
        title=before.title,
        template=before.template,
        because=verdict.because,
    )


def _letter(parcel: Parcel) -> tuple[Note, ...]:
    return (parcel.letter.note,) if parcel.letter and parcel.letter != Letter() else ()


def _add(
    desk: Desk,
    connection: Connection,
    parcel: Parcel,
    draft: Submission,
    file: SourceFile,
    verdict: Verdict,
    known: Identity,
) -> Arrival:
    from workbench.store import claims, submissions

    taken = (Note("taken-up", known.said),) if known.said else ()
    told = Revision(
        file.sha256, "new" if verdict.certain else "asked", verdict.of or "", because=verdict.because
    )
    draft = replace(
        draft,
        base_version=known.base_version,
        notes=(*draft.notes, *_letter(parcel), *taken),
        revisions=(told,) if verdict.of else (),
    )
    new = added(desk, connection, draft, file, known.study)
    claims.add(connection, file.sha256, new.study, standing.council(new), new.title)
    said = {"title": changing.named(new), "file": file.name}
    present = Change(new.id, "submission", "present", False, True)
    changing.commit(desk, connection, Edit("import", (present,), said), made=new)
    kept = submissions.line(connection, new.id)
    return Arrival(
        parcel.name,
        verdict.taken_for,
        submission=new.id,
        of=verdict.of,
        title=new.title,
        template=new.template,
        blockers=kept["blockers"],
        warnings=kept["warnings"],
        unplaced=kept["unplaced"],
        taken_up=known.said,
        because=verdict.because,
        certain=verdict.certain,
        second=verdict.second,
    )


def added(
    desk: Desk, connection: Connection, draft: Submission, file: SourceFile, study: str = ""
) -> Submission:
    """The submission that `draft`, made of `file`, becomes: kept, but not present until an edit says so.

    It is a new study unless `study` names one.
    """
    from workbench.store import submissions

    new = replace(
        draft,
        id=submissions.mint_id(connection, desk.today.year),
        study=study or str(uuid4()),
        files=(file,),
        received=file.received,
        due=due_date(file.received.astimezone().date(), desk.settings.working_days),
    )
    submissions.add(connection, new)
    return new

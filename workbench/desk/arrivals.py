"""What comes in: each file is read, placed, checked and kept, whole or not at all, before the next is looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench import words
from workbench.desk import changing, claiming, making, standing
from workbench.desk.claiming import Identity
from workbench.desk.desk import Desk
from workbench.desk.gathering import gather
from workbench.desk.parcels import Letter, Parcel
from workbench.desk.rows import Arrival, Problem
from workbench.edits import Change, Edit
from workbench.errors import Bug, Refused, WorldError
from workbench.progress import Progress, silent
from workbench.submission import Note, SourceFile, Submission, due_date

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.intake.triage import Newcomer


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
        yield _arrive(desk, parcel, mistakes)
    progress(total, total, "")
    for mistake in mistakes:
        raise Bug(f"{len(mistakes)} of {total} files could not be imported") from mistake


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
    from workbench.store import blobs, learning

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
        if of := _revised(connection, newcomer, draft):
            return _keep_beside(desk, connection, parcel, of, file)
        return _add(desk, connection, parcel, draft, file, claiming.identify(connection, newcomer))


def _revised(connection: Connection, newcomer: Newcomer, draft: Submission) -> str | None:
    """The submission of which the file is a newer version, if it is one."""
    from workbench import intake
    from workbench.store import kin

    near = kin.of(connection, newcomer.claim, newcomer.title, standing.council(draft))
    candidates = [intake.Candidate(one.id, one.study, one.title, one.council) for one in near]
    verdict = intake.triage(newcomer, candidates, lambda submission: kin.text(connection, submission))
    return verdict.of


def _keep_beside(desk: Desk, connection: Connection, parcel: Parcel, of: str, file: SourceFile) -> Arrival:
    """Keeps a newer version with the submission it revises. The editor's work on that is left as it is."""
    before = changing.load(connection, of)
    after = replace(before, files=(*before.files, file), notes=(*before.notes, *_letter(parcel)))
    changes = changing.between([(before, after)])
    said = {"title": changing.named(before), "file": file.name}
    changing.commit(desk, connection, Edit("revision", changes, said))
    return Arrival(parcel.name, "revision", of=of, title=before.title, template=before.template)


def _letter(parcel: Parcel) -> tuple[Note, ...]:
    return (parcel.letter.note,) if parcel.letter and parcel.letter != Letter() else ()


def _add(
    desk: Desk, connection: Connection, parcel: Parcel, draft: Submission, file: SourceFile, known: Identity
) -> Arrival:
    from workbench.store import claims, submissions

    taken = (Note("taken-up", known.said),) if known.said else ()
    draft = replace(draft, base_version=known.base_version, notes=(*draft.notes, *_letter(parcel), *taken))
    new = added(desk, connection, draft, file, known.study)
    claims.add(connection, file.sha256, new.study, standing.council(new), new.title)
    said = {"title": changing.named(new), "file": file.name}
    present = Change(new.id, "submission", "present", False, True)
    changing.commit(desk, connection, Edit("import", (present,), said), made=new)
    kept = submissions.line(connection, new.id)
    return Arrival(
        parcel.name,
        "new",
        submission=new.id,
        title=new.title,
        template=new.template,
        blockers=kept["blockers"],
        warnings=kept["warnings"],
        unplaced=kept["unplaced"],
        taken_up=known.said,
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

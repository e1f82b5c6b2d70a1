"""What comes in: each file is read, placed, checked and kept, whole or not at all, before the next is looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench import words
from workbench.desk import changing, proposing
from workbench.desk.desk import Desk
from workbench.desk.gathering import Parcel, gather
from workbench.desk.rows import Arrival, Problem
from workbench.edits import Change, Edit
from workbench.errors import Refused
from workbench.progress import Progress, silent
from workbench.submission import SourceFile, Status, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.intake import Placed
    from workbench.word.document import WordDocument


def import_paths(desk: Desk, paths: Sequence[Path], progress: Progress = silent) -> Iterator[Arrival]:
    """Imports Word files, folders with all they hold, .zip archives and saved mails, telling of each file in turn.

    A file is on the desk for good when its arrival is given out. What is refused becomes an arrival with the reason,
    and the rest goes on; SurroundingsFailed ends it.
    """
    with ExitStack() as opened:
        parcels = list(gather(paths, opened))
        for number, parcel in enumerate(parcels):
            progress(number, len(parcels), parcel.short_name)
            yield _arrive(desk, parcel)
        progress(len(parcels), len(parcels), "")


def due_date(received: date, working_days: int) -> date:
    """The day so many working days (Monday to Friday) after `received`."""
    due = received
    while working_days > 0:
        due += timedelta(days=1)
        working_days -= due.weekday() < 5
    return due


def _arrive(desk: Desk, parcel: Parcel) -> Arrival:
    try:
        data = parcel.read()
        with desk.store.reading() as connection:
            known = _duplicate(connection, parcel, data)
        return known or _take_in(desk, parcel, data)
    except Refused as error:
        return Arrival(parcel.name, "refused", error=Problem(error.code, words.explain(error)))


def _duplicate(connection: Connection, parcel: Parcel, data: bytes) -> Arrival | None:
    from workbench.store import submissions

    of = submissions.with_file(connection, hashlib.sha256(data).hexdigest())
    if of is None:
        return None
    known = changing.load(connection, of)
    return Arrival(parcel.name, "duplicate", of=of, title=known.title, template=known.template)


def _take_in(desk: Desk, parcel: Parcel, data: bytes) -> Arrival:
    """Reads the file outside the transaction, since that is what takes its time; then looks again for a twin."""
    from workbench import intake, word
    from workbench.store import blobs, learning

    document = word.read(data, parcel.short_name)
    with desk.store.reading() as connection:
        placed = intake.place(document, desk.templates, learning.all_of(connection))
    with desk.store.writing() as connection:
        if known := _duplicate(connection, parcel, data):
            return known
        for content in (data, *document.assets.values()):
            blobs.put(connection, content)
        file = SourceFile(parcel.short_name, hashlib.sha256(data).hexdigest(), desk.clock())
        if of := _revised(connection, document, placed):
            return _keep_beside(desk, connection, parcel, of, file)
        return _make(desk, connection, parcel, placed, file)


def _revised(connection: Connection, document: WordDocument, placed: Placed) -> str | None:
    raise NotImplementedError


def _keep_beside(desk: Desk, connection: Connection, parcel: Parcel, of: str, file: SourceFile) -> Arrival:
    """Keeps a newer version with the submission it revises. The editor's work on that is left as it is."""
    before = changing.load(connection, of)
    changes = changing.between([(before, replace(before, files=(*before.files, file)))])
    said = {"title": changing.named(before), "file": file.name}
    changing.commit(desk, connection, Edit("revision", changes, said))
    return Arrival(parcel.name, "revision", of=of, title=before.title, template=before.template)


def _make(desk: Desk, connection: Connection, parcel: Parcel, placed: Placed, file: SourceFile) -> Arrival:
    from workbench.store import submissions

    made = _submission(desk, placed, file, submissions.mint_id(connection, desk.today.year))
    submissions.add(connection, made)
    said = {"title": changing.named(made), "file": file.name}
    present = Change(made.id, "submission", "present", False, True)
    changing.commit(desk, connection, Edit("import", (present,), said))
    kept = changing.load(connection, made.id)
    severities = [finding.severity for finding in kept.open_findings]
    return Arrival(
        parcel.name,
        "new",
        submission=kept.id,
        title=kept.title,
        template=kept.template,
        blockers=severities.count("blocker"),
        warnings=severities.count("warning"),
        unplaced=len(kept.unplaced),
    )


def _submission(desk: Desk, placed: Placed, file: SourceFile, submission_id: str) -> Submission:
    template = desk.templates[placed.template or next(iter(desk.templates))]
    council = placed.fields.get("council")
    return Submission(
        id=submission_id,
        study=str(uuid4()),
        template=template.id,
        template_version=template.version,
        status=Status.RECEIVED,
        fields=placed.fields,
        unplaced=tuple(replace(passage, position=at) for at, passage in enumerate(placed.unplaced)),
        notes=placed.notes,
        pictures=tuple({picture.sha256: picture for picture in placed.pictures}.values()),
        authorities=proposing.certain_councils(council.text) if council else (),
        files=(file,),
        received=file.received,
        due=_due(desk, file.received),
    )


def _due(desk: Desk, received: datetime) -> date:
    return due_date(received.astimezone().date(), desk.settings.working_days)

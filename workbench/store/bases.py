"""What work on the desk began from: the published version that a submission names as its base, at hand offline.

What was published from this desk stands in its outbox. Of what others published the mirror has the current version;
when it goes on to a newer one, the version that some submission began from is kept here, without its personal fields:
these are kept nowhere twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from workbench.publication import Publication, Study, from_json, study_from_json, study_to_json
from workbench.store import mirror
from workbench.store.tables import base_study, outbox, submission

_ARRIVED = ("published", "unchanged", "undone")
"""The states of a publication that is, or was, a version of the catalogue."""


@dataclass(frozen=True, slots=True)
class Base:
    """A published version; `whole` where its personal fields are known too."""

    publication: Publication
    whole: bool


def get(connection: Connection, study: str, version: int) -> Base | None:
    """The version of a study, if it is at hand."""
    if found := _sent(connection, study, version):
        return Base(found, whole=not is_hidden(found))
    live = mirror.get(connection, study)
    if live is not None and live.version == version:
        return Base(live.publication, whole=not is_hidden(live.publication))
    query = select(base_study.c.json).where(base_study.c.study == study, base_study.c.version == version)
    kept = connection.scalar(query)
    return None if kept is None else Base(study_from_json(kept).publication, whole=False)


def kept(connection: Connection, study: str) -> tuple[Study, ...]:
    """The versions of a study that work began from and that the mirror has gone on from, the first one first."""
    query = select(base_study.c.json).where(base_study.c.study == study).order_by(base_study.c.version)
    return tuple(map(study_from_json, connection.scalars(query)))


def is_hidden(publication: Publication) -> bool:
    """Whether its personal fields were redacted, or are not for this desk."""
    return bool(publication.personal_digest) and not publication.salt


def keep(connection: Connection, study: Study) -> None:
    """Keeps a version, without what is personal in it."""
    bare = replace(study, publication=replace(study.publication, personal=(), salt=""))
    row = {"study": bare.publication.study, "version": bare.version, "json": study_to_json(bare)}
    connection.execute(insert(base_study).values(row).on_conflict_do_nothing())


def keep_overtaken(connection: Connection, coming: Iterable[Study]) -> None:
    """Keeps what the mirror has of these studies where work began from it and a newer version is coming."""
    versions = {study.publication.study: study.version for study in coming}
    begun = select(submission.c.study, submission.c.base_version).where(
        submission.c.study.in_(versions), submission.c.base_version > 0
    )
    for study, version in connection.execute(begun.distinct()).all():
        live = mirror.get(connection, study)
        if version != versions[study] and live is not None and live.version == version:
            keep(connection, live)


def _sent(connection: Connection, study: str, version: int) -> Publication | None:
    query = (
        select(outbox.c.json)
        .join(submission, submission.c.id == outbox.c.submission)
        .where(submission.c.study == study, outbox.c.version == version, outbox.c.state.in_(_ARRIVED))
        .order_by(outbox.c.queued_at.desc())
        .limit(1)
    )
    found = connection.scalar(query)
    return None if found is None else from_json(found)

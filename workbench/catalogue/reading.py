"""Studies out of the catalogue's tables, as the frozen value types."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, RowMapping, Select, Table, and_, func, or_, select, tuple_

from workbench.catalogue import tables, thesaurus
from workbench.catalogue.chain import Audited, Link
from workbench.catalogue.sending import Live, are_uuids, told
from workbench.publication import Outcome, Publication, PublishedField, PublishedImage, Study
from workbench.submission import Authority, Term

Version = tuple[str, int]
"""A study's UUID and the number of one of its versions."""

_Part = TypeVar("_Part")

_v, _s = tables.study_version.c, tables.study.c
_is_current = and_(_s.uuid == _v.study, _s.current_version == _v.version)


def versions() -> Select[Any]:
    """All versions of all studies, each with what its study says of itself; narrow and order it before use."""
    of_study = (_s.current_version, _s.state, _s.note, _s.first_published_at, _s.change.label("study_change"))
    joined = tables.study_version.join(tables.study, _s.uuid == _v.study)
    return select(tables.study_version, *of_study).select_from(joined)


def current() -> Select[Any]:
    """The current versions, withdrawn ones too."""
    return versions().where(_is_current)


def studies(connection: Connection, query: Select[Any]) -> tuple[Study, ...]:
    """The studies of a query built on `versions()`, in its order."""
    rows = connection.execute(query).mappings().all()
    keys = [(row["study"], row["version"]) for row in rows]
    fields = _parts(connection, tables.study_field, keys, _field)
    personal = _parts(connection, tables.study_personal, keys, _field)
    authorities = _parts(connection, tables.study_authority, keys, _authority)
    terms = _parts(connection, tables.study_theme, keys, _term)
    images = _parts(connection, tables.study_image, keys, _image)
    filed = thesaurus.filed(connection, [row["study"] for row in rows if _is_newest(row)])
    salts = _salts(connection, keys)
    emptied = _emptied(connection, keys)
    return tuple(
        replace(
            _study(
                row, fields[key], personal[key], authorities[key], terms[key], images[key], salts.get(key, "")
            ),
            redacted=emptied[key],
            filed=_filed(row, terms[key], filed),
        )
        for row, key in zip(rows, keys, strict=True)
    )


def _parts(
    connection: Connection, table: Table, keys: Sequence[Version], make: Callable[[RowMapping], _Part]
) -> Mapping[Version, tuple[_Part, ...]]:
    """What hangs on each version, in order."""
    columns = table.c
    wanted = tuple_(columns.study, columns.version).in_(keys)
    found: defaultdict[Version, tuple[_Part, ...]] = defaultdict(tuple)
    for row in connection.execute(select(table).where(wanted).order_by(columns.position)).mappings():
        found[row["study"], row["version"]] += (make(row),)
    return found


def _salts(connection: Connection, keys: Sequence[Version]) -> Mapping[Version, str]:
    columns = tables.study_salt.c
    rows = connection.execute(
        select(tables.study_salt).where(tuple_(columns.study, columns.version).in_(keys))
    )
    return {(row.study, row.version): row.salt for row in rows}


def _emptied(connection: Connection, keys: Sequence[Version]) -> Mapping[Version, tuple[str, ...]]:
    """The fields that were emptied in each version."""
    told = tables.redaction.c
    rows = connection.execute(
        select(tables.redaction).where(told.study.in_({study for study, _ in keys})).order_by(told.change)
    ).all()
    found: defaultdict[Version, tuple[str, ...]] = defaultdict(tuple)
    for study, version in keys:
        hit = [json.loads(row.fields) for row in rows if row.study == study and row.version >= version]
        found[study, version] = tuple(dict.fromkeys(chain.from_iterable(hit)))
    return found


def _is_newest(row: RowMapping) -> bool:
    return row["version"] == row["current_version"]


def _filed(
    row: RowMapping, published: tuple[Term, ...], filed: Mapping[str, tuple[Term, ...]]
) -> tuple[Term, ...] | None:
    """What the newest version of a study is filed under, where that is not as it was published."""
    today = filed.get(row["study"], ())
    return today if _is_newest(row) and today != published else None


def _field(row: RowMapping) -> PublishedField:
    return PublishedField(row["field"], row["label"], row["html"])


def _authority(row: RowMapping) -> Authority:
    return Authority(row["gss"], row["name"], row["type"], row["nation"], row["region"])


def _term(row: RowMapping) -> Term:
    return Term(row["kind"], row["slug"], row["label"])


def _image(row: RowMapping) -> PublishedImage:
    return PublishedImage(**{name: row[name] for name in PublishedImage.__dataclass_fields__})


def _study(
    row: RowMapping,
    fields: tuple[PublishedField, ...],
    personal: tuple[PublishedField, ...],
    authorities: tuple[Authority, ...],
    terms: tuple[Term, ...],
    images: tuple[PublishedImage, ...],
    salt: str,
) -> Study:
    is_current = _is_newest(row)
    withdrawn = is_current and row["state"] == "withdrawn"
    return Study(
        publication=Publication(
            uuid=row["publication"],
            study=row["study"],
            base_version=row["version"] - 1,
            slug=row["slug"],
            title=row["title"],
            summary=row["summary"],
            template=row["template"],
            template_version=row["template_version"],
            fields=fields,
            personal=personal,
            authorities=authorities,
            terms=terms,
            images=images,
            review_by=row["review_by"],
            salt=salt,
            personal_digest=row["personal_digest"],
        ),
        version=row["version"],
        published_at=row["published_at"],
        published_by=row["published_by"],
        change=row["study_change"] if is_current else row["change"],
        first_published_at=row["first_published_at"],
        withdrawn=withdrawn,
        note=row["note"] if withdrawn else "",
        digest=row["digest"],
    )


def live(connection: Connection, uuids: Iterable[str]) -> dict[str, Live]:
    """What a publisher must know of the current versions of these studies, by their UUID."""
    columns = (_s.uuid, _s.state, _v.version, _v.digest, _v.published_at, _v.published_by, _v.batch)
    query = select(*columns).where(_is_current, _s.uuid.in_(are_uuids(uuids)))
    return {row.uuid: _live(row) for row in connection.execute(query)}


def _live(row: Row[*tuple[Any, ...]]) -> Live:
    withdrawn = row.state == "withdrawn"
    return Live(row.version, row.digest, withdrawn, row.published_at, row.published_by, row.batch)


def seals(connection: Connection, uuids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Digest and salt of the current versions of these studies, by their UUID; "" for a salt there is none of."""
    salt = tables.study_salt.c
    salted = and_(salt.study == _v.study, salt.version == _v.version)
    joined = tables.study.join(tables.study_version, _is_current).outerjoin(tables.study_salt, salted)
    query = select(_s.uuid, _v.digest, salt.salt).select_from(joined).where(_s.uuid.in_(are_uuids(uuids)))
    return {row.uuid: (row.digest, row.salt or "") for row in connection.execute(query)}


def recorded(connection: Connection, publications: Iterable[str]) -> dict[str, Outcome]:
    """What already became of these publications, by their UUID."""
    found = tables.outcome.c
    columns = (found.publication, found.study, found.result, found.version, found.code)
    query = select(*columns, found.params, found.reason)
    rows = connection.execute(query.where(found.publication.in_(are_uuids(publications))))
    return {row[0]: told(*row[:5], json.loads(row.params), row.reason) for row in rows}


def head(connection: Connection) -> Link:
    """The newest link of the audit's chain; one of change 0 before the first."""
    query = select(tables.audit_link).order_by(tables.audit_link.c.change.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Link(row.change, row.head) if row else Link(0, "")


def links(connection: Connection) -> dict[int, str]:
    """All links of the audit's chain: the head by the change it leads up to."""
    return {row.change: row.head for row in connection.execute(select(tables.audit_link))}


def audited(connection: Connection, since: int) -> tuple[Audited, ...]:
    """What was audited after a change, in order."""
    told = tables.audit.c
    columns = (told[name] for name in Audited.__dataclass_fields__)
    query = select(*columns).where(told.change > since).order_by(told.change)
    return tuple(Audited(*row) for row in connection.execute(query))


def forged(connection: Connection) -> int | None:
    """The first version that the audit does not tell of, or tells otherwise, by its change; None where there is none.

    What was audited before there was a chain names no digest.
    """
    told = tables.audit.c
    unlike = or_(
        told.study != _v.study, told.version != _v.version, and_(told.digest != "", told.digest != _v.digest)
    )
    audit = tables.study_version.outerjoin(tables.audit, told.change == _v.change)
    query = select(func.min(_v.change)).select_from(audit).where(or_(told.change.is_(None), unlike))
    return connection.scalar(query)

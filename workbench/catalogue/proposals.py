"""Second approval, policy and roles: what only a catalogue with logins can do.

All of it is decided by the functions of PostgreSQL. On SQLite nothing ever waits, and nobody is told from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, RowMapping, text
from sqlalchemy.exc import IntegrityError

from workbench.catalogue import reading, roles
from workbench.catalogue.failures import cause_of
from workbench.catalogue.sending import are_uuids
from workbench.catalogue.server import outcome_of
from workbench.catalogue.transactions import is_postgresql
from workbench.errors import Refused
from workbench.publication import Outcome, Proposal, Publication, PublishedField, PublishedImage
from workbench.submission import Authority, Term

Decision = Literal["approve", "decline", "revoke"]

_COLUMNS = """publication, uuid, slug, title, base_version, state, proposed_by, proposed_at,
    coalesce(decided_by, ''), decided_at, reason"""


def listed(connection: Connection, *, settled: bool) -> tuple[Proposal, ...]:
    """The proposals that wait, oldest first; with `settled` those decided on as well."""
    if not is_postgresql(connection):
        return ()
    query = f"SELECT {_COLUMNS} FROM proposals WHERE :settled OR state = 'proposed' ORDER BY proposed_at, publication"
    rows = connection.execute(text(query), {"settled": settled})
    return tuple(Proposal(str(row[0]), str(row[1]), *row[2:]) for row in rows)


def outcomes(connection: Connection, publications: Sequence[str]) -> dict[str, Outcome]:
    """What became of these publications, or that they wait, by their UUID."""
    return _waiting(connection, publications) | reading.recorded(connection, publications)


def _waiting(connection: Connection, publications: Sequence[str]) -> dict[str, Outcome]:
    if not is_postgresql(connection):
        return {}
    query = text(
        "SELECT publication, uuid, base_version FROM proposals "
        "WHERE state = 'proposed' AND publication = ANY (CAST(:asked AS uuid[]))"
    )
    rows = connection.execute(query, {"asked": are_uuids(publications)})
    return {str(row[0]): Outcome(str(row[0]), str(row[1]), "proposed", row[2]) for row in rows}


def decide(connection: Connection, decision: Decision, publication: str, reason: str = "") -> Outcome:
    """What became of a proposal that was approved, declined or revoked."""
    _require_known(connection, publication)
    why = ", :why" if decision == "decline" else ""
    query = text(f"SELECT * FROM casebook_{decision}(CAST(:publication AS uuid){why})")
    values = {"publication": publication} | ({"why": reason} if why else {})
    try:
        return outcome_of(connection.execute(query, values).one())
    except IntegrityError as error:
        # The proposal waits on: another study took its address meanwhile.
        raise Refused("row-refused", reason=cause_of(error)) from error


def _require_known(connection: Connection, publication: str) -> None:
    if not (is_postgresql(connection) and are_uuids([publication])):
        raise Refused("proposal-unknown", what=publication)


def content(connection: Connection, publication: str) -> Publication:
    """What was proposed, as it would be published."""
    _require_known(connection, publication)
    query = text("SELECT * FROM proposal WHERE publication = CAST(:publication AS uuid)")
    row = connection.execute(query, {"publication": publication}).mappings().one_or_none()
    if row is None:
        raise Refused("proposal-unknown", what=publication)
    return _publication(row)


def _publication(row: RowMapping) -> Publication:
    scalars = ("base_version", "slug", "title", "summary", "template", "template_version", "review_by")
    councils = (
        {name: value for name, value in each.items() if name != "authority"} for each in row["authorities"]
    )
    return Publication(
        uuid=str(row["publication"]),
        study=str(row["study"]),
        **{name: row[name] for name in (*scalars, "revives", "salt", "personal_digest")},
        fields=tuple(PublishedField(**each) for each in row["fields"]),
        personal=tuple(PublishedField(**each) for each in row["personal"]),
        authorities=tuple(Authority(**each) for each in councils),
        terms=tuple(Term(**each) for each in row["terms"]),
        images=tuple(PublishedImage(**each) for each in row["images"]),
    )


def set_policy(connection: Connection, policy: str) -> None:
    """Changes whether publishing takes a second person."""
    if is_postgresql(connection):
        connection.execute(text("SELECT casebook_set_policy(:policy)"), {"policy": policy})
    elif policy != "self":
        raise Refused("policy-needs-logins")


def grant(connection: Connection, login: str, role: str) -> None:
    """Gives a login this role and no other."""
    if not is_postgresql(connection):
        raise Refused("roles-need-logins")
    connection.execute(text("SELECT casebook_grant(:login, :role)"), {"login": login, "role": role})


def role_of(connection: Connection) -> str:
    """The highest role of this login, "" for none; on SQLite, where there are no logins, `admin`."""
    if not is_postgresql(connection):
        return "admin"
    owner = roles.owner_of(connection)
    query = text("SELECT rolname FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')")
    mine = set(connection.scalars(query))
    held = (kind for kind in reversed(roles.GROUPS) if roles.group(owner, kind) in mine)
    return next(held, "")

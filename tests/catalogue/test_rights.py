"""Who may do what in the shared database: tried against everything that stands in the database's own catalogue.

What a role may do is said once, in `MAY`. All else that the server knows of (a table or function that is added later
too) must be refused to every role, by the server itself.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.sql import SQL, Identifier

from tests.catalogue.given import assets, pictured, publication, results, send
from workbench import catalogue
from workbench.catalogue import open_catalogue, roles
from workbench.errors import Refused, SurroundingsFailed
from workbench.publication import Publication, sealed
from workbench.themes import Theme
from workbench.themes.changes import Add, Rename
from workbench.themes.vocabulary import plain

GROUPS = roles.GROUPS
LOGINS = ("nobody", *GROUPS, "second")
"""A login for each role, `second` another publisher, and one without any."""

NOTHING: frozenset[str] = frozenset()
READ = frozenset({"SELECT"})

OPEN = {
    *(
        "catalogue",
        "catalogue_schema",
        "study",
        "study_version",
        "study_field",
        "study_theme",
        "study_authority",
    ),
    *("study_image", "theme", "theme_alias", "authority", "asset", "audit_link", "study_words", "redaction"),
    *("theme_successor", "study_term", "vocabulary_change", "refiling"),
    *("theme_aliases", "theme_successors", "vocabulary_changes"),
    *(
        "studies",
        "withdrawals",
        "versions",
        "fields",
        "study_themes",
        "study_authorities",
        "themes",
        "collections",
    ),
}
"""What every reader may read."""

PERSONAL = {"study_personal", "study_salt", "claim", "term_proposal"}
"""What a reader may ask for, and gets no row of."""

EDITORS = {"batch", "outcome", "audit", "proposal", "proposals"}
"""What is read from editors on."""

MAY_CALL = {
    "casebook_index": 0,
    **dict.fromkeys(("casebook_begin", "casebook_put_asset", "casebook_publish", "casebook_revoke"), 1),
    **dict.fromkeys(("casebook_claim", "casebook_propose_term"), 1),
    **dict.fromkeys(("casebook_withdraw", "casebook_undo", "casebook_approve", "casebook_decline"), 2),
    **dict.fromkeys(("casebook_set_policy", "casebook_grant", "casebook_redact"), 3),
    **dict.fromkeys(("casebook_hold_vocabulary", "casebook_change_vocabulary", "casebook_decide_term"), 3),
}
"""The functions that a client may call, and the place in `GROUPS` of the lowest role that may."""


@pytest.fixture(scope="module")
def place(postgres: Any) -> Iterator[Any]:
    """A catalogue in which there is something of everything, and a login for each role."""
    url = postgres.empty()
    catalogue.init(url)
    for login in LOGINS:
        postgres.run(f"CREATE ROLE rights_{login} LOGIN")
    with open_catalogue(url) as shared:
        for login, role in zip(LOGINS[1:], (*GROUPS, "publisher"), strict=True):
            shared.grant(f"rights_{login}", role)
        send(shared, pictured(), publication("other"), publication("other", 2))
    yield url
    with open_catalogue(url) as shared:
        for login in LOGINS[1:]:
            shared.grant(f"rights_{login}", "none")


def address_of(place: str, login: str) -> str:
    return place.replace("postgres:@", f"rights_{login}:@")


@contextmanager
def connected(place: str, login: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of a login past the door, as any other program would have it."""
    url = address_of(place, login) if login else place
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def found(place: str, query: str) -> list[tuple[Any, ...]]:
    with connected(place, "") as connection:
        return connection.execute(query.encode()).fetchall()


RELATIONS = """
    SELECT relname, relkind::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S', 'm', 'p', 'f') ORDER BY 1"""
FUNCTIONS = """
    SELECT oid::regprocedure::text, proname, prosecdef, proconfig FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace ORDER BY 1"""


def expected(name: str, kind: str, login: str) -> frozenset[str]:
    """What this login may do to the whole of a table, view or sequence."""
    if login == "nobody" or kind == "S":
        return NOTHING
    if name in OPEN | PERSONAL:
        return READ
    return READ if name in EDITORS and login != "reader" else NOTHING


def test_every_role_on_every_table_view_and_sequence(place: str) -> None:
    """Asked of the server's own bookkeeping of rights."""
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    relations = found(place, RELATIONS)
    assert len(relations) > 25
    with connected(place, "") as connection:
        for (name, kind), login in itertools.product(relations, LOGINS):
            asked = ("USAGE", "SELECT", "UPDATE") if kind == "S" else verbs
            test = "has_sequence_privilege" if kind == "S" else "has_table_privilege"
            query = f"SELECT verb FROM unnest(%s::text[]) AS verb WHERE {test}(%s, %s, verb)"
            rows = connection.execute(query.encode(), (list(asked), f"rights_{login}", f"public.{name}"))
            assert {verb for (verb,) in rows} == expected(name, kind, login), (login, name)


ATTEMPTS = {
    "INSERT": "INSERT INTO {0} DEFAULT VALUES",
    "COPY": "COPY {0} FROM STDIN",
    "UPDATE": "UPDATE {0} SET {1} = NULL",
    "DELETE": "DELETE FROM {0}",
    "TRUNCATE": "TRUNCATE {0} CASCADE",
    "LOCK": "LOCK TABLE {0} IN ACCESS EXCLUSIVE MODE",
    "ALTER": "ALTER TABLE {0} ADD COLUMN mine text",
    "TRIGGER": "ALTER TABLE {0} DISABLE TRIGGER ALL",
    "OWNER": "ALTER TABLE {0} OWNER TO CURRENT_USER",
    "RULE": "CREATE RULE mine AS ON UPDATE TO {0} DO INSTEAD NOTHING",
    "DROP": "DROP TABLE {0} CASCADE",
}


@pytest.mark.parametrize("login", LOGINS)
def test_no_login_changes_a_table_by_hand(place: str, login: str) -> None:
    """Tried with the statements themselves; the server must refuse every one, as a right that is missing."""
    if login == "nobody":
        with pytest.raises(psycopg.OperationalError, match="permission denied"), connected(place, login):
            pass
        return
    columns = dict(found(place, "SELECT table_name, min(column_name) FROM information_schema.columns "
                         "WHERE table_schema = 'public' GROUP BY 1"))  # fmt: skip
    with connected(place, login) as connection:
        for (name, kind), (verb, statement) in itertools.product(found(place, RELATIONS), ATTEMPTS.items()):
            if kind == "S" or (kind == "v" and verb in ("COPY", "TRIGGER", "TRUNCATE", "ALTER", "LOCK")):
                continue
            tried = SQL(statement).format(Identifier(name), Identifier(columns[name]))  # type: ignore[arg-type]
            unchangeable = (errors.ObjectNotInPrerequisiteState,) if kind == "v" else ()
            refusals = (errors.InsufficientPrivilege, errors.WrongObjectType, *unchangeable)
            with pytest.raises(refusals) as refusal, connection.transaction():
                connection.execute(tried)
            told = str(refusal.value)
            assert "permission denied" in told or "must be owner" in told or kind == "v", (login, tried)


@pytest.mark.parametrize("login", LOGINS[1:])
def test_every_function_is_for_those_it_is_meant_for(place: str, login: str) -> None:
    functions = found(place, FUNCTIONS)
    assert len(functions) > 25
    rank = GROUPS.index("publisher" if login == "second" else login)
    with connected(place, "") as connection:
        for signature, name, _, _ in functions:
            lowest = MAY_CALL.get(name)
            allowed = lowest is not None and rank >= lowest
            row = connection.execute(
                "SELECT has_function_privilege(%s, %s, 'EXECUTE')", (f"rights_{login}", signature)
            ).fetchone()
            assert row == (allowed,), (login, signature)


def test_nobody_at_all_is_given_anything_through_public(place: str) -> None:
    rights = """
        SELECT relname FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) AS given
        WHERE relnamespace = 'public'::regnamespace AND given.grantee = 0
        UNION ALL SELECT proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS given
        WHERE pronamespace = 'public'::regnamespace AND given.grantee = 0
        UNION ALL SELECT nspname FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS given
        WHERE nspname = 'public' AND given.grantee = 0
        UNION ALL SELECT datname FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS given
        WHERE datname = current_database() AND given.grantee = 0"""
    assert found(place, rights) == []


def test_all_belongs_to_an_owner_as_whom_nobody_can_log_in(place: str) -> None:
    owners = """
        SELECT DISTINCT rolname, rolcanlogin, rolsuper, rolcreaterole FROM pg_roles WHERE oid IN (
            SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION
            SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace)"""
    ((owner, *rights),) = found(place, owners)
    assert owner.endswith("_owner") and rights == [False, False, False]
    members = f"""
        SELECT member::regrole::text FROM pg_auth_members WHERE roleid = '"{owner}"'::regrole"""
    assert found(place, members) in ([], [("postgres",)])


def test_a_function_with_the_owners_rights_looks_for_names_where_nobody_else_can_write(place: str) -> None:
    for signature, name, is_definer, settings in found(place, FUNCTIONS):
        if is_definer:
            assert settings and settings[0].startswith("search_path=pg_catalog, public, pg_temp"), signature
        assert is_definer or name not in MAY_CALL, f"{signature} is called with the caller's own rights"


def test_what_a_client_may_send_names_neither_the_actor_nor_the_decision(place: str) -> None:
    ((names,),) = found(place, "SELECT proargnames FROM pg_proc WHERE proname = 'casebook_publish'")
    given = {"sending", "publications", "bases", "revivals", "contents", "personals", "salts"}
    assert (
        given <= set(names)
        and len(found(place, "SELECT FROM pg_proc WHERE proname = 'casebook_publish'")) == 1
    )
    assert {"actor", "study", "digest", "personal_digest", "result", "change"}.isdisjoint(names)


def opened(place: str, login: str) -> catalogue.Catalogue:
    return open_catalogue(address_of(place, login))


def forbidden(place: str, login: str, *statements: str) -> None:
    """Each statement of this login is refused as a right that is missing."""
    with connected(place, login) as connection:
        for statement in statements:
            with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
                connection.execute(statement.encode())


def test_a_reader_gets_studies_and_no_person(place: str) -> None:
    with opened(place, "reader") as shared, opened(place, "editor") as editing:
        (seen,), (whole,) = (
            list(each.live([publication("other").study]).values()) for each in (shared, editing)
        )
        assert seen.publication.personal == () and whole.publication.personal
        assert seen.publication == replace(whole.publication, personal=(), salt="")
        assert shared.asset(pictured().images[0].sha256)
        assert catalogue.status(address_of(place, "reader")).role == "reader"


def test_a_login_without_a_role_is_not_let_in(place: str) -> None:
    standing = catalogue.status(address_of(place, "nobody"))
    assert not standing.reachable and "permission denied" in standing.reason
    with pytest.raises(SurroundingsFailed, match="catalogue-closed"):
        open_catalogue(address_of(place, "nobody"))


@pytest.mark.parametrize(
    ("login", "deed"),
    [
        ("reader", lambda shared: send(shared, publication("mine"))),
        ("reader", lambda shared: shared.withdraw(publication("other").study, 2, "why", "", "")),
        ("editor", lambda shared: send(shared, publication("mine"))),
        ("editor", lambda shared: shared.withdraw(publication("other").study, 2, "why", "", "")),
        ("editor", lambda shared: list(shared.undo_batch(1, "editor"))),
        ("editor", lambda shared: shared.approve(publication("other").uuid)),
        ("publisher", lambda shared: shared.set_policy("second-person")),
        ("publisher", lambda shared: shared.grant("rights_publisher", "admin")),
        ("publisher", lambda shared: shared.grant("rights_nobody", "reader")),
    ],
)
def test_what_a_role_may_not_is_refused_at_the_door_too(place: str, login: str, deed: Any) -> None:
    with opened(place, login) as shared:
        before = shared.last_change()
        with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
            deed(shared)
        assert shared.last_change() == before


def test_nobody_becomes_another(place: str) -> None:
    owner = found(place, "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'study'")[0][0]
    for login in LOGINS[1:]:
        forbidden(
            place,
            login,
            f"SET ROLE {owner}",
            "SET ROLE postgres",
            "SET SESSION AUTHORIZATION rights_admin"
            if login != "admin"
            else "SET SESSION AUTHORIZATION postgres",
            "SET session_replication_role = replica",
            f"GRANT {owner} TO rights_{login}",
            f"GRANT {owner.removesuffix('_owner')}_publisher TO rights_nobody",
            "CREATE ROLE mine",
        )


def test_nobody_makes_anything_of_their_own(place: str) -> None:
    for login in LOGINS[1:]:
        forbidden(
            place,
            login,
            "CREATE TABLE mine (id integer)",
            "CREATE TEMPORARY TABLE study (id integer)",
            "CREATE SCHEMA mine",
            "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "COPY study TO PROGRAM 'cat'",
        )


def test_a_search_path_full_of_own_things_changes_nothing(place: str, postgres: Any) -> None:
    """Even where an administrator was generous: a schema of one's own, put first, with the names of our own."""
    with connected(place, "") as connection:
        connection.execute("CREATE SCHEMA lair AUTHORIZATION rights_publisher")
        connection.execute("GRANT USAGE, CREATE ON SCHEMA lair TO PUBLIC")
    traps = """
        CREATE TABLE lair.catalogue AS SELECT * FROM public.catalogue;
        CREATE TABLE lair.batch (id integer, actor text);
        CREATE FUNCTION lair.casebook_require(text) RETURNS void LANGUAGE sql AS 'SELECT';
        CREATE FUNCTION lair.casebook_require_own(integer) RETURNS void LANGUAGE sql AS 'SELECT';
        CREATE FUNCTION lair.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT '2001-01-01'::timestamptz $$;
        CREATE FUNCTION lair.pg_has_role(name, name, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        ALTER ROLE rights_publisher SET search_path = lair, public;
        ALTER ROLE rights_editor SET search_path = lair, public"""
    try:
        with connected(place, "publisher") as connection:
            connection.execute(
                traps.replace("ALTER ROLE rights_editor SET search_path = lair, public", "").encode()
            )
        postgres.run("ALTER ROLE rights_editor SET search_path = lair, public")
        with opened(place, "editor") as shared, pytest.raises(SurroundingsFailed, match="catalogue-"):
            send(shared, publication("trap"))
        with connected(place, "editor") as connection, pytest.raises(errors.InsufficientPrivilege):
            (number,) = connection.execute("SELECT public.casebook_begin('editor')").fetchone() or (0,)
            connection.execute(
                "SELECT public.casebook_publish(%s, '{}', '{}', '{}', '{}', '{}', '{}')", (number,)
            )
        with opened(place, "publisher") as shared, pytest.raises(SurroundingsFailed):
            shared.set_policy("second-person")
    finally:
        postgres.run("ALTER ROLE rights_publisher RESET search_path")
        postgres.run("ALTER ROLE rights_editor RESET search_path")
        with connected(place, "") as connection:
            connection.execute("DROP SCHEMA lair CASCADE")
    with opened(place, "publisher") as shared:
        assert results(shared, publication("trap")) == ["published"]
        (study,) = shared.live([publication("trap").study]).values()
    assert study.published_at.year > 2001 and study.published_by == "rights_publisher"


def by_hand(connection: Any, *sent: Publication, batch: int | None = None, **forged: list[Any]) -> Any:
    """What the function of the server answers to a client of one's own making; `forged` replaces what is sent."""
    if batch is None:
        (batch,) = connection.execute("SELECT casebook_begin('by hand')").fetchone()
    columns = {
        "publications": [each.uuid for each in sent],
        "bases": [each.base_version for each in sent],
        "revivals": [each.revives for each in sent],
        "contents": [each.covered for each in sent],
        "personals": [each.sealed_words for each in sent],
        "salts": [each.salt for each in sent],
    } | forged
    query = "SELECT result FROM casebook_publish(%s, %s::uuid[], %s::int[], %s, %s::text[], %s::text[], %s::text[])"
    return connection.execute(query, (batch, *columns.values())).fetchall()


def test_the_actor_cannot_be_forged(place: str) -> None:
    with opened(place, "publisher") as shared:
        list(shared.publish([publication("signed")], assets, "rights_second"))
        (study,) = shared.live([publication("signed").study]).values()
    assert study.published_by == "rights_publisher"
    told = found(place, "SELECT actor FROM audit ORDER BY change DESC LIMIT 1")
    assert told == [("rights_publisher",)]
    assert found(place, "SELECT actor, signed FROM batch ORDER BY id DESC LIMIT 1") == [
        ("rights_publisher", "rights_second")
    ]


def test_a_role_that_is_taken_on_does_not_hide_the_login(place: str) -> None:
    group = found(place, "SELECT casebook_role('publisher')")[0][0]
    with connected(place, "admin") as connection:
        connection.execute(SQL("SET ROLE {}").format(Identifier(group)))
        assert by_hand(connection, publication("in-role")) == [("published",)]
    assert found(place, "SELECT published_by FROM study_version WHERE slug = 'in-role'") == [
        ("rights_admin",)
    ]


def test_a_batch_is_its_makers_alone(place: str) -> None:
    with connected(place, "second") as connection:
        (number,) = connection.execute("SELECT casebook_begin('second')").fetchone() or (0,)
    forbidden(place, "publisher", f"SELECT casebook_undo({number}, 1, gen_random_uuid())")
    with connected(place, "publisher") as connection, pytest.raises(errors.InsufficientPrivilege):
        by_hand(connection, publication("borrowed"), batch=number)


def test_nothing_is_published_under_the_pretence_of_taking_a_batch_back(place: str) -> None:
    """That batch would be said to be taken back already, and could never be."""
    with connected(place, "publisher") as connection:
        for purpose in ("casebook_begin('guise', 1)", "casebook_begin('open')"):
            (number,) = connection.execute(f"SELECT {purpose}".encode()).fetchone() or (0,)
            with pytest.raises(errors.InsufficientPrivilege):
                if "guise" in purpose:
                    by_hand(connection, publication("guise"), batch=number)
                else:
                    connection.execute("SELECT casebook_undo(%s, 1, gen_random_uuid())", (number,))


def test_a_chunk_that_lies_is_refused_whole(place: str) -> None:
    """Two of the same study, or one publication twice: neither may borrow the decision on the other."""
    one, two = publication("twice", slug="twice-1"), publication("twice", 2, slug="twice-2", base_version=0)
    other = publication("twice too", slug="twice-3", uuid=one.uuid)
    with connected(place, "publisher") as connection:
        for pair in ((one, two), (one, other)):
            with (
                pytest.raises((errors.CardinalityViolation, errors.UniqueViolation)),
                connection.transaction(),
            ):
                by_hand(connection, *pair)
        with pytest.raises(errors.CheckViolation), connection.transaction():
            by_hand(connection, one, bases=[0, 0], contents=[one.covered, two.covered])
    assert found(place, "SELECT slug FROM study WHERE slug LIKE 'twice%'") == []


def test_the_server_itself_bounds_what_is_sent(place: str) -> None:
    huge = publication("huge", title="x" * 65_000_000)
    with connected(place, "publisher") as connection, pytest.raises(errors.CheckViolation, match="bounded"):
        by_hand(connection, huge)


def test_a_digest_cannot_be_forged(place: str) -> None:
    """Digests are the server's own, of the text that came; a client has no place to say another."""
    honest, other = publication("honest"), publication("honest", summary="Other words", base_version=1)
    with connected(place, "publisher") as connection:
        assert by_hand(connection, honest) == [("published",)]
        changed = replace(other, uuid=publication("honest", 2).uuid)
        assert by_hand(connection, changed) == [("published",)]
    digests = found(place, "SELECT digest FROM study_version WHERE slug = 'honest' ORDER BY version")
    assert digests == [(honest.digest,), (changed.digest,)]


@pytest.mark.parametrize(
    "forged",
    [
        {"personals": ['[{"html": "<p>Another</p>", "id": "contact", "label": "Contact"}]']},
        {"salts": ["pepper"]},
        {"contents": [replace(sealed(publication("forger"), "salt"), personal_digest="0" * 64).covered]},
        {"contents": [publication("forger").covered]},
    ],
    ids=["words", "salt", "digest", "unsealed"],
)
def test_a_personal_digest_cannot_be_forged(place: str, forged: dict[str, list[str]]) -> None:
    with connected(place, "publisher") as connection, pytest.raises(errors.CheckViolation, match="sealed"):
        by_hand(connection, sealed(publication("forger"), "salt"), **forged)
    with connected(place, "publisher") as connection, pytest.raises(errors.CheckViolation, match="sealed"):
        by_hand(connection, publication("forger"), personals=["[]"])
    assert found(place, "SELECT slug FROM study WHERE slug = 'forger'") == []


def test_history_is_not_rewritten_even_by_the_owner(place: str) -> None:
    owner = found(place, "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'study'")[0][0]
    kept = (
        "study_version",
        "study_field",
        "study_theme",
        "study_authority",
        "study_image",
        "asset",
        "outcome",
    )
    with connected(place, "") as connection:
        connection.execute(f"SET ROLE {owner}".encode())
        for table in (*kept, "audit", "audit_link", "batch"):
            column = connection.execute(f"SELECT * FROM {table} LIMIT 0".encode()).description[0].name  # type: ignore[index]
            for statement in (
                f"DELETE FROM {table}",
                f"UPDATE {table} SET {column} = {column}",
                f"TRUNCATE {table} CASCADE",
            ):
                with pytest.raises(psycopg.Error, match="never changed"):
                    connection.execute(statement.encode())
        for statement in (
            "DELETE FROM study", "TRUNCATE proposal", "DELETE FROM catalogue",
            "UPDATE study SET first_published_at = now()", "UPDATE study SET current_version = 0",
            "UPDATE catalogue SET change = 0", "UPDATE catalogue SET identity = gen_random_uuid()",
        ):  # fmt: skip
            with pytest.raises(psycopg.Error, match=r"never changed|violates"):
                connection.execute(statement.encode())


REWRITES = {
    "a row of the audit": "UPDATE audit SET actor = 'rights_second' WHERE change = 2",
    "a row of the audit gone": "DELETE FROM audit WHERE change = 2",
    "the newest row gone": "DELETE FROM audit WHERE change = (SELECT max(change) FROM audit)",
    "a version's digest": "UPDATE study_version SET digest = repeat('a', 64) WHERE change > 7",
    "a version that nobody published": "UPDATE study_version SET change = 1000 WHERE change > 7",
    "a link": "UPDATE audit_link SET head = repeat('a', 64) WHERE change = (SELECT min(change) FROM audit_link)",
}


@pytest.mark.parametrize("rewrite", REWRITES)
def test_what_a_superuser_rewrites_is_noticed(postgres: Any, rewrite: str) -> None:
    """No right holds one who owns the server; the chain tells."""
    url = postgres.made()
    with open_catalogue(url) as shared:
        for number in range(1, 5):
            send(shared, publication("one", number), publication("two", number))
        remembered = shared.head()
        assert shared.had(remembered) and catalogue.status(url).audit == "whole"
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(REWRITES[rewrite].encode())
    standing = catalogue.status(url)
    assert standing.audit == "broken" and "history" in standing.reason


def test_a_mirror_notices_a_chain_that_was_forged_from_the_beginning(postgres: Any) -> None:
    url = postgres.made()
    with open_catalogue(url) as shared:
        send(shared, publication("one"), publication("two"))
        remembered = shared.head()
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit SET actor = 'somebody else'")
        connection.execute("DELETE FROM audit_link")
        connection.execute("SELECT casebook_seal()")
    assert catalogue.status(url).audit == "whole"
    with open_catalogue(url) as shared:
        assert not shared.had(remembered)


def test_an_admin_gives_one_role_at_a_time_and_never_the_own(place: str) -> None:
    with opened(place, "admin") as shared:
        shared.grant("rights_nobody", "publisher")
        with opened(place, "nobody") as theirs:
            assert results(theirs, publication("granted")) == ["published"]
        shared.grant("rights_nobody", "reader")
        with opened(place, "nobody") as theirs, pytest.raises(SurroundingsFailed, match="forbidden"):
            send(theirs, publication("granted", 2))
        shared.grant("rights_nobody", "none")
        with pytest.raises(SurroundingsFailed):
            opened(place, "nobody")
        for login, code in (("rights_admin", "own-role"), ("no such login", "login-unknown")):
            with pytest.raises(Refused, match=code):
                shared.grant(login, "publisher")
        with pytest.raises(Refused, match="login-unknown"):
            shared.grant(found(place, "SELECT casebook_role('editor')")[0][0], "admin")
    told = found(place, "SELECT actor, reason FROM audit WHERE action = 'grant' ORDER BY change DESC LIMIT 1")
    assert told == [("rights_admin", "rights_nobody none")]


NASTY = (
    "'); DROP TABLE study; --",
    "$$; DROP TABLE study; $$",
    "%s %(x)s :name {0}",
    "\\'; SELECT pg_sleep(9); --",
    '"quoted" "role"',
    "<script>alert(1)</script>",
    "line\nbreak\ttab\\.",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_no_text_is_taken_for_anything_else(place: str, nasty: str, postgres: Any) -> None:
    """In every place where a person's text goes to the server."""
    name = f"nasty {NASTY.index(nasty)}"
    with opened(place, "second") as shared, opened(place, "admin") as ruling:
        sent = publication(name, title=nasty, summary=nasty, slug=f"{name} {nasty}")
        assert [each.result for each in shared.publish([sent], assets, nasty)] == ["published"]
        assert shared.live([sent.study])[sent.study].publication == sent
        assert shared.withdraw(sent.study, 1, nasty, nasty, nasty).result == "withdrawn"
        assert shared.live([sent.study])[sent.study].note == nasty
        with pytest.raises(Refused, match="login-unknown"):
            ruling.grant(nasty, "reader")
    postgres.run('CREATE ROLE "' + nasty.replace('"', '""').replace(":", "\\:") + '" LOGIN')
    with opened(place, "admin") as ruling:
        ruling.grant(nasty, "publisher")
        ruling.grant(nasty, "none")
    told = found(place, "SELECT reason FROM audit ORDER BY change DESC LIMIT 3")
    assert [row[0] for row in told] == [f"{nasty} none", f"{nasty} publisher", nasty]
    assert len(found(place, RELATIONS)) > 25


def test_an_administrator_needs_no_superpowers_and_keeps_none(postgres: Any) -> None:
    """A login that owns the database and may make roles; afterwards it owns nothing of the catalogue."""
    url = postgres.empty()
    name = url.rpartition("/")[2].partition("?")[0]
    postgres.run("CREATE ROLE rights_dba LOGIN CREATEROLE")
    postgres.run("CREATE ROLE rights_helper LOGIN")
    postgres.run(f"ALTER DATABASE {name} OWNER TO rights_dba")
    dba = address_of(url, "dba")
    assert catalogue.init(dba).did == "created"
    assert catalogue.upgrade(dba).did == "current"
    with open_catalogue(dba) as shared:
        shared.grant("rights_helper", "publisher")
        assert results(shared, publication()) == ["published"]
    with open_catalogue(address_of(url, "helper")) as shared:
        assert results(shared, publication(number=2)) == ["published"]
    assert catalogue.status(dba).role == "admin"
    forbidden(
        url,
        "dba",
        "UPDATE audit SET actor = 'x'",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
    )
    forbidden(url, "dba", f"SET ROLE {roles.named(name, 'owner')}")


def test_a_database_that_is_made_anew_finds_no_old_members(postgres: Any) -> None:
    """Roles outlive their database: whoever was publisher of the old one is nobody in the new one."""
    url = postgres.empty()
    name = url.rpartition("/")[2].partition("?")[0]
    postgres.run("CREATE ROLE rights_old LOGIN")
    catalogue.init(url)
    with open_catalogue(url) as shared:
        shared.grant("rights_old", "publisher")
    postgres.run(f"DROP DATABASE {name}")
    postgres.run(f"CREATE DATABASE {name}")
    with pytest.raises(SurroundingsFailed, match="catalogue-roles-taken"):
        catalogue.init(url)
    postgres.run("DROP ROLE rights_old")
    assert catalogue.init(url).did == "created"


@pytest.mark.parametrize("name", ["studies", 'MIXED Case-and "quotes"', "x" * 60, "ŵ" * 30])
def test_roles_are_named_for_any_database(postgres: Any, name: str) -> None:
    postgres.run('CREATE DATABASE "' + name.replace('"', '""') + '"')
    url = postgres.of(name)
    assert catalogue.init(url).did == "created"
    with open_catalogue(url) as shared:
        assert results(shared, publication()) == ["published"]
    kinds = {kind: roles.named(name, kind) for kind in ("owner", *GROUPS)}
    assert all(len(role.encode()) <= 63 for role in kinds.values()) and len(set(kinds.values())) == 5
    assert catalogue.status(url).role == "admin"
    postgres.run('DROP DATABASE "' + name.replace('"', '""') + '"')


TERM = Theme("topic", "rights-term", "A term of rights")


@pytest.mark.parametrize("login", ["reader", "editor", "publisher", "second"])
def test_only_an_administrator_changes_the_vocabulary(place: str, login: str) -> None:
    with opened(place, "admin") as shared, suppress(Refused):
        shared.change_vocabulary(Add(TERM), "for all to see", "")
    deeds = (
        lambda shared: shared.change_vocabulary(Rename("topic", TERM.slug, "Mine"), "", ""),
        lambda shared: shared.undo_change(shared.vocabulary_changes()[-1].number, "", ""),
        lambda shared: shared.accept_term(publication().uuid, ""),
        lambda shared: shared.decline_term(publication().uuid, "", ""),
    )
    with opened(place, login) as shared:
        before = shared.last_change(), shared.vocabulary().themes
        assert shared.vocabulary_changes()[-1].who == "rights_admin"
        assert shared.foresee_change(Rename("topic", TERM.slug, "Mine")).studies == ()
        for deed in deeds:
            with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
                deed(shared)
        assert before == (shared.last_change(), shared.vocabulary().themes)


def test_an_editor_asks_for_a_term_and_a_reader_neither_asks_nor_sees(place: str) -> None:
    with opened(place, "reader") as shared, pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
        shared.propose_term(Theme("topic", "asked", "Asked"), "", "")
    with opened(place, "editor") as shared:
        asked = shared.propose_term(Theme("topic", "asked", "Asked"), "missing", "somebody else")
        (waiting,) = shared.term_proposals()
        assert (waiting.id, waiting.proposed_by) == (asked, "rights_editor")
    with opened(place, "reader") as shared:
        assert shared.term_proposals(settled=True) == ()
    with opened(place, "admin") as shared:
        assert shared.accept_term(asked, "somebody else").decided_by == "rights_admin"
        assert shared.vocabulary_changes()[-1].who == "rights_admin"


UNSOUND = {
    "a successor of itself": ("merged", None, [TERM.slug]),
    "merged into nothing": ("merged", None, []),
    "below itself": ("active", TERM.slug, []),
    "below nobody": ("active", "nobody", []),
    "a successor without cause": ("active", None, ["covid"]),
    "no status": ("gone", None, []),
}


@pytest.mark.parametrize("case", UNSOUND)
def test_even_an_administrator_past_the_door_leaves_no_vocabulary_that_leads_nowhere(
    place: str, case: str
) -> None:
    status, parent, successors = UNSOUND[case]
    wrong = plain(replace(TERM, parent=parent)) | {"status": status, "successors": successors}
    with connected(place, "admin") as connection:
        row = connection.execute("SELECT coalesce(max(number), 0) FROM vocabulary_change").fetchone()
        assert row is not None
        call = "SELECT casebook_change_vocabulary(%s, '{}', %s, '[]', NULL, '', '')"
        with pytest.raises((errors.CheckViolation, errors.ForeignKeyViolation)):
            connection.execute(call.encode(), (row[0], json.dumps([[None, wrong]])))
        with pytest.raises(psycopg.errors.DatabaseError, match="somebody else changed"):
            connection.execute(call.encode(), (row[0] + 1, "[]"))

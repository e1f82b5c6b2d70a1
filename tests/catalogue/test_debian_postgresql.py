"""What only a full PostgreSQL server can show: TLS, passwords, and lz4, on the oldest version that is promised.

The server is Debian's own, started for these tests on this machine alone. `make test` installs it when it runs as
root; elsewhere these tests say that they are left out.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pwd = pytest.importorskip("pwd", reason="PostgreSQL's own user is a matter of Unix")

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
HAS_SERVER = bool(PROGRAMS) and os.getuid() == 0 and shutil.which("openssl") is not None

pytestmark = pytest.mark.skipif(not HAS_SERVER, reason="needs Debian's postgresql and the right to start it")

CONFIGURATION = """
ssl = on
port = {port}
listen_addresses = 'localhost'
unix_socket_directories = '{folder}'
fsync = off
"""
ONLY_TLS_WITH_PASSWORD = "hostssl all all 127.0.0.1/32 scram-sha-256\nhostssl all all ::1/128 scram-sha-256\n"


@dataclass(frozen=True)
class Server:
    """A server of this machine: where it keeps its data, its port, and the certificate to trust."""

    folder: Path
    port: int
    certificate: Path

    def address(
        self, database: str, password: str = "s3cret", login: str = "casebook", **options: str
    ) -> str:
        """With "" for the password, it is left to the keyring."""
        options = {"sslmode": "verify-full", "sslrootcert": str(self.certificate)} | options
        query = "&".join(f"{name}={value}" for name, value in options.items())
        who = f"{login}:{password}" if password else login
        return f"postgresql://{who}@localhost:{self.port}/{database}?{query}"

    def run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_postgres(folder: Path, *command: str) -> None:
    subprocess.run(
        command,
        user="postgres",
        group="postgres",
        extra_groups=[],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def make_cluster(folder: Path, port: int) -> None:
    (folder / "password").write_text("s3cret", "utf-8")
    (folder / "password").chmod(0o644)
    initdb = str(PROGRAMS[0] / "initdb")
    options = (
        "--auth=scram-sha-256",
        f"--pwfile={folder / 'password'}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    )
    as_postgres(folder, initdb, "--pgdata=data", "--username=casebook", "--no-sync", *options)
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    files = ("-keyout", "data/server.key", "-out", "data/server.crt")
    as_postgres(
        folder, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files
    )
    with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(CONFIGURATION.format(port=port, folder=folder))
    (folder / "data/pg_hba.conf").write_text(ONLY_TLS_WITH_PASSWORD, "utf-8")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Debian's server, reached by TLS and a password only."""
    folder = Path(tempfile.mkdtemp(prefix="casebook-postgresql-"))
    postgres = pwd.getpwnam("postgres")
    os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    folder.chmod(0o755)
    port = free_port()
    make_cluster(folder, port)
    certificate = folder / "trusted.crt"
    shutil.copy(folder / "data/server.crt", certificate)
    control = (str(PROGRAMS[0] / "pg_ctl"), "--pgdata=data", "--wait")
    as_postgres(folder, *control, "--log=log", "start")
    yield Server(folder, port, certificate)
    as_postgres(folder, *control, "--mode=immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> str:
    """The name of an empty database of this test's own."""
    import psycopg

    name = f"casebook_{abs(hash(request.node.name))}"
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return name


def test_the_journey_over_verified_tls(server: Server, database: str, casebook: Any) -> None:
    import resources

    address = server.address(database)
    assert casebook("--catalogue", address, "catalogue", "init").status == 0
    casebook("import", resources.path("samples"))
    ready = [row["id"] for row in casebook("list", "--json").rows if not row["blockers"]]
    casebook("approve", *ready)
    answer = casebook("--catalogue", address, "publish", "--all-approved", "--json")
    assert [row["result"] for row in answer.rows] == ["published"] * len(ready)
    status = casebook("--catalogue", address, "catalogue", "status", "--json").row
    assert status["studies"] == len(ready)
    assert "s3cret" not in str(status)


def test_a_certificate_nobody_vouches_for_is_refused(server: Server, database: str, casebook: Any) -> None:
    address = server.address(database, sslrootcert="system")
    answer = casebook("--catalogue", address, "catalogue", "init")
    assert answer.status == 3
    assert "s3cret" not in answer.out + answer.err


def test_a_wrong_password_is_said_without_it(server: Server, database: str, casebook: Any) -> None:
    answer = casebook("--catalogue", server.address(database, password="mistyped"), "catalogue", "status")
    assert answer.status == 3
    assert "mistyped" not in answer.out + answer.err


def test_long_texts_are_stored_with_lz4_where_the_server_has_it(
    server: Server, database: str, casebook: Any
) -> None:
    import psycopg

    casebook("--catalogue", server.address(database), "catalogue", "init")
    with psycopg.connect(server.address(database)) as connection:
        (works,) = connection.execute(
            "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
        ).fetchone() or (False,)
        columns = connection.execute(
            "SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
            "WHERE relname IN ('study_version', 'study_field') AND attcompression = 'l'"
        ).fetchall()
    assert works, "Debian's server is built with lz4"
    assert columns


@pytest.fixture
def team(server: Server, database: str) -> Iterator[str]:
    """The name of a database whose administrator is no superuser, with a login for everyone who works there."""
    logins = ("dba", "ada", "ben", "ros", "eve")
    server.run(*(f"CREATE ROLE {login} LOGIN PASSWORD 's3cret'" for login in logins))
    server.run("ALTER ROLE dba CREATEROLE", f"ALTER DATABASE {database} OWNER TO dba")
    yield database
    server.run(f"DROP DATABASE {database} WITH (FORCE)", f"DROP ROLE {', '.join(logins)}")


def test_an_administrator_without_superpowers_makes_the_catalogue_and_its_team(
    server: Server, team: str, casebook: Any
) -> None:
    """On the oldest server: roles, rights and second approval, by logins with passwords over TLS."""
    from tests.catalogue.given import publication, results, send
    from workbench.catalogue import open_catalogue, status
    from workbench.errors import Refused, SurroundingsFailed
    from workbench.themes.changes import Merge

    def rule(*words: str) -> Any:
        return casebook("--catalogue", server.address(team, login="dba"), "catalogue", *words)

    assert rule("init").status == 0
    for login, role in {"ada": "publisher", "ben": "publisher", "ros": "reader"}.items():
        assert rule("grant", login, role).status == 0
    assert rule("policy", "second-person").status == 0
    with (
        open_catalogue(server.address(team, login="ada")) as ada,
        open_catalogue(server.address(team, login="ben")) as ben,
        open_catalogue(server.address(team, login="ros")) as ros,
    ):
        assert results(ada, publication()) == ["proposed"]
        with pytest.raises(Refused, match="proposal-own"):
            ada.approve(publication().uuid)
        assert ben.approve(publication().uuid).result == "published"
        assert [study.publication.personal for study in ros.studies()] == [()]
        with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
            send(ros, publication("mine"))
        with open_catalogue(server.address(team, login="dba")) as dba:
            merged = dba.change_vocabulary(Merge("topic", "waste", "waste-and-recycling"), "", "dba")
            assert (merged.studies, dba.undo_change(merged.number, "", "dba").studies) == (1, 1)
    with pytest.raises(SurroundingsFailed, match="permission denied"):
        open_catalogue(server.address(team, login="eve"))
    standing = status(server.address(team, login="dba"))
    assert (standing.role, standing.audit, standing.studies) == ("admin", "whole", 1)
    assert rule("upgrade").status == 0


def test_after_a_migration_the_administrator_owns_nothing(server: Server, team: str, casebook: Any) -> None:
    import psycopg

    casebook("--catalogue", server.address(team, login="dba"), "catalogue", "init")
    with psycopg.connect(server.address(team, login="dba"), autocommit=True) as connection:
        for statement in ("UPDATE audit SET actor = 'ada'", "ALTER TABLE audit DISABLE TRIGGER ALL"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_a_login_that_may_not_make_roles_is_told_so(server: Server, team: str, casebook: Any) -> None:
    server.run(f"ALTER DATABASE {team} OWNER TO ada")
    answer = casebook("--catalogue", server.address(team, login="ada"), "catalogue", "init")
    assert answer.status == 3 and "CREATEROLE" in answer.err and "ada" in answer.err
    server.run(f"ALTER DATABASE {team} OWNER TO casebook")


def test_the_password_comes_from_the_keyring_when_the_server_asks(
    server: Server, database: str, casebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    asked: list[str] = []

    def kept(service: str, username: str) -> str:
        asked.append(username)
        return "s3cret"

    monkeypatch.setattr(keyring, "get_password", kept)
    address = server.address(database, password="")
    assert casebook("--catalogue", address, "catalogue", "init").status == 0
    assert set(asked) == {f"casebook@localhost:{server.port}/{database}"}
    monkeypatch.setattr(keyring, "get_password", lambda service, username: None)
    refused = casebook("--catalogue", address, "catalogue", "status")
    assert refused.status == 3 and "password" in refused.err


def test_a_try_of_the_connection_tells_what_is_in_the_way(server: Server, team: str, casebook: Any) -> None:
    """Certificate, password, login, rights and the lack of a catalogue, by the oldest server that is promised."""
    from workbench.desk.office.connecting import Trial, try_out

    def tried(login: str = "ada", password: str = "s3cret", **options: str) -> Trial:
        address = server.address(team, password="", login=login, **options)
        return try_out(address, password)

    def amiss(trial: Trial) -> list[str]:
        return [point.code for point in trial.points if point.state != "well"]

    assert amiss(tried("dba")) == ["form"]
    assert casebook("--catalogue", server.address(team, login="dba"), "catalogue", "init").status == 0
    assert casebook(
        "--catalogue", server.address(team, login="dba"), "catalogue", "grant", "ada", "publisher"
    )
    assert (tried().verdict, amiss(tried())) == ("ready", [])
    assert amiss(tried(sslmode="require")) == ["encryption"]
    assert amiss(tried(sslrootcert="system")) == ["encryption"]
    assert amiss(tried(sslmode="disable")) == ["login"]
    assert amiss(tried(password="mistyped")) == amiss(tried(password="")) == ["login"]
    stranger = tried("eve")
    assert stranger.verdict == "closed" and "grant eve publisher" in stranger.request
    for trial in (tried(), stranger, tried(password="mistyped")):
        assert "s3cret" not in str(trial) and "mistyped" not in str(trial)

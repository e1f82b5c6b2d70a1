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

    def address(self, database: str, password: str = "s3cret", **options: str) -> str:
        options = {"sslmode": "verify-full", "sslrootcert": str(self.certificate)} | options
        query = "&".join(f"{name}={value}" for name, value in options.items())
        return f"postgresql://casebook:{password}@localhost:{self.port}/{database}?{query}"


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

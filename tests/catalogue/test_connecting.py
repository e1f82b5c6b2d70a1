"""The way to a shared database, tried: what stands in the way is told, with what to ask for; no password is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keyring
import pytest

from tests.catalogue.test_secrets import Locked, Memory, ring
from workbench import config
from workbench.catalogue import secrets
from workbench.catalogue.probing import Probe
from workbench.desk import open_desk
from workbench.desk.office import connecting, house
from workbench.desk.office.connecting import Trial
from workbench.errors import WrongUsage

__all__ = ["ring"]

ADDRESS = "postgresql://ada@db.example.org/casebook"
WITH_PASSWORD = "postgresql://ada:s3cret@db.example.org/casebook"


def points(trial: Trial) -> dict[str, str]:
    """How each thing stands that was looked at."""
    return {point.code: point.state for point in trial.points}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Any:
    yield
    secrets._for_now.clear()


def test_all_is_well_where_a_catalogue_is_and_one_may_publish(url: str) -> None:
    trial = connecting.try_out(url)
    assert (trial.verdict, trial.request) == ("ready", "")
    assert set(points(trial).values()) == {"well"}


def test_a_database_without_a_catalogue_says_who_can_make_one(postgres: Any) -> None:
    trial = connecting.try_out(postgres.empty())
    assert trial.verdict == "closed"
    assert points(trial)["form"] == "amiss" and points(trial)["rights"] == "well"
    assert "catalogue init" in trial.request


def test_a_login_of_a_real_server_is_told_what_it_may_do(postgres: Any) -> None:
    address = postgres.made()
    postgres.run("CREATE ROLE visitor LOGIN")
    try:
        stranger = connecting.try_out(
            address.replace("postgres:@", "visitor@").replace("postgres@", "visitor@")
        )
    finally:
        postgres.run("DROP ROLE visitor")
    assert stranger.verdict == "closed"
    assert "casebook catalogue grant visitor publisher" in stranger.request
    assert "amiss" in points(stranger).values()


def test_an_unknown_database_and_a_silent_server_are_told_apart(postgres: Any) -> None:
    missing = connecting.try_out(postgres.of("nowhere"))
    assert points(missing) == {"reach": "well", "login": "amiss"}
    silent = connecting.try_out("postgresql://ada:hush@127.0.0.1:9/casebook")
    assert points(silent) == {"reach": "amiss"}
    assert "hush" not in str(silent)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    trial = connecting.try_out(f"sqlite:///{tmp_path / 'none.db'}")
    assert points(trial) == {"reach": "amiss"} and trial.request


@pytest.mark.parametrize("typed", ["http://db.example.org", "sqlite://", "db"])
def test_what_is_no_address_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(WrongUsage, match="catalogue-address"):
        connecting.try_out(typed)


REFUSED = (
    "unreachable",
    "certificate",
    "no-tls",
    "password",
    "password-wanted",
    "login",
    "database",
    "role",
    "closed",
)
FOUND = [
    *(Probe("db/x", "ada", refusal=refusal, reason="why") for refusal in REFUSED),
    Probe("db/x", "ada", encrypted=True, verified=True, server="15.4", version=15, unread=True),
    Probe("db/x", "ada", encrypted=True, server="15.4", version=15, form="0001"),
    Probe("db/x", "ada", encrypted=True, server="15.4", version=15, form="9999"),
    Probe("db/x", "ada", encrypted=False, server="14.2", version=14, form="", may_make=True),
    Probe("db/x", "ada", encrypted=True, server="16", version=16, form="0004", usable=True, role="reader"),
    Probe("db/x", "ada", encrypted=True, server="16", version=16, form="0004", usable=True, unread=True),
    Probe("/x.db", embedded=True, missing=True),
]


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.refusal or f"{found.form}-{found.role}")
def test_whatever_is_found_is_said_in_sentences_with_something_to_ask_for(found: Probe) -> None:
    trial = connecting.told(found)
    sentences = [point.sentence for point in trial.points]
    assert sentences and all(len(each.split()) > 3 and "{" not in each for each in sentences)
    assert trial.verdict in ("reads", "closed")
    assert "{" not in trial.request and found.address in trial.request
    assert {"amiss", "doubt"} & {point.state for point in trial.points}


def test_the_files_of_a_desk_hold_no_password(ring: Memory, tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        assert "keyring" in house.change(desk, "catalogue", WITH_PASSWORD).said
    assert config.read(tmp_path).catalogue == ADDRESS
    assert list(ring.kept.values()) == ["s3cret"]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


def test_a_password_in_an_older_file_moves_into_the_keyring_at_the_next_start(
    ring: Memory, tmp_path: Path
) -> None:
    options = "?sslmode=require&password=s3cret"
    for old, bare in ((WITH_PASSWORD, ADDRESS), (ADDRESS + options, ADDRESS + "?sslmode=require")):
        config.write(tmp_path, config.Settings(who="Ada", catalogue=old))
        with open_desk(tmp_path) as desk:
            assert desk.catalogue_url == bare
            assert desk.warnings == ()
        assert config.read(tmp_path) == config.Settings(who="Ada", catalogue=bare)
        assert ring.kept.popitem()[1] == "s3cret"


def test_without_a_keyring_an_older_file_is_left_and_told_of(ring: Memory, tmp_path: Path) -> None:
    keyring.set_keyring(Locked())
    config.write(tmp_path, config.Settings(catalogue=WITH_PASSWORD))
    with open_desk(tmp_path) as desk:
        assert desk.catalogue_url == WITH_PASSWORD, "the way to the catalogue is not lost"
        assert [warning.code for warning in desk.warnings] == ["password-in-file"]


class Plain(Memory):
    """A keyring that is a file anybody could read."""

    priority = 0.5  # type: ignore[assignment]


@pytest.mark.parametrize("kind", [Locked, Plain])
def test_without_a_keyring_a_password_is_kept_until_the_program_ends(
    ring: Memory, tmp_path: Path, kind: type[Memory]
) -> None:
    keyring.set_keyring(kind())
    with open_desk(tmp_path) as desk:
        assert "until" in house.change(desk, "catalogue", WITH_PASSWORD).said
        assert config.read(tmp_path).catalogue == ADDRESS
        assert connecting.kept_password(ADDRESS) == "now"
        assert house.change(desk, "catalogue_password", "").grains
    assert connecting.kept_password(ADDRESS) == ""


def test_a_password_needs_a_database_to_belong_to(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk, pytest.raises(WrongUsage, match="setting-needs-catalogue"):
        house.change(desk, "catalogue_password", "s3cret")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", ""),
        (" db.example.org/casebook ", "postgresql://db.example.org/casebook"),
        ("ada@db/x", "postgresql://ada@db/x"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_an_address_is_completed(typed: str, address: str) -> None:
    assert connecting.completed(typed) == address

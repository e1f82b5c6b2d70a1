"""Passwords live in the operating system's keyring, and it is asked only when a server wants one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest

from workbench.catalogue import address, secrets
from workbench.errors import SurroundingsFailed

ADDRESS = "postgresql://ada@db.example.org/casebook"


class Memory(keyring.backend.KeyringBackend):
    """A keyring for one test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Locked(Memory):
    """A keyring that nobody unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")

    set_password = get_password  # type: ignore[assignment]


@pytest.fixture
def ring() -> Iterator[Memory]:
    before = keyring.get_keyring()
    ring = Memory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_a_password_is_kept_for_one_login_at_one_place(ring: Memory) -> None:
    address.keep_password(ADDRESS, "s3cret")
    assert secrets.kept(address.parse(ADDRESS)) == "s3cret"
    for other in (
        "postgresql://ben@db.example.org/casebook",
        "postgresql://ada@db.example.org:5433/casebook",
    ):
        assert secrets.kept(address.parse(other)) is None
    address.keep_password(ADDRESS, "")
    address.keep_password(ADDRESS, "")
    assert ring.kept == {}


def test_a_locked_keyring_is_said_so_when_it_is_to_keep_and_passed_over_when_it_is_asked(
    ring: Memory,
) -> None:
    keyring.set_keyring(Locked())
    assert secrets.kept(address.parse(ADDRESS)) is None
    with pytest.raises(SurroundingsFailed, match="no-keyring"):
        address.keep_password(ADDRESS, "s3cret")


def test_a_machine_without_the_library_has_no_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert secrets.kept(address.parse(ADDRESS)) is None


def test_the_keyring_is_not_even_loaded_where_no_password_is_wanted(tmp_path: Path, postgres: Any) -> None:
    program = """
import sys
from workbench import catalogue
print(catalogue.status(sys.argv[1]).reachable, "keyring" in sys.modules)
"""
    command = [sys.executable, "-c", program, postgres.made()]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "False"]


def test_the_command_asks_for_the_password_and_does_not_show_it(ring: Memory, casebook: Any) -> None:
    answer = casebook("--catalogue", ADDRESS, "catalogue", "password", stdin="s3cret\n")
    assert answer.status == 0 and "s3cret" not in answer.out + answer.err
    assert list(ring.kept.values()) == ["s3cret"]
    assert casebook("--catalogue", ADDRESS, "catalogue", "password", "--forget").status == 0
    assert ring.kept == {}

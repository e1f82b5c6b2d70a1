"""Passwords of catalogues, kept by the operating system's keyring: never in a file of ours, in a log, or on a screen.

The keyring is asked only when a server wants a password that the address does not hold. A machine without one keeps
them in the program's memory until it ends; PostgreSQL's own means, such as its password file, work there too.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import URL

from workbench.errors import SurroundingsFailed

_SERVICE = "casebook"

_SAFE = 1
"""From this priority on a keyring of the library is one of the operating system, not a plain file."""

_for_now: dict[str, str] = {}
"""The passwords that are kept until the program ends."""


def _place(url: URL) -> str:
    """By what the keyring knows the password of a login, such as `ada@db.example.org:5432/casebook`."""
    return f"{url.username or ''}@{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def kept(url: URL) -> str | None:
    """The password of the login that the address names; None where none is kept, or there is no keyring."""
    if (password := _for_now.get(_place(url))) is not None:
        return password
    try:
        import keyring

        return keyring.get_password(_SERVICE, _place(url))
    except Exception:
        # Each keyring fails in a way of its own; without its help the server's refusal is told.
        return None


def at_hand() -> bool:
    """Whether there is a keyring of the operating system."""
    try:
        import keyring

        return keyring.get_keyring().priority >= _SAFE
    except Exception:
        return False


def keep(url: URL, password: str) -> None:
    """Keeps a password. Raises `SurroundingsFailed("no-keyring")`, also where the only one is a plain file."""
    try:
        import keyring

        if not at_hand():
            raise LookupError
        keyring.set_password(_SERVICE, _place(url), password)
    except Exception as error:
        raise SurroundingsFailed("no-keyring", reason=type(error).__name__) from error
    _for_now.pop(_place(url), None)


def keep_for_now(url: URL, password: str) -> None:
    """Keeps a password until the program ends, and nowhere else; "" forgets it."""
    if password:
        _for_now[_place(url)] = password
    else:
        _for_now.pop(_place(url), None)


def place_of(url: URL) -> Literal["keyring", "now", ""]:
    """Where the login's password is kept: in the keyring, until the program ends, or nowhere."""
    if _place(url) in _for_now:
        return "now"
    return "keyring" if kept(url) is not None else ""


def forget(url: URL) -> None:
    """Keeps no password any more. Raises `SurroundingsFailed("no-keyring")`."""
    _for_now.pop(_place(url), None)
    if kept(url) is None:
        return
    try:
        import keyring

        keyring.delete_password(_SERVICE, _place(url))
    except Exception as error:
        raise SurroundingsFailed("no-keyring", reason=type(error).__name__) from error

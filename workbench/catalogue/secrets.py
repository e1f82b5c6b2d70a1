"""Passwords of catalogues, kept by the operating system's keyring: never in a file of ours, in a log, or on a screen.

The keyring is asked only when a server wants a password that the address does not hold. A machine without one has no
passwords kept; PostgreSQL's own means, such as its password file, work there.
"""

from __future__ import annotations

from sqlalchemy import URL

from workbench.errors import SurroundingsFailed

_SERVICE = "casebook"


def _place(url: URL) -> str:
    """By what the keyring knows the password of a login, such as `ada@db.example.org:5432/casebook`."""
    return f"{url.username or ''}@{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def kept(url: URL) -> str | None:
    """The password of the login that the address names; None where none is kept, or there is no keyring."""
    try:
        import keyring

        return keyring.get_password(_SERVICE, _place(url))
    except Exception:
        # Each keyring fails in a way of its own; without its help the server's refusal is told.
        return None


def keep(url: URL, password: str) -> None:
    """Keeps a password. Raises `SurroundingsFailed("no-keyring")`."""
    try:
        import keyring

        keyring.set_password(_SERVICE, _place(url), password)
    except Exception as error:
        raise SurroundingsFailed("no-keyring", reason=type(error).__name__) from error


def forget(url: URL) -> None:
    """Keeps no password any more. Raises `SurroundingsFailed("no-keyring")`."""
    if kept(url) is None:
        return
    try:
        import keyring

        keyring.delete_password(_SERVICE, _place(url))
    except Exception as error:
        raise SurroundingsFailed("no-keyring", reason=type(error).__name__) from error

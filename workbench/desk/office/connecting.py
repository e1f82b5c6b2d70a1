"""The way to the shared database: tried with a plain answer, and its password kept where no file or log holds it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workbench import config, words
from workbench.errors import SurroundingsFailed, WorldError

if TYPE_CHECKING:
    from workbench.catalogue.probing import Probe

State = Literal["well", "doubt", "amiss"]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: reach, login, encryption, server, form, rights. `sentence` says how it stands."""

    code: str
    state: State
    sentence: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test of a connection found, in the order in which it came about. `address` holds no password.

    `verdict` is `ready` where one can publish, `reads` where one can only read, `closed` else; `sentence` says it.
    `request` is what to ask the administrator for, ready to be sent; "" where nothing is missing.
    """

    address: str
    points: tuple[Point, ...]
    verdict: Literal["ready", "reads", "closed"]
    sentence: str
    request: str = ""


def completed(typed: str) -> str:
    """The address that was meant: `db.example.org/casebook` is one of PostgreSQL. "" stays, and is this computer."""
    typed = typed.strip()
    return typed if not typed or "://" in typed else f"postgresql://{typed}"


def parted(address: str) -> tuple[str, str]:
    """An address without its password, and the password; "" where it holds none.

    Raises WrongUsage("catalogue-address").
    """
    if not _may_hold_one(address):
        return address, ""
    from workbench.catalogue import probing

    return probing.parted(address)


def require_sound(address: str) -> None:
    """Raises WrongUsage("catalogue-address") for what names no catalogue."""
    from workbench.catalogue import probing

    probing.parted(address)


def has_keyring() -> bool:
    """Whether this computer has a keyring that passwords can be kept in."""
    from workbench.catalogue import secrets

    return secrets.at_hand()


def shown(address: str) -> str:
    """An address for people, never with a password or options: `db.example.org/casebook`."""
    _, _, rest = address.partition("://")
    place = rest.partition("?")[0]
    return place.rpartition("@")[2] if place.rpartition("@")[2].strip("/") else address.partition("?")[0]


def try_out(address: str, password: str = "") -> Trial:
    """Tries an address, and changes nothing there. With a password that one is tried, else the one that is kept.

    Raises WrongUsage: `catalogue-address`, `catalogue-option`.
    """
    from workbench.catalogue import probing

    bare, held = parted(address)
    found = probing.probe(bare, password or held)
    return told(found, password_given=bool(password or held))


def shut_out(address: str) -> str:
    """Why a shared database answers and does not let this editor in, in words; "" where that is not so."""
    if not address:
        return ""
    try:
        points = try_out(address).points
    except WorldError:
        return ""
    return next((each.sentence for each in points if each.code == "login" and each.state == "amiss"), "")


def keep_password(address: str, password: str) -> Literal["keyring", "now"]:
    """Keeps the password of the address's login in the operating system's keyring; "now" where there is none.

    Then it is kept in this program's memory, until the program ends. Raises WrongUsage("catalogue-address").
    """
    from workbench import catalogue
    from workbench.catalogue import probing

    try:
        catalogue.keep_password(address, password)
    except SurroundingsFailed:
        probing.keep_for_now(address, password)
        return "now"
    return "keyring"


def kept_password(address: str) -> Literal["keyring", "now", ""]:
    """Where a password of the address's login is kept; "" where none is, or for an address that is none."""
    from workbench.catalogue import probing

    try:
        return probing.kept(address)
    except WorldError:
        return ""


def move_password(workspace: Path, settings: config.Settings) -> config.Settings:
    """The settings with an address that holds no password: one that does is moved into the keyring.

    Where there is no keyring the file is left as it is, since the password would be lost; `exposed` then says so.
    """
    if not exposed(settings):
        return settings
    from dataclasses import replace

    from workbench import catalogue

    try:
        address, password = parted(settings.catalogue)
        catalogue.keep_password(address, password)
        moved = replace(settings, catalogue=address)
        config.write(workspace, moved)
    except WorldError:
        return settings
    return moved


def exposed(settings: config.Settings) -> bool:
    """Whether the file of the settings holds a password."""
    try:
        return bool(parted(settings.catalogue)[1])
    except WorldError:
        return False


def _may_hold_one(address: str) -> bool:
    """By a look alone, so that no database's code is read for an address without one."""
    _, _, rest = address.partition("://")
    server, _, options = rest.partition("?")
    return ":" in server.rpartition("@")[0] or "password=" in options


# What a test says


def told(found: Probe, *, password_given: bool = False) -> Trial:
    """What was found, in words."""
    points = tuple(_points(found, password_given))
    verdict = _verdict(found)
    request = _request(found) if verdict != "ready" else ""
    return Trial(found.address, points, verdict, _worded(f"verdict-{verdict}"), request)


def _verdict(found: Probe) -> Literal["ready", "reads", "closed"]:
    if not found.usable or not found.role:
        return "closed"
    return "reads" if found.role == "reader" else "ready"


def _points(found: Probe, password_given: bool) -> list[Point]:
    if found.missing:
        return [Point("reach", "amiss", _worded("reach-no-file", place=found.address))]
    if found.refusal:
        return _refused(found, password_given)
    return [*_entered(found), _form(found), *_rights(found)]


def _refused(found: Probe, password_given: bool) -> list[Point]:
    """What one came to before the door, and the door itself."""
    values: dict[str, Any] = {"place": found.address, "reason": found.reason, "login": found.login or "?"}
    if found.refusal == "unreachable":
        return [Point("reach", "amiss", _worded("reach-unreachable", **values))]
    reached = Point("reach", "well", _worded("reach-well", **values))
    if found.refusal in ("certificate", "no-tls"):
        return [reached, Point("encryption", "amiss", _worded(f"encryption-{found.refusal}", **values))]
    refusal = "password-old" if found.refusal == "password" and not password_given else found.refusal
    return [reached, Point("login", "amiss", _worded(f"login-{refusal}", **values))]


def _entered(found: Probe) -> list[Point]:
    if found.embedded:
        return [Point("reach", "well", _worded("reach-file", place=found.address))]
    old = 0 < found.version < _oldest()
    return [
        Point("reach", "well", _worded("reach-well", place=found.address)),
        _encryption(found),
        Point("login", "well", _worded("login-well", login=found.login)),
        Point(
            "server",
            "amiss" if old else "well",
            _worded("server-old" if old else "server-well", version=found.server, oldest=_oldest()),
        ),
    ]


def _encryption(found: Probe) -> Point:
    if found.encrypted is None:
        return Point("encryption", "well", _worded("encryption-here"))
    if not found.encrypted:
        return Point("encryption", "amiss", _worded("encryption-none"))
    if not found.verified:
        return Point("encryption", "doubt", _worded("encryption-unverified"))
    return Point("encryption", "well", _worded("encryption-well"))


def _form(found: Probe) -> Point:
    values = {"form": found.form, "known": found.program_form}
    if found.usable:
        return Point("form", "well", _worded("form-well", **values))
    if found.unread:
        return Point("form", "doubt", _worded("form-unread"))
    if not found.form:
        return Point("form", "amiss", _worded("form-none"))
    newer = found.form > found.program_form
    return Point("form", "amiss", _worded("form-newer" if newer else "form-older", **values))


def _rights(found: Probe) -> list[Point]:
    if found.role:
        state: State = "doubt" if found.role == "reader" else "well"
        return [Point("rights", state, _worded(f"rights-{found.role}"))]
    if found.unread:
        return [Point("rights", "amiss", _worded("rights-none", login=found.login))]
    if not found.form and found.may_make:
        return [Point("rights", "well", _worded("rights-make"))]
    return []


def _request(found: Probe) -> str:
    """A note to whoever keeps the database: what was tried, what came of it, and what would help."""
    help_ = _worded(f"ask-{_lack(found)}", login=found.login or "LOGIN", reason=found.reason)
    return _worded("ask", place=found.address, login=found.login or "?", help=help_)


def _lack(found: Probe) -> str:
    if found.missing:
        return "file"
    if found.refusal:
        same = {"password-wanted": "password", "no-tls": "certificate", "role": "rights"}
        return same.get(found.refusal, found.refusal)
    if 0 < found.version < _oldest():
        return "server"
    if found.role == "reader" or found.unread:
        return "rights"
    if not found.form:
        return "make"
    return "newer" if found.form > found.program_form else "older"


def _oldest() -> int:
    from workbench.catalogue.probing import OLDEST_SERVER

    return OLDEST_SERVER


def _worded(code: str, **params: Any) -> str:
    return words.say("connect", code, **params)

"""The rules of the house: its settings, and the checks as this office has them.

Both stand in files of the workspace that an administrator may also write by hand. What is changed here holds at once
for this desk; other open desks read it when they are opened next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import config, whole, words
from workbench.config import Settings
from workbench.desk.desk import Desk
from workbench.desk.rows import NOTHING, Changed, Grain
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.submission import SEVERITIES, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS = "checks.toml"
_TOUCHED: frozenset[Grain] = frozenset({"settings"})


def settings(desk: Desk) -> Settings:
    """The settings as the workspace holds them now. Raises WrongUsage("settings-damaged")."""
    return config.read(desk.workspace)


def change(desk: Desk, name: str, value: str | int | bool) -> Changed:
    """Gives a setting another value; the password of a shared database goes into the keyring, no file holds it.

    Raises WrongUsage: "setting-wrong" for a value it cannot have, "unknown-setting", "catalogue-address".
    """
    kept = config.read(desk.workspace)
    if name not in {each.name for each in config.DECLARED}:
        raise WrongUsage("unknown-setting", name=name)
    if name == "catalogue":
        return _connect(desk, kept, str(value))
    if name == "catalogue_password":
        return _keep_password(kept.catalogue, str(value))
    return _give(desk, kept, name, value)


def _connect(desk: Desk, kept: Settings, typed: str) -> Changed:
    """Another shared database, by an address that is one; a password in it is kept apart."""
    from workbench.desk.office import connecting

    address, password = connecting.parted(connecting.completed(typed))
    if address:
        connecting.require_sound(address)
    told = _keep_password(address, password).said if password else ""
    changed = _give(desk, kept, "catalogue", address)
    return replace(changed, grains=_TOUCHED, said=told) if password else changed


def _keep_password(address: str, password: str) -> Changed:
    from workbench.desk.office import connecting

    if not address:
        raise WrongUsage("setting-needs-catalogue")
    where = connecting.keep_password(address, password)
    told = f"password-{where}" if password else "password-forgotten"
    return Changed(_TOUCHED, said=words.say("connect", told))


def _give(desk: Desk, kept: Settings, name: str, value: str | int | bool) -> Changed:
    try:
        config.parse({name: value})
    except TypeError as error:
        raise WrongUsage("setting-wrong", reason=str(error)) from error
    if getattr(kept, name) == value:
        return NOTHING
    changed = replace(kept, **{name: value})
    config.write(desk.workspace, changed)
    desk.go_by(replace(changed, catalogue=desk.settings.catalogue))
    return Changed(_TOUCHED)


def restore(desk: Desk, name: str) -> Changed:
    """Gives a setting the value it came with; a password is forgotten. Raises WrongUsage("unknown-setting")."""
    return change(desk, name, getattr(Settings(), name, ""))


@dataclass(frozen=True, slots=True)
class Set:
    """A setting as it stands: what it is called and does, its value in words and as it is, and what it came with.

    Of a secret the value is "" and `shown` says where it is kept.
    """

    name: str
    group: str
    kind: str
    called: str
    about: str
    value: str | int | bool
    default: str | int | bool
    shown: str
    choices: tuple[str, ...] = ()
    at_once: bool = True


def every(workspace: Path, typed: str = "") -> tuple[Set, ...]:
    """The settings of a workspace in the order they are offered; those only that every typed word is found in.

    Raises WrongUsage("settings-damaged").
    """
    kept = config.read(workspace)
    wanted = typed.casefold().split()
    found = (each for each in config.DECLARED if all(word in searched(each) for word in wanted))
    return tuple(_set(each, kept) for each in found)


def searched(declared: config.Declared) -> str:
    """All that a setting is found by: its name, what it is called and does, what it may be, other words for it."""
    codes = ("", "-about", "-also")
    told = (f"setting-{declared.name}{code}" for code in codes)
    said = (words.say("ui", code) for code in told if words.has("ui", code))
    group = words.say("ui", f"group-{declared.group}")
    return " ".join((declared.name, *said, *declared.choices, group)).casefold()


def _set(declared: config.Declared, kept: Settings) -> Set:
    value = getattr(kept, declared.name, "")
    secret = declared.form == "secret"
    return Set(
        declared.name,
        declared.group,
        declared.kind,
        words.say("ui", f"setting-{declared.name}"),
        words.say("ui", f"setting-{declared.name}-about"),
        value,
        declared.default,
        _kept_where(kept.catalogue) if secret else str(value),
        declared.choices,
        declared.at_once,
    )


def _kept_where(address: str) -> str:
    from workbench.desk.office import connecting

    where = connecting.kept_password(address) if "://" in address else ""
    return words.say("connect", f"kept-{where or 'nowhere'}")


def set_severity(desk: Desk, check: str, severity: Severity) -> Changed:
    """Says how grave the findings of a check are. Raises WrongUsage("unknown-check", "unknown-severity")."""
    from workbench import checks

    _require(desk, check)
    if severity not in SEVERITIES:
        raise WrongUsage("unknown-severity", severity=severity, known=", ".join(SEVERITIES))
    usual = checks.shipped().by_id[check].severity
    return _rewrite(desk, check, {"severity": None if severity == usual else severity}, "check-severity")


def retire(desk: Desk, check: str) -> Changed:
    """Asks a check no more. Raises WrongUsage("unknown-check")."""
    return _rewrite(desk, check, {"retired": True}, "check-retired")


def bring_back(desk: Desk, check: str) -> Changed:
    """Asks a retired check again. Raises WrongUsage("unknown-check")."""
    return _rewrite(desk, check, {"retired": None}, "check-back")


def as_shipped(desk: Desk, check: str) -> Changed:
    """Takes back every change this office has made to a check. Raises WrongUsage("unknown-check")."""
    from workbench.checks import rewriting

    _require(desk, check)
    shipped = dict.fromkeys(rewriting.entry(_text(desk.workspace / CHECKS), check))
    return _rewrite(desk, check, shipped, "check-shipped")


def _require(desk: Desk, check: str) -> None:
    if check not in desk.rules.by_id and check not in desk.rules.retired:
        raise WrongUsage("unknown-check", check=check)


def _rewrite(desk: Desk, check: str, changes: Mapping[str, str | bool | None], code: str) -> Changed:
    """Writes the changes into the office's file, whole or not at all, and goes by them from now on."""
    from workbench.checks import rewriting

    _require(desk, check)
    path = desk.workspace / CHECKS
    text = _text(path)
    try:
        made = rewriting.rewritten(text, check, changes)
    except ValueError as error:
        raise WrongUsage("checks-damaged", path=str(path), reason=str(error)) from error
    if made == text:
        return NOTHING
    _write(path, made)
    desk.go_by(desk.settings)
    return Changed(_TOUCHED, said=words.say("journal", code, check=check))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


def _write(path: Path, text: str) -> None:
    try:
        whole.write(path, text)
    except OSError as error:
        raise SurroundingsFailed("settings-unwritable", path=str(path), reason=str(error)) from error

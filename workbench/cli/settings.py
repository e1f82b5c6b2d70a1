"""`settings`: what the desk is set to, changed and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk, workspace
from workbench.cli.output import heads, json_option, print_json, print_table, say
from workbench.errors import WrongUsage

if TYPE_CHECKING:
    from workbench.desk.office.house import Set


@click.group("settings")
def settings_command() -> None:
    """What your desk is set to."""


@settings_command.command("list")
@click.argument("words", nargs=-1)
@click.option("--changed", is_flag=True, help="Only those that are not as they came.")
@json_option
def _list(words: tuple[str, ...], changed: bool, as_json: bool) -> None:
    """The settings with what they stand at and came with; with WORDS those only that are called so or do so."""
    from workbench.desk.office import house

    found = [
        each
        for each in house.every(workspace(), " ".join(words))
        if not changed or each.value != each.default
    ]
    if as_json:
        for each in found:
            print_json(each)
        return
    print_table(heads("settings-head"), [(e.name, _shown(e), _plain(e.default), e.called) for e in found])


@settings_command.command("get")
@click.argument("name")
@json_option
def _get(name: str, as_json: bool) -> None:
    """What a setting stands at."""
    found = _named(name)
    if as_json:
        print_json(found)
    else:
        click.echo(_shown(found))


@settings_command.command("set")
@click.argument("name")
@click.argument("value", required=False)
@json_option
def _set(name: str, value: str | None, as_json: bool) -> None:
    """Give a setting another VALUE; a password is asked for, and not shown."""
    from workbench.desk.office import house

    found = _named(name)
    if found.kind == "secret":
        value = click.prompt(say("password-prompt"), hide_input=True, err=True)
    if value is None:
        raise click.UsageError(say("settings-no-value", name=name))
    meant = _meant(found, value)
    with the_desk() as desk:
        told = house.change(desk, name, meant).said
    _tell(name, told, as_json)


@settings_command.command("reset")
@click.argument("names", nargs=-1, required=True)
@json_option
def _reset(names: tuple[str, ...], as_json: bool) -> None:
    """Put settings back to what they came with; a password is forgotten."""
    from workbench.desk.office import house

    for name in names:
        _named(name)
    for name in names:
        with the_desk() as desk:
            told = house.restore(desk, name).said
        _tell(name, told, as_json)


def _tell(name: str, told: str, as_json: bool) -> None:
    found = _named(name)
    if as_json:
        print_json(found)
    else:
        click.echo(f"{name} = {_shown(found)}")
    if told and found.kind in ("address", "secret"):
        told = _kept(told)
    if told:
        click.echo(told, err=True)


def _kept(told: str) -> str:
    """What became of a password; a command that ends keeps none in its memory."""
    from workbench.desk.office import connecting

    address = str(_named("catalogue").value)
    return say("settings-no-keyring") if connecting.kept_password(address) == "now" else told


def _named(name: str) -> Set:
    """Raises WrongUsage("unknown-setting")."""
    from workbench.desk.office import house

    found = next((each for each in house.every(workspace()) if each.name == name), None)
    if found is None:
        raise WrongUsage("unknown-setting", name=name)
    return found


_YES, _NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


def _meant(found: Set, typed: str) -> str | int | bool:
    """What was typed as the kind of value that the setting has. Raises WrongUsage("setting-wrong")."""
    if found.kind == "yes-no":
        if typed.casefold() not in (*_YES, *_NO):
            raise WrongUsage("setting-wrong", reason=say("settings-yes-or-no", name=found.name))
        return typed.casefold() in _YES
    if found.kind == "number":
        try:
            return int(typed)
        except ValueError:
            raise WrongUsage("setting-wrong", reason=say("settings-number", name=found.name)) from None
    return typed


def _shown(found: Set) -> str:
    return found.shown if found.kind == "secret" else _plain(found.value)


def _plain(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)

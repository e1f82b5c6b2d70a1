"""The language a command speaks: found before its first sentence, and laid over the help that click shows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click

from workbench import words
from workbench.errors import WorldError

OPTION, VARIABLE = "--language", "CASEBOOK_LANGUAGE"


def language(argv: Sequence[str]) -> str:
    """The language of the option, the environment, the desk's settings or the system, the first that says one."""
    asked = _given(argv, OPTION) or os.environ.get(VARIABLE)
    if asked and asked != "system":
        return words.chosen([asked])
    set_to = "system" if asked else _of_the_desk(_given(argv, "--workspace"))
    return words.chosen(words.of_environment()) if set_to == "system" else set_to


def _given(argv: Sequence[str], option: str) -> str | None:
    """What an option of the whole command was given, before click has looked at it; not one of the commands below."""
    rest = iter(argv)
    for argument in rest:
        name, sign, value = argument.partition("=")
        if not name.startswith("--"):
            return None
        given = value if sign or name == "--help" else next(rest, None)
        if name == option:
            return given
    return None


def _of_the_desk(named: str | None) -> str:
    """What the settings say; those that cannot be read are told of when they are needed."""
    from workbench import config
    from workbench.desk.office import workspaces

    try:
        return config.read(workspaces.to_open(named or os.environ.get("CASEBOOK_WORKSPACE"))).language
    except WorldError:
        return "system"


def translate(command: click.Command, name: str) -> None:
    """Lays the words of the language that is spoken over the help of a command and of what stands below it.

    The English stands in the code, where click wants it; other languages have it in `help.toml`, by the command's
    name and, after a blank, the option's: `list`, `list --late`, `themes add`.
    """
    said = words.group(words.spoken(), "help")
    if not said:
        return
    for code, holder in sources(command, name):
        if code in said:
            holder.help = said[code]


def sources(command: click.Command, name: str) -> Iterator[tuple[str, click.Command | click.Option]]:
    """Every piece of help of a command, by its code, and what holds it."""
    if command.help:
        yield name, command
    for each in command.params:
        if isinstance(each, click.Option) and each.help:
            yield f"{name} {max(each.opts, key=len)}", each
    if isinstance(command, click.Group):
        for below, one in command.commands.items():
            yield from sources(one, f"{name} {below}")

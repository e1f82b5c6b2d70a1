"""The command `casebook`: a thin layer over the desk, one module for each group of commands.

A command's module is imported only when that command runs, so that `casebook --version` costs little. Exit
status: 0 all done, 1 some items refused and the rest done, 2 wrong usage, 3 the surroundings failed.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import NoReturn

import click

import workbench
from workbench import words
from workbench.cli import speaking
from workbench.errors import Refused, SurroundingsFailed, WorldError, WrongUsage

_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

SOME_REFUSED, WRONG_USAGE, SURROUNDINGS_FAILED, INTERRUPTED = 1, 2, 3, 130

COMMANDS = {
    "extract": "files",
    "check": "files",
    "checks": "files",
    "suggest": "files",
    "import": "arrivals",
    "arrival": "arrivals",
    "list": "queue",
    "filters": "queue",
    "show": "queue",
    "history": "history",
    "undo": "history",
    "revert": "history",
    "edit": "review",
    "place": "placing",
    "move": "placing",
    "unplace": "placing",
    "split": "review",
    "replace": "replacing",
    "tag": "review",
    "themes": "themes",
    "due": "deciding",
    "dates": "dating",
    "start": "deciding",
    "approve": "deciding",
    "return": "returning",
    "reject": "deciding",
    "reopen": "deciding",
    "merge": "merging",
    "publish": "publishing",
    "outbox": "publishing",
    "batches": "batches",
    "undo-batch": "batches",
    "withdraw": "publishing",
    "due-review": "reviewing",
    "reviewed": "reviewing",
    "search": "reading",
    "versions": "reading",
    "open": "reading",
    "pull": "reading",
    "export": "exporting",
    "template": "templates",
    "catalogue": "administration",
    "desk": "keeping",
    "keeping": "retention",
    "person": "persons",
    "settings": "settings",
    "doctor": "doctor",
    "demo": "demo",
}
"""Each command and the module of this package it stands in, in the order of the help."""


class _Commands(click.Group):
    """Loads a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        speaking.translate(self, "casebook")
        super().format_help(ctx, formatter)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"workbench.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        speaking.translate(command, cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(workbench.__version__, prog_name="casebook", message="%(prog)s %(version)s")
@click.option("--workspace", metavar="DIR", envvar="CASEBOOK_WORKSPACE", help="The folder of your desk.")
@click.option("--catalogue", metavar="URL", envvar="CASEBOOK_CATALOGUE", help="The shared database.")
@click.option(
    speaking.OPTION, metavar="CODE", envvar=speaking.VARIABLE, help="The language to speak, such as en or cy."
)
@click.pass_context
def casebook(ctx: click.Context, workspace: str | None, catalogue: str | None, language: str | None) -> None:
    """Casebook: from a council's Word template to a published case study."""
    known = ("system", *words.languages())
    if language and language not in known:
        raise WrongUsage("unknown-language", wanted=language, known=", ".join(known))
    ctx.obj = {"workspace": workspace, "catalogue": catalogue}


def main(argv: Sequence[str]) -> int:
    """Runs one command and returns its exit status. Problems are told on stderr, one sentence each."""
    _speak_utf8()
    words.speak(partial(speaking.language, tuple(argv)))
    try:
        return _run(argv)
    except BrokenPipeError:
        # The reader of our output has gone; nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED


def _run(argv: Sequence[str]) -> int:
    try:
        return int(casebook.main(list(argv), prog_name="casebook", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except WorldError as error:
        _note(error)
        click.echo(words.explain(error), err=True)
        return exit_status(error)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            _report(error)
        return _no_room(error)
    except Exception as error:
        _report(error)


def _no_room(error: OSError) -> int:
    """What is printed may go to a disk as well, and that may be full."""
    place = error.filename or words.say("cli", "output")
    failure = SurroundingsFailed("cannot-write", file=place, reason=error.strerror)
    click.echo(words.explain(failure), err=True)
    return exit_status(failure)


def exit_status(error: WorldError) -> int:
    """The exit status that a problem of the world leads to."""
    if isinstance(error, SurroundingsFailed):
        return SURROUNDINGS_FAILED
    return SOME_REFUSED if isinstance(error, Refused) else WRONG_USAGE


def _note(error: Exception) -> None:
    """Keeps it in the log, which is read when there is something to keep."""
    from workbench import log

    log.note(error)


def _report(error: Exception) -> NoReturn:
    """Our own mistake: said as such, with the details that a report needs."""
    _note(error)
    click.echo(words.say("cli", "bug", version=workbench.__version__, error=type(error).__name__), err=True)
    raise error


def _speak_utf8() -> None:
    """Output is UTF-8 whatever the locale; a file name that is no text is written with escapes."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")

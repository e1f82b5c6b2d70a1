"""The workspaces of this computer: which one is opened, which there were, what a folder is good for, and practice.

What is remembered stands outside every workspace, in `desks.toml` of the editor's own configuration. Window and
command ask `to_open`, so that they agree. `CASEBOOK_HOME` names one folder for all of it: what is remembered, the
suggested workspace and the one for practice, as on a stick, or in tests.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

from workbench import config, whole, words
from workbench.desk.desk import FILE, login
from workbench.desk.office import ground
from workbench.errors import Refused, SurroundingsFailed, WorldError

REMEMBERED = "desks.toml"
PRACTICE = "practice"
"""The file that marks a workspace as one for practice: nothing without it is ever deleted."""

MOST = 12
"""How many workspaces are remembered; the one opened longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Known:
    """What this computer remembers: the workspace to open next, and all that were chosen, the last one first."""

    chosen: Path | None = None
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What a folder would be as a workspace.

    `new` is made when it is begun; `here` holds a desk; `beside` holds other things; the rest cannot be one:
    `network`, `unwritable`, `no-folder`. `sentence` says so and, where it cannot, what to do; `warning` is for a
    synced folder.
    """

    folder: Path
    state: Literal["new", "here", "beside", "network", "unwritable", "no-folder"]
    sentence: str
    warning: str = ""

    @property
    def good(self) -> bool:
        """Whether work can be kept there."""
        return self.state in ("new", "here", "beside")


@dataclass(frozen=True, slots=True)
class Plan:
    """How somebody begins: where the work is kept, in whose name, and where it is published; "" is this computer."""

    folder: Path
    who: str = ""
    initials: str = ""
    catalogue: str = ""


# What is remembered


def known() -> Known:
    """What this computer remembers; nothing where the file is missing or damaged, which the next choice mends."""
    try:
        data = tomllib.loads(_file().read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Known()
    chosen, folders = data.get("chosen"), data.get("folders")
    listed = cast("list[Any]", folders) if isinstance(folders, list) else []
    found = tuple(Path(each) for each in listed if isinstance(each, str) and each)
    return Known(Path(chosen) if isinstance(chosen, str) and chosen else None, found)


def choose(folder: Path) -> None:
    """Opens this workspace from now on, wherever nothing else is asked for.

    Raises SurroundingsFailed("choice-unkept").
    """
    folder = folder.expanduser().absolute()
    others = (each for each in known().folders if each != folder)
    _keep(Known(folder, (folder, *others)[:MOST]))


def forget(folder: Path) -> None:
    """Lists a workspace no more; the folder itself is left as it is. Raises SurroundingsFailed("choice-unkept")."""
    folder = folder.expanduser().absolute()
    before = known()
    left = tuple(each for each in before.folders if each != folder)
    _keep(Known(None if before.chosen == folder else before.chosen, left))


def to_open(named: str | os.PathLike[str] | None = None) -> Path:
    """The workspace to work in: the one that is named, else the one that was chosen last, else the usual one.

    Raises SurroundingsFailed("workspace-gone") where the chosen one is not there, as on a disk that was unplugged:
    an empty one is never begun in its place.
    """
    if named:
        return Path(named)
    chosen = known().chosen
    if chosen is None:
        return config.default_workspace()
    if is_gone(chosen):
        raise SurroundingsFailed("workspace-gone", path=str(chosen))
    return chosen


def is_gone(folder: Path) -> bool:
    """Whether a workspace that was worked in is not there now."""
    return not (folder / FILE).is_file()


def is_first_start() -> bool:
    """Whether nobody has chosen a workspace here, and none stands where it usually does."""
    return known().chosen is None and is_gone(config.default_workspace())


def _file() -> Path:
    if home := os.environ.get("CASEBOOK_HOME"):
        return Path(home) / REMEMBERED
    from platformdirs import user_config_path

    return user_config_path("casebook-desks", appauthor=False, roaming=False) / REMEMBERED


def _keep(remembered: Known) -> None:
    """Whole or not at all."""
    lines = [f"folders = {json.dumps([str(each) for each in remembered.folders], ensure_ascii=False)}\n"]
    if remembered.chosen is not None:
        lines.insert(0, f"chosen = {json.dumps(str(remembered.chosen), ensure_ascii=False)}\n")
    path = _file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole.write(path, "".join(lines).replace("\x7f", "\\u007f"))
    except (OSError, UnicodeEncodeError) as error:
        raise SurroundingsFailed("choice-unkept", path=str(path), reason=str(error)) from error


# What a folder is good for


def look(folder: Path) -> Site:
    """What a folder would be as a workspace. Makes nothing."""
    folder = folder.expanduser().absolute()
    warning = next((each.message for each in ground.warnings(folder)), "")
    try:
        ground.require_local(folder)
    except SurroundingsFailed as failure:
        return Site(folder, "network", words.explain(failure))
    if folder.exists() and not folder.is_dir():
        return Site(folder, "no-folder", words.say("start", "site-no-folder", path=folder))
    if why := _hindrance(folder):
        failure = SurroundingsFailed("workspace-unwritable", path=str(folder), reason=why)
        return Site(folder, "unwritable", words.explain(failure))
    return _good(folder, warning)


def _good(folder: Path, warning: str) -> Site:
    desk = folder / FILE
    if desk.is_file():
        day = words.day(datetime.fromtimestamp(desk.stat().st_mtime).date())
        return Site(folder, "here", words.say("start", "site-here", day=day), warning)
    if folder.is_dir() and any(folder.iterdir()):
        return Site(folder, "beside", words.say("start", "site-beside"), warning)
    return Site(folder, "new", words.say("start", "site-new"), warning)


def _hindrance(folder: Path) -> str:
    """Why nothing can be written there, as the system says it; a file is tried, since rights alone do not tell."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            return ""
    except OSError as error:
        return error.strerror or str(error)


# Beginning


def suggested_name() -> str:
    """The name of whoever is logged in, as the system tells it; the login where it tells none."""
    return _full_name() or login()


def initials(name: str) -> str:
    """The first letters of a name: AE for A. Editor."""
    return "".join(word[0] for word in name.split()[:3]).upper()


def present(folder: Path) -> Plan:
    """How a workspace stands that was begun before; the suggestions where it was not, or its settings are damaged."""
    try:
        kept = config.read(folder)
    except WorldError:
        kept = config.Settings()
    return Plan(folder, kept.who or suggested_name(), kept.initials, kept.catalogue)


def begin(plan: Plan) -> Path:
    """Makes the workspace or opens the one that is there, gives it what the plan says, and remembers it.

    The catalogue's address must be free of a password. Raises SurroundingsFailed: workspace-on-network,
    workspace-unwritable, settings-unwritable, choice-unkept; WrongUsage("settings-damaged").
    """
    from workbench.desk.desk import open_desk

    folder = plan.folder.expanduser().absolute()
    open_desk(folder).close()
    who = "" if plan.who == login() else plan.who.strip()
    own = "" if plan.initials.strip() == initials(plan.who) else plan.initials.strip()
    kept = config.read(folder)
    settled = replace(kept, who=who, initials=own, catalogue=plan.catalogue)
    if settled != kept:
        config.write(folder, settled)
    choose(folder)
    return folder


def _full_name() -> str:
    if sys.platform == "win32":
        return _name_on_windows()
    import pwd

    try:
        told = pwd.getpwuid(os.getuid())
    except KeyError:
        return ""
    name = told.pw_gecos.partition(",")[0].replace("&", told.pw_name.capitalize()).strip()
    return "" if name == told.pw_name else name


def _name_on_windows() -> str:
    import ctypes

    size = ctypes.c_ulong(256)
    found = ctypes.create_unicode_buffer(size.value)
    display_name = 3
    get = ctypes.windll.secur32.GetUserNameExW  # type: ignore[attr-defined]
    return found.value if get(display_name, found, ctypes.byref(size)) else ""


# Practice


def practice() -> Path:
    """Where practice has its workspace, apart from all real work."""
    if home := os.environ.get("CASEBOOK_HOME"):
        return Path(home) / PRACTICE
    from platformdirs import user_data_path

    return user_data_path("casebook-practice", appauthor=False, roaming=False)


def is_practice(folder: Path) -> bool:
    """Whether a workspace is the one for practice."""
    return folder.expanduser().absolute() == practice().absolute() and (folder / PRACTICE).is_file()


def begin_practice(who: str = "") -> bool:
    """Makes the workspace for practice, which publishes into itself alone; whether it had to be made.

    Raises SurroundingsFailed: workspace-on-network, workspace-unwritable, settings-unwritable.
    """
    from workbench.desk.desk import open_desk

    folder = practice().absolute()
    if is_practice(folder) and not is_gone(folder):
        return False
    open_desk(folder).close()
    (folder / PRACTICE).write_text(words.say("start", "practice-marks"), "utf-8")
    notice = words.say("start", "practice-notice")
    config.write(folder, replace(config.Settings(), who=who, site_notice=notice))
    return True


def end_practice() -> None:
    """Deletes the workspace for practice with all that is in it; nothing where there is none.

    Raises Refused("not-practice") for a folder that is no practice, SurroundingsFailed("practice-undeletable").
    """
    folder = practice().absolute()
    if not folder.exists():
        return
    if not is_practice(folder):
        raise Refused("not-practice", path=str(folder))
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise SurroundingsFailed("practice-undeletable", path=str(folder), reason=str(error)) from error

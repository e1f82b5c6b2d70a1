"""The settings of a workspace, and where the workspace stands unless somebody says otherwise."""

from __future__ import annotations

import errno
import json
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

import resources
from workbench import whole
from workbench.errors import SurroundingsFailed, WrongUsage

FILE = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office sets for itself.

    `working_days` is how long a submission may wait until it is late, `reply_days` how long a council has to answer
    what is returned to it; both without weekends.
    """

    who: str = ""
    """The name that the journal gives to what is done at this desk; the login's where it is empty."""
    initials: str = ""
    """What stands beside comments in returned files; the first letters of the name where it is empty."""
    language: str = "system"
    """The language that window and command speak; what goes to councils and readers has languages of its own."""
    catalogue: str = field(default="", repr=False)
    """The address of the shared database, without its password; a SQLite file in the workspace where it is empty."""
    working_days: int = 5
    reply_days: int = 10
    review_years: int = 2
    """How long a published study stands until somebody looks at it again; 0 where the editor says so each time."""
    election: bool = False
    """Whether an election is near, so that no councillor may be named."""
    second_person: bool = False
    """Whether another person has to publish what one person approved."""
    per_cent: str = "per cent"
    date_form: str = "1 April 2024"
    endings: str = "ise"
    """How the house writes: one of each of `CHOICES`. `either` allows organize beside organise."""
    keep_files_months: int = 0
    keep_contacts_months: int = 0
    keep_rejected_files_months: int = 0
    keep_rejected_contacts_months: int = 0
    """How many months Word files, and contact details, are kept once a study is published or withdrawn, or once it is
    rejected; 0 for ever."""
    site_title: str = "Case studies"
    site_address: str = ""
    site_contact: str = ""
    """The mail address that the website names for questions and for new case studies."""
    site_publisher: str = ""
    site_notice: str = ""
    """What every page of the website says first; nothing where it is empty."""

    @property
    def style(self) -> dict[str, str]:
        """How the house writes, as the checks ask for it."""
        return {name: getattr(self, name) for name in STYLE}


STYLE = ("per_cent", "date_form", "endings")


Kind = Literal["yes-no", "number", "choice", "text", "folder", "address", "secret"]


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting as it is offered: what it belongs to, what it may be where it is one of a few, a number's bounds.

    One that holds not `at_once` counts from the next start. `form` says what its default does not tell: a `folder`,
    an `address` of a catalogue, a `secret`, which no file holds. What it is called, what it does and by which other
    words it is found stand in the words, by its name: `setting-NAME`, `setting-NAME-about`, `setting-NAME-also`.
    """

    name: str
    group: str
    choices: tuple[str, ...] = ()
    most: int = 0
    at_once: bool = True
    least: int = 0
    form: Literal["", "folder", "address", "secret"] = ""

    @property
    def default(self) -> str | int | bool:
        """What holds where nobody has said otherwise; "" for a secret."""
        return getattr(Settings(), self.name, "")

    @property
    def kind(self) -> Kind:
        """What may be set: by its form, its choices, or its default."""
        if self.form:
            return self.form
        if self.choices:
            return "choice"
        if isinstance(self.default, bool):
            return "yes-no"
        return "number" if isinstance(self.default, int) else "text"


DECLARED = (
    Declared("who", "desk", at_once=False),
    Declared("initials", "desk"),
    Declared("language", "desk", choices=("system", *resources.languages()), at_once=False),
    Declared("catalogue", "desk", at_once=False, form="address"),
    Declared("catalogue_password", "desk", at_once=False, form="secret"),
    Declared("per_cent", "style", choices=("per cent", "%")),
    Declared("date_form", "style", choices=("1 April 2024", "1st April 2024", "April 1, 2024")),
    Declared("endings", "style", choices=("ise", "either")),
    Declared("election", "policy"),
    Declared("second_person", "policy"),
    Declared("review_years", "policy", most=20),
    Declared("working_days", "policy", most=250),
    Declared("reply_days", "policy", most=250),
    Declared("keep_files_months", "keeping", most=600),
    Declared("keep_contacts_months", "keeping", most=600),
    Declared("keep_rejected_files_months", "keeping", most=600),
    Declared("keep_rejected_contacts_months", "keeping", most=600),
    Declared("site_title", "site"),
    Declared("site_address", "site"),
    Declared("site_publisher", "site"),
    Declared("site_contact", "site"),
    Declared("site_notice", "site"),
)
"""Every setting, in the order they are offered."""

CHOICES = {each.name: each.choices for each in DECLARED if each.choices}
"""What each setting that is one of a few may be."""

_BOUNDS = {each.name: (each.least, each.most) for each in DECLARED if each.kind == "number"}
_NAMES = tuple(each.name for each in fields(Settings))


def default_workspace() -> Path:
    """The editor's own folder on this machine, not one that roams; below `CASEBOOK_HOME` where that is set."""
    if home := os.environ.get("CASEBOOK_HOME"):
        return Path(home) / "casebook"
    from platformdirs import user_data_path

    return user_data_path("casebook", appauthor=False, roaming=False)


def read(workspace: Path) -> Settings:
    """The settings in a workspace, the defaults where it has none.

    Raises WrongUsage("settings-damaged") for a file that is no TOML or holds a value of the wrong kind, and
    SurroundingsFailed("settings-unreadable").
    """
    path = workspace / FILE
    try:
        if path.exists() and not path.is_file():
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        return parse(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return Settings()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise WrongUsage("settings-damaged", path=str(path), reason=str(error)) from error
    except OSError as error:
        raise SurroundingsFailed("settings-unreadable", path=str(path), reason=str(error)) from error


def parse(data: dict[str, Any]) -> Settings:
    """Settings from parsed TOML; names it does not know are left alone. Raises TypeError for a wrong kind."""
    settings = Settings()
    for name in _NAMES:
        value = data.get(name, getattr(settings, name))
        if type(value) is not type(getattr(settings, name)):
            raise TypeError(f"{name} is of the wrong kind")
        if name in CHOICES and value not in CHOICES[name]:
            raise TypeError(f"{name} is {value}, not one of: {', '.join(CHOICES[name])}")
        least, most = _BOUNDS.get(name, (value, value))
        if name in _BOUNDS and not least <= value <= most:
            raise TypeError(f"{name} is {value}, not between {least} and {most}")
        settings = replace(settings, **{name: value})
    return settings


def write(workspace: Path, settings: Settings) -> None:
    """Keeps the settings, whole or not at all, readable by their owner alone.

    Raises SurroundingsFailed("settings-unwritable").
    """
    lines = [f"{name} = {_toml(getattr(settings, name))}\n" for name in _NAMES]
    path = workspace / FILE
    try:
        whole.write(path, "".join(lines))
    except OSError as error:
        raise SurroundingsFailed("settings-unwritable", path=str(path), reason=str(error)) from error


def _toml(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

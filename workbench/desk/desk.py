"""The editor's desk: one workspace, opened."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from workbench import config
from workbench.errors import SurroundingsFailed
from workbench.submission import Submission
from workbench.template import Template, Templates, at_hand
from workbench.template.shelf import state

if TYPE_CHECKING:
    from workbench.checks import Rules
    from workbench.desk.rows import Problem
    from workbench.store import Store
    from workbench.themes import Learned, Vocabulary

Clock = Callable[[], datetime]

FILE = "desk.db"
"""The file of a workspace that holds the desk."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def login() -> str:
    """The login of whoever sits here; "" where the system names none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


class Desk:
    """One workspace while it is open: its database, its settings, and in whose name it is changed.

    The verbs of `workbench.desk` take it as their first argument. To be used from one thread; any number of
    processes may have the same workspace open.
    """

    def __init__(
        self, workspace: Path, store: Store, settings: config.Settings, who: str, clock: Clock
    ) -> None:
        self.workspace = workspace
        self.store = store
        self.settings = settings
        self.who = who
        self.clock = clock
        self.catalogue_url = settings.catalogue or f"sqlite:///{workspace / 'catalogue.db'}"
        """The address of the shared database."""
        self._templates: tuple[tuple[tuple[str, int, int], ...], Templates] | None = None
        self._vocabulary: tuple[str, Vocabulary] | None = None
        self._learned: tuple[str, Learned | None] | None = None

    @property
    def today(self) -> date:
        """The date where the editor sits."""
        return self.clock().astimezone().date()

    @property
    def templates(self) -> Templates:
        """The templates by id, the office's own from `<workspace>/templates` before the shipped ones.

        The same object until a file of theirs changes, here or by another program.
        """
        folder = self.workspace / "templates"
        stand = state(folder)
        if self._templates is None or self._templates[0] != stand:
            self._templates = (stand, at_hand(folder))
        return self._templates[1]

    def template_of(self, submission: Submission) -> Template | None:
        """The template under which a submission was sent in, as it was then; None where it is not at hand."""
        return self.templates.version(submission.template, submission.template_version)

    @cached_property
    def rules(self) -> Rules:
        """What the checks go by: the shipped rules, changed by the office's `checks.toml` and its house style.

        Raises WrongUsage("checks-damaged").
        """
        from workbench import checks

        return checks.at_hand(self.workspace / "checks.toml", self.settings.style)

    @property
    def vocabulary(self) -> Vocabulary:
        """The themes as the catalogue last had them; before the first pull those that come with the program.

        The same object until they change, here or by another program.
        """
        from workbench import themes
        from workbench.store import vocabulary

        edition = self.store.remembered("vocabulary", vocabulary.edition)
        if self._vocabulary is None or self._vocabulary[0] != edition:
            with self.store.reading() as connection:
                known = themes.Vocabulary(vocabulary.themes(connection)) if edition else themes.vocabulary()
            self._vocabulary = (edition, known)
        return self._vocabulary[1]

    @property
    def learned(self) -> Learned | None:
        """What suggestions have learned on this desk; before the first time what comes with the program.

        The same object until something is learned anew, here or by another program.
        """
        from workbench.store import lessons
        from workbench.themes import learning

        edition = self.store.remembered("lessons", lessons.edition)
        if self._learned is None or self._learned[0] != edition:
            with self.store.reading() as connection:
                kept = lessons.learned(connection)
            self._learned = (edition, learning.learned_of(kept) if kept else learning.shipped())
        return self._learned[1]

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What the editor should know about where the workspace stands."""
        from workbench import words
        from workbench.desk.office import connecting, ground
        from workbench.desk.rows import Problem

        found = ground.warnings(self.workspace)
        kept = config.read(self.workspace)
        if not connecting.exposed(kept):
            return found
        path = self.workspace / config.FILE
        return (*found, Problem("password-in-file", words.say("errors", "password-in-file", path=path)))

    def go_by(self, settings: config.Settings) -> None:
        """Goes by these settings, and by what `checks.toml` says now, from here on."""
        self.settings = settings
        self.__dict__.pop("rules", None)

    def changed_elsewhere(self) -> bool:
        """Whether another process has changed this workspace since the last time this was asked."""
        return self.store.changed_elsewhere()

    def close(self) -> None:
        """Lets go of the workspace. A second time does nothing."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def open_desk(workspace: Path, *, who: str = "", catalogue: str | None = None, clock: Clock = now) -> Desk:
    """The desk in the folder `workspace`, which is made at need, readable by its owner alone.

    `who` and `catalogue` go before the workspace's settings. Raises SurroundingsFailed: workspace-on-network,
    workspace-unwritable, desk-newer, desk-damaged, desk-busy, desk-read-only, desk-disk-full, desk-unreachable.
    """
    from dataclasses import replace

    from workbench.desk.office.ground import require_local
    from workbench.store import open_store

    workspace = workspace.expanduser().absolute()
    require_local(workspace)
    _make(workspace)
    settings = _kept_apart(workspace, config.read(workspace))
    settings = replace(settings, catalogue=catalogue or settings.catalogue)
    store = open_store(workspace / FILE, clock())
    return Desk(workspace, store, settings, who or settings.who or login() or "?", clock)


def _kept_apart(workspace: Path, settings: config.Settings) -> config.Settings:
    """A password that stands in the settings, as an earlier Casebook left it, goes into the keyring."""
    if ":" not in settings.catalogue.partition("://")[2] and "password=" not in settings.catalogue:
        return settings
    from workbench.desk.office import connecting

    return connecting.move_password(workspace, settings)


def read_ahead() -> None:
    """Reads what opening a desk needs, for a program that will open one in a thread of its own."""
    import workbench.store  # noqa: F401  # pyright: ignore[reportUnusedImport]


def _make(workspace: Path) -> None:
    try:
        workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsFailed("workspace-unwritable", path=str(workspace), reason=str(error)) from error

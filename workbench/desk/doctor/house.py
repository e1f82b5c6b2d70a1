"""The office's own files: settings, templates, rules of the checks, the wording of the mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbench import checks, config, template
from workbench.desk.council import letters
from workbench.desk.doctor.case import Case, Line, fine, look, told
from workbench.desk.office import connecting
from workbench.errors import WorldError


def settings(case: Case) -> Iterator[Line]:
    """Whether the settings can be read, and hold no password."""
    found = case.settings
    if isinstance(found, WorldError):
        yield told("settings", found)
    elif connecting.exposed(found):
        yield look("settings", "settings-password")
    else:
        yield fine("settings", "settings-fine")


def templates(case: Case) -> Iterator[Line]:
    """Each template of the office's own; what comes with the program as well."""
    own = sorted((case.workspace / "templates").glob("*.toml"))
    wrong = list(filter(None, (_wrong("templates", lambda path=path: template.read(path)) for path in own)))
    shipped = _wrong("templates", template.shipped)
    yield from (*wrong, *([shipped] if shipped else []))
    if not wrong and not shipped:
        yield fine("templates", "templates-fine", own=len(own), shipped=len(template.shipped()))


def rules(case: Case) -> Iterator[Line]:
    """The rules of the checks, and the wording of the mail."""
    style = case.settings.style if isinstance(case.settings, config.Settings) else config.Settings().style
    wrong = _wrong("checks", lambda: checks.at_hand(case.workspace / "checks.toml", style))
    yield wrong or fine("checks", "checks-fine")
    wrong = _wrong("letter", lambda: letters.wording(case.workspace))
    yield wrong or fine("letter", "letter-fine")


def _wrong(check: str, read: Callable[[], object]) -> Line | None:
    try:
        read()
    except WorldError as error:
        return told(check, error)
    return None

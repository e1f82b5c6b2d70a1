"""The way to the shared database: whether one comes in, what one may do there, whose clock is right; the keyring."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.desk.doctor.case import Case, Line, Standing, broken, fine, look, told
from workbench.desk.office import connecting
from workbench.errors import WorldError

if TYPE_CHECKING:
    from workbench.catalogue.probing import Probe

STALE = timedelta(days=7)
"""How long ago a desk may have taken its copy of a shared catalogue."""

APART = 120
"""Seconds by which two clocks may differ until it shows in what is published."""

_STANDINGS: dict[str, Standing] = {"well": "fine", "doubt": "look", "amiss": "broken"}


def catalogue(case: Case) -> Iterator[Line]:
    """The database that is shared, or the file that stands in for one."""
    if not case.catalogue and isinstance(case.settings, WorldError):
        yield look("catalogue", "catalogue-unknown")
        return
    address = case.catalogue or ("" if isinstance(case.settings, WorldError) else case.settings.catalogue)
    if not address or address.startswith("sqlite"):
        yield from _in_a_file(
            Path(address.partition(":///")[2]) if address else case.workspace / "catalogue.db",
            own=not address,
        )
        return
    yield from _on_a_server(address)
    yield from _mirror(case)


def _on_a_server(address: str) -> Iterator[Line]:
    from workbench.catalogue import probing

    try:
        bare, password = connecting.parted(address)
        probe = probing.probe(bare, password)
    except WorldError as error:
        yield told("catalogue", error)
        return
    for point in connecting.told(probe, password_given=bool(password)).points:
        yield Line(f"catalogue-{point.code}", _STANDINGS[point.state], point.sentence)
    yield from _clocks(probe)


def _clocks(probe: Probe) -> Iterator[Line]:
    if probe.ahead is None:
        return
    seconds = round(abs(probe.ahead))
    if seconds > APART:
        yield look("catalogue-clock", "clock-apart", n=seconds)
    else:
        yield fine("catalogue-clock", "clock-together")


def _in_a_file(path: Path, *, own: bool) -> Iterator[Line]:
    from workbench.catalogue import schema
    from workbench.store import inspecting

    if not path.is_file():
        yield (
            fine("catalogue", "catalogue-not-yet")
            if own
            else broken("catalogue", "catalogue-no-file", path=path)
        )
        return
    try:
        sound, form = inspecting.form_of(path, schema.VERSION_TABLE)
    except (sqlite3.Error, OSError, TypeError) as error:
        yield broken("catalogue", "catalogue-file-damaged", path=path, reason=error)
        return
    if sound != "ok":
        yield broken("catalogue", "catalogue-file-damaged", path=path, reason=sound)
    elif form > schema.PROGRAM_SCHEMA:
        yield broken("catalogue", "catalogue-file-newer", form=form, known=schema.PROGRAM_SCHEMA)
    elif form < schema.PROGRAM_SCHEMA:
        yield look("catalogue", "catalogue-file-older", form=form, known=schema.PROGRAM_SCHEMA)
    else:
        yield fine("catalogue", "catalogue-file-fine", path=path)


def _mirror(case: Case) -> Iterator[Line]:
    from workbench.store import inspecting

    with suppress(sqlite3.Error, OSError, ValueError):
        pulled = datetime.fromisoformat(inspecting.standing(case.desk).pulled_at)
        age = case.now - pulled
        yield look("mirror", "mirror-old", n=age.days) if age > STALE else fine("mirror", "mirror-fine")


def keyring(case: Case) -> Iterator[Line]:
    """Whether passwords can be kept."""
    wanted = not isinstance(case.settings, WorldError) and case.settings.catalogue.startswith("postgres")
    if connecting.has_keyring():
        yield fine("keyring", "keyring-fine")
    elif wanted or case.catalogue.startswith("postgres"):
        yield look("keyring", "keyring-none")
    else:
        yield fine("keyring", "keyring-not-needed")

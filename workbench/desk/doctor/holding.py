"""The desk in the folder: whether it is there and sound, who has it open, and how old its copies are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from workbench import words
from workbench.desk.doctor.case import Case, Line, broken, fine, look
from workbench.desk.keeping import backups
from workbench.store import inspecting, tables

OLD = timedelta(days=8)
"""How old the newest copy of a desk that is worked on may be."""

AHEAD = timedelta(minutes=10)


def desk(case: Case) -> Iterator[Line]:
    """The file, its form, who has it open, and what a killed program left beside it."""
    copies = backups.copies(case.workspace) if case.workspace.is_dir() else ()
    if not case.desk.is_file() or not case.desk.stat().st_size:
        gone = case.desk.exists() or copies
        yield broken("desk", "desk-gone") if gone else look("desk", "desk-none")
        return
    try:
        standing = inspecting.standing(case.desk)
    except TimeoutError:
        yield look("desk", "desk-too-large")
        return
    except (sqlite3.Error, OSError) as error:
        yield broken("desk", "desk-unreadable", path=case.desk, reason=_plainly(error))
        return
    yield _form(standing, case)
    if inspecting.is_held(case.desk):
        yield fine("open", "desk-open")
    elif inspecting.left_log(case.desk):
        yield look("open", "desk-left-log")
    yield from _clock(standing, case)
    if standing.waiting:
        yield fine("outbox", "outbox-waiting", n=standing.waiting)


def _form(standing: inspecting.Standing, case: Case) -> Line:
    if not standing.form:
        return broken("desk", "desk-unreadable", path=case.desk, reason=tables.version.name)
    if not standing.known:
        return broken("desk", "desk-newer", found=standing.form, known=tables.HEAD)
    if standing.form != tables.HEAD:
        return look("desk", "desk-older", found=standing.form, known=tables.HEAD)
    return fine("desk", "desk-fine", form=standing.form)


def _clock(standing: inspecting.Standing, case: Case) -> Iterator[Line]:
    """A desk whose last step is still to come stands under a clock that went back, or went ahead then."""
    last = _moment(standing.last_step)
    if last and last > case.now + AHEAD:
        yield look("clock", "clock-behind", day=words.day(last.astimezone().date()))


def sound(case: Case) -> Iterator[Line]:
    """Whether all that stands in the desk fits together."""
    if not case.desk.is_file() or not case.desk.stat().st_size:
        return
    try:
        found = inspecting.flaws(case.desk, case.until - 0.5)
    except TimeoutError:
        yield look("verify", "verify-late")
        return
    except (sqlite3.Error, OSError) as error:
        yield broken("verify", "desk-unreadable", path=case.desk, reason=_plainly(error))
        return
    flaws = [flaw for flaw in found if flaw.code != "flaw-form"]
    if flaws:
        first = words.say("errors", flaws[0].code, **flaws[0].params)
        yield broken("verify", "verify-broken", n=len(flaws), first=first)
    elif not found:
        yield fine("verify", "verify-fine")


def copies(case: Case) -> Iterator[Line]:
    """How old the newest copy is."""
    if not case.desk.is_file():
        return
    found = backups.copies(case.workspace)
    if not found:
        begun = datetime.fromtimestamp(case.desk.stat().st_ctime, case.now.tzinfo)
        young = case.now - begun < timedelta(days=1)
        yield fine("backup", "backup-none-yet") if young else look("backup", "backup-none")
        return
    age = case.now - found[0].at
    if age > OLD:
        yield look("backup", "backup-old", n=age.days)
    elif age < -AHEAD:
        yield look("backup", "backup-ahead", day=words.day(found[0].at.astimezone().date()))
    else:
        yield fine("backup", "backup-fine", day=words.day(found[0].at.astimezone().date()), n=len(found))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _plainly(error: Exception) -> str:
    return error.strerror or "?" if isinstance(error, OSError) else str(error)

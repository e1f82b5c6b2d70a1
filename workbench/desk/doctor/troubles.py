"""What went wrong at this desk, kept beside its log so that it can be read again after a restart.

It is the editor's own list, on the editor's own disk: it says which file was meant, and may name a study. It leaves
the desk only scrubbed, in a report. A desk that does not open has one all the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from workbench import log
from workbench.log import crashing, keeping

FILE = "problems.jsonl"

KEPT, MOST = 200, 300
"""So many are kept where there were more than `MOST`."""

AGE = timedelta(days=60)
"""What is older is kept no longer."""

NEVER = datetime.min.replace(tzinfo=UTC)

Kind = Literal["world", "refused", "ours", "crash"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong: when, of which kind, its code ("" for ours), what the editor was told, and for ours
    the scrubbed details."""

    at: datetime
    kind: Kind
    code: str
    sentence: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered, the oldest first, and up to when it was seen."""

    troubles: tuple[Trouble, ...] = ()
    seen: datetime = NEVER

    @property
    def unseen(self) -> tuple[Trouble, ...]:
        """What nobody has looked at yet."""
        return tuple(each for each in self.troubles if each.at > self.seen)


def remembered(workspace: Path) -> Kept:
    """What is remembered at this desk; nothing where that cannot be read. A damaged line costs that line alone."""
    found: list[Trouble] = []
    seen = NEVER
    with suppress(OSError):
        lines = (log.folder(workspace) / FILE).read_text("utf-8", errors="replace").splitlines()
        for line in lines:
            with suppress(ValueError, KeyError, TypeError):
                told = json.loads(line)
                if "seen" in told:
                    seen = max(seen, _moment(told["seen"]))
                else:
                    found.append(_read(told))
    return Kept(tuple(found), seen)


def remember(workspace: Path, troubles: Iterable[Trouble]) -> None:
    """Adds these. Where they cannot be kept they are only told once: nothing is raised."""
    _append(workspace, [{**asdict(each), "at": each.at.isoformat()} for each in troubles])


def see(workspace: Path, at: datetime) -> None:
    """Marks all that is remembered as seen."""
    _append(workspace, [{"seen": at.isoformat()}])


def clear(workspace: Path) -> None:
    """Remembers nothing any more, as when something in it is to be forgotten."""
    with suppress(OSError):
        (log.folder(workspace) / FILE).unlink(missing_ok=True)


def crashes(workspace: Path, sentence: str) -> tuple[Trouble, ...]:
    """The crashes that nobody was told of yet, each told as this sentence; from now on they were told."""
    found = crashing.take(log.folder(workspace))
    return tuple(Trouble(crash.at, "crash", "", sentence, crash.text) for crash in found)


def _append(workspace: Path, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    folder = log.folder(workspace)
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with keeping.locked(folder / "log.lock") as alone:
            path = folder / FILE
            keeping.write(path, text.encode("utf-8", "backslashreplace"), alone)
            if alone:
                _thin(workspace, path)


def _thin(workspace: Path, path: Path) -> None:
    """Takes away what is too old or too much, whole or not at all."""
    kept = remembered(workspace)
    since = datetime.now(UTC) - AGE
    if len(kept.troubles) <= MOST and all(each.at >= since for each in kept.troubles[:1]):
        return
    left = [each for each in kept.troubles[-KEPT:] if each.at >= since]
    rows = [{**asdict(each), "at": each.at.isoformat()} for each in left] + [{"seen": kept.seen.isoformat()}]
    draft = path.with_name(f"{FILE}.{os.getpid()}.draft")
    draft.unlink(missing_ok=True)
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    keeping.write(draft, text.encode("utf-8", "backslashreplace"), True)
    draft.replace(path)


def _read(told: dict[str, Any]) -> Trouble:
    kind = told["kind"]
    if kind not in ("world", "refused", "ours", "crash"):
        raise ValueError(kind)
    return Trouble(_moment(told["at"]), kind, str(told["code"]), str(told["sentence"]), str(told["details"]))


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)

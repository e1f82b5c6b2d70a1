"""Templates that somebody is writing: kept as they are typed, however the program ends, until saved or dropped.

They stand in `<workspace>/templates/sketches`, a file for each, and are no part of the journal: the form takes its
own steps back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from workbench import whole
from workbench.desk.desk import Desk
from workbench.errors import SurroundingsFailed


def keep(desk: Desk, name: str, sketch: Mapping[str, Any]) -> None:
    """Keeps what stands in a form under `name`, in place of what was kept there; all of it or nothing is written.

    `sketch` is anything that JSON holds. Raises SurroundingsFailed("cannot-write").
    """
    path = _path(desk, name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        told = json.dumps({"name": name, "sketch": sketch}, ensure_ascii=False)
        whole.write(path, told, errors="surrogatepass")
    except OSError as error:
        raise SurroundingsFailed("cannot-write", file=path, reason=error.strerror or error) from error


def kept(desk: Desk) -> Mapping[str, Mapping[str, Any]]:
    """What was kept and neither saved nor dropped, by name. A file that cannot be read stays and is left out."""
    paths = sorted(_folder(desk).glob("*.json"))
    return dict(found for path in paths if (found := _read(path)) is not None)


def drop(desk: Desk, name: str) -> None:
    """Forgets what was kept under `name`; nothing where nothing was. Raises SurroundingsFailed("cannot-write")."""
    path = _path(desk, name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise SurroundingsFailed("cannot-write", file=path, reason=error.strerror or error) from error


def _read(path: Path) -> tuple[str, Mapping[str, Any]] | None:
    try:
        told = json.loads(path.read_text("utf-8", errors="surrogatepass"))
        return str(told["name"]), cast("Mapping[str, Any]", told["sketch"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(desk: Desk, name: str) -> Path:
    return _folder(desk) / f"{sha256(name.encode()).hexdigest()[:20]}.json"


def _folder(desk: Desk) -> Path:
    return desk.workspace / "templates" / "sketches"

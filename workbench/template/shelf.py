"""The templates at hand, and the versions of them that forms were sent out under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

import resources
from workbench.template.model import Field, Template
from workbench.template.reading import damage, load

EARLIER = "earlier"
"""The folder, beside an office's own templates, of the versions they had before."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A template file of the office that cannot be used, and why, in words. The others are not harmed by it."""

    path: Path
    reason: str


class Templates(Mapping[str, Template]):
    """The templates by id, the council case study first, as they are now; `version` has those they were before."""

    def __init__(
        self,
        own: Mapping[str, Template],
        earlier: Iterable[Template] = (),
        damaged: tuple[Damaged, ...] = (),
    ) -> None:
        self.own = MappingProxyType(dict(own))
        """Those of the office, which go before the shipped ones."""
        self.damaged = damaged
        """The files of the office that cannot be used."""
        self._current = {**shipped(), **self.own}
        self._earlier = {(one.id, one.version): one for one in (*shipped().values(), *earlier)}

    def __getitem__(self, name: str) -> Template:
        return self._current[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current)

    def __len__(self) -> int:
        return len(self._current)

    @cached_property
    def earlier(self) -> Mapping[str, tuple[Template, ...]]:
        """The versions that templates had before, by id, the newest first."""
        found: dict[str, list[Template]] = {}
        for (name, version), one in sorted(self._earlier.items(), key=lambda pair: -pair[0][1]):
            current = self._current.get(name)
            if current is None or current.version != version:
                found.setdefault(name, []).append(one)
        return {name: tuple(versions) for name, versions in found.items()}

    def versions(self, name: str) -> tuple[Template, ...]:
        """The template as it is and as it was, the newest first; () where there is none of that id."""
        now = (self._current[name],) if name in self._current else ()
        return (*now, *(self._as_now(one) for one in self.earlier.get(name, ())))

    def version(self, name: str, version: int) -> Template | None:
        """The template as it was in that version, else as it is now; None where there is none of that id.

        Whether an answer is personal, and whether readers see it, is always said by the newest version.
        """
        current = self._current.get(name)
        if current is not None and current.version == version:
            return current
        found = self._earlier.get((name, version))
        if found is None:
            return next(iter(self.versions(name)), None)
        return self._as_now(found)

    def _as_now(self, earlier: Template) -> Template:
        current = self._current.get(earlier.id)
        return earlier if current is None else _as_told_now(earlier, current)


def _as_told_now(earlier: Template, current: Template) -> Template:
    fields = tuple(_field_as_now(field, current.by_id.get(field.id)) for field in earlier.fields)
    return replace(earlier, fields=fields)


def _field_as_now(field: Field, now: Field | None) -> Field:
    return field if now is None else replace(field, personal=now.personal, public=now.public)


def version_of(templates: Mapping[str, Template], name: str, version: int) -> Template | None:
    """The template `name` as it was in `version`, as far as `templates` know; None where there is none of that id."""
    return templates.version(name, version) if isinstance(templates, Templates) else templates.get(name)


@cache
def shipped() -> Mapping[str, Template]:
    """The templates that travel with the program, by id, the council case study first; read once in a process."""
    paths = sorted(
        resources.path("templates").glob("*.toml"), key=lambda path: (path.stem != "case-study", path.stem)
    )
    return MappingProxyType(load(paths))


def at_hand(folder: Path) -> Templates:
    """The templates: the shipped ones, and an office's own in `folder`, which need not exist.

    A file that cannot be used is named among the `damaged` ones, and the shipped template of its id stays in use.
    """
    own, spoilt = _usable(folder)
    earlier, old = _usable(folder / EARLIER)
    return Templates({one.id: one for one in own}, earlier, (*spoilt, *old))


def _usable(folder: Path) -> tuple[list[Template], tuple[Damaged, ...]]:
    usable: list[Template] = []
    damaged: list[Damaged] = []
    for path in _files(folder):
        found = damage(path)
        if isinstance(found, str):
            damaged.append(Damaged(path, found))
        else:
            usable.append(found)
    return usable, tuple(damaged)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(
            path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith(".")
        )
    except OSError:
        return []


def state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells whether the files of an office's own templates have changed."""
    return tuple(_mark(path) for path in (*_files(folder), *_files(folder / EARLIER)))


def _mark(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return path.name, 0, 0
    return f"{path.parent.name}/{path.name}", found.st_mtime_ns, found.st_size

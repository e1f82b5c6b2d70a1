"""A year of the catalogue in figures: a page with plots and tables, and the same figures as CSV.

What is counted are the studies that were first published in that year (in UTC) and that readers can still see.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import resources
from workbench import councils, words
from workbench.exporters import safe
from workbench.exporters.csv import harmless
from workbench.exporters.folder import Folder, Written
from workbench.exporters.stream import told
from workbench.progress import Progress, silent
from workbench.publication import Study
from workbench.submission import TERM_KINDS

_MONTHS = words.months(words.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the studies of the year fall into one sort of group, with a name for the whole; `(name, studies)` each."""

    name: str
    label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def most(self) -> int:
        """The largest of the counts, at least 1."""
        return max((count for _, count in self.counts), default=1) or 1


@dataclass(frozen=True, slots=True)
class Digest:
    """A year: studies first published, published anew, withdrawn again; those of the year before; all there are."""

    year: int
    published: int
    before: int
    updated: int
    withdrawn: int
    held: int
    councils: int
    tallies: tuple[Tally, ...]


def write(studies: Iterable[Study], year: int, directory: Path, progress: Progress = silent) -> Written:
    """Writes `digest-<year>.html` and `digest-<year>.csv` into `directory`. Raises as `Folder` does."""
    found = digest(told(studies, progress), year)
    with Folder(directory, "digest") as folder:
        folder.hold(f"digest-{year}.csv", _table(found))
        folder.hold(f"digest-{year}.html", _page(found))
        return folder.commit()


def digest(studies: Iterable[Study], year: int) -> Digest:
    """The figures of a year."""
    every = list(studies)
    first = [study for study in every if _year(study.first_published_at) == year]
    seen = [study for study in first if not study.withdrawn]
    anew = (study for study in every if study.version > 1 and _year(study.published_at) == year)
    until = (study for study in every if not study.withdrawn and _year(study.first_published_at) <= year)
    return Digest(
        year=year,
        published=len(seen),
        before=sum(_year(study.first_published_at) == year - 1 and not study.withdrawn for study in every),
        updated=sum(not study.withdrawn and _year(study.first_published_at) < year for study in anew),
        withdrawn=len(first) - len(seen),
        held=sum(1 for _ in until),
        councils=len({name for study in seen for name in _councils(study)}),
        tallies=tuple(_tallies(seen)),
    )


def _year(moment: datetime) -> int:
    return moment.astimezone(UTC).year


def _tallies(studies: Sequence[Study]) -> Iterator[Tally]:
    months = Counter(study.first_published_at.astimezone(UTC).month for study in studies)
    yield Tally("month", _label("month"), tuple((name, months[n]) for n, name in enumerate(_MONTHS, 1)))
    for kind in TERM_KINDS:
        yield _tally(kind, ([term.label for term in study.terms if term.kind == kind] for study in studies))
    yield _tally("region", ([a.region for a in study.publication.authorities] for study in studies))
    yield _tally("council_type", map(_types, studies))
    yield _tally("council", map(_councils, studies))


def _tally(name: str, groups: Iterable[Iterable[str]]) -> Tally:
    """A study counts once in each of its groups; the largest group first."""
    counts = Counter(safe.line(group) for of_study in groups for group in dict.fromkeys(of_study) if group)
    return Tally(name, _label(name), tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))))


def _label(name: str) -> str:
    return words.say("exports", f"by-{name.replace('_', '-')}", language=words.OUTSIDE)


def _councils(study: Study) -> Iterator[str]:
    return (authority.name for authority in study.publication.authorities)


def _types(study: Study) -> Iterator[str]:
    known = councils.register().by_gss
    for authority in study.publication.authorities:
        council = known.get(authority.gss or "")
        yield council.type_name if council else authority.type


def _table(found: Digest) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("year", "by", "name", "studies"))
    whole = ("published", "before", "updated", "withdrawn", "held", "councils")
    rows: list[tuple[str, str, int]] = [("all", name, getattr(found, name)) for name in whole]
    rows += [(tally.name, group, count) for tally in found.tallies for group, count in tally.counts]
    for by, name, count in rows:
        table.writerow((found.year, by, harmless(name), count))
    return out.getvalue().encode("utf-8-sig")


def _page(found: Digest) -> bytes:
    from jinja2 import Environment, StrictUndefined

    environment: Any = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    template = environment.from_string(resources.path("exports", "digest.html").read_text("utf-8"))
    return template.render(digest=found).encode()

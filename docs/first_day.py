"""Walks a new editor's first half hour through the real window, and takes a picture at each stop.

    python docs/first_day.py [FOLDER] [--scheme light] [--scale 1] [--size 1100x760]

Without a folder it takes those pictures that the guide shows into docs/pictures, with one every stop.

It begins where Casebook was never started, in a home of its own that is thrown away. The story of the tests takes the
same walk, so that what the guide shows is what was tried. Needs no display.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SHOWN = ("welcome-folder", "welcome-test", "practice")
"""What the guide shows."""


class FirstDay:
    """The walk. `stops` does one thing after another and names each stop, when what was done can be seen."""

    def __init__(self, session: Any, folder: Path, sent_back: str = "Befriending") -> None:
        self.session = session
        self.sent_back = sent_back
        """Words of the title of the study that goes back to its council."""
        self.folder = folder
        """Where the website and the copy for the council are written."""

    @property
    def page(self) -> Any:
        """The first page."""
        return self.session.first.centralWidget()

    @property
    def window(self) -> Any:
        """The window."""
        return self.session.window

    @property
    def study(self) -> Any:
        """The submission that is shown."""
        return self.window.desk.submission

    def stops(self) -> Iterator[str]:
        """The stops, in the order of the day."""
        yield from self.begin()
        yield from self.practise()
        yield from self.look_round()
        yield from self.leave()

    def begin(self) -> Iterator[str]:
        """The first page, step by step."""
        self.settle()
        yield "welcome-folder"
        self.page.on.click()
        self.page.name.who.setText("Ada Example")
        self.settle()
        yield "welcome-name"
        self.page.on.click()
        self.settle()
        yield "welcome-database"
        self.page.database.shared.dot.click()
        self.page.database.form.address.setText("postgresql://ada@localhost:9/casebook")
        self.page.database.form.test.click()
        self.settle()
        yield "welcome-test"
        self.page.database.local.dot.click()
        self.page.on.click()
        self.page.samples.practice.dot.click()
        self.settle()
        yield "welcome-practice"
        self.page.begin.click()
        self.until(lambda: self.window is not None)
        self.until(lambda: self.window.desk.model.rowCount() and self.window.jobs.current is None)
        self.settle()
        if self.window.arrivals.isVisible():
            self.window.arrivals.close_()
            self.settle()
        yield "practice"

    def practise(self) -> Iterator[str]:
        """One study from review to the catalogue and the website, and another back to its council."""
        from ui.commands.publishing import export_to

        self.open("County Durham")
        for command in ("start", "next_finding"):
            self.do(command)
        yield "review"
        self.do("approve")
        self.do("queue")
        self.do("rehearse")
        self.until(lambda: self.window.outbox.rehearsal is not None)
        yield "outbox"
        self.do("publish")
        self.do("show_catalogue")
        self.until(lambda: self.window.catalogue.study is not None)
        yield "catalogue"
        export_to(self.window, self.folder / "website")
        self.settle()
        yield "website"
        self.do("show_desk")
        self.open(self.sent_back)
        self.do("return_")
        yield "return"
        sheet = self.window.returning.sheet
        self.folder.mkdir(parents=True, exist_ok=True)
        sheet.folder.say(str(self.folder))
        sheet.returned.emit()
        self.settle()
        yield "returned"
        sheet.close_()

    def look_round(self) -> Iterator[str]:
        """The help and the settings."""
        self.do("help_here")
        yield "help"
        self.do("show_settings")
        yield "settings"
        self.window.settings.find.setText("deadline")
        self.settle()
        yield "settings-found"
        self.window.settings.find.clear()

    def leave(self) -> Iterator[str]:
        """Back to one's own desk, which is empty and says what to do; the practice is gone."""
        before = self.window
        self.do("delete_practice")
        self.until(lambda: self.window is not None and self.window is not before)
        self.settle()
        yield "own-desk"
        for stage in ("outbox", "catalogue", "themes", "templates"):
            self.do(f"show_{stage}")
            yield f"empty-{stage}"

    # Doing and waiting

    def do(self, command: str) -> None:
        """Gives a command."""
        from ui import commands

        commands.run(self.window, command)
        self.settle()

    def press(self, key: str) -> None:
        """Presses a key wherever the keyboard is."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.keySequence(QApplication.focusWidget() or self.window, key)
        self.settle()

    def open(self, words: str) -> None:
        """Opens the submission whose title holds these words."""
        model = self.window.desk.model
        rows = [model.at(place) for place in range(model.rowCount())]
        self.window.desk.queue.choose(next(row.id for row in rows if row and words in row.title))
        self.until(lambda: self.study is not None and words in self.study.title)
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is under way."""
        self.until(lambda: not self._busy())

    def until(self, seen: Callable[[], object]) -> None:
        """Waits until `seen` is true; fails after a minute with what the window says."""
        from PySide6.QtTest import QTest

        for _ in range(6_000):
            QTest.qWait(10)
            if seen():
                return
        raise TimeoutError(self.window.bar.notice.words.whole if self.window else "the first page")

    def _busy(self) -> bool:
        if self.session.window is None:
            return self.session.first is not None and self.page.aside.busy
        window = self.session.window
        return bool(window.bridge.busy or window.far.busy or window.jobs.current)


def main() -> None:
    """Takes a picture at each stop, in one look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    parser.add_argument("--scheme", default="light")
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--size", default="1100x760")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(arguments.scale)}
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="casebook-") as home:
        os.environ["CASEBOOK_HOME"] = home
        _photograph(arguments, Path(home))


def _photograph(arguments: argparse.Namespace, home: Path) -> None:
    from PySide6.QtTest import QTest

    from docs.make_screenshots import keep
    from ui import theme
    from ui.program.application import application
    from ui.program.session import Session

    app = application()
    wide, high = map(int, arguments.size.split("x"))
    session = Session(app)
    session.start(None)
    day = FirstDay(session, home / "made")
    for number, stop in enumerate(day.stops(), 1):
        top = session.window or session.first
        theme.apply(app, arguments.scheme)
        if session.window is not None:
            session.window.memory.setValue("scheme", arguments.scheme)
        top.resize(wide, high)
        QTest.qWait(120)
        shown = _helping(app) if stop == "help" else top
        end = f"@{arguments.scale}x" if arguments.scale > 1 else ""
        every = arguments.folder != PICTURES
        name = f"{number:02}-{stop}{end}" if every else f"{stop}-{arguments.scheme}"
        if every or stop in SHOWN:
            keep(shown.grab().toImage(), arguments.folder / f"{name}.png")
    session.window.close()


def _helping(app: Any) -> Any:
    """The window of the help."""
    from ui.window import Window

    others = [each for each in app.topLevelWidgets() if each.isVisible() and not isinstance(each, Window)]
    return next((each for each in others if each.width() > 300), app.activeWindow() or others[0])


if __name__ == "__main__":
    main()

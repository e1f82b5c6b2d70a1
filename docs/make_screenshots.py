"""Takes the pictures of the window that the documentation shows, from the real window on the shipped samples.

    python docs/make_screenshots.py [FOLDER] [--only LOOK]

An editor's day is gone through once for each look, each in a workspace of its own that is thrown away afterwards.
Without a folder it takes those pictures that stand in docs/pictures; with one it takes every stop of the day there,
in every look (light, dark and high contrast, at 100 % and 200 %). Needs no display.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
LOOKS = (("light", 1), ("dark", 1), ("contrast", 1), ("contrast-dark", 1), ("light", 2), ("dark", 2))
SIZE = (1440, 900)
PICTURES = ROOT / "docs" / "pictures"
SHOWN = (
    "desk",
    "imported",
    "finding",
    "editing",
    "history",
    "returning",
    "themes",
    "outbox",
    "search",
    "themes-stage",
    "template-writing",
    "house",
    "checks",
    "help",
)
"""The stops that the documentation shows, each in light and in dark: the help shows the one that fits."""


def main() -> None:
    """Takes every picture, each look in a process of its own, since Qt scales a process as a whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    parser.add_argument("--only", help="the scheme and scale of one look, such as dark-2")
    arguments = parser.parse_args()
    arguments.folder = arguments.folder.resolve()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.only:
        scheme, _, scale = arguments.only.rpartition("-")
        photograph(arguments.folder, scheme, int(scale))
        return
    for scheme, scale in LOOKS if arguments.folder != PICTURES else LOOKS[:2]:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
        look = f"{scheme}-{scale}"
        subprocess.run(
            [sys.executable, __file__, str(arguments.folder), "--only", look],
            check=True,
            env=environment,
            cwd=ROOT,
        )


def photograph(folder: Path, scheme: str, scale: int) -> None:
    """Goes through the day in one look and saves a picture at each stop."""
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    from ui.program.application import make_window
    from workbench.desk import open_desk

    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="casebook-") as place:
        workspace = Path(place)
        window = make_window(app, workspace, partial(open_desk, workspace, who="A. Editor"))
        window.set_scheme(scheme)
        window.resize(*SIZE)
        window.show()
        day = Day(window)
        for name in day.stops():
            day.settle()
            end = "" if scale == 1 else f"@{scale}x"
            if folder != PICTURES or name in SHOWN:
                keep(day.picture(), folder / f"{name}-{scheme}{end}.png")
            day.parts = ()
        window.close()


def rest(milliseconds: int) -> None:
    """Lets the window and the threads beside it work; Qt's own waiting keeps Python from those threads."""
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.005)


def keep(picture: QImage, path: Path) -> None:
    """Saves a picture small: with the 256 colours that are commonest in it."""
    from io import BytesIO

    from PIL import Image
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    picture.save(buffer, "PNG")
    drawn = Image.open(BytesIO(buffer.data().data())).convert("RGB")
    commonest = sorted(drawn.getcolors(1 << 24) or [], reverse=True)[:256]
    palette = Image.new("P", (1, 1))
    palette.putpalette(bytes(part for _, colour in commonest for part in colour))
    drawn.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


class Day:
    """An editor's day at the window. `stops` goes through it and pauses where a picture is worth taking."""

    def __init__(self, window: object) -> None:
        from ui.window import Window

        assert isinstance(window, Window)
        self.window = window
        self.failed: list[BaseException] = []
        for bridge in (window.bridge, window.far):
            bridge.failed.connect(self.failed.append)
        self.parts: tuple[QWidget, ...] = ()
        """What alone is pictured at the next stop; the whole window where there is none."""

    def picture(self) -> QImage:
        """The window, or those parts of it that the stop is about, with whatever floats above them."""
        from PySide6.QtCore import QPoint, QRect

        if any(part.window() is not self.window for part in self.parts):
            return self.parts[0].grab().toImage()
        seen = QRect()
        for part in self.parts:
            seen |= QRect(part.mapTo(self.window, QPoint(0, 0)), part.size())
        return (self.window.grab(seen) if self.parts else self.window.grab()).toImage()

    def stops(self) -> Iterator[str]:
        """The names of the pictures, in the order of the day."""
        self.settle()
        yield "empty"
        yield from self._import()
        yield from self._review()
        yield from self._tag()
        yield from self._decide()
        yield from self._publish()
        yield from self._browse()
        yield from self._arrange()

    def _import(self) -> Iterator[str]:
        self.window.import_paths(sorted(SAMPLES.glob("*.docx")))
        self.until(lambda: len(getattr(self.window.jobs.current, "items", ())) > 8)
        yield "importing"
        self.until(lambda: self.window.jobs.current is None)
        yield "imported"
        self.window.arrivals.hide()

    def _review(self) -> Iterator[str]:
        from ui.stages.returning import MEMORY
        from ui.views.inspector.preview import LargePreview

        for council in ("Calderdale", "Medway", "Stroud", "Rotherham"):
            self.show(council)
            self.run("start")
        self.window.desk.study.choose_field("impact")
        yield "desk"
        self.show("Ipswich")
        self.run("next_finding")
        self.parts = (self.window.desk.study,)
        yield "finding"
        self.run("dismiss")
        yield "dismiss"
        self.window.chooser.close_()
        self.show("Plymouth")
        self.window.desk.study.choose_field("solution")
        self.run("edit_field")
        self.parts = (self.window.desk.study,)
        yield "editing"
        self.window.desk.study.fields["solution"].editor.leave()
        self.show("Dorset")
        yield "unplaced"
        for part in ("findings", "notes", "history", "preview"):
            self.window.desk.inspector.show_part(part)
            if part == "history":
                self.show("Plymouth")
                self._change_an_answer()
                self.parts = (self.window.desk.inspector,)
            yield part
        self.run("preview_large")
        yield "preview-large"
        for each in self.window.findChildren(LargePreview):
            each.close_()
        self.window.memory.setValue(MEMORY, "/home/editor/Returned")
        self.show("Ipswich")
        self.run("return_")
        self.until(lambda: self.window.returning.sheet is not None)
        yield "returning"
        self.press("Escape")
        self.run("help_here")
        self.until(lambda: bool(self._help()))
        self.parts = (self._help(),)
        yield "help"
        self._help().close()

    def _tag(self) -> Iterator[str]:
        self.show("Norwich")
        self.run("tag")
        self.press("Down")
        self.parts = (self.window.desk.study, self.window.desk.inspector)
        yield "themes"
        self.press("Delete")
        yield "theme-refused"
        self.run("undo")
        self.run("add_theme")
        self.window.chooser.line.setText("bins")
        yield "theme-found"
        self.window.chooser.close_()
        self.window.desk.queue.list.selectAll()
        self.run("tag")
        yield "several"
        self.show("Norwich")
        self.run("palette")
        yield "palette"
        self.window.chooser.close_()
        self.run("keys")
        yield "keys"
        self.window.show_stage("themes")
        self.window.show_stage("desk")

    def _decide(self) -> Iterator[str]:
        self.window.desk.inspector.show_part("source")
        self._take_all()
        yield "approved"
        self.window.show_stage("outbox")
        self.until(lambda: self.window.outbox.rehearsal is not None)
        yield "outbox"

    def _publish(self) -> Iterator[str]:
        self.run("publish")
        self.until(lambda: not self.window.outbox.model.picked)
        self.window.show_stage("catalogue")
        yield "catalogue"
        self._change_what_is_published()
        self.window.show_stage("outbox")
        self.until(lambda: self.window.outbox.rehearsal is not None)
        self.window.outbox.view.list.setCurrentIndex(self.window.outbox.model.index(0))
        yield "outbox-update"

    def _browse(self) -> Iterator[str]:
        self.window.show_stage("catalogue")
        view = self.window.catalogue.view
        view.search.setText("council")
        self.settle(400)
        view.facets.turned.emit("region", "South West")
        self.settle()
        yield "search"
        view.page.tabs.setCurrentIndex(1)
        yield "versions"
        view.page.tabs.setCurrentIndex(0)

    def _arrange(self) -> Iterator[str]:
        for stage in ("themes", "templates", "settings"):
            self.window.show_stage(stage)
            if stage == "themes":
                yield from self._look_at_themes()
            else:
                yield stage
            if stage == "templates":
                self.run("change_template")
                self.window.templates.writing.list.choose("challenge")
                self.settle()
                yield "template-writing"
                self.window.templates.leave()
        for part in ("house", "checks"):
            self.window.settings.show_section(part)
            yield part

    def _look_at_themes(self) -> Iterator[str]:
        self.settle()
        self.window.themes.terms.choose("topic", "waste-and-recycling")
        yield "themes-stage"
        self.run("merge_term")
        self.window.chooser.line.setText("Environment")
        self.press("Return")
        self.until(lambda: not self.window.far.busy)
        yield "themes-merge"
        self.press("Escape")
        self.window.themes.terms.choose("topic", "")
        yield "themes-kind"

    def _take_all(self) -> None:
        """Approves and queues every submission that nothing blocks."""
        from workbench.desk import decisions, queue
        from workbench.desk.catalogue import publishing
        from workbench.desk.desk import Desk
        from workbench.desk.rows import Changed
        from workbench.desk.themes import tagging

        def approve(desk: Desk) -> Changed:
            ids = [row.id for row in queue.rows(desk) if not row.blockers]
            for each in ids:
                found = tagging.suggest(desk, each)
                every = (*found.themes, *found.support_types, *found.collections)
                tagging.tag(desk, [each], add=[one.term for one in every if one.proposed])
            decisions.approve(desk, ids)
            return publishing.queue(desk, ids)

        self.window.bridge.do(approve)
        self.settle()

    def _change_an_answer(self) -> None:
        """Writes a few words into the study that is shown, and takes a theme."""
        from workbench.desk import study
        from workbench.desk.desk import Desk
        from workbench.desk.editing import review
        from workbench.desk.rows import Changed
        from workbench.richtext import replace_text

        shown = self.window.desk.submission
        assert shown is not None

        def change(desk: Desk) -> Changed:
            content = study.show(desk, shown.id).value("lessons").content
            return review.edit(desk, shown.id, "lessons", replace_text(content, 0, 0, "With hindsight: "))

        self.window.bridge.do(change)
        self.settle()
        self.run("start")
        self.run("take_proposed")
        self.press("Return")

    def _change_what_is_published(self) -> None:
        """Takes a published study up again, changes two answers, and queues it anew."""
        from workbench.desk import decisions, queue, study
        from workbench.desk.catalogue import publishing
        from workbench.desk.desk import Desk
        from workbench.desk.editing import review
        from workbench.desk.rows import Changed, QueueFilter
        from workbench.richtext import replace_text
        from workbench.submission import Status

        def change(desk: Desk) -> Changed:
            published = queue.rows(desk, QueueFilter(statuses=frozenset({Status.PUBLISHED})))
            row = next(row for row in published if "impact" in study.show(desk, row.id).fields)
            decisions.reopen(desk, [row.id])
            for field in ("summary", "impact"):
                content = study.show(desk, row.id).value(field).content
                review.edit(desk, row.id, field, replace_text(content, 0, 0, "Since 2026: "))
            for finding in study.show(desk, row.id).open_findings:
                review.dismiss(desk, row.id, finding.key, "Checked with the council")
            decisions.approve(desk, [row.id])
            return publishing.queue(desk, [row.id])

        self.window.bridge.do(change)
        self.settle()

    def _help(self) -> QWidget:
        from ui.commands.helping import help_of

        return help_of(self.window)

    # Waiting and doing

    def run(self, name: str) -> None:
        """Gives a command."""
        from ui import commands

        commands.run(self.window, name)
        self.settle()

    def press(self, key: str) -> None:
        """Presses a key wherever the keyboard is."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.keySequence(QApplication.focusWidget() or self.window, key)
        self.settle()

    def show(self, council: str) -> None:
        """Opens the first submission whose title begins with these words."""
        rows = (self.window.desk.model.at(place) for place in range(self.window.desk.model.rowCount()))
        found = next(row for row in rows if row and row.title.startswith(council))
        self.window.desk.queue.choose(found.id)
        self.settle()

    def settle(self, milliseconds: int = 250) -> None:
        """Lets everything under way arrive and be drawn."""
        rest(milliseconds)
        self.until(lambda: not self.window.bridge.busy and not self.window.far.busy)
        rest(50)

    def until(self, done: Callable[[], bool]) -> None:
        """Lets the window work until `done`; gives up after a minute, or when the window reports a mistake."""
        for _ in range(3_000):
            if done():
                return
            rest(20)
            if self.failed:
                raise RuntimeError(self.failed[0]) from self.failed[0]
        raise TimeoutError(self.window.bar.notice.words.whole)


if __name__ == "__main__":
    main()

"""Finding words in the field, the study or the chosen studies, and replacing them where the editor says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ui import problems
from ui.bridge import Bridge
from ui.views.study.review import StudyView
from workbench.desk import Desk
from workbench.desk.editing import replacing
from workbench.desk.rows import Changed, Replacement
from workbench.errors import WorldError
from workbench.richtext.finding import Wanted

Found = tuple[Replacement, ...]


class Replacing(QObject):
    """Serves the panel above the study. `chosen` tells the chosen submissions; `opened(id)` wants another shown."""

    opened = Signal(str)

    def __init__(self, bridge: Bridge, middle: StudyView, chosen: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(middle)
        self._bridge = bridge
        self._study = middle
        self._panel = middle.finder
        self._chosen = chosen
        self._found: Found = ()
        self._at = 0
        self._panel.looked.connect(self._look)
        self._panel.stepped.connect(self.step)
        self._panel.one.connect(self._replace_one)
        self._panel.all_.connect(self._replace_all)
        self._panel.closed.connect(self._end)
        middle.shown.connect(self._light)
        bridge.changed.connect(self._follow)

    def open(self, *, replacing: bool) -> None:
        """Brings the panel up, with the words that are chosen in the current field."""
        view = self._study.fields.get(self._study.field)
        words = view.editor.textCursor().selectedText() if view is not None else ""
        self._study.flush()
        self._panel.open(replacing=replacing, words=words)

    def step(self, step: int) -> None:
        """Goes to the next place, or the one before, round the end to the first."""
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._panel.show_current(self._at, len(self._found))
            self._go()

    # Looking

    def _look(self) -> None:
        wanted, field = self._panel.wanted(), self._field()
        self._bridge.ask(partial(_preview, self._ids(), wanted, field), self._show, subject="find")

    def _ids(self) -> tuple[str, ...]:
        shown = self._study.submission
        own = (shown.id,) if shown is not None else ()
        return (self._chosen() or own) if self._panel.where() == "selection" else own

    def _field(self) -> str:
        return self._study.field if self._panel.where() == "field" else ""

    def _show(self, found: Found | str) -> None:
        if isinstance(found, str):
            self._found = ()
            self._panel.complain(found)
        else:
            self._found = found
            self._at = min(self._at, max(len(found) - 1, 0))
            self._panel.show_found(found, self._at)
        self._light()

    def _follow(self, changed: Changed) -> None:
        if self._panel.isVisible() and "submission" in changed.grains:
            self._look()

    def _light(self) -> None:
        """Lights the places in the study that is shown, the current one most."""
        shown = self._study.submission.id if self._study.submission is not None else ""
        current = self._found[self._at] if self._found else None
        for name, view in self._study.fields.items():
            own = [row for row in self._found if (row.submission, row.field) == (shown, name)]
            here = current if current in own else None
            view.editor.show_found([_span(row) for row in own], _span(here) if here else None)

    def _go(self) -> None:
        row = self._found[self._at]
        if self._study.submission is None or row.submission != self._study.submission.id:
            self.opened.emit(row.submission)
            return
        self._study.choose_field(row.field, focus=False)
        self._light()

    def _end(self) -> None:
        self._found = ()
        self._light()
        view = self._study.fields.get(self._study.field)
        if view is not None:
            view.focus()

    # Replacing

    def _replace_one(self) -> None:
        if self._found:
            self._replace((self._found[self._at],))

    def _replace_all(self) -> None:
        self._replace(self._panel.chosen(self._found))

    def _replace(self, chosen: Found) -> None:
        self._study.flush()
        ids = dict.fromkeys(row.submission for row in chosen)
        wanted, field = self._panel.wanted(), self._field()
        self._bridge.do(lambda desk: replacing.replace(desk, ids, wanted, field, chosen))


def _preview(ids: tuple[str, ...], wanted: Wanted, field: str, desk: Desk) -> Found | str:
    try:
        return replacing.preview(desk, ids, wanted, field)
    except WorldError as error:
        return problems.sentence(error)


def _span(row: Replacement) -> tuple[int, int]:
    return row.start, row.start + len(row.before)

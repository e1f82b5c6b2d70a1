"""One term of the vocabulary: what belongs under it, what it is also called, how it is used, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import day, kind_word, kind_words, number, say
from ui.views.parts import Chip, Flow, Pill, Tone, button, clear, label
from ui.views.yearplot import Line, YearGrid, YearPlot
from workbench.desk.themes.finding import Terms
from workbench.desk.themes.vocabulary import TermRow, Usage

TONES: dict[str, Tone] = {"active": "good", "pending": "accent", "retired": "warning"}
CUES = 36
"""So many of the words that suggest a term are named; of the rest is said how many."""

ROW = 26
CHIP_HIGH = 24
TOGETHER = 8
"""How many of the terms that it often meets are named."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A study under a term: published, by its UUID, or a submission on the desk, by its id."""

    id: str
    title: str
    told: str
    published: bool


class TermPage(QScrollArea):
    """The page in the middle. `asked(command)`; `chosen(kind, slug)` wants another term; `opened(filed)` a study."""

    asked = Signal(str)
    chosen = Signal(str, str)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.row: TermRow | None = None
        self._plot = YearPlot()
        self._grid = YearGrid()
        self._studies = StudyList()
        self._studies.opened.connect(self.opened)
        self._head = QVBoxLayout()
        self._mid = QVBoxLayout()
        self._foot = QVBoxLayout()
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 22, 28, 28)
        column.setSpacing(6)
        self._plot_title = label(say("per-year"), "section")
        self._studies_title = label("", "section")
        self._head.setSpacing(6)
        self._mid.setSpacing(6)
        for title in (self._plot_title, self._studies_title):
            title.setContentsMargins(0, 8, 0, 0)
        for part in (self._head, self._plot_title, self._plot, self._grid, self._mid, self._studies_title):
            column.addLayout(part) if isinstance(part, QVBoxLayout) else column.addWidget(part)
        column.addWidget(self._studies)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # A term

    def show_term(
        self, row: TermRow, terms: Terms, usage: Usage, commands: Sequence[str], known_as: str
    ) -> None:
        """Shows a term; `commands` are what can be done with it, `known_as` its other names with their days."""
        another = self.row is None or (self.row.kind, self.row.slug) != (row.kind, row.slug)
        self.row = row
        clear(self._head)
        clear(self._mid)
        self._title(row.label, row.status)
        self._told(" · ".join(_about(row, terms)), "small")
        self._links(row, terms)
        if commands:
            self._head.addWidget(self._buttons(row, commands))
        self._section("scope-note", row.scope_note or say("no-scope-note"), faint=not row.scope_note)
        if row.page_title or row.introduction:
            self._section("own-page", "\n".join(filter(None, (row.page_title, row.introduction))))
        if known_as:
            self._section("also-called", known_as)
        if row.cues:
            self._section("suggested-by", _cues(row.cues), small=True)
        use = usage.of(row.kind, row.slug)
        years = use.years if use is not None else {}
        self._plot_title.setVisible(bool(years))
        self._grid.hide()
        self._plot.show_years(row.label, years, usage.years)
        self._show_together(row, usage)
        if another:
            self.show_studies((), 0, 0)
            self.verticalScrollBar().setValue(0)

    def show_studies(self, filed: Sequence[Filed], published: int, on_desk: int) -> None:
        """Lists what stands under the term, with how many there are in all."""
        self._studies_title.setText(say("studies-under", published=number(published), on_desk=on_desk))
        self._studies_title.setVisible(bool(filed))
        self._studies.show_filed(filed)

    def show_kind(self, kind: str, rows: Sequence[TermRow], usage: Usage) -> None:
        """Shows all terms of a kind beside each other: how many, and their studies by year."""
        self.row = None
        clear(self._head)
        clear(self._mid)
        self._title(kind_words(kind), "")
        offered = [row for row in rows if row.is_offered]
        unused = [row for row in offered if not (row.published or row.on_desk)]
        self._told(say("kind-about", n=len(offered), unused=len(unused)), "small")
        self._plot.hide()
        lines = [Line(row.label, use.years) for row in rows if (use := usage.of(row.kind, row.slug))]
        self._plot_title.setVisible(any(line.total for line in lines))
        self._grid.show_lines(lines, usage.years)
        if unused:
            self._section("unused-terms", ", ".join(row.label for row in unused), small=True)
        self.show_studies((), 0, 0)

    def show_nothing(self, title: str, text: str) -> None:
        """Says what would be here."""
        self.row = None
        clear(self._head)
        clear(self._mid)
        self._told(title, "pageTitle")
        self._told(text, "emptyText")
        for part in (self._plot, self._grid, self._plot_title):
            part.hide()
        self.show_studies((), 0, 0)

    def redress(self) -> None:
        """Draws the same in the colours that hold now."""
        self._plot.update()
        self._grid.update()

    def _title(self, text: str, status: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(label(text, "pageTitle", wrap=True), 1)
        if status and status != "active":
            line.addWidget(
                Pill(say(f"term-{status}"), TONES.get(status, "quiet")), 0, Qt.AlignmentFlag.AlignTop
            )
        self._head.addLayout(line)

    def _told(self, text: str, name: str) -> None:
        self._head.addWidget(label(text, name, wrap=True))

    def _links(self, row: TermRow, terms: Terms) -> None:
        """The terms around it: where it went, above it, below it."""
        below = [
            each
            for each in terms.rows
            if each.kind == row.kind and each.parent == row.slug and each.is_offered
        ]
        above = terms.by_key.get((row.kind, row.parent or ""))
        went = [terms.by_key[row.kind, slug] for slug in row.successors if (row.kind, slug) in terms.by_key]
        groups = (("went-to", went), ("stands-below", [above] if above else []), ("stands-above", below))
        for code, several in groups:
            if several:
                self._head.addWidget(self._group(say(code), several))

    def _group(self, said: str, rows: Iterable[TermRow]) -> QWidget:
        made = QWidget()
        flow = Flow(made)
        before = label(said, "small")
        before.setMinimumHeight(CHIP_HIGH)
        flow.addWidget(before)
        for row in rows:
            chip = Chip(row.label, "theme", say("open-term", label=row.label))
            chip.clicked.connect(partial(self._choose, row.kind, row.slug))
            flow.addWidget(chip)
        return made

    def _choose(self, kind: str, slug: str, _checked: bool = False) -> None:
        self.chosen.emit(kind, slug)

    def _buttons(self, row: TermRow, commands: Sequence[str]) -> QWidget:
        made = QWidget()
        flow = Flow(made)
        for name in commands:
            text = say(f"command-{name}-short")
            flow.addWidget(
                button(
                    text,
                    partial(self.asked.emit, name),
                    name="compact",
                    command=name,
                    says=f"{text} {row.label}",
                )
            )
        return made

    def _section(self, code: str, text: str, *, small: bool = False, faint: bool = False) -> None:
        self._head.addSpacing(6)
        self._head.addWidget(label(say(code), "section"))
        self._head.addWidget(label(text, "small" if small else "faint" if faint else "", wrap=True))

    def _show_together(self, row: TermRow, usage: Usage) -> None:
        own = row.term
        met = [
            (pair.other if pair.one == own else pair.one, pair.studies)
            for pair in usage.together
            if own in (pair.one, pair.other)
        ]
        if not met:
            return
        self._mid.addSpacing(6)
        self._mid.addWidget(label(say("often-with"), "section"))
        made = QWidget()
        flow = Flow(made)
        for term, n in met[:TOGETHER]:
            says = say("often-with-one", label=term.label, n=n)
            chip = Chip(term.label, "authority", says, sign=f"  {number(n)}")
            chip.clicked.connect(partial(self._choose, term.kind, term.slug))
            flow.addWidget(chip)
        self._mid.addWidget(made)


class StudyList(QListWidget):
    """The studies under a term. `opened(filed)` at Enter or a double press."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boxed")
        self.setAccessibleName(say("studies"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._open)

    def show_filed(self, filed: Sequence[Filed]) -> None:
        """Lists these."""
        self.clear()
        for one in filed:
            sign = "" if one.published else "○ "
            item = QListWidgetItem(f"{sign}{one.title}  —  {one.told}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {one.told}")
            item.setToolTip(one.title)
            item.setSizeHint(QSize(0, ROW))
            self.addItem(item)
        self.setFixedHeight(min(len(filed), 14) * ROW + 8)
        self.setVisible(bool(filed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the study."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))


def _about(row: TermRow, terms: Terms) -> Iterable[str]:
    yield kind_word(row.kind)
    yield row.slug
    if row.opens or row.closes:
        yield say(
            "open-days",
            since=day(row.opens) if row.opens else "…",
            until=day(row.closes) if row.closes else "…",
        )
    yield say("n-published", n=row.published)
    yield say("n-on-desk", n=row.on_desk)
    if row.last_used:
        yield say("last-published", day=day(row.last_used))


def _cues(cues: Sequence[str]) -> str:
    more = f" {say('and-more', n=len(cues) - CUES)}" if len(cues) > CUES else ""
    return ", ".join(cues[:CUES]) + more

"""The versions of a published study: who published each, as it was then, and what differs between any two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import day, say
from ui.theme import serif
from ui.views.compared import marked, spoken
from ui.views.controls import Picker
from ui.views.parts import button, clear, label, rule
from workbench.desk.rows import FieldDifference
from workbench.publication import Study


class VersionsView(QScrollArea):
    """`shown(version)` to see a study as it was then, `compared(older, newer)` for what differs between two."""

    help_page = "catalogue#versions"

    shown = Signal(int)
    compared = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.versions: Sequence[Study] = ()
        self._about = label("", "small", wrap=True)
        self.older, self.newer = Picker(say("version-older")), Picker(say("version-newer"))
        self._choice = QWidget()
        self._difference, self._list = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.older.activated.connect(self._ask)
        self.newer.activated.connect(self._ask)

    def _lay_out(self) -> None:
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 4)
        choice.setSpacing(8)
        choice.addWidget(self.older, 1)
        choice.addWidget(label(say("version-with"), "small"))
        choice.addWidget(self.newer, 1)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(8)
        box.addWidget(self._about)
        box.addWidget(self._choice)
        for part in (self._difference, self._list):
            part.setSpacing(6)
            box.addLayout(part)
        box.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_versions(self, versions: Sequence[Study], about: str = "") -> None:
        """Lists the versions, the newest first; `about` says what is still missing."""
        self.versions = versions
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._choice.setVisible(len(versions) > 1)
        clear(self._difference)
        clear(self._list)
        for picker in (self.older, self.newer):
            picker.clear()
            for study in versions:
                picker.addItem(say("version", n=study.version), study.version)
        self.older.setCurrentIndex(max(len(versions) - 2, 0))
        self.newer.setCurrentIndex(len(versions) - 1)
        for study in reversed(versions):
            self._list.addWidget(self._version(study))
            self._list.addWidget(rule())

    def tell(self, about: str) -> None:
        """Says what is still missing, and leaves what is listed."""
        self._about.setText(about)
        self._about.show()

    def show_difference(self, older: int, newer: int, found: Sequence[FieldDifference]) -> None:
        """Shows, word by word, what differs between two versions."""
        clear(self._difference)
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(12, 10, 12, 12)
        box.setSpacing(6)
        box.addWidget(label(say("between-versions", older=older, newer=newer), "section", wrap=True))
        for each in found:
            box.addWidget(label(each.label, "strong", wrap=True))
            box.addWidget(_text(each))
        if not found:
            box.addWidget(label(say("no-version-difference"), "small", wrap=True))
        self._difference.addWidget(card)

    def _version(self, study: Study) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 2, 0, 2)
        box.setSpacing(2)
        said = say("version", n=study.version)
        box.addWidget(label(f"{said[:1].upper()}{said[1:]}", "strong"))
        at = study.published_at.astimezone()
        box.addWidget(label(f"{day(at)}, {at:%H:%M} · {study.published_by}", "small", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(4)
        for way in self._ways(study):
            line.addWidget(way)
        line.addStretch(1)
        box.addLayout(line)
        return made

    def _ways(self, study: Study) -> list[QWidget]:
        n = study.version
        if study is self.versions[-1]:
            return self._changes(n)
        as_then = button(
            say("as-it-was"), partial(self.shown.emit, n), name="quiet", says=say("as-it-was-named", n=n)
        )
        return [as_then, *self._changes(n)]

    def _changes(self, n: int) -> list[QWidget]:
        before = [each.version for each in self.versions if each.version < n]
        if not before:
            return []
        says = say("what-changed-named", n=n)
        ask = partial(self._compare, before[-1], n)
        return [button(say("what-changed"), ask, name="quiet", says=says)]

    def _compare(self, older: int, newer: int) -> None:
        self.older.setCurrentIndex(self.older.findData(older))
        self.newer.setCurrentIndex(self.newer.findData(newer))
        self._ask()

    def _ask(self, _: int = 0) -> None:
        older, newer = sorted((int(self.older.currentData()), int(self.newer.currentData())))
        self.compared.emit(older, newer)


def _text(each: FieldDifference) -> QLabel:
    made = QLabel(marked(each.live, each.mine))
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setFont(serif(13))
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAccessibleName(f"{each.label}: {spoken(each.live, each.mine)}")
    return made

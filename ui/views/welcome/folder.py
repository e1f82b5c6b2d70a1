"""Where the work is kept: the usual folder, one that was used before, or another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Elided, button
from ui.views.welcome.marked import Marked
from ui.views.welcome.option import Option
from ui.views.welcome.step import Step
from workbench.desk.office.workspaces import Site


class FolderStep(Step):
    """`wanted(folder)` asks what a folder is good for; `show_site` answers."""

    wanted = Signal(object)

    def __init__(self, usual: Path, others: Sequence[Path] = ()) -> None:
        super().__init__("folder")
        self.folder = usual
        self.site: Site | None = None
        self.gone = Marked()
        self.again = button(say("welcome-again"), lambda: None)
        self.box.addWidget(self.gone)
        self.box.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.again.hide()
        self.usual = Option(say("welcome-folder-usual"), str(usual))
        self.others = [Option(say("welcome-folder-known", name=each.name), str(each)) for each in others[:3]]
        self.other = Option(say("welcome-folder-other"), say("welcome-folder-other-about"))
        self.choose = button(say("welcome-folder-choose"), self._browse)
        self.chosen = Elided("", "small")
        self._line()
        self._folders = dict(zip(self.others, others, strict=False)) | {self.usual: usual}
        self.together([self.usual, *self.others, self.other])
        self.verdict = Marked()
        self.box.addWidget(self.verdict)
        self.box.addStretch(1)
        for option, folder in self._folders.items():
            option.dot.clicked.connect(lambda _=False, folder=folder: self.take(folder))
        self.other.dot.clicked.connect(self._browse)

    @property
    def answer(self) -> str:
        """The folder."""
        return str(self.folder)

    @property
    def first(self) -> QWidget:
        """The choice that is made."""
        options = (self.usual, *self.others, self.other)
        return next((option.dot for option in options if option.dot.isChecked()), self.usual.dot)

    def take(self, folder: Path) -> None:
        """Chooses a folder, and asks what it is good for."""
        self.folder, self.site = folder, None
        of_these = next((option for option, each in self._folders.items() if each == folder), self.other)
        of_these.dot.setChecked(True)
        self.chosen.say(str(folder) if of_these is self.other else "")
        self.verdict.clear()
        self.changed.emit()
        self.wanted.emit(folder)

    def show_site(self, site: Site) -> None:
        """Says what the folder is good for."""
        self.site = site
        if site.good and not site.warning:
            self.verdict.show_words(site.sentence, "good", "dot")
        elif site.good:
            self.verdict.show_words(f"{site.sentence} {site.warning}", "warning", "triangle")
        else:
            self.verdict.show_words(site.sentence, "blocker", "square")
        self.changed.emit()

    def show_gone(self, folder: Path) -> None:
        """Says that the workspace that was used last is not there, and what to do."""
        self.gone.show_words(say("welcome-gone", folder=folder), "warning", "triangle")
        self.again.show()

    def refuse(self, sentence: str) -> None:
        """Says why nothing could be begun there."""
        self.verdict.show_words(sentence, "blocker", "square")

    def _line(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.choose)
        row.addWidget(self.chosen, 1)
        self.other.below.addLayout(row)

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("welcome-folder-other"), str(self.folder.parent))
        if name:
            self.take(Path(name))
        else:
            self.take(self.folder)

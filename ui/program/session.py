"""Which desk is open: the first page where none was chosen, then one window at a time, and the way to another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow

from ui import problems, theme
from ui.phrases import say
from ui.program import application
from ui.program.door import Door
from ui.window import Window
from workbench import config
from workbench.desk.office import workspaces
from workbench.errors import SurroundingsFailed, WorldError

SAMPLES = (
    "sample-durham-carers-passport.docx",
    "sample-calderdale-food-waste.docx",
    "sample-dorset-care-technology-unplaced.docx",
    "sample-medway-street-trees-tracked.docx",
    "sample-norwich-library-of-things.docx",
    "sample-stroud-retrofit.docx",
    "sample-wigan-befriending-poor.docx",
)
"""What practice begins with: a clean study, and one for each thing that councils do to a template."""

FRAME = 48
"""Pixels that a title and borders take of a screen."""

ALL_PANES = 1100
"""Pixels across, below which panes fold away."""


class Session(QObject):
    """The windows of one run of the program. `window` is the one that is open; `first` the first page while it is."""

    def __init__(self, app: QApplication, catalogue: str | None = None) -> None:
        super().__init__()
        self._app = app
        self._catalogue = catalogue
        self._files: tuple[Path, ...] = ()
        self._real: Path | None = None
        self._folder: Path | None = None
        self.window: Window | None = None
        self.first: QMainWindow | None = None
        self.door: Door | None = None
        self._stood: QByteArray | None = None

    def start(self, named: Path | None, files: Sequence[Path] = ()) -> bool:
        """Opens the desk that is named, or the one that was chosen last, or the first page.

        False where a window on that desk is open already, which has taken the files and come to the front.
        """
        self._files = tuple(files)
        if named is None and workspaces.is_first_start():
            self.welcome(config.default_workspace())
            return True
        try:
            folder = named or workspaces.to_open()
        except SurroundingsFailed:
            gone = workspaces.known().chosen
            self.welcome(config.default_workspace(), gone=gone)
            return True
        return self.open(folder)

    # The first page

    def welcome(self, folder: Path, *, gone: Path | None = None) -> None:
        """Shows the first page, with this folder to begin with; what is open goes."""
        from ui.stages.welcome import WelcomePage

        scheme = self.window.scheme if self.window else "system"
        application.name(self._app)
        theme.prepare(self._app, scheme)
        usual = config.default_workspace()
        known = [each for each in workspaces.known().folders if each not in (usual, gone)]
        others = [each for each in known if not workspaces.is_gone(each)]
        page = WelcomePage(folder, others, usual=usual, back=self._real is not None)
        page.begun.connect(self._begun)
        page.left.connect(lambda: self._real is not None and self.open(self._real))
        if gone is not None:
            page.show_gone(gone)
            page.retried.connect(lambda: self.start(None, self._files))
        made = QMainWindow()
        made.setWindowTitle(say("title"))
        made.setCentralWidget(page)
        room = made.screen().availableGeometry().size() - QSize(FRAME, FRAME)
        made.resize(QSize(1100, 720).boundedTo(room))
        theme.apply(self._app, scheme)
        self._replace(made)
        page.go(0)

    def _begun(self, folder: Path, practise: bool, told: str) -> None:
        if practise:
            self._real = folder
            self.practise()
        else:
            self.open(folder, told)

    # A desk

    def open(self, folder: Path, told: str = "") -> bool:
        """Opens the desk in `folder` in place of what is open; False where another window has it already."""
        folder = folder.expanduser().absolute()
        practice = workspaces.is_practice(folder)
        catalogue = None if practice else self._catalogue
        if folder == self._folder:
            self._close()
        door = Door(folder, catalogue)
        if not door.enter() and door.hand_over(self._files):
            return False
        self._close()
        window = application.make_window(self._app, folder, application.desks(folder, catalogue))
        self._place(window)
        self.door, self.window, self._folder = door, window, folder
        if practice:
            window.show_practice()
        else:
            self._real = folder
        window.elsewhere.connect(self._go, Qt.ConnectionType.QueuedConnection)
        self._replace(window)
        self._receive(window, door, told)
        return True

    def _receive(self, window: Window, door: Door, told: str) -> None:
        application.receive(self._app, window, door, self._files)
        self._files = ()
        if told:
            window.bar.notice.tell(told, grave=True)

    def _go(self, what: str, folder: str) -> None:
        """Does what the window asked for that is more than a window can do."""
        try:
            getattr(self, f"_{what}")(folder)
        except WorldError as error:
            if self.window is not None:
                self.window.bar.notice.tell(problems.sentence(error), grave=True)

    def _switch(self, folder: str) -> None:
        """Another desk; a folder that is none is begun on the first page."""
        if workspaces.is_gone(Path(folder)):
            self.welcome(Path(folder))
            return
        workspaces.choose(Path(folder))
        self.open(Path(folder))

    def _anew_here(self, folder: str) -> None:
        """The same desk, opened anew."""
        self.open(Path(folder))

    def _browse(self, _: str) -> None:
        name = QFileDialog.getExistingDirectory(self.window, say("welcome-folder-other"))
        if name:
            self._switch(name)

    # Practice

    def practise(self, _: str = "") -> None:
        """Opens the workspace for practice; where it is new, the samples come in before the editor's eyes."""
        import resources

        real = self._real
        who = workspaces.present(real).who if real is not None else ""
        new = workspaces.begin_practice(who)
        if new:
            self._files = tuple(resources.path("samples", name) for name in SAMPLES)
        self.open(workspaces.practice())

    _practise = practise

    def _leave(self, _: str) -> None:
        """Back to real work."""
        self.open(self._real or workspaces.to_open())

    def _delete(self, _: str) -> None:
        """Back to real work, and nothing of the practice is left."""
        self._leave("")
        workspaces.end_practice()
        if self.window is not None:
            self.window.tell(say("practice-ended"))

    def _anew(self, _: str) -> None:
        """Practice from its beginning."""
        self._close()
        workspaces.end_practice()
        self.practise()

    # One window at a time

    def _place(self, window: Window) -> None:
        """Where the desk before it stood; the first of all within the screen, but wide enough for all its panes."""
        if self._stood is not None:
            window.restoreGeometry(self._stood)
        elif window.memory.value("window") is None:
            room = window.screen().availableGeometry().size() - QSize(FRAME, FRAME)
            window.resize(window.size().boundedTo(room).expandedTo(QSize(ALL_PANES, 0)))

    def _replace(self, window: QMainWindow) -> None:
        """Shows a window where the one before it stood."""
        before, self.first = self.first, None
        if window is not self.window:
            self._close()
            self.first = window
        if before is not None:
            self._app.setQuitOnLastWindowClosed(False)
            before.close()
            before.deleteLater()
        window.show()
        self._app.setQuitOnLastWindowClosed(True)

    def _close(self) -> None:
        """Closes the desk that is open, without ending the program."""
        self._app.setQuitOnLastWindowClosed(False)
        if self.window is not None:
            self._stood = self.window.saveGeometry()
            self.window.close()
            self.window.memory.sync()
            self.window.deleteLater()
            self.window = None
        if self.door is not None:
            self.door.leave()
            self.door = self._folder = None

"""The help's own window: it stands beside the work, and the work goes on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QRect, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ui import help as pages
from ui import theme
from ui.phrases import say
from ui.views.controls import IconButton
from ui.views.help import about
from ui.views.help.contents import Contents
from ui.views.help.reading import Reader
from ui.views.parts import button, label, rule

WIDE, HIGH = 860, 820
NARROW = 600
"""Below so many pixels the contents stand aside for the page, until they are searched."""
LEAST, MOST, STEP = 0.8, 2.0, 0.1
"""How much smaller and larger the type can be."""


class HelpWindow(QWidget):
    """Shows the pages of the help; keeps its place, its size and its type in `memory`."""

    def __init__(self, window: QWidget, memory: QSettings) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self._memory = memory
        self._colours = theme.tokens()
        self._back: list[tuple[str, str]] = []
        self._forward: list[tuple[str, str]] = []
        self._now: tuple[str, str] | None = None
        self.setWindowTitle(say("help-title"))
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.contents = Contents()
        self.reader = Reader()
        self.reader.set_zoom(_number(memory.value("help/zoom"), 1.0))
        self._lay_out()
        self._connect()
        self._place(window)

    def _lay_out(self) -> None:
        self.back = IconButton("back", say("help-back"), self.go_back)
        self.forward = IconButton("forward", say("help-forward"), self.go_forward)
        self._size = label("", "small")
        top = QHBoxLayout()
        top.setContentsMargins(12, 7, 12, 7)
        top.setSpacing(4)
        for each in (self.back, self.forward):
            top.addWidget(each)
        for address, words in ((pages.HOME, "help-home"), (pages.NOTES, "help-notes")):
            top.addWidget(button(say(words), partial(self.go, address), name="quiet"))
        top.addStretch(1)
        top.addWidget(button("A−", partial(self.step_zoom, -1), name="quiet", says=say("help-smaller")))
        top.addWidget(self._size)
        top.addWidget(button("A+", partial(self.step_zoom, 1), name="quiet", says=say("help-larger")))
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        for pane in (self.contents, self.reader):
            self.panes.addWidget(pane)
        self.panes.setStretchFactor(1, 1)
        self.panes.setSizes([250, WIDE - 250])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(rule())
        box.addWidget(self.panes, 1)
        self._show_steps()

    def _connect(self) -> None:
        self.contents.chosen.connect(self.go)
        self.reader.followed.connect(self.go)
        for key, then in (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Alt+Home", partial(self.go, pages.HOME)),
            ("Ctrl+F", self.search),
            ("Ctrl+=", partial(self.step_zoom, 1)),
            ("Ctrl++", partial(self.step_zoom, 1)),
            ("Ctrl+-", partial(self.step_zoom, -1)),
            ("Ctrl+0", partial(self.step_zoom, 0)),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(key), self, then)

    # Reading

    def go(self, address: str, words: str = "") -> None:
        """Shows the page and the place of an address; what was read before is a step back."""
        wanted = (address, words)
        if wanted != self._now and self._now is not None:
            self._back.append(self._now)
            self._forward.clear()
        self._show(wanted)

    def search(self) -> None:
        """To the line that finds words in all pages."""
        self.contents.show()
        self.contents.find.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_back(self) -> None:
        """To what was read before."""
        self._step(self._back, self._forward)

    def go_forward(self) -> None:
        """To what was read after this."""
        self._step(self._forward, self._back)

    def _step(self, from_: list[tuple[str, str]], to: list[tuple[str, str]]) -> None:
        if from_ and self._now is not None:
            to.append(self._now)
            self._show(from_.pop())

    @property
    def address(self) -> str:
        """What is read now."""
        return self._now[0] if self._now else ""

    def _show(self, wanted: tuple[str, str]) -> None:
        address, words = wanted
        name, _, place = address.partition("#")
        page = about.page(self.workspace) if name == pages.ABOUT else pages.page(name)
        if page is None:
            wanted, page, place = (pages.HOME, words), pages.pages()[pages.HOME], ""
        self._now = wanted
        self.reader.show_page(page, place, words)
        self.contents.show_address(wanted[0])
        self.setWindowTitle(f"{page.title} – {say('help-title')}")
        self._show_steps()

    @property
    def workspace(self) -> Path:
        """The folder of the desk, in which the window's memory stands."""
        return Path(self._memory.fileName()).parent

    def _show_steps(self) -> None:
        self.back.setEnabled(bool(self._back))
        self.forward.setEnabled(bool(self._forward))
        self._size.setText(f"{round(self.reader.type.zoom * 100)} %")

    def step_zoom(self, step: int) -> None:
        """Sets the type a step larger or smaller; with 0 as usual."""
        now = self.reader.type.zoom
        self.reader.set_zoom(min(max(round(now + step * STEP, 1), LEAST), MOST) if step else 1.0)
        self._memory.setValue("help/zoom", self.reader.type.zoom)
        self._show_steps()

    # Its place

    def come(self) -> None:
        """Comes to the front with the keyboard on the page."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, window: QWidget) -> None:
        kept = self._memory.value("help/place")
        if isinstance(kept, QByteArray) and self.restoreGeometry(kept):
            return
        self._stand(beside(window.frameGeometry(), window.screen().availableGeometry()), window)

    def _stand(self, room: QRect, window: QWidget) -> None:
        """Takes the room with its frame, which is as wide as that of the work, so that its title can be reached."""
        frame = window.frameGeometry().size() - window.size()
        self.resize(room.size() - frame)
        self.move(room.topLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page comes first where there is little room."""
        super().resizeEvent(event)
        self.contents.setVisible(self.width() >= NARROW)

    def changeEvent(self, event: QEvent) -> None:
        """The colours have changed: the page is set anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and theme.tokens() is not self._colours:
            self._colours = theme.tokens()
            self.reader.redress()
            self.contents.redress()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers where it stood."""
        self._memory.setValue("help/place", self.saveGeometry())
        super().closeEvent(event)


def beside(work: QRect, screen: QRect) -> QRect:
    """Right of the work where the screen has room for it there, else left of it, else over its right side."""
    wide, high = min(WIDE, screen.width()), min(HIGH, screen.height())
    right, left = screen.right() - work.right(), work.left() - screen.left()
    top = min(max(work.top(), screen.top()), screen.bottom() - high + 1)
    at = (
        work.right() + 1
        if right >= wide
        else work.left() - wide
        if left >= wide
        else screen.right() - wide + 1
    )
    return QRect(at, top, wide, high)


def _number(kept: object, otherwise: float) -> float:
    try:
        return min(max(float(str(kept)), LEAST), MOST)
    except ValueError:
        return otherwise

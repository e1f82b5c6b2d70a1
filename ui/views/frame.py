"""The frame around the views: the rail of stages at the left, the bar at the bottom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, keys, theme
from ui.ear import announce
from ui.phrases import say
from ui.theme import colour
from ui.views.parts import Elided, KeyButton, Shrinking, button, label, pill_font

STAGES = ("desk", "themes", "outbox", "catalogue", "templates", "settings")
NOTICE = 8000
"""Milliseconds a notice stays."""


class RailButton(QToolButton):
    """A stage on the rail, with a small count where something waits there."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.stage = stage
        self._count = 0
        self.setObjectName("railButton")
        self.setCheckable(True)
        self.setFixedSize(40, 40)
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.redress()
        self.count(0)

    def count(self, n: int) -> None:
        """Shows that `n` things wait."""
        self._count = n
        name = say(f"stage-{self.stage}")
        self.setAccessibleName(f"{name}, {n}" if n else name)
        self.show_key()
        self.update()

    def show_key(self) -> None:
        """Names the stage and the key that opens it."""
        key = keys.cap(f"show_{self.stage}")
        self.setToolTip(" · ".join(filter(None, (say(f"stage-{self.stage}"), key))))
        self.setAccessibleDescription(say("key-is", key=key) if key else "")

    def redress(self) -> None:
        """Draws its icon in the colours that hold now."""
        self.setIcon(icons.icon(self.stage))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon and the count."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(self._count) if self._count < 100 else "99+"
        wide = max(15, painter.fontMetrics().horizontalAdvance(text) + 6)
        spot = QRectF(self.width() - wide, 0, wide, 15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(spot, 7.5, 7.5)
        painter.setPen(colour("on_accent"))
        font = pill_font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """The stages of the work. `chosen(stage)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(56)
        self.buttons = {stage: RailButton(stage) for stage in STAGES}
        group = QButtonGroup(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(7, 12, 8, 12)
        box.setSpacing(6)
        for stage, made in self.buttons.items():
            if stage == "settings":
                box.addStretch(1)
            group.addButton(made)
            made.clicked.connect(lambda _=False, stage=stage: self.chosen.emit(stage))
            box.addWidget(made)

    def show_stage(self, stage: str) -> None:
        """Marks where the editor is."""
        self.buttons[stage].setChecked(True)

    def redress(self) -> None:
        """Draws every icon anew."""
        for made in self.buttons.values():
            made.redress()


class Notice(QWidget):
    """A sentence that fades in, stays a while, and may offer one thing to do. `said(text)` of one that will fade."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = Elided()
        self._action: KeyButton | None = None
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._box.addWidget(self.words, 1)
        self._fade = QPropertyAnimation(self)
        self._timer = QTimer(self, singleShot=True, interval=NOTICE)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(
        self, text: str, action: str = "", then: Callable[[], object] | None = None, *, grave: bool = False
    ) -> None:
        """Shows `text`, with a button named `action` that does `then`. A grave notice stays until the next."""
        self.words.setObjectName("warn" if grave else "")
        self.words.style().polish(self.words)
        self.words.say(text)
        self.setAccessibleName(text)
        announce(self, text, urgent=grave)
        if self._action is not None:
            self._action.hide()
            self._action.deleteLater()
            self._action = None
        if then is not None:
            self._action = button(action, then, name="quiet")
            # By keyboard it has a key of its own: the keyboard of a control that goes away must not land on it.
            self._action.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._box.addWidget(self._action)
        self._appear()
        self._timer.stop() if grave else self._timer.start()
        if not grave:
            self.said.emit(text)

    def _appear(self) -> None:
        self.show()
        app = QApplication.instance()
        if not isinstance(app, QApplication) or theme.less_motion(app):
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(150)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(lambda: self.setGraphicsEffect(None))  # type: ignore[arg-type]
        self._fade.start()


class Bar(QWidget):
    """Connection, outbox, notices, the job under way, and where the keys are told."""

    cancelled = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(31)
        self.connection = Shrinking("", "small")
        self.waiting = Shrinking("", "small")
        self.notice = Notice()
        self.saved = label("", "small")
        self.problems = button("", lambda: self.asked.emit("problems"), name="problems")
        self.problems.hide()
        self._job = Shrinking("", "small")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setMinimumWidth(40)
        self._progress.setMaximumWidth(140)
        self._cancel = button(say("cancel"), self.cancelled.emit, name="quiet")
        self._running = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.setSpacing(10)
        for part in (self._job, self._progress, self._cancel):
            running.addWidget(part)
        self._running.hide()
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 1, 12, 0)
        box.setSpacing(14)
        for part in (self.connection, self.waiting):
            box.addWidget(part)
        box.addWidget(self.notice, 1)
        box.addStretch(0)
        box.addWidget(self._running)
        box.addStretch(0)
        box.addWidget(self.problems)
        box.addWidget(self.saved)
        for command in ("palette", "keys"):
            box.addWidget(self._hint(command))

    def _hint(self, command: str) -> KeyButton:
        return button(say(f"hint-{command}"), lambda: self.asked.emit(command), name="hint", command=command)

    def show_connection(self, text: str, why: str = "", *, reachable: bool) -> None:
        """Says how the shared database stands; the dot is full when it is there and hollow when not."""
        before = self.connection.accessibleName()
        self.connection.say(f"{'●' if reachable else '○'} {text}", why)
        self.connection.setAccessibleName(text)
        if before not in ("", text):
            announce(self.connection, text)

    def show_waiting(self, n: int) -> None:
        """Says how many publications wait."""
        self.waiting.say(say("in-the-outbox", n=n))

    def show_problems(self, n: int) -> None:
        """Says how many problems nobody has looked at; nothing where there are none."""
        self.problems.setVisible(n > 0)
        if n:
            self.problems.setText(f"▲ {say('problems-count', n=n)}")
            self.problems.setAccessibleName(say("problems-count", n=n))

    def show_progress(self, name: str, done: int, total: int, what: str) -> None:
        """Shows how far a job is."""
        self._running.show()
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setAccessibleName(name)
        said = say("job-progress", name=name, done=min(done + 1, total), total=total) if total else name
        self._job.say(said, what)

    def end_progress(self) -> None:
        """The job is over."""
        self._running.hide()

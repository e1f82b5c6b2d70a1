"""What an action would do to several submissions, looked at before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.overlay import Overlay
from ui.views.parts import button, clear, label, scrolled
from workbench import words
from workbench.desk.rows import Preview, Prospect

WIDTH = 620
SHOWN = 40
"""So many of each outcome are named; of the rest is said how many."""


class ForeseenView(Overlay):
    """Stands until the action is done (Enter) or left (Escape)."""

    help_page = "queue#several-at-once"

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._title = label("", "strong", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(4)
        page = QWidget()
        page.setLayout(self._rows)
        self._scroll = scrolled(page, sideways=True)
        self._then: Callable[[tuple[str, ...]], object] = lambda _: None
        self._foreseen: Preview | None = None
        self.do = button("", self._do, name="primary")
        self.leave = button(say("cancel"), self.close_, name="quiet")
        feet = QHBoxLayout()
        feet.addWidget(self.do)
        feet.addWidget(self.leave)
        feet.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 12, 16)
        box.setSpacing(10)
        box.addWidget(self._title)
        box.addWidget(self._scroll, 1)
        box.addLayout(feet)

    def show_preview(self, foreseen: Preview, then: Callable[[tuple[str, ...]], object]) -> None:
        """Shows what would be done; `then` gets those it is to be done to."""
        self._foreseen, self._then = foreseen, then
        self._title.setText(foreseen.said or say("nothing-to-do"))
        self.setAccessibleName(self._title.text())
        clear(self._rows)
        for outcome in ("refused", "done", "unchanged"):
            self._show_some(outcome, [one for one in foreseen.prospects if one.outcome == outcome])
        self._rows.addStretch(1)
        n = len(foreseen.ids)
        self.do.setText(say(f"do-{foreseen.action}", n=n))
        self.do.setAccessibleName(self.do.text())
        self.do.setVisible(n > 0)
        self.leave.setText(say("cancel") if n else say("close"))
        self.appear(self.do if n else self.leave)

    def place(self) -> None:
        """In the upper middle of the window, as high as what it says."""
        window = self.window_
        wide = min(WIDTH, window.width() - 40)
        rows = self._rows.heightForWidth(wide - 60)
        high = min(max(rows, 40) + 130, window.height() - 120)
        self.setGeometry((window.width() - wide) // 2, min(90, window.height() // 8), wide, high)

    def _show_some(self, outcome: str, prospects: Sequence[Prospect]) -> None:
        if prospects:
            self._rows.addWidget(label(self._heading(outcome, len(prospects)), "section"))
        for one in prospects[:SHOWN]:
            self._rows.addWidget(
                label(one.title or one.submission, "strong" if one.reason else "", wrap=True)
            )
            if one.reason:
                self._rows.addWidget(label(one.reason.removeprefix(one.title).strip(), "small", wrap=True))
                self._rows.addSpacing(4)
        if len(prospects) > SHOWN:
            self._rows.addWidget(label(say("and-more", n=len(prospects) - SHOWN), "small"))
        self._rows.addSpacing(6 if prospects else 0)

    def _heading(self, outcome: str, n: int) -> str:
        """What that outcome is called for this action, where it has a word of its own."""
        action = self._foreseen.action if self._foreseen is not None else ""
        own = f"foreseen-{outcome}-{action}"
        return say(own if words.has("ui", own) else f"foreseen-{outcome}", n=n)

    def _do(self) -> None:
        self.close_()
        if self._foreseen is not None:
            self._then(self._foreseen.ids)

"""Three texts of one study beside each other: what work began from, one's own, and the others'; and the choice.

The others' are what is live meanwhile, or a newer version that the council sent.

What has to be chosen stands first, place by place, in three columns; what comes together by itself below. Every place
can be reached by Tab, and 1, 2 and 3 choose for the one that has the keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import day, say
from ui.text.content import Dress
from ui.theme import serif
from ui.views.compared import breakable, marked, spoken
from ui.views.council.answered import CouncilPart
from ui.views.parts import KeyButton, Pill, SeverityMark, button, clear, label, restyle, scrolled
from ui.views.study.editor import FieldEditor
from workbench.desk.catalogue.conflicts import Choice, Take
from workbench.desk.rows import Conflict, ConflictPlace, Laid
from workbench.richtext import RichText
from workbench.submission import EDITABLE

NARROW = 620
"""Pixels below which the texts of a place stand below each other."""

KEYS: Mapping[int, Take] = {
    Qt.Key.Key_1.value: "ours",
    Qt.Key.Key_2.value: "theirs",
    Qt.Key.Key_3.value: "merged",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the sides are called; `came` where the others' is a newer version from the council."""

    began: str
    theirs: str
    came: bool = False


CONFLICT = "publishing#when-a-colleague-was-faster"
"""The page of the help about a conflict with what is live."""


class SideCard(QFrame):
    """One text of a place, under what it is; with the button that takes it, where it can be taken."""

    def __init__(self, title: str, html: str, says: str, take: KeyButton | None = None) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("current", False)
        head = QHBoxLayout()
        head.addWidget(label(title, "section"), 1)
        head.addStrut(28)
        self._taken = Pill(say("taken"), "accent")
        self._taken.hide()
        head.addWidget(self._taken)
        if take is not None:
            head.addWidget(take)
        words = QLabel(html or f"<i>{say('nothing')}</i>")
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setFont(serif(14))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{title}: {says or say('nothing')}")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 9, 10, 12)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(words)
        box.addStretch(1)

    def show_taken(self, taken: bool) -> None:
        """Says whether it was taken, in a word as well as by its edge."""
        self._taken.setVisible(taken)
        restyle(self, current=taken)


class PlaceCard(QFrame):
    """One place with its texts and what was chosen. `chosen` when that changed."""

    chosen = Signal()

    def __init__(self, place: ConflictPlace, names: Names) -> None:
        super().__init__()
        self.place = place
        self.names = names
        self.choice: Choice | None = None if place.merged is None else "merged"
        self.setObjectName("place")
        self.setProperty("current", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sides: dict[Take, SideCard] = {}
        self._said = label("", "small", wrap=True)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        self._both = place.state in ("merged", "conflict")
        self.editor = self._own_words() if self._both and place.written is not None else None
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.place.label, "strong"))
        head.addWidget(self._said, 1)
        for side in self._cards():
            self._columns.addWidget(side, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 12)
        box.setSpacing(8)
        box.addLayout(head)
        if self.place.forgotten:
            box.addLayout(_warning(say("merge-forgotten")))
        box.addLayout(self._columns)
        if self._both:
            box.addLayout(self._result())

    def _cards(self) -> list[SideCard]:
        place, base = self.place, self.place.base
        began = SideCard(self.names.began, _plain(base or ""), base or say("not-known"))
        if base is None:
            began = SideCard(say("where-you-started"), _plain(say("not-known")), say("not-known"))
        self._sides["ours"] = self._side("ours", say("yours"), place.mine)
        self._sides["theirs"] = self._side("theirs", self.names.theirs, place.theirs)
        return [began, *self._sides.values()] if self._both else [*self._sides.values()]

    def _side(self, take: Take, title: str, text: str) -> SideCard:
        base = self.place.base
        code = "take-sent-named" if self.names.came and take == "theirs" else f"take-{take}-named"
        says = say(code, field=self.place.label)
        take_it = button(say("take"), lambda: self.choose(take), name="quiet", key=_key(take), says=says)
        heard = text if base is None or base == text else f"{text}. {spoken(base, text)}"
        return SideCard(title, _plain(text) if base is None else marked(base, text), heard, take_it)

    def _result(self) -> QVBoxLayout:
        """What comes of it: to be written in, or to be read."""
        box = QVBoxLayout()
        box.setSpacing(4)
        place = self.place
        row = QHBoxLayout()
        row.addWidget(label(say("result" if place.written is None else "result-edit"), "small"), 1)
        if place.merged is not None or self._joins:
            says = say("take-merged-named", field=place.label)
            both = button(say("take-merged"), lambda: self.choose("merged"), name="quiet", key="3", says=says)
            row.addWidget(both)
        box.addLayout(row)
        if self.editor is not None:
            box.addWidget(self._framed(self.editor))
        else:
            self._outcome = label("", wrap=True)
            self._outcome.setFont(serif(14))
            box.addWidget(self._outcome)
        return box

    @property
    def _joins(self) -> bool:
        """Whether both can be put there though they contradict each other: somebody reads what a council sent."""
        return self.names.came and self.place.written is not None

    def _own_words(self) -> FieldEditor:
        editor = FieldEditor(Dress(size=14, line=22), one_line=self.place.name in ("title", "summary"))
        editor.setAccessibleName(say("result-named", field=self.place.label))
        editor.saved.connect(self._write)
        return editor

    def _framed(self, editor: FieldEditor) -> QFrame:
        frame = QFrame()
        frame.setObjectName("card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(14, 10, 14, 10)
        box.addWidget(editor)
        return frame

    # Choosing

    def choose(self, choice: Choice) -> None:
        """Takes a side, what both make together, or words of the editor's own."""
        if choice == "merged" and self.place.merged is None:
            if not self._joins:
                return
            choice = "joined"
        self.settle()
        self.choice = choice
        self._show()
        self.chosen.emit()

    def settle(self) -> None:
        """What is still being typed counts as well."""
        if self.editor is not None:
            self.editor.leave()

    def _write(self, content: RichText, _: RichText) -> None:
        self.choice = content
        self._say()
        self.chosen.emit()

    def _show(self) -> None:
        self._say()
        written = self.place.written
        if self.editor is not None and written is not None:
            shown = {"ours": written.mine, "theirs": written.theirs}
            own = self.choice if isinstance(self.choice, tuple) else written.draft
            self.editor.show_content(shown.get(self.choice, own) if isinstance(self.choice, str) else own)
        elif self._both:
            self._outcome.setText(breakable(self._words()))

    def _words(self) -> str:
        """What comes of a place that nobody can write in."""
        place = self.place
        texts = {
            "ours": place.mine,
            "theirs": place.theirs,
            "merged": place.merged,
            None: say("choose-first"),
        }
        return texts.get(self.choice if isinstance(self.choice, str) else None) or say("nothing")

    def _say(self) -> None:
        """What was chosen, in words and on the sides."""
        chosen = self.choice if isinstance(self.choice, str) else "own" if self.choice is not None else "open"
        code = f"settled-{self.place.state}" if chosen == "merged" else f"chosen-{chosen}"
        if self.names.came and code in _OF_THE_COUNCIL:
            code = _OF_THE_COUNCIL[code]
        if self.names.came and code == "chosen-open" and self.place.base == self.place.mine:
            code = "chosen-open-left-out" if not self.place.theirs else code
        self._said.setText(say(code))
        self.setAccessibleName(f"{self.place.label}: {say(code)}")
        for take, side in self._sides.items():
            side.show_taken(chosen == take or (chosen == "merged" and self.place.state == _ALONE[take]))

    # The keyboard, and the width

    def event(self, event: QEvent) -> bool:
        """The digits are its own here, whatever command of the window they give elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _take(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 choose."""
        if take := _take(event):
            self.choose(take)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The place that has the keyboard shows it."""
        super().focusInEvent(event)
        restyle(self, current=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It shows no more."""
        super().focusOutEvent(event)
        restyle(self, current=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the texts stand below each other."""
        super().resizeEvent(event)
        down = QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if self.width() < NARROW else QBoxLayout.Direction.LeftToRight)


_OF_THE_COUNCIL = {"chosen-theirs": "chosen-sent", "settled-theirs": "settled-sent"}
_ALONE: Mapping[Take, str] = {"ours": "mine", "theirs": "theirs"}


class MergeView(QWidget):
    """The places of one study. `applied(choices)` when all was chosen and is to be done; `left` to leave it."""

    help_page = "revisions#laying-it-beside"

    applied = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.cards: list[PlaceCard] = []
        self.found: Conflict | Laid | None = None
        self._pill = Pill(say("outcome-conflict"), "blocker")
        self._about = label("", "small", wrap=True)
        self._title = label("", wrap=True)
        self._title.setFont(serif(20, QFont.Weight.DemiBold))
        self._news = label("", wrap=True)
        self._council = CouncilPart()
        self._places = QVBoxLayout()
        self._places.setSpacing(14)
        self.apply = button(say("merge-apply"), self._apply, name="primary")
        self.leave = button(say("merge-leave"), self.left.emit, key="Esc")
        self._scroll = self._lay_out()

    def _lay_out(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(24, 16, 24, 24)
        inner.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._about, 1)
        inner.addLayout(top)
        inner.addWidget(self._title)
        inner.addWidget(self._news)
        inner.addWidget(self._council)
        inner.addLayout(self._places)
        inner.addStretch(1)
        scroll = scrolled(page, sideways=True)
        foot = QWidget()
        foot.setObjectName("foot")
        feet = QHBoxLayout(foot)
        feet.setContentsMargins(24, 13, 16, 13)
        feet.addWidget(self.apply)
        feet.addWidget(self.leave)
        feet.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(scroll, 1)
        box.addWidget(foot)
        return scroll

    def show_conflict(self, found: Conflict) -> None:
        """Shows the three sides, what has to be chosen first, and takes the keyboard there."""
        self.help_page = CONFLICT
        self._pill.set(say("outcome-conflict"), "blocker")
        self._council.hide()
        self._begin(found, _news(found))

    def show_laid(self, found: Laid) -> None:
        """Shows a newer version from the council beside the study, with how it answers what was asked."""
        self.help_page = MergeView.help_page
        self._pill.set(say("newer"), "accent")
        self._council.show_laid(found)
        self._begin(found, _came(found))

    def _begin(self, found: Conflict | Laid, news: str) -> None:
        self.found = found
        self._title.setText(breakable(found.title or say("untitled")))
        self._about.setText(_summary(found))
        self._news.setText(breakable(news))
        self._fill()
        self._count()
        first = next((card for card in self.cards if card.choice is None), None)
        at = first or self.apply
        at.show()
        at.setFocus(Qt.FocusReason.OtherFocusReason)

    def redress(self) -> None:
        """Shows the same in the colours that hold now, with what was chosen."""
        if self.found is None:
            return
        choices = self._choices()
        self._fill()
        for card in self.cards:
            if card.place.name in choices:
                card.choose(choices[card.place.name])

    def _fill(self) -> None:
        assert self.found is not None
        clear(self._places)
        self.cards = []
        last, names = "", _names(self.found)
        for place in sorted(self.found.places, key=lambda place: place.merged is not None):
            part = "merge-choose" if place.merged is None else "merge-by-itself"
            if part != last:
                self._places.addWidget(label(say(part), "section"))
            last = part
            card = PlaceCard(place, names)
            card.chosen.connect(self._count)
            self.cards.append(card)
            self._places.addWidget(card)
        if not self.cards:
            nothing = say("merge-nothing-sent") if names.came else say("merge-nothing")
            self._places.addWidget(label(nothing, "emptyText", wrap=True))

    def _choices(self) -> dict[str, Choice]:
        return {card.place.name: card.choice for card in self.cards if card.choice is not None}

    def _count(self) -> None:
        left = [card for card in self.cards if card.choice is None]
        self.apply.setText(say("merge-apply-n", n=len(left)) if left else say("merge-apply"))
        self.apply.setAccessibleName(self.apply.text())
        self.apply.setEnabled(not left)
        self.apply.updateGeometry()

    def _apply(self) -> None:
        for card in self.cards:
            card.settle()
        self.applied.emit(self._choices())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves all as it was; Enter on a place goes to the next that is open, at last to the button."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        at = next((card for card in self.cards if card.choice is None), None)
        (at or self.apply).setFocus(Qt.FocusReason.TabFocusReason)
        if at is not None:
            self._scroll.ensureWidgetVisible(at)


def _take(event: QKeyEvent) -> Take | None:
    """What a key chooses, if anything."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return KEYS.get(event.key()) if plain else None


def _key(take: Take) -> str:
    return next(chr(key) for key, each in KEYS.items() if each == take)


def _plain(text: str) -> str:
    return marked(text, text)


def _warning(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(SeverityMark("warning"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, wrap=True), 1)
    return row


def _names(found: Conflict | Laid) -> Names:
    """What the sides of a study are called."""
    if isinstance(found, Conflict):
        version = say("version", n=found.base_version) if found.base_version else say("not-published")
        return Names(f"{say('where-you-started')} · {version}", say("live-now"))
    return Names(say("as-first-sent"), say("as-sent-again"), came=True)


def _came(found: Laid) -> str:
    """Which file it is, when it came, what it was made from, and what else waits."""
    told = {"file": found.file, "day": day(found.received.astimezone()), "base": found.base_file}
    said = [say("revision-came" if found.known else "revision-came-unknown", **told), *found.because]
    if found.status not in EDITABLE:
        said.append(say("revision-reopens"))
    if found.others:
        said.append(say("revision-others", files=", ".join(name for _, name in found.others)))
    return " ".join(said)


def _summary(found: Conflict | Laid) -> str:
    open_, rest = len(found.open), len(found.places) - len(found.open)
    parts = (say("merge-open", n=open_) if open_ else "", say("merge-settled", n=rest) if rest else "")
    return " · ".join(filter(None, parts))


def _news(found: Conflict) -> str:
    """What happened in the catalogue since."""
    if not found.live_version:
        return say("merge-gone", base=found.base_version)
    when = day(found.published_at.astimezone()) if found.published_at else ""
    told = {"version": found.live_version, "base": found.base_version, "who": found.published_by, "day": when}
    said = say("merge-withdrawn", **told, note=found.note) if found.withdrawn else say("merge-live", **told)
    return said if found.known else f"{said} {say('merge-unknown')}"

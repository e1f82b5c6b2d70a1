"""Something the desk proposes: what it is and the words that led to it; taken by Enter, refused by Delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.phrases import say
from ui.views.controls import IconButton
from ui.views.parts import KeyButton, button, label, restyle


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered, in words: its name, what it is, the words of the study that led to it."""

    name: str
    about: str
    because: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """What it is and what led to it."""
        led = say("because", words=", ".join(f"“{word}”" for word in self.because)) if self.because else ""
        return " · ".join(filter(None, (self.about, led)))


class ProposalCard(QFrame):
    """An offer with its two buttons. The keyboard stands on the first; the card around it shows that."""

    def __init__(
        self, offer: Offer, take: Callable[[], object], refuse: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.offer = offer
        self.setObjectName("card")
        self.setProperty("current", False)
        self.take: KeyButton = button(
            say("take"), take, name="compact", says=say("take-named", name=offer.name)
        )
        why = offer.why + (f". {say('refuse-by-key')}" if refuse else "")
        self.take.setAccessibleDescription(why)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(offer.name, "strong", wrap=True))
        words.addWidget(label(offer.why, "small", wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 7, 6, 7)
        box.setSpacing(4)
        box.addLayout(words, 1)
        box.addWidget(self.take)
        self.refuse: IconButton | None = None
        if refuse is not None:
            self.refuse = IconButton("close", say("refuse-named", name=offer.name), refuse)
            box.addWidget(self.refuse)

    def set_current(self, current: bool) -> None:
        """Whether the keys act on this one."""
        restyle(self, current=current)


class QuestionCard(QFrame):
    """A question with its few answers: each a button that shows what it is. `answers` are name, about, what to do."""

    def __init__(self, asked: str, answers: Sequence[tuple[Offer, Callable[[], object]]]) -> None:
        super().__init__()
        self.setObjectName("card")
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 7, 10, 9)
        box.setSpacing(4)
        box.addWidget(label(asked, "strong", wrap=True))
        self.answers: list[tuple[KeyButton, Offer]] = []
        for offer, then in answers:
            line = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(offer.name, wrap=True))
            if offer.about:
                words.addWidget(label(offer.about, "small", wrap=True))
            take = button(say("take-this"), then, name="compact", says=say("take-named", name=offer.name))
            take.setAccessibleDescription(offer.about)
            self.answers.append((take, offer))
            line.addLayout(words, 1)
            line.addWidget(take)
            box.addLayout(line)

"""Learning from tagged studies without ever making the suggestions worse.

What was learned from most of the studies is tried on the rest, with the words counting more or less, and beside what
was known before; what did best is learned from all of them. Where nothing did better, what was known stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.themes.learning import READ, Learned, Lesson, Tagged, learn, read
from workbench.themes.suggesting import suggest
from workbench.themes.vocabulary import Vocabulary

SHARES = (0.15, 0.6, 2.0)
"""How much the words may count beside the cues."""
FEW = 40
"""Of fewer studies than this none is held back: only the trust in cues is learned, which is slow to change."""
TRIED_ON = 100
"""At most so many studies are held back to try on."""
EVERY = 5
BETTER = 0.005
"""By so much the tried must be better: less is chance."""
PAUSE = 25
"""After so many studies whoever waits is asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well suggestions met the topics of studies: the first one right, and proposals right, wrong and missed."""

    first: float
    micro_f1: float

    @property
    def whole(self) -> float:
        """Both in one figure."""
        return (self.first + self.micro_f1) / 2


def _go_on() -> None:
    """Nobody asks to stop."""


def taught(
    studies: Iterable[Tagged],
    vocabulary: Vocabulary,
    known: Learned | None,
    pause: Callable[[], object] = _go_on,
) -> Learned:
    """What these studies teach beyond what was `known`, as far as it makes suggestions no worse.

    `pause` is called every so often, and may raise to stop it there.
    """
    lessons = read(_with_pauses(studies, pause), vocabulary)
    before = known or Learned({})
    whole = [lesson for lesson in lessons if not lesson.study.is_partial and lesson.study.topics]
    if len(whole) < FEW:
        return replace(learn(lessons, known), weights=before.weights)
    tried = whole[::EVERY][:TRIED_ON]
    held_back = {id(lesson) for lesson in tried}
    found = learn([lesson for lesson in lessons if id(lesson) not in held_back], known)
    best = _best(before, [replace(found, share=share) for share in SHARES], tried, vocabulary, pause)
    if best is before:
        return before
    return replace(learn(lessons, known), share=best.share)


def _with_pauses(studies: Iterable[Tagged], pause: Callable[[], object]) -> Iterator[Tagged]:
    for n, one in enumerate(studies):
        if n % PAUSE == 0:
            pause()
        yield one


def _best(
    before: Learned,
    found: Sequence[Learned],
    tried: Sequence[Lesson],
    vocabulary: Vocabulary,
    pause: Callable[[], object],
) -> Learned:
    studies = [replace(lesson.study, text=lesson.study.text[:READ]) for lesson in tried]
    best, reached = before, score(_with_pauses(studies, pause), vocabulary, before).whole + BETTER
    for one in found:
        if (value := score(_with_pauses(studies, pause), vocabulary, one).whole) > reached:
            best, reached = one, value
    return best


def score(studies: Iterable[Tagged], vocabulary: Vocabulary, learned: Learned) -> Score:
    """How well the suggestions for these studies meet the topics they were given."""
    many = first = right = wrong = missed = 0
    for one in studies:
        many += 1
        ranked = suggest(one.title, one.text, vocabulary, learned).themes
        offered = {term.slug for term in ranked if term.proposed}
        first += ranked[0].slug in one.topics
        right += len(offered & one.topics)
        wrong += len(offered - one.topics)
        missed += len(one.topics - offered)
    return Score(first / max(many, 1), 2 * right / max(2 * right + wrong + missed, 1))

"""Finding the cues of a vocabulary in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from workbench.themes.vocabulary import Theme

STRONG, PLAIN, WEAK = 1.0, 0.45, 0.15

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONG = 6
"""Shorter words of a name or a scope note say too little alone."""
_MET = 50_000
"""For so many words it is remembered which cues they begin."""
_SHOUTED = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written, in lower case, without its plural, and at which character it begins."""

    text: str
    lower: str
    stem: str
    start: int

    @property
    def end(self) -> int:
        """The character after it."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that speaks for terms: its stems (the last a beginning where `open`), and how much for each slug.

    `exact` cues are abbreviations and must be written in capitals. `name` is what it is learned by.
    """

    name: str
    stems: tuple[str, ...]
    open: bool
    exact: bool
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Begun:
    """The cues that a word may begin: those it is the whole of, and the longer ones by the stem that must follow.

    `loosely` are those of which the second word is a beginning.
    """

    whole: tuple[Cue, ...] = ()
    by_next: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict[str, "tuple[Cue, ...]"])
    loosely: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class CueIndex:
    """The cues of the themes of one kind, by their first stem, and those that are a beginning alone by it."""

    by_stem: Mapping[str, tuple[Cue, ...]]
    by_start: Mapping[str, tuple[Cue, ...]]
    lengths: tuple[int, ...]
    """The lengths of the beginnings."""
    _met: dict[str, Begun | None] = field(default_factory=dict[str, "Begun | None"], repr=False)

    def begun_by(self, word: Token) -> Begun | None:
        """The cues that may begin with a word; None where there are none."""
        try:
            return self._met[word.lower]
        except KeyError:
            return self._meet(word)

    def _meet(self, word: Token) -> Begun | None:
        if len(self._met) >= _MET:
            self._met.clear()
        alone = (self.by_start.get(word.lower[:length], ()) for length in self.lengths)
        found = (*self.by_stem.get(word.stem, ()), *chain.from_iterable(alone))
        self._met[word.lower] = begun = _begun(found) if found else None
        return begun


def _begun(cues: Sequence[Cue]) -> Begun:
    by_next: dict[str, list[Cue]] = {}
    loosely = tuple(cue for cue in cues if len(cue.stems) == 2 and cue.open)
    for cue in cues:
        if len(cue.stems) > 1 and cue not in loosely:
            by_next.setdefault(cue.stems[1], []).append(cue)
    whole = tuple(cue for cue in cues if len(cue.stems) == 1)
    return Begun(whole, {second: tuple(found) for second, found in by_next.items()}, loosely)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: at which word, over how many."""

    cue: Cue
    at: int
    size: int


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    return [
        Token(word, word.lower(), stem(word), found.start())
        for found in _WORD.finditer(text)
        for word in (found[0],)
    ]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word in lower case, without possessive and plural."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def index(themes: Iterable[Theme]) -> CueIndex:
    """The cues of these themes, ready to be looked for."""
    weights: dict[tuple[tuple[str, ...], bool, bool], dict[str, float]] = {}
    for theme in themes:
        for cue, weight in _written(theme):
            if not _WORD.search(cue):
                continue
            known = weights.setdefault(key(cue), {})
            known[theme.slug] = max(known.get(theme.slug, 0.0), weight)
    by_stem: dict[str, list[Cue]] = {}
    by_start: dict[str, list[Cue]] = {}
    for (stems, is_open, exact), shares in weights.items():
        alone = is_open and len(stems) == 1
        cue = Cue(named(stems, is_open), stems, is_open, exact, shares)
        (by_start if alone else by_stem).setdefault(stems[0], []).append(cue)
    return CueIndex(
        {first: tuple(cues) for first, cues in by_stem.items()},
        {first: tuple(cues) for first, cues in by_start.items()},
        tuple(sorted({len(first) for first in by_start})),
    )


def _written(theme: Theme) -> Iterator[tuple[str, float]]:
    if not (theme.strong or theme.cues):
        yield from _of_the_name(theme)
    for cues, weight in ((theme.strong, STRONG), (theme.cues, PLAIN), (theme.weak, WEAK)):
        for cue in cues:
            yield cue, weight


def _of_the_name(theme: Theme) -> Iterator[tuple[str, float]]:
    """The cues of a theme that nobody has given any: its names, and the longer words of its name and scope note."""
    for name in (theme.label, *(alias.label for alias in theme.aliases)):
        yield name, STRONG
    for text, weight in ((theme.label, PLAIN), (theme.scope_note, WEAK)):
        for word in _WORD.findall(text):
            if len(word) >= _LONG:
                yield word, weight


def key(cue: str) -> tuple[tuple[str, ...], bool, bool]:
    """A cue as it is compared: its stems, whether the last is a beginning, whether it must stand in capitals."""
    words = _WORD.findall(cue)
    is_open = cue.endswith("*")
    stems = [stem(word) for word in words]
    if is_open:
        stems[-1] = words[-1].lower()
    return tuple(stems), is_open, bool(_SHOUTED.fullmatch(cue))


def named(stems: tuple[str, ...], is_open: bool) -> str:
    """What a cue is learned by."""
    return " ".join(stems) + ("*" if is_open else "")


def find(cues: CueIndex, words: Sequence[Token]) -> Iterator[Hit]:
    """Every cue in the text, overlapping ones included."""
    last = len(words) - 1
    for at, word in enumerate(words):
        begun = cues.begun_by(word)
        if begun is None:
            continue
        for cue in begun.whole:
            if not cue.exact or word.text.isupper():
                yield Hit(cue, at, 1)
        if at == last:
            continue
        for cue in (*begun.by_next.get(words[at + 1].stem, ()), *begun.loosely):
            if _stands(cue, words, at):
                yield Hit(cue, at, len(cue.stems))


def _stands(cue: Cue, words: Sequence[Token], at: int) -> bool:
    size = len(cue.stems)
    if at + size > len(words):
        return False
    last = words[at + size - 1]
    ends = last.lower.startswith(cue.stems[-1]) if cue.open else last.stem == cue.stems[-1]
    return ends and all(words[at + n].stem == cue.stems[n] for n in range(1, size - 1))

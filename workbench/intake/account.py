"""The proof that every word of a document ended somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from workbench.submission import FieldValue, Note, Passage
from workbench.word.document import Block, Table, WordDocument, paragraphs

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Account:
    """Which share of a document's words, 0 to 1, stands in a field, in the unplaced or in a note; which do not."""

    share: float = 1.0
    missing: tuple[str, ...] = ()

    def notes(self, texts: Mapping[str, str]) -> Iterator[Note]:
        """What is missing, in a note for each part of the file that says it; `texts` are the parts' texts."""
        left = Counter(self.missing)
        for part, text in texts.items():
            if found := [word for word in words(text) if _taken(left, word)]:
                yield Note("account", f"{part}: {' '.join(found)}" if part else " ".join(found))


def _taken(left: Counter[str], word: str) -> bool:
    """Whether one more of `word` is left, which is taken."""
    left[word] -= 1
    return left[word] >= 0


def words(text: str) -> list[str]:
    """The words of a text as the account counts them."""
    return _WORD.findall(text)


def said(document: WordDocument) -> str:
    """The text of a document as it was read."""
    return "\n".join(_texts(document))


def kept(fields: Iterable[FieldValue], unplaced: Iterable[Passage], notes: Iterable[Note]) -> str:
    """The text of all fields, passages and notes."""
    answers = (value.text for value in fields)
    passages = (passage.text for passage in unplaced)
    return "\n".join(chain(answers, passages, (note.text for note in notes)))


def compare(said: str, found: str) -> Account:
    """Which words of the text `said` are not in the text `found`, or not as often; their order is all one.

    What stands between blanks in both is crossed out first, which leaves next to nothing to take apart into words.
    """
    here, there = Counter(said.split()), Counter(found.split())
    lost = _more(here, there)
    if not lost:
        return Account()
    missing = Counter(words(" ".join(lost))) - Counter(words(" ".join(_more(there, here))))
    total = len(words(said))
    return Account(1 - missing.total() / total if total else 1.0, tuple(sorted(missing.elements())))


def _more(one: Counter[str], other: Counter[str]) -> list[str]:
    """What stands in `one` more often than in the other, each as often as it does."""
    times = other.get
    differing = [piece for piece, n in one.items() if n > times(piece, 0)]
    return [piece for piece in differing for _ in range(one[piece] - other[piece])]


def _texts(document: WordDocument) -> Iterable[str]:
    yield from (paragraph.text for paragraph in paragraphs(document.blocks))
    yield from _captions(document.blocks)
    yield from (note.text for note in document.notes)


def _captions(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield block.caption
            for row in block.rows:
                for cell in row.cells:
                    yield from _captions(cell.blocks)

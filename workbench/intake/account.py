"""The proof that every word of a document ended somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from workbench.richtext import plain
from workbench.submission import FieldValue, Note, Passage
from workbench.word.document import Block, Table, WordDocument, paragraphs

_WORD = re.compile(r"\w+")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Account:
    """Which share of a document's words, 0 to 1, stands in a field, in the unplaced or in a note; which do not."""

    share: float = 1.0
    missing: tuple[str, ...] = ()

    @property
    def note(self) -> Note:
        """What is missing, for the editor."""
        more = f" … (+{len(self.missing) - _SHOWN})" if len(self.missing) > _SHOWN else ""
        return Note("account", " ".join(self.missing[:_SHOWN]) + more)


def words(text: str) -> list[str]:
    """The words of a text as the account counts them."""
    return _WORD.findall(text)


def said(document: WordDocument) -> Counter[str]:
    """The words of a document as it was read, each as often as it stands there."""
    return _counted(_texts(document))


def kept(fields: Iterable[FieldValue], unplaced: Iterable[Passage], notes: Iterable[Note]) -> Counter[str]:
    """The words of all fields, passages and notes, each as often as it stands there."""
    answers = (plain(value.content) for value in fields)
    passages = (passage.text for passage in unplaced)
    return _counted(chain(answers, passages, (note.text for note in notes)))


def compare(said: Mapping[str, int], found: Mapping[str, int]) -> Account:
    """What of the words `said` is not among those `found`."""
    differing = (word for word, _ in said.items() - found.items())
    missing = sorted(word for word in differing for _ in range(said[word] - found.get(word, 0)))
    total = sum(said.values())
    return Account(1 - len(missing) / total if total else 1.0, tuple(missing))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(words("\n".join(texts)))


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

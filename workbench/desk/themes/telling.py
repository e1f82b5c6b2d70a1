"""Changes of the vocabulary in sentences, for previews, lists and the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench import words

if TYPE_CHECKING:
    from workbench.themes import Vocabulary
    from workbench.themes.changes import Change
    from workbench.themes.history import VocabularyChange


def sentence(known: Vocabulary, change: Change, *, will: bool = False) -> str:
    """The change in a sentence, with the labels that the terms have in the vocabulary `known`."""
    code, params = told(known, change)
    return words.say("themes", f"will-{code}" if will else code, **params)


def told(known: Vocabulary, change: Change) -> tuple[str, dict[str, str]]:
    """The code of the change's sentence, and its parameters: `was` and `label`."""
    from workbench.themes import changes

    match change:
        case changes.Add(theme):
            return "add", {"label": theme.label}
        case changes.Amend(theme):
            return "amend", {"label": _label(known, *theme.key)}
        case changes.Reinstate():
            return "reinstate", {}
        case changes.Retire() | changes.Restore():
            return changes.name_of(change), {"label": _label(known, change.kind, change.slug)}
        case changes.Move(kind, slug, None):
            return "move-up", {"was": _label(known, kind, slug)}
        case changes.Rename(kind, slug, label):
            return "rename", {"was": _label(known, kind, slug), "label": label}
        case changes.Merge(kind, slug, into) | changes.Move(kind, slug, into):
            became = _label(known, kind, into or "")
            return changes.name_of(change), {"was": _label(known, kind, slug), "label": became}
        case changes.Split(kind, slug, into):
            became = ", ".join(f"“{_label(known, kind, one)}”" for one in into)
            return "split", {"was": _label(known, kind, slug), "label": became}


def _label(known: Vocabulary, kind: str, slug: str) -> str:
    theme = known.by_term.get((kind, slug))
    return theme.label if theme else slug


def before(amendment: VocabularyChange, known: Vocabulary) -> Vocabulary:
    """The vocabulary as it was before an amendment, as far as its sentence needs it."""
    from workbench.themes import Vocabulary

    was = {old.key: old for old, _ in amendment.differences if old is not None}
    return Vocabulary(tuple({**known.by_term, **was}.values()))


def all_told(known: Vocabulary, found: Sequence[VocabularyChange]) -> Mapping[int, str]:
    """Every change in a sentence, by its number; one that takes another back names that."""
    said: dict[int, str] = {}
    for one in found:
        own = sentence(before(one, known), one.change)
        taken = said.get(one.undoes) if one.undoes is not None else None
        said[one.number] = words.say("themes", "reinstate", said=taken) if taken else own
    return said

"""Everything that window and command may ask of the vocabulary.

Its terms with how they are used (`glossary`, `usage`), changing it for everybody and deciding on proposed terms
(`amending`), and proposing a term for it (`coining`).
"""

from __future__ import annotations

from workbench.desk.themes.amending import (
    AmendmentRow,
    Foreseen,
    Refiled,
    accept,
    change,
    changes,
    decline,
    foresee,
    foresee_accept,
    foresee_decline,
    foresee_undo,
    new,
    refresh,
    undo,
)
from workbench.desk.themes.coining import ProposedTerm, proposals, propose
from workbench.desk.themes.finding import matching
from workbench.desk.themes.glossary import TermRow, terms, tree
from workbench.desk.themes.usage import ThemeUse, Together, Usage, usage
from workbench.themes.changes import Add, Amend, Change, Merge, Move, Rename, Restore, Retire, Split
from workbench.themes.vocabulary import Alias, Theme

__all__ = [
    "Add",
    "Alias",
    "Amend",
    "AmendmentRow",
    "Change",
    "Foreseen",
    "Merge",
    "Move",
    "ProposedTerm",
    "Refiled",
    "Rename",
    "Restore",
    "Retire",
    "Split",
    "TermRow",
    "Theme",
    "ThemeUse",
    "Together",
    "Usage",
    "accept",
    "change",
    "changes",
    "decline",
    "foresee",
    "foresee_accept",
    "foresee_decline",
    "foresee_undo",
    "matching",
    "new",
    "proposals",
    "propose",
    "refresh",
    "terms",
    "tree",
    "undo",
    "usage",
]

"""Themes: the controlled vocabularies, and proposing terms for a text.

`vocabulary()` reads the terms that travel with the program. `suggest` ranks them for a title and a text by the
cues the vocabulary gives, by what was learned from studies tagged before, and says which words led to each.
Everything is local, and small enough to run while the editor types.
"""

from __future__ import annotations

from workbench.themes.learning import Learned, Tagged, learn, shipped
from workbench.themes.suggesting import Span, Suggested, SuggestedTerm, suggest
from workbench.themes.teaching import taught
from workbench.themes.vocabulary import Theme, Vocabulary, vocabulary

__all__ = [
    "Learned",
    "Span",
    "Suggested",
    "SuggestedTerm",
    "Tagged",
    "Theme",
    "Vocabulary",
    "learn",
    "shipped",
    "suggest",
    "taught",
    "vocabulary",
]

"""Spelling: which words of a text no dictionary knows, and what they may have been meant to be.

`misspelt` and `nearest` ask the British dictionary of `resources/spelling` through Hunspell, which is loaded when the
first word is asked. -ise and -ize are both at home. `known` are words in lower case that a caller vouches for.
"""

from __future__ import annotations

from workbench.spelling.lexicon import as_known, house_words, is_word
from workbench.spelling.nearness import nearest, suggestions
from workbench.spelling.reading import misspelt

__all__ = ["as_known", "house_words", "is_word", "misspelt", "nearest", "suggestions"]

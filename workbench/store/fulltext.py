"""What is typed into a search box, as SQLite's full-text index understands it."""

from __future__ import annotations

import re


def all_words(text: str) -> str | None:
    """The query that finds all words of `text`, each as the beginning of one; None where there is no word.

    Only letters and digits of the text reach the query, so that no sign in it can be taken for an operator.
    """
    words = re.findall(r"[^\W_]+", text)
    return " ".join(f'"{word}"*' for word in words) or None

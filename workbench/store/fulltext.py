"""What is typed into a search box, as SQLite's full-text index understands it."""

from __future__ import annotations

from workbench.search import Phrase, phrases


def all_words(text: str) -> str | None:
    """The query that finds all that `phrases` reads in `text`; None where there is no word.

    Only letters and digits of the text reach the query, so that no sign in it can be taken for an operator.
    """
    return " ".join(map(_asked, phrases(text))) or None


def _asked(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{"" if phrase.whole else "*"}'

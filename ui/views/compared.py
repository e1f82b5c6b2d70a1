"""Two texts beside each other, the words that differ marked in both."""

from __future__ import annotations

import difflib
import re
from html import escape

from ui.theme import tokens


def compared(before: str, after: str) -> tuple[str, str]:
    """Both as HTML: in the first what goes is struck through, in the second what comes is marked."""
    colours = tokens()
    old, new = _words(before), _words(after)
    left: list[str] = []
    right: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = (escape("".join(words)).replace("\n", "<br>") for words in (old[a:b], new[c:d]))
        if kind == "equal":
            left.append(gone)
            right.append(come)
            continue
        if gone:
            style = f"color:{colours.blocker}; background-color:{colours.blocker_soft}"
            left.append(f'<s style="{style}">{gone}</s>')
        if come:
            style = f"color:{colours.good}; background-color:{colours.good_soft}"
            right.append(f'<span style="{style}">{come}</span>')
    return "".join(left), "".join(right)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)

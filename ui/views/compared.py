"""Two texts beside each other, the words that differ marked in both."""

from __future__ import annotations

from html import escape

from ui.theme import tokens
from workbench import merge


def compared(before: str, after: str) -> tuple[str, str]:
    """Both as HTML: in the first what goes is struck through, in the second what comes is marked."""
    colours = tokens()
    gone = f"color:{colours.blocker}; background-color:{colours.blocker_soft}"
    come = f"color:{colours.good}; background-color:{colours.good_soft}"
    left: list[str] = []
    right: list[str] = []
    for run in merge.words(before, after):
        words = escape(run.text).replace("\n", "<br>")
        if run.kind != "new":
            left.append(f'<s style="{gone}">{words}</s>' if run.kind == "gone" else words)
        if run.kind != "gone":
            right.append(f'<span style="{come}">{words}</span>' if run.kind == "new" else words)
    return "".join(left), "".join(right)

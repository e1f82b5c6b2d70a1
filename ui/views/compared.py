"""Two texts beside each other, the words that differ marked in both."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise

from ui.phrases import say
from ui.theme import tokens
from workbench import merge
from workbench.merge import Run


def marked(before: str, after: str) -> str:
    """One text as HTML: what went is struck through, what came is underlined; the colours only say it again."""
    runs = merge.words(before, after)
    first = "".join(map(_run, runs[:1]))
    return first + "".join(_apart(one, other) + _run(other) for one, other in pairwise(runs))


def _apart(one: Run, other: Run) -> str:
    """A blank between what went and what came in its place, where that brings none."""
    meet = (one.kind, other.kind) == ("gone", "new")
    return " " if meet and not other.text[0].isspace() else ""


_LONG = re.compile(r"[^\s\u200b]{24}(?=[^\s\u200b]{8})")


def breakable(text: str) -> str:
    """The text with places inside very long words, such as addresses, where a line may end."""
    return _LONG.sub(lambda found: f"{found[0]}\u200b", text)


def _run(run: Run) -> str:
    words = escape(breakable(run.text)).replace("\n", "<br>")
    if run.kind == "same":
        return words
    colours = tokens()
    tag, name = ("u", "good") if run.kind == "new" else ("s", "blocker")
    style = f"color:{getattr(colours, name)}; background-color:{getattr(colours, f'{name}_soft')}"
    return f'<{tag} style="{style}">{words}</{tag}>'


def spoken(before: str, after: str) -> str:
    """The difference for the ear: each stretch with what became of it."""
    told = (run for run in merge.words(before, after) if run.kind != "same")
    return "; ".join(say(f"run-{run.kind}", text=run.text.strip()) for run in told)


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

"""A figure in the summary that the body does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.checks.figures import TENS, UNITS, Figure, figures, spelt
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_LASTS = re.compile(r"[\s-](minute|hour|day|week|month|year)s?\b")
_RATIO = re.compile(
    rf"\b(?:\d+|{'|'.join(UNITS[1:11])})\s+(?:in|of|out\s+of)\s+(?:every\s+)?$", re.IGNORECASE
)
_ROUNDED = re.compile(
    r"(?:about|around|nearly|almost|over|more\s+than|some|roughly|approximately|up\s+to|at\s+least|"
    r"under|fewer\s+than|less\s+than|just)\s+$",
    re.IGNORECASE,
)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each percentage, sum and larger count of the summary that the body lacks."""
    summary = manuscript.answers.get("summary")
    if summary is None or not summary.text or sum(one.count for one in manuscript.body) < rule["body"]:
        return
    body = manuscript.body_text.lower()
    for figure in (*figures(summary.text), *spelt(summary.text)):
        if not _is_due(figure, summary.text, body, rule) or _stands(figure.text.lower(), body):
            continue
        known = [(other, one.text) for one in manuscript.body for other in figures(one.text)]
        rounded = _ROUNDED.search(summary.text[: figure.start]) is not None
        in_words = any(_stands(word, body) for word in _spelt(figure))
        if not in_words and not any(_agree(figure, other, rounded) for other, _ in known):
            other = _likeliest(figure, summary.text, known)
            case, told = ("", other.text) if other else ("absent", "")
            yield rule.at(summary, figure.start, figure.end, case=case, a=figure.text, b=told)


def _is_due(figure: Figure, summary: str, body: str, rule: Rule) -> bool:
    """Whether the body has to tell a figure: no small count, no share such as "7 of 10", no stretch of time where it
    tells dates instead.
    """
    ratio = _RATIO.search(summary, 0, figure.start) is not None and figure.value in (10, 20, 100)
    if figure.kind == "count" and (figure.value < rule["least"] or ratio):
        return False
    lasts = _LASTS.match(summary, figure.end)
    return lasts is None or re.search(rf"\d[\s-]{lasts[1]}", body) is not None


def _stands(written: str, body: str) -> bool:
    """Whether the body has these words by themselves, in no longer word or number."""
    at = body.find(written)
    while at >= 0:
        end = at + len(written)
        apart = not body[at - 1 : at].isalnum() and body[at - 1 : at] not in (".", ",")
        if apart and not body[end : end + 1].isalnum() and not body[end + 1 : end + 2].isdigit():
            return True
        at = body.find(written, end)
    return False


_SHARES = {
    10: "tenth",
    20: "fifth",
    25: "quarter",
    33: "third",
    50: "half",
    67: "two thirds",
    75: "three quarters",
}


def _spelt(figure: Figure) -> tuple[str, ...]:
    """How a body may write a figure in words: a count up to a hundred, or a plain share."""
    value = int(figure.value) if figure.value.is_integer() else -1
    if figure.kind == "percent":
        return (_SHARES[value],) if value in _SHARES else ()
    if figure.kind != "count" or not 10 <= value < 100:
        return ()
    if value < 20:
        return (UNITS[value],)
    tens, unit = TENS[value // 10 - 2], UNITS[value % 10]
    return (f"{tens}-{unit}", f"{tens} {unit}") if unit else (tens,)


def _agree(one: Figure, other: Figure, rounded: bool) -> bool:
    """Whether two figures say the same, allowing for the rounding of the first."""
    if "count" not in (one.kind, other.kind) and one.kind != other.kind:
        return False
    if one.value == other.value:
        return True
    slack = 0.1 * other.value if rounded else 0.0
    if one.kind == "percent":
        slack = max(slack, 0.51 if one.digits == 0 and other.digits else 0.0)
    elif one.value >= 10_000:
        slack = max(slack, 0.5 * _unit(one.value))
    return abs(one.value - other.value) <= slack


def _unit(value: float) -> float:
    """The place a round figure is given to: 100,000 for 1.2 million."""
    unit = 1.0
    while value % (unit * 10) == 0:
        unit *= 10
    return unit


def _likeliest(figure: Figure, summary: str, known: Sequence[tuple[Figure, str]]) -> Figure | None:
    """The figure of the body that speaks of the same thing, by kind and by the words beside it."""
    words = _beside(figure, summary)
    alike = [(len(words & _beside(other, text)), other) for other, text in known if other.kind == figure.kind]
    best = max(alike, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] >= 2 else None


def _beside(figure: Figure, text: str) -> frozenset[str]:
    around = text[max(0, figure.start - 60) : figure.start] + " " + text[figure.end : figure.end + 60]
    return frozenset(word for word in re.findall(r"[a-z]{4,}", around.lower()))

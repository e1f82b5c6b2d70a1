"""Formulas as a line of text."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.word.xml import Element, M, W

_WRAPPED: Mapping[str, tuple[str, str]] = {
    M + "num": ("(", ")"),
    M + "den": ("/(", ")"),
    M + "sup": ("^(", ")"),
    M + "sub": ("_(", ")"),
    M + "deg": ("[", "]"),
    M + "rad": ("√(", ")"),
}
_WORDS = frozenset({M + "t", W + "t", W + "delText"})
_RUN = M + "r"


def formula(element: Element) -> str:
    """The text of a formula: `E=mc^(2)`, `(a)/(b)`. Parts of it are never run together into one word."""
    out, last = "", ""
    for child in element:
        tag = child.tag
        if tag in _WORDS:
            inner = child.text or ""
        else:
            before, after = _WRAPPED.get(tag, ("", ""))
            inner = formula(child)
            inner = before + inner + after if inner else ""
        if inner:
            runs_on = tag in _WORDS or (tag == last == _RUN)
            out += inner if runs_on or not _would_join(out, inner) else " " + inner
            last = tag
    return out


def _would_join(left: str, right: str) -> bool:
    return left[-1:].isalnum() and right[:1].isalnum()

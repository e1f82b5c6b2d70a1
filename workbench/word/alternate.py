"""Alternate content: the same thing said for newer and for older programs, of which one saying is read."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.word.xml import DGM, MC, A, C, Element, M, V, W

_BRANCHES = (MC + "Choice", MC + "Fallback")
_WORDED = (W + "t", W + "delText", M + "t", A + "t")
_SHOWN = (A + "blip", C + "chart", DGM + "relIds", V + "imagedata")


def unchosen(element: Element) -> Iterable[Element]:
    """The branches that `chosen` passes over."""
    taken = chosen(element)
    return [branch for branch in element.iterchildren(*_BRANCHES) if branch is not taken]


def chosen(element: Element) -> Iterable[Element]:
    """The content of one branch: the first with words, else the first that shows anything, else the first."""
    branches = list(element.iterchildren(*_BRANCHES))
    for branch in branches:
        if any(found.text for found in branch.iter(*_WORDED)):
            return branch
    for branch in branches:
        if next(branch.iter(*_SHOWN), None) is not None:
            return branch
    return branches[0] if branches else ()

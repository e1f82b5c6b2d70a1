"""Which paragraphs are anything but plain words in the look of their style, found before the text is read.

Most paragraphs are plain, and then their words can be had in one step. One sweep over the part finds the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from workbench.word.xml import Element, W, find_all

LOOKS = frozenset(W + name for name in ("b", "i", "vanish", "vertAlign", "sz", "rStyle"))
"""What a run may say of its look that matters here."""

_MARK_OWNER = W + "pPr"


def busy(root: Element, special: Iterable[str]) -> Collection[Element]:
    """The elements, paragraphs among them, that hold an element with a `special` tag, a run with a look of its own,
    or a paragraph inside a paragraph."""
    found: set[Element] = set()
    for each in root.iter(*special):
        _mark(each.getparent(), found)
    for each in find_all("//w:p[ancestor::w:p]")(root):
        _mark(each.getparent(), found)
    for each in root.iter(*LOOKS):
        properties = each.getparent()
        owner = None if properties is None else properties.getparent()
        if owner is not None and owner.tag != _MARK_OWNER:
            _mark(owner, found)
    return found


def _mark(element: Element | None, found: set[Element]) -> None:
    """Adds an element and all it stands in; stops where that has been done."""
    while element is not None and element not in found:
        found.add(element)
        element = element.getparent()

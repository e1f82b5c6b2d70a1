"""Content controls, as their properties describe them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.word.document import Control, ControlKind
from workbench.word.xml import W14, W15, Element, W, flag, value_of

_RICH: ControlKind = "rich"
_KINDS: Mapping[str, ControlKind] = {
    W + "text": "text",
    W + "richText": "rich",
    W + "dropDownList": "dropdown",
    W + "comboBox": "combo",
    W + "date": "date",
    W + "picture": "picture",
    W + "group": "group",
    W14 + "checkbox": "checkbox",
    W15 + "checkbox": "checkbox",
    W15 + "repeatingSection": "repeating",
    W15 + "repeatingSectionItem": "repeating",
}


def control(element: Element, number: int) -> Control:
    """The control that a `w:sdt` is; `number` tells it from others with its tag."""
    properties = element.find(W + "sdtPr")
    if properties is None:
        return Control(number)
    kinds: Iterator[ControlKind] = (_KINDS[child.tag] for child in properties if child.tag in _KINDS)
    binding = properties.find(W + "dataBinding")
    if binding is None:
        binding = properties.find(W15 + "dataBinding")
    return Control(
        number,
        value_of(properties.find(W + "tag")),
        value_of(properties.find(W + "alias")),
        next(kinds, _RICH),
        flag(properties.find(W + "showingPlcHdr")) is True,
        "" if binding is None else binding.get(W + "xpath", ""),
    )


def is_contents(element: Element) -> bool:
    """Whether a `w:sdt` holds the table of contents, which repeats what stands elsewhere."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value_of(gallery) == "Table of Contents"

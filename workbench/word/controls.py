"""Content controls, as their properties describe them."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.word.document import Control, ControlKind
from workbench.word.xml import W14, W15, Element, W, child, flag, value_of

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
    own = _properties(element)
    kinds: list[ControlKind] = [kind for tag, kind in _KINDS.items() if tag in own]
    binding = own.get(W + "dataBinding", own.get(W15 + "dataBinding"))
    return Control(
        number,
        value_of(own.get(W + "tag")),
        value_of(own.get(W + "alias")),
        kinds[0] if kinds else "rich",
        flag(own.get(W + "showingPlcHdr")) is True,
        "" if binding is None else binding.get(W + "xpath", ""),
        _choices(own.get(W + "dropDownList", own.get(W + "comboBox"))),
    )


def _choices(offered: Element | None) -> tuple[str, ...]:
    """What a list offers, but for its "Choose an item", which has no value."""
    items = () if offered is None else (each for each in offered if each.tag == W + "listItem")
    said = (
        each.get(W + "displayText") or each.get(W + "value", "") for each in items if each.get(W + "value")
    )
    return tuple(dict.fromkeys(filter(None, said)))


def is_contents(element: Element) -> bool:
    """Whether a `w:sdt` holds the table of contents, which repeats what stands elsewhere."""
    part = _properties(element).get(W + "docPartObj")
    return part is not None and value_of(child(part, W + "docPartGallery")) == "Table of Contents"


def _properties(element: Element) -> Mapping[str, Element]:
    properties = child(element, W + "sdtPr")
    return {} if properties is None else {each.tag: each for each in properties}

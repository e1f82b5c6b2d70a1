"""Which field a content control belongs to, by its tag, its alias or the XML it is bound to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from workbench.intake.headings import Lexicon
from workbench.word.document import Control, Paragraph, Span

CONTROL_TAG, CONTROL_ALIAS, CONTROL_BINDING = "control-tag", "control-alias", "control-binding"


@dataclass(frozen=True, slots=True)
class Owner:
    """The field whose control text stands in, by which evidence and how surely; `number` is the control's own."""

    field: str
    by: str
    confidence: float
    number: int


_STEP = re.compile(r"(?:^|/)(?:[\w.-]+:)?([\w.-]+)(?:\[[^\]]*\])*/?$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PREFIX = re.compile(r"^.*[:./\\|]|^(?:casebook|cb|field|fld|txt|sdt|cc)[_-]?(?=\w{4})", re.IGNORECASE)


def owner(controls: Iterable[Control], lexicon: Lexicon, fields: frozenset[str]) -> Owner | None:
    """The field of the innermost control that names one; an exact tag goes before all other evidence."""
    found = [one for control in reversed(tuple(controls)) if (one := _owner(control, lexicon, fields))]
    return max(found, key=lambda one: one.confidence, default=None)


def _owner(control: Control, lexicon: Lexicon, fields: frozenset[str]) -> Owner | None:
    tag = control.tag.strip()
    if tag in fields:
        return Owner(tag, CONTROL_TAG, 1.0, control.number)
    if tag.casefold() in fields or _PREFIX.sub("", tag).casefold() in fields:
        return Owner(_PREFIX.sub("", tag).casefold(), CONTROL_TAG, 0.95, control.number)
    for text, by in (
        (_spelt(tag), CONTROL_TAG),
        (control.alias, CONTROL_ALIAS),
        (_bound(control), CONTROL_BINDING),
    ):
        match = lexicon.find(text) if text else None
        if match and len(match.fields) == 1:
            return Owner(match.fields[0], by, 0.95 if match.exact else 0.9, control.number)
    return None


def _spelt(tag: str) -> str:
    return _CAMEL.sub(" ", tag).replace("_", " ").replace("-", " ")


def _bound(control: Control) -> str:
    found = _STEP.search(control.binding.strip())
    return _spelt(found[1]) if found else ""


def by_owner(
    paragraph: Paragraph, around: tuple[Control, ...], lexicon: Lexicon, fields: frozenset[str]
) -> list[tuple[Owner | None, tuple[Span, ...]]]:
    """The spans of a paragraph in groups of one owner each; `around` are the controls it stands in."""
    outer = owner(around, lexicon, fields) if around else None
    if not any(span.controls for span in paragraph.spans):
        return [(outer, paragraph.spans)]
    owners = {
        controls: owner((*around, *controls), lexicon, fields)
        for controls in {span.controls for span in paragraph.spans}
    }
    grouped = groupby(paragraph.spans, key=lambda span: owners[span.controls])
    return [(one, tuple(spans)) for one, spans in grouped]

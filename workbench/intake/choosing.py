"""Which template a document was written to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from workbench.intake.headings import LONGEST, Lexicon, lexicon
from workbench.template import Template, version_of
from workbench.word.document import (
    TEMPLATE_PROPERTY,
    TEMPLATE_VERSION_PROPERTY,
    Block,
    Control,
    Paragraph,
    Table,
    WordDocument,
    paragraphs,
)

_AHEAD = 4.0
"""By how much another template must fit better than the first: two of its own labels."""

_WHOLE = 0.9
"""The share of a template's labels with which a document is as good as certainly written to it."""

LABELLED, NAMED = 2.0, 1.0

_MOST = 400
"""How many lines that could be labels are looked at: those of a submission are among the first of them."""

_OPENING = re.compile(r"^([^\n\t:?–—]{2,90}(?:\?|(?=[\n\t:–—]|$)))")


def choose(document: WordDocument, templates: Mapping[str, Template]) -> Template | None:
    """The template a document says it is, else whose controls it holds, else whose headings it has most of.

    A document that says under which version it was sent out is read by that version, where it is known. None where
    not one label fits any template.
    """
    said = document.properties.custom
    named, version = said.get(TEMPLATE_PROPERTY, ""), said.get(TEMPLATE_VERSION_PROPERTY, "")
    if named in templates:
        return version_of(templates, named, int(version) if version.isdecimal() else 0)
    return _by_tags(document, templates) or _by_headings(document, templates)


def _by_tags(document: WordDocument, templates: Mapping[str, Template]) -> Template | None:
    tags = {control.tag for control in controls(document.blocks) if control.tag}
    held = {name: len(tags & template.by_id.keys()) for name, template in templates.items()}
    best = max(held, key=lambda name: held[name], default=None)
    return templates[best] if best is not None and held[best] else None


def _by_headings(document: WordDocument, templates: Mapping[str, Template]) -> Template | None:
    texts = frozenset(islice(_candidates(document), _MOST))
    fits = {name: _fit(texts, lexicon(template)) for name, template in templates.items()}
    held = [name for name in fits if fits[name]]
    if not held:
        return None
    first = next(iter(fits))
    rivals = [
        name for name in held if name == first or _goes_before(fits[name], fits[first], templates[name])
    ]
    return templates[max(rivals or held, key=lambda name: sum(fits[name].values()))]


def _goes_before(fit: Mapping[str, float], first: Mapping[str, float], template: Template) -> bool:
    """Whether another template fits so much better than the first that the first is out of the question: by far, or
    because the document has as good as all its labels.

    It is not where a label of the first stands in the document and means nothing, or something else, to the other.
    """
    own = {text for text, weight in first.items() if weight == LABELLED and fit.get(text, 0) < LABELLED}
    ahead = sum(fit.values()) - sum(first.values())
    labelled = sum(weight == LABELLED for weight in fit.values())
    whole = labelled > 1 and labelled >= _WHOLE * len(template.fields)
    return not own and (ahead >= _AHEAD or (whole and ahead > 0))


def _fit(texts: Iterable[str], known: Lexicon) -> dict[str, float]:
    """How much the labels of a document weigh, by label: each field once, under its own label or another name."""
    weights: dict[str, tuple[float, str]] = {}
    for text in texts:
        if match := known.find(text):
            weight = LABELLED if match.exact else NAMED
            for name in match.fields:
                weights[name] = max(weights.get(name, (0.0, "")), (weight, text))
    return {text: weight for weight, text in weights.values()}


def _candidates(document: WordDocument) -> Iterable[str]:
    """What could be a label: short paragraphs, first lines, and what stands before a colon."""
    yield from (control.alias for control in controls(document.blocks) if control.alias)
    for paragraph in paragraphs(document.blocks):
        text = paragraph.text.strip()
        if text and len(text) <= LONGEST:
            yield text
        if found := _OPENING.match(text):
            yield found[1].strip()


def controls(blocks: Iterable[Block]) -> Iterable[Control]:
    """Every content control of a document, those of tables, rows, cells and runs too."""
    for block in blocks:
        yield from block.controls
        if isinstance(block, Paragraph):
            for span in block.spans:
                yield from span.controls
        else:
            yield from _in_table(block)


def _in_table(table: Table) -> Iterable[Control]:
    for row in table.rows:
        yield from row.controls
        for cell in row.cells:
            yield from cell.controls
            yield from controls(cell.blocks)

"""From a Word document to the fields of a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbench.intake import lines
from workbench.intake.account import Account, compare, kept, said
from workbench.intake.choosing import choose
from workbench.intake.flagged import answered
from workbench.intake.guidance import prompts
from workbench.intake.headings import lexicon, normalise
from workbench.intake.layout import unroll
from workbench.intake.settling import Settlement
from workbench.intake.tokens import Terms
from workbench.intake.walk import Walk
from workbench.submission import FieldValue, Note, Passage, Picture
from workbench.template import Template
from workbench.word.document import WordDocument, paragraphs

DEFAULT = "case-study"


@dataclass(frozen=True)
class Placed:
    """A document as the fields of a template.

    `template` is None where the text fits none; nothing but a title is then taken from it. Every word of the
    document stands in `fields`, in `unplaced` or in `notes`; `account` proves it.
    """

    template: str | None
    fields: Mapping[str, FieldValue]
    unplaced: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: tuple[Picture, ...] = ()
    account: Account = field(default_factory=Account)
    version: int = 0
    """The version of the template by whose labels the document was read."""


def place(
    document: WordDocument,
    templates: Mapping[str, Template],
    learned: Mapping[tuple[str, str], str] | None = None,
    raw: Mapping[str, str] | None = None,
) -> Placed:
    """What a document answers to which field, by the evidence of its controls, headings, labels and order.

    `learned` maps a template's id and a normalised heading to the field an editor once gave it. The account is held
    against `raw`, the text of the file's parts read by another way; without it, against that of `document`.
    """
    chosen = choose(document, templates)
    template = chosen or templates.get(DEFAULT) or next(iter(templates.values()))
    terms = _terms(template, learned or {})
    document = answered(document, terms.prompts)
    walk = Walk(unroll(document, terms), terms, template)
    settled = Settlement(template, terms, walk.sections, fits=chosen is not None)
    fields, unplaced = settled.values(), tuple(settled.passages())
    notes = (*document.notes, *walk.notes, *_prompt_notes(document), *_skips(document), *settled.notes)
    texts = {"": said(document)} if raw is None else raw
    account = compare(" ".join(texts.values()), kept(fields.values(), unplaced, notes))
    notes = (*notes, *account.notes(texts)) if account.missing else notes
    return Placed(
        chosen.id if chosen else None,
        fields,
        unplaced,
        notes,
        document.pictures,
        account,
        template.version,
    )


def _terms(template: Template, learned: Mapping[tuple[str, str], str]) -> Terms:
    mapped = {words: target for (name, words), target in learned.items() if name == template.id}
    known = {words: target for words, target in mapped.items() if target in template.by_id}
    banners = frozenset(map(normalise, template.banners))
    return Terms(lexicon(template), prompts(template), frozenset(template.by_id), known, banners)


def _prompt_notes(document: WordDocument) -> Iterator[Note]:
    for paragraph in paragraphs(document.blocks):
        if text := lines.prompt_text(paragraph):
            yield Note("prompt", text, paragraph.ref)


def _skips(document: WordDocument) -> Iterator[Note]:
    """The headings that miss a level below the one before, which an answer with its two levels cannot show."""
    last: int | None = None
    for paragraph in paragraphs(document.blocks):
        if paragraph.outline is not None and paragraph.text.strip():
            if last is not None and paragraph.outline > last + 1:
                yield Note("heading-skip", paragraph.text.strip(), paragraph.ref)
            last = paragraph.outline

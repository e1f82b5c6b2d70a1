"""From sections to the fields of a submission: what is placed, what is left to the editor, what is noted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.intake import lines
from workbench.intake.account import Account, account_of, compare, kept
from workbench.intake.choosing import choose
from workbench.intake.convert import rich
from workbench.intake.guidance import prompts
from workbench.intake.headings import Match, lexicon, normalise
from workbench.intake.layout import unroll
from workbench.intake.sections import Section, Walk
from workbench.intake.tokens import Terms
from workbench.richtext import RichText
from workbench.submission import FieldValue, Note, Passage, Picture
from workbench.template import Template
from workbench.word.document import Block, Paragraph, WordDocument, paragraphs

DEFAULT = "case-study"
DOUBTFUL = 0.75
"""The most confidence of an answer that an editor should look at."""


@dataclass(frozen=True)
class Placed:
    """A document as the fields of a template.

    `template` is None where the text fits none; it is then placed as a case study as far as may be. Every word of
    the document stands in `fields`, in `unplaced` or in `notes`; `account` proves it.
    """

    template: str | None
    fields: Mapping[str, FieldValue]
    unplaced: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: tuple[Picture, ...] = ()
    account: Account = field(default_factory=Account)


def place(
    document: WordDocument,
    templates: Mapping[str, Template],
    learned: Mapping[tuple[str, str], str] | None = None,
) -> Placed:
    """What a document answers to which field, by the evidence of its controls, headings, labels and order.

    `learned` maps a template's id and a normalised heading to the field an editor once gave it.
    """
    chosen = choose(document, templates)
    template = chosen or templates.get(DEFAULT) or next(iter(templates.values()))
    terms = _terms(template, learned or {})
    walk = Walk(unroll(document, terms), terms, template)
    desk = _Desk(template, terms, walk)
    desk.sort_out()
    fields, unplaced = desk.values(), tuple(desk.passages())
    notes = (*document.notes, *walk.notes, *_prompt_notes(document), *desk.notes)
    account = account_of(document, fields.values(), unplaced, notes)
    if account.missing:
        notes = (*notes, account.note)
    return Placed(chosen.id if chosen else None, fields, unplaced, notes, document.pictures, account)


def audited(placed: Placed, raw: Mapping[str, int]) -> Placed:
    """`placed` with its account held against a count of the file's words by another way, and noted where short."""
    account = compare(raw, kept(placed.fields.values(), placed.unplaced, placed.notes))
    others = tuple(note for note in placed.notes if note.kind != "account")
    return replace(placed, account=account, notes=(*others, account.note) if account.missing else others)


def _terms(template: Template, learned: Mapping[tuple[str, str], str]) -> Terms:
    mapped = {words: target for (name, words), target in learned.items() if name == template.id}
    known = {words: target for words, target in mapped.items() if target in template.by_id}
    return Terms(lexicon(template), prompts(template), frozenset(template.by_id), known)


def _prompt_notes(document: WordDocument) -> Iterator[Note]:
    for paragraph in paragraphs(document.blocks):
        if text := lines.prompt_text(paragraph):
            yield Note("guidance", text, paragraph.ref)


class _Desk:
    """The sections on their way to fields and passages."""

    def __init__(self, template: Template, terms: Terms, walk: Walk) -> None:
        self._template = template
        self._terms = terms
        self._sections = walk.sections
        self._parts: dict[str, list[Section]] = {}
        self._left: list[tuple[Section, str | None, float]] = []
        self.notes: list[Note] = []

    def sort_out(self) -> None:
        """Gives every section to a field or leaves it to the editor."""
        end = self._second_study(self._sections)
        first, second = self._sections[:end], self._sections[end:] if end is not None else []
        if second:
            self.notes.append(Note("second-study", " ".join(_words_of(second[0]).split()[:12])))
        present = {name for section in first for name in section.fields if len(section.fields) == 1}
        for section in first:
            self._give(section, present)
        self._title_and_lead(first, present)
        for section in second:
            self._leave(section, next(iter(section.fields), None), 0.3)
        self._left.sort(
            key=lambda entry: self._sections.index(entry[0]) if entry[0] in self._sections else -1
        )

    def _give(self, section: Section, present: set[str]) -> None:
        match section.kind:
            case "label" | "control":
                self._give_labelled(section, present)
            case "unknown":
                self._give_unknown(section, present)
            case "stray":
                self._leave(section, section.near, 0.4 if section.near else 0.0)
            case "lead" | "title":
                pass

    def _give_labelled(self, section: Section, present: set[str]) -> None:
        target, *others = section.fields
        if others:
            target = next((name for name in (target, *others) if name not in present), target)
            present.add(target)
            self._note("combined", section.heading, section)
            section.match = Match((target,), "combined", 0.6)
        self._parts.setdefault(target, []).append(section)

    def _give_unknown(self, section: Section, present: set[str]) -> None:
        guess = self._terms.lexicon.guess(section.heading)
        if guess is None or not section.blocks:
            self._leave(section, guess.fields[0] if guess else None, guess.confidence if guess else 0.0)
            return
        name = next((name for name in guess.fields if name not in present), None)
        if name is None or (guess.confidence < 0.6 and not self._fits_order(section, name)):
            self._leave(section, guess.fields[0], min(guess.confidence, 0.5))
            return
        section.match = Match((name,), guess.by, guess.confidence)
        present.add(name)
        self._note("label", section.heading, section)
        self._parts.setdefault(name, []).append(section)

    def _fits_order(self, section: Section, name: str) -> bool:
        """Whether a field stands in the template between the fields found around this section."""
        order = [one.id for one in self._template.fields]
        at = next(i for i, one in enumerate(self._sections) if one is section)
        before = [order.index(s.fields[0]) for s in self._sections[:at] if s.fields]
        after = [order.index(s.fields[0]) for s in self._sections[at + 1 :] if s.fields]
        return (not before or before[-1] < order.index(name)) and (not after or order.index(name) < after[0])

    def _leave(self, section: Section, suggested: str | None, confidence: float) -> None:
        if section.blocks or (section.kind == "unknown" and section.heading):
            self._left.append((section, suggested, confidence))

    # A second study below the first

    def _second_study(self, sections: Sequence[Section]) -> int | None:
        """Where a second study begins: the fields start over, and a title stands there or three of them repeat."""
        seen: set[str] = set()
        for at, section in enumerate(sections):
            names = set(section.fields) & _TELLING
            if names & seen and len(seen) > 1 and self._starts_over(sections[at:], seen):
                start = _back_to_title(sections, at)
                repeated = {name for one in sections[at:] for name in one.fields} & seen
                if start < at or len(repeated) > 2:
                    return start
            seen |= names if section.blocks else set()
        return None

    def _starts_over(self, sections: Sequence[Section], seen: set[str]) -> bool:
        again = {name for section in sections if section.blocks for name in section.fields if name in seen}
        return len(again) > 1

    # Title, council and what stands before the first label

    def _title_and_lead(self, sections: Sequence[Section], present: set[str]) -> None:
        lead = next((section for section in sections if section.kind == "lead"), Section("lead"))
        titles = [section for section in sections if section.kind == "title"]
        blocks = list(lead.blocks)
        self._council_line(blocks, present)
        for section in titles:
            self._title(section, "title", 0.95 if section.rank == (0, 0) else 0.9, present)
        if not titles and (first := _first_line_as_title(blocks)):
            blocks.remove(first)
            sure = 0.85 if first.bold or lines.is_capitals(first.text) else 0.6
            self._title(Section("title", blocks=[first]), "shape", sure, present)
        self._lead(blocks, present)

    def _title(self, section: Section, by: str, confidence: float, present: set[str]) -> None:
        text = _words_of(section)
        known = [_words_of(part) for part in self._parts.get("title", ())]
        if "title" not in self._template.by_id or any(known):
            if any(normalise(text) == normalise(other) for other in known):
                self._note("label", text, section)
            else:
                self._leave(section, "title", 0.4)
            return
        self._parts["title"] = [replace(section, match=Match(("title",), by, confidence))]
        present.add("title")

    def _council_line(self, blocks: list[Block], present: set[str]) -> None:
        if "council" not in self._template.by_id or "council" in present:
            return
        for block in blocks[:6]:
            if isinstance(block, Paragraph) and _COUNCIL_LINE.match(block.text.strip()):
                blocks.remove(block)
                match = Match(("council",), "shape", DOUBTFUL)
                self._parts.setdefault("council", []).append(Section("label", match, blocks=[block]))
                present.add("council")
                return

    def _lead(self, blocks: Sequence[Block], present: set[str]) -> None:
        """Prose before the first label is summary or introduction; what is no prose is left to the editor."""
        prose = [block for block in blocks if not isinstance(block, Paragraph) or _is_prose(block)]
        others = [block for block in blocks if block not in prose]
        for block in others:
            self._leave(Section("stray", blocks=[block]), None, 0.0)
        free = [
            name
            for name in ("summary", "introduction")
            if name not in present and name in self._template.by_id
        ]
        if not free or not prose:
            for block in prose:
                self._leave(Section("stray", blocks=[block]), "introduction", 0.4)
            return
        parts = [prose] if len(free) == 1 or len(prose) == 1 else [prose[:1], prose[1:]]
        for name, part in zip(free, parts, strict=False):
            match = Match((name,), "order", 0.7 if len(parts) == 1 else 0.6)
            self._parts.setdefault(name, []).append(Section("label", match, blocks=list(part)))

    # What comes out

    def values(self) -> dict[str, FieldValue]:
        """The answers by field id, in the template's order."""
        return {
            one.id: self._value(one.id, self._parts[one.id])
            for one in self._template.fields
            if one.id in self._parts
        }

    def _value(self, name: str, parts: Sequence[Section]) -> FieldValue:
        filled = [part for part in parts if part.blocks] or list(parts[:1])
        matches = [part.match for part in filled if part.match]
        weakest = min(matches, key=lambda match: match.confidence)
        confidence = weakest.confidence
        if len(filled) > 1:
            self.notes.append(Note("joined", self._template.by_id[name].label))
            confidence = min(confidence, confidence if _same_heading(filled) else DOUBTFUL)
        refs = dict.fromkeys(ref for part in filled for ref in part.refs)
        content = rich(joined([block for part in filled for block in part.blocks]))
        heading = next((part.heading for part in parts if part.heading), "")
        return FieldValue(content, weakest.by, confidence, heading, tuple(refs))

    def passages(self) -> Iterator[Passage]:
        """What belongs to no field, in the order of the document."""
        keys: set[str] = set()
        for section, suggested, confidence in self._left:
            content: RichText = rich(joined(section.blocks))
            if not content and not section.heading:
                continue
            key = _fresh(section.refs[0] if section.refs else "p", keys)
            yield Passage(key, content, section.heading, suggested, confidence, section.refs)

    def _note(self, kind: str, text: str, section: Section) -> None:
        self.notes.append(Note(kind, text, section.refs[0] if section.refs else ""))


_TELLING = {"challenge", "solution", "impact", "sustaining", "lessons", "summary", "introduction"}

_COUNCIL_LINE = re.compile(
    r"^(?!.*[.:;!?])(?:(?:London|Royal|Metropolitan)\s+Borough\s+of\s+|City\s+of\s+|Cyngor\s+)?"
    r"(?:(?:[A-Z][\w'’-]*|of|and|the|upon|on|in|with|&)[\s,]+){0,9}?"
    r"(?:(?:Council|Authority|Corporation|Councils)|(?<=Borough of )[A-Z]\w+(?:\s(?:and|&|[A-Z]\w+))*)$"
)


def _back_to_title(sections: Sequence[Section], at: int) -> int:
    """The beginning of the study whose first telling section stands at `at`: its title, council, lead lines."""
    start = at
    for back in range(at - 1, 0, -1):
        section = sections[back]
        opening = section.kind in ("unknown", "title") or set(section.fields) & {"title", "council"}
        if opening:
            start = back
        elif section.kind != "stray":
            break
    return start


def _words_of(section: Section) -> str:
    said = (p.text.strip() for p in paragraphs(section.blocks))
    return " ".join(text for text in (section.heading, *said) if text)


def _first_line_as_title(blocks: Sequence[Block]) -> Paragraph | None:
    first = next(
        (block for block in blocks if not isinstance(block, Paragraph) or not lines.is_blank(block)), None
    )
    if not isinstance(first, Paragraph) or first.list or not first.text.strip():
        return None
    text = first.text.strip()
    return first if len(text.split()) <= 25 and not text.endswith((".", ":", ";", ",")) else None


def _is_prose(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) >= 8 or paragraph.list is not None


def _same_heading(parts: Iterable[Section]) -> bool:
    return len({normalise(part.heading) for part in parts}) == 1


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the pieces of one paragraph, cut apart to look at them, put together again."""
    whole: list[Block] = []
    for block in blocks:
        last = whole[-1] if whole else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and last.ref == block.ref:
            whole[-1] = replace(last, spans=(*last.spans, *block.spans))
        else:
            whole.append(block)
    return whole


def _fresh(key: str, taken: set[str]) -> str:
    fresh, number = key, 1
    while fresh in taken:
        number += 1
        fresh = f"{key}#{number}"
    taken.add(fresh)
    return fresh

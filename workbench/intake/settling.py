"""Which section goes to which field, which is left to the editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from workbench.intake.beginning import beginning
from workbench.intake.convert import rich
from workbench.intake.guidance import is_detail
from workbench.intake.headings import Match, normalise
from workbench.intake.lines import is_blank
from workbench.intake.second import second_study
from workbench.intake.sections import Section
from workbench.intake.tokens import Terms
from workbench.richtext import Break, Text
from workbench.submission import FieldValue, Note, Passage
from workbench.template import Template
from workbench.word.document import Block, Paragraph

DOUBTFUL = 0.75
"""The most confidence of an answer that an editor should look at."""

SECOND_STUDY = "second-study"
"""The kind of the note that says where a second study begins."""

_MOST_GUESSES = 300
"""Headings nobody knows, of one document, that are guessed at."""

Left = tuple[Section, str | None, float]


class Settlement:
    """The sections of a document given to the fields of a template, or left with a suggestion."""

    def __init__(self, template: Template, terms: Terms, sections: Sequence[Section], *, fits: bool) -> None:
        self.notes: list[Note] = []
        self._template = template
        self._terms = terms
        self._order = [one.id for one in template.fields]
        self._parts: dict[str, list[Section]] = {}
        self._left: list[Left] = []
        self._sections = sections
        self._guesses = 0
        first, second = self._studies()
        self._present = {name for section in first for name in section.fields if len(section.fields) == 1}
        for section in first:
            self._settle(section)
        self._begin(first, fits=fits)
        for section in second:
            self._leave(section, next(iter(section.fields), None), 0.3)

    def _studies(self) -> tuple[Sequence[Section], Sequence[Section]]:
        telling = frozenset(one.id for one in self._template.fields if one.kind == "text")
        at = second_study(self._sections, telling)
        if at is None:
            return self._sections, ()
        begins = self._sections[at]
        named = "" if begins.fields else begins.heading
        self._note(SECOND_STUDY, named or " ".join(begins.said.split()[:12]), begins)
        return self._sections[:at], self._sections[at:]

    def _settle(self, section: Section) -> None:
        if section.kind in ("label", "control"):
            self._give(section)
        elif section.kind == "unknown":
            self._guess(section)
        elif section.kind == "stray":
            self._leave(section, section.near, 0.4 if section.near else 0.0)

    def _give(self, section: Section) -> None:
        target, *others = section.fields
        if others:
            target = next((name for name in section.fields if name not in self._present), target)
            self._present.add(target)
            self._note("combined", section.heading, section)
            section.match = Match((target,), "combined", 0.6)
        self._parts.setdefault(target, []).append(section)

    def _guess(self, section: Section) -> None:
        """A heading nobody knows is given to the field it resembles, if that has no other; else it is left."""
        self._guesses += 1
        guess = self._terms.lexicon.guess(section.heading) if self._guesses <= _MOST_GUESSES else None
        if guess is None:
            self._leave(section, None, 0.0)
            return
        name = next((one for one in guess.fields if one not in self._present), None)
        if name and section.blocks and (guess.confidence >= 0.6 or self._fits_order(section, name)):
            section.match = Match((name,), guess.by, guess.confidence)
            self._present.add(name)
            self._note("label", section.heading, section)
            self._parts.setdefault(name, []).append(section)
        else:
            self._leave(section, guess.fields[0], min(guess.confidence, 0.5))

    def _fits_order(self, section: Section, name: str) -> bool:
        """Whether the template has the field between those found before and after this section."""
        at = next(number for number, one in enumerate(self._sections) if one is section)
        place = self._order.index(name)
        before = [self._order.index(one.fields[0]) for one in self._sections[:at] if one.fields]
        after = [self._order.index(one.fields[0]) for one in self._sections[at + 1 :] if one.fields]
        return (not before or before[-1] < place) and (not after or place < after[0])

    def _begin(self, sections: Sequence[Section], *, fits: bool) -> None:
        wanted = frozenset(self._order) - self._present
        title = " ".join(part.said for part in self._parts.get("title", ()))
        if "title" in self._order and not title:
            wanted |= {"title"}
        made = beginning(sections, wanted, title, fits=fits)
        for section in made.given:
            self._parts.setdefault(section.fields[0], []).append(section)
        for section in made.repeated:
            self._note("label", section.said, section)
        for section, suggested in reversed(made.left):
            self._left.insert(0, (section, suggested, 0.4 if suggested else 0.0))

    def _leave(self, section: Section, suggested: str | None, confidence: float) -> None:
        self._left.append((section, suggested, confidence))

    def _note(self, kind: str, text: str, section: Section) -> None:
        self.notes.append(Note(kind, text, section.refs[0] if section.refs else ""))

    # What comes out

    def values(self) -> dict[str, FieldValue]:
        """The answers by field id, in the template's order; an empty one where a label or control stands unfilled."""
        return {name: self._value(name, self._parts[name]) for name in self._order if name in self._parts}

    def _value(self, name: str, parts: Sequence[Section]) -> FieldValue:
        filled = [part for part in parts if part.blocks] or list(parts[:1])
        weakest = min((part.match for part in filled if part.match), key=lambda match: match.confidence)
        doubtful = (
            any(part.disputed for part in filled) or len({normalise(part.heading) for part in filled}) > 1
        )
        if len(filled) > 1:
            self.notes.append(Note("joined", self._template.by_id[name].label))
        return FieldValue(
            rich(self._answer(name, joined([block for part in filled for block in part.blocks]))),
            weakest.by,
            min(weakest.confidence, DOUBTFUL) if doubtful else weakest.confidence,
            next((part.heading for part in parts if part.heading), ""),
            tuple(dict.fromkeys(ref for part in filled for ref in part.refs)),
        )

    def _answer(self, name: str, blocks: list[Block]) -> list[Block]:
        """The answer of a field; a contact's without "Name", "Role", … that nobody answered, which are noted."""
        if self._template.by_id[name].kind != "contact":
            return blocks
        said = [block for block in blocks if not isinstance(block, Paragraph) or not is_blank(block)]
        unanswered = list(_unanswered(said))
        self.notes += [Note("label", p.text.strip(), p.ref) for p in unanswered]
        return [block for block in blocks if block not in unanswered]

    def passages(self) -> Iterator[Passage]:
        """What belongs to no field."""
        taken: set[str] = set()
        for section, suggested, confidence in self._left:
            content = rich(joined(section.blocks))
            if content or (section.heading and section.kind == "unknown"):
                key = _fresh(next(iter(section.refs), "p"), taken)
                yield Passage(key, content, section.heading, suggested, confidence, section.refs)


def _unanswered(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The labels of the parts of a contact that have no answer: several together, or those at the end."""
    for bare, group in groupby(blocks, key=_is_bare):
        labels = [block for block in group if bare and isinstance(block, Paragraph)]
        lines = sum(len(label.text.strip().split("\n")) for label in labels)
        if lines > 1 or (labels and labels[-1] is blocks[-1]):
            yield from labels


def _is_bare(block: Block) -> bool:
    """Whether a block is no more than labels of the parts of a contact."""
    if not isinstance(block, Paragraph) or any(
        not isinstance(span.inline, Text | Break) for span in block.spans
    ):
        return False
    return all(is_detail(line) for line in block.text.split("\n") if line.strip())


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the pieces of one paragraph, cut apart to look at them, put together again."""
    whole: list[Block] = []
    for block in blocks:
        last = whole[-1] if whole else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and last.ref == block.ref:
            whole[-1] = last._replace(spans=(*last.spans, *block.spans))
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

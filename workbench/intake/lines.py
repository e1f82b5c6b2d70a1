"""Paragraphs cut into the lines that placing looks at: slices, run-in labels, looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from workbench.intake.headings import LONGEST, Match
from workbench.richtext import Break, Text
from workbench.word.document import Paragraph, Span

Find = Callable[[str], Match | None]

_SEPARATOR = re.compile(r"^(?P<label>[^\n\t:–—]{2,90}?)\s*(?::|\t|\s[–—-]\s|[–—])[\s:–—-]*")
_QUESTION = re.compile(r"^(?P<label>[^\n?]{6,120}\?)\s*(?=\S)")
_FIRST_LINE = re.compile(r"^(?P<label>[^\n]{2,120}?)\s*\n\s*")
_AFTER_LABEL = re.compile(r"[\s:.–—\-?]*")
_LEADER = re.compile(r"(?:\t|\.{3,}|…|\s{3,})\s*\d{1,3}\s*$")
_CONTENTS_STYLE = re.compile(r"toc ?(?:\d|heading)|contents|index heading", re.IGNORECASE)
_COUNCIL = re.compile(
    r"^(?!.*[.:;!?])(?:(?:London|Royal|Metropolitan)\s+Borough\s+of\s+|City\s+of\s+|Cyngor\s+)?"
    r"(?:(?:[A-Z][\w'’-]*|[Oo]f|[Aa]nd|[Tt]he|[Uu]pon|[Oo]n|[Ii]n|with|&)[\s,]+){0,12}?"
    r"(?:(?:Council|Authority|Corporation|Councils)|(?<=Borough of )[A-Z]\w+(?:\s(?:and|&|[A-Z]\w+))*)$"
)


@dataclass(frozen=True, slots=True)
class RunIn:
    """A label that runs into its answer: what it means, its words, where the answer begins, whether it is bold."""

    match: Match | None
    label: str
    end: int
    bold: bool


def part(paragraph: Paragraph, start: int, end: int | None = None) -> Paragraph:
    """The characters `start` to `end` of a paragraph's text, as a paragraph of the same ref."""
    spans = tuple(_sliced(paragraph, start, len(paragraph.text) if end is None else end))
    bold = paragraph.bold or (bool(spans) and all(_is_bold(span) for span in spans))
    return paragraph._replace(spans=spans, bold=bold)


def _sliced(paragraph: Paragraph, start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in paragraph.spans:
        if isinstance(span.inline, Text):
            length = len(span.inline.text)
            text = span.inline.text[max(start - at, 0) : max(end - at, 0)]
            if text:
                yield span._replace(inline=replace(span.inline, text=text))
        else:
            length = int(isinstance(span.inline, Break))
            if start <= at < end or (not length and start <= at <= end):
                yield span
        at += length


def _is_bold(span: Span) -> bool:
    return not isinstance(span.inline, Text) or not span.inline.text.strip() or "strong" in span.inline.marks


def split(paragraph: Paragraph, text: str, find: Find) -> tuple[Paragraph, ...]:
    """A paragraph whose lines hold several labels, cut before and after each label; else the paragraph alone.

    `text` is the paragraph's, here and below: it is made once.
    """
    if "\n" not in text or paragraph.outline is not None:
        return (paragraph,)
    cuts = sorted({cut for start, end in _label_lines(text, find) for cut in (start, end)} - {0, len(text)})
    if not cuts:
        return (paragraph,)
    return tuple(
        part(paragraph, start, end) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
    )


def _label_lines(text: str, find: Find) -> Iterator[tuple[int, int]]:
    """Where lines stand that are a label, or begin with one after the first line."""
    at = 0
    for line in text.split("\n"):
        if find(line.strip()):
            yield at, at + len(line) + 1
        elif at and (found := _SEPARATOR.match(line)) and find(found["label"]):
            yield at, at
        at += len(line) + 1


def run_in(paragraph: Paragraph, text: str, find: Find, *, unknown: bool = False) -> RunIn | None:
    """The label a paragraph begins with, when an answer follows it; also one nobody knows where `unknown`."""
    bold = _bold_opening(paragraph)
    if bold and len(bold) <= LONGEST and bold.strip() != text.strip() and not text[len(bold)].isalnum():
        after = _AFTER_LABEL.match(text, len(bold))
        end = after.end() if after else len(bold)
        if found := find(bold.strip()):
            return RunIn(found, bold.strip(), end, True)
        if unknown and text[:end].rstrip().endswith((":", "?")) and len(bold.split()) <= 6:
            return RunIn(None, bold.strip(), end, True)
    for pattern in (_SEPARATOR, _QUESTION, _FIRST_LINE):
        found_at = pattern.match(text)
        if found_at and text[found_at.end() :].strip() and (found := find(found_at["label"])):
            return RunIn(found, found_at["label"], found_at.end(), paragraph.bold or bool(bold))
    return None


def _bold_opening(paragraph: Paragraph) -> str:
    words: list[str] = []
    for span in paragraph.spans:
        if isinstance(span.inline, Text) and ("strong" in span.inline.marks or not span.inline.text.strip()):
            words.append(span.inline.text)
        else:
            break
    return "".join(words).rstrip() if any(word.strip() for word in words) else ""


def is_contents(paragraph: Paragraph, text: str, *, anywhere: bool) -> bool:
    """Whether a paragraph is an entry of a table of contents: by style `anywhere` or not, by look only if so."""
    if _CONTENTS_STYLE.match(paragraph.style):
        return True
    return anywhere and len(text) < 150 and bool(_LEADER.search(text))


def is_prompt(paragraph: Paragraph) -> bool:
    """Whether a paragraph shows nothing but the prompts of unfilled controls."""
    if any(control.prompt for control in paragraph.controls):
        return True
    if not any(span.controls for span in paragraph.spans):
        return False
    said = [span for span in paragraph.spans if getattr(span.inline, "text", "x").strip()]
    return bool(said) and all(any(control.prompt for control in span.controls) for span in said)


def prompt_text(paragraph: Paragraph) -> str:
    """The words of the prompts in a paragraph."""
    if any(control.prompt for control in paragraph.controls):
        return paragraph.text.strip()
    shown = [span for span in paragraph.spans if span.controls and any(c.prompt for c in span.controls)]
    return "".join(getattr(span.inline, "text", " ") for span in shown).strip()


def is_italic(paragraph: Paragraph) -> bool:
    """Whether all words are in italics."""
    said = [
        span.inline for span in paragraph.spans if isinstance(span.inline, Text) and span.inline.text.strip()
    ]
    return bool(said) and all("em" in text.marks for text in said)


@lru_cache(maxsize=256)  # asked again of the same titles for every heading below them
def is_council(text: str) -> bool:
    """Whether a line is nothing but the name of a council, or of several."""
    said = text.title() if text.isupper() else text
    return len(said.split()) <= 14 and bool(_COUNCIL.match(said))


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals, and there are enough of them to say so."""
    return sum(map(str.isalpha, text)) > 3 and text == text.upper()


def is_blank(paragraph: Paragraph) -> bool:
    """Whether a paragraph holds neither words nor a picture."""
    return not any(_says(span) for span in paragraph.spans)


def _says(span: Span) -> bool:
    inline = span.inline
    return bool(inline.text.strip()) if isinstance(inline, Text) else not isinstance(inline, Break)


def may_be_capitals(paragraph: Paragraph) -> bool:
    """Whether no small letter stands in the first words: cheap to ask of every paragraph."""
    for span in paragraph.spans:
        if isinstance(span.inline, Text) and span.inline.text.strip():
            return span.inline.text[:24] == span.inline.text[:24].upper()
    return False

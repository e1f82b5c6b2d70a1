"""A heading level that is missed, or a bold line in place of a heading."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.richtext import Block, Heading, ListBlock, Paragraph, Text, plain
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for a sub-heading without a heading above it, and for bold lines that act as headings."""
    blocks, level = answer.value.content, 2
    for n, (block, text, at) in enumerate(answer.blocks):
        if isinstance(block, Heading):
            if block.level > level + 1:
                yield _at(rule, answer, text, at, "")
            level = block.level
        elif (
            _acts_as_heading(block, text, rule)
            and n + 1 < len(blocks)
            and isinstance(blocks[n + 1], Paragraph | ListBlock)
        ):
            yield _at(rule, answer, text, at, "bold")


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each heading that missed a level in the document and still stands in an answer."""
    for skipped in dict.fromkeys(manuscript.notes("heading-skip")):
        for answer in manuscript.answers.values():
            if any(
                isinstance(one, Heading) and plain((one,)).strip() == skipped for one in answer.value.content
            ):
                yield rule.of(answer.id, skipped, h=skipped)


def _at(rule: Rule, answer: Answer, text: str, start: int, case: str) -> Finding:
    left = len(text) - len(text.lstrip())
    return rule.at(answer, start + left, start + len(text.rstrip()), case=case, h=text.strip())


def _acts_as_heading(block: Block, text: str, rule: Rule) -> bool:
    if (
        not isinstance(block, Paragraph)
        or not any(isinstance(part, Text) and "strong" in part.marks for part in block.content)
        or not 0 < len(text.split()) <= rule["words"]
        or text.rstrip()[-1] in ".,;!"
    ):
        return False
    words = [part for part in block.content if isinstance(part, Text) and part.text.strip()]
    return bool(words) and all("strong" in part.marks for part in words)

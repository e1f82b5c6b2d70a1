"""Seeing that a second study stands below the first."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.intake.sections import Section

_CERTAIN = 3
"""How many fields must come again where no title says that a new study begins."""


def second_study(sections: Sequence[Section], telling: frozenset[str]) -> int | None:
    """Where a second study begins: the `telling` fields start over, below a title or three of them again."""
    seen: set[str] = set()
    below = _answered_below(sections)
    for at, section in enumerate(sections):
        names = telling.intersection(section.fields)
        if names & seen and len(seen) > 1:
            again = below[at] & seen
            start = _title_above(sections, at)
            if len(again) > 1 and (start < at or len(again) >= _CERTAIN):
                return start
        if section.blocks:
            seen |= names
    return None


def _answered_below(sections: Sequence[Section]) -> list[frozenset[str]]:
    """For each section, the fields that are answered in it or below it."""
    below: list[frozenset[str]] = []
    answered: frozenset[str] = frozenset()
    for section in reversed(sections):
        if section.blocks and not answered.issuperset(section.fields):
            answered |= frozenset(section.fields)
        below.append(answered)
    return below[::-1]


def _title_above(sections: Sequence[Section], at: int) -> int:
    """Where the study begins whose first telling section stands at `at`: with its title, its council."""
    start = at
    for back in range(at - 1, 0, -1):
        section = sections[back]
        if section.kind in ("unknown", "title") or set(section.fields) & {"title", "council"}:
            start = back
        elif section.kind != "stray":
            break
    return start

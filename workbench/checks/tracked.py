"""Tracked changes that nobody accepted or rejected."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """One finding for all tracked insertions, deletions and moves."""
    notes = [note for note in manuscript.submission.notes if note.kind in rule["kinds"]]
    told = [note for note in manuscript.submission.notes if note.kind == "revisions"]
    count = max(len(notes), sum(int(note.text.split()[0]) for note in told))
    if count:
        authors = dict.fromkeys(note.author for note in (*told, *notes) if note.author)
        first = next((note.text for note in notes), "")
        yield rule.of(None, first, case="" if authors else "nobody", n=count, authors=", ".join(authors))

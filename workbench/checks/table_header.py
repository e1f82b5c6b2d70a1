"""A table that cannot be read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.richtext import Table, plain
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for tables without a header row, with merged cells, or used for layout."""
    tables = (
        (answer, block)
        for answer in manuscript.answers.values()
        for block in answer.value.content
        if isinstance(block, Table)
    )
    for n, (answer, table) in enumerate(tables, 1):
        first = " ".join(plain((table,)).split("\n")[0].split())
        rows = (*table.head, *table.body)
        if max((len(row.cells) for row in rows), default=0) < 2:
            yield rule.of(answer.id, first, case="layout", n=n)
        elif any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in row.cells):
            yield rule.of(answer.id, first, case="merged", n=n)
        elif not table.head and not all(cell.scope for cell in rows[0].cells):
            yield rule.of(answer.id, first, n=n)

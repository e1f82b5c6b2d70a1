"""The checks: what an editor should look at before a study is approved.

`run` takes a submission and its context and returns findings, in the order of the template. Each check is one
file in this room and one entry in `resources/checks.toml`, which gives its severity, its words and its
parameters. A check has a function `in_field(answer, manuscript, rule)`, asked for each answer by itself, or
`in_study(manuscript, rule)`, asked once for the whole. A true `BEYOND` says that the first reads other answers too.
All of them are pure.
"""

from __future__ import annotations

from workbench.checks.engine import again, once_more, run
from workbench.checks.manuscript import CheckContext, Published, known_words
from workbench.checks.rules import Rule, Rules, at_hand, shipped

__all__ = [
    "CheckContext",
    "Published",
    "Rule",
    "Rules",
    "again",
    "at_hand",
    "known_words",
    "once_more",
    "run",
    "shipped",
]

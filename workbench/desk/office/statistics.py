"""What editors made of each check, so that a noisy one can be retired."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from workbench.desk.desk import Desk
from workbench.desk.rows import CheckStatistics

if TYPE_CHECKING:
    from workbench.checks import Rule

_SHOWN = 8
"""So many words of a list are shown; the rest are counted."""


def per_check(desk: Desk) -> tuple[CheckStatistics, ...]:
    """For each check how many of its fixes were taken, of its findings dismissed, and left open; commonest first.

    What was undone does not count. A check that found nothing is there with noughts, and so is a retired one.
    """
    from workbench.store import tallies

    with desk.store.reading() as connection:
        taken, dismissed = tallies.taken(connection), tallies.dismissed(connection)
        left = tallies.open_findings(connection)
    rules = {**desk.rules.by_id, **desk.rules.retired}
    lines = (_line(desk, rule, taken, dismissed, left) for rule in rules.values())
    return tuple(sorted(lines, key=lambda line: (-line.found, line.check)))


def _line(
    desk: Desk, rule: Rule, taken: Counter[str], dismissed: Counter[str], left: Counter[str]
) -> CheckStatistics:
    from workbench import checks

    shipped = checks.shipped()
    retired = rule.id in desk.rules.retired
    return CheckStatistics(
        rule.id,
        rule.severity,
        rule.message,
        taken[rule.id],
        dismissed[rule.id],
        left[rule.id],
        retired=retired,
        changed=retired or rule != shipped.by_id.get(rule.id),
        parameters=tuple((name, _words(value)) for name, value in rule.parameters.items()),
    )


def _words(value: Any) -> str:
    """A parameter as people read it: a list by its first members, a number as it is written."""
    if isinstance(value, dict):
        value = [f"{key}: {each}" for key, each in value.items()]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(value, list):
        return str(value)
    words = [str(each) for each in value[:_SHOWN]]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    rest = len(value) - len(words)  # pyright: ignore[reportUnknownArgumentType]
    return ", ".join([*words, f"… (+{rest})"] if rest else words)

"""What editors made of each check, so that a noisy one can be retired."""

from __future__ import annotations

from workbench.desk.desk import Desk
from workbench.desk.rows import CheckStatistics


def per_check(desk: Desk) -> tuple[CheckStatistics, ...]:
    """For each check how many of its fixes were taken, of its findings dismissed, and left open; commonest first.

    What was undone does not count. A check that found nothing on this desk is there with noughts.
    """
    from workbench.store import tallies

    with desk.store.reading() as connection:
        taken, dismissed = tallies.taken(connection), tallies.dismissed(connection)
        left = tallies.open_findings(connection)
    lines = (
        CheckStatistics(
            rule.id, rule.severity, rule.message, taken[rule.id], dismissed[rule.id], left[rule.id]
        )
        for rule in desk.rules.by_id.values()
    )
    return tuple(sorted(lines, key=lambda line: (-line.found, line.check)))

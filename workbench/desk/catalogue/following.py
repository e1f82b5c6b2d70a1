"""Each contact with the catalogue: what was emptied there is forgotten here, the mirror follows, claims are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.desk.arriving import claiming
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.desk.themes import adopting, coining
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from workbench.catalogue import Catalogue


def follow(desk: Desk, shared: Catalogue, progress: Progress = silent) -> int:
    """Brings the desk up to the catalogue; gives the number of studies that changed.

    Raises `SurroundingsFailed` as `outbox.follow` does, and `desk-busy`, `desk-disk-full` while forgetting.
    """
    from workbench import outbox

    forget(desk, shared)
    claiming.exchange(desk, shared)
    vocabulary(desk, shared)
    return outbox.follow(desk.store, shared, desk.clock, progress)


def vocabulary(desk: Desk, shared: Catalogue) -> tuple[Changed, ...]:
    """Brings the desk's copy of the vocabulary up to the catalogue's, and what lies on the desk with it.

    What was proposed here goes out, what was decided elsewhere comes in. Gives the steps that this took.
    """
    told = shared.term_proposals(settled=True)  # first: what they became is then in the vocabulary
    return (*adopting.follow(desk, shared), *coining.exchange(desk, shared, told))


def forget(desk: Desk, shared: Catalogue) -> None:
    """Forgets, on this desk and in its copies, the persons who were forgotten in the catalogue."""
    from workbench import outbox
    from workbench.desk.keeping import forgetting

    for redaction in outbox.emptied(desk.store, shared):
        forgetting.follow(desk, redaction)

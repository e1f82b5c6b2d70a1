"""What the desk learns of themes: what was refused for a study, and what published and tagged studies teach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Change, Edit
from workbench.progress import Progress, silent
from workbench.submission import Term


@dataclass(frozen=True, slots=True)
class Taught:
    """What became of learning: from how many studies, and whether there was anything new to learn from."""

    studies: int
    anew: bool


def refuse(desk: Desk, ids: Sequence[str] | str, terms: Sequence[Term]) -> Changed:
    """Notes that these themes are not for these submissions: they are not proposed for them again. One step.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission").
    """
    return _decide(desk, ids, terms, refused=True)


def allow(desk: Desk, ids: Sequence[str] | str, terms: Sequence[Term]) -> Changed:
    """Takes refusals back, so that these themes may be proposed for these submissions again. One step.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission").
    """
    return _decide(desk, ids, terms, refused=False)


def refused(desk: Desk, submission_id: str) -> tuple[Term, ...]:
    """The themes that were refused for a submission."""
    from workbench.store import lessons

    with desk.store.reading() as connection:
        return lessons.refused(connection, submission_id)


def _decide(desk: Desk, ids: Sequence[str] | str, terms: Sequence[Term], *, refused: bool) -> Changed:
    from workbench.store import lessons

    owners = (ids,) if isinstance(ids, str) else tuple(dict.fromkeys(ids))
    with desk.store.writing() as connection:
        touched = [changing.load_editable(connection, owner) for owner in owners]
        changes: list[Change] = []
        for one in touched:
            known = {f"{term.kind}:{term.slug}": term for term in lessons.refused(connection, one.id)}
            for term in dict.fromkeys(terms):
                key = f"{term.kind}:{term.slug}"
                before = asdict(known[key]) if key in known else None
                if refused == (before is None):
                    changes.append(Change(one.id, "refusal", key, before, asdict(term) if refused else None))
        said = {**changing.naming(touched), "labels": ", ".join(term.label for term in terms)}
        code = "refuse-theme" if refused else "allow-theme"
        return changing.commit(desk, connection, Edit(code, tuple(changes), said))


def relearn(desk: Desk, progress: Progress = silent, *, anyway: bool = False) -> Taught:
    """Learns again from the published catalogue and from what editors took and refused, and keeps the result.

    Where nothing has changed since the last time, nothing is done, unless `anyway`. The desk is only read while it
    learns, and written to for the moment in which the result is kept. Stopped midway, it leaves what was learned
    before.
    """
    from workbench import themes
    from workbench.store import lessons
    from workbench.themes import learning

    with desk.store.reading() as connection:
        came_from = lessons.mark(connection)
        if came_from == lessons.source(connection) and not anyway:
            return Taught(0, anew=False)
        studies = [*lessons.published(connection), *lessons.chosen(connection)]
    found = themes.taught(studies, desk.vocabulary, themes.shipped(), lambda: progress(0, len(studies), ""))
    with desk.store.writing() as connection:
        lessons.keep(connection, learning.plain(found), len(studies), came_from)
    progress(len(studies), len(studies), "")
    return Taught(len(studies), anew=True)

"""The whole journey on the sample submissions that travel with the program: from Word files to a website.

Nobody sits at the desk here, so that only what needs no judgement is done: proposed themes are taken, fixes of style
are taken, and what has no blocker is approved. A second run finds everything done and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import resources
from workbench import words
from workbench.desk import decisions, queue, study
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import exporting, publishing
from workbench.desk.desk import Desk, open_desk
from workbench.desk.editing import review
from workbench.desk.rows import Arrival, ExportReport, QueueFilter
from workbench.desk.themes import tagging
from workbench.progress import Progress, silent
from workbench.publication import Outcome
from workbench.submission import Status

STYLE = "STY-"
"""How the checks of house style begin: their fixes change no meaning."""

SHOWN = 3
"""How many blockers of a submission the report tells in full."""


@dataclass(frozen=True, slots=True)
class Held:
    """A submission that waits for an editor, and what stands in its way."""

    submission: str
    title: str
    blockers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """What the demonstration did. `arrived`, `published` and `findings` count by verdict, outcome and check."""

    workspace: str
    website: str
    arrived: Mapping[str, int]
    refused: tuple[str, ...]
    findings: Mapping[str, int]
    fixed: int
    tagged: int
    approved: int
    held: tuple[Held, ...]
    published: Mapping[str, int]
    exported: Mapping[str, ExportReport]


def run(out: Path, progress: Progress = silent, workspace: Path | None = None) -> Journey:
    """Imports, checks, tags, approves and publishes every sample into an embedded catalogue, and writes the website.

    The website, the table and the JSON document stand in folders of `out`, the workspace too unless one is given.
    """
    with open_desk(workspace or out / "desk") as desk:
        desk.settings = replace(desk.settings, site_notice=_say("notice"))
        arrived = tuple(arrivals.import_paths(desk, [resources.path("samples")], progress))
        fresh = [row.id for row in queue.rows(desk, QueueFilter(statuses=frozenset({Status.RECEIVED})))]
        findings = Counter(finding.check for name in fresh for finding in study.show(desk, name).findings)
        fixed = sum(_mended(desk, name) for name in _told(fresh, "demo-checking", progress))
        tagged = sum(_tagged(desk, name) for name in _told(fresh, "demo-tagging", progress))
        approved = _approved(desk, fresh)
        published = _published(desk, progress)
        exported = {
            kind: exporting.export(desk, kind, out / kind, progress) for kind in ("website", "csv", "json")
        }
        return Journey(
            str(desk.workspace),
            str(out / "website"),
            Counter(arrival.taken_for for arrival in arrived),
            tuple(_refusals(arrived)),
            dict(sorted(findings.items())),
            fixed,
            tagged,
            approved,
            _held(desk),
            Counter(outcome.result for outcome in published),
            exported,
        )


def told(journey: Journey) -> Iterator[str]:
    """The report as lines for people."""
    yield _say(
        "arrived",
        **{name: journey.arrived.get(name, 0) for name in ("new", "revision", "duplicate", "refused")},
    )
    yield from journey.refused
    if journey.findings:
        counts = ", ".join(f"{check} {number}" for check, number in journey.findings.items())
        yield _say("found", n=sum(journey.findings.values()), counts=counts)
    yield _say("worked", fixed=journey.fixed, tagged=journey.tagged, approved=journey.approved)
    for held in journey.held:
        first, more = " ".join(held.blockers[:SHOWN]), len(held.blockers) - SHOWN
        yield _say("held", id=held.submission, title=held.title, blockers=first)
        if more > 0:
            yield _say("held-more", n=more)
    results = ", ".join(f"{number} {name}" for name, number in sorted(journey.published.items()))
    yield _say("published", results=results) if results else _say("nothing-to-publish")
    for kind, report in journey.exported.items():
        yield _say("exported", kind=kind, written=report.written, unchanged=report.unchanged)
    yield _say("look", website=Path(journey.website, "index.html"), workspace=journey.workspace)


def _say(code: str, **params: Any) -> str:
    return words.say("demo", code, **params)


def _told(ids: Sequence[str], code: str, progress: Progress) -> Iterator[str]:
    for number, name in enumerate(ids):
        progress(number, len(ids), _say(code, id=name))
        yield name


def _refusals(arrived: Sequence[Arrival]) -> Iterator[str]:
    return (f"{arrival.file}: {arrival.error.message}" for arrival in arrived if arrival.error)


def _mended(desk: Desk, submission_id: str) -> int:
    """Takes the fixes of style; how many."""
    offered = [finding for finding in study.show(desk, submission_id).open_findings if finding.fix]
    style = [finding.check for finding in offered if finding.check.startswith(STYLE)]
    for check in dict.fromkeys(style):
        review.take_fixes(desk, submission_id, check)
    return len(style)


def _tagged(desk: Desk, submission_id: str) -> int:
    """Takes the proposed themes; how many were new."""
    had = study.show(desk, submission_id).terms
    proposed = [term for term in tagging.suggest(desk, submission_id).proposed if term not in had]
    tagging.tag(desk, [submission_id], add=proposed)
    return len(proposed)


def _approved(desk: Desk, ids: Sequence[str]) -> int:
    """Takes everything into review and approves what has no blocker, each in one step; how many."""
    ready = [name for name in ids if not study.show(desk, name).blockers]
    decisions.start(desk, ids)
    decisions.approve(desk, ready)
    return len(ready)


def _published(desk: Desk, progress: Progress) -> tuple[Outcome, ...]:
    approved = queue.rows(desk, QueueFilter(statuses=frozenset({Status.APPROVED})))
    publishing.queue(desk, [row.id for row in approved])
    return tuple(publishing.publish(desk, progress=progress))


def _held(desk: Desk) -> tuple[Held, ...]:
    waiting = queue.rows(desk, QueueFilter(statuses=frozenset({Status.IN_REVIEW})))
    shown = (study.show(desk, row.id) for row in waiting)
    return tuple(Held(each.id, each.title, each.blockers) for each in shown)

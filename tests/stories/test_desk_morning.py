"""An editor's morning through the desk's verbs alone: no command, no window."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import resources
from workbench.desk import Desk, decisions, demo, history, open_desk, queue, study
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import browsing, publishing
from workbench.desk.editing import review
from workbench.desk.rows import QueueFilter
from workbench.desk.themes import tagging
from workbench.errors import Refused
from workbench.richtext import from_text
from workbench.search import CatalogueQuery
from workbench.submission import Status

SAMPLES = resources.path("samples")
TWELVE = (
    "sample-calderdale-food-waste.docx",
    "sample-food-waste-final-copy-2.docx",
    "sample-norwich-library-of-things.docx",
    "sample-norwich-library-of-things-revised.docx",
    "sample-exeter-school-streets.docx",
    "sample-durham-carers-passport.docx",
    "sample-stroud-retrofit.docx",
    "sample-swindon-damp-and-mould.docx",
    "sample-torbay-harbour-depot.docx",
    "sample-plymouth-heat-network.docx",
    "sample-wigan-befriending-poor.docx",
)


def ready(desk: Desk) -> list[str]:
    return [row.id for row in queue.rows(desk) if not row.blockers]


def test_twelve_files_of_a_morning(tmp_path: Path) -> None:
    broken = tmp_path / "protected.docx"
    broken.write_bytes((SAMPLES / TWELVE[0]).read_bytes()[:3000])
    inbox = [*(SAMPLES / name for name in TWELVE), broken]

    with open_desk(tmp_path / "desk", who="Ada") as desk:
        arrived = list(arrivals.import_paths(desk, inbox))
        assert Counter(a.taken_for for a in arrived) == {
            "new": 9,
            "duplicate": 1,
            "revision": 1,
            "refused": 1,
        }
        assert arrived[1].of == arrived[0].submission, "it says of which"
        assert [row.status for row in queue.rows(desk)] == [Status.RECEIVED] * 9

        poor = next(a.submission for a in arrived if "wigan" in a.file)
        assert poor
        with pytest.raises(Refused, match="blockers-open"):
            decisions.approve(desk, [poor])
        decisions.reject(desk, [poor], "A draft; asked the council for the final text.")

        chosen = ready(desk)
        assert len(chosen) >= 6
        review.edit(desk, chosen[0], "lessons", from_text("Ask the people who will use it."))
        for name in chosen:
            found = tagging.suggest(desk, name)
            tagging.tag(desk, [name], add=[theme.term for theme in found.themes if theme.proposed])
        history.undo(desk)
        assert not study.show(desk, chosen[-1]).terms
        history.redo(desk)
        assert study.show(desk, chosen[-1]).terms
        assert decisions.approve(desk, chosen).said == f"Approved {len(chosen)} submissions."
        publishing.queue(desk, chosen)

    with open_desk(tmp_path / "desk", who="Ada") as desk:
        assert len(publishing.outbox(desk)) == len(chosen), "the outbox waited overnight"
        assert {row.outcome for row in publishing.rehearse(desk).rows} == {"new"}
        outcomes = list(publishing.publish(desk))
        assert {outcome.result for outcome in outcomes} == {"published"}
        assert queue.count(desk, QueueFilter(statuses=frozenset({Status.PUBLISHED}))) == len(chosen)
        assert browsing.search(desk, CatalogueQuery()).total == len(chosen)
        with pytest.raises(Refused, match="reopen-first"):
            review.edit(desk, chosen[0], "lessons", from_text("Too late."))
        said = [entry for entry in history.entries(desk) if entry.undoable]
        assert all("Published" not in entry.said for entry in said), "what went out is not undone"


def test_the_demonstration_leaves_nothing_to_do_the_second_time(tmp_path: Path) -> None:
    first = demo.run(tmp_path)
    assert first.arrived["new"] >= 20
    assert first.published == {"published": first.approved}
    assert first.held
    with open_desk(tmp_path / "desk") as desk:
        before = history.entries(desk, limit=10_000)
    second = demo.run(tmp_path)
    with open_desk(tmp_path / "desk") as desk:
        assert history.entries(desk, limit=10_000) == before
    assert (second.fixed, second.tagged, second.approved, second.published) == (0, 0, 0, {})
    assert {name: report.written for name, report in second.exported.items()} == dict.fromkeys(
        second.exported, 0
    )
    assert second.held == first.held
    assert list(demo.told(first))

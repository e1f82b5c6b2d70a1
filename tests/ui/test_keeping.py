"""At the window: what is kept no longer is looked at, held and removed; one person is found and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.ui.conftest import SAMPLES as FOLDER
from workbench.desk import decisions, open_desk, queue, study
from workbench.desk.arriving import arrivals
from workbench.desk.office import house

SAMPLES = ("sample-durham-carers-passport.docx", "sample-ashfield-civic-hub.docx")


class Clock:
    now = datetime(2024, 1, 8, 9, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def settings(editor_at, workspace):
    """The part about keeping, open years after two studies were rejected."""
    clock = Clock()
    with open_desk(workspace, clock=clock) as desk:
        assert len(list(arrivals.import_paths(desk, [FOLDER / name for name in SAMPLES]))) == len(SAMPLES)
        decisions.reject(desk, [row.id for row in queue.rows(desk)], "Not ours")
        house.change(desk, "keep_rejected_files_months", 6)
    clock.now = datetime(2026, 1, 8, 9, tzinfo=UTC)
    editor = editor_at(partial(open_desk, workspace, clock=clock))
    editor.window.duties.ask()
    editor.settle()
    assert editor.notice.startswith("2 studies")
    editor.do("show_settings")
    editor.window.settings.show_section("keeping")
    editor.settle()
    return editor


def test_one_is_held_and_the_other_goes_when_the_editor_says_so(settings, workspace):
    keeping = settings.window.settings.keeping
    assert keeping.list.topLevelItemCount() == 2
    first = keeping.chosen.submission
    keeping.reason.setText("A dispute")
    keeping.held.click()
    settings.settle()
    assert keeping.list.topLevelItem(1).data(0, 0x100) == first
    keeping.sure.first.click()
    assert keeping.sure.second.isVisible() and "one study" in keeping.sure.question.text()
    keeping.sure.back.click()
    assert not keeping.sure.second.isVisible() and keeping.list.topLevelItemCount() == 2
    keeping.sure.first.click()
    keeping.sure.second.click()
    settings.until(lambda: keeping.list.topLevelItemCount() == 1)
    assert keeping.chosen.submission == first and not keeping.sure.first.isEnabled()
    assert "Removed of one study" in settings.notice
    with open_desk(workspace) as desk:
        assert study.source(desk, first)


def test_a_person_is_found_and_forgotten(settings):
    settings.window.settings.show_section("persons")
    people = settings.window.settings.persons
    people.line.setText("x")
    people.ask.click()
    settings.until(lambda: "two letters" in people.about.text())
    people.line.setText("sample-ashfield")
    people.ask.click()
    settings.until(people.list.isVisible)
    people.list.setCurrentItem(people.list.topLevelItem(0).child(0))
    assert "Forgotten with the person" in people.detail.text()
    people.sure.first.click()
    people.sure.second.click()
    settings.until(lambda: not people.list.isVisible())
    assert people.about.text().startswith("0 places")

"""The catalogue at the window: found, narrowed, read, compared, taken up again, handed out; and the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from tests.ui.conftest import READY, SAMPLES, Editor
from tests.website.invented import COUNCILS, fields, study, term
from ui.models.hits import HIT
from ui.phrases import past_day
from ui.stages.catalogue import CatalogueStage
from ui.tabbing import stops
from ui.views.catalogue.facets import FacetButton
from ui.views.inspector.preview import LargePreview
from ui.views.parts import Chip
from workbench.desk import Desk, decisions, open_desk, queue
from workbench.desk import study as studies
from workbench.desk.catalogue import browsing, publishing
from workbench.desk.editing import review
from workbench.publication import Publication, Study
from workbench.search import CatalogueQuery
from workbench.store import mirror

LIBRARIES, HEALTH = term("libraries"), term("public-health")


def published(number: int, title: str, **changes: Any) -> Study:
    return study(number, title=title, **{"terms": (LIBRARIES,), "authorities": COUNCILS[:1], **changes})


@pytest.fixture
def held(workspace: Path) -> None:
    """A desk whose mirror holds a few invented studies."""
    with open_desk(workspace, who="A. Editor") as desk, desk.store.writing() as connection:
        mirror.take(
            connection,
            [
                published(1, "A repair café in every ward"),
                published(2, "Borrow, mend, share", authorities=COUNCILS[1:2]),
                published(3, "Walking for health", terms=(HEALTH,), authorities=COUNCILS[1:2]),
                replace(published(4, "Repair of old"), withdrawn=True, note="At their wish."),
                published(5, "<script>alert(1)</script> & =1+1", terms=(), authorities=(), images=()),
                published(6, "Wort" * 75, fields=fields(challenge="<p>مكتبة 😀</p>")),
            ],
        )


@pytest.fixture
def at_catalogue(held: None, editor: Editor) -> Iterator[Editor]:
    editor.do("show_catalogue")
    yield editor


def stage(editor: Editor) -> CatalogueStage:
    return editor.window.catalogue


def titles(editor: Editor) -> list[str]:
    model = stage(editor).model
    return [model.data(model.index(row)).rpartition(",")[0] for row in range(model.rowCount())]


def press_facet(editor: Editor, label: str) -> None:
    found = stage(editor).view.facets.findChildren(FacetButton)
    next(each for each in found if each.facet.label == label and each.isVisible()).click()
    editor.settle()


def chips(editor: Editor) -> list[Chip]:
    flow = stage(editor).view.chips
    found = (flow.itemAt(at).widget() for at in range(flow.count()))
    return [each for each in found if isinstance(each, Chip)]


def test_found_while_typing_with_the_words_marked(at_catalogue: Editor) -> None:
    assert len(titles(at_catalogue)) == 5
    at_catalogue.press("/")
    at_catalogue.type("repair caf")
    at_catalogue.until(lambda: stage(at_catalogue).query.text == "repair caf")
    at_catalogue.settle()
    hit = stage(at_catalogue).model.index(0).data(HIT)
    assert hit.title == "A <mark>repair</mark> <mark>café</mark> in every ward"
    assert stage(at_catalogue).query.sort == "relevance"


def test_keys_go_from_pane_to_pane_and_tab_as_it_is_read(at_catalogue: Editor) -> None:
    view = stage(at_catalogue).view
    reached = [each for each in stops(view) if each.isVisible()]
    chain = []
    now = reached[0]
    while len(chain) < 500 and (not chain or now is not reached[0]):
        chain.append(now)
        now = now.nextInFocusChain()
    assert [each for each in chain if each in reached] == reached
    assert reached.index(view.search) < reached.index(view.list) < reached.index(view.page.tabs)

    at_catalogue.press("/")
    assert view.search.hasFocus()
    for key in ("Down", "/", "Escape"):
        at_catalogue.press(key)
    assert view.list.hasFocus(), "the keyboard goes to what was found"
    met = []
    for _ in range(5):
        at_catalogue.press("F6")
        met += [pane for pane in view.places if pane.isAncestorOf(QApplication.focusWidget())]
    assert set(met) == set(view.places)


def test_narrowed_by_facets_and_widened_by_chips(at_catalogue: Editor) -> None:
    """The keyboard stays on the facet that was turned."""
    found = stage(at_catalogue).view.facets.findChildren(FacetButton)
    next(each for each in found if each.facet.label == "Public health").setFocus()
    at_catalogue.press("Space")
    now = QApplication.focusWidget()
    assert isinstance(now, FacetButton)
    assert (now.facet.label, now.isChecked()) == ("Public health", True)
    assert titles(at_catalogue) == ["Walking for health"]
    press_facet(at_catalogue, "London borough")
    assert [each.text().rpartition("  ")[0] for each in chips(at_catalogue)] == [
        "Public health",
        "London borough",
    ]
    chips(at_catalogue)[0].click()
    at_catalogue.settle()
    assert stage(at_catalogue).query.facets.keys() == {"council_type"}
    assert len(titles(at_catalogue)) == 2


def test_days_are_typed_as_people_write_them(at_catalogue: Editor) -> None:
    line = stage(at_catalogue).view.facets.since
    line.setText("1 January 2030")
    QTest.keyClick(line, Qt.Key.Key_Return)
    at_catalogue.settle()
    assert stage(at_catalogue).query.published_from == date(2030, 1, 1)
    assert titles(at_catalogue) == []
    line.setText("some day")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.property("wrong")
    assert stage(at_catalogue).query.published_from == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("March 2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("3 October", date(2025, 10, 3), date(2025, 10, 3)),
        ("3 March", date(2026, 3, 3), date(2026, 3, 3)),
        ("2024-10-03", date(2024, 10, 3), date(2024, 10, 3)),
        ("31 June 2024", None, None),
    ],
)
def test_a_day_gone_by_is_understood(text: str, first: date | None, last: date | None) -> None:
    today = date(2026, 3, 10)
    assert (past_day(text, today), past_day(text, today, end=True)) == (first, last)


def test_withdrawn_odd_and_missing_studies_are_shown_as_what_they_are(at_catalogue: Editor) -> None:
    assert "Repair of old" not in titles(at_catalogue)
    stage(at_catalogue).view.facets.gone.click()
    at_catalogue.settle()
    assert "Repair of old" in titles(at_catalogue)
    row = titles(at_catalogue).index("Repair of old")
    stage(at_catalogue).view.list.setCurrentIndex(stage(at_catalogue).model.index(row))
    at_catalogue.settle()
    page = stage(at_catalogue).view.page
    assert "Withdrawn. At their wish." in page.page.toPlainText()
    assert not page.withdraw.isVisible()
    row = titles(at_catalogue).index("<script>alert(1)</script> & =1+1")
    stage(at_catalogue).view.list.setCurrentIndex(stage(at_catalogue).model.index(row))
    at_catalogue.settle()
    assert "<script>alert(1)</script> & =1+1" in page.page.toPlainText()
    stage(at_catalogue).view.search.setText("nothing holds this")
    at_catalogue.until(lambda: titles(at_catalogue) == [])
    at_catalogue.settle()
    assert stage(at_catalogue).study is None
    stage(at_catalogue).view.narrowed.emit(CatalogueQuery())
    at_catalogue.until(lambda: len(titles(at_catalogue)) == 5)
    assert stage(at_catalogue).view.search.text() == ""


def publish_ready(desk: Desk) -> None:
    (row,) = queue.rows(desk)
    for finding in studies.show(desk, row.id).open_findings:
        review.dismiss(desk, row.id, finding.key, "Looked at")
    decisions.approve(desk, [row.id])
    publishing.queue(desk, [row.id])
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]


@pytest.fixture
def three_versions(workspace: Path, tmp_path: Path) -> str:
    """A study that a colleague has published three times; the editor's desk has pulled it."""
    from workbench.desk.arriving import arrivals
    from workbench.desk.catalogue.sharing import open_shared

    with open_desk(workspace, who="A. Editor") as own:
        url = own.catalogue_url
        with open_shared(own):
            pass
    with open_desk(tmp_path / "colleague", who="B. Colleague", catalogue=url) as desk:
        list(arrivals.import_paths(desk, [SAMPLES / READY]))
        publish_ready(desk)
        (row,) = queue.rows(desk)
        uuid = studies.show(desk, row.id).study
        live = browsing.study(desk, uuid).publication
        for number, end in ((1, ", and on"), (2, ", and on and on")):
            newer: Publication = replace(
                live,
                uuid=f"00000000-0000-4000-8000-00000000000{number}",
                base_version=number,
                title=live.title + end,
            )
            with open_shared(desk) as shared:
                outcomes = list(shared.publish([newer], partial(browsing.asset, desk), "B. Colleague"))
            assert [one.result for one in outcomes] == ["published"]
    with open_desk(workspace, who="A. Editor") as own:
        publishing.pull(own)
    return uuid


def test_versions_are_listed_compared_and_shown_as_they_were(three_versions: str, editor: Editor) -> None:
    editor.do("show_catalogue")
    page = stage(editor).view.page
    assert page.tabs.tabText(1).endswith("3")
    page.tabs.setCurrentIndex(1)
    editor.settle()
    assert [each.version for each in page.versions.versions] == [1, 2, 3]
    page.versions.compared.emit(1, 3)
    editor.settle()
    told = " ".join(each.accessibleName() for each in page.versions.findChildren(QLabel))
    assert "and on and on" in told
    page.versions.shown.emit(1)
    editor.settle()
    assert page.back.isVisible()
    assert ", and on" not in page.page.toPlainText()
    page.back.click()
    editor.settle()
    assert ", and on and on" in page.page.toPlainText()
    assert not page.back.isVisible()


def test_without_the_shared_database_the_versions_at_hand_are_listed(held: None, editor: Editor) -> None:
    editor.do("show_catalogue")
    page = stage(editor).view.page
    page.tabs.setCurrentIndex(1)
    editor.settle()
    assert len(page.versions.versions) == 1
    shown = [each.text() for each in page.versions.findChildren(QLabel) if each.isVisible()]
    assert any("stand in the shared database alone" in text for text in shown)


def test_a_published_study_is_opened_as_a_new_edit_and_undone(three_versions: str, editor: Editor) -> None:
    editor.do("show_catalogue")
    editor.do("open_edit")
    editor.until(lambda: editor.window.stage == "desk" and editor.study is not None)
    assert editor.study.study == three_versions
    assert editor.study.base_version == 3
    first = editor.study.id
    editor.do("show_catalogue")
    editor.do("open_edit")
    editor.until(lambda: "open on the desk already" in editor.notice)
    assert editor.study.id == first
    editor.do("undo")
    editor.until(lambda: editor.window.desk.model.rowCount() == 0)


def test_a_study_is_previewed_with_what_readers_would_miss(at_study: Editor) -> None:
    at_study.window.desk.inspector.show_part("preview")
    at_study.settle()
    preview = at_study.window.desk.inspector.preview
    assert at_study.study.title in preview.card.accessibleName()
    assert at_study.study.title in preview.page.toPlainText()
    page = preview.page
    assert page.height() >= page.document().size().height(), "card and page are scrolled as one"
    warned = [each.text() for each in preview.findChildren(QLabel) if each.objectName() == "warn"]
    assert any("No topic" in text for text in warned)
    at_study.do("preview_large")
    (large,) = at_study.window.findChildren(LargePreview)
    assert large.isVisible()
    bar = large.view.scroll.verticalScrollBar()
    at_study.until(lambda: large.view.scroll.hasFocus() and bar.maximum() > 0)
    QTest.keyClick(large.view.scroll, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()


def test_chosen_studies_are_handed_out(
    at_catalogue: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    choose: Callable[..., str] = lambda *_: str(folder)  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    stage(at_catalogue).view.list.selectAll()
    at_catalogue.do("export_word")
    assert len(list(folder.glob("*.docx"))) == 5
    assert "Wrote 5 files" in at_catalogue.notice


def test_a_folder_of_somebody_else_is_declined_in_words(
    at_study: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "case-studies.csv").write_text("mine")
    choose: Callable[..., str] = lambda *_: str(tmp_path)  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    at_study.do("export_csv")
    assert (tmp_path / "case-studies.csv").read_text() == "mine"
    assert str(tmp_path) in at_study.notice

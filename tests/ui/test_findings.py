"""The findings pane: what was found, by severity or by field, and what can be done about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from ui.views.inspector.findings import FindingsView
from ui.views.study.finding import FindingCard
from workbench.desk.editing import review
from workbench.submission import Finding, Fix, Status, Submission
from workbench.template import Field

FIELDS = {"summary": Field("summary", "Summary"), "impact": Field("impact", "The impact")}
AND = Finding("STY-04", "warning", "House style.", "impact", "&", (3, 4), Fix("impact", 3, 4, "and", "&"))
FOUND = (
    AND,
    replace(AND, field="summary", fix=Fix("summary", 3, 4, "and", "&")),
    Finding("STR-01", "blocker", "The solution is empty.", "impact"),
    Finding("STY-01", "advice", "28 words. Try splitting it.", "summary", span=(9, 30)),
    Finding("PLH-06", "warning", "The file names J. Sample.", None),
)


def submission(*findings, **more):
    return Submission("CB-1", "u", "case-study", 1, Status.IN_REVIEW, {}, findings=findings, **more)


@pytest.fixture
def view(qtbot):
    made = FindingsView()
    qtbot.addWidget(made)
    made.resize(360, 600)
    made.show()
    made.show_findings(submission(*FOUND), FIELDS)
    qtbot.waitUntil(lambda: len(made.cards) == len(FOUND))
    return made


def said(view):
    sections = [label for label in view.findChildren(QLabel) if label.objectName() == "section"]
    return [label.text() for label in sections if not label.isHidden()]


def press(card, text):
    next(each for each in card.findChildren(QPushButton) if each.text() == text).click()


def test_they_stand_by_severity_or_by_field(view, qtbot):
    assert said(view) == ["1 blocker", "3 warnings", "1 piece of advice"]
    assert view.cards[0].finding.severity == "blocker"
    view.order.setCurrentIndex(1)
    qtbot.waitUntil(lambda: said(view) == ["The document as a whole", "Summary", "The impact"])
    assert [card.finding.field for card in view.cards] == [None, "summary", "summary", "impact", "impact"]


def test_each_severity_is_counted_in_words(view):
    told = [label.text() for label in view.findChildren(QLabel)]
    assert {"1 blocker", "3 warnings", "1 advice"} <= set(told)


def test_a_card_does_what_its_buttons_say(view, qtbot):
    card = next(card for card in view.cards if card.finding == AND)
    for button, signal, told in (
        ("Take fix", view.take, AND.key),
        ("Take all 2", view.take_kind, "STY-04"),
        ("Dismiss…", view.dismiss, AND.key),
        ("Dismiss all 2…", view.dismiss_kind, AND.key),
        ("Go", view.chosen, AND.key),
    ):
        with qtbot.waitSignal(signal) as heard:
            press(card, button)
        assert heard.args == [told]


def test_the_current_finding_is_marked(view):
    view.set_finding(AND.key)
    marked = [card.finding for card in view.cards if card.property("current")]
    assert marked == [AND]


def test_the_dismissed_stand_below_with_their_reason(view, qtbot):
    view.show_findings(submission(*FOUND, dismissed={AND.key: "A quotation"}), FIELDS)
    qtbot.waitUntil(lambda: "1 dismissed" in said(view))
    assert "Dismissed: A quotation" in [label.text() for label in view.findChildren(QLabel)]
    back = next(each for each in view.findChildren(QPushButton) if each.text() == "Restore")
    with qtbot.waitSignal(view.restore) as heard:
        back.click()
    assert heard.args == [AND.key]


def test_the_same_findings_again_keep_their_cards(view):
    cards = list(view.cards)
    view.show_findings(submission(*FOUND), FIELDS)
    assert view.cards == cards


def test_of_hundreds_some_are_shown_and_more_when_they_are_asked_for(view, qtbot):
    many = tuple(replace(AND, occurrence=n) for n in range(150))
    view.show_findings(submission(*many), FIELDS)
    qtbot.waitUntil(lambda: len(view.cards) == 30 and not view._filling.busy)
    more = next(each for each in view.findChildren(QPushButton) if each.text() == "Show 120 more")
    more.click()
    qtbot.waitUntil(lambda: len(view.cards) == 60 and not view._filling.busy)
    view.set_finding(many[70].key)
    qtbot.waitUntil(lambda: len(view.cards) == 90)
    assert [card.finding for card in view.cards if card.property("current")] == [many[70]]


def test_nothing_found_says_what_would_be_here(view, qtbot):
    view.show_findings(submission(), FIELDS)
    assert view.cards == []
    assert any(label.text().startswith("The checks found nothing") for label in view.findChildren(QLabel))


def test_the_reason_given_last_is_offered_first(editor):
    editor.bring("sample-wigan-befriending-poor.docx")
    editor.do("next_finding")
    editor.do("dismiss")
    editor.choose("Agreed with legal")
    editor.do("next_finding")
    editor.do("dismiss")
    first = editor.window.chooser.list.item(0).data(0x100)
    assert (first.text, first.detail) == ("Agreed with legal", "used lately")
    editor.window.chooser.close_()
    kept = []
    editor.window.bridge.ask(review.reasons, kept.extend)
    editor.until(lambda: kept)
    assert kept == ["Agreed with legal"]


def test_the_pane_follows_the_keys(editor):
    editor.bring("sample-wigan-befriending-poor.docx")
    pane = editor.window.desk.inspector.findings
    editor.window.desk.inspector.show_part("findings")
    for _ in range(3):
        editor.press("N")
        current = editor.window.desk.study.finding
        editor.until(
            lambda current=current: current in [c.finding.key for c in pane.cards if c.property("current")]
        )
        assert sum(card.property("current") for card in pane.cards) == 1


def test_what_was_found_in_the_whole_is_marked_and_seen_when_the_keys_come_to_it(editor):
    editor.bring("sample-dorset-care-technology-unplaced.docx")
    middle = editor.window.desk.study
    whole = [found for found in middle.open_findings if found.field is None]
    middle.choose_field("lessons")
    for found in whole:
        middle.choose_finding(found.key)
        marked = [card for card in middle.findChildren(FindingCard) if card.property("current")]
        assert [card.finding.key for card in marked] == [found.key]
        editor.until(lambda card=marked[0]: not card.visibleRegion().isEmpty())
    middle.choose_finding(next(found.key for found in middle.open_findings if found.field))
    assert not any(card.property("current") for card in middle._whole_cards())

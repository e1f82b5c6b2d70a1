"""What the views show of the rows and values they are given, with long, empty and broken content too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from ui.models.outbox import Item, OutboxModel
from ui.phrases import due
from ui.sending import summed_up
from ui.views.lines import turn
from ui.views.outbox.outbox import _told
from ui.views.study.editor import FieldEditor
from ui.views.study.field import FieldView, length, outside, provenance
from ui.views.study.finding import change, spoken
from workbench.desk.rows import FieldDifference, OutboxRow, RehearsalRow
from workbench.publication import Outcome
from workbench.richtext import from_html, from_text, plain, to_html
from workbench.submission import FieldValue, Finding, Fix
from workbench.template import Field

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
IMPACT = Field("impact", "The impact", "What changed?", min_words=40, max_words=600)


# Words about values


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (FieldValue(), ""),
        (FieldValue((), "heading", 0.86, "What we did"), "from heading “What we did” · 86 %"),
        (FieldValue((), "learned", 0.95, "What we did"), "from heading “What we did” · remembered · 95 %"),
        (FieldValue((), "editor", 1.0), "yours"),
        (FieldValue((), "lead-paragraph", 0.7), "from lead paragraph · 70 %"),
    ],
)
def test_where_an_answer_came_from(value, said):
    assert provenance(value) == said


@pytest.mark.parametrize(
    ("field", "count", "said", "wrong"),
    [
        (IMPACT, 122, "122 of 40–600 words", ""),
        (IMPACT, 12, "12 of 40–600 words · too short", "too short"),
        (IMPACT, 601, "601 of 40–600 words · too long", "too long"),
        (Field("links", "Links"), 1, "1 word", ""),
        (Field("summary", "Summary", max_words=75), 5, "5 of 75 words", ""),
    ],
)
def test_how_long_an_answer_is(field, count, said, wrong):
    assert length(field, count) == said
    assert outside(field, count) == wrong


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, ""),
        (date(2026, 11, 20), "due today"),
        (date(2026, 11, 19), "late by a day"),
        (date(2026, 11, 10), "late by 10 days"),
        (date(2026, 11, 24), "due Tue"),
        (date(2026, 12, 24), "due 24 Dec"),
    ],
)
def test_when_it_is_due(day, said):
    assert due(day, date(2026, 11, 20)) == said


def test_a_fix_is_shown_as_the_change_it_makes_and_never_as_markup(qapp):
    fix = Fix("impact", 0, 1, "<b>and</b>", "&")
    assert "&amp;" in change(fix)
    assert "&lt;b&gt;and" in change(fix)
    finding = Finding("STY-04", "warning", "House style.", "impact", fix=fix)
    assert spoken(finding) == "Warning: House style. Replace “&” by “<b>and</b>”."


def test_a_difference_marks_only_the_words_that_differ(qapp):
    difference = FieldDifference("impact", "Impact", "58 tonnes were kept", "58.4 tonnes were kept <here>")
    mine = "".join(_told(difference, mine=True))
    live = "".join(_told(difference, mine=False))
    assert "58.4</span>" in mine
    assert "&lt;here&gt;" in mine
    assert "58</s>" in live
    assert "tonnes were kept" in live


def test_a_batch_is_summed_up_with_the_first_reason():
    outcomes = [
        Outcome("a", "s", "published", 1),
        Outcome("b", "s", "published", 1),
        Outcome("c", "s", "conflict", reason="A colleague published since."),
    ]
    assert summed_up(outcomes) == "2 published, 1 in conflict. A colleague published since."
    assert summed_up([]) == ""


# A field


@pytest.fixture
def field(qtbot):
    view = FieldView(IMPACT)
    qtbot.addWidget(view)
    view.resize(640, 400)
    view.show()
    return view


def test_an_empty_answer_shows_what_was_asked(field):
    field.show_value(FieldValue(), editable=True)
    assert field.editor.prompted == "What changed?"


def test_a_placing_below_the_promise_asks_the_editor_to_look(field):
    field.show_value(FieldValue(from_text("Some words."), "fuzzy", 0.6), editable=True)
    assert field._check.isVisible()
    field.show_value(FieldValue(from_text("Some words."), "heading", 0.9), editable=True)
    assert not field._check.isVisible()


def test_findings_underline_their_words(field):
    text = "It cost £210,000 in all."
    field.show_value(FieldValue(from_text(text), "heading", 1.0), editable=True)
    finding = Finding("EVD-02", "advice", "A year, or in total?", "impact", "£210,000", (8, 16))
    gone = Finding("EVD-02", "advice", "Gone.", "impact", "£9", (90, 92))
    field.show_findings([finding, gone], {}, finding.key)
    marked = [selection.cursor.selectedText() for selection in field.editor.extraSelections()]
    assert marked == ["£210,000"]
    assert [card.finding for card in field.cards] == [finding, gone]


def test_a_decided_study_is_not_edited(field, qtbot):
    field.show_value(FieldValue(from_text("Some words."), "heading", 1.0), editable=False)
    with qtbot.waitSignal(field.refused):
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert not field.editor.editing


def test_what_is_being_typed_is_not_overwritten_by_what_comes_in(field):
    field.show_value(FieldValue(from_text("Old."), "heading", 1.0), editable=True)
    field.editor.edit()
    QTest.keyClicks(field.editor, "New. ")
    field.show_value(FieldValue(from_text("Old."), "heading", 1.0), editable=True)
    assert plain(field.editor.content()) == "New. Old."


def test_leaving_saves_only_what_changed(field, qtbot):
    field.show_value(FieldValue(from_text("Old."), "heading", 1.0), editable=True)
    field.editor.edit()
    with qtbot.assertNotEmitted(field.edited):
        field.editor.leave()
    field.editor.edit()
    QTest.keyClicks(field.editor, "x")
    with qtbot.waitSignal(field.edited) as saved:
        field.editor.leave()
    assert saved.args == ["impact", from_text("xOld."), from_text("Old.")]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>" + "word " * 20_000 + "</p>",
        "<p>" + "x" * 30_000 + "</p>",
        "<p>עברית <strong>מודגש</strong> and Cymraeg: ŵyth tŷ</p>",
        "<p>👩‍👩‍👧‍👦 e\u0301 \u200b zero</p>",
        "<table><tbody>" + "<tr><td>1</td><td>2</td></tr>" * 60 + "</tbody></table>",
        "<p>" + f'<img src="asset:{"a" * 64}">' * 3 + "</p>",
    ],
)
def test_content_of_any_kind_is_shown_and_kept(field, html):
    blocks = from_html(html)
    field.show_value(FieldValue(blocks, "heading", 1.0), editable=True)
    assert field.editor.content() == blocks
    assert not field.grab().isNull()


# Pasting


@pytest.fixture
def editor(qtbot):
    made = FieldEditor()
    qtbot.addWidget(made)
    made.show()
    made.show_content(from_text("Before. After."))
    made.edit()
    return made


def paste(editor, html="", text="", at=8):
    data = QMimeData()
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    cursor = editor.textCursor()
    cursor.setPosition(at)
    editor.setTextCursor(cursor)
    editor.insertFromMimeData(data)
    return to_html(editor.content())


def test_what_is_pasted_is_cleaned(editor):
    word = '<p class="MsoNormal" style="color:red"><b>Bold</b><script>x()</script><o:p></o:p></p>'
    assert paste(editor, word) == "<p>Before. <strong>Bold</strong>After.</p>"


def test_plain_text_is_pasted_as_paragraphs(editor):
    assert paste(editor, text="one\ntwo\n", at=14) == "<p>Before. After.one</p><p>two</p>"


def test_a_line_stays_a_line(qtbot):
    line = FieldEditor(one_line=True)
    qtbot.addWidget(line)
    line.show_content(from_text("Title"))
    line.edit()
    assert paste(line, "<p>of</p><p>two lines</p>", at=5) == "<p>Titleof two lines</p>"
    with qtbot.waitSignal(line.closed):
        QTest.keyClick(line, Qt.Key.Key_Return)


def test_what_is_copied_is_a_fields_own_html(editor):
    editor.show_content(from_html("<p>Keep <strong>this</strong></p>"))
    editor.leave()
    editor.show_content(from_html("<p>Keep <strong>this</strong></p>"))
    cursor = editor.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    editor.setTextCursor(cursor)
    copied = editor.createMimeDataFromSelection()
    assert copied.html() == "<p>Keep <strong>this</strong></p>"
    assert copied.text() == "Keep this"


# The outbox


def item(publication="p", outcome=None, state="waiting"):
    row = OutboxRow(publication, "CB-1", "Title", "Leeds", NOW, state)
    rehearsed = RehearsalRow(publication, "CB-1", "Title", "Leeds", outcome) if outcome else None
    return Item(row, rehearsed)


@pytest.mark.parametrize(
    ("shown", "sendable"),
    [
        (item(), True),
        (item(outcome="new"), True),
        (item(outcome="update"), True),
        (item(outcome="conflict"), False),
        (item(outcome="blocked"), False),
        (item(state="published"), False),
    ],
)
def test_only_what_can_be_sent_can_be_picked(qapp, shown, sendable):
    model = OutboxModel()
    model.show_items([shown])
    assert bool(model.picked) is sendable
    turn(model, model.index(0))
    assert model.picked == ()


def test_what_was_left_out_stays_left_out(qapp, qtmodeltester):
    model = OutboxModel()
    model.show_items([item("a", "new"), item("b", "new")])
    turn(model, model.index(0))
    model.show_items([item("a", "new"), item("b", "new"), item("c")])
    assert {each.row.publication for each in model.picked} == {"b", "c"}
    qtmodeltester.check(model)

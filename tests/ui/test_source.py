"""The source pane: what a Word file says, shown as it was sent, and what leads from it to the fields."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable
from PySide6.QtTest import QTest

from ui.views.carried import Carried, pack, unpack
from ui.views.inspector.source import SourceText, SourceView
from workbench.desk.rows import Source
from workbench.richtext import Image, Text, from_text
from workbench.submission import Note, Passage
from workbench.template import Field
from workbench.word.document import (
    Cell,
    Control,
    ListPlace,
    Paragraph,
    Row,
    Span,
    Table,
    Trace,
    WordDocument,
)

PICTURE = "ab" * 32


def para(ref: str, *words: str | Span, **more: object) -> Paragraph:
    spans = tuple(Span(Text(each)) if isinstance(each, str) else each for each in words)
    return Paragraph(ref, spans, **more)  # type: ignore[arg-type]


def cell(*blocks: Paragraph | Table, across: int = 1, down: int = 1) -> Cell:
    return Cell(blocks, colspan=across, rowspan=down)


SENT = WordDocument(
    (
        para("p1", "What we did", outline=1),
        para("p2", "The council ", Span(Text("gave"), (), (Trace("deletion", "Jo"),)),
             Span(Text("lent"), (), (Trace("insertion", "Jo"),)), " each ward a kit."),
        para("p3", "First", list=ListPlace(True, 0, "1.")),
        para("p4", "deeper", list=ListPlace(True, 1, "a)")),
        para("p5", Span(Text("not for print"), (), (Trace("hidden"),))),
        para("p6", Span(Text("Click here to answer"), (Control(1, prompt=True),))),
        Table("t1", (
            Row((cell(para("p7", "Council"), across=2),), header=True),
            Row((cell(para("p8", "Leeds"), down=2), cell(para("p9", "58")))),
            Row((cell(Table("t2", (Row((cell(para("p10", "inner")),)),))),)),
        )),
        para("p11", Span(Image(PICTURE, "A chart"))),
        para("p12", "In a box", origin="textbox"),
        para("p13", "The end"),
    ),
    (Note("comment", "Is it so?", "p2", "Ann"), Note("footnote", "See below", "p13"), Note("header", "DRAFT")),
)  # fmt: skip


@pytest.fixture
def text(qtbot):
    made = SourceText()
    qtbot.addWidget(made)
    made.resize(360, 700)
    made.show()
    made.show_source(Source("study.docx", SENT))
    qtbot.waitUntil(lambda: not made._writing.busy)
    return made


def said(document: QTextDocument) -> list[str]:
    return document.toPlainText().replace("\u2028", "\n").split("\n")


def line(text: SourceText, words: str) -> QTextBlock:
    found = text.document().find(words)
    assert not found.isNull(), words
    return found.block()


def form(text: SourceText, words: str):
    return text.document().find(words).charFormat()


def lit(text: SourceText) -> list[str]:
    return [selection.cursor.selectedText() for selection in text.extraSelections()]


# What it shows


def test_everything_the_file_says_is_shown_in_its_order(text):
    assert [words for words in said(text.document()) if words] == [
        "What we did",
        "The council gavelent each ward a kit.",
        "Changes tracked by Jo",
        "Comment · Ann: Is it so?",
        "1.\tFirst",
        "a)\tdeeper",
        "not for print",
        "Click here to answer",
        "Council",
        "Leeds",
        "58",
        "inner",
        "\ufffc",
        "Text box",
        "In a box",
        "The end",
        "Footnote: See below",
        "Beside the text",
        "Page header: DRAFT",
    ]


def test_what_was_deleted_is_struck_and_what_was_inserted_underlined_with_their_author(text):
    gone, new = form(text, "gave"), form(text, "lent")
    assert gone.fontStrikeOut()
    assert new.fontUnderline()
    assert gone.foreground().color() != new.foreground().color()
    assert (gone.toolTip(), new.toolTip()) == ("Deleted by Jo", "Inserted by Jo")
    assert form(text, "not for print").toolTip() == "Hidden in Word"
    assert form(text, "Click here").toolTip() == "A prompt of the form, not an answer"


def test_cells_stand_as_they_are_merged(text):
    cursor = text.document().find("58")
    table = cursor.currentTable()
    assert isinstance(table, QTextTable)
    assert (table.rows(), table.columns()) == (3, 2)
    assert table.cellAt(0, 0).columnSpan() == 2
    assert table.cellAt(1, 0).rowSpan() == 2
    assert text.document().find("inner").currentTable() is not table


def test_deeper_items_stand_in_deeper(text):
    margins = [line(text, words).blockFormat().leftMargin() for words in ("First", "deeper")]
    assert margins[0] < margins[1]


@pytest.mark.parametrize(
    "document",
    [
        WordDocument(()),
        WordDocument((para("p1"),)),
        WordDocument((Table("t1", ()),)),
        WordDocument((Table("t1", (Row(()),)),)),
        WordDocument((Table("t1", (Row((cell(),)),)), Table("t2", (Row((cell(para("p1", "x")),)),)))),
        WordDocument((para("p1", "עברית 👩‍🔧 e\u0301 \u200b\x07" * 500),)),
        WordDocument((para("p1", "x" * 50_000),)),
        WordDocument((para("p1", "deep", list=ListPlace(False, 40)),)),
    ],
)
def test_anything_a_reader_may_hand_over_is_shown(text, qtbot, document):
    text.show_source(Source("odd.docx", document))
    qtbot.waitUntil(lambda: not text._writing.busy)
    assert not text.grab().isNull()


def test_a_long_document_comes_in_slices(qtbot):
    many = tuple(
        para(f"p{n}", f"Paragraph {n} says what it says in a dozen words or so.") for n in range(500)
    )
    rows = tuple(Row(tuple(cell(para(f"c{n}{m}", f"{n}.{m}")) for m in range(4))) for n in range(100))
    made = SourceText()
    qtbot.addWidget(made)
    made.show()
    began = monotonic()
    made.show_source(Source("long.docx", WordDocument((*many, Table("t", rows)))))
    first = monotonic() - began
    qtbot.waitUntil(lambda: not made._writing.busy)
    whole = monotonic() - began
    assert first < whole, "the first slice is not all of it"
    assert "99.3" in made.document().toPlainText()
    assert made.document().blockCount() >= 900


# Where it leads


def test_a_field_lights_where_it_came_from(text):
    text.light(["p2"])
    assert lit(text) == ["The council gavelent each ward a kit."], "not what was said of it"
    text.light(["p9", "p13"])
    assert lit(text) == ["58", "The end"]
    text.light(["t1", "p77"])
    assert lit(text) == []


def test_what_is_lit_comes_into_view(text):
    text.resize(360, 240)
    text.light(["p13"])
    assert 0 <= text.cursorRect(text.document().find("The end")).top() < 240
    at = text.verticalScrollBar().value()
    text.light(["p13", "p1"])
    assert text.verticalScrollBar().value() == at, "one of them is in view already"


def test_a_press_tells_the_passage(text, qtbot):
    place = text.cursorRect(text.document().find("each ward")).center()
    with qtbot.waitSignal(text.touched) as touched:
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert touched.args[0] == ("p2",)
    place = text.cursorRect(text.document().find("58")).center()
    with qtbot.waitSignal(text.touched) as touched:
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert touched.args == [("p9",), "58"]


def test_passages_without_a_field_are_marked(text):
    before = text.grab().toImage()
    text.mark_unplaced(["p13"])
    marked = text.grab().toImage()
    assert marked != before
    text.mark_unplaced([])
    assert text.grab().toImage() == before


def test_chosen_words_carry_the_paragraphs_they_stand_in(text):
    cursor = text.document().find("each ward")
    cursor.setPosition(text.document().find("deeper").position(), cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    data = text.createMimeDataFromSelection()
    assert unpack(data) == Carried(refs=("p2", "p3", "p4"))
    assert data.text().startswith("each ward")


def test_what_comes_from_elsewhere_is_not_taken_for_ours():
    other = QMimeData()
    other.setText("words")
    assert unpack(other) is None
    assert unpack(pack(Carried(field="impact"))) == Carried(field="impact")


# The tray

PASSAGES = tuple(
    Passage(
        f"p-{n}", from_text(f"Loose words number {n}."), "", "impact" if n % 2 else None, 0.6, (f"p{n}",), n
    )
    for n in range(1, 13)
)
FIELDS = {"impact": Field("impact", "The impact", "What changed?")}


@pytest.fixture
def view(qtbot):
    made = SourceView()
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    made.show_source(Source("study.docx", SENT))
    made.tray.show_passages(PASSAGES, FIELDS, editable=True)
    qtbot.waitUntil(lambda: len(made.tray.cards) == len(PASSAGES))
    return made


def test_a_digit_places_where_it_likely_belongs_or_asks(view, qtbot):
    with qtbot.waitSignal(view.tray.placed) as placed:
        view.tray.press(1)
    assert placed.args == ["p-1", "impact"]
    with qtbot.waitSignal(view.tray.asked) as asked:
        view.tray.press(2)
    assert asked.args == ["p-2"]


def test_the_passage_with_the_keyboard_is_the_current_one_and_shows_in_the_source(view, qtbot):
    assert view.tray.current == PASSAGES[0]
    view.activateWindow()
    view.tray.cards[1].place.setFocus()
    qtbot.waitUntil(view.tray.cards[1].place.hasFocus)
    assert view.tray.current == PASSAGES[1]
    assert lit(view.text) == ["The council gavelent each ward a kit."]


def test_an_empty_tray_is_gone_until_something_is_carried_to_it(view):
    view.tray.show_passages((), FIELDS, editable=True)
    assert not view.tray.isVisible()
    view.tray.invite(True)
    assert view.tray.isVisible()
    view.tray.invite(False)
    assert not view.tray.isVisible()


def test_the_same_passages_again_keep_their_cards(view):
    cards = list(view.tray.cards)
    view.tray.show_passages(PASSAGES, FIELDS, editable=True)
    assert view.tray.cards == cards
    view.tray.show_passages((replace(PASSAGES[0], heading="New"), *PASSAGES[1:]), FIELDS, editable=True)
    assert view.tray.cards[0] is not cards[0]

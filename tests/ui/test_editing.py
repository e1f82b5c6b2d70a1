"""Writing in a field: by keys and tools, with tables and links, from the clipboard, and with words counted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.text import pasting, shaping, tools
from ui.views.forms import LinkForm, PictureForm, address
from ui.views.study import tablemenu
from ui.views.study.editor import AUTOSAVE, FieldEditor
from ui.views.study.toolbar import Toolbar
from workbench.errors import Refused
from workbench.richtext import count_words, from_html, from_text, plain, to_html
from workbench.richtext.tables import toggle_head


@pytest.fixture
def editor(qtbot):
    made = FieldEditor()
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    return made


def open_with(editor, html, at=None):
    """An editor in the middle of writing, with the cursor at a place or at the end."""
    editor.show_content(from_html(html))
    while editor.busy:
        QApplication.processEvents()
    editor.edit()
    put_cursor(editor, at)
    return editor


def put_cursor(editor, at=None, to=None):
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    if at is not None:
        cursor.setPosition(at)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def press(editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(editor, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def html(editor):
    return to_html(editor.content())


# Keys and tools


@pytest.mark.parametrize(
    ("key", "modifier", "made"),
    [
        (Qt.Key.Key_B, CTRL, "<p><strong>some</strong> words</p>"),
        (Qt.Key.Key_I, CTRL, "<p><em>some</em> words</p>"),
        (Qt.Key.Key_P, CTRL | SHIFT, "<p><sup>some</sup> words</p>"),
        (Qt.Key.Key_1, CTRL, "<h3>some words</h3>"),
        (Qt.Key.Key_2, CTRL, "<h4>some words</h4>"),
        (Qt.Key.Key_L, CTRL | SHIFT, "<ul><li>some words</li></ul>"),
        (Qt.Key.Key_N, CTRL | SHIFT, "<ol><li>some words</li></ol>"),
    ],
)
def test_a_key_gives_what_it_says(editor, key, modifier, made):
    open_with(editor, "<p>some words</p>")
    put_cursor(editor, 0, 4)
    press(editor, key, modifier)
    assert html(editor) == made


def test_a_heading_is_plain_again_and_keeps_its_marks(editor):
    open_with(editor, '<h3>a <em>b</em> <a href="https://x.example">c</a></h3>', 1)
    press(editor, Qt.Key.Key_0, CTRL)
    assert html(editor) == '<p>a <em>b</em> <a href="https://x.example">c</a></p>'


def test_after_a_heading_comes_a_paragraph(editor):
    open_with(editor, "<h3>What we did</h3>")
    press(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "This.")
    assert html(editor) == "<h3>What we did</h3><p>This.</p>"


def test_entries_go_deeper_and_come_back_by_tab(editor):
    open_with(editor, "<ul><li>one</li><li>two</li><li>three</li></ul>", 4)
    press(editor, Qt.Key.Key_Tab)
    assert html(editor) == "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"
    press(editor, Qt.Key.Key_Backtab)
    assert html(editor) == "<ul><li>one</li><li>two</li><li>three</li></ul>"


def test_the_first_entry_has_nothing_to_go_under(editor):
    open_with(editor, "<ul><li>one</li><li>two</li></ul>", 0)
    assert not shaping.nest(editor.textCursor())


def test_enter_at_an_empty_entry_leaves_the_list(editor):
    open_with(editor, "<ul><li>one</li></ul>")
    press(editor, Qt.Key.Key_Return)
    press(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "after")
    assert html(editor) == "<ul><li>one</li></ul><p>after</p>"


def test_shift_enter_breaks_the_line(editor):
    open_with(editor, "<p>one</p>")
    press(editor, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(editor, "two")
    assert html(editor) == "<p>one<br>two</p>"


def test_enter_parts_a_very_long_paragraph_where_it_is_pressed(editor):
    open_with(editor, "<p>" + "word " * 3000 + "end</p>", 10_002)
    press(editor, Qt.Key.Key_Return)
    first, second = plain(editor.content()).split("\n")
    assert len(first) == 10_000
    assert f"{first}{second}".split() == ["word"] * 3000 + ["end"]


def test_every_tool_has_a_key_of_its_own_and_a_name(qapp):
    assert len({tool.key for tool in tools.TOOLS}) == len(tools.TOOLS)
    assert all(tool.says[0].isupper() for tool in tools.TOOLS)


def test_the_toolbar_does_what_the_keys_do_and_leaves_the_keyboard_alone(editor, qtbot):
    open_with(editor, "<p>some words</p>")
    put_cursor(editor, 0, 4)
    bar = Toolbar(editor)
    qtbot.addWidget(bar)
    bar.show()
    QTest.mouseClick(bar.buttons["bold"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.buttons["bullets"], Qt.MouseButton.LeftButton)
    assert html(editor) == "<ul><li><strong>some</strong> words</li></ul>"
    assert editor.editing


# Tables

MERGED = (
    '<table><caption>Savings</caption><thead><tr><th scope="col">Year</th><th scope="col" colspan="2">Saved</th></tr>'
    '</thead><tbody><tr><td rowspan="2">2025</td><td>a</td><td>b</td></tr>'
    "<tr><td>c</td><td>d</td></tr></tbody></table>"
)


def choose_in(menu, text):
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_table_is_put_in_and_written_in_cell_by_cell(editor):
    open_with(editor, "<p>before</p>")
    tablemenu.insert_table(editor)
    QTest.keyClicks(editor, "Year")
    press(editor, Qt.Key.Key_Tab)
    QTest.keyClicks(editor, "Saved")
    for _ in range(2):
        press(editor, Qt.Key.Key_Tab)
    QTest.keyClicks(editor, "2025")
    assert plain(editor.content()) == "before\nYear\tSaved\t\n2025\t\t\n\t\t"
    assert html(editor).startswith('<p>before</p><table><thead><tr><th scope="col">Year</th>')


def cell_of(editor, text):
    at = editor.document().find(text)
    put_cursor(editor, at.selectionStart())


def test_rows_and_columns_come_and_go_and_merged_cells_stay(editor):
    open_with(editor, f"<p>x</p>{MERGED}<p>y</p>")
    cell_of(editor, "c")
    choose_in(tablemenu.table_menu(editor), "Row above")
    assert '<td rowspan="3">2025</td>' in html(editor)
    QTest.keyClicks(editor, "new")
    assert "<tr><td>new</td><td></td></tr>" in html(editor)
    choose_in(tablemenu.table_menu(editor), "Remove the row")
    assert html(editor) == f"<p>x</p>{MERGED}<p>y</p>"
    cell_of(editor, "Year")
    choose_in(tablemenu.table_menu(editor), "First row names the columns, or not")
    assert editor.content()[1] == toggle_head(from_html(MERGED)[0])
    choose_in(tablemenu.table_menu(editor), "Remove the table")
    assert html(editor) == "<p>x</p><p>y</p>"


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_B])
def test_a_merged_cell_stays_merged_whatever_is_made_of_its_words(editor, key):
    open_with(editor, MERGED)
    cell_of(editor, "2025")
    press(editor, key, CTRL)
    (table,) = shaping.tables(editor.document())
    assert (table.cellAt(1, 0).rowSpan(), table.cellAt(0, 1).columnSpan()) == (2, 2)
    assert '<td rowspan="2">' in html(editor)


def test_words_in_the_empty_corner_of_an_uneven_table_are_kept(editor):
    open_with(
        editor, "<table><tbody><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>d</td></tr></tbody></table>"
    )
    cell_of(editor, "d")
    press(editor, Qt.Key.Key_Tab)
    press(editor, Qt.Key.Key_Tab)
    QTest.keyClicks(editor, "f")
    assert html(editor).endswith("<tr><td>d</td><td></td><td>f</td></tr></tbody></table>")


def test_what_a_table_change_makes_is_saved_like_typing(editor, qtbot):
    open_with(editor, MERGED)
    cell_of(editor, "c")
    choose_in(tablemenu.table_menu(editor), "Row below")
    with qtbot.waitSignal(editor.saved):
        editor.flush()


# Links and pictures


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("www.example.gov.uk", "https://www.example.gov.uk"),
        (" name@example.gov.uk ", "mailto:name@example.gov.uk"),
        ("tel:01234567890", "tel:01234567890"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_what_is_typed_as_an_address(typed, meant):
    assert address(typed) == meant


def test_a_link_is_asked_for_and_a_wrong_address_said_in_words(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    form = LinkForm(window, "", "the report")
    QTest.keyClicks(form.address, "javascript:x")
    QTest.keyClick(form.address, Qt.Key.Key_Return)
    assert "web page" in form._wrong.text()
    form.address.clear()
    QTest.keyClicks(form.address, "example.gov.uk/report")
    with qtbot.waitSignal(form.chosen) as answer:
        QTest.keyClick(form.address, Qt.Key.Key_Return)
    assert answer.args == ["https://example.gov.uk/report", "the report"]


def test_a_picture_is_described_or_said_to_be_decorative(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    form = PictureForm(window, None, "")
    form.accept()
    assert form._wrong.text()
    QTest.keyClicks(form.alt, "A map")
    QTest.keyClicks(form.credit, "Leeds")
    with qtbot.waitSignal(form.chosen) as answer:
        form.accept()
    assert answer.args == ["A map", "Leeds"]


# The clipboard


def paste(editor, html_="", text="", own=None):
    data = QMimeData()
    if html_:
        data.setHtml(html_)
    if text:
        data.setText(text)
    editor.insertFromMimeData(own or data)
    return html(editor)


def test_a_list_and_a_table_of_another_program_come_in_whole(editor):
    open_with(editor, "<p>before</p>")
    word = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>one</p>"
        "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table><p>after</p>"
    )
    made = paste(editor, word)
    assert "<ul><li>one</li></ul>" in made or made.startswith("<p>beforeone</p>")
    assert (
        '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>' in made
    )
    assert made.endswith("<p>after</p>")


def test_what_could_not_be_pasted_is_said(editor, qtbot):
    open_with(editor, "<p>x</p>")
    with qtbot.waitSignal(editor.told) as said:
        paste(editor, '<p>a <a href="javascript:x">b</a></p><img src="https://x.example/a.png">')
    assert said.args == [
        "Pasted without a picture, which is to be copied by itself, a link no reader may follow."
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"html_": '<img src="file:///a.png">'}, "picture-not-pasted"),
        ({"html_": "<table>" + "<tr><td>x" * 700 + "</table>"}, "table-too-large"),
    ],
)
def test_what_may_not_be_pasted_is_declined(editor, qtbot, data, why):
    open_with(editor, "<p>x</p>")
    with qtbot.waitSignal(editor.declined) as said:
        assert paste(editor, **data) == "<p>x</p>"
    assert isinstance(said.args[0], Refused)
    assert said.args[0].code == why


def test_what_is_long_is_read_aside_and_put_where_the_cursor_was(editor, qtbot):
    open_with(editor, "<p>before</p>")
    text = "\n".join(["a paragraph of a few words"] * 4_000)
    with qtbot.waitSignal(editor.aside) as asked:
        paste(editor, text=text)
    work, then = asked.args
    then(work())
    qtbot.waitUntil(lambda: not editor.busy, timeout=20_000)
    assert plain(editor.content()) == "before" + text


def test_what_is_copied_comes_back_exactly(editor):
    exact = "<p>two  spaces <strong>kept</strong>\u00a0here</p><ul><li>a</li></ul>"
    open_with(editor, exact)
    editor.selectAll()
    copied = editor.createMimeDataFromSelection()
    assert copied.html() == exact
    assert paste(editor, own=copied) == exact


def test_words_alone_leave_their_dress_behind(editor):
    open_with(editor, "<p></p>")
    data = QMimeData()
    data.setHtml("<h1><b>Title</b></h1>")
    data.setText("Title")
    editor._paste_from(data, words_alone=True)
    assert html(editor) == "<p>Title</p>"


def test_a_clipping_is_light_or_heavy(qapp):
    data = QMimeData()
    data.setText("x" * pasting.LIGHT)
    assert not pasting.take(data, ()).heavy
    data.setText("x" * (pasting.LIGHT + 1))
    assert pasting.take(data, ()).heavy


# Counting and saving


def test_words_are_counted_while_they_are_typed(editor, qtbot):
    open_with(editor, f"<p>one two</p>{MERGED}<ul><li>x<br>y</li></ul>")
    QTest.keyClicks(editor, " more words")
    qtbot.waitUntil(lambda: editor.lines._told == count_words(editor.content()))
    editor.selectAll()
    press(editor, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: editor.lines._told == count_words(editor.content()))


def test_saving_never_waits_longer_than_it_promises_however_one_types_on(editor):
    assert AUTOSAVE < 2_000
    open_with(editor, "<p>x</p>")
    QTest.keyClicks(editor, "a")
    due = editor._timer.remainingTime()
    QTest.keyClicks(editor, "bc")
    assert editor._timer.remainingTime() <= due


def test_saving_tells_what_the_writing_began_from(editor, qtbot):
    open_with(editor, "<p>x</p>")
    for text, before in (("y", "x"), ("z", "xy")):
        QTest.keyClicks(editor, text)
        with qtbot.waitSignal(editor.saved) as saved:
            editor.flush()
        assert saved.args == [from_text(before + text), from_text(before)]


def test_what_comes_in_while_one_types_is_contested_and_not_taken_for_the_beginning(editor, qtbot):
    open_with(editor, "<p>x</p>")
    QTest.keyClicks(editor, "y")
    editor.show_content(from_text("theirs"))
    with qtbot.waitSignal(editor.saved) as saved:
        editor.flush()
    assert saved.args == [from_text("xy"), from_text("x")]
    editor.contest()
    QTest.keyClicks(editor, "z")
    with qtbot.assertNotEmitted(editor.saved):
        editor.flush()
    with qtbot.waitSignal(editor.saved) as saved:
        editor.keep(from_text("theirs"))
    assert saved.args == [from_text("xyz"), from_text("theirs")]


def test_giving_up_shows_what_the_desk_holds(editor):
    open_with(editor, "<p>x</p>")
    QTest.keyClicks(editor, "y")
    editor.contest()
    editor.give_up(from_text("theirs"))
    assert html(editor) == "<p>theirs</p>"
    assert not editor.contested

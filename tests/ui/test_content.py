"""A field's rich text survives being set in a Qt document, and its characters can be found there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from ui.text import content, lines, shaping
from ui.text.content import Dress
from ui.text.lines import Lines
from ui.text.places import Places
from workbench.richtext import (
    MARKS,
    Break,
    Cell,
    Heading,
    Image,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
    canonical,
    from_html,
    plain,
    to_html,
)

LETTERS = st.text(
    st.sampled_from("aé ŵ\u00a0\u0301🙂שk&<\t\u200b\u2028\ufdd0\ufffc\x00"), min_size=1, max_size=6
)
RUNS = st.builds(
    Text,
    LETTERS,
    st.frozensets(st.sampled_from(MARKS)),
    st.none() | st.just("https://example.gov.uk/a?b=1&c=2"),
)
PICTURES = st.builds(Image, st.sampled_from(["a" * 64, "b" * 64]), st.none() | st.just("") | st.just("A map"))
LINES = st.lists(RUNS | st.just(Break()) | PICTURES, max_size=5).map(tuple)
LONG = st.builds(lambda text, n: Paragraph((Text(text * n),)), LETTERS, st.integers(1200, 3000))
PARAGRAPHS = st.builds(Paragraph, LINES) | st.builds(Heading, st.sampled_from([3, 4]), LINES)
LISTS = st.recursive(
    st.builds(ListBlock, st.booleans(), st.lists(st.builds(Item, LINES), max_size=3).map(tuple)),
    lambda inner: st.builds(
        ListBlock,
        st.booleans(),
        st.lists(st.builds(Item, LINES, st.lists(inner, max_size=2).map(tuple)), max_size=3).map(tuple),
    ),
    max_leaves=5,
)


def tables(inside):
    cells = st.builds(
        Cell,
        st.lists(inside, max_size=2).map(tuple),
        st.sampled_from([None, "col", "row"]),
        st.integers(1, 3) | st.just(1000),
        st.integers(1, 3) | st.just(1000),
    )
    rows = st.lists(st.builds(Row, st.lists(cells, min_size=1, max_size=3).map(tuple)), max_size=3).map(tuple)
    return st.builds(Table, rows, rows, LINES)


BLOCKS = st.recursive(PARAGRAPHS | LISTS, lambda inner: inner | tables(inner), max_leaves=4)
CONTENTS = st.lists(BLOCKS | LONG, max_size=4).map(canonical)

quick = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def document(qapp) -> QTextDocument:
    return QTextDocument()


@quick
@given(blocks=CONTENTS)
def test_what_is_written_is_read_again(document, blocks):
    content.write(document, blocks)
    assert lines.read(document) == blocks


@quick
@given(blocks=CONTENTS, data=st.data())
def test_characters_of_the_plain_text_are_found_in_the_document(qapp, blocks, data):
    words, document = plain(blocks), QTextDocument()
    content.write(document, blocks)
    starts = [at for at in range(len(words)) if not words[at].isspace()]
    if not starts:
        return
    at = data.draw(st.sampled_from(starts))
    start, end = Places(Lines(document)).span(at, at + 1)
    chosen = content.choose(document, start, end).selectedText().replace(content.PICTURE, "")
    assert chosen == words[at]


SOME = st.sampled_from(
    [
        from_html(
            "<p>one <em>two</em></p><p>three</p><ul><li>four<ol><li>five</li></ol></li></ul><h3>six</h3>"
        ),
        from_html(
            "<table><caption>x</caption><tr><th>a</th><td>b</td></tr><tr><td colspan=2>c</td></tr></table>"
        ),
        from_html(f"<p>{'long ' * 2_000}</p><p>end</p>"),
        from_html("<p>alone</p>"),
        (),
    ]
)


def change(data, document) -> None:
    """Something that an editor does anywhere in a field."""
    size = document.characterCount() - 1
    start, end = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
    cursor = content.choose(document, start, end)
    does = {
        "type": lambda: cursor.insertText(data.draw(LETTERS)),
        "enter": lambda: shaping.new_paragraph(cursor, Dress()),
        "delete": cursor.removeSelectedText,
        "one back": cursor.deletePreviousChar,
        "mark": lambda: shaping.toggle(cursor, data.draw(st.sampled_from(MARKS))),
        "list": lambda: shaping.toggle_list(cursor, Dress(), ordered=data.draw(st.booleans())),
        "nest": lambda: shaping.nest(cursor),
        "lift": lambda: shaping.lift(cursor, Dress()),
        "paste": lambda: list(content.insert(cursor, data.draw(SOME), Dress())),
        "rewrite": lambda: content.write(document, data.draw(SOME)),
    }
    does[data.draw(st.sampled_from(sorted(does)))]()


@quick
@given(blocks=SOME, data=st.data())
def test_lines_that_did_not_change_need_not_be_read_again(qapp, blocks, data):
    document = QTextDocument()
    kept = Lines(document)
    content.write(document, blocks)
    for _ in range(data.draw(st.integers(1, 6))):
        change(data, document)
        if data.draw(st.booleans()):
            assert kept.content() == lines.read(document)
    assert kept.content() == lines.read(document)
    assert kept.all() == Lines(document).all()


def test_a_span_over_emphasis_is_found_whole(document):
    content.write(document, from_html("<ul><li>one</li></ul><p>kept <em>61</em> tonnes</p>"))
    start, end = Places(Lines(document)).span(9, 18)
    assert content.choose(document, start, end).selectedText() == "61 tonnes"


def test_a_span_that_is_gone_is_not_found(document):
    content.write(document, from_html("<p>short</p>"))
    assert Places(Lines(document)).span(3, 90) is None


def test_typing_into_strong_words_stays_strong(document):
    content.write(document, from_html("<p><strong>bold</strong></p>"))
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("er")
    assert to_html(lines.read(document)) == "<p><strong>bolder</strong></p>"


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_set_and_cleared(document, mark):
    content.write(document, from_html("<p>some words</p>"))
    shaping.toggle(content.choose(document, 0, 4), mark)
    assert to_html(lines.read(document)) == f"<p><{mark}>some</{mark}> words</p>"
    shaping.toggle(content.choose(document, 0, 4), mark)
    assert to_html(lines.read(document)) == "<p>some words</p>"


def test_paragraphs_become_a_list_and_back(document):
    content.write(document, from_html("<p>one</p><p>two</p>"))
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    shaping.toggle_list(cursor, Dress(), ordered=True)
    assert to_html(lines.read(document)) == "<ol><li>one</li><li>two</li></ol>"
    cursor.select(QTextCursor.SelectionType.Document)
    shaping.toggle_list(cursor, Dress(), ordered=True)
    assert to_html(lines.read(document)) == "<p>one</p><p>two</p>"


def test_a_link_is_set_and_freed(document):
    content.write(document, from_html("<p>see here</p>"))
    shaping.set_link(content.choose(document, 4, 8), "https://example.gov.uk")
    assert to_html(lines.read(document)) == '<p>see <a href="https://example.gov.uk">here</a></p>'
    shaping.set_link(content.choose(document, 4, 8), None)
    assert to_html(lines.read(document)) == "<p>see here</p>"

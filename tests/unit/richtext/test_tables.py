"""Rows and columns come and go, and no word or span of the others changes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.richtext import Paragraph, Table, canonical, from_html, plain, to_html
from workbench.richtext.tables import (
    change_table,
    insert_column,
    insert_row,
    new,
    places,
    remove_column,
    remove_row,
    toggle_head,
)

from workbench.richtext import Cell, Row, Text  # isort: skip

settings.register_profile("tables", deadline=None, max_examples=40)
settings.load_profile("tables")

words = st.sampled_from(["", "a", "b c", "ŵ", "£5"]).map(
    lambda text: (Paragraph((Text(text),)),) if text else ()
)
cells = st.builds(Cell, words, st.sampled_from([None, "col", "row"]), st.integers(1, 3), st.integers(1, 3))
rows = st.lists(st.builds(Row, st.lists(cells, min_size=1, max_size=4).map(tuple)), max_size=4).map(tuple)


def settled(table: Table) -> Table:
    """The table with every span as it is laid out, as every change leaves it."""
    return remove_row(insert_row(table, 0), 0) or table


tables = st.builds(Table, rows, rows).filter(lambda table: table.head or table.body).map(settled)


def grid(table: Table) -> dict[tuple[int, int], str]:
    """What stands in every square."""
    return {
        (place.row + y, place.column + x): plain(place.cell.content)
        for place in places((*table.head, *table.body))
        for y in range(place.down)
        for x in range(place.across)
    }


def height(table: Table) -> int:
    return len(table.head) + len(table.body)


def width(table: Table) -> int:
    return max(column for _, column in grid(table)) + 1


@given(tables, st.data())
def test_a_row_put_in_moves_the_rows_below_and_changes_nothing_else(table, data):
    at = data.draw(st.integers(0, height(table)))
    before, after = grid(table), grid(insert_row(table, at))
    for (row, column), text in before.items():
        assert after[row + (row >= at), column] == text


@given(tables, st.data())
def test_a_row_put_in_and_taken_out_leaves_the_table_as_it_was(table, data):
    at = data.draw(st.integers(0, height(table)))
    assert remove_row(insert_row(table, at), at) == table


@given(tables, st.data())
def test_a_column_put_in_moves_the_columns_after_it_and_changes_nothing_else(table, data):
    at = data.draw(st.integers(0, width(table)))
    before, after = grid(table), grid(insert_column(table, at))
    for (row, column), text in before.items():
        assert after[row, column + (column >= at)] == text


@given(tables, st.data())
def test_a_column_put_in_and_taken_out_leaves_the_table_as_it_was(table, data):
    at = data.draw(st.integers(0, width(table)))
    assert remove_column(insert_column(table, at), at) == table


@given(tables, st.data())
def test_removing_a_row_keeps_every_cell_that_reaches_elsewhere(table, data):
    at = data.draw(st.integers(0, height(table) - 1))
    kept = [
        plain(p.cell.content) for p in places((*table.head, *table.body)) if not (p.row == at and p.down == 1)
    ]
    left = remove_row(table, at)
    found = [plain(p.cell.content) for p in places((*left.head, *left.body))] if left else []
    assert sorted(filter(None, found)) == sorted(filter(None, kept))


@given(tables)
def test_what_changes_make_is_canonical(table):
    for made in (insert_row(table, 1), insert_column(table, 1), toggle_head(table)):
        assert canonical([made]) == (made,)


@given(tables)
def test_heads_on_and_off_keep_every_word(table):
    assert grid(toggle_head(table)) == grid(table)
    assert bool(toggle_head(table).head) is not bool(table.head)


MERGED = (
    '<table><thead><tr><th scope="col">Year</th><th scope="col" colspan="2">Saved</th></tr></thead>'
    '<tbody><tr><td rowspan="2">2025</td><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>'
)


def test_merged_cells_grow_where_a_row_goes_through_them():
    (table,) = from_html(MERGED)
    assert '<td rowspan="3">2025</td>' in to_html((insert_row(table, 2),))
    assert '<th scope="col" colspan="3">Saved</th>' in to_html((insert_column(table, 2),))


def test_the_last_row_takes_the_table_with_it():
    assert remove_row(new(1, 3), 0) is None
    assert remove_column(new(2, 1), 0) is None


def test_the_table_that_is_meant_changes_in_cells_too():
    inner = from_html("<table><tbody><tr><td>inner</td></tr></tbody></table>")
    outer = Table((Row((Cell(inner),)),))
    after = Table((Row((Cell((Paragraph((Text("last"),)),)),)),))
    blocks = (outer, after)
    assert plain(change_table(blocks, 1, lambda _: None)) == "\nlast"
    assert change_table(blocks, 2, lambda _: None) == (outer,)
    assert change_table(blocks, 3, lambda _: None) == blocks

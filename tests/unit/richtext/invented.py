"""Rich texts of every kind, as Hypothesis can think of them."""

from __future__ import annotations

from hypothesis import strategies as st

from workbench.richtext import (
    MARKS,
    Block,
    Break,
    Cell,
    Heading,
    Image,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
    canonical,
)

LINKS = [
    None,
    "https://council.example/a?b=1&c=2",
    "mailto:a@b.example",
    "javascript:alert(1)",
    " http://x.example/",
]

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["a <b> & c", "  two  ", "line\nend", "\r\n", "\xa0", "</p>", "&amp;", "&nbsp;", "\u200b", "\t"]
)
texts = st.builds(Text, words, st.sets(st.sampled_from(MARKS)).map(frozenset), st.sampled_from(LINKS))
images = st.builds(Image, st.sampled_from(["a" * 64, "0" * 64, "no hash"]), st.none() | st.just("") | words)
inlines: st.SearchStrategy[tuple[Inline, ...]] = st.lists(texts | st.just(Break()) | images, max_size=4).map(
    tuple
)


def lists(content: st.SearchStrategy[ListBlock]) -> st.SearchStrategy[ListBlock]:
    items = st.builds(Item, inlines, st.lists(content, max_size=2).map(tuple))
    return st.builds(ListBlock, st.booleans(), st.lists(items, max_size=3).map(tuple))


flat_lists = st.builds(ListBlock, st.booleans(), st.lists(st.builds(Item, inlines), max_size=3).map(tuple))
list_blocks = st.recursive(flat_lists, lists, max_leaves=4)
simple: st.SearchStrategy[Block] = (
    st.builds(Paragraph, inlines) | st.builds(Heading, st.sampled_from([3, 4]), inlines) | list_blocks
)


def tables(content: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    cells = st.builds(
        Cell,
        st.lists(content, max_size=2).map(tuple),
        st.sampled_from([None, "col", "row"]),
        st.integers(-1, 1200),
        st.integers(-1, 3),
    )
    rows = st.lists(st.builds(Row, st.lists(cells, max_size=3).map(tuple)), max_size=3).map(tuple)
    return st.builds(Table, rows, rows, inlines)


blocks: st.SearchStrategy[Block] = st.recursive(simple, lambda inner: inner | tables(inner), max_leaves=4)
rich = st.lists(blocks, max_size=3).map(canonical)

"""The content of a field: a small rich text with one canonical form and an HTML notation.

A rich text is a tuple of blocks. `canonical` brings any tuple of blocks into the one form that is stored;
`to_html` writes it, `from_html` reads it. For every canonical `x`, `from_html(to_html(x)) == x`. The HTML subset
is that of the architecture guide: p, h3, h4, ul, ol, li, table, caption, thead, tbody, tr, th, td, strong, em, sup,
sub, a, br and img.

Beside what stands here: `parting` parts it in two, `pasted` reads what other programs put on the clipboard,
`finding` finds and replaces, `tables` adds and removes rows and columns.
"""

from __future__ import annotations

from workbench.richtext.editing import (
    Splice,
    replace_text,
    splice,
)
from workbench.richtext.html import (
    from_html,
    inline_to_html,
    to_html,
)
from workbench.richtext.model import (
    EMPTY,
    MARKS,
    Block,
    Break,
    Cell,
    Heading,
    Image,
    Inline,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
    canonical,
    canonical_inline,
    safe_link,
)
from workbench.richtext.plain import (
    count_words,
    from_text,
    images,
    inlines,
    line_starts,
    links,
    map_inline,
    plain,
    plain_inline,
)

__all__ = [
    "EMPTY",
    "MARKS",
    "Block",
    "Break",
    "Cell",
    "Heading",
    "Image",
    "Inline",
    "Item",
    "ListBlock",
    "Mark",
    "Paragraph",
    "RichText",
    "Row",
    "Splice",
    "Table",
    "Text",
    "canonical",
    "canonical_inline",
    "count_words",
    "from_html",
    "from_text",
    "images",
    "inline_to_html",
    "inlines",
    "line_starts",
    "links",
    "map_inline",
    "plain",
    "plain_inline",
    "replace_text",
    "safe_link",
    "splice",
    "to_html",
]

"""Which function reads which element of WordprocessingML."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.word import blocks, graphics, runs
from workbench.word.story import BlockHandler, Grammar, InlineHandler
from workbench.word.xml import MC, M, W

_WORDLESS = """
    pPr rPr sectPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr bookmarkStart bookmarkEnd proofErr permStart permEnd
    lastRenderedPageBreak noProof delInstrText fldData smartTagPr customXmlPr rubyPr annotationRef
    footnoteRef endnoteRef separator continuationSeparator
"""

_WORDLESS_TAGS = frozenset(W + name for name in _WORDLESS.split())
_BLOCKS: Mapping[str, BlockHandler] = {
    **dict.fromkeys(_WORDLESS_TAGS, blocks.no_block),
    W + "commentRangeStart": blocks.no_block,
    W + "commentRangeEnd": blocks.no_block,
    W + "sdt": blocks.block_control,
    W + "tbl": blocks.block_table,
    W + "ins": blocks.block_revision,
    W + "del": blocks.block_revision,
    W + "moveTo": blocks.block_revision,
    W + "moveFrom": blocks.block_revision,
    W + "altChunk": blocks.block_chunk,
    W + "subDoc": blocks.block_chunk,
    MC + "AlternateContent": blocks.block_alternate,
}
_INLINE: Mapping[str, InlineHandler] = {
    **dict.fromkeys(_WORDLESS_TAGS, runs.no_words),
    W + "r": runs.run,
    W + "t": runs.text,
    W + "delText": runs.deleted_text,
    W + "tab": runs.character,
    W + "ptab": runs.character,
    W + "noBreakHyphen": runs.character,
    W + "softHyphen": runs.character,
    W + "br": runs.line_break,
    W + "cr": runs.line_break,
    W + "sym": runs.sign,
    W + "ruby": runs.ruby,
    W + "hyperlink": runs.hyperlink,
    W + "ins": runs.revision,
    W + "del": runs.revision,
    W + "moveTo": runs.revision,
    W + "moveFrom": runs.revision,
    W + "sdt": runs.inline_control,
    W + "fldSimple": runs.simple_field,
    W + "fldChar": runs.field_mark,
    W + "instrText": runs.field_code,
    W + "commentRangeStart": runs.reference,
    W + "commentReference": runs.reference,
    W + "commentRangeEnd": runs.end_of_comment,
    W + "footnoteReference": runs.reference,
    W + "endnoteReference": runs.reference,
    W + "drawing": graphics.draw,
    W + "pict": graphics.draw,
    W + "object": graphics.draw,
    W + "p": runs.inline_paragraph,
    M + "oMath": runs.formula_text,
    MC + "AlternateContent": runs.inline_alternate,
}
_PLAIN = _WORDLESS_TAGS | {W + "r", W + "t", W + "p"}

GRAMMAR = Grammar(_BLOCKS, _INLINE, special=frozenset(_INLINE) - _PLAIN)

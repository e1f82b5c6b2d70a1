"""Reading a Word file so that everything in it is shown: revisions, hidden words and what comments are about."""

from __future__ import annotations

import pytest

from tests.unit.word.notation import (
    Xml,
    deleted,
    docx,
    el,
    field,
    ins,
    p,
    picture,
    r,
    sdt,
    table,
    tc,
    textbox,
    tr,
)
from workbench.richtext import plain_inline
from workbench.word import read
from workbench.word.document import Span, WordDocument, paragraphs

HIDDEN = r("secret", vanish=1)
GONE_ROW = el("w:tr", el("w:trPr", el("w:del", id=1, author="Jo")), tc("gone"))


def shown(*body: Xml) -> WordDocument:
    return read(docx(*body), "test.docx", revisions="shown")


def traced(document: WordDocument) -> list[tuple[str, str, str]]:
    """Every run that bears a trace: its words, the kinds of its traces, their author."""
    spans: list[Span] = [span for each in paragraphs(document.blocks) for span in each.spans if span.traces]
    return [(plain_inline([s.inline]), " ".join(t.kind for t in s.traces), s.traces[0].author) for s in spans]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (p("kept ", deleted("gone")), [("gone", "deletion", "A")]),
        (p("kept ", ins("new")), [("new", "insertion", "A")]),
        (p(el("w:moveTo", r("there"), author="Jo")), [("there", "moved-to", "Jo")]),
        (p(el("w:moveFrom", r("here"), author="Jo")), [("here", "moved-from", "Jo")]),
        (p("seen ", HIDDEN), [("secret", "hidden", "")]),
        (p(el("w:ins", HIDDEN, author="Jo")), [("secret", "insertion hidden", "Jo")]),
        (p(el("w:commentRangeStart", id=1), "about this", el("w:commentRangeEnd", id=1), " not"),
         [("about this", "comment", "")]),
        (table(tr("kept"), GONE_ROW), [("gone", "deletion", "Jo")]),
        (el("w:del", p("whole"), author="Jo"), [("whole", "deletion", "Jo")]),
        (p("plain"), []),
    ],
)  # fmt: skip
def test_what_is_not_plain_text_bears_a_trace(body: Xml, found: list[tuple[str, str, str]]) -> None:
    document = shown(body)
    assert traced(document) == found
    assert document.notes == ()


@pytest.mark.parametrize(
    "body",
    [
        (p("one", mark="del"), p("two"), p("three")),
        (p("one"), el("w:del", p("gone"), p("too")), p("two")),
        (p("one", textbox(p("in a box"), p(deleted("gone")))), p("two")),
        (table(tr("a", "b"), GONE_ROW, tr("c")), p("after")),
        (table(GONE_ROW), p("after")),
        (p(deleted("all")), p(HIDDEN), p("last")),
        (p(el("w:del", field(" HYPERLINK x ", "gone"))), p("last")),
        (sdt(p("in a control")), p("last")),
        (p(picture("rId9")), p("last")),
    ],
)
def test_what_stands_in_the_text_either_way_goes_by_the_same_ref(body: tuple[Xml, ...]) -> None:
    accepted = {each.ref: each.text for each in paragraphs(read(docx(*body), "test.docx").blocks)}
    both = {each.ref: each.text for each in paragraphs(shown(*body).blocks)}
    assert {ref: both[ref] for ref, text in accepted.items() if text in both[ref]} == {
        ref: both[ref] for ref in accepted
    }

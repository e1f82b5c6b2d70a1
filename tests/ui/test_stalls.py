"""Much at once: long fields, long pastes. The window goes on; its longest stall is printed (`pytest -s`)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from workbench.desk import open_desk, study
from workbench.desk.editing import review
from workbench.richtext import from_html, from_text, plain

LONG = {
    "5,000 paragraphs": from_text("\n".join(["the council saved ŵyth £5 a year on it all"] * 5_000)),
    "one paragraph": from_text("word " * 50_000),
    "right to left": from_text("\n".join(["שלום עולם, זה ארוך 👩‍👩‍👧 e\u0301 \u200b"] * 3_000)),
    "table": from_html("<table>" + "<tr><td>1</td><td>two</td><td>three</td></tr>" * 150 + "</table>"),
}


def lay(editor, workspace, blocks):
    with open_desk(workspace) as desk:
        review.edit(desk, editor.study.id, "solution", blocks)


@pytest.mark.parametrize("kind", LONG)
def test_a_long_field_is_shown_typed_in_and_kept_exactly(at_study, workspace, stalls, kind):
    view = at_study.window.desk.study.fields["solution"]
    lay(at_study, workspace, LONG[kind])
    stalls.forget()
    at_study.until(lambda: view.editor.lines.count() > 400 and not view.editor.busy)
    print(f"\n{kind} shown: {stalls.longest * 1000:.0f} ms", end="")
    at_study.window.desk.study.choose_field("solution")
    at_study.window.desk.study.edit_field()
    at_study.qtbot.wait(50)
    stalls.forget()
    for letter in "typed":
        at_study.type(letter)
        at_study.qtbot.wait(10)
    print(f"\n{kind} typed in: {stalls.longest * 1000:.0f} ms", end="")
    stalls.forget()
    view.editor.leave()
    at_study.settle()
    print(f"\n{kind} saved: {stalls.longest * 1000:.0f} ms", end="")
    with open_desk(workspace) as desk:
        kept = plain(study.show(desk, at_study.study.id).value("solution").content)
    assert kept.replace("\n", "") == "typed" + plain(LONG[kind]).replace("\n", "")


def test_a_long_paste(at_study, stalls):
    view = at_study.window.desk.study.fields["solution"]
    at_study.window.desk.study.choose_field("solution")
    at_study.do("edit_field")
    QGuiApplication.clipboard().setText("\n".join(["a line of a few words that was copied"] * 3_000))
    stalls.forget()
    at_study.press("Ctrl+V")
    at_study.until(lambda: view.editor.lines.count() > 9 * 3_000 and not view.editor.busy)
    print(f"\nlong paste: {stalls.longest * 1000:.0f} ms", end="")
    stalls.forget()
    view.editor.leave()
    at_study.settle()
    assert plain(view.editor.content()).count("copied") == 3_000
    QGuiApplication.clipboard().clear()

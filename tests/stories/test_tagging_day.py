"""Tagging at the window: twelve studies by keyboard alone, many at once, and two terms that become one.

The submissions are the invented samples that travel with Casebook.
"""

# The fixtures of the window are those of its own tests.
# ruff: noqa: F401, F811

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.stories.test_window_day import Keystrokes
from tests.ui.conftest import Editor, editor, editor_at, workspace
from workbench.desk import study
from workbench.desk.catalogue import browsing
from workbench.search import CatalogueQuery
from workbench.submission import Term

TWELVE = (
    "calderdale-food-waste",
    "durham-carers-passport",
    "exeter-school-streets",
    "gwynedd-welsh-apprentices",
    "kirklees-council-tax-letters",
    "lincolnshire-flood-wardens",
    "norwich-library-of-things",
    "plymouth-heat-network",
    "rotherham-market-start-ups",
    "stroud-retrofit",
    "telford-and-wrekin-food-hygiene",
    "torbay-harbour-depot",
)
LIBRARIES = Term("topic", "libraries", "Libraries")


def bring(editor: Editor, names: Iterable[str]) -> None:
    editor.bring(*(f"sample-{name}.docx" for name in names))
    editor.window.desk.queue.list.setFocus()


def press(editor: Editor, *keys: str) -> None:
    """Keys as they come from the keyboard, whatever holds it."""
    for key in keys:
        QTest.keySequence(editor.window.windowHandle(), QKeySequence(key))
        editor.settle()


def at_desk(editor: Editor, ask):
    """What the desk answers."""
    answers: list = []
    editor.window.bridge.ask(ask, answers.append)
    editor.settle()
    return answers[0]


def terms_of_all(editor: Editor) -> Mapping[str, set[str]]:
    rows = [editor.window.desk.model.at(place) for place in range(editor.window.desk.model.rowCount())]
    shown = at_desk(editor, lambda desk: [study.show(desk, row.id) for row in rows])
    return {one.title: {term.label for term in one.terms} for one in shown}


def councils_of_all(editor: Editor) -> Mapping[str, list[str]]:
    rows = [editor.window.desk.model.at(place) for place in range(editor.window.desk.model.rowCount())]
    shown = at_desk(editor, lambda desk: [study.show(desk, row.id) for row in rows])
    return {one.title.split(":")[0]: [each.name for each in one.authorities] for one in shown}


def test_twelve_studies_are_tagged_by_keyboard_alone(editor: Editor, qapp: QApplication) -> None:
    bring(editor, TWELVE)
    view = editor.window.desk.inspector.themes
    keystrokes = Keystrokes()
    qapp.installEventFilter(keystrokes)
    press(editor, "Home", "T")
    for at in range(len(TWELVE)):
        assert view.take_all is not None and view.take_all.hasFocus(), editor.study.title
        assert view.take_all.text().startswith("Take")
        proposed = set(view.proposed)
        press(editor, "Return")
        assert proposed <= set(editor.study.terms)
        if at < len(TWELVE) - 1:
            press(editor, "]")
    qapp.removeEventFilter(keystrokes)
    assert all(terms_of_all(editor).values())
    assert keystrokes.count == 2 + 2 * len(TWELVE) - 1, "two keys a study"


def test_one_is_refused_one_is_taken_one_is_typed_and_all_of_it_undone(editor: Editor) -> None:
    bring(editor, ["norwich-library-of-things"])
    view = editor.window.desk.inspector.themes
    press(editor, "T", "Down")
    first, second = view.proposed[:2]
    editors = [field.editor for field in editor.window.desk.study.fields.values()]
    lit = [each.cursor.selectedText().casefold() for one in editors for each in one.extraSelections()]
    because = [word.casefold() for word in view.cards[0].offer.because]
    assert because and set(because) <= set(lit), "the words that led to it stand lit in the study"

    press(editor, "Del")
    assert first not in view.proposed
    assert view.cards[0].take.hasFocus(), "the next one stands in its place"
    press(editor, "Return")
    assert second in editor.study.terms

    press(editor, "Shift+T")
    editor.type("bins")
    listed = editor.window.chooser.list
    choices = [listed.item(at).data(Qt.ItemDataRole.UserRole) for at in range(listed.count())]
    assert "bin → Waste and recycling" in [choice.named for choice in choices]
    editor.window.chooser.line.clear()
    editor.type("librar")
    press(editor, "Return")
    assert LIBRARIES in editor.study.terms

    press(editor, "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert editor.study.terms == ()
    assert first in view.proposed


def test_a_selection_is_tagged_after_a_look_and_undone_in_one_step(editor: Editor) -> None:
    bring(editor, ["calderdale-food-waste", "norwich-library-of-things", "stroud-retrofit"])
    editor.open("Norwich")
    press(editor, "Shift+T")
    editor.type("Libraries")
    press(editor, "Return")
    editor.window.desk.queue.list.setFocus()
    press(editor, "Ctrl+A", "Shift+T")
    editor.type("Libraries")
    press(editor, "Return")
    foreseen = editor.window.foreseen
    assert foreseen.isVisible()
    assert "2 submissions will be tagged: + Libraries." in foreseen.accessibleName()
    assert foreseen.do.text() == "Tag 2"
    press(editor, "Return")
    assert all("Libraries" in terms for terms in terms_of_all(editor).values())
    press(editor, "Ctrl+Z")
    assert sum("Libraries" in terms for terms in terms_of_all(editor).values()) == 1

    editor.window.desk.queue.list.setFocus()
    press(editor, "Ctrl+A", "C")
    editor.choose("Norwich City Council")
    assert "2 submissions will be from Norwich City Council." in foreseen.accessibleName()
    press(editor, "Return")
    councils = councils_of_all(editor)
    assert councils["Norwich"] == ["Norwich City Council"]
    assert [names[-1] for names in councils.values()] == ["Norwich City Council"] * 3
    press(editor, "Ctrl+Z")
    assert sum("Norwich City Council" in names for names in councils_of_all(editor).values()) == 1


def found_under(editor: Editor, term: Term) -> set[str]:
    """The published studies that readers find under a term."""
    query = CatalogueQuery(facets={term.kind: frozenset({term.slug})})
    return {
        hit.title.split(":")[0] for hit in at_desk(editor, lambda desk: browsing.search(desk, query)).hits
    }


def test_two_terms_become_one_are_two_again_and_one_of_them_is_split(editor: Editor) -> None:
    """Two studies are published, one of them under the term that goes; a third lies on the desk under it."""
    window = editor.window
    bring(editor, ["norwich-library-of-things", "gwynedd-welsh-apprentices", "stroud-retrofit"])
    for title, label in (("Norwich", "Libraries"), ("Gwynedd", "Communities"), ("Stroud", "Libraries")):
        editor.open(title)
        press(editor, "Shift+T")
        editor.type(label)
        press(editor, "Return")
    for title in ("Norwich", "Gwynedd"):
        editor.open(title)
        for command in ("approve", "queue"):
            editor.do(command)
    for command in ("rehearse", "publish"):
        editor.do(command)
    assert found_under(editor, LIBRARIES) == {"Norwich"}

    editor.do("show_themes")
    stage = window.themes
    stage.terms.choose("topic", "libraries")
    editor.settle()
    assert stage.row is not None and (stage.row.published, stage.row.on_desk) == (1, 1)
    editor.do("merge_term")
    editor.choose("Communities")
    foreseen = window.findChild(type(stage._overlay()))
    assert foreseen.isVisible()
    told = [foreseen.list.topLevelItem(at).text(0) for at in range(foreseen.list.topLevelItemCount())]
    assert [title.rpartition(": ")[0] for title in told] == [
        "Also on this desk: Norwich",
        "On this desk: Stroud",
    ]
    editor.type("One shelf is enough")
    press(editor, "Return")

    communities = Term("topic", "communities", "Communities")
    assert found_under(editor, communities) == {"Norwich", "Gwynedd"}
    assert found_under(editor, LIBRARIES) == set()
    assert terms_of_all(editor)["Stroud: a retrofit street, house by house"] == {"Communities"}
    assert stage.row is not None and stage.row.label == "Communities", "the term that grew is shown"

    editor.do("undo_vocabulary")
    assert foreseen.isVisible()
    press(editor, "Return")
    assert found_under(editor, communities) == {"Gwynedd"}
    assert found_under(editor, LIBRARIES) == {"Norwich"}

    # Split: what was published goes where it is sent, what lies on the desk to the first.
    stage.terms.choose("topic", "libraries")
    editor.settle()
    editor.do("split_term")
    for name in ("Public health", "Workforce", "That is all"):
        editor.choose(name)
    workforce = stage.vocabulary.by_key["topic", "workforce"].term
    foreseen.list.send((workforce,))
    foreseen.reason.setFocus()
    press(editor, "Return")
    assert found_under(editor, workforce) == {"Norwich"}
    assert terms_of_all(editor)["Stroud: a retrofit street, house by house"] == {"Public health"}
    assert not stage.vocabulary.by_key["topic", "libraries"].is_offered

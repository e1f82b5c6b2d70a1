"""The vocabulary in the window: finding a term, what led to a suggestion, what an administrator changes."""

from __future__ import annotations

from tests.stories.test_tagging_day import bring, terms_of_all
from ui.views.vocabulary.termtree import TermTree
from ui.views.yearplot import Line, YearGrid, YearPlot
from workbench.desk.themes.finding import Terms
from workbench.desk.themes.glossary import TermRow

WASTE = TermRow(
    "topic", "waste", "Waste and recycling", "environment", aliases=("Refuse",), cues=("bin", "fly-tip*")
)
GREEN = TermRow("topic", "environment", "Environment", cues=("recycling",), published=3)
GONE = TermRow("topic", "old", "Rubbish", status="merged", successors=("waste",))
PEER = TermRow("support_type", "peer", "Peer challenge", on_desk=1)
TERMS = Terms((WASTE, GREEN, GONE, PEER)).ready()


def test_the_tree_tells_in_words_how_a_term_is_used(qtbot):
    tree = TermTree()
    qtbot.addWidget(tree)
    tree.show_matches(TERMS.tree(offered=False))
    item = tree.topLevelItem(0).child(0)
    assert item.text(0) == "Environment"
    assert item.data(0, 11) == "Environment, 3 published, 0 on the desk"
    assert "not used" in item.child(0).data(0, 11)
    assert "Merged" in tree.topLevelItem(0).child(1).data(0, 11)


def test_the_plots_are_told_in_words(qtbot):
    plot, grid = YearPlot(), YearGrid()
    for each in (plot, grid):
        qtbot.addWidget(each)
    plot.show_years("Waste", {2024: 3, 2026: 1}, (2024, 2026))
    assert plot.accessibleName() == "Studies under Waste in each year: 2024: 3, 2025: 0, 2026: 1"
    grid.show_lines([Line("Waste", {2024: 3}), Line("None", {})], (2024, 2026))
    assert grid.accessibleName() == "Waste: 3"
    assert not plot.grab().isNull() and not grid.grab().isNull()


def test_of_what_is_to_be_tagged_one_gets_a_theme_that_is_proposed_and_accepted(editor):
    bring(editor, ["norwich-library-of-things", "gwynedd-welsh-apprentices"])
    editor.open("Gwynedd")
    editor.do("take_proposed")
    editor.do("untagged")
    choices = [editor.window.chooser.list.item(at).data(0x100) for at in range(4)]
    assert [choice.detail for choice in choices] == ["1", "1", "0", "1"]
    editor.choose("A first answer")
    assert editor.window.desk.model.rowCount() == 1
    assert "Norwich" in editor.study.title

    editor.do("add_theme")
    editor.choose("Things to lend")
    editor.choose("Topic")
    editor.choose("Three studies this year")
    editor.do("show_all")
    editor.open("Norwich")
    assert [term.label for term in editor.study.terms] == ["Things to lend"]
    editor.do("show_themes")
    stage = editor.window.themes
    editor.press("/")
    assert stage.terms.search.hasFocus()
    editor.press("Escape")
    assert stage.terms.tree.hasFocus()
    assert [one.term.label for one in stage.proposals] == ["Things to lend"]
    editor.do("accept_term")
    editor.choose("Libraries of things")
    foreseen = stage._overlay()
    assert foreseen.isVisible()
    assert foreseen.accessibleName().endswith("One submission on this desk follows.")
    assert [foreseen.list.topLevelItem(0).text(at) for at in (1, 2)] == [
        "Things to lend",
        "Libraries of things",
    ]
    editor.press("Return")
    assert terms_of_all(editor)["Norwich: borrow a drill with your library book"] == {"Libraries of things"}
    assert stage.proposals == ()

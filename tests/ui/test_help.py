"""The help beside the work: F1 for what is in view, searching, going back, what's this, and what is new."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication

import workbench
from ui import help as pages
from ui.views.help.explained import ExplainedCard
from ui.views.help.window import HelpWindow


def test_the_day_of_an_editor_who_reads(at_study):
    editor, window = at_study, at_study.window
    window.desk.queue.list.setFocus()
    editor.do("help_here")
    shown = window.findChild(HelpWindow)
    assert shown.isVisible() and shown.address == "queue"
    window.desk.inspector.show_part("history")
    window.desk.inspector.history.setFocus()
    shown.go(pages.address_at(window.desk.inspector.history))
    assert shown.address == "history#what-was-done-to-a-study"
    shown.go_back()
    assert shown.address == "queue"
    shown.go_forward()
    assert shown.address.startswith("history")

    shown.contents.find.setText("embargo")
    editor.until(lambda: shown.contents.found.count())
    shown.contents.find.returnPressed.emit()
    marked = [each.cursor.selectedText() for each in shown.reader.extraSelections()]
    assert marked and all(words.casefold().startswith("embargo") for words in marked)
    shown.reader.followed.emit("checks#lif-03")
    assert shown.reader.page.title == "Checks"
    before = shown.reader.type.zoom
    shown.step_zoom(1)
    assert shown.reader.type.zoom > before
    shown.go("no-such-page")
    assert shown.address == pages.HOME
    shown.go(pages.ABOUT)
    assert workbench.__version__ in shown.reader.toPlainText()
    assert str(shown.workspace) in shown.reader.toPlainText()
    assert "PySide6" in shown.reader.toPlainText()

    shown.close()
    window.desk.study.choose_field("impact")
    editor.settle()
    card = _explained(editor, window.desk.study.fields["impact"])
    assert card.title.text() == window.desk.study.fields["impact"].field.label
    assert window.desk.study.fields["impact"].field.guidance in card.text.text()
    card.read.click()
    assert shown.address == "reviewing#a-field"
    shown.close()
    head = window.desk.study.head
    assert _explained(editor, head).title.text() == "New"
    assert window.findChild(ExplainedCard).isVisible()


def test_what_is_new_is_told_once_after_the_version_changed(editor):
    window = editor.window
    assert window.memory.value("version") == workbench.__version__
    window.memory.setValue("version", "0.0.1")
    window._tell_news()
    assert workbench.__version__ in editor.notice
    editor.window.bar.notice.tell("other")
    window._tell_news()
    assert editor.notice == "other"


def _explained(editor, widget):
    """Asks what a widget is, as a press in the mode of pointing does."""
    at = widget.mapToGlobal(QPoint(4, 4))
    event = QHelpEvent(QEvent.Type.WhatsThis, QPoint(4, 4), at)
    QApplication.sendEvent(widget, event)
    editor.settle()
    return editor.window.findChild(ExplainedCard)


def test_words_are_found_by_their_beginnings_in_any_order_and_without_accents():
    hits = pages.find("emb ary")
    assert hits == []
    first = pages.find("WITHOUT netwo")[0]
    assert first.address == "publishing#without-a-network"
    assert pages.find("   ") == []


def test_an_address_leads_from_page_to_page_and_never_out_of_the_help():
    page = pages.pages()["catalogue"]
    assert pages.address_of("publishing.md#days", page) == "publishing#days"
    assert pages.address_of("#versions", page) == "catalogue#versions"
    assert pages.address_of("../administrators/website.md", page) == "administrators/website"
    assert pages.address_of("https://www.gov.uk/", page) == ""
    assert pages.address_of("../../README.md", page) == ""
    told = pages.explanation("publishing#conflict")
    assert told is not None and "nobody" not in told.text and told.title == "conflict"
    assert pages.explanation("publishing#no-such-thing") is None

"""Every named command does what it says, through the real window on a real desk."""

from __future__ import annotations

import threading

import docx
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ui.commands import COMMANDS, offered
from ui.commands.declared import nothing
from ui.commands.publishing import export_to
from ui.keys import keycap
from ui.views.keysheet import KeySheet
from ui.views.outbox.withdrawing import WithdrawForm
from workbench import words
from workbench.desk import open_desk, study
from workbench.desk.rows import Changed
from workbench.richtext import from_text
from workbench.submission import Status

BLOCKED = "sample-wigan-befriending-poor.docx"
UNPLACED = "sample-dorset-care-technology-unplaced.docx"


def stored(editor, workspace):
    """The shown submission as it stands on the disk."""
    with open_desk(workspace) as desk:
        return study.show(desk, editor.study.id)


# How they are declared


def test_every_command_has_words_and_a_docstring():
    for command in COMMANDS.values():
        assert not command.shown or words.has("ui", f"command-{command.name}")
        assert not command.shown or (command.run.__doc__ or "").strip()


def test_no_key_is_given_twice():
    keys = [command.key for command in COMMANDS.values() if command.key]
    assert len(keys) == len(set(keys))


def test_each_command_is_an_action_of_the_window_with_its_key(editor):
    actions = {action.objectName(): action for action in editor.window.actions()}
    for command in COMMANDS.values():
        assert actions[command.name].shortcut().toString() == command.key


def test_the_sheet_of_keys_lists_every_command_with_its_key(editor):
    listed = [line for group in offered.key_groups().values() for line in group]
    shown = [(c.text, keycap(c.key)) for c in COMMANDS.values() if c.shown]
    assert sorted((line.text, line.key) for line in listed) == sorted(
        [*shown, ("Place an unplaced passage", "1–9")]
    )


def test_a_command_out_of_place_says_so_and_changes_nothing(editor):
    for command in COMMANDS.values():
        if command.need is not nothing:
            editor.do(command.name)
            assert command.text in editor.notice
            assert not editor.window.chooser.isVisible()


# Moving


def test_next_and_previous_field_by_key(at_study):
    window = at_study.window
    window.desk.study.choose_field("summary")
    at_study.press("J")
    assert window.desk.study.field == "introduction"
    at_study.press("K")
    at_study.press("K")
    assert window.desk.study.field == "council"


def test_arrows_step_through_the_fields(at_study):
    at_study.window.desk.study.choose_field("summary")
    at_study.press("Down")
    assert at_study.window.desk.study.field == "introduction"


def test_next_finding_goes_round(editor):
    editor.bring(BLOCKED)
    study_view = editor.window.desk.study
    keys = [finding.key for finding in study_view.open_findings]
    seen = []
    for _ in keys:
        editor.do("next_finding")
        seen.append(study_view.finding)
    assert sorted(seen) == sorted(keys)
    editor.do("previous_finding")
    assert study_view.finding == seen[-2]


def test_next_and_previous_submission(editor):
    editor.bring("sample-durham-carers-passport.docx", BLOCKED)
    first = editor.study.id
    editor.press("]")
    editor.until(lambda: editor.study.id != first)
    editor.press("[")
    editor.until(lambda: editor.study.id == first)


def test_search_filters_the_queue(editor):
    editor.bring("sample-durham-carers-passport.docx", BLOCKED)
    editor.press("/")
    editor.type("passport")
    editor.until(lambda: editor.window.desk.model.rowCount() == 1)
    editor.press("Escape")
    editor.until(lambda: editor.window.desk.model.rowCount() == 2)


# Review


def test_editing_a_field_saves_it_when_left(at_study, workspace):
    at_study.window.desk.study.choose_field("introduction")
    at_study.press("E")
    editor = at_study.window.desk.study.fields["introduction"].editor
    assert editor.editing
    at_study.type("Indeed: ")
    at_study.press("Escape")
    assert not editor.editing
    assert stored(at_study, workspace).value("introduction").text.startswith("Indeed: ")
    at_study.do("undo")
    assert not at_study.study.value("introduction").text.startswith("Indeed")
    assert not editor.toPlainText().startswith("Indeed")
    at_study.do("redo")
    at_study.until(lambda: at_study.study.value("introduction").text.startswith("Indeed"))


def test_typing_is_saved_by_itself(at_study, workspace):
    at_study.window.desk.study.choose_field("introduction")
    at_study.do("edit_field")
    at_study.type("Soon ")
    at_study.until(lambda: stored(at_study, workspace).value("introduction").text.startswith("Soon "))
    assert at_study.window.desk.study.fields["introduction"].editor.editing


def test_an_answer_from_before_an_edit_never_takes_typed_words_back(at_study):
    window = at_study.window
    window.desk.study.choose_field("introduction")
    at_study.do("edit_field")
    editor = window.desk.study.fields["introduction"].editor
    seen, release = [], threading.Event()
    window.bridge.ask(lambda desk: release.wait(10), print)
    window.desk.follow(Changed(frozenset({"submission"})))
    at_study.type("Soon ")
    editor.flush()
    editor.textChanged.connect(lambda: seen.append(editor.toPlainText()))
    release.set()
    at_study.settle()
    assert all(text.startswith("Soon ") for text in seen)
    assert editor.toPlainText().startswith("Soon ")


def test_letters_typed_into_a_field_are_no_commands(at_study, workspace):
    at_study.window.desk.study.choose_field("introduction")
    at_study.do("edit_field")
    at_study.press("A")
    at_study.press("Escape")
    assert stored(at_study, workspace).status is Status.RECEIVED


def test_taking_a_fix_and_all_of_its_kind(editor, workspace):
    editor.bring(BLOCKED)
    with open_desk(workspace) as desk:
        from workbench.desk.editing import review

        review.edit(
            desk,
            editor.study.id,
            "lessons",
            from_text("Home care & respite, homes & gardens and streets & parks."),
        )
    editor.until(lambda: "respite" in editor.study.value("lessons").text)
    fixes = [f for f in editor.window.desk.study.open_findings if f.fix and f.field == "lessons"]
    assert fixes
    editor.window.desk.study.choose_finding(fixes[0].key)
    editor.press("F")
    assert (
        stored(editor, workspace).value("lessons").text
        == "Home care and respite, homes & gardens and streets & parks."
    )
    editor.do("take_fixes")
    assert "&" not in stored(editor, workspace).value("lessons").text
    editor.do("undo")
    assert stored(editor, workspace).value("lessons").text.count("&") == 2


def test_dismissing_needs_a_reason_and_can_be_restored(editor, workspace):
    editor.bring(BLOCKED)
    editor.do("next_finding")
    key = editor.window.desk.study.finding
    editor.press("D")
    editor.choose("Because I say so")
    assert stored(editor, workspace).dismissed[key] == "Because I say so"
    editor.window.desk.inspector.findings.restore.emit(key)
    editor.settle()
    assert key not in stored(editor, workspace).dismissed


def test_a_reason_may_be_picked_from_the_list(editor, workspace):
    editor.bring(BLOCKED)
    editor.do("next_finding")
    key = editor.window.desk.study.finding
    editor.do("dismiss")
    editor.choose("quot")
    assert stored(editor, workspace).dismissed[key] == "Stands in a quotation or a name"


def test_a_digit_places_a_passage(editor, workspace):
    editor.bring(UNPLACED)
    passages = editor.study.unplaced
    assert passages
    editor.press("1")
    if editor.window.chooser.isVisible():
        editor.choose("Impact")
    left = stored(editor, workspace).unplaced
    assert len(left) == len(passages) - 1
    editor.do("undo")
    assert len(editor.study.unplaced) == len(passages)


def test_place_in_asks_for_the_field(editor, workspace):
    editor.bring(UNPLACED)
    text = editor.study.unplaced[0].content
    editor.do("place_in")
    editor.choose("Lessons")
    assert text[0] in stored(editor, workspace).value("lessons").content


def test_enter_takes_the_proposed_themes(at_study, workspace):
    proposed = at_study.window.desk.inspector.themes.proposed
    assert proposed
    at_study.press("T")
    at_study.press("Return")
    assert set(stored(at_study, workspace).terms) >= set(proposed)


def test_a_theme_is_added_from_the_vocabulary_and_removed(at_study, workspace):
    at_study.do("add_theme")
    at_study.choose("Libraries")
    terms = {term.label: term for term in stored(at_study, workspace).terms}
    assert "Libraries" in terms
    at_study.window.desk.inspector.themes.remove.emit(terms["Libraries"])
    at_study.settle()
    assert "Libraries" not in {term.label for term in stored(at_study, workspace).terms}


def test_a_council_is_chosen_and_removed(at_study, workspace):
    at_study.window.desk.tagging.set_councils(())
    at_study.settle()
    assert stored(at_study, workspace).authorities == ()
    at_study.do("council")
    at_study.choose("Thanet")
    assert [a.name for a in stored(at_study, workspace).authorities] == ["Thanet District Council"]


# Deciding


def test_start_approve_reopen(at_study):
    at_study.press("S")
    assert at_study.study.status is Status.IN_REVIEW
    at_study.press("A")
    assert at_study.study.status is Status.APPROVED
    at_study.press("O")
    assert at_study.study.status is Status.IN_REVIEW


def test_approval_is_declined_in_words_while_something_blocks(editor):
    editor.bring(BLOCKED)
    editor.press("A")
    assert "cannot be approved" in editor.notice
    assert editor.study.status is Status.RECEIVED


def test_rejecting_needs_a_reason(at_study):
    at_study.do("reject")
    at_study.choose("twice")
    assert at_study.study.status is Status.REJECTED


def rows_of(editor):
    model = editor.window.desk.model
    return [model.at(place) for place in range(model.rowCount())]


def test_several_are_approved_as_one_step(editor):
    editor.bring("sample-durham-carers-passport.docx", "sample-stroud-retrofit.docx")
    editor.window.desk.queue.list.selectAll()
    editor.do("approve")
    assert "2 submissions will be approved." in editor.window.foreseen.accessibleName()
    assert {row.status for row in rows_of(editor)} == {Status.RECEIVED}, "not before it was looked at"
    editor.press("Return")
    assert {row.status for row in rows_of(editor)} == {Status.APPROVED}
    editor.do("undo")
    assert {row.status for row in rows_of(editor)} == {Status.RECEIVED}


def test_the_desk_is_checked_again(at_study):
    at_study.do("check_again")
    at_study.until(lambda: at_study.notice == "The checks say something new of 0 submissions.")


# Publishing


def test_queue_and_unqueue(at_study):
    at_study.do("approve")
    at_study.press("Q")
    assert at_study.study.status is Status.QUEUED
    assert at_study.window.rail.buttons["outbox"].accessibleName() == "Outbox, 1"
    at_study.do("unqueue")
    assert at_study.study.status is Status.APPROVED


def test_publish_pull_and_withdraw(at_study):
    window = at_study.window
    at_study.do("approve")
    at_study.do("queue")
    at_study.do("rehearse")
    assert [item.outcome for item in window.outbox.model.items] == ["new"]
    at_study.do("publish")
    at_study.until(lambda: not window.outbox.model.picked)
    at_study.do("pull")
    at_study.do("show_catalogue")
    at_study.until(lambda: window.catalogue.study is not None)
    at_study.do("withdraw")
    form = window.findChild(WithdrawForm)
    at_study.press("Return")
    assert form.isVisible(), "a reason is needed"
    at_study.type("The council asked for it")
    form.note.setFocus()
    at_study.type("Out of date.")
    assert form.preview.text() == "Withdrawn. Out of date."
    at_study.press("Return")
    at_study.until(lambda: window.catalogue.model.rowCount() == 0)


def test_what_is_left_out_is_not_sent(editor):
    editor.bring("sample-durham-carers-passport.docx", "sample-stroud-retrofit.docx")
    editor.window.desk.queue.list.selectAll()
    for command in ("approve", "queue"):
        editor.do(command)
        editor.press("Return")
    editor.do("rehearse")
    outbox = editor.window.outbox
    outbox.view.list.setFocus()
    editor.press("Space")
    assert len(outbox.model.picked) == 1
    editor.do("publish")
    editor.until(lambda: sorted(item.row.state for item in outbox.model.items) == ["published", "waiting"])


def test_the_website_is_written(at_study, tmp_path):
    at_study.do("approve")
    at_study.do("queue")
    at_study.do("rehearse")
    at_study.do("publish")
    export_to(at_study.window, tmp_path / "site")
    at_study.settle()
    assert (tmp_path / "site" / "index.html").exists()


# Everywhere


def test_every_stage_opens(editor):
    for stage, button in editor.window.rail.buttons.items():
        editor.do(f"show_{stage}")
        assert editor.window.stage == stage
        assert button.isChecked()


def test_the_palette_finds_a_command_and_gives_it(at_study):
    at_study.press("Ctrl+K")
    at_study.choose("approve")
    assert at_study.study.status is Status.APPROVED


def test_the_palette_says_why_something_is_not_possible_now(editor):
    editor.do("palette")
    chooser = editor.window.chooser
    chooser.line.setText("approve")
    assert chooser.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Approve, Deciding, A, open a submission on the desk first."
    )
    QTest.keyClick(chooser.line, Qt.Key.Key_Return)
    assert chooser.isVisible()


def test_tab_never_leaves_what_is_asked_for_what_lies_below(editor):
    editor.do("palette")
    chooser = editor.window.chooser
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert chooser.isVisible()
        assert chooser.isAncestorOf(QApplication.focusWidget())


def test_the_palette_finds_by_letters_and_begins_with_what_was_given_last(editor):
    editor.do("palette")
    editor.choose("opn ctlg")
    assert editor.window.stage == "catalogue"
    editor.do("palette")
    editor.choose("settings")
    assert editor.window.stage == "settings"
    editor.do("palette")
    listed = editor.window.chooser.list
    said = [listed.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert [words.split(",")[0] for words in said] == ["Open the settings", "Open the catalogue"]


def test_the_sheet_of_keys_is_searched_and_goes_again(at_study, qtbot):
    editor = at_study
    editor.window.desk.queue.list.setFocus()
    editor.press("?")
    sheet = editor.window.findChild(KeySheet)
    assert sheet.isVisible()
    assert "Approve, Key A" in sheet.shown()
    editor.type("outbox")
    editor.until(sheet.shown)
    assert all("outbox" in line.casefold() for line in sheet.shown())
    with qtbot.waitSignal(sheet.destroyed):
        editor.press("Escape")
    assert QApplication.focusWidget() is editor.window.desk.queue.list


def test_light_and_dark_are_remembered(editor):
    from ui import theme

    editor.do("dark")
    assert theme.tokens() is theme.DARK
    assert editor.window.memory.value("scheme") == "dark"
    editor.do("light")
    assert theme.tokens() is theme.LIGHT
    editor.do("as_system")
    assert editor.window.scheme == "system"


def test_a_dialog_that_is_closed_does_nothing(editor, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    for name in ("import_files", "import_folder", "export_website"):
        editor.do(name)
    assert editor.window.desk.model.rowCount() == 0


def test_files_are_chosen_by_dialog(editor, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    name = str(editor.samples / "sample-stroud-retrofit.docx")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([name], ""))
    editor.do("import_files")
    assert editor.window.desk.model.rowCount() == 1


# Two studies in one file


def two_studies(folder):
    """A Word file with two studies, one below the other."""
    path = folder / "two.docx"
    document = docx.Document()
    for place in ("Leeds", "Bradford"):
        document.add_heading(f"{place}: a library of things", 1)
        document.add_paragraph(f"{place} City Council")
        for heading in ("The challenge", "The solution", "The impact"):
            document.add_heading(heading, 1)
            document.add_paragraph(f"What {place} has to say about it in a sentence or two.")
    document.save(path)
    return path


def offers(notes):
    """The buttons that make a submission of the second study."""
    said = words.say("ui", "command-split")
    return [each for each in notes.findChildren(QPushButton) if each.text() == said]


def test_the_second_study_in_a_file_is_made_a_submission_of_its_own_and_put_back(editor, tmp_path):
    editor.bring_paths([two_studies(tmp_path)])
    editor.open("Leeds")
    inspector = editor.window.desk.inspector
    inspector.show_part("notes")
    (offer,) = offers(inspector.notes)
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    editor.settle()
    assert editor.study.unplaced == ()
    assert offers(inspector.notes) == []
    editor.open("Bradford")
    assert "Bradford" in editor.study.value("impact").text
    editor.open("Leeds")
    editor.do("undo")
    assert editor.study.unplaced
    assert editor.window.desk.model.rowCount() == 1


def test_one_study_alone_offers_no_second(editor):
    editor.bring(UNPLACED)
    editor.do("split")
    assert words.say("ui", "need-second-study") in editor.notice

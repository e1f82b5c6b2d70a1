"""What councils are asked: changing it, trying it, sending it out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ui.commands.declared import group
from ui.phrases import say
from ui.window import Window

command = group("templates")


def in_templates(window: Window) -> str:
    """The stage of templates, open."""
    return "" if window.stage == "templates" else say("need-templates")


def on_template(window: Window) -> str:
    """A template that is looked at there, or written."""
    if why := in_templates(window):
        return why
    shown = window.templates.row is not None or window.templates.is_writing
    return "" if shown else say("need-template")


def looking(window: Window) -> str:
    """A template that is looked at and not written now."""
    if why := in_templates(window):
        return why
    shown = window.templates.row is not None and not window.templates.is_writing
    return "" if shown else say("need-template")


def own(window: Window) -> str:
    """A template of this office, looked at."""
    row = window.templates.row if window.stage == "templates" else None
    return looking(window) or ("" if row is not None and row.own else say("need-own-template"))


def writing(window: Window) -> str:
    """A template that is being written."""
    return in_templates(window) or ("" if window.templates.is_writing else say("need-writing"))


def on_question(window: Window) -> str:
    """A question of it that is chosen."""
    return writing(window) or ("" if window.templates.writing.question else say("need-question"))


@command("", looking)
def change_template(window: Window) -> None:
    """Writes the next version of the template."""
    window.templates.change()


@command("", looking)
def copy_template(window: Window) -> None:
    """Writes a template of its own, beginning with what this one asks."""
    row = window.templates.row
    if row is not None:
        title = say("ask-copy-name", label=row.template.label)
        window.chooser.ask(title, [], window.templates.copy, free=True)
        window.chooser.line.setText(say("copy-name", label=row.template.label))
        window.chooser.line.selectAll()


@command("", in_templates)
def learn_template(window: Window) -> None:
    """Drafts a template from Word forms that an office has been sending out."""
    names, _ = QFileDialog.getOpenFileNames(window, say("command-learn_template"), "", say("word-files"))
    if names:
        window.templates.learn([Path(name) for name in names])


@command("", on_template)
def blank_template(window: Window) -> None:
    """Saves the blank Word file to send out."""
    template = window.templates.template
    if template is not None:
        name, _ = QFileDialog.getSaveFileName(
            window, say("save-blank"), f"{template.id}.docx", say("word-files")
        )
        if name:
            window.templates.save_blank(Path(name))


@command("", on_template)
def try_template(window: Window) -> None:
    """Reads what came in with the template, and shows what would be placed differently; nothing is changed."""
    window.templates.try_past()


@command("", on_template)
def try_files(window: Window) -> None:
    """Reads Word files with the template, and shows what is found in them; nothing is changed."""
    names, _ = QFileDialog.getOpenFileNames(window, say("command-try_files"), "", say("word-files"))
    if names:
        window.templates.try_files([Path(name) for name in names])


@command("", own)
def remove_template(window: Window) -> None:
    """Takes a template of this office away, after a look at what that means."""
    window.templates.ask_remove()


@command("Ctrl+S", writing)
def save_template(window: Window) -> None:
    """Saves what is written as the next version, after a look at what that means."""
    window.templates.ask_save()


@command("", writing)
def leave_template(window: Window) -> None:
    """Leaves what is written for now; it is kept."""
    window.templates.leave()


@command("", writing)
def drop_template(window: Window) -> None:
    """Throws away what is written."""
    window.templates.ask_drop()


@command("Ctrl+Ins", writing)
def add_question(window: Window) -> None:
    """Adds a question behind the one that is chosen."""
    window.templates.writing.add()


@command("Ctrl+Del", on_question)
def remove_question(window: Window) -> None:
    """Takes the question that is chosen off; undo brings it back."""
    window.templates.writing.remove()


@command("Alt+Up", on_question)
def raise_question(window: Window) -> None:
    """Asks the question one place earlier."""
    window.templates.writing.step(-1)


@command("Alt+Down", on_question)
def lower_question(window: Window) -> None:
    """Asks the question one place later."""
    window.templates.writing.step(1)


@command("", writing)
def next_fault(window: Window) -> None:
    """To the next thing that is wrong in the template."""
    window.templates.writing.go_to_fault()


@command("", looking)
def template_health(window: Window) -> None:
    """Shows how the questions fare: which of them fails most."""
    window.templates.page.show_face("health")


@command("", looking)
def export_health(window: Window) -> None:
    """Saves how the questions fare as a table."""
    template = window.templates.template
    if template is not None:
        name, _ = QFileDialog.getSaveFileName(
            window, say("command-export_health"), f"{template.id}.csv", say("csv-files")
        )
        if name:
            window.templates.export_health(Path(name))

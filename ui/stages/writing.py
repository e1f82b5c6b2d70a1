"""What is written in the fields of a study: saved, spelt, pasted, linked; and two who write in one field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import QApplication

from ui import problems
from ui.bridge import Bridge
from ui.phrases import say
from ui.text import pasting, shaping
from ui.text.pasting import Loose
from ui.views.forms import LinkForm, PictureForm
from ui.views.study.editor import FieldEditor
from ui.views.study.review import StudyView
from ui.views.study.speller import Spans, Speller
from ui.views.study.tablemenu import table_menu
from ui.views.study.wordmenu import WordMenu
from workbench.desk import Desk, study
from workbench.desk.editing import adding, drafts, review, spelling
from workbench.desk.rows import Changed
from workbench.errors import Refused, WorldError
from workbench.richtext import RichText, images
from workbench.submission import Picture, Submission


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed could not be saved: why, and what the desk holds instead."""

    why: str
    theirs: RichText


@dataclass(frozen=True, slots=True)
class Typed:
    """Typing on its way to the desk. `onto` is the step by which the same typing was saved last."""

    submission: str
    field: str
    content: RichText
    before: RichText
    onto: int | None
    contested: bool
    brought: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """Pictures that were taken in, ready to be shown; and why others were not."""

    pictures: tuple[tuple[Picture, QImage], ...]
    refused: tuple[str, ...]


class Writing(QObject):
    """Serves the editors of a study. `told(sentence)` is for a notice, `saved` tells that typing was saved."""

    told = Signal(str)
    saved = Signal()

    def __init__(self, bridge: Bridge, middle: StudyView) -> None:
        super().__init__(middle)
        self._bridge = bridge
        self._study = middle
        self._resumed = ""
        self._brought: dict[str, Picture] = {}
        self._contested: set[tuple[str, str]] = set()
        self._step: tuple[str, str, int] | None = None
        middle.built.connect(self._adopt)
        middle.edited.connect(self._save)
        middle.drafted.connect(self._keep_draft)
        middle.given_up.connect(self._give_up)
        middle.shown.connect(self._resume)
        middle.describe.connect(self._describe_in)
        bridge.idle.connect(self._rest)

    def _adopt(self) -> None:
        for view in self._study.fields.values():
            editor = view.editor
            editor.told.connect(self._tell)
            editor.declined.connect(self._decline)
            editor.aside.connect(self._do_aside)
            editor.opened.connect(partial(self._begin, editor))
            editor.closed.connect(partial(self._end, editor))
            editor.menu_wanted.connect(partial(self._show_menu, editor))
            editor.asked.connect(partial(self._ask, editor))
            editor.pictured.connect(partial(self._bring, editor))

    def _tell(self, sentence: str) -> None:
        if sentence:
            self.told.emit(sentence)

    def _decline(self, error: Refused) -> None:
        self.told.emit(problems.sentence(error))

    def _do_aside(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        self._bridge.ask(lambda desk: work(), then)

    # Saving

    def _save(self, field: str, content: RichText, before: RichText) -> None:
        """Saves typing. It is said in the bar, not in a notice for every two seconds."""
        if self._study.submission is None:
            return
        shown = self._study.submission.id
        onto = self._step[2] if self._step and self._step[:2] == (shown, field) else None
        typed = Typed(
            shown,
            field,
            content,
            before,
            onto,
            (shown, field) in self._contested,
            tuple(self._brought.values()),
        )
        self._study.fields[field].editor.saving = True
        # An answer from before this edit would take the words back out of the field that is being typed in.
        self._bridge.forget("submission")
        self._bridge.ask(partial(_saved, typed), partial(self._hear, typed))

    def _rest(self) -> None:
        """Nothing is being saved any more."""
        for view in self._study.fields.values():
            view.editor.saving = False

    def _hear(self, typed: Typed, outcome: Changed | Unsaved) -> None:
        self._rest()
        place = (typed.submission, typed.field)
        if isinstance(outcome, Changed):
            self._contested.discard(place)
            self._step = (*place, outcome.entry) if outcome.entry is not None else None
            self._bridge.changed.emit(outcome)
            self.saved.emit()
            return
        self._contested.add(place)
        if self._study.submission is not None and self._study.submission.id == typed.submission:
            self._study.fields[typed.field].contest(outcome.theirs, outcome.why)
        else:
            QGuiApplication.clipboard().setMimeData(pasting.pack(typed.content))
            self.told.emit(f"{outcome.why} {say('unsaved-on-clipboard')}")

    # What waits for a choice

    def _keep_draft(self, field: str, content: RichText) -> None:
        if (held := self._study.submission) is not None:
            self._bridge.ask(partial(_kept, held.id, field, content), lambda _: None)

    def _give_up(self, field: str, typed: RichText) -> None:
        if (held := self._study.submission) is not None:
            self._contested.discard((held.id, field))
            self._bridge.do(lambda desk: drafts.give_up(desk, held.id, field, typed))

    def _resume(self) -> None:
        """Another study is shown: what was typed there and never saved is put beside what stands now."""
        shown = self._study.submission.id if self._study.submission else ""
        if shown and shown != self._resumed:
            self._bridge.ask(
                lambda desk: drafts.waiting(desk, shown), partial(self._show_drafts, shown), subject="drafts"
            )
        self._resumed = shown

    def _show_drafts(self, submission: str, found: Mapping[str, RichText]) -> None:
        if self._study.submission is None or self._study.submission.id != submission:
            return
        for field, mine in found.items():
            view = self._study.fields.get(field)
            if view is not None and not view.editor.contested:
                self._contested.add((submission, field))
                view.resume(mine, say("contested-kept"))

    # Spelling

    def _begin(self, editor: FieldEditor) -> None:
        self._step = None
        if editor.speller is None:
            editor.speller = Speller(editor.document())
            editor.speller.wanted.connect(partial(self._look_up, editor.speller))
        editor.speller.begin()

    def _end(self, editor: FieldEditor) -> None:
        if editor.speller is not None:
            editor.speller.end()

    def _look_up(self, speller: Speller, lines: tuple[str, ...]) -> None:
        self._bridge.ask(partial(_misspelt, lines), speller.learn)

    def _show_menu(self, editor: FieldEditor, place: QPoint) -> None:
        menu = WordMenu(editor)
        menu.learn.connect(partial(self._learn, editor))
        if word := menu.word:
            self._bridge.ask(lambda desk: spelling.suggestions(desk, word), menu.offer, subject="suggestions")
        menu.popup(place)

    def _learn(self, editor: FieldEditor, word: str) -> None:
        self._bridge.do(lambda desk: spelling.learn(desk, word), partial(self._learned, editor))

    def _learned(self, editor: FieldEditor, _: Changed) -> None:
        if editor.speller is not None:
            editor.speller.forget()

    # Pictures

    def _bring(self, editor: FieldEditor, loose: Sequence[Loose], cursor: QTextCursor) -> None:
        held = self._study.submission
        self._bridge.ask(partial(_taken_in, loose), partial(self._put_pictures, editor, held, cursor))

    def _put_pictures(
        self, editor: FieldEditor, held: Submission | None, cursor: QTextCursor, found: Brought
    ) -> None:
        shown = self._study.submission
        if held is None or shown is None or shown.id != held.id or not editor.editable:
            return
        for picture, image in found.pictures:
            self._brought[picture.sha256] = picture
            editor.put_picture(cursor, picture.sha256, image)
            self._study.bring_into_view(editor)
        came = say("pictures-came", n=len(found.pictures)) if found.pictures else ""
        self._tell(" ".join(filter(None, (came, *found.refused))))

    def _describe_in(self, field: str, asset: str) -> None:
        editor = self._study.fields[field].editor
        alt = next((each.alt for each in images(editor.content()) if each.asset == asset), None)
        self._ask_picture(editor, asset, alt)

    # What a tool asks first

    def _ask(self, editor: FieldEditor, tool: str) -> None:
        if tool == "table":
            table_menu(editor).popup(editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft()))
        elif tool == "link":
            self._ask_link(editor)
        elif tool == "picture" and (picture := editor.picture()) is not None:
            self._ask_picture(editor, picture.asset, picture.alt)

    def _ask_link(self, editor: FieldEditor) -> None:
        cursor = editor.textCursor()
        href = shaping.choose_link(cursor)
        editor.asked_meanwhile = True
        form = LinkForm(editor.window(), href, cursor.selectedText())
        form.chosen.connect(partial(_link, editor, cursor))
        form.closed.connect(partial(_let_go, editor))

    def _ask_picture(self, editor: FieldEditor, asset: str, alt: str | None) -> None:
        pictures = self._study.submission.pictures if self._study.submission else ()
        credit = next((picture.credit for picture in pictures if picture.sha256 == asset), "")
        editor.asked_meanwhile = True
        form = PictureForm(editor.window(), alt, credit)
        form.chosen.connect(partial(self._describe, editor, asset))
        form.closed.connect(partial(_let_go, editor))

    def _describe(self, editor: FieldEditor, asset: str, alt: str, credit: str) -> None:
        if (held := self._study.submission) is None:
            return
        editor.flush()
        shown = held.id
        self._bridge.do(lambda desk: review.set_alt(desk, shown, asset, alt, credit))


def _let_go(editor: FieldEditor) -> None:
    """The form is gone: the field closes unless the keyboard comes back to it."""
    editor.asked_meanwhile = False
    QTimer.singleShot(0, partial(_leave_unless_there, editor))


def _leave_unless_there(editor: FieldEditor) -> None:
    if QApplication.focusWidget() is not editor:
        editor.leave()


def _link(editor: FieldEditor, cursor: QTextCursor, href: str, words: str) -> None:
    """Links the chosen words, or new ones; frees them where there is no address."""
    if cursor.selectedText() != words:
        start = cursor.selectionStart()
        cursor.insertText(words, editor.dress.words())
        cursor.setPosition(start)
        cursor.setPosition(start + len(words.encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
    shaping.set_link(cursor, href or None)
    cursor.setPosition(cursor.selectionEnd())
    editor.setTextCursor(cursor)
    editor.setCurrentCharFormat(editor.dress.words())


def _saved(typed: Typed, desk: Desk) -> Changed | Unsaved:
    place = (typed.submission, typed.field)
    try:
        changed = review.edit(
            desk, *place, typed.content, typed.before, onto=typed.onto, brought=typed.brought
        )
        if typed.contested:
            drafts.drop(desk, *place)
        return replace(changed, said="")
    except WorldError as error:
        _kept(*place, typed.content, desk)
        overtaken = error.code == "changed-meanwhile"
        why = say("contested-why") if overtaken else problems.sentence(error)
        return Unsaved(why, _held(desk, *place, typed.before))


def _kept(submission: str, field: str, content: RichText, desk: Desk) -> None:
    """Keeps what could not be saved as a draft; where not even that can be written, the window alone has it."""
    with suppress(WorldError):
        drafts.keep(desk, submission, field, content)


def _held(desk: Desk, submission: str, field: str, before: RichText) -> RichText:
    """What the desk holds; as it was known before, where it cannot be read."""
    try:
        return study.show(desk, submission).value(field).content
    except WorldError:
        return before


def _taken_in(loose: Sequence[Loose], desk: Desk) -> Brought:
    """Takes pictures in, on the worker since that takes its time; of those that may not come, why."""
    taken: list[tuple[Picture, QImage]] = []
    refused: list[str] = []
    for each in loose:
        try:
            picture = adding.take_in(desk, each.read(), each.name)
            taken.append((picture, QImage.fromData(study.asset(desk, picture.sha256))))
        except WorldError as error:
            refused.append(problems.sentence(error))
    return Brought(tuple(taken), tuple(refused))


def _misspelt(lines: tuple[str, ...], desk: Desk) -> dict[str, Spans]:
    return {line: spelling.misspelt(desk, line) for line in lines}

"""The study in the middle of the desk: field by field in the order of the template, with what the checks found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import day, due, say, status
from ui.views.controls import IconButton
from ui.views.parts import Chip, Elided, Flow, KeyButton, Pill, Tone, button, clear
from ui.views.study.coming import ComingBar
from ui.views.study.editor import FieldEditor
from ui.views.study.field import FieldView
from ui.views.study.finding import FindingCard
from ui.views.study.replacing import ReplacePanel
from workbench.desk.rows import Reason, Suggestion
from workbench.submission import EDITABLE, Finding, Status, Submission
from workbench.template import Template

TONES: dict[Status, Tone] = {
    Status.RECEIVED: "quiet",
    Status.IN_REVIEW: "accent",
    Status.RETURNED: "warning",
    Status.REJECTED: "quiet",
    Status.APPROVED: "good",
    Status.QUEUED: "accent",
    Status.PROPOSED: "accent",
    Status.PUBLISHED: "good",
    Status.WITHDRAWN: "quiet",
}

DECISIONS: dict[Status, tuple[str, ...]] = {
    Status.RECEIVED: ("return_", "approve"),
    Status.IN_REVIEW: ("return_", "approve"),
    Status.RETURNED: ("reject", "reopen"),
    Status.REJECTED: ("reopen",),
    Status.APPROVED: ("reopen", "queue"),
    Status.QUEUED: ("unqueue", "show_outbox"),
    Status.PROPOSED: ("show_outbox",),
    Status.PUBLISHED: ("withdraw", "reopen"),
    Status.WITHDRAWN: ("reopen",),
}
"""The commands offered above a study, by where it stands; the last one is the likeliest."""


class StudyHead(QWidget):
    """Where the study stands, its title, its tags, and what can be decided now."""

    asked = Signal(str)
    propose = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("studyHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._standing: Status | None = None
        self._pill = Pill()
        self._meta = Elided("", "small")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self.title = QVBoxLayout()
        chips = QWidget()
        self._chips = Flow(chips)
        top = QHBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.setSpacing(8)
        top.addWidget(self._pill)
        top.addWidget(self._meta, 1)
        top.addLayout(self._buttons)
        self.panel = IconButton("panel", say("command-inspector"), lambda: self.asked.emit("inspector"))
        self.panel.hide()
        top.addWidget(self.panel)
        self.coming = ComingBar()
        tags = QHBoxLayout()
        tags.setContentsMargins(20, 0, 20, 0)
        tags.addWidget(chips)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 14, 12, 12)
        box.setSpacing(4)
        box.addLayout(top)
        box.addLayout(self.title)
        box.addLayout(tags)
        coming = QHBoxLayout()
        coming.setContentsMargins(20, 6, 20, 0)
        coming.addWidget(self.coming)
        box.addLayout(coming)

    def show_standing(self, submission: Submission, today: date, buttons: Sequence[KeyButton]) -> None:
        """Shows where the submission stands and the decisions it allows."""
        self._standing = submission.status
        self._pill.set(status(submission.status), TONES[submission.status])
        self._meta.say(" · ".join(_meta(submission, today)))
        clear(self._buttons)
        for made in buttons:
            self._buttons.addWidget(made)

    def explain(self, point: QPoint | None) -> object:
        """What it means that the study stands where it does."""
        from ui.views.help import things

        return things.status(self._standing) if self._standing is not None else None

    def show_tags(self, submission: Submission, proposed: Iterable[Suggestion]) -> None:
        """Shows councils and themes, then the themes the desk proposes, dashed."""
        clear(self._chips)
        for authority in submission.authorities:
            text = f"{authority.name} · {authority.gss}" if authority.gss else authority.name
            self._add(Chip(text, "authority"), "council")
        if not submission.authorities:
            self._add(Chip(say("no-council"), "proposed"), "council")
        for term in submission.terms:
            self._add(Chip(term.label, "theme"), "tag")
        for suggestion in proposed:
            chip = Chip(
                f"+ {suggestion.term.label}?", "proposed", say("proposed-theme", label=suggestion.term.label)
            )
            chip.setToolTip(say("because", words=", ".join(suggestion.because)))
            chip.clicked.connect(lambda _=False, term=suggestion.term: self.propose.emit(term))
            self._chips.addWidget(chip)

    def _add(self, chip: Chip, command: str) -> None:
        chip.clicked.connect(lambda: self.asked.emit(command))
        self._chips.addWidget(chip)


def _meta(submission: Submission, today: date) -> Iterable[str]:
    yield submission.id
    if len(submission.files) > 1:
        yield say("version-received", n=len(submission.files), day=day(submission.files[-1].received))
    elif submission.received:
        yield say("received", day=day(submission.received))
    if submission.due and submission.status in EDITABLE:
        yield due(submission.due, today)
    if submission.base_version:
        yield say("edits-version", version=submission.base_version)


class StudyView(QWidget):
    """One submission, to read and to mend. It knows which field and which finding the keys act on.

    `asked(command)` names the command that a button stands for.
    """

    help_page = "reviewing"

    asked = Signal(str)
    edited = Signal(str, object, object)
    drafted = Signal(str, object)
    given_up = Signal(str, object)
    describe = Signal(str, str)
    built = Signal()
    shown = Signal()
    brought = Signal(str, object)
    take = Signal(str)
    take_kind = Signal(str)
    dismiss = Signal(str)
    propose = Signal(object)
    field_chosen = Signal(str)
    finding_marked = Signal(str)
    locked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.submission: Submission | None = None
        self.fields: dict[str, FieldView] = {}
        self.field = ""
        self.finding = ""
        self.open_findings: tuple[Finding, ...] = ()
        self._template: Template | None = None
        self.head = StudyHead()
        self.finder = ReplacePanel()
        self.head.asked.connect(self.asked)
        self.head.propose.connect(self.propose)
        self._whole = QVBoxLayout()
        self._whole.setContentsMargins(20, 0, 20, 0)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._page = QWidget()
        self._scroll = self._scroller()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(self.finder)
        box.addWidget(self._scroll, 1)

    def _scroller(self) -> QScrollArea:
        self._page.setObjectName("page")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(12, 12, 12, 40)
        column.setSpacing(8)
        column.addLayout(self._whole)
        column.addLayout(self._list)
        column.addStretch(1)
        scroll = _Scroll()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._page)
        return scroll

    # What it shows

    def show_submission(self, submission: Submission, template: Template, today: date) -> None:
        """Shows a submission; the same one again keeps its place and what is being typed."""
        another = self.submission is None or submission.id != self.submission.id
        if another:
            self.settle()
        self._build(template, another=another)
        self.submission = submission
        for field, view in self.fields.items():
            view.show_value(
                submission.value(field), submission.pictures, editable=submission.status in EDITABLE
            )
        self.head.show_standing(submission, today, self._decisions(submission.status))
        self.open_findings = self._in_order(submission.open_findings)
        self._show_findings(submission.open_findings)
        if another:
            self._scroll.verticalScrollBar().setValue(0)
            self.choose_field(next(iter(self._below_title), ""), focus=False)
        self.shown.emit()

    def show_tags(self, submission: Submission, proposed: Iterable[Suggestion]) -> None:
        """Shows the tags and what is proposed."""
        taken = set(submission.terms)
        self.head.show_tags(submission, [each for each in proposed if each.term not in taken])

    def light_reasons(self, places: Sequence[Reason], near: bool) -> None:
        """Lights the words that led to something proposed.

        With `near`, the field of the first comes into view where none of those fields is.
        """
        for field, view in self.fields.items():
            view.editor.show_reasons([(place.start, place.end) for place in places if place.field == field])
        fields = [place.field for place in places if place.field in self.fields]
        if near and fields and all(self.fields[field].visibleRegion().isEmpty() for field in fields):
            self._scroll.ensureWidgetVisible(self.fields[fields[0]], 0, 20)

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows a picture wherever an answer names it."""
        for view in self.fields.values():
            view.editor.add_picture(asset, picture)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        for view in self.fields.values():
            view.redress()

    def _build(self, template: Template, *, another: bool) -> None:
        if template == self._template:
            if another:
                for view in self.fields.values():
                    view.editor.leave()
            return
        self._template = template
        clear(self.head.title)
        clear(self._list)
        self.fields = {field.id: FieldView(field, title=field.id == "title") for field in template.fields}
        for field, view in self.fields.items():
            (self.head.title if field == "title" else self._list).addWidget(view)
            self._connect(view)
        self.built.emit()

    def _connect(self, view: FieldView) -> None:
        view.chosen.connect(self._note_field)
        view.edited.connect(self.edited)
        view.drafted.connect(self.drafted)
        view.given_up.connect(self.given_up)
        view.describe.connect(self.describe)
        view.card_shown.connect(self._bring_card)
        view.brought.connect(self.brought)
        view.refused.connect(self.locked)
        view.finding_chosen.connect(self.choose_finding)
        view.take.connect(self.take)
        view.take_kind.connect(self.take_kind)
        view.dismiss.connect(self.dismiss)

    def _decisions(self, standing: Status) -> list[KeyButton]:
        names = DECISIONS[standing]
        return [
            button(
                say(f"command-{name}-short"),
                lambda name=name: self.asked.emit(name),
                name="primary" if name == names[-1] else "",
                command=name if name == names[-1] else "",
            )
            for name in names
        ]

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        kept = {finding.key for finding in findings}
        if self.finding not in kept:
            self.finding = self._first_of(self.field)
        fixes = Counter(finding.check for finding in findings if finding.fix)
        by_field: defaultdict[str | None, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_field[finding.field].append(finding)
        for field, view in self.fields.items():
            view.show_findings(by_field[field], fixes, self.finding)
        clear(self._whole)
        for finding in findings:
            if finding.field not in self.fields:
                self._whole.addWidget(self._whole_card(finding))

    def _in_order(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Findings in the order in which their fields are shown."""
        order = {field: place for place, field in enumerate(self.fields)}
        return tuple(sorted(findings, key=lambda f: (order.get(f.field or "", -1), f.span or (0, 0))))

    def _whole_card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding)
        card.chosen.connect(self.choose_finding)
        card.take.connect(self.take)
        card.dismiss.connect(self.dismiss)
        card.set_current(finding.key == self.finding)
        return card

    # Where the keys act

    @property
    def _below_title(self) -> list[str]:
        return [field for field in self.fields if field != "title"]

    def current_finding(self) -> Finding | None:
        """The finding that take and dismiss act on, if any."""
        return next((found for found in self.open_findings if found.key == self.finding), None)

    def choose_field(self, field: str, *, focus: bool = True) -> None:
        """Makes `field` the one the keys act on, and brings it into view."""
        if field not in self.fields:
            return
        if focus:
            self.fields[field].focus()
        self._note_field(field)
        if field != "title":
            self._scroll.ensureWidgetVisible(self.fields[field], 0, 60)

    def bring_into_view(self, editor: FieldEditor) -> None:
        """Scrolls to where the cursor of an answer stands."""
        at = editor.mapTo(self._page, editor.cursorRect().bottomLeft())
        self._scroll.ensureVisible(at.x(), at.y(), 0, 120)

    def _bring_card(self, card: QWidget) -> None:
        """Scrolls to a card once it has its place."""
        QTimer.singleShot(0, card, lambda: self._scroll.ensureWidgetVisible(card, 0, 20))

    def step_field(self, step: int) -> None:
        """The next field, or the one before."""
        order = list(self.fields)
        at = order.index(self.field) if self.field in order else -step
        self.choose_field(order[min(max(at + step, 0), len(order) - 1)])

    def step_finding(self, step: int) -> None:
        """The next open finding, round the end to the first."""
        keys = [finding.key for finding in self.open_findings]
        if keys:
            at = keys.index(self.finding) if self.finding in keys else -1 if step > 0 else 0
            self.choose_finding(keys[(at + step) % len(keys)])

    def choose_finding(self, key: str) -> None:
        """Makes a finding, and the field it is in, the ones the keys act on."""
        self.finding = key
        found = self.current_finding()
        if found is not None and found.field in self.fields and found.field != self.field:
            self.choose_field(found.field)
        self._mark_finding(key)
        whole = next((card for card in self._whole_cards() if card.finding.key == key), None)
        if whole is not None:
            self._bring_card(whole)

    def edit_field(self) -> None:
        """Begins editing the current field."""
        if self.field in self.fields:
            self.fields[self.field].editor.edit()

    def flush(self) -> None:
        """Saves what was typed and not yet saved."""
        for view in self.fields.values():
            view.editor.flush()

    def settle(self) -> None:
        """As `flush`, before another study is shown: what is contested is kept as it was typed."""
        for view in self.fields.values():
            view.settle()
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows step through the fields."""
        steps = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}
        if event.key() in steps and not event.modifiers():
            self.step_field(steps[event.key()])
            return
        super().keyPressEvent(event)

    def _note_field(self, field: str) -> None:
        if field == self.field and self.fields[field].property("current"):
            return
        self.field = field
        for name, view in self.fields.items():
            view.set_current(name == field)
        found = self.current_finding()
        if found is None or found.field != field:
            self._mark_finding(self._first_of(field))
        self.field_chosen.emit(field)

    def _mark_finding(self, key: str) -> None:
        self.finding = key
        self.finding_marked.emit(key)
        for view in self.fields.values():
            view.set_finding(key)
        for card in self._whole_cards():
            card.set_current(card.finding.key == key)

    def _whole_cards(self) -> Iterator[FindingCard]:
        """The cards of what was found in the study as a whole, above its fields."""
        items = (self._whole.itemAt(place) for place in range(self._whole.count()))
        widgets = (item.widget() for item in items if item is not None)
        return (widget for widget in widgets if isinstance(widget, FindingCard))

    def _first_of(self, field: str) -> str:
        return next((found.key for found in self.open_findings if found.field == field), "")


class _Scroll(QScrollArea):
    """Leaves the arrows to the study, which steps through its fields with them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages scroll, arrows do not."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

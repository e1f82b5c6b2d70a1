"""The settings: this desk, the rules of the house, the checks, the house words, the website, the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.aside import Aside
from ui.bridge import Bridge
from ui.jobs import Jobs
from ui.keys import Keys
from ui.phrases import say
from ui.stages.connecting import serve
from ui.stages.keeping import KeepingWork
from ui.views.parts import Empty, button, label
from ui.views.settings.checklist import CheckList
from ui.views.settings.housewords import HouseWords
from ui.views.settings.keeping import Keeping
from ui.views.settings.keysetting import KeySetting
from ui.views.settings.persons import Persons
from ui.views.settings.settings import DeclaredRow, Row, SecretRow, SettingsList, StillPicker, Value, row_of
from workbench.config import DECLARED, Settings
from workbench.desk import Desk
from workbench.desk.editing import spelling
from workbench.desk.office import connecting, house, statistics
from workbench.desk.rows import Changed, CheckStatistics

_ROOMY = 760
"""From so many pixels on the list of the parts stands as wide as beside the other stages."""

NAME = Qt.ItemDataRole.UserRole
WIDE = (CheckList, Keeping, Persons)
"""Parts that hold a table."""

ASKED_AGAIN = frozenset({"style", "policy"})
"""The groups of settings that the checks go by."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the workspace holds."""

    workspace: str
    settings: Settings
    checks: tuple[CheckStatistics, ...]
    words: tuple[str, ...]
    password: str


class Section(Protocol):
    """A part of the settings that can be searched."""

    def narrow(self, typed: str) -> int:
        """Shows what is called so, and says how much there is."""
        ...


class SettingsStage(QWidget):
    """A list of the parts at the left, the part itself beside it, and a line that searches all of them.

    `scheme_chosen(scheme)`; `told(sentence)` for a notice, `later(sentence)` for one of what
    counts once the desk is opened anew; `asked(command)` names a command of the window.
    """

    help_page = "settings"

    scheme_chosen = Signal(str)
    told = Signal(str)
    later = Signal(str)
    asked = Signal(str)

    def __init__(self, bridge: Bridge, scheme: theme.Scheme, keys: Keys, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge = bridge
        self.rows: dict[str, DeclaredRow] = {each.name: row_of(each) for each in DECLARED}
        self.scheme = _schemes()
        self.show_scheme(scheme)
        self.scheme.currentIndexChanged.connect(lambda at: self.scheme_chosen.emit(theme.SCHEMES[at]))
        self._kept = Settings()
        self._workspace = QLineEdit()
        self._workspace.setReadOnly(True)
        self.checks = CheckList()
        self.words = HouseWords()
        self.keys = KeySetting(keys)
        self.persons = Persons()
        self.sections: dict[str, Section] = self._sections()
        self.find = QLineEdit()
        self.list = QListWidget()
        self._stack = QStackedWidget()
        self._nothing = Empty(say("settings-nothing"), "")
        self._keeping = KeepingWork(bridge, jobs, self.keeping, self.persons)
        self._keeping.told.connect(self.told)
        self._lay_out()
        self._connect()
        self._ask()

    def _sections(self) -> dict[str, Section]:
        grouped: dict[str, list[Row]] = {}
        for row in self.rows.values():
            grouped.setdefault(row.declared.group, []).append(row)
        desk = [Row("scheme", self.scheme), *grouped.pop("desk"), self._connection(), *self._places()]
        house_ = [(group, grouped.pop(group)) for group in ("style", "policy")]
        self.keeping = Keeping(SettingsList([("", grouped.pop("keeping"))]))
        return {
            "desk": SettingsList([("", desk)]),
            "house": SettingsList(house_),
            "checks": self.checks,
            "words": self.words,
            **{group: SettingsList([("", rows)]) for group, rows in grouped.items()},
            "keeping": self.keeping,
            "persons": self.persons,
            "keys": self.keys,
        }

    def _connection(self) -> Row:
        return Row("connection", button(say("connect-test"), self.test_connection))

    def _places(self) -> tuple[Row, ...]:
        """Where this desk is, the way to others, and to practice."""
        return (
            Row("workspace", self._workspace),
            Row("desks", button(say("command-switch_desk"), lambda: self.asked.emit("switch_desk"))),
            Row("practice", button(say("command-practise"), lambda: self.asked.emit("practise"))),
        )

    def _lay_out(self) -> None:
        side = QWidget()
        side.setObjectName("side")
        side.setProperty("edge", True)
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._side = side
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 18, 16, 16)
        column.setSpacing(12)
        for each in (label(say("stage-settings"), "viewTitle"), self.find):
            column.addWidget(each)
        column.addWidget(self.list, 1)
        self.find.setPlaceholderText(say("settings-find"))
        self.find.setAccessibleName(say("settings-find"))
        self.find.setToolTip(say("settings-find"))
        self.list.setObjectName("parts")
        self.list.setAccessibleName(say("settings-sections"))
        for name, section in self.sections.items():
            self._stack.addWidget(_page(name, section))
            item = QListWidgetItem(say(f"section-{name}"))
            item.setData(NAME, name)
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + 14))
            self.list.addItem(item)
        self._stack.addWidget(self._nothing)
        self.list.setCurrentRow(0)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(side)
        box.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list of the parts is as narrow as its words allow."""
        super().resizeEvent(event)
        self._side.setFixedWidth(240 if self.width() >= _ROOMY else 180)

    def _connect(self) -> None:
        self.find.textChanged.connect(self._narrow)
        self.find.returnPressed.connect(self._go_in)
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.list.itemActivated.connect(lambda _: self._go_in())
        for section in self.sections.values():
            if isinstance(section, SettingsList | Keeping):
                section.changed.connect(self._change)
        for signal, verb in (
            (self.checks.retire, house.retire),
            (self.checks.bring_back, house.bring_back),
            (self.checks.as_shipped, house.as_shipped),
        ):
            signal.connect(partial(self._rule, verb))
        self.checks.severity.connect(self._set_severity)
        self.words.add.connect(lambda word: self._bridge.do(lambda desk: spelling.learn(desk, word)))
        self.words.remove.connect(lambda word: self._bridge.do(lambda desk: spelling.unlearn(desk, word)))
        self.keys.told.connect(self.told)
        self._bridge.failed.connect(self._ask_again)

    # What it shows

    def enter(self) -> None:
        """The stage is shown: the counts are as they are now."""
        self._ask()

    def follow(self, changed: Changed) -> None:
        """Looks again where a word was added, a check decided on, or a setting changed elsewhere."""
        if self.isVisible() and changed.grains & {"settings", "submission"}:
            self._ask()

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.checks.redress()

    def show_scheme(self, scheme: theme.Scheme) -> None:
        """Shows which colours were chosen, here or elsewhere."""
        self.scheme.setCurrentIndex(theme.SCHEMES.index(scheme))

    def show_section(self, name: str) -> None:
        """Opens a part of the settings."""
        self.list.setCurrentRow(list(self.sections).index(name))

    def _ask_again(self, _: object) -> None:
        """What could not be set stands as it was."""
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._bridge.ask(_kept, self._show, subject="settings")
        self._keeping.ask()

    def _show(self, kept: _Kept) -> None:
        self._workspace.setText(kept.workspace)
        self._workspace.setToolTip(kept.workspace)
        self._kept = kept.settings
        for name, row in self.rows.items():
            if isinstance(row, SecretRow):
                row.show_kept(kept.password)
            elif not _being_typed(row):
                row.show_value(getattr(kept.settings, name))
        self.checks.show_lines(kept.checks)
        self.words.show_words(kept.words)
        if self.find.text():
            self._narrow(self.find.text())

    def _narrow(self, typed: str) -> None:
        """Leaves only what is called so; the parts tell how much of it each holds."""
        for at, (name, section) in enumerate(self.sections.items()):
            found = section.narrow(typed)
            item = self.list.item(at)
            item.setHidden(bool(typed.strip()) and not found)
            item.setText(f"{say(f'section-{name}')}  {found}" if typed.strip() else say(f"section-{name}"))
        shown = [at for at in range(self.list.count()) if not self.list.item(at).isHidden()]
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
        self._stack.setCurrentWidget(self._stack.widget(self.list.currentRow()) if shown else self._nothing)

    def _go_in(self) -> None:
        """The keyboard goes to the first control of the part that is shown."""
        for each in self._stack.currentWidget().findChildren(QWidget):
            by_tab = each.focusPolicy() & Qt.FocusPolicy.TabFocus
            if by_tab and each.isVisible() and each.isEnabled():
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # What the editor does

    def test_connection(self) -> None:
        """Tries the shared database, and takes another into use."""
        from ui.views.welcome.sheet import ConnectSheet

        sheet = ConnectSheet(self.window(), self._kept.catalogue)
        serve(sheet.form, Aside(sheet))
        sheet.chosen.connect(self._use)

    def _use(self, address: str, password: str) -> None:
        """Publishes to this database from now on; the desk is opened anew on it."""

        def use(desk: Desk) -> Changed:
            changed = house.change(desk, "catalogue", address)
            return house.change(desk, "catalogue_password", password) if password and address else changed

        self._bridge.do(use, lambda _: self.asked.emit("open_anew"))

    def _change(self, name: str, value: Value) -> None:
        row = self.rows[name]
        if not isinstance(row, SecretRow):
            row.show_value(value)
        self._bridge.do(lambda desk: house.change(desk, name, value), partial(self._changed, row))

    def _changed(self, row: DeclaredRow, changed: Changed) -> None:
        if changed.grains:
            (self.told if row.declared.at_once else self.later).emit(say("setting-kept", name=row.name))
            if row.declared.group in ASKED_AGAIN:
                self.asked.emit("check_again")

    def _set_severity(self, check: str, severity: str) -> None:
        self._rule(lambda desk, check: house.set_severity(desk, check, severity), check)  # type: ignore[arg-type]

    def _rule(self, verb: Callable[[Desk, str], Changed], check: str) -> None:
        self._bridge.do(lambda desk: verb(desk, check), self._ruled)

    def _ruled(self, changed: Changed) -> None:
        if changed.grains:
            self.asked.emit("check_again")


def _kept(desk: Desk) -> _Kept:
    kept = house.settings(desk)
    return _Kept(
        str(desk.workspace),
        kept,
        statistics.per_check(desk),
        spelling.learned(desk),
        connecting.kept_password(kept.catalogue) if kept.catalogue else "",
    )


def _schemes() -> StillPicker:
    made = StillPicker(say("setting-scheme"))
    for name in theme.SCHEMES:
        made.addItem(say(f"scheme-{name}"), name)
    return made


def _page(name: str, section: Section) -> QWidget:
    """A part with its title above it; lists fill the height, rows scroll."""
    assert isinstance(section, QWidget)
    page = QWidget()
    page.setObjectName("page")
    column = QVBoxLayout(page)
    column.setContentsMargins(36, 22, 36, 24)
    column.setSpacing(6)
    column.addWidget(label(say(f"section-{name}"), "pageTitle"))
    column.addWidget(label(say(f"section-{name}-about"), "small", wrap=True))
    column.addSpacing(6)
    column.addWidget(section, 1)
    section.setMaximumWidth(min(section.maximumWidth(), 1040 if isinstance(section, WIDE) else 760))
    scroll = QScrollArea()
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    return scroll


def _being_typed(row: DeclaredRow) -> bool:
    """Whether somebody is in the middle of a word there."""
    return isinstance(row.control, QLineEdit) and row.control.hasFocus() and row.control.isModified()

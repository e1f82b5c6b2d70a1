"""How the questions of a template fare: asked of the desk, shown as bars and numbers, written as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.bridge import Bridge
from ui.phrases import say
from ui.views.templates.health import WAYS, Fare, HealthView
from workbench.desk import Desk
from workbench.desk.rows import QueueFilter
from workbench.desk.templates import health, healthsheet
from workbench.desk.templates.health import Group, Health, QuestionHealth
from workbench.template import Template
from workbench.words import sorting

PARTS: Mapping[str, tuple[health.Way, ...]] = {
    "empty": ("empty", "not-applicable"),
    "length": ("short", "long"),
    "findings": ("blocker", "warning"),
    "placing": ("placing",),
    "asked": ("asked",),
}
"""Of which ways to fail each part of a bar tells."""


class Faring(QObject):
    """Fills a `HealthView`. `listed(filter)` wants submissions in the queue, `told(sentence)` is a notice."""

    listed = Signal(object)
    told = Signal(str)

    def __init__(self, bridge: Bridge, view: HealthView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._template = ""
        self._found: Health | None = None
        view.wanted.connect(lambda *_: self._count())
        view.looked.connect(self._compare)
        view.listed.connect(self._list)

    def show(self, template: Template) -> None:
        """Counts anew how the questions of a template fare."""
        if template.id != self._template:
            self._template, self._found = template.id, None
            self._view.say_nothing(say("health-counting"))
        self._count()

    def write(self, path: Path, then: Callable[[str], object]) -> None:
        """Writes what is shown as a table; `then` gets why it could not be written, "" where it was."""
        if (found := self._found) is not None:
            self._bridge.ask(lambda _: healthsheet.write(found, path), then)

    def _count(self) -> None:
        name, (version, council) = self._template, self._view.asked

        def count(desk: Desk) -> Health:
            return health.health(desk, name, version, council)

        self._bridge.ask(count, self._show, subject="health")

    def _show(self, found: Health) -> None:
        if found.template.id != self._template:
            return
        self._found = found
        if not found.of:
            self._view.say_nothing(say("health-none"))
            return
        councils = sorted(found.councils, key=sorting)
        self._view.offer(sorted(found.versions), [(name, name) for name in councils])
        self._view.show_fares([_fare(each) for each in found.questions if each.asked], _told(found))

    def _compare(self, question: str) -> None:
        found = self._found
        each = next((one for one in found.questions if one.id == question), None) if found else None
        if each is None:
            self._view.show_compared("", (), ())
            return
        versions = sorted(each.by_version, key=lambda group: int(group.key))
        self._view.show_compared(
            each.label,
            [_part(group, say("health-version-n", n=group.key)) for group in versions],
            [_part(group, group.name) for group in each.by_council if group.failing],
        )

    def _list(self, ids: tuple[str, ...], name: str) -> None:
        self.listed.emit(QueueFilter(among=ids))
        self.told.emit(say("health-listed", n=len(ids), name=name))


def _fare(each: QuestionHealth) -> Fare:
    return Fare(each.label, each.id, each.asked, each.failing, _ways(each.ways), each.ids)


def _part(group: Group, name: str) -> Fare:
    return Fare(name, group.key, group.asked, group.failing, _ways(group.ways), group.ids)


def _ways(ways: Mapping[health.Way, int]) -> tuple[int, ...]:
    return tuple(sum(ways.get(each, 0) for each in PARTS[part]) for part in WAYS)


def _told(found: Health) -> str:
    failing = any(each.failing for each in found.questions)
    if not found.submissions:
        return say("health-none-so")
    counted = say("health-told" if failing else "health-sound", n=found.submissions)
    return f"{counted} {say('health-few')}" if found.few else counted

"""A template while somebody writes it: what can be done to it, each step taken back and done again.

Plain values throughout: every step makes another template. A question that was added has an id of its own from the
start, which no question that was kept can have; by `named` it gets one made of its label, once it is kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from workbench.template import Field, Template, dumps, parse
from workbench.template.naming import slug, unused

_FRESH = "+"
"""With what the id of a question begins that was added and not kept yet."""


# What can be done to a template


def changed(template: Template, question: str, **values: Any) -> Template:
    """The template with other `values` of one of its questions."""
    return _with(
        template, [replace(each, **values) if each.id == question else each for each in template.fields]
    )


def added(template: Template, after: int) -> tuple[Template, str]:
    """The template with an empty question behind place `after`, and the id of that question."""
    taken = {each.id for each in template.fields}
    made = Field(next(name for n in count(1) if (name := f"{_FRESH}{n}") not in taken), "")
    fields = list(template.fields)
    fields.insert(after + 1, made)
    return _with(template, fields), made.id


def removed(template: Template, question: str) -> Template:
    """The template without one of its questions; headings combined of it go where fewer than two are left."""
    left = {
        heading: tuple(one for one in ids if one != question) for heading, ids in template.combined.items()
    }
    kept = {
        heading: ids for heading, ids in left.items() if len(ids) > 1 or ids == template.combined[heading]
    }
    return replace(_with(template, [each for each in template.fields if each.id != question]), combined=kept)


def moved(template: Template, at: int, to: int) -> Template:
    """The template with the question of one place in another."""
    fields = list(template.fields)
    fields.insert(min(max(to, 0), len(fields) - 1), fields.pop(at))
    return _with(template, fields)


def place(template: Template, question: str) -> int:
    """At which place a question stands; -1 where there is none with that id."""
    return next((at for at, each in enumerate(template.fields) if each.id == question), -1)


def combined(template: Template, heading: str, ids: Sequence[str]) -> Template:
    """The template with a heading that stands for several questions; without it where `ids` is empty."""
    rest = {known: of for known, of in template.combined.items() if known != heading}
    return replace(template, combined={**rest, heading: tuple(ids)} if ids else rest)


def named(template: Template, taken: Sequence[str] = ()) -> Template:
    """The template with an id made of its label for each question that was added; none of those `taken` before."""
    known = {*taken, *(each.id for each in template.fields if not is_fresh(each.id))}
    ids: dict[str, str] = {}
    for each in template.fields:
        ids[each.id] = unused(slug(each.label) or "question", known) if is_fresh(each.id) else each.id
        known.add(ids[each.id])
    fields = [replace(each, id=ids[each.id]) for each in template.fields]
    headings = {heading: tuple(ids.get(one, one) for one in of) for heading, of in template.combined.items()}
    return replace(_with(template, fields), combined=headings)


def is_fresh(question: str) -> bool:
    """Whether a question of that id was added and not kept yet."""
    return question.startswith(_FRESH)


def _with(template: Template, fields: Sequence[Field]) -> Template:
    return replace(template, fields=tuple(fields))


# What was done, step by step


@dataclass(frozen=True, slots=True)
class Sketch:
    """A template that somebody writes: as it stands in the form, and from which one it was begun.

    `began` is that one as it was then: None for one that is new, of which `of` names the one it is a copy of. Of a
    learned one `taken` tells what each question was taken from, by id, and `unread` what was not understood.
    """

    template: Template
    began: Template | None = None
    taken: Mapping[str, str] = field(default_factory=dict[str, str])
    unread: tuple[str, ...] = ()
    of: str = ""

    @property
    def touched(self) -> bool:
        """Whether anything was changed."""
        return self.template != self.began


@dataclass(slots=True)
class Strokes:
    """What was done to a template in the form. What is typed in one place at a stretch is one step."""

    now: Template
    _past: list[Template] = field(default_factory=list[Template])
    _future: list[Template] = field(default_factory=list[Template])
    _at: str = ""

    def do(self, template: Template, at: str = "") -> bool:
        """Goes on to `template`; `at` names the place that is typed in. Whether anything is different."""
        if template == self.now:
            return False
        if not at or at != self._at:
            self._past.append(self.now)
        self._at = at
        self.now = template
        self._future.clear()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to go back."""
        return bool(self._past)

    def undo(self) -> bool:
        """Goes back a step, where there is one."""
        if not self._past:
            return False
        self._future.append(self.now)
        self.now, self._at = self._past.pop(), ""
        return True

    def redo(self) -> bool:
        """Does again what was taken back."""
        if not self._future:
            return False
        self._past.append(self.now)
        self.now, self._at = self._future.pop(), ""
        return True


# How it is kept


def written(sketch: Sketch) -> dict[str, Any]:
    """A sketch as JSON holds it, its templates as TOML."""
    return {
        "template": dumps(sketch.template),
        "began": dumps(sketch.began) if sketch.began is not None else "",
        "taken": dict(sketch.taken),
        "unread": list(sketch.unread),
        "of": sketch.of,
    }


def read(data: Mapping[str, Any]) -> Sketch:
    """A sketch from what was kept. Raises KeyError, TypeError or ValueError where that is none."""
    began = _read(data["began"]) if data.get("began") else None
    taken = {str(question): str(source) for question, source in data.get("taken", {}).items()}
    unread = tuple(map(str, data.get("unread", ())))
    return Sketch(_read(data["template"]), began, taken, unread, str(data.get("of", "")))


def _read(text: str) -> Template:
    return parse(tomllib.loads(text))

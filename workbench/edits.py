"""An edit, and its inverse.

Everything an editor can change about a submission stands in a *slot*: a field's answer, a passage in the tray, a
tag, the status. `slots` lays a submission out as such slots, each with a value that JSON can hold; `between` tells
which of them differ. An edit is the list of those changes with the sentence that names it: because each change
keeps what stood there before and after, the edit can be undone, done again, and recognised as overtaken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from workbench.richtext import from_html, to_html
from workbench.submission import (
    Authority,
    FieldValue,
    Note,
    Passage,
    Picture,
    Revision,
    SourceFile,
    Submission,
    Term,
)

Slot = Literal[
    "submission",
    "field",
    "passage",
    "note",
    "picture",
    "file",
    "dismissal",
    "tag",
    "refusal",
    "authority",
    "learned",
    "filter",
    "word",
    "day",
    "asked",
    "revision",
    "hold",
    "removal",
    "outbox",
]
CONTENT: frozenset[Slot] = frozenset(
    {"field", "passage", "note", "picture", "dismissal", "tag", "authority", "day"}
)
"""The slots that an approval vouches for: to change them, the submission must be open for editing."""

Value = Any
"""What a slot holds, as JSON would: a dictionary of columns, one bare value, or None for nothing."""

Key = tuple[Slot, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One slot of one submission before and after. `submission` is "" for what belongs to the whole desk."""

    submission: str
    slot: Slot
    key: str
    before: Value
    after: Value

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.submission, self.slot, self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the journal: the code of its sentence with parameters, and what it changes."""

    code: str
    changes: tuple[Change, ...]
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def submissions(self) -> tuple[str, ...]:
        """The submissions it touches, each once, in order."""
        return tuple(dict.fromkeys(change.submission for change in self.changes if change.submission))


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that take `changes` back, last first."""
    return tuple(change.inverse for change in reversed(tuple(changes)))


def joined(earlier: Iterable[Change], later: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that do at once what `earlier` and then `later` do."""
    made: dict[tuple[str, Slot, str], Change] = {}
    for change in (*earlier, *later):
        place = (change.submission, change.slot, change.key)
        made[place] = replace(made[place], after=change.after) if place in made else change
    return tuple(made.values())


def stale(changes: Iterable[Change], current: Callable[[Change], Value]) -> tuple[Change, ...]:
    """The changes whose slot no longer holds what they start from, so that later work would be lost."""
    return tuple(change for change in changes if current(change) != change.before)


def between(before: Submission, after: Submission) -> tuple[Change, ...]:
    """What changed from one state of a submission to another, slot by slot."""
    old, new = slots(before), slots(after)
    return tuple(
        Change(before.id, slot, key, old.get((slot, key)), new.get((slot, key)))
        for slot, key in dict.fromkeys((*old, *new))
        if old.get((slot, key)) != new.get((slot, key))
    )


def slots(submission: Submission) -> dict[Key, Value]:
    """All slots of a submission with their values. Findings are no slot: they follow from the others."""
    state: dict[Key, Value] = {
        ("submission", "status"): str(submission.status),
        ("submission", "due"): submission.due.isoformat() if submission.due else None,
        ("submission", "base_version"): submission.base_version,
        ("submission", "study"): submission.study,
    }
    days = {"review_on": submission.review_on, "embargo": submission.embargo}
    state |= {("day", name): {"day": day.isoformat()} for name, day in days.items() if day}
    state |= {("field", key): from_field(value) for key, value in submission.fields.items()}
    state |= {("passage", passage.key): from_passage(passage) for passage in submission.unplaced}
    state |= {("note", str(at)): {"position": at, **asdict(note)} for at, note in enumerate(submission.notes)}
    state |= {
        ("picture", p.sha256): _without(asdict(p), "sha256", at) for at, p in enumerate(submission.pictures)
    }
    state |= {("file", file.sha256): _from_file(file, at) for at, file in enumerate(submission.files)}
    state |= {("revision", one.sha256): _from_revision(one) for one in submission.revisions}
    state |= {("dismissal", key): {"reason": reason} for key, reason in submission.dismissed.items()}
    state |= {("tag", f"{term.kind}:{term.slug}"): asdict(term) for term in submission.terms}
    state |= {
        ("authority", a.gss or a.name): {"position": at, **asdict(a)}
        for at, a in enumerate(submission.authorities)
    }
    return state


# The values of slots


def from_field(value: FieldValue) -> dict[str, Value]:
    """A field's answer as a slot holds it."""
    return {
        "html": to_html(value.content),
        "matched_by": value.matched_by,
        "confidence": value.confidence,
        "heading": value.heading,
        "sources": list(value.sources),
    }


def to_field(value: Mapping[str, Value]) -> FieldValue:
    """The answer that `from_field` wrote."""
    return FieldValue(
        from_html(value["html"]),
        value["matched_by"],
        value["confidence"],
        value["heading"],
        tuple(value["sources"]),
    )


def from_passage(passage: Passage) -> dict[str, Value]:
    """A passage of the tray as a slot holds it."""
    return {
        "position": passage.position,
        "html": to_html(passage.content),
        "heading": passage.heading,
        "suggested": passage.suggested,
        "confidence": passage.confidence,
        "sources": list(passage.sources),
    }


def to_passage(key: str, value: Mapping[str, Value]) -> Passage:
    """The passage that `from_passage` wrote."""
    return Passage(
        key,
        from_html(value["html"]),
        value["heading"],
        value["suggested"],
        value["confidence"],
        tuple(value["sources"]),
        value["position"],
    )


def to_note(value: Mapping[str, Value]) -> Note:
    """The note in a slot."""
    return Note(value["kind"], value["text"], value["ref"], value["author"])


def to_picture(key: str, value: Mapping[str, Value]) -> Picture:
    """The picture in a slot."""
    return Picture(sha256=key, **{name: value[name] for name in value if name != "position"})


def to_file(key: str, value: Mapping[str, Value]) -> SourceFile:
    """The source file in a slot."""
    return SourceFile(value["name"], key, datetime.fromisoformat(value["received"]))


def to_term(value: Mapping[str, Value]) -> Term:
    """The tag in a slot."""
    return Term(value["kind"], value["slug"], value["label"])


def to_authority(value: Mapping[str, Value]) -> Authority:
    """The council in a slot."""
    return Authority(value["gss"], value["name"], value["type"], value["nation"], value["region"])


def to_revision(key: str, value: Mapping[str, Value]) -> Revision:
    """What is said of a file that came later."""
    return Revision(key, value["state"], value["of"], value["made"], tuple(value["because"]))


def _from_revision(one: Revision) -> dict[str, Value]:
    return {"state": one.state, "of": one.of, "made": one.made, "because": list(one.because)}


def _from_file(file: SourceFile, position: int) -> dict[str, Value]:
    return {"position": position, "name": file.name, "received": file.received.isoformat()}


def _without(value: dict[str, Value], key: str, position: int) -> dict[str, Value]:
    return {"position": position, **{name: value[name] for name in value if name != key}}

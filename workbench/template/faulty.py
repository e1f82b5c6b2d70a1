"""What is wrong with a template, before it is kept."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.template.model import KINDS, Field, Template, heading_key

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST_ID = 60
"""Word keeps at most 64 characters of the tag by which a form's control is known."""
LONGEST_LABEL = 160
"""Characters beyond which no heading of a document is looked up; such a field is found by its control alone."""
MOST_FIELDS = 500
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_THE_OPEN = ("title", "council", "summary")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, or odd: its sentence stands under `code` in the words of `templates`.

    `field` is the id of the field it is about, "" for the template as a whole. A template with a `grave` fault is
    neither kept nor used.
    """

    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict[str, Any])
    field: str = ""
    grave: bool = True


def faults(template: Template) -> tuple[Fault, ...]:
    """All that is wrong with a template, what is grave first; () where nothing is."""
    found = (*_whole(template), *_each(template), *_claims(template), *_combined(template), *_odd(template))
    return tuple(sorted(found, key=lambda fault: not fault.grave))


def _whole(template: Template) -> Iterator[Fault]:
    if not _ID.fullmatch(template.id) or len(template.id) > LONGEST_ID:
        yield Fault("id-wrong", {"id": template.id, "most": LONGEST_ID})
    if template.version < 1:
        yield Fault("version-wrong", {"version": template.version})
    if not template.label.strip():
        yield Fault("no-label")
    if not template.fields:
        yield Fault("no-fields")
    if len(template.fields) > MOST_FIELDS:
        yield Fault("many-fields", {"n": len(template.fields), "most": MOST_FIELDS})
    texts = (template.label, template.description, *template.banners, *template.combined)
    if any(map(_UNWRITABLE.search, texts)):
        yield Fault("letters", {"label": template.id})


def _each(template: Template) -> Iterator[Fault]:
    times = Counter(field.id for field in template.fields)
    yield from (Fault("field-id-twice", {"id": name}, name) for name, n in times.items() if n > 1)
    for field in template.fields:
        yield from _field(field)


def _field(field: Field) -> Iterator[Fault]:
    said = {"id": field.id, "label": field.label or field.id}
    if not _FIELD_ID.fullmatch(field.id) or len(field.id) > LONGEST_ID:
        yield Fault("field-id-wrong", {**said, "most": LONGEST_ID}, field.id)
    if not heading_key(field.label):
        yield Fault("field-label-missing", said, field.id)
    if len(field.label) > LONGEST_LABEL:
        yield Fault("field-label-long", {**said, "most": LONGEST_LABEL}, field.id, grave=False)
    if field.kind not in KINDS:
        yield Fault("kind-unknown", {**said, "kind": field.kind}, field.id)
    limits = [limit for limit in (field.min_words, field.max_words) if limit is not None]
    if any(limit < 1 for limit in limits):
        yield Fault("limit-wrong", said, field.id)
    if field.min_words and field.max_words and field.min_words > field.max_words:
        yield Fault("limits-crossed", {**said, "min": field.min_words, "max": field.max_words}, field.id)
    if any(map(_UNWRITABLE.search, (field.label, field.guidance, *field.synonyms))):
        yield Fault("letters", said, field.id)
    if field.personal and field.id in _IN_THE_OPEN:
        yield Fault("personal-in-the-open", said, field.id)


def _claims(template: Template) -> Iterator[Fault]:
    """Headings that two fields claim: the first of them gets what stands below."""
    owners: dict[str, str] = {}
    for field in template.fields:
        key = heading_key(field.label)
        if owners.setdefault(key, field.id) != field.id:
            yield _claimed(field, field.label, template.by_id[owners[key]])
    for field in template.fields:
        for heading in (field.id.replace("_", " "), *field.synonyms):
            key = heading_key(heading)
            if key and owners.setdefault(key, field.id) != field.id:
                yield _claimed(field, heading, template.by_id[owners[key]])


def _claimed(field: Field, heading: str, owner: Field) -> Fault:
    said = {"heading": heading, "id": field.id, "label": field.label, "other": owner.label, "owner": owner.id}
    return Fault("heading-claimed", said, field.id, grave=False)


def _combined(template: Template) -> Iterator[Fault]:
    own = {heading_key(field.label): field for field in template.fields}
    for heading, names in template.combined.items():
        key = heading_key(heading)
        unknown = [name for name in names if name not in template.by_id]
        if not key or len(set(names)) < 2:
            yield Fault("combined-few", {"heading": heading})
        elif unknown:
            yield Fault("combined-unknown", {"heading": heading, "id": unknown[0]})
        elif key in own:
            yield Fault("combined-claimed", {"heading": heading, "label": own[key].label}, grave=False)


def _odd(template: Template) -> Iterator[Fault]:
    """What a template can do without, but the desk then does less."""
    if "title" not in template.by_id:
        yield Fault("no-title", grave=False)
    if "summary" not in template.by_id:
        yield Fault("no-summary", grave=False)
    if not any(field.kind == "council" for field in template.fields):
        yield Fault("no-council", grave=False)
    for field in template.fields:
        if field.kind == "contact" and not field.personal:
            yield Fault("contact-not-personal", {"id": field.id, "label": field.label}, field.id, grave=False)

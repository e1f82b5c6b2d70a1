"""From the bytes of a Word file to a submission, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.desk.themes import proposing
from workbench.submission import Note, Status, Submission
from workbench.template import Field, Template, version_of

if TYPE_CHECKING:
    from workbench.intake import Placed
    from workbench.word import WordDocument
    from workbench.word.converting import Converted


@dataclass(frozen=True)
class Made:
    """A file that was read: what it says, and what of it answers which field of the template."""

    document: WordDocument
    placed: Placed
    template: Template
    converted: Converted | None = None
    """The Word file that was made of it, where it was none."""


def make(
    data: bytes,
    name: str,
    templates: Mapping[str, Template],
    learned: Mapping[tuple[str, str], str] | None = None,
) -> Made:
    """Reads and places a Word file, and its text a second time, so that what is lost is noted.

    What is no Word file is made one first, where it can be. Raises Refused with the reason, in the name `name`.
    """
    from workbench import intake, word

    if converted := word.convert(data, name):
        data = converted.data
    document, texts = word.read_twice(data, name)
    placed = intake.place(document, templates, learned, texts)
    if converted:
        placed = replace(placed, notes=(*placed.notes, converted.note))
    return Made(document, placed, _template(placed, templates), converted)


def placed(
    document: WordDocument, templates: Mapping[str, Template], learned: Mapping[tuple[str, str], str]
) -> Made:
    """A document that was read, placed."""
    from workbench import intake

    found = intake.place(document, templates, learned)
    return Made(document, found, _template(found, templates))


def _template(found: Placed, templates: Mapping[str, Template]) -> Template:
    """What a document was placed by, in the version it was sent out under."""
    from workbench.intake.placing import DEFAULT

    name = found.template or DEFAULT
    return version_of(templates, name, found.version) or templates[name]


def draft(made: Made) -> Submission:
    """The submission that a file would become: without an id, and its councils named where they are certain."""
    placed, template = made.placed, made.template
    councils = [placed.fields[each.id] for each in template.fields if _names_councils(each, placed)]
    return Submission(
        id="",
        study="",
        template=template.id,
        template_version=template.version,
        status=Status.RECEIVED,
        fields=placed.fields,
        unplaced=tuple(replace(passage, position=at) for at, passage in enumerate(placed.unplaced)),
        notes=(*placed.notes, *_told_by_the_file(made.document)),
        pictures=tuple({picture.sha256: picture for picture in placed.pictures}.values()),
        authorities=tuple(
            dict.fromkeys(found for said in councils for found in proposing.certain_councils(said.text))
        ),
    )


def _names_councils(field: Field, placed: Placed) -> bool:
    return field.kind == "council" and field.id in placed.fields


def _told_by_the_file(document: WordDocument) -> Iterator[Note]:
    """What a file gives away besides its words: tracked changes by their authors, names in its properties."""
    for author, n in document.tracked.items():
        yield Note("revisions", f"{n} tracked changes", author=author)
    properties = document.properties
    names = (
        ("author", properties.author),
        ("company", properties.company),
        ("manager", properties.manager),
        ("last modified by", properties.last_modified_by),
    )
    if told := [f"{what}: {name}" for what, name in names if name]:
        yield Note("properties", "\n".join(told))

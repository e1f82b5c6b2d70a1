"""From an approved submission to the publication that readers will see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from secrets import token_hex
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench import richtext
from workbench.desk import changing, standing
from workbench.desk.editing.pictures import Prepared, Unshowable, prepare
from workbench.desk.themes import glossary
from workbench.errors import Refused
from workbench.publication import APART, Publication, PublishedField, PublishedImage, sealed
from workbench.richtext import Image, Inline, Text
from workbench.submission import Picture, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk
    from workbench.template import Field, Template

_LONGEST_SLUG = 80


@dataclass(frozen=True)
class Minted:
    """A publication with the bytes of its pictures; `left_out` names pictures that no browser could show."""

    publication: Publication
    pictures: tuple[Prepared, ...] = ()
    left_out: tuple[str, ...] = ()


def mint_all(desk: Desk, connection: Connection, submissions: Iterable[Submission]) -> list[Minted]:
    """The publications of submissions that are queued together, so that no two studies take the same slug."""
    minted: list[Minted] = []
    for submission in submissions:
        minted.append(mint(desk, connection, submission, [each.publication for each in minted]))
    return minted


def mint(
    desk: Desk, connection: Connection, submission: Submission, earlier: Sequence[Publication] = ()
) -> Minted:
    """The publication of a submission as it stands, with a UUID of its own. Keeps nothing.

    Personal fields stand apart under the study's salt, fields that are not for the public and empty ones are left
    out. The slug is the study's own once it has one. `earlier` are those that are queued together with it.
    """
    bare = preview(desk, submission)
    prepared = {image.sha256: _prepared(connection, image.sha256) for image in bare.images}
    publication = replace(
        bare,
        uuid=str(uuid4()),
        slug=_slug(connection, submission, {one.slug for one in earlier if one.study != submission.study}),
        fields=tuple(_with_pictures(field, prepared) for field in bare.fields),
        personal=tuple(_with_pictures(field, prepared) for field in bare.personal),
        images=tuple(_as_prepared(bare.images, prepared)),
        revives=_is_withdrawn(connection, submission.study),
    )
    left_out = tuple(
        picture.name for picture in submission.pictures if prepared.get(picture.sha256, picture) is None
    )
    salted = sealed(publication, _salt(connection, submission.study, earlier))
    return Minted(salted, tuple(filter(None, prepared.values())), left_out)


def preview(desk: Desk, submission: Submission) -> Publication:
    """The publication with the pictures as they came and without an identity: what readers would see."""
    template = _template(desk, submission)
    told = tuple(_told(template, submission))
    return Publication(
        uuid="",
        study=submission.study,
        base_version=submission.base_version,
        slug="",
        title=submission.title or _instead(template, submission),
        summary=" ".join(submission.value("summary").text.split()),
        template=submission.template,
        template_version=submission.template_version,
        fields=tuple(shown for field, shown in told if not field.personal),
        personal=tuple(shown for field, shown in told if field.personal),
        authorities=submission.authorities,
        terms=glossary.published(desk, submission.terms),
        images=tuple(map(_as_it_came, _used(submission, told))),
        review_by=review_day(desk, submission),
    )


def _instead(template: Template, submission: Submission) -> str:
    """What a study is called whose template asks for no title: the template's label and the councils."""
    named = standing.council(submission, template)
    return "" if "title" in template.by_id else ": ".join(filter(None, (template.label, named)))


def _template(desk: Desk, submission: Submission) -> Template:
    """What the submission was written in. Raises Refused("template-unknown")."""
    template = desk.template_of(submission)
    if template is None:
        raise Refused("template-unknown", title=changing.named(submission), template=submission.template)
    return template


def _told(template: Template, submission: Submission) -> Iterator[tuple[Field, PublishedField]]:
    apart = APART if submission.authorities else APART - {"council"}
    for field in template.fields:
        content = submission.value(field.id).content
        if field.public and field.id not in apart and content:
            yield field, PublishedField(field.id, field.label, richtext.to_html(content))


def _used(submission: Submission, told: tuple[tuple[Field, PublishedField], ...]) -> tuple[Picture, ...]:
    used = {image.asset for _, field in told for image in richtext.images(richtext.from_html(field.html))}
    return tuple(picture for picture in submission.pictures if picture.sha256 in used)


def _as_it_came(picture: Picture) -> PublishedImage:
    size = (picture.width, picture.height)
    return PublishedImage(picture.sha256, picture.alt, picture.credit, picture.media_type, *size)


def review_day(desk: Desk, submission: Submission) -> date | None:
    """The day on which the study is looked at again: the one that was said, else the usual; None where neither is."""
    return submission.review_on or usual_review(desk)


def usual_review(desk: Desk) -> date | None:
    """The day on which what is published today is looked at again; None where the house leaves that to the editor."""
    years = desk.settings.review_years
    return _years_on(desk.today, years) if years else None


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _prepared(connection: Connection, sha256: str) -> Prepared | None:
    from workbench.store import blobs

    data = blobs.get(connection, sha256)
    try:
        return prepare(data) if data else None
    except Unshowable:
        return None


def _with_pictures(field: PublishedField, prepared: Mapping[str, Prepared | None]) -> PublishedField:
    """The field with its pictures as prepared, and without those that could not be."""

    def swap(part: Inline) -> Inline:
        if not isinstance(part, Image):
            return part
        ready = prepared.get(part.asset)
        return replace(part, asset=ready.sha256) if ready else Text("")

    if "<img" not in field.html:
        return field
    return replace(field, html=richtext.to_html(richtext.map_inline(richtext.from_html(field.html), swap)))


def _as_prepared(
    images: Iterable[PublishedImage], prepared: Mapping[str, Prepared | None]
) -> Iterator[PublishedImage]:
    for image in images:
        if ready := prepared[image.sha256]:
            size = {"width": ready.width, "height": ready.height}
            yield replace(image, sha256=ready.sha256, media_type=ready.media_type, **size)


def _is_withdrawn(connection: Connection, study: str) -> bool:
    from workbench.store import mirror

    live = mirror.get(connection, study)
    return live is not None and live.withdrawn


def _salt(connection: Connection, study: str, earlier: Sequence[Publication]) -> str:
    """The study's own salt, as published or as queued before it ever was; else a new one, as after a redaction."""
    from workbench.store import mirror, outbox

    live = mirror.get(connection, study)
    if live is not None and live.publication.salt:
        return live.publication.salt
    beside = next((one.salt for one in earlier if one.study == study), "")
    queued = outbox.earlier_salt(connection, study) if live is None else ""
    return beside or queued or token_hex(16)


def _slug(connection: Connection, submission: Submission, taken: Collection[str]) -> str:
    """The study's own slug, else one made of its title; with a piece of its UUID where another study has that."""
    from workbench.store import mirror, outbox

    study = submission.study
    live = mirror.get(connection, study)
    if live is not None:
        return live.publication.slug
    slug = outbox.earlier_slug(connection, study) or slugify(submission.title)
    owners = {mirror.slug_owner(connection, slug), outbox.slug_owner(connection, slug)} - {None, study}
    return f"{slugify(submission.title)}-{study[:8]}" if owners or slug in taken else slug


def slugify(title: str) -> str:
    """A title as a piece of an address: lower case, without accents, words joined by hyphens, never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").lower())
    return "-".join(words)[:_LONGEST_SLUG].strip("-") or "study"

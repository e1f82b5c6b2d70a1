"""A study as three sides have it: what work began from, the desk's own, and what is live. Pure.

All that readers see of a study is laid out in places: its fields, its councils and themes, the day to look at it
again, and what is said of each picture. `met` lays the three publications beside each other, place by place; `put` is
the submission with what was chosen for one place. A place that nothing was chosen for keeps all that the desk did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from workbench import merge, richtext, words
from workbench.merge import Meeting, meet
from workbench.publication import APART, Publication, PublishedField, PublishedImage
from workbench.richtext import Image, Inline, Paragraph, RichText, Text
from workbench.submission import Picture, Submission

Kind = Literal["line", "text", "councils", "themes", "day", "picture"]
WRITTEN: tuple[Kind, ...] = ("line", "text")
"""The kinds of place for which an editor can write words of their own."""

Said = tuple[str | None, str]
"""What is said of a picture: its description, None where nobody gave one, and its credit."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place as the three sides have it. `forgotten` where it is personal and was redacted in what is live."""

    name: str
    label: str
    kind: Kind
    meeting: Meeting[Any]
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """What work began from. `whole` where its personal fields are known; None as `publication` where nothing is."""

    publication: Publication | None
    whole: bool = True


def nothing(study: str) -> Publication:
    """What work on a new study begins from."""
    return Publication("", study, 0, "", "", "", "", 0, ())


def met(started: Started, mine: Publication, theirs: Publication, *, forgotten: bool) -> tuple[Spot, ...]:
    """Every place that one of the sides has, in the order readers meet them.

    `forgotten` says that what is personal in `theirs` was redacted. Then, and where the beginning does not tell what
    was personal in it, such a place is never settled by itself, so that nobody is brought back unasked.
    """
    base = started.publication
    personal_base = base if started.whole and not forgotten else None
    three, apart = (base, mine, theirs), (personal_base, mine, theirs)
    return (
        _spot("title", "line", [side and line(side.title) for side in three]),
        *_councils(three),
        _spot("summary", "line", [side and line(side.summary) for side in three], merge.contents),
        *_texts([side and side.fields for side in three], by_name=_by_name(three)),
        *_texts([side and side.personal for side in apart], forgotten=forgotten),
        _spot("themes", "themes", [side and side.terms for side in three], merge.members),
        _spot("review_by", "day", [side and _day(side.review_by) for side in three]),
        *_pictures(three),
    )


def put(submission: Submission, spot: Spot, value: Any) -> Submission:
    """The submission with `value` in that place; as it is where it reads so already."""
    if value == spot.meeting.mine:
        return submission
    match spot.kind:
        case "line" | "text":
            old = submission.value(spot.name)
            new = replace(old, content=richtext.canonical(value), matched_by="editor", confidence=1.0)
            return replace(submission, fields={**submission.fields, spot.name: new})
        case "councils":
            return replace(submission, authorities=value)
        case "themes":
            return replace(submission, terms=value)
        case "day":
            return replace(submission, review_on=date.fromisoformat(value) if value else None)
        case "picture":
            return _described(submission, spot.name.removeprefix(PICTURE), value)


def told(value: Any, kind: Kind) -> str:
    """What stands in a place, as plain words."""
    match kind:
        case "line" | "text":
            return richtext.plain(value)
        case "councils":
            return ", ".join(council.name for council in value)
        case "themes":
            return ", ".join(term.label for term in value)
        case "day":
            return words.day(date.fromisoformat(value)) if value else ""
        case "picture":
            alt, credit = value
            described = words.say("journal", "picture-undescribed") if alt is None else alt
            return " · ".join(filter(None, (described or words.say("journal", "picture-decorative"), credit)))


# Each side, laid out


PICTURE = "picture:"
"""How the name of a place begins that tells of a picture; its SHA-256 follows."""

_Fields = tuple[PublishedField, ...] | None


def _spot(
    name: str, kind: Kind, three: Sequence[Any], join: Any = None, label: str = "", *, forgotten: bool = False
) -> Spot:
    base, mine, theirs = three
    said = label or words.say("journal", f"place-{name}")
    return Spot(name, said, kind, meet(base, mine, theirs, join), forgotten)


def line(text: str) -> RichText:
    """A text on one line, as a title is."""
    told = " ".join(text.split())
    return (Paragraph((Text(told),)),) if told else ()


def _day(when: date | None) -> str:
    return when.isoformat() if when else ""


def _by_name(three: Iterable[Publication | None]) -> bool:
    """Whether a side has recognised the councils, so that their names and not their field count."""
    return any(side.authorities for side in three if side)


def _councils(three: tuple[Publication | None, ...]) -> Iterator[Spot]:
    if _by_name(three):
        yield _spot("council", "councils", [side and side.authorities for side in three], merge.members)


def _texts(three: list[_Fields], *, by_name: bool = False, forgotten: bool = False) -> Iterator[Spot]:
    known, mine, theirs = three
    apart = APART if by_name else APART - {"council"}
    labels = {field.id: field.label for fields in (known, theirs, mine) for field in fields or ()}
    for name in dict.fromkeys(field.id for fields in (mine, theirs, known) for field in fields or ()):
        if name not in apart:
            sides = [None if fields is None else _content(fields, name) for fields in three]
            yield _spot(name, "text", sides, merge.contents, labels[name], forgotten=forgotten)


def _content(fields: Iterable[PublishedField], name: str) -> RichText:
    """What stands in a field; what its pictures show is told in places of their own."""
    html = next((field.html for field in fields if field.id == name), "")
    return richtext.map_inline(richtext.from_html(html), _undescribed)


def _undescribed(part: Inline) -> Inline:
    return replace(part, alt=None) if isinstance(part, Image) else part


def _pictures(three: tuple[Publication | None, Publication, Publication]) -> Iterator[Spot]:
    """What is said of the pictures that both sides have."""
    base, mine, theirs = (_said(side.images if side else ()) for side in three)
    for sha256 in mine:
        if sha256 in theirs:
            label = words.say("journal", "place-picture", n=list(mine).index(sha256) + 1)
            sides = [base.get(sha256), mine[sha256], theirs[sha256]]
            yield _spot(PICTURE + sha256, "picture", sides, label=label)


def _said(images: Iterable[PublishedImage]) -> Mapping[str, Said]:
    return {image.sha256: (image.alt, image.credit) for image in images}


# Pictures


def renamed(publication: Publication, names: Mapping[str, str]) -> Publication:
    """The publication with its pictures under other names, as `names` has them by the SHA-256 they have there."""

    def rename(part: Inline) -> Inline:
        return replace(part, asset=names.get(part.asset, part.asset)) if isinstance(part, Image) else part

    def field(one: PublishedField) -> PublishedField:
        return replace(one, html=richtext.to_html(richtext.map_inline(richtext.from_html(one.html), rename)))

    images = tuple(replace(one, sha256=names.get(one.sha256, one.sha256)) for one in publication.images)
    return replace(
        publication,
        fields=tuple(map(field, publication.fields)),
        personal=tuple(map(field, publication.personal)),
        images=images,
    )


def with_pictures(submission: Submission, theirs: Iterable[PublishedImage]) -> Submission:
    """The submission with those of the live pictures that its answers show and it has not, all of them described."""
    shown = {part.asset for value in submission.fields.values() for part in richtext.images(value.content)}
    own = {picture.sha256 for picture in submission.pictures}
    come = tuple(as_arrived(image) for image in theirs if image.sha256 in shown - own)
    described = {picture.sha256: picture.alt for picture in (*submission.pictures, *come)}

    def describe(part: Inline) -> Inline:
        return replace(part, alt=described.get(part.asset)) if isinstance(part, Image) else part

    fields = {
        name: replace(value, content=richtext.map_inline(value.content, describe))
        for name, value in submission.fields.items()
    }
    return replace(submission, pictures=(*submission.pictures, *come), fields=fields)


def as_arrived(image: PublishedImage) -> Picture:
    """A published picture as a submission has it."""
    kind = image.media_type.rpartition("/")[2]
    name = f"{image.sha256[:8]}.{kind}"
    return Picture(
        name, image.alt, image.sha256, image.media_type, image.width, image.height, 0, image.credit
    )


def _described(submission: Submission, sha256: str, said: Said) -> Submission:
    alt, credit = said
    pictures = tuple(
        replace(picture, alt=alt, credit=credit) if picture.sha256 == sha256 else picture
        for picture in submission.pictures
    )
    return replace(submission, pictures=pictures)

"""A study as it was first sent, as it was edited here, and as it was sent again: what comes of the three. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workbench import merge, richtext, words
from workbench.desk.catalogue import sides
from workbench.desk.catalogue.sides import Spot
from workbench.merge import Meeting, meet
from workbench.richtext import RichText
from workbench.submission import Authority, FieldValue, Note, Passage, Picture, Revision, Submission
from workbench.template import Template

Councils = Callable[[str], tuple[Authority, ...]]
"""The councils that a council field certainly names."""


@dataclass(frozen=True)
class Three:
    """The three states. `base` is None where what the newer version began from is not at hand."""

    base: Submission | None
    mine: Submission
    theirs: Submission


def met(three: Three, template: Template | None) -> tuple[Spot, ...]:
    """Every field that one of the three has, in the order of the template, then its themes where the newer version
    was worked on."""
    known = [field.id for field in template.fields] if template else []
    sides_ = [side.fields for side in (three.mine, three.theirs, three.base) if side]
    names = dict.fromkeys((*known, *(name for fields in sides_ for name in fields)))
    found = [_field(three, name, template) for name in names if any(name in fields for fields in sides_)]
    if three.theirs.terms:
        terms = meet((), three.mine.terms, three.theirs.terms, merge.members)
        found.append(Spot("themes", words.say("journal", "place-themes"), "themes", terms))
    return tuple(found)


def _field(three: Three, name: str, template: Template | None) -> Spot:
    base = three.base.value(name).content if three.base else None
    mine, theirs = three.mine.value(name).content, three.theirs.value(name).content
    label = template.by_id[name].label if template and name in template.by_id else name
    return Spot(name, label, "text", _meeting(base, mine, theirs))


def _meeting(base: RichText | None, mine: RichText, theirs: RichText) -> Meeting[RichText]:
    """What comes of one field. Nothing is emptied by itself: the heading may only have lost its look on the way."""
    if base is None:
        return meet(None, mine, merge.redressed(mine, theirs))
    theirs = merge.redressed(base, theirs)
    if mine and not theirs and base:
        return Meeting(base, mine, theirs, None)
    return meet(base, mine, theirs, merge.contents)


# What the study becomes


def taken(
    three: Three, spots: Iterable[Spot], values: Mapping[str, object], councils: Councils
) -> Submission:
    """The study with what was chosen for each place, and all else that the newer version brings.

    From then on its places are those of the newer version's file.
    """
    after = three.mine
    for spot in spots:
        after = sides.put(after, spot, values[spot.name])
    after = replace(
        after,
        fields=dict(_told_there(after.fields, three.theirs)),
        notes=notes(three),
        unplaced=(*_known_there(three), *come(three, after)),
        authorities=_councils(three, after, councils),
        dismissed={**three.theirs.dismissed, **three.mine.dismissed},
    )
    return _with_pictures(after, three.theirs.pictures)


def _told_there(fields: Mapping[str, FieldValue], theirs: Submission) -> Iterator[tuple[str, FieldValue]]:
    for name, value in fields.items():
        there = theirs.value(name)
        yield name, replace(value, sources=there.sources, heading=there.heading or value.heading)


def notes(three: Three) -> tuple[Note, ...]:
    """What the newer version's file tells besides, and what was told before and stands nowhere in it."""
    there = {(note.kind, note.text, note.author) for note in three.theirs.notes}
    before = (
        replace(note, ref="")
        for note in three.mine.notes
        if (note.kind, note.text, note.author) not in there and note.kind not in _OF_A_FILE
    )
    return (*three.theirs.notes, *before)


_OF_A_FILE = frozenset({"properties", "revisions", "label", "guidance", "header", "footer", "second-study"})
"""Notes that speak of one file alone."""


def _known_there(three: Three) -> Iterator[Passage]:
    """The passages of the tray, with their places in the newer version's file where they stand there too."""
    there = {_said(passage): passage for passage in three.theirs.unplaced}
    for passage in three.mine.unplaced:
        same = there.get(_said(passage))
        yield replace(passage, sources=same.sources if same else ())


def come(three: Three, after: Submission) -> tuple[Passage, ...]:
    """The passages that the newer version brings, and that belong nowhere yet."""
    known = {
        _said(passage) for passage in (*three.mine.unplaced, *(three.base.unplaced if three.base else ()))
    }
    answers = squeezed(" ".join(value.text for value in after.fields.values()))
    keys = {passage.key for passage in three.mine.unplaced}
    first = max((passage.position for passage in three.mine.unplaced), default=-1) + 1
    new = [
        passage
        for passage in three.theirs.unplaced
        if _said(passage) not in known and squeezed(richtext.plain(passage.content)) not in answers
    ]
    return tuple(
        replace(passage, key=_free(passage.key, keys), position=first + at) for at, passage in enumerate(new)
    )


def _free(key: str, taken_: set[str]) -> str:
    while key in taken_:
        key = f"{key}+"
    taken_.add(key)
    return key


def _said(passage: Passage) -> str:
    return squeezed(passage.text)


def squeezed(text: str) -> str:
    """Words as they are compared: in small letters, one space between them."""
    return " ".join(text.split()).casefold()


def _councils(three: Three, after: Submission, councils: Councils) -> tuple[Authority, ...]:
    """The councils: those the field names now, where nobody had named others by hand."""
    before, now = three.mine.value("council").text, after.value("council").text
    own = three.mine.authorities
    if now != before and own in ((), councils(before)):
        return councils(now) or own
    return own or three.theirs.authorities


def _with_pictures(after: Submission, theirs: Iterable[Picture]) -> Submission:
    """With the newer version's pictures that the answers or the tray show."""
    shown = {part.asset for value in after.fields.values() for part in richtext.images(value.content)}
    shown |= {part.asset for passage in after.unplaced for part in richtext.images(passage.content)}
    own = {picture.sha256 for picture in after.pictures}
    new = tuple(picture for picture in theirs if picture.sha256 in shown - own)
    return replace(after, pictures=(*after.pictures, *new))


def merged(revisions: Iterable[Revision], sha256: str) -> tuple[Revision, ...]:
    """What is known of the files once that one was merged."""
    return tuple(
        replace(one, state="merged")
        if one.sha256 == sha256
        else replace(one, state="earlier")
        if one.state == "merged"
        else one
        for one in revisions
    )

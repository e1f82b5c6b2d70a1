"""What differs between two publications, as a reader would notice it."""

from __future__ import annotations

from collections.abc import Iterator

from workbench import richtext, words
from workbench.desk.rows import FieldDifference
from workbench.publication import APART, Publication


def differences(live: Publication, mine: Publication) -> tuple[FieldDifference, ...]:
    """Every place in which `mine` differs from what is live, in the order readers meet them, as plain text.

    A place whose words are the same but not their marks, links or pictures is shown as its HTML.
    """
    theirs, ours = _places(live), _places(mine)
    return tuple(
        _difference(place, theirs.get(place, ("", "")), ours.get(place, ("", "")))
        for place in dict.fromkeys((*ours, *theirs))
        if theirs.get(place, ("", ""))[1] != ours.get(place, ("", ""))[1]
    )


def _difference(place: tuple[str, str], theirs: tuple[str, str], ours: tuple[str, str]) -> FieldDifference:
    field, label = place
    told = 0 if theirs[0] != ours[0] else 1
    return FieldDifference(field, label, theirs[told], ours[told])


def _places(publication: Publication) -> dict[tuple[str, str], tuple[str, str]]:
    """By id and label of each place, its plain words and its full content."""
    return {(field, label): content for field, label, content in _all_places(publication)}


def _all_places(publication: Publication) -> Iterator[tuple[str, str, tuple[str, str]]]:
    yield _line("title", publication.title)
    yield _line("council", publication.councils)
    yield _line("summary", publication.summary)
    for field in (*publication.fields, *publication.personal):
        if field.id in APART:
            continue
        yield field.id, field.label, (richtext.plain(richtext.from_html(field.html)), field.html)
    yield _line("themes", ", ".join(term.label for term in publication.terms))
    yield _line(
        "pictures", "\n".join(f"{image.alt or ''} {image.credit}".strip() for image in publication.images)
    )
    yield _line("review_by", publication.review_by.isoformat() if publication.review_by else "")


def _line(name: str, text: str) -> tuple[str, str, tuple[str, str]]:
    return name, words.say("journal", f"place-{name}"), (text, text)

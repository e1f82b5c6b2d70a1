"""A study as lists know it: light, and free of anything that could do harm.

Studies arrive as a stream and leave as pages; only their entries stay until the lists are written.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.exporters import safe
from workbench.exporters.website.pictures import Shown
from workbench.publication import APART, Publication, Study
from workbench.submission import TERM_KINDS, Authority

_TEASER_WORDS = 45
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

FOLDERS: Mapping[str, str] = {
    "topic": "topics",
    "support_type": "support-types",
    "collection": "collections",
    "programme": "programmes",
    "council": "councils",
}
"""The kinds of lists, and the folder that each one's pages stand in."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme or council as a link: its kind (a key of `FOLDERS`), the name of its page, its label."""

    kind: str
    slug: str
    label: str
    region: str = ""

    @property
    def path(self) -> str:
        """Where its page stands."""
        return f"{FOLDERS[self.kind]}/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows of a study. `mark` differs whenever anything of the study or its pictures does."""

    name: str
    study: str
    mark: str
    title: str
    teaser: str
    byline: str
    tags: tuple[Tag, ...]
    published: datetime
    updated: datetime
    withdrawn: bool
    picture: Shown | None = None

    @property
    def path(self) -> str:
        """Where the study's page stands: for ever, whatever becomes of its title."""
        return f"studies/{self.name}.html"

    def of(self, *kinds: str) -> tuple[Tag, ...]:
        """Its tags of these kinds."""
        return tuple(tag for tag in self.tags if tag.kind in kinds)


@dataclass(frozen=True, slots=True)
class Counted:
    """A theme or council and its number of studies."""

    tag: Tag
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A theme or council with its studies, newest first."""

    tag: Tag
    entries: tuple[Entry, ...]

    @property
    def counted(self) -> Counted:
        return Counted(self.tag, len(self.entries))


def entry(study: Study, mark: str, pictures: tuple[Shown, ...] = ()) -> Entry:
    """The entry of a study; its picture is the first of `pictures`."""
    publication = study.publication
    return Entry(
        name=short_name(publication.study),
        study=safe.line(publication.study),
        mark=mark,
        title=safe.line(publication.title) or "Untitled case study",
        teaser=_teaser(publication),
        byline=safe.line(publication.councils),
        tags=_tags(publication),
        published=_utc(study.first_published_at),
        updated=_utc(study.published_at),
        withdrawn=study.withdrawn,
        picture=pictures[0] if pictures else None,
    )


def short_name(study: str) -> str:
    """The name of a study's page: twelve hexadecimal digits that depend on its UUID alone."""
    return hashlib.sha256(study.encode("utf-8", "replace")).hexdigest()[:12]


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By first publication, then by name so that the order is the same in every export."""
    return tuple(sorted(entries, key=lambda entry: (-entry.published.timestamp(), entry.name)))


def groups(entries: Iterable[Entry]) -> dict[str, tuple[Group, ...]]:
    """The studies under each theme and council, by kind; the groups of a kind by label.

    A label that changed over time is the one of the study updated last.
    """
    members: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    labels: dict[tuple[str, str], tuple[datetime, str, Tag]] = {}
    for one in entries:
        for tag in one.tags:
            place = (tag.kind, tag.slug)
            members[place].append(one)
            labels[place] = max(
                labels.get(place, (one.updated, one.name, tag)), (one.updated, one.name, tag), key=_age
            )
    found = [Group(labels[place][2], tuple(members[place])) for place in members]
    found.sort(key=lambda group: (group.tag.label.casefold(), group.tag.slug))
    return {kind: tuple(group for group in found if group.tag.kind == kind) for kind in FOLDERS}


def _age(label: tuple[datetime, str, Tag]) -> tuple[datetime, str]:
    return label[:2]


def in_words(day: datetime) -> str:
    """A day as readers see it: `21 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def council_tag(authority: Authority) -> Tag:
    """The link to a council's page, named by its GSS code so that it outlives a change of name."""
    name = safe.line(authority.name)
    return Tag(
        "council",
        page_name((authority.gss or "").lower() or _slugified(name)),
        name,
        safe.line(authority.region),
    )


def page_name(slug: str) -> str:
    """`slug` where it is one, else a name made from it that is safe in an address and in a folder."""
    return slug if _SLUG.fullmatch(slug) and len(slug) <= 100 else f"x-{short_name(slug)}"


def _slugified(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def _tags(publication: Publication) -> tuple[Tag, ...]:
    known = (term for term in publication.terms if term.kind in TERM_KINDS)
    terms = [Tag(term.kind, page_name(term.slug), safe.line(term.label)) for term in known]
    terms.sort(key=lambda tag: TERM_KINDS.index(tag.kind))
    return tuple(dict.fromkeys((*terms, *map(council_tag, publication.authorities))))


def _teaser(publication: Publication) -> str:
    if words := safe.line(publication.summary):
        return words
    bodies = (safe.line(safe.plain(field.html)) for field in publication.fields if field.id not in APART)
    first = next(filter(None, bodies), "").split()
    return " ".join(first[:_TEASER_WORDS]) + (" …" if len(first) > _TEASER_WORDS else "")


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

"""A study as lists know it: light, and free of anything that could do harm.

Studies arrive as a stream and leave as pages; only their entries stay until the lists are written.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from workbench.exporters import safe
from workbench.exporters.website.pictures import Shown
from workbench.exporters.website.site import Extras, Heading
from workbench.publication import APART, Publication, Study
from workbench.submission import TERM_KINDS, Authority, Term

_TEASER_WORDS = 45
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""What Windows takes for a device, whatever its ending."""

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
    "region": "regions",
    "year": "years",
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
    """What a list shows of a study. `mark` differs whenever anything of the study or its pictures does.

    `tags` are its own themes and councils, `lists` the further ones that hold it: broader themes, regions, its year.
    """

    name: str
    study: str
    mark: str
    title: str
    teaser: str
    byline: str
    tags: tuple[Tag, ...]
    lists: tuple[Tag, ...]
    published: datetime
    updated: datetime
    withdrawn: bool
    picture: Shown | None = None

    @property
    def path(self) -> str:
        """Where the study's page stands: for ever, whatever becomes of its title."""
        return study_path(self.name)

    def of(self, *kinds: str) -> tuple[Tag, ...]:
        """Its tags of these kinds."""
        return tuple(tag for tag in self.tags if tag.kind in kinds)


@dataclass(frozen=True, slots=True)
class Group:
    """A theme, council, region or year with its studies, newest first, and what the vocabulary says of it."""

    tag: Tag
    entries: tuple[Entry, ...]
    heading: Heading

    @property
    def counted(self) -> Counted:
        return Counted(self.tag, len(self.entries), self.heading)


@dataclass(frozen=True, slots=True)
class Counted:
    """A theme, council, region or year and its number of studies."""

    tag: Tag
    count: int
    heading: Heading


def entry(study: Study, name: str, pictures: tuple[Shown, ...], extras: Extras) -> Entry:
    """The entry of a study whose page is called `name`; its picture is the first of `pictures`."""
    publication, published = study.publication, _utc(study.first_published_at)
    tags = _tags(study, extras)
    lists = _lists(tags, published, extras)
    return Entry(
        name=name,
        study=safe.line(publication.study),
        mark=_mark(study, name, (*tags, *lists), pictures),
        title=safe.line(publication.title) or "Untitled case study",
        teaser=teaser(publication),
        byline=safe.line(publication.councils),
        tags=tags,
        lists=lists,
        published=published,
        updated=_utc(study.published_at),
        withdrawn=study.withdrawn,
        picture=pictures[0] if pictures else None,
    )


def _mark(study: Study, name: str, tags: Iterable[Tag], pictures: Iterable[Shown]) -> str:
    """A hash of all that a study's page and its entries are made from."""
    labels = [(tag.path, tag.label) for tag in tags]
    stand = [(picture.path, picture.narrower) for picture in pictures]
    whole = repr((name, study, labels, stand)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def study_path(name: str) -> str:
    """Where the page of that name stands."""
    return f"studies/{name}.html"


def short_name(study: str) -> str:
    """Twelve hexadecimal digits that depend on a study's UUID alone."""
    return hashlib.sha256(study.encode("utf-8", "replace")).hexdigest()[:12]


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By first publication, then by name so that the order is the same in every export."""
    return tuple(sorted(entries, key=lambda entry: (-entry.published.timestamp(), entry.name)))


Place = tuple[str, str]
"""A kind and a slug."""

_NO_LABEL = (datetime.min.replace(tzinfo=UTC), "", Tag("", "", ""))


def groups(entries: Iterable[Entry], extras: Extras) -> dict[str, tuple[Group, ...]]:
    """The studies under each theme, council, region and year, by kind; the groups of a kind by label.

    Withdrawn studies are not in them; yet what only such a study carries has its group, and so has every theme in
    use, so that its address stays. A label that changed over time is the one of the study updated last.
    """
    members: defaultdict[Place, list[Entry]] = defaultdict(list)
    labels: dict[Place, tuple[datetime, str, Tag]] = {}
    for one in entries:
        for tag in (*one.tags, *one.lists):
            place = (tag.kind, tag.slug)
            members[place] += () if one.withdrawn else (one,)
            labels[place] = max(labels.get(place, _NO_LABEL), (one.updated, one.name, tag), key=_age)
    for heading in extras.headings:
        if heading.kind in FOLDERS and not heading.ended:
            tag = heading_tag(heading)
            labels.setdefault((tag.kind, tag.slug), (_NO_LABEL[0], "", tag))
    found = [_group(labels[place][2], members[place], extras) for place in labels]
    found.sort(key=lambda group: (group.tag.label.casefold(), group.tag.slug))
    return {kind: tuple(group for group in found if group.tag.kind == kind) for kind in FOLDERS}


def _group(tag: Tag, entries: Iterable[Entry], extras: Extras) -> Group:
    known = extras.by_term.get((tag.kind, tag.slug))
    return Group(tag, tuple(entries), known or Heading(tag.kind, tag.slug, tag.label))


def _age(label: tuple[datetime, str, Tag]) -> tuple[datetime, str]:
    return label[:2]


@cache
def heading_tag(heading: Heading) -> Tag:
    """The link to a theme's page."""
    return Tag(heading.kind, page_name(heading.slug), safe.line(heading.label))


def in_words(day: date) -> str:
    """A day as readers see it: `21 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@cache
def council_tag(authority: Authority) -> Tag:
    """The link to a council's page, named by its GSS code so that it outlives a change of name."""
    name = safe.line(authority.name)
    return Tag(
        "council",
        page_name((authority.gss or "").lower() or _slugified(name)),
        name,
        safe.line(authority.region),
    )


@cache
def region_tag(council: Tag) -> Tag:
    """The link to the page of a council's region."""
    return Tag("region", page_name(_slugified(council.region)), council.region)


@cache
def page_name(slug: str) -> str:
    """`slug` where it is one, else a name made from it that is safe in an address and in a folder."""
    fits = _SLUG.fullmatch(slug) and len(slug) <= 100 and not _DEVICES.fullmatch(slug)
    return slug if fits else f"x-{short_name(slug)}"


def _slugified(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def _tags(study: Study, extras: Extras) -> tuple[Tag, ...]:
    known = (term for term in study.terms if term.kind in TERM_KINDS)
    terms = sorted((_tag(term, extras) for term in known), key=_kind)
    return tuple(dict.fromkeys((*terms, *map(council_tag, study.publication.authorities))))


def _kind(tag: Tag) -> int:
    return TERM_KINDS.index(tag.kind)


def _tag(term: Term, extras: Extras) -> Tag:
    """The link to a theme under the label that it has today."""
    heading = extras.by_term.get((term.kind, term.slug))
    return heading_tag(heading) if heading else Tag(term.kind, page_name(term.slug), safe.line(term.label))


def _lists(tags: tuple[Tag, ...], published: datetime, extras: Extras) -> tuple[Tag, ...]:
    broader = [heading_tag(above) for tag in tags for above in extras.above(tag.kind, tag.slug)]
    regions = [region_tag(tag) for tag in tags if tag.region]
    year = Tag("year", str(published.year), str(published.year))
    return tuple(one for one in dict.fromkeys((*broader, *regions, year)) if one not in tags)


def teaser(publication: Publication) -> str:
    """What a list says of a study: its summary, or else how it begins."""
    if words := safe.line(publication.summary):
        return words
    bodies = (safe.line(safe.plain(field.html)) for field in publication.fields if field.id not in APART)
    first = next(filter(None, bodies), "").split()
    return " ".join(first[:_TEASER_WORDS]) + (" …" if len(first) > _TEASER_WORDS else "")


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

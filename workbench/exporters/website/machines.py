"""What programs read: the index that the browser searches, the feeds, the sitemap."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from workbench.exporters.website.entries import Entry, Group, Place, Tag, heading_tag, region_tag
from workbench.exporters.website.site import Extras, Site

FEED_LENGTH = 50
"""Entries in a feed: the newest."""

SITEMAP_LENGTH = 50_000
"""Addresses in one sitemap: as many as search engines take."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def search_index(entries: Sequence[Entry], groups: dict[str, tuple[Group, ...]], extras: Extras) -> bytes:
    """A script that hands over every study, so that it can be read from a folder as well as from a server.

    `lists` holds for each kind `[slug, label, above]`: `above` is the index of a theme's parent in the same list, of
    a council's region in the list of regions, or -1. A study is `[name, title, teaser, byline, day of first
    publication, {kind: [indexes into the list of that kind]}, [picture's sizes, its alternative text] or 0]`.
    """
    used = {
        kind: [group for group in members if group.entries]
        for kind, members in groups.items()
        if kind != "year"
    }
    at = {(kind, one.tag.slug): at for kind, members in used.items() for at, one in enumerate(members)}
    lists = {
        kind: [[one.tag.slug, one.tag.label, at.get(_above(one.tag, extras), -1)] for one in members]
        for kind, members in used.items()
    }
    data = {"lists": lists, "studies": [_row(entry, at) for entry in entries]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.caseStudies={text};\n".encode()


def _above(tag: Tag, extras: Extras) -> Place:
    if tag.kind == "council":
        return ("region", region_tag(tag).slug)
    return (tag.kind, next((heading_tag(one).slug for one in extras.above(tag.kind, tag.slug)), ""))


def _row(entry: Entry, at: Mapping[Place, int]) -> list[object]:
    tags: dict[str, list[int]] = {}
    for tag in entry.tags:
        tags.setdefault(tag.kind, []).append(at[tag.kind, tag.slug])
    picture = entry.picture
    thumb: object = [picture.srcset("") or picture.path, picture.alt] if picture else 0
    return [
        entry.name,
        entry.title,
        entry.teaser,
        entry.byline,
        entry.published.date().isoformat(),
        tags,
        thumb,
    ]


def atom(entries: Sequence[Entry], site: Site) -> bytes:
    """The newest studies as an Atom feed (RFC 4287)."""
    updated = max((entry.updated for entry in entries), default=_NEVER)
    itself = site.absolute("feed.xml")
    head = (
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(site.language)}>',
        f"<title>{escape(site.title)}</title>",
        f"<id>{escape(itself or uuid.uuid5(uuid.NAMESPACE_DNS, site.title).urn)}</id>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{escape(site.publisher or site.title)}</name></author>",
        f'<link rel="self" href={quoteattr(itself or "feed.xml")}/>',
        f'<link rel="alternate" href={quoteattr(site.absolute("index.html") or "index.html")}/>',
    )
    return "\n".join((*head, *(_atom_entry(entry, site) for entry in _newest(entries)), "</feed>\n")).encode()


def _atom_entry(entry: Entry, site: Site) -> str:
    authors = "".join(f"<author><name>{escape(tag.label)}</name></author>" for tag in entry.of("council"))
    themes = "".join(
        f"<category term={quoteattr(tag.slug)} label={quoteattr(tag.label)}/>" for tag in entry.of("topic")
    )
    return (
        f"<entry><title>{escape(entry.title)}</title><id>urn:uuid:{escape(entry.study)}</id>"
        f"<link href={quoteattr(site.absolute(entry.path) or entry.path)}/>"
        f"<published>{_moment(entry.published)}</published><updated>{_moment(entry.updated)}</updated>"
        f"{authors}{themes}<summary>{escape(entry.teaser)}</summary></entry>"
    )


def json_feed(entries: Sequence[Entry], site: Site) -> bytes:
    """The newest studies as a JSON Feed (version 1.1); addresses only where the site knows where it stands."""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "description": site.heading,
        "language": site.language,
        "home_page_url": site.absolute("index.html"),
        "feed_url": site.absolute("feed.json"),
        "authors": [{"name": site.publisher}] if site.publisher else [],
        "items": [_json_item(entry, site) for entry in _newest(entries)],
    }
    told = {**_told(feed), "items": feed["items"]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(entry: Entry, site: Site) -> dict[str, object]:
    item: dict[str, object] = {
        "id": f"urn:uuid:{entry.study}",
        "url": site.absolute(entry.path),
        "title": entry.title,
        "image": site.absolute(entry.picture.path) if entry.picture else "",
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": tag.label} for tag in entry.of("council")],
        "tags": [tag.label for tag in entry.of("topic", "support_type", "collection", "programme")],
    }
    return {**_told(item), "content_text": entry.teaser}


def _told(members: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value}


def sitemaps(pages: Iterable[str], entries: Iterable[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page that wants to be found, a study's with the day of its last change; where they are too many for one
    file, `sitemap.xml` is the index of several."""
    rows = [f"<url><loc>{escape(site.absolute(page))}</loc></url>" for page in pages]
    for entry in entries:
        day = entry.updated.date().isoformat()
        rows.append(f"<url><loc>{escape(site.absolute(entry.path))}</loc><lastmod>{day}</lastmod></url>")
    parts = [rows[at : at + SITEMAP_LENGTH] for at in range(0, len(rows), SITEMAP_LENGTH)]
    if len(parts) == 1:
        yield "sitemap.xml", _sitemap("urlset", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield from ((name, _sitemap("urlset", part)) for name, part in zip(names, parts, strict=True))
    locations = [f"<sitemap><loc>{escape(site.absolute(name))}</loc></sitemap>" for name in names]
    yield "sitemap.xml", _sitemap("sitemapindex", locations)


def _sitemap(root: str, rows: Sequence[str]) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = ('<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{space}">')
    return "\n".join((*head, *rows, f"</{root}>\n")).encode()


def robots(site: Site) -> bytes:
    """What robots may do: read everything. It counts where the site stands at the root of its host."""
    lines = (
        "User-agent: *",
        "Allow: /",
        *([f"Sitemap: {site.absolute('sitemap.xml')}"] if site.address else ()),
    )
    return ("\n".join(lines) + "\n").encode()


def _newest(entries: Sequence[Entry]) -> Sequence[Entry]:
    return entries[:FEED_LENGTH]


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

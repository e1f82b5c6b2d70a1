"""What programs read: the index that the browser searches, the feeds, the sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from workbench.exporters.website.entries import Entry, Group
from workbench.exporters.website.site import Site

FEED_LENGTH = 50
"""Entries in a feed: the newest."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def search_index(entries: Sequence[Entry], groups: dict[str, tuple[Group, ...]]) -> bytes:
    """A script that hands over every study, so that it can be read from a folder as well as from a server.

    `lists` holds for each kind its `[slug, label]` pairs; a study is `[name, title, teaser, byline, day of first
    publication, {kind: [indexes into the list of that kind]}, [small picture, its alternative text] or 0]`.
    """
    lists = {
        kind: [[group.tag.slug, group.tag.label] for group in members] for kind, members in groups.items()
    }
    places = {(kind, slug): at for kind, members in lists.items() for at, (slug, _) in enumerate(members)}
    studies = [_row(entry, places) for entry in entries]
    data = json.dumps({"lists": lists, "studies": studies}, ensure_ascii=False, separators=(",", ":"))
    return f"window.caseStudies={data};\n".encode()


def _row(entry: Entry, places: dict[tuple[str, str], int]) -> list[object]:
    tags: dict[str, list[int]] = {}
    for tag in entry.tags:
        tags.setdefault(tag.kind, []).append(places[tag.kind, tag.slug])
    picture = entry.picture
    thumb: object = [picture.small or picture.path, picture.alt] if picture else 0
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
        f"<id>{escape(itself or 'urn:casebook:' + site.title.casefold().replace(' ', '-'))}</id>",
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
    """The newest studies as a JSON Feed (version 1.1)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "language": site.language,
        "home_page_url": site.absolute("index.html") or "index.html",
        "feed_url": site.absolute("feed.json") or "feed.json",
        "items": [_json_item(entry, site) for entry in _newest(entries)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(entry: Entry, site: Site) -> dict[str, object]:
    return {
        "id": f"urn:uuid:{entry.study}",
        "url": site.absolute(entry.path) or entry.path,
        "title": entry.title,
        "content_text": entry.teaser,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": tag.label} for tag in entry.of("council")],
        "tags": [tag.label for tag in entry.of("topic", "support_type", "collection", "programme")],
    }


def sitemap(pages: Iterable[str], entries: Iterable[Entry], site: Site) -> bytes:
    """Every page that wants to be found; a study's with the day of its last change."""
    rows = [f"<url><loc>{escape(site.absolute(page))}</loc></url>" for page in pages]
    for entry in entries:
        day = entry.updated.date().isoformat()
        rows.append(f"<url><loc>{escape(site.absolute(entry.path))}</loc><lastmod>{day}</lastmod></url>")
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return "\n".join(
        ('<?xml version="1.0" encoding="utf-8"?>', f'<urlset xmlns="{space}">', *rows, "</urlset>\n")
    ).encode()


def _newest(entries: Sequence[Entry]) -> Sequence[Entry]:
    return entries[:FEED_LENGTH]


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

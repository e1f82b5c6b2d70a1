"""A study's page: what of the study stands on it, in order, as HTML that was rebuilt at the border."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from workbench.exporters import safe
from workbench.exporters.website.entries import Entry
from workbench.exporters.website.pictures import Shown
from workbench.exporters.website.site import Site
from workbench.publication import APART, PublishedField, Study

_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_UP = "../"
_MAIN = "main"
"""The name of a page's content, to which its first link skips."""


@dataclass(frozen=True, slots=True)
class Section:
    """One answer: the name it can be linked to by, its label, and its HTML."""

    id: str
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class Article:
    """What a study's page shows below its heading. `loose` is the HTML of the pictures that no answer holds."""

    sections: tuple[Section, ...]
    loose: tuple[str, ...]
    credit: tuple[str, ...]


def article(study: Study, pictures: tuple[Shown, ...]) -> Article:
    """The body of a study's page. A picture that does not stand in the site is left out."""
    by_sha256 = {picture.sha256: picture for picture in pictures}
    fields = [field for field in study.publication.fields if field.id not in APART]
    sections = _sections((*fields, *study.publication.personal), by_sha256)
    kept = tuple(section for section in sections if section.html)
    placed = "".join(section.html for section in kept)
    loose = tuple(picture_html(picture) for picture in pictures if picture.path not in placed)
    credit = tuple(dict.fromkeys(picture.credit for picture in pictures if picture.credit))
    return Article(kept, loose, credit)


def _sections(fields: Iterable[PublishedField], pictures: Mapping[str, Shown]) -> Iterator[Section]:
    """Each under its field's id, where that can be linked to and nothing else on the page has it."""
    taken = {_MAIN}
    for number, field in enumerate(fields):
        free = re.fullmatch(r"[a-z][a-z0-9_-]*", field.id) and field.id not in taken
        name = field.id if free else f"part-{number}"
        taken.add(name)
        yield Section(name, safe.line(field.label), body(field.html, pictures))


def body(markup: str, pictures: Mapping[str, Shown]) -> str:
    """The HTML of an answer as it stands on a page: rebuilt, its pictures in sizes, its tables able to scroll."""
    html = _PICTURE.sub(lambda found: _picture(found[1], pictures), safe.html(markup))
    html = html.replace("<p></p>", "")
    scroll = '<div class="table" role="region" aria-label="Table" tabindex="0"><table>'
    return html.replace("<table>", scroll).replace("</table>", "</table></div>")


def _picture(attributes: str, pictures: Mapping[str, Shown]) -> str:
    values = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    shown = pictures.get(values.get("src", "").removeprefix("asset:"))
    return "" if shown is None else picture_html(shown, values.get("alt", shown.alt))


def picture_html(picture: Shown, alt: str | None = None) -> str:
    """A picture on a study's page; the browser chooses the size."""
    words = escape(picture.alt if alt is None else alt)
    srcset = picture.srcset(_UP)
    sizes = f' srcset="{srcset}" sizes="(min-width: 44rem) 42rem, 94vw"' if srcset else ""
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img src="{_UP}{picture.path}"{sizes} alt="{words}" {size} loading="lazy">'


def linked_data(entry: Entry, site: Site) -> str:
    """What search engines read of a study: a schema.org Article, and where it stands in the site."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "identifier": f"urn:uuid:{entry.study}",
        "headline": entry.title,
        "description": entry.teaser,
        "datePublished": entry.published.date().isoformat(),
        "dateModified": entry.updated.date().isoformat(),
        "inLanguage": site.language,
        "author": [{"@type": "GovernmentOrganization", "name": tag.label} for tag in entry.of("council")],
        "keywords": [tag.label for tag in entry.of("topic", "support_type", "collection", "programme")],
        "url": site.absolute(entry.path),
        "image": site.absolute(entry.picture.path) if entry.picture else "",
        "publisher": {"@type": "Organization", "name": site.publisher} if site.publisher else "",
    }
    article = {key: value for key, value in data.items() if value}
    return as_script([article, _crumbs(entry, site)] if site.address else article)


def _crumbs(entry: Entry, site: Site) -> dict[str, object]:
    topics = [("topics.html", "Topics"), *((tag.path, tag.label) for tag in entry.of("topic")[:1])]
    steps = [("index.html", "Browse"), *(topics if len(topics) > 1 else ()), (entry.path, entry.title)]
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": site.absolute(path)}
        for at, (path, name) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def about_site(site: Site) -> str:
    """What search engines read of the site as a whole."""
    itself: dict[str, object] = {"@context": "https://schema.org", "@type": "WebSite"}
    return as_script(
        {**itself, "name": site.title, "url": site.absolute("index.html"), "description": site.heading}
    )


def as_script(data: object) -> str:
    """JSON that is safe inside an HTML script element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")

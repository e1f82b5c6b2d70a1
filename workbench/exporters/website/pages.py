"""The site's pages: which there are, what each is made from, and the templates that set them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import resources
from workbench import __version__
from workbench.exporters import safe
from workbench.exporters.folder import Folder
from workbench.exporters.website import article
from workbench.exporters.website.entries import (
    FOLDERS,
    Counted,
    Entry,
    Group,
    Tag,
    heading_tag,
    in_words,
    region_tag,
    study_path,
)
from workbench.exporters.website.pictures import Shown
from workbench.exporters.website.site import Extras, Heading, Site
from workbench.publication import Study

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = ("site.css", "noscript.css", "search.js", "icon.svg")
"""The files of `resources/website` that are served as they are."""

KINDS: Mapping[str, tuple[str, str]] = {
    "topic": ("Topics", "Topic"),
    "support_type": ("Support types", "Support type"),
    "collection": ("Collections", "Collection"),
    "programme": ("Programmes", "Programme"),
    "council": ("Councils", "Council"),
    "region": ("Regions", "Region"),
    "year": ("Years", "Year"),
}
"""What readers call the kinds of lists: several, and one."""

FACETS = ("topic", "support_type", "collection")
"""The kinds that the home page filters by with boxes to tick."""

SHOWN_OF_COLLECTION = 3
"""The newest studies of a collection that the page of all collections names."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page stands among the pages of a list. `links` holds number and path; None stands for a gap.

    `total` is the number of studies in the list, on its first page only.
    """

    number: int
    pages: int
    total: int
    before: str
    after: str
    links: tuple[tuple[int, str] | None, ...]


class Pages:
    """Puts pages into the folder; renders only those whose content differs from what stands there."""

    def __init__(self, folder: Folder, site: Site, extras: Extras) -> None:
        self._folder = folder
        self._site = site
        self._extras = extras
        self._cards: dict[tuple[str, str], str] = {}
        self._base = _hash(look(), repr(site), *(repr((file.name, file.label)) for file in extras.downloads))

    def assets(self) -> None:
        """The style sheets, the script, and what readers can download."""
        for name in ASSETS:
            self._folder.put(f"assets/{name}", look(), resources.path("website", name).read_bytes)
        for file in self._extras.downloads:
            self._folder.hold(f"downloads/{file.name}", file.data)

    def study(self, entry: Entry, study: Study, pictures: tuple[Shown, ...]) -> None:
        """The page of one study; of a withdrawn one, a page that says so."""
        if entry.withdrawn:
            note = {"entry": entry, "note": safe.text(study.note)}
            self._page(entry.path, "withdrawn.html", (entry.mark,), lambda: note)
            return

        def content() -> Mapping[str, Any]:
            linked = article.linked_data(entry, self._site)
            return {"entry": entry, "article": article.article(study, pictures), "linked_data": linked}

        self._page(entry.path, "study.html", (entry.mark,), content)

    def home(
        self,
        entries: Sequence[Entry],
        groups: Mapping[str, Sequence[Group]],
        index: bytes,
        texts: Sequence[str],
    ) -> None:
        """The listing of all studies, its first page last of all: it is the door.

        `index` is what it searches, `texts` the versions of the parts in which the words of whole studies
        stand.
        """
        first, *later = self._turns(entries, "index.html", "browse/{}.html")
        for path, part, turn in reversed(later):
            self._list(path, "browse.html", part, turn)
        counted = {kind: _counted(groups[kind]) for kind in FACETS}
        most_first = {kind: sorted(members, key=lambda one: -one.count) for kind, members in counted.items()}
        more = {
            "featured": [one for one in in_order(counted["collection"]) if one.heading.order],
            "facets": most_first,
            "regions": [one.tag for one in _counted(groups["region"])],
            "about_site": article.about_site(self._site),
            "texts": texts,
            "index_version": hashlib.blake2b(index, digest_size=6).hexdigest(),
        }
        path, part, turn = first
        self._list(path, "home.html", part, turn, **more)

    def group(self, group: Group, narrower: Sequence[Counted]) -> None:
        """The pages of one theme, council, region or year; of a theme that ended, a page that leads on."""
        tag, heading = group.tag, group.heading
        if heading.ended and not group.entries:
            self.ended(heading)
            return
        above = [heading_tag(one) for one in reversed(self._extras.above(heading.kind, heading.slug))]
        instead = [heading_tag(one) for one in self._extras.instead(heading.kind, heading.slug)]
        more = {"tag": tag, "heading": heading, "above": above, "instead": instead if heading.ended else []}
        for path, part, turn in self._turns(group.entries, tag.path, tag.path.replace(".html", "--{}.html")):
            self._list(path, "group.html", part, turn, **more, narrower=narrower if turn.total else ())

    def kind(self, kind: str, groups: Sequence[Group]) -> None:
        """The page that lists all themes of a kind, or all councils, regions or years."""
        counted = in_order(_counted(groups))
        newest = {
            group.tag.slug: [(one.path, one.title) for one in group.entries[:SHOWN_OF_COLLECTION]]
            for group in groups
            if kind == "collection"
        }
        content = {"kind": kind, "counted": counted, "newest": newest}
        content |= {"narrower": self.narrower(groups), "broadest": self._broadest(counted)}
        self._page(f"{FOLDERS[kind]}.html", "groups.html", (content,), lambda: content)

    def narrower(self, groups: Sequence[Group]) -> Mapping[str, Sequence[Counted]]:
        """The themes right below each one of a kind, by its slug."""
        found: defaultdict[str, list[Counted]] = defaultdict(list)
        for one in _counted(groups):
            for above in self._extras.above(one.heading.kind, one.heading.slug)[:1]:
                found[heading_tag(above).slug].append(one)
        return dict(found)

    def _broadest(self, counted: Sequence[Counted]) -> Sequence[Counted]:
        return [one for one in counted if not self._extras.above(one.heading.kind, one.heading.slug)]

    def ended(self, heading: Heading) -> None:
        """In place of a theme's page: which ones took its place."""
        tag = heading_tag(heading)
        instead = [heading_tag(one) for one in self._extras.instead(heading.kind, heading.slug)]
        self._moved(tag.path, "ended.html", tag, instead or [_all_of(tag.kind)])

    def moved(self, name: str, entry: Entry) -> None:
        """At an earlier address of a study, a page that leads to it."""
        self._moved(study_path(name), "moved.html", entry.title, [entry])

    def _moved(self, path: str, template: str, what: Tag | str, to: Sequence[Tag | Entry]) -> None:
        content = {"what": what, "to": to, "onwards": to[0].path if len(to) == 1 else ""}
        self._page(path, template, (content,), lambda: content)

    def words(self) -> None:
        """The pages about sending in a study and getting in touch."""
        self._page("submit.html", "submit.html", (), dict)
        self._page("contact.html", "contact.html", (), dict)
        if self._site.address:
            self._page("404.html", "lost.html", (), dict, root=urlsplit(self._site.absolute("")).path)

    def _turns(
        self, entries: Sequence[Entry], first: str, later: str
    ) -> Iterator[tuple[str, Sequence[Entry], Turn]]:
        """The pages of a list. All but the first hold the same studies for as long as none before them goes.

        They are counted from the oldest studies, so that a new study changes the first page alone; that holds from
        half a page to one and a half.
        """
        size = self._site.page_size
        full = max(0, (len(entries) - size // 2) // size)
        ahead = len(entries) - full * size
        paths = [first, *(later.format(number) for number in range(full, 0, -1))]
        for at, path in enumerate(paths):
            part = entries[ahead + (at - 1) * size : ahead + at * size] if at else entries[:ahead]
            yield path, part, _turn(at, paths, 0 if at else len(entries))

    def _list(self, path: str, template: str, entries: Sequence[Entry], turn: Turn, **more: Any) -> None:
        marks = [entry.mark for entry in entries]
        root = _root(path)
        cards = (self._card(entry, root) for entry in entries)
        self._page(path, template, (marks, turn, more), lambda: {"cards": list(cards), "turn": turn, **more})

    def _card(self, entry: Entry, root: str) -> str:
        """How lists show a study; made once for all lists that reach the site's root alike."""
        made = self._cards.get((entry.mark, root))
        if made is None:
            made = self._cards[entry.mark, root] = _macro("card")(entry, root)
        return made

    def _page(
        self,
        path: str,
        template: str,
        made_from: Sequence[Any],
        content: Callable[[], Mapping[str, Any]],
        root: str = "",
    ) -> None:
        """`root` is how the page reaches the site's root where its path does not say: 404.html is served anywhere."""

        def make() -> bytes:
            page = _environment().get_template(template)
            always = {**self._always(path), **({"root": root} if root else {})}
            return page.render(**always, **content()).encode()

        self._folder.put(path, _hash(self._base, template, repr(made_from)), make)

    def _always(self, path: str) -> dict[str, Any]:
        return {
            "site": self._site,
            "extras": self._extras,
            "kinds": KINDS,
            "folders": FOLDERS,
            "path": path,
            "canonical": self._site.absolute(path),
            "root": _root(path),
            "version": look()[:12],
        }


def in_order(counted: Sequence[Counted]) -> Sequence[Counted]:
    """Those that the vocabulary gives an order, then the others, as they came."""
    return sorted(counted, key=lambda one: (one.heading.order == 0, one.heading.order))


def _counted(groups: Sequence[Group]) -> list[Counted]:
    """Those that hold any study."""
    return [group.counted for group in groups if group.entries]


def _all_of(kind: str) -> Tag:
    """The link to the page of all themes of a kind, as if it were one of them."""
    return Tag(kind, "", KINDS[kind][0])


@cache
def look() -> str:
    """A hash of the templates, of what they are served with, and of the code that fills them.

    A bundle has no files of code: there the version speaks for it.
    """
    here = Path(__file__).parent
    files = [
        *sorted(resources.path("website").iterdir()),
        *sorted(here.glob("*.py")),
        here.parent / "safe.py",
    ]
    return _hash(__version__, *(file.read_bytes().hex() for file in files if file.is_file()))


def _macro(name: str) -> Callable[..., str]:
    """A macro of `parts.html`; what it gives is safe in a page."""
    return getattr(_environment().get_template("parts.html").module, name)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(resources.path("website")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    ours: dict[str, Callable[..., Any]] = {"day": in_words, "number": "{:,}".format, "region": region_tag}
    environment.filters.update({**ours, "rebuilt": Markup})
    return environment


def _root(path: str) -> str:
    return "../" * path.count("/")


def _turn(at: int, paths: Sequence[str], total: int) -> Turn:
    before = paths[at - 1] if at else ""
    after = paths[at + 1] if at + 1 < len(paths) else ""
    return Turn(at + 1, len(paths), total, before, after, tuple(_links(at, paths)))


def _links(at: int, paths: Sequence[str]) -> Iterator[tuple[int, str] | None]:
    """The first page, the last, and the ones around this."""
    shown = [number for number in range(len(paths)) if number in (0, len(paths) - 1) or abs(number - at) <= 1]
    last = -1
    for number in shown:
        if number > last + 1:
            yield None
        yield number + 1, paths[number]
        last = number


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

"""The site's pages: which there are, what each is made from, and the templates that set them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from workbench.exporters import safe
from workbench.exporters.folder import Folder
from workbench.exporters.website import article
from workbench.exporters.website.entries import FOLDERS, Counted, Entry, Group, in_words
from workbench.exporters.website.pictures import Shown
from workbench.exporters.website.site import Extras, Site
from workbench.publication import Study

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = ("site.css", "noscript.css", "search.js")
"""The files of `resources/website` that are served as they are."""

KINDS: Mapping[str, tuple[str, str]] = {
    "topic": ("Topics", "Topic"),
    "support_type": ("Support types", "Support type"),
    "collection": ("Collections", "Collection"),
    "programme": ("Programmes", "Programme"),
    "council": ("Councils", "Council"),
}
"""What readers call the kinds of lists: several, and one."""

FACETS = ("topic", "support_type", "collection")
"""The kinds that the home page filters by with boxes to tick."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page stands among the pages of a list. `links` holds number and path; None stands for a gap."""

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
        self._base = _hash(look(), repr(site), *(repr((file.name, file.label)) for file in extras.downloads))

    def mark(self, study: Study, pictures: Sequence[Shown]) -> str:
        """A hash of all that a study's page and its entries are made from."""
        return _hash(repr(study), repr(pictures))

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

    def home(self, entries: Sequence[Entry], groups: Mapping[str, Sequence[Group]], index: bytes) -> None:
        """The listing of all studies, its first page last of all: it is the door."""
        first, *later = self._turns(entries, "index.html", "browse/{}.html")
        for path, part, turn in reversed(later):
            self._list(path, "browse.html", part, turn)
        counted = {kind: [group.counted for group in groups[kind]] for kind in FACETS}
        more = {
            "featured": [one for one in counted["collection"] if one.tag.slug in self._site.featured],
            "facets": {
                kind: sorted(members, key=lambda one: -one.count) for kind, members in counted.items()
            },
            "notes": self._notes("collection", counted["collection"]),
            "index_version": hashlib.blake2b(index, digest_size=6).hexdigest(),
        }
        path, part, turn = first
        self._list(path, "home.html", part, turn, **more)

    def group(self, group: Group) -> None:
        """The pages of one theme or council."""
        tag = group.tag
        note = self._extras.notes.get((tag.kind, tag.slug), "")
        for path, part, turn in self._turns(group.entries, tag.path, tag.path.replace(".html", "--{}.html")):
            self._list(path, "group.html", part, turn, tag=tag, note=note)

    def kind(self, kind: str, groups: Sequence[Group]) -> None:
        """The page that lists all themes of a kind, or all councils."""
        counted = [group.counted for group in groups]
        content = {"kind": kind, "counted": counted, "notes": self._notes(kind, counted)}
        self._page(f"{FOLDERS[kind]}.html", "groups.html", (content,), lambda: content)

    def _notes(self, kind: str, counted: Sequence[Counted]) -> Mapping[str, str]:
        return {one.tag.slug: self._extras.notes.get((kind, one.tag.slug), "") for one in counted}

    def words(self) -> None:
        """The pages about sending in a study and getting in touch."""
        self._page("submit.html", "submit.html", (), dict)
        self._page("contact.html", "contact.html", (), dict)

    def _turns(
        self, entries: Sequence[Entry], first: str, later: str
    ) -> Iterator[tuple[str, Sequence[Entry], Turn]]:
        size = self._site.page_size
        paths = [first, *(later.format(number) for number in range(2, -(-len(entries) // size) + 1))]
        for at, path in enumerate(paths):
            yield path, entries[at * size : (at + 1) * size], _turn(at, paths, len(entries))

    def _list(self, path: str, template: str, entries: Sequence[Entry], turn: Turn, **more: Any) -> None:
        marks = [entry.mark for entry in entries]
        self._page(path, template, (marks, turn, more), lambda: {"entries": entries, "turn": turn, **more})

    def _page(
        self, path: str, template: str, made_from: Sequence[Any], content: Callable[[], Mapping[str, Any]]
    ) -> None:
        def make() -> bytes:
            page = _environment().get_template(template)
            return page.render(**self._always(path), **content()).encode()

        self._folder.put(path, _hash(self._base, template, repr(made_from)), make)

    def _always(self, path: str) -> dict[str, Any]:
        return {
            "site": self._site,
            "extras": self._extras,
            "kinds": KINDS,
            "folders": FOLDERS,
            "path": path,
            "canonical": self._site.absolute(path),
            "root": "../" * path.count("/"),
            "version": look()[:12],
        }


@cache
def look() -> str:
    """A hash of the templates, of what they are served with, and of the code that fills them."""
    here = Path(__file__).parent
    files = [
        *sorted(resources.path("website").iterdir()),
        *sorted(here.glob("*.py")),
        here.parent / "safe.py",
    ]
    return _hash(*(file.read_bytes().hex() for file in files if file.is_file()))


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
    environment.filters |= {"day": in_words, "number": "{:,}".format, "rebuilt": Markup}
    return environment


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

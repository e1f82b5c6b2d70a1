"""What the website is told about itself: its names, how to reach its people, its themes, and its downloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Site:
    """The website as a whole.

    `address` is where it will stand, such as `https://example.org/case-studies/`. It is needed only for what must
    name itself in full: canonical links, pictures shared elsewhere, sitemap and error page (not written without
    it). The pages link to one another relatively and work in any folder. `contact` is a mail address; `notice` is
    what every page says first.
    """

    title: str = "Council case studies"
    heading: str = "What councils tried, and what came of it"
    introduction: str = (
        "written by councils for councils: the challenge, what they did, what changed, "
        "and what they would do differently."
    )
    address: str = ""
    contact: str = ""
    publisher: str = ""
    notice: str = ""
    language: str = "en-GB"
    page_size: int = 20

    def absolute(self, path: str) -> str:
        """The full address of a page or file, or "" where the site does not know where it stands."""
        return f"{self.address.rstrip('/')}/{path.removesuffix('index.html')}" if self.address else ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that readers can take away, such as the blank Word template; it stands under `downloads/`."""

    name: str
    label: str
    data: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the vocabulary says of a theme.

    `kind`, `slug`, `label` and `parent` (a slug of the same kind) are those of its term; `note` says in a sentence
    what it covers. `title`, `introduction`, `order` and the days between which it is open are a collection's own;
    those with an order stand on the first page, the lowest first. A theme that is no longer given to studies has
    `ended`; what took its place, if anything did, are its `successors`.
    """

    kind: str
    slug: str
    label: str
    parent: str = ""
    note: str = ""
    title: str = ""
    introduction: str = ""
    order: int = 0
    opens: date | None = None
    closes: date | None = None
    ended: bool = False
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extras:
    """What the website shows besides studies.

    `downloads` in the order they are offered: the first is the one the home page offers. `headings` are all themes of
    the vocabulary. `former` are earlier slugs of studies, by the study's UUID.
    """

    downloads: tuple[Download, ...] = ()
    headings: tuple[Heading, ...] = ()
    former: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    @cached_property
    def by_term(self) -> Mapping[tuple[str, str], Heading]:
        """The headings by kind and slug."""
        return {(heading.kind, heading.slug): heading for heading in self.headings}

    def above(self, kind: str, slug: str) -> tuple[Heading, ...]:
        """The broader themes of one, the nearest first."""
        found: list[Heading] = []
        heading = self.by_term.get((kind, slug))
        while heading and heading.parent:
            heading = self.by_term.get((kind, heading.parent))
            if heading is None or heading in found or heading.slug == slug:
                break
            found.append(heading)
        return tuple(found)

    def instead(self, kind: str, slug: str) -> tuple[Heading, ...]:
        """The themes in use that a former one leads to, through any that ended in between."""
        found: dict[str, Heading] = {}
        seen, waiting = {slug}, [slug]
        while waiting:
            heading = self.by_term.get((kind, waiting.pop(0)))
            if heading and not heading.ended:
                found[heading.slug] = heading
            waiting += [name for name in (heading.successors if heading else ()) if name not in seen]
            seen |= set(waiting)
        return tuple(found.values())

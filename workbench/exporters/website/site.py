"""What the website is told about itself: its names, how to reach its people, and what it offers for download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Site:
    """The website as a whole.

    `address` is where it will stand, such as `https://example.org/case-studies/`. It is needed only for what must
    name itself in full: canonical links, pictures shared elsewhere, the sitemap (not written without it). The pages
    link to one another relatively and work in any folder. `contact` is a mail address; `notice` is what every page
    says first. `featured` are the slugs of the collections that stand on the first page.
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
    featured: tuple[str, ...] = ("covid-19",)
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
class Extras:
    """What the website shows besides studies.

    `downloads` in the order they are offered: the first is the one the home page offers. `notes` say in a sentence
    what a theme covers, by its kind and slug.
    """

    downloads: tuple[Download, ...] = ()
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

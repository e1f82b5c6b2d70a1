"""The website: a static site of all published studies, which needs no server of ours and no other party's.

`write` takes the studies as a stream. Each becomes a page as it passes by, and only a light `Entry` of it stays for
the lists. Then come the lists by theme and council, the index that the browser searches, the feeds, and last the
home page, so that nothing ever links to what is not there. Pages link to one another relatively: the site works in
any folder of a server and when opened from a disk.

The same studies give the same bytes. A study's address depends on its UUID alone, a council's on its GSS code, a
theme's on its slug, so that addresses outlive a change of title, name or label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.exporters.folder import Folder, Written
from workbench.exporters.stream import told
from workbench.exporters.website import machines
from workbench.exporters.website.entries import FOLDERS, Entry, Group, entry, groups, newest_first
from workbench.exporters.website.pages import Pages
from workbench.exporters.website.pictures import Pictures
from workbench.exporters.website.site import Download, Extras, Site
from workbench.progress import Progress, silent
from workbench.publication import Study

__all__ = ["Download", "Extras", "Site", "Written", "write"]


def write(
    studies: Iterable[Study],
    asset: Callable[[str], bytes],
    directory: Path,
    site: Site | None = None,
    extras: Extras | None = None,
    progress: Progress = silent,
) -> Written:
    """Brings the website in `directory` up to date with `studies`, the current version of each, in any order.

    `asset` gives the bytes of a published picture by its SHA-256. Leaving by an exception, `Cancelled` included,
    leaves the site as it was. Raises `Refused("not-our-folder")` for a folder holding files this did not write, and
    `SurroundingsFailed("folder-unwritable")`.
    """
    with Folder(directory) as folder:
        site, extras = site or Site(), extras or Extras()
        pages, pictures = Pages(folder, site, extras), Pictures(folder, asset)
        pages.assets()
        entries = _studies(studies, pages, pictures, progress)
        _lists(newest_first(one for one in entries if not one.withdrawn), folder, pages, site)
        return replace(folder.commit(), left_out=pictures.left_out)


def _studies(studies: Iterable[Study], pages: Pages, pictures: Pictures, progress: Progress) -> list[Entry]:
    entries: list[Entry] = []
    for study in told(studies, progress):
        shown = () if study.withdrawn else pictures.shown(study.publication.images)
        entries.append(entry(study, pages.mark(study, shown), shown))
        pages.study(entries[-1], study, shown)
    return entries


def _lists(entries: Sequence[Entry], folder: Folder, pages: Pages, site: Site) -> None:
    found = groups(entries)
    for kind, members in found.items():
        for group in members:
            pages.group(group)
        pages.kind(kind, members)
    pages.words()
    index = machines.search_index(entries, found)
    for path, data in {**_feeds(entries, found, site), "assets/studies.js": index}.items():
        folder.hold(path, data)
    pages.home(entries, found, index)


def _feeds(entries: Sequence[Entry], found: dict[str, tuple[Group, ...]], site: Site) -> dict[str, bytes]:
    files = {"feed.xml": machines.atom(entries, site), "feed.json": machines.json_feed(entries, site)}
    if site.address:
        lists = [group.tag.path for members in found.values() for group in members]
        fixed = [
            "index.html",
            *(f"{folder}.html" for folder in FOLDERS.values()),
            "submit.html",
            "contact.html",
        ]
        files["sitemap.xml"] = machines.sitemap([*fixed, *lists], entries, site)
    return files

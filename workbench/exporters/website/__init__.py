"""The website: a static site of all published studies, which needs no server of ours and no other party's.

`write` takes the studies as a stream. Each becomes a page as it passes by, and only a light `Entry` of it stays for
the lists. Then come the lists by theme and council, the index that the browser searches, the feeds, and last the
home page, so that nothing ever links to what is not there. Pages link to one another relatively: the site works in
any folder of a server and when opened from a disk.

The same studies give the same bytes. A study's address is its slug, which it keeps for ever, a council's its GSS
code, a theme's its slug, so that addresses outlive a change of title, name or label. Where a slug did change, and
where a theme was merged, split or given up, the old address leads on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.exporters.folder import Folder, Written
from workbench.exporters.stream import told
from workbench.exporters.website import fulltext, machines
from workbench.exporters.website.entries import (
    FOLDERS,
    Entry,
    Group,
    entry,
    groups,
    newest_first,
    page_name,
    short_name,
)
from workbench.exporters.website.pages import Pages
from workbench.exporters.website.pictures import Pictures
from workbench.exporters.website.site import Download, Extras, Heading, Site
from workbench.progress import Progress, silent
from workbench.publication import Study

__all__ = ["Download", "Extras", "Heading", "Site", "Written", "write"]


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
        entries = newest_first(_studies(told(studies, progress), pages, pictures, extras))
        _former(entries, pages, extras)
        _lists(entries, folder, pages, site, extras)
        return replace(folder.commit(), left_out=pictures.left_out)


def _studies(studies: Iterable[Study], pages: Pages, pictures: Pictures, extras: Extras) -> list[Entry]:
    entries: list[Entry] = []
    names: dict[str, str] = {}
    for study, shown in pictures.beside(studies):
        entries.append(entry(study, _name(study, names), shown, extras))
        pages.study(entries[-1], study, shown)
    return entries


def _name(study: Study, names: dict[str, str]) -> str:
    """The study's slug; with a piece of its UUID's hash in the odd case that another study has it already."""
    uuid = study.publication.study
    name = page_name(study.publication.slug)
    if names.setdefault(name, uuid) == uuid:
        return name
    return f"{name[:80]}-{short_name(uuid)}"


def _former(entries: Iterable[Entry], pages: Pages, extras: Extras) -> None:
    """Earlier addresses that no study has today lead on to where the study stands now."""
    taken = {one.name for one in entries}
    for one in entries:
        for slug in extras.former.get(one.study, ()):
            if (name := page_name(slug)) not in taken:
                taken.add(name)
                pages.moved(name, one)


def _lists(entries: Sequence[Entry], folder: Folder, pages: Pages, site: Site, extras: Extras) -> None:
    found = groups(entries, extras)
    for kind, members in found.items():
        narrower = pages.narrower(members)
        for group in members:
            pages.group(group, narrower.get(group.tag.slug, ()))
        pages.kind(kind, members)
    _ended(found, pages, extras)
    pages.words()
    shown = [one for one in entries if not one.withdrawn]
    index = machines.search_index(shown, found, extras)
    for path, data in {**_feeds(shown, found, site), "assets/studies.js": index}.items():
        folder.hold(path, data)
    pages.home(shown, found, index, fulltext.put(shown, folder))


def _ended(found: dict[str, tuple[Group, ...]], pages: Pages, extras: Extras) -> None:
    """The pages of themes that ended and that no study carries any more."""
    there = {(group.tag.kind, group.heading.slug) for members in found.values() for group in members}
    for heading in extras.headings:
        if heading.kind in FOLDERS and heading.ended and (heading.kind, heading.slug) not in there:
            pages.ended(heading)


def _feeds(entries: Sequence[Entry], found: dict[str, tuple[Group, ...]], site: Site) -> dict[str, bytes]:
    files = {"feed.xml": machines.atom(entries, site), "feed.json": machines.json_feed(entries, site)}
    files["robots.txt"] = machines.robots(site)
    if site.address:
        lists = [group.tag.path for members in found.values() for group in members if group.entries]
        kinds = (f"{folder}.html" for folder in FOLDERS.values())
        fixed = ["index.html", *kinds, "submit.html", "contact.html"]
        files |= machines.sitemaps([*fixed, *lists], entries, site)
    return files

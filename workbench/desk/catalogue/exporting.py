"""The catalogue out of the house: as a website, a table, or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.desk import Desk
from workbench.desk.rows import ExportReport
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from workbench.catalogue import Catalogue
    from workbench.exporters.folder import Written
    from workbench.exporters.website import Extras, Heading, Site
    from workbench.publication import Study
    from workbench.themes import Theme


class Exporter(Protocol):
    """A module of `workbench.exporters` that writes the whole catalogue."""

    def write(self, studies: Iterable[Study], directory: Path, progress: Progress = silent) -> Written:
        """Writes the studies, as they come, into a folder."""
        ...


def export(desk: Desk, kind: str, directory: Path, progress: Progress = silent) -> ExportReport:
    """Writes the published studies into a folder, and only the files that changed since the last time.

    `kind` is the website, or a format of `workbench.exporters.WHOLE`.

    Raises `SurroundingsFailed` where the catalogue cannot be read or the folder not written,
    Refused("not-our-folder") for a folder that somebody else filled.
    """
    with open_shared(desk) as shared:
        written = _written(desk, shared, kind, directory, progress)
    return ExportReport(written.written, written.unchanged, written.removed, written.left_out)


def _written(desk: Desk, shared: Catalogue, kind: str, directory: Path, progress: Progress) -> Written:
    if kind == "website":
        return _website(desk, shared, directory, progress)
    exporter = cast("Exporter", import_module(f"workbench.exporters.{kind}"))
    return exporter.write(shared.studies(), directory, progress)


def _website(desk: Desk, shared: Catalogue, directory: Path, progress: Progress) -> Written:
    from workbench.exporters import website

    return website.write(
        shared.studies(), shared.asset, directory, _site(desk), _extras(desk, shared), progress
    )


def _site(desk: Desk) -> Site:
    from workbench.exporters.website import Site

    settings = desk.settings
    return Site(
        title=settings.site_title,
        address=settings.site_address,
        contact=settings.site_contact,
        publisher=settings.site_publisher,
        notice=settings.site_notice,
    )


def _extras(desk: Desk, shared: Catalogue) -> Extras:
    """The blank templates for download, the first one first, the vocabulary, and earlier slugs of studies."""
    from workbench import word
    from workbench.exporters.website import Download, Extras

    downloads = (
        Download(f"{template.id}.docx", template.label, word.blank(template), template.description)
        for template in desk.templates.values()
    )
    listed = (theme for theme in shared.vocabulary().themes if theme.status != "unlisted")
    headings = tuple(_heading(theme, desk.today) for theme in listed)
    return Extras(tuple(downloads), headings, shared.former_slugs())


def _heading(theme: Theme, today: date) -> Heading:
    """A collection stands on the first page only in its days, and while studies are given it."""
    from workbench.exporters.website import Heading

    is_open = theme.is_offered and (theme.opens or today) <= today <= (theme.closes or today)
    return Heading(
        kind=theme.kind,
        slug=theme.slug,
        label=theme.label,
        parent=theme.parent or "",
        note=theme.scope_note,
        title=theme.page_title,
        introduction=theme.introduction,
        order=theme.order if is_open else 0,
        opens=theme.opens,
        closes=theme.closes,
        ended=not theme.is_offered,
        successors=theme.successors,
    )

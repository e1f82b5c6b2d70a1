"""The way from the desk to its catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.catalogue import Catalogue
    from workbench.desk.desk import Desk


def open_shared(desk: Desk) -> Catalogue:
    """The desk's catalogue, to be closed again. The one in the workspace is made on first use; others must exist.

    Raises `SurroundingsFailed`: `catalogue-unreachable`, `-uninitialised`, `-older`, `-newer`, `-damaged`.
    """
    from workbench.catalogue import open_catalogue

    return open_catalogue(desk.catalogue_url, create=not desk.settings.catalogue)

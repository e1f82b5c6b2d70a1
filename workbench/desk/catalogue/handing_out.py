"""What leaves the house for people rather than programs: copies of studies to approve, and a year in figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.desk.catalogue import browsing, minting
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.desk import Desk
from workbench.desk.rows import ExportReport
from workbench.errors import Refused, WrongUsage
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from workbench.exporters.copies import Copy
    from workbench.exporters.folder import Written
    from workbench.word.paper import PaperPicture

Kind = Literal["word", "pdf"]


def copies(
    desk: Desk, kind: Kind, directory: Path, names: Sequence[str], progress: Progress = silent
) -> ExportReport:
    """Writes a Word or PDF copy of each study: of a submission as it stands, by its id, marked as a draft; of a
    published study, by its UUID. Needs the catalogue only for pictures that are not on this desk yet.

    Raises WrongUsage("nothing-to-export", "unknown-submission"), Refused("not-our-folder"), `SurroundingsFailed`
    where the folder cannot be written, and "no-libreoffice" where no PDF can be made.
    """
    from workbench.exporters import copies

    if not names:
        raise WrongUsage("nothing-to-export")
    chosen = [_copy(desk, name) for name in dict.fromkeys(names)]
    return _report(
        copies.write(chosen, lambda sha256: _picture(desk, sha256), directory, desk.clock(), kind, progress)
    )


def digest(desk: Desk, year: int, directory: Path, progress: Progress = silent) -> ExportReport:
    """Writes the figures of a year, as a page and as CSV.

    Raises Refused("not-our-folder"), `SurroundingsFailed` where the catalogue cannot be read or the folder not
    written.
    """
    from workbench.exporters import digest

    with open_shared(desk) as shared:
        return _report(digest.write(shared.studies(), year, directory, progress))


def _report(written: Written) -> ExportReport:
    return ExportReport(written.written, written.unchanged, written.removed)


def _copy(desk: Desk, name: str) -> Copy:
    from workbench.exporters.copies import Copy
    from workbench.store import mirror

    with desk.store.reading() as connection:
        published = mirror.get(connection, name)
    if published is not None:
        return Copy(published, minting.slugify(published.publication.slug or name))
    study = browsing.preview(desk, name)
    return Copy(study, f"{name}-{minting.slugify(study.publication.title)[:60].strip('-')}", draft=True)


def _picture(desk: Desk, sha256: str) -> PaperPicture | None:
    """The picture as readers get it; None where it is gone, or none that can be shown."""
    from workbench.desk.editing.pictures import Unshowable, prepare
    from workbench.word.paper import PaperPicture

    try:
        ready = prepare(browsing.asset(desk, sha256))
    except (Unshowable, Refused):
        return None
    return PaperPicture(ready.data, ready.media_type, ready.width, ready.height)

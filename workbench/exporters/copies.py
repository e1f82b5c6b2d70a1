"""Studies as documents to read and to approve, for people without an account: one Word or PDF file each.

A study that is not published is marked as a draft of the day it was written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench import richtext, words
from workbench.errors import SurroundingsFailed
from workbench.exporters import safe
from workbench.exporters.folder import Folder, Written
from workbench.progress import Progress, silent
from workbench.publication import APART, Study
from workbench.submission import TERM_KINDS

if TYPE_CHECKING:
    from workbench.word.paper import Paper, PaperPicture

Kind = Literal["word", "pdf"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A study to be written out, the name of its file without an ending, and whether it is a draft."""

    study: Study
    name: str
    draft: bool = False


def write(
    copies: Iterable[Copy],
    picture: Callable[[str], PaperPicture | None],
    directory: Path,
    now: datetime,
    kind: Kind = "word",
    progress: Progress = silent,
) -> Written:
    """Writes each study into `directory`, beside what stands there.

    `picture` gives a picture by its SHA-256; one that cannot be shown is left out and told by its description.
    Raises as `Folder` does, and `SurroundingsFailed("no-libreoffice")` where a PDF cannot be made.
    """
    several = list(copies)
    with Folder(directory, "copies") as folder:
        for done, copy in enumerate(several):
            progress(done, len(several), safe.line(copy.study.publication.title))
            made = paper(copy, picture, now)
            folder.hold(f"{copy.name}.{_ENDINGS[kind]}", _document(made, kind))
        return folder.commit()


_ENDINGS = {"word": "docx", "pdf": "pdf"}


def _document(made: Paper, kind: Kind) -> bytes:
    from workbench import word

    data = word.write(made)
    if kind == "word":
        return data
    converted = word.pdf(data)
    if converted is None:
        raise SurroundingsFailed("no-libreoffice")
    return converted


def paper(copy: Copy, picture: Callable[[str], PaperPicture | None], now: datetime) -> Paper:
    """What is written of a study: all that readers see, and its themes."""
    from workbench.word.paper import Paper

    study, publication = copy.study, copy.study.publication
    told = (*(field for field in publication.fields if field.id not in APART), *publication.personal)
    shown = {image.sha256: picture(image.sha256) for image in publication.images}
    return Paper(
        title=safe.line(publication.title) or words.say("exports", "untitled", language=words.OUTSIDE),
        about=tuple(_about(study)),
        summary=safe.text(publication.summary),
        parts=tuple((safe.line(field.label), richtext.from_html(safe.html(field.html))) for field in told),
        mark=_mark(copy, now),
        made=now if copy.draft else study.published_at,
        draft=copy.draft or study.withdrawn,
        pictures={asset: found for asset, found in shown.items() if found is not None},
    )


def _mark(copy: Copy, now: datetime) -> str:
    study = copy.study
    if copy.draft:
        return words.say(
            "exports", "draft", language=words.OUTSIDE, day=words.day(now.astimezone(), words.OUTSIDE)
        )
    if study.withdrawn:
        return words.say("exports", "withdrawn", language=words.OUTSIDE, note=safe.line(study.note)).strip()
    day = words.day(study.published_at.astimezone(), words.OUTSIDE)
    return words.say("exports", "published", language=words.OUTSIDE, version=study.version, day=day)


def _about(study: Study) -> Iterator[str]:
    yield safe.line(study.publication.councils)
    for kind in TERM_KINDS:
        labels = ", ".join(safe.line(term.label) for term in study.terms if term.kind == kind)
        if labels:
            yield words.say(
                "exports", f"kind-{kind.replace('_', '-')}", language=words.OUTSIDE, labels=labels
            )

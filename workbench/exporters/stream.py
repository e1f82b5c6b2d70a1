"""Studies on their way into a file, each told to whoever watches as it passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import length_hint

from workbench.exporters import safe
from workbench.progress import Progress
from workbench.publication import Study


def told(studies: Iterable[Study], progress: Progress) -> Iterator[Study]:
    """The same studies in the same order; how many they will be is asked of `studies` where it knows."""
    total = length_hint(studies)
    for done, study in enumerate(studies):
        progress(done, max(total, done), safe.line(study.publication.title))
        yield study

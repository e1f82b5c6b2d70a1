"""Alternative text that will not help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_FILE = re.compile(
    r"^[\w\s().-]+\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic|emf|wmf)$|^(?:IMG|DSC|DSCN|image|picture|"
    r"photo|screen\s?shot|scan)[_ -]?\d[\d_. -]*$",
    re.IGNORECASE,
)
_IMAGE_OF = re.compile(
    r"^(?:an?\s+|the\s+)?(?:image|picture|pic|photo|photograph|graphic|screenshot)(?:\s+(?:of|showing)\b|$)",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"description\s+automatically\s+generated|AI-generated\s+content", re.IGNORECASE)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each description that is a file's name, begins "image of", is too long or made by a machine."""
    for picture in manuscript.submission.pictures:
        alt = (picture.alt or "").strip()
        poor = alt and (len(alt) > rule["most"] or any(p.search(alt) for p in (_FILE, _IMAGE_OF, _MACHINE)))
        if poor:
            yield rule.of(
                manuscript.picture_field(picture.sha256), alt, case="long" if len(alt) > rule["most"] else ""
            )

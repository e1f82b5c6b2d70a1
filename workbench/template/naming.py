"""An id made of words: of a question by its label, of a template by what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 40
"""Characters of an id beyond which no further word is taken into it."""

_LITTLE = """
the a an of to in on for and or is are was were did do does your you our we it its this that be been have has had
please what
"""
_SMALL = frozenset(_LITTLE.split())
"""Words that tell nothing of what is asked."""


_COUNTED = re.compile(r"\s*\(?\d{1,2}(?:\.\d{1,2})*[.):]\s+(?=\S)")
"""The number of a question."""


def slug(label: str, gap: str = "_") -> str:
    """A short id of the telling words of a label, one `gap` between two; "" where it has neither letter nor digit."""
    bare = _COUNTED.sub("", label, count=1) if _COUNTED.match(label) else label
    plain = unicodedata.normalize("NFKD", bare.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    made = ""
    for word in [word for word in words if word not in _SMALL] or words:
        longer = f"{made}{gap}{word}" if made else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        made = longer
    return made if not made or made[0].isalpha() else f"q{gap}{made}"


def unused(wanted: str, taken: Collection[str], gap: str = "_") -> str:
    """The id that is wanted, with a number behind it where it is taken."""
    made, number = wanted, 1
    while made in taken:
        number += 1
        made = f"{wanted}{gap}{number}"
    return made

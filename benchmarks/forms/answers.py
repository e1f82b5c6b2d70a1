"""Invented answers: sentences put together by chance, the same for the same key."""

from __future__ import annotations

import random

_WHO = (
    "The town council", "Our housing team", "A group of tenants", "The library service", "Two local schools",
    "The highways depot", "Volunteers from the ward", "The parks officers", "A small charity", "The market traders",
    "Our finance partners", "The fire service", "Young people", "Carers in the valley", "The museum trust",
)  # fmt: skip
_DID = (
    "agreed to share", "opened", "repaired", "paid for", "took over", "mapped", "planted", "redesigned", "moved",
    "tested", "gave away", "painted", "rebuilt", "lent out", "measured",
)  # fmt: skip
_WHAT = (
    "the old pavilion", "forty garden plots", "a minibus", "the empty shops", "nine footpaths", "a repair bench",
    "the boiler house", "three kitchens", "a winter timetable", "the drainage channels", "a stock of tools",
    "the reading room", "every street light", "a pair of ramps", "the riverside fence",
)  # fmt: skip
_THEN = (
    "before the summer was over", "within its first year", "at half the price expected", "with help from neighbours",
    "after a vote of residents", "for the second time", "without any new staff", "while the roof was off",
    "despite a wet spring", "as the survey had asked", "on Saturdays only", "and kept a diary of it",
)  # fmt: skip


def prose(key: str, sentences: int = 3, paragraphs: int = 1) -> str:
    """So many sentences, the paragraphs parted by line ends."""
    chance = random.Random(key)

    def sentence() -> str:
        return " ".join(chance.choice(words) for words in (_WHO, _DID, _WHAT, _THEN)) + "."

    return "\n".join(" ".join(sentence() for _ in range(sentences)) for _ in range(paragraphs))

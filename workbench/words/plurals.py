"""Which form of a sentence a number takes, by rules written as CLDR writes them, such as `few: n % 10 = 2..4`."""

from __future__ import annotations

import re
from functools import lru_cache

from workbench.words.speaking import trait

OTHER = "other"

_RELATION = re.compile(r"[ni](?: % (\d+))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)")


def forms(language: str) -> tuple[str, ...]:
    """The plural forms of a language, `other` last."""
    return (*(name for name, _ in _rules(language)), OTHER)


@lru_cache(maxsize=1024)
def form(language: str, n: int) -> str:
    """The plural form that `n` of something takes in a language."""
    return next((name for name, rule in _rules(language) if _holds(rule, abs(n))), OTHER)


@lru_cache(maxsize=16)
def _rules(language: str) -> tuple[tuple[str, str], ...]:
    stated = (each.partition(":") for each in trait("plurals", language).split("·") if each.strip())
    return tuple((name.strip(), rule.strip()) for name, _, rule in stated)


def _holds(rule: str, n: int) -> bool:
    return any(all(_related(each, n) for each in both.split(" and ")) for both in rule.split(" or "))


def _related(relation: str, n: int) -> bool:
    """Whether one relation of a rule holds. Raises ValueError for one that is none."""
    found = _RELATION.fullmatch(relation.strip())
    if found is None:
        raise ValueError(f"no rule of plurals: {relation}")
    rest = n % int(found[1]) if found[1] else n
    ranges = (each.split("..") for each in found[3].split(","))
    return any(int(low[0]) <= rest <= int(low[-1]) for low in ranges) is (found[2] == "=")

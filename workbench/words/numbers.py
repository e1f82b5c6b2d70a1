"""Numbers, sizes, lists and the order of names, as a language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from workbench.words.speaking import spoken, trait

_UNITS = ("B", "kB", "MB", "GB", "TB")


def number(value: int | float, language: str = "", *, places: int = 0) -> str:
    """A number as people write it, its thousands parted: 12,345."""
    plain = f"{value:,.{places}f}"
    marks = {",": trait("thousands", language), ".": trait("decimal", language)}
    return "".join(marks.get(each, each) for each in plain)


def size(octets: int, language: str = "") -> str:
    """The size of a file: 512 B, 1.5 MB; a kilobyte is 1,000 bytes."""
    value, unit = float(octets), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{number(value, language, places=int(unit > 0 and value < 99.95))} {_UNITS[unit]}"


def listed(items: Sequence[str], language: str = "") -> str:
    """Several in one sentence: `a, b and c` in English."""
    if len(items) < 2:
        return "".join(items)
    last = trait("list-last", language)
    return last.replace("{a}", ", ".join(items[:-1])).replace("{b}", items[-1])


def sorting(text: str, language: str = "") -> tuple[tuple[int, ...], str]:
    """The key by which names are put in the order of a language's alphabet, whatever their capitals and accents."""
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each)
    )
    letters, places = _alphabet(language or spoken())
    return tuple(places.get(each, 1000 + ord(each[0])) for each in letters.findall(bare)), text


@cache
def _alphabet(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """What takes a word apart into a language's letters, of which some are two, and the place of each."""
    letters = trait("alphabet", language).split()
    longest_first = sorted(letters, key=len, reverse=True)
    places = {letter: 200 + at for at, letter in enumerate(letters)}
    return re.compile("|".join([*map(re.escape, longest_first), r"\S"]), re.DOTALL), {
        **places,
        **{str(digit): 100 + digit for digit in range(10)},
    }

"""Which languages there are, and the one this process speaks."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import resources

FALLBACK = "en"

OUTSIDE = "en"
"""What leaves the house is said in this language, whatever the window speaks: what readers and councils get."""

_TRAITS = "language.toml"
_ASKED = ("LC_ALL", "LC_MESSAGES", "LANG")

_spoken: str | Callable[[], str] = FALLBACK


def spoken() -> str:
    """The language this process speaks."""
    global _spoken
    if not isinstance(_spoken, str):
        # What is said while it is being found out is said in English.
        find, _spoken = _spoken, FALLBACK
        _spoken = find()
    return _spoken


def speak(language: str | Callable[[], str]) -> None:
    """From now on sentences are said in `language`, in every thread; called once, before the first sentence.

    A function is asked when the first sentence is said, since finding out may cost more than what says none.
    """
    global _spoken
    _spoken = language


@cache
def languages() -> tuple[str, ...]:
    """Every language there is a folder of words for, English first."""
    return resources.languages()


def chosen(wanted: Iterable[str]) -> str:
    """The first of the languages wanted, such as `cy_GB.UTF-8`, that there is; English where there is none."""
    known = {language.lower(): language for language in languages()}
    for each in wanted:
        whole = each.partition(".")[0].partition("@")[0].replace("_", "-").lower()
        for name in (whole, whole.partition("-")[0]):
            if name in known:
                return known[name]
    return FALLBACK


def of_environment(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The languages that the surroundings of a command ask for, the dearest first."""
    said = next((environment[name] for name in _ASKED if environment.get(name)), "")
    if not said and sys.platform == "win32":
        return _of_windows()
    first = (
        environment.get("LANGUAGE", "").split(":") if said.partition(".")[0] not in {"", "C", "POSIX"} else []
    )
    return tuple(each for each in (*first, said) if each)


def _of_windows() -> tuple[str, ...]:
    import ctypes

    number = getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage()  # noqa: B009
    return (locale.windows_locale.get(number, ""),)


def trait(name: str, language: str = "") -> str:
    """What a language says of itself, such as its months; what it leaves unsaid is as in English."""
    return _traits(language or spoken()).get(name) or _traits(FALLBACK)[name]


def _traits(language: str) -> Mapping[str, str]:
    if not resources.path("words", language, _TRAITS).exists():
        return {}
    return resources.toml("words", language, _TRAITS)

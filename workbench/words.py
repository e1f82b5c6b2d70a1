"""The sentences that people read, kept out of the code so that they can be changed and translated.

Sentences stand in `resources/words/<language>/*.toml`: each file is a group (`errors`, `journal`, `ui`, …),
each key a code, each value a sentence with `{parameters}`, or a table of `one` and `other` chosen by the
parameter `n`. A language that lacks a sentence falls back to English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, cast

import resources
from workbench.errors import WorldError

FALLBACK = "en"

_PARAMETER = re.compile(r"\{(\w+)\}")


@cache
def _group(language: str, group: str) -> Mapping[str, Any]:
    if not resources.path("words", language, f"{group}.toml").exists():
        return {}
    return resources.toml("words", language, f"{group}.toml")


def has(group: str, code: str) -> bool:
    """Whether English, the language every other falls back to, has this sentence."""
    return code in _group(FALLBACK, group)


def say(group: str, code: str, *, language: str = FALLBACK, **params: Any) -> str:
    """The sentence `code` of `group`, its parameters filled in; the bare code where no sentence exists."""
    sentence = _group(language, group).get(code) or _group(FALLBACK, group).get(code) or code
    if isinstance(sentence, dict):
        forms = cast("dict[str, str]", sentence)
        sentence = forms["one"] if params.get("n") == 1 and "one" in forms else forms["other"]
    return fill(str(sentence), params)


def fill(sentence: str, params: Mapping[str, Any]) -> str:
    """`sentence` with each `{name}` replaced; a parameter nobody gave stays as it is written."""
    return _PARAMETER.sub(lambda found: str(params.get(found[1], found[0])), sentence)


def day(when: date) -> str:
    """A day as people write it: 3 October 2026."""
    return f"{when.day} {when:%B %Y}"


def explain(error: WorldError, *, language: str = FALLBACK) -> str:
    """What happened and what to do next, in one sentence, for an error of the world."""
    return say("errors", error.code, language=language, **error.params)

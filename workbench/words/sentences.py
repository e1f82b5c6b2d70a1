"""Saying a sentence: found in the language, in the form its number takes, its parameters filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import resources
from workbench.errors import WorldError
from workbench.words.numbers import number
from workbench.words.plurals import OTHER, form
from workbench.words.speaking import FALLBACK, spoken

PARAMETER = re.compile(r"\{(\w+)\}")


@cache
def group(language: str, name: str) -> Mapping[str, Any]:
    """The sentences of a group in one language, by code; none where the language lacks the file."""
    if not resources.path("words", language, f"{name}.toml").exists():
        return {}
    return resources.toml("words", language, f"{name}.toml")


def has(name: str, code: str) -> bool:
    """Whether English, the language every other falls back to, has this sentence."""
    return code in group(FALLBACK, name)


def say(group_name: str, code: str, /, *, language: str = "", **params: Any) -> str:
    """The sentence `code` of a group, its parameters filled in; the bare code where no sentence exists.

    In the language that is spoken, or in `language`.
    """
    tongue, sentence = _found(language or spoken(), group_name, code)
    if isinstance(sentence, str):
        return fill(sentence, params)
    n, forms = params.get("n"), cast("dict[str, str]", sentence)
    if not isinstance(n, int):
        return fill(forms[OTHER], params)
    return fill(forms.get(form(tongue, n), forms[OTHER]), {**params, "n": number(n, tongue)})


def _found(language: str, name: str, code: str) -> tuple[str, Any]:
    """The sentence and the language it is in."""
    for tongue in (language, FALLBACK):
        if sentence := group(tongue, name).get(code):
            return tongue, sentence
    return FALLBACK, code


def fill(sentence: str, params: Mapping[str, Any]) -> str:
    """`sentence` with each `{name}` replaced; a parameter nobody gave stays as it is written."""
    return PARAMETER.sub(lambda found: str(params.get(found[1], found[0])), sentence)


def explain(error: WorldError, *, language: str = "") -> str:
    """What happened and what to do next, in one sentence, for an error of the world."""
    return say("errors", error.code, language=language, **error.params)


def retold(name: str, code: str, said: str, originals: Mapping[str, str]) -> str:
    """What was said in English and kept, said again in the language that is spoken; as it is where it cannot be.

    `originals` are the English sentences it may have been made of, by code; `code` is put before theirs.
    """
    sentences = group(spoken(), name)
    for case, original in originals.items():
        told = sentences.get(f"{code}.{case}" if case else code)
        if told and (found := _reading(original).fullmatch(said)):
            return fill(told, found.groupdict())
    return said


@cache
def _reading(original: str) -> re.Pattern[str]:
    """What recognises a sentence that was filled in, and finds what it was filled with."""
    seen: set[str] = set()
    parts: list[str] = []
    for at, part in enumerate(PARAMETER.split(original)):
        again, named = f"(?P={part})", f"(?P<{part}>.+?)"
        parts.append(re.escape(part) if at % 2 == 0 else again if part in seen else named)
        seen.add(part)
    return re.compile("".join(parts), re.DOTALL)

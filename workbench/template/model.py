"""A template and its fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

FieldKind = Literal["line", "text", "council", "contact", "links"]
"""What an answer looks like: one line, rich text, council names, a person's details, a list of links."""

KINDS: tuple[FieldKind, ...] = get_args(FieldKind)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a template.

    `label` is the heading in the Word file and on the website, `guidance` the prompt below it, each paragraph of it a
    line; `synonyms` other headings that mean this field. Word limits are in words; None where there is no limit.
    """

    id: str
    label: str
    guidance: str = ""
    synonyms: tuple[str, ...] = ()
    kind: FieldKind = "text"
    required: bool = False
    min_words: int | None = None
    max_words: int | None = None
    personal: bool = False
    """Holds details of a person: kept apart from what can never be changed once published."""
    public: bool = True
    """Whether readers see it."""


@dataclass(frozen=True)
class Template:
    """An ordered set of fields with an id and a version, under which Word files are sent out and read back.

    `combined` maps a heading that stands for several fields to their ids, such as "challenge and solution";
    `banners` are headings of the Word form that ask nothing, such as "Section A: about you".
    """

    id: str
    version: int
    label: str
    description: str
    fields: tuple[Field, ...]
    combined: Mapping[str, tuple[str, ...]]
    banners: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """The fields by their id."""
        return {field.id: field for field in self.fields}

    @property
    def asked(self) -> tuple[Field, ...]:
        """What a council is asked: without what only tells how an answer is recognised, and who may read it."""
        return tuple(replace(each, synonyms=(), personal=False, public=True) for each in self.fields)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_NOT_WORDS = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """`text` in small letters of one kind, without invisible characters, on one line."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold().split())


def words_of(text: str) -> str:
    """The words of a cleaned heading: no punctuation, no leading "The", "and" for its signs."""
    spelt = text.replace("&", " and ").replace("/", " and ").replace("+", " and ")
    words = _NOT_WORDS.sub(" ", spelt).strip().removeprefix("the ")
    return words.replace("learnt", "learned")


def heading_key(heading: str) -> str:
    """The words by which a label, a synonym or a combined heading is looked up: two with one key are one heading."""
    return words_of(clean(heading))

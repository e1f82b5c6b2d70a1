"""The sentences that people read, kept out of the code so that they can be changed and translated.

Sentences stand in `resources/words/<language>/*.toml`: each file is a group (`errors`, `journal`, `ui`, …),
each key a code, each value a sentence with `{parameters}`, or a table of plural forms (`one`, `two`, `other`, …)
chosen by the parameter `n` as the language counts. A language that lacks a sentence falls back to English, sentence
by sentence. What a language is beside its sentences, such as its months and its plurals, stands in its
`language.toml`; a folder with that file is a language, and nothing in the code names one.

The process speaks one language, chosen once by `speak` before the first sentence. What leaves the house is said in a
language of its own, by `language=`.
"""

from workbench.words.days import (
    Written,
    day,
    long_day,
    moment,
    months,
    read,
    short_day,
    weekday,
)
from workbench.words.findings import finding
from workbench.words.numbers import listed, number, size, sorting
from workbench.words.sentences import explain, fill, group, has, retold, say
from workbench.words.speaking import (
    FALLBACK,
    OUTSIDE,
    chosen,
    languages,
    of_environment,
    speak,
    spoken,
    trait,
)

__all__ = [
    "FALLBACK",
    "OUTSIDE",
    "Written",
    "chosen",
    "day",
    "explain",
    "fill",
    "finding",
    "group",
    "has",
    "languages",
    "listed",
    "long_day",
    "moment",
    "months",
    "number",
    "of_environment",
    "read",
    "retold",
    "say",
    "short_day",
    "size",
    "sorting",
    "speak",
    "spoken",
    "trait",
    "weekday",
]

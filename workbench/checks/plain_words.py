"""First person, jargon and passives where plain words would say who did what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from workbench.checks.answer import Answer, stems
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_WE = re.compile(r"\b(?:[Ww]e|[Oo]urs?|[Uu]s)\b")
_FIRST_PERSON = frozenset({"we", "our", "ours", "us"})
_AUXILIARIES = (" was ", " were ", " been ", " being ", " is ", " are ")
_PASSIVE = re.compile(r" \w+ (?:\w+ly )?(\w+)")
_NOBODY = re.compile(
    r"It (?:was|is|has been|had been) (?:\w+ly )?(?:decided|agreed|felt|thought|noted|recognised|"
    r"considered|determined) "
)
_PARTICIPLES = frozenset(
    {
        "given",
        "made",
        "taken",
        "done",
        "seen",
        "set",
        "held",
        "built",
        "found",
        "shown",
        "known",
        "put",
        "led",
        "bought",
        "sold",
        "cut",
        "sent",
        "told",
        "left",
        "kept",
        "brought",
        "taught",
        "thought",
        "paid",
        "said",
        "met",
        "won",
        "lost",
        "read",
        "run",
        "begun",
        "chosen",
        "written",
        "driven",
        "drawn",
        "grown",
        "thrown",
        "spent",
        "spoken",
        "broken",
        "hidden",
        "laid",
        "understood",
    }
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """One finding for the first person, one for each jargon word, and one for a run of passive sentences."""
    if not answer.is_prose:
        return
    first = next((found for found in _we(answer) if not answer.in_quotation(found.start())), None)
    if first:
        yield rule.at(answer, *first.span(), case="we")
    jargon = tuple(rule["jargon"])
    for start, end in answer.sentences_with_stems(stems(jargon)):
        for found in _jargon(jargon).finditer(answer.text, start, end):
            if not answer.in_quotation(found.start()):
                yield rule.at(answer, *found.span(), case="jargon")
    yield from _passives(answer, rule)


def _we(answer: Answer) -> Iterator[re.Match[str]]:
    return iter(()) if answer.terms.isdisjoint(_FIRST_PERSON) else _WE.finditer(answer.text)


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in _PARTICIPLES


def _passives(answer: Answer, rule: Rule) -> Iterator[Finding]:
    verbs = (found.start() for found in answer.at_words(_PASSIVE, _AUXILIARIES) if _is_participle(found[1]))
    counts = Counter(map(answer.sentence_number, verbs))
    run, most = 0, rule["run"]
    for n, (start, end) in enumerate(answer.sentences) if counts else ():
        count = counts.get(n, 0)
        run = run + 1 if count else 0
        nobody = answer.text.startswith("It ", start) and _NOBODY.match(answer.text, start)
        if run == most or count >= most or nobody:
            yield rule.at(answer, start, end)


@cache
def _jargon(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)

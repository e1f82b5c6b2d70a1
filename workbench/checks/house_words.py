"""Spelling, capitals, ampersands and quotation marks that are not the house style."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule, Rules
from workbench.submission import Finding

_AMPERSAND = re.compile(r"(?<=\w)\s+(&)\s+(?=\w)")
_CAPITALS = re.compile(
    r"(?<![\w-])[A-Z][A-Z'’-]+(?:[ ,]+(?:[A-Z][A-Z'’-]+|A|I|&))*(?:[ ,]+[A-Z][A-Z'’-]{2,})(?![\w-])"
)
_LOUD = re.compile(r"[A-Z]{4}")
_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]+(?![\w@/-]|\.\w)")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for each departure, with its mending."""
    if not answer.is_prose:
        return
    yield from _spelling(answer, rule, _american(manuscript.rules))
    yield from _ampersands(answer, rule)
    yield from _capitals(answer, rule, manuscript.rules.sets["acronyms"])
    yield from _quotes(answer, rule)


def _spelling(answer: Answer, rule: Rule, american: Mapping[str, str]) -> Iterator[Finding]:
    if answer.terms.isdisjoint(american):
        return
    for found in _WORD.finditer(answer.text):
        british = american.get(found[0].lower())
        if british and not answer.in_quotation(found.start()) and not _is_name(answer.text, found):
            put = british.capitalize() if found[0][0].isupper() else british
            yield rule.at(answer, *found.span(), put=put, rule=f"'{put}', not '{found[0]}'")


@cache
def _american(rules: Rules) -> Mapping[str, str]:
    """American spellings with the British ones; where the house takes either ending, organize is none."""
    words: Mapping[str, str] = rules.lists["american"]
    if rules.style["endings"] == "ise":
        return words
    return {word: put for word, put in words.items() if word.replace("z", "s") != put}


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether a word with a capital is part of a name, such as "Pearl Harbor" or "Center Parcs"."""
    if not found[0][0].isupper():
        return False
    before = text[: found.start()].rstrip(" “\"'(")
    opens = not before or before[-1] in ".!?:\n"
    return not opens or re.match(r"\s+[A-Z]", text[found.end() :]) is not None


def _ampersands(answer: Answer, rule: Rule) -> Iterator[Finding]:
    """An ampersand between two names belongs to them; beside a common word it does not."""
    for found in _AMPERSAND.finditer(answer.text) if "&" in answer.text else ():
        at = found.start(1)
        before = re.search(r"[\w’'-]+\s+$", answer.text[max(0, at - 40) : at])
        after = re.match(r"&\s+([\w’'-]+)", answer.text[at : at + 40])
        lower = before and after and (before[0][0].islower() or after[1][0].islower())
        if lower and not answer.in_quotation(at):
            yield rule.at(answer, at, at + 1, put="and", rule="'and', not '&'")


def _capitals(answer: Answer, rule: Rule, known: Collection[str]) -> Iterator[Finding]:
    for found in _CAPITALS.finditer(answer.text) if _LOUD.search(answer.text) else ():
        words = re.findall(r"[A-Z'’-]{2,}", found[0])
        loud = [word for word in words if word not in known and len(word) > 3]
        if len(loud) >= (rule["loud"] if len(words) < rule["shouted"] else 1) and not answer.in_quotation(
            found.start()
        ):
            yield rule.at(answer, *found.span(), put=found[0].capitalize(), rule="no words in capitals")


def _quotes(answer: Answer, rule: Rule) -> Iterator[Finding]:
    """Where curly and straight marks are mixed, the rarer kind becomes the other."""
    text = answer.text
    for curly, straight in (("“”", '"'), ("‘’", "'")):
        if straight not in text or not (curly[0] in text or curly[1] in text):
            continue
        curls = [found.start() for found in re.finditer(f"[{curly}]", text)]
        plain = [found.start() for found in re.finditer(f"(?<!\\d){straight}", text)]
        if curls and plain:
            first, last = (min(curls), max(curls)) if len(curls) < len(plain) else (min(plain), max(plain))
            put = (
                text[first : last + 1].translate(_QUOTES)
                if len(curls) < len(plain)
                else _curled(text, first, last)
            )
            yield rule.at(
                answer, first, last + 1, put=put, rule="one kind of quotation mark, curly or straight"
            )


def _curled(text: str, first: int, last: int) -> str:
    def curl(found: re.Match[str]) -> str:
        before = text[first + found.start() - 1 : first + found.start()]
        opens = not before.strip() or before in "([{–—"
        return ("“" if opens else "”") if found[0] == '"' else ("‘" if opens else "’")

    return re.sub("[\"']", curl, text[first : last + 1])

"""Finding people in a text: given names, with what stands before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbench import spelling

CARE = (
    r"(?:resident|patient|tenant|service[ -]user|client|carer|claimant|pensioner|widow|widower|victim|"
    r"survivor|care[ -]leaver|"
    r"mother|father|mum|dad|grandmother|grandfather|parent|homeowner|asylum[ -]seeker|refugee|"
    r"participant|passenger|visitor|prisoner|learner|caller|applicant|pupil|wheelchair[ -]user|"
    r"rough[ -]sleeper|leaseholder|customer)"
)
"""Words for people whom a service is for."""

CHANGED = re.compile(
    r"names?\s+(?:and\s+\w+\s+)?(?:has|have|had)\s+been\s+changed|names?\s+changed|not\s+(?:his|her|"
    r"their)\s+real\s+name|"
    r"pseudonym|real\s+names?\s+(?:is|are)\s+not|with\s+(?:his|her|their|the\s+famil(?:y|"
    r"ies)'?s?)\s+(?:\w+\s+)?(?:consent|permission|agreement)|"
    r"(?:gave|given|has|have)\s+(?:us\s+)?(?:given\s+)?(?:(?:his|her|their|written|full|"
    r"informed)\s+){0,2}(?:consent|permission)\s+(?:to|for)",
    re.IGNORECASE,
)
"""That names were changed, or that consent is recorded."""

_BEFORE = re.compile(rf"\b{CARE}\s+$", re.IGNORECASE)
_CHILD_BEFORE = re.compile(
    r"\b(?:looked[- ]after\s+child|foster(?:ed)?\s+child|pupil|schoolgirl|schoolboy|toddler|baby|"
    r"(?:her|his|their)\s+(?:son|daughter)),?\s+(?:(?:called|named)\s+)?$",
    re.IGNORECASE,
)
_AGED_AFTER = re.compile(
    r",?\s+aged?\s+\d{1,3}\b|\s*\((?:aged?\s+)?\d{1,2}\)|,\s+\d{1,2},|"
    r",\s+(?:who\s+(?:is|was|has|had|lives?|lived|lost|cares?|cared|uses?|used)|an?)\s"
)
_AGED_BEFORE = re.compile(r"\b[\w-]+[- ]years?[- ]old\s+(?:\w+\s+)?$")
_CAPITAL = re.compile(r"[A-Z][a-zé]+")
_FAMILY = re.compile(r"\s+(?:[A-Z]\.?\s+)?(?:O['’]|Mc|Mac)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_ALSO_WORDS = frozenset({
    "Mason", "Hunter", "Harper", "Ivy", "Grace", "Faith", "Hope", "Rose", "Summer", "Autumn", "Pearl",
    "Jasper", "Archer", "Carter", "Cooper", "Tanner", "Chase", "Reed", "Rowan", "Willow", "Jay", "Mark",
    "Bill", "Will", "Dale", "Olive", "Holly", "Iris", "Joy", "Melody", "Miles", "Guy", "Grant", "Wade",
    "Drew", "Kit", "Sky", "River", "Destiny", "Crystal", "Ash", "Clay", "Sandy", "May", "Basil", "Star",
    "Precious", "Blessing", "Patience", "Charity", "Mercy", "Constance", "Verity", "Victor",
})  # fmt: skip
"""Given names that are words too: names only where what stands beside them says so."""
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx"})
_OFFICE_BEFORE = re.compile(
    r"(?:Cllr|Councillor|Coun|Mayor|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Reverend|King|"
    r"Queen|Prince|Princess|Saint|St|"
    r"director|manager|officer|leader|minister|executive|headteacher|inspector|artist|author|poet|"
    r"coach|chair|chairman|chairwoman|"
    r"member|secretary|commissioner|architect|engineer|worker|adviser|advisor|coordinator|consultant|"
    r"ambassador|sergeant|MP|lead|head)[.,]?\s+$",
    re.IGNORECASE,
)
_OFFICE_AFTER = re.compile(
    r"^,?\s*(?:\()?(?:who\s+(?:is|was)\s+)?(?:the\s+|our\s+|a\s+|an\s+|its\s+|their\s+)?(?:[\w’'&-]+\s+){0,5}?"
    r"(?:director|manager|officer|leader|councillor|chief|head\s+of|minister|cabinet\s+member|"
    r"portfolio\s+holder|coordinator|"
    r"co-ordinator|lead|chair|worker|adviser|advisor|consultant|founder|artist|engineer|planner|"
    r"professor|teacher|MP|mayor|"
    r"inspector|commissioner|executive|nurse|librarian|curator|designer|developer|analyst|architect|poet|author)\b"
)
_THING_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:House|Road|Street|Centre|Center|School|Academy|Primary|Park|Hospital|Court|"
    r"Foundation|Trust|Lane|Way|Building|"
    r"Library|Ltd|Award|Awards|Review|Report|Hall|College|University|Square|Gardens|Avenue|Estate|"
    r"Theatre|Museum|Church|Act|Day)\b"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a text: where, by which words, and what stands around."""

    start: int
    end: int
    name: str
    titled: bool
    before: str
    after: str


@lru_cache(maxsize=512)
def people(text: str, given_names: frozenset[str]) -> tuple[Person, ...]:
    """The people named who hold no office and give their name to no place."""
    return tuple(_people(text, given_names))


def _people(text: str, given_names: frozenset[str]) -> Iterator[Person]:
    at = 0
    for found in _CAPITAL.finditer(text):
        titled = found[0] in _TITLES
        if (
            found.start() < at
            or not (titled or found[0] in given_names or _is_introduced(text, found))
            or text[found.start() - 1 : found.start()].isalnum()
        ):
            continue
        family = _FAMILY.match(text, found.end() + (text[found.end() : found.end() + 1] == "."))
        at = family.end() if family else found.end()
        person = _person(text, found.start(), at, titled)
        if (
            not (titled and family is None)
            and not _holds_office(person)
            and not (family and _is_thing(family[0], person))
        ):
            yield person


def _is_introduced(text: str, found: re.Match[str]) -> bool:
    """Whether a word that is no word of the language is told to be a name by what stands beside it.

    A word for a person before two names ("resident Norma Ashdown"), or before one that belongs to a child; an age
    or who they are after them ("Kayleigh, aged 11", "Jory, who is blind") or before ("ten-year-old Kian").
    """
    family = _FAMILY.match(text, found.end())
    last = family[0].split()[-1] if family else found[0]
    if _is_word(last) and found[0] not in _ALSO_WORDS:
        return False
    before = text[max(0, found.start() - 30) : found.start()]
    told = (family and _BEFORE.search(before)) or _CHILD_BEFORE.search(before)
    aged = _AGED_AFTER.match(text, family.end() if family else found.end()) or _AGED_BEFORE.search(before)
    return bool(told or aged)


@lru_cache(maxsize=1 << 12)
def _is_word(written: str) -> bool:
    return spelling.is_word(written.lower())


def _person(text: str, start: int, end: int, titled: bool) -> Person:
    return Person(start, end, text[start:end], titled, text[max(0, start - 60) : start], text[end : end + 90])


def _holds_office(person: Person) -> bool:
    return any(
        (
            _OFFICE_BEFORE.search(person.before),
            _OFFICE_AFTER.match(person.after),
            _THING_AFTER.match(person.after),
        )
    )


def _is_thing(family: str, person: Person) -> bool:
    """Whether a second name makes it a place or a body: "Margaret Road", "Charlotte Street Library"."""
    return family.strip() in _PLACES or _THING_AFTER.match(family + person.after) is not None


_PLACES = frozenset(
    {
        "House",
        "Road",
        "Street",
        "Centre",
        "School",
        "Park",
        "Hospital",
        "Court",
        "Foundation",
        "Trust",
        "Lane",
        "Way",
        "Hall",
        "Library",
        "Academy",
    }
)

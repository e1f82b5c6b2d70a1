"""Stories that councils might tell, invented by program: the same seed tells the same one.

A `Wording` makes titles and sentences. The two here share nothing but their shape, so that what was tuned on one can
be tried on the other.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

FIELDS = ("summary", "introduction", "challenge", "solution", "impact", "lessons")


@dataclass(frozen=True)
class Story:
    """What one file says: its title, its council, and the sentences of each answer."""

    title: str
    council: str
    answers: Mapping[str, tuple[str, ...]]

    @property
    def sentences(self) -> int:
        return sum(map(len, self.answers.values()))


class Wording(Protocol):
    """How stories are worded."""

    def title(self, chance: random.Random, place: str) -> str: ...

    def sentence(self, chance: random.Random, subject: str) -> str: ...

    def subject(self, chance: random.Random) -> str: ...

    def touched(self, chance: random.Random, sentence: str) -> str: ...


def story(words: Wording, seed: int, council: str, *, long: int = 5, subject: str = "") -> Story:
    """A story of that council, with about `long` sentences in each answer."""
    chance = random.Random(seed)
    about = subject or words.subject(chance)
    answers = {
        name: tuple(
            words.sentence(chance, about)
            for _ in range(1 if name == "summary" else chance.randint(long - 1, long + 2))
        )
        for name in FIELDS
    }
    return Story(words.title(chance, place(council)), council, answers)


def place(council: str) -> str:
    """The place a council is of."""
    for word in (
        "Borough",
        "Council",
        "City",
        "County",
        "District",
        "Metropolitan",
        "London",
        "of ",
        "Royal",
    ):
        council = council.replace(word, "")
    return " ".join(council.split())


def edited(words: Wording, told: Story, seed: int, share: float = 0.15) -> Story:
    """The story as its council might send it again: a share of its sentences worded anew or touched up."""
    chance = random.Random(seed)
    about = words.subject(random.Random(seed))

    def again(sentence: str) -> str:
        if chance.random() >= share:
            return sentence
        return words.sentence(chance, about) if chance.random() < 0.5 else words.touched(chance, sentence)

    return replace(told, answers={name: tuple(map(again, said)) for name, said in told.answers.items()})


def rewritten(words: Wording, told: Story, seed: int, share: float) -> Story:
    """The story with that share of its sentences written anew."""
    chance = random.Random(seed)
    about = words.subject(chance)

    def again(sentence: str) -> str:
        return words.sentence(chance, about) if chance.random() < share else sentence

    return replace(told, answers={name: tuple(map(again, said)) for name, said in told.answers.items()})


def sharing(told: Story, other: Story, *names: str) -> Story:
    """`told` with these answers of another story."""
    return replace(told, answers={**told.answers, **{name: other.answers[name] for name in names}})


# Officers


@dataclass(frozen=True)
class Officers:
    """Reports as officers write them: the same turns of phrase about whatever it is."""

    def subject(self, chance: random.Random) -> str:
        return chance.choice(list(_SUBJECTS))

    def title(self, chance: random.Random, place: str) -> str:
        about = _SUBJECTS[self.subject(chance)]
        return chance.choice(_TITLES).format(
            place=place, thing=chance.choice(about[0]), act=chance.choice(about[2])
        )

    def sentence(self, chance: random.Random, subject: str) -> str:
        things, people, acts = _SUBJECTS[subject]
        return chance.choice(_REPORTS).format(
            thing=chance.choice(things),
            other=chance.choice(things),
            people=chance.choice(people),
            act=chance.choice(acts),
            n=chance.randint(3, 97),
            m=chance.randint(110, 9800),
            month=chance.choice(_MONTHS),
            year=chance.randint(2016, 2025),
            partner=chance.choice(_PARTNERS),
            how=chance.choice(_HOW),
        )

    def touched(self, chance: random.Random, sentence: str) -> str:
        parts = sentence.split()
        at = chance.randrange(len(parts))
        return " ".join([*parts[:at], chance.choice(_HOW), *parts[at + 1 :]])


_SUBJECTS: Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[str]]] = {
    "homes": (
        ("damp homes", "empty flats", "the housing register", "boilers", "loft insulation"),
        ("tenants", "private landlords", "families in temporary accommodation"),
        ("inspect every block", "repair before winter", "bring empty homes back"),
    ),
    "care": (
        ("reablement", "day centres", "telecare", "the care home market", "direct payments"),
        ("unpaid carers", "people leaving hospital", "older residents"),
        ("visit within two hours", "train care workers", "share one record"),
    ),
    "streets": (
        ("school streets", "potholes", "cycle lanes", "street lighting", "parking permits"),
        ("parents at the school gate", "bus drivers", "shopkeepers"),
        ("close roads at nine", "resurface by ward", "count traffic with sensors"),
    ),
    "waste": (
        ("food waste", "fly-tipping", "recycling rounds", "garden bins", "reuse shops"),
        ("crews", "students in shared houses", "market traders"),
        ("collect weekly", "fine persistent offenders", "swap lorries for electric ones"),
    ),
    "children": (
        ("family hubs", "foster placements", "youth clubs", "early help", "school attendance"),
        ("young people", "foster carers", "head teachers"),
        ("meet families at home", "recruit locally", "open in the evenings"),
    ),
    "digital": (
        ("online forms", "the contact centre", "a chatbot", "data sharing", "laptops for loan"),
        ("customers without broadband", "call handlers", "digital champions"),
        ("answer in one contact", "redesign forms with users", "publish open data"),
    ),
    "climate": (
        ("heat networks", "solar roofs", "flood wardens", "tree planting", "fleet vehicles"),
        ("volunteers", "farmers", "leisure centre members"),
        ("decarbonise halls", "plant along the river", "buy green power together"),
    ),
    "economy": (
        ("the high street", "market stalls", "apprenticeships", "business rates relief", "a skills fund"),
        ("start-ups", "young jobseekers", "independent shops"),
        ("let shops for a month", "pay invoices in five days", "buy from local firms"),
    ),
    "health": (
        ("obesity", "vaccination", "smoking in pregnancy", "loneliness", "oral health"),
        ("pharmacists", "link workers", "residents with diabetes"),
        ("refer from the surgery", "walk in groups", "brush teeth at nursery"),
    ),
    "culture": (
        ("libraries", "a museum store", "the town festival", "public art", "archives"),
        ("borrowers", "school classes", "local historians"),
        ("lend tools", "tour the villages", "digitise old maps"),
    ),
}
_TITLES = (
    "{place}: working differently on {thing}", "How {place} set out to {act}", "{place} and {thing}: a new start",
    "A whole-council approach to {thing} in {place}", "{place}: helping residents through {thing}",
)  # fmt: skip
_REPORTS = (
    "Before the project {thing} took {n} per cent of the team's time and {people} still waited.",
    "In {month} {year} the cabinet agreed to {act}, with {m} households in the first phase.",
    "We asked {m} {people} what mattered, and most spoke of {thing} rather than {other}.",
    "{partner} gave two officers for {n} weeks, who sat with our own staff {how}.",
    "Spending on {thing} fell by {n} per cent between {month} {year} and the end of the next year.",
    "The number of {people} we reached rose to {m}, {how}.",
    "To {act} we needed the trust of {people}, which took longer than the plan allowed.",
    "Our data on {thing} was held in {n} spreadsheets that nobody had joined up before.",
    "The scheme cost £{m},000 in its first year, paid for by {partner} and the council {how}.",
    "Complaints about {other} halved, and {n} fewer came in {month} than a year before.",
    "A steering group of {people} met every {n} days and could stop anything it did not like.",
    "What surprised us was how far {thing} depended on {other}.",
    "{people} told us that letters about {thing} were hard to read, so we wrote them again {how}.",
    "By {month} {year} we had begun to {act} in {n} wards.",
    "An evaluation by {partner} found savings of £{m},000 a year {how}.",
    "We would start smaller next time: {n} streets, not {m}.",
)  # fmt: skip
_MONTHS = ("January", "March", "April", "June", "July", "September", "October", "November")
_PARTNERS = (
    "the university", "the clinical commissioning group", "the fire service", "a neighbouring council",
    "the voluntary sector forum", "the housing association", "the police", "the local enterprise partnership",
)  # fmt: skip
_HOW = (
    "at no extra cost", "from the first day", "as the survey had asked", "in spite of the floods", "side by side",
    "without a new system", "one ward at a time", "with members' support", "against the trend", "within a year",
)  # fmt: skip

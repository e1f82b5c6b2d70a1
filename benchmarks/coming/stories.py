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


# Neighbours


@dataclass(frozen=True)
class Neighbours:
    """Told by the people who did it, in the first person: shorter, with clauses strung together, questions and names
    of places; written when the thresholds stood, to see what they are worth."""

    def subject(self, chance: random.Random) -> str:
        return chance.choice(list(_DEEDS))

    def title(self, chance: random.Random, place: str) -> str:
        deed, *_ = _DEEDS[self.subject(chance)]
        shape = chance.choice(
            (
                "Why we {deed}",
                "{deed}",
                "{place} – {deed} (and what it taught us)",
                "What happened when {place} {deed}",
            )
        )
        told = shape.format(place=place, deed=deed)
        return told[0].upper() + told[1:]

    def sentence(self, chance: random.Random, subject: str) -> str:
        _, who, what, where = _DEEDS[subject]
        clauses = [self._clause(chance, who, what, where) for _ in range(chance.choice((1, 2, 2, 3)))]
        joints = [chance.choice((", and ", "; ", ", but ", ", because ", " – ")) for _ in clauses[1:]]
        told = clauses[0] + "".join(joint + clause for joint, clause in zip(joints, clauses[1:], strict=True))
        return told[0].upper() + told[1:] + chance.choice((".", ".", ".", "!"))

    def _clause(
        self, chance: random.Random, who: Sequence[str], what: Sequence[str], where: Sequence[str]
    ) -> str:
        words = [chance.choice(part) for part in (_BEGINNINGS, who, _VERBS, what, _TURNS, where)]
        if chance.random() < 0.3:
            words.insert(chance.randrange(1, 6), chance.choice(_ASIDES))
        return " ".join(words)

    def touched(self, chance: random.Random, sentence: str) -> str:
        """Two words swapped, or an aside put in, as people do who read their own words again."""
        parts = sentence.split()
        at = chance.randrange(1, max(2, len(parts) - 1))
        if chance.random() < 0.5:
            return " ".join([*parts[:at], chance.choice(_ASIDES), *parts[at:]])
        return " ".join([*parts[: at - 1], parts[min(at, len(parts) - 1)], parts[at - 1], *parts[at + 1 :]])


_DEEDS: Mapping[str, tuple[str, Sequence[str], Sequence[str], Sequence[str]]] = {
    "bread": (
        "baked our own bread for every school",
        ("the cooks", "Year 4", "two bakers", "the head of catering"),
        ("a sourdough starter", "the flour bill", "three hundred rolls", "lunch money", "an old oven"),
        ("in the depot kitchen", "at Mill Lane primary", "on the Friday van", "behind the hall"),
    ),
    "bells": (
        "rang the bells for people living alone",
        ("bell ringers", "the chaplain", "neighbours on Quay Street", "a retired postman"),
        ("a list of doors", "tea at four", "one phone number", "the Tuesday round", "hand-bells"),
        ("along the harbour", "up Chapel Rise", "through the long winter", "from St Anne's tower"),
    ),
    "ferry": (
        "brought the ferry back",
        ("the boatman", "cyclists", "parish clerks", "the pier trust"),
        ("a second-hand launch", "the timetable", "forty crossings", "a lamp on each bank", "the fares box"),
        ("across the estuary", "at low water", "beside the old slip", "before the school run"),
    ),
    "sheep": (
        "let sheep mow the parks",
        ("a shepherd", "dog walkers", "the friends of the park", "grounds staff"),
        ("forty Herdwicks", "the mowing contract", "moveable fences", "orchids", "a grazing map"),
        ("on Beacon Hill", "round the bandstand", "under the pylons", "next to the allotments"),
    ),
    "keys": (
        "gave back the keys of the town hall",
        ("caretakers", "the youth band", "twelve societies", "our solicitor"),
        (
            "a booking calendar",
            "the heating",
            "a lease of ninety-nine years",
            "the grand piano",
            "spare keys",
        ),
        ("in the council chamber", "by candlelight", "after the last meeting", "down in the strongroom"),
    ),
    "ledger": (
        "opened the ledger to everyone",
        ("the treasurer", "a sixth-former", "local reporters", "two auditors"),
        ("every invoice over a pound", "a spreadsheet", "the petty cash", "unpaid bills", "a plain chart"),
        ("on the library wall", "in the market square", "week after week", "without a consultant"),
    ),
    "snow": (
        "cleared snow with volunteers",
        ("farmers with ploughs", "the gritting crew", "snow wardens", "a milkman"),
        ("salt in yellow bins", "the steep streets", "forty shovels", "a telephone tree", "black ice"),
        ("on Cemetery Road", "before six", "past the surgery", "over the tops"),
    ),
    "songs": (
        "sang with people who forget",
        ("a choir of carers", "the music teacher", "Mr and Mrs Elder", "care home managers"),
        (
            "songs from the war",
            "a tea urn",
            "the memory clinic's leaflet",
            "the old piano",
            "Thursday afternoons",
        ),
        ("in the sheltered flats", "at the Memorial Institute", "down by the canal", "with the windows open"),
    ),
}
_BEGINNINGS = (
    "at first",
    "that spring",
    "one Monday",
    "by chance",
    "to be honest",
    "after the vote",
    "twice",
    "in the end",
    "nobody asked how",
    "we saw that",
)
_VERBS = (
    "took on",
    "wrote off",
    "shared",
    "argued over",
    "paid for",
    "mended",
    "counted",
    "gave away",
    "laughed about",
    "borrowed",
    "kept",
    "nearly lost",
)
_TURNS = (
    "for next to nothing",
    "with a borrowed ladder",
    "against advice",
    "until it worked",
    "in plain sight",
    "for the first time",
    "and again",
    "as promised",
    "despite the rain",
    "by hand",
)
_ASIDES = (
    "(we checked)",
    "frankly",
    "of course",
    "that same week",
    "all told",
    "so to speak",
    "for once",
    "almost",
)

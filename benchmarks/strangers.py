"""What arriving files are taken for, on a set that shares no word and no kind with the one that `arrivals` plants.

    python -m benchmarks.strangers [SCALE] [SEED]      (SCALE 12: 432 arrivals)

Its stories are told as local papers tell them, some in Welsh; what comes is cut in half, doubled, typed again with
mistakes, put into another order, sent under the council's name in another form, or only looks like what is here: the
next year of a programme, the same press release, the same leaflet, a joint study of several councils.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.arrivals import Coming, Here, Kind, World, report, revision, run
from benchmarks.coming import files, stories
from benchmarks.coming.stories import FIELDS, Story

ANSWERS = [name for name in FIELDS if name != "summary"]
KINDS: dict[str, Kind] = {}


def kind(make: Kind) -> Kind:
    KINDS[make.__name__] = make
    return make


# What is told


@dataclass(frozen=True)
class Papers:
    """Told as a local paper tells it: who said it, of what, when; of wide words, so that few stand in a row twice."""

    def subject(self, chance: random.Random) -> str:
        return chance.choice(list(_MATTERS))

    def title(self, chance: random.Random, place: str) -> str:
        thing, folk = _MATTERS[self.subject(chance)][:2]
        shape = chance.choice(_HEADLINES)
        return shape.format(
            place=place, thing=chance.choice(thing), folk=chance.choice(folk), year=chance.randint(2015, 2025)
        )

    def sentence(self, chance: random.Random, subject: str) -> str:
        things, folk, works, results = _MATTERS[subject]
        parts = [
            chance.choice(_WHEN),
            chance.choice(folk),
            chance.choice(_SAID),
            chance.choice(works),
            chance.choice(_BETWEEN),
            chance.choice(things),
            chance.choice(results),
            chance.choice(_TAILS),
        ]
        if chance.random() < 0.4:
            del parts[chance.choice((0, 4, 7))]
        line = " ".join(parts).format(n=chance.randint(2, 99), m=chance.randint(100, 99_000))
        return line[0].upper() + line[1:] + "."

    def touched(self, chance: random.Random, sentence: str) -> str:
        parts = sentence.split()
        at = chance.randrange(len(parts))
        return " ".join([*parts[:at], *chance.choice(_WHEN).format(n=3, m=400).split(), *parts[at + 1 :]])


_MATTERS: dict[str, tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]] = {
    "planning": (
        ("the local plan", "householder applications", "section 106 money", "the design code", "enforcement notices"),
        ("Cllr Holder", "the chief planner", "objectors", "an agent for the builders", "the parish"),
        ("validating a scheme took {n} days", "drawings were still posted", "consultees answered late",
         "one portal replaced {n} inboxes", "site visits moved to video"),
        ("cost {m} pounds a year", "won at appeal {n} times", "went live early", "was read by {m} people"),
    ),
    "payroll": (
        ("sickness absence", "agency spend", "the grading structure", "flexible working", "exit interviews"),
        ("payroll clerks", "the union branch", "Ms Okoro of human resources", "line managers", "new starters"),
        ("timesheets were keyed twice", "induction shrank to {n} hours", "apprentices shadowed directors",
         "a wellbeing line opened", "rotas were swapped by phone"),
        ("fell below {n} per cent", "left {m} shifts uncovered", "saved {m} pounds", "settled a long dispute"),
    ),
    "licensing": (
        ("taxi plates", "late-night levies", "pavement cafés", "betting shops", "animal boarding"),
        ("publicans", "the licensing sergeant", "drivers", "night-time marshals", "door staff"),
        ("badges were renewed on paper", "a mystery shopper tried {n} bars", "the committee sat monthly",
         "fees were charged by the week", "complaints went astray"),
        ("closed {n} premises", "took {m} calls", "came in under budget", "halved the wait to {n} days"),
    ),
    "coast": (
        ("beach wheelchairs", "the sea wall", "lifeguard huts", "harbour dues", "dune fencing"),
        ("surfers", "the harbour master", "hoteliers", "coastguards", "a marine biologist"),
        ("storms took {n} metres of cliff", "sand was dredged from the bar", "kiosks were let by auction",
         "seaweed was carted inland", "bathing water failed twice"),
        ("drew {m} visitors", "held through {n} gales", "paid for itself", "reopened before Easter"),
    ),
    "registrars": (
        ("birth certificates", "citizenship ceremonies", "burial plots", "the tell-us-once service", "wedding barns"),
        ("the superintendent registrar", "grieving families", "celebrants", "funeral directors", "newly-weds"),
        ("diaries were kept in ink", "the strongroom flooded", "slots were offered on Sundays",
         "a kiosk printed {n} copies an hour", "faxes from the hospital stopped"),
        ("reached {m} homes", "needed {n} minutes, not days", "lost no record", "earned {m} pounds"),
    ),
    "benefits": (
        ("council tax support", "discretionary payments", "overpayments", "free school meals", "debt advice"),
        ("welfare rights officers", "bailiffs", "food bank managers", "claimants", "the director of revenues"),
        ("claims lay {n} weeks in a queue", "letters ran to {n} pages", "data matching found the unclaimed",
         "surgeries opened in mosques", "robots read bank statements"),
        ("put {m} pounds in pockets", "cut evictions by {n}", "was copied by {n} authorities", "ended a backlog"),
    ),
}  # fmt: skip
_HEADLINES = (
    "{place} sorts out {thing}", "{folk} of {place} and {thing}", "Turning round {thing}: the {place} story",
    "From {thing} to results, {year}", "What {folk} learnt", "{thing}, the {place} way",
)  # fmt: skip
_WHEN = (
    "last spring", "by the second quarter", "as the auditors noted", "before lockdown", "{n} months on", "overnight",
    "in a report of {n} pages", "when the grant ended", "since the reorganisation", "against all forecasts",
    "at the scrutiny meeting", "under a new head of service",
)  # fmt: skip
_SAID = (
    "confirmed that", "remember how", "were the first to see that", "complained that", "proved in a trial that",
    "put on record that", "doubted whether", "could show why", "warned in writing that", "joked that",
)  # fmt: skip
_BETWEEN = (
    "so that", "which meant", "while", "and as a consequence", "although", "until at length", "because",
    "whereupon", "even if", "with the effect that",
)  # fmt: skip
_TAILS = (
    "according to minutes", "in each of {n} wards", "for the price of a car", "to the relief of members",
    "without a single redundancy", "as neighbours had predicted", "at a stroke", "within {n} weeks",
    "despite a change of leader", "on a shoestring", "with help from a {n}-year-old", "beyond the pilot streets",
)  # fmt: skip


@dataclass(frozen=True)
class Welsh(Papers):
    """In Welsh, after a fashion."""

    def title(self, chance: random.Random, place: str) -> str:
        return f"{chance.choice(_BETH).capitalize()} {chance.choice(_BLE)} – {place}"

    def sentence(self, chance: random.Random, subject: str) -> str:
        parts = [chance.choice(part) for part in (_PRYD, _PWY, _GWNEUD, _BETH, _BLE, _SUT)]
        line = " ".join(parts).format(n=chance.randint(2, 99))
        return line[0].upper() + line[1:] + "."


_PRYD = (
    "yn y gwanwyn",
    "ar ôl y llifogydd",
    "bob bore Llun",
    "cyn y cyfnod clo",
    "mewn {n} wythnos",
    "erbyn yr haf",
)
_PWY = ("fe wnaeth y swyddogion", "mi lwyddodd y tîm i", "roedd rhieni yn gallu", "aeth gwirfoddolwyr ati i",
        "penderfynodd y cabinet", "dechreuodd yr athrawon")  # fmt: skip
_GWNEUD = (
    "ailgynllunio",
    "ariannu",
    "agor",
    "trwsio",
    "rhannu",
    "cofnodi",
    "hyrwyddo",
    "gostwng costau",
    "mesur",
)
_BETH = ("canolfan y dref", "cludiant ysgol", "ailgylchu gwastraff bwyd", "gofal yn y cartref", "llwybrau beicio",
         "y Gymraeg yn y gweithle", "tai gwag", "clybiau ieuenctid", "llyfrgelloedd symudol")  # fmt: skip
_BLE = ("ar draws y sir", "yn y cymoedd", "ar lan y môr", "ym mhob ward", "mewn {n} pentref", "wrth yr afon")
_SUT = ("heb gost ychwanegol", "gyda chymorth prifysgol", "er gwaethaf y tywydd", "fesul stryd", "drwy wrando",
        "ar gyllideb fach")  # fmt: skip


# What is done to it


def halved(told: Story) -> Story:
    """The first half of every answer."""
    return replace(told, answers={name: said[: (len(said) + 1) // 2] for name, said in told.answers.items()})


def halves(told: Story) -> Story:
    """Half of the answers, the others left out."""
    return replace(told, answers={n: told.answers[n] if n in FIELDS[:3] else () for n in FIELDS})


def doubled(world: World, told: Story) -> Story:
    """Each answer followed by as much again."""
    more = world.story(told.council)
    return replace(told, answers={name: (*said, *more.answers[name]) for name, said in told.answers.items()})


def shuffled(world: World, told: Story) -> Story:
    """The same sentences, answers exchanged and put into another order."""
    order = world.chance.sample(ANSWERS, len(ANSWERS))
    answers = {
        name: tuple(world.chance.sample(told.answers[of], len(told.answers[of])))
        for name, of in zip(ANSWERS, order, strict=True)
    }
    return replace(told, answers={"summary": told.answers["summary"], **answers})


def typed(world: World, told: Story, share: float) -> Story:
    """Typed again from paper: a share of the words with a slip."""

    def word(right: str) -> str:
        if len(right) < 3 or world.chance.random() >= share:
            return right
        at = world.chance.randrange(len(right) - 1)
        slips = (right[:at] + right[at + 1] + right[at] + right[at + 2 :], right[:at] + right[at + 1 :])
        return world.chance.choice(slips)

    def line(right: str) -> str:
        return " ".join(map(word, right.split()))

    said = {name: tuple(map(line, lines)) for name, lines in told.answers.items()}
    return replace(told, title=line(told.title), answers=said)


def otherwise_named(world: World, council: str) -> str:
    """The council's name as people write it."""
    place = stories.place(council)
    forms = (f"{place} Council", place, f"{place} council ", place.upper(), f"The Council of {place}")
    return world.chance.choice([form for form in forms if form != council])


def leafleted(told: Story, leaflet: Sequence[str], names: Sequence[str]) -> Story:
    return replace(told, answers={**told.answers, **{n: (*told.answers[n], *leaflet) for n in names}})


# What comes


def _sent(
    world: World, change: Callable[[Story], Story], name: str, *, plain: bool = True
) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision(name, of, world.written(change(of.story)), plain=plain)


@kind
def cut(world: World) -> Iterator[Coming]:
    yield from _sent(world, halved, "cut to half")
    yield from _sent(world, halves, "three answers left")
    yield from _sent(world, lambda told: doubled(world, told), "twice as long")


@kind
def reordered(world: World) -> Iterator[Coming]:
    yield from _sent(world, lambda told: shuffled(world, told), "in another order")
    yield from _sent(world, lambda told: world.retitled(shuffled(world, told)), "another order and title")


@kind
def retyped(world: World) -> Iterator[Coming]:
    yield from _sent(world, lambda told: typed(world, told, 0.04), "typed again")
    yield from _sent(world, lambda told: typed(world, told, 0.12), "typed again, badly")
    yield from _sent(
        world, lambda told: world.retitled(typed(world, told, 0.12)), "typed badly, retitled", plain=False
    )


@kind
def named_otherwise(world: World) -> Iterator[Coming]:
    for title in (False, True):
        of = world.here(world.story())
        told = replace(world.edited(of.story), council=otherwise_named(world, of.story.council))
        told = world.retitled(told) if title else told
        name = "council named otherwise" + (", retitled" if title else "")
        yield revision(name, of, world.written(told))
    of = world.here(world.story())
    yield revision("no council", of, files.headed(replace(world.edited(of.story), council="")))


@kind
def flat(world: World) -> Iterator[Coming]:
    yield from _sent(world, world.retitled, "only the title is new")
    of = world.here(world.story())
    yield revision("flattened, title new", of, files.flattened(world.retitled(world.edited(of.story))))


@kind
def together(world: World) -> Iterator[Coming]:
    """Three councils tell together; then each for itself, in its own words."""
    names = [next(world.places) for _ in range(3)]
    joined = f"{names[0]}, {names[1]} and {names[2]}"
    of = world.here(world.story(joined))
    yield revision("a joint study again", of, world.written(world.edited(of.story)))
    own = stories.sharing(world.story(names[1]), of.story, "introduction")
    yield Coming("one of the joint, its own words", world.written(own), "new")
    same = replace(world.edited(of.story), council=names[0])
    yield revision("a joint study, one council left", of, world.written(same), plain=False)


@kind
def released(world: World) -> Iterator[Coming]:
    """A supplier's press release, sent in by two councils as their own."""
    first = world.story()
    world.here(first)
    second = replace(world.rewritten(first, 0.3), council=next(world.places))
    yield Coming("the same release, other council", world.written(world.retitled(second)), "new")
    yield Coming(
        "the same release and title",
        world.written(second := replace(second, council=next(world.places))),
        "new",
    )


@kind
def leaflets(world: World) -> Iterator[Coming]:
    """The office's own paragraphs stand in many a study."""
    council = next(world.places)
    leaflet = world.story().answers["lessons"]
    known = [world.here(leafleted(world.story(council), leaflet, ANSWERS[:3])) for _ in range(2)]
    yield Coming(
        "the leaflet thrice", world.written(leafleted(world.story(council), leaflet, ANSWERS[:3])), "new"
    )
    yield revision("revised, with its leaflet", known[0], world.written(world.edited(known[0].story)))
    only = leafleted(world.story(council, long=2), leaflet, ANSWERS[:3])
    yield Coming("more leaflet than story", world.written(only), "new", plain=False)


@kind
def one_leaflet(world: World) -> Iterator[Coming]:
    """One study alone stands here with the leaflet: what is the leaflet's is not known yet."""
    council = next(world.places)
    leaflet = world.story().answers["lessons"]
    world.here(leafleted(world.story(council), leaflet, ANSWERS[:1]))
    yield Coming(
        "a leaflet for the second time",
        world.written(leafleted(world.story(council), leaflet, ANSWERS[:1])),
        "new",
    )


@kind
def tiny(world: World) -> Iterator[Coming]:
    def brief(told: Story) -> Story:
        return replace(told, answers={n: told.answers[n][:1] if n == "summary" else () for n in FIELDS})

    council = next(world.places)
    of = world.here(brief(world.story(council)))
    grown = stories.sharing(world.story(council), of.story, "summary")
    yield revision("a sentence, grown", of, files.headed(replace(grown, title=of.story.title)), plain=False)
    yield Coming("another sentence", files.headed(brief(world.story(council))), "new")
    yield Coming("a sentence, elsewhere", files.headed(brief(world.story())), "new")


@kind
def next_year(world: World) -> Iterator[Coming]:
    base = world.story()
    world.here(replace(base, title=f"{base.title}: annual report 2022/23"))
    new = stories.sharing(world.story(base.council), base, "introduction")
    yield Coming(
        "annual report, next year",
        world.written(replace(new, title=f"{base.title}: annual report 2023/24")),
        "new",
    )
    again = replace(world.story(base.council), title=f"{base.title} (Phase 2)")
    yield Coming("its phase 2", world.written(again), "new")


@kind
def same_subject(world: World) -> Iterator[Coming]:
    """A council that tells much of one thing."""
    council, subject = next(world.places), world.words.subject(world.chance)
    for _ in range(3):
        world.here(world.story(council, subject=subject))
    yield Coming("a fourth of one subject", world.written(world.story(council, subject=subject)), "new")
    common = replace(world.story(council), title="Case study")
    world.here(common)
    yield Coming(
        "called “Case study” too",
        world.written(replace(world.story(council), title="Case study")),
        "new",
        plain=False,
    )
    yield Coming("“Case study”, elsewhere", world.written(replace(world.story(), title="Case study")), "new")


@kind
def welsh(world: World) -> Iterator[Coming]:
    words, world.words = world.words, Welsh()
    try:
        of = world.here(world.story())
        yield revision("in Welsh", of, world.written(world.edited(of.story)))
        yield Coming("another in Welsh", world.written(world.story(of.story.council)), "new")
        both = world.here(world.story())
    finally:
        world.words = words
    told_ = world.story(both.story.council)
    yield Coming("the other language", world.written(told_), "new", plain=False)


@kind
def elsewhere(world: World) -> Iterator[Coming]:
    """Published, and sent again in other ways."""
    for name, change in (
        ("published, cut to half", halved),
        ("published, typed again", lambda told: typed(world, told, 0.05)),
        ("published, retitled", world.retitled),
    ):
        of: Here = world.published(world.story())
        yield Coming(name, world.written(change(of.story)), "update", of.uuid)
    of = world.published(world.story())
    yield Coming("beside a published one", world.written(world.story(of.story.council)), "new")


def main() -> None:
    scale = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as name:
        results = run(Path(name), Papers(), scale, seed, office=False, kinds=tuple(KINDS.values()))
    report(results)


if __name__ == "__main__":
    main()

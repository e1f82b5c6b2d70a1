"""What arriving files are taken for, on a planted set of every way in which a study comes back or only seems to.

    python -m benchmarks.arrivals [SCALE] [officers|neighbours] [SEED]      (SCALE 5: 385 arrivals)

The set is made by program from seeds; LibreOffice really converts the files that went through it. Each arrival is
imported onto one desk, beside what is there already and a mirror of published studies. What must not happen: a
revision taken for new, or for a revision of another study; a new study swallowed. What should be rare: an editor
asked about a file that is plain to anyone (`plain`), as most are; about the others it is right to ask.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path
from uuid import UUID

from benchmarks.coming import files, stories
from benchmarks.coming.stories import Neighbours, Officers, Story, Wording
from workbench import councils
from workbench.desk import Desk, open_desk, study
from workbench.desk.arriving import arrivals, making, settling
from workbench.desk.catalogue import minting
from workbench.desk.rows import Arrival
from workbench.publication import Claim, Study
from workbench.store import claims, mirror

PLACES = [council.name for council in councils.register().by_gss.values() if council.current]


@dataclass(frozen=True)
class Coming:
    """A file that comes: how it came about, what it is in truth, and of which study; `plain` where nobody who has
    both before them would hesitate."""

    kind: str
    data: bytes
    truth: str
    of: str = ""
    plain: bool = True


@dataclass(frozen=True)
class Here:
    """A study that is here: its story, its id on the desk or "", and its UUID."""

    story: Story
    id: str
    uuid: str


@dataclass(frozen=True)
class Result:
    """What an arrival was taken for."""

    coming: Coming
    arrival: Arrival

    @property
    def said(self) -> str:
        if not self.arrival.certain:
            return "asked"
        return self.arrival.taken_for

    @property
    def wrong(self) -> str:
        """What went wrong, if anything."""
        truth, known = self.coming.truth, self.coming.of
        if self.said == "asked":
            return "asked, plain" if self.coming.plain else ""
        if truth == "new":
            return "" if self.said == "new" else "swallowed"
        if self.said == "new":
            return "taken for new"
        return "" if self.arrival.of == known else "of another"


# The desk as it stands before


class World:
    """A desk with studies on it, a mirror with others, and claims of colleagues; and what may come to it."""

    def __init__(self, desk: Desk, folder: Path, words: Wording, seed: int) -> None:
        self.desk, self.folder, self.words = desk, folder, words
        self.seeds = count(seed * 100_000)
        self.chance = random.Random(seed)
        self.places = cycle(self.chance.sample(PLACES, len(PLACES)))
        self.laid: list[Result] = []
        """What was laid on the desk before: each of it is new as well."""
        self.leaflet = self.story("Everywhere Council").answers["lessons"]

    def story(self, council: str = "", **more: object) -> Story:
        return stories.story(self.words, next(self.seeds), council or next(self.places), **more)  # type: ignore[arg-type]

    def edited(self, told: Story, share: float = 0.15) -> Story:
        return stories.edited(self.words, told, next(self.seeds), share)

    def rewritten(self, told: Story, share: float) -> Story:
        return stories.rewritten(self.words, told, next(self.seeds), share)

    def bring(self, data: bytes) -> Arrival:
        path = self.folder / f"{next(self.seeds)}.docx"
        path.write_bytes(data)
        (arrival,) = arrivals.import_paths(self.desk, [path])
        return arrival

    def here(self, told: Story, data: bytes = b"") -> Here:
        """A study that is on the desk."""
        data = data or self.written(told)
        laid = Result(Coming("laid on the desk", data, "new"), self.bring(data))
        self.laid.append(laid)
        submission = laid.arrival.submission
        assert submission, (told.title, laid.arrival)
        if not laid.arrival.certain:
            settling.as_new(self.desk, submission)
        return Here(told, submission, study.show(self.desk, submission).study)

    def published(self, told: Story) -> Here:
        """A study that another desk has published."""
        made = making.draft(making.make(self.written(told), "published.docx", self.desk.templates))
        uuid = str(UUID(int=self.chance.getrandbits(128), version=4))
        publication = minting.preview(self.desk, replace(made, id="CB-0000-0000", study=uuid))
        at = datetime(2024, 5, 1, tzinfo=UTC)
        live = Study(publication, 1, at, "Bob", next(self.seeds), at)
        with self.desk.store.writing() as connection:
            mirror.take(connection, [live])
        return Here(told, "", uuid)

    def taken_up(self, told: Story) -> Here:
        """A study that a colleague has taken up and not published."""
        uuid = str(UUID(int=self.chance.getrandbits(128), version=4))
        at = datetime(2026, 3, 2, tzinfo=UTC)
        claim = Claim(f"claim-{uuid}", "f" * 64, uuid, told.council, told.title, "Bob", at, next(self.seeds))
        with self.desk.store.writing() as connection:
            claims.hear(connection, [claim])
        return Here(told, "", uuid)

    def written(self, told: Story, mark: str = "") -> bytes:
        return self.chance.choice([files.headed, files.formed])(told, mark)

    def retitled(self, told: Story) -> Story:
        return replace(told, title=self.words.title(self.chance, stories.place(told.council)))


# What comes. Each kind gives its arrivals one by one, and may lay on the desk what they need first.

Kind = Callable[[World], Iterator[Coming]]
KINDS: dict[str, Kind] = {}


def kind(make: Kind) -> Kind:
    KINDS[make.__name__] = make
    return make


def revision(name: str, of: Here, data: bytes, *, plain: bool = True) -> Coming:
    return Coming(name, data, "revision", of.id, plain)


@kind
def the_same_file(world: World) -> Iterator[Coming]:
    data = world.written(told := world.story())
    yield Coming("the same file", data, "duplicate", world.here(told, data).id)


@kind
def return_copy(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision("return copy", of, world.written(world.edited(of.story), of.uuid))
    yield revision("return copy, untouched", of, world.written(of.story, of.uuid))


@kind
def return_copy_renamed_and_twice(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    data = world.written(world.edited(of.story, 0.3), of.uuid)
    yield revision("return copy", of, data)
    yield Coming("the same revision twice", data, "duplicate", of.id)


@kind
def edited_without_mark(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision("without mark", of, world.written(world.edited(of.story)))
    yield revision("without mark, a third new", of, world.written(world.rewritten(of.story, 0.33)))


@kind
def flattened(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision("flattened", of, files.flattened(world.edited(of.story)))


@kind
def tracked(world: World) -> Iterator[Coming]:
    of = world.here(told := world.story())
    yield revision("tracked, with mark", of, files.tracked(told, world.edited(told, 0.4), of.uuid))
    other = world.here(told := world.story())
    yield revision("tracked", other, files.tracked(told, world.edited(told, 0.3)))


@kind
def into_a_blank_form(world: World) -> Iterator[Coming]:
    of = world.here(told := world.story(), files.headed(told))
    yield revision("in a blank form", of, files.formed(world.edited(of.story)))


@kind
def heavily_rewritten(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision("60 % new, with mark", of, world.written(world.rewritten(of.story, 0.6), of.uuid))
    other = world.here(world.story())
    yield revision(
        "85 % new, with mark", other, world.written(world.rewritten(other.story, 0.85), other.uuid)
    )


@kind
def rewritten_without_mark(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision("60 % new, no mark", of, world.written(world.rewritten(of.story, 0.6)), plain=False)


@kind
def retitled(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision(
        "another title, with mark", of, world.written(world.retitled(world.edited(of.story)), of.uuid)
    )
    other = world.here(world.story())
    yield revision("another title", other, world.written(world.retitled(world.edited(other.story))))
    third = world.here(world.story())
    told = replace(world.edited(third.story), title="", council="")
    yield revision("no title, no council", third, files.headed(told))


@kind
def retitled_and_rewritten(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    told = world.retitled(world.rewritten(of.story, 0.6))
    yield revision("60 % new and another title, with mark", of, world.written(told, of.uuid), plain=False)


@kind
def two_revisions(world: World) -> Iterator[Coming]:
    of = world.here(world.story())
    yield revision("two people's", of, world.written(world.edited(of.story), of.uuid))
    yield revision("two people's", of, world.written(world.edited(of.story)))


@kind
def of_a_published_study(world: World) -> Iterator[Coming]:
    of, other = world.published(world.story()), world.published(world.story())
    yield Coming("published, with mark", world.written(world.edited(of.story), of.uuid), "update", of.uuid)
    yield Coming("published", world.written(world.edited(other.story)), "update", other.uuid)


@kind
def of_a_colleague(world: World) -> Iterator[Coming]:
    of = world.taken_up(world.story())
    yield Coming(
        "a colleague's, with mark", world.written(world.edited(of.story), of.uuid), "update", of.uuid
    )
    other = world.taken_up(world.story())
    data = world.written(world.edited(other.story))
    yield Coming("a colleague's", data, "update", other.uuid, plain=False)


@kind
def of_a_desk_unheard_of(world: World) -> Iterator[Coming]:
    uuid = str(UUID(int=world.chance.getrandbits(128), version=4))
    yield Coming("an unknown mark", world.written(world.story(), uuid), "update", uuid, plain=False)


@kind
def saved_over(world: World) -> Iterator[Coming]:
    """Somebody opens last year's return copy, empties it, and tells another story in it."""
    of = world.here(world.story())
    yield Coming("saved over", world.written(world.story(of.story.council), of.uuid), "new", plain=False)
    other = world.here(world.story())
    told = stories.sharing(world.story(other.story.council), other.story, "introduction")
    yield Coming("saved over, introduction kept", world.written(told, other.uuid), "new", plain=False)


@kind
def boilerplate(world: World) -> Iterator[Coming]:
    """Every study ends in the same leaflet."""
    council = next(world.places)
    for _ in range(2):
        told = world.story(council)
        world.here(replace(told, answers={**told.answers, "lessons": world.leaflet}))
    told = world.story(council)
    leaflet = {**told.answers, "lessons": world.leaflet}
    yield Coming("with a leaflet", world.written(replace(told, answers=leaflet)), "new")
    told = world.story()
    leaflet = {**told.answers, "lessons": world.leaflet, "impact": world.leaflet}
    yield Coming("half a leaflet", world.written(replace(told, answers=leaflet)), "new")


@kind
def short(world: World) -> Iterator[Coming]:
    def cut(told: Story) -> Story:
        return replace(
            told,
            answers={
                name: said[:1] if name in ("summary", "impact") else () for name, said in told.answers.items()
            },
        )

    council = next(world.places)
    of = world.here(cut(world.story(council)))
    said = of.story.answers
    more = replace(
        of.story,
        answers={
            **said,
            "challenge": (world.words.sentence(world.chance, world.words.subject(world.chance)),),
        },
    )
    yield revision("very short", of, files.headed(more))
    yield Coming("very short, another", files.headed(cut(world.story(council))), "new")


@kind
def phases(world: World) -> Iterator[Coming]:
    told = world.story()
    world.here(replace(told, title=f"{told.title}, phase 1"))
    second = stories.sharing(world.story(told.council), told, "introduction")
    yield Coming("phase 2", world.written(replace(second, title=f"{told.title}, phase 2")), "new")
    third = stories.sharing(world.story(told.council), told, "introduction")
    yield Coming("phase three", world.written(replace(third, title=f"{told.title}: Phase III")), "new")


@kind
def annual(world: World) -> Iterator[Coming]:
    told = world.story()
    of = world.here(replace(told, title=f"{told.title} 2023"))
    half = replace(world.rewritten(told, 0.5), title=f"{told.title} 2024")
    yield Coming("next year, half the words", world.written(half), "new", plain=False)
    other = world.here(replace(told := world.story(), title=f"{told.title} 2023"))
    new = replace(world.rewritten(told, 0.5), title=f"{told.title} 2024")
    yield Coming("next year, over the old copy", world.written(new, other.uuid), "new", plain=False)
    fresh = replace(world.story(of.story.council), title=f"{told.title} 2025")
    yield Coming("a later year, new words", world.written(fresh), "new")


@kind
def joint(world: World) -> Iterator[Coming]:
    told = world.story()
    of = world.here(told)
    for _ in range(2):
        yield Coming(
            "a joint study, another council", world.written(replace(told, council=next(world.places))), "new"
        )
    yield revision("a joint study, revised", of, world.written(world.edited(told)))


@kind
def siblings(world: World) -> Iterator[Coming]:
    """A council tells of one programme in several studies with the same introduction."""
    council = next(world.places)
    subject = world.words.subject(world.chance)
    first = world.story(council, subject=subject)
    family = [
        first,
        *(stories.sharing(world.story(council, subject=subject), first, "introduction") for _ in range(3)),
    ]
    known = [world.here(told) for told in family[:3]]
    yield Coming("another of the programme", world.written(family[3]), "new")
    yield revision("one of the programme", known[1], world.written(world.edited(family[1])))
    yield revision(
        "one of the programme, retitled", known[2], world.written(world.retitled(world.edited(family[2])))
    )


@kind
def another_study(world: World) -> Iterator[Coming]:
    council = next(world.places)
    world.here(world.story(council))
    yield Coming("a second study", world.written(world.story(council)), "new")
    yield Coming("a new council", world.written(world.story()), "new")


def through_libreoffice(world: World, scale: int) -> Iterator[Coming]:
    """Return copies and plain files that went through LibreOffice, all in one go."""
    for twice in (False, True):
        known = [world.here(world.story()) for _ in range(scale)]
        sent = {
            str(at): world.written(world.edited(of.story), of.uuid if at % 2 else "")
            for at, of in enumerate(known)
        }
        again = files.through_libreoffice(sent, twice=twice)
        for at, of in enumerate(known):
            name = "LibreOffice, by way of .odt" if twice else "LibreOffice"
            yield revision(name, of, again[str(at)])


# Told


def run(
    folder: Path,
    words: Wording,
    scale: int,
    seed: int = 1,
    *,
    office: bool = True,
    kinds: Collection[Kind] = tuple(KINDS.values()),
) -> list[Result]:
    """Every arrival of a set with what it was taken for."""
    with open_desk(folder / "desk", who="Ada") as desk:
        world = World(desk, folder, words, seed)
        coming = (each for _ in range(scale) for kind_ in kinds for each in kind_(world))
        results = [Result(each, world.bring(each.data)) for each in coming]
        if office and shutil.which("soffice"):
            results += [Result(each, world.bring(each.data)) for each in through_libreoffice(world, scale)]
    return results + world.laid


def table(results: Sequence[Result]) -> Iterator[str]:
    """The confusion table, kind by kind, and what went wrong."""
    columns = ("duplicate", "revision", "update", "new", "asked")
    yield f"{'in truth':<12}{'how it came':<40}" + "".join(f"{name:>11}" for name in columns)
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in results:
        rows[one.coming.truth, one.coming.kind + ("" if one.coming.plain else " *")][one.said] += 1
    for (truth, name), counts in sorted(rows.items()):
        yield f"{truth:<12}{name:<40}" + "".join(f"{counts[each] or '·':>11}" for each in columns)
    yield "* in doubt: to be asked is right"


def summed_up(results: Sequence[Result]) -> Mapping[str, int]:
    """How many went wrong, by what went wrong."""
    return Counter(one.wrong for one in results if one.wrong)


def told(results: Iterable[Result]) -> Iterator[str]:
    for one in results:
        if one.wrong:
            because = " ".join(one.arrival.because)
            yield f"{one.wrong}: {one.coming.kind}; {one.arrival.taken_for} of {one.arrival.of}: {because}"


def report(results: Sequence[Result]) -> None:
    """Prints the confusion table, what went wrong and why, and the sum of it."""
    print("\n".join((*table(results), "", *told(results), "")))
    wrong, plain = summed_up(results), sum(one.coming.plain for one in results)
    print(
        f"{len(results)} arrivals; taken for new {wrong['taken for new']}, of another {wrong['of another']}, "
        f"swallowed {wrong['swallowed']}; asked though plain {wrong['asked, plain']} of {plain} "
        f"({100 * wrong['asked, plain'] / plain:.1f} %)"
    )


def main() -> None:
    scale = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    words: Wording = {"officers": Officers, "neighbours": Neighbours}[
        sys.argv[2] if len(sys.argv) > 2 else "officers"
    ]()
    with tempfile.TemporaryDirectory() as name:
        results = run(Path(name), words, scale, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    report(results)


if __name__ == "__main__":
    main()

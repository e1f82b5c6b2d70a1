"""How surely councils are recognised in fields and in running text, and how fast.

    python benchmarks/councils.py [NAMES.tsv ...] [--records RECORDS.jsonl] [--wrong]

A line of NAMES is `field` or `text`, what is written, and what it names (see benchmarks/names). What is promised (a
score of 0.8 or more) must be exactly that; `silently wrong` counts the lines in which something else is promised.
RECORDS have a council and a title each, where the council of the field is what the text is about.

Beside the lines every council of the register is written in a dozen disguises, and read back.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.councils import Council, CouncilMatch, Register, register

SURE = 0.8
NAMES = Path(__file__).parent / "names"


@dataclass(frozen=True, slots=True)
class Line:
    """Something written, and what it names."""

    kind: str
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a line was read right, and whether something wrong was promised."""

    right: bool
    silently_wrong: bool
    read: str


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path, nargs="*", default=sorted(NAMES.glob("*.tsv")))
    parser.add_argument("--records", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what is read wrong")
    arguments = parser.parse_args()
    known = register()
    for path in arguments.names:
        report(path.stem, known, list(lines(path)), wrong=arguments.wrong)
    for name, disguise in DISGUISES.items():
        report(f"register, {name}", known, list(disguised(known, disguise)), wrong=arguments.wrong)
    if arguments.records:
        records(known, arguments.records, wrong=arguments.wrong)
    print(f"time per field: {milliseconds(known):.2f} ms median")


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file of names."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, text, names = line.split("\t")
            yield Line(kind, text, tuple(names.split(",")))


def report(name: str, known: Register, asked: list[Line], *, wrong: bool) -> None:
    """One set's figures, as one line."""
    verdicts = [verdict(known, line) for line in asked]
    right = sum(one.right for one in verdicts)
    silently = sum(one.silently_wrong for one in verdicts)
    share = right / max(len(asked), 1)
    print(f"{name:<34} {right}/{len(asked)} right ({share:.1%}), silently wrong {silently}")
    if wrong:
        for line, one in zip(asked, verdicts, strict=True):
            if not one.right:
                print(f"    {line.text!r} should be {','.join(line.names)}; read {one.read}")


def verdict(known: Register, line: Line) -> Verdict:
    """How a line was read."""
    matches = known.in_field(line.text) if line.kind == "field" else known.recognise(line.text)
    promised = {match.council.code for match in matches if match.council and match.score >= SURE}
    met = {match.council.code for match in matches if match.council}
    wanted = {name for name in line.names if name[:1] not in "o-?~"}
    gone = {name[1:] for name in line.names if name.startswith("~")} - {""}
    asked = {name[1:] for name in line.names if name.startswith("?")} - {""}
    other = "o" not in line.names or any(match.kind == "other" for match in matches)
    current = {code for code in promised if known.councils[code].current}
    heirs = {heir.code for code in gone for heir in known.successors(known.councils[code])}
    right = current == wanted and gone | asked | heirs <= met and other
    read = "; ".join(f"{match.name} {match.score}" for match in matches) or "nothing"
    return Verdict(right, bool(current - wanted), read)


# The register in disguise


def _misspelt(council: Council, draw: random.Random) -> str:
    name = council.name
    at = draw.randrange(1, max(len(council.place) - 2, 2))
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _bare_ampersand(council: Council, _: random.Random) -> str:
    return council.name.replace(" and ", " & ")


DISGUISES: dict[str, Callable[[Council, random.Random], str]] = {
    "as it is": lambda council, _: council.name,
    "in capitals": lambda council, _: council.name.upper(),
    "in small letters": lambda council, _: council.name.lower(),
    "with an ampersand": _bare_ampersand,
    "with The": lambda council, _: f"The {council.name}",
    "with a full stop": lambda council, _: f"{council.name}.",
    "with odd spaces": lambda council, _: council.name.replace(" ", " \u00a0 "),
    "without hyphens": lambda council, _: council.name.replace("-", " "),
    "with its region": lambda council, _: f"{council.name}, {council.region}",
    "on behalf of": lambda council, _: f"On behalf of {council.name}",
    "Counicl": lambda council, _: council.name.replace("Council", "Counicl"),
    "Concil": lambda council, _: council.name.replace("Council", "Concil"),
    "with a contact": lambda council, _: f"{council.name} (contact: the web team)",
    "with its code": lambda council, _: f"{council.name} {council.gss or ''}",
}


def disguised(known: Register, disguise: Callable[[Council, random.Random], str]) -> Iterator[Line]:
    """Every current council in one disguise, in a field."""
    draw = random.Random(5)
    for council in known.councils.values():
        if council.current:
            yield Line("field", disguise(council, draw), (council.code,))


def records(known: Register, path: Path, *, wrong: bool) -> None:
    """Councils of labelled records: in their field, and named in title and teaser."""
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    fields = named = silently = 0
    for record in told:
        (first, *_) = known.in_field(record["council"]) or (None,)
        fields += first is not None and first.council is not None and first.score >= SURE
        found = known.recognise(f"{record['title']}\n{record['teaser']}")
        promised = [match for match in found if match.score >= SURE]
        hit = first is not None and any(match.council == first.council for match in promised)
        named += hit
        silently += bool(promised) and not hit
        if wrong and not hit:
            print(f"    {record['title']!r} by {record['council']}: {_read(found)}")
    print(
        f"{'records':<34} field {fields}/{len(told)}, also in the text {named}/{len(told)}, others {silently}"
    )


def _read(found: tuple[CouncilMatch, ...]) -> str:
    return "; ".join(f"{match.name} {match.score}" for match in found) or "nothing"


def milliseconds(known: Register) -> float:
    """The median time of reading a field never seen before."""
    times: list[float] = []
    for n, council in enumerate(known.councils.values()):
        began = time.perf_counter()
        known.in_field(f"{council.name} {n}")
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()

"""How many planted errors the checks find, and how often they call clean text wrong.

    python benchmarks/planting.py [--all] [SET.toml ...] [CLEAN.jsonl|CLEAN.txt ...]

Every error of `planted/errors.toml` is put into a Word file by itself, and every trap of `planted/clean.toml`; the
files are read, placed and checked as an import does it. Printed are, by check, how many of its errors it found, and
each one that it missed; and the false alarms (blockers and warnings) in clean text for each 1,000 words. Texts named
as arguments (lines of prose, or JSON lines of title and teaser) count as clean text too. Sets named are tried alone.
`--all` shows advice too.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from planted.documents import Planted, clean, errors, word_file

from workbench import checks, councils, template
from workbench.desk.arriving import making
from workbench.submission import Authority, Finding, Status, Submission

SETS = [
    "errors.toml",
    "later.toml",
    "unseen.toml",
    "afresh.toml",
    "outside.toml",
    "clean.toml",
    "unseen-clean.toml",
    "afresh-clean.toml",
    "outside-clean.toml",
]
TODAY = date(2024, 6, 1)


def main() -> None:
    """Print the recall, then the false alarms."""
    arguments = [name for name in sys.argv[1:] if name != "--all"]
    sets = [name for name in arguments if name.endswith(".toml")] or SETS
    for name in sets:
        if not name.endswith("clean.toml"):
            recall(name)
    shown = ("blocker", "warning", "advice") if "--all" in sys.argv else ("blocker", "warning")
    for name in sets:
        if name.endswith("clean.toml"):
            alarms(clean(name), name, shown)
    for name in arguments:
        if name not in sets:
            alarms(_published(Path(name)), name, shown)


def found(planted: Planted) -> tuple[Submission, tuple[Finding, ...]]:
    """The submission that a document becomes, and what the checks say of it."""
    made = making.make(word_file(planted), "planted.docx", template.shipped())
    draft = replace(making.draft(made), status=Status.RECEIVED)
    if code := planted.note.get("authority"):
        council = councils.register().by_gss[code]
        draft = replace(draft, authorities=(Authority(council.gss, council.name),))
    context = checks.CheckContext(
        made.template, councils.register(), TODAY, election=planted.check == "LIF-07"
    )
    return draft, checks.run(draft, context)


def hits(planted: Planted, findings: Iterable[Finding]) -> bool:
    """Whether the planted error is among what was found, in its field or named for the whole document."""
    return any(
        one.check == planted.check
        and (planted.place in (one.field, None) or (not one.field and one.excerpt in planted.what))
        for one in findings
    )


def recall(name: str) -> None:
    """The share of planted errors found, by check."""
    outcome: dict[str, list[bool]] = defaultdict(list)
    missed: list[Planted] = []
    for planted in errors(name):
        hit = hits(planted, found(planted)[1])
        outcome[planted.check].append(hit)
        if not hit:
            missed.append(planted)
    for check, hit in sorted(outcome.items()):
        print(f"  {check}  {sum(hit):3} of {len(hit):3}")
    for planted in missed:
        print(f"  missed {planted.check} in {planted.place}: {planted.what}")
    number = sum(map(len, outcome.values()))
    share = 1 - len(missed) / number
    print(f"{name}: recall {share:.1%} of {number} errors in as many documents, {len(outcome)} checks")


def alarms(documents: Iterable[Planted], name: str, shown: tuple[str, ...]) -> None:
    """The false alarms in clean documents; words that several documents share count once."""
    words, number, seen = 0, Counter[str](), set[tuple[str, str | None, str]]()
    texts: set[str] = set()
    for planted in documents:
        fresh = {text for text in planted.fields.values() if text not in texts}
        texts |= fresh
        words += len(planted.what.split()) if planted.what else sum(len(text.split()) for text in fresh)
        for one in found(planted)[1]:
            place = (one.check, one.field, one.excerpt)
            if one.severity in shown and place not in seen:
                seen.add(place)
                number[one.check] += 1
                print(f"  {one.check} {one.severity} in {one.field}: {one.excerpt[:90]!r} {one.message}")
    total = sum(number.values())
    print(f"{name}: {total} in {words} words, {1000 * total / max(words, 1):.2f} per 1,000: {dict(number)}")


def _published(path: Path) -> Iterator[Planted]:
    """Texts that were published as they stand, each as the solution of a clean study."""
    base = next(clean()).fields
    for line in path.read_text("utf-8").splitlines():
        if path.suffix == ".jsonl":
            told = json.loads(line)
            yield Planted(
                {**base, "title": told["title"], "solution": told["teaser"]},
                what=f"{told['title']} {told['teaser']}",
            )
        elif len(line.split()) > 5:
            yield Planted({**base, "solution": line}, what=line)


if __name__ == "__main__":
    main()

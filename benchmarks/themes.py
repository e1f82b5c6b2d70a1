"""How good the topic suggestions are, by cross-validation on labelled records, and how fast.

    python benchmarks/themes.py RECORDS.jsonl [--wrong]

Each record is a line with title, teaser and topics. What is learned is learned from the other folds only.
Reports precision of the first, recall in three and micro-F1 with 95 % intervals (bootstrap over records), with
cues alone, with learning alone and with both, and apart for records the site labelled itself.

The cues were written with such records in view, so that these figures flatter. The last method is the lower bound:
for each record every cue is taken away that occurs in no other record, whoever thought of it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.themes import Learned, Suggested, Tagged, Theme, cues, learn, suggest, vocabulary
from workbench.themes.vocabulary import Vocabulary

FOLDS = 10
Record = dict[str, Any]
Outcome = tuple[bool, float, int, int, int]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the records the last method gets wrong")
    parser.add_argument(
        "--learn", type=Path, help="write what all records teach, weights alone, to this file"
    )
    arguments = parser.parse_args()
    records = [json.loads(line) for line in arguments.records.read_text("utf-8").splitlines() if line.strip()]
    known = vocabulary()
    nothing = Vocabulary(tuple(_bare(theme) for theme in known.themes))
    print(f"{len(records)} records, {FOLDS} folds")
    report("cues alone", records, lambda training: (known, None))
    report("learned alone", records, lambda training: (nothing, learn(training)))
    outcomes = report("cues and learned", records, lambda training: (known, learn(training)))
    line("both, no cue of the record's own", lower_bound(records))
    site = [n for n, record in enumerate(records) if record.get("topic_basis") == "site-label"]
    if site:
        line("  of these labelled by the site", [outcomes[n] for n in site])
    if arguments.wrong:
        wrong(records, outcomes)
    if arguments.learn:
        write(learn(map(_tagged, records)), arguments.learn)
    print(f"time per text: {milliseconds(records):.2f} ms median")


def _bare(theme: Theme) -> Theme:
    return replace(theme, strong=(), cues=(), weak=(), aliases=(), label="\u2014")


def report(
    name: str, records: Sequence[Record], train: Callable[[list[Tagged]], tuple[Vocabulary, Learned | None]]
) -> list[Outcome]:
    """The outcome of each record when it was not learned from, printed as one line."""
    order = list(range(len(records)))
    random.Random(7).shuffle(order)
    outcomes: dict[int, Outcome] = {}
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        training = [_tagged(records[n]) for n in order if n not in held]
        words, learned = train(training)
        for n in held:
            outcomes[n] = outcome(
                suggest(records[n]["title"], records[n]["teaser"], words, learned), records[n]
            )
    found = [outcomes[n] for n in range(len(records))]
    line(name, found)
    return found


def _tagged(record: Record) -> Tagged:
    return Tagged(record["title"], record["teaser"], frozenset(record["topics"]))


def outcome(suggested: Suggested, record: Record) -> Outcome:
    """First right, share of the topics in the first three, and proposed right, wrong and missed."""
    true = set(record["topics"])
    ranked = [term.slug for term in suggested.themes]
    proposed = {term.slug for term in suggested.themes if term.proposed}
    return (
        ranked[0] in true,
        len(true & set(ranked[:3])) / len(true),
        len(true & proposed),
        len(proposed - true),
        len(true - proposed),
    )


def line(name: str, outcomes: Sequence[Outcome]) -> None:
    """One method's figures with their intervals."""
    draw = random.Random(1)
    samples = [figures(draw.choices(outcomes, k=len(outcomes))) for _ in range(1000)]
    parts = []
    for at, label in enumerate(("P@1", "R@3", "micro-F1")):
        values = sorted(sample[at] for sample in samples)
        parts.append(f"{label} {figures(outcomes)[at]:.3f} ({values[25]:.2f} to {values[974]:.2f})")
    print(f"{name:<34}", "  ".join(parts))


def figures(outcomes: Sequence[Outcome]) -> tuple[float, float, float]:
    """Precision of the first, recall in three, micro-F1."""
    right, wrong_, missed = (sum(one[at] for one in outcomes) for at in (2, 3, 4))
    return (
        statistics.fmean(one[0] for one in outcomes),
        statistics.fmean(one[1] for one in outcomes),
        2 * right / max(2 * right + wrong_ + missed, 1),
    )


def lower_bound(records: Sequence[Record]) -> list[Outcome]:
    """The outcome of each record without the cues that only it holds, learned from all the others."""
    topics = vocabulary().by_kind["topic"]
    index = cues.index(topics)
    held = [
        frozenset(_key(hit.cue) for hit in cues.find(index, cues.tokens(_text(record)))) for record in records
    ]
    seen = Counter(key for keys in held for key in keys)
    outcomes: list[Outcome] = []
    for n, record in enumerate(records):
        alone = frozenset(key for key in held[n] if seen[key] == 1)
        known = Vocabulary(tuple(_without(theme, alone) for theme in topics))
        learned = learn(_tagged(other) for other in records if other is not record)
        outcomes.append(outcome(suggest(record["title"], record["teaser"], known, learned), record))
    return outcomes


def _text(record: Record) -> str:
    return f"{record['title']} \u2022 {record['teaser']}"


def _key(cue: cues.Cue) -> tuple[tuple[str, ...], bool]:
    return cue.stems, cue.open


def _without(theme: Theme, keys: frozenset[tuple[tuple[str, ...], bool]]) -> Theme:
    def kept(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if cues.key(word)[:2] not in keys)

    return replace(theme, strong=kept(theme.strong), cues=kept(theme.cues), weak=kept(theme.weak))


def write(learned: Learned, path: Path) -> None:
    """The weights as TOML, one word a line, the faint ones left out."""
    lines = [
        "# How words speak for topics (above 0) or against them (below), learned from tagged studies by",
        "# benchmarks/themes.py.",
        "",
        "[words]",
    ]
    for word, weights in sorted(learned.weights.items()):
        told = ", ".join(f"{slug} = {weight}" for slug, weight in weights.items() if abs(weight) >= 0.3)
        if told:
            lines.append(f'"{word}" = {{ {told} }}')
    path.write_text("\n".join(lines) + "\n", "utf-8")


def wrong(records: Sequence[Record], outcomes: Sequence[Outcome]) -> None:
    """The records whose first topic is wrong or whose topics are not all in the first three."""
    for record, one in zip(records, outcomes, strict=True):
        if not one[0] or one[1] < 1:
            ranked = suggest(record["title"], record["teaser"], vocabulary()).themes[:4]
            print(record["title"], "|", record["topics"], "|", [(t.slug, t.score, t.because) for t in ranked])


def milliseconds(records: Sequence[Record]) -> float:
    """The median time of one suggestion."""
    known, learned = vocabulary(), learn(map(_tagged, records))
    times = []
    for record in records:
        began = time.perf_counter()
        suggest(record["title"], record["teaser"], known, learned)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()

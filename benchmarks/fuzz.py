"""Damages Word files by the ten thousand, reads and places them, in processes held to 1 GB of memory.

Each file must give fields, passages and notes that hold all its words, or a refusal under a known code, within 2
seconds of work. Anything else is printed with its seed, and the exit status is 1. "read in part" are files with words
where no word may stand, which only the account's own note holds.

    python benchmarks/fuzz.py [COUNT] [FIRST SEED]
"""

from __future__ import annotations

import os
import resource
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.unit.word.damage import damaged, sound
from workbench import words
from workbench.errors import Refused
from workbench.intake import place
from workbench.intake.account import compare, kept
from workbench.template import shipped
from workbench.word import read_twice

SECONDS = 2.0
BATCH = 250


def outcome(data: bytes) -> str:
    """ "read", the code of a refusal, or what went wrong."""
    begun = time.process_time()
    try:
        document, texts = read_twice(data, "x.docx")
        found = place(document, shipped(), raw=texts)
        lost = compare(
            " ".join(texts.values()), kept(found.fields.values(), found.unplaced, found.notes)
        ).missing
        result = f"WRONG: lost {lost[:8]}" if lost else "read" if found.account.share == 1 else "read in part"
    except Refused as refusal:
        result = refusal.code if words.has("errors", refusal.code) else f"WRONG: no words for {refusal.code}"
    except BaseException:
        result = "WRONG: " + traceback.format_exc(limit=-3)
    taken = time.process_time() - begun
    return result if taken < SECONDS else f"WRONG: took {taken:.1f} s"


def batch(first: int) -> tuple[Counter[str], list[str]]:
    """The outcomes of a batch of seeds, and the failures."""
    original, counts, failures = sound(), Counter[str](), list[str]()
    for seed in range(first, first + BATCH):
        result = outcome(damaged(seed, original))
        counts[result if not result.startswith("WRONG") else "WRONG"] += 1
        if result.startswith("WRONG"):
            failures.append(f"seed {seed}: {result}")
    return counts, failures


def bounded() -> None:
    """Holds a worker to 1 GB."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def main(count: int = 100_000, first: int = 0) -> int:
    counts, failed = Counter[str](), 0
    with ProcessPoolExecutor(os.cpu_count(), initializer=bounded) as pool:
        for found, failures in pool.map(batch, range(first, first + count, BATCH)):
            counts += found
            failed += len(failures)
            print(*failures, sep="\n", end="\n" if failures else "", flush=True)
    print(f"{counts.total()} damaged files:", ", ".join(f"{n} {code}" for code, n in counts.most_common()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""Timing for the benchmarks: contenders take turns in one run, so that a drifting machine treats all alike."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping


def interleaved(contenders: Mapping[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """The median seconds of each contender over `rounds` turns, after one turn that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, work in contenders.items():
            begun = time.perf_counter()
            work()
            if turn:
                times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(taken) for name, taken in times.items()}


def spin() -> None:
    """A fixed amount of arithmetic: a control for how fast this machine is just now."""
    total = 0
    for number in range(1_000_000):
        total += number * number


def report(title: str, medians: Mapping[str, float], floor: str, each: int = 1) -> None:
    """A line for each contender: milliseconds for one of `each` things it did, and how many times the floor."""
    print(title)
    for name, seconds in medians.items():
        print(f"  {name:<48} {seconds * 1000 / each:10.2f} ms  {seconds / medians[floor]:8.2f}x")


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)

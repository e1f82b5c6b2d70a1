"""Processes to be killed: forked, so that each is at work at once, and dead at a moment of our choosing.

Nothing in the program knows of this: the statements are counted by listening to SQLAlchemy in the child alone.
"""

from __future__ import annotations

import itertools
import json
import os
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

Say = Callable[[dict[str, Any]], None]

HANGING = 90
"""Seconds after which a child that neither ended nor was killed counts as hanging."""


@dataclass(frozen=True, slots=True)
class Blow:
    """When a child dies: `after` so many seconds, or at its `statement`-th statement, before or behind it; or not."""

    after: float | None = None
    statement: int | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Death:
    """What a child said while it lived, and how it ended: killed, done, failed (with the trace), or hanging."""

    said: tuple[dict[str, Any], ...]
    end: str
    trace: str = ""


def run(work: Callable[[Say], None], blow: Blow | None = None, patience: float = HANGING) -> Death:
    """Runs `work` in a process of its own until it is done or dies by `blow`; beyond `patience` it is hanging."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reader)
        _live(work, writer, blow or Blow())
    os.close(writer)
    said, end = _heard(reader, child, blow.after if blow else None, patience)
    trace = "".join(line.get("trace", "") for line in said)
    return Death(tuple(line for line in said if "trace" not in line), end, trace)


def answer(work: Callable[[], Any]) -> Any:
    """What `work` returns, as JSON knows it, worked out in a process of its own; its failure is raised."""
    death = run(lambda say: say({"answer": work()}))
    if death.end != "done":
        raise AssertionError(f"{death.end}: {death.trace}")
    return death.said[-1]["answer"]


def _live(work: Callable[[Say], None], writer: int, blow: Blow) -> None:
    try:
        if blow.statement is not None:
            _die_at(blow.statement, behind=blow.behind)
        work(lambda line: _tell(writer, line))
        os._exit(0)
    except BaseException:
        _tell(writer, {"trace": traceback.format_exc()})
        os._exit(1)


def _tell(writer: int, line: dict[str, Any]) -> None:
    data = (json.dumps(line, default=str) + "\n").encode()
    while data:
        data = data[os.write(writer, data) :]


def _die_at(statement: int, *, behind: bool) -> None:
    numbers = itertools.count(1)

    def strike(*_: object) -> None:
        if next(numbers) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("after_cursor_execute",) if behind else ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, strike)


def _heard(reader: int, child: int, after: float | None, patience: float) -> tuple[list[dict[str, Any]], str]:
    """Reads until the child is gone; kills it when its time has come."""
    heard, end = bytearray(), ""
    due = time.monotonic() + (patience if after is None else after)
    with selectors.DefaultSelector() as waiting, os.fdopen(reader, "rb", buffering=0) as pipe:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            if not waiting.select(max(0.0, due - time.monotonic())) and not end:
                end = "hanging" if after is None else "killed"
                os.kill(child, signal.SIGKILL)
                due = time.monotonic() + HANGING
            elif piece := os.read(pipe.fileno(), 1 << 16):
                heard += piece
            else:
                break
    _, status = os.waitpid(child, 0)
    if not end or end == "killed":
        died = os.WIFSIGNALED(status)
        end = "killed" if died else "failed" if os.WEXITSTATUS(status) else "done"
    whole = heard[: heard.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()], end

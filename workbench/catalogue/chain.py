"""The chain of the audit: each link is a digest over the link before and what was audited since.

Whoever rewrites a row of the audit must rewrite every link after it, and every mirror that remembers a later one
notices. Rows are `Audited`, in the order of their change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Link:
    """The head of the chain up to a change."""

    change: int
    head: str


@dataclass(frozen=True, slots=True)
class Audited:
    """A row of the audit, as the chain tells it."""

    change: int
    at: datetime
    actor: str
    action: str
    study: str
    version: int
    batch: int | None
    digest: str
    reason: str


def link(before: str, rows: Iterable[Audited]) -> str:
    """The head that follows `before` when these rows are added; `before` is "" at the beginning."""
    return hashlib.sha256((before + "".join(map(_told, rows))).encode()).hexdigest()


def _told(row: Audited) -> str:
    """A row as text in which no two rows are alike: each value is led by its length."""
    at = f"{row.at:%Y-%m-%dT%H:%M:%S.%f}"
    batch = "" if row.batch is None else str(row.batch)
    values = (str(row.change), at, row.actor, row.action, row.study, str(row.version), batch)
    return "".join(f"{len(value)}:{value}" for value in (*values, row.digest, row.reason))


def first_broken(rows: Iterable[Audited], links: Mapping[int, str]) -> int | None:
    """The change at which the chain is broken; None where it is whole.

    That is a link that does not fit its rows, a row that no link covers, or a link whose row is gone.
    """
    head, since, left = "", list[Audited](), dict(links)
    for row in rows:
        since.append(row)
        if row.change in left:
            head = link(head, since)
            if left.pop(row.change) != head:
                return row.change
            since = []
    return min([row.change for row in since[:1]] + list(left), default=None)

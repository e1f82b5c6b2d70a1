"""One council's filled-in document as the desk knows it, and the words used about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from workbench.richtext import EMPTY, RichText, plain


class Status(StrEnum):
    """Where a submission is in its life. `TRANSITIONS` says which step leads where."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"
    QUEUED = "queued"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Mapping[str, tuple[frozenset[Status], Status]] = MappingProxyType(
    {
        "start": (frozenset({Status.RECEIVED}), Status.IN_REVIEW),
        "return": (frozenset({Status.RECEIVED, Status.IN_REVIEW}), Status.RETURNED),
        "reject": (frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.RETURNED}), Status.REJECTED),
        "approve": (frozenset({Status.RECEIVED, Status.IN_REVIEW}), Status.APPROVED),
        "reopen": (
            frozenset(
                {Status.APPROVED, Status.REJECTED, Status.RETURNED, Status.PUBLISHED, Status.WITHDRAWN}
            ),
            Status.IN_REVIEW,
        ),
        "queue": (frozenset({Status.APPROVED}), Status.QUEUED),
        "unqueue": (frozenset({Status.QUEUED}), Status.APPROVED),
        "propose": (frozenset({Status.QUEUED}), Status.PROPOSED),
        "decline": (frozenset({Status.PROPOSED}), Status.APPROVED),
        "publish": (frozenset({Status.QUEUED, Status.PROPOSED}), Status.PUBLISHED),
        "renew": (frozenset({Status.PUBLISHED}), Status.QUEUED),
        "withdraw": (frozenset({Status.PUBLISHED}), Status.WITHDRAWN),
    }
)
"""Each step: from which states it may be taken, and where it leads. The only table of transitions."""

EDITABLE = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.RETURNED})
"""The states in which fields, places and tags may be changed; in any other, reopen first."""


def due_date(begun: date, working_days: int) -> date:
    """The day so many working days (Monday to Friday) after `begun`."""
    due = begun
    while working_days > 0:
        due += timedelta(days=1)
        working_days -= due.weekday() < 5
    return due


Severity = Literal["blocker", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("blocker", "warning", "advice")

TermKind = Literal["topic", "support_type", "collection", "programme"]
TERM_KINDS: tuple[TermKind, ...] = ("topic", "support_type", "collection", "programme")


PROMISE = 0.8
"""How sure the desk must be, 0 to 1, of a placing or of a council; below it the editor is asked."""


@dataclass(frozen=True)
class FieldValue:
    """The answer to one field.

    `matched_by` names the evidence that placed it (`control-tag`, `heading`, `synonym`, `editor`, …) and
    `confidence`, 0 to 1, how sure that is: `PROMISE` or more is a promise. `heading` is what stood above it in the
    source, `sources` the refs of the blocks it came from.
    """

    content: RichText = EMPTY
    matched_by: str = ""
    confidence: float = 0.0
    heading: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The words alone."""
        return plain(self.content)


@dataclass(frozen=True)
class Passage:
    """Text of the source that belongs to no field yet. `suggested` is the likeliest field, if any.

    `position` orders the passages of a submission on the desk, lowest first.
    """

    key: str
    content: RichText
    heading: str = ""
    suggested: str | None = None
    confidence: float = 0.0
    sources: tuple[str, ...] = ()
    position: int = 0

    @cached_property
    def text(self) -> str:
        """The heading and the words below it."""
        return "\n".join(part for part in (self.heading, plain(self.content)) if part)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader met that is no answer: a comment, a deletion, a footnote, a label, guidance, …"""

    kind: str
    text: str
    ref: str = ""
    author: str = ""
    """Who wrote a comment, as the document says."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the source. `alt` is None where nobody wrote one. Sizes in pixels and bytes, 0 if unknown."""

    name: str
    alt: str | None
    sha256: str
    media_type: str = ""
    width: int = 0
    height: int = 0
    size: int = 0
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that would mend a finding: replace characters `start` to `end` of a field's plain text."""

    field: str
    start: int
    end: int
    replacement: str
    before: str
    """What stands there now; the fix is void when it has changed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says of one place.

    `field` is None for the document as a whole. `span` counts characters of the field's plain text. `key` names
    the finding across runs: it stays while the words it is about stay, wherever they move in their field.
    """

    check: str
    severity: Severity
    message: str
    field: str | None = None
    excerpt: str = ""
    span: tuple[int, int] | None = None
    fix: Fix | None = None
    occurrence: int = 0

    @property
    def key(self) -> str:
        """The finding's name across runs."""
        return "|".join((self.check, self.field or "", self.excerpt, str(self.occurrence)))


@dataclass(frozen=True, slots=True)
class Term:
    """A theme as a tag: its kind, its slug (unique in the kind) and the label readers see."""

    kind: TermKind
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A council as a tag. `gss` is None for a body outside the register."""

    gss: str | None
    name: str
    type: str = ""
    nation: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came in: its name, the SHA-256 of its bytes, when it was received."""

    name: str
    sha256: str
    received: datetime


RevisionState = Literal["waiting", "merged", "earlier", "asked", "new"]
"""A newer version waits to be laid beside the study, was laid beside it, or was before another one; it is not certain
what the file is, or somebody said that it is no newer version of the study it was held against."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What is known of a file of a submission besides that it came.

    `of` is the submission or the published study that it was held against, `because` says on what grounds, in
    sentences; `made` is the submission that it was before somebody said what it is.
    """

    sha256: str
    state: RevisionState
    of: str = ""
    made: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A submission as an editor sees it: what came in, what was made of it, and where it stands.

    `id` is the desk's own short name (CB-2026-0001); `study` the UUID it carries into the catalogue. `dismissed`
    maps the keys of findings an editor set aside to the reason. `base_version` is the catalogue version this work
    began from; 0 when it was never published. `review_on` is the day to look at the study again once it is published,
    `embargo` the day before which it may not be.
    """

    id: str
    study: str
    template: str
    template_version: int
    status: Status
    fields: Mapping[str, FieldValue]
    unplaced: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: tuple[Picture, ...] = ()
    findings: tuple[Finding, ...] = ()
    dismissed: Mapping[str, str] = field(default_factory=dict[str, str])
    authorities: tuple[Authority, ...] = ()
    terms: tuple[Term, ...] = ()
    files: tuple[SourceFile, ...] = ()
    revisions: tuple[Revision, ...] = ()
    received: datetime | None = None
    due: date | None = None
    base_version: int = 0
    review_on: date | None = None
    embargo: date | None = None

    @property
    def title(self) -> str:
        """The title on one line, or "" while there is none."""
        return " ".join(self.value("title").text.split())

    def value(self, field_id: str) -> FieldValue:
        """The answer to a field; an empty one where there is none."""
        return self.fields.get(field_id, FieldValue())

    @property
    def waiting(self) -> tuple[SourceFile, ...]:
        """The newer versions from the council that have not been laid beside the study yet, as they came."""
        names = {one.sha256 for one in self.revisions if one.state == "waiting"}
        return tuple(file for file in self.files if file.sha256 in names)

    @property
    def told_by(self) -> SourceFile | None:
        """The file that the answers' places are about: the newer version that was merged last, else the first."""
        merged = {one.sha256 for one in self.revisions if one.state == "merged"}
        first = next(iter(self.files), None)
        return next((file for file in self.files if file.sha256 in merged), first)

    @property
    def asked(self) -> Revision | None:
        """What somebody has to say of its file: whether it is a study of its own."""
        return next((one for one in self.revisions if one.state == "asked"), None)

    @property
    def blockers(self) -> tuple[str, ...]:
        """What stands in the way of approval: the messages of the open blockers."""
        return tuple(finding.message for finding in self.open_findings if finding.severity == "blocker")

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings nobody has dismissed."""
        return tuple(finding for finding in self.findings if finding.key not in self.dismissed)

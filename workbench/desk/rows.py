"""The plain rows that the desk's verbs return to the window and the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workbench.merge import Run, State
from workbench.publication import Batch, BatchItem
from workbench.richtext import RichText
from workbench.submission import Authority, Severity, Status, Term
from workbench.word.document import WordDocument

if TYPE_CHECKING:
    from workbench.store.outbox import State as OutboxState

TakenFor = Literal["new", "duplicate", "revision", "update", "refused", "skipped"]
Foreseen = Literal["new", "update", "unchanged", "conflict", "blocked"]
Missing = Literal["topic", "council", "tags", "answer"]
"""A topic; a council; either of them in one that may still be tagged; there, any theme taken or refused."""
Grain = Literal["queue", "submission", "outbox", "catalogue", "settings"]
QueueOrder = Literal["due", "worst", "received", "age", "completeness", "title", "council"]
QUEUE_ORDERS: tuple[QueueOrder, ...] = (
    "due",
    "worst",
    "received",
    "age",
    "completeness",
    "title",
    "council",
)
"""The most urgent first; the worst found; the newest; the oldest; the most complete; by title; by council."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a verb changed: which kinds of view should look again, and for which submissions.

    `said` is a sentence for the editor, such as "Approved 3 submissions."; `entry` the journal entry to undo it.
    """

    grains: frozenset[Grain] = frozenset()
    submissions: frozenset[str] = frozenset()
    said: str = ""
    entry: int | None = None


NOTHING = Changed()


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal in words: a stable code and one sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an arriving file was taken for.

    `submission` is the desk's id where one was made; `of` the submission it duplicates or revises, or the UUID of the
    published study it is an update of. Where it is not `certain`, a submission was made and `of` names what it may
    belong to: somebody has to say so. `because` are the grounds, in sentences; `second` says that its council has
    other studies here.
    """

    file: str
    taken_for: TakenFor
    submission: str | None = None
    of: str | None = None
    title: str = ""
    template: str | None = None
    blockers: int = 0
    warnings: int = 0
    unplaced: int = 0
    error: Problem | None = None
    taken_up: str = ""
    """Who else has this file or this study in hand, in words."""
    because: tuple[str, ...] = ()
    certain: bool = True
    second: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A submission of which somebody has to say whether it is a study of its own.

    `of` is the submission that it may be a newer version of; where that is "", `study` is the published study that
    it may be an update of. `because` are the grounds, in sentences.
    """

    submission: str
    title: str
    of: str
    study: str
    of_title: str
    of_council: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which submissions a list shows, and in which order: all where nothing is set.

    `text` searches title, council and answers. What waits for an editor comes before what was decided.
    """

    statuses: frozenset[Status] = frozenset()
    text: str = ""
    term: tuple[str, str] | None = None
    """Kind and slug of a theme."""
    gss: str | None = None
    late: bool = False
    due_within: int | None = None
    """Those that wait and are due in so many days from today, or were due before."""
    worst: Severity | Literal["none"] | None = None
    """The worst finding that is open."""
    unplaced: bool = False
    waiting: bool = False
    """A newer version waits to be laid beside it."""
    asked: bool = False
    """Nobody has said yet whether it is a study of its own."""
    missing: Missing | None = None
    review_within: int | None = None
    """Published ones that are to be looked at again in so many days from today, or were before."""
    among: tuple[str, ...] = ()
    """None but these, by their ids."""
    order: QueueOrder = "due"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a filter asks, in words: the name of its part, and what that part says."""

    said: str
    name: str
    value: Any

    def on(self, wanted: QueueFilter) -> QueueFilter:
        """The filter with it."""
        return replace(wanted, **{self.name: self.value})

    def off(self, wanted: QueueFilter) -> QueueFilter:
        """The filter without it."""
        return replace(wanted, **{self.name: getattr(QueueFilter(), self.name)})


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that an editor has given a name."""

    name: str
    wanted: QueueFilter


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One submission in the queue. `completeness` is the share of required fields that are filled, 0 to 1.

    `waiting` says that a newer version waits, `asked` that nobody has said yet whether it is a study of its own.
    """

    id: str
    title: str
    council: str
    status: Status
    template: str
    received: datetime
    due: date | None
    completeness: float
    blockers: int
    warnings: int
    advice: int
    unplaced: int
    waiting: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The queue at one moment: how many stand in each status, are late, and are wanted; a page of those.

    `offset` is the place of the first of `rows` among the `total` that the filter lets through; `criteria` say what
    the filter asks, `saved` are the filters that have a name.
    """

    counts: Mapping[Status, int]
    late: int
    total: int
    offset: int
    rows: tuple[QueueRow, ...]
    criteria: tuple[Criterion, ...] = ()
    saved: tuple[SavedFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The Word file behind a submission: its name, and all that it says, read so that everything is shown."""

    name: str
    document: WordDocument


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an action would do to one submission; where it is refused, `reason` says why and what to do.

    `code` is that of the refusal.
    """

    submission: str
    title: str
    outcome: Literal["done", "unchanged", "refused"]
    reason: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action would do to several submissions; `said` sums it up in words."""

    action: str
    prospects: tuple[Prospect, ...]
    said: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The submissions that it would change."""
        return tuple(one.submission for one in self.prospects if one.outcome == "done")

    @property
    def refused(self) -> tuple[Prospect, ...]:
        """Those it may not be done to."""
        return tuple(one for one in self.prospects if one.outcome == "refused")


@dataclass(frozen=True, slots=True)
class CheckStatistics:
    """One check with what editors made of it: fixes taken, findings set aside, findings that stand open.

    `retired` says that the office asks it no more, `changed` that the office has changed it; `parameters` are what it
    goes by, each in words.
    """

    check: str
    severity: Severity
    message: str
    taken: int = 0
    dismissed: int = 0
    open: int = 0
    retired: bool = False
    changed: bool = False
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def share_dismissed(self) -> float | None:
        """The share that was set aside of all that was decided on, 0 to 1; None where nothing was."""
        decided = self.taken + self.dismissed
        return self.dismissed / decided if decided else None

    @property
    def found(self) -> int:
        """How often it found something that is still known of."""
        return self.taken + self.dismissed + self.open


@dataclass(frozen=True, slots=True)
class Reason:
    """Where words that led to a theme stand: from which character of a field's text up to which.

    Of a text that is no submission the fields are `title` and `text`.
    """

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme the desk could propose: its score, whether it is proposed, and the words that led to it.

    `reasons` are the places of those words, those that count most first.
    """

    term: Term
    score: float
    proposed: bool
    because: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilSuggestion:
    """A council the text names; `score` 0 to 1. Several with close scores mean: ask.

    `reasons` is the place of its name.
    """

    authority: Authority
    score: float
    because: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the desk would tag a study with, each kind best first."""

    themes: tuple[Suggestion, ...] = ()
    support_types: tuple[Suggestion, ...] = ()
    collections: tuple[Suggestion, ...] = ()
    authorities: tuple[CouncilSuggestion, ...] = ()

    @property
    def proposed(self) -> tuple[Term, ...]:
        """The terms of every kind that are offered to be taken as they are."""
        offered = (*self.themes, *self.support_types, *self.collections)
        return tuple(suggestion.term for suggestion in offered if suggestion.proposed)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of the desk's history as a sentence. `undoable` is False once undone or overtaken.

    `fields` are the fields whose answer it changed, where the history is one submission's; where it is a single one,
    `was` and `now` are the words that were replaced and those that came, each cut short.
    """

    id: int
    at: datetime
    who: str
    said: str
    submissions: tuple[str, ...]
    undone: bool = False
    undoable: bool = True
    fields: tuple[str, ...] = ()
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What differs between two versions of an answer, word by word; without runs only marks, links or the like do."""

    field: str
    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A publication that waits, or what became of it when last sent.

    `told` is whether it was told to go, so that it goes once the catalogue can be reached; `tried` whether it may
    have arrived there; `embargo` the day that it still waits for.
    """

    publication: str
    submission: str
    title: str
    council: str
    queued: datetime
    state: OutboxState
    version: int = 0
    reason: str = ""
    told: bool = False
    tried: bool = False
    embargo: date | None = None

    @property
    def under_way(self) -> bool:
        """Whether it was told to go and has not been answered yet."""
        return self.told and self.state in ("waiting", "sending")


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field whose published words differ from the ones to be sent; both as plain text."""

    field: str
    label: str
    live: str
    mine: str


@dataclass(frozen=True, slots=True)
class RehearsalRow:
    """What sending one publication would do now.

    `outcome` is new, update, unchanged, conflict or blocked; `reason` one sentence where it is not plain.
    """

    publication: str
    submission: str
    title: str
    council: str
    outcome: Foreseen
    base_version: int = 0
    live_version: int = 0
    differences: tuple[FieldDifference, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal against the catalogue at a moment, item by item in the order of the outbox."""

    at: datetime
    catalogue: str
    rows: tuple[RehearsalRow, ...]


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A batch with what became of each of its publications; what is still to be sent stands at the end."""

    batch: Batch
    items: tuple[BatchItem, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A study as the website's lists show it. `picture` is a SHA-256, "" for none.

    `missing` names what readers would miss, of: title, teaser, council, topic, picture, alt.
    """

    title: str
    teaser: str
    topics: tuple[str, ...]
    byline: str
    published: datetime
    picture: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenUp:
    """Where a published study is worked on: its submission, and what changed on the desk; nothing if it was there."""

    submission: str
    changed: Changed


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A published study that is to be looked at again. `submission` is the desk's own, "" for one of others."""

    study: str
    submission: str
    title: str
    council: str
    version: int
    review_by: date
    published_by: str = ""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did: files written, left as they were, removed. `left_out` names pictures by SHA-256."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskCopy:
    """A copy of the desk. `reason` is asked, daily, migration or restore; `size` in bytes."""

    path: Path
    at: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class CatalogueStatus:
    """How the shared database stands. `address` never holds a password.

    `role` is the highest that the login has; `audit` is whole or broken, "" where the login may not read it.
    """

    address: str
    reachable: bool
    schema: str = ""
    program_schema: str = ""
    studies: int = 0
    withdrawn: int = 0
    last_change: int = 0
    policy: str = "self"
    role: str = ""
    proposals: int = 0
    audit: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One place where words were found: in a field of a submission, and the line it stands in, to be looked at.

    `start` counts in the field's plain text. `before` and `after` are the words found and those that would come;
    `left` and `right` what stands around them on their line. `allowed` is False where the submission has been decided
    on, so that it is left as it is.
    """

    submission: str
    title: str
    field: str
    label: str
    start: int
    before: str
    after: str
    left: str = ""
    right: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """A place in rich text: both sides, and what words of the editor's own can begin with."""

    mine: RichText
    theirs: RichText
    draft: RichText


@dataclass(frozen=True, slots=True)
class ConflictPlace:
    """One place of a study that somebody changed since work began, in plain words, and what comes of it.

    `base` is None where nobody knows what work began from there; `merged` what comes of it without a choice, None
    where the editor has to choose. `written` where the editor may write own words, None elsewhere, as for themes.
    `forgotten` where it is personal and was redacted in what is live.
    """

    name: str
    label: str
    state: State
    base: str | None
    mine: str
    theirs: str
    merged: str | None
    written: Written | None = None
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class CouncilWords:
    """What the council wrote in a comment of a newer version, and in which field that stands, "" where in none."""

    author: str
    text: str
    field: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Something that the council was asked, and how a newer version answers it.

    `how` is `replied` where they wrote so, `gone` where what was found is found no more, `changed` where the words it
    was about have changed, "" where nothing answers it. `replies` are what they wrote to it.
    """

    words: str
    field: str
    label: str
    number: int
    how: Literal["", "gone", "changed", "replied"]
    replies: tuple[CouncilWords, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether anything answers it."""
        return bool(self.how)


@dataclass(frozen=True, slots=True)
class Laid:
    """A newer version from the council, laid beside the study as it was first sent and as it was edited here.

    `base_file` is the file that it began from, "" where that is not at hand any more: then whatever differs has to
    be chosen. `seen` names how the study stands: it is handed back with the choices, which are refused where it has
    been changed since. `others` are further newer versions that wait, by SHA-256 and name. `unplaced` is the text
    that will come into the tray.
    """

    submission: str
    title: str
    status: Status
    seen: int
    sha256: str
    file: str
    received: datetime
    base_file: str
    base_received: datetime | None
    because: tuple[str, ...]
    places: tuple[ConflictPlace, ...]
    unplaced: tuple[str, ...] = ()
    asked: tuple[Answered, ...] = ()
    remarks: tuple[CouncilWords, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> bool:
        """Whether what the newer version began from is at hand."""
        return bool(self.base_file)

    @property
    def open(self) -> tuple[ConflictPlace, ...]:
        """The places for which the editor has to choose."""
        return tuple(place for place in self.places if place.merged is None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Work that began from one version of a study where another is live now.

    `live_version` is 0 where the catalogue does not have the study. `seen` names what is live: it is handed back with
    the choices, which are refused where that has moved on. `known` is False where what work began from is not at
    hand, so that whatever differs has to be chosen.
    """

    submission: str
    title: str
    seen: int
    base_version: int
    live_version: int
    published_by: str
    published_at: datetime | None
    withdrawn: bool
    note: str
    known: bool
    places: tuple[ConflictPlace, ...]

    @property
    def open(self) -> tuple[ConflictPlace, ...]:
        """The places for which the editor has to choose."""
        return tuple(place for place in self.places if place.merged is None)

"""The tables of the desk.

The tables of `SLOTS` hold what an editor can change, one row for each slot of `workbench.edits`: the columns beside
the keys are the slot's value. The last columns of `submission`, and `finding` and `words`, are worked out from the
slots and kept so that a list of ten thousand submissions needs one query.

Times are ISO 8601 in UTC, so that they sort as text. A changed table needs a migration and a new `HEAD`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Column,
    Computed,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from workbench.edits import Slot

HEAD = "0014"
"""The revision of the schema that this program reads and writes."""

KNOWN = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
)
"""Every revision this program knows, oldest first. A desk of any other was written by a newer program."""

metadata = MetaData()

version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Exactly as Alembic makes it, so that a new desk need not load Alembic."""

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""Source files and pictures. They live in the same file as the rows that name them, so that one commit is enough."""

conversion = Table(
    "conversion",
    metadata,
    Column("source", Text, ForeignKey("blob.sha256", ondelete="CASCADE"), primary_key=True),
    Column("word", Text, ForeignKey("blob.sha256", ondelete="CASCADE"), nullable=False),
)
"""The Word files that were made of source files which were none, by the SHA-256 of both."""

URGENCY = (
    "CASE WHEN status IN ('received', 'in_review', 'returned') THEN '0' ELSE '1' END"
    " || coalesce(due, '9999-12-31')"
)
"""Sorts what waits for an editor before what was decided, each by the day it is due."""

WORST = "CASE WHEN blockers > 0 THEN 0 WHEN warnings > 0 THEN 1 WHEN advice > 0 THEN 2 ELSE 3 END"
"""The place of the worst open finding in `SEVERITIES`; their number where there is none."""

submission = Table(
    "submission",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("study", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("received", Text, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("due", Text),
    Column("base_version", Integer, nullable=False),
    Column("title", Text(collation="NOCASE"), nullable=False),
    Column("council", Text(collation="NOCASE"), nullable=False),
    Column("completeness", Float, nullable=False),
    Column("blockers", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("advice", Integer, nullable=False),
    Column("unplaced", Integer, nullable=False),
    Column("topics", Integer, nullable=False),
    Column("councils", Integer, nullable=False),
    Column("urgency", Text, Computed(URGENCY, persisted=False)),
    Column("worst", Integer, Computed(WORST, persisted=False)),
    Index("submission_by_study", "study"),
    Index("submission_by_council", "council", "number"),
    Index(
        "queue_by_due", "present", "urgency", "number", "status", "worst", "unplaced", "topics", "councils"
    ),
    Index("queue_by_status", "status", "present", "urgency", "number"),
    Index("queue_by_worst", "present", "worst", "urgency", "number"),
    Index("queue_by_received", "present", "received", "number"),
    Index("queue_by_title", "present", "title", "number"),
    Index("queue_by_council", "present", "council", "number"),
    Index("queue_by_completeness", "present", "completeness", "number"),
)
"""`present` is False for an import that was undone. Each order of the queue has an index, so that a page of it costs
the same among a hundred thousand; the first holds all that the filters ask for, so that they need not read a row."""


def _slots(name: str, *columns: Column[object]) -> Table:
    return Table(
        name,
        metadata,
        Column("submission", Text, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
        Column("key", Text, primary_key=True),
        *columns,
    )


field_value = _slots(
    "field_value",
    Column("html", Text, nullable=False),
    Column("matched_by", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("heading", Text, nullable=False),
    Column("sources", JSON, nullable=False),
)
passage = _slots(
    "passage",
    Column("position", Integer, nullable=False),
    Column("html", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("suggested", Text),
    Column("confidence", Float, nullable=False),
    Column("sources", JSON, nullable=False),
)
note = _slots(
    "note",
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("author", Text, nullable=False),
)
picture = _slots(
    "picture",
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("alt", Text),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("credit", Text, nullable=False),
)
source_file = _slots(
    "source_file",
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("received", Text, nullable=False),
)
Index("source_file_by_hash", source_file.c.key)
dismissal = _slots("dismissal", Column("reason", Text, nullable=False))
study_day = _slots("study_day", Column("day", Text, nullable=False))
"""The days a study is to wait for, by the name that a submission gives them: `review_on` and `embargo`."""

revision = _slots(
    "revision",
    Column("state", Text, nullable=False),
    Column("of", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("because", JSON, nullable=False),
)
"""What is to be said of a file besides that it came, by its SHA-256: that it waits to be laid beside the study, that
it was, or that somebody has to say what it is."""

sketch = Table(
    "sketch",
    metadata,
    Column("mark", Integer, primary_key=True),
    Column("file", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""The marks that the words of each file leave, by its SHA-256: files that share words are found by them."""

asked = _slots(
    "asked",
    Column("number", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("reply_by", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("comment", Integer, nullable=False),
)
"""What a council was asked with each return: the finding's key, "" for a note of the editor's own; the words it is
about, the paragraph they stand in, and the id of the comment in Word."""

hold = _slots("hold", Column("reason", Text, nullable=False))
"""Studies of which everything is kept, whatever the house keeps otherwise, and why; the key is always `keep`."""

removal = _slots(
    "removal",
    Column("at", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("months", Integer, nullable=False),
)
"""What was kept no longer, `files` or `contacts`: when it went, so many months after the study was done with."""

draft = _slots("draft", Column("html", Text, nullable=False))
"""What was typed into a field and could not be saved, because others had changed it: kept until somebody chooses."""

tag = _slots(
    "tag",
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("label", Text, nullable=False),
)
Index("tag_by_term", tag.c.kind, tag.c.slug)
refusal = _slots(
    "refusal",
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("label", Text, nullable=False),
)
"""Themes that an editor would not have for a study: they are not proposed for it again."""

authority = _slots(
    "authority",
    Column("position", Integer, nullable=False),
    Column("gss", Text),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("nation", Text, nullable=False),
    Column("region", Text, nullable=False),
)
Index("authority_by_gss", authority.c.gss)

finding = _slots(
    "finding",
    Column("position", Integer, nullable=False),
    Column("check", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("field", Text),
    Column("excerpt", Text, nullable=False),
    Column("span", JSON(none_as_null=True)),
    Column("fix", JSON(none_as_null=True)),
    Column("occurrence", Integer, nullable=False),
)

learned = Table(
    "learned",
    metadata,
    Column("key", Text, primary_key=True),
    Column("template", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("field", Text, nullable=False),
    UniqueConstraint("template", "heading"),
)
"""Headings an editor has placed by hand: normalised, per template, with the field they mean there."""

house_word = Table(
    "house_word",
    metadata,
    Column("key", Text, primary_key=True),
    Column("word", Text, nullable=False),
)
"""The office's own words, in lower case and as they were added."""

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("wanted", JSON, nullable=False),
)
"""Filters of the queue that an editor has named."""

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("params", JSON, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("undoable", Boolean, nullable=False),
    Column("undoes", Integer, ForeignKey("journal.id")),
    Column("redoes", Integer, ForeignKey("journal.id")),
    Column("undone_by", Integer, ForeignKey("journal.id")),
    Index("journal_standing", "undone_by", "undoable"),
    Index("journal_by_undoes", "undoes"),
    sqlite_autoincrement=True,
)
"""Every step ever taken. A step that was undone names the step that undid it, until it is done again."""

journal_submission = Table(
    "journal_submission",
    metadata,
    Column("submission", Text, ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("entry", Integer, ForeignKey("journal.id"), primary_key=True),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("submission", Text, ForeignKey("submission.id"), nullable=False),
    Column("json", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("0")),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("queued_at", Text, nullable=False),
    Column("sent_at", Text),
    Column("batch", Text),
    Index("outbox_by_submission", "submission"),
    Index("outbox_by_state", "state", "queued_at"),
    Index("outbox_by_batch", "batch"),
)
"""Publications that wait, and what became of them. One that waits and has a batch was told to go; `sent_at` says
that it was handed to the catalogue, where it may have arrived."""

batch = Table(
    "batch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("who", Text, nullable=False),
    Column("catalogue", Text, nullable=False),
    Column("undoes", Text, ForeignKey("batch.id")),
)
"""What was told to go together: a `publish`, or an `undo` of one."""

batch_item = Table(
    "batch_item",
    metadata,
    Column("batch", Text, ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True),
    Column("publication", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("submission", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("council", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)
"""The report of a batch: what became of each publication."""

mirror_study = Table(
    "mirror_study",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("study", Text, nullable=False, unique=True),
    Column("change", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("council", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("json", Text, nullable=False),
    Index("mirror_by_date", "withdrawn", "published_at"),
    Index("mirror_by_change", "change"),
)

mirror_facet = Table(
    "mirror_facet",
    metadata,
    Column("facet", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("number", Integer, ForeignKey("mirror_study.number", ondelete="CASCADE"), primary_key=True),
    Column("label", Text, nullable=False),
    Index("mirror_facet_by_study", "number"),
    sqlite_with_rowid=False,
)

base_study = Table(
    "base_study",
    metadata,
    Column("study", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("json", Text, nullable=False),
)
"""Published versions that work on this desk began from, without what is personal in them, as the mirror had them."""

REVIEW = "review"
"""The facet of the mirror that holds the day on which a study is looked at again. Nobody searches by it."""

mirror_state = Table(
    "mirror_state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Where the mirror stands: the last change it followed, when, and of which catalogue."""

claim = Table(
    "claim",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("study", Text, nullable=False),
    Column("council", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text),
    Column("number", Integer, nullable=False),
    Index("claim_by_source", "source"),
    Index("claim_by_study", "study"),
)
"""Who has taken up which file, by its SHA-256; `number` is 0 until the catalogue has confirmed it."""

lesson = Table(
    "lesson",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What published studies and editors' choices have taught the suggestions: `learned` as JSON, its `edition`, the
number of `studies`, and what of the desk and the mirror it was learned `from`."""

vocabulary_theme = Table(
    "vocabulary_theme",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("json", Text, nullable=False),
)
"""The themes as the catalogue last had them; none before the first pull."""

vocabulary_state = Table(
    "vocabulary_state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Where the copy of the vocabulary stands: of which catalogue, and the last change of it that was followed."""

term_proposal = Table(
    "term_proposal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("json", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("became", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""Terms that were proposed: `kept` until the catalogue has them, then `sent`, and at last accepted or declined."""

SLOTS: Mapping[Slot, tuple[Table, str]] = MappingProxyType(
    {
        "field": (field_value, "key"),
        "passage": (passage, "key"),
        "note": (note, "key"),
        "picture": (picture, "key"),
        "file": (source_file, "key"),
        "dismissal": (dismissal, "key"),
        "tag": (tag, "key"),
        "refusal": (refusal, "key"),
        "authority": (authority, "key"),
        "learned": (learned, "key"),
        "filter": (saved_filter, "name"),
        "word": (house_word, "key"),
        "day": (study_day, "key"),
        "asked": (asked, "key"),
        "revision": (revision, "key"),
        "hold": (hold, "key"),
        "removal": (removal, "key"),
        "outbox": (outbox, "publication"),
    }
)
"""For each slot but those of the submission itself, its table and the column that holds its key."""

_WORDS = "tokenize = 'unicode61 remove_diacritics 2', prefix = "

FULL_TEXT_NAMES = ("words", "mirror_words")

FULL_TEXT = (
    f"CREATE VIRTUAL TABLE words USING fts5(title, council, answers, {_WORDS}'2 3')",
    f"CREATE VIRTUAL TABLE mirror_words USING fts5(title, summary, body, council, {_WORDS}'1 2 3')",
)
"""Full-text indexes by the `number` of a submission and of a mirrored study, which SQLAlchemy cannot describe."""

for _statement in FULL_TEXT:
    event.listen(metadata, "after_create", DDL(_statement))

"""The catalogue's tables, the same on SQLite and PostgreSQL.

Table names are singular and the program's own; the plural views made by the migrations are what other programs
read, and a promise to them. A version and all that hangs on it is written once: triggers refuse its change.
`change` numbers come from the one row of `catalogue`, whose lock every writer holds until it commits: that makes
their order the order of commits, which the numbers of a database sequence would not be.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

MAX_ASSET = 8 * 1024 * 1024
"""The most bytes a published picture may have."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment: kept in UTC, given back with its time zone by either database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


UuidText = String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
"""A UUID, read and written as its 36 characters."""


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def _count(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=False, **options)


def _change() -> Column[int]:
    return Column("change", BigInteger, nullable=False)


def _moment(name: str) -> Column[datetime]:
    return Column(name, Instant, nullable=False)


def _of_version() -> tuple[Column[str], Column[int], ForeignKeyConstraint]:
    """The columns by which a row hangs on a version."""
    return (
        Column("study", UuidText, primary_key=True),
        Column("version", Integer, primary_key=True),
        ForeignKeyConstraint(["study", "version"], ["study_version.study", "study_version.version"]),
    )


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True)


catalogue = Table(
    "catalogue",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("identity", UuidText, nullable=False),
    _change(),
    _text("policy", server_default="self"),
    _text("oldest_client", server_default="0002"),
    CheckConstraint("policy IN ('self', 'second-person')", name="policy"),
)
"""One row: which catalogue this is, the number of its last change, whether publishing takes a second person, and
the oldest schema whose programs may still work with it."""

study = Table(
    "study",
    metadata,
    Column("uuid", UuidText, primary_key=True),
    _text("slug", unique=True),
    _count("current_version"),
    Column(
        "state",
        String(9),
        CheckConstraint("state IN ('published', 'withdrawn')", name="state"),
        nullable=False,
    ),
    _text("note"),
    _moment("first_published_at"),
    _change(),
    Index(None, "change", unique=True),
)

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("actor"),
    _text("signed"),
    _moment("started_at"),
    Column[int | None]("undoes", Integer),
)
"""One sending of publications. `actor` is who the database says it was, `signed` who the desk says, `undoes` the
number of the batch that it takes back."""

study_version = Table(
    "study_version",
    metadata,
    Column("study", UuidText, ForeignKey("study.uuid"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("publication", UuidText, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    _text("slug"),
    _text("title"),
    _text("summary"),
    _text("template"),
    _count("template_version"),
    Column[date | None]("review_by", Date),
    _moment("published_at"),
    _text("published_by"),
    Column("batch", Integer, ForeignKey("batch.id"), nullable=False, index=True),
    _change(),
    _text("personal_digest", server_default=""),
    Index(None, "review_by"),
)

study_field = Table(
    "study_field", metadata, *_of_version(), _position(), _text("field"), _text("label"), _text("html")
)

study_personal = Table(
    "study_personal", metadata, *_of_version(), _position(), _text("field"), _text("label"), _text("html")
)
"""Fields with details of a person, apart from what can never be changed."""

study_salt = Table("study_salt", metadata, *_of_version(), _text("salt"))
"""What keeps the digest of personal fields from being guessed; emptied with them."""

theme = Table(
    "theme",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("slug", Text, primary_key=True),
    _text("label"),
    Column("status", String(8), nullable=False, server_default="active"),
    Column[str | None]("parent", Text),
    _text("scope_note", server_default=""),
    _text("cues", server_default="{}"),
    Column("narrow", Boolean, nullable=False, server_default=false()),
    _text("page_title", server_default=""),
    _text("introduction", server_default=""),
    _count("ordering", server_default="0"),
    Column[date | None]("opens", Date),
    Column[date | None]("closes", Date),
    _count("place", server_default="0"),
)
"""A term of the vocabulary. `cues` are JSON: strong, cues, weak; `place` is that in the vocabulary's order."""

theme_alias = Table(
    "theme_alias",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    _count("place"),
    Column[date | None]("since", Date),
    Column[date | None]("until", Date),
    ForeignKeyConstraint(["kind", "slug"], ["theme.kind", "theme.slug"]),
)
"""The other names of a theme, those it had before among them."""

theme_successor = Table(
    "theme_successor",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("successor", Text, primary_key=True),
    _count("place"),
    ForeignKeyConstraint(["kind", "slug"], ["theme.kind", "theme.slug"]),
    ForeignKeyConstraint(
        ["kind", "successor"], ["theme.kind", "theme.slug"], name="fk_theme_successor_successor"
    ),
)
"""Where the studies of a merged or split theme went."""

study_term = Table(
    "study_term",
    metadata,
    Column("study", UuidText, ForeignKey("study.uuid"), primary_key=True),
    _position(),
    Column("kind", String(16), nullable=False),
    _text("slug"),
    ForeignKeyConstraint(["kind", "slug"], ["theme.kind", "theme.slug"]),
    UniqueConstraint("kind", "slug", "study"),
)
"""Under which terms each study is filed today: those of its current version, with what the vocabulary became."""

vocabulary_change = Table(
    "vocabulary_change",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _moment("at"),
    _text("actor"),
    _text("signed"),
    _text("change"),
    _text("differences"),
    _count("studies"),
    _text("reason"),
    Column[int | None]("undoes", BigInteger),
    Column("digest", String(64), nullable=False),
)
"""Every change of the vocabulary, by the number of its line in the audit: the change and the terms before and after,
as JSON, and the digest over it and all that it moved, which the audit names."""

refiling = Table(
    "refiling",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("study", UuidText, ForeignKey("study.uuid"), primary_key=True),
    _count("version"),
    _text("before"),
    _text("after"),
)
"""Which studies a change of the vocabulary touched: their terms before and after, JSON lists of kind, slug, label."""

term_proposal = Table(
    "term_proposal",
    metadata,
    Column("id", UuidText, primary_key=True),
    Column("kind", String(16), nullable=False),
    _text("slug"),
    _text("told"),
    _text("reason"),
    _text("actor"),
    _text("signed"),
    _moment("at"),
    Column("state", String(8), nullable=False, server_default="proposed"),
    Column[str | None]("decided_by", Text),
    Column[datetime | None]("decided_at", Instant),
    _text("why", server_default=""),
    _text("became", server_default=""),
)
"""Terms that an editor asked for. `told` is the term as JSON, `became` the slug under which it is there now."""

study_theme = Table(
    "study_theme",
    metadata,
    *_of_version(),
    _position(),
    Column("kind", String(16), nullable=False),
    _text("slug"),
    _text("label"),
    ForeignKeyConstraint(["kind", "slug"], ["theme.kind", "theme.slug"]),
    Index(None, "kind", "slug"),
)
"""The terms that a version was published with, labelled as they were then."""

authority = Table(
    "authority",
    metadata,
    Column("id", Text, primary_key=True),
    Column[str | None]("gss", String(16)),
    _text("name"),
    _text("type"),
    _text("nation"),
    _text("region"),
)
"""A council as last published: `id` is its register code, or its name where it stands in no register."""

study_authority = Table(
    "study_authority",
    metadata,
    *_of_version(),
    _position(),
    Column("authority", Text, ForeignKey("authority.id"), nullable=False, index=True),
    Column[str | None]("gss", String(16)),
    _text("name"),
    _text("type"),
    _text("nation"),
    _text("region"),
)

asset = Table(
    "asset",
    metadata,
    Column("sha256", String(64), primary_key=True),
    _text("media_type"),
    Column(
        "content",
        LargeBinary,
        CheckConstraint(f"length(content) <= {MAX_ASSET}", name="bounded"),
        nullable=False,
    ),
)

study_image = Table(
    "study_image",
    metadata,
    *_of_version(),
    _position(),
    Column("sha256", String(64), ForeignKey("asset.sha256"), nullable=False, index=True),
    Column[str | None]("alt", Text),
    _text("credit"),
    _text("media_type"),
    _count("width"),
    _count("height"),
)

outcome = Table(
    "outcome",
    metadata,
    Column("publication", UuidText, primary_key=True),
    Column("study", UuidText, nullable=False),
    Column("result", String(16), nullable=False),
    _count("version"),
    _text("code"),
    _text("reason"),
    Column("batch", Integer, ForeignKey("batch.id"), nullable=False, index=True),
    _text("params", server_default="{}"),
)
"""What became of each publication that was settled: sending it again returns this."""

audit = Table(
    "audit",
    metadata,
    Column("change", BigInteger, primary_key=True, autoincrement=False),
    _moment("at"),
    _text("actor"),
    Column("action", String(16), nullable=False),
    Column("study", UuidText, nullable=False, index=True),
    _count("version"),
    Column[int | None]("batch", Integer),
    _text("reason"),
    _text("digest", server_default=""),
)
"""Every change of the catalogue, in order; rows are only ever added. `study` is the catalogue's own UUID where the
change is one of its policy or rights; `digest` is that of the version it tells of."""

audit_link = Table(
    "audit_link",
    metadata,
    Column("change", BigInteger, primary_key=True, autoincrement=False),
    Column("head", String(64), nullable=False),
)
"""The chain of the audit: SHA-256 over the head before and the audit's rows since, up to `change`."""

redaction = Table(
    "redaction",
    metadata,
    Column("change", BigInteger, primary_key=True, autoincrement=False),
    Column("study", UuidText, ForeignKey("study.uuid"), nullable=False, index=True),
    _count("version"),
    _text("fields"),
)
"""Which fields of a study, a JSON list, were emptied in all versions up to this one, and by which change."""

claim = Table(
    "claim",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("id", UuidText, nullable=False, unique=True),
    Column("source", String(64), nullable=False),
    Column("study", UuidText, nullable=False),
    _text("council"),
    _text("title"),
    _text("actor"),
    _text("signed"),
    _moment("at"),
)
"""Who has taken up which file: the SHA-256 of its bytes, and the study it became on their desk."""

IMMUTABLE = (
    *(study_version, study_field, study_theme, study_authority, study_image),
    *(asset, batch, outcome, audit, audit_link, redaction, vocabulary_change, refiling),
)
"""What is written once. Triggers of the same names refuse its change."""

SERVER_ONLY = ("proposal",)
"""Tables that PostgreSQL's own functions work on, and the program never; see `migrations/sql`."""

SEARCH = ("study_words", "study_indexed")
"""What studies are found by, on either database in its own way; see `searching`."""

"""The frozen snapshot of an approved submission that readers will see.

A publication is minted once, when it is queued; its UUID is the idempotency key of everything that follows.
Two publications with the same `digest` read the same.

What is personal is sealed: the digest covers not its words but a salted digest of them. Words and salt can later be
emptied everywhere, and what was published can still be told by its digest. Nobody can guess a telephone number from
what is left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Literal, Protocol

from workbench import richtext
from workbench.submission import Authority, Term

APART = frozenset({"title", "summary", "council"})
"""The fields of a submission that a publication holds in places of their own.

What stands in the field for the council is kept beside them where no council was recognised in it.
"""


@dataclass(frozen=True, slots=True)
class PublishedField:
    """One field as readers see it: its label, and its content in the HTML of `workbench.richtext`."""

    id: str
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class PublishedImage:
    """A picture as readers get it: bounded, re-encoded, without its EXIF; `sha256` is of those bytes."""

    sha256: str
    alt: str | None
    credit: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What is sent to the catalogue for one study.

    `study` is the study's UUID and never changes; `base_version` is the catalogue version this one replaces, 0 for
    a new study. `personal` fields stand apart so that they can be emptied later; `salt` is random and the study's
    own, `personal_digest` is over both. Both are empty in publications made before there were salts; the salt and
    the fields are empty where they were redacted or are not for this reader.
    """

    uuid: str
    study: str
    base_version: int
    slug: str
    title: str
    summary: str
    template: str
    template_version: int
    fields: tuple[PublishedField, ...]
    personal: tuple[PublishedField, ...] = ()
    authorities: tuple[Authority, ...] = ()
    terms: tuple[Term, ...] = ()
    images: tuple[PublishedImage, ...] = ()
    review_by: date | None = None
    revives: bool = False
    """Whether the editor knew the study as withdrawn, and means to bring it back."""
    salt: str = ""
    personal_digest: str = ""

    @property
    def councils(self) -> str:
        """The names of its councils on one line; where none was recognised, what the document says."""
        names = ", ".join(council.name for council in self.authorities)
        told = (
            richtext.plain(richtext.from_html(field.html)) for field in self.fields if field.id == "council"
        )
        return names or " ".join(" ".join(told).split())

    @property
    def digest(self) -> str:
        """SHA-256 over all that readers see, the same for the same content whoever sends it."""
        return hashlib.sha256(self.covered.encode()).hexdigest()

    @property
    def covered(self) -> str:
        """What the digest covers: all that readers see, as JSON in ASCII with its keys sorted."""
        content = {name: value for name, value in members(self).items() if name not in _NOT_READ}
        if self.personal_digest:
            content["personal"] = self.personal_digest
        return _canonical(content)

    @property
    def sealed_words(self) -> str:
        """What the personal digest covers after the salt: the personal fields, in the same way."""
        return _canonical(self.personal)


_NOT_READ = frozenset({"uuid", "base_version", "revives", "salt", "personal_digest"})
"""What readers do not see of a publication."""


def sealed(publication: Publication, salt: str) -> Publication:
    """The publication with its personal fields under a salt; as it was made before there were salts, for none."""
    return replace(publication, salt=salt, personal_digest=_seal(salt, publication) if salt else "")


def is_intact(publication: Publication) -> bool:
    """Whether the personal fields are those that were sealed; cannot be told, and is true, without the salt."""
    return not publication.salt or publication.personal_digest == _seal(publication.salt, publication)


def adopted(publication: Publication, digest: str, salt: str) -> Publication:
    """The publication under the salt of its study where it then reads the same as the version with this digest.

    Two desks that mint the same words of a new study, or of one published before there were salts, have different
    salts; what is sent is asked this first, so that the catalogue need only compare digests.
    """
    under = sealed(publication, salt)
    return under if under.digest == digest else publication


def _seal(salt: str, publication: Publication) -> str:
    return hashlib.sha256(f"{salt}{publication.sealed_words}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Study:
    """A published version of a study as the catalogue holds it. `change` orders all changes of the catalogue.

    A withdrawn study keeps its last publication; `note` is what readers are told. `digest` is what the catalogue
    wrote down when it was published, `redacted` which personal fields were emptied since. A publication keeps the
    terms it was sent with for ever; a change of the vocabulary moves what it is `filed` under.
    """

    publication: Publication
    version: int
    published_at: datetime
    published_by: str
    change: int
    first_published_at: datetime
    withdrawn: bool = False
    note: str = ""
    digest: str = ""
    redacted: tuple[str, ...] = ()
    filed: tuple[Term, ...] | None = None
    """Under which terms the catalogue files it today, where that is not as it was published."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms under which readers find it: those filed today, else those it was published with."""
        return self.publication.terms if self.filed is None else self.filed

    @property
    def is_whole(self) -> bool:
        """Whether all of it is what was published, as far as its digests tell.

        They cannot tell it of what was published before personal fields were sealed and is not at hand in full.
        """
        publication = self.publication
        if not publication.personal_digest and not publication.personal:
            return True
        return self.digest == publication.digest and is_intact(publication)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one publication that was sent.

    `result` is published, proposed, unchanged, conflict or failed, or withdrawn for a withdrawal; `version` is the
    catalogue's version afterwards;
    `code` and `reason` say why it failed.
    """

    publication: str
    study: str
    result: str
    version: int = 0
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was told to go together, by its UUID and the number that people call it by.

    A `publish`, or an `undo` of the batch number `undoes`. `results` says how many publications came to which result,
    `waiting` how many are still to be sent.
    """

    id: str
    number: int
    kind: Literal["publish", "undo"]
    began_at: datetime
    who: str
    catalogue: str
    ended_at: datetime | None = None
    undoes: int | None = None
    undone_by: int | None = None
    results: Mapping[str, int] = field(default_factory=dict[str, int])
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class BatchItem:
    """What became of one publication of a batch."""

    publication: str
    study: str
    submission: str
    title: str
    council: str
    result: str
    version: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A study that waits for a second person, or what that person decided.

    `state` is proposed, approved, declined, revoked, or overtaken where someone published meanwhile.
    """

    publication: str
    study: str
    slug: str
    title: str
    base_version: int
    state: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Personal fields of a study that were emptied for good in all versions up to one, by which change."""

    study: str
    version: int
    fields: tuple[str, ...]
    change: int


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody has taken up a file: the SHA-256 of its bytes, and the study that it became on their desk.

    `who`, `at` and `number` are the catalogue's word, and empty before it has given it.
    """

    id: str
    source: str
    study: str
    council: str
    title: str
    who: str = ""
    at: datetime | None = None
    number: int = 0


class ValueType(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def members(value: ValueType) -> dict[str, Any]:
    """The names and values of a value type, one level deep."""
    names, values = _taker(type(value))
    return dict(zip(names, values(value), strict=True))


@cache
def _taker(kind: type[ValueType]) -> tuple[tuple[str, ...], Callable[[ValueType], tuple[Any, ...]]]:
    """The names of a value type's members, and what takes all of their values at once."""
    names = tuple(kind.__dataclass_fields__)
    return names, attrgetter(*names)


def _told(value: date | ValueType) -> Any:
    """What JSON has no word for: a day, a moment, a value type."""
    return value.isoformat() if isinstance(value, date) else members(value)


_canonical = json.JSONEncoder(sort_keys=True, default=_told).encode


def to_json(publication: Publication) -> str:
    """The publication as JSON, keys sorted, for the outbox and the catalogue."""
    return json.dumps(publication, sort_keys=True, default=_told, ensure_ascii=False)


def from_json(text: str) -> Publication:
    """The publication that `to_json` wrote."""
    return _publication(json.loads(text))


def _publication(data: dict[str, Any]) -> Publication:
    data["fields"] = tuple(PublishedField(**entry) for entry in data["fields"])
    data["personal"] = tuple(PublishedField(**entry) for entry in data["personal"])
    data["authorities"] = tuple(Authority(**entry) for entry in data["authorities"])
    data["terms"] = tuple(Term(**entry) for entry in data["terms"])
    data["images"] = tuple(PublishedImage(**entry) for entry in data["images"])
    data["review_by"] = date.fromisoformat(data["review_by"]) if data["review_by"] else None
    return Publication(**data)


def study_to_json(study: Study) -> str:
    """A published version as JSON, keys sorted, for the mirror."""
    return json.dumps(study, sort_keys=True, default=_told, ensure_ascii=False)


def study_from_json(text: str) -> Study:
    """The version that `study_to_json` wrote."""
    data: dict[str, Any] = json.loads(text)
    data["publication"] = _publication(data["publication"])
    for name in ("published_at", "first_published_at"):
        data[name] = datetime.fromisoformat(data[name])
    data["redacted"] = tuple(data.get("redacted", ()))
    filed = data.get("filed")
    data["filed"] = None if filed is None else tuple(Term(**entry) for entry in filed)
    return Study(**data)

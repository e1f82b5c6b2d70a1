"""What a publication's arrival means, decided without a database: the rules of publishing in one place.

What is settled stays settled: a publication that was published, unchanged or in conflict is answered the same when
it is sent again. One that failed left nothing behind and may be tried again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from typing import Any, cast

from workbench import words
from workbench.publication import (
    Outcome,
    Publication,
    Study,
    ValueType,
    adopted,
    is_intact,
    members,
)

MAX_CHARACTERS = 4_000_000
"""The most characters all texts of one study may have together: a book, not a case study."""

MAX_LABEL = 300
"""The most characters of a slug, theme or council name: what an index can hold."""


@dataclass(frozen=True, slots=True)
class Live:
    """What stands in the catalogue for a study: its current version and who made it when."""

    version: int
    digest: str
    withdrawn: bool
    published_at: datetime
    published_by: str
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """A publication and the text that its digest covers."""

    publication: Publication
    covered: str

    @property
    def digest(self) -> str:
        """The publication's digest."""
        return hashlib.sha256(self.covered.encode()).hexdigest()


def ready(publication: Publication) -> Ready:
    """The publication, its text made."""
    return Ready(publication, publication.covered)


def decide(publication: Publication, live: Live | None) -> Outcome:
    """What sending `publication` does where `live` stands: published with its new version, unchanged or conflict.

    *Unchanged* looks at the current version alone, so that A, B, A again are three versions. A study withdrawn
    meanwhile is in conflict too, unless the publication means to bring it back.
    """
    if live is None:
        return _first(publication)
    if not live.withdrawn and live.digest == publication.digest:
        return settled(publication, "unchanged", live.version)
    if live.version != publication.base_version:
        return _overtaken(publication, live)
    if live.withdrawn and not publication.revives:
        return settled(publication, "conflict", live.version, "withdrawn-meanwhile", version=live.version)
    return settled(publication, "published", live.version + 1)


def foresee(publication: Publication, live: Study | None, policy: str = "self") -> Outcome:
    """What sending `publication` would do now where `live` is the study's current version."""
    if live is not None:
        publication = adopted(publication, live.publication.digest, live.publication.salt)
    outcome = flaw(publication) or decide(publication, _standing(live) if live else None)
    if outcome.result == "published" and policy == "second-person":
        return settled(publication, "proposed", publication.base_version)
    return outcome


def _standing(live: Study) -> Live:
    digest = live.publication.digest
    return Live(live.version, digest, live.withdrawn, live.published_at, live.published_by)


def _first(publication: Publication) -> Outcome:
    if publication.base_version:
        return settled(publication, "conflict", 0, "base-unknown", base=publication.base_version)
    return settled(publication, "published", 1)


def _overtaken(publication: Publication, live: Live) -> Outcome:
    told = _told(publication.base_version, live)
    return settled(publication, "conflict", live.version, "overtaken-version", **told)


def _told(base: int, live: Live) -> dict[str, Any]:
    at = f"{live.published_at:%Y-%m-%d %H:%M} UTC"
    return {"base": base, "version": live.version, "who": live.published_by, "at": at}


def decide_withdrawal(study: str, base_version: int, live: Live | None) -> Outcome:
    """What withdrawing a study does: withdrawn, unchanged, conflict, or failed where there is no such study."""
    if live is None:
        return Outcome(
            "", study, "failed", 0, "study-unknown", words.say("errors", "study-unknown", study=study)
        )
    if live.withdrawn:
        return Outcome("", study, "unchanged", live.version)
    if live.version != base_version:
        return _left_behind(study, base_version, live)
    return Outcome("", study, "withdrawn", live.version)


def _left_behind(study: str, base: int, live: Live) -> Outcome:
    reason = words.say("errors", "overtaken-version", **_told(base, live))
    return Outcome("", study, "conflict", live.version, "overtaken-version", reason)


def decide_undoing(
    study: str, live: Live | None, last: int, *, is_undone: bool, hidden_before: bool
) -> Outcome:
    """What taking a batch back does to a study whose newest version by that batch is `last`.

    Withdrawn where readers did not see it before (`hidden_before`), else published again as it was; unchanged where
    that was done already, conflict where someone published or withdrew since.
    """
    if live is None or not last:
        return decide_withdrawal(study, last, None)
    if is_undone:
        return Outcome("", study, "unchanged", live.version)
    if live.version != last:
        return _left_behind(study, last, live)
    if live.withdrawn:
        reason = words.say("errors", "withdrawn-since")
        return Outcome("", study, "conflict", live.version, "withdrawn-since", reason)
    if hidden_before:
        return Outcome("", study, "withdrawn", last)
    return Outcome("", study, "published", last + 1)


def settled(publication: Publication, result: str, version: int, code: str = "", /, **params: Any) -> Outcome:
    """An outcome, its reason as a sentence."""
    reason = words.say("errors", code, **params) if code else ""
    return Outcome(publication.uuid, publication.study, result, version, code, reason)


def told(
    publication: str,
    study: str,
    result: str,
    version: int,
    code: str,
    params: Mapping[str, Any],
    reason: str,
) -> Outcome:
    """An outcome that a database recorded: `params` fill the sentence of `code` where no sentence was kept."""
    sentence = reason or (words.say("errors", code, **params) if code else "")
    return Outcome(publication, study, result, version, code, sentence)


def failed(publication: Publication, code: str, /, **params: Any) -> Outcome:
    """The outcome of a publication that the catalogue cannot hold."""
    return settled(publication, "failed", 0, code, **params)


def flaw(publication: Publication) -> Outcome | None:
    """Why no database could hold this publication; None where it can be sent."""
    if not (_is_uuid(publication.uuid) and _is_uuid(publication.study)):
        return failed(publication, "publication-damaged")
    texts = "".join(_texts(publication))
    if not _is_sendable(texts):
        return failed(publication, "text-unsendable", place=_unsendable(publication))
    if len(texts) > MAX_CHARACTERS:
        return failed(publication, "study-too-large", limit=MAX_CHARACTERS)
    if not is_intact(publication):
        return failed(publication, "publication-damaged")
    long = next((label for label in _labels(publication) if len(label) > MAX_LABEL), None)
    return failed(publication, "label-too-long", label=long[:60], limit=MAX_LABEL) if long else None


def _unsendable(publication: Publication) -> str:
    """Where the text stands that no database can hold, such as `fields 3 html`."""
    return next(place for place, text in _placed(publication) if not _is_sendable(text))


def _is_sendable(text: str) -> bool:
    """Whether a text is without the character nought, and without halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _texts(publication: Publication) -> Iterator[str]:
    """All texts of a publication."""
    yield from (publication.slug, publication.title, publication.summary, publication.template)
    yield from (publication.salt, publication.personal_digest)
    fields = (*publication.fields, *publication.personal)
    for part in (*fields, *publication.authorities, *publication.terms, *publication.images):
        yield from (value for value in members(part).values() if isinstance(value, str))


def _placed(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """The same, each with where it stands; slower."""
    if isinstance(value, str):
        yield place, value
    if isinstance(value, tuple):
        parts = enumerate(cast("tuple[object, ...]", value), 1)
    else:
        parts = members(cast("ValueType", value)).items() if is_dataclass(value) else ()
    for name, part in parts:
        yield from _placed(part, f"{place} {name}".strip())


def are_uuids(texts: Iterable[str]) -> list[str]:
    """Those of `texts` that are UUIDs as they are written here: nothing else can be a study or a publication."""
    return [text for text in texts if _is_uuid(text)]


_is_uuid = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


def _labels(publication: Publication) -> Iterator[str]:
    yield publication.slug
    for term in publication.terms:
        yield from (term.slug, term.label)
    for council in publication.authorities:
        yield from (council.gss or "", council.name)

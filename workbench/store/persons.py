"""Everywhere on a desk that a person is named: found, and taken out.

What readers can see of a published study is told apart: it stands in the catalogue, where it is immutable, and the
desk leaves its own copy as it is. Every other value is changed in the same way in its row and in the journal, so that
each step still leads to the next.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import URL, Connection, Table, create_engine, delete, func, select, update
from sqlalchemy.exc import DBAPIError

from workbench import richtext
from workbench.edits import Slot
from workbench.publication import Publication, from_json, study_from_json, study_to_json, to_json
from workbench.richtext.naming import Sought
from workbench.store import forgetting, slots, submissions, tables
from workbench.word.texts import texts

_COLUMNS: Mapping[Slot, tuple[str, ...]] = {
    "field": ("html", "heading"),
    "passage": ("html", "heading"),
    "note": ("text", "author"),
    "picture": ("name", "alt", "credit"),
    "file": ("name",),
    "dismissal": ("reason",),
    "authority": ("name",),
    "learned": ("heading",),
    "filter": ("wanted",),
    "word": ("word",),
    "asked": ("finding", "text", "excerpt"),
    "revision": ("because",),
    "hold": ("reason",),
}
"""The slots in which people's words stand, and the columns of each."""

_KEYED: frozenset[Slot] = frozenset({"dismissal", "authority", "learned", "filter", "word"})
"""Those whose key holds words as well."""

_BESIDE: tuple[tuple[Table, str, tuple[str, ...]], ...] = (
    (tables.claim, "study", ("title",)),
    (tables.batch_item, "study", ("title", "council", "reason")),
    (tables.term_proposal, "id", ("json", "reason", "answer")),
)
"""Tables that are no slots, whose studies or ids they are about, and the columns in which words stand."""

_WHO = (tables.journal, tables.batch, tables.claim, tables.term_proposal)
"""Tables that say who did something: that record stays."""

_GSS = re.compile(r"[A-Z]\d{8}")
"""The key of a council of the register: that is nobody's name, though somebody may be called as it is."""

MOST_JOURNAL = 200_000
"""Characters of one step of the journal that are searched as one text."""


Public = tuple[str, str]
"""A study and a field of it that readers see."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text on the desk: the kind of place, whose submission or study it is of, its key there, and the words."""

    place: str
    text: str
    submission: str = ""
    study: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """The submission that a text is of: its title, its study, its template."""

    title: str = ""
    study: str = ""
    template: str = ""


# Finding


def told(connection: Connection, sought: Sought) -> Iterator[Told]:
    """Every text on the desk that names them, surely or perhaps, but for what stands inside files."""
    for one in _all(connection, public(connection, sought)):
        if next(sought.places(one.text), None):
            yield one


def public(connection: Connection, sought: Sought) -> frozenset[Public]:
    """The fields of studies in which readers see them named, here or in the catalogue."""
    found = _in_publications(connection)
    return frozenset(
        (one.study, one.key) for one in found if one.place.endswith("-public") and sought.names(one.text)
    )


def owners(connection: Connection) -> dict[str, Owner]:
    """What there is to know of every submission, also one that is gone, by its id."""
    table = tables.submission.c
    rows = connection.execute(select(table.id, table.title, table.study, table.template))
    return {name: Owner(*rest) for name, *rest in rows}


def is_named_in(copy: Path, sought: Sought) -> bool:
    """Whether a row of a copy of the desk names them; one that cannot be read is taken to."""
    query = {"mode": "ro", "uri": "true"}
    engine = create_engine(URL.create("sqlite", database=f"file:{copy}", query=query))
    try:
        with engine.connect() as connection:
            return any(True for _ in told(connection, sought))
    except (DBAPIError, ValueError, KeyError):
        return True
    finally:
        engine.dispose()


def _all(connection: Connection, seen: frozenset[Public]) -> Iterator[Told]:
    yield from _in_slots(connection)
    yield from _in_drafts(connection)
    yield from _in_journal(connection, seen)
    yield from _in_publications(connection)
    for table, owner, columns in _BESIDE:
        for row in connection.execute(select(table)).mappings():
            for column in columns:
                study = row[owner] if owner == "study" else ""
                yield Told(table.name, str(row[column]), study=study, key=column)
    yield from _in_who(connection)
    for key, value in connection.execute(select(tables.lesson.c.key, tables.lesson.c.value)):
        yield Told("lesson", value, key=key)


def _in_slots(connection: Connection) -> Iterator[Told]:
    for slot, columns in _COLUMNS.items():
        table, key = tables.SLOTS[slot]
        for row in connection.execute(select(table)).mappings():
            owner = str(row.get("submission") or "")
            if slot == "authority" and row["gss"]:
                continue
            for column in columns:
                place = "author" if column == "author" else slot
                yield Told(place, _words(column, row[column]), owner, key=str(row[key]))
            if slot in _KEYED:
                yield Told(slot, str(row[key]), owner, key=str(row[key]))


def _words(column: str, value: Any) -> str:
    if column == "html":
        return _plain(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(html: str) -> str:
    """The words, and what links lead to."""
    blocks = richtext.from_html(html)
    return "\n".join((richtext.plain(blocks), *(href for _, href in richtext.links(blocks))))


def _in_drafts(connection: Connection) -> Iterator[Told]:
    for row in connection.execute(select(tables.draft)):
        yield Told("draft", _plain(row.html), row.submission, key=row.key)


def _in_journal(connection: Connection, seen: frozenset[Public]) -> Iterator[Told]:
    """A step as one text, and apart from it what it changed of answers that readers see."""
    studies = _studies(connection)
    own = select(tables.journal_submission.c.submission)
    own = own.where(tables.journal_submission.c.entry == tables.journal.c.id).limit(1).scalar_subquery()
    table = tables.journal.c
    for number, params, changes, owner in connection.execute(
        select(table.id, table.params, table.changes, own)
    ):
        parts: dict[str, list[Any]] = {"journal": [], "journal-public": []}
        for about, slot, key, *values in changes:
            if slot == "outbox":
                for one in _sent(values):
                    parts["journal-public" if (one.study, one.key) in seen else "journal"].append(one.text)
                continue
            is_public = slot == "field" and (studies.get(about, ""), key) in seen
            parts["journal-public" if is_public else "journal"].append([key, *values])
        titled = any((studies.get(each[0], ""), "title") in seen for each in changes)
        parts["journal-public" if titled else "journal"].append({"title": params.get("title", "")})
        parts["journal"].append({name: params[name] for name in params if name != "title"})
        for place, held in parts.items():
            lines = dict.fromkeys(_strings(held))
            yield Told(place, "\n".join(lines)[:MOST_JOURNAL], owner or "", key=str(number))


def _sent(values: list[Any]) -> Iterator[Told]:
    """The texts of publications as a step of the journal holds them."""
    for value in values:
        if value:
            yield from _published("outbox", from_json(value["json"]))


_UNSAID = frozenset({"sources", "matched_by", "ref", "received", "media_type"})
"""What a value of the journal holds that is nobody's words."""


def _strings(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, str):
        yield _plain(value) if name == "html" else value
    elif isinstance(value, dict):
        for key, each in cast("dict[str, Any]", value).items():
            yield from _strings(each, key) if key not in _UNSAID else ()
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from _strings(each)


def _in_publications(connection: Connection) -> Iterator[Told]:
    for row in connection.execute(select(tables.outbox.c.submission, tables.outbox.c.json)):
        yield from _published("outbox", from_json(row.json), row.submission)
    for text in connection.scalars(select(tables.mirror_study.c.json)):
        yield from _published("catalogue", study_from_json(text).publication)


def _published(place: str, publication: Publication, submission: str = "") -> Iterator[Told]:
    study = publication.study
    for name, text in (("title", publication.title), ("summary", publication.summary)):
        yield Told(f"{place}-public", text, submission, study, name)
    for each in publication.fields:
        yield Told(f"{place}-public", _plain(each.html), submission, study, each.id)
    for image in publication.images:
        yield Told(f"{place}-public", f"{image.alt or ''}\n{image.credit}", submission, study, "images")
    for each in publication.personal:
        yield Told(f"{place}-personal", _plain(each.html), submission, study, each.id)


def _in_who(connection: Connection) -> Iterator[Told]:
    for table in _WHO:
        counted = select(table.c.who, func.count()).group_by(table.c.who)
        for who, times in connection.execute(counted):
            yield Told("who", str(who), key=f"{table.name} {times}")


def files(connection: Connection) -> Iterator[tuple[str, str, str, bytes]]:
    """Every file and picture that is kept: the submission it is of, its name, SHA-256 and bytes."""
    named: dict[str, tuple[str, str]] = {}
    for table in (tables.picture, tables.source_file):
        for row in connection.execute(select(table.c.key, table.c.submission, table.c.name)):
            named[row.key] = (row.submission, row.name)
    for source, made in connection.execute(select(tables.conversion.c.source, tables.conversion.c.word)):
        named.setdefault(made, named.get(source, ("", "")))
    held = select(tables.blob.c.sha256).where(func.length(tables.blob.c.data) > 0)
    for sha256 in connection.scalars(held).all():
        data = connection.scalar(select(tables.blob.c.data).where(tables.blob.c.sha256 == sha256))
        yield (*named.get(sha256, ("", "")), sha256, data or b"")


# Taking out


@dataclass
class Forgetting:
    """A person to be taken out of a desk and its copies.

    `personal` are the personal fields of each template, `usual` the texts of every form. `named` remembers which
    files name them, so that each is looked through once though many copies hold it.
    """

    sought: Sought
    personal: Mapping[str, frozenset[str]]
    usual: tuple[str, ...]
    named: dict[str, bool] = field(default_factory=dict[str, bool])


def forget(connection: Connection, what: Forgetting) -> tuple[int, frozenset[str]]:
    """Takes them out of everything but what readers see; how many places that were, and of which submissions."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    touched: set[str] = set()
    for who in _people(connection, what):
        forgetting.scrub(connection, who)
        touched |= {*who.submissions}
    taking = _Taking(connection, what.sought)
    taking.out()
    files = _empty_files(connection, what)
    _forget_lessons(connection, what.sought)
    return taking.times + files + len(touched), frozenset(touched | taking.touched)


def _people(connection: Connection, what: Forgetting) -> Iterator[forgetting.Person]:
    """The studies in which a personal answer names them: it goes whole, as what else it says is theirs too."""
    fields: dict[str, set[str]] = {}
    studies = _studies(connection)
    templates = {row.id: row.template for row in connection.execute(select(tables.submission))}
    for table in (tables.field_value, tables.draft):
        for row in connection.execute(select(table.c.submission, table.c.key, table.c.html)):
            is_personal = row.key in what.personal.get(templates[row.submission], frozenset())
            if is_personal and row.html and what.sought.names(_plain(row.html)):
                fields.setdefault(studies[row.submission], set()).add(row.key)
    for one in _in_publications(connection):
        if one.place.endswith("-personal") and what.sought.names(one.text):
            fields.setdefault(one.study, set()).add(one.key)
    for study, own in fields.items():
        yield forgetting.person(connection, study, frozenset(own), what.usual)


def _studies(connection: Connection) -> dict[str, str]:
    query = select(tables.submission.c.id, tables.submission.c.study)
    return {str(row[0]): str(row[1]) for row in connection.execute(query)}


class _Taking:
    """One pass over all rows of a desk."""

    def __init__(self, connection: Connection, sought: Sought) -> None:
        self._connection, self._sought, self._salt = connection, sought, token_hex()
        self._alone = Sought(tuple(word.lower() for word in sought.words))
        self._theirs = {one.submission for one in told(connection, sought) if sought.names(one.text)}
        self._studies = _studies(connection)
        self._public = public(connection, sought)
        self.times = 0
        self.touched: set[str] = set()

    def out(self) -> None:
        """Takes the person out of every row."""
        for slot in _COLUMNS:
            self._out_of_slot(slot)
        self._out_of_rows(tables.draft, self._draft)
        for table, owner, columns in _BESIDE:
            self._out_of_rows(table, self._beside(owner, columns))
        self._out_of_rows(tables.outbox, lambda row: {"json": self._publication(row["json"])})
        for table in (tables.mirror_study, tables.base_study):
            self._out_of_rows(table, lambda row: {"json": self._study(row["json"])})
        self._out_of_rows(tables.journal, self._entry)
        self._out_of_findings()
        self._out_of_lines()

    def _out_of_slot(self, slot: Slot) -> None:
        table, key = tables.SLOTS[slot]

        def bare(row: Mapping[str, Any]) -> dict[str, Any]:
            owner, name = str(row.get("submission") or ""), str(row[key])
            value = self._value(slot, owner, name, {column: row[column] for column in _COLUMNS[slot]})
            return {**value, key: self._key(slot, owner, name)}

        self._out_of_rows(table, bare)

    def _out_of_rows(self, table: Table, bare: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
        for row in map(slots.plain, self._connection.execute(select(table)).mappings().all()):
            after = bare(row)
            if any(row[name] != value for name, value in after.items()):
                own = [column == row[column.name] for column in table.primary_key]
                self._connection.execute(update(table).where(*own).values(after))
                self.times += 1
                self.touched |= {str(row["submission"])} if row.get("submission") in self._studies else set()

    def _value(self, slot: str, owner: str, key: str, value: dict[str, Any]) -> dict[str, Any]:
        """What a slot holds, without them. Of the answers, what readers see stays."""
        if slot == "outbox":
            return {**value, "json": self._publication(value["json"])}
        if slot == "authority" and _GSS.fullmatch(key):
            return value
        bare = dict(value)
        for column in _COLUMNS.get(cast("Slot", slot), ()):
            if column not in value:
                continue
            if column == "html":
                is_public = slot == "field" and self._is_public(owner, key)
                bare["html"] = value["html"] if is_public else self._sought.blank_html(value["html"])
            elif slot == "asked" and column == "finding" and owner in self._theirs:
                bare[column] = self._alone.blank(self._sought.blank(value[column]))
            elif slot == "learned":
                bare[column] = self._unique(value[column])
            else:
                bare[column] = self._any(value[column])
        return bare

    def _is_public(self, owner: str, key: str) -> bool:
        return (self._studies.get(owner, ""), key) in self._public

    def _key(self, slot: str, owner: str, key: str) -> str:
        """A finding is named by the words that it is about: of a study that names them, any of their names goes."""
        if slot not in _KEYED:
            return key
        alone = slot == "dismissal" and owner in self._theirs
        return self._unique(key, self._alone if alone else self._sought)

    def _unique(self, text: str, sought: Sought | None = None) -> str:
        """A text without them, still another than every other."""
        bare = (sought or self._sought).blank(text)
        return text if bare == text else bare + hashlib.sha256((self._salt + text).encode()).hexdigest()[:8]

    def _any(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._sought.blank(value)
        if isinstance(value, list):
            return [self._any(each) for each in cast("list[Any]", value)]
        if isinstance(value, dict):
            return {key: self._any(each) for key, each in cast("dict[str, Any]", value).items()}
        return value

    def _draft(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {"html": self._sought.blank_html(row["html"])}

    def _beside(self, owner: str, columns: tuple[str, ...]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
        def bare(row: Mapping[str, Any]) -> dict[str, Any]:
            stays = {name for name in ("title", "council") if (row[owner], name) in self._public}
            return {name: self._any(row[name]) for name in columns if name not in stays}

        return bare

    def _publication(self, text: str) -> str:
        publication = from_json(text)
        bare = self._unsigned(publication)
        return text if bare is publication else to_json(bare)

    def _study(self, text: str) -> str:
        study = study_from_json(text)
        bare = self._unsigned(study.publication)
        return text if bare is study.publication else study_to_json(replace(study, publication=bare))

    def _unsigned(self, publication: Publication) -> Publication:
        """Without a personal answer that names them, and without them in what nobody was sent to read."""
        kept = tuple(each for each in publication.personal if not self._sought.names(_plain(each.html)))
        bare = publication if kept == publication.personal else replace(publication, personal=kept, salt="")
        named = [one for one in _published("", bare) if self._sought.names(one.text)]
        unseen = {one.key for one in named if (one.study, one.key) not in self._public}
        return self._unseen(bare, unseen) if unseen else bare

    def _unseen(self, publication: Publication, keys: set[str]) -> Publication:
        """As when it was queued and taken back."""
        told = {name: getattr(publication, name) for name in ("title", "summary") if name in keys}
        fields = tuple(
            replace(each, html=self._sought.blank_html(each.html)) if each.id in keys else each
            for each in publication.fields
        )
        images = tuple(
            replace(
                each, alt=each.alt and self._sought.blank(each.alt), credit=self._sought.blank(each.credit)
            )
            for each in publication.images
        )
        bare = {name: self._sought.blank(text) for name, text in told.items()}
        return replace(
            publication, fields=fields, images=images if "images" in keys else publication.images, **bare
        )

    def _entry(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A step of the journal; the title of a study that readers see under it stays."""
        changes = [self._change(*each) for each in row["changes"]]
        owners = {each[0] for each in row["changes"]}
        kept = {"title": row["params"]["title"]} if self._titled(owners, row["params"]) else {}
        return {"changes": changes, "params": {**self._any(row["params"]), **kept}}

    def _titled(self, owners: set[str], params: Mapping[str, Any]) -> bool:
        return "title" in params and any(self._is_public(owner, "title") for owner in owners)

    def _change(self, owner: str, slot: str, key: str, before: Any, after: Any) -> list[Any]:
        values = (self._held(slot, owner, key, value) for value in (before, after))
        return [owner, slot, self._key(slot, owner, key), *values]

    def _held(self, slot: str, owner: str, key: str, value: Any) -> Any:
        """A value in the journal; a bare one, such as a status, names nobody."""
        if not isinstance(value, dict):
            return value
        return self._value(slot, owner, key, cast("dict[str, Any]", value))

    def _out_of_findings(self) -> None:
        """Findings follow from the answers, and are found anew where they still hold."""
        table = tables.finding
        for row in self._connection.execute(select(table)).mappings().all():
            said = "\n".join(
                (row["key"], row["excerpt"], row["message"], json.dumps(row["fix"], ensure_ascii=False))
            )
            names = self._alone.names(said) if row["submission"] in self._theirs else self._sought.names(said)
            if names and not self._is_public(row["submission"], str(row["field"])):
                own = (table.c.submission == row["submission"], table.c.key == row["key"])
                self._connection.execute(delete(table).where(*own))

    def _out_of_lines(self) -> None:
        """The line of the queue and the index say what the answers say now."""
        rows = self._connection.exec_driver_sql("SELECT rowid, title, council, answers FROM words").all()
        for number, title, council, answers in rows:
            if self._sought.names(f"{title}\n{council}\n{answers}"):
                self._write_line(number, council)

    def _write_line(self, number: int, council: str) -> None:
        table = tables.submission
        own = table.c.number == number
        name = self._connection.scalar(select(table.c.id).where(own))
        found = submissions.load(self._connection, name, gone=True) if name else None
        if found is None:
            return
        bare = council if self._is_public(found.id, "council") else self._sought.blank(council)
        answers = "\n".join(
            (*(each.text for each in found.fields.values()), *(each.text for each in found.unplaced))
        )
        self._connection.execute(update(table).where(own).values(title=found.title, council=bare))
        self._connection.exec_driver_sql(
            "UPDATE words SET title = ?, council = ?, answers = ? WHERE rowid = ?",
            (found.title, bare, answers, number),
        )


def _empty_files(connection: Connection, what: Forgetting) -> int:
    """Files that name them, wherever in them; a picture that readers see is not touched."""
    shown = _shown(connection)
    found: list[str] = []
    for _, _, sha256, data in files(connection):
        if sha256 not in what.named:
            found_in = texts(data, what.sought.may_stand_in)
            what.named[sha256] = any(what.sought.names(text) for _, text in found_in)
        if what.named[sha256] and sha256 not in shown:
            found.append(sha256)
    return forgetting.empty(connection, found)


def _shown(connection: Connection) -> set[str]:
    """The pictures of publications, by SHA-256."""
    published = [from_json(text) for text in connection.scalars(select(tables.outbox.c.json))]
    published += [
        study_from_json(text).publication for text in connection.scalars(select(tables.mirror_study.c.json))
    ]
    return {image.sha256 for each in published for image in each.images}


def _forget_lessons(connection: Connection, sought: Sought) -> None:
    """What suggestions learned is a list of words: it goes where any word of the person's stands in it."""
    held = "\n".join(connection.scalars(select(tables.lesson.c.value)))
    numbers = ["".join(re.findall(r"\d", term)) for term in sought.terms]
    parts = re.findall(r"\d{5,}", held)
    if any(part in number for part in parts for number in numbers) or any(
        Sought((word.lower(),)).names(held) for word in sought.words
    ):
        connection.execute(delete(tables.lesson))

"""Forgetting a person: their words leave every row of the desk, and the copies of it.

What an answer marked as personal says, or ever said, is emptied wherever it stands as that answer: in the desk, the
journal, the outbox, the mirror. In what else came with the study (notes, passages in the tray, names of files) its
words are blanked where they stand in no other answer. The Word files of the study are emptied: they hold it too.
Every value is changed in the same way wherever it stands, so that the journal still leads from step to step.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import URL, Connection, Table, create_engine, delete, func, select, update
from sqlalchemy.exc import DBAPIError

from workbench import richtext
from workbench.publication import Publication, from_json, study_from_json, study_to_json, to_json
from workbench.richtext.naming import BLANK, MAIL, PHONE
from workbench.store import copies, tables
from workbench.store.opening import rebuild_words
from workbench.store.transactions import transaction

_TOKEN = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\w[\w'’-]*\w")
_SHORTEST = 3
_TAG = re.compile(r"(<[^>]*>)")
_QUOTED = re.compile(r'"[^"]*"')
_SPOKEN = ("heading", "text", "author", "reason", "name", "excerpt", "finding")
"""The plain texts of slots that came with a study, or were said of it."""

_BESIDE = {
    "passage": tables.passage,
    "note": tables.note,
    "file": tables.source_file,
    "picture": tables.picture,
    "dismissal": tables.dismissal,
    "asked": tables.asked,
}
"""The slots in which a person's words may stand beside the answer itself."""


@dataclass(frozen=True)
class Person:
    """What is to be forgotten: the personal fields of a study's submissions, and the words that stand there alone."""

    study: str
    submissions: tuple[str, ...]
    fields: frozenset[str]
    words: frozenset[str]
    usual: tuple[str, ...] = ()
    """Texts that stand in every form: their words are nobody's."""
    letters: bool = False
    """Whether what the mails told that brought the study goes too."""
    strangers: bool = False
    """Whether whoever wrote a comment goes too, and every address and number beside the answers."""
    spared: frozenset[str] = frozenset()
    """Files that others still need, by their SHA-256."""
    _salt: str = field(default_factory=token_hex, repr=False)

    def blank(self, text: str) -> str:
        """The text without the person's words."""
        return self._pattern.sub(BLANK, text) if self.words or self.strangers else text

    def blank_key(self, key: str) -> str:
        """A key without them, still another than every other key."""
        bare = self.blank(key)
        return bare if bare == key else f"{bare}{hashlib.sha256((self._salt + key).encode()).hexdigest()[:8]}"

    def blank_html(self, html: str) -> str:
        """Rich text without them."""
        parts = [
            _QUOTED.sub(lambda found: self.blank(found[0]), part)
            if part.startswith("<")
            else self.blank(part)
            for part in _TAG.split(html)
        ]
        bare = "".join(parts)
        return html if bare == html else richtext.to_html(richtext.from_html(bare))

    def blank_value(self, value: dict[str, Any]) -> dict[str, Any]:
        """What a slot holds, without them."""
        bare = {name: self.blank(value[name]) for name in _SPOKEN if value.get(name)}
        bare |= {"html": self.blank_html(value["html"])} if "html" in value else {}
        bare |= {"author": ""} if self.strangers and "author" in value else {}
        if value.get("kind") == "mail" and (self.letters or self.strangers):
            bare |= {"text": "", "author": ""}
        return {**value, **bare}

    def blank_params(self, value: Any) -> Any:
        """What fills a sentence of the journal, without them."""
        if isinstance(value, str):
            return self.blank(value)
        if isinstance(value, list):
            return [self.blank_params(each) for each in cast("list[Any]", value)]
        if isinstance(value, dict):
            told = cast("dict[str, Any]", value)
            return {name: self.blank_params(each) for name, each in told.items()}
        return value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        told = [rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"] if self.words else []
        return re.compile("|".join([*([MAIL, PHONE] if self.strangers else []), *told]), re.IGNORECASE)


def person(
    connection: Connection,
    study: str,
    fields: frozenset[str],
    usual: tuple[str, ...],
    *,
    strangers: bool = False,
) -> Person:
    """What there is to forget of a study; the words of the texts in `usual`, such as the template's, are nobody's.

    With `strangers` the authors of comments are part of it.
    """
    own = select(tables.submission.c.id).where(tables.submission.c.study == study)
    submissions = tuple(connection.scalars(own.order_by(tables.submission.c.number)))
    known = _words((*usual, *_other_answers(connection, submissions, fields)))
    told = [*_told(connection, study, submissions, fields)]
    told += _authors(connection, submissions) if strangers else ()
    return Person(study, submissions, fields, _words(told) - known, usual, strangers=strangers)


def _also_there(connection: Connection, who: Person) -> Person:
    """The person with what a copy of the desk knows besides, such as later words where an older desk was put back."""
    if not who.fields and not who.strangers:
        return who
    there = person(connection, who.study, who.fields, who.usual, strangers=who.strangers)
    submissions = tuple(dict.fromkeys((*who.submissions, *there.submissions)))
    return replace(who, submissions=submissions, words=who.words | there.words)


def _words(texts: Iterable[str]) -> frozenset[str]:
    found = {word.casefold() for text in texts for word in _TOKEN.findall(text)}
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def _text(html: str) -> str:
    return richtext.plain(richtext.from_html(html))


def _other_answers(
    connection: Connection, submissions: tuple[str, ...], fields: frozenset[str]
) -> Iterator[str]:
    table = tables.field_value
    query = select(table.c.html).where(table.c.submission.in_(submissions), table.c.key.not_in(fields))
    yield from map(_text, connection.scalars(query))
    yield from connection.scalars(
        select(tables.authority.c.name).where(tables.authority.c.submission.in_(submissions))
    )


def _told(
    connection: Connection, study: str, submissions: tuple[str, ...], fields: frozenset[str]
) -> Iterator[str]:
    """Every text that the personal fields hold or ever held."""
    for table in (tables.field_value, tables.draft):
        query = select(table.c.html).where(table.c.submission.in_(submissions), table.c.key.in_(fields))
        yield from map(_text, connection.scalars(query))
    for row in _entries(connection, submissions):
        for owner, slot, key, *values in row.changes:
            if owner in submissions and slot == "field" and key in fields:
                yield from (_text(value["html"]) for value in values if value)
    for publication in _publications(connection, study, submissions):
        yield from (_text(each.html) for each in publication.personal if each.id in fields)


def _authors(connection: Connection, submissions: tuple[str, ...]) -> Iterator[str]:
    own = tables.note.c.submission.in_(submissions)
    yield from connection.scalars(select(tables.note.c.author).where(own))


def _publications(connection: Connection, study: str, submissions: tuple[str, ...]) -> Iterator[Publication]:
    sent = select(tables.outbox.c.json).where(tables.outbox.c.submission.in_(submissions))
    yield from map(from_json, connection.scalars(sent))
    seen = select(tables.mirror_study.c.json).where(tables.mirror_study.c.study == study)
    yield from (study_from_json(found).publication for found in connection.scalars(seen))


def _entries(connection: Connection, submissions: tuple[str, ...]) -> list[Any]:
    touched = select(tables.journal_submission.c.entry).where(
        tables.journal_submission.c.submission.in_(submissions)
    )
    table = tables.journal.c
    query = select(table.id, table.params, table.changes).where(table.id.in_(touched))
    return list(connection.execute(query))


def scrub(connection: Connection, who: Person) -> int:
    """Takes the person's words out of every row; gives the number of Word files that were emptied.

    What SQLite let go of may hold them until the file is tidied.
    """
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    _scrub_answers(connection, who)
    _scrub_beside(connection, who)
    _scrub_findings(connection, who)
    _scrub_journal(connection, who)
    _scrub_publications(connection, who)
    _scrub_words(connection, who)
    _unlearn_lessons(connection, who.words)
    return _scrub_files(connection, who)


def _scrub_answers(connection: Connection, who: Person) -> None:
    table = tables.field_value
    own = (table.c.submission.in_(who.submissions), table.c.key.in_(who.fields))
    connection.execute(update(table).where(*own).values(html="", heading="", sources=[]))
    table = tables.draft
    own = (table.c.submission.in_(who.submissions), table.c.key.in_(who.fields))
    connection.execute(delete(table).where(*own))


def _emptied(value: Any) -> Any:
    return value and {**value, "html": "", "heading": "", "sources": []}


def _scrub_beside(connection: Connection, who: Person) -> None:
    for table in (*_BESIDE.values(), tables.draft):
        for row in _rows(connection, table, who):
            key = who.blank_key(row["key"]) if table is tables.dismissal else row["key"]
            _put(connection, table, row, {**who.blank_value(row), "key": key})


def _rows(connection: Connection, table: Table, who: Person) -> list[dict[str, Any]]:
    found = connection.execute(select(table).where(table.c.submission.in_(who.submissions)))
    return [dict(row) for row in found.mappings()]


def _put(connection: Connection, table: Table, before: dict[str, Any], after: dict[str, Any]) -> None:
    if after != before:
        own = (table.c.submission == before["submission"], table.c.key == before["key"])
        connection.execute(update(table).where(*own).values(after))


def _scrub_findings(connection: Connection, who: Person) -> None:
    """Findings follow from the answers: those that speak of the person go, and are found anew if they still hold."""
    table = tables.finding
    for row in _rows(connection, table, who):
        told = json.dumps([row["key"], row["excerpt"], row["message"], row["fix"]], ensure_ascii=False)
        if row["field"] in who.fields or who.blank(told) != told:
            connection.execute(
                delete(table).where(table.c.submission == row["submission"], table.c.key == row["key"])
            )


def _scrub_journal(connection: Connection, who: Person) -> None:
    table = tables.journal
    for row in _entries(connection, who.submissions):
        changes = [_scrubbed(connection, who, *change) for change in row.changes]
        after = {"changes": changes, "params": {**who.blank_params(row.params), **_of_others(who, row)}}
        connection.execute(update(table).where(table.c.id == row.id).values(after))


def _of_others(who: Person, row: Any) -> dict[str, Any]:
    """The title that a step of several studies is told by, where it is the title of another one than the person's."""
    first = next((owner for owner, *_ in row.changes if owner), "")
    return {"title": row.params["title"]} if "title" in row.params and first not in who.submissions else {}


def _scrubbed(
    connection: Connection, who: Person, owner: str, slot: str, key: str, before: Any, after: Any
) -> list[Any]:
    """A change of the journal without the person."""
    if slot == "learned":
        return _unlearned(connection, who, key, before, after)
    if owner not in who.submissions:
        return [owner, slot, key, before, after]
    if slot == "field" and key in who.fields:
        return [owner, slot, key, _emptied(before), _emptied(after)]
    if slot == "outbox":
        told = (value and {**value, "json": _unsealed(who, value["json"])} for value in (before, after))
        return [owner, slot, key, *told]
    if slot not in _BESIDE:
        return [owner, slot, key, before, after]
    values = (value and who.blank_value(value) for value in (before, after))
    return [owner, slot, who.blank_key(key) if slot == "dismissal" else key, *values]


def _unlearned(connection: Connection, who: Person, key: str, before: Any, after: Any) -> list[Any]:
    """A heading that was learned from this study, in the journal and as it is known."""
    bare, values = who.blank_key(key), [value and who.blank_value(value) for value in (before, after)]
    if after and bare != key:
        known = update(tables.learned).where(tables.learned.c.key == key)
        connection.execute(known.values({**who.blank_value(after), "key": bare}))
    return ["", "learned", bare, *values]


def _unsealed(who: Person, text: str) -> str:
    return to_json(_without(who, from_json(text)))


def _without(who: Person, publication: Publication) -> Publication:
    kept = tuple(each for each in publication.personal if each.id not in who.fields)
    return replace(publication, personal=kept, salt="") if kept != publication.personal else publication


def _scrub_publications(connection: Connection, who: Person) -> None:
    table = tables.outbox
    query = select(table.c.publication, table.c.json).where(table.c.submission.in_(who.submissions))
    for row in connection.execute(query).all():
        bare = _unsealed(who, row.json)
        connection.execute(update(table).where(table.c.publication == row.publication).values(json=bare))
    for table in (tables.mirror_study, tables.base_study):
        own = table.c.study == who.study
        for text in connection.scalars(select(table.c.json).where(own)).all():
            study = study_from_json(text)
            bare = study_to_json(replace(study, publication=_without(who, study.publication)))
            connection.execute(update(table).where(own, table.c.json == text).values(json=bare))


def _scrub_words(connection: Connection, who: Person) -> None:
    """What is left; the index keeps words of rows that are gone until it is built anew, as tidying does."""
    own = select(tables.submission.c.number).where(tables.submission.c.id.in_(who.submissions))
    for number in connection.scalars(own).all():
        found = connection.exec_driver_sql("SELECT answers FROM words WHERE rowid = ?", (number,)).scalar()
        if found is not None:
            connection.exec_driver_sql(
                "UPDATE words SET answers = ? WHERE rowid = ?", (who.blank(found), number)
            )


def _unlearn_lessons(connection: Connection, words: Iterable[str]) -> None:
    """What suggestions have learned is a list of words, and is learned anew when one of them was a person's."""
    table = tables.lesson.c
    held = "\n".join(connection.scalars(select(table.value))).casefold()
    spelt = {json.dumps(word)[1:-1] for word in words} | {*words}
    if any(re.search(rf"(?<!\w){re.escape(word)}", held) for word in spelt):
        connection.execute(delete(tables.lesson))


def _scrub_files(connection: Connection, who: Person) -> int:
    files, made = tables.source_file, tables.conversion
    names = list(connection.scalars(select(files.c.key).where(files.c.submission.in_(who.submissions))))
    names += _once_there(connection, who)
    names += connection.scalars(select(made.c.word).where(made.c.source.in_(names)))
    return empty(connection, set(names) - who.spared)


def empty(connection: Connection, names: Iterable[str]) -> int:
    """Empties these files; gives the number of those that held anything."""
    own = (tables.blob.c.sha256.in_(list(names)), func.length(tables.blob.c.data) > 0)
    return connection.execute(update(tables.blob).where(*own).values(data=b"")).rowcount


def _once_there(connection: Connection, who: Person) -> Iterator[str]:
    """The files that a step brought, though it was undone: they are kept so that it can be done again."""
    for row in _entries(connection, who.submissions):
        for owner, slot, key, *_ in row.changes:
            if owner in who.submissions and slot == "file":
                yield key


def scrub_copies(path: Path, who: Person) -> tuple[int, int]:
    """Takes the person's words out of every copy of the desk; gives how many were written anew and how many removed.

    A copy of an older form, or one that is damaged, is removed: what stands in it cannot be told.
    """
    return rewrite_copies(path, lambda connection: scrub_copied(connection, (who,)))


def scrub_copied(connection: Connection, people: Iterable[Person]) -> None:
    """Scrubs a copy of the desk, with what that knows of these people besides."""
    for who in people:
        scrub(connection, _also_there(connection, who))


def rewrite_copies(path: Path, clean: Callable[[Connection], object]) -> tuple[int, int]:
    """Has `clean` change every copy of the desk; gives how many were written anew and how many removed, as above."""
    rewritten = removed = 0
    for copy in copies.all_of(path):
        if not copies.has_log(copy.path) and _rewrite_copy(copy.path, clean):
            rewritten += 1
        else:
            copies.remove(copy.path)
            removed += 1
    return rewritten, removed


def _rewrite_copy(path: Path, clean: Callable[[Connection], object]) -> bool:
    with copies.rewriting(path) as draft:
        engine = create_engine(URL.create("sqlite", database=str(draft)), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                if connection.execute(select(tables.version.c.version_num)).scalar() != tables.HEAD:
                    return False
                with transaction(connection, "BEGIN IMMEDIATE"):
                    clean(connection)
                    rebuild_words(connection)
                connection.exec_driver_sql("VACUUM")
        except DBAPIError:
            return False
        finally:
            engine.dispose()
    return True

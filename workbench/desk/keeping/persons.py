"""Everything held on one person: found, handed out to them, and forgotten.

Who is looked for is told by names, mail addresses and telephone numbers, together; `workbench.richtext.naming` knows
their spellings. What readers see of a published study names people as its subjects: that is found as well, told
apart from contact details, and changed only by editing and publishing the study.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench import log, words
from workbench.desk import changing, standing
from workbench.desk.desk import Desk
from workbench.desk.keeping import forgetting
from workbench.desk.rows import NOTHING, Changed, Grain
from workbench.edits import Change, Edit
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.progress import Progress, silent
from workbench.richtext.naming import Sought, contacts, others

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.persons import Forgetting, Owner, Told

Remedy = Literal["forget", "publish", "redact", "settings", "record"]
"""What can be done about a place: forgotten here, edited and published, redacted in the catalogue, changed in the
settings; or nothing, since it is the record of who did what."""

AROUND = 90
"""Characters shown on either side of a name."""

MOST_LOG = 32 << 20
"""Bytes of a log or a settings file that are searched."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where somebody is named.

    `where` says it in words, `excerpt` shows it, `text` is all that stands there, "" of a whole file. `sure` is False
    where only the surname stands. `others` are addresses and numbers of somebody else's beside it.
    """

    place: str
    where: str
    excerpt: str
    text: str
    found: str
    sure: bool
    contact: bool
    remedy: Remedy
    said: str
    submission: str = ""
    study: str = ""
    title: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything found on one person. `copies` are the copies of the desk, each with whether it names them too."""

    terms: tuple[str, ...]
    hits: tuple[Hit, ...]
    copies: tuple[tuple[str, bool], ...] = ()

    @property
    def forgettable(self) -> int:
        """How many places `forget` would empty."""
        return sum(hit.sure and hit.remedy == "forget" for hit in self.hits)

    @property
    def left(self) -> tuple[Hit, ...]:
        """The places it cannot reach, or may not, that surely name them."""
        return tuple(hit for hit in self.hits if hit.sure and hit.remedy != "forget")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sentences about places need: of submissions, and which fields of studies readers see."""

    owners: Mapping[str, Owner]
    public: frozenset[tuple[str, str]] = frozenset()

    def owner(self, submission: str) -> Owner:
        """Whose a text is; nobody's where it is of no submission."""
        from workbench.store.persons import Owner

        return self.owners.get(submission, Owner())


def find(desk: Desk, terms: Sequence[str], progress: Progress = silent) -> Dossier:
    """Every place that names them, surely ones first; the copies of the desk are named, and looked into.

    Raises WrongUsage("person-too-short").
    """
    from workbench.store import persons

    sought = Sought(contacts(terms))
    with desk.store.reading() as connection:
        found = tuple(persons.told(connection, sought))
        known = _Known(persons.owners(connection), persons.public(connection, sought))
        hits = [hit for told in found for hit in _hit(desk, known, told, sought)]
        hits += _in_files(desk, connection, known, sought, progress)
    hits += _around_desk(desk, sought)
    titled = (_titled(hit, known.owner(hit.submission).title or hit.title, sought) for hit in hits)
    return Dossier(sought.terms, _ordered(titled), tuple(_copies(desk, sought)))


def _titled(hit: Hit, title: str, sought: Sought) -> Hit:
    """With the title of its study, and whose address or number else that or the name of the place holds."""
    told = (*hit.others, *others(f"{title}\n{hit.where}", sought))
    return replace(hit, title=title, others=tuple(dict.fromkeys(told)))


def _ordered(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    told = dict.fromkeys(hits)
    return tuple(sorted(told, key=lambda hit: (not hit.sure, hit.submission, hit.place)))


def _hit(desk: Desk, known: _Known, told: Told, sought: Sought) -> Iterator[Hit]:
    """The place as a line; the first place that is surely they, where there is one."""
    place = next(iter(sorted(sought.places(told.text), key=lambda each: not each.sure)), None)
    if place is None:
        return
    kind = _kind(desk, known, told)
    remedy = _REMEDIES.get(kind, "forget")
    start, end = max(place.start - AROUND, 0), place.end + AROUND
    excerpt = ("…" if start else "") + told.text[start:end].strip() + ("…" if end < len(told.text) else "")
    study = told.study or known.owner(told.submission).study
    yield Hit(
        place=kind,
        where=_where(desk, known, told, kind),
        excerpt=" ".join(excerpt.split()),
        text=told.text,
        found=place.words,
        sure=place.sure,
        contact=kind in _CONTACTS,
        remedy=remedy,
        said=words.say("keeping", f"remedy-{remedy}", study=study, field=told.key),
        submission=told.submission,
        study=study,
        others=tuple(dict.fromkeys(others(told.text, sought))),
    )


_CONTACTS = frozenset({"personal", "author", "outbox-personal", "catalogue-personal"})
_REMEDIES: dict[str, Remedy] = {
    "field-public": "publish",
    "journal-public": "publish",
    "outbox-public": "publish",
    "catalogue-public": "publish",
    "catalogue-personal": "redact",
    "who": "record",
    "settings": "settings",
}


def _kind(desk: Desk, known: _Known, told: Told) -> str:
    """The kind of a place; an answer is personal where its template says so."""
    if told.place in ("field", "draft"):
        template = desk.templates.get(known.owner(told.submission).template)
        is_personal = template and told.key in template.by_id and template.by_id[told.key].personal
        if is_personal:
            return "personal"
        is_public = (known.owner(told.submission).study, told.key) in known.public
        return "field-public" if is_public and told.place == "field" else told.place
    return told.place


def _where(desk: Desk, known: _Known, told: Told, kind: str) -> str:
    label = told.key
    if kind in ("personal", "field", "draft") or (told.key and "-" in kind and "journal" not in kind):
        (label,) = forgetting.labels(
            desk, [known.owner(told.submission).template or "case-study"], [told.key]
        )
    return words.say("keeping", f"place-{kind}", label=label)


def _in_files(
    desk: Desk, connection: Connection, known: _Known, sought: Sought, progress: Progress
) -> Iterator[Hit]:
    """A hit for each text of a file: of a Word file also its properties, authors, headers, text boxes."""
    from workbench.store import persons
    from workbench.store.persons import Told
    from workbench.word.texts import texts

    for at, (submission, name, _, data) in enumerate(persons.files(connection)):
        progress(at, 0, name)
        for part, text in texts(data, sought.may_stand_in):
            yield from _hit(
                desk, known, Told("inside", text, submission, key=f"{name} {part}".strip()), sought
            )


def _around_desk(desk: Desk, sought: Sought) -> Iterator[Hit]:
    """Texts beside the desk in its folder: settings, the office's own checks, its templates as they were, are and
    are being written, and the log."""
    from workbench.store.persons import Told

    known = _Known({})
    for path in (*desk.workspace.glob("*.toml"), *desk.workspace.glob("templates/**/*.*")):
        for line in _lines(path):
            yield from _hit(desk, known, Told("settings", line, key=path.name), sought)
    for path in logs(desk):
        for line in _lines(path):
            yield from _hit(desk, known, Told("log", line, key=path.name), sought)


def logs(desk: Desk) -> tuple[Path, ...]:
    """The files of the log, also those that were put aside."""
    folder = log.folder(desk.workspace)
    return tuple(sorted(path for path in folder.glob("*") if path.is_file())) if folder.is_dir() else ()


def _lines(path: Path) -> list[str]:
    with suppress(OSError), path.open("rb") as file:
        return file.read(MOST_LOG).decode("utf-8", "replace").splitlines()
    return []


def _copies(desk: Desk, sought: Sought) -> Iterator[tuple[str, bool]]:
    """The copies of the desk, and whether a row of each names them; one that cannot be read is taken to."""
    from workbench.store import copies, persons

    for copy in copies.all_of(desk.store.path):
        yield copy.path.name, persons.is_named_in(copy.path, sought)


# Forgetting


def forget(desk: Desk, terms: Sequence[str]) -> Changed:
    """Takes them out of every place that `find` says can be forgotten, out of every copy of the desk, and the log.

    It cannot be undone; a Word file that names them goes whole. Of a study on this desk whose contact in the
    catalogue names them, that is redacted where this login may. `said` tells what was done and what is left to do.
    Raises WrongUsage("person-too-short"), SurroundingsFailed: desk-busy, desk-disk-full.
    """
    from workbench.store import copies, persons
    from workbench.store import forgetting as scrubbing

    what = _what(desk, Sought(contacts(terms)))
    with copies.changing(desk.store.path):
        left = _redacted(desk, what.sought)
        rewritten, removed = scrubbing.rewrite_copies(
            desk.store.path, lambda connection: persons.forget(connection, what)
        )
        changed = _forgotten(desk, what)
        stays = _stays(desk, what.sought)
        tidy = desk.store.tidy()
    clean_logs(desk, what.sought.blank)
    said = (
        changed.said or words.say("keeping", "forgot-nothing"),
        words.say("keeping", "forgot-copies", rewritten=rewritten, removed=removed),
        *left,
        words.say("keeping", "stays-public", n=stays) if stays else "",
        "" if tidy else words.say("journal", "forgot-untidy"),
    )
    return replace(changed, said=" ".join(filter(None, said)))


def _what(desk: Desk, sought: Sought) -> Forgetting:
    from workbench.store.persons import Forgetting

    names = list(desk.templates)
    personal = {name: forgetting.personal(desk, [name]) for name in names}
    return Forgetting(sought, personal, tuple(forgetting.usual(desk, names)))


def _forgotten(desk: Desk, what: Forgetting) -> Changed:
    from workbench.store import journal, persons, submissions
    from workbench.store.opening import leave_untidy

    with desk.store.writing() as connection:
        times, touched = persons.forget(connection, what)
        if not times:
            return NOTHING
        leave_untidy(connection)
        standing_now = submissions.statuses(connection, touched)
        for submission in standing_now:
            standing.refresh(desk, connection, submission, check=True)
        changes = tuple(
            Change(submission, "submission", "status", status, status)
            for submission, status in sorted(standing_now.items())
        )
        edit = Edit("forget-named", changes, {"n": times})
        entry = journal.append(connection, edit, at=desk.clock(), who=desk.who, undoable=False)
    grains: frozenset[Grain] = frozenset({"queue", "submission", "outbox", "catalogue", "settings"})
    return Changed(grains, touched, changing.sentence(edit.code, edit.params), entry)


def _stays(desk: Desk, sought: Sought) -> int:
    """In how many answers of studies readers see them."""
    from workbench.store import persons

    with desk.store.reading() as connection:
        return len(persons.public(connection, sought))


def _redacted(desk: Desk, sought: Sought) -> tuple[str, ...]:
    """Empties contact details in the catalogue where this login may; what is left to ask for, in words."""
    from workbench.desk.catalogue import administration
    from workbench.errors import Refused
    from workbench.store import persons

    with desk.store.reading() as connection:
        named = {
            (told.study, told.key)
            for told in persons.told(connection, sought)
            if told.place == "catalogue-personal" and sought.names(told.text)
        }
    left: list[str] = []
    for study, name in sorted(named):
        try:
            reason = words.say("keeping", "redact-forgotten")
            administration.redact(desk.catalogue_url, study, [name], reason)
        except (SurroundingsFailed, Refused):
            left.append(words.say("keeping", "redact-asked", study=study, fields=f"--field {name}"))
    return tuple(left)


def clean_logs(desk: Desk, blank: Callable[[str], str]) -> None:
    """Changes the log as `blank` does, in place, since whoever writes it has it open."""
    for path in logs(desk):
        with suppress(OSError), path.open("r+b") as file:
            told = file.read().decode("utf-8", "surrogateescape")
            bare = blank(told)
            if bare != told:
                file.seek(0)
                file.write(bare.encode("utf-8", "surrogateescape"))
                file.truncate()


# Handing out


def export(desk: Desk, terms: Sequence[str], path: Path, progress: Progress = silent) -> Dossier:
    """Writes everything found into one zip: a page to be read, and the same as JSON; what was found is returned.

    Addresses and numbers that are somebody else's are marked, to be looked at before it is handed out. Raises
    WrongUsage: person-too-short, person-file-there; SurroundingsFailed("cannot-write").
    """
    if path.exists():
        raise WrongUsage("person-file-there", path=str(path))
    found = find(desk, terms, progress)
    draft = path.with_name(f"{path.name}.draft")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("person.html", page(found, words.day(desk.today)))
            package.writestr("person.json", json.dumps(asdict(found), ensure_ascii=False, indent=1))
        draft.replace(path)
    except OSError as error:
        raise SurroundingsFailed(
            "cannot-write", file=str(path), reason=error.strerror or str(error)
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return found


def page(found: Dossier, day: str) -> str:
    """What was found as one page of HTML that needs nothing besides."""
    told = words.say("keeping", "page-title", terms=", ".join(found.terms))
    body = "".join(_section(hit) for hit in found.hits)
    foreign = sum(bool(hit.others) for hit in found.hits)
    return (
        f'<!doctype html><html lang="{words.spoken()}"><meta charset="utf-8">'
        f"<title>{html.escape(told)}</title><style>"
        "body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}mark{background:#fd6}"
        "section{border-top:1px solid #999;padding:.5rem 0}pre{white-space:pre-wrap;font:inherit}small{color:#444}"
        f"</style><h1>{html.escape(told)}</h1>"
        f"<p>{html.escape(words.say('keeping', 'page-about', n=len(found.hits), day=day))}</p>"
        f"<p><strong>{html.escape(words.say('keeping', 'page-others', n=foreign))}</strong></p>{body}</html>"
    )


def _section(hit: Hit) -> str:
    perhaps = "" if hit.sure else f" <em>{html.escape(words.say('keeping', 'perhaps'))}</em>"
    about = " · ".join(filter(None, (hit.submission, hit.title)))
    return (
        f"<section><h2>{_marked(hit.where, hit.others)}{perhaps}</h2><small>{_marked(about, hit.others)}</small>"
        f"<pre>{_marked(hit.text, hit.others)}</pre></section>"
    )


def _marked(text: str, foreign: Sequence[str]) -> str:
    """A text as HTML, with what is somebody else's marked wherever it stands."""
    if not foreign:
        return html.escape(text)
    longest_first = sorted(foreign, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    marked = (
        f"<mark>{html.escape(part)}</mark>" if at % 2 else html.escape(part) for at, part in enumerate(parts)
    )
    return "".join(marked)

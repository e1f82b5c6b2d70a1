"""The door to a catalogue: everything the desk may ask of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, Select, func, select

from workbench.catalogue import (
    address,
    amending,
    claiming,
    coining,
    foreseeing,
    forgetting,
    proposals,
    publishing,
    reading,
    schema,
    searching,
    tables,
    thesaurus,
)
from workbench.catalogue.chain import Link
from workbench.catalogue.failures import declining, explained
from workbench.catalogue.sending import are_uuids, decide_withdrawal, foresee
from workbench.catalogue.transactions import reading as reading_one_moment
from workbench.catalogue.transactions import writing
from workbench.errors import Refused
from workbench.progress import Progress, silent
from workbench.publication import Claim, Outcome, Proposal, Publication, Redaction, Study
from workbench.themes.changes import Change
from workbench.themes.history import Amended, Foreseen, TermProposal, VocabularyChange
from workbench.themes.vocabulary import Theme, Vocabulary

PAGE = 200
"""Studies read at once."""


def open_catalogue(location: str, *, create: bool = False) -> Catalogue:
    """The catalogue at an address, `sqlite:///path` or `postgresql://user@host/database`.

    `create` makes the tables where there are none, as in a file whose making was cut off. Raises
    `WrongUsage("catalogue-address")`, and `SurroundingsFailed`: `catalogue-unreachable`, `-uninitialised`, `-older`,
    `-newer`, `-damaged`.
    """
    url = address.parse(location)
    engine = schema.reach(url, create=create)
    try:
        with explained(address.named(url)):
            if create:
                schema.make(engine, url)
            schema.require_current(engine, url)
    except BaseException:
        engine.dispose()
        raise
    return Catalogue(engine, url)


@dataclass(frozen=True)
class Studies:
    """All studies of a catalogue, read page by page; how many they are is known ahead."""

    shared: Catalogue
    count: int

    def __iter__(self) -> Iterator[Study]:
        return self.shared.changes(0)

    def __length_hint__(self) -> int:
        return self.count


class Catalogue:
    """An open catalogue. Every call may raise `SurroundingsFailed` when the connection is lost."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self.name = address.named(url)
        """The address for people, without a password."""

    def identity(self) -> str:
        """The UUID of this catalogue, by which a mirror knows whom it follows."""
        return self._scalar(select(tables.catalogue.c.identity))

    def last_change(self) -> int:
        """The number of the last change; 0 before the first."""
        return self._scalar(select(tables.catalogue.c.change))

    def live(self, uuids: Sequence[str]) -> Mapping[str, Study]:
        """The current versions of these studies, withdrawn ones too, by their UUID."""
        known = are_uuids(dict.fromkeys(uuids))
        pages = (known[start : start + PAGE] for start in range(0, len(known), PAGE))
        queries = (reading.current().where(tables.study.c.uuid.in_(page)) for page in pages)
        return {study.publication.study: study for query in queries for study in self._studies(query)}

    def versions(self, uuid: str) -> tuple[Study, ...]:
        """Every version of a study, the first one first."""
        version = tables.study_version.c
        return self._studies(
            reading.versions().where(version.study.in_(are_uuids([uuid]))).order_by(version.version)
        )

    def changes(self, since: int, limit: int | None = None) -> Iterator[Study]:
        """Each study that changed after `since`, as it stands now, in the order of its last change."""
        change, left = tables.study.c.change, limit
        while left is None or left > 0:
            page = PAGE if left is None else min(PAGE, left)
            studies = self._studies(reading.current().where(change > since).order_by(change).limit(page))
            yield from studies
            if len(studies) < page:
                return
            since, left = studies[-1].change, None if left is None else left - page

    def studies(self) -> Studies:
        """All studies as they stand now, withdrawn ones too, in the order of their last change."""
        return Studies(self, self._scalar(select(func.count()).select_from(tables.study)))

    def former_slugs(self) -> Mapping[str, tuple[str, ...]]:
        """The slugs that studies had in earlier versions and have no more, by the study's UUID."""
        version, study = tables.study_version.c, tables.study.c
        joined = tables.study_version.join(tables.study, study.uuid == version.study)
        query = select(version.study, version.slug).distinct().select_from(joined)
        with self._reading() as connection:
            rows = connection.execute(
                query.where(version.slug != study.slug).order_by(version.study, version.slug)
            )
            found: dict[str, tuple[str, ...]] = {}
            for uuid, slug in rows:
                found[uuid] = (*found.get(uuid, ()), slug)
        return found

    def asset(self, sha256: str) -> bytes:
        """The bytes of a published picture. Raises `Refused("asset-missing")`."""
        query = select(tables.asset.c.content).where(tables.asset.c.sha256 == sha256)
        with self._reading() as connection:
            content = connection.scalar(query)
        if content is None:
            raise Refused("asset-missing", sha256=sha256[:12])
        return content

    def outcomes(self, uuids: Sequence[str]) -> Mapping[str, Outcome]:
        """What is recorded of these publications, by their UUIDs; nothing of one that never arrived."""
        with self._reading() as connection:
            return {
                uuid: outcome
                for start in range(0, len(uuids), PAGE)
                for uuid, outcome in proposals.outcomes(connection, uuids[start : start + PAGE]).items()
            }

    def sendings(self, uuids: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the batches that published these publications, lowest first."""
        version, found = tables.study_version.c, set[int]()
        with self._reading() as connection:
            for start in range(0, len(uuids), PAGE):
                ours = version.publication.in_(are_uuids(uuids[start : start + PAGE]))
                found.update(connection.scalars(select(version.batch).where(ours).distinct()))
        return tuple(sorted(found))

    def rehearse(self, publications: Sequence[Publication]) -> tuple[tuple[Outcome, Study | None], ...]:
        """What `publish` would answer now for each publication, and the study as it is live."""
        recorded = self.outcomes([publication.uuid for publication in publications])
        live = self.live([publication.study for publication in publications])
        policy = self.policy()
        return tuple(
            (recorded.get(each.uuid) or foresee(each, live.get(each.study), policy), live.get(each.study))
            for each in publications
        )

    def publish(
        self,
        publications: Sequence[Publication],
        asset: publishing.Asset,
        who: str,
        progress: Progress = silent,
    ) -> Iterator[Outcome]:
        """Yields what became of each publication, in order, once it is safe: published, proposed, unchanged,
        conflict, failed.

        Sending a publication again yields what became of it the first time. `asset` gives a picture's bytes by
        SHA-256 and raises KeyError or `Refused` for one it has not. `who` signs where the database knows no logins.
        `progress` may raise `Cancelled` between chunks.
        """
        for outcomes in self.publish_chunks(publications, asset, who, progress):
            yield from outcomes

    def publish_chunks(
        self,
        publications: Sequence[Publication],
        asset: publishing.Asset,
        who: str,
        progress: Progress = silent,
    ) -> Iterator[tuple[Outcome, ...]]:
        """As `publish`, the outcomes of one transaction at a time."""
        with explained(self.name):
            yield from publishing.publish(self._engine, publications, asset, who, progress)

    def withdraw(self, uuid: str, base_version: int, reason: str, note: str, who: str) -> Outcome:
        """Takes a study away from readers, who are told `note`; `reason` is for the audit.

        Withdrawn; unchanged where it was already; conflict where `base_version` is not the current one; failed
        where there is no such study.
        """
        if not are_uuids([uuid]):
            return decide_withdrawal(uuid, base_version, None)
        with explained(self.name):
            return publishing.withdraw(self._engine, uuid, base_version, reason, note, who)

    def undo_batch(self, batch: int, who: str) -> Iterator[Outcome]:
        """Takes a batch back, and yields what became of each of its studies, once it is safe.

        Published again as it was before the batch; withdrawn where readers saw nothing before; conflict where someone
        published or withdrew since; unchanged where it was taken back already.
        """
        with explained(self.name):
            yield from publishing.undo(self._engine, batch, who)

    def policy(self) -> str:
        """`self` where an editor publishes alone, `second-person` where another login must approve."""
        return self._scalar(select(tables.catalogue.c.policy))

    def set_policy(self, policy: str) -> None:
        """Changes the policy. Raises `Refused("policy-needs-logins")` for a second person on SQLite."""
        with self._deciding() as connection:
            proposals.set_policy(connection, policy)

    def proposals(self, *, settled: bool = False) -> tuple[Proposal, ...]:
        """The studies that wait for a second person, oldest first; with `settled` those decided on as well."""
        with self._reading() as connection:
            return proposals.listed(connection, settled=settled)

    def proposed(self, publication: str) -> Publication:
        """What was proposed, as it would be published. Raises `Refused("proposal-unknown")`."""
        with self._reading() as connection:
            return proposals.content(connection, publication)

    def approve(self, publication: str) -> Outcome:
        """Publishes what another login proposed: published, unchanged, or conflict where someone published since.

        Raises `Refused`: `proposal-unknown`, `proposal-own`.
        """
        with self._deciding() as connection:
            return proposals.decide(connection, "approve", publication)

    def decline(self, publication: str, reason: str) -> Outcome:
        """Sends a proposal of another login back. Raises `Refused`: `proposal-unknown`, `proposal-own`."""
        with self._deciding() as connection:
            return proposals.decide(connection, "decline", publication, reason)

    def revoke(self, publication: str) -> Outcome:
        """Takes an own proposal back. Raises `Refused`: `proposal-unknown`, `proposal-not-yours`."""
        with self._deciding() as connection:
            return proposals.decide(connection, "revoke", publication)

    def grant(self, login: str, role: str) -> None:
        """Gives a login this role (reader, editor, publisher, admin) and no other; `none` takes all.

        Raises `Refused`: `login-unknown`, `own-role`, `roles-need-logins` on SQLite.
        """
        with self._deciding() as connection:
            proposals.grant(connection, login, role)

    def head(self) -> Link:
        """The newest link of the audit's chain: a mirror that remembers it notices when history was rewritten."""
        with self._reading() as connection:
            return reading.head(connection)

    def had(self, link: Link) -> bool:
        """Whether the audit's chain holds this link; the one before the first is always held."""
        query = select(tables.audit_link.c.head).where(tables.audit_link.c.change == link.change)
        with self._reading() as connection:
            return link.change == 0 or connection.scalar(query) == link.head

    def redact(self, uuid: str, fields: Sequence[str], reason: str, who: str) -> Outcome:
        """Empties personal fields of a study in all its versions for good; `reason` is for the audit.

        Redacted; unchanged where there is nothing to empty; failed where there is no such study. Raises
        `SurroundingsFailed("catalogue-forbidden")` for a login that is no admin.
        """
        with explained(self.name):
            return forgetting.redact(self._engine, uuid, fields, reason, who)

    def redactions(self, since: int) -> tuple[Redaction, ...]:
        """What was emptied after a change, in order."""
        with self._reading() as connection:
            return forgetting.redactions(connection, since)

    def claim(self, claims: Sequence[Claim], who: str) -> None:
        """Takes down who has taken up which file. Needs the right to propose."""
        with explained(self.name), writing(self._engine) as connection:
            claiming.claim(connection, claims, who)

    def may_claim(self) -> bool:
        """Whether this login may take claims down."""
        with self._reading() as connection:
            return claiming.is_allowed(connection)

    def claims(self, since: int, limit: int = PAGE) -> tuple[Claim, ...]:
        """The claims after a number, in order; none for a login that only reads."""
        with self._reading() as connection:
            return claiming.claims(connection, since, limit)

    def vocabulary(self) -> Vocabulary:
        """All themes as they stand, those no longer offered too."""
        with self._reading() as connection:
            return thesaurus.read(connection)

    def vocabulary_changes(self, since: int = 0) -> tuple[VocabularyChange, ...]:
        """What was done to the vocabulary after the change of this number, the first one first."""
        with self._reading() as connection:
            return foreseeing.history(connection, since)

    def foresee_change(self, change: Change) -> Foreseen:
        """What a change of the vocabulary would do now: every study it touches, with its terms before and after.

        Raises `Refused` with a `theme-` code where it cannot be.
        """
        with self._reading() as connection:
            return foreseeing.foresee(connection, change)

    def change_vocabulary(
        self, change: Change, reason: str, who: str, expected: int | None = None
    ) -> Amended:
        """Changes the vocabulary, and with it what studies are filed under: all of it or nothing; for an admin.

        `expected` is the number that `foresee_change` told: then nobody may have changed it since. Raises what that
        does, `Refused("vocabulary-moved")` and `SurroundingsFailed("catalogue-forbidden")`.
        """
        with self._deciding() as connection:
            amending.hold(connection, expected)
            foreseen = foreseeing.foresee(connection, change)
            return amending.carry_out(connection, foreseen, reason, who)

    def foresee_undo(self, number: int) -> Foreseen:
        """What taking a change of the vocabulary back would do now.

        Raises `Refused`: `vocabulary-change-unknown`, `vocabulary-undone`, `vocabulary-overtaken` where a later
        change stands on it, `theme-in-use`, or another `theme-` code where it cannot be.
        """
        with self._reading() as connection:
            return foreseeing.foresee_undo(connection, number)

    def undo_change(self, number: int, reason: str, who: str, expected: int | None = None) -> Amended:
        """Takes a change of the vocabulary back: every study is filed as if it had not been; for an admin.

        A study that was published again since is filed by what it was published with. Raises as `foresee_undo` and
        `change_vocabulary` do.
        """
        with self._deciding() as connection:
            amending.hold(connection, expected)
            foreseen = foreseeing.foresee_undo(connection, number)
            return amending.carry_out(connection, foreseen, reason, who)

    def propose_term(self, theme: Theme, reason: str, who: str, proposal: str = "") -> str:
        """Asks for a term, for an editor; gives the proposal's UUID. Sent again under that, it is asked for once.

        Raises `Refused` with a `theme-` code for a term that could not be added.
        """
        with self._deciding() as connection:
            return coining.propose(connection, theme, reason, who, proposal)

    def term_proposals(self, *, settled: bool = False) -> tuple[TermProposal, ...]:
        """The terms asked for that wait, oldest first; with `settled` those decided on as well. None for a reader."""
        with self._reading() as connection:
            return coining.listed(connection, settled=settled)

    def accept_term(self, proposal: str, who: str, why: str = "", theme: Theme | None = None) -> TermProposal:
        """Takes a term in that was asked for, as `theme` where the administrator wrote it otherwise.

        Raises `Refused`: `term-proposal-unknown`, or a `theme-` code.
        """
        with self._deciding() as connection:
            return coining.accept(connection, proposal, theme, why, who)

    def decline_term(self, proposal: str, who: str, why: str, instead: str = "") -> TermProposal:
        """Declines a term that was asked for; where `instead` names another by its slug, that takes its place.

        Raises `Refused`: `term-proposal-unknown`, `theme-unknown`.
        """
        with self._deciding() as connection:
            return coining.decline(connection, proposal, instead, why, who)

    def search(self, typed: str, most: int = PAGE) -> tuple[Study, ...]:
        """The published studies that hold all that was typed, the best first, as the desk's own search finds them."""
        self.index()
        with self._reading() as connection:
            uuids = searching.find(connection, typed, most)
        found = self.live(uuids)
        return tuple(found[uuid] for uuid in uuids if uuid in found)

    def index(self) -> int:
        """Brings the full-text index up to what is published; gives the number of studies it had to learn.

        Whoever may read may ask for it. A search does; after a large batch it saves the next search the time.
        """
        with self._reading() as connection:
            behind = searching.is_behind(connection)
        learned = 0
        while behind:
            with explained(self.name), writing(self._engine) as connection:
                done = searching.catch_up(connection)
            learned += done
            behind = done > 0
        return learned

    def close(self) -> None:
        """Lets go of all connections. A second time does nothing."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        """A transaction that sees one moment of the catalogue."""
        with explained(self.name), reading_one_moment(self._engine) as connection:
            yield connection

    @contextmanager
    def _deciding(self) -> Generator[Connection]:
        """A transaction in which the database may decline with a reason."""
        with explained(self.name), declining(), writing(self._engine) as connection:
            yield connection

    def _studies(self, query: Select[Any]) -> tuple[Study, ...]:
        with self._reading() as connection:
            return reading.studies(connection, query)

    def _scalar(self, query: Select[Any]) -> Any:
        with self._reading() as connection:
            return connection.execute(query).scalar_one()

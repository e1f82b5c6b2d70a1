"""The catalogue as readers see it, from the desk's own copy: searched, opened, and as a study will look."""

from __future__ import annotations

from workbench.desk import changing
from workbench.desk.catalogue import comparing
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.desk import Desk
from workbench.desk.rows import Card, FieldDifference
from workbench.errors import WrongUsage
from workbench.publication import Study
from workbench.search import CatalogueQuery, SearchPage


def search(desk: Desk, query: CatalogueQuery) -> SearchPage:
    """One page of the studies that hold all words of the query, with facets over all that was found.

    Words are found by their beginning, words in quotation marks next to one another. A chosen facet is counted as if
    it were not, so that more of its values can be added. Needs no network: it is the catalogue as last pulled.
    """
    from workbench.store import looking

    with desk.store.reading() as connection:
        return looking.look(connection, query)


def study(desk: Desk, uuid: str) -> Study:
    """A published study as last pulled. Raises WrongUsage("unknown-study")."""
    from workbench.store import mirror

    with desk.store.reading() as connection:
        found = mirror.get(connection, uuid)
    if found is None:
        raise WrongUsage("unknown-study", study=uuid)
    return found


def versions(desk: Desk, uuid: str) -> tuple[Study, ...]:
    """Every version of a study, the first one first, asked of the catalogue itself.

    Raises WrongUsage("unknown-study"), `SurroundingsFailed` where the catalogue cannot be asked.
    """
    with open_shared(desk) as shared:
        found = shared.versions(uuid)
    if not found:
        raise WrongUsage("unknown-study", study=uuid)
    return found


def at_hand(desk: Desk, uuid: str) -> tuple[Study, ...]:
    """The versions of a study that this desk has itself, the first one first: the current one, and others that work
    on the desk began from. Raises WrongUsage("unknown-study")."""
    from workbench.store import bases

    live = study(desk, uuid)
    with desk.store.reading() as connection:
        earlier = bases.kept(connection, uuid)
    return (*(each for each in earlier if each.version != live.version), live)


def version(desk: Desk, uuid: str, number: int) -> Study:
    """A study as that version was, from this desk or else from the catalogue.

    Raises WrongUsage("unknown-study", "unknown-version"), `SurroundingsFailed` where the catalogue cannot be asked.
    """
    live = study(desk, uuid)
    if live.version == number:
        return live
    known = {each.version: each for each in versions(desk, uuid)}
    if number not in known:
        said = {"version": number, "known": ", ".join(map(str, known))}
        raise WrongUsage("unknown-version", title=f"“{live.publication.title}”", **said)
    return known[number]


def difference(older: Study, newer: Study) -> tuple[FieldDifference, ...]:
    """What differs between two versions of a study, place by place: `live` is the older, `mine` the newer."""
    return comparing.differences(older.publication, newer.publication)


def asset(desk: Desk, sha256: str) -> bytes:
    """A published picture, from this desk or else from the catalogue, and then kept here.

    Raises Refused("asset-missing"), `SurroundingsFailed` where the catalogue cannot be asked.
    """
    from workbench.store import blobs

    with desk.store.reading() as connection:
        kept = blobs.get(connection, sha256)
    if kept is not None:
        return kept
    with open_shared(desk) as shared:
        data = shared.asset(sha256)
    with desk.store.writing() as connection:
        blobs.put(connection, data)
    return data


def preview(desk: Desk, submission_id: str) -> Study:
    """A submission as readers would see it if it were published now; its pictures as they came.

    Raises WrongUsage("unknown-submission").
    """
    from workbench.desk.catalogue import minting

    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
    publication = minting.preview(desk, submission)
    now = desk.clock()
    return Study(publication, submission.base_version + 1, now, desk.who, 0, now)


def previewed(desk: Desk, submission_id: str) -> tuple[Study, Card]:
    """`preview` with its card. Raises WrongUsage("unknown-submission")."""
    page = preview(desk, submission_id)
    return page, card(page)


def card(study: Study) -> Card:
    """A study as the website's lists will show it, with what readers would miss."""
    from workbench.exporters.website import entries

    publication = study.publication
    images = publication.images
    lacks = {
        "title": not publication.title,
        "teaser": not publication.summary,
        "council": not publication.authorities,
        "topic": not any(term.kind == "topic" for term in study.terms),
        "picture": not images,
        "alt": any(image.alt is None for image in images),
    }
    return Card(
        title=publication.title,
        teaser=entries.teaser(publication),
        topics=tuple(term.label for term in study.terms if term.kind == "topic"),
        byline=publication.councils,
        published=study.first_published_at,
        picture=images[0].sha256 if images else "",
        missing=tuple(name for name, lacking in lacks.items() if lacking),
    )

"""Work that began from one version of a study where another is live now: three sides, and the editor's choice.

Nobody's work is replaced unseen. What a single side changed, and what both did in different places, comes together by
itself; for the rest the editor takes the desk's own, the live one, what the two make together, or words of their own.
All of it is one step of the journal, after which the work begins from what is live. Left alone, all stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from workbench import merge, richtext
from workbench.desk import changing
from workbench.desk.actions import Action
from workbench.desk.catalogue import minting, publishing, sides
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.catalogue.sides import WRITTEN, Spot, Started
from workbench.desk.desk import Desk
from workbench.desk.editing.pictures import Unshowable, prepare
from workbench.desk.rows import Changed, Conflict, ConflictPlace, Written
from workbench.desk.themes import glossary
from workbench.edits import Change, Edit
from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.publication import Publication, Study
from workbench.richtext import RichText
from workbench.submission import EDITABLE, Status, Submission
from workbench.words import listed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue

Take = Literal["ours", "theirs", "merged", "joined"]
Choice = Take | RichText
"""Whose words a place gets: the desk's own, the others', what both make together where they do not contradict each
other, both joined whether they do or not, or those given here."""

OPEN = EDITABLE | {Status.APPROVED, Status.QUEUED}
"""The states of work that has not been published yet."""


@dataclass(frozen=True)
class _Met:
    """A submission beside what is live."""

    submission: Submission
    started: Started
    live: Study | None
    theirs: Publication
    spots: tuple[Spot, ...]


def show(desk: Desk, submission_id: str) -> Conflict:
    """The three sides of a submission, in every place that somebody changed.

    Asks the catalogue first; what cannot be asked now is as the desk last knew it. Raises Refused("no-conflict")
    where what is live is what the work began from, WrongUsage("unknown-submission").
    """
    _look(desk, submission_id)
    with desk.store.reading() as connection:
        found = _met(desk, connection, submission_id)
    live, submission = found.live, found.submission
    return Conflict(
        submission=submission.id,
        title=submission.title,
        seen=live.change if live else 0,
        base_version=submission.base_version,
        live_version=live.version if live else 0,
        published_by=live.published_by if live else "",
        published_at=live.published_at if live else None,
        withdrawn=live is not None and live.withdrawn,
        note=live.note if live else "",
        known=found.started.publication is not None,
        places=tuple(place(spot) for spot in found.spots if differs(spot)),
    )


def resolve(desk: Desk, submission_id: str, seen: int, choices: Mapping[str, Choice]) -> Changed:
    """Brings the three sides together as chosen, place by place; the rest comes together by itself.

    The work then begins from what is live. What was approved waits in the outbox again; it is in review where it got
    a blocker that it had not. Raises Refused: no-conflict; live-moved where another version than `seen` is live;
    still-to-choose; cannot-merge; being-sent. WrongUsage: unknown-submission, unknown-place, no-own-words.
    """
    from workbench.store import blobs

    _look(desk, submission_id)
    with desk.store.reading() as connection:
        found = _met(desk, connection, submission_id)
    pictures = _fetched(desk, _coming(found.submission, _chosen(found, seen, choices)))
    with desk.store.writing() as connection:
        found = _met(desk, connection, submission_id)
        for data in pictures:
            blobs.put(connection, data)
        return _settle(desk, connection, found, _chosen(found, seen, choices))


# What is at hand


def _look(desk: Desk, submission_id: str) -> None:
    """Follows the catalogue, and fetches what work began from where it is not at hand; nothing where it is away."""
    with suppress(SurroundingsFailed):
        publishing.pull(desk)
        with desk.store.reading() as connection:
            submission = changing.load(connection, submission_id)
            missing = submission.base_version and not _began(connection, submission).publication
        if missing:
            with open_shared(desk) as shared:
                _keep_base(desk, shared, submission)


def _keep_base(desk: Desk, shared: Catalogue, submission: Submission) -> None:
    from workbench.store import bases

    for version in shared.versions(submission.study):
        if version.version == submission.base_version:
            with desk.store.writing() as connection:
                bases.keep(connection, version)


def _began(connection: Connection, submission: Submission) -> Started:
    from workbench.store import bases

    if not submission.base_version:
        return Started(sides.nothing(submission.study))
    found = bases.get(connection, submission.study, submission.base_version)
    return Started(found.publication, found.whole) if found else Started(None)


def _met(desk: Desk, connection: Connection, submission_id: str) -> _Met:
    from workbench.store import bases, mirror

    submission = changing.load(connection, submission_id)
    live = mirror.get(connection, submission.study)
    moved = live.version != submission.base_version or live.withdrawn if live else submission.base_version
    if submission.status not in OPEN or not moved:
        raise Refused("no-conflict", id=submission.id, title=changing.named(submission))
    mine, names = _own(desk, connection, submission)
    began = _began(connection, submission)
    base = began.publication and glossary.today(desk, sides.renamed(began.publication, names))
    theirs = sides.renamed(glossary.filed(desk, live), names) if live else base or mine
    if submission.review_on is None:
        mine = replace(mine, review_by=(base or theirs).review_by)
    started = replace(began, publication=base)
    forgotten = live is not None and bases.is_hidden(live.publication)
    return _Met(submission, started, live, theirs, sides.met(started, mine, theirs, forgotten=forgotten))


def _own(desk: Desk, connection: Connection, submission: Submission) -> tuple[Publication, Mapping[str, str]]:
    """What readers would see of the submission, and its pictures by the SHA-256 that they get when published."""
    from workbench.store import blobs

    mine = replace(minting.preview(desk, submission), terms=desk.vocabulary.followed(submission.terms))
    names: dict[str, str] = {}
    for picture in submission.pictures:
        with suppress(Unshowable):
            names[prepare(blobs.get(connection, picture.sha256) or b"").sha256] = picture.sha256
    return mine, names


def differs(spot: Spot) -> bool:
    """Whether somebody changed it, as far as anybody knows."""
    met = spot.meeting
    return met.mine != met.theirs or (met.base is not None and met.base != met.mine)


def place(spot: Spot) -> ConflictPlace:
    """A place in plain words, with what comes of it."""
    met = spot.meeting
    words = {side: _told(spot, getattr(met, side)) for side in ("base", "mine", "theirs", "merged")}
    return ConflictPlace(
        name=spot.name,
        label=spot.label,
        state=met.state,
        base=words["base"],
        mine=words["mine"] or "",
        theirs=words["theirs"] or "",
        merged=words["merged"],
        written=_written(spot) if spot.kind in WRITTEN else None,
        forgotten=spot.forgotten,
    )


def _told(spot: Spot, value: Any) -> str | None:
    """A side in plain words; as HTML where sides differ in marks, links or pictures alone."""
    if value is None:
        return None
    three = {side for side in (spot.meeting.base, spot.meeting.mine, spot.meeting.theirs) if side is not None}
    if spot.kind in WRITTEN and len({sides.told(side, spot.kind) for side in three}) < len(three):
        return richtext.to_html(value)
    return sides.told(value, spot.kind)


def _written(spot: Spot) -> Written:
    met = spot.meeting
    draft = met.merged
    if draft is None:
        draft = _fitting(spot, merge.laid_together(met.base or (), met.mine, met.theirs))
    return Written(met.mine, met.theirs, draft)


# What was chosen


def _chosen(found: _Met, seen: int, choices: Mapping[str, Choice]) -> Submission:
    """The submission as chosen, standing where it stood, and beginning from what is live."""
    if seen != (found.live.change if found.live else 0):
        raise Refused("live-moved", title=changing.named(found.submission))
    require_known(found.spots, choices)
    undecided = [
        spot.label for spot in found.spots if spot.meeting.merged is None and spot.name not in choices
    ]
    if undecided:
        raise Refused("still-to-choose", id=found.submission.id, fields=listed(undecided))
    after = found.submission
    for spot in found.spots:
        after = sides.put(after, spot, value(spot, choices.get(spot.name, "merged")))
    after = sides.with_pictures(after, found.theirs.images)
    return replace(after, base_version=found.live.version if found.live else 0)


def require_known(spots: Sequence[Spot], choices: Mapping[str, Choice]) -> None:
    """Raises WrongUsage("unknown-place") for a choice about a place that is none of these."""
    names = [spot.name for spot in spots]
    for name in choices:
        if name not in names:
            known = ", ".join(spot.name for spot in spots if differs(spot))
            raise WrongUsage("unknown-place", field=name, known=known)


def value(spot: Spot, choice: Choice) -> Any:
    """What a place gets by a choice. Raises Refused("cannot-merge"), WrongUsage("no-own-words")."""
    met = spot.meeting
    match choice:
        case "ours":
            return met.mine
        case "theirs":
            return met.theirs
        case "merged":
            if met.merged is None:
                raise Refused("cannot-merge", field=spot.label)
            return met.merged
        case "joined":
            return _joined(spot)
        case _:
            return _own_words(spot, choice)


def _joined(spot: Spot) -> Any:
    """Both, whether they contradict each other or not."""
    met = spot.meeting
    if met.merged is not None:
        return met.merged
    if spot.kind not in WRITTEN:
        raise Refused("cannot-merge", field=spot.label)
    return _written(spot).draft


def _own_words(spot: Spot, content: RichText) -> RichText:
    if spot.kind not in WRITTEN:
        raise WrongUsage("no-own-words", field=spot.label)
    return _fitting(spot, richtext.canonical(content))


def _fitting(spot: Spot, content: RichText) -> RichText:
    """Words for that place: on one line where readers see no more."""
    return sides.line(richtext.plain(content)) if spot.kind == "line" else content


def _coming(before: Submission, after: Submission) -> tuple[str, ...]:
    """The pictures of the live version that the submission gets."""
    own = {picture.sha256 for picture in before.pictures}
    return tuple(picture.sha256 for picture in after.pictures if picture.sha256 not in own)


def _fetched(desk: Desk, wanted: tuple[str, ...]) -> tuple[bytes, ...]:
    if not wanted:
        return ()
    with open_shared(desk) as shared:
        return tuple(map(shared.asset, wanted))


def _settle(desk: Desk, connection: Connection, found: _Met, after: Submission) -> Changed:
    from workbench.store import outbox

    before = found.submission
    params = {"version": after.base_version, "title": changing.named(before), "n": 1}
    if before.status in EDITABLE:
        return changing.commit(desk, connection, Edit("merge", changing.between([(before, after)]), params))
    further = [*publishing.taken_out(connection, outbox.unsettled(connection, [before.id]))]
    if _blockers(desk, connection, after) - _blockers(desk, connection, before):
        reviewed = replace(after, status=Status.IN_REVIEW)
        changes = (*changing.between([(before, reviewed)]), *further)
        return changing.commit(desk, connection, Edit("merge-in-review", changes, params))
    if before.status == Status.QUEUED:
        # What vouches for the words is that they still wait: an undo is declined once they do not.
        further.append(Change(before.id, "submission", "status", Status.QUEUED, Status.QUEUED))
    queued = partial(_as, replace(after, status=Status.QUEUED))
    return publishing.into_outbox(desk, [before.id], Action("merge-queued", queued, params), further)


def _blockers(desk: Desk, connection: Connection, submission: Submission) -> frozenset[str]:
    """The open blockers of a submission, by their keys."""
    from workbench.desk import standing

    known = replace(submission, findings=standing.findings(desk, connection, submission))
    return frozenset(found.key for found in known.open_findings if found.severity == "blocker")


def _as(made: Submission, _: Submission) -> Submission:
    return made

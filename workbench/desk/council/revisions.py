"""A newer version from the council, laid beside the study: three sides, and the editor's choice.

What a single side changed, and what both did in different places, comes together by itself; for the rest the editor
takes the desk's own words, the council's, both joined, or words of their own. All of it is one step of the journal,
which also brings what is decided on or published back into review. Left alone, the newer version waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.desk import changing, decisions, standing
from workbench.desk.actions import CAME_BACK
from workbench.desk.arriving import making
from workbench.desk.catalogue import conflicts, publishing
from workbench.desk.catalogue.conflicts import Choice
from workbench.desk.catalogue.sides import Spot
from workbench.desk.council import answering, asking, resent
from workbench.desk.council.answering import Talk
from workbench.desk.council.resent import Three
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, Laid
from workbench.desk.themes import proposing
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.submission import EDITABLE, Revision, SourceFile, Status, Submission
from workbench.words import listed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.word.conversation import Remark


@dataclass(frozen=True)
class _Beside:
    """A submission with a newer version that waits. `seen` is the last step of its history."""

    three: Three
    talk: Talk
    revision: Revision
    file: SourceFile
    base_file: SourceFile | None
    spots: tuple[Spot, ...]
    seen: int

    @property
    def mine(self) -> Submission:
        """The study as it stands here."""
        return self.three.mine


def waiting(desk: Desk) -> tuple[str, ...]:
    """The submissions with a newer version that waits, the first to come first."""
    from workbench.store import revisions

    with desk.store.reading() as connection:
        return revisions.waiting(connection)


def show(desk: Desk, submission_id: str, sha256: str = "") -> Laid:
    """The three sides of a study in every field that somebody changed, and how what was asked is answered.

    It is the newer version that came first of those that wait, or the one of that SHA-256.
    Raises Refused("no-revision", "source-missing"), WrongUsage("unknown-submission").
    """
    with desk.store.reading() as connection:
        found = _beside(desk, connection, submission_id, sha256)
        foreseen = _taken(found, {})
        checked = replace(foreseen, findings=standing.findings(desk, connection, foreseen))
    template = desk.template_of(found.mine)
    asked, said = answering.answers(found.talk, found.three, checked, template)
    mine, base = found.mine, found.base_file
    return Laid(
        submission=mine.id,
        title=mine.title,
        status=mine.status,
        seen=found.seen,
        sha256=found.file.sha256,
        file=found.file.name,
        received=found.file.received,
        base_file=base.name if base else "",
        base_received=base.received if base else None,
        because=found.revision.because,
        places=tuple(conflicts.place(spot) for spot in found.spots if conflicts.differs(spot)),
        unplaced=tuple(passage.text for passage in resent.come(found.three, foreseen)),
        asked=asked,
        remarks=said,
        others=tuple((one.sha256, one.name) for one in mine.waiting if one != found.file),
    )


def resolve(
    desk: Desk, submission_id: str, seen: int, choices: Mapping[str, Choice], sha256: str = ""
) -> Changed:
    """Brings the three sides together as chosen, field by field; the rest comes together by itself.

    What was decided on or published is in review then, and begins from the version that it had. Raises Refused:
    no-revision; revision-moved where the study has been changed since it was `seen`; still-to-choose; cannot-merge;
    source-missing; being-sent, wrong-status. WrongUsage: unknown-submission, unknown-place, no-own-words.
    """
    with desk.store.writing() as connection:
        found = _beside(desk, connection, submission_id, sha256)
        if seen != found.seen:
            raise Refused("revision-moved", title=changing.named(found.mine))
        _require_chosen(found, choices)
        after = _taken(found, choices)
        after = replace(after, revisions=resent.merged(after.revisions, found.file.sha256))
        reopened, further = _reopened(desk, connection, after)
        said = {"title": changing.named(found.mine), "file": found.file.name}
        changes = (*changing.between([(found.mine, reopened)]), *further)
        return changing.commit(desk, connection, Edit("merge-revision", changes, said))


def _require_chosen(found: _Beside, choices: Mapping[str, Choice]) -> None:
    conflicts.require_known(found.spots, choices)
    open_ = [spot for spot in found.spots if spot.meeting.merged is None and spot.name not in choices]
    if open_:
        labels = listed([spot.label for spot in open_])
        raise Refused("still-to-choose", id=found.mine.id, fields=labels)


def _taken(found: _Beside, choices: Mapping[str, Choice]) -> Submission:
    """The study as chosen; where nothing was and it does not come together by itself, as it is here."""
    values = {spot.name: _value(spot, choices.get(spot.name)) for spot in found.spots}
    return resent.taken(found.three, found.spots, values, proposing.certain_councils)


def _value(spot: Spot, choice: Choice | None) -> object:
    if choice is None:
        return spot.meeting.mine if spot.meeting.merged is None else spot.meeting.merged
    return conflicts.value(spot, choice)


def _reopened(desk: Desk, connection: Connection, after: Submission) -> tuple[Submission, tuple[Change, ...]]:
    """The study where it may be worked on, and what else that changes."""
    from workbench.store import outbox

    if after.status == Status.RETURNED or after.status not in EDITABLE | {Status.QUEUED}:
        due = decisions.next_due(desk) if after.status in CAME_BACK else after.due
        return replace(changing.step(after, "reopen"), due=due), ()
    if after.status == Status.QUEUED:
        further = tuple(publishing.taken_out(connection, outbox.unsettled(connection, [after.id])))
        return replace(after, status=Status.IN_REVIEW), further
    return after, ()


# What is at hand


def _beside(desk: Desk, connection: Connection, submission_id: str, sha256: str) -> _Beside:
    from workbench.store import journal

    mine = changing.load(connection, submission_id)
    file = next((file for file in mine.waiting if sha256 in ("", file.sha256)), None)
    if file is None:
        raise Refused("no-revision", id=mine.id, title=changing.named(mine))
    revision = next(one for one in mine.revisions if one.sha256 == file.sha256)
    read = _reader(desk, connection)
    sent = read(file)
    if sent is None:
        raise Refused("source-missing", id=mine.id)
    base_file, base = _began_from(connection, mine, sent, read)
    talk = _talk(desk, connection, mine, base, file)
    three = Three(base, mine, answering.heard(_as_worked_on(connection, revision, sent), talk))
    spots = resent.met(three, desk.template_of(mine))
    seen = journal.newest(connection, mine.id, 1)[0].id
    return _Beside(three, talk, revision, file, base_file, spots, seen)


Reader = Callable[[SourceFile], Submission | None]


def _reader(desk: Desk, connection: Connection) -> Reader:
    """Reads a file as the submission that it would be today; None where its bytes are not at hand any more.

    All are read in the same way, so that they differ in nothing but what was written.
    """
    from workbench.store import blobs, learning

    learned = learning.all_of(connection)

    def read(file: SourceFile) -> Submission | None:
        data = blobs.get_word(connection, file.sha256)
        return making.draft(making.make(data, file.name, desk.templates, learned)) if data else None

    return read


def _as_worked_on(connection: Connection, revision: Revision, sent: Submission) -> Submission:
    """The newer version; with what was done to it, where it was a submission of its own before."""
    from workbench.store import submissions

    before = submissions.load(connection, revision.made, gone=True) if revision.made else None
    return before or sent


def _began_from(
    connection: Connection, mine: Submission, sent: Submission, read: Reader
) -> tuple[SourceFile | None, Submission | None]:
    """The earlier file that the newer version was made of: the one that has most in common with it.

    Of those that have as much, the last: two people may each have gone on from the first, or one after the other.
    """
    from workbench.intake import likeness

    state = {one.sha256: one.state for one in mine.revisions}
    earlier = [file for file in mine.files if state.get(file.sha256, "merged") != "waiting"]
    texts = [(file, made) for file in earlier if (made := read(file)) is not None]

    def common(made: Submission) -> float:
        return likeness.in_common(_words(made), _words(sent))

    best = max(texts, key=lambda one: (common(one[1]), earlier.index(one[0])), default=None)
    return best or (None, None)


def _words(submission: Submission) -> str:
    told = [value.text for value in submission.fields.values()]
    return "\n".join((*told, *(passage.text for passage in submission.unplaced)))


def _talk(
    desk: Desk, connection: Connection, mine: Submission, base: Submission | None, file: SourceFile
) -> Talk:
    """What the council was asked when the study was returned last, and what it wrote in comments."""
    asked = asking.asked_of(desk, connection, mine)
    last = max((item.number for item in asked), default=0)
    items = [item for item in asked if item.number == last]
    also = [asking.said(item) for item in asked if item.number != last]
    also += {asking.cover(asked, item.number, answering.ANYBODY) for item in asked}
    return answering.talk(items, _remarks(connection, file), base, also)


def _remarks(connection: Connection, file: SourceFile) -> tuple[Remark, ...]:
    from workbench import word
    from workbench.store import blobs

    data = blobs.get_word(connection, file.sha256)
    return word.remarks(data, file.name) if data else ()


def require_file(mine: Submission, named: str) -> str:
    """The SHA-256 of a file of a submission, by its beginning or by the file's name.

    Raises WrongUsage("unknown-asset").
    """
    for file in mine.files:
        if named == file.name or (len(named) >= 6 and file.sha256.startswith(named)):
            return file.sha256
    raise WrongUsage("unknown-asset", sha256=named)

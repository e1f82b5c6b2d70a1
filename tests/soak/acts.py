"""What an editor does at a desk, one act after another, each announced before it begins and after it is safe."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from tests.soak.children import Say
from workbench import outbox as sending
from workbench import richtext
from workbench.desk import Desk, decisions, history, open_desk, queue
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import following, publishing
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.editing import review
from workbench.desk.keeping import backups
from workbench.desk.rows import QueueFilter
from workbench.desk.themes import tagging, vocabulary
from workbench.desk.themes.vocabulary import Merge, Rename
from workbench.errors import Refused
from workbench.store import mirror
from workbench.submission import EDITABLE, Status

Act = Callable[[Desk, random.Random, Say], None]

ANSWERS = {
    "title": "A study known as {}",
    "summary": "Neighbours mend what they own in a library on Saturdays with the help of people who know how, "
    "and less goes into the bins of the town than before, which they call {} among themselves.",
}
"""Answers that every template asks for and no check objects to."""


def letters(number: int) -> str:
    """A word for a number; figures would have to be borne out by the rest of a study."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def a_desk(workspace: Path, catalogue: str, hours: float = 0.0) -> Desk:
    """A desk whose clock is wrong by so many hours."""
    return open_desk(
        workspace,
        who=workspace.name,
        catalogue=catalogue,
        clock=lambda: datetime.now(UTC) + timedelta(hours=hours),
    )


def fingerprint(document: Path) -> str:
    """What a document is known by: the same one under another name is stored once."""
    return sha256(document.read_bytes()).hexdigest()


def importing(documents: Sequence[Path]) -> Act:
    """Brings in two documents at once."""

    def act(desk: Desk, chance: random.Random, say: Say) -> None:
        chosen = chance.sample(list(documents), min(2, len(documents)))
        prints = {path.name: fingerprint(path) for path in chosen}
        say({"begins": "import", "files": [*prints.values()]})
        for arrival in arrivals.import_paths(desk, chosen):
            of = arrival.submission or arrival.of
            known = prints[Path(arrival.file).name]
            say({"did": "import", "file": known, "submission": of, "as": arrival.taken_for})

    return act


def editing(desk: Desk, chance: random.Random, say: Say) -> None:
    """Writes an answer; now and then takes it back."""
    ids = queue.ids(desk, QueueFilter(statuses=frozenset(EDITABLE)))
    if not ids:
        return
    name, field = chance.choice(ids), chance.choice(list(ANSWERS))
    text = ANSWERS[field].format(letters(uuid4().int))
    say({"begins": "edit", "id": name, "field": field, "text": text})
    changed = review.edit(desk, name, field, richtext.from_html(f"<p>{text}</p>"))
    say({"did": "edit", "id": name, "field": field, "text": text})
    if chance.random() < 0.2:
        say({"begins": "undo", "id": name, "field": field})
        history.undo(desk, changed.entry)
        say({"did": "undo", "id": name, "field": field})


def approving(desk: Desk, chance: random.Random, say: Say) -> None:
    """Approves what has no blockers and puts it into the outbox."""
    rows = queue.rows(desk, QueueFilter(statuses=frozenset({Status.RECEIVED, Status.IN_REVIEW})))
    ready = [row.id for row in rows if not row.blockers]
    chosen = chance.sample(ready, min(3, len(ready)))
    if chosen:
        say({"begins": "approve", "ids": chosen})
        decisions.approve(desk, chosen)
        say({"did": "approve", "ids": chosen})
    approved = queue.ids(desk, QueueFilter(statuses=frozenset({Status.APPROVED})))
    if approved:
        say({"begins": "queue", "ids": approved})
        publishing.queue(desk, approved)
        say({"did": "queue", "ids": approved})


def publishing_all(desk: Desk, chance: random.Random, say: Say) -> None:
    """Sends what waits."""
    say({"begins": "publish"})
    for outcome in publishing.publish(desk):
        say({"did": "publish", "publication": outcome.publication, "result": outcome.result})


def reopening(desk: Desk, chance: random.Random, say: Say) -> None:
    """Takes a published study up again."""
    published = queue.ids(desk, QueueFilter(statuses=frozenset({Status.PUBLISHED})))
    if published:
        name = chance.choice(published)
        say({"begins": "reopen", "id": name})
        decisions.reopen(desk, [name])
        say({"did": "reopen", "id": name})


def pulling(desk: Desk, chance: random.Random, say: Say) -> None:
    """Follows the catalogue, now and then from its beginning."""
    say({"begins": "pull"})
    if chance.random() < 0.3:
        with desk.store.writing() as connection:
            mirror.clear(connection)
    publishing.pull(desk)
    say({"did": "pull"})


def tagging_one(desk: Desk, chance: random.Random, say: Say) -> None:
    """Puts a theme on a submission."""
    ids = queue.ids(desk, QueueFilter(statuses=frozenset(EDITABLE)))
    offered = [row.term for row in vocabulary.terms(desk, "topic") if row.is_offered]
    if ids and offered:
        say({"begins": "tag"})
        tagging.tag(desk, [chance.choice(ids)], add=[chance.choice(offered)])
        say({"did": "tag"})


def amending(desk: Desk, chance: random.Random, say: Say) -> None:
    """Renames a theme or merges it into another, or takes the newest change back that stands."""
    say({"begins": "amend"})
    vocabulary.refresh(desk)
    offered = [row for row in vocabulary.terms(desk, "topic") if row.is_offered]
    standing = [one for one in vocabulary.changes(desk) if one.undoes is None and one.undone_by is None]
    one, into = chance.sample(offered, 2)
    merge, rename = Merge("topic", one.slug, into.slug), Rename("topic", one.slug, letters(uuid4().int))
    with suppress(Refused):
        if standing and chance.random() < 0.5:
            vocabulary.undo(desk, standing[0].number)
        else:
            vocabulary.change(desk, chance.choice((merge, rename)))
    say({"did": "amend"})


def backing_up(desk: Desk, chance: random.Random, say: Say) -> None:
    """Copies the desk."""
    say({"begins": "backup"})
    backups.back_up(desk)
    say({"did": "backup"})


def weighed(documents: Sequence[Path]) -> Mapping[Act, int]:
    """The acts with how often each is chosen."""
    return {
        importing(documents): 3,
        editing: 6,
        approving: 3,
        publishing_all: 4,
        reopening: 2,
        pulling: 2,
        backing_up: 1,
        tagging_one: 3,
        amending: 2,
    }


def a_day(workspace: Path, catalogue: str, documents: Sequence[Path], seed: str) -> Callable[[Say], None]:
    """Acts at a desk until killed, or a dozen of them, with a clock that is wrong by up to an hour."""

    def work(say: Say) -> None:
        chance = random.Random(seed)
        acts = weighed(documents)
        with a_desk(workspace, catalogue, chance.uniform(-1, 1)) as desk:
            say({"opened": str(workspace)})
            for act in chance.choices(list(acts), list(acts.values()), k=12):
                act(desk, chance, say)

    return work


def settle(workspace: Path, catalogue: str) -> None:
    """Sends and pulls until nothing waits."""
    with a_desk(workspace, catalogue) as desk:
        list(publishing.publish(desk))
        with open_shared(desk) as shared:
            following.vocabulary(desk, shared)
            sending.follow(desk.store, shared, desk.clock)

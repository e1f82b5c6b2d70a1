"""The queue with 100,000 rows: first paint, a step of scrolling, filters and orders, beside Qt's own proxy model.

The peer is `QSortFilterProxyModel` over the same rows held in memory, as a list is usually filtered and sorted in Qt.

    python benchmarks/longqueue.py [ROWS]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import interleaved, report, spin
from PySide6.QtCore import QAbstractTableModel, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication
from wordlike import COUNCILS, RARE, sentence

from ui import theme
from ui.models.queue import PAGE, QueueModel
from ui.views.queue.queue import QueueView
from workbench.desk import Desk, open_desk, queue
from workbench.desk.rows import QUEUE_ORDERS, QueueFilter
from workbench.submission import Status

ROUNDS = 9
PEER_ROUNDS = 3
SIZE = (324, 900)
BECAUSE = '["Its council is the same, and most of its words are those of the other one."]'
STANDING = (Status.PUBLISHED,) * 80 + (Status.IN_REVIEW,) * 8 + (Status.RECEIVED,) * 6 + tuple(Status)


def lines(desk: Desk, rows: int) -> Iterator[tuple[dict[str, object], tuple[int, str, str, str]]]:
    """A row of the queue and the words to find it by, of so many submissions."""
    chance = random.Random(rows)
    begun = desk.clock() - timedelta(days=rows // 40)
    for number in range(1, rows + 1):
        received = begun + timedelta(minutes=36 * number)
        title, council = sentence(chance, 7), chance.choice(COUNCILS)
        columns = {
            "number": number,
            "id": f"CB-{received.year}-{number:06}",
            "study": str(UUID(int=number)),
            "template": "case-study",
            "template_version": 1,
            "received": received.isoformat(),
            "present": True,
            "status": chance.choice(STANDING).value,
            "due": (received.date() + timedelta(days=7)).isoformat(),
            "base_version": 0,
            "title": title,
            "council": council,
            "completeness": chance.randrange(13) / 12,
            "blockers": chance.choice((0, 0, 0, 1, 3)),
            "warnings": chance.choice((0, 0, 2, 5)),
            "advice": chance.randrange(3),
            "unplaced": chance.choice((0, 0, 0, 2)),
            "topics": chance.choice((0, 1, 1, 2)),
            "councils": 1,
        }
        yield columns, (number, title, council, sentence(chance, 60))


def fill(desk: Desk, rows: int) -> None:
    """Lays the rows on the desk, past the verbs, which would read and check each."""
    columns, words = zip(*lines(desk, rows), strict=True)
    with desk.store.writing() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        names = ", ".join(columns[0])
        marks = ", ".join(f":{name}" for name in columns[0])
        raw.executemany(f"INSERT INTO submission ({names}) VALUES ({marks})", columns)
        raw.executemany(
            "INSERT INTO revision (submission, key, state, of, made, because) VALUES (?, ?, ?, '', '', ?)",
            [
                (each["id"], f"{at:064x}", state(at), BECAUSE)
                for at, each in enumerate(columns)
                if at % 3 == 0
            ],
        )
        raw.executemany("INSERT INTO words (rowid, title, council, answers) VALUES (?, ?, ?, ?)", words)


def state(at: int) -> str:
    """What is to be said of a later file: most were merged, some wait, of a few it is in question what they are."""
    return "asked" if at % 600 == 0 else "waiting" if at % 150 == 0 else "merged"


class Held(QAbstractTableModel):
    """The peer's rows: all of them, in memory, with the columns they are found by: title, council, answers."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: object = None) -> int:  # noqa: N802
        return len(self._rows)

    def columnCount(self, parent: object = None) -> int:  # noqa: N802
        return 3

    def data(self, index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._rows[index.row()][index.column()]  # type: ignore[attr-defined]


def peer(desk: Desk) -> QSortFilterProxyModel:
    with desk.store.reading() as connection:
        told = connection.exec_driver_sql("SELECT title, council, answers FROM words").all()
    proxy = QSortFilterProxyModel()
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterKeyColumn(-1)
    held = Held([tuple(row) for row in told])
    held.setParent(proxy)
    proxy.setSourceModel(held)
    return proxy


def painting(desk: Desk) -> Callable[[], None]:
    """A queue never shown before, from asking the desk to the pixels."""

    def paint() -> None:
        view = QueueView(QueueModel(), lambda: desk.today)
        view.resize(*SIZE)
        show(view, desk, QueueFilter())
        view.grab()

    return paint


def show(view: QueueView, desk: Desk, wanted: QueueFilter) -> None:
    listing = queue.listing(desk, wanted, PAGE)
    view.model.expect(listing.total)
    view.model.put(listing.offset, listing.rows)
    view.show_listing(listing)


def scrolling(desk: Desk, steps: int = 200) -> dict[str, float]:
    """The median and the longest step of a wheel down a queue, a page fetched on the way as the worker would."""
    view = QueueView(QueueModel(), lambda: desk.today)
    view.resize(*SIZE)
    show(view, desk, QueueFilter())
    view.show()
    QApplication.processEvents()
    wanted: list[int] = []
    view.model.wanted.connect(wanted.append)
    stepped, fetched = [], []
    for step in range(steps):
        begun = time.perf_counter()
        bar = view.list.verticalScrollBar()
        bar.setValue(bar.value() + 3 * 74 + (step % 50 == 49) * bar.maximum() // 10)
        QApplication.processEvents()
        stepped.append(time.perf_counter() - begun)
        for offset in wanted:
            begun = time.perf_counter()
            page = queue.rows(desk, QueueFilter(), PAGE, offset)
            fetched.append(time.perf_counter() - begun)
            view.model.put(offset, page)
        wanted.clear()
    return {
        "a step of scrolling": statistics.median(stepped),
        "the longest of them": max(stepped),
        "a page of rows, on the worker": statistics.median(fetched),
        "the longest of them ": max(fetched),
    }


FILTERS = {
    "a rare word": QueueFilter(text=RARE[7]),
    "two rare words": QueueFilter(text=f"{RARE[7]} {RARE[50]}"),
    "a word that most have": QueueFilter(text="the"),
    "two letters that most have": QueueFilter(text="re"),
    "late": QueueFilter(late=True),
    "a status": QueueFilter(statuses=frozenset({Status.IN_REVIEW})),
    "two statuses": QueueFilter(statuses=frozenset({Status.IN_REVIEW, Status.PUBLISHED})),
    "worst is a blocker": QueueFilter(worst="blocker"),
    "no topic yet": QueueFilter(missing="topic"),
    "a newer version waits": QueueFilter(waiting=True),
    "in question what it is": QueueFilter(asked=True),
}


def asked(desk: Desk) -> dict[str, Callable[[], object]]:
    """All that the queue asks when a filter or an order is chosen: counts, total, and the first page."""
    filters = {f"filter: {name}": wanted for name, wanted in FILTERS.items()}
    orders = {f"order: {order}": QueueFilter(order=order) for order in QUEUE_ORDERS}
    return {
        name: (lambda wanted=wanted: queue.listing(desk, wanted, PAGE))
        for name, wanted in {**filters, **orders}.items()
    }


def main(rows: int = 100_000) -> None:
    theme.apply(QApplication([]), "light")
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        fill(desk, rows)
        ours = interleaved({"first paint": painting(desk), **asked(desk), "spin": spin}, ROUNDS)
        ours |= scrolling(desk)
        theirs = beside_the_peer(desk)
    control = ours.pop("spin")
    report(f"{rows:,} rows", ours, "first paint")
    report("beside QSortFilterProxyModel, in one run", theirs, "filter: a rare word")
    print(f"  a fixed amount of arithmetic took {control * 1000:.0f} ms beside it")


def beside_the_peer(desk: Desk) -> dict[str, float]:
    """The same words looked for, and the same order, by both in turns."""
    proxy = peer(desk)
    few, title = FILTERS["a rare word"], QueueFilter(order="title")
    words = iter([RARE[7], RARE[50]] * (PEER_ROUNDS + 1))

    def sort() -> None:
        proxy.sort(-1)
        proxy.sort(0)

    return interleaved(
        {
            "filter: a rare word": lambda: queue.listing(desk, few, PAGE),
            "proxy: filter": lambda: proxy.setFilterFixedString(next(words)),
            "order: title": lambda: queue.listing(desk, title, PAGE),
            "proxy: all rows, sorted": lambda: (proxy.setFilterFixedString(""), sort()),
        },
        PEER_ROUNDS,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

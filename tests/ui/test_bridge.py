"""Verbs run beside the window, their results come back, and nothing that fails is lost."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ui.bridge import Bridge
from ui.jobs import Jobs
from workbench.desk import open_desk, queue
from workbench.desk.rows import NOTHING, Changed
from workbench.errors import Refused, SurroundingsFailed

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "sample-stroud-retrofit.docx"


@pytest.fixture
def opener(tmp_path):
    return partial(open_desk, tmp_path / "desk")


@pytest.fixture
def bridge(qapp, opener):
    made = Bridge(opener)
    yield made
    made.close()


@pytest.fixture
def jobs(qapp, opener):
    made = Jobs(opener)
    yield made
    made.close()


def fail(error):
    raise error


class Listener(QObject):
    def __init__(self):
        super().__init__()
        self.heard = []

    def hear(self, result):
        self.heard.append((result, threading.current_thread()))


def test_a_verb_runs_on_the_worker_and_answers_in_the_windows_thread(bridge, qtbot):
    ear = Listener()
    with qtbot.waitSignal(bridge.idle):
        bridge.ask(lambda desk: (threading.current_thread().name, queue.count(desk)), ear.hear)
    assert ear.heard == [(("desk", 0), threading.main_thread())]


def test_of_several_questions_about_one_subject_only_the_last_is_answered(bridge, qtbot):
    ear = Listener()
    with qtbot.waitSignal(bridge.idle):
        for number in range(5):
            bridge.ask(lambda desk, number=number: number, ear.hear, subject="queue")
    assert [result for result, _ in ear.heard] == [4]


def test_a_change_is_told_to_everybody(bridge, qtbot):
    changed = Changed(frozenset({"queue"}), said="Done.")
    with qtbot.waitSignal(bridge.changed) as told:
        bridge.do(lambda desk: changed)
    assert told.args == [changed]


@pytest.mark.parametrize(
    "error", [Refused("reason-needed"), SurroundingsFailed("desk-busy"), ZeroDivisionError()]
)
def test_what_goes_wrong_comes_back_and_the_work_goes_on(bridge, qtbot, error):
    ear = Listener()
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.ask(lambda desk: fail(error), ear.hear)
    assert failed.args == [error]
    with qtbot.waitSignal(bridge.idle):
        bridge.ask(lambda desk: 1, ear.hear)
    assert [result for result, _ in ear.heard] == [1]


def test_a_desk_that_does_not_open_fails_every_verb(qapp, qtbot):
    error = SurroundingsFailed("desk-newer", path="p", found="9", known="1")
    bridge = Bridge(lambda: fail(error))
    for _ in range(2):
        with qtbot.waitSignal(bridge.failed) as failed:
            bridge.ask(lambda desk: 1, print)
        assert failed.args == [error]
    bridge.close()


def test_an_answer_whose_receiver_is_gone_is_dropped(bridge, qtbot):
    import shiboken6

    ear = Listener()
    release = threading.Event()
    with qtbot.waitSignal(bridge.idle):
        bridge.ask(lambda desk: release.wait(5), ear.hear)
        shiboken6.delete(ear)
        release.set()
    assert ear.heard == []


def test_another_programs_work_is_noticed(bridge, opener, qtbot):
    from workbench.desk.arriving import arrivals

    with qtbot.waitSignal(bridge.idle):
        bridge.ask(lambda desk: desk.changed_elsewhere(), print)
    with opener() as other, qtbot.waitSignal(bridge.changed, timeout=20_000):
        list(arrivals.import_paths(other, [SAMPLE]))


# Jobs


def test_a_job_tells_its_progress_and_ends_with_what_it_made(jobs, qtbot):
    seen = []
    jobs.progress.connect(lambda job, done, total, what: seen.append((done, total, what)))

    def work(desk, progress):
        for number in range(3):
            progress(number, 3, f"item {number}")
            yield number

    with qtbot.waitSignal(jobs.finished):
        job = jobs.start("Counting", work, lambda job: None)
    assert job.items == [0, 1, 2]
    assert seen == [(0, 3, "item 0"), (1, 3, "item 1"), (2, 3, "item 2")]


def test_a_cancelled_job_keeps_what_was_finished(jobs, qtbot):
    def work(desk, progress):
        for number in range(1000):
            progress(number, 1000, "")
            yield number
            jobs.current.stop.set()

    with qtbot.waitSignal(jobs.finished):
        job = jobs.start("Counting", work, lambda job: None)
    assert job.cancelled
    assert job.items == [0]


def test_a_failing_job_ends_visibly_and_the_next_one_runs(jobs, qtbot):
    ended = []
    jobs.finished.connect(ended.append)
    then = []
    jobs.start(
        "Failing", lambda desk, progress: fail(SurroundingsFailed("desk-disk-full", path="p")), then.append
    )
    jobs.start("Working", lambda desk, progress: [NOTHING], then.append)
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert [type(job.error) for job in ended] == [SurroundingsFailed, type(None)]
    assert [job.name for job in then] == ["Working"]

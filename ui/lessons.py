"""Learning again, beside the work, what published and tagged studies teach the suggestions."""

from __future__ import annotations

from ui.jobs import Jobs
from ui.phrases import say
from workbench.desk.themes import learning


def learn_again(jobs: Jobs) -> None:
    """Starts a job that learns, once what runs has ended; where there is nothing new it ends at once."""
    jobs.start(
        say("job-learn"),
        lambda desk, tell: [learning.relearn(desk, tell)],
        lambda job: None,
        changes=False,
        anew=True,
    )

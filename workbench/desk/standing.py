"""How a submission stands: what the checks say of it now, and its line in the queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from workbench.submission import Finding, Severity, Submission
from workbench.template import Template

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk
    from workbench.store.submissions import Summary


def refresh(
    desk: Desk,
    connection: Connection,
    submission_id: str,
    *,
    check: bool,
    fields: frozenset[str] | None = None,
    made: Submission | None = None,
) -> None:
    """Brings what follows from a submission up to date; with `check`, its findings too.

    `fields` are the fields whose words have changed, where nothing else has that a check of one answer looks at.
    `made` is the submission as it stands, where it is known.
    """
    from workbench.store import submissions

    submission = made or submissions.load(connection, submission_id)
    if submission is None:
        return
    if check:
        submission = replace(submission, findings=findings(desk, submission, fields))
        submissions.set_findings(connection, submission_id, submission.findings)
    submissions.set_summary(
        connection, submission_id, summary(submission, desk.templates.get(submission.template))
    )


def findings(desk: Desk, submission: Submission, fields: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """What the checks say of a submission today; nothing where its template is not at hand."""
    template = desk.templates.get(submission.template)
    return checked(submission, template, desk.today, fields) if template else ()


def checked(
    submission: Submission, template: Template, today: date, fields: frozenset[str] | None = None
) -> tuple[Finding, ...]:
    """What the checks say of a submission on a day; with `fields`, what they said of the others is kept."""
    from workbench import checks, councils

    context = checks.CheckContext(template, councils.register(), today)
    return checks.run(submission, context) if fields is None else checks.again(submission, context, fields)


def summary(submission: Submission, template: Template | None) -> Summary:
    """The line of the queue."""
    from workbench.store.submissions import Summary

    told = submission.fields.values()
    return Summary(
        title=submission.title,
        council=council(submission),
        completeness=completeness(submission, template),
        blockers=_open(submission, "blocker"),
        warnings=_open(submission, "warning"),
        advice=_open(submission, "advice"),
        unplaced=len(submission.unplaced),
        answers="\n".join(
            (*(value.text for value in told), *(passage.text for passage in submission.unplaced))
        ),
    )


def council(submission: Submission) -> str:
    """The councils as the queue names them: those recognised, else what the field says."""
    recognised = ", ".join(authority.name for authority in submission.authorities)
    return recognised or " ".join(submission.value("council").text.split())


def completeness(submission: Submission, template: Template | None) -> float:
    """The share of the template's required fields that are filled, 0 to 1; 1 where none is required."""
    required = [field.id for field in template.fields if field.required] if template else []
    filled = sum(bool(submission.value(field_id).content) for field_id in required)
    return filled / len(required) if required else 1.0


def _open(submission: Submission, severity: Severity) -> int:
    return sum(finding.severity == severity for finding in submission.open_findings)

"""How a submission stands: what the checks say of it now, and its line in the queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench import richtext
from workbench.submission import Finding, Severity, Submission
from workbench.template import Template

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.checks import CheckContext, Published
    from workbench.desk.desk import Desk
    from workbench.publication import Study
    from workbench.store.submissions import Summary

SPELLING = "SPE-01"
"""The check that goes by the office's own words."""


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
        submissions.leave_queue(connection, submission_id)
        return
    if check:
        submission = replace(submission, findings=findings(desk, connection, submission, fields))
        submissions.set_findings(connection, submission_id, submission.findings)
    submissions.set_summary(connection, submission_id, summary(submission, desk.template_of(submission)))


def respell(desk: Desk, connection: Connection, words: Iterable[str]) -> frozenset[str]:
    """Looks again at the spelling of every submission that uses one of these words; the ids of those."""
    from workbench import checks
    from workbench.store import house, submissions

    found = house.with_word(connection, words)
    for submission_id in found:
        submission = submissions.load(connection, submission_id)
        if submission and (template := desk.template_of(submission)):
            known = context(desk, connection, submission, template)
            seen = checks.once_more(submission, known, SPELLING)
            submission = replace(submission, findings=seen)
            submissions.set_findings(connection, submission_id, seen)
            submissions.set_summary(connection, submission_id, summary(submission, template))
    return frozenset(found)


def findings(
    desk: Desk, connection: Connection, submission: Submission, fields: frozenset[str] | None = None
) -> tuple[Finding, ...]:
    """What the checks say of a submission today; with `fields`, what they said of the others is kept.

    Nothing where its template is not at hand.
    """
    from workbench import checks

    template = desk.template_of(submission)
    if template is None:
        return ()
    known = context(desk, connection, submission, template)
    if fields is None:
        return checks.run(submission, replace(known, **_beyond(connection, submission)))
    return checks.again(submission, known, fields)


def context(desk: Desk, connection: Connection, submission: Submission, template: Template) -> CheckContext:
    """What the checks go by at this desk, but for what the catalogue holds."""
    from workbench import checks, councils
    from workbench.store import house, journal

    settings = desk.settings
    second = settings.second_person
    return checks.CheckContext(
        template,
        councils.register(),
        desk.today,
        rules=desk.rules,
        words=frozenset(house.words(connection)),
        election=settings.election,
        second_person=second,
        who=desk.who,
        approved_by=journal.who_approved(connection, submission.id) if second else "",
        review_years=settings.review_years,
    )


def _beyond(connection: Connection, submission: Submission) -> dict[str, Any]:
    """What the desk's copy of the catalogue says of this study, and the studies it may repeat."""
    from workbench.store import mirror

    gss = [authority.gss for authority in submission.authorities if authority.gss]
    others = mirror.of_councils(connection, gss) if gss else ()
    live = mirror.get(connection, submission.study) if submission.base_version else None
    return {"published": tuple(map(_published, others)), "live": _published(live) if live else None}


def _published(study: Study) -> Published:
    from workbench.checks import Published

    told = study.publication
    text = "\n".join(richtext.plain(richtext.from_html(field.html)) for field in told.fields)
    gss = frozenset(authority.gss for authority in told.authorities if authority.gss)
    words = "\n".join((told.title, told.summary, text))
    return Published(told.study, told.title, gss, words, study.published_at.date())


def summary(submission: Submission, template: Template | None) -> Summary:
    """The line of the queue."""
    from workbench.store.submissions import Summary

    told = submission.fields.values()
    return Summary(
        title=submission.title,
        council=council(submission, template),
        completeness=completeness(submission, template),
        blockers=_open(submission, "blocker"),
        warnings=_open(submission, "warning"),
        advice=_open(submission, "advice"),
        unplaced=len(submission.unplaced),
        topics=sum(term.kind == "topic" for term in submission.terms),
        councils=len(submission.authorities),
        answers="\n".join(
            (*(value.text for value in told), *(passage.text for passage in submission.unplaced))
        ),
    )


def council(submission: Submission, template: Template | None = None) -> str:
    """The councils as the queue names them: those recognised, else what the fields that ask for them say."""
    recognised = ", ".join(authority.name for authority in submission.authorities)
    fields = template.fields if template else ()
    asked = [each.id for each in fields if each.kind == "council"] or ["council"]
    return recognised or " ".join(word for name in asked for word in submission.value(name).text.split())


def completeness(submission: Submission, template: Template | None) -> float:
    """The share of the template's required fields that are filled, 0 to 1; 1 where none is required."""
    required = [field.id for field in template.fields if field.required] if template else []
    filled = sum(bool(submission.value(field_id).content) for field_id in required)
    return filled / len(required) if required else 1.0


def _open(submission: Submission, severity: Severity) -> int:
    return sum(finding.severity == severity for finding in submission.open_findings)

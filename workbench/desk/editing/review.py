"""An editor's work on one study: its words, where they belong, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from workbench import edits, richtext
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Edit
from workbench.errors import Refused, WrongUsage
from workbench.richtext import Image, Inline, RichText
from workbench.submission import FieldValue, Finding, Fix, Picture, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.journal import Entry


UNBROKEN = timedelta(minutes=2)
"""Typing that goes on for longer than this is more than one step."""


def edit(
    desk: Desk,
    submission_id: str,
    field: str,
    content: RichText,
    before: RichText | None = None,
    *,
    onto: int | None = None,
    brought: Iterable[Picture] = (),
) -> Changed:
    """Gives a field a new answer.

    `before` is the answer the editor saw; with it, raises Refused("changed-meanwhile") where another desk has
    changed the field since. `onto` is the step by which the same typing was saved last: while nothing came between,
    this goes on with it and is undone with it. `brought` are pictures the study has from now on, as far as the answer
    shows them. Raises Refused("reopen-first"), WrongUsage("unknown-submission",
    "unknown-field").
    """
    content = richtext.canonical(content)
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = changing.label_of(desk, submission, field)
        old = submission.value(field)
        if before is not None and richtext.canonical(before) != old.content:
            raise Refused("changed-meanwhile", title=changing.named(submission), field=label)
        if content == old.content:
            return changing.commit_pair(desk, connection, "edit", (submission, submission))
        after = _with_field(
            submission, field, replace(old, content=content, matched_by="editor", confidence=1.0)
        )
        after = _with_pictures(after, content, brought)
        step = _unbroken(desk, connection, onto, submission_id)
        changes = Edit(
            "edit", edits.between(submission, after), {"title": changing.named(submission), "field": label}
        )
        return changing.commit(desk, connection, changes, onto=step)


def _unbroken(desk: Desk, connection: Connection, onto: int | None, submission_id: str) -> Entry | None:
    """The step to go on with: the newest of all, which the same editor began a moment ago."""
    from workbench.store import journal

    if onto is None or journal.last(connection) != onto:
        return None
    step = journal.get(connection, onto)
    if step is None or not step.standing or step.who != desk.who:
        return None
    same = step.edit.code == "edit" and step.edit.submissions == (submission_id,)
    return step if same and desk.clock() - step.at < UNBROKEN else None


def take_fix(desk: Desk, submission_id: str, finding_key: str) -> Changed:
    """Makes the change that a finding offers.

    Raises Refused: reopen-first; no-fix where it offers none; fix-void where the words have changed.
    WrongUsage("unknown-submission", "unknown-finding").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        finding = _finding(submission, finding_key)
        if finding.fix is None:
            raise Refused("no-fix", check=finding.check)
        if not _fits(submission, finding.fix):
            raise Refused("fix-void", excerpt=finding.excerpt)
        after = _fixed(submission, [finding.fix])
        return changing.commit_pair(desk, connection, "fix", (submission, after), n=1, check=finding.check)


def take_fixes(desk: Desk, submission_id: str, check: str) -> Changed:
    """Makes every change that the open findings of one check offer, as one step.

    Fixes whose words have changed or that overlap another are left. Raises Refused("reopen-first"), or
    Refused("no-fix") where the check offers none; WrongUsage("unknown-submission").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        offered = (f.fix for f in submission.open_findings if f.check == check and f.fix is not None)
        fixes = _apart(fix for fix in offered if _fits(submission, fix))
        if not fixes:
            raise Refused("no-fix", check=check)
        after = _fixed(submission, fixes)
        return changing.commit_pair(desk, connection, "fix", (submission, after), n=len(fixes), check=check)


def dismiss(desk: Desk, submission_id: str, finding_key: str, reason: str) -> Changed:
    """Sets a finding aside, with the reason; it comes back when the words it is about change.

    Raises Refused("reopen-first", "reason-needed"), WrongUsage("unknown-submission", "unknown-finding").
    """
    if not reason.strip():
        raise Refused("reason-needed")
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        finding = _finding(submission, finding_key)
        after = replace(submission, dismissed={**submission.dismissed, finding_key: reason.strip()})
        return changing.commit_pair(
            desk, connection, "dismiss", (submission, after), check=finding.check, reason=reason.strip()
        )


def reasons(desk: Desk, limit: int = 5) -> tuple[str, ...]:
    """The reasons that editors of this desk gave last for setting a finding aside, newest first, each once."""
    from workbench.store import journal

    with desk.store.reading() as connection:
        entries = journal.newest(connection, limit=300)
    steps = (entry.edit for entry in entries if entry.edit.code in ("dismiss", "dismiss-kind"))
    return tuple(dict.fromkeys(step.params["reason"] for step in steps))[:limit]


def restore(desk: Desk, submission_id: str, finding_key: str) -> Changed:
    """Brings a dismissed finding back.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-finding").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        if finding_key not in submission.dismissed:
            raise WrongUsage("unknown-finding", id=submission_id, finding=finding_key)
        rest = {key: reason for key, reason in submission.dismissed.items() if key != finding_key}
        after = replace(submission, dismissed=rest)
        return changing.commit_pair(
            desk, connection, "restore", (submission, after), check=finding_key.partition("|")[0]
        )


def set_alt(desk: Desk, submission_id: str, sha256: str, alt: str, credit: str | None = None) -> Changed:
    """Says what a picture shows, for readers who cannot see it; "" marks it as decorative.

    `credit` names whom it comes from; None leaves that as it is.
    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-picture").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        if not any(picture.sha256 == sha256 for picture in submission.pictures):
            raise WrongUsage("unknown-picture", id=submission_id, sha256=sha256)
        after = _described(submission, sha256, " ".join(alt.split()))
        if credit is not None:
            after = _credited(after, sha256, " ".join(credit.split()))
        return changing.commit_pair(desk, connection, "alt", (submission, after))


def _with_pictures(submission: Submission, content: RichText, brought: Iterable[Picture]) -> Submission:
    held = {picture.sha256 for picture in submission.pictures}
    shown = {image.asset: image.alt for image in richtext.images(content)}
    new = {p.sha256: replace(p, alt=shown[p.sha256]) for p in brought if p.sha256 in shown.keys() - held}
    return replace(submission, pictures=(*submission.pictures, *new.values()))


def _with_field(submission: Submission, field: str, value: FieldValue) -> Submission:
    return replace(submission, fields={**submission.fields, field: value})


# Findings and their fixes


def _finding(submission: Submission, key: str) -> Finding:
    for finding in submission.findings:
        if finding.key == key:
            return finding
    raise WrongUsage("unknown-finding", id=submission.id, finding=key)


def _fits(submission: Submission, fix: Fix) -> bool:
    return submission.value(fix.field).text[fix.start : fix.end] == fix.before


def _apart(fixes: Iterable[Fix]) -> list[Fix]:
    """Those that can be made together, the last place of each field first so that the others keep theirs."""
    kept: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: (fix.field, fix.start, fix.end), reverse=True):
        if not kept or kept[-1].field != fix.field or fix.end <= kept[-1].start:
            kept.append(fix)
    return kept


def _fixed(submission: Submission, fixes: Iterable[Fix]) -> Submission:
    for fix in fixes:
        old = submission.value(fix.field)
        content = richtext.replace_text(old.content, fix.start, fix.end, fix.replacement)
        submission = _with_field(submission, fix.field, replace(old, content=content))
    return submission


def _described(submission: Submission, sha256: str, alt: str) -> Submission:
    def describe(part: Inline) -> Inline:
        return replace(part, alt=alt) if isinstance(part, Image) and part.asset == sha256 else part

    pictures = tuple(
        replace(picture, alt=alt) if picture.sha256 == sha256 else picture for picture in submission.pictures
    )
    fields = {
        name: replace(value, content=richtext.map_inline(value.content, describe))
        for name, value in submission.fields.items()
    }
    return replace(submission, pictures=pictures, fields=fields)


def _credited(submission: Submission, sha256: str, credit: str) -> Submission:
    pictures = tuple(
        replace(picture, credit=credit) if picture.sha256 == sha256 else picture
        for picture in submission.pictures
    )
    return replace(submission, pictures=pictures)

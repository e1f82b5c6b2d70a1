"""An editor's work on one study: its words, where they belong, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench import edits, richtext
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.richtext import Image, Inline, RichText
from workbench.submission import FieldValue, Finding, Fix, Note, Passage, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection


Pair = tuple[Submission, Submission]
"""A submission before and after."""


def edit(
    desk: Desk, submission_id: str, field: str, content: RichText, before: RichText | None = None
) -> Changed:
    """Gives a field a new answer.

    `before` is the answer the editor saw; with it, raises Refused("changed-meanwhile") where another desk has
    changed the field since. Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-field").
    """
    content = richtext.canonical(content)
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = _label(desk, submission, field)
        old = submission.value(field)
        if before is not None and richtext.canonical(before) != old.content:
            raise Refused("changed-meanwhile", title=changing.named(submission), field=label)
        if content == old.content:
            return _commit(desk, connection, "edit", (submission, submission))
        after = _with_field(
            submission, field, replace(old, content=content, matched_by="editor", confidence=1.0)
        )
        return _commit(desk, connection, "edit", (submission, after), field=label)


def place(desk: Desk, submission_id: str, passage_key: str, field: str, remember: bool = True) -> Changed:
    """Moves an unplaced passage to the end of a field; with `remember`, its heading means that field from now on.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-field", "unknown-passage").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = _label(desk, submission, field)
        passage = next((passage for passage in submission.unplaced if passage.key == passage_key), None)
        if passage is None:
            raise WrongUsage("unknown-passage", id=submission_id, passage=passage_key)
        learned = _learn(connection, submission.template, passage.heading, field) if remember else ()
        after = _placed(submission, passage, field)
        return _commit(desk, connection, "place", (submission, after), *learned, field=label)


def unplace(desk: Desk, submission_id: str, field: str) -> Changed:
    """Moves a field's whole answer to the unplaced passages.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-field").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        label = _label(desk, submission, field)
        value = submission.value(field)
        after = _unplaced(submission, field, value) if value.content else submission
        return _commit(desk, connection, "unplace", (submission, after), field=label)


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
        return _commit(desk, connection, "fix", (submission, after), n=1, check=finding.check)


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
        return _commit(desk, connection, "fix", (submission, after), n=len(fixes), check=check)


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
        return _commit(
            desk, connection, "dismiss", (submission, after), check=finding.check, reason=reason.strip()
        )


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
        return _commit(desk, connection, "restore", (submission, after), check=finding_key.partition("|")[0])


def set_alt(desk: Desk, submission_id: str, sha256: str, alt: str) -> Changed:
    """Says what a picture shows, for readers who cannot see it; "" marks it as decorative.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-picture").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        if not any(picture.sha256 == sha256 for picture in submission.pictures):
            raise WrongUsage("unknown-picture", id=submission_id, sha256=sha256)
        after = _described(submission, sha256, " ".join(alt.split()))
        return _commit(desk, connection, "alt", (submission, after))


def learned(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    """The headings that editors have placed by hand: template, heading, field."""
    from workbench.store import learning

    with desk.store.reading() as connection:
        return tuple(
            (template, heading, field) for (template, heading), field in learning.all_of(connection).items()
        )


def forget(desk: Desk, template: str, heading: str) -> Changed:
    """Forgets what a heading was taught to mean in a template. Raises WrongUsage("unknown-heading")."""
    from workbench.store import slots

    key = _learned_key(template, heading)
    with desk.store.writing() as connection:
        old = slots.value(connection, "", "learned", key)
        if old is None:
            raise WrongUsage("unknown-heading", template=template, heading=heading)
        change = Change("", "learned", key, old, None)
        return changing.commit(desk, connection, Edit("forget", (change,), old))


def _commit(
    desk: Desk, connection: Connection, code: str, pair: Pair, *further: Change, **params: str | int
) -> Changed:
    changes = (*edits.between(*pair), *further)
    return changing.commit(
        desk, connection, Edit(code, changes, {"title": changing.named(pair[0]), **params})
    )


def _label(desk: Desk, submission: Submission, field: str) -> str:
    template = desk.templates.get(submission.template)
    if template and field in template.by_id:
        return template.by_id[field].label
    if field not in submission.fields:
        known = ", ".join(template.by_id) if template else ""
        raise WrongUsage("unknown-field", id=submission.id, field=field, known=known)
    return field


def _with_field(submission: Submission, field: str, value: FieldValue) -> Submission:
    return replace(submission, fields={**submission.fields, field: value})


# Placing


def _placed(submission: Submission, passage: Passage, field: str) -> Submission:
    """The passage at the end of the field; its heading was a label, so it is noted and not part of the answer."""
    old = submission.value(field)
    value = FieldValue(
        richtext.canonical(old.content + passage.content),
        "editor",
        1.0,
        old.heading or passage.heading,
        old.sources + passage.sources,
    )
    noted = (Note("label", passage.heading, "".join(passage.sources[:1])),) if passage.heading else ()
    rest = tuple(other for other in submission.unplaced if other.key != passage.key)
    return replace(_with_field(submission, field, value), unplaced=rest, notes=submission.notes + noted)


def _unplaced(submission: Submission, field: str, value: FieldValue) -> Submission:
    taken = {passage.key for passage in submission.unplaced}
    key = next(key for number in range(len(taken) + 1) if (key := f"from-{field}-{number}") not in taken)
    last = max((passage.position for passage in submission.unplaced), default=-1)
    passage = Passage(key, value.content, value.heading, None, 0.0, value.sources, last + 1)
    fields = {name: other for name, other in submission.fields.items() if name != field}
    return replace(submission, fields=fields, unplaced=(*submission.unplaced, passage))


def _learn(connection: Connection, template: str, heading: str, field: str) -> tuple[Change, ...]:
    from workbench.intake.headings import normalise
    from workbench.store import slots

    if not (plain := normalise(heading)):
        return ()
    key = _learned_key(template, plain)
    old = slots.value(connection, "", "learned", key)
    new = {"template": template, "heading": plain, "field": field}
    return () if old == new else (Change("", "learned", key, old, new),)


def _learned_key(template: str, heading: str) -> str:
    return f"{template}/{heading}"


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

"""What Casebook makes of a file on its own: no workspace is touched.

Each verb returns the object that the command prints as one line of JSON. A refusal is told in its `error`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import richtext, template, words
from workbench.desk import changing
from workbench.desk.arriving import making
from workbench.desk.rows import CouncilSuggestion, Suggestion, Suggestions
from workbench.desk.themes import proposing
from workbench.errors import Refused, WrongUsage
from workbench.submission import Finding, Submission

if TYPE_CHECKING:
    from workbench.desk.arriving.making import Made
    from workbench.desk.desk import Desk

Line = dict[str, Any]

LONGEST = 60_000
"""Of a text without end so many characters are read."""


def extract(path: Path) -> Line:
    """What stands in which field of a Word file, what stands in none, and what is no answer."""
    return _attempt(extract, path, lambda: _extracted(_read(path)))


def check(path: Path) -> Line:
    """What the checks say of a Word file."""
    return _attempt(check, path, lambda: _checked(_findings(_read(path))))


def suggest(path: Path) -> Line:
    """Themes and councils for a Word file."""
    return _attempt(suggest, path, lambda: _suggested(proposing.for_submission(making.draft(_read(path)))))


def suggest_text(record: Mapping[str, Any]) -> Line:
    """Themes and councils for a record of `id`, `title` and `teaser`, either of which may be marked up."""
    texts = [_without_markup(str(record.get(name) or "")) for name in ("title", "teaser")]
    return {"id": str(record.get("id", "")), **_suggested(proposing.for_text(*texts)), "error": None}


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")


def _without_markup(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text[:LONGEST])) if "<" in text or "&" in text else text[:LONGEST]


def check_submission(desk: Desk, submission_id: str) -> Line:
    """What the checks say of a submission on the desk, but for what was dismissed."""
    return _of_id(check, desk, submission_id, lambda found: _checked(found.open_findings))


def suggest_submission(desk: Desk, submission_id: str) -> Line:
    """Themes and councils for a submission on the desk."""
    return _of_id(
        suggest, desk, submission_id, lambda found: _suggested(proposing.for_submission(found, desk))
    )


def failed(verb: Callable[[Path], Line], path: str | Path, code: str, message: str) -> Line:
    """The line of `verb` (extract, check or suggest) for a file that it could not do."""
    return {"file": str(path), **_nothing(verb), "error": {"code": code, "message": message}}


def _nothing(verb: Callable[[Path], Line]) -> Line:
    if verb is extract:
        return {
            "template": None,
            "fields": {},
            "unplaced": [],
            "notes": [],
            "images": [],
            "account": {"share": 0.0, "missing": []},
        }
    return _checked(()) if verb is check else _suggested(Suggestions())


def _attempt(verb: Callable[[Path], Line], path: Path, work: Callable[[], Line]) -> Line:
    try:
        return {"file": str(path), **work(), "error": None}
    except Refused as error:
        return failed(verb, path, error.code, words.explain(error))


def _of_id(
    verb: Callable[[Path], Line], desk: Desk, submission_id: str, work: Callable[[Submission], Line]
) -> Line:
    """The line of a submission; one that is not on the desk costs its own line alone."""
    try:
        with desk.store.reading() as connection:
            found = changing.load(connection, submission_id)
    except WrongUsage as error:
        told = {"code": error.code, "message": words.explain(error)}
        return {"id": submission_id, **_nothing(verb), "error": told}
    return {"id": submission_id, **work(found), "error": None}


def _read(path: Path) -> Made:
    from workbench import word

    return making.make(word.read_file(path), str(path), template.shipped())


def _extracted(made: Made) -> Line:
    placed = made.placed
    return {
        "template": placed.template,
        "fields": {
            name: {
                "text": value.text,
                "html": richtext.to_html(value.content),
                "matched_by": value.matched_by,
                "confidence": value.confidence,
            }
            for name, value in placed.fields.items()
        },
        "unplaced": [
            {"text": passage.text, "heading": passage.heading, "suggested": passage.suggested}
            for passage in placed.unplaced
        ],
        "notes": [{"kind": note.kind, "text": note.text, "ref": note.ref} for note in placed.notes],
        "images": [{"name": p.name, "alt": p.alt, "sha256": p.sha256} for p in placed.pictures],
        "account": {"share": round(placed.account.share, 6), "missing": list(placed.account.missing)},
    }


def _findings(made: Made) -> tuple[Finding, ...]:
    from datetime import date

    from workbench import checks, councils

    context = checks.CheckContext(made.template, councils.register(), date.today())
    return checks.run(making.draft(made), context)


def _checked(findings: Iterable[Finding]) -> Line:
    return {"findings": [_finding(finding) for finding in findings]}


def _finding(finding: Finding) -> Line:
    fix = finding.fix
    return {
        "check": finding.check,
        "field": finding.field,
        "severity": finding.severity,
        "message": finding.message,
        "excerpt": finding.excerpt,
        "fix": {"before": fix.before, "after": fix.replacement, "start": fix.start, "end": fix.end}
        if fix
        else None,
    }


def _suggested(found: Suggestions) -> Line:
    return {
        "themes": [_theme(suggestion) for suggestion in found.themes],
        "support_types": [_theme(suggestion) for suggestion in found.support_types],
        "collections": [_theme(suggestion) for suggestion in found.collections],
        "authorities": [_council(suggestion) for suggestion in found.authorities],
    }


def _theme(suggestion: Suggestion) -> Line:
    return {
        "slug": suggestion.term.slug,
        "label": suggestion.term.label,
        "score": suggestion.score,
        "proposed": suggestion.proposed,
        "because": list(suggestion.because),
    }


def _council(suggestion: CouncilSuggestion) -> Line:
    council = suggestion.authority
    because = list(suggestion.because)
    return {"gss": council.gss, "name": council.name, "score": suggestion.score, "because": because}

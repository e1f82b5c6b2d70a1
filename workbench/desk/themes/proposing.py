"""What the desk proposes of its own accord: themes and councils, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from workbench.desk.rows import CouncilSuggestion, Reason, Suggestion, Suggestions
from workbench.errors import Bug
from workbench.submission import PROMISE, Authority, Submission, Term, TermKind

if TYPE_CHECKING:
    from workbench.councils import Council, CouncilMatch
    from workbench.desk.desk import Desk
    from workbench.themes import Span, Suggested, SuggestedTerm

    Place = Callable[[Span], Reason]

ABOUT = ("summary", "introduction", "challenge", "solution", "impact")
"""The fields that say what a study is about."""


def for_submission(submission: Submission, desk: Desk | None = None) -> Suggestions:
    """Themes and councils for a submission as it stands, by what the desk has learned where one is given.

    What was refused for it on that desk is not proposed.
    """
    parts = [(field, submission.value(field).text) for field in ABOUT]
    text = "\n".join(part for _, part in parts)
    found = _themes(submission.title, text, desk, _refused(desk, submission.id))
    place = partial(_in_field, parts)
    council = submission.value("council").text
    return _told(found, place, _councils(submission.title, text, council, place))


def for_text(title: str, text: str, council: str = "") -> Suggestions:
    """Themes and councils for a title, a text, and what stands in the field for the council."""
    return _told(_themes(title, text, None, ()), _as_it_is, _councils(title, text, council, _as_it_is))


def _themes(title: str, text: str, desk: Desk | None, refused: Collection[tuple[str, str]]) -> Suggested:
    from workbench import themes

    known = desk.vocabulary if desk else themes.vocabulary()
    learned = desk.learned if desk else themes.shipped()
    return themes.suggest(title, text, known, learned, refused)


def _refused(desk: Desk | None, submission_id: str) -> Collection[tuple[str, str]]:
    from workbench.store import lessons

    if desk is None:
        return ()
    with desk.store.reading() as connection:
        return {(term.kind, term.slug) for term in lessons.refused(connection, submission_id)}


def _told(found: Suggested, place: Place, councils: tuple[CouncilSuggestion, ...]) -> Suggestions:
    return Suggestions(
        _of_kind("topic", found.themes, place),
        _of_kind("support_type", found.support_types, place),
        _of_kind("collection", found.collections, place),
        councils,
    )


def _as_it_is(span: Span) -> Reason:
    return Reason(span.part, span.start, span.end)


def _in_field(parts: Sequence[tuple[str, str]], span: Span) -> Reason:
    """Where a span of the title, or of the fields' texts one below the other, stands in its own field."""
    if span.part == "title":
        return Reason("title", span.start, span.end)
    begin = 0
    for field, text in parts:
        if span.start <= begin + len(text):
            return Reason(field, span.start - begin, min(span.end - begin, len(text)))
        begin += len(text) + 1
    raise Bug("a suggestion's words stand beyond the text")


def certain_councils(field: str) -> tuple[Authority, ...]:
    """The councils that a field of names means, if each of them is sure; else none. Other bodies are left out."""
    from workbench import councils

    matches = [match for match in councils.register().in_field(field) if match.kind != "other"]
    if any(match.council is None or match.score < PROMISE for match in matches):
        return ()
    return tuple(dict.fromkeys(authority(match.council) for match in matches if match.council))


def authority(council: Council) -> Authority:
    """A council of the register as a tag."""
    return Authority(council.gss, council.name, council.type, council.nation, council.region)


def _of_kind(kind: TermKind, found: Iterable[SuggestedTerm], place: Place) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(
            Term(kind, each.slug, each.label),
            each.score,
            each.proposed,
            each.because,
            tuple(map(place, each.spans)),
        )
        for each in found
    )


def _councils(title: str, text: str, council: str, place: Place) -> tuple[CouncilSuggestion, ...]:
    from workbench import councils

    register = councils.register()
    if found := register.in_field(council):
        return tuple(_council(match, Reason("council", *match.span)) for match in found)
    matches = register.recognise(f"{title}\n{text}")
    return tuple(_council(match, place(_of_both(len(title), match.span))) for match in matches)


def _of_both(title: int, span: tuple[int, int]) -> Span:
    """A span of the title with the text below it, as one of either."""
    from workbench.themes import Span

    start, end = span
    return Span("title", start, end) if end <= title else Span("text", start - title - 1, end - title - 1)


def _council(match: CouncilMatch, reason: Reason) -> CouncilSuggestion:
    named = authority(match.council) if match.council else Authority(None, match.name)
    return CouncilSuggestion(named, match.score, match.because, (reason,))

"""What the desk proposes of its own accord: themes and councils, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workbench.desk.rows import CouncilSuggestion, Suggestion, Suggestions
from workbench.submission import Authority, Submission, Term, TermKind

if TYPE_CHECKING:
    from workbench.councils import Council, CouncilMatch

SURE = 0.8
"""From this score on a council is taken without asking."""

ABOUT = ("summary", "introduction", "challenge", "solution", "impact")
"""The fields that say what a study is about."""


def for_submission(submission: Submission) -> Suggestions:
    """Themes and councils for a submission as it stands."""
    text = "\n".join(submission.value(field).text for field in ABOUT)
    return for_text(submission.title, text, submission.value("council").text)


def for_text(title: str, text: str, council: str = "") -> Suggestions:
    """Themes and councils for a title, a text, and what stands in the field for the council."""
    from workbench import themes

    found = themes.suggest(title, text, themes.vocabulary(), themes.shipped())
    return Suggestions(
        _of_kind("topic", found.themes),
        _of_kind("support_type", found.support_types),
        _of_kind("collection", found.collections),
        _councils(title, text, council),
    )


def certain_councils(field: str) -> tuple[Authority, ...]:
    """The councils that a field of names means, if each of them is sure; else none. Other bodies are left out."""
    from workbench import councils

    matches = [match for match in councils.register().in_field(field) if match.kind != "other"]
    if any(match.council is None or match.score < SURE for match in matches):
        return ()
    return tuple(dict.fromkeys(authority(match.council) for match in matches if match.council))


def authority(council: Council) -> Authority:
    """A council of the register as a tag."""
    return Authority(council.gss, council.name, council.type, council.nation, council.region)


def vocabulary_terms() -> tuple[Term, ...]:
    """Every theme of every kind."""
    from workbench import themes

    return themes.vocabulary().terms


def _of_kind(kind: TermKind, found: Iterable[Any]) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(Term(kind, item.slug, item.label), item.score, item.proposed, tuple(item.because))
        for item in found
    )


def _councils(title: str, text: str, council: str) -> tuple[CouncilSuggestion, ...]:
    from workbench import councils

    register = councils.register()
    matches = register.in_field(council) or register.recognise(f"{title}\n{text}")
    return tuple(map(_council, matches))


def _council(match: CouncilMatch) -> CouncilSuggestion:
    named = authority(match.council) if match.council else Authority(None, match.name)
    return CouncilSuggestion(named, match.score, match.because)

"""A title without the council, or too long for a list."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings where the title names no council, or has too many characters."""
    answer = manuscript.answers.get("title")
    if answer is None or not answer.text.strip():
        return
    title = manuscript.submission.title
    if len(title) > rule["most"]:
        yield rule.at(answer, 0, len(answer.text), case="long", n=len(title))
    if manuscript.context.template.id in rule["templates"] and not _names_a_council(manuscript, title):
        place = _place(manuscript)
        yield rule.at(answer, 0, len(answer.text), put=f"{place}: {answer.text}" if place else None)


def _names_a_council(manuscript: Manuscript, title: str) -> bool:
    """Whether a council is named, or a place of the council that sent the study."""
    if any(match.score >= 0.5 for match in manuscript.context.register.recognise(title)):
        return True
    return any(place.lower() in title.lower() for place in _places(manuscript))


def _places(manuscript: Manuscript) -> list[str]:
    register = manuscript.context.register
    gss = [one.gss for one in manuscript.submission.authorities if one.gss]
    known = [register.by_gss[code] for code in gss if code in register.by_gss]
    field = register.in_field(manuscript.submission.value("council").text)
    known.extend(match.council for match in field if match.council)
    other = [match.name for match in field if match.council is None]
    return [*(council.place for council in known), *other]


def _place(manuscript: Manuscript) -> str | None:
    """The place to put before the title, where only one council is meant."""
    places = list(dict.fromkeys(_places(manuscript)))
    return places[0] if len(places) == 1 else None

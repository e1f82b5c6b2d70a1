"""A submission as the checks read it: its answers, with what else the checks need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from workbench import richtext
from workbench.checks.answer import Answer
from workbench.checks.persons import Person, people
from workbench.checks.rules import Rules, shipped
from workbench.councils import Register
from workbench.submission import Submission
from workbench.template import Template


@dataclass(frozen=True, slots=True)
class Published:
    """A published study to compare with: its title, its councils' GSS codes, its words, and since when it is live."""

    study: str
    title: str
    gss: frozenset[str]
    text: str
    published_on: date


@dataclass(frozen=True)
class CheckContext:
    """What the checks need to know besides the submission.

    `published` are the studies in the catalogue that a new one may repeat, `live` is what it holds of this one.
    `election` says that a pre-election period is on, in which no councillor may be named; `second_person` that `who`
    may not publish what they approved themselves; `review_years` after how many years a study is looked at again
    unless it has a day of its own, 0 for never.
    """

    template: Template
    register: Register
    today: date
    rules: Rules | None = None
    published: tuple[Published, ...] = ()
    live: Published | None = None
    election: bool = False
    second_person: bool = False
    who: str = ""
    approved_by: str = ""
    review_years: int = 2
    words: frozenset[str] = frozenset()
    """The office's own words, in lower case, that are spelt right whatever the dictionary says."""

    @property
    def known_words(self) -> frozenset[str]:
        """The words that need no dictionary: the office's own, councils' names, given names."""
        return known_words(self.words, self.register, self.rules or shipped())


@lru_cache(maxsize=8)
def known_words(own: frozenset[str], register: Register, rules: Rules) -> frozenset[str]:
    """The words that need no dictionary: an office's own, councils' names, given names."""
    return own | register.words | rules.names


@dataclass(frozen=True, eq=False)
class Manuscript:
    """A submission with its context."""

    submission: Submission
    context: CheckContext

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by field id, in the template's order, empty ones included."""
        return {
            field.id: Answer(field, self.submission.value(field.id)) for field in self.context.template.fields
        }

    @cached_property
    def body(self) -> tuple[Answer, ...]:
        """The answers that tell the study: prose, without the summary."""
        return tuple(one for one in self.answers.values() if one.is_prose and one.id != "summary")

    @cached_property
    def body_text(self) -> str:
        """The words of the body."""
        return "\n".join(one.text for one in self.body)

    @cached_property
    def public_text(self) -> str:
        """All words but those of the contact."""
        return "\n".join(one.text for one in self.answers.values() if one.field.kind != "contact")

    def people(self, answer: Answer) -> tuple[Person, ...]:
        """The people an answer names who hold no office."""
        return people(answer.text, self.rules.sets["given_names"])

    @cached_property
    def rules(self) -> Rules:
        """The rules of the context, else those that travel with the program."""
        return self.context.rules or shipped()

    def notes(self, *kinds: str) -> tuple[str, ...]:
        """The words of the notes of these kinds."""
        return tuple(note.text for note in self.submission.notes if note.kind in kinds)

    def picture_field(self, sha256: str) -> str | None:
        """The field that shows a picture."""
        return self._shown.get(sha256)

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        shown: dict[str, str] = {}
        for answer in self.answers.values() if self.submission.pictures else ():
            for image in richtext.images(answer.value.content):
                shown.setdefault(image.asset, answer.id)
        return shown

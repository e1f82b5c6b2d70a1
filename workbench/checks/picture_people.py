"""People in a picture, and no word that they agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.checks.contacts import person
from workbench.checks.manuscript import Manuscript
from workbench.checks.persons import people
from workbench.checks.rules import Rule
from workbench.submission import Finding

_PEOPLE = re.compile(
    r"\b(?:child|children|pupils?|schoolchildren|toddlers?|bab(?:y|ies)|boys?|girls?|teenagers?|"
    r"young\s+people|residents?|tenants?|patients?|carers?|famil(?:y|ies)|smiling|volunteers?|wom[ae]n|m[ae]n(?!-)|"
    r"people|persons?|couples?|adults?|mayor(?:ess)?|councillors?|cllrs?|staff|workers?|officers?|crowd|audience|participants?|"
    r"visitors?|mothers?|fathers?|mums?|dads?|grandparents?|students?|apprentices?|players?|customers?|members|portrait|"
    r"team|colleagues|"
    r"someone|somebody|lad(?:y|ies)|gentlem[ae]n|gran(?:ny|d\w+)?|selfie|headshot|caretakers?|teachers?|nurses?|doctors?|carpenters?|"
    r"plumbers?|engineers?|drivers?|cooks?|chefs?|gardeners?|farmers?|builders?|librarians?|barbers?|singers?|dancers?|artists?|"
    r"speakers?|guests?|leaders?|runners?|cyclists?|walkers?|shoppers?|pedestrians?|commuters?|passengers?|attendees?|delegates?|"
    r"owners?|trainees?|learners?|employees?|supporters?|neighbours?|friends?|choir|band|panel|community\s+group|partners|s?he|his|her)\b",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"\b(?:drawing|illustration|cartoon|painting|diagram|icon|from\s+behind|silhouettes?)\b", re.IGNORECASE
)
_CONSENT = re.compile(r"\b(?:consents?|permissions?|agreed\s+to\s+be\s+photographed)\b", re.IGNORECASE)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each picture whose description speaks of people, where no consent is recorded."""
    if not manuscript.submission.pictures or _is_agreed(manuscript):
        return
    for n, picture in enumerate(manuscript.submission.pictures, 1):
        alt = picture.alt or ""
        if not _DRAWN.search(alt) and (_PEOPLE.search(alt) or _names_somebody(alt, manuscript)):
            yield rule.of(manuscript.picture_field(picture.sha256), alt, n=n)


def _is_agreed(manuscript: Manuscript) -> bool:
    told = (one for one in manuscript.answers.values() if one.field.kind != "contact")
    return any(_records_consent(one.text) for one in told)


@lru_cache(maxsize=512)
def _records_consent(text: str) -> bool:
    return _CONSENT.search(text) is not None


def _names_somebody(alt: str, manuscript: Manuscript) -> bool:
    """Whether a description names a person, by a known given name or by two words that are no words."""
    names = manuscript.rules.sets["given_names"]
    return bool(people(alt, names)) or person(alt, names, manuscript.context.register) is not None

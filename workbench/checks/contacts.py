"""Who is named in the details of a contact: a person, or a team."""

from __future__ import annotations

import re
from collections.abc import Collection

from workbench import spelling
from workbench.councils import Register

_TEAM = re.compile(
    r"(?:team|services?|unit|department|office|desk|centre|council|borough|county|district|city|mailbox|enquir\w+|info|contact\w*|"
    r"hall|house|street|road|lane|avenue|place|square|park|building|court|gardens?|head|director|manager|officer|lead|group|"
    r"partnership|directorate|hub|helpdesk|support|tîm|gwasanaeth\w*|cyngor|adran|swyddfa|uned|name|role|email|telephone|phone|tel|"
    r"mobile|switchboard|trust|library|school|university|college)s?",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?")
_PAIR = re.compile(r"\b(?=([A-Z][a-zé'’-]+\s+(?:[A-Z]\.?\s+)?(?:[A-Z][a-zé]*['’]?)?[A-Z][a-zé'’-]+\b))")
_MAILBOX = re.compile(
    r"\b(?P<given>[a-z]+)(?:[._-][a-z])?[._-](?P<family>[a-z'-]{2,})\d*@[\w.-]+\.\w{2,}", re.IGNORECASE
)


def person(text: str, given_names: Collection[str], register: Register) -> str | None:
    """The first person named, else the first personal mailbox; None where only a team can be reached."""
    if titled := _TITLED.search(text):
        return titled[0]
    for found in _PAIR.finditer(text):
        if _is_name(found[1].split(), given_names, register):
            return found[1]
    return next((found[0] for found in _MAILBOX.finditer(text) if is_personal(found[0], given_names)), None)


def is_personal(address: str, given_names: Collection[str]) -> bool:
    """Whether a mail address is a person's own: their name stands before the sign."""
    found = _MAILBOX.match(address)
    if found is None or _TEAM.fullmatch(found["given"]) or _TEAM.fullmatch(found["family"]):
        return False
    initial = len(found["given"]) == 1
    return initial or found["given"].title() in given_names or not spelling.is_word(found["family"].lower())


def _is_name(words: list[str], given_names: Collection[str], register: Register) -> bool:
    if any(_TEAM.fullmatch(word) for word in words):
        return False
    if words[0] in given_names:
        return True
    family = words[-1].lower()
    return family not in register.words and not spelling.is_word(family)

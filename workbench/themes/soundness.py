"""What a vocabulary must be for readers, databases and those who follow it: looked at where it changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import replace

from workbench.errors import Refused
from workbench.submission import TERM_KINDS
from workbench.themes.vocabulary import GONE, STATUSES, Theme, Vocabulary, folded

MAX_LABEL = 200
"""The most characters of a label, an alias, a cue or a page's title."""

MAXSLUG = 100
MAX_TEXT = 10_000
"""The most characters of a scope note or an introduction."""

MAX_LIST = 1_000
"""The most aliases, cues or successors."""

Key = tuple[str, str]
"""Kind and slug of a term."""

Difference = tuple[Theme | None, Theme | None]
"""A term before and after; None where it was not there."""


def difference(before: Vocabulary, after: Vocabulary) -> tuple[Difference, ...]:
    """The terms that are not the same in both, each before and after."""
    keys = dict.fromkeys((*before.by_term, *after.by_term))
    pairs = ((before.by_term.get(key), after.by_term.get(key)) for key in keys)
    return tuple(pair for pair in pairs if pair[0] != pair[1])


def require_sound(before: Vocabulary, after: Vocabulary, together: Container[Key] = ()) -> None:
    """Raises `Refused` with a `theme-` code where the terms that changed do not stand as terms must.

    Those in `together` stood beside one another before, whatever they are called.
    """
    for old, new in difference(before, after):
        if new is not None:
            if old is None or _told(old) != _told(new):
                require_well_told(new)
            if not (old and _is_seen(old) and old.label == new.label):
                _require_own_label(after, new, together)
            _require_place(after, new)
            _require_heirs(after, new)
        elif old is not None and _is_referred_to(after, old):
            raise Refused("theme-referred-to", label=old.label)


def _told(theme: Theme) -> Theme:
    """What is told of a theme, without its place, which may change whatever words the theme came with."""
    return replace(theme, parent=None, status="active", successors=())


def is_name(label: str) -> bool:
    """Whether a label can be one: a bounded line of signs that can be seen."""
    return bool(label) and _is_plain(label) and len(label) <= MAX_LABEL


def _is_referred_to(vocabulary: Vocabulary, theme: Theme) -> bool:
    return any(
        theme.slug == each.parent or theme.slug in each.successors
        for each in vocabulary.themes
        if each.kind == theme.kind
    )


def require_well_told(theme: Theme) -> None:
    """Raises `Refused` with a `theme-` code for words that no term would be given."""
    if theme.kind not in TERM_KINDS:
        raise Refused("theme-kind-unknown", kind=theme.kind[:60])
    if not is_slug(theme.slug):
        raise Refused("theme-slug-odd", slug=theme.slug[:60], limit=MAXSLUG)
    short = (theme.label, theme.page_title, *(alias.label for alias in theme.aliases))
    cues = (*theme.strong, *theme.cues, *theme.weak)
    lists = (theme.aliases, theme.strong, theme.cues, theme.weak, theme.successors)
    if not theme.label or not all(map(_is_plain, (*short, *cues))):
        raise Refused("theme-label-odd", label=_shown(theme.label))
    if any(len(text) > MAX_LABEL for text in (*short, *cues)) or any(len(each) > MAX_LIST for each in lists):
        raise Refused("theme-label-long", label=theme.label[:60], limit=MAX_LABEL)
    texts = (theme.scope_note, theme.introduction)
    if any(len(text) > MAX_TEXT or not is_sendable(text) for text in texts):
        raise Refused("theme-note-odd", label=theme.label, limit=MAX_TEXT)
    if theme.status not in STATUSES or abs(theme.order) >= _MOST or _is_reversed(theme):
        raise Refused("theme-details-odd", label=theme.label)


SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether a text can be a slug: small letters and figures in words between hyphens."""
    return len(text) <= MAXSLUG and SLUG.fullmatch(text) is not None


_MOST = 1_000_000


def _is_plain(text: str) -> bool:
    """Whether a text is one line of signs that can be seen."""
    return text == text.strip() and not any(
        unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for sign in text
    )


def is_sendable(text: str) -> bool:
    """Whether databases can store the text."""
    return not any(unicodedata.category(sign) == "Cs" or sign == "\0" for sign in text)


def _shown(label: str) -> str:
    """A label of any signs, as it can be shown."""
    return "".join(sign if sign.isprintable() else "�" for sign in label[:60])


def _is_reversed(theme: Theme) -> bool:
    """Whether something ends before it begins."""
    spans = [(theme.opens, theme.closes), *((alias.since, alias.until) for alias in theme.aliases)]
    return any(since and until and until < since for since, until in spans)


def _require_own_label(vocabulary: Vocabulary, theme: Theme, together: Container[Key]) -> None:
    """No term may come to be called as another one of its kind that readers see."""
    if not _is_seen(theme):
        return
    for other in vocabulary.themes:
        is_other = other.kind == theme.kind and other.slug != theme.slug and other.key not in together
        if is_other and _is_seen(other) and folded(other.label) == folded(theme.label):
            raise Refused("theme-label-taken", label=theme.label, slug=other.slug)


def _is_seen(theme: Theme) -> bool:
    return theme.status not in (*GONE, "unlisted")


def _require_place(vocabulary: Vocabulary, theme: Theme) -> None:
    if theme.parent is None or theme.status in GONE:
        return
    parent = vocabulary.by_term.get((theme.kind, theme.parent))
    if parent is None or not (parent.is_offered or theme.status != "active"):
        raise Refused("theme-parent-unknown", label=theme.label, parent=theme.parent[:60])
    if theme.slug in vocabulary.above(theme.kind, theme.slug):
        raise Refused("theme-parent-cycle", label=theme.label, parent=parent.label)


def _require_heirs(vocabulary: Vocabulary, theme: Theme) -> None:
    """A term that is gone has successors that came to something, any other has none."""
    if theme.status in GONE and not vocabulary.resolve(theme.kind, theme.slug):
        raise Refused("theme-unknown", slug=", ".join(theme.successors)[:60])
    if theme.status not in GONE and theme.successors:
        raise Refused("theme-details-odd", label=theme.label)

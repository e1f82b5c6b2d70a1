"""Changes of the vocabulary, decided without a database: what each makes of the terms, and of a study's terms.

A slug is for ever, and no term is ever taken out but by undoing that it was added. A merged or split term stays,
with its successors, so that whatever still names it can be followed; a retired one stays on its studies and is
offered to no further one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from workbench.errors import Refused
from workbench.submission import TERM_KINDS, Term, TermKind
from workbench.themes.soundness import Difference, Key, difference, is_name, require_sound, require_well_told
from workbench.themes.vocabulary import (
    GONE,
    Alias,
    Theme,
    Vocabulary,
    folded,
    plain,
    theme_of,
    turned,
)


@dataclass(frozen=True, slots=True)
class Add:
    """A new term, or one that came with a study and is now taken in. Its parent, where it has one, is offered."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class Rename:
    """Another label; the old one becomes an alias until the day `on`."""

    kind: TermKind
    slug: str
    label: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Amend:
    """Other details: everything of a term but its label, its place and its status, which are taken as they are."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class Move:
    """Another parent; None for the top."""

    kind: TermKind
    slug: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Its studies, narrower terms, names and cues go to `into`."""

    kind: TermKind
    slug: str
    into: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Its studies go to terms that exist: each to those of `choices`, by its UUID, others to the first of `into`."""

    kind: TermKind
    slug: str
    into: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Retire:
    """Offered no longer; its studies keep it."""

    kind: TermKind
    slug: str


@dataclass(frozen=True, slots=True)
class Restore:
    """A retired or unlisted term is offered again."""

    kind: TermKind
    slug: str


@dataclass(frozen=True, slots=True)
class Reinstate:
    """Terms as they were, and terms that were not there: what takes another change back."""

    themes: tuple[Theme, ...] = ()
    gone: tuple[tuple[TermKind, str], ...] = ()


Change = Add | Rename | Amend | Move | Merge | Split | Retire | Restore | Reinstate


def applied(vocabulary: Vocabulary, change: Change) -> Vocabulary:
    """The vocabulary after the change. Raises `Refused` with a `theme-` code where it cannot be."""
    touched = {theme.key: theme for theme in _become(vocabulary, change)}
    gone = set(change.gone) if isinstance(change, Reinstate) else set[tuple[TermKind, str]]()
    kept = tuple(touched.pop(theme.key, theme) for theme in vocabulary.themes if theme.key not in gone)
    after = Vocabulary((*kept, *touched.values()))
    together = {theme.key for theme in change.themes} if isinstance(change, Reinstate) else ()
    require_sound(vocabulary, after, together)
    return after


def _become(vocabulary: Vocabulary, change: Change) -> Sequence[Theme]:
    """The terms that the change touches, as they are after it."""
    match change:
        case Add():
            return [_added(vocabulary, change.theme)]
        case Rename():
            return [_renamed(_living(vocabulary, change), change)]
        case Amend():
            return [_amended(vocabulary, change.theme)]
        case Move():
            return [replace(_living(vocabulary, change), parent=change.parent)]
        case Merge():
            return _merged(vocabulary, change)
        case Split():
            return [_split(vocabulary, change)]
        case Retire():
            return [_retired(vocabulary, change)]
        case Restore():
            return [_restored(vocabulary, change)]
        case Reinstate():
            return change.themes


def _living(vocabulary: Vocabulary, change: Rename | Move | Merge | Split | Retire | Restore) -> Theme:
    """The term, where it was not merged or split."""
    return _found(vocabulary, change.kind, change.slug)


def _found(vocabulary: Vocabulary, kind: str, slug: str) -> Theme:
    if kind not in TERM_KINDS:
        raise Refused("theme-kind-unknown", kind=kind[:60])
    theme = vocabulary.by_term.get((kind, slug))
    if theme is None:
        raise Refused("theme-unknown", slug=slug[:60])
    if theme.status in GONE:
        raise Refused("theme-gone", label=theme.label)
    return theme


def _added(vocabulary: Vocabulary, theme: Theme) -> Theme:
    if theme.kind not in TERM_KINDS:
        raise Refused("theme-kind-unknown", kind=theme.kind[:60])
    known = vocabulary.by_term.get(theme.key)
    if known is not None and known.status != "unlisted":
        raise Refused("theme-slug-taken", slug=theme.slug)
    return replace(theme, label=theme.label.strip(), status="active", successors=())


def _renamed(theme: Theme, change: Rename) -> Theme:
    label = change.label.strip()
    if label == theme.label:
        raise Refused("theme-unchanged", label=theme.label)
    return replace(theme, label=label, aliases=_names(theme, (_former(theme, change.on),), label))


def _former(theme: Theme, on: date | None) -> Alias:
    """The label as an alias: it began when the one before it ended."""
    since = max((alias.until for alias in theme.aliases if alias.until), default=None)
    return Alias(theme.label, since if since and on and since <= on else None, on)


def _names(theme: Theme, more: Iterable[Alias], label: str) -> tuple[Alias, ...]:
    """The aliases with more of them that can be names, none twice and none that is the label."""
    kept = {alias.label: alias for alias in (*theme.aliases, *filter(_can_be_named, more))}
    return tuple(alias for alias in kept.values() if alias.label != label)


def _can_be_named(alias: Alias) -> bool:
    return is_name(alias.label)


def _amended(vocabulary: Vocabulary, wished: Theme) -> Theme:
    theme = _found(vocabulary, wished.kind, wished.slug)
    amended = replace(
        wished,
        label=theme.label,
        parent=theme.parent,
        status=theme.status,
        successors=theme.successors,
    )
    if amended == theme:
        raise Refused("theme-unchanged", label=theme.label)
    return amended


def _merged(vocabulary: Vocabulary, change: Merge) -> list[Theme]:
    theme, into = _living(vocabulary, change), _successor(vocabulary, change.kind, change.slug, change.into)
    if theme.slug in vocabulary.above(into.kind, into.slug):
        into = replace(into, parent=theme.parent)
    below = [each for each in vocabulary.children(theme.kind, theme.slug) if each.slug != into.slug]
    return [
        replace(theme, status="merged", successors=(into.slug,)),
        _taking_over(into, theme, change.on),
        *(replace(each, parent=into.slug) for each in below),
    ]


def _taking_over(into: Theme, theme: Theme, on: date | None) -> Theme:
    """The term with the names and cues of the one that is merged into it."""
    cues = {cue for each in (into.strong, into.cues, into.weak) for cue in each}
    more = {
        name: (*getattr(into, name), *(cue for cue in getattr(theme, name) if cue not in cues))
        for name in ("strong", "cues", "weak")
    }
    return replace(into, aliases=_names(into, (_former(theme, on), *theme.aliases), into.label), **more)


def _successor(vocabulary: Vocabulary, kind: str, slug: str, into: str) -> Theme:
    if into == slug:
        raise Refused("theme-into-itself", slug=slug)
    successor = vocabulary.by_term.get((kind, into))
    if successor is None:
        raise Refused("theme-unknown", slug=into[:60])
    if not successor.is_offered:
        raise Refused("theme-not-offered", label=successor.label)
    return successor


def _split(vocabulary: Vocabulary, change: Split) -> Theme:
    theme = _without_children(vocabulary, _living(vocabulary, change))
    into = dict.fromkeys(_successor(vocabulary, change.kind, change.slug, slug).slug for slug in change.into)
    if len(into) < 2:
        raise Refused("theme-split-few", label=theme.label)
    for study, chosen in change.choices.items():
        if not chosen or not set(chosen) <= set(into):
            raise Refused("theme-choice-unknown", label=theme.label, study=study[:60])
    return replace(theme, status="split", successors=tuple(into))


def _without_children(vocabulary: Vocabulary, theme: Theme) -> Theme:
    if any(child.status not in GONE for child in vocabulary.children(theme.kind, theme.slug)):
        raise Refused("theme-has-children", label=theme.label)
    return theme


def _retired(vocabulary: Vocabulary, change: Retire) -> Theme:
    theme = _without_children(vocabulary, _living(vocabulary, change))
    if theme.status == "retired":
        raise Refused("theme-unchanged", label=theme.label)
    return replace(theme, status="retired")


def _restored(vocabulary: Vocabulary, change: Restore) -> Theme:
    theme = _living(vocabulary, change)
    if theme.is_offered:
        raise Refused("theme-unchanged", label=theme.label)
    require_well_told(theme)
    return replace(theme, status="active")


def inverse(vocabulary: Vocabulary, change: Change) -> Reinstate:
    """What takes the change back, where it is applied to this vocabulary."""
    return _reinstating(difference(vocabulary, applied(vocabulary, change)))


def _reinstating(differences: Iterable[Difference]) -> Reinstate:
    pairs = tuple(differences)
    gone = tuple(new.key for old, new in pairs if old is None and new is not None)
    return Reinstate(tuple(old for old, _ in pairs if old is not None), gone)


def taken_back(now: Vocabulary, differences: Iterable[Difference]) -> Reinstate:
    """What takes a change back that made these differences, where later ones may stand on it.

    What else was changed since stays. Raises `Refused("vocabulary-overtaken")` where the same was changed again.
    """
    return _reinstating(
        (_back(old, new, now.by_term.get(key)), new)
        for old, new in differences
        for key in [_key_of(old, new)]
    )


def _key_of(old: Theme | None, new: Theme | None) -> Key:
    return (old or cast("Theme", new)).key


def _back(old: Theme | None, new: Theme | None, now: Theme | None) -> Theme | None:
    """A term as it was before a change that made `new` of it, with what was changed since."""
    if now == new:
        return old
    moved_on = now is not None and new is not None and now.status in GONE and new.status not in GONE
    if old is None or new is None or now is None or moved_on:
        raise Refused("vocabulary-overtaken", label=(now or cast("Theme", new or old)).label)
    values = {name: _value_back(name, old, new, now) for name in Theme.__dataclass_fields__}
    return replace(now, **values)


def _value_back(name: str, old: Theme, new: Theme, now: Theme) -> Any:
    before, after, today = (getattr(theme, name) for theme in (old, new, now))
    if before == after or today == after:
        return today if before == after else before
    if name in _LISTS:
        kept = [each for each in today if each not in after or each in before]
        return (*kept, *(each for each in before if each not in after and each not in kept))
    raise Refused("vocabulary-overtaken", label=now.label)


_LISTS = ("aliases", "strong", "cues", "weak")
"""What a term has several of, where one more or less leaves the others be."""


def named(change: Change) -> tuple[Key, ...]:
    """The term that a change is about; none for one that takes back."""
    if isinstance(change, Reinstate):
        return ()
    return (
        ((change.theme.kind, change.theme.slug),)
        if isinstance(change, Add | Amend)
        else ((change.kind, change.slug),)
    )


def refiled(change: Change, terms: Iterable[Term], after: Vocabulary, study: str = "") -> tuple[Term, ...]:
    """What the terms of a study become by a change that made the vocabulary `after`; none is lost and none doubled.

    A term that the study had already keeps its place.
    """
    becomes = _becomes(change, study)
    return turned(
        terms,
        lambda term: [
            _named(after, term, slug) for slug in becomes.get((term.kind, term.slug), (term.slug,))
        ],
    )


def _becomes(change: Change, study: str) -> Mapping[Key, Sequence[str]]:
    match change:
        case Merge():
            return {(change.kind, change.slug): (change.into,)}
        case Split():
            return {(change.kind, change.slug): change.choices.get(study, change.into[:1])}
        case _:
            return {}


def _named(vocabulary: Vocabulary, term: Term, slug: str) -> Term:
    theme = vocabulary.by_term.get((term.kind, slug))
    return Term(term.kind, slug, theme.label if theme else term.label)


@dataclass(frozen=True, slots=True)
class Step:
    """What a later change did to a study: its terms before and after."""

    change: Change
    before: tuple[Term, ...]
    after: tuple[Term, ...]


def replayed(
    terms: Sequence[Term], steps: Iterable[Step], vocabulary: Vocabulary, study: str = ""
) -> tuple[Term, ...]:
    """What the terms of a study would be had only these changes come after them, labelled by `vocabulary`."""
    for step in steps:
        terms = (
            _exchanged(terms, step)
            if isinstance(step.change, Reinstate)
            else refiled(step.change, terms, vocabulary, study)
        )
    return tuple(_named(vocabulary, term, term.slug) for term in terms)


def _exchanged(terms: Sequence[Term], step: Step) -> tuple[Term, ...]:
    """The terms without those that the step took, with those that it gave."""
    keys = [{(term.kind, term.slug) for term in each} for each in (step.before, step.after)]
    kept = [term for term in terms if (term.kind, term.slug) not in keys[0] - keys[1]]
    had = {(term.kind, term.slug) for term in kept}
    return (*kept, *(term for term in step.after if (term.kind, term.slug) not in keys[0] | had))


def slug_of(label: str, kind: str, vocabulary: Vocabulary) -> str:
    """A slug for a new term: its label in small letters and hyphens, with a number where that one is taken."""
    stem = (
        folded(label).encode("ascii", "ignore").decode().strip().replace(" ", "-")[:80].strip("-") or "term"
    )
    stem = "-".join(part for part in stem.split("-") if part) or "term"
    return next(slug for slug in _numbered(stem) if (kind, slug) not in vocabulary.by_term)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


_KINDS: Mapping[str, type[Any]] = {
    kind.__name__.lower(): kind
    for kind in (Add, Rename, Amend, Move, Merge, Split, Retire, Restore, Reinstate)
}


def name_of(change: Change) -> str:
    """The change in a word: add, rename, amend, move, merge, split, retire, restore or reinstate."""
    return type(change).__name__.lower()


def to_json(change: Change) -> str:
    """The change as JSON, keys sorted."""
    values = {name: _plain(getattr(change, name)) for name in change.__dataclass_fields__}
    return json.dumps({"change": name_of(change), **values}, sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Theme):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in cast("tuple[Any, ...]", value)]
    if isinstance(value, Mapping):
        return {name: list(chosen) for name, chosen in cast("Mapping[str, tuple[str, ...]]", value).items()}
    return value.isoformat() if isinstance(value, date) else value


UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What reading JSON raises that a later program, or none of ours, wrote."""


def from_json(text: str) -> Change:
    """The change that `to_json` wrote. Raises one of `UNREADABLE` for anything else."""
    told: dict[str, Any] = json.loads(text)
    kind = _KINDS[told.pop("change")]
    return kind(**{name: _read(name, value) for name, value in told.items()})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _read(name: str, value: Any) -> Any:
    match name:
        case "theme":
            return theme_of(value)
        case "themes":
            return tuple(theme_of(each) for each in value)
        case "gone":
            return tuple((kind, slug) for kind, slug in value)
        case "into":
            return value if isinstance(value, str) else tuple(map(_text, value))
        case "kind" | "slug" | "label":
            return _text(value)
        case "parent":
            return value and _text(value)
        case "choices":
            return {study: tuple(chosen) for study, chosen in value.items()}
        case "on":
            return date.fromisoformat(value) if value else None
        case _:
            return value

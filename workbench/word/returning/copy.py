"""A council's own Word file with comments in it, and nothing else changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.errors import Refused
from workbench.word.document import RETURN_PROPERTY, SUBMISSION_PROPERTY
from workbench.word.package import Package
from workbench.word.returning import zipping
from workbench.word.returning.anchors import Place, Range, anchor
from workbench.word.returning.marking import marks, paragraph
from workbench.word.returning.parts import Parts, Written
from workbench.word.returning.patching import Splice, Text
from workbench.word.returning.trail import Trail, follow
from workbench.word.xml import W, child

MOST = 2_000
"""How many comments one copy may get. Word opens no file with more than 32,767, those it had included."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What is to be said of some words of the document, in reading order; without places, of its beginning."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who comments, and when. Where `initials` are empty, those of the name are used."""

    author: str
    at: datetime
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """The file to go back: `numbers` are the ids of its comments, in the order they were asked for. `protection`
    is what the document lets nobody do (`readOnly`, `forms`, `comments`, `trackedChanges`), "" where nothing is
    forbidden; `signed` says that it carried a digital signature, which no longer holds."""

    data: bytes
    numbers: tuple[int, ...]
    protection: str = ""
    signed: bool = False


def make(data: bytes, comments: Sequence[Comment], signature: Signature, said: Mapping[str, str]) -> Copy:
    """The Word file `data` with these comments, and with `said` in its custom properties.

    Raises `Refused`: what the guard declines; `too-many-comments`.
    """
    if len(comments) > MOST:
        raise Refused("too-many-comments", n=len(comments), most=MOST)
    package = Package(data)
    parts, trail = Parts(package), follow(package)
    first = parts.next_number(trail.root)
    numbers = tuple(range(first, first + len(comments)))
    main = Text(package.part(package.main), package.main)
    numbered = dict(zip(numbers, comments, strict=True))
    parts.changed[package.main] = main.spliced(_marked(main, trail, parts.space, numbered))
    parts.add_comments([_written(number, each, signature) for number, each in numbered.items()])
    parts.set_properties(said)
    made = zipping.rewritten(data, parts.finished())
    return Copy(made, numbers, _protection(package), any(map(_is_signature, package.names)))


def properties(study: str, number: int) -> Mapping[str, str]:
    """What a return copy says of itself: of which study it is, and the how manieth return."""
    return {SUBMISSION_PROPERTY: study, RETURN_PROPERTY: str(number)}


def _marked(text: Text, trail: Trail, space: str, comments: Mapping[int, Comment]) -> list[Splice]:
    found = {number: anchor(trail, comment.places) for number, comment in comments.items()}
    ranges: dict[int, Range] = {number: each for number, each in found.items() if each is not None}
    if len(ranges) == len(found):
        return marks(text, trail.root, space, ranges)
    body = next(at for at, each in enumerate(trail.root.iter("*")) if each.tag == W + "body")
    return [paragraph(text, body, space, tuple(found))]


def _written(number: int, comment: Comment, signature: Signature) -> Written:
    initials = signature.initials or "".join(word[0] for word in signature.author.split()[:3]).upper()
    day = signature.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Written(number, signature.author, initials, day, comment.text.splitlines())


def _protection(package: Package) -> str:
    part = next(package.related(package.main, "settings"), None)
    root = None if part is None else package.tree_or_none(part)
    found = None if root is None else child(root, W + "documentProtection")
    if found is None or found.get(W + "enforcement", "0") in ("0", "false", "off"):
        return ""
    return found.get(W + "edit", "")


def _is_signature(name: str) -> bool:
    return name.lower().startswith("_xmlsignatures/")

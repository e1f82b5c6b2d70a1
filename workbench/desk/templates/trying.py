"""A template tried on what came in: what it would place differently. Nothing is changed.

Every kept source file is placed twice, under the template that is tried and under the present one, so that they
differ in nothing but the template; where an editor has placed an answer by hand, that is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench import words
from workbench.desk.rows import Problem
from workbench.errors import Refused, WorldError
from workbench.progress import Progress, silent
from workbench.template import Template, heading_key

if TYPE_CHECKING:
    from workbench.desk.desk import Desk
    from workbench.intake import Placed
    from workbench.store.fares import Sent
    from workbench.submission import Submission
    from workbench.word import WordDocument

What = Literal["same", "moved", "unplaced", "placed", "changed", "gone"]
WHATS: tuple[What, ...] = ("moved", "unplaced", "gone", "changed", "placed", "same")
"""What becomes of an answer: it would stand in another field; nowhere; it would lose its field, which the template
has no more; some of its words would be others; it would be placed where nothing was before; nothing becomes of it."""

PAGE = 50
"""How many submissions are read in one transaction."""
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class FieldTrial:
    """What becomes of one answer of a file.

    `field` is where it stands under the present template ("" for nowhere), `to` where under the one that is tried;
    `before` and `after` are the words, cut short. `by_hand` says that an editor placed or wrote what stands there on
    the desk, and `agrees` then whether the template that is tried places what the editor did.
    """

    what: What
    field: str
    to: str
    label: str
    before: str = ""
    after: str = ""
    by_hand: bool = False
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class FileTrial:
    """What becomes of one file: of a submission, or of no submission where that is "". `same` counts the answers that
    stay as they are; `error` says why it could not be tried."""

    submission: str
    title: str
    file: str
    fields: tuple[FieldTrial, ...] = ()
    same: int = 0
    unplaced_before: int = 0
    unplaced_after: int = 0
    error: Problem | None = None
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    """For a file that is no submission: its answers under the template, cut short."""

    @property
    def differs(self) -> bool:
        """Whether anything would be placed differently."""
        return bool(self.fields)


@dataclass(frozen=True)
class Trial:
    """What a template would place differently, by file, those that differ most first.

    `of` is how many submissions there are to try it on, `without_file` those whose file is kept no longer,
    `stopped` that the trial was ended before all were tried.
    """

    template: Template
    files: tuple[FileTrial, ...]
    of: int
    without_file: int = 0
    stopped: bool = False

    @property
    def tried(self) -> int:
        """How many files were placed."""
        return sum(each.error is None for each in self.files)

    @property
    def differing(self) -> tuple[FileTrial, ...]:
        """The files that would be placed differently."""
        return tuple(each for each in self.files if each.differs)

    @property
    def counts(self) -> Mapping[What, int]:
        """How many answers fare in each way."""
        found = dict.fromkeys(WHATS, 0)
        for each in self.files:
            found["same"] += each.same
            for one in each.fields:
                found[one.what] += 1
        return found

    @property
    def refused(self) -> tuple[FileTrial, ...]:
        """The files that could not be tried."""
        return tuple(each for each in self.files if each.error is not None)


def dry_run(desk: Desk, template: Template, report: Progress = silent, of: str = "") -> Trial:
    """What would be placed differently of all submissions under the template of that id (or under `of`), if this one
    were used from now on; of those under any template where there is none of that id.

    `report` is told of each file and may raise `Cancelled`: the trial then ends with what it has. Nothing is changed.
    """
    from workbench.progress import Cancelled
    from workbench.store import fares, learning

    name = of or template.id
    with desk.store.reading() as connection:
        learned = learning.all_of(connection)
        sent = fares.sent(connection, name) or (fares.sent(connection) if name not in desk.templates else ())
    trying = _Trying(desk, template, {**learned, **_as_learned(learned, name, template.id)})
    found: list[FileTrial] = []
    stopped = False
    try:
        for at, tried in enumerate(trying.each(sent), 1):
            found += [tried] if tried else []
            report(at, len(sent), tried.file if tried else "")
    except Cancelled:
        stopped = True
    found.sort(key=lambda each: -len(each.fields))
    return Trial(template, tuple(found), len(sent), trying.without_file, stopped)


def try_files(template: Template, paths: Iterable[Path], report: Progress = silent) -> Trial:
    """What of these Word files a template would place, and what not. A file that cannot be read has an error."""
    several = list(paths)
    found: list[FileTrial] = []
    for at, path in enumerate(several, 1):
        found.append(_try_file(template, path))
        report(at, len(several), path.name)
    return Trial(template, tuple(found), len(several))


def _as_learned(learned: Mapping[tuple[str, str], str], name: str, tried: str) -> dict[tuple[str, str], str]:
    """What editors taught of the one template, as if it were taught of the other."""
    return {(tried, words): target for (own, words), target in learned.items() if own == name}


class _Trying:
    """Places the files of submissions under both templates, page by page."""

    def __init__(self, desk: Desk, template: Template, learned: Mapping[tuple[str, str], str]) -> None:
        self._desk = desk
        self._template = template
        self._learned = learned
        self.without_file = 0

    def each(self, sent: Sequence[Sent]) -> Iterator[FileTrial | None]:
        """The trial of each submission; None where its file is not kept any more."""
        for start in range(0, len(sent), PAGE):
            page = sent[start : start + PAGE]
            for one, (name, data, by_hand) in zip(page, self._read(page), strict=True):
                if data is None:
                    self.without_file += 1
                    yield None
                else:
                    yield self._tried(one, name, data, by_hand)

    def _read(self, page: Sequence[Sent]) -> list[tuple[str, bytes | None, Mapping[str, str]]]:
        """Of each submission the name and the bytes of its first file, and the answers an editor gave by hand."""
        from workbench.store import blobs, submissions

        found: list[tuple[str, bytes | None, Mapping[str, str]]] = []
        with self._desk.store.reading() as connection:
            for one in page:
                submission = submissions.load(connection, one.id)
                file = next(iter(submission.files), None) if submission else None
                by_hand = _by_hand(submission) if submission else {}
                data = blobs.get_word(connection, file.sha256) if file else None
                found.append((file.name if file else "", data or None, by_hand))
        return found

    def _tried(self, one: Sent, name: str, data: bytes, by_hand: Mapping[str, str]) -> FileTrial:
        present = self._desk.templates.get(one.template) or self._desk.templates["case-study"]
        try:
            document = _read(data, name)
        except Refused as error:
            return FileTrial(one.id, one.title, name, error=Problem(error.code, words.explain(error)))
        before = _placed(document, present, self._learned)
        after = _placed(document, self._template, self._learned)
        return replace(
            _compared(before, after, present, self._template, by_hand),
            submission=one.id,
            title=one.title,
            file=name,
        )


def _by_hand(submission: Submission) -> dict[str, str]:
    return {name: value.text for name, value in submission.fields.items() if value.matched_by == "editor"}


def _read(data: bytes, name: str) -> WordDocument:
    from workbench import word

    return word.read(data, name, pictures=False)


def _placed(document: WordDocument, template: Template, learned: Mapping[tuple[str, str], str]) -> Placed:
    from workbench import intake

    return intake.place(document, {template.id: template}, learned)


def _try_file(template: Template, path: Path) -> FileTrial:
    from workbench import word

    try:
        data = word.read_file(path)
        if converted := word.convert(data, path.name):
            data = converted.data
        found = _placed(word.read(data, path.name, pictures=False), template, {})
    except WorldError as error:
        return FileTrial("", path.stem, path.name, error=Problem(error.code, words.explain(error)))
    answers = {name: _excerpt(value.text) for name, value in found.fields.items() if value.text}
    unplaced = [
        FieldTrial("unplaced", "", "", passage.heading, _excerpt(passage.text)) for passage in found.unplaced
    ]
    title = found.fields["title"].text if "title" in found.fields else path.stem
    return FileTrial(
        "", title, path.name, tuple(unplaced), len(answers), 0, len(found.unplaced), None, answers
    )


# Comparing


def _compared(
    before: Placed, after: Placed, present: Template, tried: Template, by_hand: Mapping[str, str]
) -> FileTrial:
    old = {name: value.text for name, value in before.fields.items() if value.text.strip()}
    new = {name: value.text for name, value in after.fields.items() if value.text.strip()}
    same = {name for name in old if heading_key(new.get(name, "")) == heading_key(old[name])}
    told = [
        _fate(name, old, new, same, present, tried)
        for name in present.by_id
        if name in old and name not in same
    ]
    reached = {one.to for one in told}
    fresh = [name for name in tried.by_id if name in new and name not in old and name not in reached]
    told += [
        FieldTrial("placed", "", name, tried.by_id[name].label, "", _excerpt(new[name])) for name in fresh
    ]
    fields = tuple(_beside(one, new, by_hand) for one in told)
    return FileTrial("", "", "", fields, len(same), len(before.unplaced), len(after.unplaced))


def _fate(
    name: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    same: set[str],
    present: Template,
    tried: Template,
) -> FieldTrial:
    """What becomes of an answer that does not stay as it is."""
    label, said = present.by_id[name].label, old[name]
    to = next(
        (other for other in new if other not in same and other != name and _holds(new[other], said)), ""
    )
    if name in new and not to:
        return FieldTrial("changed", name, name, label, _excerpt(said, new[name]), _excerpt(new[name], said))
    if to:
        return FieldTrial("moved", name, to, label, _excerpt(said), _excerpt(new[to], said))
    what: What = "unplaced" if name in tried.by_id else "gone"
    return FieldTrial(what, name, "", label, _excerpt(said), "")


def _holds(answer: str, said: str) -> bool:
    return heading_key(said) in heading_key(answer)


def _beside(one: FieldTrial, new: Mapping[str, str], by_hand: Mapping[str, str]) -> FieldTrial:
    """Where an editor placed the answer by hand: whether the template that is tried does as the editor did."""
    where = one.field if one.field in by_hand else one.to
    if where not in by_hand:
        return one
    return replace(one, by_hand=True, agrees=heading_key(new.get(where, "")) == heading_key(by_hand[where]))


def _excerpt(text: str, other: str = "") -> str:
    """The words on one line, cut short; from where they first differ from `other`."""
    said, beside = " ".join(text.split()), " ".join(other.split())
    start = 0
    if beside and said[:40] == beside[:40]:
        start = next((at for at, (one, two) in enumerate(zip(said, beside, strict=False)) if one != two), 0)
        start = max(min(start, len(said)) - 40, 0)
    cut = said[start : start + EXCERPT]
    return f"{'… ' if start else ''}{cut}{' …' if start + EXCERPT < len(said) else ''}"

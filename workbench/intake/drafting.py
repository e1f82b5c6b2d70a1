"""A template drafted from a Word form that an office has been sending out, or from forms that came back filled in.

`draft` reads the form's pieces (`asking`), decides which labels are questions and which are the form's furniture,
takes limits and what must be answered from the wording, and names each field: by the tag of its control, by what the
council case study calls the same thing, else by its label's words. Of several filled-in forms the labels are what all
of them say. At last the draft is held against the form itself: what it would not find is given as another heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.intake import wording
from workbench.intake.asking import (
    BANNER,
    BOLD,
    CELL,
    FRAME,
    PLAIN,
    RUN_IN_PLAIN,
    Piece,
    Rank,
    is_office,
    pieces,
)
from workbench.intake.controls import owner
from workbench.intake.guidance import instructs, is_detail
from workbench.intake.headings import Lexicon, lexicon, normalise
from workbench.intake.lines import is_council
from workbench.template import Field, FieldKind, Template, heading_key, shipped
from workbench.template.faulty import LONGEST_ID, LONGEST_LABEL, MOST_FIELDS
from workbench.template.naming import slug, unused
from workbench.word.document import (
    TEMPLATE_PROPERTY,
    TEMPLATE_VERSION_PROPERTY,
    Control,
    WordDocument,
    paragraphs,
)

KNOWN = "case-study"
"""The template whose fields' meanings are recognised."""
_SURE = 0.85
_FILLED = 0.5
"""The share of labels with words below them from which a form is taken to be filled in."""
_LONGEST_GUIDANCE = 4000
_TAG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_EMPTY_TAG = re.compile(
    r"(?:text|rich ?text|plain ?text|field|control|txt|sdt|q|question|answer|response|box|item|drop ?down|check ?box"
    r"|combo|date|goog_rdk|click|content)?[ _-]*\d*|[0-9a-f-]{16,}",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:e-?mail|tele?phone|phone|mobile|tel|contact|ffôn|e-?bost|cyswllt)\b", re.IGNORECASE
)
_LINKS = re.compile(r"\b(?:links?|websites?|web ?pages?|urls?|dolenni|gwefan)\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:sur|fore|(?:first|full|last|family|print(?:ed)?)\s+)name\b|\b(?:applicant|officer|nominator|nominee|author|speaker|presenter"
    r"|manager|leader|chair|secretary|owner|tenant|councillor|contact)(?:['’]?s)?\s+(?:full\s+)?name\b|\byour\s+(?:full\s+)?name\b"
    r"|\bname\s+of\s+(?:the\s+|your\s+)?(?:main\s+|lead\s+)?(?:officer|applicant|author|nominator|contact|signatory"
    r"|person\s+(?:completing|responsible|submitting|to\s+contact|making))\b"
    r"|\b(?:completed|signed|submitted|prepared|nominated)\s+by$|^signed?$|\bsignature\b|^print$|\bllofnod"
    r"|\b(?:home|postal|correspondence)\s+address\b|\byour\s+address\b|\baddress\s+and\s+postcode\b|\bdate\s+of\s+birth\b"
    r"|\bnational\s+insurance\b|\bsort\s+code\b|\bbank\s+account\s+n|\benw llawn\b|\bdyddiad geni\b"
    r"|^(?:\w+\s+)?(?:secretary|treasurer|chair(?:man|woman|person)?)$",
    re.IGNORECASE,
)
_ONE_LINE = re.compile(r"^(?:date|start|end|reference|ref|postcode|dyddiad)\b", re.IGNORECASE)
_LINE_CONTROLS = frozenset({"dropdown", "combo", "date", "checkbox"})


@dataclass(frozen=True, slots=True)
class Origin:
    """What a field was taken from: the words of its label as the form has them, in which look (`heading`, `cell`,
    `bold`, `run-in`, `question`, `line`, `control`, `shared`), the paragraph, the answers given to choose from, and
    the known meaning by which it was named, "" where none was recognised."""

    field: str
    by: str
    said: str
    ref: str = ""
    choices: tuple[str, ...] = ()
    meaning: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the draft could not say or is not sure of; its sentence stands under `code` in `templates`."""

    code: str
    said: str = ""
    field: str = ""


@dataclass(frozen=True)
class Draft:
    """A template as a form suggests it, with the grounds. `filled` says that the form had answers in it."""

    template: Template
    origins: tuple[Origin, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    filled: bool = False


@dataclass
class _Asked:
    """A question while it is put together."""

    label: Piece
    help: list[str] = field(default_factory=list[str])
    said: list[str] = field(default_factory=list[str])
    choices: list[str] = field(default_factory=list[str])
    controls: list[Control] = field(default_factory=list[Control])
    rooms: int = 0
    repeats: bool = False
    follows: Rank | None = None
    """The look of the next label, where it stands directly below."""

    @property
    def told(self) -> wording.Wording:
        return wording.taken_apart(self.label.text)


def draft(
    document: WordDocument, *others: WordDocument, name: str = "", taken: Collection[str] = ()
) -> Draft:
    """The template that a form suggests; of several filled-in forms what they share.

    `name` is what to call it where the form has no title, `taken` the ids of templates there are. Nothing
    recognisable gives a draft without fields and the doubt that says so.
    """
    found = pieces(document.blocks)
    shared = _shared(document, others) if others else None
    found = _by_what_is_shared(found, shared) if shared is not None else found
    title, intro, asked = _grouped(found)
    filled = _is_filled(_explained(asked))
    if shared is None and filled:
        asked = _of_one_look(asked)
    if not filled:
        asked = _with_room_below(asked)
    title, asked, banners = _furniture(title, intro, asked, filled=filled)
    return _Drafting(
        document, asked, banners, intro, title, name, taken, filled=filled or bool(others)
    ).made()


# Several forms


def _shared(document: WordDocument, others: Sequence[WordDocument]) -> frozenset[str]:
    """The words that stand in every one of the forms: whole lines, and what stands before a colon or a tab."""
    each = [_lines_of(one) for one in (document, *others)]
    return frozenset(set(each[0]).intersection(*each))


def _lines_of(document: WordDocument) -> frozenset[str]:
    found: set[str] = set()
    for paragraph in paragraphs(document.blocks):
        for line in paragraph.text.split("\n"):
            found.add(normalise(line))
    for piece in pieces(document.blocks):
        found.add(normalise(piece.text))
    return frozenset(found - {""})


def _by_what_is_shared(found: Sequence[Piece], shared: frozenset[str]) -> tuple[Piece, ...]:
    """Labels and help are what every form says; all else was written in."""
    named = sum(piece.kind == "label" and normalise(piece.text) in shared for piece in found)
    plain = [piece for piece in found if piece.kind == "said" and normalise(piece.text) in shared]
    bare = sum(len(piece.text) <= LONGEST_LABEL for piece in plain) > named
    return tuple(_as_shared(piece, shared, bare=bare) for piece in found)


def _as_shared(piece: Piece, shared: frozenset[str], *, bare: bool) -> Piece:
    is_shared = normalise(piece.text) in shared
    if piece.kind in ("label", "help", "title") and not is_shared:
        return replace(piece, kind="said")
    if piece.kind != "said" or not is_shared:
        return piece
    if bare and len(piece.text) <= LONGEST_LABEL and len(piece.text.split()) <= 20:
        return replace(piece, kind="label", rank=PLAIN, by="shared")
    return replace(piece, kind="help") if len(piece.text.split()) > 8 else piece


# Questions


def _grouped(found: Sequence[Piece]) -> tuple[str, list[str], list[_Asked]]:
    """The title, the words before the first question, and each label with what stands below it."""
    title, intro, asked = "", list[str](), list[_Asked]()
    previous: Piece | None = None
    for piece in found:
        current = asked[-1] if asked else None
        if piece.kind == "title" and not title:
            title = piece.text
        elif piece.kind in ("label", "title"):
            if current and previous is current.label:
                current.follows = piece.rank
            asked.append(_Asked(piece, repeats=piece.repeats))
        elif piece.kind == "control":
            if previous and _names_control(previous, piece, current):
                (current.said if current else intro).pop()
                asked.append(_Asked(replace(previous, kind="label", by="line"), repeats=previous.repeats))
            _take_control(piece, asked, previous)
        elif current is None:
            intro += [piece.text] if piece.text else []
        else:
            _take(piece, current)
        previous = asked[-1].label if piece.kind == "label" else piece
    return title, intro, asked


def _names_control(previous: Piece, piece: Piece, current: _Asked | None) -> bool:
    """Whether plain words above a control without a name are its label: the question before has its own control."""
    control = piece.control
    if previous.kind != "said" or control is None or control.alias or control.tag:
        return False
    if current is not None and (not current.controls or control in current.controls):
        return False
    return len(previous.text.split()) <= 20 and not previous.text.endswith(".")


def _take(piece: Piece, current: _Asked) -> None:
    current.repeats = current.repeats or piece.repeats
    if piece.kind == "room":
        current.rooms += not (current.label.tied and current.said and not piece.tied)
    elif piece.kind == "choice":
        current.choices += [piece.text] if piece.text else []
        current.rooms += 1
    elif piece.kind == "help":
        current.help.append(piece.text)
    else:
        current.said.append(piece.text)


def _take_control(piece: Piece, asked: list[_Asked], previous: Piece | None) -> None:
    """A control belongs to the label it follows; one with a name of its own asks by itself."""
    control = piece.control
    assert control is not None
    current = asked[-1] if asked else None
    same = current is not None and any(one.number == control.number for one in current.controls)
    free = current is not None and not current.controls and not current.said
    unnamed = not (control.alias or control.tag)
    if current is None or not (same or free or unnamed):
        label = Piece("label", control.alias or control.tag, piece.ref, PLAIN, "control")
        current = _Asked(label, repeats=piece.repeats)
        asked.append(current)
    if not same:
        current.controls.append(control)
    current.repeats = current.repeats or piece.repeats or control.kind == "repeating"
    current.choices += [choice for choice in control.choices if choice not in current.choices]
    if control.prompt:
        current.help += [piece.text] if piece.text else []
    elif piece.text:
        current.said.append(piece.text)


def _explained(asked: Sequence[_Asked]) -> Sequence[_Asked]:
    """The questions, where the only words below one say what to write, those taken for its help."""
    for one in asked:
        if one.said and all(map(instructs, one.said)):
            one.help, one.said = [*one.help, *one.said], []
    return asked


def _with_room_below(asked: list[_Asked]) -> list[_Asked]:
    """The questions of an empty form: words between a label and room for its answer explain it."""
    for one in asked:
        if one.rooms and len(one.said) == 1 and not one.label.tied:
            one.help, one.said = [*one.help, *one.said], []
    return asked


def _is_filled(asked: Sequence[_Asked]) -> bool:
    worded = sum(bool(one.said) for one in asked)
    return bool(asked) and worded / len(asked) >= _FILLED


def _of_one_look(asked: Sequence[_Asked]) -> list[_Asked]:
    """Of a form with answers in it, the labels in the look of most; lower ones are its answers' own."""
    votes: Counter[Rank] = Counter()
    for one in asked:
        votes[one.label.rank] += (
            2
            + 2 * bool(_meaning(one.told.name))
            + bool(one.help or one.controls)
            + (one.told.required is not None)
        )
    if not votes:
        return []
    main = min(votes, key=lambda rank: (-votes[rank], rank))
    kept: list[_Asked] = []
    told = False
    for one in asked:
        told = told or one.label.rank == main
        inner = (
            told
            and one.label.rank in (CELL, FRAME)
            and main not in (CELL, FRAME)
            and not _is_plain(one, kept)
        )
        if one.controls or not kept or (one.label.rank <= main and not inner) or _stands_alone(one, kept):
            kept.append(one)
        else:
            kept[-1].said += [one.label.text, *one.said]
    return kept


def _is_plain(one: _Asked, kept: Sequence[_Asked]) -> bool:
    """Whether a label cell among answers is a question for sure, and not the first column of an answer's table."""
    known = _meaning(one.told.name)
    fresh = known is not None and known not in {_meaning(each.told.name) for each in kept}
    return bool(fresh or one.help or one.told.asides or one.label.text.endswith(("?", ":", "*")))


def _stands_alone(one: _Asked, kept: Sequence[_Asked]) -> bool:
    """Whether a label of a lower look is a question all the same: a council or a contact named in one line."""
    known = _meaning(one.told.name)
    if known is None or one.label.rank < PLAIN:
        return False
    named = {_meaning(each.told.name) for each in kept}
    return known.kind in ("council", "line", "contact", "links") and known not in named


def _furniture(
    title: str, intro: list[str], asked: list[_Asked], *, filled: bool
) -> tuple[str, list[_Asked], list[str]]:
    """The form's title, its questions, and the headings that ask nothing: those with a lower label directly below,
    those that only tell something in a form where others have room, and what is kept to the office."""
    if not title and len(asked) > 1 and _is_title(asked):
        title = asked[0].label.text
        intro += [*asked[0].help, *asked[0].said]
        asked = asked[1:]
    banners: list[str] = []
    questions: list[_Asked] = []
    office: Rank | None = None
    for number, one in enumerate(asked):
        office = _office(one, office)
        tells = not filled and _only_tells(one, asked, first=not questions)
        if _is_banner(one, asked[number + 1 :]) or office or tells:
            banners.append(one.label.text)
            intro += [*one.help, *one.said] if not questions else []
        else:
            questions.append(one)
    keys = {heading_key(one.told.name) for one in questions}
    return title, questions, [text for text in banners if heading_key(text) not in keys]


def _office(one: _Asked, above: Rank | None) -> Rank | None:
    """The look of the heading that keeps what stands here to the office, if one does."""
    if above is not None and (one.label.rank > above or one.label.rank in (CELL, FRAME)):
        return above
    heads = one.label.rank not in (CELL, FRAME) and not one.label.tied
    return one.label.rank if heads and is_office(one.label.text) else None


def _only_tells(one: _Asked, asked: Sequence[_Asked], *, first: bool) -> bool:
    """Whether a heading of an empty form tells something and asks nothing: terms, how to enter, whom to ring.

    Before the `first` question so does a label with its answer beside it: a closing date, the name of the office.
    """
    if not one.said or one.rooms or one.controls or one.choices or one.help or (one.label.tied and not first):
        return False
    if one.told.required is not None or (_meaning(one.told.name) and not is_council(one.label.text)):
        return False
    open_ = sum(bool(each.rooms or each.controls or each.choices) for each in asked)
    return 2 * open_ >= len(asked) and not any(instructs(text) or "?" in text for text in one.said)


def _is_title(asked: Sequence[_Asked]) -> bool:
    first, rest = asked[0], asked[1:]
    if first.controls or first.choices or first.label.rank >= RUN_IN_PLAIN or first.label.tied:
        return False
    larger = (
        first.label.rank[0] == BOLD
        and first.label.rank[1] < 0
        and not (first.rooms or first.said or first.help)
    )
    below = all(one.label.rank > first.label.rank or (larger and one.label.by == "heading") for one in rest)
    return below and _meaning(first.told.name) is None


def _is_banner(one: _Asked, rest: Sequence[_Asked]) -> bool:
    """Whether a label heads other questions and asks nothing: no room below it, and a label of a lower look next."""
    if one.label.by == BANNER:
        return True
    if not rest or one.rooms or one.controls or one.choices or one.label.tied or one.told.required:
        return False
    following = rest[0].label.rank if rest[0].label.by != "control" else None
    own = one.label.rank
    deeper = following is not None and (following > own or (following in (CELL, FRAME) and own > CELL))
    if not deeper or one.label.text.rstrip(" *:").endswith("?"):
        return False
    if one.said or (one.help and wording.limits(one.help) != (None, None)):
        return False
    known = _meaning(one.told.name)
    details = known is not None and known.kind == "contact" and is_detail(rest[0].told.name)
    return not details


def _meaning(label: str) -> Field | None:
    """The field of the council case study that a label means, where that is as good as certain."""
    match = _known().find(label)
    if match is None or len(match.fields) > 1 or match.confidence < _SURE:
        return None
    return shipped()[KNOWN].by_id[next(iter(match.fields))]


def _known() -> Lexicon:
    return lexicon(shipped()[KNOWN])


# Fields


class _Drafting:
    """Makes fields of questions, and notes what each was taken from."""

    def __init__(
        self,
        document: WordDocument,
        asked: Sequence[_Asked],
        banners: Sequence[str],
        intro: Sequence[str],
        title: str,
        name: str,
        taken: Collection[str],
        *,
        filled: bool,
    ) -> None:
        self._document = document
        self._banners = list(banners)
        self._intro = list(intro)
        self._title = " ".join((title or document.properties.title or name).split())
        self._taken = taken
        self._filled = filled
        self.doubts: list[Doubt] = []
        self._asked = self._counted(self._with_contact_parts(asked))
        said = [*intro, *banners, *(text for one in asked for text in one.help)]
        self._all_required = any(map(wording.says_all_required, said))

    def made(self) -> Draft:
        names = self._names()
        fields = tuple(self._field(one, name) for one, name in zip(self._asked, names, strict=True))
        template = self._template(fields)
        template = _found_again(template, self._asked)
        self._look_back(template)
        origins = tuple(self._origin(one, name) for one, name in zip(self._asked, names, strict=True))
        return Draft(template, origins, tuple(dict.fromkeys(self.doubts)), self._filled)

    def _counted(self, asked: Sequence[_Asked]) -> list[_Asked]:
        wordless = [one for one in asked if not heading_key(one.told.name)]
        self.doubts += [Doubt("learn-left-over", one.label.text) for one in wordless]
        worded = [one for one in asked if heading_key(one.told.name)]
        if len(worded) > MOST_FIELDS:
            self.doubts.append(Doubt("learn-too-many", str(len(worded))))
        times = Counter(heading_key(one.told.name) for one in worded)
        alike = dict.fromkeys(one.told.name for one in worded if times[heading_key(one.told.name)] > 1)
        self.doubts += [Doubt("learn-same-label", label) for label in alike]
        return worded[:MOST_FIELDS]

    def _with_contact_parts(self, asked: Sequence[_Asked]) -> list[_Asked]:
        """Name, role, email and the like below a contact are parts of it, not questions of their own."""
        kept: list[_Asked] = []
        for one in asked:
            above = _meaning(kept[-1].told.name) if kept else None
            named = any(control.tag or control.alias for control in one.controls)
            if above is not None and above.kind == "contact" and is_detail(one.told.name) and not named:
                kept[-1].help.append(one.told.name)
                kept[-1].rooms += 1
                continue
            kept.append(one)
        return kept

    # Names

    def _names(self) -> list[str]:
        """A name for each question: by its control's tag, by what it means, by its words; each given once."""
        tags = Counter(tag for one in self._asked if (tag := _telling_tag(one)))
        keys = {heading_key(one.told.name) for one in self._asked}
        names: dict[int, str] = {}
        for number, one in enumerate(self._asked):
            if (tag := _telling_tag(one)) and tags[tag] == 1:
                names[number] = tag
        for number, known in self._meant(names):
            if known not in names.values() and not self._is_anothers(known, number, keys):
                names[number] = known
        for number, one in enumerate(self._asked):
            if number not in names:
                wish = slug(one.told.name) or "question"
                wish = self._own(wish, number, keys)
                names[number] = unused(wish, set(names.values()))
        return [names[number][:LONGEST_ID] for number in range(len(self._asked))]

    def _meant(self, named: Mapping[int, str]) -> list[tuple[int, str]]:
        """The questions whose meaning is known, those that say it most plainly first."""
        found: list[tuple[float, int, str]] = []
        for number, one in enumerate(self._asked):
            match = _known().find(one.told.name)
            if number not in named and match and len(match.fields) == 1 and match.confidence >= _SURE:
                found.append((-match.confidence, number, match.fields[0]))
        return [(number, name) for _, number, name in sorted(found)]

    def _is_anothers(self, name: str, number: int, keys: Collection[str]) -> bool:
        """Whether a field's name is, as words, the label of another question, which it would then take."""
        words = heading_key(name.replace("_", " "))
        return words in keys and heading_key(self._asked[number].told.name) != words

    def _own(self, wish: str, number: int, keys: Collection[str]) -> str:
        return f"{wish}_answer" if self._is_anothers(wish, number, keys) else wish

    # Fields

    def _field(self, one: _Asked, name: str) -> Field:
        told, known = one.told, _meaning(one.told.name)
        explained = [*told.asides, *one.help]
        least, most = wording.limits([*told.asides, *one.help])
        for text in (one.label.text, *one.help):
            if (least, most) == (None, None) and (unkept := wording.unkept_limit(text)):
                self.doubts.append(Doubt("learn-limit", unkept, name))
        if one.repeats:
            self.doubts.append(Doubt("learn-repeats", told.name, name))
        if one.choices:
            self.doubts.append(Doubt("learn-choices", "; ".join(one.choices), name))
        if len(told.name) > LONGEST_LABEL:
            self.doubts.append(Doubt("learn-long-label", told.name[:80], name))
        kind = _kind(one, known)
        return Field(
            name,
            told.name,
            guidance=self._guidance(one),
            kind=kind,
            required=told.required if told.required is not None else self._says_required(one, explained),
            min_words=least,
            max_words=most,
            personal=kind == "contact" or (known is None and bool(_PERSONAL.search(told.name))),
        )

    def _says_required(self, one: _Asked, explained: Sequence[str]) -> bool:
        own = [
            wording.taken_apart(f"x ({text})").required
            for text in explained
            if len(text) < 40 and not wording.says_stars_are_required(text)
        ]
        if False in own:
            return False
        return True in own or self._all_required

    def _guidance(self, one: _Asked) -> str:
        """What explains the question, each paragraph of it once; not a mere "Click here to enter text"."""
        said = [" ".join(line.split()) for text in one.help for line in text.splitlines()]
        contact = _kind(one, _meaning(one.told.name)) == "contact"
        worth = [
            _unwrapped(line)
            for line in dict.fromkeys(said)
            if line and not _says_nothing(line) and not (contact and is_detail(line))
        ]
        return "\n".join(worth)[:_LONGEST_GUIDANCE]

    def _template(self, fields: tuple[Field, ...]) -> Template:
        own = self._document.properties.custom
        named = own.get(TEMPLATE_PROPERTY, "")
        version = own.get(TEMPLATE_VERSION_PROPERTY, "")
        label = self._title or "Form"
        wish = named if _is_id(named) else slug(label, "-") or "form"
        fresh = unused(wish[: LONGEST_ID - 4].strip("-"), self._taken, "-")
        number = int(version) if fresh == named and version.isdecimal() and 0 < int(version) < 10_000 else 1
        if named in self._taken:
            self.doubts.append(Doubt("learn-known", named))
        if not fields:
            self.doubts.append(Doubt("learn-nothing"))
        elif not any(field.required for field in fields):
            self.doubts.append(Doubt("learn-none-required"))
        banners = tuple(dict.fromkeys(" ".join(text.split()) for text in self._banners))
        lines = dict.fromkeys(" ".join(line.split()) for text in self._intro for line in text.splitlines())
        instruction = "\n".join(line for line in lines if line and not _is_ours(line))
        return Template(fresh, number, label, instruction[:_LONGEST_GUIDANCE], fields, {}, banners)

    def _origin(self, one: _Asked, name: str) -> Origin:
        known = _meaning(one.told.name)
        by = (
            "control"
            if one.controls and one.label.by != "control" and _telling_tag(one) == name
            else one.label.by
        )
        choices = tuple(dict.fromkeys(one.choices))
        meaning = known.id if known and known.id == name else ""
        return Origin(name, by, one.label.text, one.label.ref, choices, meaning, one.repeats)

    # Held against the form

    def _look_back(self, template: Template) -> None:
        """Holds the draft against the form: whatever of an empty form would be taken for an answer is told."""
        from workbench.intake.placing import place

        if self._filled or not template.fields:
            return
        placed = place(self._document, {template.id: template})
        for name, value in placed.fields.items():
            if value.text.strip():
                self.doubts.append(Doubt("learn-taken-for-answer", value.text[:200], name))
        for passage in placed.unplaced:
            self.doubts.append(Doubt("learn-left-over", passage.text[:200]))


def _kind(one: _Asked, known: Field | None) -> FieldKind:
    if known is not None and known.kind != "text":
        return known.kind
    name = one.told.name
    if is_detail(name) or (_CONTACT.search(name) and len(name.split()) <= 6):
        return "contact"
    if _LINKS.search(name) and len(name.split()) <= 8:
        return "links"
    short = bool(one.controls) and all(control.kind in _LINE_CONTROLS for control in one.controls)
    return "line" if short or _ONE_LINE.match(name) else "text"


def _telling_tag(one: _Asked) -> str:
    """The tag of a question's only named control, where it says something and can be a field's name."""
    tags = {control.tag.strip().casefold() for control in one.controls if control.tag.strip()}
    tag = next(iter(tags)) if len(tags) == 1 else ""
    good = _TAG.fullmatch(tag) and len(tag) <= LONGEST_ID and not _EMPTY_TAG.fullmatch(tag)
    return tag if good else ""


def _found_again(template: Template, asked: Sequence[_Asked]) -> Template:
    """The template with further headings where the form's own words would not be found by the labels alone."""
    fields: list[Field] = []
    for each, one in zip(template.fields, asked, strict=True):
        label = " ".join(one.label.text.split())
        synonyms = [] if _means(template, label, each.id) else [label]
        names = [control for control in one.controls if not _owned(template, control, each.id)]
        synonyms += [text for control in names for text in (control.alias, control.tag) if text]
        keys = dict.fromkeys(" ".join(text.split())[:LONGEST_LABEL] for text in synonyms)
        known = {heading_key(other.label) for other in template.fields}
        fresh = tuple(text for text in keys if heading_key(text) and heading_key(text) not in known)
        fields.append(replace(each, synonyms=fresh))
    return replace(template, fields=tuple(fields))


def _means(template: Template, text: str, name: str) -> bool:
    match = lexicon(template).find(text)
    return len(text) > LONGEST_LABEL or (match is not None and match.fields == (name,))


def _owned(template: Template, control: Control, name: str) -> bool:
    if not (control.tag or control.alias):
        return True
    found = owner((control,), lexicon(template), frozenset(template.by_id))
    return found is not None and found.field == name


def _unwrapped(line: str) -> str:
    """Help without the brackets around all of it, which only say that it is help."""
    inner = line[1:-1].strip()
    wrapped = line[:1] + line[-1:] in ("[]", "<>", "{}") and not set("[]<>{}") & set(inner)
    return inner if wrapped else line


_IDLE = re.compile(
    r"^[\W_]*(?:click|tap|press|choose|select|pick|enter|type|insert|write|your)\b.{0,40}\b"
    r"(?:here|text|item|date|answer|response|option|box)\b[\W_]*(?:to (?:enter|add|type) \w+[\W_]*)?$",
    re.IGNORECASE,
)


def _says_nothing(line: str) -> bool:
    """Whether a line says nothing of its question: an office program's own help, or what an asterisk means."""
    return (len(line) < 70 and bool(_IDLE.match(line))) or wording.says_stars_are_required(line)


def _is_ours(line: str) -> bool:
    from workbench.words import say

    return line == " ".join(say("form", "instruction").split())


def _is_id(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)) and len(name) <= LONGEST_ID

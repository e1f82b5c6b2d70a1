"""The templates that councils fill in: to see, to keep and to take away, and the Word files made from them.

An office's own stand as TOML in `<workspace>/templates`. What a template was before stands in `earlier` beside them,
one file for each version, so that the forms and submissions of that version are still read by its own labels.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import whole, words
from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.template import Damaged, Template, Templates, at_hand, damage, dumps, faults, shipped
from workbench.template.shelf import EARLIER

if TYPE_CHECKING:
    from workbench.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template with what is said of it in a list.

    `own` says that it is the office's, `replaces_shipped` that a shipped one of that id is not used because of it.
    `used` tells how many submissions there are by version, `earlier` the versions that it had before, `last` when the
    newest submission came in.
    """

    template: Template
    own: bool = False
    replaces_shipped: bool = False
    used: Mapping[int, int] = field(default_factory=dict[int, int])
    earlier: tuple[int, ...] = ()
    last: datetime | None = None

    @property
    def submissions(self) -> int:
        """How many submissions there are under any of its versions."""
        return sum(self.used.values())


def templates(workspace: Path) -> Templates:
    """The templates by id, the office's own in that workspace before the shipped ones; it need not exist."""
    return at_hand(_folder(workspace))


def listed(desk: Desk) -> tuple[TemplateRow, ...]:
    """All templates in their order, and those that were taken away but have submissions still, at the end."""
    from workbench.store import fares

    known = desk.templates
    with desk.store.reading() as connection:
        used, last = fares.used(connection), fares.last(connection)
    rows = [_row(known, template, used) for template in known.values()]
    gone = (known.versions(name)[0] for name in used if name not in known and known.versions(name))
    rows += [_row(known, template, used) for template in gone]
    return tuple(replace(row, last=last.get(row.template.id)) for row in rows)


def _row(known: Templates, template: Template, used: Mapping[str, Mapping[int, int]]) -> TemplateRow:
    own = template.id in known.own
    return TemplateRow(
        template,
        own,
        own and template.id in shipped(),
        used.get(template.id, {}),
        tuple(one.version for one in known.earlier.get(template.id, ())),
    )


def damaged(desk: Desk) -> tuple[Damaged, ...]:
    """The files in the folder of templates that cannot be used, each with why, in words."""
    return desk.templates.damaged


def of_id(known: Mapping[str, Template], name: str) -> Template:
    """The template of that id. Raises WrongUsage("unknown-template")."""
    if name not in known:
        raise WrongUsage("unknown-template", template=name, known=", ".join(known))
    return known[name]


def copied(template: Template, name: str, label: str) -> Template:
    """A template of its own that asks the same, at its first version. Nothing is kept."""
    return replace(template, id=name, version=1, label=label)


def save(desk: Desk, template: Template) -> Template:
    """Keeps a template as the office's own, and returns it as it is kept.

    Its version is raised by one where its questions differ from those kept so far, since forms that ask them may be
    with councils; what it was before is kept too. Raises Refused("template-faulty") with the first grave fault,
    SurroundingsFailed("cannot-write").
    """
    require_sound(template)
    known = desk.templates
    before = known.get(template.id)
    made = replace(template, version=_version(known, template))
    if before is not None and before.version != made.version and template.id in known.own:
        _write(_earlier(desk.workspace, before), dumps(before))
    _write(_path(desk.workspace, template.id), dumps(made))
    return made


def require_sound(template: Template) -> None:
    """Raises Refused("template-faulty") with the first grave fault of a template."""
    grave = next((fault for fault in faults(template) if fault.grave), None)
    if grave is not None:
        raise Refused(
            "template-faulty", label=template.label, reason=words.say("templates", grave.code, **grave.params)
        )


def _version(known: Templates, template: Template) -> int:
    """The version under which a template is kept: its own where it is new, else that of the same questions."""
    versions = known.versions(template.id)
    if not versions:
        return template.version
    now = versions[0]
    if now.asked == template.asked and template.id in known:
        return now.version
    return max(one.version for one in versions) + 1


def remove(desk: Desk, name: str) -> None:
    """Takes an own template away; the shipped one of that id is used again. Its submissions are shown as before.

    Raises Refused("template-not-own"), WrongUsage("unknown-template"), SurroundingsFailed("cannot-write").
    """
    known = desk.templates
    template = of_id(known, name)
    if name not in known.own:
        raise Refused("template-not-own", label=template.label)
    _write(_earlier(desk.workspace, template), dumps(template))
    for path in _files(desk.workspace, name):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise SurroundingsFailed("cannot-write", file=path, reason=error.strerror or error) from error


def _files(workspace: Path, name: str) -> list[Path]:
    """The files that hold the template of that id, whatever they are called."""
    found = ((path, damage(path)) for path in sorted(_folder(workspace).glob("*.toml")))
    return [path for path, one in found if isinstance(one, Template) and one.id == name]


def blank(template: Template, language: str = words.OUTSIDE) -> bytes:
    """The Word file to send out, in one of the languages: the headings and prompts, ready to be filled in."""
    from workbench import word

    return word.blank(template, language)


@dataclass(frozen=True)
class Learned:
    """A template drafted from Word forms: what each field was taken from, by field id, and what was not understood.

    All of it in words; `meanings` names the field of the council case study that a question was recognised as.
    `filled` says that the forms had answers in them.
    """

    template: Template
    taken: Mapping[str, str] = field(default_factory=dict[str, str])
    unread: tuple[str, ...] = ()
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    """What was not understood about a field, by its id; "" for the form as a whole."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    meanings: Mapping[str, str] = field(default_factory=dict[str, str])
    filled: bool = False


def learn(paths: Sequence[Path], taken: Collection[str] = ()) -> Learned:
    """A template drafted from a Word form, or from several filled-in forms of the same kind; nothing is kept.

    `taken` are the ids of templates there are. Raises Refused as reading a Word file does.
    """
    from workbench import word
    from workbench.intake.drafting import draft

    documents: list[word.WordDocument] = []
    for path in paths:
        data = word.read_file(path)
        converted = word.convert(data, path.name)
        documents.append(word.read(converted.data if converted else data, path.name, pictures=False))
    found = draft(*documents, name=paths[0].stem, taken=taken)
    told = [(doubt.field, words.say("templates", doubt.code, said=doubt.said)) for doubt in found.doubts]
    return Learned(
        found.template,
        {
            origin.field: words.say("templates", f"taken-{origin.by}", said=origin.said)
            for origin in found.origins
        },
        tuple(sentence for _, sentence in told),
        {name: tuple(each for about, each in told if about == name) for name, _ in told},
        {origin.field: origin.choices for origin in found.origins if origin.choices},
        {origin.field: origin.meaning for origin in found.origins if origin.meaning},
        found.filled,
    )


def remarks(learned: Learned) -> Mapping[str, str]:
    """What each field was taken from and what was not understood, as comments for its TOML."""
    names = ("", *learned.taken)
    return {
        name: "\n".join(filter(None, (learned.taken.get(name), *learned.doubts.get(name, ()))))
        for name in names
    }


def _folder(workspace: Path) -> Path:
    return workspace / "templates"


def _path(workspace: Path, name: str) -> Path:
    """Where the template of that id stands, else where it will."""
    return next(iter(_files(workspace, name)), _folder(workspace) / f"{name}.toml")


def _earlier(workspace: Path, template: Template) -> Path:
    return _folder(workspace) / EARLIER / f"{template.id}.{template.version}.toml"


def _write(path: Path, text: str) -> None:
    """Writes all of a file or nothing."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole.write(path, text)
    except OSError as error:
        raise SurroundingsFailed("cannot-write", file=path, reason=error.strerror or error) from error

"""`template`: what submissions must contain, the Word files made from it, and how its questions fare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench import words
from workbench.cli.desks import the_desk, workspace
from workbench.cli.output import (
    heads,
    json_option,
    print_changed,
    print_json,
    print_table,
    progress,
    say,
    tell,
)
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.template import Fault, Template, Templates, dumps, faults, read

if TYPE_CHECKING:
    from workbench.desk.templates.health import Health, QuestionHealth
    from workbench.desk.templates.templates import Learned, TemplateRow
    from workbench.desk.templates.trying import FileTrial, Trial

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("template")
def template_command() -> None:
    """The templates that councils fill in."""


@template_command.command("list")
@json_option
def _list(as_json: bool) -> None:
    """The templates there are, and how many submissions there are under each."""
    for row in _rows() if as_json else ():
        print_json(_row(row))
    if not as_json:
        rows = (
            (r.template.id, r.template.version, len(r.template.fields), r.template.label) for r in _rows()
        )
        print_table(heads("templates-head"), rows)
    _tell_damaged(_templates())


def _rows() -> tuple[TemplateRow, ...]:
    """Those of the workspace with their use where there is one, else the shipped ones."""
    from workbench.desk.templates import templates

    if (workspace() / "desk.db").exists():
        with the_desk() as desk:
            return templates.listed(desk)
    return tuple(templates.TemplateRow(each) for each in _templates().values())


def _row(row: TemplateRow) -> dict[str, Any]:
    template = row.template
    return {
        "id": template.id,
        "version": template.version,
        "label": template.label,
        "fields": [field.id for field in template.fields],
        "own": row.own,
        "replaces_shipped": row.replaces_shipped,
        "used": {str(version): count for version, count in row.used.items()},
        "earlier": list(row.earlier),
    }


@template_command.command("show")
@click.argument("template", metavar="ID")
@click.option("--version", type=click.IntRange(1), help="As it was in that version.")
@json_option
def _show(template: str, version: int | None, as_json: bool) -> None:
    """The fields of a template."""
    shown = _template(template)
    if version is not None:
        shown = _templates().version(template, version) or shown
        if shown.version != version:
            known = ", ".join(str(one.version) for one in _templates().versions(template))
            raise WrongUsage("unknown-version", title=f"“{shown.label}”", version=version, known=known)
    if as_json:
        print_json(shown)
        return
    click.echo(
        say("template", id=shown.id, version=shown.version, label=shown.label, description=shown.description)
    )
    for field in shown.fields:
        click.echo(say("template-field", id=field.id, label=field.label, guidance=field.guidance))


@template_command.command("check")
@click.argument("templates", metavar="[ID|FILE.toml]...", nargs=-1)
@json_option
def _check(templates: tuple[str, ...], as_json: bool) -> int:
    """Say what is wrong with templates, all of them where none is named. Ends with status 1 where something is."""
    known = _templates()
    wanted = [_read(name) for name in templates] or list(known.values())
    found = [(template, fault) for template in wanted for fault in faults(template)]
    for template, fault in found:
        sentence = words.say("templates", fault.code, **fault.params)
        if as_json:
            print_json(_fault(template, fault, sentence))
        else:
            click.echo(
                say(
                    "template-fault-grave" if fault.grave else "template-fault", id=template.id, said=sentence
                )
            )
    if not found and not as_json:
        click.echo(say("templates-sound", n=len(wanted)))
    harmed = bool(known.damaged) and not templates
    if not templates:
        _tell_damaged(known)
    return int(harmed or any(fault.grave for _, fault in found))


def _fault(template: Template, fault: Fault, sentence: str) -> dict[str, Any]:
    return {
        "template": template.id,
        "field": fault.field or None,
        "code": fault.code,
        "grave": fault.grave,
        "message": sentence,
    }


@template_command.command("blank")
@click.argument("template", metavar="ID")
@click.argument("out", metavar="OUT.docx", type=_FILE)
@click.option(
    "--language",
    type=click.Choice(words.languages()),
    default=words.OUTSIDE,
    help="The language of the form.",
)
def _blank(template: str, out: Path, language: str) -> None:
    """Write the blank Word file of a template."""
    from workbench.desk.templates import templates

    chosen = _read(template)
    _write(out, templates.blank(chosen, language))
    click.echo(say("blank-written", label=chosen.label, file=out))


@template_command.command("copy")
@click.argument("template", metavar="ID")
@click.argument("name", metavar="NEW-ID")
@click.option("--label", help="What people call the copy.")
@json_option
def _copy(template: str, name: str, label: str | None, as_json: bool) -> None:
    """Keep a copy of a template as one of your own, to be changed."""
    from workbench.desk.templates import templates

    chosen = _template(template)
    if name in _templates():
        raise WrongUsage("template-taken", template=name)
    with the_desk() as desk:
        kept = templates.save(desk, templates.copied(chosen, name, label or chosen.label))
    _print_kept(kept, as_json)


@template_command.command("edit")
@click.argument("file", metavar="FILE.toml", type=_FILE)
@json_option
def _edit(file: Path, as_json: bool) -> None:
    """Keep the template in a TOML file in place of that of its id; its version is raised where its questions changed.

    `template toml ID` writes one to begin with.
    """
    from workbench.desk.templates import templates

    changed = read(file)
    with the_desk() as desk:
        kept = templates.save(desk, changed)
    _print_kept(kept, as_json)


@template_command.command("toml")
@click.argument("template", metavar="ID")
def _toml(template: str) -> None:
    """Write a template as TOML, to be changed and given to `template edit`."""
    click.echo(dumps(_template(template)), nl=False)


@template_command.command("remove")
@click.argument("template", metavar="ID")
@json_option
def _remove(template: str, as_json: bool) -> None:
    """Take away a template of your own; what came in under it is shown as before."""
    from workbench.desk.templates import templates

    label = _template(template).label
    with the_desk() as desk:
        templates.remove(desk, template)
    if as_json:
        print_json({"removed": template})
    else:
        click.echo(say("template-removed", label=label))


@template_command.command("learn")
@click.argument("files", metavar="FILE.docx...", nargs=-1, required=True, type=_FILE)
@click.option("--id", "name", help="The id of the template, instead of one made of the form's title.")
@click.option("--label", help="What people call the template, instead of the form's title.")
@click.option("--out", type=_FILE, help="Write the TOML to this file instead of stdout.")
@click.option("--save", is_flag=True, help="Keep the template in the workspace.")
@json_option
def _learn(
    files: tuple[Path, ...], name: str | None, label: str | None, out: Path | None, save: bool, as_json: bool
) -> int:
    """Draft a template from a Word form, or from several filled-in forms of one kind."""
    from dataclasses import replace

    from workbench.desk.templates import templates

    known = _templates()
    if save and name in known:
        raise WrongUsage("template-taken", template=name)
    learned = templates.learn(files, known)
    template = learned.template
    template = replace(template, id=name or template.id, label=label or template.label)
    learned = replace(learned, template=template)
    if save:
        with the_desk() as desk:
            learned = replace(learned, template=templates.save(desk, template))
    if out:
        _write(out, dumps(template, templates.remarks(learned)).encode())
    if as_json:
        print_json(_learned_line(learned, saved=save))
    elif out is None and not save:
        click.echo(dumps(template, templates.remarks(learned)), nl=False)
    else:
        click.echo(say("template-learned", label=template.label, n=len(template.fields)))
    for sentence in learned.unread if not as_json else ():
        click.echo(sentence, err=True)
    return int(not template.fields)


def _learned_line(learned: Learned, *, saved: bool) -> dict[str, Any]:
    from workbench.desk.templates import templates

    return {
        "template": learned.template,
        "toml": dumps(learned.template, templates.remarks(learned)),
        "taken": learned.taken,
        "meanings": learned.meanings,
        "choices": learned.choices,
        "doubts": learned.doubts,
        "filled": learned.filled,
        "saved": saved,
    }


@template_command.command("test")
@click.argument("template", metavar="ID|FILE.toml")
@click.argument("files", metavar="FILE.docx...", nargs=-1, required=True, type=_FILE)
@json_option
def _test(template: str, files: tuple[Path, ...], as_json: bool) -> int:
    """Show what of Word files a template would place, and what it would not."""
    from workbench.desk.templates import trying

    chosen = _read(template)
    trial = trying.try_files(chosen, files)
    for each in trial.files:
        if as_json:
            print_json(each)
        else:
            _print_tested(chosen, each)
    return int(bool(trial.refused))


def _print_tested(template: Template, each: FileTrial) -> None:
    if each.error:
        click.echo(each.error.message, err=True)
        return
    click.echo(say("template-tested", file=each.file, n=len(each.answers), of=len(template.fields)))
    for name, answer in each.answers.items():
        click.echo(say("template-tested-answer", label=template.by_id[name].label, said=answer))
    for one in each.fields:
        click.echo(say("template-tested-unplaced", said=one.before))


@template_command.command("try")
@click.argument("template", metavar="ID|FILE.toml")
@click.option(
    "--of", default="", metavar="ID", help="On the submissions under this template instead of its own."
)
@json_option
def _try(template: str, of: str, as_json: bool) -> None:
    """Show what a template would place differently of all that came in. Nothing is changed."""
    from workbench.desk.templates import trying

    chosen = _read(template)
    with the_desk() as desk, progress() as report:
        trial = trying.dry_run(desk, chosen, report, of=of)
    if as_json:
        print_json(_trial(trial))
        for each in (*trial.differing, *trial.refused):
            print_json(each)
        return
    _print_trial(trial)


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "template": trial.template.id,
        "of": trial.of,
        "tried": trial.tried,
        "differing": len(trial.differing),
        "without_file": trial.without_file,
        "refused": len(trial.refused),
        "counts": trial.counts,
    }


def _print_trial(trial: Trial) -> None:
    counts = trial.counts
    click.echo(say("template-tried", n=trial.tried, of=trial.of, differing=len(trial.differing), **counts))
    for each in trial.differing:
        click.echo(f"\n{each.submission}  {each.title}")
        for one in each.fields:
            by_hand = say("template-agrees" if one.agrees else "template-disagrees") if one.by_hand else ""
            what = say(f"trial-{one.what}", label=one.label, to=_label(trial.template, one.to))
            click.echo("  " + " ".join(filter(None, (what, by_hand))))
            click.echo(f"    {one.before or one.after}")
    for each in trial.refused:
        click.echo(each.error.message if each.error else "", err=True)


def _label(template: Template, name: str) -> str:
    return template.by_id[name].label if name in template.by_id else name


@template_command.command("health")
@click.argument("template", metavar="ID")
@click.option("--version", type=click.IntRange(1), default=None, help="Of this version alone.")
@click.option("--council", default="", help="Of this council alone, as the queue names it.")
@json_option
def _health(template: str, version: int | None, council: str, as_json: bool) -> None:
    """Show how the questions of a template fare, the one that fails most first."""
    from workbench.desk.templates import health

    with the_desk() as desk:
        found = health.health(desk, template, version or 0, council)
    if as_json:
        print_json(_health_line(found))
        for question in found.questions:
            print_json(_question_line(question))
        return
    _print_health(found)


def _health_line(found: Health) -> dict[str, Any]:
    return {
        "template": found.template.id,
        "submissions": found.submissions,
        "of": found.of,
        "versions": {str(version): count for version, count in found.versions.items()},
        "councils": found.councils,
        "unplaced": found.unplaced,
        "few": found.few,
    }


def _question_line(question: QuestionHealth) -> dict[str, Any]:
    from dataclasses import fields

    line = {each.name: getattr(question, each.name) for each in fields(question)}
    return line | {"share": round(question.share, 4), "few": question.few}


def _print_health(found: Health) -> None:
    if found.few:
        tell("health-few", n=found.submissions)
    rows = (
        (q.label, f"{q.failing}/{q.asked}", f"{q.share:.0%}", ", ".join(_ways(q)) or "–")
        for q in found.questions
    )
    print_table(heads("health-head"), rows)


def _ways(question: QuestionHealth) -> list[str]:
    return [say(f"health-{way}", n=n) for way, n in question.why]


@template_command.command("learned")
@json_option
def _learned(as_json: bool) -> None:
    """The headings that editors have taught, by placing passages."""
    from workbench.desk.editing import placing

    with the_desk() as desk:
        learned = placing.learned(desk)
    if as_json:
        for template, heading, field in learned:
            print_json({"template": template, "heading": heading, "field": field})
        return
    print_table(heads("learned-head"), learned)


@template_command.command("forget")
@click.argument("template", metavar="ID")
@click.argument("heading")
@json_option
def _forget(template: str, heading: str, as_json: bool) -> None:
    """Forget what a heading was taught to mean."""
    from workbench.desk.editing import placing

    with the_desk() as desk:
        print_changed(placing.forget(desk, template, heading), as_json)


def _templates() -> Templates:
    """The shipped templates, and those of the workspace where there is one."""
    from workbench.desk.templates import templates

    return templates.templates(workspace())


def _template(name: str) -> Template:
    from workbench.desk.templates import templates

    return templates.of_id(_templates(), name)


def _read(name: str) -> Template:
    """The template of that id, or in that TOML file."""
    return read(Path(name)) if name.endswith(".toml") else _template(name)


def _print_kept(kept: Template, as_json: bool) -> None:
    if as_json:
        print_json({"id": kept.id, "version": kept.version, "label": kept.label})
    else:
        click.echo(say("template-kept", label=kept.label, version=kept.version))


def _tell_damaged(known: Templates) -> None:
    for each in known.damaged:
        tell("template-left-out", file=each.path.name, reason=each.reason)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise SurroundingsFailed("cannot-write", file=path, reason=error.strerror or error) from error

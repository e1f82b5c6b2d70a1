"""`template`: what submissions must contain, and the Word files made from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from workbench.cli.desks import the_desk, workspace
from workbench.cli.output import heads, json_option, print_changed, print_json, print_table, say
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.template import Template


@click.group("template")
def template_command() -> None:
    """The templates that councils fill in."""


@template_command.command("list")
@json_option
def _list(as_json: bool) -> None:
    """The templates there are."""
    templates = _templates().values()
    if as_json:
        for t in templates:
            print_json(
                {"id": t.id, "version": t.version, "label": t.label, "fields": [f.id for f in t.fields]}
            )
        return
    print_table(heads("templates-head"), ((t.id, t.version, len(t.fields), t.label) for t in templates))


@template_command.command("show")
@click.argument("template", metavar="ID")
@json_option
def _show(template: str, as_json: bool) -> None:
    """The fields of a template."""
    shown = _template(template)
    if as_json:
        print_json(shown)
        return
    click.echo(
        say("template", id=shown.id, version=shown.version, label=shown.label, description=shown.description)
    )
    for field in shown.fields:
        click.echo(say("template-field", id=field.id, label=field.label, guidance=field.guidance))


@template_command.command("blank")
@click.argument("template", metavar="ID")
@click.argument("out", metavar="OUT.docx", type=click.Path(path_type=Path, dir_okay=False))
def _blank(template: str, out: Path) -> None:
    """Write the blank Word file of a template."""
    from workbench.desk.office import templates

    chosen = _template(template)
    data = templates.blank(chosen)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise SurroundingsFailed("cannot-write", file=out, reason=error.strerror or error) from error
    click.echo(say("blank-written", label=chosen.label, file=out))


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


def _templates() -> Mapping[str, Template]:
    """The shipped templates, and those of the workspace where there is one."""
    from workbench.desk.office import templates

    return templates.templates(workspace())


def _template(name: str) -> Template:
    templates = _templates()
    if name not in templates:
        raise WrongUsage("unknown-template", template=name, known=", ".join(templates))
    return templates[name]

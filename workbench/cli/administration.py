"""`catalogue`: the administrator's part of the shared database."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from workbench import words
from workbench.cli import SOME_REFUSED, SURROUNDINGS_FAILED
from workbench.cli.desks import catalogue_url
from workbench.cli.output import heads, json_option, print_json, print_table, say
from workbench.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.publication import Outcome, Publication


@click.group("catalogue")
def catalogue_command() -> None:
    """The shared database of published studies."""


@catalogue_command.command("init")
def _init() -> None:
    """Make the tables in an empty database; an existing catalogue is left as it is."""
    from workbench.desk.catalogue import administration

    created = administration.init(catalogue_url())
    click.echo(say("catalogue-created" if created else "catalogue-exists"))


@catalogue_command.command("upgrade")
def _upgrade() -> None:
    """Bring the database to the form that this program knows."""
    from workbench.desk.catalogue import administration

    upgraded = administration.upgrade(catalogue_url())
    click.echo(say("catalogue-upgraded" if upgraded else "catalogue-current"))


@catalogue_command.command("status")
@json_option
def _status(as_json: bool) -> int:
    """Whether the database can be reached, its form, and how much stands in it."""
    from workbench.desk.catalogue import administration

    status = administration.status(catalogue_url())
    if as_json:
        print_json(status)
    elif status.reachable:
        counted = not status.reason or status.audit == "broken"
        click.echo(say("catalogue-status" if counted else "catalogue-status-form", **asdict(status)))
        if status.role:
            click.echo(
                say(f"catalogue-policy-{status.policy}", n=status.proposals)
                + " "
                + say("catalogue-role", role=status.role)
            )
        if status.audit == "whole":
            click.echo(say("catalogue-audit-whole"))
    if status.reason:
        click.echo(status.reason, err=True)
    return 0 if status.reachable and status.audit != "broken" else SURROUNDINGS_FAILED


@catalogue_command.command("grant")
@click.argument("login")
@click.argument("role", type=click.Choice(["reader", "editor", "publisher", "admin", "none"]))
def _grant(login: str, role: str) -> None:
    """Give a LOGIN of the database server this role and no other; none takes all."""
    from workbench.desk.catalogue import administration

    administration.grant(catalogue_url(), login, role)
    click.echo(
        say("catalogue-granted-none" if role == "none" else "catalogue-granted", login=login, role=role)
    )


@catalogue_command.command("policy")
@click.argument("becomes", type=click.Choice(["self", "second-person"]), required=False)
@json_option
def _policy(becomes: str | None, as_json: bool) -> None:
    """Whether one person publishes, or a second must approve; changed where one is named."""
    from workbench.desk.catalogue import administration

    if becomes:
        administration.set_policy(catalogue_url(), becomes)
    stands = becomes or administration.policy(catalogue_url())
    if as_json:
        print_json({"policy": stands})
    else:
        waiting = administration.status(catalogue_url(), audit=False).proposals
        click.echo(say(f"catalogue-policy-{stands}", n=waiting))


@catalogue_command.command("password")
@click.option("--forget", is_flag=True, help="Keep none any more.")
def _password(forget: bool) -> None:
    """Keep the password of the address's login in this computer's keyring; it is asked for, and not shown."""
    from workbench.desk.catalogue import administration

    password = "" if forget else click.prompt(say("password-prompt"), hide_input=True, err=True)
    administration.keep_password(catalogue_url(), password)
    click.echo(say("password-forgotten" if forget else "password-kept"))


@catalogue_command.command("redact")
@click.argument("study")
@click.option("--field", "fields", multiple=True, required=True, help="A personal field, such as contact.")
@click.option("--reason", required=True, help="Why, for the audit; do not name the person.")
@json_option
def _redact(study: str, fields: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Empty what is personal in a STUDY, by its UUID, in all its versions; for good, and on every desk that pulls."""
    from workbench.desk.catalogue import administration

    outcome = administration.redact(catalogue_url(), study, fields, reason)
    if as_json:
        print_json(outcome)
    else:
        click.echo(say(f"catalogue-{outcome.result}", fields=", ".join(fields)))


@catalogue_command.command("proposals")
@click.argument("publication", required=False)
@click.option("--all", "settled", is_flag=True, help="Those decided on as well.")
@json_option
def _proposals(publication: str | None, settled: bool, as_json: bool) -> None:
    """The studies that wait for a second person; with a PUBLICATION what would be published."""
    from workbench.desk.catalogue import administration

    if publication:
        _print_proposed(administration.proposed(catalogue_url(), publication), as_json)
        return
    waiting = administration.proposals(catalogue_url(), settled=settled)
    if as_json:
        for proposal in waiting:
            print_json(proposal)
        return
    rows = [
        (
            each.publication,
            each.state,
            each.proposed_by,
            f"{each.proposed_at.astimezone():%Y-%m-%d %H:%M}",
            each.title,
        )
        for each in waiting
    ]
    print_table(heads("proposals-head"), rows)


def _print_proposed(publication: Publication, as_json: bool) -> None:
    from workbench import richtext

    if as_json:
        print_json(publication)
        return
    click.echo(f"{publication.title}\n\n{publication.summary}")
    for field in publication.fields:
        click.echo(f"\n{field.label}\n{richtext.plain(richtext.from_html(field.html))}")


_publications = click.argument("publications", nargs=-1, required=True, metavar="PUBLICATION...")


@catalogue_command.command("approve")
@_publications
@json_option
def _approve(publications: tuple[str, ...], as_json: bool) -> int:
    """Publish what somebody else proposed."""
    from workbench.desk.catalogue import administration

    return _decided(publications, administration.approve, as_json)


@catalogue_command.command("decline")
@_publications
@click.option("--reason", required=True, help="What the proposer is told.")
@json_option
def _decline(publications: tuple[str, ...], reason: str, as_json: bool) -> int:
    """Send what somebody else proposed back to them."""
    from workbench.desk.catalogue import administration

    return _decided(publications, partial(administration.decline, reason=reason), as_json)


@catalogue_command.command("revoke")
@_publications
@json_option
def _revoke(publications: tuple[str, ...], as_json: bool) -> int:
    """Take back what you proposed yourself."""
    from workbench.desk.catalogue import administration

    return _decided(publications, administration.revoke, as_json)


_ENDED = {"proposal-declined": "decided-declined", "proposal-revoked": "decided-revoked"}
"""What is said of a proposal that ended without being published, by the code of its outcome."""


def _decided(publications: Sequence[str], decide: Callable[[str, str], Outcome], as_json: bool) -> int:
    """Decides on each proposal; one that is refused takes no other along."""
    refused = False
    for publication in publications:
        try:
            outcome = decide(catalogue_url(), publication)
        except Refused as refusal:
            click.echo(words.explain(refusal), err=True)
            refused = True
            continue
        refused |= outcome.result == "conflict"
        if as_json:
            print_json(outcome)
        else:
            told = _ENDED.get(outcome.code, f"decided-{outcome.result}")
            click.echo(say(told, publication=publication, version=outcome.version, reason=outcome.reason))
    return SOME_REFUSED if refused else 0

"""The administrator's part: the shared database made, brought up to date, looked at, and its rights given; and the
second person's, who approves what another proposed."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.desk.desk import login
from workbench.desk.rows import CatalogueStatus
from workbench.errors import Refused
from workbench.publication import Outcome, Proposal, Publication


def init(address: str) -> bool:
    """Makes the catalogue at that address; whether it had to be made.

    Raises `SurroundingsFailed`: `catalogue-unreachable`, `-occupied`, `-forbidden`; WrongUsage("catalogue-address").
    """
    from workbench import catalogue

    return catalogue.init(address).did == "created"


def upgrade(address: str) -> bool:
    """Brings the catalogue at that address up to this program's form; whether it had to be changed.

    Raises `SurroundingsFailed`: `catalogue-unreachable`, `-uninitialised`, `-newer`, `-forbidden`.
    """
    from workbench import catalogue

    return catalogue.upgrade(address).did == "upgraded"


def status(address: str, *, audit: bool = True) -> CatalogueStatus:
    """How the catalogue at that address stands, also where it cannot be reached: then `reason` says why.

    Without `audit` it is not looked whether the audit is whole: for who asks again and again.
    """
    from workbench import catalogue

    standing = catalogue.status(address, audit=audit)
    return CatalogueStatus(**{name: getattr(standing, name) for name in CatalogueStatus.__dataclass_fields__})


def grant(address: str, login: str, role: str) -> None:
    """Gives a login a role (reader, editor, publisher, admin) and no other; `none` takes all.

    Raises Refused: `login-unknown`, `own-role`, `roles-need-logins`; SurroundingsFailed("catalogue-forbidden").
    """
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        shared.grant(login, role)


def policy(address: str) -> str:
    """`self` where an editor publishes alone, `second-person` where another login must approve."""
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        return shared.policy()


def set_policy(address: str, becomes: str) -> None:
    """Changes the policy. Raises Refused("policy-needs-logins"), SurroundingsFailed("catalogue-forbidden")."""
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        shared.set_policy(becomes)


def proposals(address: str, *, settled: bool = False) -> tuple[Proposal, ...]:
    """The studies that wait for a second person, oldest first; with `settled` those decided on as well."""
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        return shared.proposals(settled=settled)


def proposed(address: str, publication: str) -> Publication:
    """What was proposed, as it would be published. Raises Refused("proposal-unknown")."""
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        return shared.proposed(publication)


def approve(address: str, publication: str) -> Outcome:
    """Publishes what another login proposed. Raises Refused: `proposal-unknown`, `proposal-own`."""
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        return shared.approve(publication)


def decline(address: str, publication: str, reason: str) -> Outcome:
    """Sends a proposal of another login back. Raises Refused: `reason-needed`, `proposal-unknown`, `proposal-own`."""
    from workbench import catalogue

    if not reason.strip():
        raise Refused("reason-needed")
    with catalogue.open_catalogue(address) as shared:
        return shared.decline(publication, reason.strip())


def revoke(address: str, publication: str) -> Outcome:
    """Takes an own proposal back. Raises Refused: `proposal-unknown`, `proposal-not-yours`."""
    from workbench import catalogue

    with catalogue.open_catalogue(address) as shared:
        return shared.revoke(publication)


def redact(address: str, study: str, fields: Sequence[str], reason: str) -> Outcome:
    """Empties personal fields of a published study in all its versions for good; desks follow with their next pull.

    Redacted, or unchanged where there was nothing to empty. Raises Refused: reason-needed, study-unknown;
    `SurroundingsFailed("catalogue-forbidden")` for a login that is no admin.
    """
    from workbench import catalogue

    if not reason.strip():
        raise Refused("reason-needed")
    with catalogue.open_catalogue(address) as shared:
        outcome = shared.redact(study, fields, reason.strip(), login() or "?")
    if outcome.result == "failed":
        raise Refused(outcome.code, study=study)
    return outcome


def keep_password(address: str, password: str) -> None:
    """Keeps the password of the address's login in the operating system's keyring; "" forgets it.

    Raises `WrongUsage("catalogue-address")`, SurroundingsFailed("no-keyring").
    """
    from workbench import catalogue

    catalogue.keep_password(address, password)

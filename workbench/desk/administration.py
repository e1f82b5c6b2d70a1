"""The administrator's part: the shared database made, brought up to date, and looked at."""

from __future__ import annotations

from workbench.desk.rows import CatalogueStatus


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


def status(address: str) -> CatalogueStatus:
    """How the catalogue at that address stands, also where it cannot be reached: then `reason` says why."""
    from workbench import catalogue

    standing = catalogue.status(address)
    return CatalogueStatus(**{name: getattr(standing, name) for name in CatalogueStatus.__dataclass_fields__})

"""The catalogue: the shared database of published studies, PostgreSQL for a team, SQLite for one person.

`open_catalogue` gives a `Catalogue`, the only door: publications go in, studies come out, and no row leaves this
room. `sending` holds the rules of publishing, free of any database; `publishing` carries out a batch. On PostgreSQL
the database itself keeps rules and rights: `server` stages what is sent and calls the functions that the migrations
made (`migrations/sql`), under the roles of `roles`. On SQLite `embedded` does the same in Python, with `writing`.
`reading` knows the tables of both, `chain` the digests that tie the audit together, `proposals` what waits for a
second person. `thesaurus` reads the vocabulary and what studies are filed under, `foreseeing` works out what a change
of it would do, `amending` does it, `coining` keeps the terms that editors ask for. `schema` makes, upgrades and looks
at a catalogue for its administrator.
"""

from workbench.catalogue.address import keep_password
from workbench.catalogue.catalogue import Catalogue, open_catalogue
from workbench.catalogue.schema import Standing, init, status, upgrade

__all__ = ["Catalogue", "Standing", "init", "keep_password", "open_catalogue", "status", "upgrade"]

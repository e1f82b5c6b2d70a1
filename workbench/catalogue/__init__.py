"""The catalogue: the shared database of published studies, PostgreSQL for a team, SQLite for one person.

`open_catalogue` gives a `Catalogue`, the only door: publications go in, studies come out, and no row leaves this
room. `sending` holds the rules of publishing, free of any database; `publishing` carries them out in transactions;
`writing` and `reading` know the tables. `schema` makes, upgrades and looks at a catalogue for its administrator.
"""

from workbench.catalogue.catalogue import Catalogue, open_catalogue
from workbench.catalogue.schema import Standing, init, status, upgrade

__all__ = ["Catalogue", "Standing", "init", "open_catalogue", "status", "upgrade"]

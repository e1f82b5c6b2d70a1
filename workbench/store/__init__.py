"""The desk's own database: one SQLite file that is always at hand.

Only this room and the catalogue know SQL. `Store` opens the file and gives out transactions; the modules beside it
read and write rows inside one and return frozen dataclasses. Whatever SQLite or the disk says against it leaves this
room as `SurroundingsFailed`.
"""

from workbench.store.opening import Store, open_store

__all__ = ["Store", "open_store"]

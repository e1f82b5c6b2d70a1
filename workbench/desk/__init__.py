"""The editor's verbs: the only door for the window and the command.

`open_desk` opens a workspace. The verbs are functions, one module for each stage of a submission's life:
`arrivals`, `queue`, `filters`, `study`, `review`, `tagging`, `decisions`, `history`, `versions`, `publishing`,
`browsing`, `exporting`; `actions` holds what can be done to several at once, to be foreseen as well as done.
Each takes the desk first, returns plain rows, and raises `Refused` where it declines. What changes something
returns `Changed`, which says what to look at again; `changing` is how each of them writes: one edit, one
transaction, one line in the journal.
"""

from workbench.desk.desk import Desk, open_desk, read_ahead

__all__ = ["Desk", "open_desk", "read_ahead"]

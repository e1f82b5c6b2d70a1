"""What can go wrong, as types: what the world did, and what we did.

A `WorldError` is somebody else's doing (a file, the network, a database, a missing right). It carries a
code and parameters; `workbench.words` turns them into one sentence that ends with what to do next.
A `Bug` is ours: it is reported with details to copy, and never swallowed.
"""

from __future__ import annotations

from typing import Any


class WorldError(Exception):
    """Something outside the program prevented the work.

    `code` names the sentence in `resources/words` (lower case with hyphens, such as `password-protected`);
    `params` fill it. `str()` of the error is for logs only; people are shown `words.explain(error)`.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({details})"


class Refused(WorldError):
    """One item (a file, a submission, an edit) is declined; its neighbours go on. Exit status 1."""


class WrongUsage(WorldError):
    """The request itself makes no sense: an unknown id, option or template. Exit status 2."""


class SurroundingsFailed(WorldError):
    """The database, the disk or the rights failed, so that nothing more can be done. Exit status 3."""


class Bug(Exception):
    """A promise inside the program was broken. Reported with details, never shown as the editor's fault."""

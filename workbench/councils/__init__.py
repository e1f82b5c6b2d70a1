"""The councils: the register of authorities, and finding them in what people write.

`register()` is the register that travels with the program. `Register.recognise` finds the councils a text
names, `Register.in_field` reads a field that holds nothing but names. Where a name could mean several
councils all of them are returned with close scores: the editor is asked, nothing is guessed.
"""

from __future__ import annotations

from workbench.councils.register import Register, register
from workbench.councils.roll import Council, CouncilMatch, MatchKind

__all__ = ["Council", "CouncilMatch", "MatchKind", "Register", "register"]

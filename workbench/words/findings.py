"""What a check said, in the language that is spoken.

Findings are kept in English, in which councils are asked about them; here they are said again to whoever reads them
at this desk. A check whose words the office has changed keeps those.
"""

from __future__ import annotations

from collections.abc import Mapping

import resources
from workbench.words.sentences import retold
from workbench.words.speaking import FALLBACK, spoken


def finding(check: str, message: str) -> str:
    """The message of a check, such as `STR-01`, said again; as it is where it cannot be."""
    return message if spoken() == FALLBACK else retold("checks", check, message, _originals(check))


def _originals(check: str) -> Mapping[str, str]:
    """The English sentences of a check, by case; "" is the usual one."""
    entry = resources.toml("checks.toml")["checks"].get(check)
    return {"": entry["message"], **entry.get("messages", {})} if entry else {}

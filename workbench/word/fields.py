"""Complex fields: what of them is code, what is result, and where a hyperlink field leads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.richtext import safe_link

_ARGUMENT = re.compile(r'"([^"]*)"|(\\\S)|(\S+)')


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list[str])
    in_code: bool = True
    href: str | None = None
    contents: bool = False


class Fields:
    """The fields that are open at a place of a story, innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.any_open = False
        self.in_code = False
        self.in_contents = False
        self.href: str | None = None

    def begin(self) -> None:
        """A field opens with its code."""
        self._open.append(_Field())
        self._settle()

    def code(self, text: str) -> None:
        """Part of the innermost field's code."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code.append(text)

    def separate(self) -> str | None:
        """The code of the innermost field ends, its result begins. Returns an address it names that is no link."""
        dropped = None
        if self._open:
            innermost = self._open[-1]
            innermost.in_code = False
            code = "".join(innermost.code)
            innermost.contents = is_contents_code(code)
            address = link_of(code)
            innermost.href = usable(address)
            dropped = address if address and not innermost.href else None
        self._settle()
        return dropped

    def end(self) -> None:
        """The innermost field closes."""
        if self._open:
            self._open.pop()
        self._settle()

    def _settle(self) -> None:
        self.any_open = bool(self._open)
        self.in_code = any(each.in_code for each in self._open)
        self.in_contents = any(each.contents for each in self._open)
        self.href = next((each.href for each in reversed(self._open) if each.href), None)


def is_contents_code(code: str) -> bool:
    """Whether a field's result is a table of contents, which repeats what stands elsewhere."""
    return code.split()[:1] == ["TOC"]


def link_of(code: str) -> str | None:
    """The address in the code of a HYPERLINK field; None for other fields and for places in the document."""
    arguments = _ARGUMENT.findall(code)
    if not arguments or arguments[0][2].upper() != "HYPERLINK":
        return None
    taken = False
    for quoted, switch, bare in arguments[1:]:
        if switch:
            taken = switch.lower() in ("\\l", "\\o", "\\t", "\\s")
        elif taken:
            taken = False
        else:
            return quoted or bare or None
    return None


def usable(address: str | None) -> str | None:
    """The address a reader may be sent to, or None: web, mail and telephone only."""
    if address and address.lower().startswith("www."):
        address = "http://" + address
    return safe_link(address)

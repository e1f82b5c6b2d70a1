"""Complex fields: what of them is code, what is result, and where a hyperlink field leads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.richtext import safe_link

_ARGUMENT = re.compile(r'"([^"]*)"|(\\\S)|(\S+)')


@dataclass(slots=True)
class _Field:
    """An open field. `href` is where its words lead, a field around it included."""

    href: str | None
    code: list[str] = field(default_factory=list[str])
    in_code: bool = True
    contents: bool = False


class Fields:
    """The fields that are open at a place of a story, innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._codes = 0
        self._contents = 0

    @property
    def any_open(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._open)

    @property
    def in_code(self) -> bool:
        """Whether words here are part of a field's code."""
        return self._codes > 0

    @property
    def in_contents(self) -> bool:
        """Whether words here are part of a table of contents."""
        return self._contents > 0

    @property
    def href(self) -> str | None:
        """Where words here lead."""
        return self._open[-1].href if self._open else None

    def begin(self) -> None:
        """A field opens with its code."""
        self._open.append(_Field(self.href))
        self._codes += 1

    def code(self, text: str) -> None:
        """Part of the innermost field's code."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code.append(text)

    def separate(self) -> str | None:
        """The code of the innermost field ends, its result begins. Returns an address it names that is no link."""
        if not self._open or not self._open[-1].in_code:
            return None
        innermost, code = self._open[-1], "".join(self._open[-1].code)
        innermost.in_code, innermost.contents = False, is_contents_code(code)
        self._codes -= 1
        self._contents += innermost.contents
        address = link_of(code)
        innermost.href = usable(address) or innermost.href
        return address if address and usable(address) is None else None

    def end(self) -> None:
        """The innermost field closes."""
        if self._open:
            closed = self._open.pop()
            self._codes -= closed.in_code
            self._contents -= closed.contents


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

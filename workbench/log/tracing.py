"""An error as it may be kept and sent: what it is and where it arose, and of what it says only words of programs.

Of a message those words are kept that stand in the code which raised it, or that Python and the databases use of
themselves (`terms`): what an error was about is in neither.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from types import CodeType, TracebackType
from typing import Any, cast

from workbench.errors import WorldError
from workbench.log import scrubbing
from workbench.log.terms import TERMS

MOST_FRAMES, MOST_ERRORS, MOST_LETTERS = 30, 6, 2_000

_CODE = re.compile(r"[a-z][a-z0-9-]{0,40}")
_TOKEN = re.compile(r"‹[^‹›]*›|\w+|[^\w\s]+|\s+")
_DIAGNOSED = ("constraint_name", "table_name", "column_name", "datatype_name")


def told(error: BaseException) -> str:
    """An error and what led to it, the first cause first: type, what may be said of it, its places in the code."""
    parts = [_one(each) for each in reversed(list(_chain(error)))]
    return "\nled to\n".join(parts)


def _chain(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    for _ in range(MOST_ERRORS):
        if at is None:
            return
        yield at
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _one(error: BaseException) -> str:
    said = headline(error)
    return "\n".join((said, *(f"  {each}" for each in places(error.__traceback__))))


def headline(error: BaseException) -> str:
    """The type of an error and what may be said of it, on one line."""
    kind = type(error)
    named = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return ": ".join(filter(None, (named, " ".join(_said(error).split()))))


def places(trace: TracebackType | None) -> list[str]:
    """Where an error passed, outermost first; of very many the first and the last."""
    frames = [
        f"{scrubbing.place(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
    if len(frames) <= MOST_FRAMES:
        return frames
    return [*frames[:5], f"… {len(frames) - MOST_FRAMES} more", *frames[5 - MOST_FRAMES :]]


def _said(error: BaseException) -> str:
    if isinstance(error, WorldError):
        params = (f"{name}={_param(value)}" for name, value in error.params.items())
        return f"{error.code}({', '.join(params)})"
    if isinstance(error, UnicodeError):
        return " ".join(_parts(error, "encoding", "reason", "start", "end"))
    if isinstance(error, OSError) and error.errno is not None:
        return f"errno={error.errno} {filtered(error.strerror or '')} {_file(error)}".strip()
    if (original := getattr(error, "orig", None)) is not None:
        return headline(original)
    return " ".join((*_diagnosed(error), filtered(_message(error), _of_code(error.__traceback__))))


def _param(value: object) -> str:
    """What fills a sentence, where it is a number or one of our codes; else how long it is."""
    if value is None or isinstance(value, bool | int | float):
        return str(value)
    text = str(value)
    if re.search(r"[/\\]|\.\w{2,5}$", text) and not re.search(r"\n", text) and len(text) < 400:
        return scrubbing.named(text)
    words = filtered(text, frozenset())
    return words if words and "…" not in words else f"‹{len(text)} characters›"


def _parts(error: BaseException, *names: str) -> list[str]:
    return [f"{name}={value}" for name in names if isinstance(value := getattr(error, name, None), str | int)]


def _file(error: OSError) -> str:
    return scrubbing.named(str(error.filename)) if isinstance(error.filename, str) else ""


def _diagnosed(error: BaseException) -> Iterator[str]:
    """What PostgreSQL and SQLite say of an error in names of the schema, which hold nothing of what is stored."""
    for name in ("sqlstate", "sqlite_errorname"):
        if isinstance(value := getattr(error, name, None), str):
            yield f"{name}={value}"
    diagnosed = cast("Any", getattr(error, "diag", None))
    for name in _DIAGNOSED if diagnosed is not None else ():
        if isinstance(value := getattr(diagnosed, name, None), str) and re.fullmatch(
            r"[a-z0-9_]{1,60}", value
        ):
            yield f"{name}={value}"


def _message(error: BaseException) -> str:
    """The first line of what an error says."""
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    try:
        said = primary if isinstance(primary, str) else str(error)
    except Exception:
        return ""
    return said[:MOST_LETTERS].split("\nDETAIL", 1)[0]


def filtered(message: str, known: frozenset[str] = frozenset()) -> str:
    """`message` with only those words that are known, or words of programs; … for the others."""
    kept = "".join(_kept(token, known) for token in _TOKEN.findall(scrubbing.numbers(message[:MOST_LETTERS])))
    return re.sub(r"…(?:[\s\W]*…)+", "…", re.sub(r"(?<!\w)(?:\d+\W+)+\d+(?!\w)", "…", kept)).strip()


def _kept(token: str, known: frozenset[str]) -> str:
    if token.isspace() or not re.match(r"\w", token):
        return token if len(token) < 4 or scrubbing.MARK.fullmatch(token) else "…"
    return token if token in TERMS or token in known or re.fullmatch(r"[0-9]{1,4}", token) else "…"


def _of_code(trace: TracebackType | None) -> frozenset[str]:
    """Every name and every word of a text in the code that an error passed through."""
    codes = {frame.f_code for frame, _ in traceback.walk_tb(trace)}
    return frozenset(word for code in codes for word in _of_one(code))


def _of_one(code: CodeType) -> Iterator[str]:
    yield from (*code.co_names, *code.co_varnames)
    for constant in code.co_consts:
        for text in cast("tuple[object, ...]", constant) if isinstance(constant, tuple) else (constant,):
            if isinstance(text, str):
                yield from re.findall(r"\w+", text)

"""A text file written whole or not at all, however the program ends."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path


def write(path: Path, text: str, *, errors: str = "strict") -> None:
    """Puts a file with this text, readable by its owner alone, in the place of what stood there.

    It is finished beside it, in a file whose name ends in `.draft`. Raises OSError; UnicodeEncodeError as `errors`
    say.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.draft")
    data = text.encode("utf-8", errors)
    try:
        with open(draft, "wb", opener=_private) as file:
            file.write(data)
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

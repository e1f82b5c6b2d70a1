"""Writes what Windows shows of the executables, with the version in it.

python build_spec/windows/make_version.py FILE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import contents  # noqa: E402


def main(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(filled((HERE / "version.txt").read_text("utf-8"), contents.version()), "utf-8")


def filled(text: str, version: str) -> str:
    """The text with the version, and with its four numbers as Windows counts."""
    numbers = [*re.findall(r"\d+", version.split("+", maxsplit=1)[0])[:3], "0", "0", "0", "0"][:4]
    return text.replace("@NUMBERS@", ", ".join(numbers)).replace("@VERSION@", version)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How long a start takes: the command beside a bare interpreter, the window beside its unavoidable imports."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import interleaved, report, spin

ROOT = Path(__file__).parent.parent


def run(*code: str, workspace: str) -> None:
    """One fresh interpreter, with compiled bytecode, as a person would start it."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "CASEBOOK_WORKSPACE": workspace}
    subprocess.run([sys.executable, *code], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def main() -> None:
    with tempfile.TemporaryDirectory() as workspace:
        medians = interleaved(
            {
                "spin control": spin,
                "python -c pass": lambda: run("-c", "pass", workspace=workspace),
                "casebook --version": lambda: run("-m", "ui", "--version", workspace=workspace),
                "import QtWidgets, sqlalchemy.orm, docx": lambda: run(
                    "-c", "import PySide6.QtWidgets, sqlalchemy.orm, docx", workspace=workspace
                ),
            }
        )
    report("start-up (whole processes)", medians, "python -c pass")


if __name__ == "__main__":
    main()

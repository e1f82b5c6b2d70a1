"""Runs the frozen program as somebody would who has no Python, and ends with 1 where anything fails.

    python build_spec/try_bundle.py PROGRAM OUT

Nothing of this machine's environment reaches it: an empty PATH, a home of its own, no variables of Python or Qt.
OUT gets the demo, the desk that the window was opened on, and a picture of the window.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent))

import contents
from slimming import size

MOST = 200e6
"""Bytes that the folder may have."""


_WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP")
"""Without these no program starts on Windows."""


class Failed(Exception):
    """The frozen program did not do what it should."""


class Trial:
    """One frozen program, and the empty place it runs in."""

    def __init__(self, program: Path, out: Path) -> None:
        self.program = program
        self.out = out
        self.resources = program.parent / "lib" / "resources"
        shutil.rmtree(out, ignore_errors=True)
        for folder in ("home", "path", "runtime"):
            (out / folder).mkdir(parents=True)
        (out / "runtime").chmod(0o700)

    def run(self, *arguments: str) -> str:
        """What it printed."""
        environment = {
            **{name: os.environ[name] for name in _WINDOWS if name in os.environ},
            "PATH": str(self.out / "path"),
            "HOME": str(self.out / "home"),
            "USERPROFILE": str(self.out / "home"),
            "LOCALAPPDATA": str(self.out / "home"),
            "XDG_RUNTIME_DIR": str(self.out / "runtime"),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = [str(self.program), *arguments]
        done = subprocess.run(
            command, env=environment, cwd=self.out, capture_output=True, text=True, timeout=600, check=False
        )
        if done.returncode:
            raise Failed(
                f"casebook {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    # What is tried

    def folder(self) -> str:
        """It is small enough, and carries its papers."""
        weight = size(self.program.parent)
        if weight > MOST:
            raise Failed(f"the folder has {weight / 1e6:.0f} MB, more than {MOST / 1e6:.0f}")
        for needed in ("licences/licences.html", "help", "CHANGELOG.md", "LICENSE"):
            if not (self.resources / needed).exists():
                raise Failed(f"{needed} is not in the bundle")
        return (
            f"{weight / 1e6:.0f} MB in {sum(path.is_file() for path in self.program.parent.rglob('*'))} files"
        )

    def version(self) -> str:
        """It says its version."""
        told = self.run("--version").strip()
        if told != f"casebook {contents.version()}":
            raise Failed(f"--version says {told!r}")
        return told

    def demo(self) -> str:
        """The whole journey ends with a website."""
        self.run("demo", str(self.out / "demo"))
        pages = list((self.out / "demo" / "website").rglob("*.html"))
        if not pages:
            raise Failed("the demo wrote no website")
        return f"a website of {len(pages)} pages"

    def window(self) -> str:
        """It opens on the samples, brings one more in, and shows them."""
        desk = str(self.out / "desk")
        samples = sorted(str(path) for path in (self.resources / "samples").glob("*.docx"))
        self.run("--workspace", desk, "import", *samples[1:])
        shown = str(self.out / "window.png")
        told = self.run("--workspace", desk, "--until-shown", shown, samples[0]).strip()
        if not (self.out / "window.png").exists():
            raise Failed("the window left no picture")
        return told

    def window_check(self) -> str:
        """It says what it finds for its window."""
        told = json.loads(self.run("--window-check"))
        return ", ".join(
            f"{name} {value}" for name, value in told.items() if isinstance(value, (str, int, float))
        )


def main(program: Path, out: Path) -> int:
    trial = Trial(program, out)
    tried = (trial.folder, trial.version, trial.demo, trial.window, trial.window_check)
    return 1 if [each for each in tried if not passed(each)] else 0


def passed(trial: Callable[[], str]) -> bool:
    """Runs one trial and says how it went, and how long it took."""
    begun = perf_counter()
    try:
        told = trial()
    except (Failed, OSError, ValueError, subprocess.TimeoutExpired) as error:
        print(f"FAILED {trial.__name__}: {error}", file=sys.stderr)
        return False
    print(f"ok  {trial.__name__:<13} {perf_counter() - begun:6.1f} s  {told}")
    return True


if __name__ == "__main__":
    sys.exit(main(*(Path(each).resolve() for each in sys.argv[1:])))

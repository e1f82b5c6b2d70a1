"""The house rules, said once: who imports whom, how long a function may be, what a command may load."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ("workbench", "ui", "resources")
LONGEST_FUNCTION = 50
VAGUE = {"utils", "util", "helpers", "manager", "managers", "misc", "common"}

PLANTED = {
    "a low room imports a high one": ("workbench/word/document.py", "import workbench.intake"),
    "neighbours import one another": ("workbench/checks/__init__.py", "import workbench.themes"),
    "resources import the workbench": ("resources/__init__.py", "import workbench.errors"),
    "the workbench imports the window": ("workbench/desk/__init__.py", "import ui.theme"),
    "the window reaches past the desk": ("ui/theme.py", "import workbench.store"),
    "a room nobody gave a place": ("workbench/attic.py", ""),
}


def modules() -> list[Path]:
    return [path for folder in HOUSE for path in sorted((ROOT / folder).rglob("*.py"))]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("offence", PLANTED)
def test_a_planted_import_is_caught(offence: str, tmp_path: Path) -> None:
    for folder in HOUSE:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    name, line = PLANTED[offence]
    planted = tmp_path / name
    planted.write_text((planted.read_text("utf-8") if planted.exists() else "") + f"\n{line}\n", "utf-8")
    result = lint_imports(tmp_path)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout or "attic" in result.stdout + result.stderr


def circles(*packages: str) -> list[str]:
    """Every import that leads back to where it stands; those for type checking alone are counted too."""
    graph = grimp.build_graph(*packages, exclude_type_checking_imports=False, cache_dir=None)
    return [
        f"{importer} imports {imported}"
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if graph.chain_exists(importer=imported, imported=importer)
    ]


def test_no_import_leads_back_to_where_it_stands() -> None:
    assert circles(*HOUSE) == []


def test_a_circle_for_type_checking_alone_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = {
        "__init__": "",
        "below": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from circular.above import Roof\n",
        "above": "import circular.below\nclass Roof: ...\n",
    }
    (tmp_path / "circular").mkdir()
    for name, text in rooms.items():
        (tmp_path / "circular" / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert circles("circular") == [
        "circular.above imports circular.below",
        "circular.below imports circular.above",
    ]


def only_code(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not name.endswith(".py") and (Path(folder) / name).is_file()}


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and decorators."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 2


def test_no_function_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.name} has {length(function)} lines"
        for path in modules()
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    ]
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not [name for name in silent if "migrations" not in name]


def test_no_module_has_a_vague_name() -> None:
    assert not [str(path) for path in modules() if path.stem in VAGUE]


def test_the_version_is_told_without_loading_much() -> None:
    heavy = {
        "sqlalchemy",
        "alembic",
        "psycopg",
        "PySide6",
        "lxml",
        "docx",
        "PIL",
        "rich",
        "jinja2",
        "rapidfuzz",
    }
    assert loaded_by("--version") & heavy == set()


def test_extract_touches_no_database_and_no_window() -> None:
    sample = next((ROOT / "resources/samples").glob("*.docx"))
    loaded = loaded_by("extract", str(sample), "--json")
    assert "lxml" in loaded
    assert loaded & {"sqlalchemy", "alembic", "psycopg", "PySide6", "PIL", "docx", "rich", "jinja2"} == set()


LOADED_BY = """
import json, sys, ui.__main__
status = ui.__main__.main(sys.argv[1:])
print()
print(json.dumps([status, list(sys.modules)]))
"""


def loaded_by(*command: str) -> set[str]:
    """The packages that a command, which must succeed, has loaded when it is done."""
    run = [sys.executable, "-c", LOADED_BY, *command]
    result = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    status, names = json.loads(result.stdout.splitlines()[-1])
    assert status == 0, result.stderr
    return {name.split(".")[0] for name in names}

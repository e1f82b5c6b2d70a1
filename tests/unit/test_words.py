"""The sentences and the code that says them: none missing, none left over, every parameter given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import resources
import ui
import workbench
import workbench.cli
from workbench import words
from workbench.errors import Refused

ENGLISH = resources.path("words", "en")
NO_SENTENCES = {"language", "qt"}
"""What English is beside its sentences, and the texts that Qt asks for."""

GROUPS = sorted(path.stem for path in ENGLISH.glob("*.toml") if path.stem not in NO_SENTENCES)
TREES = {
    path: ast.parse(path.read_text("utf-8"))
    for room in (workbench, ui)
    for path in sorted(Path(str(room.__file__)).parent.rglob("*.py"))
}
ERRORS = {"WorldError", "Refused", "WrongUsage", "SurroundingsFailed"}
OUTCOMES = {"failed", "settled"}
ADDED_LATER = {"file", "kind"}
"""What whoever opens a file says of it, where the code that refuses it knows only its bytes."""


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts(call: ast.Call) -> list[str]:
    return [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


def group_of(path: Path) -> str:
    """The group that a room's own `say` looks in."""
    if path.is_relative_to(Path(str(ui.__file__)).parent):
        return "ui"
    return "demo" if path.stem == "demo" else "cli"


@cache
def calls() -> tuple[tuple[Path, ast.Call], ...]:
    return tuple(
        (path, node) for path, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.Call)
    )


def asked_for() -> Iterator[tuple[str, str, str]]:
    """Where, group and code of every sentence that is asked for by its name."""
    for path, call in calls():
        name, given = called(call), texts(call)
        where = f"{path.name}:{call.lineno}"
        if name in ERRORS and given:
            yield where, "errors", given[0]
        elif name in OUTCOMES and given and "-" in given[-1]:
            yield where, "errors", given[-1]
        elif name == "say" and len(given) == 2:
            yield where, given[0], given[1]
        elif name in {"say", "_say", "tell"} and len(call.args) == len(given) == 1:
            yield where, group_of(path), given[0]


def written(tree: ast.AST) -> Iterator[str]:
    """Every text in the code as a pattern, what is filled in later as anything; docstrings are none."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_-]+" for p in node.values
            ]
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield re.escape(node.value)


def test_every_sentence_that_is_asked_for_exists():
    asked = list(asked_for())
    assert len(asked) > 200
    assert {group for _, group, _ in asked} >= {"errors", "journal", "cli", "ui", "demo"}
    assert [each for each in asked if not words.has(each[1], each[2])] == []


def test_every_sentence_is_asked_for():
    patterns = {text for tree in TREES.values() for text in written(tree) if re.search("[a-z]", text)}
    plain = {text.replace("\\", "") for text in patterns if "[a-z_-]+" not in text}
    filled = [re.compile(text) for text in patterns if re.search("[a-z]{2}", text.replace("[a-z_-]+", ""))]
    idle = [
        f"{group}: {code}"
        for group in GROUPS
        for code in resources.toml("words", "en", f"{group}.toml")
        if code not in plain and not any(pattern.fullmatch(code) for pattern in filled)
    ]
    assert idle == []


def test_an_error_gives_its_sentence_all_that_it_tells():
    sentences = resources.toml("words", "en", "errors.toml")
    short = [
        f"{path.name}:{call.lineno} gives {code} no {name}"
        for path, call in calls()
        if called(call) in ERRORS and len(call.args) == 1 and all(each.arg for each in call.keywords)
        for code in texts(call)
        for name in re.findall(r"\{(\w+)\}", str(sentences[code]))
        if name not in {*ADDED_LATER, *(each.arg for each in call.keywords)}
    ]
    assert short == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_sentence_of_two_forms_has_both(group: str):
    sentences = resources.toml("words", "en", f"{group}.toml")
    forms = {code: set(form) for code, form in sentences.items() if isinstance(form, dict)}
    assert all(found == {"one", "other"} for found in forms.values()), forms


def test_a_refusal_becomes_one_sentence_with_what_to_do():
    error = Refused("fix-void", excerpt="per cent")
    assert words.explain(error).startswith("The words “per cent” have changed")
    assert words.say("errors", "no-such-code") == "no-such-code"


def test_one_and_many_are_said_apart():
    assert words.say("cli", "found", n=1) == "1 study found."
    assert words.say("cli", "found", n=2) == "2 studies found."
    assert words.say("cli", "found", n=0) == "0 studies found."


SHOWN_FIRST = {
    *(
        "QLabel",
        "QAction",
        "QPushButton",
        "QToolButton",
        "QCheckBox",
        "QRadioButton",
        "QGroupBox",
        "button",
        "label",
    ),
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setTitle"),
    *("setPlaceholderText", "setStatusTip", "setWhatsThis", "addTab", "addItem", "setHeaderLabels", "Choice"),
    *(
        "getOpenFileName",
        "getOpenFileNames",
        "getSaveFileName",
        "getExistingDirectory",
        "setSuffix",
        "setPrefix",
    ),
}
"""What the window shows the first thing given to."""

SHOWN = {"echo", "secho", "print_table", "UsageError", "BadParameter", "ClickException", "confirm", "prompt"}
"""What the command shows everything given to."""

MARKUP = re.compile(r"<[^>]*>?|^[^<>]*>|[a-z-]+:\s*$")


def literal(node: ast.AST) -> Iterator[str]:
    """The words written out in an expression."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from literal(part)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from literal(one)
            yield from literal(other)
        case _:
            return


def written_out(path: Path, call: ast.Call) -> Iterator[str]:
    """What people are shown by a call in the words of the code itself."""
    first = SHOWN_FIRST if path.is_relative_to(Path(str(ui.__file__)).parent) else ()
    anywhere = SHOWN if path.parent.name == "cli" else ()
    name = called(call)
    given = call.args if name in anywhere else call.args[:1] if name in first else []
    for text in (text for each in given for text in literal(each)):
        if re.search(r"[^\W\d_]{2,}", MARKUP.sub("", text)):
            yield text


def test_no_words_for_people_are_left_in_the_code():
    found = [(path.name, call.lineno, text) for path, call in calls() for text in written_out(path, call)]
    assert found == []


@pytest.mark.parametrize(
    ("room", "code", "words_found"),
    [
        (ui, 'line.setToolTip(f"Version {n}")', ["Version "]),
        (ui, 'label(say("x"), "faint")', []),
        (workbench.cli, 'click.echo("Done" if done else say("not"))', ["Done"]),
        (workbench.cli, 'print_table(("id", "to fix"), rows)', ["id", "to fix"]),
    ],
)
def test_words_in_the_code_are_caught(room: ModuleType, code: str, words_found: list[str]):
    statement = ast.parse(code).body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert list(written_out(Path(str(room.__file__)), statement.value)) == words_found

"""What `resources/checks.toml` declares: the rules, the house style, and the word lists that checks share."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import resources
from workbench import words
from workbench.checks import overlay
from workbench.checks.answer import Answer
from workbench.errors import WrongUsage
from workbench.submission import Finding, Fix, Severity

_LONGEST_EXCERPT = 200


@dataclass(frozen=True)
class Rule:
    """One check as declared. `file` names its module; `messages` are further sentences for special cases."""

    id: str
    severity: Severity
    file: str
    message: str
    messages: Mapping[str, str] = field(default_factory=dict[str, str])
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    asks: str = "editor"
    """Who can answer what it finds: `council` where an editor cannot alone."""

    @property
    def whole(self) -> bool:
        """Whether it is asked only when the whole study is checked: it looks beyond the study."""
        return bool(self.parameters.get("whole", False))

    def __getitem__(self, name: str) -> Any:
        return self.parameters[name]

    def at(
        self, answer: Answer, start: int, end: int, *, case: str = "", put: str | None = None, **params: Any
    ) -> Finding:
        """A finding about the characters `start` to `end` of an answer; `put` is what a fix would put there."""
        excerpt = answer.text[start:end]
        fix = Fix(answer.id, start, end, put, excerpt) if put is not None and put != excerpt else None
        message = self.say(case, field=answer.field.label, text=excerpt, **params)
        return Finding(self.id, self.severity, message, answer.id, _short(excerpt), (start, end), fix)

    def of(self, field_id: str | None, excerpt: str = "", *, case: str = "", **params: Any) -> Finding:
        """A finding about a field as a whole, or (None) about the document."""
        message = self.say(case, text=excerpt, **params)
        return Finding(self.id, self.severity, message, field_id, _short(excerpt))

    def say(self, case: str, **params: Any) -> str:
        """The sentence of this rule for a case, "" for the usual one."""
        return words.fill(self.messages.get(case, self.message), params)


def _short(excerpt: str) -> str:
    return excerpt if len(excerpt) <= _LONGEST_EXCERPT else excerpt[: _LONGEST_EXCERPT - 1] + "…"


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules by id, the house settings and the lists; those rules apart that the office has retired."""

    by_id: Mapping[str, Rule]
    style: Mapping[str, Any]
    lists: Mapping[str, Any]
    retired: Mapping[str, Rule] = field(default_factory=dict[str, Rule])

    @cached_property
    def sets(self) -> Mapping[str, frozenset[str]]:
        """The plain lists as sets."""
        return {
            name: frozenset(cast("list[str]", value))
            for name, value in self.lists.items()
            if isinstance(value, list)
        }

    @cached_property
    def names(self) -> frozenset[str]:
        """Given names in lower case."""
        return frozenset(name.lower() for name in self.sets["given_names"])


@cache
def shipped() -> Rules:
    """The rules that travel with the program; read once in a process."""
    return parse(resources.toml("checks.toml"))


def at_hand(path: Path, style: Mapping[str, str]) -> Rules:
    """The shipped rules as an office has changed them in the file `path`, which need not exist, in its house style.

    Raises WrongUsage("checks-damaged") that says what is wrong with the file.
    """
    try:
        changes = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        changes = {}
    except (OSError, ValueError) as error:
        raise WrongUsage("checks-damaged", path=str(path), reason=str(error)) from error
    try:
        changed = overlay.laid(resources.toml("checks.toml"), changes) if changes else None
    except overlay.Wrong as wrong:
        raise WrongUsage("checks-damaged", path=str(path), reason=str(wrong)) from wrong
    rules = parse(changed) if changed else shipped()
    return replace(rules, style={**rules.style, **style})


def parse(data: Mapping[str, Any]) -> Rules:
    """Rules from parsed TOML. An entry with `retired = true` is asked no more."""
    rules = {name: _rule(name, entry) for name, entry in data["checks"].items()}
    retired = {name: rule for name, rule in rules.items() if data["checks"][name].get("retired")}
    by_id = {name: rule for name, rule in rules.items() if name not in retired}
    return Rules(by_id, data["style"], data["lists"], retired)


def _rule(name: str, entry: Mapping[str, Any]) -> Rule:
    parameters = {key: value for key, value in entry.items() if key not in overlay.GENERAL}
    return Rule(
        name,
        entry["severity"],
        entry["file"],
        entry["message"],
        entry.get("messages", {}),
        parameters,
        entry.get("asks", "editor"),
    )

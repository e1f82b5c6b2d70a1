"""Sentences out to translators and back: Qt Linguist's .ts files from the TOML of the words, and into it again.

    python build_spec/words/translate.py out LANGUAGE FILE.ts   what there is to translate, with what is translated
    python build_spec/words/translate.py in LANGUAGE FILE.ts    a .ts file that came back, into resources/words
    python build_spec/words/translate.py count [LANGUAGE]       how much of each group is translated

A group of words is a context of Qt Linguist. A message is one sentence, or one plural form of one: its comment names
the code and, in brackets, the form, since Linguist's own count of a language's forms (five for Welsh) is not that of
CLDR (six). What is unfinished, empty, or lacks a parameter is left out on the way in and named.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "resources" / "words"
QT = "qt"
APART = ("checks", "questions", "help")
"""Groups whose English stands elsewhere: in checks.toml, in the templates, and in the code of the commands."""

_PARAMETER = re.compile(r"\{\w+\}|%\d")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate. `group` is the context, `code` its key there, `form` a plural form or ""."""

    group: str
    code: str
    form: str
    english: str
    said: str = ""
    allowed: frozenset[str] = frozenset()
    """What a plural form may be filled with beside what its English is filled with."""

    @property
    def comment(self) -> str:
        """What tells this message from others of the same English."""
        return f"{self.code} [{self.form}]" if self.form else self.code

    @property
    def parameters(self) -> frozenset[str]:
        """What is filled in."""
        return frozenset(_PARAMETER.findall(self.english))


Group = Mapping[str, "str | Mapping[str, str]"]


def english() -> dict[str, Group]:
    """Every group in English: by code the sentence, or its plural forms; Qt's texts by `context|text`."""
    groups = {path.stem: _read(path) for path in sorted((WORDS / "en").glob("*.toml"))}
    groups[QT] = _flat(groups[QT])
    return {**groups, **dict(zip(APART, (_checks(), _questions(), _help()), strict=True))}


def translated(language: str) -> dict[str, Group]:
    """Every group in another language; an empty one where it has no file."""
    found = {path.stem: _read(path) for path in sorted((WORDS / language).glob("*.toml"))}
    return {**found, QT: _flat(found.get(QT, {}))}


def messages(language: str, source: Mapping[str, Group], there: Mapping[str, Group]) -> Iterator[Message]:
    """Everything to translate, with what is translated, sentence by sentence and form by form."""
    for group, sentences in source.items():
        for code, said in sentences.items():
            yield from _messages(language, group, code, said, there.get(group, {}).get(code, ""))


def _messages(
    language: str, group: str, code: str, said: str | Mapping[str, str], told: str | Mapping[str, str]
) -> Iterator[Message]:
    if isinstance(said, str):
        yield Message(group, code, "", said, told if isinstance(told, str) else told.get("other", ""))
        return
    forms = {"other": told} if isinstance(told, str) else told
    allowed = frozenset(name for each in said.values() for name in _PARAMETER.findall(each)) | {"{n}"}
    for form in _forms(language):
        yield Message(
            group, code, form, said["one" if form == "one" else "other"], forms.get(form, ""), allowed
        )


def ts(language: str, found: Iterable[Message]) -> bytes:
    """A .ts file for Qt Linguist. A message without a translation is unfinished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en_GB")
    contexts: dict[str, ET.Element] = {}
    for each in found:
        if each.group not in contexts:
            contexts[each.group] = ET.SubElement(root, "context")
            ET.SubElement(contexts[each.group], "name").text = each.group
        _write(contexts[each.group], each)
    ET.indent(root, "    ")
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    return head + ET.tostring(root, encoding="utf-8") + b"\n"


def _write(context: ET.Element, each: Message) -> None:
    message = ET.SubElement(context, "message")
    ET.SubElement(message, "source").text = each.english
    ET.SubElement(message, "comment").text = each.comment
    if each.parameters or each.form:
        ET.SubElement(message, "extracomment").text = _hint(each)
    translation = ET.SubElement(message, "translation")
    translation.text = each.said
    if not each.said:
        translation.set("type", "unfinished")


def _hint(each: Message) -> str:
    kept = f"Keep {', '.join(sorted(each.parameters))}. " if each.parameters else ""
    return (kept + (f"Where {{n}} takes the form “{each.form}”." if each.form else "")).strip()


def finished(data: bytes) -> Iterator[Message]:
    """The messages of a .ts file whose translation is finished.

    Raises ValueError for a file that is none, or that declares entities of its own.
    """
    if b"<!ENTITY" in data:
        raise ValueError("a .ts file declares no entities")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise ValueError(f"no .ts file: {error}") from error
    for context in root.iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            if said is not None and said.get("type") is None and said.text:
                yield _read_message(context.findtext("name", ""), message, said.text)


def _read_message(group: str, message: ET.Element, said: str) -> Message:
    found = re.fullmatch(r"(.*?)(?: \[(\w+)\])?", message.findtext("comment", ""), re.DOTALL)
    code, form = (found[1], found[2] or "") if found else ("", "")
    return Message(group, code, form, message.findtext("source", ""), said)


def sorted_out(
    language: str, came: Iterable[Message], source: Mapping[str, Group]
) -> tuple[dict[str, dict[str, str | dict[str, str]]], list[str]]:
    """What came back by group and code, and what of it was left out, each with why."""
    asked = {(each.group, each.comment): each for each in messages(language, source, {})}
    kept: dict[str, dict[str, str | dict[str, str]]] = {}
    refused: list[str] = []
    for each in came:
        if why := _fault(each, asked.get((each.group, each.comment))):
            refused.append(f"{each.group}: {each.comment}: {why}")
        elif each.form:
            forms = kept.setdefault(each.group, {}).setdefault(each.code, {})
            assert isinstance(forms, dict)
            forms[each.form] = each.said
        else:
            kept.setdefault(each.group, {})[each.code] = each.said
    for group, sentences in kept.items():
        for code in [
            code for code, said in sentences.items() if isinstance(said, dict) and "other" not in said
        ]:
            refused.append(f"{group}: {code}: the form “other” is missing, which stands for all the rest")
            del sentences[code]
    return kept, refused


def _fault(each: Message, asked: Message | None) -> str:
    if asked is None:
        return "nobody says this any more"
    if each.english != asked.english:
        return "the English has changed since; translate it again"
    told = frozenset(_PARAMETER.findall(each.said))
    spare = asked.allowed - asked.parameters | {"{n}"} if each.form else frozenset[str]()
    wrong = (told - asked.parameters | (asked.parameters - told)) - spare
    return f"{', '.join(sorted(wrong))} on one side alone" if wrong else ""


def toml(group: str, sentences: Mapping[str, str | Mapping[str, str]]) -> str:
    """The file of one group, in the order the sentences are given."""
    lines = [f"# The group {group}. Written by build_spec/words/translate.py.\n"]
    if group == QT:
        return lines[0] + _toml_of_qt(sentences)
    for code, said in sentences.items():
        key = code if _BARE.fullmatch(code) else _quoted(code)
        if isinstance(said, str):
            lines.append(f"{key} = {_quoted(said)}\n")
        else:
            forms = ", ".join(f"{form} = {_quoted(text)}" for form, text in said.items())
            lines.append(f"{key} = {{ {forms} }}\n")
    return "".join(lines)


def _toml_of_qt(texts: Mapping[str, str | Mapping[str, str]]) -> str:
    contexts: dict[str, list[str]] = {}
    for code, said in texts.items():
        context, _, text = code.partition("|")
        contexts.setdefault(context, []).append(f"{_quoted(text)} = {_quoted(str(said))}\n")
    return "".join(f"\n[{context}]\n{''.join(lines)}" for context, lines in contexts.items())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path) -> dict[str, str | dict[str, str]]:
    return tomllib.loads(path.read_text("utf-8"))


def _flat(contexts: Group) -> dict[str, str]:
    return {f"{name}|{text}": said for name, texts in contexts.items() for text, said in dict(texts).items()}  # type: ignore[arg-type]


def _checks() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, entry in tomllib.loads((ROOT / "resources" / "checks.toml").read_text("utf-8"))[
        "checks"
    ].items():
        found[name] = entry["message"]
        found |= {f"{name}.{case}": said for case, said in entry.get("messages", {}).items()}
    return found


def _questions() -> dict[str, str]:
    """What the templates ask, by template, field and part."""
    from workbench.template import shipped

    found: dict[str, str] = {}
    for template in shipped().values():
        found[f"{template.id}.label"] = template.label
        for field in template.fields:
            found[f"{template.id}.{field.id}.label"] = field.label
            found[f"{template.id}.{field.id}.guidance"] = field.guidance
    return {code: said for code, said in found.items() if said}


def _help() -> dict[str, str]:
    import inspect

    import click

    from workbench.cli import COMMANDS, casebook, speaking

    context = click.Context(casebook)
    holders = [("casebook", casebook), *((name, casebook.get_command(context, name)) for name in COMMANDS)]
    return {
        code: inspect.cleandoc(holder.help or "")
        for name, command in holders
        if command is not None
        for code, holder in speaking.sources(command, name)
    }


def _forms(language: str) -> tuple[str, ...]:
    from workbench.words import plurals

    return plurals.forms(language)


def count(language: str) -> Iterator[tuple[str, int, int]]:
    """Each group, how many of its sentences are translated, and how many there are."""
    source, there = english(), translated(language)
    for group, sentences in source.items():
        yield group, sum(code in there.get(group, {}) for code in sentences), len(sentences)


def main() -> int:
    """Does what the command line says; 1 where something that came in was left out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("out", "in", "count"))
    parser.add_argument("language", nargs="?", default="cy")
    parser.add_argument("file", nargs="?", type=Path)
    asked = parser.parse_args()
    if asked.what == "count":
        for group, done, of in count(asked.language):
            print(f"{group}: {done} of {of}")
        return 0
    if asked.file is None:
        parser.error("name the .ts file")
    return _out(asked.language, asked.file) if asked.what == "out" else _in(asked.language, asked.file)


def _out(language: str, file: Path) -> int:
    file.write_bytes(ts(language, messages(language, english(), translated(language))))
    return 0


def _in(language: str, file: Path) -> int:
    source, there = english(), translated(language)
    kept, refused = sorted_out(language, finished(file.read_bytes()), source)
    folder = WORDS / language
    folder.mkdir(exist_ok=True)
    for group, sentences in source.items():
        new = {code: kept[group][code] for code in sentences if code in kept.get(group, {})}
        if new and new != there.get(group):
            (folder / f"{group}.toml").write_text(toml(group, new), "utf-8")
    print(*refused, sep="\n", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())

"""The comments of a Word file as a conversation: who said what, and which comment answers which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.word.package import Package
from workbench.word.xml import W14, W15, Element, W


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment: its number in the file, who wrote it, its words; `answers` is the number of the one it replies
    to, "" for none, `done` whether it was marked as resolved."""

    number: str
    author: str
    text: str
    answers: str = ""
    done: bool = False


def of_package(package: Package) -> tuple[Remark, ...]:
    """The comments of a Word file in the order they are kept in. Raises `Refused` for what the guard declines."""
    threads = _threads(package)
    found = [element for part in _parts(package, "comments") for element in _elements(package, part)]
    by_paragraph = {name: element.get(W + "id", "") for element in found for name in _paragraphs(element)}
    return tuple(_remark(element, threads, by_paragraph) for element in found)


def _elements(package: Package, part: str) -> tuple[Element, ...]:
    root = package.tree_or_none(part)
    return () if root is None else tuple(root.iter(W + "comment"))


def _parts(package: Package, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(package.related(package.main, kind)))


def _threads(package: Package) -> Mapping[str, tuple[str, bool]]:
    """By the id of a comment's last paragraph: that of the comment it answers, and whether it is resolved."""
    found: dict[str, tuple[str, bool]] = {}
    for part in _parts(package, "commentsExtended"):
        root = package.tree_or_none(part)
        for element in () if root is None else root.iter(W15 + "commentEx"):
            answers = element.get(W15 + "paraIdParent", "")
            found[element.get(W15 + "paraId", "")] = (
                answers,
                element.get(W15 + "done", "0") in ("1", "true"),
            )
    return found


def _paragraphs(element: Element) -> tuple[str, ...]:
    return tuple(filter(None, (paragraph.get(W14 + "paraId", "") for paragraph in element.iter(W + "p"))))


def _remark(
    element: Element, threads: Mapping[str, tuple[str, bool]], by_paragraph: Mapping[str, str]
) -> Remark:
    lines = ("".join(_words(paragraph)) for paragraph in element.iter(W + "p"))
    named = [threads[name] for name in _paragraphs(element) if name in threads]
    answers, done = named[-1] if named else ("", False)
    return Remark(
        element.get(W + "id", ""),
        element.get(W + "author", ""),
        "\n".join(line for line in lines if line.strip()),
        by_paragraph.get(answers, ""),
        done,
    )


def _words(paragraph: Element) -> tuple[str, ...]:
    return tuple(text.text or "" for text in paragraph.iter(W + "t"))

"""What the command says of Word files without touching a workspace: one JSON object for each file.

The shapes are those of the contract's schemas; a refusal of the file becomes its `error`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import words
from workbench.errors import Refused
from workbench.richtext import to_html
from workbench.submission import FieldValue, Note, Passage, Picture
from workbench.template import Template, shipped

if TYPE_CHECKING:
    from workbench.intake import Placed

Line = dict[str, Any]


def extract(path: Path) -> Line:
    """Every word of a Word file, placed: the line of `casebook extract --json`."""
    try:
        placed = _placed(path)
    except Refused as refusal:
        return failed(extract, path, refusal.code, words.explain(refusal))
    return {
        "file": str(path),
        "template": placed.template,
        "fields": {name: _field_line(value) for name, value in placed.fields.items()},
        "unplaced": [_passage_line(passage) for passage in placed.unplaced],
        "notes": [_note_line(note) for note in placed.notes],
        "images": [_image_line(picture) for picture in placed.pictures],
        "account": {"share": round(placed.account.share, 6), "missing": list(placed.account.missing)},
        "error": None,
    }


def _placed(path: Path) -> Placed:
    """The file read, placed, and counted a second time over its XML."""
    from workbench import word
    from workbench.intake import audited, place

    data = word.read_file(path)
    placed = place(word.read(data, path.name), _templates())
    return audited(placed, word.raw_words(data))


@cache
def _templates() -> Mapping[str, Template]:
    return shipped()


def _field_line(value: FieldValue) -> Line:
    return {
        "text": value.text,
        "html": to_html(value.content),
        "matched_by": value.matched_by,
        "confidence": round(value.confidence, 3),
        "heading": value.heading,
    }


def _passage_line(passage: Passage) -> Line:
    return {
        "text": passage.text,
        "html": to_html(passage.content),
        "heading": passage.heading,
        "suggested": passage.suggested,
        "confidence": round(passage.confidence, 3),
    }


def _note_line(note: Note) -> Line:
    return {"kind": note.kind, "text": note.text}


def _image_line(picture: Picture) -> Line:
    return {
        "name": picture.name,
        "alt": picture.alt,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
    }


# What a line says when there is nothing to say

_NOTHING: Mapping[str, Mapping[str, Any]] = {
    "extract": {"template": None, "fields": {}, "unplaced": [], "notes": [], "images": []},
    "check": {"findings": []},
    "suggest": {"themes": [], "support_types": [], "collections": [], "authorities": []},
}


def failed(verb: Callable[[Path], Line], path: Path | str, code: str, message: str) -> Line:
    """The line of a file about which `verb` could say nothing: its lists empty, its `error` set."""
    empty = {key: type(value)(value) if value is not None else None for key, value in _NOTHING[verb.__name__].items()}
    return {"file": str(path), **empty, "error": {"code": code, "message": message}}

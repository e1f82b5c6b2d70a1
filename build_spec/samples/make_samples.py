"""Writes the sample submissions of `resources/samples` and, beside this file, what a reader must find in each.

    python build_spec/samples/make_samples.py [NAME ...]

Needs LibreOffice for the samples that it is to have saved. Every sample is invented, and says so in its
properties: in the keywords, in the comments, and in the custom property CasebookSample.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import docx
import finish
from layouts import LAYOUTS
from page import Page, dress, equip
from study import Part, Study, studies

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"
TRUTH = Path(__file__).parent / "truth"
COLOURS = ("1F4E79", "2F5D3A", "6B2D5C", "7A3E1D", "22313F")
DUPLICATES = {"food-waste-final-copy-2": "calderdale-food-waste"}
"""Samples that are, byte for byte, another one under a name of its own."""


def make(study: Study) -> bytes:
    """The Word file of a sample."""
    document = _empty(study)
    level = 2 if study.settings["layout"] == "filled" else study.settings.get("heading_style", 1)
    page = Page(document, study, level, study.settings.get("position"))
    LAYOUTS[study.settings["layout"]](page)
    finish.margins(document, study)
    finish.properties(document, study)
    finish.footnotes(document, study)
    if study.settings.get("wordify"):
        finish.wordify(document, study.slug)
    data = finish.marked(finish.saved(document))
    return finish.resaved(data, study.settings["via"]) if "via" in study.settings else data


def _empty(study: Study) -> docx.document.Document:
    """The template's blank, or an empty document in the council's own font and colour."""
    if study.settings["layout"] == "filled":
        from workbench import template, word

        document = docx.Document(io.BytesIO(word.blank(template.shipped()[study.settings["template"]])))
        equip(document)
        return document
    document = docx.Document()
    colour = COLOURS[sum(map(ord, study.slug)) % len(COLOURS)]
    dress(document, study.settings["font"], 11, colour)
    return document


def truth(study: Study) -> str:
    """What a reader must find in the sample: for each answer how it begins and ends, and its number of words."""
    settings = study.settings
    lines = [
        "# Written by make_samples.py from the text of the sample.",
        f"file = {json.dumps(study.file)}",
        f"template = {json.dumps(settings['template'])}",
        f"layout = {json.dumps(settings['layout'])}",
        f"libreoffice = {json.dumps('via' in settings)}",
        f"good = {json.dumps(settings['good'])}",
        f"pictures = {sum(1 for chart in settings.get('chart', ()))}",
    ]
    for part in study.parts:
        words = _found(study, part).split()
        lines += ["", "[[unplaced]]" if part.field == "unplaced" else f"[fields.{part.field}]"]
        lines += [f"begins = {_quoted(words[:6])}", f"ends = {_quoted(words[-6:])}", f"words = {len(words)}"]
    return "\n".join(lines) + "\n"


def _found(study: Study, part: Part) -> str:
    """The words of an answer; a text box beside it is part of it."""
    box = study.settings.get("textbox", "") if part.field == "introduction" else ""
    return f"{box} {part.reads}"


def _quoted(words: list[str]) -> str:
    return json.dumps(" ".join(words), ensure_ascii=False)


def main(names: list[str]) -> None:
    SAMPLES.mkdir(exist_ok=True)
    TRUTH.mkdir(exist_ok=True)
    for study in studies():
        if names and study.slug not in names:
            continue
        (SAMPLES / study.file).write_bytes(make(study))
        (TRUTH / f"{study.slug}.toml").write_text(truth(study), "utf-8")
        print(study.file)
    for name, original in () if names else DUPLICATES.items():
        data = (SAMPLES / f"sample-{original}.docx").read_bytes()
        (SAMPLES / f"sample-{name}.docx").write_bytes(data)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])

"""What is learned of forms at first sight, each unlike the others, and how a filled-in form is placed under it.

    python -m benchmarks.firstsight [first|second|third]... [--quiet] [--files FOLDER]

Each form of `benchmarks/forms` is learned blank; what was learned is held against what the form asks: questions,
order, guidance, limits, marks of what is required, and which answers are details of a person. The same form filled in
is then placed under what was learned. With `--files` the forms are written into a folder as well.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.forms.page import Form, Question  # noqa: E402
from benchmarks.layouts import same_words  # noqa: E402
from workbench import word  # noqa: E402
from workbench.intake.drafting import draft  # noqa: E402
from workbench.intake.placing import Placed, place  # noqa: E402
from workbench.template import Field, Template, heading_key  # noqa: E402
from workbench.word.document import paragraphs  # noqa: E402

SETS = ("first", "second", "third")
SURE = 0.8


class Score(Counter[str]):
    """Counts by what was held against what."""

    def hold(self, what: str, right: bool) -> bool:
        self[what] += 1
        self[f"{what} right"] += right
        return right


def judge(form: Form, score: Score) -> Iterator[str]:
    """Learns a form and places it filled in; yields each fault."""
    blank, questions = form.made(filled=False)
    filled, _ = form.made(filled=True)
    learned = draft(word.read(blank, "blank.docx"), name="form").template
    found = {question: _meant(question, learned) for question in questions}
    yield from _learning(found, learned, score)
    placed = place(word.read(filled, "filled.docx"), {learned.id: learned})
    own = {heading_key(paragraph.text) for paragraph in paragraphs(word.read(blank, "blank.docx").blocks)}
    yield from _placing(found, placed, own, score)


def _meant(question: Question, learned: Template) -> Field | None:
    names = {heading_key(name) for name in (question.label, *question.either, question.block) if name}
    named = [each for each in learned.fields if heading_key(each.label) in names]
    own = [each for each in named if heading_key(each.label) != heading_key(question.block)]
    return next(iter([*own, *named]), None)


def _learning(found: dict[Question, Field | None], learned: Template, score: Score) -> Iterator[str]:
    meant = [each for each in found.values() if each]
    for each in learned.fields:
        if each not in meant:
            score["extra questions"] += 1
            yield f"extra: {each.label!r}"
    order = [learned.fields.index(each) for each in dict.fromkeys(meant)]
    if not score.hold("order", order == sorted(order)):
        yield "order"
    for question, each in found.items():
        if each is None:
            if not question.doubtful:
                score.hold("questions", False)
                yield f"missed: {question.label!r}"
            continue
        if not question.doubtful:
            score.hold("questions", True)
        yield from _facts(question, each, score)


def _facts(question: Question, each: Field, score: Score) -> Iterator[str]:
    asked = (question.least, question.most)
    read = (each.min_words, each.max_words)
    if (asked, read) != ((None, None), (None, None)) and not score.hold("limits", read == asked):
        yield f"limits of {question.label!r}: {read}, not {asked}"
    if (question.required or each.required) and not score.hold(
        "required", question.required == each.required
    ):
        yield f"required: {question.label!r} {each.required}"
    if (question.personal or each.personal) and not score.hold(
        "personal", question.personal == each.personal
    ):
        yield f"personal: {question.label!r} {each.personal}"
    told = not question.guidance or question.guidance[:25] in each.guidance
    if question.guidance and not score.hold("guidance", told):
        yield f"guidance of {question.label!r}: {each.guidance!r}"


def _placing(
    found: dict[Question, Field | None], placed: Placed, own: set[str], score: Score
) -> Iterator[str]:
    known = {each.id for each in found.values() if each}
    for question, each in found.items():
        if question.doubtful:
            continue
        value = placed.fields.get(each.id) if each else None
        said = value.text if value else ""
        held = question.loose or (each and heading_key(each.label) == heading_key(question.block))
        if score.hold("answers", question.answer in said if held else same_words(said, question.answer)):
            continue
        score["wrong with confidence"] += bool(value and said and value.confidence >= SURE)
        yield f"answer of {question.label!r}: {said[:70]!r}, not {question.answer[:50]!r}"
    for name, value in placed.fields.items():
        if name not in known and value.text:
            yield f"placed in {name}: {value.text[:60]!r}"
    for passage in placed.unplaced:
        if not all(heading_key(line) in own for line in re.split(r"[\n\t]+", passage.text.strip())):
            yield f"left over: {passage.text[:60]!r}"


def _kept(form: Form, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for filled in (False, True):
        name = form.name.replace(" ", "-") + ("-filled" if filled else "")
        folder.joinpath(f"{name}.docx").write_bytes(form.made(filled=filled)[0])


def main(arguments: Sequence[str]) -> None:
    for name in [each for each in arguments if each in SETS] or SETS:
        forms: Sequence[Form] = import_module(f"benchmarks.forms.{name}").FORMS
        score, whole = Score(), 0
        for form in forms:
            if "--files" in arguments:
                _kept(form, Path(arguments[arguments.index("--files") + 1], name))
            faults = list(judge(form, score))
            whole += not faults
            for line in faults if "--quiet" not in arguments else ():
                print(f"  {form.name}: {line}")
        print(f"{name} set: {len(forms)} forms, {whole} without any fault")
        for what in ("questions", "order", "guidance", "limits", "required", "personal", "answers"):
            print(f"  {what:22} {score[f'{what} right']:4} of {score[what]}")
        for what in ("extra questions", "wrong with confidence"):
            print(f"  {what:22} {score[what]:4}")


if __name__ == "__main__":
    main(sys.argv[1:])

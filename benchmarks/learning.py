"""Whether a template learned from a Word form places the forms that come back filled in.

    python benchmarks/learning.py [seeds] [--libreoffice] [--filled] [--beside] [--quiet]

For each layout and seed a blank form is learned, then filled in three ways, and placed under what was learned. With
`--filled` the template is learned from two filled-in forms instead, with `--libreoffice` each file is saved by
LibreOffice first, with `--beside` the learned template stands beside the shipped ones and has to be chosen.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.asked import LAYOUTS, Answers, Form, Layout, answers  # noqa: E402
from benchmarks.layouts import same_words  # noqa: E402
from workbench import word  # noqa: E402
from workbench.intake.drafting import Draft, draft  # noqa: E402
from workbench.intake.placing import Placed, place  # noqa: E402
from workbench.template import Template, heading_key, shipped  # noqa: E402

SURE = 0.8


@dataclass
class Score:
    """How learned templates did."""

    forms: int = 0
    forms_whole: int = 0
    filled: int = 0
    whole: int = 0
    fields: int = 0
    exact: int = 0
    wrong: int = 0
    limits: int = 0
    limits_right: int = 0
    marks: int = 0
    marks_right: int = 0
    not_chosen: int = 0
    lines: list[str] = field(default_factory=list[str])
    by_layout: Counter[str] = field(default_factory=Counter[str])


def judge(layout: Layout, seed: int, score: Score, options: Sequence[str]) -> None:
    """Learns one form, and places three fillings of it."""
    form = layout.form(seed)
    learned_from = (
        [layout.made(form, answers(form, 90 + n)) for n in (0, 1)]
        if "--filled" in options
        else [layout.made(form)]
    )
    written = [answers(form, n) for n in range(3)]
    files = [*learned_from, *(layout.made(form, of) for of in written)]
    files = saved(files) if "--libreoffice" in options else files
    made = draft(*(word.read(data, layout.name) for data in files[: len(learned_from)]), name="form")
    known = {heading_key(each.label): each.id for each in made.template.fields}
    faults = [*_learning_faults(form, made, known, score)]
    score.forms += 1
    score.forms_whole += not faults
    for of, data in zip(written, files[len(learned_from) :], strict=True):
        document = word.read(data, layout.name)
        templates = (
            {**shipped(), made.template.id: made.template}
            if "--beside" in options
            else {made.template.id: made.template}
        )
        placed = place(document, templates)
        problems = list(_problems(form, of, placed, known, score, made.template))
        score.filled += 1
        score.whole += not problems
        faults += problems
    score.by_layout[layout.name] += len(faults)
    score.lines += [f"{layout.name} {seed}: {line}" for line in faults]


def _learning_faults(form: Form, made: Draft, known: dict[str, str], score: Score) -> Iterator[str]:
    asked = {heading_key(question.label) for question in form.questions}
    yield from (
        f"not a question: {each.label!r}"
        for each in made.template.fields
        if heading_key(each.label) not in asked
    )
    for question in form.questions:
        name = known.get(heading_key(question.label))
        if name is None:
            yield f"not learned: {question.head!r}"
            continue
        found = made.template.by_id[name]
        score.limits += question.limits != (None, None)
        score.marks += bool(question.mark)
        if (found.min_words, found.max_words) != question.limits:
            yield f"limits of {question.head!r} are {found.min_words}, {found.max_words}"
        else:
            score.limits_right += question.limits != (None, None)
        if found.required != bool(question.mark):
            yield f"{question.head!r} is required: {found.required}"
        else:
            score.marks_right += bool(question.mark)


def _problems(
    form: Form, of: Answers, placed: Placed, known: dict[str, str], score: Score, template: Template
) -> Iterator[str]:
    if placed.template != template.id:
        score.not_chosen += 1
        yield f"placed under {placed.template}"
    told = set[str]()
    for at, question in enumerate(form.questions):
        name = known.get(heading_key(question.label), "")
        value = placed.fields.get(name)
        truth = " ".join(part.removeprefix("• ") for part in of.get(at, ()))
        said = value.text if value else ""
        told.add(name)
        score.fields += 1
        if same_words(said, truth):
            score.exact += 1
            continue
        score.wrong += bool(value and said and value.confidence >= SURE)
        yield f"{name or question.label} is {said[:60]!r}, not {truth[:60]!r}"
    for name, value in placed.fields.items():
        if name not in told and value.text:
            yield f"{name} is {value.text[:60]!r}, not to be there"
    yield from (f"left over: {passage.text[:70]!r}" for passage in placed.unplaced)


def saved(files: Sequence[bytes]) -> list[bytes]:
    """The files as LibreOffice saves them."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for number, data in enumerate(files):
            source.joinpath(f"{number:02}.docx").write_bytes(data)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "docx", "--outdir", str(out), *map(str, sorted(source.iterdir()))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [path.read_bytes() for path in sorted(out.iterdir())]


def main(arguments: list[str]) -> None:
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    first = numbers[1] if len(numbers) > 1 else 0
    only = [argument.removeprefix("--only=") for argument in arguments if argument.startswith("--only=")]
    score = Score()
    for layout in LAYOUTS:
        if not only or layout.name in only:
            for seed in range(first, first + (numbers[0] if numbers else 8)):
                judge(layout, seed, score, arguments)
    for line in score.lines if "--quiet" not in arguments else []:
        print("  ", line)
    print(
        f"{len(LAYOUTS)} layouts, {score.forms} forms learned, {score.filled} filled in, {score.fields} answers"
    )
    print(f"forms learned without a fault       {score.forms_whole / score.forms:8.2%}")
    print(
        f"limits read right                   {score.limits_right / max(score.limits, 1):8.2%} of {score.limits}"
    )
    print(
        f"marks of what is required           {score.marks_right / max(score.marks, 1):8.2%} of {score.marks}"
    )
    print(f"answers placed exactly              {score.exact / score.fields:8.2%}")
    print(f"filled-in forms without any fault   {score.whole / score.filled:8.2%}")
    print(f"placed wrongly with confidence      {score.wrong:6}")
    print(f"under another template              {score.not_chosen:6}")
    print("most faults:", ", ".join(f"{name} {n}" for name, n in score.by_layout.most_common(8) if n))


if __name__ == "__main__":
    main(sys.argv[1:])

"""How exactly filled-in Word files of many layouts are placed, and whether any is placed wrongly with confidence.

    python benchmarks/placing.py [seeds] [--libreoffice]

With `--libreoffice` each file is opened and saved by LibreOffice first, as another office program would.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.layouts import LAYOUTS, Case, cases, same_words  # noqa: E402
from workbench import word  # noqa: E402
from workbench.intake import Placed, place  # noqa: E402
from workbench.template import shipped  # noqa: E402

SURE = 0.8
CONTROLS_ALONE = ("controls_against_headings", "unlabelled_tail")
"""Layouts that only controls make clear, of which LibreOffice keeps no more than their first paragraph."""


@dataclass
class Score:
    """How a set of cases was placed. `wrong` lists fields placed wrongly with confidence, each in a line."""

    fields: int = 0
    exact: int = 0
    files: int = 0
    whole: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list[str])
    doubtful: list[str] = field(default_factory=list[str])
    by_layout: Counter[str] = field(default_factory=Counter[str])


def placed(case: Case) -> Placed:
    """The case read twice, and placed."""
    document, texts = word.read_twice(case.data, case.layout)
    return place(document, shipped(), raw=texts)


def judge(case: Case, found: Placed, score: Score) -> None:
    """Adds to `score` how `found` compares with the truth of `case`."""
    score.files += 1
    problems = list(_problems(case, found))
    for line, sure in problems:
        (score.wrong if sure else score.doubtful).append(f"{case.layout}: {line}")
    score.fields += len(case.fields)
    score.exact += sum(_is_exact(case, found, name) for name in case.fields)
    score.whole += not problems
    score.by_layout[case.layout] += len(problems)
    if found.account.share < 1:
        score.lost += 1
        score.doubtful.append(f"{case.layout}: lost {found.account.missing[:6]}")


def _is_exact(case: Case, found: Placed, name: str) -> bool:
    value = found.fields.get(name)
    return any(same_words(value.text if value else "", truth) for truth in case.fields[name])


def _problems(case: Case, found: Placed) -> Iterator[tuple[str, bool]]:
    for name in case.fields:
        if not _is_exact(case, found, name):
            value = found.fields.get(name)
            said = value.text if value else ""
            sure = bool(value and value.confidence >= SURE and said)
            yield (
                f"{name} {value.confidence if value else 0:.2f} is {said[:60]!r}, not {case.fields[name][0][:60]!r}",
                sure,
            )
    for name, value in found.fields.items():
        if name not in case.fields and value.text:
            yield (
                f"{name} {value.confidence:.2f} is {value.text[:60]!r}, not to be there",
                value.confidence >= SURE,
            )
    left = " ".join(" ".join(passage.text.split()) for passage in found.unplaced)
    yield from ((f"not left unplaced: {words!r}", False) for words in case.unplaced if words not in left)
    kinds = {note.kind for note in found.notes}
    yield from ((f"no note {kind}", False) for kind in case.notes if kind not in kinds)
    if found.template != case.template:
        yield f"template is {found.template}", True


def through_libreoffice(made: Iterable[Case]) -> Iterator[Case]:
    """The cases as LibreOffice saves them."""
    with tempfile.TemporaryDirectory() as folder:
        source, saved = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        kept = (case for case in made if case.layout not in CONTROLS_ALONE)
        known = {f"{number:04}.docx": case for number, case in enumerate(kept)}
        for name, case in known.items():
            source.joinpath(name).write_bytes(case.data)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "docx", "--outdir", str(saved), *map(str, sorted(source.iterdir()))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name, case in known.items():
            yield replace(case, data=saved.joinpath(name).read_bytes())


def main(arguments: list[str]) -> None:
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    made: Iterable[Case] = cases(range(numbers[0] if numbers else 4))
    if "--libreoffice" in arguments:
        made = through_libreoffice(made)
    score = Score()
    for case in made:
        judge(case, placed(case), score)
    for line in [*score.wrong, *score.doubtful] if "--quiet" not in arguments else []:
        print("  ", line)
    print(f"{len(LAYOUTS)} layouts, {score.files} files, {score.fields} fields")
    print(f"fields exact                      {score.exact / score.fields:8.2%}")
    print(f"files without any fault           {score.whole / score.files:8.2%}")
    print(f"wrong with confidence >= {SURE}      {len(score.wrong):6}")
    print(f"files that lost a word            {score.lost:6}")


if __name__ == "__main__":
    main(sys.argv[1:])

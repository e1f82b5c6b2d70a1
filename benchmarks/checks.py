"""How long the checks take, and what they say of documents that should be clean.

    python benchmarks/checks.py [FILE.docx ...]

Times are medians over repeated runs on a study of about 1,500 words, joined from the documents given (the shipped
samples by default): all checks, and those of one field after an edit, as an editor waits for them. Before each run
every answer, or the one edited, gets another word, so that nothing remembered of the text helps; what is remembered
of words does, as it does at work. A plain Python loop is timed beside them, before and after, as the measure of the
machine. The second part lists, for each document, the
blockers and warnings for each 1,000 words, by check.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import resources
from workbench import checks, councils, richtext, template, word
from workbench.desk.arriving import making
from workbench.submission import Submission

ROUNDS = 25
WORDS = 1500
TOGETHER = ("introduction", "challenge", "solution", "impact", "sustaining", "lessons")


def main() -> None:
    """Print the times, then what was found."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(resources.path("samples").glob("*.docx"))
    studies = [_draft(path) for path in paths]
    _times(_long([one for one in studies if one.template == "case-study"]))
    _found(paths, studies)


def _draft(path: Path) -> Submission:
    return making.draft(making.make(word.read_file(path), path.name, template.shipped()))


def _context(submission: Submission) -> checks.CheckContext:
    return checks.CheckContext(template.shipped()[submission.template], councils.register(), date(2024, 6, 1))


def _long(studies: list[Submission]) -> Submission:
    """The first study with the answers of the next appended until it has as many words as a long one."""
    whole = studies[0]
    for other in studies[1:]:
        if _words(whole) >= WORDS:
            break
        fields = dict(whole.fields)
        for name in TOGETHER:
            known = whole.value(name)
            fields[name] = replace(known, content=known.content + other.value(name).content)
        whole = replace(whole, fields=fields)
    return whole


def _words(submission: Submission) -> int:
    return sum(len(value.text.split()) for value in submission.fields.values())


def _times(study: Submission) -> None:
    context = _context(study)
    known = replace(study, findings=checks.run(study, context))
    print(f"a study of {_words(study)} words, {len(known.findings)} findings")
    loop = "the measure: a million additions"
    afresh = [_edited(study, study.fields, n) for n in range(ROUNDS)]
    edited = [_edited(known, ["impact"], n) for n in range(ROUNDS)]
    for name, work in (
        (loop, lambda n: sum(range(1_000_000))),
        ("all checks", lambda n: checks.run(afresh[n], context)),
        ("again after an edit of the impact", lambda n: checks.again(edited[n], context, {"impact"})),
        (loop, lambda n: sum(range(1_000_000))),
    ):
        print(f"  {name:<36}{_milliseconds(work):7.2f} ms")


def _edited(study: Submission, fields: Iterable[str], n: int) -> Submission:
    """The study with a word more in some of its fields, which no round before has met."""
    put = {
        name: replace(
            value, content=(*value.content, *richtext.from_text(f"Then {_WORDS[n % len(_WORDS)]} {n}."))
        )
        for name in fields
        if (value := study.value(name)).content
    }
    return replace(study, fields={**study.fields, **put})


_WORDS = ("rain", "sun", "snow", "wind", "fog", "hail", "frost")


def _milliseconds(work: Callable[[int], object]) -> float:
    """The median of the processor's time, so that a busy neighbour does not count."""
    times: list[float] = []
    for n in range(ROUNDS):
        began = time.process_time()
        work(n)
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


def _found(paths: list[Path], studies: list[Submission]) -> None:
    total, words = Counter[str](), 0
    for path, study in zip(paths, studies, strict=True):
        loud = [one.check for one in checks.run(study, _context(study)) if one.severity != "advice"]
        total.update(loud)
        words += _words(study)
        print(f"{path.name:<48}{_words(study):6} words  {dict(Counter(loud)) or ''}")
    print(f"{sum(total.values())} blockers and warnings in {words} words: {dict(total)}")


if __name__ == "__main__":
    main()

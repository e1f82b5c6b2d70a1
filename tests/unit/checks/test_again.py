"""The law of an edit: what the checks say after it is what they would say had they never looked before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from workbench import checks, councils, richtext, template, word
from workbench.desk.arriving import making
from workbench.submission import FieldValue, Submission

PIECES = (
    "<p>Names have been changed.</p>",
    "<p>Tanisha, a tenant who was homeless, moved in. Kian, aged 9, was glad.</p>",
    "<p>The resident gave written consent to be photographed. Photo: the council.</p>",
    "<p>The HIA (Health Impact Assessment) was led by the XYB. The XYB met.</p>",
    '<p>See <a href="https://a.example/">the plan</a>.</p>',
    '<p>See <a href="https://b.example/">the plan</a>, or click here.</p>',
    "<p>Embargoed until 14 March 2030.</p><p>Not for publication.</p>",
    "<p>It fell by 40% from 9,300 to 5,487. About 62 per cent replied.</p>",
    "<table><tbody><tr><td>Deaths</td><td>2</td></tr></tbody></table>",
    "<h4>Too deep</h4><p>[insert text]</p><ul><li>Jo@x.example</li></ul>",
    "<p>Telford &amp; Wrekin Council</p>",
    "<p>We recieved it. It was felt that the center was closed.</p>",
    "",
)
htmls = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
steps = st.lists(st.tuples(st.integers(0, 9), st.booleans(), htmls), min_size=1, max_size=4)


@cache
def samples() -> tuple[Submission, ...]:
    paths = sorted(resources.path("samples").glob("*.docx"))
    made = (making.make(word.read_file(path), path.name, template.shipped()) for path in paths)
    drafts = [making.draft(one) for one in made]
    return tuple(replace(one, findings=checks.run(one, context(one))) for one in drafts)


def context(submission: Submission) -> checks.CheckContext:
    return checks.CheckContext(
        template.shipped()[submission.template], councils.register(), date(2024, 6, 1), election=True
    )


def edited(submission: Submission, changes: dict[str, tuple[bool, str]]) -> Submission:
    fields = dict(submission.fields)
    for name, (added, html) in changes.items():
        before = submission.value(name).content if added else ()
        fields[name] = FieldValue(richtext.canonical((*before, *richtext.from_html(html))))
    return replace(submission, fields=fields)


@settings(max_examples=120, deadline=None)
@given(number=st.integers(0, 27), steps=steps)
def test_checking_again_after_edits_of_a_sample_is_checking_all_of_it(
    number: int, steps: list[tuple[int, bool, str]]
) -> None:
    submission = samples()[number]
    known = context(submission)
    names = [field.id for field in known.template.fields]
    for place, added, html in steps:
        name = names[place % len(names)]
        submission = edited(submission, {name: (added, html)})
        submission = replace(submission, findings=checks.again(submission, known, {name}))
        assert submission.findings == checks.run(submission, known)


def test_that_names_were_changed_may_be_said_in_another_answer() -> None:
    sample = next(one for one in samples() if one.template == "case-study")
    base = edited(sample, {"impact": (True, PIECES[1])})
    base = replace(base, findings=checks.run(base, context(base)))
    told = {one.check for one in base.findings}
    assert {"PRI-06", "PRI-07"} <= told
    changed = edited(base, {"lessons": (True, PIECES[0])})
    found = checks.again(changed, context(changed), {"lessons"})
    assert told - {one.check for one in found} >= {"PRI-06", "PRI-07"}

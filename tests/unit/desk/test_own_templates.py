"""An office's own templates: kept in versions, tried on what came in, looked after; a damaged one stops nothing."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from workbench import word
from workbench.cli import main
from workbench.desk import Desk, study
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import minting
from workbench.desk.editing import placing, review
from workbench.desk.templates import health, templates, trying
from workbench.errors import Refused, WrongUsage
from workbench.progress import Cancelled
from workbench.richtext import from_text
from workbench.template import Field, Template, parse

OURS = Template(
    "ours",
    1,
    "Our form",
    "",
    (
        Field("place", "Where it happened", kind="line", required=True),
        Field("account", "Your story", required=True, max_words=12),
        Field("who", "Who to ask", kind="contact", personal=True),
    ),
    {},
)


def changed(template: Template, name: str, **values: object) -> Template:
    fields = [replace(each, **values) if each.id == name else each for each in template.fields]  # type: ignore[arg-type]
    return replace(template, fields=tuple(fields))


def filled(folder: Path, name: str, **answers: str) -> Path:
    """A Word file that answers under these headings; underscores are blanks."""
    document = Document()
    for heading, answer in answers.items():
        document.add_heading(heading.replace("_", " "), 2)
        document.add_paragraph(answer)
    path = folder / name
    document.save(str(path))
    return path


def sent_in(desk: Desk, path: Path) -> str:
    (arrival,) = arrivals.import_paths(desk, [path])
    assert arrival.submission
    return arrival.submission


@pytest.fixture
def story(desk: Desk, tmp_path: Path) -> Callable[..., str]:
    """Sends a story in under the first version of our form."""
    templates.save(desk, OURS)

    def send(number: int = 1, said: str = "We rang people back.") -> str:
        answers = {
            "Where_it_happened": f"Ambleford {number}",
            "Your_story": said,
            "Who_to_ask": "The library",
        }
        return sent_in(desk, filled(tmp_path, f"{number}.docx", **answers))

    return send


def test_a_copy_is_kept_and_listed_as_our_own(desk: Desk) -> None:
    shipped = desk.templates["case-study"]
    kept = templates.save(desk, templates.copied(shipped, "mine", "Mine"))
    assert (kept.version, kept.fields) == (1, shipped.fields)
    rows = {row.template.id: row for row in templates.listed(desk)}
    assert rows["mine"].own and not rows["mine"].replaces_shipped
    assert not rows["case-study"].own


def test_only_other_questions_make_another_version(desk: Desk) -> None:
    templates.save(desk, OURS)
    assert templates.save(desk, changed(OURS, "account", synonyms=("Tale",))).version == 1
    assert templates.save(desk, changed(OURS, "account", label="What happened")).version == 2
    assert templates.save(desk, changed(OURS, "account", label="What happened", public=False)).version == 2
    assert [one.version for one in desk.templates.versions("ours")] == [2, 1]


def test_a_form_sent_out_last_year_is_read_by_its_own_labels(desk: Desk, tmp_path: Path) -> None:
    templates.save(desk, OURS)
    old = tmp_path / "old.docx"
    old.write_bytes(word.blank(OURS))
    document = Document(str(old))
    for paragraph in list(document.element.body.iter("{*}sdt")):
        paragraph.getparent().remove(paragraph)
    headings = [each for each in document.paragraphs if each.text == "Your story"]
    headings[0].insert_paragraph_before("The library")
    document.add_paragraph("A team mailbox.")
    document.save(str(old))
    templates.save(desk, replace(changed(OURS, "who", label="Contact us at"), fields=OURS.fields[1:]))
    found = study.show(desk, sent_in(desk, old))
    assert (found.template, found.template_version) == ("ours", 1)
    assert found.value("place").text == "The library"
    assert found.value("who").text == "A team mailbox."
    asked_by = desk.template_of(found)
    assert asked_by is not None and "place" in asked_by.by_id


def test_who_may_read_an_answer_is_said_by_the_newest_version(desk: Desk, story: Callable[..., str]) -> None:
    one = story()
    templates.save(desk, changed(changed(OURS, "account", personal=True), "place", label="The place"))
    found = study.show(desk, one)
    asked_by = desk.template_of(found)
    assert asked_by is not None
    assert (asked_by.version, asked_by.by_id["place"].label) == (1, "Where it happened")
    assert "account" in {field.id for field in minting.preview(desk, found).personal}


def test_what_was_taken_away_still_shows_its_submissions(desk: Desk, story: Callable[..., str]) -> None:
    one = story()
    templates.remove(desk, "ours")
    assert "ours" not in desk.templates
    found = study.show(desk, one)
    assert study.asked_by(desk, found).label == "Our form"
    row = next(row for row in templates.listed(desk) if row.template.id == "ours")
    assert (row.own, row.submissions) == (False, 1)
    assert templates.save(desk, OURS).version == 2


def test_a_shipped_template_is_replaced_and_comes_back(desk: Desk) -> None:
    shipped = desk.templates["property-project"]
    kept = templates.save(desk, changed(shipped, "homes", label="Flats"))
    assert kept.version == shipped.version + 1
    templates.remove(desk, "property-project")
    assert desk.templates["property-project"] == shipped
    with pytest.raises(Refused, match="template-not-own"):
        templates.remove(desk, "property-project")


def test_a_faulty_template_is_not_kept(desk: Desk) -> None:
    with pytest.raises(Refused, match="template-faulty"):
        templates.save(desk, changed(OURS, "account", id="place"))
    assert "ours" not in desk.templates


def test_a_study_without_title_and_summary_is_shown_and_named(desk: Desk, story: Callable[..., str]) -> None:
    one = study.show(desk, story())
    assert [(each.check, each.field) for each in one.findings if each.check == "STR-04"] == []
    publication = minting.preview(desk, one)
    assert (publication.title, publication.summary) == ("Our form", "")
    assert [field.id for field in publication.fields] == ["place", "account"]


def test_limits_of_any_question_are_checked(desk: Desk, story: Callable[..., str]) -> None:
    one = study.show(desk, story(said="one two three " * 5))
    (found,) = [each for each in one.findings if each.check == "STR-04"]
    assert (found.field, found.message) == (
        "account",
        "Your story is 15 words; the form asks for 12 at most.",
    )


def test_a_trial_tells_what_would_be_placed_differently_and_changes_nothing(
    desk: Desk, story: Callable[..., str]
) -> None:
    one, other = story(1), story(2)
    before = study.show(desk, one)
    assert trying.dry_run(desk, OURS).counts["same"] == 6
    tried = replace(
        changed(OURS, "account", label="Tale"), fields=changed(OURS, "account", label="Tale").fields[:2]
    )
    trial = trying.dry_run(desk, tried)
    assert (trial.tried, trial.of, len(trial.differing)) == (2, 2, 2)
    assert {each.submission for each in trial.differing} == {one, other}
    assert (trial.counts["unplaced"], trial.counts["gone"], trial.counts["same"]) == (2, 2, 2)
    assert study.show(desk, one) == before
    swapped = changed(changed(OURS, "account", label="Where it happened"), "place", label="Your story")
    moved = {(each.field, each.to) for each in trying.dry_run(desk, swapped).files[0].fields}
    assert moved == {("place", "account"), ("account", "place")}


def test_a_trial_says_what_an_editor_has_placed(desk: Desk, story: Callable[..., str]) -> None:
    one = story()
    review.edit(desk, one, "account", from_text("We rang people back, each of them."))
    (told,) = trying.dry_run(desk, changed(OURS, "account", label="Tale")).files[0].fields
    assert (told.what, told.by_hand, told.agrees) == ("unplaced", True, False)


def test_a_trial_can_be_stopped(desk: Desk, story: Callable[..., str]) -> None:
    for number in range(3):
        story(number)

    def stop(done: int, total: int, what: str) -> None:
        if done == 2:
            raise Cancelled

    trial = trying.dry_run(desk, OURS, stop)
    assert (trial.stopped, len(trial.files), trial.of) == (True, 2, 3)


def test_the_question_that_fails_most_comes_first_with_why(desk: Desk, story: Callable[..., str]) -> None:
    story(1, "")
    story(2, "n/a")
    story(3, "one two three " * 5)
    story(4)
    found = health.health(desk, "ours")
    worst = found.questions[0]
    assert (worst.id, worst.asked, worst.failing) == ("account", 4, 3)
    assert (worst.empty, worst.not_applicable, worst.long, worst.answered) == (1, 1, 1, 2)
    assert dict(worst.why) == {"empty": 1, "not-applicable": 1, "long": 1}
    assert found.few and worst.few
    assert sum(group.failing for group in worst.by_version) == 3
    assert health.health(desk, "ours", version=2).questions[0].asked == 0


def test_what_editors_mended_counts_as_it_was_sent_in(desk: Desk, story: Callable[..., str]) -> None:
    one = story(1, "")
    review.edit(desk, one, "account", from_text("We rang them."))
    worst = health.health(desk, "ours").questions[0]
    assert (worst.id, worst.empty, worst.mended) == ("account", 1, 1)


def test_a_passage_brought_by_hand_is_a_failing_of_its_question(
    desk: Desk, story: Callable[..., str], tmp_path: Path
) -> None:
    answers = {"Where_it_happened": "Ambleford", "The_yarn": "We rang them.", "Who_to_ask": "The library"}
    one = sent_in(desk, filled(tmp_path, "yarn.docx", **answers))
    (passage,) = [each for each in study.show(desk, one).unplaced if each.text == "We rang them."]
    placing.place(desk, one, passage.key, "account")
    worst = health.health(desk, "ours").questions[0]
    assert (worst.id, worst.moved, dict(worst.why)) == ("account", 1, {"placing": 1})


def test_one_failure_of_one_is_not_worse_than_most_of_many() -> None:
    assert (
        health.at_least(9, 10) > health.at_least(1, 1) > health.at_least(1, 10) > health.at_least(0, 10) == 0
    )


def test_health_of_no_template_is_refused(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="unknown-template"):
        health.health(desk, "none")


def test_templates_by_command(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str, status: int = 0) -> str:
        capsys.readouterr()
        assert main(["--workspace", str(desk.workspace), "template", *arguments]) == status
        return capsys.readouterr().out

    form = filled(tmp_path, "form.docx", Where_it_happened="", **{"What_did_you_do?_(max_90_words)": ""})
    learned = json.loads(run("learn", str(form), "--save", "--id", "walks", "--json").splitlines()[0])
    assert parse(tomllib.loads(learned["toml"])).by_id["solution"].max_words == 90
    assert learned["meanings"] == {"solution": "solution"}
    out = tmp_path / "walks.toml"
    out.write_text(run("toml", "walks").replace("What did you do?", "What was done?"), "utf-8")
    assert json.loads(run("edit", str(out), "--json"))["version"] == 2
    run("copy", "case-study", "rides", "--label", "Rides")
    run("copy", "walks", "rides", status=2)
    run("learn", str(form), "--save", "--id", "rides", status=2)
    rows = [json.loads(line) for line in run("list", "--json").splitlines()]
    assert {row["id"]: row["own"] for row in rows}["rides"]
    report = filled(
        tmp_path, "filled.docx", Where_it_happened="Ambleford", **{"What_was_done?": "All of it."}
    )
    tested = json.loads(run("test", "walks", str(report), "--json"))
    assert tested["answers"] == {"where_happened": "Ambleford", "solution": "All of it."}
    sent_in(desk, report)
    assert json.loads(run("try", "walks", "--json").splitlines()[0])["counts"]["same"] == 2
    assert json.loads(run("health", "walks", "--json").splitlines()[0])["submissions"] == 1
    (desk.workspace / "templates" / "broken.toml").write_text("id = ", "utf-8")
    run("check", status=1)
    run("check", "walks")
    run("remove", "rides")
    run("show", "rides", status=2)

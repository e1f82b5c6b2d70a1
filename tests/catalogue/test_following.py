"""What a desk learns with each contact: who else has a file in hand, and what is to be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalogue.given import lay
from tests.unit.word.notation import docx, p, rel
from workbench.catalogue import open_catalogue
from workbench.desk import Desk, open_desk, study
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import browsing, publishing
from workbench.desk.rows import Arrival
from workbench.publication import PublishedField
from workbench.store import claims
from workbench.word.document import SUBMISSION_PROPERTY

HEADING = "Heading1"


@pytest.fixture
def ada(tmp_path: Path, url: str) -> Iterator[Desk]:
    with open_desk(tmp_path / "ada", who="Ada", catalogue=url) as opened:
        yield opened


@pytest.fixture
def bob(tmp_path: Path, url: str) -> Iterator[Desk]:
    with open_desk(tmp_path / "bob", who="Bob", catalogue=url) as opened:
        yield opened


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    path = tmp_path / "Mended by neighbours.docx"
    body = p("Too much that could be mended went into the bins of the town every week of the year.")
    path.write_bytes(docx(p("Mended by neighbours", style="Title"), p("The challenge", style=HEADING), body))
    return path


def arrive(desk: Desk, path: Path) -> Arrival:
    (arrival,) = arrivals.import_paths(desk, [path])
    return arrival


def published(desk: Desk) -> list[str]:
    return [outcome.result for outcome in publishing.publish(desk)]


def test_a_file_that_a_colleague_has_taken_up_is_told_and_is_the_same_study(
    ada: Desk, bob: Desk, mailbox: Path
) -> None:
    hers = arrive(ada, mailbox)
    assert hers.taken_up == ""
    publishing.pull(ada)
    publishing.pull(bob)
    his = arrive(bob, mailbox)
    assert "took this up on" in his.taken_up and "“Mended by neighbours”" in his.taken_up
    one, other = study.show(ada, hers.submission or ""), study.show(bob, his.submission or "")
    assert one.study == other.study, "so that it cannot be published twice"
    assert [note.text for note in other.notes if note.kind == "taken-up"] == [his.taken_up]


def test_two_imports_without_a_network_are_told_at_the_rehearsal(ada: Desk, bob: Desk, mailbox: Path) -> None:
    hers, his = arrive(ada, mailbox), arrive(bob, mailbox)
    assert his.taken_up == ""
    publishing.pull(ada)
    (row,) = publishing.rehearse(bob, [his.submission or ""]).rows
    assert "took this up on" in row.reason
    (row,) = publishing.rehearse(ada, [hers.submission or ""]).rows
    assert "took this up on" in row.reason, "his rehearsal told the catalogue of his"


def test_an_import_asks_nobody(tmp_path: Path, mailbox: Path) -> None:
    with open_desk(tmp_path / "desk", who="Ada", catalogue="postgresql://127.0.0.1:1/nowhere") as desk:
        assert arrive(desk, mailbox).taken_for == "new"
        with desk.store.reading() as connection:
            assert [claim.title for claim in claims.unsent(connection)] == ["Mended by neighbours"]


def test_a_claim_is_told_once_and_again_to_another_catalogue(
    ada: Desk, mailbox: Path, tmp_path: Path, url: str
) -> None:
    arrive(ada, mailbox)
    for _ in range(2):
        publishing.pull(ada)
    with open_catalogue(url) as shared:
        assert len(shared.claims(0)) == 1
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    open_catalogue(other, create=True).close()
    with open_desk(tmp_path / "ada", who="Ada", catalogue=other) as moved, open_catalogue(other) as shared:
        publishing.pull(moved)
        assert [claim.title for claim in shared.claims(0)] == ["Mended by neighbours"]


def test_a_study_that_is_live_and_comes_back_as_a_file_goes_on_from_its_version(
    ada: Desk, bob: Desk, tmp_path: Path
) -> None:
    """The file carries the study's UUID; it was published from another desk."""
    one = lay(ada, 1)
    publishing.queue(ada, [one])
    assert published(ada) == ["published"]
    publishing.pull(bob)
    uuid = study.show(ada, one).study
    path = tmp_path / "returned.docx"
    path.write_bytes(carrying(uuid, "Repair café number 1", "Less of it."))
    back = study.show(bob, arrive(bob, path).submission or "")
    assert (back.study, back.base_version) == (uuid, 1)


def test_a_form_that_was_used_for_another_story_is_another_study(
    ada: Desk, bob: Desk, tmp_path: Path
) -> None:
    one = lay(ada, 1)
    publishing.queue(ada, [one])
    published(ada)
    publishing.pull(bob)
    uuid = study.show(ada, one).study
    path = tmp_path / "returned.docx"
    path.write_bytes(carrying(uuid, "Ponies in the park", "Nobody rode."))
    new = study.show(bob, arrive(bob, path).submission or "")
    assert (new.study != uuid, new.base_version) == (True, 0)


def carrying(uuid: str, title: str, words: str) -> bytes:
    """A Word file that says which study it is."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006"
    told = (
        f'<Properties xmlns="{space}/custom-properties" xmlns:vt="{space}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{SUBMISSION_PROPERTY}">'
        f"<vt:lpwstr>{uuid}</vt:lpwstr></property></Properties>"
    )
    return docx(
        p(title, style="Title"),
        p("The challenge", style=HEADING),
        p(words),
        more={"docProps/custom.xml": told},
        root_rels=rel("rIdC", "custom-properties", "docProps/custom.xml"),
    )


def test_what_was_emptied_in_the_catalogue_is_forgotten_on_every_desk(
    ada: Desk, bob: Desk, tmp_path: Path, url: str
) -> None:
    one = lay(ada, 1)
    publishing.queue(ada, [one])
    published(ada)
    publishing.pull(bob)
    uuid = study.show(ada, one).study
    assert browsing.study(bob, uuid).publication.personal == (
        PublishedField("contact", "Contact", "<p>An invented person</p>"),
    )
    with open_catalogue(url) as shared:
        shared.redact(uuid, ["contact"], "asked for", "Ada")
    for desk, folder in ((ada, tmp_path / "ada"), (bob, tmp_path / "bob")):
        assert found_in(folder, "invented person")
        publishing.pull(desk)
        assert browsing.study(desk, uuid).publication.personal == ()
        assert browsing.study(desk, uuid).redacted == ("contact",)
        assert found_in(folder, "invented person") == []
    assert study.show(ada, one).value("contact").text == ""
    assert publishing.pull(bob) == 0


def found_in(folder: Path, words: str) -> list[str]:
    """The files below a desk's folder in which these words stand."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]

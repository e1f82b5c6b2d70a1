"""Which workspace is opened: what is remembered, what a folder is good for, how one is begun, and practice."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import config
from workbench.desk import open_desk
from workbench.desk.desk import login
from workbench.desk.office import ground, workspaces
from workbench.desk.office.workspaces import Plan
from workbench.errors import Refused, SurroundingsFailed


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which Casebook was never started."""
    monkeypatch.setenv("CASEBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def begun(folder: Path) -> Path:
    return workspaces.begin(Plan(folder, "Ada Lovelace"))


def test_before_the_first_choice_it_is_the_usual_one(home: Path) -> None:
    assert workspaces.is_first_start()
    assert workspaces.to_open() == config.default_workspace() == home / "casebook"
    assert workspaces.known() == workspaces.Known()
    assert not home.exists(), "asking makes nothing"


def test_what_is_named_goes_before_what_was_chosen(tmp_path: Path) -> None:
    begun(tmp_path / "chosen")
    assert workspaces.to_open() == tmp_path / "chosen"
    assert workspaces.to_open(tmp_path / "named") == tmp_path / "named"


def test_the_last_choice_is_opened_and_the_others_are_remembered(tmp_path: Path) -> None:
    for name in ("one", "two", "one"):
        begun(tmp_path / name)
    assert workspaces.known() == workspaces.Known(tmp_path / "one", (tmp_path / "one", tmp_path / "two"))
    workspaces.forget(tmp_path / "one")
    assert workspaces.known() == workspaces.Known(None, (tmp_path / "two",))
    assert (tmp_path / "one" / "desk.db").is_file()


def test_no_more_are_remembered_than_can_be_looked_through(tmp_path: Path) -> None:
    for number in range(workspaces.MOST + 3):
        workspaces.choose(tmp_path / str(number))
    assert len(workspaces.known().folders) == workspaces.MOST


def test_a_workspace_that_was_unplugged_is_told_and_no_empty_one_begun(tmp_path: Path) -> None:
    stick = begun(tmp_path / "stick")
    stick.rename(tmp_path / "unplugged")
    with pytest.raises(SurroundingsFailed, match="workspace-gone"):
        workspaces.to_open()
    assert not stick.exists()


@pytest.mark.parametrize("text", ["", "chosen = 3\nfolders = [1, '']\n", "chosen =", "\udce9"])
def test_what_is_remembered_may_be_damaged(home: Path, text: str) -> None:
    home.mkdir()
    (home / workspaces.REMEMBERED).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert workspaces.known() == workspaces.Known()
    workspaces.choose(home / "desk")
    assert workspaces.known().chosen == home / "desk"


@pytest.mark.parametrize("name", ['a "b" \\ c', "naïve café 💼", "line\nbreak", "del\x7f"])
def test_a_folder_of_any_name_is_remembered(tmp_path: Path, name: str) -> None:
    workspaces.choose(tmp_path / name)
    assert workspaces.known().chosen == tmp_path / name


def test_a_choice_that_cannot_be_kept_is_told(home: Path) -> None:
    home.write_text("a file where the folder should be")
    with pytest.raises(SurroundingsFailed, match="choice-unkept"):
        workspaces.choose(home / "desk")


def test_what_a_folder_is_good_for(tmp_path: Path) -> None:
    file, full = tmp_path / "file", tmp_path / "full"
    file.write_text("words")
    full.mkdir()
    (full / "letter.docx").write_text("words")
    seen = {name: workspaces.look(tmp_path / name) for name in ("new/and/deep", "file", "full", "file/below")}
    states = {name: site.state for name, site in seen.items()}
    assert states == {
        "new/and/deep": "new",
        "file": "no-folder",
        "full": "beside",
        "file/below": "unwritable",
    }
    assert [name for name, site in seen.items() if not site.good] == ["file", "file/below"]
    assert not (tmp_path / "new").exists()
    assert workspaces.look(begun(tmp_path / "mine")).state == "here"


def test_a_folder_that_is_only_read_is_refused_with_what_to_do() -> None:
    site = workspaces.look(Path("/proc/casebook"))
    assert (site.state, site.good) == ("unwritable", False)
    assert "choose" in site.sentence


def test_a_share_is_refused_and_a_synced_folder_warned_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Dropbox" in workspaces.look(tmp_path / "Dropbox" / "desk").warning
    kind = ground.file_system(Path("/proc/self/mountinfo").read_text("utf-8"), tmp_path)
    monkeypatch.setattr(ground, "NETWORK", frozenset({kind}))
    assert workspaces.look(tmp_path / "desk").state == "network"


def test_a_workspace_is_begun_with_what_was_answered(tmp_path: Path) -> None:
    folder = workspaces.begin(
        Plan(tmp_path / "desk", "Ada Lovelace", "ADA", "postgresql://db.example.org/casebook")
    )
    kept = config.read(folder)
    assert (kept.who, kept.initials, kept.catalogue) == (
        "Ada Lovelace",
        "ADA",
        "postgresql://db.example.org/casebook",
    )
    assert workspaces.present(folder) == Plan(folder, kept.who, kept.initials, kept.catalogue)
    assert not workspaces.is_first_start()


def test_what_is_as_suggested_is_left_to_follow_the_suggestion(tmp_path: Path) -> None:
    folder = workspaces.begin(Plan(tmp_path / "desk", login(), workspaces.initials("Ada L")))
    assert config.read(folder).who == ""
    assert config.read(workspaces.begin(Plan(tmp_path / "other", "Ada L", "AL"))).initials == ""


def test_a_workspace_that_is_there_keeps_its_work_and_its_rules(tmp_path: Path) -> None:
    config.write(begun(tmp_path / "desk"), config.Settings(working_days=9, who="Ada Lovelace"))
    workspaces.begin(workspaces.present(tmp_path / "desk"))
    assert config.read(tmp_path / "desk") == config.Settings(working_days=9, who="Ada Lovelace")


def test_practice_stands_apart_publishes_into_itself_and_goes_without_trace(
    home: Path, tmp_path: Path
) -> None:
    real = begun(tmp_path / "desk")
    assert workspaces.begin_practice("Ada") is True
    assert workspaces.begin_practice("Ada") is False
    practice = workspaces.practice()
    assert workspaces.is_practice(practice) and not workspaces.is_practice(real)
    with open_desk(practice) as desk:
        assert desk.catalogue_url == f"sqlite:///{practice / 'catalogue.db'}"
    assert workspaces.to_open() == real, "practice is never opened by itself"
    workspaces.end_practice()
    workspaces.end_practice()
    assert not practice.exists() and (real / "desk.db").is_file()


def test_a_folder_that_is_no_practice_is_never_deleted() -> None:
    folder = workspaces.practice()
    folder.mkdir(parents=True)
    (folder / "letter.docx").write_text("words")
    with pytest.raises(Refused, match="not-practice"):
        workspaces.end_practice()
    assert (folder / "letter.docx").is_file()


def test_a_system_that_names_nobody_opens_a_desk_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    with open_desk(tmp_path / "desk") as desk:
        assert desk.who == "?"

"""Where a workspace may stand, what it is made with, and its settings."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from workbench import config
from workbench.config import Settings
from workbench.desk import open_desk, queue
from workbench.desk.catalogue import publishing
from workbench.desk.office import ground
from workbench.errors import SurroundingsFailed, WrongUsage

MOUNTS = r"""22 28 0:21 / /proc rw,nosuid - proc proc rw
28 1 259:2 / / rw,relatime - ext4 /dev/nvme0n1p2 rw
91 28 0:44 / /mnt/share rw,relatime - cifs //server/share rw
92 28 0:45 / /mnt/my\040studies rw,relatime shared:3 - nfs4 server:/studies rw
93 91 259:3 / /mnt/share/local rw,relatime - xfs /dev/sdb1 rw
a line of nonsense"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ada/desk", "ext4"),
        ("/mnt/share/desk", "cifs"),
        ("/mnt/share", "cifs"),
        ("/mnt/shared/desk", "ext4"),
        ("/mnt/share/local/desk", "xfs"),
        ("/mnt/my studies/desk", "nfs4"),
    ],
)
def test_the_file_system_of_a_folder(path: str, kind: str) -> None:
    assert ground.file_system(MOUNTS, PurePosixPath(path)) == kind


def test_a_workspace_on_another_machine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = ground.file_system(Path("/proc/self/mountinfo").read_text("utf-8"), tmp_path)
    monkeypatch.setattr(ground, "NETWORK", frozenset({kind}))
    with pytest.raises(SurroundingsFailed, match="workspace-on-network"):
        open_desk(tmp_path / "desk")
    assert not (tmp_path / "desk").exists()


def test_a_synced_workspace_is_warned_about(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        assert desk.warnings == ()
    with open_desk(tmp_path / "OneDrive - Example Council" / "desk") as desk:
        (warning,) = desk.warnings
    assert warning.code == "workspace-synced"
    assert "OneDrive" in warning.message


def test_a_new_workspace_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_desk(tmp_path / "a" / "desk").close()
    assert (tmp_path / "a" / "desk").stat().st_mode & 0o077 == 0


def test_a_file_in_the_place_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file")
    with pytest.raises(SurroundingsFailed, match="workspace-unwritable"):
        open_desk(tmp_path / "desk")


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    settings = Settings(
        who='Ada "the" \\ Lovelace\n\x7f',
        catalogue="postgresql://db/casebook",
        working_days=3,
        site_title="Astudiaethau – achos",
        site_address="https://e.org",
    )
    config.write(tmp_path, settings)
    assert config.read(tmp_path) == settings


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_what_a_workspace_holds_is_for_its_owner_alone(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        config.write(desk.workspace, Settings(who="Ada"))
        publishing.pull(desk)
        made = {path.name: path.stat().st_mode & 0o777 for path in desk.workspace.iterdir()}
    assert {"desk.db", "catalogue.db", "settings.toml"} <= set(made)
    assert {name: rights for name, rights in made.items() if rights != 0o600} == {}
    assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o700


def test_a_password_in_the_address_is_never_told(tmp_path: Path) -> None:
    settings = Settings(catalogue="postgresql://ada:secret@db/casebook")
    assert "secret" not in repr(settings)
    (tmp_path / config.FILE).write_text('catalogue = ["postgresql://ada:secret@db/casebook"]')
    with pytest.raises(WrongUsage, match="settings-damaged") as caught:
        config.read(tmp_path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["50% done", "what?", "a b#c&d=e", "naïve café"])
def test_a_desk_may_stand_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    with open_desk(tmp_path / name) as desk:
        assert queue.rows(desk) == ()
        assert publishing.pull(desk) == 0
    assert {"desk.db", "catalogue.db"} <= {path.name for path in (tmp_path / name).iterdir()}
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert config.read(tmp_path) == Settings()
    (tmp_path / config.FILE).write_text('who = "Ada"\nsomething_newer = 3\n')
    assert config.read(tmp_path) == Settings(who="Ada")


@pytest.mark.parametrize("text", ["who = ", "who = 3", "working_days = true", "\x00"])
def test_damaged_settings_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / config.FILE).write_text(text)
    with pytest.raises(WrongUsage, match="settings-damaged"):
        config.read(tmp_path)


def test_what_is_asked_for_goes_before_the_settings(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        assert desk.catalogue_url == f"sqlite:///{tmp_path / 'catalogue.db'}"
        assert desk.who
    config.write(tmp_path, Settings(who="Ada", catalogue="postgresql://db/casebook"))
    with open_desk(tmp_path) as desk:
        assert (desk.who, desk.catalogue_url) == ("Ada", "postgresql://db/casebook")
    with open_desk(tmp_path, who="Bea", catalogue="sqlite:////tmp/other.db") as desk:
        assert (desk.who, desk.catalogue_url) == ("Bea", "sqlite:////tmp/other.db")


def test_an_offices_own_template_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "mine.toml").write_text(
        'id = "case-study"\nversion = 9\nlabel = "Ours"\n[[fields]]\nid = "title"\nlabel = "Title"\n'
    )
    with open_desk(tmp_path) as desk:
        assert desk.templates["case-study"].version == 9
        assert "programme-update" in desk.templates

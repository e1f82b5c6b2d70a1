"""The folder an export writes: whole or not at all, no more than is needed, and nobody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench import words
from workbench.errors import Bug, Refused, SurroundingsFailed
from workbench.exporters.folder import Folder, Written, replace_file


def export(root: Path, **files: str) -> Written:
    """An export of these files: `a__b="words"` is the file `a/b`, its words its key."""
    with Folder(root) as folder:
        for name, words in files.items():
            folder.put(name.replace("__", "/"), words, words.encode)
        return folder.commit()


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


def test_it_writes_leaves_alone_and_removes(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "site"
    assert export(root, index="1", a__one="1", b__two="2") == Written(3, 0, 0)
    assert export(root, index="1", a__one="other") == Written(1, 1, 1)
    assert (root / "a/one").read_text() == "other"
    assert not (root / "b").exists()


def test_an_unchanged_file_keeps_its_time_and_is_not_made_again(tmp_path: Path) -> None:
    export(tmp_path, a="1", b="2")
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in ("a", "b", ".casebook/site.json")}
    with Folder(tmp_path) as folder:
        folder.put("a", "1", lambda: pytest.fail("made again"))
        folder.put("b", "2", lambda: pytest.fail("made again"))
        folder.commit()
    assert before == {name: (tmp_path / name).stat().st_mtime_ns for name in before}


def test_the_same_bytes_from_another_key_are_not_written_again(tmp_path: Path) -> None:
    export(tmp_path, a="1")
    os.utime(tmp_path / "a", ns=(5, 5))
    with Folder(tmp_path) as folder:
        folder.put("a", "another key", lambda: b"1")
        assert folder.commit() == Written(0, 1, 0)
    assert (tmp_path / "a").stat().st_mtime_ns == 5


@pytest.mark.parametrize("damage", ["tampered", "cut short", "gone"])
def test_a_file_somebody_touched_is_put_right(tmp_path: Path, damage: str) -> None:
    export(tmp_path, a="words", b="2")
    if damage == "gone":
        (tmp_path / "a").unlink()
    else:
        (tmp_path / "a").write_text("sword" if damage == "tampered" else "")
        later = (tmp_path / ".casebook/site.json").stat().st_mtime_ns + 1_000_000
        os.utime(tmp_path / "a", ns=(later, later))
    assert export(tmp_path, a="words", b="2") == Written(1, 1, 0)
    assert (tmp_path / "a").read_text() == "words"


def test_a_folder_of_somebody_else_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused) as refusal:
        export(tmp_path, index="1")
    assert refusal.value.code == "not-our-folder"
    assert words.explain(refusal.value).startswith(f"{tmp_path} holds files that this export did not write")
    assert tree(tmp_path) == {"thesis.txt": b"years of work"}
    assert not (tmp_path / ".casebook").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        '{"format": 99, "files": {}}',
        '{"format": 1, "files": {"../../etc/passwd": ["", 1]}}',
        '{"format": 1, "files": {"/etc/passwd": ["", 1]}}',
        '{"format": 1, "files": {"a": 3}}',
    ],
)
def test_a_manifest_that_is_not_ours_or_points_outside_is_refused(tmp_path: Path, manifest: str) -> None:
    (tmp_path / ".casebook").mkdir()
    (tmp_path / ".casebook/site.json").write_text(manifest)
    with pytest.raises(Refused, match="not-our-folder"):
        export(tmp_path, index="1")


def test_what_the_owner_added_stays_but_is_never_overwritten(tmp_path: Path) -> None:
    export(tmp_path, index="1", a__one="1")
    (tmp_path / "a/CNAME").write_text("mine")
    export(tmp_path, index="2")
    assert tree(tmp_path).keys() >= {"a/CNAME", "index"}
    with pytest.raises(Refused, match="a/CNAME"):
        export(tmp_path, index="3", a__CNAME="ours")
    assert (tmp_path / "a/CNAME").read_text() == "mine"
    assert (tmp_path / "index").read_text() == "2"


def test_a_failing_export_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    export(tmp_path, a="1", b="2")
    before = tree(tmp_path)
    with pytest.raises(ZeroDivisionError), Folder(tmp_path) as folder:
        folder.put("a", "new", lambda: b"new")
        folder.put("b", "worse", lambda: bytes(1 // 0))
    assert tree(tmp_path) == before


def test_a_failing_first_export_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Folder(tmp_path / "site") as folder:
        folder.put("a", "1", lambda: bytes(1 // 0))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_an_export_cut_short_while_moving_in_is_finished_by_the_next(
    tmp_path: Path, moves: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path, a="1", b="1", stale="1")
    done: list[str] = []
    rename = Path.replace

    def cut(path: Path, target: Path) -> Path:
        if ".casebook" not in target.parts:
            if len(done) == moves:
                raise KeyboardInterrupt
            done.append(target.name)
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            export(tmp_path, a="2", b="2", c="2")
    assert done == ["c", "a", "b"][:moves]  # a new address first: nothing leads there yet
    export(tmp_path, a="2", b="2", c="2")
    whole = tmp_path / "whole"
    export(whole, a="2", b="2", c="2")
    found = {path: data for path, data in tree(tmp_path).items() if not path.startswith("whole")}
    assert found == tree(whole)


def test_two_files_of_one_address_are_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(Bug), Folder(tmp_path) as folder:
        folder.hold("a", b"1")
        folder.hold("a", b"2")


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "a//b", "a\\b", "c:a", ""])
def test_an_address_outside_the_folder_is_our_mistake(tmp_path: Path, path: str) -> None:
    with pytest.raises(Bug), Folder(tmp_path / "site") as folder:
        folder.hold(path, b"1")
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_a_folder_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsFailed, match="folder-unwritable") as failure:
        export(tmp_path / "file" / "site", a="1")
    said = words.explain(failure.value)
    assert "Not a directory" in said
    assert "{" not in said


def test_replace_file_touches_nothing_where_the_bytes_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "new" / "table.csv"
    assert replace_file(path, b"1")
    assert not replace_file(path, b"1")
    assert replace_file(path, b"2")
    assert [entry.name for entry in path.parent.iterdir()] == ["table.csv"]


def test_two_exports_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    export(tmp_path, a="1")
    with Folder(tmp_path) as folder:
        folder.put("a", "2", lambda: b"2")
        with pytest.raises(Refused, match="folder-in-use"):
            export(tmp_path, a="3")
    assert (tmp_path / "a").read_text() == "1"
    assert export(tmp_path, a="3") == Written(1, 0, 0)


def test_a_link_that_somebody_put_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "site"
    export(root, a="1")
    (tmp_path / "elsewhere").write_text("theirs")
    (root / "a").unlink()
    (root / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="not-our-folder"):
        export(root, a="2")
    assert (tmp_path / "elsewhere").read_text() == "theirs"

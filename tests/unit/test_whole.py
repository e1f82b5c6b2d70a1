"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench import whole


def test_what_cannot_be_finished_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.toml"
    whole.write(path, "before\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        whole.write(path, "after\n")
    with pytest.raises(UnicodeEncodeError):
        whole.write(path, "\udc80")
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]
    assert path.read_bytes() == b"before\n"


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise there")
def test_what_is_written_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    whole.write(tmp_path / "settings.toml", "")
    assert (tmp_path / "settings.toml").stat().st_mode & 0o777 == 0o600

"""An administrator empties what is personal: the catalogue, every desk and the next website are without it."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue.given import lay
from tests.conftest import Casebook
from workbench.desk import open_desk, study
from workbench.desk.catalogue import publishing


def traces(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if b"invented person" in path.read_bytes()]


def test_redacted_pulled_and_exported(casebook: Casebook, tmp_path: Path) -> None:
    workspace, site = tmp_path / "desk", tmp_path / "site"
    with open_desk(workspace) as desk:
        one = lay(desk, 1)
        publishing.queue(desk, [one])
        assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
        uuid = study.show(desk, one).study
    assert casebook("export", "website", site).status == 0
    assert traces(site) and traces(workspace)

    redact = ("catalogue", "redact", uuid, "--field", "contact", "--reason")
    assert casebook(*redact, " ").status == 1, "a reason is needed"
    answer = casebook(*redact, "asked for by the person")
    assert answer.status == 0 and "Emptied for good" in answer.out
    assert "Nothing of contact" in casebook(*redact, "again").out
    unknown = "00000000-0000-4000-8000-000000000000"
    assert casebook("catalogue", "redact", unknown, "--field", "contact", "--reason", "x").status == 1

    assert casebook("pull").status == 0
    assert casebook("export", "website", site).status == 0
    assert traces(site) == [] and traces(workspace) == []

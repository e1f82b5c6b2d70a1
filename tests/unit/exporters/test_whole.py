"""What every format of the whole catalogue keeps to, also one that is named in `WHOLE` tomorrow."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.website.invented import study
from workbench.exporters import WHOLE
from workbench.publication import PublishedField

PERSONAL = (PublishedField("contact", "Contact", "<p>Jo Bloggs, 01632 960123</p>"),)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_format_tells_what_readers_see_and_nothing_personal_and_writes_once(
    kind: str, tmp_path: Path
) -> None:
    exporter: Any = import_module(f"workbench.exporters.{kind}")
    one = study(1, personal=PERSONAL)
    odd = study(2)
    odd = replace(odd, publication=replace(odd.publication, title="A\x00\u202eb\ud800 café"))
    gone = study(3, withdrawn=True, summary="No longer to be read.")
    first = exporter.write([one, odd, gone], tmp_path)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert one.publication.title.encode() in written
    assert b"Bloggs" not in written and b"960123" not in written
    assert "\u202e".encode() not in written and b"No longer to be read." not in written
    again = exporter.write([one, odd, gone], tmp_path)
    assert (again.written, again.unchanged) == (0, first.written)

"""How long the website of 2,600 studies takes, whole and after one change.

Beside it stands the floor: writing as many files of the same sizes, nothing else.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from measure import interleaved, report, spin

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.website.invented import library, picture  # noqa: E402
from workbench.exporters import website  # noqa: E402
from workbench.publication import PublishedImage, Study  # noqa: E402

SIZE = 2600
WITH_PICTURE = 3
"""Every third study has a picture, 900 pixels wide, of its own."""


def catalogue() -> tuple[list[Study], dict[str, bytes]]:
    """The studies, and their pictures by SHA-256."""
    studies = list(library(SIZE))
    assets: dict[str, bytes] = {}
    for at in range(0, SIZE, WITH_PICTURE):
        image, data = picture(colour=f"#{at * 6001 % 0xFFFFFF:06x}")
        assets[image.sha256] = data
        studies[at] = illustrated(studies[at], image)
    return studies, assets


def illustrated(study: Study, image: PublishedImage) -> Study:
    return replace(study, publication=replace(study.publication, images=(image,)))


def main() -> None:
    studies, assets = catalogue()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        first = website.write(studies, assets.__getitem__, root / "site")
        files = [path for path in (root / "site").rglob("*") if path.is_file()]
        sizes = [path.stat().st_size for path in files]
        turn = iter(range(1, 1000))

        def whole() -> None:
            shutil.rmtree(root / "whole", ignore_errors=True)
            website.write(studies, assets.__getitem__, root / "whole")

        def after_one_change() -> None:
            one = studies[SIZE // 2]
            title = f"Changed {next(turn)} times"
            changed = replace(one, publication=replace(one.publication, title=title), version=one.version + 1)
            told = [*studies[: SIZE // 2], changed, *studies[SIZE // 2 + 1 :]]
            assert website.write(told, assets.__getitem__, root / "site").written

        def floor() -> None:
            shutil.rmtree(root / "floor", ignore_errors=True)
            (root / "floor").mkdir()
            for number, size in enumerate(sizes):
                (root / "floor" / str(number)).write_bytes(bytes(size))

        medians = interleaved(
            {
                "spin control": spin,
                "floor: write as many bytes to as many files": floor,
                "whole": whole,
                "after one change": after_one_change,
            },
            rounds=3,
        )
    report(
        f"website of {SIZE:,} studies, {len(assets)} pictures: {first.written:,} files, {sum(sizes) / 1e6:.0f} MB",
        medians,
        "floor: write as many bytes to as many files",
    )
    print(
        f"  reach: whole <= 15 s ({medians['whole']:.1f} s), one change <= 1 s ({medians['after one change']:.2f} s)"
    )


if __name__ == "__main__":
    main()

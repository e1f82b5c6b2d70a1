"""Draws the program's icon in every size and format that a system asks for, from the two SVG files beside this.

    python build_spec/icon/make_icon.py FOLDER

FOLDER gets `casebook-SIZE.png`, `casebook.svg`, `casebook.ico` for Windows and `casebook.icns` for macOS.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
IN_ICO = (16, 24, 32, 48, 64, 128, 256)
IN_ICNS = (16, 32, 64, 128, 256, 512, 1024)
SMALL = 24
"""Up to this size the smaller drawing is clearer."""


def main(folder: Path) -> None:
    application = QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        draw(size).save(str(folder / f"casebook-{size}.png"))
    application.shutdown()
    shutil.copyfile(HERE / "casebook.svg", folder / "casebook.svg")
    _packed(folder, IN_ICO, "casebook.ico")
    _packed(folder, IN_ICNS, "casebook.icns")


def draw(size: int) -> QImage:
    """The icon at one size, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(HERE / ("casebook-small.svg" if size <= SMALL else "casebook.svg"))).render(painter)
    painter.end()
    return image


def _packed(folder: Path, sizes: tuple[int, ...], name: str) -> None:
    """One file with the drawing in each size, not scaled from one."""
    drawn = [
        Image.open(folder / f"casebook-{size}.png").convert("RGBA") for size in sorted(sizes, reverse=True)
    ]
    drawn[0].save(folder / name, sizes=[(size, size) for size in sizes], append_images=drawn[1:])


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The samples' pictures, drawn with Pillow: plain charts and a few simple scenes. Nobody is to be seen in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, FINE = 960, 540, 2
INK, PAPER, GRID = "#22313f", "#ffffff", "#dfe4e8"
BLUE, GREEN, BRICK, SKY, STONE = "#2b6cb0", "#5b8c5a", "#a85c43", "#dcecf5", "#c9c2b2"

STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 20, 25, 40, 50, 100)
"""How far apart the grid lines of a chart may stand."""

Pen = ImageDraw.ImageDraw


def draw(settings: dict[str, Any], position: tuple[float, float] | None = None) -> bytes:
    """A PNG; or, with a position (latitude, longitude), a JPEG that carries it in its EXIF as a phone's does."""
    large = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    KINDS[settings["kind"]](ImageDraw.Draw(large), settings)
    image = large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if position is None:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=88, exif=_located(position))
    return out.getvalue()


def _located(position: tuple[float, float]) -> Image.Exif:
    latitude, longitude = position
    exif = Image.Exif()
    exif[0x0110] = "Sample camera"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = ("N" if latitude >= 0 else "S"), (abs(latitude), 0.0, 0.0)
    gps[3], gps[4] = ("E" if longitude >= 0 else "W"), (abs(longitude), 0.0, 0.0)
    return exif


def _at(*numbers: float) -> list[float]:
    return [number * FINE for number in numbers]


def _write(pen: Pen, x: float, y: float, text: str, size: int = 22, anchor: str = "mm") -> None:
    pen.text(tuple(_at(x, y)), text, fill=INK, font=ImageFont.load_default(size * FINE), anchor=anchor)


def _frame(pen: Pen, settings: dict[str, Any]) -> Callable[[float], float]:
    """Title and grid lines; returns the height at which a value stands."""
    top = next(step * 4 for step in STEPS if step * 4 > max(settings["values"]) * 1.05)
    _write(pen, WIDTH / 2, 40, settings["title"], 26)
    for step in range(5):
        y = 450 - step * 90
        pen.line(_at(80, y, 920, y), fill=GRID, width=2 * FINE)
        _write(pen, 70, y, f"{top * step / 4:.{0 if top > 10 else 1}f}", 18, "rm")
    return lambda value: 450 - value / top * 360


def _bars(pen: Pen, settings: dict[str, Any]) -> None:
    height = _frame(pen, settings)
    room = 840 / len(settings["values"])
    for number, (label, value) in enumerate(zip(settings["labels"], settings["values"], strict=True)):
        middle = 80 + room * (number + 0.5)
        pen.rectangle(_at(middle - room * 0.3, height(value), middle + room * 0.3, 450), fill=BLUE)
        _write(pen, middle, height(value) - 18, str(value))
        _write(pen, middle, 480, label)


def _line(pen: Pen, settings: dict[str, Any]) -> None:
    height = _frame(pen, settings)
    room = 840 / len(settings["values"])
    points = [(80 + room * (number + 0.5), height(value)) for number, value in enumerate(settings["values"])]
    pen.line([number for point in points for number in _at(*point)], fill=BLUE, width=5 * FINE, joint="curve")
    for (x, y), label, value in zip(points, settings["labels"], settings["values"], strict=True):
        pen.ellipse(_at(x - 8, y - 8, x + 8, y + 8), fill=BLUE)
        _write(pen, x, y - 24, str(value), 20)
        _write(pen, x, 480, label, 20)


def _ground(pen: Pen, sky: str = SKY, ground: str = GREEN, level: float = 430) -> None:
    pen.rectangle(_at(0, 0, WIDTH, level), fill=sky)
    pen.rectangle(_at(0, level, WIDTH, HEIGHT), fill=ground)


def _house(pen: Pen, x: float, y: float, wide: float, tall: float, wall: str) -> None:
    pen.rectangle(_at(x, y - tall, x + wide, y), fill=wall)
    roof = _at(x - 8, y - tall, x + wide / 2, y - tall - wide * 0.45, x + wide + 8, y - tall)
    pen.polygon(roof, fill="#5f4b45")
    pen.rectangle(_at(x + wide * 0.15, y - tall * 0.8, x + wide * 0.42, y - tall * 0.5), fill=PAPER)
    pen.rectangle(_at(x + wide * 0.58, y - tall * 0.8, x + wide * 0.85, y - tall * 0.5), fill=PAPER)
    pen.rectangle(_at(x + wide * 0.38, y - tall * 0.38, x + wide * 0.62, y), fill="#34495e")


def _tree(pen: Pen, x: float, y: float, size: float) -> None:
    pen.rectangle(_at(x - size * 0.07, y - size * 0.6, x + size * 0.07, y), fill="#6b5440")
    pen.ellipse(_at(x - size * 0.4, y - size * 1.3, x + size * 0.4, y - size * 0.45), fill="#3f7a4a")


def _street(pen: Pen, settings: dict[str, Any]) -> None:
    _ground(pen, ground="#8d9499", level=400)
    for number, wall in enumerate((BRICK, STONE, "#b9745c", BRICK, "#d8cfbd", BRICK)):
        _house(pen, 20 + number * 158, 400, 140, 170, wall)
    for x in (100, 420, 740):
        _tree(pen, x, 430, 130)
    if not settings.get("barrier", True):
        return
    for number in range(8):
        fill = "#c0392b" if number % 2 else PAPER
        pen.rectangle(_at(240 + number * 60, 455, 300 + number * 60, 480), fill=fill)
    for x in (260, 700):
        pen.rectangle(_at(x, 480, x + 10, 520), fill=INK)


def _library(pen: Pen, settings: dict[str, Any]) -> None:
    _ground(pen, ground="#b7b2a6")
    pen.rectangle(_at(180, 170, 780, 430), fill=BRICK)
    pen.polygon(_at(160, 170, 480, 60, 800, 170), fill="#5f4b45")
    for x in (220, 350, 540, 670):
        pen.rectangle(_at(x, 220, x + 80, 390), fill="#fff4d6")
        for shelf in (290, 350):
            pen.line(_at(x, shelf, x + 80, shelf), fill="#8a6d4b", width=5 * FINE)
    pen.rectangle(_at(445, 270, 515, 430), fill="#34495e")
    for x, colour in (
        (228, BLUE),
        (256, GREEN),
        (360, "#d99a2b"),
        (550, BLUE),
        (600, "#c0392b"),
        (690, GREEN),
    ):
        pen.rectangle(_at(x, 262, x + 18, 288), fill=colour)


def _hills(pen: Pen, settings: dict[str, Any]) -> None:
    _ground(pen, ground="#9dbf8f", level=380)
    for x, y, wide, fill in (
        (200, 170, 360, "#7c9c86"),
        (520, 130, 420, "#6f9077"),
        (820, 200, 320, "#86a88b"),
    ):
        pen.polygon(_at(x - wide, 380, x, y, x + wide, 380), fill=fill)
    pen.ellipse(_at(240, 400, 720, 500), fill="#8fb8d6")
    for number in range(9):
        _house(pen, 560 + number * 34, 398 + (number % 3) * 6, 26, 30, PAPER)


def _building(pen: Pen, settings: dict[str, Any]) -> None:
    _ground(pen, ground="#b7b2a6")
    pen.rectangle(_at(160, 120, 800, 430), fill=STONE)
    for floor in range(3):
        for bay in range(9):
            x, y = 190 + bay * 67, 145 + floor * 95
            pen.rectangle(_at(x, y, x + 45, y + 55), fill="#8fb0c4")
    pen.rectangle(_at(390, 330, 570, 430), fill="#cfe5f2")
    pen.line(_at(480, 330, 480, 430), fill=INK, width=4 * FINE)
    pen.polygon(_at(570, 430, 760, 430, 570, 410), fill="#8d9499")
    _tree(pen, 90, 440, 140)
    _tree(pen, 870, 440, 140)


def _harbour(pen: Pen, settings: dict[str, Any]) -> None:
    _ground(pen, ground="#6c9dbd", level=360)
    for number, wall in enumerate(("#e9c46a", PAPER, "#d98f7b", "#a9c7b8", "#f1e3c6", "#c7d3e3", "#e9c46a")):
        _house(pen, 90 + number * 115, 320, 95, 150, wall)
    pen.rectangle(_at(0, 318, WIDTH, 366), fill="#8f8a80")
    for x, y in ((180, 450), (480, 420), (740, 470)):
        pen.polygon(_at(x - 70, y, x + 70, y, x + 45, y + 34, x - 50, y + 34), fill="#34495e")
        pen.line(_at(x, y, x, y - 110), fill=INK, width=4 * FINE)
        pen.polygon(_at(x + 6, y - 105, x + 60, y - 15, x + 6, y - 15), fill=PAPER)


def _map(pen: Pen, settings: dict[str, Any]) -> None:
    pen.rectangle(_at(0, 0, WIDTH, HEIGHT), fill="#eef1e6")
    for road in (
        (0, 120, 960, 200),
        (0, 400, 960, 330),
        (240, 0, 300, 540),
        (620, 0, 560, 540),
        (800, 0, 860, 540),
    ):
        pen.line(_at(*road), fill=PAPER, width=22 * FINE)
    pen.line(_at(0, 520, 380, 440, 520, 270, 960, 240), fill="#a9cbe0", width=30 * FINE, joint="curve")
    for x, y in ((260, 140), (600, 175), (280, 380), (580, 360), (820, 190), (840, 340)):
        pen.ellipse(_at(x - 18, y - 18, x + 18, y + 18), fill="#c0392b")


KINDS: dict[str, Callable[[Pen, dict[str, Any]], None]] = {
    "bars": _bars,
    "line": _line,
    "street": _street,
    "library": _library,
    "hills": _hills,
    "building": _building,
    "harbour": _harbour,
    "map": _map,
}

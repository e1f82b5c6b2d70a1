"""How the window looks: the colour tokens, the type, and the palette and style sheet made from them.

Views hold no colour of their own; they read `tokens()` when they paint, or are styled by
`resources/styles/window.qss`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from string import Template
from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyle

import resources

Look = Literal["light", "dark", "contrast", "contrast-dark"]
Scheme = Literal["system", "light", "dark", "contrast", "contrast-dark"]
SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark", "contrast", "contrast-dark")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the window by what it is for. Each soft colour is the ground on which its namesake is read."""

    window: str
    panel: str
    raised: str
    line: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_soft: str
    blocker: str
    blocker_soft: str
    warning: str
    warning_soft: str
    advice: str
    advice_soft: str
    good: str
    good_soft: str
    quiet_soft: str
    found: str


LIGHT = Tokens(
    window="#F4F4F1",
    panel="#FFFFFF",
    raised="#FAFAF8",
    line="#E3E2DD",
    ink="#1D1D1B",
    ink2="#62625D",
    ink3="#8C8B85",
    accent="#2456B8",
    on_accent="#FFFFFF",
    accent_soft="#E7EEFB",
    blocker="#B3261E",
    blocker_soft="#FBE9E7",
    warning="#8A5A00",
    warning_soft="#FDF3DC",
    advice="#2F6690",
    advice_soft="#E6F0F7",
    good="#1B7A4B",
    good_soft="#E4F4EB",
    quiet_soft="#E3E2DD",
    found="#FFE9A8",
)

DARK = Tokens(
    window="#161715",
    panel="#1E1F1D",
    raised="#232422",
    line="#343531",
    ink="#ECECE7",
    ink2="#AAA9A2",
    ink3="#7F7E78",
    accent="#8DB0F6",
    on_accent="#10192B",
    accent_soft="#24314C",
    blocker="#FF9A91",
    blocker_soft="#43211E",
    warning="#F0C15C",
    warning_soft="#3D3114",
    advice="#8FC1E6",
    advice_soft="#1D313F",
    good="#7BD3A3",
    good_soft="#183527",
    quiet_soft="#343531",
    found="#5A4A16",
)

CONTRAST = Tokens(
    window="#FFFFFF",
    panel="#FFFFFF",
    raised="#FFFFFF",
    line="#1D1D1B",
    ink="#000000",
    ink2="#33332F",
    ink3="#4A4A45",
    accent="#0A2E7A",
    on_accent="#FFFFFF",
    accent_soft="#DCE6FA",
    blocker="#8A0F0A",
    blocker_soft="#FFE9E6",
    warning="#5C3A00",
    warning_soft="#FFF2D4",
    advice="#173F61",
    advice_soft="#E2EEF8",
    good="#0B4A2B",
    good_soft="#DEF3E7",
    quiet_soft="#E6E6E2",
    found="#FFE27A",
)

CONTRAST_DARK = Tokens(
    window="#000000",
    panel="#000000",
    raised="#000000",
    line="#E6E6E0",
    ink="#FFFFFF",
    ink2="#E0E0DA",
    ink3="#C4C4BE",
    accent="#A9C7FF",
    on_accent="#000000",
    accent_soft="#12264A",
    blocker="#FFB4AD",
    blocker_soft="#3D0F0C",
    warning="#FFD98A",
    warning_soft="#332500",
    advice="#B5DCFA",
    advice_soft="#0C2638",
    good="#9BECC0",
    good_soft="#06301C",
    quiet_soft="#2E2E2B",
    found="#4A3A00",
)

LOOKS: Mapping[Look, Tokens] = {
    "light": LIGHT,
    "dark": DARK,
    "contrast": CONTRAST,
    "contrast-dark": CONTRAST_DARK,
}

SANS = ("Inter", "Segoe UI", ".AppleSystemUIFont", "Noto Sans", "Liberation Sans", "DejaVu Sans")
SERIF = ("Noto Serif", "Source Serif 4", "Charter", "Georgia", "Liberation Serif", "DejaVu Serif")

BODY_SIZE = 15.5
LINE_HEIGHT = 25
"""Pixels from one line of a study to the next: 1.6 of its type."""
MEASURE = 640
"""The widest a line of study text may grow, in pixels: about seventy characters."""

_SCHEME = "casebook-scheme"


def tokens() -> Tokens:
    """The colours that hold now."""
    app = QApplication.instance()
    look = cast("Look | None", app.property(_SCHEME)) if app is not None else None
    return LOOKS[look or "light"]


def colour(name: str) -> QColor:
    """The token `name` as a colour to paint with."""
    return QColor(getattr(tokens(), name))


def sans(size: float = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The face of the interface at `size` pixels."""
    return _face(SANS, size, weight)


def serif(size: float = BODY_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The face of the studies at `size` pixels."""
    return _face(SERIF, size, weight)


def _face(families: tuple[str, ...], size: float, weight: QFont.Weight) -> QFont:
    return QFont(_made(families, size * 72 / _dots_per_inch(), weight))


@cache
def _made(families: tuple[str, ...], points: float, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPointSizeF(points)
    font.setWeight(weight)
    return font


def _dots_per_inch() -> float:
    """Pixels per inch as Qt counts them for fonts; type given in points alone may have half pixels."""
    screen = cast("QApplication", QApplication.instance()).primaryScreen()
    return screen.logicalDotsPerInch() or 96


def pixels(font: QFont) -> float:
    """How large a font is drawn, before the screen's own scaling."""
    return font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * _dots_per_inch() / 72


USUAL: Mapping[str, float] = {"win32": 12, "darwin": 13}
"""Pixels of the system's type where nobody has changed it; `ELSEWHERE` on other systems."""
ELSEWHERE = 14.7


def enlargement(pixels: float, platform: str) -> float:
    """How much larger than usual the system's type is, in steps of a twentieth: 1 where nearly so, 2 at most."""
    larger = pixels / USUAL.get(platform, ELSEWHERE)
    return 1 if larger < 1.1 else min(round(larger * 20) / 20, 2)


def scheme_named(name: object) -> Scheme:
    """The scheme of that name; the system's where there is none."""
    for scheme in SCHEMES:
        if scheme == name:
            return scheme
    return "system"


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Dresses the whole application, as the system has it where `scheme` says so; what is so already stays."""
    prepare(app, scheme)
    sheet = stylesheet(tokens())
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def prepare(app: QApplication, scheme: Scheme = "system") -> None:
    """Colours and type without the style sheet, by which Qt styles a widget anew at each step of its building."""
    look = _resolved(app, scheme)
    if app.property(_SCHEME) != look:
        app.setProperty(_SCHEME, look)
        app.setFont(sans())
        app.setPalette(palette(tokens()))


def _resolved(app: QApplication, scheme: Scheme) -> Look:
    if scheme != "system":
        return scheme
    hints = app.styleHints()
    return wished(hints.colorScheme(), hints.accessibility().contrastPreference())


def wished(colours: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> Look:
    """The look that a system with these wishes gets."""
    dark = colours == Qt.ColorScheme.Dark
    if contrast == Qt.ContrastPreference.HighContrast:
        return "contrast-dark" if dark else "contrast"
    return "dark" if dark else "light"


def palette(colours: Tokens) -> QPalette:
    """Qt's own roles filled from the tokens, for all that no style sheet reaches."""
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.ink2,
        QPalette.ColorRole.Button: colours.panel,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.ink,
    }
    made = QPalette()
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(colours.ink3))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(colours.ink3))
    return made


def stylesheet(colours: Tokens) -> str:
    """The style sheet of the window with every `$token` filled in."""
    sheet = resources.path("styles", "window.qss").read_text("utf-8")
    return Template(sheet).substitute(asdict(colours))


def less_motion(app: QApplication) -> bool:
    """Whether the system, or the person, asks that nothing moves."""
    return not app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)

"""Design tokens (colour, size, type) turned into a palette, a style sheet and fonts for plain Fusion.

Use: `Theme.make("light", 1.0).apply(app)` once; anywhere after that `theme.current()` gives the theme in force:
`.colour("accent")`, `.font(15, 600)` and `.px(12)` follow the theme and the text scale (1.0 to 2.0), so painted
widgets and delegates ask at paint time and need no signal when the officer changes the theme.
Every colour is a token; every pair of tokens that meets on a screen stands in `PAIRS`, whose contrast a test computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from asbdesk.paths import resources
from asbdesk.ui.style_sheet import STYLE
from asbdesk.ui.tokens import DARK, HIGH_CONTRAST, LIGHT

THEMES: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}
TITLES = {"light": "Light", "dark": "Dark", "high_contrast": "High contrast"}
TONES = ("red", "amber", "green", "blue", "grey")
MEANINGS = {"danger": "red", "warning": "amber", "good": "green", "info": "blue", "plain": "grey"}
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, 4.5) for text in ("ink", "muted", "body") for ground in ("bg", "card", "accentbg", "hover")),
    *((tone, tone + "bg", 4.5) for tone in TONES),
    *((tone, "card", 4.5) for tone in TONES),
    *(("ink", ground, 4.5) for ground in ("redbg", "amberbg", "greenbg", "bluebg", "focusbg", "press", "input")),
    *(("navtext", ground, 4.5) for ground in ("nav", "navhi", "navpanel")),
    *(("navink", ground, 4.5) for ground in ("nav", "navhi", "navpanel")),
    *(("accent", ground, 4.5) for ground in ("card", "accentbg", "bg")),
    *(("onaccent", ground, 4.5) for ground in ("accent", "accenthi")),
    *(("pen", "paper", 4.5), ("papertext", "paper", 4.5), ("paperline", "paper", 3.0)),
    *(("field", "card", 3.0), ("field", "input", 3.0), ("accent", "input", 3.0), ("accent", "track", 3.0)),
    *(("navsign", "navpanel", 3.0), ("navmark", "nav", 3.0), ("scroll", "card", 3.0), ("muted", "input", 4.5)),
    *(("ring", ground, 3.0) for ground in ("bg", "card", "accentbg", "focusbg", "paper") if ground != "paper"),
    *(("focus", ground, 3.0) for ground in ("nav", "navhi")),
)


@dataclass(frozen=True)
class Theme:
    """One set of tokens at one text scale."""

    name: str
    scale: float
    tokens: Mapping[str, str]

    @classmethod
    def make(cls, name: str = "light", scale: float = 1.0) -> Theme:
        """The theme of that name (unknown: light), its scale held between 1 and 2."""
        name = name if name in THEMES else "light"
        return cls(name, min(2.0, max(1.0, scale)), THEMES[name])

    def colour(self, token: str) -> QColor:
        return QColor(self.tokens[token])

    def px(self, size: float) -> int:
        """A type size in pixels, scaled."""
        return round(size * self.scale)

    def gap(self, size: float) -> int:
        """A distance or a target's size in pixels: grows by half as much as type does."""
        return round(size * (1 + (self.scale - 1) / 2))

    def font(self, size: float = 15, weight: int = 400) -> QFont:
        font = QFont()
        font.setFamilies(["Inter", "Noto Sans"])
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        return font

    def style_sheet(self) -> str:
        sizes = {f"t{n}": f"{self.px(n)}px" for n in (12, 13, 14, 15, 16, 17, 19, 20, 22, 24)}
        spaces = {f"g{n}": f"{self.gap(n)}px" for n in (4, 6, 8, 10, 12, 14, 16, 18, 20, 26, 34, 44, 46, 54)}
        less = {
            f"{by}{n}": f"{self.gap(n) - at}px" for at, by in enumerate("hi", 1) for n in (4, 8, 10, 12, 16, 18, 26, 34)
        }
        return STYLE % {**self.tokens, **sizes, **spaces, **less, "r10": f"{self.px(9)}px"}

    def palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for which, token in (
            *((role.Window, "bg"), (role.WindowText, "ink"), (role.Base, "input"), (role.AlternateBase, "hover")),
            *((role.Text, "ink"), (role.Button, "card"), (role.ButtonText, "ink"), (role.BrightText, "red")),
            *((role.Highlight, "accent"), (role.HighlightedText, "onaccent"), (role.PlaceholderText, "muted")),
            *((role.Link, "accent"), (role.ToolTipBase, "ink"), (role.ToolTipText, "card"), (role.Mid, "line")),
        ):
            palette.setColor(which, self.colour(token))
        return palette

    def apply(self, app: QApplication) -> None:
        """Put the theme in force: every window redraws."""
        if current() == self and app.styleSheet():
            return
        load_fonts()
        app.setProperty("theme", self)
        app.setPalette(self.palette())
        app.setFont(self.font())
        app.setStyleSheet(self.style_sheet())


def tone(word: str) -> str:
    """The colour of a tone word (`danger`, `warning`, `info`, `good`, `plain`, or a colour's own name); else grey."""
    word = MEANINGS.get(word, word)
    return word if word in TONES else "grey"


@cache
def load_fonts() -> None:
    """Inter in four weights, once a process; a missing file falls back to the system's font."""
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / f"Inter-{weight}.otf"))


@cache
def load_scripts() -> None:
    """The paper's fonts for other scripts, for the pages that show them: not every system has such letters."""
    from asbdesk.documents.scripts import FACES

    for face in FACES:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / f"{face}-Regular.ttf"))


def current() -> Theme:
    """The theme in force; light at 100 % before any was applied."""
    app = QApplication.instance()
    found = app.property("theme") if app is not None else None
    return found if isinstance(found, Theme) else Theme.make()


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(text: str) -> float:
        colour = QColor(text)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)

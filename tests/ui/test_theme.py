"""Every pair of tokens that meets on a screen is readable, in each theme."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from asbdesk.paths import resources
from asbdesk.ui import icons, theme
from asbdesk.ui.theme import PAIRS, THEMES, Theme, contrast


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_of_tokens_reads_well(name: str) -> None:
    tokens = THEMES[name]
    poor = [
        f"{one} on {other}: {contrast(tokens[one], tokens[other]):.2f}, needs {least}"
        for one, other, least in PAIRS
        if contrast(tokens[one], tokens[other]) < least
    ]
    assert not poor


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_the_style_sheet_uses_only_tokens(name: str, scale: float, qapp: QApplication) -> None:
    sheet = Theme.make(name, scale).style_sheet()
    assert "%(" not in sheet
    allowed = set(THEMES[name].values())
    used = {word.strip(";,") for word in sheet.split() if word.startswith("#") and len(word.strip(";,")) == 7}
    assert used <= allowed


def test_an_unknown_theme_is_light_and_the_scale_stays_in_its_bounds() -> None:
    assert Theme.make("sepia").name == "light"
    assert Theme.make("dark", 9).scale == 2
    assert Theme.make("dark", 0.1).scale == 1


def test_text_doubles_and_targets_grow(qapp: QApplication) -> None:
    large = Theme.make("light", 2)
    assert large.px(15) == 30
    assert large.gap(44) == 66
    assert large.font(15).pixelSize() == 30


def test_every_theme_has_every_token() -> None:
    assert set(theme.LIGHT) == set(theme.DARK) == set(theme.HIGH_CONTRAST)


def test_icons_are_drawn_in_the_theme_and_a_missing_one_is_a_circle(qapp: QApplication) -> None:
    Theme.make("dark").apply(qapp)
    centre = icons.pixmap("square", "accent", 24, 1.0).toImage()
    colours = {centre.pixelColor(x, y).name().upper() for x in range(24) for y in range(24)}
    assert theme.DARK["accent"] in colours
    assert not icons.pixmap("no-such-icon", "ink").isNull()


def test_the_icons_and_fonts_have_their_licences() -> None:
    assert "ISC" in (resources() / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert (resources() / "fonts" / "LICENSE-Inter.txt").is_file()

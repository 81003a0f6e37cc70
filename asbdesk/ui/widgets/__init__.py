"""Parts used by two or more screens. `

Each part is imported when it is first asked for: the lock screen needs few of them, and stands before the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asbdesk.ui.widgets.announce import announce
    from asbdesk.ui.widgets.banner import Banner
    from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
    from asbdesk.ui.widgets.fields import Choice, Field, Labelled, Passphrase, SearchField, Words
    from asbdesk.ui.widgets.ink_pad import InkPad
    from asbdesk.ui.widgets.layout import TOP, Bar, Card, Columns, Scroll, column, empty, holder, line, row
    from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text, labelled
    from asbdesk.ui.widgets.tiles import TickTile, Tile, TileGroup

_WHERE = {
    "announce": ("announce",),
    "banner": ("Banner",),
    "buttons": (
        "Button",
        "IconButton",
        "PrimaryButton",
        "QuietButton",
    ),
    "fields": (
        "Choice",
        "Field",
        "Labelled",
        "Passphrase",
        "SearchField",
        "Words",
    ),
    "ink_pad": ("InkPad",),
    "layout": (
        "TOP",
        "Bar",
        "Card",
        "Columns",
        "Scroll",
        "column",
        "empty",
        "holder",
        "line",
        "row",
    ),
    "text": (
        "Bubble",
        "Heading",
        "Icon",
        "Muted",
        "Pill",
        "Text",
        "labelled",
    ),
    "tiles": (
        "TickTile",
        "Tile",
        "TileGroup",
    ),
}
__all__ = [
    "TOP",
    "Banner",
    "Bar",
    "Bubble",
    "Button",
    "Card",
    "Choice",
    "Columns",
    "Field",
    "Heading",
    "Icon",
    "IconButton",
    "InkPad",
    "Labelled",
    "Muted",
    "Passphrase",
    "Pill",
    "PrimaryButton",
    "QuietButton",
    "Scroll",
    "SearchField",
    "Text",
    "TickTile",
    "Tile",
    "TileGroup",
    "Words",
    "announce",
    "column",
    "empty",
    "holder",
    "labelled",
    "line",
    "row",
]


def __getattr__(name: str) -> Any:
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"{__name__} has no {name}")

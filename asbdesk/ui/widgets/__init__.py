"""Parts used by two or more screens. `from asbdesk.ui.widgets import Card, Heading, PrimaryButton, row, column …`.

Words: Heading, Text, Muted, Pill, Icon, Bubble. Shape: row, column, holder, line, Card, Bar, Scroll, Columns.
Pressing: Button, PrimaryButton, QuietButton, IconButton, Tile, TickTile, TileGroup. Typing: Field, Words, SearchField,
Passphrase, Choice, Labelled. Signing: InkPad. Telling: Banner, announce. All are named for a screen reader, at least
44 px, show their focus, and follow the theme in force by themselves.
"""

from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.banner import Banner
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled, Passphrase, SearchField, Words
from asbdesk.ui.widgets.ink_pad import InkPad
from asbdesk.ui.widgets.layout import TOP, Bar, Card, Columns, Scroll, column, empty, holder, line, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text, labelled
from asbdesk.ui.widgets.tiles import TickTile, Tile, TileGroup

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

"""The few shapes screens are laid out in: what scrolls keeps its edges; leaves, tiles and a signature their size."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asbdesk.exchange.practice import written
from asbdesk.ui.widgets.buttons import PrimaryButton
from asbdesk.ui.widgets.ink_pad import InkPad
from asbdesk.ui.widgets.layout import GUTTER, Scroll, column
from asbdesk.ui.widgets.tiles import TileGroup


def test_what_scrolls_is_as_wide_as_what_does_not(qtbot: QtBot) -> None:
    inside = QWidget()
    page = Scroll(column(inside, margins=(0, 0, GUTTER, 0)))
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    qtbot.waitUntil(lambda: inside.width() > 300)
    wide, where = inside.width(), inside.x()
    assert not page.bar.isVisible()
    inside.setMinimumHeight(900)
    qtbot.waitUntil(page.bar.isVisible)
    assert (inside.width(), inside.x()) == (wide, where)
    assert page.bar.x() >= inside.width()  # in the margin, over nothing
    page.bar.setValue(page.bar.maximum())
    assert page.verticalScrollBar().value() == page.verticalScrollBar().maximum() > 0
    inside.setMinimumHeight(0)
    qtbot.waitUntil(lambda: not page.bar.isVisible())


def test_a_lone_tile_is_as_wide_as_one_with_a_neighbour(qtbot: QtBot) -> None:
    groups = [TileGroup([(str(n), f"Number {n}") for n in range(many)], name="Which?") for many in (1, 2)]
    for group in groups:
        qtbot.addWidget(group)
        group.resize(700, 120)
        group.show()
    qtbot.waitUntil(lambda: groups[1].tiles[0].width() > 100)
    assert groups[0].tiles[0].width() == groups[1].tiles[0].width()


def test_a_signature_fits_a_pad_that_has_become_lower(qtbot: QtBot) -> None:
    pad = InkPad()
    qtbot.addWidget(pad)
    for size in ((800, 400), (1100, 170)):
        pad.resize(*size)
        pad.show_units(written(7))
        assert all(0 <= point[1] <= pad.height() for line in pad.strokes.lines for point in line)


def test_a_signature_shown_before_the_pad_has_its_size_is_as_large_as_it_was_drawn(qtbot: QtBot) -> None:
    pad = InkPad()
    qtbot.addWidget(pad)
    pad.show()
    pad.resize(320, 170)
    pad.show_units(written(7))
    pad.resize(800, 400)
    assert pad.in_units() == written(7)
    pad._down("mouse", QPointF(10, 10))
    drawn = [list(line) for line in pad.strokes.lines]
    pad.resize(700, 400)
    assert pad.strokes.lines == drawn, "what is being drawn stays under the hand"


def test_a_button_becomes_another_kind(qtbot: QtBot) -> None:
    button = PrimaryButton("Add files", "paperclip")
    qtbot.addWidget(button)
    button.be("")
    assert button.property("kind") == "" and not button.autoDefault()
    button.be("primary")
    assert button.property("kind") == "primary" and button.autoDefault()

"""Signing with a mouse, a finger and a pen; clearing and taking back by keyboard; ink as it is kept."""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.ui.widgets.ink_pad import InkPad

WAVE = [(40.0 + i * 5, 120.0 + 40 * math.sin(i / 4)) for i in range(60)]


@pytest.fixture
def pad(qtbot: QtBot) -> InkPad:
    widget = InkPad("Ms R. Begum signs here")
    widget.resize(640, 260)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def whole(point: tuple[float, float]) -> QPoint:
    return QPoint(int(point[0]), int(point[1]))


def draw_with_mouse(qtbot: QtBot, pad: InkPad) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=whole(WAVE[0]))
    for point in WAVE[1:]:
        qtbot.mouseMove(pad, whole(point))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=whole(WAVE[-1]))


@cache
def pen() -> QPointingDevice:
    """One pen for the whole run: Qt keeps a pointer to it."""
    can = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    stylus, tip = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    return QPointingDevice("pen", 1, stylus, tip, can, 1, 1)


def pen_event(pad: InkPad, kind: QEvent.Type, point: tuple[float, float]) -> QTabletEvent:
    at = QPointF(*point)
    moving = kind == QEvent.Type.TabletMove
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else Qt.MouseButton.LeftButton
    place = QPointF(pad.mapToGlobal(at))
    none = Qt.KeyboardModifier.NoModifier
    return QTabletEvent(kind, pen(), at, place, 0.5, 0, 0, 0, 0, 0, none, button, held)


def test_a_mouse_draws_one_stroke_and_says_so(qtbot: QtBot, pad: InkPad) -> None:
    with qtbot.waitSignal(pad.changed, timeout=1000):
        draw_with_mouse(qtbot, pad)
    assert len(pad.strokes.lines) == 1
    assert len(pad.strokes.lines[0]) > 50
    assert not pad.is_empty()


@pytest.fixture
def nones() -> Iterator[None]:
    """`QTest.touchEvent` of PySide 6.12 gives None back once too often a call; on Python 3.11 that ends in an abort."""
    before = sys.getrefcount(None)
    yield
    for _ in range(before - sys.getrefcount(None)):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(None))


@pytest.mark.usefixtures("nones")
def test_a_finger_draws_one_stroke(qtbot: QtBot, pad: InkPad) -> None:
    glass = QTest.createTouchDevice()
    QTest.touchEvent(pad, glass).press(0, whole(WAVE[0]), pad).commit()
    for point in WAVE[1:]:
        QTest.touchEvent(pad, glass).move(0, whole(point), pad).commit()
    QTest.touchEvent(pad, glass).release(0, whole(WAVE[-1]), pad).commit()
    qtbot.waitUntil(lambda: pad._line is None and bool(pad.strokes.lines))
    assert len(pad.strokes.lines) == 1
    assert len(pad.strokes.lines[0]) > 30


def test_a_pen_draws_one_stroke(pad: InkPad) -> None:
    QApplication.sendEvent(pad, pen_event(pad, QEvent.Type.TabletPress, WAVE[0]))
    for point in WAVE[1:]:
        QApplication.sendEvent(pad, pen_event(pad, QEvent.Type.TabletMove, point))
    QApplication.sendEvent(pad, pen_event(pad, QEvent.Type.TabletRelease, WAVE[-1]))
    assert len(pad.strokes.lines) == 1
    assert len(pad.strokes.lines[0]) == len(WAVE)


def test_a_pen_takes_over_from_a_resting_palm(pad: InkPad) -> None:
    pad._down("touch", QPointF(200, 200))
    QApplication.sendEvent(pad, pen_event(pad, QEvent.Type.TabletPress, WAVE[0]))
    pad._move("touch", QPointF(250, 250))
    QApplication.sendEvent(pad, pen_event(pad, QEvent.Type.TabletRelease, WAVE[0]))
    assert pad.strokes.lines == [[WAVE[0]]]


def test_delete_clears_and_control_z_takes_back_the_last_stroke(qtbot: QtBot, pad: InkPad) -> None:
    draw_with_mouse(qtbot, pad)
    draw_with_mouse(qtbot, pad)
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(pad.strokes.lines) == 1
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_empty()


def test_a_tap_is_no_signature(qtbot: QtBot, pad: InkPad) -> None:
    qtbot.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert pad.is_empty()


def test_ink_is_kept_in_whole_units_and_shown_again_at_any_width(qtbot: QtBot, pad: InkPad) -> None:
    draw_with_mouse(qtbot, pad)
    kept = pad.in_units()
    assert all(isinstance(n, int) and 0 <= n <= 10_000 for line in kept for point in line for n in point)
    other = InkPad()
    qtbot.addWidget(other)
    other.resize(1280, 400)
    other.show_units(kept)
    assert other.in_units() == kept


def test_the_ink_is_on_the_picture(qtbot: QtBot, pad: InkPad) -> None:
    before = pad.grab().toImage()
    draw_with_mouse(qtbot, pad)
    after = pad.grab().toImage()
    places = [(x, y) for x in range(30, 400, 2) for y in range(60, 180, 2)]
    assert sum(before.pixelColor(x, y) != after.pixelColor(x, y) for x, y in places) > 30

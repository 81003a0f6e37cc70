"""How loud a recording is from its beginning to its end: heard through once from memory, drawn, and said in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider

from asbdesk.ui import theme
from asbdesk.ui.media import InMemory, multimedia, unhindered
from asbdesk.ui.widgets.slices import soon

RATE, SURE_RATE = 8000, 48_000
"""Samples a second that are looked at. Qt stops for good where the first that it decodes comes to none at all, as the
beginning of an MP3 may: it is begun again with as many as there are."""
PIECE = 20
"""Milliseconds of which one number, the loudest, is kept."""
LONGEST = 30 * 60 * 1000 // PIECE
"""Pieces that are drawn: of a longer recording the first half hour."""
SILENT = 100
"""Of 32,768: what never gets louder cannot be heard."""
TALL, BAR = 84, 3
"""Pixels at 100 % text."""
SKIP, FAR = 5, 30
"""Seconds that an arrow and a page key go on or back."""


def time_of(ms: int) -> str:
    """A place in a recording: "2:05"; "1:02:05" in one of hours."""
    seconds = max(0, ms) // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


class Hearing(QObject):
    """Goes through a recording once, beside the officer's work. `heard` when it is through."""

    heard = Signal()

    def __init__(self, data: InMemory, owner: QObject) -> None:
        super().__init__(owner)
        media = multimedia()
        self.pieces: list[int] = []
        """The loudest of each 20 ms, of 32,768."""
        self.whole = False
        self._left = b""
        self._form = media.QAudioFormat()
        self._form.setChannelCount(1)
        self._form.setSampleFormat(media.QAudioFormat.SampleFormat.Int16)
        self._decoder = unhindered(media.QAudioDecoder(self))
        self._decoder.setSourceDevice(data.device(self._decoder))
        self._decoder.bufferReady.connect(self._more)
        self._decoder.finished.connect(self._through)

    def begin(self, rate: int = RATE) -> None:
        """Start."""
        self._form.setSampleRate(rate)
        self._decoder.setAudioFormat(self._form)
        self._decoder.start()

    def stop(self) -> None:
        """Let it be."""
        self._decoder.stop()

    def _more(self) -> None:
        heard = self._decoder.read()
        if not heard.sampleCount():
            if self._form.sampleRate() != SURE_RATE:
                self._decoder.stop()
                soon(self, lambda: self.begin(SURE_RATE))
            return
        samples = memoryview(self._left + bytes(heard.constData())).cast("h")
        piece = self._form.sampleRate() * PIECE // 1000
        full = len(samples) - len(samples) % piece
        for at in range(0, full, piece):
            some = samples[at : at + piece]
            self.pieces.append(max(max(some), -min(some)))
        self._left = bytes(samples[full:])
        if len(self.pieces) >= LONGEST:
            self._decoder.stop()
            self.heard.emit()

    def _through(self) -> None:
        self.whole = True
        self.heard.emit()

    def words(self) -> str:
        """Where it is loudest, or that nothing can be heard in it; empty for a film without sound."""
        if not self.pieces:
            return ""
        most = max(self.pieces)
        if most < SILENT:
            return "Nothing can be heard in it: it is silent." if self.whole else ""
        return f"Loudest at {time_of(self.pieces.index(most) * PIECE)}."


class Timeline(QSlider):
    """How loud it is, and where it is being played. `sought(ms)`: a key, a press, or a screen reader's value;
    `pressed_space`: play or pause. Its value, in seconds, moves only when somebody moves it: a screen reader would
    read each second over the recording."""

    sought = Signal(int)
    pressed_space = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.ms = self.length = 0
        self.pieces: list[int] = []
        self._quiet = False
        self.setSingleStep(SKIP)
        self.setPageStep(FAR)
        self.setAccessibleName("Where in it, in seconds")
        self.setAccessibleDescription("Arrows go five seconds back or on. Space plays and pauses.")
        self.valueChanged.connect(self._moved)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(320), theme.current().gap(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().gap(TALL))

    # ---- told by the player
    def be_long(self, ms: int) -> None:
        """How long it is in all."""
        self.length = ms
        self._quietly(lambda: self.setRange(0, ms // 1000))
        self.update()

    def be_at(self, ms: int) -> None:
        """Where the player is."""
        self.ms = ms
        self.update()

    def rest_at(self, ms: int) -> None:
        """Where the player stopped."""
        self.ms = ms
        self._quietly(lambda: self.setValue(ms // 1000))
        self.update()

    def show_loudness(self, pieces: list[int]) -> None:
        """Draw this."""
        self.pieces = pieces
        self.update()

    def _quietly(self, do: Callable[[], object]) -> None:
        self._quiet = True
        do()
        self._quiet = False

    # ---- moved by somebody
    def _moved(self, seconds: int) -> None:
        if not self._quiet:
            self.sought.emit(seconds * 1000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -SKIP, Qt.Key.Key_Right: SKIP, Qt.Key.Key_Down: -SKIP, Qt.Key.Key_Up: SKIP}
        by |= {Qt.Key.Key_PageDown: -FAR, Qt.Key.Key_PageUp: FAR}
        if event.key() == Qt.Key.Key_Space:
            self.pressed_space.emit()
        elif event.key() in by:
            self.sought.emit(min(self.length, max(0, self.ms + by[Qt.Key(event.key())] * 1000)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._press(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more: it went there when it was pressed."""

    def _press(self, event: QMouseEvent) -> None:
        part = event.position().x() / max(1, self.width())
        self.sought.emit(round(self.length * min(1.0, max(0.0, part))))

    # ---- drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        now, room = theme.current(), QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.colour("ring" if self.hasFocus() else "field"), 3 if self.hasFocus() else 1))
        painter.setBrush(now.colour("input"))
        painter.drawRoundedRect(room, 9, 9)
        inside = room.adjusted(8, 6, -8, -6)
        at = inside.left() + inside.width() * (self.ms / self.length if self.length else 0)
        self._draw_bars(painter, inside, at)
        painter.setPen(QPen(now.colour("ink"), 3))
        painter.drawLine(QPointF(at, inside.top()), QPointF(at, inside.bottom()))
        painter.end()

    def _draw_bars(self, painter: QPainter, inside: QRectF, at: float) -> None:
        now = theme.current()
        step, middle = now.px(BAR) + 2, inside.center().y()
        bars = max(1, int(inside.width() // step))
        most = max(self.pieces, default=0)
        whole = max(len(self.pieces), self.length // PIECE, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for n in range(bars):
            some = self.pieces[n * whole // bars : max((n + 1) * whole // bars, n * whole // bars + 1)]
            tall = max(2.0, inside.height() * max(some, default=0) / most) if most > SILENT else 2.0
            x = inside.left() + n * step
            painter.setBrush(now.colour("accent" if x < at else "field"))
            painter.drawRect(QRectF(x, middle - tall / 2, step - 2, tall))

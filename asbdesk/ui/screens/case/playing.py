"""A sound or a film of the evidence, played from memory: by keys, at another speed, with its loudness to be seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from asbdesk.casework.evidence_kinds import SAVE
from asbdesk.ui import theme
from asbdesk.ui.media import InMemory, multimedia, unhindered
from asbdesk.ui.screens.case.loudness import SKIP, Hearing, Timeline, time_of
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.fields import Choice
from asbdesk.ui.widgets.layout import column, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.text import Bubble, Muted, Text

SPEEDS = (("0.5", "Half speed"), ("1", "Normal speed"), ("1.5", "1½ times as fast"), ("2", "Twice as fast"))
NO_EAR = "This laptop has no loudspeaker or headphones that are switched on: it plays, and cannot be heard."
NOT_PLAYED = (
    "This cannot be played here: it is damaged, or of a sort that asbdesk does not know. Ask whoever gave it for it "
    f"as MP3, M4A or MP4, and keep this one as it is. {SAVE} The VLC player opens most sorts."
)


class FilmPicture(QWidget):
    """The picture of a film, or of a camera, that is there now. Painted like everything else: what covers the window
    covers it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sink = unhindered(multimedia().QVideoSink(self))
        self.picture = QImage()
        self.setAccessibleName(name)
        self.sink.videoFrameChanged.connect(self._show)

    def _show(self, frame: Any) -> None:
        if frame.isValid():
            self.picture = frame.toImage()
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme.current().px(140))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("nav"))
        if not self.picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self.picture)
        painter.end()


class PlayView(QWidget):
    """Nothing plays by itself, nothing is written anywhere, and what is no longer seen no longer plays."""

    def __init__(self, name: str, data: bytes, *, film: bool) -> None:
        super().__init__()
        self._media, self.name = multimedia(), name
        self.player = unhindered(self._media.QMediaPlayer(self))
        self._out = unhindered(self._media.QAudioOutput(self))
        self.player.setAudioOutput(self._out)
        held = InMemory(data)
        self.hearing = Hearing(held, self)
        self.line = Timeline()
        self.picture: QWidget = FilmPicture(f"The film {name}") if film else Bubble("volume-2", "blue")
        if isinstance(self.picture, FilmPicture):
            self.player.setVideoSink(self.picture.sink)
        self._lay_out(film)
        self._connect()
        self.player.setSourceDevice(held.device(self.player))
        if film:
            self.player.pause()  # how it begins is seen before it is played
        self.setFocusProxy(self.line)
        soon(self, self.hearing.begin)
        self._say_ear()

    def _lay_out(self, film: bool) -> None:
        self.play = Button("Play", icon="play", name=f"Play {self.name}", on=self.toggle)
        back = IconButton("rotate-ccw", "Five seconds back, F7", on=lambda: self.skip(-SKIP))
        self.time, self.loudest = Muted("0:00", small=True), Muted("", small=True)
        self.speed = Choice(SPEEDS, name="How fast", value="1")
        self.wrong = Text("", "body", tone="red")
        self.wrong.hide()
        acts = row(self.play, back, self.speed, 6, self.time, None, self.loudest, gap=8)
        parts = ((self.picture, 1),) if film else (None, row(None, self.picture, None))
        self.setLayout(column(*parts, self.line, acts, self.wrong, *(() if film else (None,)), gap=10))

    def _connect(self) -> None:
        self.player.durationChanged.connect(self._long)
        self.player.positionChanged.connect(self._at)
        self.player.playbackStateChanged.connect(lambda _: self._turned())
        self.player.errorOccurred.connect(lambda *_: self._failed())
        self.line.sought.connect(self.seek)
        self.line.pressed_space.connect(self.toggle)
        self.speed.chosen.connect(lambda speed: self.player.setPlaybackRate(float(speed)))
        self.hearing.heard.connect(self._heard)

    @property
    def playing(self) -> bool:
        return bool(self.player.isPlaying())

    # ---- done by the officer
    def toggle(self, _: int = 0) -> None:
        """Play, or pause."""
        if self.playing:
            self.player.pause()
            announce(self, f"Paused at {time_of(self.player.position())}")
        else:
            self._say_ear()
            self.player.play()

    def skip(self, seconds: int) -> None:
        """Go so many seconds on, or back."""
        self.seek(self.player.position() + seconds * 1000)

    def seek(self, ms: int) -> None:
        """Go to this place, and say it."""
        ms = min(max(0, ms), self.line.length)
        self.player.setPosition(ms)
        self.line.rest_at(ms)
        announce(self, f"{time_of(ms)} of {time_of(self.line.length)}")

    def stop(self) -> None:
        """Let go of what is played."""
        self.hearing.stop()
        self.player.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.pause()

    # ---- told by the player
    def _long(self, ms: int) -> None:
        self.line.be_long(ms)
        self._at(self.player.position())

    def _at(self, ms: int) -> None:
        self.line.be_at(ms)
        self.time.setText(f"{time_of(ms)} of {time_of(self.line.length)}")

    def _turned(self) -> None:
        playing = self.playing
        self.play.icon_name = "pause" if playing else "play"
        self.play.say("Pause" if playing else "Play", f"{'Pause' if playing else 'Play'} {self.name}")
        self.play._tint()
        if not playing:
            self.line.rest_at(self.player.position())

    def _heard(self) -> None:
        self.line.show_loudness(self.hearing.pieces)
        words = self.hearing.words()
        self.loudest.setText(words)
        self.line.setAccessibleDescription(
            f"{words} Arrows go five seconds back or on. Space plays and pauses.".strip()
        )

    def _say_ear(self) -> None:
        """Whether anything can be heard at all."""
        deaf = self._media.QMediaDevices.defaultAudioOutput().isNull()
        if deaf or self.wrong.text() == NO_EAR:
            self.wrong.setText(NO_EAR if deaf else "")
            self.wrong.setVisible(deaf)

    def _failed(self) -> None:
        self.wrong.setText(NOT_PLAYED)
        self.wrong.show()
        self.play.setEnabled(False)
        announce(self, NOT_PLAYED)

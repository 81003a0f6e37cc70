"""How each kind of evidence is shown, from memory alone: a picture, a PDF, a text, a sound, or what to do instead."""

from __future__ import annotations

import importlib
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QTransform
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QScrollArea, QSlider, QWidget

from asbdesk.casework.evidence_kinds import WhatItIs, text_of
from asbdesk.errors import UserError
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.text import Bubble, Muted, Text

MOST_POINTS = 80_000_000
"""Points of a picture that is drawn here: a small file may unfold into gigabytes."""
DRAWN = (
    *((b"\xff\xd8", b"jpeg"), (b"\x89PNG", b"png"), (b"GIF8", b"gif"), (b"BM", b"bmp"), (b"RIFF", b"webp")),
    *((b"II*\x00", b"tiff"), (b"MM\x00*", b"tiff")),
)
"""How these begin, and what Qt calls them: no other of its readers is let near what strangers send."""
STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
SAVE = "Save a copy to open it elsewhere, and delete that copy afterwards."


def decoded(data: bytes) -> QImage:
    """The picture, upright. Raises UserError for one that is damaged, or would unfold beyond all measure. May run
    away from the window."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    try:
        picture = _read(reader, next((kind for mark, kind in DRAWN if data.startswith(mark)), b"none"))
    finally:
        del reader  # before the buffer: one that reads a TIFF goes back to it when it ends
    if picture.isNull():
        raise UserError(f"This picture cannot be shown: it is damaged, or of a sort that asbdesk cannot draw. {SAVE}")
    return picture


def _read(reader: QImageReader, kind: bytes) -> QImage:
    reader.setAutoDetectImageFormat(False)
    reader.setFormat(kind)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_POINTS:
        dots = f"{size.width():,} by {size.height():,} points"
        raise UserError(f"This picture is {dots}: too large to be shown here. {SAVE}")
    return reader.read()


class PictureView(QWidget):
    """Zooms and turns; the wheel with Control, plus and minus, R. The file itself is not changed."""

    def __init__(self, name: str, picture: QImage) -> None:
        super().__init__()
        self.picture, self.zoom, self.turned = picture, 0.0, 0
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidget(self.label)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(f"The picture {name}")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.said = Muted("", small=True)
        acts = (
            IconButton("zoom-out", "Smaller, Control minus", on=lambda: self.step(-1)),
            IconButton("zoom-in", "Larger, Control plus", on=lambda: self.step(1)),
            Button("Whole picture", icon="maximize-2", on=self.fit),
            IconButton("rotate-ccw", "Turn to the left", on=lambda: self.turn(-90)),
            IconButton("refresh-cw", "Turn to the right, Control R", on=lambda: self.turn(90)),
        )
        self.setLayout(column(row(*acts, None, self.said, gap=6), (self.area, 1), gap=6))

    def step(self, by: int) -> None:
        """One step larger or smaller."""
        now = self.scale()
        steps = [s for s in STEPS if (s > now + 0.001 if by > 0 else s < now - 0.001)]
        if steps:
            self.zoom = steps[0] if by > 0 else steps[-1]
            self.draw()

    def fit(self) -> None:
        self.zoom = 0.0
        self.draw()

    def turn(self, degrees: int) -> None:
        self.turned = (self.turned + degrees) % 360
        self.draw()

    def scale(self) -> float:
        """How large it is drawn; 1 is point for point."""
        return self.zoom or self._fitted()

    def _fitted(self) -> float:
        size = self.picture.size().transposed() if self.turned in (90, 270) else self.picture.size()
        room = self.area.viewport().size() - QSize(4, 4)
        return max(0.01, min(1.0, room.width() / max(1, size.width()), room.height() / max(1, size.height())))

    def draw(self) -> None:
        scale = self.scale()
        shown = self.picture.size() * scale
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        picture = self.picture.scaled(shown.expandedTo(QSize(1, 1)), keep, smooth)
        if self.turned:
            picture = picture.transformed(QTransform().rotate(self.turned))
        self.label.setPixmap(QPixmap.fromImage(picture))
        self.label.setMinimumSize(picture.size() if self.zoom else QSize(1, 1))
        turned = f", turned by {self.turned}°" if self.turned else ""
        self.said.setText(f"{scale:.0%}{turned}")

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        soon(self, self.draw)  # when the room inside is known too


class PdfView(QWidget):
    """The pages of a PDF, larger and smaller."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__()
        from PySide6.QtPdfWidgets import QPdfView

        from asbdesk.ui.widgets.pdf_preview import PdfPreview

        self.preview = PdfPreview(f"The pages of {name}")
        self.preview.show_pdf(data)
        self._own = QPdfView.ZoomMode.Custom
        self._fit = QPdfView.ZoomMode.FitToWidth
        count = self.preview.pages
        acts = (
            IconButton("zoom-out", "Smaller, Control minus", on=lambda: self.step(-1)),
            IconButton("zoom-in", "Larger, Control plus", on=lambda: self.step(1)),
            Button("As wide as the window", icon="maximize-2", on=self.fit),
        )
        pages = Muted(f"{count} page{'s' * (count != 1)}", small=True)
        self.setLayout(column(row(*acts, None, pages, gap=6), (self.preview, 1), gap=6))

    def step(self, by: int) -> None:
        view = self.preview.view
        view.setZoomMode(self._own)
        view.setZoomFactor(min(6.0, max(0.2, view.zoomFactor() * (1.25 if by > 0 else 0.8))))

    def fit(self) -> None:
        self.preview.view.setZoomMode(self._fit)


def text_view(name: str, data: bytes) -> QWidget:
    """Words as they are; nothing in them is run or followed."""
    words, whole = text_of(data)
    box = QPlainTextEdit(words)
    box.setReadOnly(True)
    box.setAccessibleName(f"The words of {name}")
    box.setTabChangesFocus(True)
    if whole:
        return box
    return holder(column((box, 1), Muted(f"Only its beginning is shown here. {SAVE}", small=True), gap=6))


def can_play() -> bool:
    """Whether this computer's Qt has a player, and what that needs of the system is here too."""
    try:
        importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        return False
    return True


class PlayView(QWidget):
    """A sound or a film, played from memory; nothing is written anywhere."""

    def __init__(self, name: str, data: bytes, *, film: bool) -> None:
        super().__init__()
        media: Any = importlib.import_module("PySide6.QtMultimedia")
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.player = media.QMediaPlayer(self)
        self._out = media.QAudioOutput(self)
        self.player.setAudioOutput(self._out)
        self.play = Button("Play", icon="play", name=f"Play or pause {name}", on=self.toggle)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Where in it")
        self.time = Muted("0:00", small=True)
        self.wrong = Text("", "body", tone="red")
        self.wrong.hide()
        screen: QWidget = Bubble("volume-2", "blue")
        if film:
            screen = importlib.import_module("PySide6.QtMultimediaWidgets").QVideoWidget()
            self.player.setVideoOutput(screen)
        foot = row(self.play, (self.slider, 1), self.time, gap=10)
        self.setLayout(column((screen, 1), self.wrong, foot, gap=8))
        self.player.durationChanged.connect(lambda length: self.slider.setRange(0, length))
        self.player.positionChanged.connect(self._at)
        self.player.errorOccurred.connect(lambda *_: self._failed())
        self.slider.sliderMoved.connect(self.player.setPosition)
        self.player.setSourceDevice(self._buffer)

    def toggle(self) -> None:
        playing = self.player.isPlaying()
        (self.player.pause if playing else self.player.play)()
        self.play.say("Play" if playing else "Pause")

    def _at(self, at: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(at)
        of = self.player.duration()
        self.time.setText(f"{_clock(at)} of {_clock(of)}")

    def _failed(self) -> None:
        self.wrong.setText(f"This cannot be played here. {SAVE}")
        self.wrong.show()

    def stop(self) -> None:
        self.player.stop()


def _clock(ms: int) -> str:
    return f"{ms // 60000}:{ms // 1000 % 60:02}"


def told_view(icon: str, *words: str) -> QWidget:
    """What is to be said instead of showing it."""
    lines = column(*(Text(each, "body") for each in words if each), gap=6)
    card = Card(row((Bubble(icon, "amber"), TOP), (holder(lines), 1), gap=14), kind="ask")
    return holder(column(None, card, None, margins=(20, 10, 20, 10)))


NO_PLAYER = (
    "This laptop has no player for sounds and films.",
    "Ask whoever looks after it to add the package PySide6-Addons to asbdesk: then it is played here, from memory.",
    f"Until then: {SAVE[0].lower()}{SAVE[1:]}",
)


def view_of(name: str, data: bytes, what: WhatItIs, picture: QImage | str | None) -> QWidget:
    """The widget that shows it. `picture`: decoded already, or why it could not be."""
    if not what.shown:
        return told_view("circle-alert", what.warning, SAVE if data and what.kind != "program" else "")
    if what.kind == "picture":
        return PictureView(name, picture) if isinstance(picture, QImage) else told_view("image", str(picture or SAVE))
    if what.kind == "pdf":
        try:
            return PdfView(name, data)
        except UserError:
            return told_view("file-text", f"This PDF cannot be shown: it is damaged, or locked. {SAVE}")
    if what.kind == "text":
        return text_view(name, data)
    if what.kind in ("sound", "film"):
        if can_play():
            return PlayView(name, data, film=what.kind == "film")
        return told_view("volume-2" if what.kind == "sound" else "camera", *NO_PLAYER)
    return told_view("file-text", f"This kind of file is not shown here. {SAVE}")

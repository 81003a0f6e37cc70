"""How each kind of evidence is shown, from memory alone: a picture, a PDF, a text, a sound, or what to do instead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QWidget

from asbdesk.casework.evidence_kinds import SAVE, WhatItIs, text_of
from asbdesk.errors import UserError
from asbdesk.ui.media import can_play
from asbdesk.ui.widgets.buttons import Button, IconButton
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.text import Bubble, Muted, Text

MOST_POINTS, MOST_TAKEN = 60_000_000, 400_000_000
"""Points of a picture that is drawn here: a small file may unfold into gigabytes. A JPEG, which can be unfolded smaller
than it was taken, may have been taken with more."""
TAKEN = "taken"
DRAWN = (
    *((b"\xff\xd8", b"jpeg"), (b"\x89PNG", b"png"), (b"GIF8", b"gif"), (b"BM", b"bmp"), (b"RIFF", b"webp")),
    *((b"II*\x00", b"tiff"), (b"MM\x00*", b"tiff")),
)
"""How these begin, and what Qt calls them: no other of its readers is let near what strangers send."""
NOT_DRAWN = f"This picture cannot be shown: it is damaged, or of a sort that asbdesk cannot draw. {SAVE}"
STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


def decoded(data: bytes) -> QImage:
    """The picture, upright. Raises UserError for one that is damaged, or would unfold beyond all measure. May run
    away from the window."""
    if data[4:8] == b"ftyp":
        return _from_iphone(data)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    try:
        picture = _read(reader, next((kind for mark, kind in DRAWN if data.startswith(mark)), b"none"))
    finally:
        del reader  # before the buffer: one that reads a TIFF goes back to it when it ends
    if picture.isNull():
        raise UserError(NOT_DRAWN)
    return picture


def _read(reader: QImageReader, kind: bytes) -> QImage:
    reader.setAutoDetectImageFormat(False)
    reader.setFormat(kind)
    reader.setAutoTransform(True)
    size = reader.size()
    smaller = kind == b"jpeg" and _points(size) <= MOST_TAKEN
    if not size.isValid() or not smaller:
        _refuse_vast(size)
    else:
        reader.setScaledSize(_halved(size))
    picture = reader.read()
    if _points(picture.size()) < _points(size):
        picture.setText(TAKEN, f"{size.width():,} by {size.height():,} points")
    return picture


def _points(size: QSize) -> int:
    return size.width() * size.height() if size.isValid() else 0


def _halved(size: QSize) -> QSize:
    """Until it can be drawn: by halves alone a JPEG is unfolded smaller at once."""
    while _points(size) > MOST_POINTS:
        size = QSize(size.width() // 2, size.height() // 2)
    return size


def _refuse_vast(size: QSize) -> None:
    if _points(size) > MOST_POINTS:
        dots = f"{size.width():,} by {size.height():,} points"
        raise UserError(f"This picture is {dots}: too large to be shown here. {SAVE}")


def _from_iphone(data: bytes) -> QImage:
    """A HEIC picture."""
    from io import BytesIO

    import pi_heif

    try:
        found = pi_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
        _refuse_vast(QSize(*found.size))
        kind = QImage.Format.Format_RGBA8888 if found.mode == "RGBA" else QImage.Format.Format_RGB888
        if found.mode not in ("RGB", "RGBA"):
            raise UserError(NOT_DRAWN)
        wide, tall = found.size
        return QImage(bytes(found.data), wide, tall, found.stride, kind).copy()
    except (ValueError, RuntimeError, EOFError, OSError, MemoryError):
        raise UserError(NOT_DRAWN) from None


class Canvas(QWidget):
    """The picture at a scale, turned: only what is seen of it is drawn, however large it would be."""

    def __init__(self, picture: QImage) -> None:
        super().__init__()
        self.picture, self.scale, self.turned = picture, 1.0, 0
        self._drawn = picture

    def show_at(self, scale: float, turned: int) -> None:
        """Draw it so."""
        self.scale, self.turned = scale, turned
        size = self.picture.size() * scale
        self._drawn = self._shrunk(size.expandedTo(QSize(1, 1))) if scale < 0.2 else self.picture
        self.setFixedSize((size.transposed() if turned in (90, 270) else size).expandedTo(QSize(1, 1)))
        self.update()

    def _shrunk(self, size: QSize) -> QImage:
        """Smooth, though the whole is looked at only roughly: a photograph of a telephone has 50 million points."""
        keep, rough = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation
        return self.picture.scaled(size * 2, keep, rough).scaled(size, keep, Qt.TransformationMode.SmoothTransformation)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale < 2)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(self.turned)
        wide, tall = self.picture.width() * self.scale, self.picture.height() * self.scale
        painter.drawImage(QRectF(-wide / 2, -tall / 2, wide, tall), self._drawn)
        painter.end()


class PictureView(QWidget):
    """Zooms and turns; the wheel with Control, plus and minus, R. The file itself is not changed."""

    def __init__(self, name: str, picture: QImage) -> None:
        super().__init__()
        self.picture, self.zoom, self.turned = picture, 0.0, 0
        self.canvas = Canvas(picture)
        self.area = QScrollArea()
        self.area.setWidget(self.canvas)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(f"The picture {name}")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.area)
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
        room = self.area.maximumViewportSize() - QSize(4, 4)
        return max(0.01, min(1.0, room.width() / max(1, size.width()), room.height() / max(1, size.height())))

    def draw(self) -> None:
        scale = self.scale()
        self.canvas.show_at(scale, self.turned)
        taken = self.picture.text(TAKEN)
        smaller = f"; drawn smaller than it was taken, {taken}" if taken else ""
        turned = f", turned by {self.turned}°" if self.turned else ""
        self.said.setText(f"{scale:.0%}{turned}{smaller}")

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)

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
        self.setFocusProxy(self.preview.view)
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
    part = holder(column((box, 1), Muted(f"Only its beginning is shown here. {SAVE}", small=True), gap=6))
    part.setFocusProxy(box)
    return part


def told_view(icon: str, *words: str) -> QWidget:
    """What is to be said instead of showing it."""
    lines = column(*(Text(each, "body") for each in words if each), gap=6)
    card = Card(row((Bubble(icon, "amber"), TOP), (holder(lines), 1), gap=14), kind="ask")
    return holder(column(None, card, None, margins=(20, 10, 20, 10)))


NO_PLAYER = (
    "Sounds and films cannot be played here: a part of this computer’s sound system is missing.",
    "Ask whoever looks after it to install asbdesk anew: that brings it along (on Linux, the package libpulse0).",
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
            from asbdesk.ui.screens.case.playing import PlayView

            return PlayView(name, data, film=what.kind == "film")
        return told_view("volume-2" if what.kind == "sound" else "camera", *NO_PLAYER)
    return told_view("file-text", f"This kind of file is not shown here. {SAVE}")

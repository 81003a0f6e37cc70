"""A picture taken with this laptop's camera: seen first, then taken from memory, to be copied and marked at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QImage
from PySide6.QtWidgets import QWidget

from asbdesk.ui.media import can_play, multimedia, unhindered
from asbdesk.ui.screens.case.playing import FilmPicture
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.things import Thing
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import column, row
from asbdesk.ui.widgets.text import Heading, Muted

NO_CAMERA = "This laptop has no camera that is switched on. Take the picture with a telephone, and add the file."
NOTHING_YET = "There is no picture yet. Wait until you see one, then take it."
WIDE, TALL = 760, 560
"""Pixels that the dialog takes at first."""
GOOD = 95
"""Of 100: how little of what the camera saw a JPEG leaves out."""


def camera() -> Any:
    """This laptop's camera, or None."""
    if not can_play():
        return None
    found = multimedia().QMediaDevices.defaultVideoInput()
    return None if found.isNull() else found


class CameraDialog(Dialog):
    """`took(Thing)` for each picture that is taken. What is seen is kept nowhere until then."""

    took = Signal(object)

    def __init__(self, parent: QWidget, found: Any, at: str) -> None:
        """`at`: the time of day `HH:MM`, for the names."""
        super().__init__(parent)
        self.setWindowTitle("asbdesk")
        self.at, self.taken = at, 0
        self.picture = FilmPicture("What the camera sees")
        self.said = Muted("Nothing is kept until you take it.")
        self.take = PrimaryButton("Take it", "camera", on=self.take_it)
        foot = row((self.said, 1), Button("Done", on=self.accept), self.take, gap=10)
        self.setLayout(column(Heading("Take a picture"), (self.picture, 1), foot, gap=10, margins=(24, 20, 24, 18)))
        self.resize(WIDE, TALL)
        self._camera: Any = None
        if found is not None:
            self._see(found)
        self.take.setFocus()

    def _see(self, found: Any) -> None:
        media = multimedia()
        self._session = unhindered(media.QMediaCaptureSession(self))
        self._camera = unhindered(media.QCamera(found, self))
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.picture.sink)
        self._camera.start()

    def take_it(self) -> None:
        """Take what is seen now."""
        data = _jpeg(self.picture.picture)
        if not data:
            self._say(NOTHING_YET)
            return
        self.taken += 1
        number = f" ({self.taken})" if self.taken > 1 else ""
        self.took.emit(Thing(f"Picture taken {self.at.replace(':', '.')}{number}.jpg", None, data))
        self._say("Taken. Its copy is locked, and its mark is made.")

    def _say(self, words: str) -> None:
        self.said.setText(words)
        announce(self.said, words)

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at is not filmed."""
        super().hideEvent(event)
        self._let_go()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        if self._camera is not None:
            self._camera.stop()
            self._camera = None


def _jpeg(picture: QImage) -> bytes:
    if picture.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPEG", GOOD)  # type: ignore[call-overload]  # the stub wants bytes, Qt text
    return bytes(buffer.data().data())

"""A picture of this laptop's camera: the words where there is none; what is seen is taken from memory, and marked."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaDevices, QVideoFrame
from pytestqt.qtbot import QtBot

from asbdesk.casework.evidence import open_evidence
from asbdesk.casework.evidence_look import any_taken, look
from asbdesk.ui.screens.case.camera import NO_CAMERA, NOTHING_YET, CameraDialog
from asbdesk.ui.screens.case.evidence import EvidenceTab
from asbdesk.ui.screens.case.taking import TakeFiles
from asbdesk.ui.widgets.buttons import Button
from tests.ui import walking
from tests.ui.conftest import Opened
from tests.ui.test_parts import first_case


def taking(opened: Opened) -> TakeFiles:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(first_case(opened), "evidence")
    return frame.findChildren(EvidenceTab)[0].taking


def test_where_there_is_no_camera_it_is_said(opened: Opened) -> None:
    found = taking(opened)
    assert QMediaDevices.defaultVideoInput().isNull(), "here is a camera: this test is for a laptop without one"
    next(b for b in found.findChildren(Button) if b.text().strip() == "Take a picture").click()
    assert opened.window.banner.words() == NO_CAMERA


def test_what_is_seen_is_taken_and_marked(opened: Opened, qtbot: QtBot) -> None:
    """The camera is stood in for by the frames that one gives."""
    found, frame = taking(opened), opened.window.frame
    assert frame is not None
    dialog, taken = CameraDialog(found, None, "09:12"), list[bytes]()
    qtbot.addWidget(dialog)
    dialog.took.connect(lambda thing: (taken.append(thing.data), found.take([thing])))
    dialog.show()
    walking.settle()
    assert not walking.unnamed(dialog) and not walking.small(dialog) and not walking.clipped(dialog)
    qtbot.keyClick(dialog.take, Qt.Key.Key_Return)
    assert dialog.said.text() == NOTHING_YET and taken == []
    seen = QImage(320, 240, QImage.Format.Format_RGB32)
    seen.fill(Qt.GlobalColor.darkGreen)
    dialog.picture.sink.setVideoFrame(QVideoFrame(seen))
    qtbot.waitUntil(lambda: not dialog.picture.picture.isNull())
    with qtbot.waitSignal(found.took, timeout=10_000):
        dialog.take.click()
    assert taken[0].startswith(b"\xff\xd8\xff") and dialog.said.text().startswith("Taken.")
    kept = frame.desk.read(any_taken)
    assert kept is not None
    name, _, data = open_evidence(frame.desk.desk, kept[1])
    assert (name, data) == ("Picture taken 09.12.jpg", taken[0])
    assert frame.desk.read(look, *kept).sha256 == hashlib.sha256(taken[0]).hexdigest()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()

"""Taking the copy now: from a file, dropped, pasted; or said that it could not be taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.casework.visit import VisitPath
from asbdesk.model import Evidence
from asbdesk.ui.screens.visit.evidence_panel import EvidencePanel, size_words
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.things import MOST, Thing
from tests.ui.visit import living

PHOTO = b"\xff\xd8\xff\xe0 not really a photograph " * 500


@pytest.fixture
def panel(screen: VisitScreen) -> EvidencePanel:
    living.go_in(screen)
    screen.go("happened")
    found = screen.findChild(EvidencePanel)
    assert isinstance(found, EvidencePanel)
    return found


def kept(desk: Desk) -> list[tuple[str, bytes]]:
    """Name and bytes of everything taken in, read back from the encrypted files."""
    rows = desk.read(lambda s: [(e.name, e.blob, e.key) for e in s.query(Evidence).filter(Evidence.blob.isnot(None))])
    return [(name, desk.files.read(blob, key)) for name, blob, key in rows]


def test_files_are_copied_and_their_marks_shown(
    qtbot: QtBot, desk: Desk, screen: VisitScreen, panel: EvidencePanel, tmp_path: Path
) -> None:
    names = ["door.jpg", "banging.m4a"]
    for name in names:
        (tmp_path / name).write_bytes(PHOTO + name.encode())
    panel.take([Thing(name, tmp_path / name) for name in names])
    assert "Copying 1 of 2: door.jpg" in panel.doing.text()
    living.wait(screen, qtbot)
    assert sorted(kept(desk)) == sorted((name, PHOTO + name.encode()) for name in names)
    qtbot.waitUntil(lambda: "door.jpg · 15 kB · copied 14:32 · mark " in living.words_on(panel))
    assert not (desk.store.paths.evidence / "door.jpg").exists()


def test_what_is_dropped_is_taken(
    qtbot: QtBot, desk: Desk, screen: VisitScreen, panel: EvidencePanel, tmp_path: Path
) -> None:
    (tmp_path / "door.jpg").write_bytes(PHOTO)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "door.jpg")), QUrl("https://example.invalid/other.jpg")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.zone.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    living.wait(screen, qtbot)
    assert kept(desk) == [("door.jpg", PHOTO)]


def test_a_picture_is_pasted(qtbot: QtBot, desk: Desk, screen: VisitScreen, panel: EvidencePanel) -> None:
    QGuiApplication.clipboard().clear()
    panel._paste()
    assert "no picture to paste" in screen.banner.words()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    panel._paste()
    living.wait(screen, qtbot)
    ((name, data),) = kept(desk)
    assert name == "Pasted picture 14.32.png"
    assert data.startswith(b"\x89PNG")


def test_a_file_that_has_gone_is_said_and_the_rest_is_taken(
    qtbot: QtBot, desk: Desk, screen: VisitScreen, panel: EvidencePanel, tmp_path: Path
) -> None:
    (tmp_path / "door.jpg").write_bytes(PHOTO)
    with (tmp_path / "huge.mp4").open("wb") as sparse:
        sparse.truncate(MOST + 1)
    for bad, words in (("huge.mp4", "larger than 2 GB"), ("gone.mp4", "“gone.mp4” could not be read")):
        panel.take([Thing(bad, tmp_path / bad)])
        living.wait(screen, qtbot)
        assert words in screen.banner.words()
    panel.take([Thing("door.jpg", tmp_path / "door.jpg")])
    living.wait(screen, qtbot)
    assert [name for name, _ in kept(desk)] == ["door.jpg"]


def test_what_could_not_be_taken_is_written_down(desk: Desk, panel: EvidencePanel) -> None:
    panel.missed.click()
    panel.note.setText("A video on her old phone, no cable")
    panel._keep_missed()
    notes = desk.read(lambda s: [e.note for e in s.query(Evidence).filter(Evidence.offered_not_taken.is_(True))])
    assert notes == ["A video on her old phone, no cable"]


def test_what_was_taken_is_listed_again_when_the_visit_goes_on(
    qtbot: QtBot, desk: Desk, case: str, screen: VisitScreen, panel: EvidencePanel, tmp_path: Path
) -> None:
    (tmp_path / "door.jpg").write_bytes(PHOTO)
    panel.take([Thing("door.jpg", tmp_path / "door.jpg")])
    living.wait(screen, qtbot)
    panel.note.setText("A video on her old phone")
    panel._keep_missed()
    listed = list(screen.visit.taken)
    assert len(listed) == 2
    screen.save_and_leave()
    again = living.a_screen(desk, case, path=VisitPath.resume(desk, screen.path.run))
    living.show(qtbot, again)
    again.go("happened")
    assert again.visit.taken == listed
    assert all(words in living.words_on(again) for words in listed)


def test_sizes_in_words() -> None:
    assert [size_words(n) for n in (0, 900, 99_000, 2_140_000)] == ["1 kB", "1 kB", "99 kB", "2.1 MB"]

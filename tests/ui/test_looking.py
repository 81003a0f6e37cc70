"""Looking at evidence: pictures zoom and turn, what lies or is damaged is said in words, answered in one step."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import wave
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from asbdesk.casework.evidence import take_in
from asbdesk.casework.evidence_kinds import WhatItIs, text_of, what_it_is
from asbdesk.casework.people import reporter_of
from asbdesk.errors import UserError
from asbdesk.ui.screens.case.looking import EvidencePage, open_evidence_page
from asbdesk.ui.screens.case.playing import PlayView
from asbdesk.ui.screens.case.viewer_kinds import NO_PLAYER, PdfView, PictureView, decoded
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.pdf_preview import PdfPreview
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened
from tests.ui.test_parts import first_case


def png(width: int = 40, height: int = 20) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt text
    return bytes(buffer.data().data())


def bomb() -> bytes:
    """A PNG of 60,000 by 60,000 points in a few bytes."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    body = zlib.compress(bytes(200_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return out.getvalue()


FILES = {
    "door.png": png(),
    "night.wav": wav(),
    "note.txt": "He said: “I will be back”.\u202e txt.exe".encode(),
    "lies.jpg": b"%PDF-1.4 not whole",
    "torn.png": png()[:40],
    "bomb.png": bomb(),
    "run.pdf": b"MZ" + bytes(200),
}


@pytest.fixture
def page(opened: Opened, qtbot: QtBot) -> EvidencePage:
    """A case with a file of each sort; the first is open."""
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    giver = frame.desk.read(reporter_of, case)
    assert giver is not None
    ids = [take_in(frame.desk.desk, case, data, name=name, from_=giver.id) for name, data in FILES.items()]
    made = open_evidence_page(frame, case, ids, ids[0])
    shown(made, qtbot)
    return made


def shown(page: EvidencePage, qtbot: QtBot) -> None:
    if not page.data:
        with qtbot.waitSignal(page.shown, timeout=10_000):
            pass


def go_to(page: EvidencePage, qtbot: QtBot, name: str) -> list[str]:
    """Show the file of this name; all its words."""
    page.at = list(FILES).index(name)
    page.show_one()
    shown(page, qtbot)
    return [w.text() for w in page.findChildren(Text)]


def test_a_picture_zooms_and_turns_and_its_file_stays(page: EvidencePage, qtbot: QtBot) -> None:
    view = page.view
    assert isinstance(view, PictureView) and page.title.text() == "door.png"
    view.step(1)
    assert view.zoom > 1 and view.said.text().startswith(f"{view.zoom:.0%}")
    view.turn(90)
    assert "turned by 90°" in view.said.text() and view.canvas.height() > view.canvas.width()
    view.fit()
    assert view.zoom == 0 and page.data == FILES["door.png"]


def test_the_mark_stands_beside_it_with_each_step(page: EvidencePage, qtbot: QtBot) -> None:
    words = go_to(page, qtbot, "night.wav")
    assert any(w.startswith("Taken into the store") for w in words)
    assert page.look is not None and len(page.look.sha256) == 64
    assert any(w.replace(" ", "") == page.look.sha256 for w in words)


def test_words_are_shown_without_what_turns_them(page: EvidencePage, qtbot: QtBot) -> None:
    go_to(page, qtbot, "note.txt")
    assert isinstance(page.view, QPlainTextEdit) and "\u202e" not in page.view.toPlainText()
    assert page.view.isReadOnly() and "I will be back" in page.view.toPlainText()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lies.jpg", "It is called a picture, but its bytes are those of a PDF"),
        ("torn.png", "damaged"),
        ("bomb.png", "60,000 by 60,000 points: too large to be shown here"),
        ("run.pdf", "This is a program. It is not opened here"),
    ],
)
def test_what_lies_is_damaged_or_would_burst_is_said(page: EvidencePage, qtbot: QtBot, name: str, said: str) -> None:
    assert said in " ".join(go_to(page, qtbot, name))


def test_a_sound_is_played_by_its_keys_also_while_it_is_answered(page: EvidencePage, qtbot: QtBot) -> None:
    page.window().activateWindow()
    go_to(page, qtbot, "night.wav")
    view = page.view
    assert isinstance(view, PlayView) and QApplication.focusWidget() is view.line
    qtbot.waitUntil(lambda: view.line.length > 0)
    qtbot.keyClick(view.line, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.playing)
    page.words.setFocus()
    qtbot.keyClick(page.words, Qt.Key.Key_F8)
    assert not view.playing and page.words.hasFocus()
    view.seek(900)
    qtbot.keyClick(page.words, Qt.Key.Key_F7)
    assert view.player.position() == 0
    page.leave()


def test_what_is_missing_for_a_player_is_said(qtbot: QtBot) -> None:
    """Where a library of the system is not there."""
    without = "import sys; sys.modules['PySide6.QtMultimedia'] = None\nfrom asbdesk.ui.media import can_play\n"
    done = subprocess.run([sys.executable, "-c", f"{without}print(can_play())"], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
    assert "libpulse0" in NO_PLAYER[1] and "save a copy" in NO_PLAYER[2]


def test_it_is_decided_and_answered_here_and_the_next_follows(page: EvidencePage, qtbot: QtBot) -> None:
    page.answer()
    assert "Write what you think of it" in page.decision.problem.text()
    page.words.setPlainText("We see the door. We will mend it.")
    page.answer()
    assert page.at == 1 and page.title.text() == "night.wav"
    shown(page, qtbot)
    page.go(-1)
    shown(page, qtbot)
    assert page.look is not None and page.look.decision == "We see the door. We will mend it."
    assert "We see the door. We will mend it." in [w.text() for w in page.findChildren(Text)]


def test_thirty_are_answered_without_the_mouse(page: EvidencePage, qtbot: QtBot) -> None:
    """The next that waits follows, the focus on what it is; the same words are there again."""
    page.window().activateWindow()
    page.go(1)
    shown(page, qtbot)
    assert "7 still to be answered" in page.count.text() and page.said_last is None
    page.words.setPlainText("We hear the music.")
    page.how.setText("By telephone")
    page.words.setFocus()
    qtbot.keyClick(page.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.title.text() == "note.txt" and "6 still" in page.count.text()
    shown(page, qtbot)
    assert QApplication.focusWidget() is page.view
    again = next(b for b in page.findChildren(Button) if b.accessibleName() == "The same words again")
    again.click()
    assert page.words.toPlainText() == "We hear the music." and page.how.text() == "By telephone"
    page.at = len(FILES) - 1
    page.show_one()
    page.words.setPlainText("A program. We did not open it.")
    page.answer()
    assert page.title.text() == "door.png"


def test_keys_go_to_the_neighbours_and_leave(page: EvidencePage, qtbot: QtBot, opened: Opened) -> None:
    opened.window.activateWindow()
    page.go(-1)
    assert page.at == 0
    page.go(1)
    assert page.at == 1 and page.before.isEnabled()
    page.leave()
    assert opened.window.frame is not None and opened.window.frame.over is None


def test_nothing_is_written_anywhere_while_looking(page: EvidencePage, qtbot: QtBot, tmp_path: Path) -> None:
    import tempfile

    before = set(Path(tempfile.gettempdir()).glob("*.png"))
    for name in FILES:
        go_to(page, qtbot, name)
    assert set(Path(tempfile.gettempdir()).glob("*.png")) == before


def test_by_bytes_not_by_name() -> None:
    assert what_it_is("a.mp4", b"\x00\x00\x00\x18ftypM4A ").kind == "film"
    assert what_it_is("a.jpg", b"").shown is False and "0 bytes" in what_it_is("a.jpg", b"").warning
    assert what_it_is("x", b"\x00\x01\x02").kind == "other"
    assert what_it_is("a.txt", "é".encode() * 5000).kind == "text"
    assert text_of(b"x" * 500_000)[1] is False
    with pytest.raises(UserError, match="damaged"):
        decoded(png()[:40])
    with pytest.raises(UserError, match="cannot draw"):
        decoded(b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')


def test_a_scan_is_drawn_as_often_as_it_is_looked_at() -> None:
    """A TIFF's reader goes back to its bytes when it ends: they must still be there."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "TIFF")
    for _ in range(40):
        assert decoded(out.getvalue()).width() == 64


def test_a_photograph_of_a_telephone_is_drawn(qtbot: QtBot) -> None:
    """HEIC; a hundred million points, smaller than taken; eight times as large, in no more memory."""
    heic = (Path(__file__).parent / "media" / "door.heic").read_bytes()
    assert what_it_is("IMG_2041.HEIC", heic) == WhatItIs("picture")
    assert decoded(heic).size().toTuple() == (64, 48) and decoded(heic).pixelColor(5, 5).blue() > 150
    for torn in (heic[:300], heic[:40], b"\0\0\0\x1cftypheic" + bytes(50)):
        with pytest.raises(UserError, match="damaged"):
            decoded(torn)
    out = io.BytesIO()
    Image.new("L", (10_400, 10_000), 90).save(out, "JPEG", quality=5)
    large = decoded(out.getvalue())
    assert large.size().toTuple() == (5200, 5000) and large.text("taken") == "10,400 by 10,000 points"
    view = PictureView("large.jpg", large)
    qtbot.addWidget(view)
    view.zoom = 8.0
    view.draw()
    assert "taken, 10,400 by 10,000 points" in view.said.text() and view.canvas.width() == large.width() * 8


def test_of_pdfs_shown_one_after_the_other_the_last_alone_is_kept(qtbot: QtBot) -> None:
    from asbdesk.documents import learning_sheet
    from tests.documents.learned import released

    view, pdf = PdfPreview(), learning_sheet.make(released())
    qtbot.addWidget(view)
    for _ in range(3):
        view.show_pdf(pdf)
    qtbot.waitUntil(lambda: len(view.findChildren(QPdfDocument)) == 1)
    assert view.view.document() is not None


def test_a_pdf_shows_its_pages(qtbot: QtBot) -> None:
    from asbdesk.documents import learning_sheet
    from tests.documents.learned import released

    view = PdfView("page.pdf", learning_sheet.make(released()))
    qtbot.addWidget(view)
    assert view.preview.pages >= 1
    view.step(1)
    view.fit()

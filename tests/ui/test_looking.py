"""Looking at evidence: pictures zoom and turn, what lies or is damaged is said in words, answered in one step."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from asbdesk.casework.evidence import take_in
from asbdesk.casework.evidence_kinds import text_of, what_it_is
from asbdesk.casework.people import reporter_of
from asbdesk.errors import UserError
from asbdesk.ui.screens.case.looking import EvidencePage, open_evidence_page
from asbdesk.ui.screens.case.viewer_kinds import NO_PLAYER, PdfView, PictureView, can_play, decoded
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


def test_a_sound_is_played_where_there_is_a_player_else_what_to_do_is_said(page: EvidencePage, qtbot: QtBot) -> None:
    words = go_to(page, qtbot, "night.wav")
    if can_play():
        assert hasattr(page.view, "player")
        page.leave()
    else:
        assert NO_PLAYER[0] in words and any("PySide6-Addons" in w for w in words)


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

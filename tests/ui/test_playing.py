"""Sounds and films: played from memory, by keys, seen and said; what a file asks for beside itself is not given."""

from __future__ import annotations

import array
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtMultimedia import QAudioBufferOutput, QAudioFormat
from pytestqt.qtbot import QtBot

from asbdesk.casework.evidence_kinds import what_it_is
from asbdesk.ui.screens.case import playing
from asbdesk.ui.screens.case.loudness import SILENT, time_of
from asbdesk.ui.screens.case.playing import FilmPicture, PlayView

MEDIA = Path(__file__).parent / "media"
"""Sounds and a film of 1.2 seconds: half of it nearly silent, then loud."""
SOUNDS = ("night.m4a", "night.mp3", "night.ogg", "night.opus", "night.aac", "night.wav")


def view_of(qtbot: QtBot, name: str, data: bytes | None = None) -> PlayView:
    found = (MEDIA / name).read_bytes() if data is None else data
    view = PlayView(name, found, film=what_it_is(name, found).kind == "film")
    qtbot.addWidget(view)
    view.resize(700, 420)
    view.show()
    return view


@pytest.fixture
def night(qtbot: QtBot) -> Iterator[PlayView]:
    view = view_of(qtbot, "night.m4a")
    qtbot.waitUntil(lambda: view.line.length > 0 and view.hearing.whole)
    yield view
    view.stop()


@pytest.mark.parametrize("name", [*SOUNDS[:2], *(pytest.param(name, marks=pytest.mark.long) for name in SOUNDS[2:])])
def test_what_is_played_is_heard(qtbot: QtBot, name: str) -> None:
    view, heard = view_of(qtbot, name), array.array("f")
    form = QAudioFormat()
    form.setSampleRate(16_000)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Float)
    tap = QAudioBufferOutput(form, view)
    tap.audioBufferReceived.connect(lambda some: heard.frombytes(bytes(some.constData() or b"")))
    view.player.setAudioBufferOutput(tap)
    view.speed.setCurrentIndex(3)
    view.speed.activated.emit(3)
    assert view.player.playbackRate() == 2
    view.toggle()
    qtbot.waitUntil(lambda: view.playing)
    assert view.play.accessibleName() == f"Pause {name}"
    qtbot.waitUntil(lambda: not view.playing, timeout=10_000)
    assert max(heard[: len(heard) // 3]) < 0.01 < 0.05 < max(heard)
    assert view.play.accessibleName() == f"Play {name}" and view.play.text().strip() == "Play"


def test_a_film_moves_and_its_beginning_is_seen_before_it_plays(qtbot: QtBot) -> None:
    view = view_of(qtbot, "door.mp4")
    picture = view.picture
    assert isinstance(picture, FilmPicture)
    qtbot.waitUntil(lambda: not picture.picture.isNull(), timeout=10_000)
    first = picture.picture.copy()
    assert not view.playing and picture.grab().toImage().pixelColor(picture.rect().center()).isValid()
    view.toggle()
    qtbot.waitUntil(lambda: picture.picture != first, timeout=10_000)
    view.hide()
    assert not view.playing


def test_how_loud_it_is_is_drawn_and_said(night: PlayView) -> None:
    pieces = night.hearing.pieces
    assert max(pieces[:25]) < 50 < SILENT < 2000 < max(pieces[32:]) and 55 < len(pieces) < 65
    assert night.loudest.text() == "Loudest at 0:00." or night.loudest.text() == "Loudest at 0:01."
    assert night.loudest.text() in night.line.accessibleDescription()
    drawn = night.line.grab().toImage()
    quiet, loud = (
        len({drawn.pixelColor(x, drawn.height() // 4).name() for x in range(from_, from_ + 200)}) for from_ in (60, 420)
    )
    assert quiet == 1 < loud


def test_the_keys_of_a_recording(night: PlayView, qtbot: QtBot) -> None:
    line = night.line
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert night.player.position() == night.line.length and line.value() == 1
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert night.player.position() == 0 and night.time.text() == "0:00 of 0:01"
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert night.playing
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert not night.playing
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert abs(night.player.position() - 600) < 30
    QAccessible.setActive(True)
    found = QAccessible.queryAccessibleInterface(line)
    assert found is not None and found.role() == QAccessible.Role.Slider
    found.valueInterface().setCurrentValue(1)
    assert night.player.position() == 1000


def test_its_place_is_said_to_a_screen_reader(night: PlayView, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(playing, "announce", lambda source, words: said.append(words))
    night.skip(5)
    night.toggle()
    night.toggle()
    assert said[0] == "0:01 of 0:01" and said[-1].startswith("Paused at 0:0")
    assert (time_of(3_725_000), time_of(59_999)) == ("1:02:05", "0:59")


@pytest.mark.qt_log_ignore("QBuffer::seek: Invalid pos")
@pytest.mark.parametrize(
    ("name", "data"),
    [("torn.m4a", (MEDIA / "night.m4a").read_bytes()[:1500]), ("rubbish.mp3", b"ID3" + bytes(range(256)) * 8)],
)
def test_what_cannot_be_played_is_said_in_words(qtbot: QtBot, name: str, data: bytes) -> None:
    view = view_of(qtbot, name, data)
    qtbot.waitUntil(lambda: view.wrong.text() == playing.NOT_PLAYED, timeout=10_000)
    assert view.wrong.isVisible() and not view.play.isEnabled()
    assert "Ask whoever gave it" in view.wrong.text() and "Save a copy" in view.wrong.text()


def test_a_list_of_addresses_that_calls_itself_a_sound_asks_nobody(qtbot: QtBot) -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{server.server_address[1]}/s.ts"
        lines = ("#EXTM3U", "#EXT-X-TARGETDURATION:9", "#EXTINF:9,", at, "#EXT-X-ENDLIST", "")
        view = view_of(qtbot, "night.mp3", b"ID3\x03\0\0\0\0\0\x0a" + bytes(10) + "\n".join(lines).encode())
        qtbot.waitUntil(lambda: view.wrong.text() == playing.NOT_PLAYED, timeout=10_000)
        server.shutdown()
    assert asked == []


def test_what_a_film_says_of_itself_is_written_nowhere(tmp_path: Path) -> None:
    """Neither its title nor the place where it was taken reaches standard output, standard error or a file."""
    done = _play_apart(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "played" in done.stdout
    assert "Shah" not in done.stdout + done.stderr and "53.80" not in done.stdout + done.stderr
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


@pytest.mark.long
@pytest.mark.needs("strace")
def test_no_plain_byte_of_what_is_played_reaches_the_disk(tmp_path: Path) -> None:
    """Each call that writes, with all that it wrote, by every thread."""
    trace = tmp_path.parent / f"{tmp_path.name}.trace"
    before = ["strace", "-f", "-e", "trace=write,pwrite64,writev,pwritev,sendfile,copy_file_range", "-s", "65536"]
    done = _play_apart(tmp_path, [*before, "-x", "-o", str(trace)])
    assert done.returncode == 0, done.stderr
    written = trace.read_text(errors="replace")
    some = (MEDIA / "door.mp4").read_bytes()
    marks = ["".join(f"\\x{b:02x}" for b in some[at : at + 24]) for at in range(0, len(some) - 24, 24)]
    assert len(written) > 1000 and not any(mark in written for mark in marks)


def _play_apart(folder: Path, before: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    """A film played by a process of its own, with `folder` for its home and for what is temporary."""
    code = (
        "import asbdesk.app as a; app = a.make_app()\n"
        "from pathlib import Path; from asbdesk.ui.screens.case.playing import PlayView\n"
        "from PySide6.QtCore import QTimer\n"
        f"v = PlayView('door.mp4', Path({str(MEDIA / 'door.mp4')!r}).read_bytes(), film=True)\n"
        "v.show(); v.toggle()\n"
        "v.player.playbackStateChanged.connect(lambda now: now.value == 0 and QTimer.singleShot(50, app.quit))\n"
        "QTimer.singleShot(15000, app.quit); app.exec(); print('played', v.player.position()); v.stop()\n"
    )
    home = {"HOME": str(folder), "TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    env = {name: value for name, value in os.environ.items() if not name.startswith("PULSE")} | home
    run = [*(before or []), sys.executable, "-c", code]
    return subprocess.run(run, capture_output=True, text=True, timeout=120, env=env, check=False)


@pytest.mark.long
def test_a_window_at_work_and_a_player_that_ends_never_wait_for_each_other() -> None:
    """Three hundred that end while the window connects and disconnects: without `unhindered` some ten are enough."""
    done = subprocess.run(
        [sys.executable, "-c", _BUSY, str(MEDIA)], capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "ended" in done.stdout


_BUSY = """
import sys, faulthandler, asbdesk.app as a
faulthandler.dump_traceback_later(90, exit=True)
from pathlib import Path
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
app = a.make_app()
from asbdesk.ui.screens.case.playing import PlayView
class Told(QObject):
    said = Signal()
told = [Told() for _ in range(400)]
def busy():
    for each in told:
        each.said.connect(each.deleteLater)
        each.said.disconnect(each.deleteLater)
def wait(ms):
    turn = QEventLoop()
    QTimer.singleShot(ms, turn.quit)
    turn.exec()
files = [(Path(sys.argv[1]) / name).read_bytes() for name in ("night.m4a", "door.mp4")]
for n in range(300):
    view = PlayView("one", files[n % 2], film=bool(n % 2))
    view.show()
    view.toggle()
    wait(25 if n % 3 else 3)
    view.stop()
    busy()
    view.close()
    view.deleteLater()
    del view
    busy()
    wait(1)
print("ended")
"""


@pytest.mark.long
@pytest.mark.needs("pulseaudio", "parec")
@pytest.mark.parametrize("name", ["night.m4a", "night.mp3", "door.mp4"])
def test_a_loudspeaker_is_given_it(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    """The system's own sound service, with a sink that is recorded: what comes out is not silence."""
    socket = tmp_path / "sound"
    load = [
        f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1",
        "--load=module-null-sink sink_name=ear",
    ]
    home = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PULSE_SERVER": f"unix:{socket}"}
    service = subprocess.Popen(["pulseaudio", "-n", "--exit-idle-time=-1", *load], env=home, stderr=subprocess.DEVNULL)
    try:
        qtbot.waitUntil(socket.exists, timeout=10_000)
        record = ["parec", "-d", "ear.monitor", "--raw", "--format=s16le", "--channels=1", "--rate=16000"]
        with (tmp_path / "heard").open("wb") as out, subprocess.Popen(record, env=home, stdout=out) as ear:
            heard = subprocess.run([sys.executable, "-c", _ALOUD, str(MEDIA / name)], env=home, timeout=60, check=False)
            ear.terminate()
        raw = (tmp_path / "heard").read_bytes()
        assert heard.returncode == 0
        samples = array.array("h", raw[: len(raw) // 2 * 2])
        assert sum(abs(each) > 1000 for each in samples) > 2000
    finally:
        service.terminate()
        service.wait(10)


_ALOUD = """
import sys, asbdesk.app as a
from pathlib import Path
from PySide6.QtCore import QTimer
app = a.make_app()
from asbdesk.ui.screens.case.playing import PlayView
path = Path(sys.argv[1])
view = PlayView(path.name, path.read_bytes(), film=path.suffix == ".mp4")
view.show()
assert not view.wrong.isVisible()
view.toggle()
view.player.playbackStateChanged.connect(lambda now: now.value == 0 and QTimer.singleShot(300, app.quit))
QTimer.singleShot(20000, app.quit)
app.exec()
view.stop()
"""

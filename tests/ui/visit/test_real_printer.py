"""A real print queue: cupsd started by hand with cups-pdf behind it, and the drawn ink on what comes out."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asbdesk.documents.preview import flattened
from asbdesk.model import Share
from asbdesk.ui.print_dialog import PrintDialog, Printed
from asbdesk.ui.printing import TakingAway, Wishes, print_to, taken_away
from asbdesk.ui.screens.visit.copy_panel import CopyPanel
from asbdesk.ui.screens.visit.screen import VisitScreen
from tests.ui.visit.test_copy_panel import ink_pixels, pictures

BACKEND, DRIVER = Path("/usr/lib/cups/backend/cups-pdf"), Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
CONFIG = """LogLevel warn
Listen {place}/s
Browsing Off
WebInterface No
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
FILES = """ServerRoot {place}/etc
StateDir {place}
CacheDir {place}/cache
RequestRoot {place}/spool
TempDir {place}/spool
AccessLog {place}/access
ErrorLog {place}/error
PageLog {place}/page
"""
DRAW = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from asbdesk.app import make_app
from asbdesk.ui.printing import draw_pages
app = make_app()
assert sys.argv[2] in QPrinterInfo.availablePrinterNames()
printer = QPrinter(QPrinterInfo.printerInfo(sys.argv[2]), QPrinter.PrinterMode.HighResolution)
printer.setDocName("Plan")
assert draw_pages(Path(sys.argv[1]).read_bytes(), printer) >= 1
"""
"""As where there is no `lp`: each page drawn through Qt's own printer."""
NAME = "Plan"
"""What the queue learns of it."""
pytestmark = [
    pytest.mark.needs("cupsd", "lpadmin", "lp"),
    pytest.mark.skipif(sys.platform != "linux", reason="CUPS as Debian has it"),
    pytest.mark.skipif(not (BACKEND.exists() and DRIVER.exists()), reason="not on this machine: cups-pdf"),
]


@pytest.fixture
def alone() -> Iterator[None]:
    """One test at a time: cups-pdf puts whatever anybody prints into the same folder."""
    with FileLock(Path("/tmp") / "asbdesk-cups-pdf.lock"):
        yield


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, alone: None) -> Iterator[str]:
    """A queue of its own, on a print service of its own. A socket's name must be short: the place is under /tmp."""
    if os.geteuid() != 0:
        pytest.skip("cups-pdf prints for root alone where no system service runs it")
    place = Path("/tmp") / f"asbdesk-cups-{os.getpid()}"
    for folder in ("etc", "cache", "spool"):
        (place / folder).mkdir(parents=True)
    (place / "cupsd.conf").write_text(CONFIG.format(place=place), encoding="utf-8")
    (place / "files.conf").write_text(FILES.format(place=place), encoding="utf-8")
    monkeypatch.setenv("CUPS_SERVER", str(place / "s"))
    command = ["cupsd", "-f", "-c", str(place / "cupsd.conf"), "-s", str(place / "files.conf")]
    service = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    name = f"desk{os.getpid()}"
    try:
        wait_for(lambda: (place / "s").exists())
        add = ["lpadmin", "-p", name, "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd", "-E"]
        subprocess.run(add, check=True, capture_output=True, timeout=30)
        yield name
    finally:
        service.terminate()
        service.wait(timeout=20)
        shutil.rmtree(place, ignore_errors=True)


def wait_for(there: object, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not there():  # type: ignore[operator]
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def came_out(before: set[Path]) -> bytes:
    """What the queue wrote since `before`, whole; it is taken away again."""
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    found: list[Path] = []

    def whole() -> bool:
        found[:] = set(folder.glob("*.pdf")) - before
        return bool(found) and b"%%EOF" in found[0].read_bytes()[-64:]

    wait_for(whole)
    data = found[0].read_bytes()
    found[0].unlink()
    return data


def printed_before() -> set[Path]:
    return set((Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF").glob("*.pdf"))


def test_the_ink_comes_out_of_a_real_queue(signed: VisitScreen, queue: str, tmp_path: Path) -> None:
    sealed = signed.path.sealed
    assert sealed is not None
    plan = flattened(sealed.pdf)
    before = printed_before()
    job = print_to(plan, Wishes(queue, NAME))  # as the copy panel does: the pages as they are, by `lp`
    assert sum(ink_pixels(image) for image in pictures(came_out(before))) > 40
    spool = Path(os.environ["CUPS_SERVER"]).parent / "spool"
    wait_for(lambda: taken_away(job))
    wait_for(lambda: not [*spool.glob("d*")])  # no page of it stays in the print service
    before = printed_before()
    (tmp_path / "plan.pdf").write_bytes(plan)
    words = [sys.executable, "-c", DRAW, str(tmp_path / "plan.pdf"), queue]  # afresh: Qt asks for printers once
    subprocess.run(words, check=True, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert sum(ink_pixels(image) for image in pictures(came_out(before))) > 40


def printing_from(dialog: PrintDialog, qtbot: QtBot) -> None:
    """As the officer does it: the printer is there, the button is pressed."""
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    dialog.go.click()


def test_the_dialog_prints_what_it_shows_and_remembers_the_printer(
    signed: VisitScreen, queue: str, qtbot: QtBot
) -> None:
    """Two copies of one page of the plan, on both sides; in the queue stands no name, in the case what was printed."""
    panel = signed.page.leading()
    assert isinstance(panel, CopyPanel) and signed.path.sealed is not None
    seen: list[PrintDialog] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrintDialog)
        seen.append(dialog)
        dialog.pages.setText("1")
        dialog.pages.textEdited.emit("1")
        qtbot.keyClicks(dialog.copies, "2")  # after the 1 that stands there: twelve
        assert dialog.count.text().startswith("1 page, 12 copies")
        dialog.copies.setText("2")
        dialog.sides.setCurrentIndex(2)
        assert dialog.view.pages == 1
        printing_from(dialog, qtbot)

    before = printed_before()
    QTimer.singleShot(50, choose)
    panel._print()
    (dialog,) = seen
    assert dialog.printed == Printed(1, 2)
    images = pictures(came_out(before))
    assert len(images) in (2, 3, 4)  # two copies; both sides may put an empty page between
    jobs = subprocess.run(["lpstat", "-W", "all", "-l", "-o"], capture_output=True, text=True, check=True).stdout
    assert signed.path.resident not in jobs
    (taking,) = panel.window().findChildren(TakingAway)
    assert taking.job.startswith(queue) and dialog.job == taking.job
    desk = signed.visit.desk
    assert desk.remembered("print.printer") == queue and desk.remembered("print.sides") == "both"
    share = signed.path.desk.read(lambda s: s.query(Share).one())
    assert (share.way, share.what, share.to) == ("print", ["The plan: 1 page, 2 copies"], signed.path.resident)

"""A (flattened) PDF on a printer, straight from memory. The queue learns a title of ours, and never a name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QObject, QSize, QTimer
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from asbdesk.errors import UserError
from asbdesk.ui.errands import Errands
from asbdesk.ui.widgets.pdf_preview import open_pdf

DPI = 300
TAKES = 60
"""Seconds a print service may take to answer."""
MOST_COPIES = 99
SIDES = (("as_set", "As the printer is set"), ("one", "One side"), ("both", "Both sides"))
LP_SIDES = {"one": "one-sided", "both": "two-sided-long-edge"}
DUPLEX = {"one": QPrinter.DuplexMode.DuplexNone, "both": QPrinter.DuplexMode.DuplexLongSide}
NO_ANSWER = "The printer “{queue}” did not take it. Look whether it is on, or save the paper and print it later."


@dataclass(frozen=True)
class Wishes:
    """Which printer and how. `title` stands in the printer's queue, where others read it: never a name."""

    queue: str
    title: str = "Paper"
    copies: int = 1
    sides: str = "as_set"
    """A key of `SIDES`; both sides turn over the long edge, as a page is read."""


def printers() -> list[str]:
    """Names of the printers this computer knows now, the usual one first. May take seconds where it asks a network."""
    if shutil.which("lpstat"):  # CUPS is asked anew each time; Qt remembers its first answer
        named = [line.strip() for line in _asked("-e").splitlines() if line.strip()]
        usual = _asked("-d").rpartition(":")[2].strip()
    else:
        named, usual = QPrinterInfo.availablePrinterNames(), QPrinterInfo.defaultPrinterName()
    return sorted(named, key=lambda name: (name != usual, name.lower()))


def _asked(*options: str) -> str:
    """What CUPS answers; nothing where it does not."""
    try:
        done = subprocess.run(["lpstat", *options], capture_output=True, timeout=TAKES, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def print_to(data: bytes, wishes: Wishes) -> str:
    """Print by the best way this computer has. Slow: run it in `later`. Raises UserError where nothing was printed.
    What the print service calls the job; empty where it has no name for it."""
    if shutil.which("lp"):
        return send_to_queue(data, wishes)
    draw_pages(data, printer_for(wishes))
    return ""


def send_to_queue(data: bytes, wishes: Wishes) -> str:
    """Send it as it is to a CUPS queue, sharper than pages drawn as pictures. The job's name. Raises UserError."""
    command = shutil.which("lp")
    if command is None:
        raise UserError("This computer has no print queue. Save the paper and print it later.")
    asked = ["-d", wishes.queue, "-t", wishes.title, "-n", str(wishes.copies), "-o", "media=A4", "-o", "fit-to-page"]
    asked += ["-o", "collate=true"] if wishes.copies > 1 else []
    asked += ["-o", f"sides={LP_SIDES[wishes.sides]}"] if wishes.sides in LP_SIDES else []
    plain = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run([command, *asked], input=data, capture_output=True, timeout=TAKES, check=False, env=plain)
    except subprocess.TimeoutExpired:
        raise UserError(NO_ANSWER.format(queue=wishes.queue)) from None
    if done.returncode:
        raise UserError(NO_ANSWER.format(queue=wishes.queue))
    said = re.search(rf"{re.escape(wishes.queue)}-\d+", done.stdout.decode(errors="replace"))
    return said.group() if said else ""


def taken_away(job: str) -> bool:
    """Take a job that is printed out of the print service, which would keep its pages for a day. False: it is not
    printed yet. Where this user may not do it nothing is done, and that is the end of it."""
    if job in _asked("-W", "not-completed", "-o").split():
        return False
    from asbdesk.ui.print_service import take_out

    take_out(job)
    return True


class TakingAway(QObject):
    """Looks now and then whether a job is printed, and takes it out of the print service then. It ends with `parent`,
    or after half an hour: a printer without paper may wait for days."""

    def __init__(self, job: str, parent: QObject, *, every: int = 5_000, tries: int = 360) -> None:
        super().__init__(parent)
        self.job, self._tries = job, tries
        self._errands = Errands(lambda _: self.deleteLater(), self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._tries -= 1
        self._errands.later(lambda: taken_away(self.job), self._looked, owner=self)

    def _looked(self, gone: bool) -> None:
        if gone or self._tries <= 0:
            self.deleteLater()
        else:
            self._timer.start()


def printer_for(wishes: Wishes) -> QPrinter:
    """Qt's own printer, set as wished: where there is no CUPS."""
    printer = QPrinter(QPrinterInfo.printerInfo(wishes.queue), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(wishes.title)
    printer.setCopyCount(wishes.copies)
    printer.setCollateCopies(True)
    if wishes.sides in DUPLEX:
        printer.setDuplex(DUPLEX[wishes.sides])
    return printer


def draw_pages(data: bytes, printer: QPrinter) -> int:
    """Draw each page on a printer. The number of pages. Raises UserError if it cannot."""
    document, _buffer = open_pdf(data)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setResolution(DPI)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("The printer did not answer. Look whether it is on, or save the paper and print it later.")
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        area = painter.viewport()
        painter.drawImage(area, document.render(page, QSize(area.width(), area.height())))
    painter.end()
    return document.pageCount()

"""A (flattened) PDF on a printer, straight from memory. The queue learns a title of ours, and never a name."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from asbdesk.errors import UserError
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


def _asked(option: str) -> str:
    """What CUPS answers; nothing where it does not."""
    try:
        done = subprocess.run(["lpstat", option], capture_output=True, timeout=TAKES, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def print_to(data: bytes, wishes: Wishes) -> None:
    """Print by the best way this computer has. Slow: run it in `later`. Raises UserError where nothing was printed."""
    if shutil.which("lp"):
        send_to_queue(data, wishes)
    else:
        draw_pages(data, printer_for(wishes))


def send_to_queue(data: bytes, wishes: Wishes) -> None:
    """Send it as it is to a CUPS queue, sharper than pages drawn as pictures. Raises UserError."""
    command = shutil.which("lp")
    if command is None:
        raise UserError("This computer has no print queue. Save the paper and print it later.")
    asked = ["-d", wishes.queue, "-t", wishes.title, "-n", str(wishes.copies), "-o", "media=A4", "-o", "fit-to-page"]
    asked += ["-o", "collate=true"] if wishes.copies > 1 else []
    asked += ["-o", f"sides={LP_SIDES[wishes.sides]}"] if wishes.sides in LP_SIDES else []
    try:
        done = subprocess.run([command, *asked], input=data, capture_output=True, timeout=TAKES, check=False)
    except subprocess.TimeoutExpired:
        raise UserError(NO_ANSWER.format(queue=wishes.queue)) from None
    if done.returncode:
        raise UserError(NO_ANSWER.format(queue=wishes.queue))


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

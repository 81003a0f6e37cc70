"""A PDF shown from memory and printed, with the ink visible; nothing is written to a temporary file."""

from __future__ import annotations

import shutil
import subprocess

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.errors import UserError

PRINT_DPI = 300


def open_pdf(data: bytes, parent: QWidget | None = None) -> tuple[QPdfDocument, QBuffer]:
    """A document over bytes in memory; keep the buffer as long as the document. Raises UserError if it cannot be read.

    Give it the *flattened* copy (`documents.preview.flattened`): QtPdf draws no signature fields.
    """
    buffer = QBuffer(parent)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(parent)  # type: ignore[arg-type]  # the stub forgets that the parent may be None
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        raise UserError("This PDF cannot be shown. Save it and open it in another PDF reader.")
    return document, buffer


class PdfPreview(QWidget):
    """The pages, as they will be printed."""

    def __init__(self, name: str = "The plan as it is printed", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(name)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._open: tuple[QPdfDocument, QBuffer] | None = None
        self._data = b""
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.view)

    def show_pdf(self, data: bytes) -> None:
        """Show this (flattened) PDF. A screen reader is given its words."""
        self._open = open_pdf(data, self)
        self._data = data
        document = self._open[0]
        self.view.setDocument(document)
        words = [document.getAllText(n).text() for n in range(document.pageCount())]
        self.view.setAccessibleDescription(" ".join(" ".join(words).split())[:8000])

    @property
    def pages(self) -> int:
        return self._open[0].pageCount() if self._open else 0


def printers() -> list[str]:
    """Names of the printers this computer knows, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.lower()))


def print_pdf(data: bytes, printer: QPrinter) -> int:
    """Draw a (flattened) PDF on a printer, a page at a time. The number of pages. Raises UserError if it cannot."""
    document, _buffer = open_pdf(data)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setResolution(PRINT_DPI)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("The printer did not answer. Look whether it is on, or save the plan and print it later.")
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        area = painter.viewport()
        image = document.render(page, QSize(area.width(), area.height()))
        painter.drawImage(area, image)
    painter.end()
    return document.pageCount()


def send_to_queue(data: bytes, queue: str) -> None:
    """Send a (flattened) PDF as it is to a CUPS queue, sharper than pages drawn as pictures. Raises UserError."""
    command = shutil.which("lp")
    if command is None:
        raise UserError("This computer has no print queue. Save the plan and print it later.")
    done = subprocess.run([command, "-d", queue], input=data, capture_output=True, timeout=60, check=False)
    if done.returncode:
        raise UserError(f"The printer “{queue}” did not take it. Look whether it is on, or save the plan for later.")


def print_to(data: bytes, queue: str) -> None:
    """Print a (flattened) PDF on the printer of this name by the best way this computer has. Raises UserError."""
    if shutil.which("lp"):
        send_to_queue(data, queue)
        return
    printer = QPrinter(QPrinterInfo.printerInfo(queue), QPrinter.PrinterMode.HighResolution)
    print_pdf(data, printer)

"""A PDF shown from memory, with the ink visible; nothing is written to a temporary file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.errors import UserError


def open_pdf(data: bytes, parent: QWidget | None = None) -> tuple[QPdfDocument, QBuffer]:
    """A document over bytes in memory; keep the buffer as long as the document. Raises UserError if it cannot be read.

    Give it the *flattened* copy (`documents.preview.flattened`): QtPdf draws no signature fields.
    """
    # the document first: what is made first ends first, and it may not be without its bytes
    document = QPdfDocument(parent)  # type: ignore[arg-type]  # the stub forgets that the parent may be None
    buffer = QBuffer(parent)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
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
        before, self._open = self._open, open_pdf(data, self)
        self._data = data
        document = self._open[0]
        self.view.setDocument(document)
        for each in before or ():
            each.deleteLater()
        words = [document.getAllText(n).text() for n in range(document.pageCount())]
        self.view.setAccessibleDescription(" ".join(" ".join(words).split())[:8000])

    @property
    def pages(self) -> int:
        return self._open[0].pageCount() if self._open else 0

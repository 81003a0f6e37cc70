"""Looking at one piece of evidence: a picture or a PDF from memory; anything else as a copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from asbdesk.ui.frame import Frame
from asbdesk.ui.papers import save_bytes
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.text import Heading, Muted


def show_evidence(frame: Frame, name: str, media: str, data: bytes) -> None:
    """Show it over the window."""
    EvidenceDialog(frame, name, media, data).exec()


class EvidenceDialog(QDialog):
    def __init__(self, frame: Frame, name: str, media: str, data: bytes) -> None:
        super().__init__(frame)
        self.setWindowTitle("Evidence")
        self.data, self.name_ = data, name
        room = frame.window().size() * 0.85
        self.resize(room)
        save = Button("Save a copy", icon="save", on=lambda: save_bytes(self, data, name))
        foot = row(save, None, PrimaryButton("Close", on=self.accept), margins=(24, 10, 24, 16))
        shown = self._picture(media, data)
        head = column(Heading(name, 2), gap=4, margins=(24, 18, 24, 8))
        self.setLayout(column(head, (shown, 1), holder(foot), gap=0))

    def _picture(self, media: str, data: bytes) -> QWidget:
        if media.startswith("image/"):
            picture = QImage.fromData(data)
            if not picture.isNull():
                label = QLabel()
                smooth, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
                size = self.size() * 0.9
                fitted = picture.scaled(size.width(), size.height() - 140, keep, smooth)
                label.setPixmap(QPixmap.fromImage(fitted))
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                label.setAccessibleName(self.name_)
                return label
        if media == "application/pdf":
            from asbdesk.ui.widgets.pdf_preview import PdfPreview

            view = PdfPreview(self.name_)
            view.show_pdf(data)
            return view
        words = "This kind of file is not shown here. Save a copy to open it, and delete that copy afterwards."
        return holder(column(None, Muted(words), None, margins=(24, 10, 24, 10)))

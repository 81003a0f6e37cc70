"""A paper shown from memory over the window."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import PrimaryButton
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.pdf_preview import PdfPreview


def show_paper(frame: Frame, pdf: bytes, name: str) -> None:
    PaperDialog(frame, pdf, name).exec()


class PaperDialog(QDialog):
    """`pdf` is the flattened copy, never the locked one: a viewer does not draw signature fields."""

    def __init__(self, frame: Frame, pdf: bytes, name: str) -> None:
        super().__init__(frame)
        self.setWindowTitle("As it is printed")
        view = PdfPreview(name)
        view.show_pdf(pdf)
        foot = row(None, PrimaryButton("Close", on=self.accept), margins=(24, 10, 24, 16))
        self.setLayout(column((view, 1), holder(foot), gap=0))
        self.resize(frame.window().size() * 0.85)

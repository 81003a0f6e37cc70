"""A paper shown from memory over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.ui.frame import Frame
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from asbdesk.casework.way_out import Leaving


def show_paper(frame: Frame, pdf: bytes, name: str, *, leaving: Leaving | None = None) -> None:
    """`leaving`: whose paper it is, where it may be printed and saved from here."""
    PaperDialog(frame, pdf, name, leaving).exec()


class PaperDialog(Dialog):
    """`pdf` is the flattened copy, never the locked one: a viewer does not draw signature fields."""

    def __init__(self, frame: Frame, pdf: bytes, name: str, leaving: Leaving | None = None) -> None:
        super().__init__(frame)
        self.frame_, self.pdf, self.name, self.leaving = frame, pdf, name, leaving
        self.setWindowTitle("As it is printed")
        view = PdfPreview(name)
        view.show_pdf(pdf)
        keep = (("Print", "printer", self._print), ("Save a copy", "save", self._save)) if leaving else ()
        ends = [Button(words, icon=icon, on=on) for words, icon, on in keep]
        foot = row(*ends, None, PrimaryButton("Close", on=self.accept), gap=10, margins=(24, 10, 24, 16))
        self.setLayout(column((view, 1), holder(foot), gap=0))
        self.resize(frame.window().size() * 0.85)

    def _print(self) -> None:
        from asbdesk.ui.screens.case.leaving import print_out

        if self.leaving is not None:
            print_out(self, self.frame_, self.leaving, lambda: self.pdf, self.name)

    def _save(self) -> None:
        from asbdesk.ui.screens.case.leaving import save_out

        if self.leaving is not None:
            save_out(self, self.frame_, self.leaving, lambda: self.pdf, f"{self.name}.pdf")

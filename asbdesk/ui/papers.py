"""Printing and saving a paper: from memory, never through a temporary file of ours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.errors import UserError


def print_pages(parent: QWidget, pdf: bytes, title: str) -> bool:
    """Ask which printer, and print. `title` stands in the printer's queue: never a name. False: nothing printed."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    from asbdesk.ui.widgets.pdf_preview import print_pdf

    if not QPrinterInfo.availablePrinterNames():
        raise UserError(
            "This laptop knows no printer. Add one in its settings, or save the page and print it elsewhere."
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print")
    if not dialog.exec():
        return False
    print_pdf(pdf, printer)
    return True


def save_bytes(parent: QWidget, data: bytes, name: str) -> Path | None:
    """Ask where, and write. Raises UserError in words; None when the officer changed their mind."""
    found, _ = QFileDialog.getSaveFileName(parent, "Save a copy", name, "PDF (*.pdf)")
    if not found:
        return None
    path = Path(found)
    try:
        path.write_bytes(data)
    except OSError as problem:
        why = problem.strerror or "the folder cannot be written to"
        raise UserError(f"The copy could not be saved in {path.parent}: {why}. Choose another folder.") from problem
    return path

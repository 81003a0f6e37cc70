"""Printing and saving a paper: from memory, never through a temporary file of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from asbdesk.ui.print_dialog import Memory, Printed

OPEN_PLACE = "A saved copy is not locked away: whoever opens that place can read it."


def print_pages(parent: QWidget, pdf: bytes, title: str, memory: Memory | None = None) -> Printed | None:
    """Show what comes out, ask which printer, and print. `title` stands in the printer's queue: never a name. None:
    nothing was printed."""
    from asbdesk.ui.print_dialog import PrintDialog
    from asbdesk.ui.printing import TakingAway

    dialog = PrintDialog(parent, pdf, title, memory)
    dialog.exec()
    if dialog.job:
        TakingAway(dialog.job, parent.window())
    return dialog.printed


def save_bytes(parent: QWidget, data: bytes, name: str) -> Path | None:
    """Ask where, and write. Raises UserError in words; None when the officer changed their mind."""
    from asbdesk.casework.saved import save

    found, _ = QFileDialog.getSaveFileName(parent, "Save a copy", name, "PDF (*.pdf)")
    if not found:
        return None
    save(Path(found), data, "the copy")
    return Path(found)

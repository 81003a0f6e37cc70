"""A PDF dropped anywhere on the desk is checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame


class DropTarget(QObject):
    """A PDF dropped anywhere on the desk is checked, unless a page there takes files itself."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.frame_ = frame
        frame.setAcceptDrops(True)
        frame.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        entered = event.type() == QEvent.Type.DragEnter
        if not isinstance(event, QDropEvent) or not (entered or event.type() == QEvent.Type.Drop):
            return False
        path = _pdf_in(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if not entered:
            self._dropped(path)
        return True

    def _dropped(self, path: Path) -> None:
        from asbdesk.ui.screens.seals import SealsPage, open_seals

        over = self.frame_.over
        if over is None:
            open_seals(self.frame_, path)
        elif isinstance(over, SealsPage):
            over.check(path)
        else:
            self.frame_.desk.errands.tell(UserError("Leave this page first, then drop the paper on the desk."))


def _pdf_in(event: QDropEvent) -> Path | None:
    """The one file that is dropped, if it is a PDF by its name."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == ".pdf" else None

"""What every tab of a case is: a name, a title, and a page to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from asbdesk.casework.views import CasePage
from asbdesk.ui.frame import Frame

if TYPE_CHECKING:
    from asbdesk.ui.screens.case.page import CaseView


class Tab(QWidget):
    name = ""
    title = ""

    def __init__(self, frame: Frame, view: CaseView) -> None:
        super().__init__()
        self.frame_, self.view = frame, view
        self.page: CasePage | None = None

    def show_page(self, page: CasePage) -> None:
        """Draw what belongs here."""
        self.page = page

    def opened(self) -> None:
        """It was chosen: read what is only read when somebody looks."""

    def count(self) -> int | None:
        """What stands behind the title, or None."""
        return None

    def words(self) -> str:
        count = self.count()
        return self.title if count is None else f"{self.title} ({count})"

    def flush(self) -> None:
        """Save what is being typed, now."""

"""What every tab of a case is: a name, a title, and a page to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from asbdesk.casework.views import CasePage
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.slices import ALL, AT_ONCE, Slices

if TYPE_CHECKING:
    from asbdesk.ui.screens.case.page import CaseView


class Tab(QWidget):
    name = ""
    title = ""

    def __init__(self, frame: Frame, view: CaseView) -> None:
        super().__init__()
        self.frame_, self.view = frame, view
        self.page: CasePage | None = None
        self._drawn: object = None
        self.slices = Slices(self)

    def show_page(self, page: CasePage) -> None:
        """Draw what belongs here."""
        self.page = page

    def news(self, *what: object) -> bool:
        """Whether `what` is to be drawn differs from what stands there: only then it is drawn anew."""
        fresh, self._drawn = what != self._drawn, what
        return fresh

    def at_once(self) -> int:
        """How many parts are drawn before anything else: all, where the officer has gone down the page."""
        gone = any(scroll.verticalScrollBar().value() for scroll in self.findChildren(QScrollArea))
        return ALL if gone else AT_ONCE

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


class SeenTab(Tab):
    """A tab that is drawn only while somebody looks at it. A subclass says how in `draw`."""

    def show_page(self, page: CasePage) -> None:
        if self.page is not None and self.page.line.id != page.line.id:
            self.another_case()
        super().show_page(page)
        if self.isVisibleTo(self.view):
            self.draw()

    def opened(self) -> None:
        self.draw()

    def another_case(self) -> None:
        """What was chosen in the case before is forgotten."""

    def draw(self) -> None:
        """Read again what is shown."""

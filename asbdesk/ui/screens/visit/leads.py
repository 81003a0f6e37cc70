"""A panel that leads its step: it may reword the foot's buttons and take a press for itself first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Leads(QWidget):
    """`onward`, `aside` and `back` return True when the panel did something of its own and the step stays."""

    @property
    def wide(self) -> str:
        """Whose room the panel takes on the shared face: nobody's, the `side`'s, or of `all` (the steps too)."""
        return ""

    @property
    def alone(self) -> str:
        """What the panel puts away: nothing, the step's `head`, or the whole `page` besides itself."""
        return ""

    def words(self) -> tuple[str, str]:
        """What the last two buttons say now."""
        return "Save and continue", "Come back to this later"

    def onward(self) -> bool:
        return False

    def aside(self) -> bool:
        return False

    def back(self) -> bool:
        return False

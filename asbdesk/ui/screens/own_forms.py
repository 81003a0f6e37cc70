"""A landlord's own forms and letters that could not be used: every fault by file and line, with the mend."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from asbdesk.ui.door import FormFault
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.layout import Card, empty
from asbdesk.ui.widgets.text import Heading, Muted, Text

WORDS = "What they would have replaced stays in use. Mend the file; it is read again when you next unlock."


class FormsCard(Card):
    """Nothing at all stands there when no form was refused."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        self._shown: tuple[FormFault, ...] = ()
        self._lines = QVBoxLayout()
        super().__init__(
            Heading("Forms and letters of your own that are not used"), Muted(WORDS), self._lines, kind="ask", gap=10
        )
        self.hide()
        frame.noted.connect(self.refresh)

    def refresh(self) -> None:
        faults = self.frame_.door.form_faults()
        if faults == self._shown:
            return
        self._shown = faults
        empty(self._lines)
        for fault in faults:
            self._lines.addWidget(Text(fault.file, "strong"))
            for each in fault.lines:
                self._lines.addWidget(Text(each, "body"))
        self.setVisible(bool(faults))

"""Writing down a hate incident with the person it was done to: their words, their choice, what is done first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asbdesk.casework.hate_incident import FORM
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.form_page import FormPage


class HateIncidentPage(FormPage):
    """One incident of one case."""

    def __init__(self, frame: Frame, case: str) -> None:
        words = "If anyone thinks it was because of who they are, that is enough. Nobody has to prove it."
        super().__init__(frame, case, FORM, words, "Save the record", needs=("perceived_by",))

    def save(self, answers: Mapping[str, Any]) -> None:
        from asbdesk.casework.hate_incident import report_without, take

        asked = self.frame_.desk.ask(report_without, self.case)
        done = self.frame_.desk.do(
            take, self.case, self.form_, answers, report=asked.value, as_of=asked.as_of, ends_run=self.run or None
        )
        self.left.emit()
        self.frame_.say_done("The hate incident is written down.", done)


def open_hate_incident(frame: Frame, case: str) -> None:
    """The page over the window."""
    page = HateIncidentPage(frame, case)
    page.left.connect(frame.close_over)
    frame.open_over(page)

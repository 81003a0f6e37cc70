"""From a case into its visit and back: the visit lies over the whole window."""

from __future__ import annotations

from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_begin import to_choose_from
from asbdesk.forms.definition import Option, Question
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.resting import RestPage
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.widgets.cover import Answer


def begin_visit(frame: Frame, case: str, run: str | None = None, *, by_phone: bool = False) -> None:
    """Begin a visit to `case`, after asking whom where it has several households; or go on with the one begun."""
    among = () if run else to_choose_from(frame.desk.desk, case)
    if not among:
        open_visit(frame, case, run, by_phone=by_phone)
        return
    page = WhomPage(frame, case, among, by_phone=by_phone)
    page.left.connect(frame.close_over)
    frame.open_over(page)


class WhomPage(RestPage):
    """Whom the visit is to: each household has its own answers, plan and copy, and none learns who else spoke."""

    def __init__(self, frame: Frame, case: str, among: tuple[tuple[str, str], ...], *, by_phone: bool) -> None:
        options = tuple(Option(person, name) for person, name in among)
        self.asked = (Question("whom", "single", "Whom do you see?", options=options, required=True, face="desk"),)
        self.by_phone = by_phone
        words = "Several households live with this. Each has its own answers, plan and copy."
        super().__init__(frame, case, "Before the visit", words, "Begin the visit")

    def save(self) -> None:
        frame, person = self.frame_, self.values["whom"]
        self.end_draft()
        self.left.emit()
        open_visit(frame, self.case, by_phone=self.by_phone, person=person)


def open_visit(
    frame: Frame, case: str, run: str | None = None, *, by_phone: bool = False, person: str = ""
) -> VisitScreen:
    """Begin a visit to `case`, or go on with the one that was begun."""
    desk = frame.desk
    resumed = VisitPath.resume(desk.desk, run) if run else None
    path = resumed or VisitPath.start(desk.desk, case, by_phone=by_phone, person=person)

    def prove(passphrase: str, answer: Answer) -> None:
        desk.later(lambda: frame.door.prove(passphrase), lambda right: answer(bool(right)), owner=frame)

    screen = VisitScreen(path, desk, desk.clock, landlord=frame.landlord().name, prove=prove)
    screen.left.connect(frame.close_over)
    screen.ended.connect(frame.close_over)
    frame.open_over(screen)
    return screen

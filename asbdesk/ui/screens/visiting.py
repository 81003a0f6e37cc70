"""From a case into its visit and back: the visit lies over the whole window."""

from __future__ import annotations

from asbdesk.casework.visit import VisitPath
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.widgets.cover import Answer


def open_visit(frame: Frame, case: str, run: str | None = None, *, by_phone: bool = False) -> VisitScreen:
    """Begin a visit to `case`, or go on with the one that was begun."""
    desk = frame.desk
    path = VisitPath.resume(desk.desk, run) if run else VisitPath.start(desk.desk, case, by_phone=by_phone)

    def prove(passphrase: str, answer: Answer) -> None:
        desk.later(lambda: frame.door.prove(passphrase), lambda right: answer(bool(right)), owner=frame)

    screen = VisitScreen(path, desk, desk.clock, landlord=frame.landlord().name, prove=prove)
    screen.left.connect(frame.close_over)
    screen.ended.connect(frame.close_over)
    frame.open_over(screen)
    return screen

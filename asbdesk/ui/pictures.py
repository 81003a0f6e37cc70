"""Every screen drawn to PNG on a desk that is handed in: each theme at 1440 by 900, and a sample small and enlarged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from asbdesk.ui import pictures_case, pictures_sync, theme
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.door import Door, Sheet
from asbdesk.ui.errands import Errands
from asbdesk.ui.frame import Frame
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens import SCREENS

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.ui.screens.first_start import FirstStart
    from asbdesk.ui.screens.visit.screen import VisitScreen

WIDE, SMALL = (1440, 900), (1280, 720)
CODE = "23G9S-6SK3W-J0V4E-C4DBA-GPMER-9BHB0-3FXBA-ETKAE"
"""Opens nothing: for the picture of the recovery sheet's page."""
Drawing = tuple[str, QWidget]


def draw_all(desk: Desk, door: Door, out: Path) -> list[Path]:
    """Draw every screen of `desk` into `out`; the paths of the pictures. Leaves the theme as it was."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before, made = theme.current(), []
    out.mkdir(parents=True, exist_ok=True)
    try:
        for name in theme.THEMES:
            theme.Theme.make(name).apply(app)
            made += _draw(desk, door, out, f"{name}-", WIDE, lambda _: True)
        for size, scale, mark in ((SMALL, 1.0, "small-"), (SMALL, 2.0, "large-text-")):
            theme.Theme.make("light", scale).apply(app)
            made += _draw(desk, door, out, mark, size, lambda n: not n.startswith("first-") or n.endswith("-2"))
    finally:
        before.apply(app)
    return made


def _draw(
    desk: Desk, door: Door, out: Path, mark: str, size: tuple[int, int], wanted: Callable[[str], bool]
) -> list[Path]:
    made = []
    for name, widget in _screens(desk, door, size):
        if wanted(name):
            path = out / f"{mark}{name}.png"
            save(widget, path)
            made.append(path)
    return made


def save(widget: QWidget, path: Path) -> None:
    """Let `widget` settle, and write its picture."""
    widget.ensurePolished()
    _settle()
    widget.grab().save(str(path))


def _settle() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()


def _screens(desk: Desk, door: Door, size: tuple[int, int]) -> Iterator[Drawing]:
    yield from _before_unlocking(desk, door, size)
    problems = Problems(desk.clock)
    ui = UiDesk(desk, problems.tell)
    frame = Frame(ui, door)
    frame.resize(*size)
    frame.show()
    try:
        yield from _at_the_desk(frame, desk)
        yield from pictures_sync.at_the_desk(frame)
        yield from _over_the_window(frame, desk)
        yield from pictures_sync.over_the_window(frame)
        yield from _on_a_visit(frame, desk)
    finally:
        ui.close()
        frame.close()
        frame.deleteLater()


def _before_unlocking(desk: Desk, door: Door, size: tuple[int, int]) -> Iterator[Drawing]:
    from asbdesk.ui.screens.first_start import FirstStart
    from asbdesk.ui.screens.lock import LockScreen

    problems = Problems(desk.clock)
    errands = Errands(problems.tell)
    lock, first = LockScreen(door, errands), FirstStart(door, errands, problems)
    for page in (lock, first):
        page.resize(*size)
        page.show()
    yield "lock", lock
    lock.show_recover()
    yield "lock-recover", lock
    fill(first)
    for at in range(len(first.steps)):
        first.show_step(at)
        yield f"first-{at + 1}", first
    yield from pictures_sync.before_unlocking(door, problems, size)
    for gone in (lock, first):
        gone.close()
        gone.deleteLater()


def sign_on_pad(screen: VisitScreen) -> None:
    """A signature drawn by script on the pad that is shown, if one is."""
    from asbdesk.exchange.practice import written
    from asbdesk.ui.widgets.ink_pad import InkPad

    _settle()  # the pad must have its size
    for pad in screen.findChildren(InkPad):
        if pad.isVisible():
            pad.show_units(written(7))


def fill(first: FirstStart) -> None:
    """The six questions answered by an invented landlord: pages as an officer sees them, not empty ones."""
    first.landlord.name.setText("Wharram Homes")
    first.landlord.homes.setText("340")
    you = first.officer
    for field, words in ((you.name, "Dami Okafor"), (you.number, "0113 496 0127"), (you.closed, "0113 496 0199")):
        field.setText(words)
    first.second.who.set_value("colleague")
    first.second.who.chosen.emit("colleague")
    first.second.name.setText("Rosalind Hughes")
    first.second.number.setText("0113 496 0131")
    first.secret.new.passphrase.field.setText("four quiet otters juggling")
    first.secret.new.judge()
    first.secret.quick.setChecked(True)
    first.paper.show_sheet(Sheet(CODE, b""), "Rosalind Hughes")
    first.paper.typed.setText(CODE.split("-")[-1])
    first.copy.where.set_quietly("E:\\asbdesk copies")


def _at_the_desk(frame: Frame, desk: Desk) -> Iterator[Drawing]:
    from asbdesk.ui.screens.case.page import TABS
    from asbdesk.ui.screens.cases import CasesScreen

    for line in SCREENS:
        screen = frame.go(line.id)
        yield line.id, frame
        if isinstance(screen, CasesScreen) and screen.list.model.rows:
            case = _case_to_show(desk) or screen.list.model.rows[0].id
            for tab in TABS:
                frame.open_case(case, tab.name)
                yield f"case-{tab.name}", frame
            yield from pictures_case.of_case(frame, case)


def _dialogs(frame: Frame) -> Iterator[Drawing]:
    from asbdesk.casework.landlord import numbers
    from asbdesk.ui.keys import KeysSheet
    from asbdesk.ui.screens.numbers import NumbersSheet

    dialogs: list[tuple[str, QDialog]] = [
        ("keys", KeysSheet(frame)),
        ("numbers", NumbersSheet(frame, frame.desk.read(numbers))),
    ]
    for name, dialog in dialogs:
        dialog.show()
        yield name, dialog
        dialog.close()


def _over_the_window(frame: Frame, desk: Desk) -> Iterator[Drawing]:
    yield from _dialogs(frame)
    from asbdesk.ui.screens.case.learning import LearningPage
    from asbdesk.ui.screens.seals import open_seals

    if case := _case_to_show(desk):
        learning = LearningPage(frame, case)
        frame.open_over(learning)
        frame.desk.errands.wait(20)  # it is read beside
        _settle()
        yield "learning", frame
        frame.close_over()
    open_seals(frame)
    yield "seals", frame
    frame.close_over()
    frame.new_report()
    yield "new-report", frame
    frame.close_over()
    case = _case_to_show(desk)
    if case:
        frame.record_contact(case)
        yield "contact", frame
        frame.close_over()
        yield from pictures_case.over_the_window(frame, case)


def _on_a_visit(frame: Frame, desk: Desk) -> Iterator[Drawing]:
    """The visit that is under way, each step; nothing is begun for the sake of a picture."""
    from asbdesk.ui.screens.visiting import open_visit

    run = next((run for run in desk.drafts.open_runs() if run.form == "visit"), None)
    if run is None:
        return
    screen = open_visit(frame, run.case, run.id)
    at = screen.path.where
    for step in screen.path.steps:
        screen.path.go(step.id)
        screen.redraw()
        yield f"visit-{step.number}-{step.id}", frame
    for step in screen.path.steps:
        if step.id in ("before", "safe", "plan"):
            screen.path.go(step.id)
            screen.visit.mine = True
            screen.redraw()
            yield f"visit-{step.number}-{step.id}-mine", frame
    screen.visit.mine = False
    screen.path.go("sign")
    screen.redraw()
    screen.onward()
    sign_on_pad(screen)
    yield "visit-8-sign-pad", frame
    screen.path.go(*at)
    screen.ask_why(False)
    yield "visit-left-early", frame
    screen.cover_up()
    screen.cover.ask_for_word()
    yield "visit-covered", frame
    frame.close_over()


def _case_to_show(desk: Desk) -> str:
    """The case with a visit under way, else the one due first."""
    from asbdesk.casework.cases import list_cases

    run = next((run for run in desk.drafts.open_runs() if run.form == "visit"), None)
    if run is not None:
        return run.case
    lines = desk.read(list_cases, limit=1, today=desk.today).lines
    return lines[0].id if lines else ""

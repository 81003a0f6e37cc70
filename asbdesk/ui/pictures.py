"""Every screen drawn to PNG on a desk that is handed in: in each theme, on a small and a large screen, enlarged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from asbdesk.ui import pictures_case, pictures_dialogs, pictures_sync, theme
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.door import Door, Sheet
from asbdesk.ui.errands import Errands
from asbdesk.ui.frame import Frame
from asbdesk.ui.pictures_dialogs import CODE
from asbdesk.ui.problems import Problems
from asbdesk.ui.screens import SCREENS

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.ui.screens.first_start import FirstStart
    from asbdesk.ui.screens.visit.screen import VisitScreen

WIDE, SMALL, HUGE = (1440, 900), (1280, 720), (3840, 2160)
LOOKS = ((SMALL, 1.0, "small-"), (SMALL, 2.0, "large-text-"), (HUGE, 1.0, "huge-"), (HUGE, 2.0, "huge-large-text-"))
"""The light theme on a small screen and on a very large one, as it is and with the largest text."""
ROUNDS = 8
"""Turns of the event loop until words that wrap have their height, within layouts within layouts."""
PARTS = ("before", "desk", "dialogs", "over", "sharing", "visit", "said")
"""What is drawn of a desk: before it is unlocked, at it, and over its window."""
Drawing = tuple[str, QWidget]


def draw_all(desk: Desk, door: Door, out: Path, empty: Desk | None = None) -> list[Path]:
    """Draw every screen of `desk` into `out`, and those of `empty`, a desk with nothing on it; the paths of the
    pictures. Leaves the theme as it was."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before, made = theme.current(), []
    out.mkdir(parents=True, exist_ok=True)
    try:
        for name in theme.THEMES:
            theme.Theme.make(name).apply(app)
            made += draw_look(desk, door, out, WIDE, mark=f"{name}-", empty=empty)
        for size, scale, mark in LOOKS:
            theme.Theme.make("light", scale).apply(app)
            made += draw_look(desk, door, out, size, mark=mark, empty=empty)
    finally:
        before.apply(app)
    return made


def draw_look(
    desk: Desk,
    door: Door,
    out: Path,
    size: tuple[int, int],
    *,
    mark: str = "",
    parts: Collection[str] = PARTS,
    empty: Desk | None = None,
) -> list[Path]:
    """Draw in the theme in force, at this size, some parts or all; the names begin with `mark`."""
    made = []
    empty_ = _of_nothing(empty, door, size) if empty is not None else iter(())
    for name, widget in chain(_screens(desk, door, size, parts), empty_):
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
    for _ in range(ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()


def _screens(desk: Desk, door: Door, size: tuple[int, int], parts: Collection[str]) -> Iterator[Drawing]:
    if "before" in parts:
        yield from _before_unlocking(desk, door, size)
    problems = Problems(desk.clock)
    ui = UiDesk(desk, problems.tell)
    frame = Frame(ui, door)
    frame.resize(*size)
    frame.show()
    try:
        drawn: dict[str, tuple[Iterator[Drawing], ...]] = {
            "desk": (_at_the_desk(frame, desk),),
            "dialogs": (pictures_dialogs.dialogs(frame), pictures_dialogs.taking_on(frame)),
            "over": (_over_the_window(frame, desk),),
            "sharing": (pictures_sync.at_the_desk(frame), pictures_sync.over_the_window(frame)),
            "visit": (_on_a_visit(frame, desk),),
            "said": (pictures_dialogs.banners(frame),),
        }
        for part, each in drawn.items():
            yield from chain(*each) if part in parts else ()
    finally:
        ui.close()
        frame.close()
        frame.deleteLater()


def _of_nothing(desk: Desk, door: Door, size: tuple[int, int]) -> Iterator[Drawing]:
    """What each screen says while there is nothing on it."""
    ui = UiDesk(desk, Problems(desk.clock).tell)
    frame = Frame(ui, door)
    frame.resize(*size)
    frame.show()
    try:
        for line in SCREENS:
            frame.go(line.id)
            ui.errands.wait(20)
            yield f"{line.id}-empty", frame
        yield from pictures_case.empty_lists(frame)
    finally:
        ui.close()
        frame.close()
        frame.deleteLater()


def _before_unlocking(desk: Desk, door: Door, size: tuple[int, int]) -> Iterator[Drawing]:
    from asbdesk.ui.screens.first_start import FirstStart
    from asbdesk.ui.screens.lock import LockScreen

    problems = Problems(desk.clock)
    keeper = QObject()
    errands = Errands(problems.tell, keeper)
    lock, first = LockScreen(door, errands), FirstStart(door, errands, problems)
    for page in (lock, first):
        page.resize(*size)
        page.show()
    yield "lock", lock
    lock.show_recover()
    yield "lock-recover", lock
    lock.show_restore()
    yield "lock-restore", lock
    lock.show_problem("A file of your desk is missing. Restore it from a copy.")
    yield "lock-problem", lock
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
                frame.desk.errands.wait(20)  # which letters fit is read beside
                yield f"case-{tab.name}", frame
            yield from pictures_case.of_case(frame, case)


def _over_the_window(frame: Frame, desk: Desk) -> Iterator[Drawing]:
    if case := _case_to_show(desk):
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

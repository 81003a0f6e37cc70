"""Every screen, in each theme, on a practice desk with a plan made and the next visit under way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk


def draw(folder: Path) -> list[Path]:
    """Draw into `folder`; the pictures."""
    from asbdesk.app import draw_pictures  # Qt before the rest: see there
    from asbdesk.cli.showing import practice_place
    from asbdesk.clock import SystemClock
    from asbdesk.exchange import demo, practice

    with practice_place() as paths:
        desk = demo.practice_desk(paths, demo.morning(SystemClock()))
        try:
            practice.live_the_visit(desk)
            path = practice.begin_the_visit(desk)
            for step in ("before", "who", "happened", "affects", "safe", "wants"):
                practice.answer_step(path, step)
            _book(desk)
            with practice_place() as bare:
                empty = demo.new_desk(bare, desk.clock)
                try:
                    return draw_pictures(desk, folder, empty)
                finally:
                    empty.close()
        finally:
            desk.close()


def _book(desk: Desk) -> None:
    """Two visits and a meeting for today, so that the day has something to show."""
    from asbdesk.casework.appointments import book
    from asbdesk.casework.cases import list_cases

    lines = desk.read(list_cases, today=desk.today).lines
    for line, time, how in zip(lines, ("13:30", "14:45", "16:15"), ("visit", "visit", "office"), strict=False):
        desk.do(book, line.id, desk.today, time=time, how=how)

"""Every screen, in each theme, on a practice desk with a plan made and the next visit under way."""

from __future__ import annotations

from pathlib import Path


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
            return draw_pictures(desk, folder)
        finally:
            desk.close()

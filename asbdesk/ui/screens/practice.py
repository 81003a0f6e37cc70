"""Practice cases: invented people from published cases, marked so wherever they show."""

from __future__ import annotations

from asbdesk.ui.frame import Frame


def load_practice(frame: Frame) -> None:
    """Take in the practice cases, in the background, and show them."""
    from asbdesk.exchange.practice import load_practice_desk

    desk = frame.desk
    frame.say("note", "Bringing in the practice cases …")

    def done(_: object) -> None:
        frame.say("done", "The practice cases are here. Everybody in them is invented.")
        frame.go("today")

    desk.later(lambda: load_practice_desk(desk.desk), done, owner=frame)

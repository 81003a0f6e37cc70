"""A process that opens one thing first of all after unlocking, as the first thing an officer does:
`python -m tests.ui.first_opening FOLDER CASE NAME` prints the longest turn of each step in milliseconds, as JSON."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path

from asbdesk.app import build, make_app
from asbdesk.clock import SetClock
from asbdesk.ui.frame import Frame
from asbdesk.ui.warming import first
from tests.ui.watchdog import Watchdog, turn

NOW = "2026-11-23T09:12:00.000Z"
QUICK = 0.4
"""Seconds after Today stands there until the quickest hand has found something on it and touched it."""
PASSPHRASE = "copper lantern ship meadow 4"


def steps(frame: Frame, case: str, name: str) -> list[tuple[str, Callable[[], object]]]:
    """What is done: `screen/ID`, `case`, `tab/NAME` or `part/NAME` of the case, or a page over the window."""
    kind, _, which = name.partition("/")
    opens: dict[str, Callable[[], object]] = {
        "screen": lambda: frame.go(which),
        "report": frame.new_report,
        "search": frame.search_everything,
        "contact": lambda: frame.record_contact(case),
        "visit": lambda: frame.start_visit(case),
    }
    if kind in opens:
        return [(name, opens[kind])]
    opened: list[tuple[str, Callable[[], object]]] = [("case", lambda: frame.open_case(case))]
    return opened if kind == "case" else [*opened, (name, lambda: click_tab(frame, which))]


def click_tab(frame: Frame, name: str) -> None:
    from asbdesk.ui.screens.cases import CasesScreen

    assert isinstance(frame.shown, CasesScreen)
    frame.shown.page.open_tab(name)


def main(folder: str, case: str, name: str) -> None:
    app = make_app()
    window = build(Path(folder), SetClock(NOW), launch=lambda command: True)
    window.show()
    window.warm()
    while window.errands.busy:  # while the passphrase is typed
        turn()
    dog = Watchdog(idle=lambda: not window.errands.busy and (window.desk is None or not window.desk.errands.busy))
    gc.freeze()
    desk = first(window.door.unlock(PASSPHRASE))
    dog.once("unlocked", lambda: window.open_desk(desk), seconds=0)
    assert window.frame is not None
    dog.once("made ready", lambda: None, seconds=QUICK)
    for step, act in steps(window.frame, case, name):
        dog.once(step, act)
    sys.stdout.write(json.dumps(dog.held) + "\n")
    sys.stdout.flush()
    window.close()
    app.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A window on a store that is opened and reminds once: `python reminding.py STORE PASSPHRASE`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QElapsedTimer

import asbdesk.app as app
from asbdesk.clock import SetClock


def main() -> None:
    clock, made = SetClock("2026-11-24T09:00:00.000Z"), app.make_app()
    window = app.build(Path(sys.argv[1]), clock, launch=lambda command: True)
    window.show()
    window.open_desk(window.door.unlock(sys.argv[2]))
    assert window.reminders is not None
    window.reminders.look()
    window.reminders.look()
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < 400:
        made.processEvents()
    window.close()


if __name__ == "__main__":
    main()

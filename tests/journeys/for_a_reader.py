"""The window on a store, opened, for a reader of screens in another process: `… for_a_reader STORE PASSPHRASE`.

It writes `open` when Today stands there, and ends when its standard input does.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QTimer

import asbdesk.app as app
from asbdesk.clock import SetClock
from asbdesk.ui.widgets.announce import teach_headings


def main() -> None:
    made = app.make_app()
    window = app.build(Path(sys.argv[1]), SetClock("2026-11-24T09:00:00.000Z"), launch=lambda command: True)
    teach_headings()
    window.ended.connect(made.quit)
    window.show()
    window.open_desk(window.door.unlock(sys.argv[2]))
    window.activateWindow()
    ended = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    look = QTimer()
    look.timeout.connect(lambda: made.quit() if ended.is_set() else None)
    look.start(100)
    sys.stdout.write("open\n")
    sys.stdout.flush()
    made.exec()
    window.close()
    assert window.problems.unexpected == []


if __name__ == "__main__":
    main()

"""A process that holds a store open as a window does, and writes in it until its standard input ends.

`python -m tests.journeys.open_window STORE PASSPHRASE CASE`; it says `open`, and at the end how many notes it wrote.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from asbdesk.casework import contacts
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.clock import SystemClock
from asbdesk.paths import StorePaths
from asbdesk.store import vault


def main() -> None:
    folder, passphrase, case = sys.argv[1:]
    desk = Desk(vault.unlock(StorePaths(Path(folder)), SystemClock(), passphrase=passphrase))
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    person = desk.read(case_page, case, desk.today).people[0].id
    sys.stdout.write("open\n")
    sys.stdout.flush()
    written = 0
    while not ended.wait(0.02):
        written += 1
        desk.do(contacts.record_contact, case, person, method="telephone", note=f"Rang, number {written}.")
    desk.close()
    sys.stdout.write(f"{written}\n")


if __name__ == "__main__":
    main()

"""The hub's own process beside the workers, started again when it ends: applying must not slow the answers."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from types import TracebackType

from asbdesk.headoffice.place import OfficeFolder

AGAIN_SECONDS = 5.0
"""How long a hub that ended is left alone before the next."""
log = logging.getLogger("asbdesk.headoffice")


class HubProcess:
    """A context: within it a hub runs. Other machines may run one as well; the database lets one work at a time."""

    def __init__(self, folder: OfficeFolder) -> None:
        self._folder = folder
        self._over = threading.Event()
        self._spawn = multiprocessing.get_context("spawn")
        self._watch = threading.Thread(target=self._keep_running, name="hub", daemon=True)

    def __enter__(self) -> HubProcess:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._watch.join(15)

    def _keep_running(self) -> None:
        while not self._over.is_set():
            process = self._spawn.Process(target=run_hub, args=(str(self._folder.folder),), name="hub", daemon=True)
            process.start()
            while process.is_alive() and not self._over.wait(0.2):
                pass
            if process.is_alive():
                process.terminate()
                process.join(10)
                return
            code = process.exitcode
            log.warning("the hub ended: code=%s", code)
            self._over.wait(AGAIN_SECONDS)


def run_hub(folder: str) -> None:
    """The hub's process."""
    from pathlib import Path

    from asbdesk.headoffice.hub import work
    from asbdesk.headoffice.logs import fault
    from asbdesk.headoffice.serving import end_with_parent, write_logs

    write_logs()
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(10)  # answers to laptops come first
    try:
        work(OfficeFolder(Path(folder)))
    except Exception as error:  # noqa: BLE001  (the process's edge: the log gets the place, and never a message)
        fault(error)
        sys.exit(1)

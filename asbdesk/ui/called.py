"""Somebody starts asbdesk again on the desk that stands open here: this window comes forward."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject


class Called(QObject):
    """Calls `come` when the file `call` is laid beside the store, and takes it away."""

    def __init__(self, call: Path, come: Callable[[], object], owner: QObject) -> None:
        super().__init__(owner)
        self.call, self.come = call, come
        with contextlib.suppress(OSError):  # one that lay there from before calls nobody
            call.unlink(missing_ok=True)
        self._watch = QFileSystemWatcher([str(call.parent)], self)
        self._watch.directoryChanged.connect(self._look)

    def _look(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.call.unlink()
            self.come()

"""Where errors become words: a `UserError` is shown as written; anything else gets a number the officer can quote.

The log holds ids, type names and places in the program; never a message, because a message may hold a name.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from asbdesk import clock as clocks
from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.paths import private

LARGEST_LOG = 1_000_000
"""Bytes, after which the log is begun again and the one before it kept beside it."""


class Problems(QObject):
    """One for a window. `said(kind, words)` asks for a banner: kind is problem, warning, done or note."""

    said = Signal(str, str)

    def __init__(self, clock: Clock, log: Path | None = None) -> None:
        super().__init__()
        self.clock, self.log = clock, log
        self.unexpected: list[BaseException] = []
        """What was our own fault, for tests to look at."""

    def tell(self, problem: BaseException) -> None:
        """Show `problem`, and write it down when it is not the officer's to mend."""
        if isinstance(problem, UserError):
            self.said.emit("problem", str(problem))
            return
        self.unexpected.append(problem)
        number = self.write_down(problem)
        words = "Something went wrong in asbdesk. What you saved is safe."
        self.said.emit(
            "problem", f"{words} If it happens again, quote the number {number} to whoever looks after asbdesk."
        )

    def write_down(self, problem: BaseException) -> str:
        """Write where and what kind, without its words, and return its number."""
        import secrets
        import traceback

        number = f"{secrets.randbelow(10**6):06d}"
        places = traceback.extract_tb(problem.__traceback__)[-8:]
        path = " < ".join(f"{Path(p.filename).stem}:{p.lineno}:{p.name}" for p in reversed(places))
        line = f"{clocks.instant(self.clock.now())} {number} {type(problem).__name__} {path}\n"
        if self.log is not None:
            with contextlib.suppress(OSError):  # a full disk must not hide the problem itself
                self._append(self.log, line)
        return number

    @staticmethod
    def _append(log: Path, line: str) -> None:
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".before.log"))
        with open(log, "a", encoding="utf-8", opener=private) as file:
            file.write(line)

    def hook(self, kind: type[BaseException], problem: BaseException, where: TracebackType | None) -> None:
        """For `sys.excepthook`: what no one caught in a slot."""
        if isinstance(problem, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, where)
        else:
            self.tell(problem)


def attempt(widget: QWidget, fn: Callable[[], object]) -> bool:
    """Do `fn`; what goes wrong is said on the widget's window. Raised again where no window stands to say it."""
    try:
        fn()
    except Exception as problem:
        problems = getattr(widget.window(), "problems", None)
        if not isinstance(problems, Problems):
            raise
        problems.tell(problem)
        return False
    return True

"""What the service says of itself: one line a happening, with ids and counts, never a name and never an address."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path

from asbdesk.clock import SystemClock, instant

log = logging.getLogger("asbdesk.headoffice")


class Line(logging.Formatter):
    """`2026-11-21T10:42:07.113Z WARNING asbdesk.headoffice: …`; what was raised is said by its kind alone."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{instant(SystemClock().now())} {record.levelname} {record.name}: {record.getMessage()}"
        kind = record.exc_info[0] if record.exc_info else None
        return f"{said} kind={kind.__name__}" if kind else said


class NoAddresses(logging.Filter):
    """Lines of the web server that would name who asked, or show a trace, are made short."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("uvicorn") and record.levelno >= logging.ERROR:
            record.msg, record.args = "the web server met an error", ()
        return record.levelno >= logging.WARNING or record.name.startswith("asbdesk")


def fault(error: BaseException) -> str:
    """Write down which kind of error and which lines of ours, never its message: that may hold what nobody may read.
    The number that it can be found by.
    """
    number = secrets.token_hex(3).upper()
    frames = reversed(traceback.extract_tb(error.__traceback__))
    code = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    kind = type(error).__name__
    log.error("fault number=%s kind=%s at=%s", number, kind, code)
    return number


def set_up() -> None:
    """Every line goes to standard error, in this form alone."""
    out = logging.StreamHandler()
    out.setFormatter(Line())
    out.addFilter(NoAddresses())
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(logging.INFO)

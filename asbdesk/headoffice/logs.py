"""What the service says of itself: one line a happening, with ids and counts, never a name and never an address."""

from __future__ import annotations

import logging

from asbdesk.clock import SystemClock, instant


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


def set_up() -> None:
    """Every line goes to standard error, in this form alone."""
    out = logging.StreamHandler()
    out.setFormatter(Line())
    out.addFilter(NoAddresses())
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(logging.INFO)

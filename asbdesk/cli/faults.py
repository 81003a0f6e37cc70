"""Our own bugs at a command's edge: a number for the officer to quote, and where it happened for us.

The log says which kind of error and which lines of ours, never its message: a message may hold a name or an answer.
"""

from __future__ import annotations

import contextlib
import secrets
import traceback
from collections.abc import Sequence
from pathlib import Path

from asbdesk import clock
from asbdesk.paths import StorePaths, private, user_store


def record(bug: BaseException, words: Sequence[str]) -> str:
    """Write `bug` into the log of the store that `words` name; the sentence with its number."""
    number = secrets.token_hex(3).upper()
    log = StorePaths(_store_in(words)).log
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(bug.__traceback__))
    )
    line = f"{clock.instant(clock.SystemClock().now())} fault={number} kind={type(bug).__name__} at={places}\n"
    kept = f", at {places.partition(' < ')[0]}"
    with contextlib.suppress(OSError):
        if log.parent.is_dir():
            with open(log, "a", encoding="utf-8", opener=private) as out:
                out.write(line)
            kept = f", number {number} in {log}"
    return f"Something went wrong that is our mistake, not yours ({type(bug).__name__}{kept}). Nothing saved was lost."


def _store_in(words: Sequence[str]) -> Path:
    for here, word in enumerate(words):
        if word == "--store" and here + 1 < len(words):
            return Path(words[here + 1])
        if word.startswith("--store="):
            return Path(word.partition("=")[2])
    return user_store()

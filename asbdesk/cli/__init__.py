"""The command. Without a word it opens the window; every other command runs without one.

Why so lazy: the window must be there in a fifth of a second, and the commands must run where no Qt library is
installed. So nothing is imported here until it is known what was asked for; a test looks at `sys.modules`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

DONE, NO, REFUSED = 0, 1, 2
"""Exit status: done; the answer is no (a broken seal, a damaged store); the request or the input was refused."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (the process's own by default) and give its exit status. Never raises."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:  # `asbdesk cases | head`: the reader has all it wanted
        _hush()
        return DONE
    except KeyboardInterrupt:
        return _refuse("Stopped.")
    return status


def _run(words: list[str]) -> int:
    from asbdesk.errors import NotWhole, UserError

    try:
        if not words or (len(words) == 2 and words[0] == "--store"):
            from asbdesk.cli.window import open_window  # without the time it takes to load a command line

            return open_window(words[1] if words else None)
        from asbdesk.cli.commands import run

        return run(words)
    except NotWhole as no:
        return _refuse(str(no), NO)
    except UserError as refused:
        return _refuse(str(refused))
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refuse(_file_trouble(error))
    except Exception as bug:  # noqa: BLE001  (a command's edge: the officer gets a number, the log the place)
        from asbdesk.cli.faults import record

        return _refuse(record(bug, words))


def _file_trouble(error: OSError) -> str:
    """What the system said about a file, as a sentence with the file in it."""
    what = (error.strerror or "it cannot be read or written").rstrip(".")
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{what}. Nothing was changed."


def _refuse(sentence: str, status: int = REFUSED) -> int:
    with contextlib.suppress(OSError, ValueError):
        print(" ".join(sentence.split()), file=sys.stderr)
    return status


def _speak_utf8() -> None:
    """A Windows console, or LC_ALL=C, may know no "–" and no "ł": names are then shown rather than refused."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _hush() -> None:
    """Python flushes once more when it ends, into a pipe that nobody reads: give it somewhere to go."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())

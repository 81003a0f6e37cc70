"""What is written out stands whole, or nothing of it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from asbdesk.errors import UserError


@contextlib.contextmanager
def whole_or_nothing(place: Path, what: str) -> Iterator[Path]:
    """Where to write what becomes `place`, a file or a folder, once it is written; where anything goes wrong, nothing
    is left. `what` begins the sentence of a disk that refuses: "The case file". Raises UserError."""
    part = place.with_name(f".{place.name}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _away(part)
        yield part
        if place.is_dir():  # an empty one, as the officer made it
            place.rmdir()
        part.replace(place)
    except OSError as problem:
        _away(part)
        why = (problem.strerror or "it cannot be written to").rstrip(".")
        raise UserError(f"{what} could not be written in {place.parent}: {why}. Nothing was given out.") from problem
    except BaseException:
        _away(part)
        raise


def _away(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)

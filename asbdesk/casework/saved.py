"""A file put where the officer chose: whole or not at all, and a place that refuses is a sentence."""

from __future__ import annotations

import contextlib
from pathlib import Path

from asbdesk.store import disk


def save(place: Path, data: bytes, what: str, *, for_others: bool = False) -> None:
    """Write `data` at `place`, over what stood there. `what` as a sentence calls it: "the copy". This user alone may
    read it, where the system knows that, unless it holds nothing of a case and is `for_others`. Raises UserError."""
    disk.write_whole(place, data, f"save {what}")
    if for_others:
        with contextlib.suppress(OSError):
            place.chmod(0o644)

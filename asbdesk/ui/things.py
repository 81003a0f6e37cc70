"""What is given to be taken in, a file or a picture: named without tricks, and opened only where it is a file."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from asbdesk.errors import UserError
from asbdesk.paths import open_given

MOST = 2_000_000_000
"""Bytes of one file: what is larger is not taken, with a word about why."""


@dataclass(frozen=True)
class Thing:
    """Something to take in: a file, or bytes from the clipboard."""

    given: str
    """Its name, as it came."""
    path: Path | None = None
    data: bytes = b""

    @property
    def name(self) -> str:
        return clean_name(self.given)

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Its bytes, a piece at a time. Raises UserError where it cannot be read, is no file, or is too large."""
        if self.path is None:
            yield io.BytesIO(self.data)
            return
        try:
            with open_given(self.path) as content:
                if content.seek(0, io.SEEK_END) > MOST:
                    words = "is larger than 2 GB. Ask for the part that matters, or a smaller copy."
                    raise UserError(f"“{self.name}” {words}")
                content.seek(0)
                yield io.BufferedReader(_Pulled(content, self._gone()))
        except OSError:
            raise self._gone() from None

    def _gone(self) -> UserError:
        return UserError(f"“{self.name}” could not be read. Look whether the stick or phone is still there.")


class _Pulled(io.RawIOBase):
    """A file whose stick may be pulled out while it is copied: then it is that, and not our own disk, that is said."""

    def __init__(self, content: BinaryIO, gone: UserError) -> None:
        self._content, self._gone = content, gone

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        try:
            piece = self._content.read(len(into))
        except OSError:
            raise self._gone from None
        into[: len(piece)] = piece
        return len(piece)


def clean_name(name: str) -> str:
    """A file's name fit to be shown: no path, no control signs, nothing that turns the reading direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable())
    with contextlib.suppress(ValueError):
        shown.encode()
    return shown.strip(" .")[-160:] or "file"

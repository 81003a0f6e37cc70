"""A folder that says what is in it and can be checked by anybody: BagIt 1.0 (RFC 8493), with SHA-256.

The Library of Congress's `bagit` moves files about and reads each one again; here they are counted as they are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

BLOCK = 1 << 20


class Counted:
    """A file being written whose length and SHA-256 are known when it is done."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._mark, self.size = out, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._out.write(data)
        self._mark.update(data)
        self.size += len(data)
        return len(data)

    @property
    def sha256(self) -> str:
        return self._mark.hexdigest()


class Bag:
    """One bag in a new folder. `put` and `write` add to its payload; `close` writes its lists."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._marks: dict[str, str] = {}
        self._size = 0
        (folder / "data").mkdir(parents=True)

    def write(self, place: str, blocks: Iterable[bytes]) -> str:
        """A file of the payload, from its blocks. Its SHA-256."""
        target = self.folder / "data" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            counted = Counted(out)
            for block in blocks:
                counted.write(block)
        self.took(place, counted.sha256, counted.size)
        return counted.sha256

    def took(self, place: str, sha256: str, size: int) -> None:
        """A file that was written there already."""
        self._marks[f"data/{place}"] = sha256
        self._size += size

    def close(self, **told: str) -> str:
        """Write the lists. `told` goes into `bag-info.txt`, dashes for underscores. The manifest's SHA-256."""
        manifest = "".join(f"{mark}  {place}\n" for place, mark in sorted(self._marks.items()))
        info = {name.replace("_", "-"): " ".join(words.split()) for name, words in told.items()}
        info["Payload-Oxum"] = f"{self._size}.{len(self._marks)}"
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(f"{name}: {words}\n" for name, words in info.items()),
            "manifest-sha256.txt": manifest,
        }
        marks = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
        tags["tagmanifest-sha256.txt"] = "".join(f"{mark}  {name}\n" for name, mark in sorted(marks.items()))
        for name, text in tags.items():
            (self.folder / name).write_text(text, encoding="utf-8", newline="\n")
        return marks["manifest-sha256.txt"]

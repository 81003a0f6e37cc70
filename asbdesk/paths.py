"""Where things live: shipped resources, this user's data folder, and the files of one store."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

PACKAGE = Path(__file__).resolve().parent
MOST_OWN = 200
"""Files read of one folder of a landlord's own."""


@cache
def resources() -> Path:
    """The folder of shipped forms, policies, letters, icons and fonts: inside the wheel, or beside the source."""
    inside = PACKAGE / "resources"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def user_store() -> Path:
    """This user's own store folder."""
    import platformdirs  # here: a window on a named store stands before it is needed

    return Path(platformdirs.user_data_dir("asbdesk", appauthor=False))


def private(path: str, flags: int) -> int:
    """An `opener` for `open`: what it makes can be read by this user alone, where the system knows that."""
    return os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)


def own_files(folder: Path | None) -> list[Path]:
    """What a landlord words in its own way in this folder, in the order it is read; a longer list is no folder of
    forms, letters or words."""
    if folder is None or not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in (".yaml", ".yml") and p.is_file())[:MOST_OWN]


def open_given(path: Path) -> BinaryIO:
    """A file that somebody gave us, open to be read. Raises OSError, for what is no file as well: a pipe keeps whoever
    opens it waiting for ever, and a device never ends."""
    import stat

    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    opened = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return os.fdopen(opened, "rb")


def read_given(path: Path, most: int) -> bytes:
    """At most `most` bytes of a file that somebody gave us. Raises OSError."""
    with open_given(path) as file:
        return file.read(most)


@dataclass(frozen=True)
class StorePaths:
    """The files of one store. Only `authority` and `settings` are readable without a key, and hold no person."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def slots(self) -> Path:
        return self.folder / "slots.json"

    @property
    def evidence(self) -> Path:
        return self.folder / "files"

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def lock(self) -> Path:
        return self.folder / "in-use"

    @property
    def log(self) -> Path:
        return self.folder / "asbdesk.log"

    @property
    def call(self) -> Path:
        """Laid there by a second start, and taken away by the window that comes forward."""
        return self.folder / "come-forward"

    @property
    def restored(self) -> Path:
        """Lies there from a restore to the first unlock after it."""
        return self.folder / "restored.json"

    @property
    def own_forms(self) -> Path:
        """A landlord's own form definitions, which replace or join the shipped ones."""
        return self.folder / "forms"

    @property
    def own_letters(self) -> Path:
        """A landlord's own letters, which replace or join the shipped ones."""
        return self.folder / "letters"

    @property
    def own_words(self) -> Path:
        """A landlord's own words of a plan in other languages, in place of the shipped ones."""
        return self.folder / "words"

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """All of what a landlord words in its own way."""
        return self.own_forms, self.own_letters, self.own_words

    def exists(self) -> bool:
        return self.database.exists() or self.slots.exists()
